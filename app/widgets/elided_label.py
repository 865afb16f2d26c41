"""Elided label: one line of words that gives way, with the whole in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Words in one line, ended by “…” when there is no room."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setToolTip(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the room of all words."""
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + 4, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few letters."""
        few = self.fontMetrics().horizontalAdvance("mmmm…")
        return QSize(min(self.sizeHint().width(), few), self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        fitted = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), fitted
        )
