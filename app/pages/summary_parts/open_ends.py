"""What keeps a table from being final, each with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.widgets.parts import button, clear, label, row
from assessments.assignments import rating_assignments
from assessments.language import _, counted
from assessments.reasons_to_rate_up import reasons_left_over
from assessments.store.project_file import Project
from assessments.summary_of_findings.narrative_statement import wordless, words_missing
from assessments.summary_of_findings.table import (
    NOT_REPORTED,
    UNDECIDED,
    Row,
    SummaryOfFindings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnd:
    """Something missing or out of date: what it is, and where to go."""

    text: str
    action: str
    page: str
    target: str


def open_ends(project: Project, table: SummaryOfFindings) -> tuple[OpenEnd, ...]:
    """Return what is missing in a table, the same kind of several outcomes in one line."""
    comparable = {one.outcome for one in rating_assignments(project) if one.comparable}
    rated = [row for row in table.rows if row.kind != NOT_REPORTED]
    unrated = [one for one in rated if one.certainty.level is None]
    settle = [one for one in unrated if one.outcome.id in comparable]
    rate = [one for one in unrated if one.outcome.id not in comparable]
    found: list[OpenEnd] = []
    if not table.rows:
        found.append(OpenEnd(text=_("The comparison has no outcomes yet."),
                             action=_("Add outcomes"), page="review", target="outcomes"))
    if settle:
        found.append(OpenEnd(
            text=_("Rated by both, not settled: {names}").format(names=_names(settle)),
            action=_("Reconcile"), page="reconcile", target=settle[0].outcome.id,
        ))
    if rate:
        found.append(OpenEnd(
            text=_("Certainty not rated yet: {names}").format(names=_names(rate)),
            action=_("Go to GRADE"), page="grade", target=rate[0].outcome.id,
        ))
    return (*found, *_of_rows(table.rows), *_left_over(project, table.rows))


def _left_over(project: Project, rows: tuple[Row, ...]) -> Iterable[OpenEnd]:
    for one in rows:
        rated = one.certainty.rated
        why = reasons_left_over(project, rated) if rated is not None else ""
        if why:
            yield OpenEnd(
                text=_("{outcome}: {why}").format(outcome=one.name.text, why=why),
                action=_("Check in GRADE"), page="grade", target=one.outcome.id,
            )


def _of_rows(rows: tuple[Row, ...]) -> Iterable[OpenEnd]:
    for one in rows:
        name = one.name.text
        if one.kind == UNDECIDED and not one.synthesis.measure:
            yield OpenEnd(
                text=_("{outcome}: the kind of evidence is not chosen").format(outcome=name),
                action=_("Choose it"), page="review", target=one.outcome.id,
            )
        if one.changed:
            yield OpenEnd(
                text=_("{outcome}: changed since it was rated. {what}").format(
                    outcome=name, what=" ".join(one.changed)
                ),
                action=_("Check in GRADE"), page="grade", target=one.outcome.id,
            )
        for problem in one.synthesis.problems:
            yield OpenEnd(
                text=_("{outcome}: {problem}").format(outcome=name, problem=problem),
                action=_("Data & pooling"), page="data_and_pooling", target=one.outcome.id,
            )
        if wordless(one):
            yield OpenEnd(
                text=_("{outcome}: {why}").format(outcome=name, why=words_missing()),
                action=_("Write it"), page="data_and_pooling", target=one.outcome.id,
            )
        if one.statement.outdated:
            yield OpenEnd(
                text=_("{outcome}: the edited statement was written for other numbers.").format(
                    outcome=name
                ),
                action=_("Look at it"), page="summary_of_findings", target=one.outcome.id,
            )


def _names(rows: list[Row]) -> str:
    shown = "; ".join(one.name.text for one in rows[:4])
    more = len(rows) - 4
    if more <= 0:
        return shown
    return shown + " " + counted("and {n} more", "and {n} more", more)


class OpenEnds(QFrame):
    """The list above the table; ``wanted(page, target)`` when a way is chosen."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 6, 8, 6)
        self._layout.setSpacing(0)
        self.shown: tuple[OpenEnd, ...] | None = None

    def show_ends(self, found: tuple[OpenEnd, ...]) -> None:
        """Show these; without any the list is gone."""
        self.setVisible(bool(found))
        if found == self.shown:
            return
        self.shown = found
        clear(self._layout)
        for one in found:
            go = button(one.action, lambda one=one: self.wanted.emit(one.page, one.target),
                        role="link")
            go.setAccessibleName(f"{one.action}: {one.text}")
            words = label(one.text, wrap=True)
            line = row(words, go)
            line.setStretch(0, 1)
            self._layout.addLayout(line)
