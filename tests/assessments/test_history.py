"""The history in sentences: complete for oneself, sealed towards the other until both finish."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest

from assessments.assessment import Unit, attach_quote, flag, judge, write
from assessments.edits import redo, undo
from assessments.exports.history_csv import COLUMNS, content
from assessments.finishing import finish, reopen
from assessments.history import JUDGING, REVIEW, SETTLING, Entry, history
from assessments.instruments_kept import instrument_of
from assessments.review_edits import add, change, decide, remove
from assessments.settling import settle, settle_agreements
from assessments.store.project_file import Project
from tests.conftest import done

UNIT = Unit(instrument="rob1", kind="study", id="s1")
SECRET = "Only B has read this on page 7"


def _judge_all(project: Project, seat: str, level: str, support: str = "Page 3.") -> None:
    project.seat = f"person-{seat}"
    for domain in instrument_of(project, "rob1").domains:
        done(judge(project, UNIT, domain.id, level))
        done(write(project, UNIT, domain.id, "support", support))


def _all_text(entries: tuple[Entry, ...]) -> str:
    return "\n".join("\n".join((one.person, one.sentence, *one.details)) for one in entries)


def _as_seen_by(project: Project, person: str | None) -> tuple[Entry, ...]:
    project.seat = person
    return history(project)


def test_newest_first_with_who_what_and_the_values_before_and_after(filled: Project):
    done(change(filled, "study", "s1", label="Alder 2011"))
    done(change(filled, "outcome", "o1", mid="30"))
    newest, before, *_earlier = history(filled)
    assert newest.sentence == "Changed an outcome, “Falls”"
    assert newest.details == ("Minimal important difference: – → 30",)
    assert newest.person == "Name A"
    assert before.details == ("Label: Study 1 → Alder 2011",)
    assert {one.kind for one in history(filled)} == {REVIEW}


def test_what_was_taken_back_says_so_and_undo_is_an_entry_of_its_own(filled: Project):
    done(change(filled, "study", "s1", label="Alder 2011"))
    done(undo(filled))
    newest, changed, *_rest = history(filled)
    assert newest.sentence == "Took back: changed a study, “Study 1”"
    assert changed.taken_back
    done(redo(filled))
    newest, _took, changed, *_rest = history(filled)
    assert newest.sentence.startswith("Did again: ")
    assert not changed.taken_back


def test_names_of_what_is_gone_stay_readable(filled: Project):
    done(remove(filled, "study", "s2"))
    assert history(filled)[0].sentence == "Removed a study, “Study 2”"


def test_decisions_of_the_team_are_told_in_words(filled: Project):
    done(decide(filled, "overall_certainty", "on"))
    done(decide(filled, "cutoff/rob_dominated", "0.7"))
    done(decide(filled, "anything_else", "yes"))
    third, second, first = history(filled)[:3]
    assert first.sentence == (
        "Decided for the team: a team decision, “Overall certainty across outcomes”")
    assert first.details == ("Value: Shown below the table",)
    assert "cutoff" not in second.sentence
    assert second.details == ("Value: 0.7",)
    assert third.sentence.endswith("“anything_else”")


@pytest.mark.parametrize("viewer", ["person-a", "person-c", None])
def test_of_the_others_judgements_nothing_is_told_before_both_have_finished(
    filled: Project, viewer: str | None
):
    done(add(filled, "person", id="person-c", role="coordinator", name="Name C"))
    before = len(_as_seen_by(filled, viewer))
    _judge_all(filled, "b", "high", SECRET)
    done(attach_quote(filled, UNIT, "D1", SECRET))
    done(flag(filled, UNIT, True))
    done(undo(filled))
    seen = _as_seen_by(filled, viewer)
    assert len(seen) == before
    assert SECRET not in _all_text(seen)
    assert "Name B" not in _all_text(seen[: len(seen) - before])
    assert not [one for one in seen if one.kind == JUDGING]


def test_one_sees_ones_own_judgements(filled: Project):
    _judge_all(filled, "b", "high", SECRET)
    newest = _as_seen_by(filled, "person-b")[0]
    assert newest.kind == JUDGING
    assert newest.sentence.startswith("Wrote about Study 1 (RoB 1): ")
    assert SECRET in newest.details[0]
    levels = [one for one in history(filled) if one.sentence.startswith("Judged ")]
    assert levels
    assert all(any("High" in line for line in one.details) for one in levels)


def test_that_the_other_has_finished_is_known_but_not_with_what(filled: Project):
    _judge_all(filled, "b", "high", SECRET)
    done(finish(filled, UNIT))
    newest = _as_seen_by(filled, "person-a")[0]
    assert newest.sentence == "Finished Study 1 (RoB 1)"
    assert newest.person == "Name B"
    assert newest.details == ()


def test_both_are_told_once_both_have_finished_and_sealed_again_on_reopening(filled: Project):
    _judge_all(filled, "b", "high", SECRET)
    done(finish(filled, UNIT))
    _judge_all(filled, "a", "low")
    done(finish(filled, UNIT))
    assert SECRET in _all_text(_as_seen_by(filled, "person-a"))
    filled.seat = "person-a"
    done(reopen(filled, UNIT, "A reason that B may not read yet"))
    done(judge(filled, UNIT, "D1", "unclear"))
    told = _all_text(_as_seen_by(filled, "person-b"))
    assert "Opened Study 1 (RoB 1) again" in told
    assert "A reason that B may not read yet" not in told
    assert "Unclear" not in told
    assert SECRET not in _all_text(_as_seen_by(filled, "person-a"))


def test_settling_is_told_with_both_levels_and_the_reason(filled: Project):
    for seat, level in (("a", "low"), ("b", "high")):
        _judge_all(filled, seat, level)
        done(finish(filled, UNIT))
    done(settle(filled, UNIT, "D1", "took_a", reason="B had overlooked page 3.", kind="oversight"))
    newest = history(filled)[0]
    assert newest.kind == SETTLING
    text = _all_text((newest,))
    assert "B had overlooked page 3." in text
    assert "level of A: Low" in text
    assert "level of B: High" in text


def test_flags_are_private_also_after_both_have_finished(filled: Project):
    for seat in ("a", "b"):
        _judge_all(filled, seat, "low")
        if seat == "b":
            done(flag(filled, UNIT, True))
        done(finish(filled, UNIT))
    assert not any("Flagged" in one.sentence for one in _as_seen_by(filled, "person-a"))
    assert any("Flagged" in one.sentence for one in _as_seen_by(filled, "person-b"))


def test_removing_a_study_is_told_without_the_judgements_that_went_with_it(filled: Project):
    _judge_all(filled, "b", "high", SECRET)
    filled.seat = "person-a"
    done(remove(filled, "study", "s1"))
    seen = history(filled)
    assert seen[0].sentence == "Removed a study, “Study 1”"
    assert SECRET not in _all_text(seen)


def test_the_file_holds_what_is_open_to_all_whoever_makes_it(filled: Project):
    _judge_all(filled, "b", "high", SECRET)
    assert SECRET in _all_text(history(filled))
    as_b = content(filled)
    filled.seat = "person-a"
    assert content(filled) == as_b
    assert SECRET.encode() not in as_b
    assert b"RoB 1" not in as_b


def test_every_line_of_the_file_is_chained_to_the_one_before(filled: Project):
    done(change(filled, "review", "review", title='=HYPERLINK("x")'))
    text = content(filled).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, len(rows))]
    digest = ""
    for line, row in zip(_lines(text)[1:], rows[1:], strict=True):
        digest = hashlib.sha256(f"{digest}{line.rsplit(',', 1)[0]}".encode()).hexdigest()
        assert row[-1] == digest


def _lines(text: str) -> list[str]:
    """Return the lines of the file; details may hold line breaks inside their quotes."""
    found: list[str] = []
    for part in text.splitlines():
        if found and found[-1].count('"') % 2:
            found[-1] += f"\n{part}"
        else:
            found.append(part)
    return found


def test_agreements_settled_in_one_step_are_one_entry(filled: Project):
    for seat in ("a", "b"):
        _judge_all(filled, seat, "low")
        done(finish(filled, UNIT))
    done(settle_agreements(filled, (UNIT,)))
    newest = history(filled)[0]
    assert newest.kind == SETTLING
    assert newest.sentence.startswith("Settled agreements in Study 1 (RoB 1)")
