"""Keeps the focus near where it was when what has it disappears or is disabled.

Qt hands the focus to the next widget of the window then, which beside the last one of a page is
the search at the top: the next letter typed would be lost there. Qt also lets a widget have the
focus that nobody sees; then keys would act out of sight.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusKeeper(QObject):
    """Watches the focus of one window; ``page`` returns the page that is shown."""

    def __init__(self, window: QWidget, page: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        page = self._page()
        if new is not None and new.window() is self._window and not new.isVisible():
            # whoever gave it the focus may be about to show it
            QTimer.singleShot(0, self, self._leave_the_unseen)
        if old is None or page is None or not isValid(old) or not self._window.isVisible():
            return
        there = old.isVisible() and old.isEnabled()
        if there or not page.isVisible() or not page.isAncestorOf(old):
            return
        if new is not None and (new.window() is not self._window or page.isAncestorOf(new)):
            return
        near = before(old, page)
        if near is not None:
            near.setFocus(Qt.FocusReason.OtherFocusReason)


    def _leave_the_unseen(self) -> None:
        focus, page = self._window.focusWidget(), self._page()
        if focus is None or focus.isVisible() or not self._window.isVisible():
            return
        near = before(focus, page) if page is not None else None
        if near is not None:
            near.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            focus.clearFocus()


def before(lost: QWidget, page: QWidget) -> QWidget | None:
    """Return the nearest widget before that one on the page that can have the focus."""
    found = lost.previousInFocusChain()
    while found is not None and found is not lost:
        if takes_focus(found) and page.isAncestorOf(found) and not lost.isAncestorOf(found):
            return found
        found = found.previousInFocusChain()
    return None


def takes_focus(widget: QWidget) -> bool:
    """Return whether Tab could reach that widget now."""
    # most widgets of a window are hidden, and asking that first is the fastest
    if not widget.isVisible() or not widget.isEnabled():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
