"""Makes pages ready in idle time after the window is painted, so that they open fast.

What computes is imported beside the window's thread; pages, which are Qt, are made one by one on
it, each when nobody has typed or clicked for a while.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app import background
from app.background import Token

if TYPE_CHECKING:
    from app.main_window import MainWindow

_AFTER = 700
"""Milliseconds after showing, when the first page is surely painted."""
_BETWEEN = 120
"""Milliseconds between two pages, for keys and clicks that come meanwhile."""
_QUIET = 900
"""Milliseconds without keys and clicks before a page is made, which takes up to 300 of them."""
_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.ShortcutOverride,
})
COMPUTING = (
    "numpy", "scipy.special", "gradecore.pooling", "gradecore.sensitivity",
    "gradecore.small_studies", "assessments.bodies", "assessments.sensitivity",
    "assessments.small_study_tests", "assessments.rating_evidence",
    "assessments.summary_of_findings.build", "assessments.rating_sheet", "assessments.comparisons",
    "assessments.rating_pictures", "assessments.exports.contents",
    "assessments.exports.methods_text",
)
"""Modules without Qt, the slowest first."""


class _Quiet(QObject):
    """Tells how long nobody has typed or clicked, in milliseconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._clock = QElapsedTimer()
        self._clock.start()
        QApplication.instance().installEventFilter(self)

    @property
    def lasted(self) -> int:
        """Milliseconds since the last key or click."""
        return self._clock.elapsed()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note keys and clicks, and let everything pass."""
        if event.type() in _INPUT:
            self._clock.restart()
        return False


def begin(window: MainWindow) -> None:
    """Make pages ready in idle time while that window is there."""
    QTimer.singleShot(_AFTER, window, lambda: _compute(window))


def _compute(window: MainWindow) -> None:
    from app.pages import PAGES

    rest = [entry.name for entry in PAGES]

    def pages_then(_value: object) -> None:
        if isValid(window):
            _next(window, rest, _Quiet(window))

    # what cannot be imported is told by the page that needs it
    background.run("warming up", _import_computing, pages_then, failed=lambda _error: None)


def _import_computing(token: Token) -> None:
    for place, name in enumerate(COMPUTING):
        token.step(place, len(COMPUTING))
        importlib.import_module(name)


def _next(window: MainWindow, rest: list[str], quiet: _Quiet) -> None:
    """Make the next page ready, and the others after a pause; a closed window ends it."""
    if not isValid(window):
        return
    if not rest:
        quiet.deleteLater()
        return
    if quiet.lasted >= _QUIET:
        _make(window, rest)
    QTimer.singleShot(_BETWEEN, window, lambda: _next(window, rest, quiet))


def _make(window: MainWindow, rest: list[str]) -> None:
    """Make the next page, or the next part of one that is otherwise made when it is shown."""
    page, _slash, part = rest.pop(0).partition("/")
    window.make_ready(page)
    if part:
        getattr(window.pages[page], part)
    else:
        rest += [f"{page}/{one}" for one in window.pages[page].LATER]
