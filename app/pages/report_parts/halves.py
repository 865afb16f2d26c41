"""Two halves side by side, or below each other where words are large or the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app import theme


class Halves(QWidget):
    """``shares`` are the parts of the width; below ``least`` pixels (at 100 %) they are stacked."""

    def __init__(
        self, left: QWidget, right: QWidget, *, shares: tuple[int, int] = (1, 1),
        least: int = 760, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "clear")
        self._parts, self._least = (left, right), least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(24, 4, 24, 24)
        self._box.setSpacing(16)
        for part, share in zip(self._parts, shares, strict=True):
            self._box.addWidget(part, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how the halves lie."""
        super().resizeEvent(event)
        stacked = event.size().width() < theme.px(self._least)
        wanted = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the wider half: stacked, both have it."""
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width + 48, theme.px(120))
