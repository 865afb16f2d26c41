"""A quote typed by hand: words, where they stand, and the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app import theme
from app.widgets.flow import FlowLayout
from app.widgets.form import choice
from app.widgets.parts import button, frame, holder, label, row
from assessments.documents import SOURCES, source_in_words
from assessments.language import _
from assessments.review import Document
from assessments.store.project_file import Project


class QuoteEditor(QWidget):
    """Fields for one quote. ``added(text, document, page)``; ``left()`` when given up or done."""

    added = Signal(str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Words of the quote"))
        self.text.setPlaceholderText(_("Type or paste the words exactly as they are printed"))
        self.text.setTabChangesFocus(True)
        self.source = choice(_("Where the words stand"), ())
        self.page = QLineEdit()
        self.page.setAccessibleName(_("Page of the quote"))
        self.page.setPlaceholderText(_("Page"))
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        for field in (self.text, self.page, self.source):
            field.installEventFilter(self)
        controls = FlowLayout(gap=8)
        for part in (
            self.source, self.page, button(_("Attach quote"), self.add, role="primary"),
            button(_("Cancel"), self.give_up, role="quiet"),
        ):
            controls.addWidget(part)
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(self.text)
        inner.addWidget(holder(controls))
        inner.addWidget(self.problem)
        outer = row(frame("quote", inner, 8))
        self.setLayout(outer)
        self._size()
        self.hide()

    def _size(self) -> None:
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + theme.px(14))
        self.page.setFixedWidth(theme.px(84))

    def begin(self, project: Project, study: str, text: str = "") -> None:
        """Show the fields and put the focus into them."""
        self.source.clear()
        for document in project.all(Document, study=study):
            self.source.addItem(document.name, document.id)
        for name in SOURCES:
            self.source.addItem(source_in_words(project, name), name)
        if not project.all(Document, study=study):
            self.source.setCurrentIndex(self.source.findData("report"))
        self.text.setPlainText(text)
        self.page.clear()
        self._complain("")
        self._size()
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Send the quote, or say what is missing."""
        text = self.text.toPlainText().strip()
        if not text:
            self._complain(_("A quote needs words. Type them, or press Esc."))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        page = self.page.text().strip()
        self.put_away()
        self.added.emit(text, str(self.source.currentData() or ""), page)
        self.left.emit()

    def give_up(self) -> None:
        """Close without a quote."""
        self.put_away()
        self.left.emit()

    def put_away(self) -> None:
        """Hide and empty the fields."""
        self.hide()
        self.text.clear()
        self.page.clear()

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.text.setAccessibleDescription(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes from the words to the page and attaches there; Esc gives up."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if watched is self.text:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add()
        return True
