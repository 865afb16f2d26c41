"""Shown instead of the form while no assessor sits here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.widgets.parts import button, clear, column, label, row
from app.workspace import Workspace
from assessments.language import _


class WhoAssesses(QWidget):
    """Says why one has to sit down and offers the assessors; ``people_wanted()`` to name them."""

    people_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._people = column(gap=8)
        self._words = label(
            _("Each assessor judges alone; nobody sees the other’s judgements of a result before "
              "both have finished it. Choose who sits here."), "secondary", wrap=True,
        )
        inner = column(label(_("Who assesses?"), "section"), self._words, self._people, gap=10)
        outer = row(None, column(None, inner, None), None)
        outer.setContentsMargins(24, 24, 24, 24)
        self.setLayout(outer)

    def show_people(self) -> None:
        """Offer the assessors of the review."""
        self._words.setFixedWidth(min(theme.px(440), max(self.width() - 48, theme.px(240))))
        clear(self._people)
        assessors = [one for one in self.workspace.people if one.role in ("a", "b")]
        for person in assessors:
            self._people.addWidget(
                button(
                    _("{name}, assessor {letter}").format(
                        name=person.name or person.initials, letter=person.role.upper()
                    ),
                    lambda who=person.id: self.workspace.sit(who), role="primary",
                )
            )
        if not assessors:
            self._people.addWidget(
                button(_("Name the assessors"), self.people_wanted.emit, role="primary")
            )
