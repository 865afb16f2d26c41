"""Which ratings a change touches, so that one's own step does not read everything again."""

from __future__ import annotations

from assessments.assessment import Answer, Assessment, Judgement
from assessments.assignments import GRADE
from assessments.store.journal import Changes
from assessments.store.project_file import Project

_OWN_CONTENT = frozenset({"assessment", "judgement", "answer", "frozen_facts", "instrument_copy"})


def ratings_touched(project: Project, changes: Changes) -> frozenset[str] | None:
    """Return the outcomes whose ratings changed, None when anything else did."""
    if not changes.tables <= _OWN_CONTENT:
        return None
    owners: set[str] = set(changes.rows.get("assessment", ()))
    owners |= changes.rows.get("frozen_facts", frozenset())
    for row_class in (Judgement, Answer):
        for key in changes.rows.get(row_class.table, ()):
            made = project.one(row_class, key)
            if made is None:
                return None
            owners.add(made.assessment)
    found = set()
    for key in owners:
        owner = project.one(Assessment, key)
        if owner is None or owner.instrument != GRADE:
            return None
        found.add(owner.unit)
    return frozenset(found)
