"""The notice above a form of judgements: what is missing, that it is finished, why it is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app import icons
from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.note_field import NoteField
from app.widgets.parts import button, clear, column, holder, label, repolish, row, set_role
from assessments.edits import Done
from assessments.language import _, counted
from assessments.problems import Problem
from assessments.sealing import Opened


class StateNotice(QFrame):
    """One notice at a time. ``place_wanted(where)`` jumps to something missing,
    ``compare_wanted()`` goes to Reconcile, ``next_wanted()`` to the next thing to do.

    ``reopen(reason)`` opens what is finished again; of what is missing ``most`` are listed.
    """

    place_wanted = Signal(str)
    compare_wanted = Signal()
    next_wanted = Signal()

    def __init__(
        self, reopen: Callable[[str], Done], *, most: int = 100, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reopen_with, self._most = reopen, most
        self.setProperty("role", "notice")
        self._missing: tuple[Problem, ...] = ()
        self.sign = label()
        self.words = label("", "strong", wrap=True)
        self.more = label("", "small", wrap=True)
        self.actions, self.beside = FlowLayout(gap=6), FlowLayout(gap=6)
        self.reason = NoteField(_("Reason for reopening"), hint=_("Reason for reopening"))
        self.reason.left.connect(self._reopen)
        head = row(self.sign, holder(column(self.words, self.more, gap=2)), gap=8)
        head.setStretch(1, 1)
        head.setAlignment(self.sign, Qt.AlignmentFlag.AlignTop)
        top = WordsBeside(least=180)
        top.addWidget(holder(head))
        top.addWidget(holder(self.beside))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.setSpacing(6)
        for part in (holder(top), holder(self.actions), self.reason):
            outer.addWidget(part)
        self.reason.hide()
        self.hide()

    def say(self, icon: str, words: str, more: str = "") -> None:
        """Show a sentence and what follows from it; only a warning stands out."""
        set_role(self, "notice" if icon == "warning" else "sunken")
        for part in (self.words, self.more):
            repolish(part)
        icons.set_icon(self.sign, icon, "warn" if icon == "warning" else "accent", 18)
        self.words.setText(words)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(f"{words} {more}".strip())
        clear(self.actions)
        clear(self.beside)
        self.reason.hide()
        self.show()

    # -- what is missing -------------------------------------------------------------------

    def place_of(self, problem: Problem) -> str:
        """Return where something missing is mended."""
        return problem.where

    def show_missing(self, missing: Iterable[Problem]) -> None:
        """List what is missing before it can be finished; each jumps to its place."""
        before = self._missing
        self._missing = tuple(missing)
        if not self._missing:
            if before:
                self.hide()
            return
        count = len(self._missing)
        self.say("warning", counted(
            "{n} thing is missing before this can be finished:",
            "{n} things are missing before this can be finished:", count))
        for problem in self._missing[: self._most]:
            where = self.place_of(problem)
            self.actions.addWidget(button(
                problem.sentence, lambda where=where: self.place_wanted.emit(where),
                role="link", tip=problem.remedy,
            ))
        if count > self._most:
            self.actions.addWidget(label(_("and {n} more").format(n=count - self._most), "small"))

    def forget_missing(self) -> None:
        """Forget what was missing, for something else."""
        self._missing = ()

    @property
    def lists_missing(self) -> bool:
        """Whether things that are missing are listed now."""
        return bool(self._missing)

    def take_focus(self) -> None:
        """Put the focus on the first thing that can be done here."""
        first = self.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- finished, and opened again --------------------------------------------------------

    def say_finished(self, more: str, *, compare: bool, tip: str, reopens: bool) -> None:
        """Say that it is sealed, and offer to compare, to go on (``tip``) and to open it again."""
        self._missing = ()
        self.say("lock", _("Finished and sealed."), more)
        if compare:
            self.beside.addWidget(
                button(_("Compare in Reconcile"), self.compare_wanted.emit, role="primary"))
        if tip:
            self.offer_next(tip, "" if compare else "primary")
        if reopens:
            self.beside.addWidget(button(_("Reopen with a reason"), self.ask_reason))

    def offer_next(self, tip: str, role: str = "primary") -> None:
        """Offer the next thing to do."""
        self.beside.addWidget(
            button(_("Next to do"), self.next_wanted.emit, role=role, tip=tip))

    def say_reopened(self, own: Opened) -> None:
        """Say why it was opened again, and whether the other's had been seen by then."""
        words = _("Reopened: {reason}").format(reason=own.assessment.reopened_reason)
        mark = _("Revised after exchange: both had finished before.")
        self.say("info", words, mark if own.assessment.after_exchange else "")

    def ask_reason(self) -> None:
        """Show the field for the reason; Enter in it reopens."""
        self.reason.set_text("")
        self.reason.show()
        if self.proposed_reason():
            self.reason.edit.setText(self.proposed_reason())  # type: ignore[union-attr]
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def proposed_reason(self) -> str:
        """Return words for the reason that can be taken as they are, '' for none."""
        return ""

    def _reopen(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.reason.set_problem(_("Reopening needs a reason. Write in a few words why."))
            return
        done = self._reopen_with(words)
        self.reason.set_problem(" ".join(str(one) for one in done.problems))
        if done.ok:
            self.reason.set_text("")
            self.reopened()

    def reopened(self) -> None:
        """Go on after it was opened again."""
