"""The effect of interest, asked before the first domain that depends on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.widgets.card import Card
from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.parts import label
from app.workspace import Workspace
from assessments.effect_of_interest import decide_effect
from assessments.instrument import Instrument
from assessments.language import _
from assessments.sheet import Sheet


class EffectCard(Card):
    """One question with two answers; the choice holds for both assessors."""

    next_wanted = Signal()
    previous_wanted = Signal()
    entered = Signal()

    def __init__(
        self, workspace: Workspace, instrument: Instrument, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Which effect of interest?"), parent)
        self.workspace = workspace
        self.sheet: Sheet | None = None
        self.choices = LevelButtons(_("Effect of interest"))
        self.choices.set_levels(
            LevelChoice(code=one.code, word=one.label, role="") for one in instrument.effects
        )
        self.choices.chosen.connect(self._chosen)
        for one in self.choices.buttons:
            one.installEventFilter(self)
        self.add(
            label(
                _("It is fixed for a result before it is assessed, and is the same for both "
                  "assessors. Questions that depend on it appear after the choice."),
                "small", wrap=True,
            )
        )
        self.add(self.choices)
        for one in instrument.effects:
            if one.meaning:
                self.add(label(f"{one.label}: {one.meaning.strip()}", "small", wrap=True))
        self.for_all = QCheckBox(
            _("For all results assessed with {instrument}").format(instrument=instrument.short)
        )
        self.for_all.setAccessibleName(self.for_all.text())
        self.for_all.setChecked(True)
        self.add(self.for_all)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is decided."""
        self.sheet = sheet
        self.choices.set_chosen(sheet.effect or None)
        self.choices.set_read_only(self.workspace.read_only or "")

    def _chosen(self, code: str | None) -> None:
        if self.sheet is None or code is None:
            return
        self.workspace.do(
            decide_effect, self.sheet.unit, code, for_all=self.for_all.isChecked()
        )

    def take_focus(self) -> None:
        """Put the focus on the choices."""
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Nothing is typed here."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let arrows leave the choices."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_J):
                self.next_wanted.emit()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_K):
                self.previous_wanted.emit()
                return True
        return False
