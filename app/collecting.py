"""Collects what Python no longer needs only while the window waits for its user.

Left alone, Python collects in whichever thread makes the next object, and in the midst of a call
from Qt. Widgets belong to the thread of the window, and Qt may be just about to use one whose
Python half is being taken apart. So collecting happens on that thread, between two events.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between two looks at whether there is enough to collect."""


class CollectsWhenIdle(QObject):
    """Takes collecting over from Python until ``stop``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def collect_if_due() -> int:
    """Collect the oldest generation that is due, as Python would; return how many objects went."""
    due = [
        generation
        for generation, (made, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if 0 < most < made
    ]
    return gc.collect(max(due)) if due else 0
