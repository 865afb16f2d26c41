"""Every control has an accessible name; names include values where they matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.new_review import NewReview
from app.pages import PAGES
from app.start_window import StartWindow

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def nameless(root: QWidget) -> list[str]:
    """Return the controls below that widget that have nothing to say."""
    found = []
    for one in root.findChildren(QWidget):
        inner = one.objectName().startswith("qt_") or isinstance(one, (QScrollArea, QStackedWidget))
        if inner or not one.isVisibleTo(root):
            continue
        controls = isinstance(one, CONTROLS) or one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if controls and _of_qt(one) and not _said(one):
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def _of_qt(one: QWidget) -> bool:
    """Whether the control is ours, not a part of another one (header, arrow, popup)."""
    parent = one.parent()
    part = isinstance(parent, (QComboBox, QAbstractItemView, QLineEdit))
    return not part and "Private" not in type(one).__name__ and "QTabBar" not in type(one).__name__


def _said(one: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(one)
    return (spoken.text(QAccessible.Text.Name) if spoken is not None else "") or ""


@pytest.mark.parametrize("entry", [e for e in PAGES if e.number <= 2], ids=lambda e: e.name)
def test_every_control_of_a_page_says_what_it_is(window, entry) -> None:
    window.show_page(entry.name)
    QApplication.processEvents()
    assert nameless(window) == []


@pytest.mark.parametrize("tab", ["overview", "question", "outcomes"])
def test_every_control_of_the_review_page_says_what_it_is(window, tab: str) -> None:
    window.page.tabs.show_tab(tab)
    if tab == "outcomes":
        window.page.go_to("o1")
        window.page.outcomes.outcome_form.folded.click()
    QApplication.processEvents()
    assert nameless(window) == []


def test_the_start_window_speaks(themed, qtbot) -> None:
    made = StartWindow()
    qtbot.addWidget(made)
    made.show()
    assert nameless(made) == []
    made.show_new()
    assert made.findChild(NewReview).isVisible()
    assert nameless(made) == []


def test_overlays_speak(window) -> None:
    window.search()
    assert nameless(window) == []
    window.show_keys()
    assert nameless(window) == []


def test_samples_speak_too(open_window, tmp_path: Path) -> None:
    from assessments.samples import open_sample

    window = open_window(open_sample("invented", tmp_path))
    for entry in PAGES:
        if entry.number <= 2:
            window.show_page(entry.name)
            QApplication.processEvents()
            assert nameless(window) == [], entry.name
