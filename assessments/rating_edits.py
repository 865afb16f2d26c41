"""The edits that only ratings of certainty have: prompts, drafts, confirming what went stale."""

from __future__ import annotations

from assessments.assessment import CONSENSUS, answer, find, seat_of, write, write_note
from assessments.edits import edit
from assessments.finishing import freeze_facts
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


@edit("acknowledge")
def acknowledge(
    project: Project, outcome: str, prompt: tuple[str, str], response: str | None, note: str = ""
) -> None:
    """Say what a prompt, given as (domain, id), meant for one's rating, or take it back (None).

    Raises:
        Refused: 'not_relevant' without saying why.
    """
    domain, name = prompt
    if response == "not_relevant" and not note.strip():
        raise Refused(
            Problem(
                code="reason",
                sentence=_("Say in a few words why this is not relevant."),
                where=f"{domain}/{name}",
            )
        )
    unit = unit_of(outcome)
    answer(project, unit, domain, f"ack/{name}", response)
    write_note(project, unit, domain, f"ack/{name}", note.strip())


@edit("draft_explanation")
def draft_explanation(project: Project, outcome: str, domain: str, text: str) -> None:
    """Put a draft in the place of an explanation; it counts as generated until it is edited."""
    unit = unit_of(outcome)
    write(project, unit, domain, "support", text)
    answer(project, unit, domain, "drafted", text)
