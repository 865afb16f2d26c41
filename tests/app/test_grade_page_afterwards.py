"""The GRADE page after finishing: stale ratings, rating up, the settled statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.pages.grade import GradePage
from assessments import samples
from assessments.rating import settled_rating
from assessments.review import Outcome, Result, Study
from assessments.review_edits import change
from assessments.store.project_file import open_project
from tests.app.grade_review import Opener, at_page, build, rate_all, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review, with A sitting there."""
    return at_page(open_window, build(path))


@pytest.fixture
def sample_page(open_window: Opener, path: Path) -> GradePage:
    """The page on the invented complete review, with A sitting there."""
    samples.build("invented", path).close()
    window = open_window(path)
    people = {one.role: one.id for one in window.workspace.people}
    window.workspace.sit(people["a"])
    window.resize(1440, 900)
    window.show_page("grade")
    settle_down(window.page)
    return window.page


# -- what is shown -------------------------------------------------------------------------


def test_changed_numbers_are_told_and_confirmed_or_rated_again(
    open_window: Opener, path: Path
) -> None:
    build(path)
    with open_project(path) as project:
        rate_all(project, "calm", "a")
    page = at_page(open_window, path)
    page.outcomes.list.choose("calm")
    done(page.workspace.do(change, "published_estimate", "calm", participants=300))
    settle_down(page)
    notice = page.rating.notice
    assert notice.words.text() == "The facts changed since you rated."
    assert "Participants: 900 → 300." in notice.more.text()
    assert "facts changed" in page.outcomes.list.items[0].subtitle
    assert page.desk.sheet.level("imprecision") == "serious"
    page.workspace.undo()
    settle_down(page)
    assert notice.words.text() == "Finished and sealed."
    page.workspace.redo()
    settle_down(page)
    buttons = {one.text(): one for one in notice.findChildren(QPushButton)}
    buttons["Still right"].click()
    settle_down(page)
    assert notice.words.text() == "Finished and sealed."
    assert not page.desk.sheet.rated.stale
    done(page.workspace.do(change, "outcome", "calm", mid=0.4))
    settle_down(page)
    buttons = {one.text(): one for one in notice.findChildren(QPushButton)}
    buttons["Rate again"].click()
    assert notice.reason.text().startswith("Facts changed:")
    press("Enter")
    assert not page.desk.sheet.finished
    assert page.desk.sheet.level("imprecision") == "serious"


def test_only_the_outcome_whose_study_changed_goes_stale(sample_page: GradePage) -> None:
    page, project = sample_page, sample_page.workspace.project
    study = next(one for one in project.all(Study) if one.label == "Birch 2013")
    outcome = next(one for one in project.all(Outcome) if one.label == "Stage fright")
    result = project.all(Result, study=study.id, outcome=outcome.id)[0]
    assert page.outcomes.stale == set()
    done(page.workspace.do(change, "result", result.id, mean_1=46.0))
    settle_down(page)
    assert page.outcomes.stale == {outcome.id}
    page.workspace.undo()
    settle_down(page)
    assert page.outcomes.stale == set()


# -- rating up -----------------------------------------------------------------------------


def test_rating_up_is_folded_for_trials_and_has_to_be_considered_otherwise(
    page: GradePage
) -> None:
    card = page.rating.upgrades
    assert card.form is None
    assert not card.shown
    done(page.workspace.do(change, "outcome", "calm", stream="nrs"))
    settle_down(page)
    assert card.shown
    assert "rating_up" in {one.where for one in page.rating.missing}
    card.form.considered.click()
    settle_down(page)
    assert page.desk.sheet.answers["rating_up", "considered"] == "none_applies"
    assert "rating_up" not in {one.where for one in page.rating.missing}
    card.form.rows["large_effect"].choose("plus_one")
    settle_down(page)
    assert page.desk.sheet.level("large_effect") == "plus_one"
    said = {one.code for one in page.desk.sheet.remarks}
    assert "W-LARGE-THRESH" in said


# -- the statement -------------------------------------------------------------------------


def test_a_settled_statement_can_be_edited_and_generated_anew(sample_page: GradePage) -> None:
    page, project = sample_page, sample_page.workspace.project
    outcome = next(one for one in page.outcomes.outcomes if one.label == "Cancelled performance")
    page.outcomes.list.choose(outcome.id)
    settle_down(page)
    assert settled_rating(project, outcome.id) is not None
    box = page.rating.side.statement
    generated = box.field.text()
    assert generated.startswith("Breathing lessons probably")
    box.field.edit.setPlainText("Our own sentence.")
    box.field.commit()
    settle_down(page)
    found = project.one(Outcome, outcome.id)
    assert (found.statement, found.statement_from) == ("Our own sentence.", generated)
    assert box.mark.text() == "edited"
    box.regenerate.click()
    settle_down(page)
    assert project.one(Outcome, outcome.id).statement == ""
    assert box.field.text() == generated


def test_many_changes_are_folded_so_that_the_rating_stays_in_sight(sample_page: GradePage) -> None:
    project = sample_page.workspace.project
    pooled = next(one for one in project.all(Outcome) if one.evidence == "pooled")
    result = project.all(Result, outcome=pooled.id)[0]
    sample_page.outcomes.list.choose(pooled.id)
    done(sample_page.workspace.do(change, "result", result.id, events_1=result.events_1 + 6))
    settle_down(sample_page)
    notice = sample_page.rating.notice
    assert notice.more.text().startswith("Estimate: RR ")
    assert len(notice.more.text().splitlines()) == 4
    unfold = next(one for one in notice.findChildren(QPushButton) if "more change" in one.text())
    told = int(unfold.text().split()[0])
    unfold.click()
    settle_down(sample_page)
    assert len(notice.more.text().splitlines()) == 4 + told
    assert not unfold.isVisible()
    assert notice.isAncestorOf(QApplication.focusWidget())
