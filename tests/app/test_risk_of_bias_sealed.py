"""A sealed form on the page Risk of bias: what it offers then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from app.main_window import MainWindow
from assessments.assessment import Unit
from assessments.store.project_file import open_project
from tests.app.risk_of_bias_review import build
from tests.app.test_risk_of_bias_by_keyboard import at_page
from tests.app.test_risk_of_bias_page import assess

Opener = Callable[[Path], MainWindow]


def test_when_nothing_is_left_no_next_result_is_offered(
    open_window: Opener, path: Path
) -> None:
    build(path, studies=1)
    with open_project(path, name="Test") as project:
        assess(project, Unit(instrument="rob2-parallel", kind="result", id="s1-o1"), "a")
    page = at_page(open_window, path)
    page.go_to("s1-o1")
    offered = [one.text() for one in page.main.notice.findChildren(QPushButton)]
    assert "Next to do" in offered
    assess(page.workspace.project, Unit(
        instrument="rob2-parallel", kind="result", id="s1-o2"), "a")
    page.refresh(None)
    page.go_to("s1-o1")
    QApplication.processEvents()
    offered = [
        one.text() for one in page.main.notice.findChildren(QPushButton) if one.isVisible()
    ]
    assert "Next to do" not in offered
    assert "Nothing else is left to assess." in page.main.notice.more.text()
