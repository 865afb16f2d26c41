"""The views of an analysis, the calculator, and outcomes that are not pooled here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app import background
from app.pages.data_parts.calculator import CalculatorOverlay
from assessments.bodies import gathered
from assessments.review import Analysis, Narrative, Outcome, PublishedEstimate
from assessments.review_edits import add, change, remove
from tests.app.data_review import fill, page_of, result, tab_of
from tests.app.test_spoken_names import nameless
from tests.conftest import done


@pytest.fixture
def page(window):
    fill(window.workspace.project)
    made = page_of(window)
    made.outcomes.choose("o1")
    QApplication.processEvents()
    return made


def show(page, name: str):
    page.tab_row.buttons[name].click()
    QApplication.processEvents()
    return page.tabs[name]


def test_only_views_with_something_to_show_are_there(page) -> None:
    shown = [name for name, one in page.tab_row.buttons.items() if one.isVisible()]
    assert shown == ["data", "forest", "leave_one_out", "small_studies", "absolute", "models"]


def test_every_view_speaks(page, window) -> None:
    for name, one in page.tab_row.buttons.items():
        if one.isVisible():
            show(page, name)
            assert nameless(window) == [], name


def test_the_forest_plot_has_a_twin_that_says_the_same(page, qtbot) -> None:
    tab = show(page, "forest")
    tab.plot.as_table.click()
    model = tab.plot.table.records
    rows = [[str(model.index(r, c).data()) for c in range(model.columnCount())]
            for r in range(model.rowCount())]
    assert rows[0][:4] == ["Study 1", "18 / 62", "29 / 60", rows[0][3]]
    assert rows[0][4] == "0.60 [0.38, 0.96]"
    assert "0.60 [0.38, 0.96]" in tab.plot.view.accessibleDescription()
    tab.plot.copy()
    clipboard = QApplication.clipboard()
    assert "Study 1\t18 / 62\t29 / 60" in clipboard.text()
    assert clipboard.mimeData().hasImage()


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_figure_is_saved(page, monkeypatch, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"plot.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    show(page, "forest").plot.export()
    assert target.stat().st_size > 1000


def test_a_row_pointed_at_can_be_left_out_in_thought_and_in_deed(page, window, qtbot) -> None:
    tab = show(page, "forest")
    tab.view.setFocus()
    for _press in range(3):
        qtbot.keyClick(tab.view, Qt.Key.Key_Down)
    assert tab.notice.text().startswith("Study 3: weight ")
    tab.without.click()
    assert tab.notice.text().startswith("Without Study 3: 0.")
    assert "(3 studies); with all: 0." in tab.notice.text()
    assert result(window, "r3").included == 1
    tab.leave.click()
    assert result(window, "r3").included == 0
    window.undo()
    assert result(window, "r3").included == 1


def test_leaving_each_study_out_shows_every_study(page) -> None:
    tab = show(page, "leave_one_out")
    rows = tab.plot.table.records.rows
    assert [row.label for row in rows] == [
        "All studies", *(f"without Study {n}" for n in (1, 2, 3, 4))]
    assert [row.k for row in rows] == ["4", "3", "3", "3", "3"]
    assert tab.told.text()


def test_studies_are_added_one_by_one_by_year_or_weight(page, window) -> None:
    for number, year in ((1, 2011), (2, 2003), (3, 2019)):
        done(change(window.workspace.project, "study", f"s{number}", year=year))
    tab = show(page, "leave_one_out")
    tab.ways.buttons["cumulative"].click()
    rows = tab.plot.table.records.rows
    # Study 4 has no year and comes last
    assert [row.label for row in rows] == [
        "Study 2", "+ Study 1", "+ Study 3", "+ Study 4", "All studies"]
    assert [row.k for row in rows] == ["1", "2", "3", "4", "4"]
    assert rows[3].effect == rows[4].effect
    assert tab.order.isVisible()
    tab.order.setCurrentIndex(tab.order.findData("weight"))
    tab.order.activated.emit(tab.order.currentIndex())
    assert tab.plot.table.records.rows[0].label == "Study 4"


def test_influence_names_what_moves_the_result(page, window) -> None:
    # far fewer events in arm 1 than in the other three studies
    window.workspace.do(change, "result", "r3", events_1=1, total_1=400, events_2=38, total_2=400)
    tab = show(page, "leave_one_out")
    tab.ways.buttons["influence"].click()
    rows = {row.label: row for row in tab.table.records.rows}
    assert "outlying" in rows["Study 3"].remark
    assert not tab.order.isVisible()
    named = [row.label for row in tab.table.records.rows if "influential" in row.remark]
    assert "Study 3" in named
    assert tab.told.text().endswith(f": {', '.join(named)}.")
    tab.ways.buttons["leave_one_out"].click()
    assert tab.plot.table.records.rows[0].label == "All studies"


def test_many_studies_are_left_out_in_the_background(page, monkeypatch, qtbot) -> None:
    monkeypatch.setattr("app.pages.data_parts.leave_one_out_tab._IN_BACKGROUND_FROM", 3)
    tab = show(page, "leave_one_out")
    qtbot.waitUntil(lambda: len(tab.plot.table.records.rows) == 5)
    qtbot.waitUntil(lambda: not tab.progress.isVisible())
    assert tab.plot.table.records.rows[0].label == "All studies"


def test_models_stand_side_by_side_and_the_chosen_one_is_told(page) -> None:
    labels = [row.label for row in show(page, "models").plot.table.records.rows]
    assert labels[0] == "As chosen"
    assert "Common effect, Mantel-Haenszel" in labels
    assert "Random effects, DerSimonian-Laird, Wald" in labels


def test_the_bootstrap_runs_beside_and_gives_the_same_twice(page, qtbot) -> None:
    tab = show(page, "models")
    told = []
    for _run in range(2):
        tab.go.click()
        assert tab.progress.isVisible()
        qtbot.waitUntil(lambda: bool(tab.drawn.text()), timeout=20_000)
        told.append(tab.drawn.text())
    assert told[0] == told[1]
    assert told[0].replace("\u00a0", " ").startswith("Percentiles of 10 000 draws: 0.")


def test_the_bootstrap_can_be_cancelled(page, qtbot) -> None:
    tab = show(page, "models")
    tab.go.click()
    tab.progress.cancel.click()
    background.wait()
    QApplication.processEvents()
    assert tab.drawn.text() == ""
    assert tab.go.isEnabled()


def test_small_studies_are_tested_with_a_caution(page) -> None:
    tab = show(page, "small_studies")
    assert "advised from 10 studies on" in tab.caution.text()
    told = {row.id: row.remark for row in tab.table.records.rows}
    assert told["egger"] == "Does not suit this measure"
    assert told["harbord"] == ""


def test_the_funnel_plot_names_studies_by_key_and_has_a_twin(page, qtbot) -> None:
    tab = show(page, "small_studies")
    qtbot.keyClick(tab.plot.view, Qt.Key.Key_Down)
    first = tab.points[tab.plot.view.row]
    assert tab.notice.text().startswith(f"{first.label}: {first.effect}, SE ")
    assert "not to be tested" in tab.plot.view.accessibleName()
    tab.plot.as_table.click()
    model = tab.plot.table.records
    shown = [str(model.index(r, 0).data()) for r in range(model.rowCount())]
    assert sorted(shown) == ["Study 1", "Study 2", "Study 3", "Study 4"]
    errors = [float(str(model.index(r, 2).data())) for r in range(model.rowCount())]
    assert errors == sorted(errors)


def test_absolute_effects_follow_the_assumed_risk(page, window) -> None:
    window.workspace.do(change, "outcome", "o1", baseline_risk=0.4)
    tab = show(page, "absolute")
    (row,) = tab.table.records.rows
    assert row.row.comparator == "400 per 1000"
    assert "fewer per 1000" in row.row.difference
    window.resize(1280, 720)
    QApplication.processEvents()
    table = tab.table
    assert table.sizeHintForRow(0) <= table.rowHeight(0)
    assert table.rowHeight(0) > table.fontMetrics().lineSpacing() * 2
    assert sum(table.columnWidth(n) for n in range(5)) <= table.viewport().width()
    tab.risk_form.inputs["baseline_risk"].edit.setText("1,2,3")
    tab.risk_form.inputs["baseline_risk"].commit()
    assert tab.risk_form.inputs["baseline_risk"].problem.text()
    assert window.workspace.project.one(Outcome, "o1").baseline_risk == 0.4


# -- calculator ------------------------------------------------------------------------------


@pytest.fixture
def calculator(page, window):
    project = window.workspace.project
    done(change(project, "analysis", "o2", measure="MD", model="random"))
    done(add(project, "result", id="m1", study="s1", outcome="o2", mean_1=5, total_1=25,
             mean_2=7, sd_2=2, total_2=30))
    page.refresh(None)
    page.outcomes.choose("o2")
    tab_of(page).sheet.choose("m1", "sd_1")
    tab_of(page).calculate.click()
    return window.findChild(CalculatorOverlay)


def test_an_sd_from_a_standard_error_says_where_it_comes_from(
    calculator, page, window, qtbot
) -> None:
    assert calculator.inputs["n"].text() == "25"
    assert not calculator.go.isEnabled()
    qtbot.keyClicks(calculator.inputs["se"], "0,4")
    assert calculator.outcome.text() == "SD, Training = 2"
    qtbot.keyClick(calculator.inputs["se"], Qt.Key.Key_Return)
    assert result(window, "m1").sd_1 == pytest.approx(2.0)
    sheet = tab_of(page).sheet
    sheet.choose("m1", "sd_1")
    assert "sd 2 from se 0.4, n 25: SD = SE × √n" in tab_of(page).line.words.text()
    tab_of(page).line.findChild(QPushButton).click()
    assert result(window, "m1").sd_1 is None
    assert result(window, "m1").derived == ""


def test_what_cannot_be_is_told_beside_the_field(calculator, qtbot) -> None:
    qtbot.keyClicks(calculator.inputs["se"], "-1")
    assert "above 0" in calculator.problem.text()
    assert calculator.inputs["se"].property("problem") is True
    assert not calculator.go.isEnabled()


def test_a_number_typed_over_a_derived_one_is_no_longer_derived(
    calculator, page, window, qtbot
) -> None:
    qtbot.keyClicks(calculator.inputs["se"], "0.4")
    calculator.go.click()
    tab_of(page)._edit("m1", "sd_1", "3")
    assert (result(window, "m1").sd_1, result(window, "m1").derived) == (3, "")


# -- other kinds of evidence -----------------------------------------------------------------


def test_a_published_estimate_is_never_shown_as_calculated(page, window, qtbot) -> None:
    window.workspace.do(change, "outcome", "o2", evidence="published")
    page.outcomes.choose("o2")
    form = page.forms.currentWidget()
    for name, text in (("estimate", "0.8"), ("ci_low", "0.7"), ("ci_high", "1,1")):
        form.form.inputs[name].edit.setText(text)
        form.form.inputs[name].commit()
    window.workspace.do(change, "published_estimate", "o2", measure="RR")
    assert window.workspace.project.one(PublishedEstimate, "o2").ci_high == 1.1
    assert "not symmetric" in form.remarks.text()
    assert page.outcomes.items[1].subtitle == "Published: RR 0.8"
    assert not page.tab_row.isVisible()


def test_directions_are_counted_beside_a_synthesis_in_words(page, window) -> None:
    window.workspace.do(change, "outcome", "o2", evidence="narrative")
    window.workspace.do(change, "narrative", "o2", favours_intervention=4, no_difference=2,
                        studies=7)
    page.outcomes.choose("o2")
    form = page.forms.currentWidget()
    assert form.directions.said.text() == (
        "4 favour the intervention, 2 show no clear difference, 0 favour the comparator. "
        "Together 6, but 7 studies are stated."
    )
    assert window.workspace.project.one(Narrative, "o2").studies == 7


def test_an_outcome_nobody_decided_about_is_asked_about(page, window) -> None:
    window.workspace.do(change, "outcome", "o2", evidence=None)
    page.outcomes.choose("o2")
    buttons = page.forms.currentWidget().findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Not reported").click()
    assert window.workspace.project.one(Outcome, "o2").evidence == "not_reported"
    assert page.outcomes.items[1].subtitle == "Not reported"


def test_a_review_without_outcomes_says_what_the_page_is_for(qtbot, window) -> None:
    for one in ("o1", "o2"):
        done(window.workspace.do(remove, "outcome", one))
    page = page_of(window)
    assert page.empty.isVisible()


def test_a_single_study_is_shown_without_pooling(page, window) -> None:
    for key in ("r2", "r3", "r4"):
        window.workspace.do(change, "result", key, included=0)
    outcome = window.workspace.project.one(Outcome, "o1")
    assert gathered(window.workspace.project, outcome).pooled.k == 1
    assert tab_of(page).cards.plan.text() == "No pooling with one study"
    assert window.workspace.project.one(Analysis, "o1").model == "random"
