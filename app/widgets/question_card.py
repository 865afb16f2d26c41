"""Question card: number and prompt, answers as pills, quotes, note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.widgets.card import Card
from app.widgets.chip import Chip, key_hints
from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.note_field import NoteField
from app.widgets.parts import button, column, frame, holder, label, row, set_role
from app.widgets.quote_list import QuoteList, QuoteShown
from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOption:
    """One answer: its stored code (also shown), its word, and the keys that type it.

    ``explained`` lets the word stand below the question, where the code alone says too little.
    """

    code: str
    word: str
    keys: str = ""
    explained: bool = False


class QuestionCard(Card):
    """One question.

    ``answered(code)`` with None when taken back; ``noted(text)``; ``quote_opened(id)``,
    ``quote_removed(id)``, ``quote_wanted()``; ``next_wanted()`` and ``previous_wanted()`` for
    the arrows; ``entered()`` when the focus comes in.
    """

    answered = Signal(object)
    noted = Signal(str)
    quote_opened = Signal(str)
    quote_removed = Signal(str)
    quote_wanted = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    entered = Signal()

    def __init__(
        self, number: str, prompt: str, options: Iterable[AnswerOption],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, margin=14, gap=8)
        self.number, self.prompt = number, prompt
        self.options = tuple(options)
        self._pending = ""
        self._read_only = ""
        self._number = label(number, "secondary")
        self._prompt = label(prompt, "", wrap=True)
        self.pills: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.note = NoteField(_("Note to {number}").format(number=number), hint=_("Note"))
        self.waiting = Chip("", "accent")
        pills = FlowLayout(gap=6)
        pills.addWidget(self.waiting)
        for position, option in enumerate(self.options, start=1):
            pills.addWidget(self._pill(option, position))
        words = row(self._number, self._prompt, gap=8)
        words.setStretch(1, 1)
        words.setAlignment(self._number, Qt.AlignmentFlag.AlignTop)
        top = WordsBeside()
        top.addWidget(holder(words))
        top.addWidget(holder(pills))
        self.add(top)
        self._explain()
        self._remark = label("", "caption", wrap=True)
        self._remark.hide()
        self.add(self._remark)
        self.quotes = QuoteList()
        self.quotes.opened.connect(self.quote_opened)
        self.quotes.removed.connect(self.quote_removed)
        self.add(self.quotes)
        self.note.committed.connect(self.noted)
        self.note.left.connect(self.take_focus)
        self.note.edit.installEventFilter(self)
        self.note.hide()
        self.add(self.note)
        self.hints = key_hints(self._keys())
        self.hints.hide()
        self.add(self.hints)
        self.set_answer(None)

    def _pill(self, option: AnswerOption, position: int) -> QPushButton:
        made = button(option.code, role="pill", tip=f"{option.word} ({option.keys or position})")
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self._answer(option.code))
        made.installEventFilter(self)
        self._group.addButton(made)
        self.pills[option.code] = made
        return made

    def _explain(self) -> None:
        """Write out the answers whose codes do not speak for themselves."""
        told = [f"{one.code} {one.word}" for one in self.options if one.explained]
        if told:
            self.add(label("  ·  ".join(told), "caption", wrap=True))

    def _keys(self) -> tuple[tuple[str, str], ...]:
        typed = tuple((option.keys or option.code, "") for option in self.options)
        return (*typed, ("Q", _("quote")), ("Enter", _("note")), ("↓", _("next")))

    # -- showing ---------------------------------------------------------------------------

    def set_answer(self, code: str | None) -> None:
        """Show an answer, None for unanswered; nothing is sent."""
        self._group.setExclusive(False)
        for one, pill in self.pills.items():
            pill.setChecked(one == code)
        self._group.setExclusive(True)
        words = {option.code: option.word for option in self.options}
        said = words.get(code or "", _("not answered"))
        name = _("{number} {prompt} Answer: {answer}, {n} options").format(
            number=self.number, prompt=self.prompt, answer=said, n=len(self.options)
        )
        self.setAccessibleName(name)
        for option in self.options:
            self.pills[option.code].setAccessibleName(option.word)
            self.pills[option.code].setAccessibleDescription(name)

    @property
    def answer(self) -> str | None:
        """The code of the answer shown, None while unanswered."""
        return next((code for code, pill in self.pills.items() if pill.isChecked()), None)

    def set_note(self, text: str) -> None:
        """Show the note."""
        self.note.set_text(text)
        self.note.setVisible(bool(text) or not self.hints.isHidden())

    def set_remark(self, text: str) -> None:
        """Show a quiet sentence below the prompt, for example that it may be left out."""
        if text != self._remark.text():
            self._remark.setText(text)
            self._remark.setVisible(bool(text))

    def set_quotes(self, quotes: Iterable[QuoteShown]) -> None:
        """Show the quotes."""
        self.quotes.show_quotes(quotes, read_only=not self._can_answer())

    def set_current(self, current: bool) -> None:
        """Show or hide that one works here: accent edge, note field and keys."""
        super().set_current(current)
        set_role(self._prompt, "strong" if current else "")
        self.note.setVisible(current or bool(self.note.text()))
        self.hints.setVisible(current and not self._read_only)

    def set_read_only(self, reason: str = "") -> None:
        """Let it be read only, and say why."""
        if reason == self._read_only:
            return
        self._read_only = reason
        self.hints.setVisible(bool(self.property("current")) and not reason)
        for pill in self.pills.values():
            pill.setEnabled(not reason)
            if reason:
                pill.setToolTip(reason)
        self.note.set_read_only(bool(reason), reason)

    # -- keys ------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the focus on the answers: the one given, or the first."""
        target = self.pills.get(self.answer or "") or next(iter(self.pills.values()))
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait_for(self, typed: str) -> None:
        """Keep the first letters of an answer, and show them until the rest is typed."""
        self._pending = typed
        self.waiting.show_text(f"{typed} …" if typed else "", "accent")

    def _answer(self, code: str | None) -> None:
        self._wait_for("")
        self.set_answer(code)
        self.answered.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys answer while the answers have the focus."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        if watched is self.note.edit:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, text = event.key(), event.text().upper()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.next_wanted.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.previous_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note.show()
            self.note.setFocus()
        elif key == Qt.Key.Key_Backspace and self._can_answer():
            self._answer(None)
        elif key == Qt.Key.Key_Q:
            self.quote_wanted.emit()
        elif key == Qt.Key.Key_Escape and self._pending:
            self._wait_for("")
        else:
            return self._typed(text)
        return True

    def _can_answer(self) -> bool:
        return any(pill.isEnabled() for pill in self.pills.values())

    def _typed(self, text: str) -> bool:
        """Take letters as they are written (PY is P, then Y) and numbers by position."""
        if not text.isalnum() or not self._can_answer():
            return False
        if text.isdigit() and 1 <= int(text) <= len(self.options):
            self._answer(self.options[int(text) - 1].code)
            return True
        keys = {(option.keys or option.code).upper(): option.code for option in self.options}
        typed = self._pending + text
        if typed in keys:
            self._answer(keys[typed])
            return True
        self._wait_for(typed if any(one.startswith(typed) for one in keys) else "")
        return bool(self._pending)


class SkippedQuestion(QWidget):
    """A question that the instrument does not ask here, as a thin dashed line with the reason."""

    def __init__(
        self, number: str, prompt: str, reason: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = label(f"{number}  {prompt}", "caption", wrap=True)
        why = label(reason, "caption", wrap=True)
        outer = column(frame("dashed", column(words, why, gap=2), 10))
        self.setLayout(outer)
        self.setAccessibleName(f"{number} {prompt} {reason}")
