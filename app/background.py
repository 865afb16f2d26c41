"""Long work beside the window: one job per topic, the latest wins.

The work gets frozen values and returns one; it never touches the review file or a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.enduring_values import make_enduring

make_enduring()


class Cancelled(Exception):
    """Raised inside the work when it has been cancelled."""


class Token:
    """What the work checks now and then: ``step(done, of)`` tells how far it is."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work has been asked to stop."""
        return self._stop.is_set()

    def step(self, done: int, of: int) -> None:
        """Tell how far the work is.

        Raises:
            Cancelled: it has been asked to stop.
        """
        if self.cancelled:
            raise Cancelled
        self._told(done, of)


class Job(QObject):
    """A running piece of work. Lives on the main thread, where its signals arrive.

    Signals: ``progress(done, of)``, ``finished(value)``, ``failed(exception)``, ``ended()``.
    """

    progress = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, topic: str, *, to_the_end: bool = False) -> None:
        super().__init__()
        self.topic, self.to_the_end = topic, to_the_end
        self.token = Token(self.progress.emit)

    def cancel(self) -> None:
        """Ask the work to stop; nothing more is heard of it."""
        self.token.cancel()


class _Work(QRunnable):
    def __init__(self, job: Job, work: Callable[[Token], Any]) -> None:
        super().__init__()
        self._job, self._work = job, work

    def run(self) -> None:
        job = self._job
        try:
            value = self._work(job.token)
        except Cancelled:
            pass
        except Exception as error:  # whatever went wrong is told on the main thread
            job.failed.emit(error)
        else:
            if not job.token.cancelled:
                job.finished.emit(value)
        job.ended.emit()


_running: dict[str, Job] = {}
_alive: set[Job] = set()


def run(
    topic: str,
    work: Callable[[Token], Any],
    then: Callable[[Any], None],
    failed: Callable[[Exception], None] | None = None,
    *,
    to_the_end: bool = False,
) -> Job:
    """Do the work in the background, then call ``then`` with its value on the main thread.

    An earlier job on the same topic is cancelled and never heard again. Without ``failed``, an
    error is treated like one on the main thread. Work ``to_the_end`` is not cut short when the
    program is closed: files that somebody asked for are written.
    """
    earlier = _running.get(topic)
    if earlier is not None:
        earlier.cancel()
        _deafen(earlier)
    job = Job(topic, to_the_end=to_the_end)
    _running[topic] = job
    _alive.add(job)
    job.finished.connect(then)
    job.failed.connect(failed if failed is not None else _unexpected)
    job.ended.connect(lambda: _over(job))
    QThreadPool.globalInstance().start(_Work(job, work))
    return job


def wait() -> None:
    """Wait until all work has ended; for closing and for tests."""
    for job in tuple(_alive):
        if not job.to_the_end:
            job.cancel()
    QThreadPool.globalInstance().waitForDone()


def _deafen(job: Job) -> None:
    job.finished.disconnect()
    job.failed.disconnect()
    job.failed.connect(lambda _error: None)


def _over(job: Job) -> None:
    _alive.discard(job)
    if _running.get(job.topic) is job:
        del _running[job.topic]


def _unexpected(error: Exception) -> None:
    import sys

    sys.excepthook(type(error), error, error.__traceback__)
