"""The panel at the right: the document, or guidance."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.guidance_panel import GuidancePanel
from app.pages.risk_of_bias_parts.pdf_panel import PdfPanel
from app.widgets.page_header import Tabs
from app.widgets.parts import button, frame, row
from assessments.assessment import Quote
from assessments.language import _
from assessments.sheet import Sheet


class SidePanel(QFrame):
    """Two tabs. ``closed()`` when it is to go, ``quote_wanted()`` to attach the selection,
    ``back_wanted()`` to give the focus back to the form."""

    closed = Signal()
    quote_wanted = Signal()
    back_wanted = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel-right")
        self.setAccessibleName(_("Document and guidance"))
        self.pdf = PdfPanel(desk)
        self.guidance = GuidancePanel(desk)
        self.tabs = Tabs((("document", _("Document")), ("guidance", _("Guidance"))))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pdf)
        self.stack.addWidget(self.guidance)
        self.tabs.chosen.connect(self._show)
        close = button("", self.closed.emit, role="quiet", icon="close",
                       tip=_("Close this panel (Ctrl Shift P)"))
        head = frame("", row(self.tabs, None, close), 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.stack, 1)
        self.pdf.quote_wanted.connect(self.quote_wanted)
        self.pdf.said.connect(self.said)
        self.pdf.left.connect(self.back_wanted)
        self.guidance.left.connect(self.back_wanted)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.installEventFilter(self)

    @property
    def shown(self) -> str:
        """The tab that is shown: 'document' or 'guidance'."""
        return self.tabs.shown

    def show_tab(self, name: str) -> None:
        """Show a tab."""
        self.tabs.show_tab(name)
        self._show(name)

    def _show(self, name: str) -> None:
        self.stack.setCurrentWidget(self.pdf if name == "document" else self.guidance)

    def show_study(self, sheet: Sheet | None) -> None:
        """Show the documents of another study."""
        self.pdf.show_study(sheet)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the quotes of a sheet."""
        self.pdf.show_study(sheet)

    def show_place(self, domain: str, question: str, _part: str = "") -> None:
        """Follow the focus in the form."""
        self.pdf.show_question(question or domain)
        self.guidance.show_place(domain, question)

    def refresh(self) -> None:
        """Read documents and rules again."""
        self.pdf.refresh()
        self.guidance.refresh()

    def selection(self) -> tuple[str, str, str, str] | None:
        """Return document, words, page and place of the selected text."""
        return self.pdf.selection() if self.shown == "document" else None

    def clear_selection(self) -> None:
        """Select nothing in the document."""
        self.pdf.clear_selection()

    def open_quote(self, quote: Quote) -> None:
        """Go to the place of a quote."""
        self.pdf.open_quote(quote)

    def find(self) -> None:
        """Search in the document."""
        self.pdf.find()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the focus on to what is shown."""
        if watched is self and isinstance(event, QFocusEvent) and event.gotFocus():
            if self.shown == "document":
                self.pdf.take_focus()
            else:
                self.guidance.take_focus()
        return False
