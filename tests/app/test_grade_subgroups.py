"""Credibility of subgroup effects: the team's answers, the prompt INC-8, and stale ratings."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.grade import GradePage
from assessments.bodies import gathered
from assessments.rating_facts import facts_of, prompts_of
from assessments.review import Outcome, Setting
from assessments.review_edits import change, decide
from assessments.store.project_file import open_project
from assessments.subgroup_credibility import place_of
from tests.app.grade_review import Opener, at_page, settle_down
from tests.app.test_grade_small_studies import build
from tests.conftest import done


def with_subgroups(path: Path) -> Path:
    """Give the invented outcome two subgroups."""
    with open_project(build(path)) as project:
        for number in range(12):
            done(change(project, "result", f"r{number}",
                        subgroup="Young" if number % 2 else "Old"))
    return path


def asked(project):
    return next(one for one in prompts_of(project, "calm") if one.id == "INC-8")


def test_only_what_the_team_judges_fires_it(path: Path) -> None:
    with open_project(with_subgroups(path)) as project:
        project.seat = "person-a"
        found = gathered(project, project.one(Outcome, "calm")).pooled
        prompt = asked(project)
        assert prompt.status == "not_assessable"
        assert prompt.reason == "The credibility of the subgroup effect was not judged."
        assert facts_of(project, "calm").number("subgroup_p_1") == found.between_subgroups.p
        done(decide(project, place_of("calm", "credibility"), "low"))
        assert asked(project).status == "clear"
        done(decide(project, place_of("calm", "credibility"), "moderate"))
        done(decide(project, place_of("calm", "comparison"), "within"))
        done(decide(project, place_of("calm", "hypotheses"), "10"))
        shown = {one.label: one.display for one in asked(project).facts}
        assert asked(project).status == "fired"
        assert shown["Most credible subgroup effect"] == "Old / Young: moderate"
        assert shown["Subgroups compared"] == "within studies"
        assert shown["Subgroup hypotheses tested"] == "6 to 10"
        refused = decide(project, place_of("calm", "credibility"), "splendid")
        assert [one.code for one in refused.problems] == ["not-a-choice"]
        for number in range(12):
            done(change(project, "result", f"r{number}", subgroup=""))
        assert asked(project).reason == "No subgroup analysis was entered."


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    return at_page(open_window, with_subgroups(path))


def test_the_questions_are_answered_on_the_page(page: GradePage) -> None:
    page.tabs.show_tab("thresholds")
    settle_down(page)
    card = page.thresholds.subgroups
    assert card.isVisible()
    assert card.found.text().startswith("Old: ")
    assert "Test of interaction: P = " in card.found.text()
    box = card.choices["credibility"].box
    box.show_value("high")
    box.activated.emit(box.currentIndex())
    settle_down(page)
    kept = page.workspace.project.one(Setting, place_of("calm", "credibility"))
    assert kept.value == "high"
    page.tabs.show_tab("rating")
    page.rating.cards["inconsistency"].setFocus()
    settle_down(page)
    assert "INC-8" in page.rating.cards["inconsistency"].details.prompts
    assert page.desk.sheet.level("inconsistency") is None


def test_without_subgroups_there_is_nothing_to_answer(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    page.tabs.show_tab("thresholds")
    settle_down(page)
    assert page.thresholds.subgroups.isHidden()
