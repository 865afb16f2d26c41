"""Rows and blocks of an analysis: what is written, what is asked about, what can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.edits import undo
from assessments.number_readings import readings
from assessments.result_blocks import STUDY, Placed, headings, paste_lines, read_block, study_key
from assessments.result_rows import (
    add_results,
    add_subgroup_row,
    enter,
    enter_cells,
    leave_out,
    missing_studies,
    take_in,
)
from assessments.review import Result, Study
from assessments.review_edits import add
from assessments.store.project_file import Project
from tests.conftest import done

COLUMNS = [STUDY, "events_1", "total_1", "events_2", "total_2"]


@pytest.fixture
def sheet(filled: Project) -> Project:
    """The small review with one result of study s1 for the outcome o1."""
    done(add(filled, "result", id="r1", study="s1", outcome="o1", events_1=3, total_1=20))
    return filled


def row(project: Project, key: str = "r1") -> Result:
    found = project.one(Result, key)
    assert found is not None
    return found


def test_a_cell_is_entered_and_taken_back(sheet: Project) -> None:
    done(enter(sheet, "r1", "events_1", "4,5"))
    assert row(sheet).events_1 == 4.5
    done(undo(sheet))
    assert row(sheet).events_1 == 3


def test_a_cell_that_cannot_be_read_is_refused_and_nothing_changes(sheet: Project) -> None:
    told = enter(sheet, "r1", "events_1", "many")
    assert told.problems[0].code == "not-a-number"
    assert row(sheet).events_1 == 3


def test_many_cells_are_one_step_and_the_unreadable_ones_come_back(sheet: Project) -> None:
    told = done(enter_cells(sheet, {"r1": {"events_1": "5", "total_1": "1,234", "note": "ok"}}))
    (refused,) = told.value
    assert (refused.result, refused.column, refused.typed) == ("r1", "total_1", "1,234")
    assert refused.problem.code == "ambiguous-number"
    assert (row(sheet).events_1, row(sheet).total_1, row(sheet).note) == (5, 20, "ok")
    done(undo(sheet))
    assert (row(sheet).events_1, row(sheet).note) == (3, "")


def test_only_included_studies_without_a_row_are_added(sheet: Project) -> None:
    done(add(sheet, "study", id="s3", label="Excluded 2001", status="excluded"))
    assert [one.id for one in missing_studies(sheet, "o1")] == ["s2"]
    assert done(add_results(sheet, "o1", ("s1", "s2", "s2"))).value == 1
    assert len(sheet.all(Result, outcome="o1")) == 2


def test_a_row_left_out_keeps_its_reason_until_it_is_taken_in(sheet: Project) -> None:
    done(leave_out(sheet, "r1", " Same people "))
    assert (row(sheet).included, row(sheet).left_out_reason) == (0, "Same people")
    done(take_in(sheet, "r1"))
    assert (row(sheet).included, row(sheet).left_out_reason) == (1, "")


def test_further_rows_of_a_study_get_names_of_their_own(sheet: Project) -> None:
    names = {row(sheet, str(done(add_subgroup_row(sheet, "r1")).value)).subgroup for _n in "ab"}
    assert names == {"Subgroup 2", "Subgroup 3"}


# -- blocks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["Petit 2023", "petit et al. 2023", "Petit, 2023", "PETIT (2023)"]
)
def test_spellings_of_a_study_are_one_name(typed: str) -> None:
    assert study_key(typed) == study_key("Petit 2023")


def test_a_line_finds_the_study_it_names_and_the_row_it_fills(sheet: Project) -> None:
    block = read_block(
        sheet, "o1", [["study 1", "1", "2", "3", "4"], ["Study 2", "5"], ["Nobody", "6"]], COLUMNS
    )
    first, second, third = block.lines
    assert (first.study, first.result, first.filled, first.clear) == ("s1", "r1", True, False)
    assert (second.study, second.result, second.clear) == ("s2", "", True)
    assert (third.study, third.result, third.clear, third.name) == ("", "", False, "Nobody")


def test_a_name_that_fits_two_studies_is_asked_about(sheet: Project) -> None:
    done(add(sheet, "study", id="s3", label="Study, 2"))
    (line,) = read_block(sheet, "o1", [["Study 2", "1"]], COLUMNS).lines
    assert not line.clear


def test_columns_that_belong_nowhere_are_named(sheet: Project) -> None:
    block = read_block(sheet, "o1", [["Study 2", "1", "9", "8"]], [STUDY, "events_1", ""])
    assert block.untaken == ("column 3", "column 4")


def test_lines_are_written_in_one_step_with_their_new_studies(sheet: Project) -> None:
    lines = (
        Placed(values={"events_1": "1"}, result="r1"),
        Placed(values={"events_1": "2", "total_1": "x"}, study="s2"),
        Placed(values={"events_1": "3"}, new="Petit 2023"),
    )
    (refused,) = done(paste_lines(sheet, "o1", lines)).value
    assert (refused.column, refused.typed) == ("total_1", "x")
    assert sorted(one.events_1 or 0 for one in sheet.all(Result, outcome="o1")) == [1, 2, 3]
    done(undo(sheet))
    assert sheet.all(Study, label="Petit 2023") == ()
    assert [one.events_1 for one in sheet.all(Result, outcome="o1")] == [3]


def test_a_new_study_with_a_name_that_is_taken_writes_nothing(sheet: Project) -> None:
    told = paste_lines(sheet, "o1", (
        Placed(values={"events_1": "9"}, result="r1"), Placed(values={}, new="Study 2"),
    ))
    assert told.problems[0].code == "same-name"
    assert row(sheet).events_1 == 3


@pytest.mark.parametrize(("first", "wanted"), [
    (["Study", "e1", "n1", "e2", "n2"], COLUMNS),
    (["Author", "ai", "n1i", "Remarks"], [STUDY, "events_1", "total_1", ""]),
    (["Trial", "Mean 1", "SD 1"], [STUDY, "mean_1", "sd_1"]),
])
def test_headings_are_recognised(first: list[str], wanted: list[str]) -> None:
    assert headings(first, {}) == wanted


def test_a_line_of_numbers_is_no_heading() -> None:
    assert headings(["Study 1", "4", "5"], {"Study 1": STUDY}) is None


# -- readings of a number --------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "found"), [
    ("1,234", (1234.0, 1.234)), ("1.234,5", (1234.5,)), ("1,234.5", (1234.5,)),
    ("12,34", (12.34,)), ("1 234", (1234.0,)), ("-1,500", (-1500.0, -1.5)), ("twelve", ()),
    ("1,23,4", ()),
])
def test_the_readings_of_a_number(typed: str, found: tuple[float, ...]) -> None:
    assert readings(typed) == found


@given(st.integers(1000, 999_999))
def test_grouped_thousands_have_their_value_among_the_readings(number: int) -> None:
    assert float(number) in readings(f"{number:,}")
