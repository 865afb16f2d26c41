"""Ends the program in good order when the system or a terminal asks for it.

Python runs a handler of signals only between two of its own steps, and the window may be waiting
inside Qt; so the arrival of a signal is sent through a socket that wakes the window's loop.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

ASKING = ("SIGTERM", "SIGINT", "SIGHUP")
"""Signals that ask a program to end; not every system has all of them."""


class StopSignals(QObject):
    """Calls ``stop`` on the main thread when the program is asked to end.

    The handlers of before are put back by ``forget``.
    """

    def __init__(self, stop: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = stop
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._waker = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._earlier = {
            number: signal.signal(number, _noted)
            for name in ASKING if (number := getattr(signal, name, None)) is not None
        }
        self._notifier = QSocketNotifier(
            self._read.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._arrived)

    def _arrived(self) -> None:
        numbers = self._read.recv(64)
        if any(number in self._earlier for number in numbers):
            self._stop()

    def forget(self) -> None:
        """Answer signals as before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._waker)
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()


def _noted(_number: int, _frame: object) -> None:
    """Do nothing here: the socket has told the window's loop already."""
