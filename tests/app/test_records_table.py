"""The one table: spreadsheet manners, problems in their cells, places kept by id."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.widgets.record_list import ListItem, RecordList
from app.widgets.records_model import PROBLEM_ROLE, Column, RecordsModel
from app.widgets.records_table import RecordsTable, read_block


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    id: str
    study: str
    events: float | None = None
    total: float | None = None
    design: str | None = None
    included: int = 1


COLUMNS = (
    Column(name="study", title="Study", stretch=True),
    Column(name="events", title="Events", kind="number", editable=True),
    Column(name="total", title="Total", kind="number", editable=True),
    Column(name="design", title="Design", kind="choice", editable=True,
           choices=(("", "Not decided"), ("rct", "Randomised trial"), ("nrs", "Other"))),
    Column(name="included", title="In", kind="check", editable=True),
    Column(name="marks", title="Risk of bias", kind="marks",
           value=lambda _row: (("low", "Low"), ("high", "High"))),
)
ROWS = tuple(Arm(id=f"r{n}", study=f"Study {n}", events=float(n), total=10.0) for n in range(4))


@pytest.fixture
def table(themed, qtbot) -> RecordsTable:
    made = RecordsTable("Numbers", COLUMNS)
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show_rows(ROWS)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def cell(table: RecordsTable, row_id: str, column: str):
    model = table.records
    return model.index(model.row_of(row_id), model.column_of(column))


def test_typing_begins_editing_and_enter_goes_down(table, qtbot) -> None:
    table.choose("r1", "events")
    with qtbot.waitSignal(table.edited) as heard:
        qtbot.keyClicks(table.viewport(), "7")
        editor = table.findChild(QLineEdit)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert heard.args == ["r1", "events", "7"]
    assert table.current_id() == "r2"


def test_enter_after_tabs_goes_below_where_they_began(table, qtbot) -> None:
    table.choose("r1", "events")
    qtbot.keyClicks(table.viewport(), "7")
    qtbot.keyClick(table.findChild(QLineEdit), Qt.Key.Key_Tab)
    editor = next(one for one in table.findChildren(QLineEdit) if one.isVisible())
    assert table.currentIndex() == cell(table, "r1", "total")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table.currentIndex() == cell(table, "r2", "events")
    table.choose("r1", "total")
    qtbot.keyClicks(table.viewport(), "7")
    editor = next(one for one in table.findChildren(QLineEdit) if one.isVisible())
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table.currentIndex() == cell(table, "r2", "total")


def test_a_list_of_choices_sends_the_stored_code(table, qtbot) -> None:
    table.choose("r1", "design")
    table.edit(table.currentIndex())
    box = table.findChild(QComboBox)
    box.setCurrentIndex(1)
    with qtbot.waitSignal(table.edited) as heard:
        box.activated.emit(1)
    assert heard.args == ["r1", "design", "rct"]


def test_a_tick_is_sent_as_zero_or_one(table, qtbot) -> None:
    with qtbot.waitSignal(table.edited) as heard:
        table.records.setData(
            cell(table, "r0", "included"), Qt.CheckState.Unchecked.value,
            Qt.ItemDataRole.CheckStateRole,
        )
    assert heard.args == ["r0", "included", 0]


def test_a_block_from_excel_is_laid_from_the_current_cell(table, qtbot) -> None:
    table.choose("r2", "events")
    QApplication.clipboard().setText("1\t20\trandomised trial\r\n2\t30\r\n3\t40\r\n")
    fitting, below = [], []
    table.pasted.connect(fitting.extend)
    table.pasted_below.connect(below.extend)
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert fitting == [
        ("r2", {"events": "1", "total": "20", "design": "rct"}),
        ("r3", {"events": "2", "total": "30"}),
    ]
    assert below == [{"events": "3", "total": "40"}]


def test_cells_that_cannot_be_edited_are_not_pasted_into(table, qtbot) -> None:
    table.choose("r0", "study")
    with qtbot.waitSignal(table.pasted) as heard:
        table.paste("Other name\t5")
    assert heard.args[0] == [("r0", {"events": "5"})]


def test_copy_reads_back_as_a_block(table, qtbot) -> None:
    table.records.set_rows([replace(ROWS[0], events=-1.5)])
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert read_block(QApplication.clipboard().text()) == [
        ["Study 0", "-1.5", "10", "", "", "Low, High"]
    ]


def test_delete_clears_what_can_be_edited(table, qtbot) -> None:
    table.selectRow(1)
    with qtbot.waitSignal(table.cleared) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert heard.args[0] == [("r1", {"events": "", "total": "", "design": ""})]


def test_what_was_refused_stays_with_its_reason(table) -> None:
    table.refuse("r1", "events", "twelve", "“twelve” is not a number.")
    index = cell(table, "r1", "events")
    assert index.data() == "twelve"
    assert index.data(PROBLEM_ROLE) == "“twelve” is not a number."
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "“twelve” is not a number."
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Events, twelve, “twelve” is not a number."
    table.show_rows(ROWS)
    assert cell(table, "r1", "events").data() == "twelve"
    table.records.accept("r1", "events")
    assert cell(table, "r1", "events").data() == "1"


def test_a_problem_of_the_row_is_marked_in_its_cell(table) -> None:
    table.show_rows(ROWS, {("r3", "events"): "More events than people (134 of 104)."})
    assert "More events" in cell(table, "r3", "events").data(PROBLEM_ROLE)
    assert not cell(table, "r3", "total").data(PROBLEM_ROLE)
    red = table.grab().toImage()
    table.show_rows(ROWS)
    assert table.grab().toImage() != red


def test_the_place_is_kept_by_id(table, qtbot) -> None:
    table.choose("r2", "total")
    with qtbot.assertNotEmitted(table.chosen):
        table.show_rows(reversed(ROWS))
    assert table.current_id() == "r2"
    assert table.currentIndex().column() == 2


def test_when_the_row_is_gone_the_next_one_is_current(table, qtbot) -> None:
    table.choose("r2")
    with qtbot.waitSignal(table.chosen) as heard:
        table.show_rows([row for row in ROWS if row.id != "r2"])
    assert heard.args == ["r3"]


def test_read_only_says_why(table) -> None:
    table.set_read_only("This file is protected.")
    index = cell(table, "r0", "events")
    assert not table.records.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "This file is protected."
    table.paste("1")
    assert cell(table, "r0", "events").data() == "0"


def test_marks_are_words_for_everybody_else(table) -> None:
    index = cell(table, "r0", "marks")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Risk of bias, Low, High"


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: text.strip() == text and not text.startswith('"')
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_block_reads_back(block: list[list[str]]) -> None:
    assert read_block("\r\n".join("\t".join(row) for row in block) + "\r\n") == block


def test_cells_with_line_breaks_are_one_cell() -> None:
    assert read_block('"two\nlines"\t5\n') == [["two\nlines", "5"]]


def test_numbers_are_shown_with_a_true_minus_and_no_needless_zeros() -> None:
    model = RecordsModel((Column(name="events", title="Events"),))
    model.set_rows([Arm(id="1", study="", events=-12.0), Arm(id="2", study="")])
    assert [model.index(n, 0).data() for n in range(2)] == ["−12", ""]


class TestRecordList:
    @pytest.fixture
    def listed(self, themed, qtbot) -> RecordList:
        made = RecordList("Results to assess")
        qtbot.addWidget(made)
        made.show_items([
            ListItem(id="h", title="To do", heading=True),
            ListItem(id="1", title="Ahorn 2014", subtitle="Pain", marks=(("low", "Low"),)),
            ListItem(id="2", title="Birke 2015", labelled=(("A", "low", "Low"),), flagged=True),
            ListItem(id="3", title="Calla 2016", rated=True, certainty=3, word="Moderate"),
        ])
        made.show()
        return made

    def test_headings_are_stepped_over(self, listed, qtbot) -> None:
        listed.choose("1")
        listed.step(-1)
        assert listed.current_id() == "1"
        with qtbot.waitSignal(listed.chosen) as heard:
            listed.step(1)
        assert heard.args == ["2"]

    def test_the_place_is_kept_and_the_chosen_one_told(self, listed, qtbot) -> None:
        listed.choose("2")
        with qtbot.assertNotEmitted(listed.chosen):
            listed.show_items(reversed(listed.items))
        assert listed.current_id() == "2"
        with qtbot.waitSignal(listed.chosen) as heard:
            listed.show_items([ListItem(id="9", title="Only")], choose="9")
        assert heard.args == ["9"]

    def test_entries_are_words_for_everybody_else(self, listed) -> None:
        said = [
            listed.model().index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            for n in range(1, 4)
        ]
        assert said == ["Ahorn 2014, Pain, Low", "Birke 2015, A: Low, flagged",
                        "Calla 2016, Moderate"]

    def test_enter_opens(self, listed, qtbot) -> None:
        listed.choose("3")
        with qtbot.waitSignal(listed.opened) as heard:
            qtbot.keyClick(listed, Qt.Key.Key_Return)
        assert heard.args == ["3"]


def test_an_entry_says_its_judgements_and_how_many_there_are() -> None:
    marks = (("low", "Low risk"), ("open", ""), ("open", ""))
    begun = ListItem(id="s", title="Aoki 2009", marks=marks)
    done = ListItem(id="s", title="Aoki 2009", marks=marks[:1])
    assert begun.said == "Aoki 2009, Low risk, 1 of 3 judged"
    assert done.said == "Aoki 2009, Low risk"
