"""The consensus as a record of its own: made final, opened again, taken back, and read."""

from __future__ import annotations

from datetime import UTC, datetime

from assessments.assessment import CONSENSUS, Assessment, Judgement, Unit, find
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.reconciliation import comparable
from assessments.sealing import Opened, may_see, opened
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id, update


@edit("make_final")
def make_final(project: Project, units: tuple[Unit, ...]) -> None:
    """Make the consensus of units final, once every judgement in them is settled."""
    from assessments.finishing import content_digest, freeze_facts
    from assessments.rating_checks import stale_blockers

    for unit in units:
        compared = comparable(project, unit)
        if compared.open_items or compared.consensus is None:
            count = len(compared.open_items)
            raise Refused(
                Problem(
                    code="open",
                    sentence=_("{n} judgements are not settled yet.").format(n=count),
                    remedy=_("Settle them first."),
                )
            )
        if unit.kind == "outcome" and (stale := stale_blockers(project, unit.id)):
            raise Refused(*stale)
        consensus = compared.consensus.assessment
        freeze_facts(project, unit, consensus)
        update(
            project.connection, Assessment, consensus.id, state="finished",
            finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
            digest=content_digest(project, consensus),
        )


@edit("reopen_consensus")
def reopen_consensus(project: Project, unit: Unit, reason: str) -> None:
    """Open a final consensus again, with a reason; the settlements in it stay.

    A judgement taken from a publication is not changed: it gives way to an empty consensus of
    one's own, which says in its reason what it replaces.
    """
    found = find(project, unit, CONSENSUS)
    if found is None or not found.finished:
        raise Refused(Problem(code="not-final", sentence=_("There is nothing to reopen.")))
    if not reason.strip():
        raise Refused(
            Problem(code="reason", sentence=_("Reopening needs a reason."), where="reason")
        )
    if found.source:
        _give_way(project, found, reason.strip())
        return
    update(
        project.connection, Assessment, found.id, state="open", revision=found.revision + 1,
        reopened_reason=reason.strip(),
    )


def _give_way(project: Project, published: Assessment, reason: str) -> None:
    delete(project.connection, Assessment, published.id)
    insert(
        project.connection,
        Assessment(
            id=new_id(), instrument=published.instrument, unit_kind=published.unit_kind,
            unit=published.unit, seat=CONSENSUS, revision=published.revision + 1,
            reopened_reason=_("{reason} (instead of the judgement of {source})").format(
                reason=reason, source=published.source
            ),
        ),
    )


def unsettle(project: Project, unit: Unit) -> None:
    """Put the settlements of a unit back to open, inside an edit that reopens one side.

    A published judgement rests on neither side, and stays.
    """
    found = find(project, unit, CONSENSUS)
    if found is not None and not found.source:
        delete(project.connection, Assessment, found.id)


def consensus_of(project: Project, unit: Unit) -> Opened | None:
    """Return the final consensus of a unit, None before it is final.

    A final consensus is the review's own judgement and may be seen by everybody.
    """
    found = opened(project, unit, CONSENSUS)
    return found if found is not None and found.assessment.finished else None


def settled_judgements(project: Project, unit: Unit) -> tuple[Judgement, ...] | None:
    """Return the judgements of the final consensus alone, None before it is final."""
    found = find(project, unit, CONSENSUS)
    if found is None or not found.finished or not may_see(project, found):
        return None
    return project.all(Judgement, assessment=found.id)
