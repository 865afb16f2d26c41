"""Shown while nobody sits here: who rates."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.parts import button, clear, column, frame, label, row
from app.workspace import Workspace
from assessments.language import _


class Nobody(QWidget):
    """One button for each assessor. ``people_wanted()`` when none has been named yet."""

    people_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._people = column(gap=8)
        words = label(
            _("Each assessor rates alone; nobody sees the other’s rating of an outcome before "
              "both have finished it. Choose who sits here."), "secondary", wrap=True,
        )
        words.setMaximumWidth(520)
        inner = column(label(_("Who rates?"), "section"), words, self._people, gap=10)
        outer = QVBoxLayout(self)
        outer.addWidget(frame("", row(None, column(None, inner, None), None), 24))

    def show_people(self) -> None:
        """Show the assessors of the review."""
        clear(self._people)
        assessors = [one for one in self.workspace.people if one.role in ("a", "b")]
        for person in assessors:
            self._people.addWidget(button(
                _("{name}, assessor {letter}").format(
                    name=person.name or person.initials, letter=person.role.upper()),
                lambda who=person.id: self.workspace.sit(who), role="primary",
            ))
        if not assessors:
            self._people.addWidget(button(
                _("Name the assessors"), self.people_wanted.emit, role="primary"))
