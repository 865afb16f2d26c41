"""Page stack: shows one page; when the window is too small for it, the page can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from assessments.language import _


class _Pages(QStackedWidget):
    """Asks for the room of the page that is shown, not of the largest one."""

    def minimumSizeHint(self) -> QSize:
        """Return the least room of the page that is shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize()

    def sizeHint(self) -> QSize:
        """Return the wish of the page that is shown."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize()

    def heightForWidth(self, width: int) -> int:
        """Return the height that the page that is shown needs at that width."""
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown is not None else -1


class PageStack(QScrollArea):
    """One page at a time. With large words on a small screen nothing is out of reach."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Page"))
        self.pages = _Pages()
        self.setWidget(self.pages)

    def addWidget(self, page: QWidget) -> None:
        """Add a page."""
        self.pages.addWidget(page)

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page from its upper left corner."""
        self.pages.setCurrentWidget(page)
        self.pages.updateGeometry()
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def currentWidget(self) -> QWidget | None:
        """Return the page that is shown."""
        return self.pages.currentWidget()

    def minimumSizeHint(self) -> QSize:
        """Return a small room: what does not fit is scrolled."""
        return QSize(320, 240)
