"""The whole way of two people: apart, sealed, compared, settled, final; originals stay."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from assessments.assessment import (
    CONSENSUS,
    Assessment,
    Judgement,
    Unit,
    attach_quote,
    flag,
    judge,
    write,
)
from assessments.assignments import instrument_for, risk_of_bias_assignments
from assessments.completeness import missing_in
from assessments.consensus import consensus_of, make_final, reopen_consensus
from assessments.edits import redo, undo
from assessments.finishing import finish, reopen
from assessments.instruments_kept import instrument_of
from assessments.reconciliation import Settlement, compare
from assessments.review import Study, StudyAuthor
from assessments.review_edits import add, change, decide, remove
from assessments.sealing import all_opened, may_see, opened, standing
from assessments.settling import settle, settle_agreements
from assessments.store.project_file import Project
from tests.conftest import done

UNIT = Unit(instrument="rob1", kind="study", id="s1")


def _judge_all(project: Project, seat: str, level: str, **others: str) -> None:
    project.seat = f"person-{seat}"
    for domain in instrument_of(project, "rob1").domains:
        done(judge(project, UNIT, domain.id, others.get(domain.id, level)))
        done(write(project, UNIT, domain.id, "support", f"Reason of {seat} on page 3."))


@pytest.fixture
def finished(filled: Project) -> Project:
    """Both have finished study 1; they differ in D2."""
    _judge_all(filled, "a", "low")
    done(finish(filled, UNIT))
    _judge_all(filled, "b", "low", D2="unclear")
    done(finish(filled, UNIT))
    return filled


def test_nothing_of_the_other_is_seen_before_both_have_finished(filled: Project):
    _judge_all(filled, "a", "low")
    done(finish(filled, UNIT))
    for person in ("person-b", None):
        filled.seat = person
        assert opened(filled, UNIT, "a") is None
        assert all_opened(filled) == ()
        assert compare(filled, UNIT) is None
        assert standing(filled, UNIT) == {"a": "finished", "b": "none", "consensus": "none"}
    _judge_all(filled, "b", "high")
    assert opened(filled, UNIT, "a") is None
    filled.seat = "person-a"
    assert opened(filled, UNIT, "b") is None
    filled.seat = "person-b"
    done(finish(filled, UNIT))
    assert opened(filled, UNIT, "a") is not None


def test_an_unfinished_assessment_says_what_is_missing(filled: Project):
    done(judge(filled, UNIT, "D1", "low"))
    refused = finish(filled, UNIT)
    assert not refused.ok
    where = [problem.where for problem in refused.problems]
    assert where == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
    assert "no explanation" in refused.problems[0].sentence
    assert "not judged" in refused.problems[1].sentence


def test_a_level_that_the_domain_does_not_have_is_refused(filled: Project):
    refused = judge(filled, UNIT, "D1", "some_concerns")
    assert not refused.ok
    assert "low" in refused.problems[0].remedy
    assert filled.all(Judgement) == ()


def test_a_finished_assessment_is_sealed_against_every_edit(finished: Project):
    before = [asdict(one) for one in finished.all(Judgement)]
    finished.seat = "person-a"
    for refused in (
        judge(finished, UNIT, "D1", "high"),
        write(finished, UNIT, "D1", "support", "Other words."),
        attach_quote(finished, UNIT, "D1", "A quote."),
        flag(finished, UNIT, True),
        undo(finished),
    ):
        assert not refused.ok
    assert [asdict(one) for one in finished.all(Judgement)] == before


def test_differences_are_settled_with_a_reason_and_originals_stay(finished: Project):
    originals = [asdict(one) for one in finished.all(Judgement)]
    compared = compare(finished, UNIT)
    assert compared is not None
    assert [(one.domain, one.level_a, one.level_b) for one in compared.differing] == [
        ("D2", "low", "unclear")
    ]
    without_reason = settle(finished, UNIT, "D2", "took_b")
    assert [problem.code for problem in without_reason.problems] == ["reason"]
    done(settle(finished, UNIT, "D2", "took_b", reason="The envelopes are not described.",
                kind="oversight"))
    not_yet = make_final(finished, (UNIT,))
    assert "not settled" in not_yet.problems[0].sentence
    done(settle_agreements(finished, (UNIT,)))
    done(make_final(finished, (UNIT,)))
    settled = consensus_of(finished, UNIT)
    assert settled is not None
    assert settled.level("D2") == "unclear"
    assert settled.level("D1") == "low"
    how = {one.domain: one for one in finished.all(Settlement)}
    assert how["D2"].how == "took_b"
    assert (how["D2"].level_a, how["D2"].level_b) == ("low", "unclear")
    assert how["D2"].reason == "The envelopes are not described."
    assert how["D1"].how == "agreed"
    kept = [asdict(one) for one in finished.all(Judgement) if one.assessment
            != settled.assessment.id]
    assert kept == originals


def test_agreeing_where_the_two_differ_is_refused(finished: Project):
    refused = settle(finished, UNIT, "D2", "agreed", reason="We agree.")
    assert [problem.code for problem in refused.problems] == ["not-agreed"]


def test_only_the_arbiter_decides_what_was_referred(finished: Project):
    done(add(finished, "person", id="person-c", role="arbiter", name="Third"))
    done(settle(finished, UNIT, "D2", "referred", reason="We could not agree."))
    compared = compare(finished, UNIT)
    assert compared is not None
    assert "D2" in [one.domain for one in compared.open_items]
    refused = settle(finished, UNIT, "D2", "arbitrated", level="high", reason="As I see it.")
    assert [problem.code for problem in refused.problems] == ["no-arbiter"]
    finished.seat = "person-c"
    done(settle(finished, UNIT, "D2", "arbitrated", level="high", reason="As I see it."))
    compared = compare(finished, UNIT)
    assert compared is not None
    assert "D2" not in [one.domain for one in compared.open_items]


def test_reopening_needs_a_reason_marks_it_and_opens_the_settlements(finished: Project):
    done(settle_agreements(finished, (UNIT,)))
    finished.seat = "person-a"
    assert [p.code for p in reopen(finished, UNIT, " ").problems] == ["reason"]
    done(reopen(finished, UNIT, "A second report was found."))
    mine = opened(finished, UNIT, "a")
    assert mine is not None
    assert mine.assessment.state == "open"
    assert mine.assessment.after_exchange == 1
    assert mine.assessment.reopened_reason == "A second report was found."
    assert opened(finished, UNIT, CONSENSUS) is None
    assert finished.all(Settlement) == ()
    assert opened(finished, UNIT, "b") is None
    done(finish(finished, UNIT))
    assert opened(finished, UNIT, "b") is not None


def test_a_final_consensus_can_be_opened_again_with_a_reason(finished: Project):
    done(settle(finished, UNIT, "D2", "took_a", reason="Described in the protocol."))
    done(settle_agreements(finished, (UNIT,)))
    done(make_final(finished, (UNIT,)))
    refused = settle(finished, UNIT, "D2", "took_b", reason="Changed our minds.")
    assert [problem.code for problem in refused.problems] == ["final"]
    assert not reopen_consensus(finished, UNIT, "").ok
    done(reopen_consensus(finished, UNIT, "New facts."))
    assert consensus_of(finished, UNIT) is None
    done(settle(finished, UNIT, "D2", "took_b", reason="Changed our minds."))


def test_an_author_of_a_study_cannot_assess_it(filled: Project):
    done(add(filled, "study_author", study="s1", person="person-a"))
    refused = judge(filled, UNIT, "D1", "low")
    assert [problem.code for problem in refused.problems] == ["author"]
    other = Unit(instrument="rob1", kind="study", id="s2")
    done(judge(filled, other, "D1", "low"))
    assert filled.all(StudyAuthor)


def test_nobody_judges_without_a_seat(filled: Project):
    done(add(filled, "person", id="person-c", role="coordinator", name="Third"))
    for person in (None, "person-c"):
        filled.seat = person
        refused = judge(filled, UNIT, "D1", "low")
        assert [problem.code for problem in refused.problems] == ["no-seat"]


def test_undo_belongs_to_the_person_and_restores_a_choice(filled: Project):
    done(judge(filled, UNIT, "D1", "low"))
    filled.seat = "person-b"
    assert not undo(filled).changes
    filled.seat = "person-a"
    done(judge(filled, UNIT, "D1", "high"))
    done(undo(filled))
    assert [one.level for one in filled.all(Judgement)] == ["low"]
    done(redo(filled))
    assert [one.level for one in filled.all(Judgement)] == ["high"]


def test_removing_a_study_takes_its_assessments_and_undo_brings_all_back(finished: Project):
    before = len(finished.all(Assessment)), len(finished.all(Judgement))
    finished.seat = None
    done(remove(finished, "study", "s1"))
    assert finished.all(Assessment) == ()
    assert finished.all(Judgement) == ()
    refused = undo(finished)
    after = len(finished.all(Assessment)), len(finished.all(Judgement))
    assert refused.ok
    assert after == before


def test_whole_domain_stands_for_each_group_that_the_other_judged(filled: Project):
    for label in ("Self-report", "Records"):
        done(add(filled, "outcome_group", id=label, label=label))
    done(judge(filled, UNIT, "D3", "high"))
    _judge_all(filled, "a", "low", D3="high")
    done(finish(filled, UNIT))
    _judge_all(filled, "b", "low")
    done(judge(filled, UNIT, "D3", None))
    for part, level in (("Self-report", "high"), ("Records", "low")):
        done(judge(filled, UNIT, "D3", level, part=part))
        done(write(filled, UNIT, "D3", "support", "By group, page 4.", part=part))
    done(judge(filled, UNIT, "D3", "high"))
    done(finish(filled, UNIT))
    compared = compare(filled, UNIT)
    assert compared is not None
    found = {(i.part, i.level_a, i.level_b) for i in compared.items if i.domain == "D3"}
    assert found == {("Self-report", "high", "high"), ("Records", "high", "low")}


def test_missing_problems_name_the_place(filled: Project):
    done(judge(filled, UNIT, "D1", "low"))
    assessment = filled.all(Assessment)[0]
    problems = missing_in(filled, UNIT, assessment)
    assert all(problem.where and problem.remedy for problem in problems)
    assert may_see(filled, assessment)


def test_a_chosen_instrument_that_is_gone_gives_way_to_the_usual_one(filled: Project):
    done(change(filled, "study", "s1", instrument="taken-back"))
    done(decide(filled, "instrument/rct", "gone-too"))
    found = {one.study: one.unit.instrument for one in risk_of_bias_assignments(filled)}
    assert "taken-back" not in found.values()
    assert instrument_for(filled, filled.all(Study)[0]) == "rob2-parallel"
