"""The focus of an item view that has no current entry: a ring inside its edge."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from app import theme


def paint_focus(view: QAbstractItemView) -> None:
    """Draw the ring; with a current entry that one shows the focus itself."""
    if not view.hasFocus() or view.currentIndex().isValid():
        return
    painter = QPainter(view.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().color("accent"), 2))
    painter.drawRoundedRect(QRectF(view.viewport().rect()).adjusted(1, 1, -1, -1), 6, 6)
