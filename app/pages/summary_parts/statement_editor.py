"""Edits what happens and the comment of an outcome in the place of the cell."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import theme
from app.widgets.note_field import NoteField
from app.widgets.parts import button, label, row
from app.workspace import Workspace
from assessments.language import _
from assessments.review_edits import change
from assessments.summary_of_findings.grid import COMMENTS
from assessments.summary_of_findings.table import Row


class StatementEditor(QFrame):
    """Two fields: the sentence of what happens, and the comment below it.

    The program's own sentence comes back with one button; a sentence of one's own keeps what it
    was edited from, so that it is known when the numbers move on. ``done()`` when one is ready.
    """

    done = Signal()

    def __init__(self, workspace: Workspace, found: Row, kind: str) -> None:
        super().__init__()
        self.setProperty("role", "popup")
        self.workspace, self.found = workspace, found
        self.with_statement = kind != COMMENTS
        name = found.name.text
        self.statement = NoteField(
            _("What happens: {outcome}").format(outcome=name), lines=4,
            hint=found.statement.generated or _("Nothing settled to say yet"),
        )
        self.comment = NoteField(_("Comment: {outcome}").format(outcome=name), lines=2)
        self.mark = label("", "caption", wrap=True)
        self.reset = button(
            _("Reset"), self._reset, role="link",
            tip=_("Show the sentence of the program again"),
        )
        self.finish = button(_("Done"), self._finish)
        self.statement.committed.connect(self._put_statement)
        self.comment.committed.connect(self._put_comment)
        self.comment.set_text(found.comment)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(4)
        if self.with_statement:
            layout.addWidget(label(_("What happens"), "small"))
            layout.addWidget(self.statement)
            layout.addLayout(row(self.mark, self.reset, gap=4))
            layout.itemAt(layout.count() - 1).layout().setStretch(0, 1)
        layout.addWidget(label(_("Comment"), "small"))
        layout.addWidget(self.comment)
        layout.addLayout(row(None, self.finish))
        self.show_row(found)

    def show_row(self, found: Row) -> None:
        """Show the outcome as it is now; what is being typed stays."""
        self.found = found
        self.statement.set_text(found.statement.text)
        self.comment.set_text(found.comment)
        locked = self.workspace.read_only or ""
        for field in (self.statement, self.comment):
            field.set_read_only(bool(locked), locked)
        words = _("As the program says it")
        if found.statement.outdated:
            words = _("Edited for other numbers. Now: {generated}").format(
                generated=found.statement.generated or _("nothing settled to say")
            )
        elif found.statement.edited:
            words = _("Edited")
        self.mark.setText(words)
        self.reset.setVisible(found.statement.edited or found.statement.outdated)
        self.reset.setEnabled(not locked)

    def take_focus(self) -> None:
        """Begin with the first field."""
        (self.statement if self.with_statement else self.comment).setFocus()

    def commit(self) -> None:
        """Keep what has been typed."""
        if self.with_statement:
            self.statement.commit()
        self.comment.commit()

    def _put_statement(self, typed: str) -> None:
        generated = self.found.statement.generated
        own = typed.strip() if typed.strip() != generated else ""
        self._put(self.statement, statement=own, statement_from=generated if own else "")

    def _put_comment(self, typed: str) -> None:
        self._put(self.comment, comment=typed.strip())

    def _put(self, field: NoteField, **values: str) -> None:
        done = self.workspace.try_to(change, "outcome", self.found.outcome.id, **values)
        field.set_problem(" ".join(str(one) for one in done.problems))

    def _reset(self) -> None:
        done = self.workspace.do(
            change, "outcome", self.found.outcome.id, statement="", statement_from=""
        )
        if done.ok:
            self.statement._put(self.found.statement.text)
            self.statement.set_text(self.found.statement.text)
            self.statement.setFocus()

    def _finish(self) -> None:
        self.commit()
        self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl Enter keep what was typed and go back to the table."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and ctrl):
            self._finish()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room of the fields at the width of the cell."""
        hint = self.layout().totalHeightForWidth(max(self.width(), theme.px(220)))
        return QSize(theme.px(260), max(hint, self.layout().totalSizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover the words of the cell below."""
        QPainter(self).fillRect(self.rect(), theme.current().color("surface"))
        super().paintEvent(event)


def within(widget: QWidget | None, editor: QWidget) -> bool:
    """Return whether a widget is the editor or lies in it."""
    return widget is not None and (widget is editor or editor.isAncestorOf(widget))
