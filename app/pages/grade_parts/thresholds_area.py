"""Thresholds and target: what is rated, taken by the team before anybody rates."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.pages.grade_parts.desk import GradeDesk


class ThresholdsArea(QWidget):
    """The decisions of the team about one outcome."""

    said = Signal(str)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk

    def show_outcome(self) -> None:
        """Show the outcome."""

    def commit(self) -> None:
        """Commit."""

    def take_focus(self) -> None:
        """Focus."""
        self.setFocus()
