"""The row of one outcome as it would look with a rating that is not settled yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessments.rating import Rated
from assessments.remembered import remembered_of_bodies
from assessments.review import Comparison, Outcome
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings.absolute import Shown
from assessments.summary_of_findings.build import row_of
from assessments.summary_of_findings.explanations import (
    certainty_cell,
    explained,
    rated_groups,
)
from assessments.summary_of_findings.footnotes import Footnotes
from assessments.summary_of_findings.statements import statement_of
from assessments.summary_of_findings.table import NOT_REPORTED, Footnote, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A row with its footnotes, and the letter of each explained domain."""

    row: Row
    footnotes: tuple[Footnote, ...]
    letters: dict[str, str]


def preview_of(project: Project, outcome: Outcome, rated: Rated | None) -> Preview | None:
    """Return the row of an outcome with that rating in place of the settled one.

    The numbers are those of the table; letters are given as if the row stood alone.
    """
    comparison = project.one(Comparison, outcome.comparison)
    if comparison is None:
        return None
    bare, before = remembered_of_bodies(
        project, ("row", outcome.id), lambda: _bare(project, comparison, outcome)
    )
    footnotes = Footnotes()
    for one in before:
        footnotes.letters((one.text,), outcome=outcome.id)
    style = setting(project, "symbol_style", "circle")
    certainty = certainty_cell(
        rated, footnotes, outcome.id, style=style, reported=bare.kind != NOT_REPORTED
    )
    groups = rated_groups(rated, bare.groups, footnotes, outcome.id, style=style)
    shown = Shown(
        project=project, comparison=comparison, outcome=outcome, synthesis=bare.synthesis,
        results=(), footnotes=Footnotes(),
    )
    row = replace(
        bare, outcome=outcome, certainty=certainty, groups=groups, changed=(),
        statement=statement_of(shown, rated, bare.kind, groups),
    )
    letters = {
        domain: footnotes.letters((text,), outcome=outcome.id)[0]
        for domain, text in (explained(rated) if rated is not None else ())
    }
    return Preview(row=row, footnotes=footnotes.all, letters=letters)


def _bare(
    project: Project, comparison: Comparison, outcome: Outcome
) -> tuple[Row, tuple[Footnote, ...]]:
    """Return the row without a rating, and the notes of its other cells."""
    footnotes = Footnotes()
    style = setting(project, "symbol_style", "circle")
    row = row_of(project, comparison, outcome, footnotes, style, rated=None)
    return row, footnotes.all
