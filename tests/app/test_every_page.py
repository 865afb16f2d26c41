"""Every page of the rail: empty, small and with sixty studies, in each theme, named for all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import theme
from app.actions import ACTIONS
from app.main_window import MainWindow
from app.pages import PAGES
from app.pages.page import Page
from assessments.review_edits import add
from assessments.samples import open_sample
from assessments.store.project_file import create
from tests.app.test_spoken_names import nameless


def empty(path: Path) -> Path:
    create(path).close()
    return path


def sixty(path: Path) -> Path:
    with create(path) as project:
        for role in ("a", "b"):
            add(project, "person", role=role, name=f"Name {role.upper()}")
        comparison = add(project, "comparison", intervention="I", comparator="C").value
        outcomes = [
            add(project, "outcome", comparison=comparison, label=f"Outcome {n}", evidence="pooled",
                time_point="12 weeks").value
            for n in range(10)
        ]
        for number in range(60):
            study = add(
                project, "study", design="rct",
                label=f"A study with a very long name of sixty letters, number {number:03}",
            ).value
            add(project, "result", study=study, outcome=outcomes[number % 10],
                events_1=number % 7, total_1=50, events_2=number % 11, total_2=50)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented review, built once."""
    return open_sample("invented", tmp_path_factory.mktemp("built"))


@pytest.fixture
def sample(built: Path, path: Path) -> Path:
    """A copy of the invented review."""
    shutil.copy(built, path)
    return path


def shown(window: MainWindow, name: str) -> Page:
    window.show_page(name)
    QApplication.processEvents()
    window.grab()
    return window.page


@pytest.mark.parametrize("kind", [empty, sixty], ids=["empty", "sixty studies"])
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_it_shows_every_size_of_review(open_window, path: Path, entry, kind) -> None:
    window = open_window(kind(path))
    if window.workspace.people:
        window.workspace.sit(window.workspace.people[0].id)
    page = shown(window, entry.name)
    assert window.page_name == entry.name
    assert isinstance(page, Page)
    assert page.accessibleName() == entry.title()
    assert len(page.hints()) <= 3
    assert nameless(page) == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_it_shows_every_theme(open_window, sample: Path, name: str) -> None:
    window = open_window(sample)
    window.workspace.sit(window.workspace.people[0].id)
    theme.apply(name, 100)
    seen = set()
    for entry in PAGES:
        page = shown(window, entry.name)
        assert nameless(page) == [], entry.name
        seen.add(page.context())
    assert len(seen) > 1


@pytest.mark.parametrize("seat", ["a", "b", "arbiter", None])
def test_it_shows_for_everybody(open_window, sample: Path, seat: str | None) -> None:
    window = open_window(sample)
    people = {one.role: one.id for one in window.workspace.people}
    window.workspace.sit(people.get(seat) if seat else None)
    for entry in PAGES:
        page = shown(window, entry.name)
        window.workspace.seat_changed.emit()
        QApplication.processEvents()
        assert page.isVisible()


def test_commands_of_pages_have_keys_of_their_own(open_window, sample: Path) -> None:
    window = open_window(sample)
    taken = {key for action in ACTIONS for key in action.keys}
    for entry in PAGES:
        keys = [one.keys for one in shown(window, entry.name).commands() if one.keys]
        assert len(keys) == len(set(keys)), entry.name
        assert not taken & set(keys), entry.name
