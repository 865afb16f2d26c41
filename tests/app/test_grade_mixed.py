"""Randomised and non-randomised studies in one body: blocked, and parted on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.pages.grade import GradePage
from assessments.evidence_streams import split_streams
from assessments.rating import start_rule_of
from assessments.review import Analysis, Outcome, Result
from assessments.review_edits import change
from assessments.store.project_file import open_project
from tests.app.grade_review import Opener, at_page, settle_down
from tests.app.test_grade_small_studies import build
from tests.conftest import done


def mixed(path: Path) -> Path:
    """Make four of the twelve invented studies non-randomised."""
    with open_project(build(path)) as project:
        for number in range(4):
            done(change(project, "study", f"s{number}", design="nrs"))
    return path


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    return at_page(open_window, mixed(path))


def offered(page: GradePage) -> dict[str, QPushButton]:
    notice = page.rating.notice
    return {one.text(): one for one in notice.findChildren(QPushButton)
            if one.isVisibleTo(notice)}


def test_a_mixed_body_is_blocked_and_split_into_two_rows(page: GradePage) -> None:
    project = page.workspace.project
    assert page.desk.sheet.start_rule == "mixed"
    assert "B-MIXED" in {one.code for one in page.rating.missing}
    offered(page)["Split into two rows"].click()
    settle_down(page)
    rows = project.all(Outcome)
    assert [(one.label, one.stream) for one in rows] == [("Calm", "rct"), ("Calm", "nrs")]
    assert [start_rule_of(project, one) for one in rows] == ["rct", "nrs_robins_i"]
    assert [len(project.all(Result, outcome=one.id)) for one in rows] == [8, 4]
    assert project.one(Analysis, rows[1].id).measure == "MD"
    assert len(page.outcomes.outcomes) == 2
    assert "B-MIXED" not in {one.code for one in page.rating.missing}
    done(page.workspace.undo())
    settle_down(page)
    assert [one.stream for one in project.all(Outcome)] == [None]
    assert len(project.all(Result, outcome="calm")) == 12
    assert page.desk.sheet.start_rule == "mixed"


def test_one_kind_of_study_can_be_kept(page: GradePage) -> None:
    offered(page)["Randomised trials only"].click()
    settle_down(page)
    project = page.workspace.project
    assert sum(one.included for one in project.all(Result)) == 8
    assert len(project.all(Result)) == 12
    assert page.desk.sheet.start_rule == "rct"
    assert page.desk.sheet.facts.number("k") == 8


def test_what_is_not_mixed_is_not_split(path: Path) -> None:
    with open_project(build(path)) as project:
        assert [one.code for one in split_streams(project, "calm").problems] == ["not-mixed"]
