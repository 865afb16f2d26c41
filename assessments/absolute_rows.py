"""The absolute effects of one outcome in words, from the place that fills the table of findings."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.language import _
from assessments.review import Outcome
from assessments.store.project_file import Project
from assessments.summary_of_findings import build
from assessments.summary_of_findings.table import Group, SummaryOfFindings
from gradecore.absolute_effects import number_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsoluteRow:
    """The effect at one assumed risk or mean, in the words of the table."""

    label: str
    comparator: str
    intervention: str
    difference: str
    needed: str
    notes: tuple[str, ...]


def absolute_rows(project: Project, outcome: Outcome) -> tuple[AbsoluteRow, ...]:
    """Return one row for each assumed risk of an outcome."""
    for table in build(project):
        for row in table.rows:
            if row.outcome.id == outcome.id:
                return tuple(_row(table, outcome, group) for group in row.groups)
    return ()


def _row(table: SummaryOfFindings, outcome: Outcome, group: Group) -> AbsoluteRow:
    letters = [*group.comparator.letters, *group.intervention.letters, *group.difference.letters]
    notes = {one.letter: one.text for one in table.footnotes}
    return AbsoluteRow(
        label=group.label or _("Study population"),
        comparator=group.comparator.text,
        intervention=group.intervention.text,
        difference=group.difference.text,
        needed=_needed(outcome, group),
        notes=tuple(notes[one] for one in dict.fromkeys(letters) if one in notes),
    )


def _needed(outcome: Outcome, group: Group) -> str:
    if group.absolute is None or group.absolute.measure == "IRR" or outcome.better is None:
        return ""
    good = 1 if outcome.better == "higher" else -1
    found = number_needed(group.absolute.difference, -good if group.absolute.event_free else good)
    if found.rounded is None:
        return ""
    if found.through_infinity:
        return _("{kind} {n} (NNTB {best} to ∞ to NNTH {worst})").format(
            kind=found.kind, n=found.rounded, best=found.best, worst=found.worst)
    low, high = sorted((found.best or 0, found.worst or 0))
    return _("{kind} {n} ({low} to {high})").format(
        kind=found.kind, n=found.rounded, low=low, high=high)
