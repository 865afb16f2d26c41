"""Thresholds and target: what is rated, decided by the team before anybody rates."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.claim_card import ClaimCard, first_open
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.subgroup_card import SubgroupCard
from app.pages.grade_parts.team_card import TeamCard
from app.widgets.parts import label, scrolling
from assessments.language import _


class ThresholdsArea(QWidget):
    """The decisions of the team. They are made when the area is shown for the first time."""

    said = Signal(str)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.claim: ClaimCard | None = None
        self.subgroups: SubgroupCard | None = None
        self.team: TeamCard | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("role", "clear")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.claim, self.team = ClaimCard(self.desk), TeamCard(self.desk)
        self.subgroups = SubgroupCard(self.desk)
        column.addWidget(label(
            _("The same for both assessors, decided before rating. A change marks finished "
              "ratings as stale; it never changes them."), "secondary", wrap=True))
        column.addWidget(self.claim)
        column.addWidget(self.subgroups)
        column.addWidget(self.team)
        column.addStretch(1)
        self._layout.addWidget(scrolling(content))

    def show_outcome(self) -> None:
        """Show the outcome that is rated, when the area is in sight."""
        if self.isVisible():
            self._show()

    def showEvent(self, event: object) -> None:
        """Build and fill the area before it is seen."""
        self._show()
        super().showEvent(event)  # type: ignore[arg-type]

    def _show(self) -> None:
        if self.claim is None:
            self._build()
        if self.desk.sheet is None:
            return
        assert self.claim is not None
        assert self.subgroups is not None
        assert self.team is not None
        self.claim.show_sheet(self.desk.sheet)
        self.subgroups.show_sheet(self.desk.sheet)
        self.team.show_settings()

    def commit(self) -> None:
        """Commit what has been typed."""
        if self.claim is not None:
            self.claim.commit()

    def take_focus(self) -> None:
        """Put the focus on the first decision that is open, or on the first one."""
        if self.claim is not None and self.desk.sheet is not None:
            name = first_open(self.desk.sheet.outcome)
            field = self.claim.claim.inputs[name]
            if name == "threshold_type" and self.claim.statement_missing(self.desk.sheet):
                field = self.claim.published.inputs["rob_statement"]
            field.setFocus(Qt.FocusReason.OtherFocusReason)
