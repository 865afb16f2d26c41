"""The edits that only ratings of certainty have: confirming one after its facts changed."""

from __future__ import annotations

from assessments.assessment import CONSENSUS, find, freeze_facts, seat_of
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.rating import rating_of, unit_of
from assessments.store.project_file import Project


@edit("confirm_rating")
def confirm(project: Project, outcome: str, seat: str) -> None:
    """Say that a finished rating is still right beside the facts of now, which are then frozen.

    One's own rating can be confirmed by oneself, the consensus by either assessor.
    """
    here = seat_of(project)
    if here is None or seat not in (here, CONSENSUS):
        raise Refused(
            Problem(
                code="not-yours",
                sentence=_("Only the assessor who made a rating can confirm it."),
                remedy=_("Say who sits here: choose the assessor at the top right."),
            )
        )
    rated = rating_of(project, outcome, seat)
    found = find(project, unit_of(outcome), seat)
    if rated is None or found is None or not rated.stale:
        raise Refused(
            Problem(code="not-stale", sentence=_("Nothing has changed since this was rated."))
        )
    freeze_facts(project, unit_of(outcome), found)
