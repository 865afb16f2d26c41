"""The overall certainty below the table: asked for by command or setting, told in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.pages.grade import GradePage
from app.pages.summary_of_findings import SummaryOfFindingsPage
from assessments.review import Outcome
from assessments.review_edits import change, setting
from assessments.samples import build
from tests.app.grade_review import settle_down
from tests.conftest import done


@pytest.fixture
def page(path: Path, open_window: Callable[..., MainWindow]) -> SummaryOfFindingsPage:
    build("invented", path).close()
    window = open_window(path)
    window.open("summary_of_findings", "")
    QApplication.processEvents()
    found = window.page
    assert isinstance(found, SummaryOfFindingsPage)
    return found


def toggle(page: SummaryOfFindingsPage) -> None:
    (command,) = [one for one in page.commands() if one.text.startswith("Overall certainty")]
    assert command.enabled() is None
    command.run()
    QApplication.processEvents()


def test_it_is_hidden_until_the_team_asks_and_can_be_undone(page: SummaryOfFindingsPage) -> None:
    assert page.overall.isHidden()
    toggle(page)
    assert page.overall.isVisible()
    assert page.overall.word.text() == "Moderate"
    assert page.overall.mark.filled == 3
    words = page.overall.sentences.text()
    assert "it rests on: Cancelled performance; Stage fright." in words
    assert "Critical, but no study reported it: Adverse effects." in words
    assert page.overall.sentences.accessibleName().startswith("Overall certainty across critical")
    assert page.overall.importance.isHidden()
    page.workspace.undo()
    QApplication.processEvents()
    assert page.overall.isHidden()
    toggle(page)
    toggle(page)
    assert page.overall.isHidden()
    assert setting(page.workspace.project, "overall_certainty") == "off"


def test_an_open_outcome_leaves_no_level_and_importance_can_be_decided(
    page: SummaryOfFindingsPage,
) -> None:
    toggle(page)
    project = page.workspace.project
    one = next(one for one in project.all(Outcome) if one.label == "Enjoyment of singing")
    done(page.workspace.do(change, "outcome", one.id, importance=7))
    QApplication.processEvents()
    assert page.overall.word.text() == "No overall level"
    assert page.overall.mark.filled is None
    assert "its certainty is not settled: Enjoyment of singing." in page.overall.sentences.text()
    done(page.workspace.do(change, "outcome", one.id, importance=None))
    QApplication.processEvents()
    assert page.overall.word.text() == "Moderate"
    page.overall.importance.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.overall.importance, Qt.Key.Key_Space)
    QApplication.processEvents()
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.page is not page


def test_it_is_a_decision_for_the_whole_review(page: SummaryOfFindingsPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    person = next(one.id for one in window.workspace.people if one.role == "a")
    window.workspace.sit(person)
    window.show_page("grade")
    grade = window.page
    assert isinstance(grade, GradePage)
    grade.tabs.show_tab("thresholds")
    settle_down(grade)
    box = grade.thresholds.team.choices["overall_certainty"].box
    assert box.value == "off"
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert setting(window.workspace.project, "overall_certainty") == "on"
    window.show_page("summary_of_findings")
    QApplication.processEvents()
    assert page.overall.isVisible()
