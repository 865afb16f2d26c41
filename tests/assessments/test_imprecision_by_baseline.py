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
from assessments.finishing import finish
from assessments.history import history
from assessments.rating import settled_rating, unit_of
from assessments.rating_checks import blockers_of
from assessments.review_edits import add, change
from assessments.settling import settle, settle_agreements
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
        "from an important reduction to little or no effect. High risk: Humming may result in an "
        "important reduction in falls.")
    rows = evidence_rows(project, build(project))
    assert [(one["baseline_risk"], one["certainty"], one["imprecision_level"], one["total_score"])
            for one in rows] == [(0.1, "moderate", -1, 3), (0.5, "low", -2, 2)]


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


def test_judgements_and_history_name_the_risk(project: Project) -> None:
    settled(project)
    parts = {(one.part, one.level) for one in judgement_rows(project)
             if one.domain == "imprecision"}
    assert parts == {("", "serious"), ("at High risk (500 per 1000)", "very_serious")}
    told = "\n".join(one.sentence for one in history(project))
    assert "Imprecision, at High risk (500 per 1000)" in told
