"""The checklist of what can be handed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app import settings
from app.widgets.parts import label, set_role
from assessments.exports.handing_over import Output

_SETTING = "export/names"
_FIRST = ("xlsx", "html", "figures", "methods")


class Checklist(QFrame):
    """One tick for each output; the one with the focus is shown in the preview.

    Signals: ``changed()`` after a tick, ``pointed(name)`` when another one is to be shown.
    """

    changed = Signal()
    pointed = Signal(str)

    def __init__(self, found: tuple[Output, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outputs = {one.name: one for one in found}
        self.ticks: dict[str, QCheckBox] = {}
        self._rows: dict[str, QFrame] = {}
        self.current = found[0].name
        kept = settings.read(_SETTING, "")
        wanted = set(str(kept).split(",")) if kept else set(_FIRST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for one in found:
            layout.addWidget(self._row(one, one.name in wanted))
        self._show_current()

    def _row(self, one: Output, ticked: bool) -> QFrame:
        tick = QCheckBox(one.title)
        tick.setAccessibleName(one.title)
        tick.setAccessibleDescription(one.about)
        tick.setChecked(ticked)
        tick.toggled.connect(lambda _on: self._ticked())
        tick.installEventFilter(self)
        tick.setProperty("output", one.name)
        words = label(one.about, "small", wrap=True)
        words.setContentsMargins(28, 0, 0, 0)
        row = QFrame()
        row.setProperty("output", one.name)
        row.installEventFilter(self)
        inside = QVBoxLayout(row)
        inside.setContentsMargins(8, 5, 8, 6)
        inside.setSpacing(0)
        inside.addWidget(tick)
        inside.addWidget(words)
        self.ticks[one.name], self._rows[one.name] = tick, row
        return row

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is ticked."""
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())

    def _ticked(self) -> None:
        settings.write(_SETTING, ",".join(self.names) or "-")
        self.changed.emit()

    def point_at(self, name: str) -> None:
        """Show another output in the preview."""
        if name == self.current or name not in self.outputs:
            return
        self.current = name
        self._show_current()
        self.pointed.emit(name)

    def _show_current(self) -> None:
        for name, row in self._rows.items():
            set_role(row, "chosen-row" if name == self.current else "clear")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what is clicked or has the focus."""
        clicked = isinstance(event, QMouseEvent) and (
            event.type() == QEvent.Type.MouseButtonRelease
        )
        if clicked or event.type() == QEvent.Type.FocusIn:
            self.point_at(str(watched.property("output")))
        return False
