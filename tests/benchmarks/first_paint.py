"""One measurement in a process of its own: ``bare``, ``start`` or ``review FILE``.

Prints when the first window was painted (seconds of the monotonic clock) and the resident memory
(MB) once everything is at rest.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def bare() -> object:
    """Show the smallest window that Qt can show."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Tandem"))
    window.resize(1200, 800)
    window.show()
    return app, window


def start() -> object:
    """Show the start window as the program does, the check of the packages included."""
    from app.set_up.starting import ensure

    if ensure(("run",), ["main.py"]) is not None:
        sys.exit("this Python lacks what the program needs")
    from app.application import Windows, prepare

    app = prepare([])
    windows = Windows()
    windows.show_start()
    return app, windows


def review(path: str) -> object:
    """Show a review as the program does."""
    from app.application import Windows, prepare

    app = prepare([])
    windows = Windows()
    window = windows.open(Path(path))
    if window is None:
        sys.exit("the review could not be opened")
    return app, windows


def resident_mb() -> float:
    """Return the resident memory of this process in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    import resource

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main(kind: str, *arguments: str) -> None:
    """Show the window of that kind, wait for its first paint, and print what was measured."""
    kept = {"bare": bare, "start": start, "review": review}[kind](*arguments)
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        painted = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.painted and watched.isWidgetType():
                # the clock stops when the whole window has been painted, not its first widget
                self.painted = -1.0
                QTimer.singleShot(0, self.stop)
            return False

        def stop(self) -> None:
            self.painted = time.monotonic()
            loop.quit()

    app = QApplication.instance()
    loop, watch = QEventLoop(), Watch()
    app.installEventFilter(watch)
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    app.removeEventFilter(watch)
    rest = QEventLoop()
    QTimer.singleShot(300, rest.quit)
    rest.exec()
    print(json.dumps({"painted": watch.painted, "resident": resident_mb()}), flush=True)
    del kept
    import os

    os._exit(0 if watch.painted > 0 else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
