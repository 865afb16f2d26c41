"""The focus stays on the page when what has it disappears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.focus_keeper import before
from app.main_window import MainWindow
from app.widgets.parts import set_enabled


@pytest.fixture
def last_two(window: MainWindow) -> tuple[QPushButton, QPushButton]:
    """Two buttons at the end of the page that is shown."""
    page = window.page
    made = tuple(QPushButton(text, page) for text in ("First", "Second"))
    for one in made:
        one.setAccessibleName(one.text())
        one.show()
    QApplication.processEvents()
    return made


@pytest.mark.parametrize("how", ["hidden", "disabled"])
def test_it_moves_to_what_is_before(window: MainWindow, last_two, how: str) -> None:
    first, second = last_two
    second.setFocus()
    assert second.hasFocus()
    if how == "hidden":
        second.hide()
    else:
        set_enabled(second, "Not now.")
    assert QApplication.focusWidget() is first


def test_what_nobody_sees_does_not_keep_it(window: MainWindow, last_two, qtbot) -> None:
    holder = QWidget(window.page)
    inside = QPushButton("Inside", holder)
    inside.setFocus()
    assert QApplication.focusWidget() is inside
    qtbot.waitUntil(lambda: QApplication.focusWidget() is last_two[1])


def test_what_is_shown_at_once_keeps_it(window: MainWindow, last_two) -> None:
    holder = QWidget(window.page)
    inside = QPushButton("Inside", holder)
    inside.setFocus()
    holder.show()
    QApplication.processEvents()
    assert inside.hasFocus()


def test_nothing_before_is_nothing(window: MainWindow, last_two) -> None:
    assert before(last_two[1], QPushButton()) is None


def test_another_page_and_the_search_take_it_as_ever(window: MainWindow, last_two, qtbot) -> None:
    last_two[1].setFocus()
    window.top.search.setFocus()
    assert window.top.search.hasFocus()
    last_two[1].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page_name == "studies"
    assert not last_two[1].hasFocus()
