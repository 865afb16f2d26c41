"""The footer: back, what sealing means now, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from app import icons, theme
from app.widgets.flow import WordsBeside
from app.widgets.parts import button, holder, label, row, set_role
from assessments.language import _
from assessments.sheet import Sheet


class Footer(QFrame):
    """Buttons for the steps of the page; each has its key in its tooltip."""

    previous_wanted = Signal()
    next_domain_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.previous = button(_("Previous result"), self.previous_wanted.emit,
                               tip=_("Previous result (Alt ↑)"))
        self.words = label("", "small")
        self.sign = label()
        icons.set_icon(self.sign, "lock", "text-3", 15)
        self.next = button(_("Next domain"), self.next_domain_wanted.emit, role="primary",
                           tip=_("Next domain (Ctrl Enter)"))
        self.finish = button(_("Finish"), self.finish_wanted.emit,
                             tip=_("Check, finish and seal (Ctrl Shift Enter)"))
        layout = WordsBeside(least=110)
        layout.addWidget(holder(row(self.previous, None)))
        layout.addWidget(holder(row(self.words, self.sign, self.finish, self.next)))
        self.setLayout(layout)

    def show_sheet(self, sheet: Sheet, *, last: bool) -> None:
        """Show which step is the main one: the next domain, or to finish at the last."""
        self.words.setText(
            _("Sealed") if sheet.finished else _("Hidden until you both finish")
        )
        self.finish.setEnabled(not sheet.closed)
        self.next.setVisible(not last)
        set_role(self.finish, "primary" if last else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out where the buttons need the room."""
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(540)
        self.words.setVisible(roomy)
        self.sign.setToolTip(self.words.text())
        self.sign.setAccessibleName(self.words.text())
