"""The team's decision to rate up for large effects only, through a whole review."""

from __future__ import annotations

import io

import pytest

from assessments.assessment import answer, judge, write
from assessments.certainty_cases import run_case
from assessments.edits import edit, undo
from assessments.exports.methods_text import methods_text
from assessments.exports.summary_of_findings_xlsx import content
from assessments.finishing import finish
from assessments.rating import rating_of, settled_rating, unit_of
from assessments.rating_facts import prompts_of
from assessments.rating_sheet import rating_sheet
from assessments.reasons_to_rate_up import offered, settled_but_not_offered
from assessments.review import Outcome
from assessments.review_edits import change, decide
from assessments.samples.rating_steps import rate, settle_rating
from assessments.store.project_file import Project
from assessments.summary_of_findings import build
from gradecore.grade.vocabulary import DOMAINS
from tests.assessments.every_kind_of_row import fill
from tests.conftest import done

OUTCOME = "risk_ratio"


@pytest.fixture
def review(project: Project) -> Project:
    fill(project)
    done(change(project, "outcome", OUTCOME, stream="nrs", threshold_type="null", better="lower"))
    return project


@edit("rate_for_a_test")
def _rated_up(project: Project, reason: str) -> None:
    """Rate up by one level, as the one who sits here, and finish."""
    unit = unit_of(OUTCOME)
    judge(project, unit, reason, "plus_one")
    write(project, unit, reason, "support", "The effect grows from 10 mg to 40 mg a day.")
    rate(project, OUTCOME, dict.fromkeys(DOMAINS, ("not_serious", "")))


@edit("settle_for_a_test")
def _settled(project: Project) -> None:
    settle_rating(project, OUTCOME, {})


def settled_with(project: Project, reason: str) -> None:
    for seat in ("person-a", "person-b"):
        project.seat = seat
        done(_rated_up(project, reason))
    done(_settled(project))
    project.seat = None


def asked(project: Project) -> set[str]:
    return {one.id for one in prompts_of(project, OUTCOME)}


def factors(project: Project) -> str:
    certainty = methods_text(project).paragraphs[1]
    return next(one.text for one in certainty.elements if one.name == "Factors and criteria")


def test_the_two_prompts_are_asked_until_the_team_decides(review: Project) -> None:
    assert {"UP-2", "UP-3"} <= asked(review)
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    assert offered(review) == ("large_effect",)
    assert not {"UP-2", "UP-3"} & asked(review)
    assert "UP-1" in asked(review)
    done(undo(review))
    assert {"UP-2", "UP-3"} <= asked(review)


@pytest.mark.parametrize("reason", ["large_effect", "dose_response", "opposing_confounding"])
def test_a_finished_rating_keeps_its_level_and_is_not_stale(review: Project, reason: str) -> None:
    """2 for non-randomised studies and 1 more are 3, moderate, whatever is offered later."""
    settled_with(review, reason)
    for value in ("large_effect", "all", "large_effect"):
        done(decide(review, "reasons_to_rate_up", value))
        for seat in ("a", "b", "consensus"):
            rated = rating_of(review, OUTCOME, seat)
            assert (rated.level, rated.changed) == ("moderate", ())
    assert settled_rating(review, OUTCOME).upgrades[reason] == "plus_one"


def test_a_rating_made_meanwhile_is_asked_again_only_where_something_fires(
    review: Project,
) -> None:
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    settled_with(review, "large_effect")
    done(decide(review, "reasons_to_rate_up", "all"))
    assert settled_rating(review, OUTCOME).changed == ()


def test_what_was_rated_up_before_is_told_wherever_it_shows(review: Project) -> None:
    settled_with(review, "dose_response")
    assert settled_but_not_offered(review) == ()
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    ((outcome, names),) = settled_but_not_offered(review)
    assert (outcome.id, names) == (OUTCOME, ("dose_response",))
    label = review.one(Outcome, OUTCOME).label
    (table,) = build(review)
    assert (f"{label}: rated up for a reason that the team no longer uses "
            "(dose-response gradient)") in table.remarks
    assert table.row(OUTCOME).certainty.level == "moderate"
    assert f"Rated up for such a reason all the same: {label} (dose-response gradient)." in (
        factors(review))


def test_what_is_not_offered_can_be_taken_back(review: Project) -> None:
    review.seat = "person-a"
    unit = unit_of(OUTCOME)
    done(judge(review, unit, "dose_response", "plus_one"))
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    codes = {one.code for one in rating_sheet(review, OUTCOME).remarks_in("dose_response")}
    assert "W-UP-NOT-OFFERED" in codes
    done(judge(review, unit, "dose_response", None))
    sheet = rating_sheet(review, OUTCOME)
    assert sheet.level("dose_response") is None
    assert sheet.remarks_in("dose_response") == ()


def test_a_rating_with_one_reason_offered_can_be_finished(review: Project) -> None:
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    review.seat = "person-a"
    unit = unit_of(OUTCOME)
    for domain in DOMAINS:
        done(judge(review, unit, domain, "not_serious"))
    for domain in (*DOMAINS, "rating_up"):
        for one in rating_sheet(review, OUTCOME).waiting(domain):
            done(answer(review, unit, domain, f"ack/{one.id}", "considered"))
    assert [one.where for one in finish(review, unit).problems] == ["rating_up"]
    done(answer(review, unit, "rating_up", "considered", "none_applies"))
    done(finish(review, unit))
    assert rating_of(review, OUTCOME, "a").level == "low"


def test_the_decision_is_printed(review: Project) -> None:
    from openpyxl import load_workbook

    settled_with(review, "large_effect")
    assert "a dose-response gradient and opposing plausible confounding could raise it" in (
        factors(review))
    done(decide(review, "reasons_to_rate_up", "large_effect"))
    said = factors(review)
    assert "By decision of the review team, a dose-response gradient and opposing" in said
    assert "were no reasons to rate up" in said
    assert "all the same" not in said
    sheet = load_workbook(io.BytesIO(content(review, layout="cochrane_plus")))["Read me"]
    lines = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert lines["Reasons to rate up"] == "a large effect only"


def test_worked_cases_take_the_decision_too() -> None:
    case = {"id": "up", "kind": "prompts", "measure": "RR", "estimate": 2.5, "ci_low": 2.1,
            "ci_high": 3.0, "start_rule": "nrs", "k": 4, "baseline_risk": 0.1}
    every = run_case(case)["result"]["prompts"]
    fewer = run_case(case | {"reasons_to_rate_up": "large_effect"})["result"]["prompts"]
    assert set(every) - set(fewer) == {"UP-2", "UP-3"}
    rated = {"id": "rated", "kind": "rating", "start_rule": "nrs",
             "domains": dict.fromkeys(DOMAINS, 0), "upgrades": {"dose_response": 1},
             "reasons_to_rate_up": "large_effect"}
    told = run_case(rated)["result"]
    assert told["certainty"] == "moderate"
    assert "W-UP-NOT-OFFERED" in told["warnings"]
