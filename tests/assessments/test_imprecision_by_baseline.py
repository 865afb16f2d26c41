"""Imprecision at several baseline risks: compared, settled and printed part by part (grade.md 9.6).

Invented: a risk ratio of 0.80 (0.60 to 1.10) with a MID of 20 per 1000. At 100 per 1000 that is 20
fewer (40 fewer to 10 more), one threshold inside; at 500 per 1000 100 fewer (200 fewer to 50
more), both inside. Imprecision −1 elsewhere and −2 there gives moderate and low: 4 − 1, 4 − 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessments.assessment import SEATS, judge
from assessments.comparisons import agreement_by_domain, compared_items
from assessments.consensus import make_final
from assessments.exports.evidence_table import evidence_rows
from assessments.exports.judgements_table import judgement_rows
from assessments.exports.summary_of_findings_html import fragment
from assessments.finishing import finish, reopen
from assessments.history import history
from assessments.imprecision_by_baseline import part_words, place_words, places_of
from assessments.rating import settled_rating, unit_of
from assessments.rating_checks import blockers_of
from assessments.rating_edits import confirm
from assessments.rating_facts import facts_of
from assessments.rating_pictures import absolute_picture
from assessments.reconciliation import compare
from assessments.review import Baseline, Outcome
from assessments.review_edits import add, change, decide, remove
from assessments.settling import settle, settle_agreements, words_for
from assessments.store.project_file import Project, create
from assessments.summary_of_findings import build
from tests.app.grade_review import rate_all
from tests.assessments.workbook_as_text import opened
from tests.conftest import done

UNIT = unit_of("falls")
LOW, HIGH = "at/0.1", "at/0.5"
WHY = "At 500 per 1000 the interval reaches from 200 fewer to 50 more."


@pytest.fixture
def project(tmp_path: Path) -> Iterable[Project]:
    """One published outcome with two baseline risks and two assessors."""
    with create(tmp_path / "Baselines.tandem") as made:
        for seat in SEATS:
            done(add(made, "person", id=f"person-{seat}", role=seat, name=seat.upper()))
        done(add(made, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(made, "outcome", id="falls", comparison="c", label="Falls", evidence="published",
                 stream="rct", better="lower", threshold_type="mid", mid=20))
        for label, risk in (("Low risk", 0.1), ("High risk", 0.5)):
            done(add(made, "baseline", outcome="falls", label=label, risk=risk, source="Invented"))
        done(change(made, "published_estimate", "falls", measure="RR", estimate=0.8, ci_low=0.6,
                    ci_high=1.1, studies=4, participants=900, source="Invented 2001",
                    rob_statement="As judged by the made-up review with RoB 2."))
        made.seat = "person-a"
        yield made


def both_rate(project: Project, a: dict[str, str], b: dict[str, str]) -> None:
    """Let both rate and finish with these levels at single risks, −1 for the whole."""
    for seat, parts in zip(SEATS, (a, b), strict=True):
        project.seat = f"person-{seat}"
        for part, level in parts.items():
            done(judge(project, UNIT, "imprecision", level, part=part))
        rate_all(project, "falls", seat)


def at(project: Project) -> list[tuple[float, str]]:
    return [(one.risk, one.certainty.level) for one in settled_rating(project, "falls").at]


def test_a_difference_at_one_risk_is_an_item_of_its_own(project: Project) -> None:
    both_rate(project, {HIGH: "very_serious"}, {})
    items = {one.item.part: one for one in compared_items(project)
             if one.item.domain == "imprecision"}
    assert list(items) == ["", HIGH]
    assert (items[""].state, items[HIGH].state) == ("agreed", "open")
    assert items[HIGH].part_title == "at High risk (500 per 1000)"
    assert (items[HIGH].item.level_a, items[HIGH].item.level_b) == ("very_serious", "serious")
    differing = {one.domain: one.differing for one in agreement_by_domain(project)}
    assert differing["imprecision"] == 1


def test_it_must_be_settled_before_the_consensus_is_final(project: Project) -> None:
    both_rate(project, {HIGH: "very_serious"}, {})
    done(settle_agreements(project, (UNIT,)))
    assert not make_final(project, (UNIT,)).ok
    done(settle(project, UNIT, "imprecision", "took_a", part=HIGH, reason="Both limits count."))
    done(make_final(project, (UNIT,)))
    assert settled_rating(project, "falls").level == "moderate"
    assert at(project) == [(0.5, "low")]


def test_another_level_at_one_risk_needs_words_that_can_be_printed(project: Project) -> None:
    both_rate(project, {HIGH: "very_serious"}, {LOW: "not_serious"})
    done(settle_agreements(project, (UNIT,)))
    refused = settle(project, UNIT, "imprecision", "other", part=HIGH, level="extremely_serious",
                     reason="Talked about it.")
    assert [one.where for one in refused.problems] == ["support"]
    done(settle(project, UNIT, "imprecision", "other", part=HIGH, level="extremely_serious",
                reason="Talked about it.", support=WHY))
    done(settle(project, UNIT, "imprecision", "took_a", part=LOW, reason="The lesser one."))
    done(make_final(project, (UNIT,)))
    assert at(project) == [(0.1, "moderate"), (0.5, "very_low")]
    notes = [one.text for one in build(project)[0].footnotes]
    assert f"At a risk of 500 per 1000 (High risk) imprecision is rated down three levels. {WHY}" \
        in notes
    assert not any("100 per 1000 (Low risk)" in one for one in notes)


def test_a_step_at_one_risk_alone_needs_an_explanation(project: Project) -> None:
    from assessments.assessment import find, write

    for domain in ("rob", "indirectness", "imprecision", "publication_bias"):
        done(judge(project, UNIT, domain, "not_serious"))
    codes = [one.code for one in blockers_of(project, UNIT, find(project, UNIT, "a"))]
    assert "B-EXPL" not in codes
    done(judge(project, UNIT, "imprecision", "serious", part=HIGH))
    found = blockers_of(project, UNIT, find(project, UNIT, "a"))
    assert [one.where for one in found if one.code == "B-EXPL"] == ["imprecision"]
    assert not finish(project, UNIT).ok
    done(write(project, UNIT, "imprecision", "support", WHY))
    codes = [one.code for one in blockers_of(project, UNIT, find(project, UNIT, "a"))]
    assert "B-EXPL" not in codes


def settled(project: Project) -> None:
    both_rate(project, {HIGH: "very_serious"}, {HIGH: "very_serious"})
    done(settle_agreements(project, (UNIT,)))
    done(make_final(project, (UNIT,)))


def test_each_risk_has_its_certainty_in_the_table(project: Project) -> None:
    settled(project)
    row = build(project)[0].rows[0]
    assert [(first, lines, one.word) for first, lines, one in row.certainties] == [
        (0, 2, "Moderate"), (2, 2, "Low")]
    assert row.statement.text == (
        "Low risk: Humming probably has little or no effect on falls, but the effect could range "
        "from an important reduction to little or no effect.\nHigh risk: Humming may result in an "
        "important reduction in falls.")
    rows = evidence_rows(project, build(project))
    assert [(one["baseline_risk"], one["certainty"], one["imprecision_level"], one["total_score"])
            for one in rows] == [(0.1, "moderate", -1, 3), (0.5, "low", -2, 2)]
    assert {one["explanation_imprecision"] for one in rows} == {
        "The interval from 4 studies contains the threshold: one level."}


def test_each_risk_has_its_certainty_on_the_web_page(project: Project) -> None:
    settled(project)
    page = fragment(build(project)[0], layout="cochrane_plus")
    lines = re.findall(r"<tr>(.*?)</tr>", page.split("<tbody")[1], re.DOTALL)
    assert ["<strong>Moderate</strong>" in one for one in lines] == [True, False, False, False]
    assert ["<strong>Low</strong>" in one for one in lines] == [False, False, True, False]


def test_each_risk_has_its_certainty_in_the_workbook(project: Project) -> None:
    settled(project)
    sheet = opened(project).worksheets[0]
    words = {str(one.value).split("\n")[-1].split("\xa0")[0]: one.row
             for line in sheet.iter_rows(min_col=7, max_col=7) for one in line if one.value}
    assert words["Low"] - words["Moderate"] == 2
    spans = [str(one) for one in sheet.merged_cells.ranges if str(one).startswith("G")]
    first = words["Moderate"]
    assert {f"G{first}:G{first + 1}", f"G{first + 2}:G{first + 3}"} <= set(spans)
    ruled = {letter for letter in "ABCDEFGH"
             if sheet[f"{letter}{first + 2}"].border.top.style == "thin"}
    assert ruled == set("BCDG")


@pytest.mark.parametrize("layout", ["cochrane_plus", "cochrane"])
def test_rows_hold_the_certainty_of_each_risk_without_a_name(
    project: Project, layout: str
) -> None:
    """Without the line of a name, symbols and word (2 lines of 12 points + 4) need the row."""
    settled(project)
    for label in ("Low risk", "High risk"):
        done(change(project, "baseline", baseline(project, label), label=""))
    sheet = opened(project, layout=layout).worksheets[0]
    at_rows = [one.row for line in sheet.iter_rows() for one in line
               if "Moderate\xa0" in str(one.value) or "Low\xa0" in str(one.value)]
    assert len(at_rows) == 2
    assert all(sheet.row_dimensions[row].height >= 28 for row in at_rows)


def test_the_overall_certainty_tells_where_a_risk_has_its_own(project: Project) -> None:
    settled(project)
    done(decide(project, "overall_certainty", "on"))
    done(change(project, "outcome", "falls", importance=8))
    overall = build(project)[0].overall
    assert overall is not None
    assert overall.level == "moderate"
    assert overall.sentences[-1] == (
        "Levels are those of whole outcomes; at some baseline risks they differ: "
        "Falls, High risk (500 per 1000): low.")


def test_judgements_and_history_name_the_risk(project: Project) -> None:
    settled(project)
    parts = {(one.part, one.level) for one in judgement_rows(project)
             if one.domain == "imprecision"}
    assert parts == {("", "serious"), ("at High risk (500 per 1000)", "very_serious")}
    told = "\n".join(one.sentence for one in history(project))
    assert "Imprecision, at High risk (500 per 1000)" in told


def notes(project: Project) -> list[str]:
    return [one.text for one in build(project)[0].footnotes if one.kind == "explanation"]


def baseline(project: Project, label: str) -> str:
    return next(one.id for one in project.all(Baseline) if one.label == label)


def test_words_taken_over_from_the_whole_are_printed_once(project: Project) -> None:
    settled(project)
    assert notes(project)[-2:] == [
        "Imprecision: rated down one level. The interval from 4 studies contains the threshold: "
        "one level.",
        "At a risk of 500 per 1000 (High risk) imprecision is rated down two levels instead."]


def test_a_risk_without_concern_has_no_letter_that_says_otherwise(project: Project) -> None:
    both_rate(project, {LOW: "not_serious"}, {LOW: "not_serious"})
    done(settle_agreements(project, (UNIT,)))
    done(make_final(project, (UNIT,)))
    table = build(project)[0]
    text = {one.letter: one.text for one in table.footnotes}
    low, whole = (one for _first, _lines, one in table.rows[0].certainties)
    assert [text[one] for one in low.letters if "mprecision" in text[one]] == [
        "At a risk of 100 per 1000 (Low risk) imprecision is not serious."]
    assert any(text[one].startswith("Imprecision: rated down one") for one in whole.letters)


def test_not_assessable_at_a_risk_is_not_called_not_serious(project: Project) -> None:
    both_rate(project, {HIGH: "not_assessable"}, {HIGH: "not_assessable"})
    done(settle_agreements(project, (UNIT,)))
    done(make_final(project, (UNIT,)))
    assert "At a risk of 500 per 1000 (High risk) imprecision is not assessable." in notes(project)


@pytest.mark.parametrize(("low", "high", "said"), [
    ("", "", ("At a risk of 100 per 1000: ", "At a risk of 500 per 1000: ")),
    ("Old", "Old", ("Old (100 per 1000): ", "Old (500 per 1000): ")),
])
def test_statements_tell_risks_apart_by_their_numbers(
    project: Project, low: str, high: str, said: tuple[str, str]
) -> None:
    settled(project)
    for before, label in (("Low risk", low), ("High risk", high)):
        done(change(project, "baseline", baseline(project, before), label=label))
    lines = build(project)[0].rows[0].statement.text.split("\n")
    assert [line.startswith(words) for line, words in zip(lines, said, strict=True)] == [True] * 2


def test_a_new_name_of_a_risk_makes_no_rating_stale(project: Project) -> None:
    settled(project)
    done(change(project, "baseline", baseline(project, "High risk"), label="Very high risk"))
    assert build(project)[0].rows[0].changed == ()
    assert at(project) == [(0.5, "low")]


def test_what_was_rated_at_a_risk_that_has_changed_is_said(project: Project) -> None:
    settled(project)
    done(change(project, "baseline", baseline(project, "High risk"), risk=0.6))
    row = build(project)[0].rows[0]
    assert [one.word for _first, _lines, one in row.certainties] == ["Moderate"]
    assert row.changed[-1] == (
        "Imprecision was rated apart at 500 per 1000; this no longer applies, and the certainty "
        "of the whole outcome is shown.")
    done(change(project, "baseline", baseline(project, "High risk"), risk=0.5))
    assert build(project)[0].rows[0].changed == ()


def test_a_removed_risk_is_told_in_one_sentence(project: Project) -> None:
    settled(project)
    done(add(project, "baseline", outcome="falls", label="Highest", risk=0.6, source="Invented"))
    done(remove(project, "baseline", baseline(project, "Highest")))
    assert build(project)[0].rows[0].changed == ()
    done(remove(project, "baseline", baseline(project, "High risk")))
    assert build(project)[0].rows[0].changed == (
        "Baseline risk (High risk) (was 500 per 1000) is no longer there.",
        "Imprecision was rated apart at 500 per 1000; this no longer applies, and the certainty "
        "of the whole outcome is shown.")


def test_a_risk_that_is_gone_needs_no_consensus_and_no_explanation(project: Project) -> None:
    from assessments.assessment import find

    both_rate(project, {HIGH: "very_serious"}, {})
    done(remove(project, "baseline", baseline(project, "High risk")))
    assert [one.item.part for one in compared_items(project)
            if one.item.domain == "imprecision"] == [""]
    for seat in SEATS:
        project.seat = f"person-{seat}"
        done(confirm(project, "falls", seat))
    done(settle_agreements(project, (UNIT,)))
    done(make_final(project, (UNIT,)))
    assert at(project) == []
    project.seat = "person-a"
    done(reopen(project, UNIT, "The high risk is gone."))
    done(judge(project, UNIT, "imprecision", "not_serious"))
    codes = [one.code for one in blockers_of(project, UNIT, find(project, UNIT, "a"))]
    assert "B-EXPL" not in codes


def test_one_risk_under_two_names_is_judged_once(project: Project) -> None:
    done(add(project, "baseline", outcome="falls", label="Oldest", risk=0.5, source="Invented"))
    places = places_of(project, project.one(Outcome, "falls"), facts_of(project, "falls"))
    assert [(one.label, one.part) for one in places] == [
        ("Low risk", LOW), ("High risk, Oldest", HIGH)]
    settled(project)
    assert [(lines, one.word) for _first, lines, one in build(project)[0].rows[0].certainties] == [
        (2, "Moderate"), (4, "Low")]


def test_risks_are_named_as_the_table_writes_them(project: Project) -> None:
    """Per the denominator of the table, whole people unless a decimal tells risks apart."""
    done(change(project, "outcome", "falls", baseline_risk=0.0004, baseline_source="Invented"))
    words = part_words(project, "falls", "at/0.0004")
    assert words.replace("\xa0", " ") == "at Study population (4 per 10 000)"
    assert place_words("", 0.0125, 1000) == "13 per 1000"
    assert place_words("", 0.0025, 1000) == "2.5 per 1000"


def test_a_risk_of_nobody_says_nothing_and_needs_no_people(project: Project) -> None:
    """The table stays per 1000, and no sentence claims an effect that cannot be estimated."""
    done(change(project, "outcome", "falls", baseline_risk=0.0, baseline_source="Invented"))
    settled(project)
    row = build(project)[0].rows[0]
    assert [one.difference.text.split(" (")[0] for one in row.groups] == [
        "Not estimable", "20 fewer per 1000", "100 fewer per 1000"]
    assert [one.split(":")[0] for one in row.statement.text.split("\n")] == [
        "Low risk", "High risk"]
    done(change(project, "baseline", baseline(project, "High risk"), risk=0.6))
    assert build(project)[0].rows[0].statement.text.startswith(
        "Humming probably has little or no effect on falls")
    assert part_words(project, "falls", LOW) == "at Low risk (100 per 1000)"


def test_the_picture_counts_people_as_the_table_does(project: Project) -> None:
    """Risks need 10 000 people here, written in groups of three like everywhere else."""
    done(change(project, "outcome", "falls", baseline_risk=0.0004, baseline_source="Invented"))
    done(change(project, "baseline", baseline(project, "High risk"), label=""))
    rows, scale = absolute_picture(project, project.one(Outcome, "falls"))
    assert [part.replace("\xa0", " ") for part in (rows[2].label, scale.axis)] == [
        "At 5000 per 10 000", "per 10 000"]


def test_words_about_the_whole_do_not_explain_a_risk_without_concern(project: Project) -> None:
    both_rate(project, {LOW: "not_serious"}, {LOW: "not_serious"})
    compared = compare(project, UNIT)
    assert compared is not None
    assert words_for(compared.a, "imprecision", LOW) == ""
    assert words_for(compared.a, "imprecision", HIGH).startswith("The interval from 4 studies")
    done(settle_agreements(project, (UNIT,)))
    done(make_final(project, (UNIT,)))
    supports = {(one.part, one.assessor): one.support for one in judgement_rows(project)
                if one.domain == "imprecision"}
    assert supports["at Low risk (100 per 1000)", "Consensus"] == ""
    assert supports["", "Consensus"].startswith("The interval from 4 studies")
    low, high = evidence_rows(project, build(project))
    assert (low["imprecision_level"], low["explanation_imprecision"]) == (0, None)
    assert high["explanation_imprecision"].startswith("The interval from 4 studies")
