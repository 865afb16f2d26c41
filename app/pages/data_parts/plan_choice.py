"""What the team has to choose before anything is pooled: the measure and the model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.pages.data_parts import words
from app.widgets.card import Card
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, holder, label
from app.workspace import Workspace
from assessments.language import _
from assessments.review import Analysis, Outcome
from assessments.review_edits import change
from gradecore.measures import MEASURES


class PlanChoice(Card):
    """Asks for what has not been chosen; not there once both are. ``settled()`` when they are."""

    settled = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("How are the results measured and pooled?"), gap=8)
        self.workspace = workspace
        self._outcome = ""
        self.about = label("", "secondary", wrap=True)
        self.add(self.about)
        self.measures = holder(self._rows())
        self.models = holder(self._buttons("model", words.models()))
        self.add(self.measures)
        self.add(self.models)

    def _rows(self) -> FlowLayout:
        codes = ("RR", "OR", "RD", "MD", "SMD", "ROM", "HR", "IRR", "GEN")
        return self._buttons("measure", tuple((one, MEASURES[one].name) for one in codes))

    def _buttons(self, name: str, pairs: words.Pairs) -> FlowLayout:
        layout = FlowLayout(gap=6)
        for code, text in pairs:
            tip = MEASURES[code].words if code in MEASURES else ""
            layout.addWidget(
                button(text, lambda code=code: self._choose(name, code), tip=tip)
            )
        return layout

    def show_analysis(self, outcome: Outcome, analysis: Analysis | None) -> None:
        """Ask for what is missing in the plan of that outcome."""
        self._outcome = outcome.id
        measure = bool(analysis is not None and analysis.measure)
        model = bool(analysis is not None and analysis.model)
        self.setVisible(not (measure and model))
        self.measures.setVisible(not measure)
        self.models.setVisible(measure and not model)
        self.about.setText(
            _("Nothing is preset. Choose the effect measure; all measures are in the panel "
              "“Analysis”.") if not measure else
            _("Choose the model: random effects let the true effect differ between studies, a "
              "common effect does not.")
        )
        self.setEnabled(not self.workspace.read_only)

    def _choose(self, name: str, code: str) -> None:
        if not self.workspace.do(change, "analysis", self._outcome, **{name: code}).ok:
            return
        if self.models.isVisibleTo(self):
            first = self.models.findChild(QWidget)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.settled.emit()
