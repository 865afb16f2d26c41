"""Documents beside the questions: selecting, quoting, going back, copies, links, moved files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.pages.risk_of_bias import RiskOfBiasPage
from assessments.documents import attach_document, found_again, located, relink_document
from assessments.review import Document
from assessments.store.project_file import open_project
from tests.app.risk_of_bias_review import build, press
from tests.app.test_risk_of_bias_by_keyboard import at_page
from tests.conftest import done

Opener = Callable[[Path], MainWindow]
WORDS = "Envelopes were sealed, opaque and numbered by a clerk who met nobody"


def with_room(page: RiskOfBiasPage) -> RiskOfBiasPage:
    """Make the window so wide that the document stands beside the questions."""
    page.window().resize(1440, 900)
    QApplication.processEvents()
    return page


def pdf_at(path: Path, words: str = WORDS) -> Path:
    """Write a PDF of two pages with these words on the second."""
    writer = QPdfWriter(str(path))
    writer.setResolution(72)
    painter = QPainter(writer)
    for number, text in enumerate(("An invented page", words)):
        if number:
            writer.newPage()
        font = QFont("DejaVu Sans", 10)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter.setFont(font)
        painter.drawText(50, 60, text)
    painter.end()
    return path


def test_select_quote_and_go_back(open_window: Opener, path: Path, tmp_path: Path) -> None:
    page = with_room(at_page(open_window, build(path)))
    press("1")
    page.main.take_focus()
    assert page.side.pdf.files.attach(pdf_at(tmp_path / "Invented.pdf"))
    page.side.pdf.open_document(page.workspace.project.all(Document)[0].id)
    view = page.side.pdf.view
    for _step in range(4):  # so large that one page fills the view
        view.zoom_by(1)
    assert view.search("opaque and numbered", after=None) == 1
    assert view.page == 2
    press("Down", "Q")
    quote = page.desk.sheet.quotes("D1", "1.2")[0]
    assert (quote.text, quote.page) == ("opaque and numbered", "2")
    assert view.span is None
    assert len(view.marked) == 1
    view.go_to_page(1)
    page.desk.open_quote(quote.id)
    assert view.page == 2


def test_text_is_selected_by_keys_in_the_document(
    open_window: Opener, path: Path, tmp_path: Path
) -> None:
    page = with_room(at_page(open_window, build(path)))
    press("1")
    page.side.pdf.files.attach(pdf_at(tmp_path / "Invented.pdf"))
    page.side.pdf.open_document(page.workspace.project.all(Document)[0].id)
    view = page.side.pdf.view
    view.search("sealed,", after=None)
    view.setFocus()
    held = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_Right, held)
    assert view.text.of_span(view.span) == "sealed, opaque"
    QTest.keyClick(view, Qt.Key.Key_Q)
    assert [one.text for one in page.desk.sheet.own.quotes] == ["sealed, opaque"]


def test_documents_are_copied_linked_and_found_again(path: Path, qapp: object) -> None:
    build(path)
    source = pdf_at(path.parent / "Report.pdf")
    with open_project(path, name="Test") as project:
        key = done(attach_document(project, "s1", source, copy=False)).value
        twice = attach_document(project, "s1", source)
        assert [one.code for one in twice.problems] == ["twice"]
        moved = source.rename(path.parent / "Renamed.pdf")
        document = project.one(Document, key)
        assert located(project, document) is None
        assert found_again(project, document) == moved
        other = pdf_at(path.parent / "Other.pdf", "Other words")
        refused = relink_document(project, key, other)
        assert [one.code for one in refused.problems] == ["other-file"]
        done(relink_document(project, key, moved))
        assert located(project, project.one(Document, key)) == moved
        copied = done(attach_document(project, "s2", moved)).value
        moved.unlink()
        kept = located(project, project.one(Document, copied))
        assert kept is not None
        assert kept.parent.name == "Review documents"
        plain = path.parent / "notes.pdf"
        plain.write_text("not a PDF")
        wrong = attach_document(project, "s2", plain)
        assert [one.code for one in wrong.problems] == ["no-pdf"]
