"""The effect and the departures of interest, asked before the first domain that needs them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.widgets.card import Card
from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.parts import button, column, holder, label, row, set_enabled
from app.workspace import Workspace
from assessments.departures import decide_departures, departure_words, kinds_of_departure
from assessments.effect_of_interest import decide_effect
from assessments.instrument import Instrument
from assessments.language import _
from assessments.sheet import Sheet


class EffectCard(Card):
    """The effect of interest, then the departures of interest where the instrument asks for them.

    Both hold for both assessors.
    """

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
        self._meanings = [
            label(f"{one.label}: {one.meaning.strip()}", "small", wrap=True)
            for one in instrument.effects if one.meaning
        ]
        for meaning in self._meanings:
            self.add(meaning)
        self.departures = self._departures()
        self.add(self.departures)
        self.for_all = QCheckBox(
            _("For all results assessed with {instrument}").format(instrument=instrument.short)
        )
        self.for_all.setAccessibleName(self.for_all.text())
        self.for_all.setChecked(True)
        self.add(self.for_all)

    def _departures(self) -> QWidget:
        self.kinds: dict[str, QCheckBox] = {}
        parts: list[QWidget] = [
            label(_("Which departures from the intervention are of interest?"), "strong",
                  wrap=True),
            label(_("Choose at least one. Questions about the others are not asked."), "small",
                  wrap=True),
        ]
        for kind, words in departure_words().items():
            tick = QCheckBox(words)
            tick.setAccessibleName(words)
            tick.installEventFilter(self)
            tick.toggled.connect(lambda _on: self._allow())
            self.kinds[kind] = tick
            parts.append(tick)
        self.use = button(_("Use these"), self._use_departures, role="primary",
                          tip=_("Use these (Enter)"))
        return holder(column(*parts, row(self.use, None), gap=6))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is decided, and ask for what is not."""
        another = self.sheet is None or self.sheet.unit != sheet.unit
        self.sheet = sheet
        self.choices.set_chosen(sheet.effect or None)
        self.choices.set_read_only(self.workspace.read_only or "")
        asks = sheet.asks_for_departures
        self.departures.setVisible(asks)
        for meaning in self._meanings:
            meaning.setVisible(not asks)
        if another:
            for tick in self.kinds.values():
                tick.setChecked(False)
        offered = kinds_of_departure(sheet.instrument, sheet.effect)
        for kind, tick in self.kinds.items():
            tick.setVisible(kind in offered)
            set_enabled(tick, self.workspace.read_only)
        self._allow()

    def _allow(self) -> None:
        nothing = None if self.chosen_kinds() else _("Choose at least one kind first.")
        set_enabled(self.use, self.workspace.read_only or nothing, _("Use these (Enter)"))

    def chosen_kinds(self) -> tuple[str, ...]:
        """Return the kinds that are ticked."""
        return tuple(kind for kind, tick in self.kinds.items() if tick.isChecked())

    def _chosen(self, code: str | None) -> None:
        if self.sheet is None or code is None:
            return
        self.workspace.do(
            decide_effect, self.sheet.unit, code, for_all=self.for_all.isChecked()
        )
        if self.isVisible() and self.sheet.asks_for_departures:
            self.take_focus()

    def _use_departures(self) -> None:
        if self.sheet is not None and self.chosen_kinds():
            self.workspace.do(
                decide_departures, self.sheet.unit, self.chosen_kinds(),
                for_all=self.for_all.isChecked(),
            )

    def take_focus(self) -> None:
        """Put the focus on what is to be chosen."""
        reason = Qt.FocusReason.OtherFocusReason
        if self.sheet is not None and self.sheet.asks_for_departures:
            first = next((one for one in self.kinds.values() if not one.isHidden()), None)
            if first is not None:
                first.setFocus(reason)
                return
        self.choices.setFocus(reason)

    def commit(self) -> None:
        """Nothing is typed here."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows leave the choices, and Enter use the ticked kinds."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_J):
                self.next_wanted.emit()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_K):
                self.previous_wanted.emit()
                return True
            if isinstance(watched, QCheckBox) and event.key() in (
                Qt.Key.Key_Return, Qt.Key.Key_Enter
            ):
                self._use_departures()
                return True
        return False
