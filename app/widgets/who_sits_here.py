"""Shown in place of a form while no assessor sits here: why, and one button for each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app import icons, theme
from app.widgets.parts import button, clear, column, holder, label, row
from app.widgets.top_bar import named_with_role
from app.workspace import Workspace
from assessments.language import _


class WhoSitsHere(QWidget):
    """Offers the assessors of the review; ``people_wanted()`` when none has been named yet."""

    people_wanted = Signal()

    def __init__(self, workspace: Workspace, heading: str, sentence: str) -> None:
        super().__init__()
        self.workspace = workspace
        sign = label()
        icons.set_icon(sign, "people", "text-3", 36)
        told = (sign, label(heading, "section"), label(sentence, "secondary", wrap=True))
        for one in told:
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._people = column(gap=8)
        block = holder(column(*told, 6, row(None, holder(self._people), None), gap=10))
        block.setMaximumWidth(theme.px(520))
        across = row(None, block, None, gap=0)
        across.setStretch(1, 100)
        outer = column(None, across, None)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setStretch(0, 2)
        outer.setStretch(2, 3)
        self.setLayout(outer)

    def show_people(self) -> None:
        """Offer the assessors of the review."""
        clear(self._people)
        assessors = [one for one in self.workspace.people if one.role in ("a", "b")]
        for person in assessors:
            self._people.addWidget(button(
                named_with_role(person), lambda who=person.id: self.workspace.sit(who),
                role="primary",
            ))
        if not assessors:
            self._people.addWidget(button(
                _("Name the assessors"), self.people_wanted.emit, role="primary"))

    def take_focus(self) -> None:
        """Put the focus on the first assessor."""
        first = self.findChild(QPushButton)
        if first is not None:
            first.setFocus()
