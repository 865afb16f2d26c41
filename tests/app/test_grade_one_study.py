"""One study on the page GRADE: nothing about disagreement is asked, and the line says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.grade_parts.words import summary
from assessments.rating_sheet import rating_sheet
from assessments.review_edits import add, change
from assessments.store.project_file import open_project
from tests.app.test_grade_small_studies import build
from tests.conftest import done


@pytest.mark.parametrize("subgroups", [False, True])
def test_a_single_study_has_its_own_line_and_two_are_not_spared(
    path: Path, subgroups: bool
) -> None:
    build(path, studies=1)
    with open_project(path) as project:
        project.seat = "person-a"
        sheet = rating_sheet(project, "calm")
        assert summary(sheet, "inconsistency") == "There is one study: nothing can disagree."
        assert [one.id for one in sheet.prompts_in("inconsistency")] == ["INC-0"]
        done(add(project, "study", id="more", label="Invented more", design="rct"))
        group = "Old" if subgroups else ""
        done(change(project, "result", "r0", subgroup="Young" if subgroups else ""))
        done(add(project, "result", id="r-more", study="more", outcome="calm", effect=-0.4, se=0.2,
                 subgroup=group))
        sheet = rating_sheet(project, "calm")
        assert summary(sheet, "inconsistency").startswith("I² ")
        assert "INC-1" in [one.id for one in sheet.prompts_in("inconsistency")]
        reason = next(one.reason for one in sheet.prompts if one.id == "INC-8")
        assert ("not judged" in reason) is subgroups
