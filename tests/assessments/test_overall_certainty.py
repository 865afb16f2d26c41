"""The overall certainty across outcomes, from settled ratings to every output."""

from __future__ import annotations

import csv
import io

import pytest

from assessments.exports import evidence_csv, summary_of_findings_html
from assessments.exports.evidence_table import COLUMNS
from assessments.exports.methods_text import methods_text
from assessments.exports.table_text import tab_separated
from assessments.review_edits import change, decide
from assessments.store.project_file import Project
from assessments.summary_of_findings import build
from assessments.summary_of_findings.table import Overall
from tests.assessments.every_kind_of_row import fill
from tests.assessments.settled_rating import settle
from tests.assessments.workbook_as_text import opened
from tests.conftest import done

HEADING = "Overall certainty across critical outcomes"


@pytest.fixture
def review(project: Project) -> Project:
    """One critical outcome settled at moderate, another one not reported, the rest without."""
    fill(project)
    done(change(project, "outcome", "risk_ratio", importance=9))
    settle(project, "risk_ratio")
    return project


def overall(project: Project) -> Overall | None:
    (table,) = build(project)
    return table.overall


def wanted(project: Project) -> Overall:
    done(decide(project, "overall_certainty", "on"))
    found = overall(project)
    assert found is not None
    return found


def test_it_is_off_until_the_team_asks_for_it(review: Project) -> None:
    assert overall(review) is None
    (table,) = build(review)
    assert HEADING not in summary_of_findings_html.fragment(table, layout="cochrane")
    assert "Overall" not in methods_text(review).plain
    header = evidence_csv.content(review, layout="cochrane").decode("utf-8-sig").splitlines()[0]
    assert header == ",".join(f'"{name}"' for name in COLUMNS)


def test_the_settled_level_of_the_one_critical_outcome(review: Project) -> None:
    """Trials start at high (4); one level down for imprecision is moderate (3)."""
    found = wanted(review)
    assert (found.level, found.word, found.symbols) == ("moderate", "Moderate", "⊕⊕⊕◯")
    (table,) = build(review)
    name = table.row("risk_ratio").name.text
    assert found.sentences[0] == (
        "The lowest level among the critical outcomes (importance 7 to 9); it rests on: "
        f"{name}.")


def test_a_critical_outcome_without_a_settled_rating_leaves_none(review: Project) -> None:
    done(change(review, "outcome", "odds_ratio", importance=7))
    settle(review, "odds_ratio", final=False)
    found = wanted(review)
    (table,) = build(review)
    name = table.row("odds_ratio").name.text
    assert (found.level, found.word) == (None, "No overall level")
    assert f"Critical, but its certainty is not settled: {name}." in found.sentences
    done(change(review, "outcome", "odds_ratio", importance=6))
    assert overall(review).level == "moderate"


def test_a_stale_rating_leaves_none(review: Project) -> None:
    done(change(review, "outcome", "risk_ratio", baseline_risk=0.4))
    found = wanted(review)
    assert found.level is None
    assert any(one.startswith("Critical, but something has changed since it was rated: ")
               for one in found.sentences)


def test_a_gap_in_the_evidence_is_told(review: Project) -> None:
    (table,) = build(review)
    gap = next(row for row in table.rows if row.kind == "not_reported")
    done(change(review, "outcome", gap.outcome.id, importance=8))
    found = wanted(review)
    assert found.level == "moderate"
    assert f"Critical, but no study reported it: {gap.name.text}." in found.sentences


def test_without_a_critical_outcome_it_says_so(review: Project) -> None:
    done(change(review, "outcome", "risk_ratio", importance=6))
    found = wanted(review)
    assert found.level is None
    assert found.sentences[0] == "No outcome is marked critical (importance 7 to 9)."
    assert found.sentences[1].startswith("Importance not decided, so not counted: ")


def test_every_output_has_the_same_line(review: Project) -> None:
    found = wanted(review)
    (table,) = build(review)
    html = summary_of_findings_html.fragment(table, layout="cochrane")
    assert 'data-overall-certainty="moderate"' in html
    assert 'aria-label="Moderate certainty, 3 of 4"' in html
    assert found.sentences[0] in html
    assert found.plain in tab_separated(table, layout="cochrane_plus").splitlines()
    words = "\n".join(
        str(cell.value) for row in opened(review)["SoF 1"].iter_rows() for cell in row
        if cell.value is not None
    )
    assert found.plain in words
    rows = list(csv.DictReader(io.StringIO(
        evidence_csv.content(review, layout="cochrane").decode("utf-8-sig"))))
    assert list(rows[0]) == [*COLUMNS, "overall_certainty"]
    assert {row["overall_certainty"] for row in rows} == {"moderate"}
    assert "lowest level among the outcomes that the team had marked critical" in (
        methods_text(review).plain)
    about = {row[0].value: row[1].value for row in opened(review)["Read me"].iter_rows()}
    assert about["Overall certainty across outcomes"] == "shown below the table"
