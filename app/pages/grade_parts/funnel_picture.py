"""The funnel plot beside the question how it looks, where there are studies enough to ask."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.desk import GradeDesk
from app.painting.painter import text_width
from app.widgets.figure_view import FigureView
from assessments.bodies import gathered
from assessments.figures.funnel import funnel
from assessments.rating_sheet import RatingSheet
from gradecore.grade.facts import FIRED


def funnel_asked(sheet: RatingSheet) -> bool:
    """Return whether the funnel can be looked at: PUB-2 says so, and studies were pooled."""
    feasible = any(one.id == "PUB-2" and one.status == FIRED for one in sheet.prompts)
    return feasible and sheet.outcome.evidence == "pooled"


class FunnelPicture(QWidget):
    """The funnel of the outcome that is rated, hidden where it is not asked for."""

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.view = FigureView()
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._shown: object = None
        self.hide()

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the funnel of that outcome."""
        project, asked = self.desk.workspace.project, funnel_asked(sheet)
        found = gathered(project, sheet.outcome) if asked else None
        self.setVisible(found is not None)
        if found is None or found is self._shown:
            return
        self._shown = found
        self.view.show_figure(funnel(found, text_width))
