"""The Reconcile page: what differs is settled by keyboard, agreements in one step, then final."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.pages.reconcile import ReconcilePage
from app.workspace import Workspace
from assessments.comparisons import compared_items
from assessments.edits import undo
from assessments.reconciliation import Settlement
from assessments.review import Person
from assessments.samples import build
from assessments.sealing import opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "sample.tandem"
    build("invented", path).close()
    return path


@pytest.fixture
def page(
    themed: QApplication, sample: Path, tmp_path: Path, open_window: Callable[..., MainWindow]
) -> ReconcilePage:
    path = tmp_path / "sample.tandem"
    path.write_bytes(sample.read_bytes())
    window = open_window(path)
    window.workspace.sit(_person(window.workspace, "a"))
    window.open("reconcile", "")
    shown = window.page
    assert isinstance(shown, ReconcilePage)
    return shown


def _person(workspace: Workspace, role: str) -> str:
    return next(one.id for one in workspace.project.all(Person) if one.role == role)


def _counts(page: ReconcilePage) -> dict[str, int]:
    states = [one.state for one in compared_items(page.workspace.project)]
    return {state: states.count(state) for state in set(states)}


def test_differences_are_listed_with_both_levels(page: ReconcilePage):
    assert [one.title for one in page.items.shown()] == [
        "Birch 2013", "Cedar 2014", "Cedar 2014", "Elm 2016", "Hazel 2019", "Hazel 2019",
    ]
    assert "Low" in page.a.accessibleName()
    assert "Some concerns" in page.b.accessibleName()
    assert page.consensus.differs.text() == "2 answers differ"
    assert "93 of 100" in page.items.agreement.words.text()


def test_the_keys_that_settle_work_as_soon_as_the_page_is_shown(page: ReconcilePage):
    assert page.window().focusWidget() is page.items.list


def test_a_difference_is_settled_by_keyboard_alone(page: ReconcilePage):
    before = _counts(page)
    page.items.list.setFocus()
    QTest.keyClick(page.items.list, Qt.Key.Key_2)
    assert page.consensus.ways.value == "took_b"
    assert page.workspace.project.all(Settlement, how="took_b") == ()
    page.consensus.focus_reason()
    QTest.keyClicks(page.consensus.reason.edit, "Page 4 says that raters were blind.")
    QTest.keyClick(page.consensus.reason.edit, Qt.Key.Key_Return,
                   Qt.KeyboardModifier.ControlModifier)
    made = page.workspace.project.all(Settlement, how="took_b")
    assert [one.reason for one in made] == ["Page 4 says that raters were blind."]
    after = _counts(page)
    assert (after["open"], after["settled"]) == (before["open"] - 1, before["settled"] + 1)
    assert page.items.list.current_id() == page.items.shown()[0].id
    assert page.consensus.reason.text() == ""


def test_a_reason_stays_with_its_difference(page: ReconcilePage):
    first, second = page.items.shown()[:2]
    page.items.list.choose(first.id)
    page.consensus.ways.buttons[0].click()
    page.consensus.focus_reason()
    QTest.keyClicks(page.consensus.reason.edit, "Not ready yet")
    page.items.list.choose(second.id)
    assert page.consensus.reason.text() == ""
    assert page.consensus.ways.value is None
    page.items.list.choose(first.id)
    assert page.consensus.reason.text() == "Not ready yet"
    assert page.consensus.ways.value == "took_a"


def test_without_a_reason_nothing_is_settled_and_the_field_says_so(page: ReconcilePage):
    before = _counts(page)
    page.consensus.press(Qt.Key.Key_1, "1")
    page.settle.click()
    assert "reason" in page.consensus.reason.problem.text()
    assert _counts(page) == before


def test_nothing_is_chosen_beforehand(page: ReconcilePage):
    assert page.consensus.ways.value is None
    assert page.consensus.settlement() is None
    assert not page.settle.isEnabled()
    assert page.settle.toolTip() == "Choose a way to settle first."


def test_another_level_asks_for_the_level(page: ReconcilePage):
    page.consensus.press(Qt.Key.Key_3, "3")
    assert page.consensus.level_box.isVisible()
    page.consensus.reason.edit.setPlainText("We both changed our minds.")
    page.settle.click()
    assert "level" in page.consensus.reason.problem.text()
    page.consensus.levels.press(Qt.Key.Key_1, "1")
    page.settle.click()
    made = page.workspace.project.all(Settlement, how="other")
    assert len(made) == 1


def test_agreements_are_settled_in_one_step_that_undo_takes_back(page: ReconcilePage):
    before = _counts(page)
    assert page.agreements.text() == f"Settle the {before['agreed']} agreements"
    page.agreements.click()
    assert "agreed" not in _counts(page)
    page.workspace.undo()
    assert _counts(page) == before


def test_final_is_made_from_the_search_and_says_why_when_it_cannot(page: ReconcilePage):
    final = next(one for one in page.commands() if one.text == "Make settled ones final")
    assert final.enabled() == "Nothing is settled in all its judgements."
    page.agreements.click()
    assert final.enabled() is None
    final.run()
    assert final.enabled() is not None
    settled = {one.item.unit for one in compared_items(page.workspace.project)
               if one.assignment.consensus == "finished"}
    page.workspace.undo()
    before = {one.item.unit for one in compared_items(page.workspace.project)
              if one.assignment.consensus == "finished"}
    assert before < settled


def test_a_referred_judgement_waits_for_the_arbiter(page: ReconcilePage):
    page.consensus.press(Qt.Key.Key_4, "4")
    page.consensus.reason.edit.setPlainText("We read page 4 differently.")
    page.settle.click()
    referred = next(one for one in compared_items(page.workspace.project)
                    if one.state == "referred")
    kept = referred.compared.consensus.judgement(referred.item.domain, referred.item.part)
    assert (kept.level, kept.support) == (None, ""), "nothing is said before somebody decides"
    page.workspace.sit(_person(page.workspace, "arbiter"))
    page.items.filter_by("referred")
    assert page.consensus.arbiter
    page.consensus.press(Qt.Key.Key_2, "2")
    page.consensus.reason.edit.setPlainText("As B says.")
    page.settle.click()
    made = page.workspace.project.all(Settlement, how="arbitrated")
    assert len(made) == 1
    assert made[0].reason == "As B says."


def test_settled_units_are_made_final_and_opened_again_with_a_reason(page: ReconcilePage):
    page.agreements.click()
    for _number in range(6):
        page.consensus.press(Qt.Key.Key_1, "1")
        page.consensus.reason.edit.setPlainText("Agreed after reading page 4 again.")
        page.settle.click()
    assert page.final.isVisible()
    page.final.click()
    assert page.consensus.state.text() == "Final"
    project = page.workspace.project
    assert all(one.assignment.consensus == "finished" for one in compared_items(project))
    page.reopen.click()
    assert page.consensus.reason.problem.text()
    page.consensus.reason.edit.setPlainText("A second report was found.")
    page.reopen.click()
    assert sum(one.assignment.consensus == "open" for one in compared_items(project)) > 0
    assert page.consensus.state.text() == "Settled"


def test_originals_stay_as_they_were(page: ReconcilePage):
    item = page.items.shown()[0].item
    project = page.workspace.project
    before = (opened(project, item.unit, "a"), opened(project, item.unit, "b"))
    page.consensus.press(Qt.Key.Key_1, "1")
    page.consensus.reason.edit.setPlainText("Read again.")
    page.settle.click()
    assert (opened(project, item.unit, "a"), opened(project, item.unit, "b")) == before
    undo(project)


def test_before_both_have_finished_the_page_says_what_it_waits_for(
    workspace: Workspace, themed: QApplication
):
    page = ReconcilePage(workspace)
    page.show()
    page.refresh(None)
    heading = page.empty.currentWidget().accessibleName() or page._why_empty()[0]
    assert "Nothing to compare yet" in heading
    page.close()
