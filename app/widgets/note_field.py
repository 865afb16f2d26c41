"""Note field: text that is committed when the hand rests for 0.8 s, or on leaving.

While there is text that is not committed yet, undo belongs to the field; after that it belongs
to the window.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMetaMethod, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app import theme
from app.widgets.parts import label, repolish

REST = 800
"""Milliseconds without typing after which text is committed."""


class NoteField(QWidget):
    """A line, or with ``lines`` above 1 an area, of text with its problem below.

    ``committed(text)`` is sent after a rest, on leaving, on Enter in a line, and by ``commit``.
    ``left()`` is sent when Escape or, in a line, Enter gives the focus back.
    """

    committed = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, *, lines: int = 1, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = ""
        self._lines = lines
        self.edit = QLineEdit(self) if lines == 1 else QPlainTextEdit(self)
        self.edit.setPlaceholderText(hint)
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setTabChangesFocus(True)
            self.edit.document().setDocumentMargin(5)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit)
        layout.addWidget(self.problem)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.commit)
        self.set_name(name)
        self._size()

    def set_name(self, name: str) -> None:
        """Give the field another accessible name."""
        self.edit.setAccessibleName(name)
        self._name = name

    def text(self) -> str:
        """Return what is in the field, committed or not."""
        edit = self.edit
        return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show the text as it is kept; what is being typed is never overwritten.

        Blanks at the ends are not kept, but stay in the field while somebody may type on.
        """
        if self.edit.hasFocus():
            if self.pending:
                return
            if text.strip() == self.text().strip():
                self._shown = self.text()
                self.set_problem("")
                return
        self._shown = text
        self._timer.stop()
        if text != self.text():
            self._put(text)
        self.set_problem("")

    def show_kept(self, text: str) -> None:
        """Say that this text is what is kept now, and leave the field as it is."""
        self._shown = text

    def _put(self, text: str) -> None:
        blocked = self.edit.blockSignals(True)
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
            if not self.edit.hasFocus():
                self.edit.setCursorPosition(0)  # long words are read from their beginning
        else:
            self.edit.setPlainText(text)
        self.edit.blockSignals(blocked)

    @property
    def pending(self) -> bool:
        """Whether there is text that is not committed yet."""
        return self.text() != self._shown

    def commit(self) -> None:
        """Commit now what has been typed."""
        self._timer.stop()
        if self.pending:
            self._shown = self.text()
            self.committed.emit(self._shown)

    def set_problem(self, sentence: str) -> None:
        """Show what is wrong below the field, in red and in its description; '' clears it."""
        if sentence == self.problem.text():
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        self.edit.setToolTip(sentence)
        if bool(self.edit.property("problem")) != bool(sentence):
            self.edit.setProperty("problem", bool(sentence))
            repolish(self.edit)

    def set_read_only(self, read_only: bool, reason: str = "") -> None:
        """Let the text be read and copied only, and say why."""
        said = self.problem.text() or (reason if read_only else "")
        if self.edit.isReadOnly() == read_only and self.edit.toolTip() == said:
            return
        self.edit.setReadOnly(read_only)
        self.edit.setToolTip(reason if read_only else "")
        if not self.problem.text():
            self.edit.setAccessibleDescription(reason if read_only else "")
        repolish(self.edit)

    def _typed(self) -> None:
        if self.pending:
            self._timer.start()

    def _size(self) -> None:
        if isinstance(self.edit, QPlainTextEdit):
            height = self.edit.fontMetrics().lineSpacing() * self._lines + theme.px(20)
            self.edit.setMinimumHeight(height)
            self.edit.setMaximumHeight(max(height, theme.px(40)) + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the lines when the size of words changes."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit on leaving and on Enter; hand undo to the window when nothing is pending."""
        if watched is not self.edit:
            return False
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif isinstance(event, QFocusEvent) and isinstance(self.edit, QLineEdit):
            led = Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ActiveWindowFocusReason
            if event.reason() in led and self.edit.cursorPosition() == 0:
                self.edit.end(False)  # who is led here types on
        elif isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._leave_undo_to_window(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return False

    def _leave_undo_to_window(self, event: QKeyEvent) -> bool:
        wanted = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if not self.pending and any(event.matches(key) for key in wanted):
            event.ignore()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._lines == 1:
            self.commit()
            self.left.emit()
            return event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.left.emit()
            # where somebody takes the focus back, Esc has done its work
            return self.isSignalConnected(QMetaMethod.fromSignal(self.left))
        return False


def undo_belongs_to_field(focus: QWidget | None) -> bool:
    """Return whether the widget with the focus has typed text that is not committed."""
    holder = focus.parentWidget() if focus is not None else None
    return isinstance(holder, NoteField) and holder.pending
