"""The document beside the questions: choosing, searching, sizes, and quoting what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app import settings, theme
from app.pages.risk_of_bias_parts.desk import Desk
from app.widgets.documents_field import DocumentsField
from app.widgets.flow import WordsBeside
from app.widgets.form import choice
from app.widgets.parts import button, frame, holder, label, row, scrolling
from assessments.assessment import Quote
from assessments.documents import located
from assessments.language import _, counted
from assessments.review import Document
from assessments.sheet import Sheet

if TYPE_CHECKING:
    from app.pages.risk_of_bias_parts.pdf_view import PdfView


class PdfPanel(QWidget):
    """The PDFs of the study on the desk. ``quote_wanted()`` attaches the selection;
    ``left()`` gives the focus back; ``said(sentence)`` for what went wrong."""

    quote_wanted = Signal()
    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view: PdfView | None = None
        self._study = ""
        self._document: Document | None = None
        self._question = ""
        self._visible_once = False
        self.files = DocumentsField(desk.workspace)
        self.files.opened.connect(self.open_document)
        self.stack = QStackedWidget()
        self._no_file = self._empty()
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(0)
        self._reader = holder(self._room)
        self.stack.addWidget(self._no_file)
        self.stack.addWidget(self._reader)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)

    # -- building --------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        self.why = label("", "secondary", wrap=True)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(10)
        inner.addWidget(label(_("Documents of this study"), "section", wrap=True))
        inner.addWidget(self.why)
        inner.addWidget(self.files)
        inner.addStretch(1)
        return scrolling(holder(inner))

    def _make_view(self) -> bool:
        """Make the page view at the first document; return whether QtPdf is there."""
        if self.view is not None:
            return True
        try:
            from app.pages.risk_of_bias_parts.pdf_view import PdfView
        except ImportError:
            return False
        self.view = PdfView()
        self.view.selected.connect(self._selected)
        self.view.page_changed.connect(self._page_changed)
        self.view.quote_wanted.connect(self.quote_wanted)
        self.view.left.connect(self.left)
        self._room.addWidget(self._bar())
        self._room.addWidget(self._search_bar())
        self._room.addWidget(self.view, 1)
        self._room.addWidget(self._quote_bar())
        self.show_question(self._question)
        for keys, run in (("Ctrl+G", self._ask_page), ("Ctrl+F", self.find)):
            short = QShortcut(QKeySequence(keys), self._reader, run)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return True

    def _bar(self) -> QWidget:
        self.which = choice(_("Document"), ())
        self.which.setMinimumContentsLength(4)
        self.which.activated.connect(self._which)
        self.page = QLineEdit()
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setAccessibleName(_("Page shown"))
        self.page.returnPressed.connect(self._go_to_typed)
        self.of = label("", "small")
        self._fit_words()
        theme.changed.connect(self._fit_words)
        parts = row(
            self.which, self.page, self.of,
            button("", lambda: self._zoom(-1), role="quiet", icon="minus",
                   tip=_("Smaller pages (−)")),
            button("", lambda: self._zoom(1), role="quiet", icon="plus",
                   tip=_("Larger pages (+)")),
            button("", self.find, role="quiet", icon="search",
                   tip=_("Find in the document (Ctrl F)")),
            button("", self.show_files, role="quiet", icon="folder",
                   tip=_("Documents of this study")), gap=4,
        )
        parts.setStretch(0, 1)
        return frame("", parts, 8)

    def _fit_words(self) -> None:
        self.page.setFixedWidth(theme.px(46))

    def _search_bar(self) -> QWidget:
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Find in the document"))
        self.words.setAccessibleName(_("Words to find in the document"))
        self.words.returnPressed.connect(lambda: self._search(backwards=False))
        self.words.installEventFilter(self)
        self.hits = label("", "small")
        parts = row(
            self.words, self.hits,
            button("", lambda: self._search(backwards=True), role="quiet", icon="arrow_up",
                   tip=_("Previous place (Shift Enter)")),
            button("", lambda: self._search(backwards=False), role="quiet", icon="arrow_down",
                   tip=_("Next place (Enter)")),
            button("", self._end_search, role="quiet", icon="close", tip=_("Close the search")),
            gap=4,
        )
        self.search_bar = frame("", parts, 8)
        self.search_bar.hide()
        return self.search_bar

    def _quote_bar(self) -> QWidget:
        self.selected_words = label(_("Select text to quote it"), "small", wrap=True)
        self.quote_button = button(_("Quote"), self.quote_wanted.emit, role="primary",
                                   tip=_("Attach the selected text (Q)"))
        self.quote_button.setEnabled(False)
        beside = WordsBeside(least=120)
        beside.addWidget(self.selected_words)
        beside.addWidget(self.quote_button)
        return frame("", beside, 8)

    # -- showing ---------------------------------------------------------------------------

    def showEvent(self, event: QEvent) -> None:
        """Open the document only once the panel is seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._visible_once:
            self._visible_once = True
            self._open_first()

    def show_study(self, sheet: Sheet | None) -> None:
        """Show the documents of the study of a sheet; the same study keeps its page."""
        study = sheet.study.id if sheet is not None else ""
        if study != self._study:
            self._study = study
            self._document = None
            if self._visible_once:
                self._open_first()
        self.show_quotes(sheet)

    def refresh(self) -> None:
        """Read the documents again."""
        if not self._visible_once:
            return
        ids = {one.id for one in self._documents()}
        if self._document is None or self._document.id not in ids:
            self._open_first()
        elif self.view is not None:
            self._list_documents()
        self.files.show_study(self._study)

    def _documents(self) -> tuple[Document, ...]:
        return self.desk.workspace.project.all(Document, study=self._study)

    def _open_first(self) -> None:
        for document in self._documents():
            if located(self.desk.workspace.project, document) is not None:
                self.open_document(document.id)
                return
        moved = bool(self._documents())
        self._show_files(
            _("The file has moved. Work on without it, or choose it again.") if moved
            else _("With the PDF of the report beside the questions, selected text is attached "
                   "with its page by one key. Quotes can be typed without it, too.")
        )

    def _show_files(self, why: str) -> None:
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.files.show_study(self._study)
        self.stack.setCurrentWidget(self._no_file)

    def show_files(self) -> None:
        """Show the list of documents."""
        self._show_files("")

    def open_document(self, document_id: str) -> None:
        """Show a document at the page where it was left."""
        project = self.desk.workspace.project
        document = project.one(Document, document_id)
        path = located(project, document) if document is not None else None
        if document is None or path is None:
            self._show_files(_("The file has moved. Work on without it, or choose it again."))
            return
        if not self._make_view() or self.view is None:
            self._show_files(
                _("This computer has no part that shows PDFs. Open the file in another program; "
                  "quotes and pages can be typed.")
            )
            return
        self.stack.setCurrentWidget(self._reader)
        if self._document is not None and self._document.id == document.id:
            return
        self._document = document
        if not self.view.load(str(path)):
            self._document = None
            self._show_files(
                _("“{name}” cannot be shown: the file is damaged or locked by a password. "
                  "Quotes and pages can be typed.").format(name=document.name)
            )
            return
        self._list_documents()
        kept = str(settings.read(f"documents/{document.digest}", "1")).split()
        self.view.go_to_page(int(kept[0]) if kept and kept[0].isdigit() else 1)
        self._page_changed(self.view.page)
        self.show_quotes(self.desk.sheet)

    def _list_documents(self) -> None:
        self.which.clear()
        for one in self._documents():
            self.which.addItem(one.name, one.id)
        if self._document is not None:
            self.which.show_value(self._document.id)
        self.which.setToolTip(self.which.currentText())

    def _which(self) -> None:
        if self.which.value:
            self.open_document(self.which.value)

    def show_quotes(self, sheet: Sheet | None) -> None:
        """Highlight one's quotes from the document that is shown."""
        if self.view is None or self._document is None:
            return
        from app.pages.risk_of_bias_parts.pdf_text import Span

        quotes = sheet.own.quotes if sheet is not None and sheet.own is not None else ()
        spans = [Span.from_text(q.place) for q in quotes if q.document == self._document.id]
        self.view.mark(tuple(one for one in spans if one is not None))

    def show_question(self, question: str) -> None:
        """Say to which question the selection would be attached."""
        self._question = question
        if self.view is not None:
            text = _("Quote to {place}").format(place=question) if question else _("Quote")
            self.quote_button.setText(text)
            self.quote_button.setAccessibleName(text)

    # -- selection -------------------------------------------------------------------------

    def selection(self) -> tuple[str, str, str, str] | None:
        """Return document, words, page and place of what is selected, None without."""
        if self.view is None or self._document is None or self.view.span is None:
            return None
        if self.stack.currentWidget() is not self._reader:
            return None
        span = self.view.span
        words = self.view.text.of_span(span)
        if not words:
            return None
        return self._document.id, words, str(span.page + 1), span.as_text()

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.view is not None:
            self.view.select(None)

    def open_quote(self, quote: Quote) -> None:
        """Go to the place of a quote, or say that it cannot be found."""
        if not quote.document or self.desk.workspace.project.one(Document, quote.document) is None:
            self.said.emit(_("This quote was typed, without a document to go to."))
            return
        self.open_document(quote.document)
        if self.view is None or self.stack.currentWidget() is not self._reader:
            return
        from app.pages.risk_of_bias_parts.pdf_text import Span

        span = Span.from_text(quote.place)
        places = self.view.text.places_of(quote.text) if span is None else ()
        if span is None and places:
            span = places[0]
        if span is not None:
            self.view.show_span(span)
        elif quote.page.isdigit():
            self.view.go_to_page(int(quote.page))

    def _selected(self) -> None:
        if self.view is None:
            return
        span = self.view.span
        count = len(self.view.text.of_span(span).split()) if span is not None else 0
        self.selected_words.setText(
            counted("Selected text, {n} word", "Selected text, {n} words", count)
            if count else _("Select text to quote it")
        )
        self.quote_button.setEnabled(bool(count))

    # -- pages and search ------------------------------------------------------------------

    def _page_changed(self, page: int) -> None:
        if self.view is None or self._document is None:
            return
        self.page.setText(str(page))
        self.of.setText(_("/ {count}").format(count=self.view.document.pageCount()))
        settings.write(f"documents/{self._document.digest}", str(page))

    def _ask_page(self) -> None:
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def _go_to_typed(self) -> None:
        if self.view is not None and self.page.text().strip().isdigit():
            self.view.go_to_page(int(self.page.text()))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _zoom(self, step: int) -> None:
        if self.view is not None:
            self.view.zoom_by(step)

    def find(self) -> None:
        """Show the search."""
        if self.view is None or self.stack.currentWidget() is not self._reader:
            return
        self.search_bar.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _search(self, *, backwards: bool) -> None:
        if self.view is None:
            return
        count = self.view.search(self.words.text(), after=self.view.span, backwards=backwards)
        self.hits.setText(
            counted("{n} place", "{n} places", count) if count else _("not found")
        )

    def _end_search(self) -> None:
        self.search_bar.hide()
        if self.view is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Shift Enter searches backwards, Esc ends the search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._end_search()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._search(backwards=True)
                return True
        return False

    def take_focus(self) -> None:
        """Put the focus on the page."""
        if self.view is not None and self.stack.currentWidget() is self._reader:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.files.attach_button.setFocus(Qt.FocusReason.OtherFocusReason)
