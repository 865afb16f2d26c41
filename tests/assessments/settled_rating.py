"""Rates an outcome as both assessors and settles it, for tests that need a settled level."""

from __future__ import annotations

from assessments.edits import edit
from assessments.review import Outcome
from assessments.review_edits import change
from assessments.samples.rating_steps import rate, settle_rating
from assessments.store.project_file import Project
from gradecore.grade.vocabulary import DOMAINS, IMPRECISION
from tests.conftest import done


def settle(
    project: Project,
    outcome: str,
    *,
    imprecision: str = "The interval of 12 345 participants is wide.",
    final: bool = True,
) -> None:
    """Rate down one level for imprecision, by both; without ``final`` B has not finished."""
    better = project.one(Outcome, outcome).better or "lower"
    done(change(project, "outcome", outcome, threshold_type="null", better=better))
    concerns = dict.fromkeys(DOMAINS, ("not_serious", ""))
    concerns[IMPRECISION] = ("serious", imprecision)
    for seat in ("a", "b") if final else ("a",):
        project.seat = f"person-{seat}"
        done(_rate(project, outcome, concerns))
    if final:
        done(_settle(project, outcome))
    project.seat = None


@edit("rate_for_a_test")
def _rate(project: Project, outcome: str, concerns: dict[str, tuple[str, str]]) -> None:
    rate(project, outcome, concerns)


@edit("settle_for_a_test")
def _settle(project: Project, outcome: str) -> None:
    settle_rating(project, outcome, {})
