"""The page Review: next steps, coverage, question, people, comparisons and outcomes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.main_window import MainWindow
from app.pages.coverage import coverage
from app.widgets.note_field import NoteField
from assessments.assignments import risk_of_bias_assignments
from assessments.review import Baseline, Comparison, Outcome, Person, PublishedEstimate
from assessments.review_edits import add, change, remove


def words(widget) -> set[str]:
    return {one.text() for one in widget.findChildren(QLabel) if one.isVisible()}


def type_into(field: NoteField, text: str, qtbot) -> None:
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, text)
    field.commit()


class TestOverview:
    def test_a_review_without_studies_offers_the_first_step(
        self, window: MainWindow, qtbot
    ) -> None:
        for study in ("s1", "s2"):
            window.workspace.do(remove, "study", study)
        assert window.page.overview.empty.isVisible()
        assert window.page.overview.empty.buttons[0].text() == "Add studies"
        window.page.overview.empty.buttons[1].click()
        assert window.page.tabs.shown == "question"

    def test_next_steps_are_counted_for_the_one_who_sits_here(self, window: MainWindow) -> None:
        project = window.workspace.project
        window.workspace.do(add, "result", study="s1", outcome="o1")
        found = coverage(project, "a")
        assert found.to_assess == len(risk_of_bias_assignments(project)) == 1
        assert found.next_result == "Next: Study 1, Falls"
        QApplication.processEvents()
        assert "result to assess" in words(window.page)

    def test_cells_say_what_there_is(self, window: MainWindow) -> None:
        window.workspace.do(add, "result", study="s1", outcome="o1")
        grid = window.page.overview.grid
        model = grid.model()
        said = [
            [model.index(r, c).data(Qt.ItemDataRole.AccessibleTextRole)
             for c in range(model.columnCount())] for r in range(model.rowCount())
        ]
        assert said == [["Study 1, Falls: to do"], ["Study 2, Falls: not applicable"]]

    def test_a_cell_opens_its_result(self, window: MainWindow, qtbot) -> None:
        result = window.workspace.do(add, "result", study="s1", outcome="o1").value
        grid = window.page.overview.grid
        with qtbot.waitSignal(window.page.overview.wanted) as heard:
            grid.setCurrentIndex(grid.model().index(0, 0))
            grid.activated.emit(grid.currentIndex())
        assert heard.args == ["risk_of_bias", result]

    def test_people_can_sit_down(self, window: MainWindow) -> None:
        buttons = {
            one.accessibleName(): one
            for one in window.page.overview.findChildren(QPushButton) if one.isVisible()
        }
        buttons["Name B sits down here"].click()
        assert window.workspace.seat == "b"


class TestQuestion:
    @pytest.fixture
    def tab(self, window: MainWindow):
        window.open("review", "question")
        return window.page.question

    def test_it_is_edited_in_place(self, window: MainWindow, tab, qtbot) -> None:
        type_into(tab.form.inputs["title"], "Vitamin D and falls", qtbot)
        type_into(tab.form.inputs["population"], "Adults over 65", qtbot)
        review = window.workspace.review
        assert (review.title, review.population) == ("Vitamin D and falls", "Adults over 65")
        assert window.top.title.text() == "Vitamin D and falls"
        window.undo()
        assert tab.form.inputs["population"].text() == ""

    def test_people_are_added_named_and_removed(self, window: MainWindow, tab, qtbot) -> None:
        tab.new_person.click()
        person = tab.people.current_id()
        tab.people.edited.emit(person, "name", "Clara Calla")
        found = window.workspace.project.one(Person, person)
        assert (found.role, found.name, found.initials) == ("arbiter", "Clara Calla", "CC")
        tab.gone_person.click()
        assert window.workspace.project.one(Person, person) is None
        window.message.action.click()
        assert window.workspace.project.one(Person, person) is not None

    def test_two_people_cannot_be_assessor_a(self, window: MainWindow, tab) -> None:
        tab.people.edited.emit("person-b", "role", "a")
        assert window.workspace.project.one(Person, "person-b").role == "b"
        row = tab.people.records.row_of("person-b")
        index = tab.people.records.index(row, 2)
        assert "There is already an assessor A" in index.data(Qt.ItemDataRole.ToolTipRole)


class TestOutcomes:
    @pytest.fixture
    def tab(self, window: MainWindow):
        window.open("review", "o1")
        return window.page.outcomes

    def test_the_status_line_follows_what_is_chosen(self, window: MainWindow, tab) -> None:
        for outcome in ("o2", "o1"):
            tab.list.choose(outcome)
            assert window.status.context.text() == tab.context()
            assert tab.context() == window.workspace.project.one(Outcome, outcome).label

    def test_a_new_comparison_begins_with_the_question(self, window: MainWindow, tab) -> None:
        window.workspace.do(change, "review", "review", population="Adults", setting="Choirs")
        tab.new_comparison.click()
        made = window.workspace.project.one(Comparison, tab.list.current_id())
        assert (made.population, made.setting) == ("Adults", "Choirs")

    def test_an_outcome_is_added_below_its_comparison(self, window: MainWindow, tab) -> None:
        tab.new_comparison.click()
        comparison = tab.list.current_id()
        tab.new_outcome.click()
        outcome = window.workspace.project.one(Outcome, tab.list.current_id())
        assert outcome.comparison == comparison
        assert [one.id for one in tab.list.items] == ["c1", "o1", "o2", comparison, outcome.id]

    def test_all_fields_are_kept(self, window: MainWindow, tab, qtbot) -> None:
        form = tab.outcome_form
        type_into(form.what.inputs["time_point"], "12 weeks", qtbot)
        type_into(form.what.inputs["scale_max"], "10", qtbot)
        type_into(form.thresholds.inputs["mid"], "1,5", qtbot)
        type_into(form.thresholds.inputs["mid_source"], "Invented 2014", qtbot)
        form.kind.inputs["importance"].buttons[7].click()
        outcome = window.workspace.project.one(Outcome, "o1")
        assert (outcome.time_point, outcome.scale_max, outcome.mid) == ("12 weeks", 10.0, 1.5)
        assert (outcome.mid_source, outcome.importance) == ("Invented 2014", 8)

    def test_a_number_that_is_none_is_refused_beside_the_field(self, tab, qtbot) -> None:
        field = tab.outcome_form.baseline.inputs["baseline_risk"]
        type_into(field, "12", qtbot)
        assert "outside of what is possible" in field.problem.text()
        assert field.text() == "12"

    def test_the_kind_of_evidence_brings_its_fields(self, window: MainWindow, tab, qtbot) -> None:
        form = tab.outcome_form
        assert not form.published.isVisible()
        window.workspace.do(change, "outcome", "o1", evidence="published")
        assert form.published.isVisible()
        type_into(form.published.inputs["estimate"], "-0.10", qtbot)
        assert window.workspace.project.one(PublishedEstimate, "o1").estimate == -0.1
        window.workspace.do(change, "outcome", "o1", evidence="narrative")
        assert form.narrative.isVisible()
        assert not form.published.isVisible()
        window.workspace.do(change, "outcome", "o1", evidence="not_reported")
        assert not form.thresholds.isVisible()

    def test_further_risks_are_a_table(self, window: MainWindow, tab) -> None:
        window.workspace.do(add, "baseline", outcome="o1", label="High", risk=0.3)
        row = tab.outcome_form.baselines.records.rows[0]
        tab.outcome_form.baselines.edited.emit(row.id, "risk", "0.4")
        assert window.workspace.project.one(Baseline, row.id).risk == 0.4
        tab.outcome_form.baselines.edited.emit(row.id, "risk", "40")
        assert window.workspace.project.one(Baseline, row.id).risk == 0.4
        assert tab.outcome_form.baselines.records.index(0, 1).data() == "40"

    def test_order_and_removal_can_be_undone(self, window: MainWindow, tab) -> None:
        tab.down.click()
        assert [one.id for one in tab.list.items] == ["c1", "o2", "o1"]
        tab.list.choose("c1")
        tab.gone.click()
        assert window.workspace.project.all(Comparison) == ()
        window.message.action.click()
        assert len(window.workspace.project.all(Outcome)) == 2
