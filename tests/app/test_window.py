"""The window: pages, rail, undo, who sits here, messages, search, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app import search, settings, theme
from app.actions import ACTIONS, MENUS
from app.main_window import MainWindow
from app.pages import PAGES
from app.search import SearchOverlay
from app.widgets.keys_overlay import KeysOverlay, of_page
from assessments.review import Study
from assessments.review_edits import add, change
from assessments.store import backups
from assessments.store.project_file import create


def overlay(window: MainWindow, kind: type) -> QWidget:
    return next(one for one in window.children() if isinstance(one, kind) and one.isVisible())


def test_pages_are_made_when_they_are_first_shown(window: MainWindow, qtbot) -> None:
    assert list(window.pages) == ["review"]
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.page_name == "studies")
    assert window.rail.buttons["studies"].isChecked()
    assert set(window.pages) == {"review", "studies"}


def test_the_rail_is_the_table_of_contents() -> None:
    numbers = [entry.number for entry in PAGES]
    assert numbers == sorted(set(numbers))
    assert all(entry.module.startswith("app.pages.") for entry in PAGES)


def test_the_rail_shows_how_much_there_is(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: window.rail.buttons["studies"].badge == "2")
    window.workspace.do(add, "study", label="Calla 2016")
    qtbot.waitUntil(lambda: window.rail.buttons["studies"].badge == "3")
    assert window.rail.buttons["studies"].accessibleName() == "Studies, 3 studies"


def test_a_narrow_window_shows_icons_alone(window: MainWindow) -> None:
    window.resize(1279, 720)
    assert window.rail.narrow
    assert "Studies" in window.rail.buttons["studies"].toolTip()
    window.resize(1300, 720)
    assert not window.rail.narrow


@pytest.mark.parametrize("zoom", [80, 100, 150, 200])
def test_it_fits_on_a_small_screen(window: MainWindow, zoom: int) -> None:
    window.resize(1280, 720)
    theme.apply("light", zoom)
    QApplication.processEvents()
    for name in ("studies", "review"):
        window.show_page(name)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1280, 720)
        assert window.minimumSizeHint().width() <= 1280
        assert window.minimumSizeHint().height() <= 720
        assert window.top.person.geometry().right() <= window.top.width()


@pytest.mark.parametrize("name", ["review", "studies"])
def test_at_normal_size_nothing_needs_to_be_scrolled_sideways(
    window: MainWindow, name: str
) -> None:
    window.resize(1280, 720)
    window.show_page(name)
    QApplication.processEvents()
    assert window.page.minimumSizeHint().width() <= window.stack.viewport().width()
    assert not window.stack.horizontalScrollBar().isVisible()


class TestUndo:
    def test_by_key_by_button_and_by_message(self, window: MainWindow, qtbot) -> None:
        work = window.workspace
        work.do(change, "study", "s1", label="Ahorn 2014")
        assert window.top.undo.isEnabled()
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert work.project.one(Study, "s1").label == "Study 1"
        assert window.message.isVisible()
        window.message.action.click()
        assert work.project.one(Study, "s1").label == "Ahorn 2014"
        window.top.undo.click()
        assert work.project.one(Study, "s1").label == "Study 1"
        qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert work.project.one(Study, "s1").label == "Ahorn 2014"

    def test_what_was_taken_back_is_said(self, window: MainWindow) -> None:
        window.workspace.do(change, "study", "s1", label="Ahorn 2014")
        window.undo()
        assert window.message.words.text() == "Took back: changed a study, “Study 1”"
        window.redo()
        assert window.message.words.text() == "Did again: changed a study, “Ahorn 2014”"

    def test_nothing_to_undo_is_said(self, window: MainWindow, qtbot) -> None:
        window.workspace.sit("person-b")
        assert not window.top.undo.isEnabled()
        assert window.top.undo.toolTip() == "There is nothing to undo."
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.message.words.text() == "There is nothing to undo."

    def test_a_menu_leaves_the_keys_working(self, window: MainWindow, qtbot) -> None:
        window.workspace.sit("person-b")
        menu = window.menus.menus["edit"]
        menu.aboutToShow.emit()
        assert not window.menus.actions["undo"].isEnabled()
        menu.aboutToHide.emit()
        window.workspace.do(change, "study", "s1", label="Birke 2015")
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.workspace.project.one(Study, "s1").label == "Study 1"


class TestWhoSitsHere:
    def test_the_chip_names_the_person_with_the_letter(self, window: MainWindow) -> None:
        assert window.top.person.text() == "Name A · assessor A"
        assert window.top.person.property("role") == "person-a"
        window.workspace.sit("person-b")
        assert window.top.person.text() == "Name B · assessor B"
        assert window.top.person.property("role") == "person-b"

    def test_everybody_can_be_chosen_from_the_menu(self, window: MainWindow) -> None:
        actions = {one.text(): one for one in window.top.seats.actions()}
        actions["Name B · assessor B"].trigger()
        assert window.workspace.seat == "b"
        assert "Name B sits here now" in window.message.words.text()
        actions = {one.text(): one for one in window.top.seats.actions()}
        actions["Nobody, only look"].trigger()
        assert window.top.person.text() == "Who sits here?"
        assert window.top.person.accessibleName() == "Who sits here: nobody yet"

    def test_people_are_one_step_away(self, window: MainWindow) -> None:
        window.top.people_asked.emit()
        assert window.page_name == "review"
        assert window.page.tabs.shown == "question"


class TestMessages:
    def test_a_refusal_stays_until_it_is_dismissed(self, window: MainWindow) -> None:
        window.workspace.do(change, "study", "s1", label="")
        assert "A study needs a name." in window.message.words.text()
        assert not window.message._timer.isActive()
        window.message.dismiss.click()
        assert not window.message.isVisible()

    def test_what_happened_goes_away_by_itself(self, window: MainWindow, qtbot) -> None:
        window.message._timer.setInterval(30)
        window.message.say("Deleted 2 quotes", "Undo", lambda: None)
        assert window.message.isVisible()
        qtbot.waitUntil(lambda: not window.message.isVisible())

    def test_saving_is_told_in_words(self, window: MainWindow) -> None:
        window.workspace.do(change, "study", "s1", label="Ahorn 2014")
        assert window.status.saving.text().startswith("All changes saved ")
        window.menus.actions["save"].trigger()
        assert "A backup has been made." in window.message.words.text()
        assert window.status.backup.text().startswith("Last backup ")


class TestSearch:
    def test_it_finds_studies_and_goes_there(self, window: MainWindow, qtbot) -> None:
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        found = overlay(window, SearchOverlay)
        qtbot.keyClicks(found.field, "study 2")
        assert found.list.items[0].title == "Study 2"
        qtbot.keyClick(found.field, Qt.Key.Key_Return)
        assert window.page_name == "studies"
        assert window.page.table.current_id() == "s2"

    def test_it_finds_commands_and_does_them(self, window: MainWindow, qtbot) -> None:
        window.search()
        found = overlay(window, SearchOverlay)
        qtbot.keyClicks(found.field, "dark")
        qtbot.keyClick(found.field, Qt.Key.Key_Return)
        assert theme.current().name == "dark"
        assert settings.scheme() == "dark"

    def test_nothing_found_is_said(self, window: MainWindow, qtbot) -> None:
        window.search()
        found = overlay(window, SearchOverlay)
        qtbot.keyClicks(found.field, "zzz")
        assert found.none.isVisible()
        qtbot.keyClick(found.field, Qt.Key.Key_Return)
        assert found.isVisible()
        qtbot.keyClick(found.field, Qt.Key.Key_Escape)
        assert not any(isinstance(c, SearchOverlay) and c.isVisible() for c in window.children())

    def test_the_other_assessors_words_are_not_found(
        self, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []
        monkeypatch.setattr(
            "assessments.sealing.all_opened", lambda project: asked.append(project) or ()
        )
        search.hits(window)
        assert asked == [window.workspace.project]

    def test_it_gives_the_focus_back(self, window: MainWindow, qtbot) -> None:
        before = window.top.search
        before.setFocus()
        window.search()
        found = overlay(window, SearchOverlay)
        qtbot.waitUntil(found.field.hasFocus)
        qtbot.keyClick(found.field, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is before


def test_the_search_lets_another_person_sit_here(window: MainWindow) -> None:
    found = {one.title: one for one in search.hits(window)}
    other = next(one for one in window.workspace.people if one != window.workspace.person)
    name = f"Sit here: {other.name} · assessor {other.role.upper()}"
    found[name].run()
    assert window.workspace.person.id == other.id


class TestKeys:
    def test_every_action_has_a_menu_and_no_two_share_a_key(self) -> None:
        menus = {name for name, _title in MENUS}
        assert all(action.menu in menus for action in ACTIONS)
        keys = [key for action in ACTIONS for key in action.keys]
        keys += [f"Ctrl+{entry.number}" for entry in PAGES]
        assert len(keys) == len(set(keys))
        assert len({action.name for action in ACTIONS}) == len(ACTIONS)

    def test_the_overlay_lists_the_keys_of_the_page(self, window: MainWindow, qtbot) -> None:
        window.show_page("studies")
        qtbot.keyClicks(window, "?")
        shown = overlay(window, KeysOverlay)
        words = {one.text() for one in shown.findChildren(QWidget) if hasattr(one, "text")}
        assert {"Paste from Excel", "Ctrl Shift N", "Undo", "Ctrl Z"} <= words
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert not shown.isVisible()

    def test_the_overlay_tells_no_command_again(self, window: MainWindow) -> None:
        for entry in PAGES:
            window.show_page(entry.name)
            own = window.page.keys()
            known = {one for keys, _does in own for one in keys.split("  ")}
            further = [keys for keys, _does in of_page(window)][len(own):]
            assert known.isdisjoint(further), entry.name
            assert len(further) == len(set(further)), entry.name

    def test_f6_goes_round_the_areas(self, window: MainWindow, qtbot) -> None:
        window.show_page("studies")
        window.rail.buttons["studies"].setFocus()
        seen = []
        for _step in range(3):
            window.next_area(1)
            focus = QApplication.focusWidget()
            seen.append(next(
                (name for name, area in (("list", window.page.table),
                                         ("details", window.page.details), ("rail", window.rail))
                 if area is focus or area.isAncestorOf(focus)), "",
            ))
        assert seen == ["list", "details", "rail"]

    def test_a_page_command_that_is_impossible_says_why(self, window: MainWindow) -> None:
        window.show_page("studies")
        window.workspace.project.read_only = "This file is protected."
        command = window.page.commands()[0]
        window.menus._run(command)
        assert window.message.words.text() == "This file is protected."
        window.workspace.project.read_only = None


def test_every_disabled_button_says_why(window: MainWindow) -> None:
    window.workspace.project.read_only = "This file is protected."
    for entry in PAGES[:2]:
        window.show_page(entry.name)
        window.page.refresh(None)
        for one in window.page.findChildren(QPushButton):
            if one.isVisible() and not one.isEnabled():
                assert one.toolTip(), one.accessibleName()
    window.workspace.project.read_only = None


def test_zoom_by_keys(window: MainWindow, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert settings.zoom() == 110
    assert window.top.height() == 53
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert settings.zoom() == 100


def test_a_backup_that_could_not_be_made_is_told(
    open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_connection: object, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    with create(tmp_path / "Falls.tandem"):
        pass
    monkeypatch.setattr(backups, "write_copy", full)
    window = open_window(tmp_path / "Falls.tandem")
    assert "No dated backup could be made. The disk is full" in window.message.words.text()
