"""Nothing is pooled before measure and model are chosen; impossible numbers are named as such."""

from __future__ import annotations

import pytest

from assessments.bodies import gathered, measure_of, plan_of
from assessments.pooled_json import analyses_as_json
from assessments.result_rows import leave_out
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.store.project_file import Project
from tests.conftest import done


@pytest.fixture
def outcome(filled: Project) -> Outcome:
    """Two studies with events, the second with more events than people."""
    done(change(filled, "outcome", "o1", evidence="pooled"))
    for number, events in ((1, 12), (2, 134)):
        done(add(filled, "result", id=f"r{number}", study=f"s{number}", outcome="o1",
                 events_1=events, total_1=104, events_2=20, total_2=100))
    found = filled.one(Outcome, "o1")
    assert found is not None
    return found


def codes(project: Project) -> list[tuple[str, str]]:
    return [
        (problem["code"], problem["where"])
        for one in analyses_as_json(project) for problem in one["problems"]
    ]


def test_the_plan_stands_when_measure_and_model_are_chosen(
    filled: Project, outcome: Outcome
) -> None:
    assert plan_of(filled, outcome) is None
    assert codes(filled) == [("no-plan", "measure")]
    done(change(filled, "analysis", "o1", measure="RR"))
    assert measure_of(filled, outcome) == "RR"
    assert plan_of(filled, outcome) is None
    assert gathered(filled, outcome).pooled is None
    assert codes(filled) == [("no-plan", "model")]
    done(change(filled, "analysis", "o1", model="common"))
    plan = plan_of(filled, outcome)
    assert plan is not None
    assert (plan.measure, plan.model) == ("RR", "common")
    assert gathered(filled, outcome).pooled is not None


def test_impossible_numbers_are_marked_before_the_model_is_chosen(
    filled: Project, outcome: Outcome
) -> None:
    done(change(filled, "analysis", "o1", measure="RR"))
    (problem,) = gathered(filled, outcome).problems
    assert problem.where == "r2/events_1"


def test_a_row_with_impossible_numbers_is_named_as_such(
    filled: Project, outcome: Outcome
) -> None:
    done(change(filled, "analysis", "o1", measure="RR", model="random"))
    (told,) = [
        note for one in analyses_as_json(filled) for note in one["analysis"]["notes"]
        if note["code"].startswith("not_estimable")
    ]
    assert told["code"] == "not_estimable_impossible"
    assert "its numbers cannot be right" in told["sentence"]
    assert "134" in told["sentence"]
    assert "reviewers" not in told["sentence"]


def test_a_row_that_the_team_left_out_keeps_the_teams_reason(
    filled: Project, outcome: Outcome
) -> None:
    done(change(filled, "analysis", "o1", measure="RR", model="random"))
    done(leave_out(filled, "r2", "Retracted."))
    row = gathered(filled, outcome).body.studies[1]
    assert (row.included, row.impossible, row.left_out_because) == (False, False, "Retracted.")
