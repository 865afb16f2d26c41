"""What happens, in a sentence: generated from settled data only, or the team's own words."""

from __future__ import annotations

from assessments.language import _
from assessments.rating import Rated
from assessments.review import Comparison, Outcome
from assessments.store.project_file import Project
from assessments.summary_of_findings.table import Group, Statement, Synthesis


def statement_of(
    project: Project,
    outcome: Outcome,
    comparison: Comparison,
    rated: Rated | None,
    kind: str,
    synthesis: Synthesis,
    groups: tuple[Group, ...],
) -> Statement:
    """Return the statement of an outcome; an edited one is flagged, and when it is outdated."""
    generated = ""
    if kind == "not_reported":
        generated = _("No included study reported this outcome.")
    own = outcome.statement.strip()
    if not own:
        return Statement(text=generated, generated=generated)
    return Statement(
        text=own, generated=generated, edited=True,
        outdated=outcome.statement_from.strip() != generated,
    )
