"""The page of the summary of findings: the exported table, ordered, worded, copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app import theme
from app.main_window import MainWindow
from app.pages.summary_of_findings import SummaryOfFindingsPage
from app.pages.summary_parts.statement_editor import StatementEditor
from assessments.review import Comparison, Outcome, Person
from assessments.review_edits import change
from assessments.samples import build
from assessments.summary_of_findings import build as tables_of
from assessments.summary_of_findings.grid import CERTAINTY, NAME, WHAT_HAPPENS
from tests.app.test_spoken_names import nameless


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("samples")
    made = {name: folder / f"{name}.tandem" for name in ("invented", "founding")}
    for name, path in made.items():
        build(name, path).close()
    return made


@pytest.fixture
def open_page(
    themed: QApplication, samples: dict[str, Path], tmp_path: Path,
    open_window: Callable[..., MainWindow],
) -> Callable[[str], SummaryOfFindingsPage]:
    def opened(name: str) -> SummaryOfFindingsPage:
        path = tmp_path / "Sample.tandem"
        path.write_bytes(samples[name].read_bytes())
        window = open_window(path)
        people = window.workspace.project.all(Person)
        window.workspace.sit(next(one.id for one in people if one.role == "a"))
        window.open("summary_of_findings", "")
        QApplication.processEvents()
        page = window.page
        assert isinstance(page, SummaryOfFindingsPage)
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[str], SummaryOfFindingsPage]) -> SummaryOfFindingsPage:
    return open_page("invented")


def _order(page: SummaryOfFindingsPage) -> list[str]:
    table = tables_of(page.workspace.project)[0]
    return [one.name.text for one in table.rows]


def _cell(page: SummaryOfFindingsPage, outcome: str, kind: str) -> str:
    found = page.view.found
    piece = next(one for one in found.grid.pieces if (one.outcome, one.kind) == (outcome, kind))
    return str(found.index(piece.row, piece.column).data())


def _editor(page: SummaryOfFindingsPage) -> StatementEditor:
    editor = page.view.editor
    assert isinstance(editor, StatementEditor)
    return editor


def test_every_cell_is_that_of_the_exported_object(page: SummaryOfFindingsPage):
    table = tables_of(page.workspace.project)[0]
    assert page.table is table
    for row in table.rows:
        assert _cell(page, row.outcome.id, CERTAINTY).endswith(
            row.certainty.plain.split(" ", 1)[-1] if row.certainty.word else "–"
        )
        assert _cell(page, row.outcome.id, WHAT_HAPPENS) == row.what_happens
    assert page.header.title.text() == table.title
    assert page.progress.text() == "2 of 3 outcomes rated"
    assert page.draft.text() == "Draft, not final"


def test_cells_and_headings_are_read_aloud(page: SummaryOfFindingsPage):
    found = page.view.found
    first = page.table.rows[0]
    piece = next(
        one for one in found.grid.pieces
        if (one.outcome, one.kind) == (first.outcome.id, CERTAINTY)
    )
    said = found.index(piece.row, piece.column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Certainty of the evidence (GRADE): Moderate, 3 of 4, notes c"
    heading = found.headerData(
        3, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert heading == "Anticipated absolute effects* (95% CI): Difference"
    spoken = QAccessible.queryAccessibleInterface(page.view)
    assert spoken.role() == QAccessible.Role.Table
    assert nameless(page) == []


def test_no_word_is_cut_and_the_table_is_as_high_as_its_words(page: SummaryOfFindingsPage):
    for zoom in (100, 200):
        theme.apply("light", zoom)
        QApplication.processEvents()
        view = page.view
        for piece in view.found.grid.pieces:
            width = sum(
                view.columnWidth(n) for n in range(piece.column, piece.column + piece.columns)
            )
            height = sum(view.rowHeight(n) for n in range(piece.row, piece.row + piece.rows))
            assert view.painter.longest_word(piece) <= width
            assert view.painter.height(piece, width) <= height
        needed = view.header.height() + view.verticalHeader().length()
        assert view.height() >= needed
        assert page.notes.height() == page.notes.layout().totalHeightForWidth(page.notes.width())
    theme.apply("light", 100)


def test_alt_arrows_order_the_outcomes_and_undo_takes_it_back(page: SummaryOfFindingsPage):
    before = _order(page)
    page.view.setFocus()
    page.view.go_to(page.table.rows[0].outcome.id)
    QTest.keyClick(page.window(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _order(page) == [before[1], before[0], *before[2:]]
    assert page.context() == "Outcome 2 of 4"
    QTest.keyClick(page.window(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page.window(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _order(page) == before
    page.workspace.undo()
    assert _order(page) == [before[1], before[0], *before[2:]]


def _drag(view: QTableView, start: QPoint, end: QPoint) -> None:
    area: QWidget = view.viewport()
    steps = (
        (QEvent.Type.MouseButtonPress, start), (QEvent.Type.MouseMove, (start + end) / 2),
        (QEvent.Type.MouseMove, end), (QEvent.Type.MouseButtonRelease, end),
    )
    left = Qt.MouseButton.LeftButton
    for kind, spot in steps:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
        QApplication.sendEvent(area, QMouseEvent(
            kind, QPointF(spot), QPointF(area.mapToGlobal(spot)), left, held,
            Qt.KeyboardModifier.NoModifier,
        ))


def test_an_outcome_is_dragged_to_another_place(page: SummaryOfFindingsPage):
    before, view = _order(page), page.view
    ids = [one.outcome.id for one in page.table.rows]
    start = view._box(ids[2]).center()
    _drag(view, QPoint(40, start.y()), QPoint(40, view._box(ids[0]).top() + 2))
    assert _order(page) == [before[2], before[0], before[1], before[3]]


def test_a_statement_is_edited_in_its_cell_marked_and_reset(page: SummaryOfFindingsPage):
    first = page.table.rows[0]
    page.view.go_to(first.outcome.id, WHAT_HAPPENS)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    editor = _editor(page)
    assert editor.statement.text() == first.statement.generated
    assert editor.reset.isHidden()
    editor.statement.edit.setPlainText("Lessons prevent cancelled concerts, in our words.")
    QTest.keyClick(editor.statement.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.view.editor is None
    outcome = page.workspace.project.one(Outcome, first.outcome.id)
    assert outcome.statement == "Lessons prevent cancelled concerts, in our words."
    assert outcome.statement_from == first.statement.generated
    row = page.table.row(first.outcome.id)
    assert row.statement.edited
    found = page.view.found
    index = page.view.currentIndex()
    assert "(edited)" in found.data(index, Qt.ItemDataRole.AccessibleTextRole)
    page.edit(first.outcome.id)
    _editor(page).reset.click()
    assert page.workspace.project.one(Outcome, first.outcome.id).statement == ""
    assert _editor(page).statement.text() == first.statement.generated
    page.close_editor()
    assert not page.table.row(first.outcome.id).statement.edited


def test_typing_the_sentence_of_the_program_is_no_edit(page: SummaryOfFindingsPage):
    first = page.table.rows[0]
    page.edit(first.outcome.id)
    _editor(page).statement.edit.setPlainText(f"{first.statement.generated} ")
    page.close_editor()
    assert page.workspace.project.one(Outcome, first.outcome.id).statement == ""


def test_comments_are_edited_in_both_layouts(page: SummaryOfFindingsPage):
    first = page.table.rows[0].outcome.id
    page.layouts.show_tab("cochrane")
    assert page.view.found.columnCount() == 7
    page.edit(first)
    assert not _editor(page).with_statement
    _editor(page).comment.edit.setPlainText("Two trials were small.")
    page.close_editor()
    assert page.table.row(first).comments == "Two trials were small."
    page.layouts.show_tab("cochrane_plus")
    assert page.view.found.columnCount() == 8
    assert _cell(page, first, WHAT_HAPPENS).endswith("\nTwo trials were small.")


def test_the_header_is_edited_by_clicking_a_line(page: SummaryOfFindingsPage):
    _heading, words = page.block.lines["setting"]
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    field = page.block.form.inputs["setting"]
    assert field.edit.hasFocus()
    field.edit.setPlainText("Choirs in Europe")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert page.block.stack.currentIndex() == 0
    comparison = page.workspace.project.all(Comparison)[0]
    assert comparison.setting == "Choirs in Europe"
    assert words.text() == "Choirs in Europe"
    assert ("Setting", "Choirs in Europe") in page.table.header


def test_what_is_missing_is_said_and_leads_there(page: SummaryOfFindingsPage):
    asked: list[tuple[str, str]] = []
    page.wanted.disconnect()
    page.wanted.connect(lambda name, target: asked.append((name, target)))
    unrated = next(one for one in page.table.rows if one.certainty.level is None and one.groups)
    assert [one.text for one in page.ends.shown] == [
        f"Certainty not rated yet: {unrated.name.text}"
    ]
    page.ends.wanted.emit(page.ends.shown[0].page, page.ends.shown[0].target)
    page.view.opened.emit(unrated.outcome.id, CERTAINTY)
    page.view.opened.emit(unrated.outcome.id, NAME)
    assert asked == [
        ("grade", unrated.outcome.id), ("grade", unrated.outcome.id),
        ("review", unrated.outcome.id),
    ]


def test_what_changed_since_it_was_rated_is_out_of_date_and_an_edited_sentence_too(
    page: SummaryOfFindingsPage,
):
    first = page.table.rows[0]
    page.edit(first.outcome.id)
    _editor(page).statement.edit.setPlainText("Our own sentence.")
    page.close_editor()
    page.workspace.do(change, "outcome", first.outcome.id, mid="500")
    texts = [one.text for one in page.ends.shown]
    assert any(text.startswith(f"{first.name.text}: changed since it was rated.")
               for text in texts)
    assert f"{first.name.text}: the edited statement was written for other numbers." in texts
    assert page.progress.text() == "1 of 3 outcomes rated"


def test_the_table_is_copied_as_html_and_as_text_with_tabs(page: SummaryOfFindingsPage):
    QTest.keyClick(
        page.window(), Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    copied = QApplication.clipboard().mimeData()
    assert "<table style=" in copied.html()
    assert 'scope="rowgroup"' in copied.html()
    lines = copied.text().splitlines()
    head = next(line for line in lines if line.startswith("Outcomes\t"))
    body = lines[lines.index(head) + 1 : lines.index("", lines.index(head))]
    assert len(body) == page.view.found.grid.row_count
    assert {line.count("\t") for line in (head, *body)} == {7}
    assert "RR 0.54 (0.39 to 0.75)" in body[0].split("\t")


def test_excel_and_html_are_saved_beside_the_window(
    page: SummaryOfFindingsPage, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
):
    suggested: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _filter: str) -> tuple[str, str]:
        suggested.append(Path(name).name)
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr("app.pages.summary_of_findings.QFileDialog.getSaveFileName", choose)
    for made in (page.excel, page.html):
        with qtbot.waitSignal(page.said, check_params_cb=lambda *said: "Saved" in said[0]):
            made.click()
    assert suggested == [
        "Sample - DRAFT summary of findings.xlsx", "Sample - DRAFT summary of findings.html"
    ]
    assert (tmp_path / suggested[0]).read_bytes()[:2] == b"PK"
    assert page.table.title in (tmp_path / suggested[1]).read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_gets_its_sentence(
    page: SummaryOfFindingsPage, tmp_path: Path, qtbot
):
    folder = tmp_path / "no folder"
    folder.write_text("a file in the way")
    with qtbot.waitSignal(page.complained) as told:
        page.save_to("html", folder / "table.html")
    assert "table.html" in told.args[0]
    assert folder.read_text() == "a file in the way"


def test_tables_of_several_comparisons_are_chosen(
    open_page: Callable[[str], SummaryOfFindingsPage],
):
    page = open_page("founding")
    tables = tables_of(page.workspace.project)
    assert page.comparisons.count() == len(tables) > 1
    target = tables[1].rows[-1].outcome.id
    page.go_to(target)
    assert page.table.number == 2
    assert page.view.current_outcome == target
    assert page.progress.text() == f"0 of {tables[1].to_rate} outcomes rated"


def test_nothing_is_lost_while_the_table_changes_below_an_open_editor(
    page: SummaryOfFindingsPage,
):
    first = page.table.rows[0].outcome.id
    page.edit(first)
    editor = _editor(page)
    editor.statement.edit.setPlainText("Half a sent")
    page.workspace.do(change, "comparison", page.table.comparison.id, setting="Choirs abroad")
    assert ("Setting", "Choirs abroad") in page.table.header
    assert page.view.editor is editor
    assert editor.statement.text() == "Half a sent"
    page.close_editor()
    assert page.table.row(first).statement.text == "Half a sent"


def test_a_review_without_comparison_says_how_to_begin(qtbot, themed, project):
    from app.workspace import Workspace

    page = SummaryOfFindingsPage(Workspace(project))
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.heading.text() == "No comparison yet"
    assert [one.enabled() for one in page.commands()][-1] == "There is no table yet."
