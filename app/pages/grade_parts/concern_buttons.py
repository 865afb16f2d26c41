"""The levels of one domain: chosen by number or click, never by an arrow in passing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.level_buttons import LevelButtons, LevelChoice

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ConcernButtons(LevelButtons):
    """Segmented levels whose numbers are those of the instrument, wherever they stand.

    ``wanted(code)`` is sent for the level that somebody asks for; nothing is shown as chosen
    until ``set_chosen``. ``walked(step)`` is sent for ↑ and ↓.
    """

    wanted = Signal(object)
    walked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, segmented=True, wraps=True, parent=parent)
        self._shown: tuple[LevelChoice, ...] = ()
        self._kept: str | None = None

    def set_levels(self, levels: Iterable[LevelChoice]) -> None:
        """Show these levels; the same ones again leave the buttons as they are."""
        shown = tuple(levels)
        if shown == self._shown:
            return
        focused = any(one.hasFocus() for one in self.buttons)
        self._shown = shown
        super().set_levels(shown)
        for made in self.buttons:
            made.number = int(made.choice.key or made.number)
            made.shows_key = True
            made.name_it()
        if focused and self.buttons:
            self.buttons[0].setFocus()

    def set_chosen(self, code: str | None) -> None:
        """Show that level as chosen, None for undecided; nothing is sent."""
        self._kept = code
        super().set_chosen(code)

    def _choose(self, code: str | None) -> None:
        self.wanted.emit(code)
        if self.value != self._kept:  # a click has checked the button, and it was not taken
            super().set_chosen(self._kept)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let arrows move the focus only, so that walking past never chooses."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _LINES:
                self.walked.emit(_LINES[key])
                return True
            if key in _SIDES:
                self._walk(_SIDES[key])
                return True
        return super().eventFilter(watched, event)

    def _walk(self, places: int) -> None:
        here = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), 0)
        target = self.buttons[min(max(here + places, 0), len(self.buttons) - 1)]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
