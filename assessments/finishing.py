"""Finishing an assessment, which seals it, and opening it again with a reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assessments.assessment import (
    Answer,
    Assessment,
    FrozenFacts,
    Judgement,
    Quote,
    Unit,
    find,
    own,
    seat_of,
)
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, update


@edit("finish")
def finish(project: Project, unit: Unit) -> None:
    """Finish one's assessment and seal it.

    Raises:
        Refused: with one problem per domain that lacks a judgement, a support or a reason.
    """
    from assessments.completeness import missing_in

    assessment = own(project, unit)
    missing = missing_in(project, unit, assessment)
    if missing:
        raise Refused(*missing)
    freeze_facts(project, unit, assessment)
    update(
        project.connection,
        Assessment,
        assessment.id,
        state="finished",
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        digest=content_digest(project, assessment),
    )


def freeze_facts(project: Project, unit: Unit, assessment: Assessment) -> None:
    """Keep the facts that lie beside a rating as it is finished, inside an edit."""
    if unit.kind != "outcome":
        return
    from assessments.rating import current_facts

    fingerprint, facts = current_facts(project, unit.id)
    if project.one(FrozenFacts, assessment.id) is not None:
        delete(project.connection, FrozenFacts, assessment.id)
    insert(
        project.connection, FrozenFacts(id=assessment.id, fingerprint=fingerprint, facts=facts)
    )


def content_digest(project: Project, assessment: Assessment) -> str:
    """Return the SHA-256 of all that was judged, answered and quoted."""
    content: list[dict[str, Any]] = []
    for row_class in (Judgement, Answer, Quote):
        content += [asdict(row) for row in project.all(row_class, assessment=assessment.id)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@edit("reopen")
def reopen(project: Project, unit: Unit, reason: str) -> None:
    """Open one's finished assessment again, with a reason; what was settled on it is open again.

    When the other had finished too, the mark “revised after exchange” stays.
    """
    seat = seat_of(project)
    found = find(project, unit, seat) if seat else None
    if found is None or not found.finished:
        raise Refused(Problem(code="not-finished", sentence=_("There is nothing to reopen.")))
    if not reason.strip():
        raise Refused(
            Problem(
                code="reason",
                sentence=_("Reopening needs a reason."),
                where="reason",
                remedy=_("Write in a few words why."),
            )
        )
    from assessments.consensus import unsettle
    from assessments.sealing import both_finished

    seen = both_finished(project, unit)
    unsettle(project, unit)
    update(
        project.connection,
        Assessment,
        found.id,
        state="open",
        revision=found.revision + 1,
        reopened_reason=reason.strip(),
        after_exchange=int(seen or found.after_exchange),
    )
