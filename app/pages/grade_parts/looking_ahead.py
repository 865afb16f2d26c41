"""Computes in idle moments what will be looked at next, so that it is there when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

_FIRST, _REST = 150, 30
"""Milliseconds without a new wish, key or click before a step, and between two steps."""
_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.ShortcutOverride,
})


class LookingAhead(QObject):
    """Takes one short step after the other while nothing else is wanted and nobody types.

    ``steps`` are asked for anew after each wish, so that nothing is computed for what is gone.
    """

    def __init__(self, steps: Callable[[], list[Callable[[], object]]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._left: list[Callable[[], object]] | None = None
        self._listens = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin anew, after a moment of rest."""
        self._left = None
        self._timer.start(_FIRST)
        # once the many events of painting what is new have passed
        QTimer.singleShot(1, self, lambda: self._listen(self._timer.isActive()))

    def stop(self) -> None:
        """Compute nothing more."""
        self._left = None
        self._timer.stop()
        self._listen(False)

    def finish(self) -> None:
        """Take all steps now."""
        while self._timer.isActive():
            self._timer.stop()
            self._step()

    def _listen(self, on: bool) -> None:
        """Notice keys and clicks only while there is something to wait with."""
        application = QCoreApplication.instance()
        if on == self._listens or application is None:
            return
        self._listens = on
        if on:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait anew while somebody types or clicks, and let everything pass."""
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start(_FIRST)
        return False

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
        else:
            self._listen(False)
