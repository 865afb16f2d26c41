"""The notice above the form: what is missing, that it is finished, or why one cannot judge."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.pages.risk_of_bias_parts.desk import Desk
from app.widgets.state_notice import StateNotice
from assessments.language import _
from assessments.sealing import standing
from assessments.sheet import Sheet


class AssessmentNotice(StateNotice):
    """The state of an assessment of risk of bias."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.reopen, parent=parent)
        self.desk = desk

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the state of a sheet; a list of what is missing goes when it is mended."""
        if sheet.finished:
            self._show_finished(sheet)
        elif sheet.closed:
            self.say("info", sheet.closed)
        elif self.lists_missing:
            pass
        elif sheet.own is not None and sheet.own.assessment.reopened_reason:
            self.say_reopened(sheet.own)
        else:
            self.hide()

    def _show_finished(self, sheet: Sheet) -> None:
        states = standing(self.desk.workspace.project, sheet.unit)
        both = states["a"] == states["b"] == "finished"
        other = "B" if self.desk.workspace.seat == "a" else "A"
        more = (
            _("You have both finished: the two can be compared now.") if both
            else _("{other} has not finished yet. Until then neither of you sees the other’s "
                   "judgements.").format(other=other)
        )
        left = self.desk.anything_left()
        if not left:
            more = _("{more} Nothing else is left to assess.").format(more=more)
        self.say_finished(
            more, compare=both, tip=_("Next result to do (Ctrl J)") if left else "",
            reopens=not self.desk.workspace.read_only)

    def reopened(self) -> None:
        """Give the focus on, to what follows in the window."""
        self.focusNextChild()
