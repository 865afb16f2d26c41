"""What pages need is imported after the first paint, in idle time, and never before it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from app import warming_up
from assessments.store.project_file import create
from tests.source_files import ROOT

SOURCE = """
import json, sys
from pathlib import Path
from app import background
from app.application import Windows, prepare
app = prepare([])
windows = Windows()
window = windows.open(Path({path!r}))
window.grab()
app.processEvents()
heavy = {{"numpy", "scipy", "gradecore"}}
before = sorted(heavy & set(sys.modules))
from PySide6.QtCore import QElapsedTimer
clock = QElapsedTimer()
clock.start()
while "app.pages.report" not in sys.modules and clock.elapsed() < 60000:
    app.processEvents()
after = sorted(heavy & set(sys.modules))
background.wait()
print(json.dumps([before, after, window.page.__class__.__name__]))
"""


def test_pages_are_ready_soon_after_the_first_paint_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "Review.tandem"
    with create(path):
        pass
    done = subprocess.run(
        [sys.executable, "-c", SOURCE.format(path=str(path))],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path),
             "TANDEM_SETTINGS": str(tmp_path / "preferences.ini")},
    )
    assert done.returncode == 0, done.stderr
    before, after, shown = json.loads(done.stdout.splitlines()[-1])
    assert before == []
    assert after == ["gradecore", "numpy", "scipy"]
    assert shown == "ReviewPage"


def test_pages_are_made_only_while_nobody_types(open_window, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "Review.tandem"
    with create(path):
        pass
    window = open_window(path)
    quiet = warming_up._Quiet(window)
    rest = ["studies", "report"]
    warming_up._next(window, rest, quiet)
    assert "studies" not in window.pages, "a key or click has just come"
    qtbot.waitUntil(lambda: "report" in window.pages, timeout=20_000)
    assert not rest
    assert window.page_name == "review"


def test_tabs_that_are_made_when_shown_are_made_ready_too(
    open_window, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "Review.tandem"
    with create(path):
        pass
    window = open_window(path)
    assert "outcomes" not in vars(window.page)
    warming_up._next(window, ["review"], warming_up._Quiet(window))
    qtbot.waitUntil(lambda: "instruments" in vars(window.page), timeout=20_000)
    assert "outcomes" in vars(window.page)
    assert window.page.context() == "Overview"
    window.show_page("studies")
    assert window.page.isVisible()


def test_a_window_that_is_gone_ends_it(themed: QApplication, monkeypatch) -> None:
    begun: list[Callable[[object], None]] = []
    monkeypatch.setattr(
        warming_up.background, "run", lambda _topic, _work, then, **_more: begun.append(then)
    )
    window = QWidget()
    warming_up._compute(window)
    delete(window)
    begun[0](None)  # the work beside the window ends after the window was closed
    assert len(begun) == 1
