"""Times the page Risk of bias with 300 results: opening it, and from a key to the painted answer.

Run by hand: ``python -m tests.benchmarks.risk_of_bias_page``. Limits: the page opens within
100 ms, a key shows within 50 ms (medians).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import theme
from app.main_window import MainWindow
from app.workspace import Workspace
from assessments.effect_of_interest import decide_effect
from assessments.review import Result
from tests.app.risk_of_bias_review import build, press

OPENS_WITHIN, SHOWS_WITHIN = 100.0, 50.0


class _Painted(QObject):
    """Notes when a widget was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def _milliseconds(since: float, until: float | None = None) -> float:
    return ((until or time.perf_counter()) - since) * 1000


def _opening(window: MainWindow) -> list[float]:
    times = []
    for _round in range(9):
        window.show_page("review")
        QApplication.processEvents()
        start = time.perf_counter()
        window.show_page("risk_of_bias")
        window.page.repaint()
        times.append(_milliseconds(start))
        window.page._out_of_date = True
    return times


def _answering(window: MainWindow) -> list[float]:
    page = window.page
    painted = _Painted()
    page.main.show_domain("D1")
    card = page.main.form.cards["1.1"]
    for pill in card.pills.values():
        pill.installEventFilter(painted)
    times = []
    for round_ in range(40):
        card.take_focus()
        QApplication.processEvents()
        start = time.perf_counter()
        QTest.keyClicks(QApplication.focusWidget(), "NY"[round_ % 2])
        while painted.at < start and _milliseconds(start) < 2000:
            QApplication.processEvents()
        times.append(_milliseconds(start, painted.at))
    return times


def main() -> int:
    """Measure, print the medians, return 1 when a limit is exceeded."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANDEM_SETTINGS"] = str(Path(folder) / "preferences.ini")
        theme.apply("light", 100)
        workspace = Workspace.open(build(Path(folder) / "Review.tandem", studies=150))
        workspace.sit("person-a")
        window = MainWindow(workspace)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        results = len(workspace.project.all(Result))
        start = time.perf_counter()
        window.show_page("risk_of_bias")
        window.page.repaint()
        first = _milliseconds(start)
        unit = window.page.desk.unit
        assert unit is not None
        workspace.do(decide_effect, unit, "assignment", for_all=True)
        window.page.main.take_focus()
        press("Y")
        opening, answering = _opening(window), _answering(window)
        window.close()
    opened, shown = statistics.median(opening), statistics.median(answering)
    print(f"{results} results")
    print(f"page, first time: {first:.0f} ms (imports and widgets included)")
    print(f"page opens: median {opened:.0f} ms, worst {max(opening):.0f} ms")
    print(f"key to painted answer: median {shown:.1f} ms, worst {max(answering):.1f} ms")
    return int(opened > OPENS_WITHIN or shown > SHOWS_WITHIN)


if __name__ == "__main__":
    sys.exit(main())
