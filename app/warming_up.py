"""Imports what pages will need, in idle time after the window is painted, so that they open fast.

What computes is imported beside the window's thread; pages, which are Qt, one by one on it.
"""

from __future__ import annotations

import importlib

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app import background
from app.background import Token

_AFTER = 700
"""Milliseconds after showing, when the first page is surely painted."""
_BETWEEN = 40
"""Milliseconds between two pages, for keys and clicks that come meanwhile."""
COMPUTING = (
    "numpy", "scipy.special", "gradecore.pooling", "gradecore.sensitivity",
    "gradecore.small_studies", "assessments.bodies", "assessments.sensitivity",
    "assessments.small_study_tests", "assessments.rating_evidence",
    "assessments.summary_of_findings.build", "assessments.rating_sheet", "assessments.comparisons",
    "assessments.rating_pictures", "assessments.exports.contents",
    "assessments.exports.methods_text",
)
"""Modules without Qt, the slowest first."""


def begin(window: QWidget) -> None:
    """Import in idle time while that window is there."""
    QTimer.singleShot(_AFTER, window, lambda: _compute(window))


def _compute(window: QWidget) -> None:
    from app.pages import PAGES

    rest = [entry.module for entry in PAGES]

    def pages_then(_value: object) -> None:
        _next(window, rest)

    # what cannot be imported is told by the page that needs it
    background.run("warming up", _import_computing, pages_then, failed=lambda _error: None)


def _import_computing(token: Token) -> None:
    for place, name in enumerate(COMPUTING):
        token.step(place, len(COMPUTING))
        importlib.import_module(name)


def _next(window: QWidget, rest: list[str]) -> None:
    """Import the next page, and the others after a pause; a closed window ends it."""
    if not rest or not isValid(window):
        return
    importlib.import_module(rest.pop(0))
    QTimer.singleShot(_BETWEEN, window, lambda: _next(window, rest))
