"""Statements of outcomes that were not pooled, from the team's words to the table."""

from __future__ import annotations

import pytest

from assessments.certainty_cases import run_case
from assessments.edits import undo
from assessments.exports.evidence_table import evidence_rows
from assessments.exports.methods_text import methods_text
from assessments.rating import settled_rating
from assessments.review import Comparison, Outcome
from assessments.review_edits import change
from assessments.store.project_file import Project
from assessments.summary_of_findings import Row, build
from assessments.summary_of_findings.narrative_statement import (
    forms_needed,
    sentences_by_level,
    wordless,
)
from tests.assessments.every_kind_of_row import fill
from tests.assessments.settled_rating import settle
from tests.conftest import done

OUTCOME = "satisfaction"


@pytest.fixture
def review(project: Project) -> Project:
    """A synthesis in words whose certainty was settled at moderate."""
    fill(project)
    settle(project, OUTCOME)
    return project


def row_of(project: Project) -> Row:
    (table,) = build(project)
    return table.row(OUTCOME)


def test_it_waits_for_the_words_and_says_so(review: Project) -> None:
    row = row_of(review)
    assert (row.kind, row.certainty.level) == ("narrative", "moderate")
    assert row.statement.text == ""
    assert wordless(row)
    (table,) = build(review)
    assert any(one.startswith(f"{row.name.text}: what happens has not been written")
               for one in table.remarks)


def test_the_frame_of_the_settled_certainty_stands_around_the_words(review: Project) -> None:
    """Moderate certainty takes “probably” and the third person (sof.md 5.1)."""
    done(change(review, "narrative", OUTCOME, verb="pleases most people",
                verb_infinitive="please most people"))
    row = row_of(review)
    assert review.one(Comparison, "c1").intervention == "Training"
    assert row.statement.text == "Training probably pleases most people."
    assert not row.statement.edited
    assert not wordless(row)
    (table,) = build(review)
    values = next(one for one in evidence_rows(review, (table,)) if one["outcome_id"] == OUTCOME)
    assert values["statement"] == row.statement.text
    assert values["statement_edited"] is False
    done(undo(review))
    assert row_of(review).statement.text == ""


def test_nothing_is_said_before_the_rating_is_settled(project: Project) -> None:
    fill(project)
    settle(project, OUTCOME, final=False)
    done(change(project, "narrative", OUTCOME, verb="pleases most people"))
    assert row_of(project).statement.text == ""
    assert not wordless(row_of(project))


def test_an_edited_sentence_is_flagged_and_told_when_the_words_change(review: Project) -> None:
    done(change(review, "narrative", OUTCOME, verb="pleases most people"))
    generated = row_of(review).statement.generated
    done(change(review, "outcome", OUTCOME, statement="Most people probably like it.",
                statement_from=generated))
    edited = row_of(review).statement
    assert (edited.text, edited.edited, edited.outdated) == (
        "Most people probably like it.", True, False)
    done(change(review, "narrative", OUTCOME, verb="pleases few people"))
    later = row_of(review).statement
    assert (later.text, later.outdated) == ("Most people probably like it.", True)
    assert later.generated == "Training probably pleases few people."


def test_the_words_make_no_rating_stale(review: Project) -> None:
    done(change(review, "narrative", OUTCOME, verb="pleases most people"))
    assert settled_rating(review, OUTCOME).changed == ()


def test_every_level_is_shown_ahead(review: Project) -> None:
    done(change(review, "narrative", OUTCOME, verb="pleases most people"))
    outcome = review.one(Outcome, OUTCOME)
    said = dict(sentences_by_level(review, outcome))
    assert said["High"] == "Training pleases most people."
    assert said["Low"] == "", "the infinitive has not been written"
    assert said["Very low"].startswith("The effect of training on ")
    assert forms_needed(review, outcome) == ("verb", "verb_infinitive")
    done(change(review, "comparison", "c1", intervention="Training sessions"))
    assert forms_needed(review, outcome) == ("verb_infinitive",)


def test_the_methods_tell_who_wrote_what_happens(review: Project) -> None:
    assert "Where effects were not pooled, the team wrote what happens" in (
        methods_text(review).plain)


def test_worked_cases_say_it_too() -> None:
    case = {"id": "words", "kind": "statement", "certainty": "low", "intervention": "Humming",
            "outcome": "Calm", "verb": "calms singers", "verb_infinitive": "calm singers"}
    assert run_case(case)["result"]["statement"] == "Humming may calm singers."
    assert "has not written" in run_case(case | {"verb_infinitive": ""})["error"]
