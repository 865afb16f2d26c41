"""A team's own instrument file in the window: kept, chosen, or complained about in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.main_window import MainWindow
from app.pages.instrument_parts.own_card import OwnCard
from app.pages.review_instruments import InstrumentsTab
from assessments.assignments import instrument_for
from assessments.instruments_kept import FOLDER
from assessments.review import InstrumentCopy, Study
from assessments.store.project_file import Project

TEMPLATE = (FOLDER / "TEMPLATE.toml").read_text(encoding="utf-8")
RULE_D = '  { id = "d", if = { "1.2" = "N PN NI" }, then = "high" },\n'


def own_file(folder: Path, text: str = TEMPLATE, name: str = "ours.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def tab(window: MainWindow) -> InstrumentsTab:
    window.open("review", "instruments")
    return window.page.instruments


def said_in(widget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def choose(box, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


WRONG = {
    "a missing rule": (TEMPLATE.replace(RULE_D, ""), ("D1",)),
    "a circular gate": (
        TEMPLATE.replace('gate = { "1.1" = "N PN NI" } ', 'gate = { "1.2" = "N PN NI" } '),
        ("D1", "1.2"),
    ),
    "an id twice": (TEMPLATE.replace('id = "2.2"', 'id = "2.1"'), ("D2", "2.1")),
    "an empty prompt": (
        TEMPLATE.replace('prompt = "Was the outcome measured in a suitable way?"', 'prompt = ""'),
        ("D2", "2.1", "prompt"),
    ),
    "not TOML": ("Dear colleague, here is our tool", ("not a TOML file", "line 1")),
}


class TestOwnInstrument:
    def test_a_good_file_is_kept_and_can_be_chosen(
        self, window: MainWindow, tab: InstrumentsTab, tmp_path: Path, monkeypatch
    ) -> None:
        path = own_file(tmp_path)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
        tab.own.choose.click()
        project = window.workspace.project
        assert project.one(InstrumentCopy, "my-instrument-1").text == TEMPLATE
        assert "my-instrument-1" in tab.cards
        box = tab.designs.rows["rct"].box
        offered = [box.itemData(n) for n in range(box.count())]
        assert offered.index("my-instrument-1") < offered.index(None)  # it names this design
        choose(box, "my-instrument-1")
        assert instrument_for(project, Study(id="", design="rct")) == "my-instrument-1"
        assert "Own rules of the team" in said_in(tab.cards["my-instrument-1"])
        assert not tab.cards["my-instrument-1"].remove.isEnabled()
        window.undo()
        window.undo()
        assert project.one(InstrumentCopy, "my-instrument-1") is None
        assert "my-instrument-1" not in tab.cards

    @pytest.mark.parametrize("kind", WRONG)
    def test_a_wrong_file_is_told_in_place_with_the_place(
        self, themed: QApplication, filled: Project, tmp_path: Path, kind: str
    ) -> None:
        text, places = WRONG[kind]
        assert text != TEMPLATE
        card = self._card(filled)
        assert not card.add_file(own_file(tmp_path, text))
        assert len(card.complaints) >= 1
        said = str(card.complaints[0])
        assert said.startswith("ours.toml")
        for place in places:
            assert place in said
        assert said in said_in(card)
        assert "“ours.toml” was not added" in card.box.accessibleName()
        assert not filled.all(InstrumentCopy)

    def test_a_huge_file_is_refused_by_its_size(
        self, themed: QApplication, filled: Project, tmp_path: Path
    ) -> None:
        path = tmp_path / "huge.toml"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        card = self._card(filled)
        assert not card.add_file(path)
        assert [str(one) for one in card.complaints] == [
            "huge.toml: the file has 50.0 MB; an instrument has at most 1.0 MB."
        ]

    def test_a_mended_file_is_checked_again(
        self, themed: QApplication, filled: Project, tmp_path: Path
    ) -> None:
        card = self._card(filled)
        path = own_file(tmp_path, TEMPLATE.replace(RULE_D, ""))
        card.add_file(path)
        assert not card.box.isHidden()
        own_file(tmp_path)
        card.again.click()
        assert card.box.isHidden()
        assert filled.one(InstrumentCopy, "my-instrument-1") is not None

    def _card(self, project: Project) -> OwnCard:
        from app.workspace import Workspace

        workspace = Workspace(project)
        workspace._timer.stop()
        self._kept = workspace, OwnCard(workspace)
        return self._kept[1]

    def test_the_template_is_written_and_is_itself_a_good_file(
        self, window: MainWindow, tab: InstrumentsTab, tmp_path: Path, monkeypatch
    ) -> None:
        target = tmp_path / "start.toml"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
        tab.own.template.click()
        assert target.read_text(encoding="utf-8") == TEMPLATE
        assert window.message.words.text() == "Saved as start.toml."
        assert tab.own.add_file(target)
        tab.cards["rob2-parallel"].save.click()
        assert 'id = "rob2-parallel"' in target.read_text(encoding="utf-8")

    def test_a_place_that_cannot_be_written_is_said(
        self, window: MainWindow, tab: InstrumentsTab, tmp_path: Path, monkeypatch
    ) -> None:
        target = tmp_path / "no folder" / "start.toml"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
        tab.own.template.click()
        assert "“start.toml” could not be written" in window.message.words.text()
