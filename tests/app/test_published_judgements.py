"""Judgements taken from a publication beside one's own on the page Risk of bias."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.main_window import MainWindow
from assessments.assessment import CONSENSUS, find
from assessments.review_edits import change
from assessments.samples import founding
from assessments.store.project_file import create


@pytest.fixture
def window(tmp_path: Path, open_window) -> MainWindow:
    path = tmp_path / "Published.tandem"
    with create(path) as project:
        founding.build(project)
    made = open_window(path)
    made.workspace.sit(next(one.id for one in made.workspace.people if one.role == "a"))
    made.show_page("risk_of_bias")
    return made


class TestPublishedJudgements:
    def test_the_source_and_every_level_stand_above_ones_own_form(self, window) -> None:
        page = window.page
        notice = page.main.published
        assert notice.isVisible()
        facts = founding.facts()
        assert facts["rob_source"] in notice.words.text()
        letters = facts["studies"][0]["rob"]
        words = {"L": "Low", "U": "Unclear", "H": "High"}
        names = [one.short for one in page.desk.sheet.instrument.domains]
        for name, letter in zip(names, letters, strict=True):
            assert f"{name}: {words[letter]}" in notice.accessibleName()

    def test_the_queue_says_it_without_filling_ones_own_marks(self, window) -> None:
        item = window.page.queue.list.items[0]
        assert item.word == "published"
        assert {role for role, _word in item.marks} == {None}

    def test_ones_own_assessment_stays_possible_and_changes_nothing_published(
        self, window
    ) -> None:
        page, project = window.page, window.workspace.project
        unit = page.desk.unit
        before = find(project, unit, CONSENSUS)
        assert page.desk.sheet.closed == ""
        page.desk.judge("D1", "", "high")
        assert find(project, unit, "a") is not None
        assert find(project, unit, CONSENSUS) == before
        assert page.main.published.isVisible()
        assert page.queue.list.items[0].marks[0][0] == "high"

    def test_it_is_hidden_where_nothing_was_published(self, window) -> None:
        page = window.page
        study = page.desk.sheet.study.id
        page.workspace.do(change, "study", study, instrument="epoc-rct-nrct-cba")
        assert page.desk.sheet.instrument.id == "epoc-rct-nrct-cba"
        assert not page.main.published.isVisible()
