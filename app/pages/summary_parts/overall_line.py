"""The overall certainty across outcomes, between the table and its notes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.painting.judgement_marks import CertaintyMark
from app.widgets.parts import button, holder, label, row
from app.workspace import Workspace
from assessments.language import _
from assessments.review_edits import decide
from assessments.summary_of_findings.overall import DECISION, is_shown
from assessments.summary_of_findings.table import SummaryOfFindings
from gradecore.grade.vocabulary import SCORE_OF_LEVEL


class OverallLine(QWidget):
    """Symbols, word, and what they rest on; hidden unless the team wants an overall certainty.

    ``wanted(page, target)`` goes to where outcomes are marked critical; ``said(text, action,
    function)`` after the team decided to show or to hide it.
    """

    wanted = Signal(str, str)
    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.mark = CertaintyMark(size=12)
        self.word = label("", "strong")
        self.sentences = label("", "small", wrap=True)
        self.sentences.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.importance = button(_("Decide the importance of outcomes"),
                                 lambda: self.wanted.emit("review", "outcomes"), role="link")
        heading = label(_("Overall certainty across critical outcomes"), "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(holder(row(heading, self.mark, self.word, None, gap=10)))
        layout.addWidget(self.sentences)
        layout.addWidget(self.importance, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_table(self, table: SummaryOfFindings) -> None:
        """Show the overall certainty of a table, where the team wants one."""
        found = table.overall
        self.setVisible(found is not None)
        if found is None:
            return
        self.mark.show_certainty(SCORE_OF_LEVEL.get(found.level or ""), found.word)
        self.word.setText(found.word)
        self.sentences.setText("\n".join(found.sentences))
        self.sentences.setAccessibleName(found.plain)
        self.importance.setVisible(any(one.outcome.importance is None for one in table.rows))

    def show_or_hide(self) -> None:
        """Decide for the team whether an overall certainty stands below the tables."""
        shown = is_shown(self.workspace.project)
        if self.workspace.do(decide, DECISION, "off" if shown else "on").ok:
            words = (_("The overall certainty is no longer shown.") if shown
                     else _("The overall certainty is shown below the table."))
            self.said.emit(words, _("Undo"), self.workspace.undo)
