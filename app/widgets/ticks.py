"""Ticks: several things that can each be chosen, in as many rows as the width needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.widgets.flow import FlowLayout
from app.widgets.parts import as_written, clear, set_enabled


class Ticks(QWidget):
    """Check boxes that keep the focus when they are shown anew; ``switched(id, on)``."""

    switched = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, gap: int = 12) -> None:
        super().__init__(parent)
        self.setProperty("role", "clear")
        self.boxes: dict[str, QCheckBox] = {}
        self._items: tuple[tuple[str, str, str], ...] = ()
        self._flow = FlowLayout(gap=gap)
        self.setLayout(self._flow)

    def show_ticks(
        self, items: Iterable[tuple[str, str, str]], on: Collection[str],
        reason: str | None = None,
    ) -> None:
        """Show (id, words, accessible name) of each; ``reason`` says why none can be changed."""
        wanted = tuple(items)
        if wanted != self._items:
            self._items = wanted
            self._make()
        for name, box in self.boxes.items():
            box.setChecked(name in on)
            set_enabled(box, reason)

    def _make(self) -> None:
        clear(self._flow)
        self.boxes = {}
        for name, words, said in self._items:
            made = QCheckBox(as_written(words))
            made.setAccessibleName(said)
            made.clicked.connect(lambda on, name=name: self.switched.emit(name, on))
            self._flow.addWidget(made)
            self.boxes[name] = made
