"""The notice above the form: what is missing, that it is finished, or why one cannot judge."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import icons
from app.pages.risk_of_bias_parts.desk import Desk
from app.widgets.flow import FlowLayout
from app.widgets.note_field import NoteField
from app.widgets.parts import button, clear, holder, label, repolish, row, set_role
from assessments.language import _, counted
from assessments.problems import Problem
from assessments.sealing import standing
from assessments.sheet import Sheet


class StateNotice(QFrame):
    """One notice at a time. ``place_wanted(where)`` jumps to something missing,
    ``compare_wanted()`` goes to Reconcile, ``next_wanted()`` to the next thing to do."""

    place_wanted = Signal(str)
    compare_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "notice")
        self._missing: tuple[Problem, ...] = ()
        self.sign = label()
        self.words = label("", "strong", wrap=True)
        self.more = label("", "small", wrap=True)
        self.actions = FlowLayout(gap=6)
        self.reason = NoteField(_("Reason for reopening"), hint=_("Reason for reopening"))
        self.reason.left.connect(self._reopen)
        self.reason.hide()
        head = row(self.sign, self.words, gap=8)
        head.setStretch(1, 1)
        head.setAlignment(self.sign, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        for part in (self.more, holder(self.actions), self.reason):
            column.addWidget(part)
        self.hide()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the state of a sheet; a list of what is missing goes when it is mended."""
        if sheet.finished:
            self._show_finished(sheet)
        elif sheet.closed:
            self._say("info", sheet.closed, "")
        elif self._missing:
            pass
        elif sheet.own is not None and sheet.own.assessment.reopened_reason:
            text = _("Reopened: {reason}").format(reason=sheet.own.assessment.reopened_reason)
            mark = _("Revised after exchange: both had finished before.")
            self._say("info", text, mark if sheet.own.assessment.after_exchange else "")
        else:
            self.hide()

    def show_missing(self, missing: Iterable[Problem]) -> None:
        """List what is missing before it can be finished; each jumps to its place."""
        before = self._missing
        self._missing = tuple(missing)
        if not self._missing:
            if before:
                self.hide()
            return
        count = len(self._missing)
        self._say(
            "warning",
            counted("{n} thing is missing before this can be finished:",
                    "{n} things are missing before this can be finished:", count),
            "",
        )
        for problem in self._missing:
            self.actions.addWidget(self._jump(problem))

    @property
    def lists_missing(self) -> bool:
        """Whether things that are missing are listed now."""
        return bool(self._missing)

    def _jump(self, problem: Problem) -> QWidget:
        return button(
            problem.sentence, lambda: self.place_wanted.emit(problem.where), role="link",
            tip=problem.remedy,
        )

    def _show_finished(self, sheet: Sheet) -> None:
        self._missing = ()
        states = standing(self.desk.workspace.project, sheet.unit)
        both = states["a"] == states["b"] == "finished"
        other = "B" if self.desk.workspace.seat == "a" else "A"
        text = _("Finished and sealed.")
        more = (
            _("You have both finished: the two can be compared now.") if both
            else _("{other} has not finished yet. Until then neither of you sees the other’s "
                   "judgements.").format(other=other)
        )
        left = self.desk.anything_left()
        if not left:
            more = _("{more} Nothing else is left to assess.").format(more=more)
        self._say("lock", text, more)
        offered = []
        if left:
            offered.append(button(_("Next to do"), self.next_wanted.emit,
                                  role="" if both else "primary",
                                  tip=_("Next result to do (Ctrl J)")))
        if both:
            offered.append(
                button(_("Compare in Reconcile"), self.compare_wanted.emit, role="primary")
            )
        if not self.desk.workspace.read_only:
            offered.append(button(_("Reopen with a reason"), self.ask_reason))
        for one in offered[1:2] + offered[:1] + offered[2:] if left and both else offered:
            self.actions.addWidget(one)
        if offered:
            self.setFocusProxy(offered[0])

    def _say(self, icon: str, text: str, more: str) -> None:
        set_role(self, "notice" if icon == "warning" else "sunken")
        for words in (self.words, self.more):
            repolish(words)
        icons.set_icon(self.sign, icon, "warn" if icon == "warning" else "accent", 18)
        self.words.setText(text)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(f"{text} {more}".strip())
        clear(self.actions)
        self.reason.hide()
        self.show()

    def ask_reason(self) -> None:
        """Show the field for the reason; Enter in it reopens."""
        self.reason.set_text("")
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reopen(self) -> None:
        text = self.reason.text().strip()
        if not text:
            self.reason.set_problem(_("Reopening needs a reason. Write in a few words why."))
            return
        done = self.desk.reopen(text)
        self.reason.set_problem(" ".join(str(one) for one in done.problems))
        if done.ok:
            self.reason.set_text("")
            self.next_focus()

    def next_focus(self) -> None:
        """Give the focus on, to what follows in the window."""
        self.focusNextChild()
