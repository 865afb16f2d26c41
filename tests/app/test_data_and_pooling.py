"""The page Data & pooling: typing, pasting, wrong input, undo, settings, views."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app import saving
from app.pages.data_parts.paste_overlay import PasteLines
from app.pages.data_parts.sheet_columns import BLANK
from app.widgets.records_model import PROBLEM_ROLE
from assessments.bodies import pooled
from assessments.review import Analysis, Outcome, Result, Study
from assessments.review_edits import change
from tests.app.data_review import at, editor_of, fill, page_of, paste, result, tab_of, type_into


@pytest.fixture
def page(window):
    fill(window.workspace.project)
    made = page_of(window)
    made.outcomes.choose("o1")
    QApplication.processEvents()
    return made


@pytest.fixture
def sheet(page):
    return tab_of(page).sheet


def problem(sheet, row: str, column: str) -> str:
    model = sheet.records
    return model.index(model.row_of(row), model.column_of(column)).data(PROBLEM_ROLE) or ""


def effect(window) -> float:
    outcome = window.workspace.project.one(Outcome, "o1")
    found = pooled(window.workspace.project, outcome)
    assert found is not None
    assert found.shown is not None
    return found.shown.natural_estimate


# -- typing ----------------------------------------------------------------------------------


def test_a_number_typed_is_kept_and_everything_is_pooled_again(page, sheet, window, qtbot) -> None:
    before = effect(window)
    type_into(qtbot, sheet, ("r1", "events_1"), "30")
    assert result(window, "r1").events_1 == 30
    assert effect(window) > before
    assert "RR" in page.outcomes.items[0].subtitle
    assert page.context().startswith("Recalculated in ")
    assert at(sheet, "r1", "computed") == "1.00 [0.69, 1.44]"


def test_enter_goes_down_and_tab_to_the_right(page, sheet, window, qtbot) -> None:
    type_into(qtbot, sheet, ("r1", "events_1"), "19")
    assert (sheet.current_id(), sheet.current_column) == ("r2", "events_1")
    type_into(qtbot, sheet, ("r1", "events_1"), "20", Qt.Key.Key_Tab)
    assert (sheet.current_id(), sheet.current_column) == ("r1", "total_1")
    editor = editor_of(sheet)
    assert editor is not None, "after Tab the next cell is being edited"
    qtbot.keyClicks(editor, "70")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (result(window, "r1").events_1, result(window, "r1").total_1) == (20, 70)


def test_delete_clears_and_undo_brings_back(page, sheet, window, qtbot) -> None:
    sheet.choose("r2", "total_1")
    sheet.setFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_Delete)
    assert result(window, "r2").total_1 is None
    assert at(sheet, "r2", "computed") == ""
    qtbot.keyClick(sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert result(window, "r2").total_1 == 88
    assert at(sheet, "r2", "total_1") == "88"
    window.redo()
    assert result(window, "r2").total_1 is None


def test_a_decimal_comma_is_a_decimal_sign(page, sheet, window, qtbot) -> None:
    type_into(qtbot, sheet, ("r1", "events_1"), "18,5")
    assert result(window, "r1").events_1 == 18.5


def test_what_is_being_typed_is_kept_when_the_window_is_left(
    page, sheet, window, qtbot
) -> None:
    sheet.choose("r1", "events_1")
    sheet.setFocus()
    qtbot.keyClicks(sheet, "2")
    editor = editor_of(sheet)
    editor.setFocus()
    qtbot.keyClicks(editor, "2")
    assert result(window, "r1").events_1 == 18
    saving.commit_typing(editor)
    assert result(window, "r1").events_1 == 22
    assert editor_of(sheet) is None


# -- wrong input -----------------------------------------------------------------------------


def test_text_in_a_number_stays_with_its_sentence(page, sheet, window, qtbot) -> None:
    type_into(qtbot, sheet, ("r1", "events_1"), "many")
    assert at(sheet, "r1", "events_1") == "many"
    assert "“many” is not a number." in problem(sheet, "r1", "events_1")
    assert result(window, "r1").events_1 == 18
    assert "“many” is not a number." in tab_of(page).line.words.text()


def test_what_could_not_be_read_is_still_there_after_another_outcome(
    page, sheet, window, qtbot
) -> None:
    type_into(qtbot, sheet, ("r1", "events_1"), "many")
    page.outcomes.choose("o2")
    page.outcomes.choose("o1")
    assert at(sheet, "r1", "events_1") == "many"
    type_into(qtbot, sheet, ("r1", "events_1"), "21")
    assert at(sheet, "r1", "events_1") == "21"
    assert problem(sheet, "r1", "events_1") == ""


def test_an_ambiguous_number_is_asked_about(page, sheet, window, qtbot) -> None:
    type_into(qtbot, sheet, ("r1", "total_1"), "1,234")
    sheet.choose("r1", "total_1")
    line = tab_of(page).line
    assert "can be read in more than one way" in line.words.text()
    answers = {one.text(): one for one in line.findChildren(QPushButton)}
    assert set(answers) == {"It is 1234", "It is 1.234"}
    answers["It is 1234"].click()
    assert result(window, "r1").total_1 == 1234
    assert problem(sheet, "r1", "total_1") == ""


def test_all_ambiguous_numbers_of_a_block_can_be_read_the_same_way(
    page, sheet, window, qtbot
) -> None:
    paste(qtbot, sheet, ("r1", "total_1"), "1,234\t\t2,500\n3,000")
    sheet.choose("r2", "total_1")
    line = tab_of(page).line
    answers = {one.text(): one for one in line.findChildren(QPushButton)}
    answers["All 3 have thousands"].click()
    assert (result(window, "r1").total_1, result(window, "r1").total_2) == (1234, 2500)
    assert result(window, "r2").total_1 == 3000
    window.undo()
    assert (result(window, "r1").total_1, result(window, "r2").total_1) == (62, 88)


def test_more_events_than_people_leaves_the_row_out_visibly(page, sheet, window, qtbot) -> None:
    type_into(qtbot, sheet, ("r1", "events_1"), "134")
    assert result(window, "r1").events_1 == 134
    assert "More events than people (134 of 62)." in problem(sheet, "r1", "events_1")
    assert "More events than people" in at(sheet, "r1", "computed")
    line = tab_of(page).line
    assert "More events than people (134 of 62)." in line.words.text()
    line.findChild(QPushButton).click()
    assert (sheet.current_id(), sheet.current_column) == ("r1", "events_1")
    found = pooled(window.workspace.project, window.workspace.project.one(Outcome, "o1"))
    assert found is not None
    assert found.k == 3


def test_an_sd_of_zero_gets_its_sentence(page, window, qtbot) -> None:
    project = window.workspace.project
    window.workspace.do(change, "analysis", "o2", measure="MD", model="random")
    page.outcomes.choose("o2")
    tab_of(page).add_studies()
    sheet = tab_of(page).sheet
    first = sheet.records.rows[0].id
    paste(qtbot, sheet, (first, "mean_1"), "5\t0\t20\t6\t2\t20\n4\t2\t30\t6\t2\t30")
    assert "A standard deviation of 0 cannot be used" in problem(sheet, first, "sd_1")
    assert result(window, first).sd_1 == 0
    assert len(project.all(Result, outcome="o2")) == 4


# -- blocks ----------------------------------------------------------------------------------


def test_a_block_is_laid_from_the_current_cell_in_one_step(page, sheet, window, qtbot) -> None:
    paste(qtbot, sheet, ("r2", "events_1"), "1\t10\t2\t11\n3\t12\t4\t13")
    kept = [result(window, key) for key in ("r2", "r3")]
    assert [(one.events_1, one.total_1, one.events_2, one.total_2) for one in kept] == [
        (1, 10, 2, 11), (3, 12, 4, 13)]
    window.undo()
    assert result(window, "r2").events_1 == 17
    assert result(window, "r3").events_1 == 8


def test_a_block_with_names_finds_its_studies_in_any_order(page, sheet, window, qtbot) -> None:
    for key in ("r1", "r4"):
        window.workspace.do(change, "result", key, events_1=None, total_1=None, events_2=None,
                            total_2=None)
    paste(qtbot, sheet, ("r1", "study"), "study 4\t7\t70\t8\t80\nStudy 1\t1\t10\t2\t20")
    assert result(window, "r1").total_1 == 10
    assert result(window, "r4").total_1 == 70


def test_numbers_that_are_there_are_replaced_only_after_asking(page, sheet, window, qtbot) -> None:
    paste(qtbot, sheet, ("r1", "study"), "Study 4\t7\t70\t8\t80")
    asked = window.findChild(PasteLines)
    assert asked is not None
    assert result(window, "r4").total_1 == 104
    assert at(asked.table, "1", "goes") == "Its row, replacing what is there"
    asked.go.click()
    assert result(window, "r4").total_1 == 70


def test_an_unknown_name_below_the_last_row_is_offered_as_a_new_study(
    page, sheet, window, qtbot
) -> None:
    paste(qtbot, sheet, (BLANK, "study"), "Petit 2023\t5\t50\t6\t60\nNobody\t1\t10\t1\t10")
    asked = window.findChild(PasteLines)
    assert asked is not None
    assert at(asked.table, "1", "goes") == "A new study with this name"
    asked.table.edited.emit("2", "goes", "skip")
    assert "1 line is left out" in asked.count.text()
    asked.go.click()
    project = window.workspace.project
    (study,) = project.all(Study, label="Petit 2023")
    (made,) = project.all(Result, study=study.id)
    assert (made.outcome, made.events_1, made.total_2) == ("o1", 5, 60)
    assert project.all(Study, label="Nobody") == ()
    window.undo()
    assert project.all(Study, label="Petit 2023") == ()


def test_lines_below_the_last_row_without_names_are_asked_about(
    page, sheet, window, qtbot
) -> None:
    paste(qtbot, sheet, ("r4", "events_1"), "1\t10\t2\t20\n3\t30\t4\t40")
    assert result(window, "r4").total_1 == 10
    asked = window.findChild(PasteLines)
    assert asked is not None
    assert [at(asked.table, "1", "name"), at(asked.table, "1", "goes")] == [
        "(no name)", "Left out"]


def test_cells_of_a_block_that_cannot_be_read_stay_and_the_rest_is_written(
    page, sheet, window, qtbot
) -> None:
    paste(qtbot, sheet, ("r1", "events_1"), "x\t61\t1,000\t59")
    assert at(sheet, "r1", "events_1") == "x"
    assert at(sheet, "r1", "events_2") == "1,000"
    kept = result(window, "r1")
    assert (kept.events_1, kept.total_1, kept.events_2, kept.total_2) == (18, 61, 29, 59)
    assert "2 cells could not be read" in window.message.words.text()


def test_headings_tell_the_columns(page, sheet, window, qtbot) -> None:
    paste(qtbot, sheet, ("r1", "events_1"), "ci\tn2i\tai\tn1i\n9\t90\t8\t80")
    kept = result(window, "r1")
    assert (kept.events_1, kept.total_1, kept.events_2, kept.total_2) == (8, 80, 9, 90)


def test_columns_that_fit_nothing_are_told(page, sheet, window, qtbot) -> None:
    paste(qtbot, sheet, ("r1", "total_2"), "60\t0.5")
    assert result(window, "r1").total_2 == 60
    assert "column 2" in window.message.words.text()


# -- rows ------------------------------------------------------------------------------------


def test_a_row_left_out_keeps_its_numbers_and_tells_why(page, sheet, window, qtbot) -> None:
    model = sheet.records
    tick = model.index(model.row_of("r3"), model.column_of("included"))
    model.setData(tick, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert result(window, "r3").included == 0
    assert sheet.current_column == "left_out_reason"
    type_into(qtbot, sheet, ("r3", "left_out_reason"), "Same people as Study 2")
    assert at(sheet, "r3", "computed") == "Same people as Study 2"
    assert result(window, "r3").events_1 == 8
    tick = model.index(model.row_of("r3"), model.column_of("included"))
    model.setData(tick, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert (result(window, "r3").included, result(window, "r3").left_out_reason) == (1, "")


def test_all_included_studies_are_added_in_one_step(page, window, qtbot) -> None:
    window.workspace.do(change, "analysis", "o2", measure="MD", model="random")
    page.outcomes.choose("o2")
    assert tab_of(page).empty.isVisible()
    tab_of(page).empty.buttons[0].click()
    assert len(window.workspace.project.all(Result, outcome="o2")) == 4
    window.undo()
    assert window.workspace.project.all(Result, outcome="o2") == ()


def test_subgroups_appear_with_their_tab(page, sheet, window, qtbot) -> None:
    assert not page.tab_row.buttons["subgroups"].isVisible()
    type_into(qtbot, sheet, ("r1", "subgroup"), "Young")
    for key in ("r2", "r3", "r4"):
        type_into(qtbot, sheet, (key, "subgroup"), "Old")
    page.tab_row.buttons["subgroups"].click()
    assert page.tabs["subgroups"].test.text().startswith("Test between subgroups: Q = ")
    said = page.tabs["subgroups"].plot.view.accessibleDescription()
    assert "Young" in said
    assert "Old" in said


def test_the_same_subgroup_twice_is_refused_with_a_sentence(page, sheet, window, qtbot) -> None:
    sheet.choose("r1", "events_1")
    tab_of(page).further.click()
    new = sheet.current_id()
    assert at(sheet, new, "subgroup") == "Subgroup 2"
    sheet.choose(new, "subgroup")
    qtbot.keyClick(sheet, Qt.Key.Key_Delete)
    assert result(window, new).subgroup == "Subgroup 2"


# -- settings --------------------------------------------------------------------------------


def test_nothing_is_preset_and_risk_ratio_is_offered_first(page, window, qtbot) -> None:
    page.outcomes.choose("o2")
    choose = tab_of(page).choose
    assert choose.isVisible()
    offered = [one.text() for one in choose.measures.findChildren(QPushButton)]
    assert offered[0] == "Risk ratio"
    assert window.workspace.project.one(Analysis, "o2") is None
    next(one for one in choose.measures.findChildren(QPushButton)
         if one.text() == "Mean difference").click()
    models = [one for one in choose.models.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in models] == ["Random effects", "Common effect"]
    assert models[0].hasFocus()
    assert not page.tab_row.buttons["forest"].isVisible()
    models[0].click()
    assert tab_of(page).empty.buttons[0].hasFocus()
    assert tab_of(page).line.words.text() == ""
    kept = window.workspace.project.one(Analysis, "o2")
    assert (kept.measure, kept.model, kept.tau2) == ("MD", "random", None)
    assert not choose.isVisible()


def test_an_override_is_an_edit_and_is_told(page, window, qtbot) -> None:
    box = page.settings.choices["tau2"]
    box.setCurrentIndex(box.findData("DL"))
    box.activated.emit(box.currentIndex())
    assert window.workspace.project.one(Analysis, "o1").tau2 == "DL"
    assert page.settings.differs.text() == (
        "Differs from “Cochrane, current”: Between-study variance: DL."
    )
    page.settings.reset.click()
    assert window.workspace.project.one(Analysis, "o1").tau2 is None
    window.undo()
    assert window.workspace.project.one(Analysis, "o1").tau2 == "DL"


def test_a_level_that_makes_no_sense_is_refused_beside_the_field(page, window, qtbot) -> None:
    page.settings.level.edit.setText("200")
    page.settings.level.commit()
    assert "50 to 99.99" in page.settings.level.problem.text()
    assert window.workspace.project.one(Analysis, "o1").level == 0.95
    page.settings.level.edit.setText("90")
    page.settings.level.commit()
    assert window.workspace.project.one(Analysis, "o1").level == 0.9


def test_read_only_says_why(page, window) -> None:
    window.workspace.project.read_only = "This file is protected."
    page.refresh(None)
    tab = tab_of(page)
    assert tab.sheet.records.read_only == "This file is protected."
    assert tab.add.toolTip() == "This file is protected." or not tab.add.isVisible()
    assert page.settings.choices["measure"].toolTip() == "This file is protected."


def test_follow_up_and_dose_are_asked_for_once_the_outcome_declares_them(
    page, sheet, window, qtbot
) -> None:
    assert not {"follow_up", "dose"} & {one.name for one in sheet.records.columns}
    project = window.workspace.project
    assert window.workspace.do(
        change, "outcome", "o1", follow_up=12, follow_up_unit="weeks", dose_unit="mg a day"
    ).ok
    QApplication.processEvents()
    titles = {one.name: one.title for one in sheet.records.columns}
    assert titles["follow_up"] == "Follow-up, weeks"
    assert titles["dose"] == "Dose, mg a day"
    type_into(qtbot, sheet, ("r1", "dose"), "20")
    assert project.one(Result, "r1").dose == 20
    assert window.workspace.do(change, "outcome", "o1", dose_unit="").ok
    QApplication.processEvents()
    assert "dose" in {one.name for one in sheet.records.columns}, "what was entered stays in sight"
