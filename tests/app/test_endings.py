"""How the program ends, and what is left where something goes wrong at the beginning."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from app import application, background, main_window, speaking
from app.stop_signals import StopSignals
from assessments.problems import ReviewClosed
from assessments.review import Review
from assessments.store.project_file import create, open_project


@pytest.fixture
def file(path: Path) -> Path:
    create(path).close()
    return path


def test_a_fault_while_a_review_opens_leaves_the_start_window(
    themed, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def broken(_workspace: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(main_window, "MainWindow", broken)
    monkeypatch.setattr(speaking, "show_fault", lambda kind, _error, _trace: told.append(kind))
    windows = application.Windows()
    assert windows.open(file) is None
    assert told == [RuntimeError]
    assert windows.start is not None
    assert windows.start.isVisible()
    windows.start.close()
    with open_project(file) as project:
        assert project.read_only is None


def test_a_fault_is_shown_with_what_to_do(themed, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    speaking.show_fault(RuntimeError, RuntimeError("secret"), None)
    assert shown == ["Something in the program went wrong. Your work is saved."]
    assert "RuntimeError" in capsys.readouterr().err


def test_quitting_keeps_the_typing_and_shows_no_other_window(themed, file: Path, qtbot) -> None:
    windows = application.Windows()
    window = windows.open(file)
    window.open("review", "question")
    title = next(
        one for one in window.page.findChildren(QLineEdit)
        if one.accessibleName().startswith("Title") and one.isVisible()
    )
    title.setFocus()
    qtbot.waitUntil(title.hasFocus)
    qtbot.keyClicks(title, "Falls")
    windows.quit()
    assert windows.reviews == []
    assert windows.start is None
    with open_project(file) as project:
        assert project.one(Review, "review").title == "Falls"


def test_what_comes_late_for_a_closed_review_is_no_fault(
    themed, file: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: pytest.fail("a dialog"))
    windows = application.Windows()
    window = windows.open(file)
    workspace = window.workspace
    windows.quit()
    with pytest.raises(ReviewClosed) as late:
        workspace.project.all(Review)
    speaking.show_fault(ReviewClosed, late.value, late.tb)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_program_in_good_order(themed, qtbot, name: str) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    stopped = []
    signals = StopSignals(lambda: stopped.append(name))
    try:
        os.kill(os.getpid(), getattr(signal, name))
        qtbot.waitUntil(lambda: stopped == [name])
    finally:
        signals.forget()
    assert {one: signal.getsignal(one) for one in before} == before


def test_files_that_were_asked_for_are_written_before_the_end(themed) -> None:
    begun, written = threading.Event(), []

    def work(token: background.Token) -> None:
        begun.set()
        while not begun.is_set():
            QApplication.processEvents()
        token.step(1, 1)
        written.append("file")

    background.run("export", work, lambda _value: None, to_the_end=True)
    background.wait()
    assert written == ["file"]
