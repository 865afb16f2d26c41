"""The page Studies: list and details, pasting, order, flags, authorship."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from app.main_window import MainWindow
from app.pages.study_duplicates_line import StudyComparison
from app.pages.study_list import PasteOverlay, read_list
from app.widgets.note_field import NoteField
from assessments.edits import next_undo
from assessments.review import Document, Indirectness, Reference, Study, StudyAuthor
from assessments.review_edits import add, change, remove


@pytest.fixture
def page(window: MainWindow):
    window.show_page("studies")
    return window.page


def labels(page) -> list[str]:
    return [one.label for one in page.workspace.project.all(Study)]


class TestList:
    def test_a_study_is_added_and_named_by_keyboard(self, window, page, qtbot) -> None:
        qtbot.keyClick(
            window, Qt.Key.Key_N,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        editor = next(
            one for one in page.table.findChildren(QLineEdit) if one.property("role") == "cell"
        )
        qtbot.keyClicks(editor, "Calla 2016")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert labels(page) == ["Study 1", "Study 2", "Calla 2016"]
        assert page.details.heading.text() == "Calla 2016"

    def test_a_name_that_is_taken_stays_with_its_reason(self, page) -> None:
        page.table.edited.emit("s2", "label", "Study 1")
        index = page.table.records.index(1, 0)
        assert index.data() == "Study 1"
        assert "There is already a study" in index.data(Qt.ItemDataRole.ToolTipRole)
        assert labels(page) == ["Study 1", "Study 2"]

    def test_the_filter_finds_and_says_why_the_order_rests(self, page, qtbot) -> None:
        qtbot.keyClicks(page.filter, "study 2")
        assert [row.id for row in page.table.records.rows] == ["s2"]
        assert not page.up.isEnabled()
        assert page.up.toolTip() == "Clear the filter to change the order."

    def test_order_and_removal_can_be_undone(self, window, page) -> None:
        page.table.choose("s2")
        page.up.click()
        assert labels(page) == ["Study 2", "Study 1"]
        page.gone.click()
        assert labels(page) == ["Study 1"]
        window.message.action.click()
        assert labels(page) == ["Study 2", "Study 1"]

    def test_without_studies_it_says_what_to_do(self, page) -> None:
        for study in ("s1", "s2"):
            page.workspace.do(remove, "study", study)
        assert page.stack.currentIndex() == 0
        page.stack.currentWidget().buttons[0].click()
        assert labels(page) == ["New study"]


class TestPasting:
    def test_headings_years_and_designs_are_recognised(self) -> None:
        found = read_list("Design\tAuthor\ncohort\tPetit 2017\nRCT\tNovak 2020\n\t\n")
        assert [(one.label, one.year, one.design) for one in found] == [
            ("Petit 2017", "2017", "nrs"), ("Novak 2020", "2020", "rct"),
        ]

    def test_without_headings_the_order_counts(self) -> None:
        found = read_list("Novak 2020\t2020\tCluster RCT\t40 singers")
        assert found[0].design == "cluster_rct"
        assert found[0].participants == "40 singers"

    def test_it_shows_what_was_read_before_anything_is_added(self, window, page, qtbot) -> None:
        page.paste.click()
        shown = next(one for one in window.children() if isinstance(one, PasteOverlay))
        shown.text.setPlainText("Novak 2020\t2020\tRCT\nPetit\t20l7\tcohort\nStudy 1\t2001\tRCT")
        assert labels(page) == ["Study 1", "Study 2"]
        problems = set(shown.table.records.problems)
        assert problems == {("1", "year"), ("2", "label")}
        assert shown.count.text().startswith("3 studies read · 2 need a look")
        shown.go.click()
        assert labels(page) == ["Study 1", "Study 2", "Novak 2020", "Petit"]
        assert page.workspace.project.all(Study, label="Petit")[0].year is None
        said = window.message.words.text()
        assert "Row 2, column Year: “20l7” is not a number. The row is kept" in said
        assert "Row 3, column Study: There is already a study “Study 1”." in said

    def test_a_whole_list_is_one_step_of_undo(self, page) -> None:
        page._paste_below([{"label": "A 2001"}, {"label": "B 2002"}, {"label": ""}])
        assert labels(page)[2:] == ["A 2001", "B 2002"]
        assert next_undo(page.workspace.project) == "add_list"
        page.workspace.undo()
        assert labels(page) == ["Study 1", "Study 2"]

    def test_a_block_pasted_over_cells_changes_them(self, page, qtbot) -> None:
        page.table.choose("s1", "label")
        page.table.setFocus()
        QApplication.clipboard().setText("Ahorn 2014\t2014\tCBA\nBirke 2015\t2015\tIncluded?")
        qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        first, second = page.workspace.project.all(Study)
        assert (first.label, first.year, first.design) == ("Ahorn 2014", 2014, "cba")
        assert (second.label, second.design) == ("Birke 2015", "rct")
        index = page.table.records.index(1, 2)
        assert index.data() == "Included?"


class TestDetails:
    def test_fields_are_kept(self, page, qtbot) -> None:
        page.table.choose("s1")
        field = page.details.further.inputs["funding"]
        qtbot.keyClicks(field.edit, "Public")
        field.commit()
        assert page.workspace.project.one(Study, "s1").funding == "Public"

    def test_typing_is_not_lost_when_another_study_is_chosen(self, page, qtbot) -> None:
        page.table.choose("s1")
        qtbot.keyClicks(page.details.further.inputs["note"].edit, "Ask the authors")
        page.table.choose("s2")
        assert page.workspace.project.one(Study, "s1").note == "Ask the authors"
        assert page.details.further.inputs["note"].text() == ""

    def test_references_are_added_and_removed(self, window, page) -> None:
        page.table.choose("s1")
        page.details.new_reference.click()
        reference = page.details.references.current_id()
        page.details.references.edited.emit(reference, "citation", "Ahorn A. J Inv 2014;1:1-9")
        page.details.references.edited.emit(reference, "kind", "registry")
        found = page.workspace.project.one(Reference, reference)
        assert (found.study, found.kind) == ("s1", "registry")
        page.details.gone_reference.click()
        assert page.workspace.project.all(Reference) == ()

    def test_a_study_off_the_question_is_marked_with_a_note(self, page) -> None:
        page.table.choose("s1")
        tick, note = page.details._elements["population"]
        assert not note.isVisible()
        tick.click()
        assert note.isVisible()
        note.edit.setText("Children only")
        note.commit()
        mark, = page.workspace.project.all(Indirectness, study="s1")
        assert (mark.element, mark.note) == ("population", "Children only")
        tick.click()
        assert page.workspace.project.all(Indirectness) == ()

    def test_an_author_is_marked(self, page) -> None:
        page.table.choose("s2")
        ticks = [
            one for one in page.details.findChildren(QCheckBox)
            if one.text() == "Name A is an author of this study"
        ]
        ticks[-1].click()
        found, = page.workspace.project.all(StudyAuthor)
        assert (found.study, found.person) == ("s2", "person-a")

    def test_a_study_has_its_own_instrument(self, page) -> None:
        page.table.choose("s1")
        box = page.details.tool
        assert box.currentText() == (
            "By design: RoB 2 for individually randomized parallel-group trials"
        )
        box.setCurrentIndex(box.findData("rob1"))
        box.activated.emit(box.currentIndex())
        assert page.workspace.project.one(Study, "s1").instrument == "rob1"

    def test_every_field_has_its_words(self, page) -> None:
        for one in page.details.findChildren(NoteField):
            assert one.edit.accessibleName()


def dropped_on(page, study: str, path: Path) -> None:
    """Drop a file on the row of a study, as a file manager does."""
    table = page.table
    index = table.records.index(table.records.row_of(study), 0)
    spot = QPointF(table.visualRect(index).center())
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        spot, Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Qt delivers a drop only while the system drags, so it is handed over by hand
    assert page.drops.eventFilter(table.viewport(), event)


def cell(page, study: str, column: str) -> str:
    records = page.table.records
    return records.index(records.row_of(study), records.column_of(column)).data()


class TestDocuments:
    def test_a_pdf_dropped_on_a_row_is_attached_to_that_study(
        self, window, page, tmp_path
    ) -> None:
        pdf = tmp_path / "Ahorn 2014.pdf"
        pdf.write_bytes(b"%PDF-1.4 words")
        assert cell(page, "s2", "documents") == "–"
        dropped_on(page, "s2", pdf)
        document, = page.workspace.project.all(Document)
        assert (document.study, document.name, document.copied) == ("s2", "Ahorn 2014.pdf", 1)
        assert cell(page, "s2", "documents") == "✓"
        assert cell(page, "s1", "documents") == "–"
        assert window.message.words.text() == "Attached Ahorn 2014.pdf"

    def test_what_is_no_pdf_is_told(self, window, page, tmp_path) -> None:
        text = tmp_path / "notes.pdf"
        text.write_text("words")
        dropped_on(page, "s1", text)
        assert page.workspace.project.all(Document) == ()
        assert "is not a PDF" in window.message.words.text()


class TestDuplicates:
    @pytest.fixture
    def twins(self, page) -> None:
        page.workspace.do(change, "study", "s1", label="Petit 2023")
        page.workspace.do(add, "study", label="Petit 2023a", participants="40 singers")

    def test_a_pair_is_named_and_both_are_shown_side_by_side(self, window, page, twins) -> None:
        assert page.duplicates.words.text().startswith(
            "1 possible duplicate: Petit 2023 / Petit 2023a"
        )
        page.duplicates.compare_button.click()
        shown = next(one for one in window.children() if isinstance(one, StudyComparison))
        assert ("Name", "Petit 2023", "Petit 2023a") in shown.lines
        assert ("Participants", "", "40 singers") in shown.lines
        shown.exclude_button.click()
        twin, = page.workspace.project.all(Study, label="Petit 2023a")
        assert (twin.status, twin.exclusion_reason) == ("excluded", "Duplicate of Petit 2023")

    def test_different_studies_are_not_named_again(self, page, twins) -> None:
        assert page.duplicates.isVisible()
        page.duplicates.different.click()
        assert not page.duplicates.isVisible()
        assert labels(page) == ["Petit 2023", "Study 2", "Petit 2023a"]
