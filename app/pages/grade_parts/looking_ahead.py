"""Computes in idle moments what will be looked at next, so that it is there when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_FIRST, _REST = 350, 60
"""Milliseconds without a new wish before the first step, and between two steps."""


class LookingAhead(QObject):
    """Takes one short step after the other while nothing else is wanted.

    ``steps`` are asked for anew after each wish, so that nothing is computed for what is gone.
    """

    def __init__(self, steps: Callable[[], list[Callable[[], object]]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._left: list[Callable[[], object]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin anew, after a moment of rest."""
        self._left = None
        self._timer.start(_FIRST)

    def stop(self) -> None:
        """Compute nothing more."""
        self._left = None
        self._timer.stop()

    def finish(self) -> None:
        """Take all steps now."""
        while self._timer.isActive():
            self._timer.stop()
            self._step()

    def _step(self) -> None:
        if self._left is None:
            self._left = self._steps()
        began = perf_counter()
        while self._left:
            self._left.pop(0)()
            if perf_counter() - began > 0.005:  # what is known already takes no time
                break
        if self._left:
            self._timer.start(_REST)
