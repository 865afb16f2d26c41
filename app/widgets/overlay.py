"""Overlay: a panel over the window that Escape or a click beside it closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app import theme


class Overlay(QWidget):
    """Covers its window; ``panel`` is the white box in it. Gives the focus back on closing."""

    def __init__(self, window: QWidget, name: str, width: int) -> None:
        super().__init__(window)
        self.setAccessibleName(name)
        self._before = QApplication.focusWidget()
        self._width = width
        self.panel = QFrame(self)
        self.panel.setProperty("role", "popup")
        self.panel.setAccessibleName(name)
        self.inner = QVBoxLayout(self.panel)
        self.inner.setContentsMargins(16, 14, 16, 14)
        self.inner.setSpacing(8)
        window.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open(self) -> None:
        """Cover the window."""
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        parent = self.parentWidget()
        self.setGeometry(parent.rect())
        width = min(theme.px(self._width), parent.width() - 48)
        height = min(self.panel.sizeHint().height(), parent.height() - 96)
        self.panel.setGeometry((parent.width() - width) // 2, theme.px(64), width, height)

    def refit(self) -> None:
        """Be as high as the content asks for."""
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies behind."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 70))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close when pressed beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def dismiss(self) -> None:
        """Close and give the focus back."""
        before = self._before
        self._before = None
        self.hide()
        self.close()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus inside the panel while it is open."""
        found = [
            child for child in self.panel.findChildren(QWidget)
            if child.isVisible() and child.isEnabled()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not found:
            return False
        focus = QApplication.focusWidget()
        here = found.index(focus) if focus in found else -1
        found[(here + (1 if forward else -1)) % len(found)].setFocus(
            Qt.FocusReason.TabFocusReason
        )
        return True
