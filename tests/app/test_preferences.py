"""Preferences: the name is asked once, colours and size of words are kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import settings, theme
from app.main_window import MainWindow
from app.new_review import NewReview
from app.preferences import PreferencesOverlay
from app.start_window import StartWindow
from tests.app.test_spoken_names import nameless


@pytest.fixture
def overlay(window: MainWindow, qtbot) -> PreferencesOverlay:
    assert [one.toString() for one in window.menus.actions["preferences"].shortcuts()] == ["Ctrl+,"]
    window.menus.actions["preferences"].trigger()
    made = window.findChild(PreferencesOverlay)
    qtbot.waitUntil(made.own.name.hasFocus)
    return made


def test_name_and_initials_are_kept(overlay: PreferencesOverlay, qtbot) -> None:
    overlay.own.name.selectAll()
    qtbot.keyClicks(overlay.own.name, "Anna Lena Ahorn")
    assert overlay.own.initials.text() == "ALA"
    qtbot.keyClick(overlay.own.name, Qt.Key.Key_Escape)
    assert settings.my_name() == "Anna Lena Ahorn"
    assert settings.my_initials() == "ALA"
    assert not overlay.isVisible()


def test_own_initials_no_longer_follow_the_name(overlay: PreferencesOverlay, qtbot) -> None:
    overlay.own.initials.setText("AXA")
    overlay.own.commit()
    overlay.own.name.selectAll()
    qtbot.keyClicks(overlay.own.name, "Ben Birke")
    overlay.own.commit()
    assert (settings.my_name(), settings.my_initials()) == ("Ben Birke", "AXA")


def test_colours_and_size_are_seen_and_kept_at_once(
    overlay: PreferencesOverlay, window: MainWindow
) -> None:
    overlay.scheme.setCurrentIndex(overlay.scheme.findData("dark"))
    overlay.scheme.activated.emit(overlay.scheme.currentIndex())
    overlay.zoom.setCurrentIndex(overlay.zoom.findData("150"))
    overlay.zoom.activated.emit(overlay.zoom.currentIndex())
    QApplication.processEvents()
    assert (settings.scheme(), settings.zoom()) == ("dark", 150)
    assert theme.current().dark
    assert overlay.panel.height() <= window.height()
    assert nameless(overlay) == []


def test_the_name_is_asked_at_the_first_start_only(themed, qtbot) -> None:
    start = StartWindow()
    qtbot.addWidget(start)
    start.show()
    assert start.asking.isVisible()
    start.own.name.setText("Anna Ahorn")
    start.show_new()
    form = start.findChild(NewReview)
    assert form.name_a.text() == "Anna Ahorn"
    assert settings.my_name() == "Anna Ahorn"
    start.show_recent()
    assert not start.asking.isVisibleTo(start)
    again = StartWindow()
    qtbot.addWidget(again)
    assert not again.asking.isVisibleTo(again)
