"""Publication bias on the page GRADE: the funnel, its question, and what small studies tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from app.pages.grade import GradePage
from assessments.assessment import Answer
from assessments.review import Outcome
from assessments.review_edits import add, change, remove
from assessments.store.project_file import Project, create, open_project
from tests.app.grade_review import Opener, at_page, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done

EFFECTS = (-0.9, -0.7, -0.8, -0.5, -0.55, -0.3, -0.35, -0.2, -0.22, -0.1, -0.12, -0.05)
"""Invented mean differences that shrink as the studies grow."""


def build(path: Path, studies: int = 12) -> Path:
    """Make a review with one pooled outcome about means."""
    with create(path) as project:
        for role in ("a", "b"):
            done(add(project, "person", id=f"person-{role}", role=role, name=f"Name {role}"))
        done(add(project, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(project, "outcome", id="calm", comparison="c", label="Calm", evidence="pooled",
                 better="lower", threshold_type="null"))
        done(change(project, "analysis", "calm", measure="MD", model="random"))
        for number in range(studies):
            done(add(project, "study", id=f"s{number}", label=f"Invented {number}", design="rct"))
            done(add(project, "result", id=f"r{number}", study=f"s{number}", outcome="calm",
                     effect=EFFECTS[number], se=0.5 / (number + 1)))
    return path


def prompt_of(project: Project, code: str):
    from assessments.rating_facts import prompts_of

    return next(one for one in prompts_of(project, "calm") if one.id == code)


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    return at_page(open_window, build(path))


def test_the_funnel_stands_beside_its_question_and_is_answered_by_keys(page: GradePage) -> None:
    card = page.rating.cards["publication_bias"]
    card.setFocus()
    settle_down(page)
    assert card.details.funnel.isVisible()
    assert card.details.funnel.view.accessibleName().startswith("Funnel plot: Calm")
    row = card.details.prompts["PUB-3"].answer
    assert row.question == "PUB-3"
    row.buttons.buttons[0].setFocus()
    QTest.keyClicks(row.buttons.buttons[0], "2")
    settle_down(page)
    found = page.workspace.project.all(Answer, question="PUB-3")
    assert [one.response for one in found] == ["asymmetric"]
    assert page.desk.sheet.level("publication_bias") is None


def test_a_question_that_nothing_fired_is_reached_by_the_arrow(
    open_window: Opener, path: Path
) -> None:
    with open_project(build(path)) as project:  # all alike, so that the test fires nothing
        for number in range(12):
            done(change(project, "result", f"r{number}",
                        effect=0.1 if number % 2 else -0.1))
    page = at_page(open_window, path)
    card = page.rating.cards["publication_bias"]
    card.setFocus()
    settle_down(page)
    assert "PUB-3" not in card.details.prompts
    press("Down")
    extra = card.details.extras[0]
    assert extra.question == "PUB-3"
    assert extra.buttons.buttons[0].hasFocus()
    press("1")
    settle_down(page)
    assert page.desk.sheet.answers["publication_bias", "PUB-3"] == "symmetric"


def test_below_ten_studies_there_is_neither_funnel_nor_test(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path, studies=9))
    card = page.rating.cards["publication_bias"]
    card.setFocus()
    settle_down(page)
    assert card.details.funnel.isHidden()
    assert [one.question for one in card.details.extras if one.isVisible()] == ["PUB-7"]
    assert not page.desk.sheet.facts.has("pub_p")
    assert "below 10" in prompt_of(page.workspace.project, "PUB-3").reason


def test_numbers_are_those_of_the_analysis_and_wait_for_the_eye(path: Path) -> None:
    from assessments.bodies import gathered
    from assessments.rating_facts import facts_of
    from assessments.small_study_tests import asymmetry_rows, filled

    with open_project(build(path)) as project:
        project.seat = "person-a"
        found = gathered(project, project.one(Outcome, "calm"))
        rows = {one.code: one for one in asymmetry_rows(found)}
        facts = facts_of(project, "calm")
        assert facts.number("pub_p") == rows["egger"].p
        assert facts.number("pub_estimate_1") == filled(found).estimate
        assert prompt_of(project, "PUB-3").status == "fired"
        for number in range(10, 12):
            done(remove(project, "result", f"r{number}"))
        for number in range(10):
            done(change(project, "result", f"r{number}", effect=0.1 if number % 2 else -0.1))
        waiting = prompt_of(project, "PUB-3")
        assert waiting.status == "not_assessable"
        assert waiting.reason == "Nobody has looked at the funnel; the test alone does not tell."
