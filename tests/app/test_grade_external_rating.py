"""How the publication itself rated is kept, and shown to nobody before both have finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.grade import GradePage
from assessments.external_rating import (
    external_rating,
    has_external_rating,
    state_external_rating,
)
from assessments.history import history
from tests.app.grade_review import Opener, at_page, build, rate_all, settle_down
from tests.app.test_grade_page import words_in
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review, with A sitting there."""
    return at_page(open_window, build(path))


def test_it_is_told_only_when_both_have_finished(page: GradePage) -> None:
    project = page.workspace.project
    page.tabs.show_tab("thresholds")
    settle_down(page)
    row = page.thresholds.claim.external
    row.box.setCurrentIndex(row.box.findData("very_low"))
    row.box.activated.emit(row.box.currentIndex())
    settle_down(page)
    assert has_external_rating(project, "calm")
    assert external_rating(project, "calm") == ""
    assert not row.box.value, "what was chosen is hidden again"
    assert "A rating is kept" in row.about.text()
    rate_all(project, "calm", "a")
    page.workspace.sit("person-a")
    page.refresh(None)
    page.tabs.show_tab("rating")
    settle_down(page)
    assert "publication itself" not in words_in(page)
    rate_all(project, "calm", "b")
    page.workspace.sit("person-a")
    page.refresh(None)
    settle_down(page)
    assert external_rating(project, "calm") == "very_low"
    assert "The publication itself rated: Very low." in page.rating.notice.more.text()
    page.tabs.show_tab("thresholds")
    settle_down(page)
    assert row.box.value == "very_low"
    assert row.about.isHidden()


def test_it_gives_nobody_a_level_and_the_history_keeps_it_back(page: GradePage) -> None:
    project = page.workspace.project
    done(page.workspace.do(state_external_rating, "calm", "low"))
    settle_down(page)
    assert page.desk.sheet.own is None
    assert page.rating.side.word.text() == "Incomplete"
    told = [line for entry in history(project) for line in (entry.sentence, *entry.details)]
    assert any("kept, not told here" in line for line in told)
    assert not any("low" in line.casefold().split() for line in told)
    page.workspace.undo()
    assert not has_external_rating(project, "calm")


@pytest.mark.parametrize(("outcome", "level", "code"), [
    ("mood", "low", "not-published"), ("gone", "low", "not-published"),
    ("calm", "splendid", "not-a-choice"),
])
def test_what_cannot_be_is_refused(page: GradePage, outcome: str, level: str, code: str) -> None:
    refused = state_external_rating(page.workspace.project, outcome, level)
    assert [one.code for one in refused.problems] == [code]
    assert not has_external_rating(page.workspace.project, outcome)
