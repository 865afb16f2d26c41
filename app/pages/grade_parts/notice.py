"""The notice above the domains: finished, facts that moved, what is missing, or why closed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app import icons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import place_of
from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.note_field import NoteField
from app.widgets.parts import button, clear, column, holder, label, row
from assessments.assessment import CONSENSUS
from assessments.external_rating import external_rating
from assessments.language import _, counted
from assessments.problems import Problem
from assessments.rating import MIXED, Rated
from assessments.rating_sheet import RatingSheet, stale_seats
from gradecore.grade.vocabulary import NOT_RATED, NRS, RCT, level_label

_MOST = 8
_CHANGES_AT_FIRST = 4
"""What moved most comes first; the rest is one key away, so that the rating stays in sight."""


class Notice(QFrame):
    """One notice at a time. ``place_wanted(where)`` jumps to something missing,
    ``compare_wanted()`` goes to Reconcile, ``next_wanted()`` to the next thing to do."""

    place_wanted = Signal(str)
    compare_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, desk: GradeDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "notice")
        self._missing: tuple[Problem, ...] = ()
        self._again = ""
        self.sign = label()
        self.words = label("", "strong", wrap=True)
        self.more = label("", "small", wrap=True)
        self.actions = FlowLayout(gap=6)
        self.reason = NoteField(_("Reason for reopening"), hint=_("Reason for reopening"))
        self.reason.left.connect(self._reopen)
        self.reason.hide()
        self.beside = FlowLayout(gap=6)
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
        self.hide()

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the state of a rating; a list of what is missing goes when it is mended."""
        stale = stale_seats(self.desk.workspace.project, sheet.outcome.id)
        if not sheet.reported:
            self._say("info", sheet.closed, _("It stays in the table, so that the gap is seen."))
            self._offer_next()
        elif stale:
            self._show_stale(sheet, *stale[0])
        elif sheet.finished:
            self._show_finished(sheet)
        elif sheet.closed:
            self._say("info", sheet.closed, "")
        elif sheet.start_rule == MIXED and not self._missing:
            self._show_mixed(sheet)
        elif self._missing:
            self.show_missing(self._missing)
        elif sheet.own is not None and sheet.own.assessment.reopened_reason:
            words = _("Reopened: {reason}").format(reason=sheet.own.assessment.reopened_reason)
            mark = _("Revised after exchange: both had finished before.")
            self._say("info", words, mark if sheet.own.assessment.after_exchange else "")
        else:
            self.hide()

    def _show_mixed(self, sheet: RatingSheet) -> None:
        """Offer rows of their own for both kinds of study, or one kind alone."""
        self._say("warning", _("Randomised and non-randomised studies are mixed."), _(
            "They are two bodies of evidence and never rated as one. Nothing can be finished "
            "until they are parted; the results left out stay in the data."))
        if sheet.outcome.evidence not in ("pooled", "single"):
            return
        for words, run, role in (
            (_("Split into two rows"), self.desk.split, "primary"),
            (_("Randomised trials only"), lambda: self.desk.restrict(RCT), ""),
            (_("Non-randomised studies only"), lambda: self.desk.restrict(NRS), ""),
        ):
            self.actions.addWidget(button(words, run, role=role))

    def show_missing(self, missing: Iterable[Problem]) -> None:
        """List what is missing before it can be finished; each jumps to its place."""
        before = self._missing
        self._missing = tuple(missing)
        if not self._missing:
            if before:
                self.hide()
            return
        count = len(self._missing)
        self._say("warning", counted(
            "{n} thing is missing before this can be finished:",
            "{n} things are missing before this can be finished:", count), "")
        sheet = self.desk.sheet
        evidence = sheet.outcome.evidence if sheet is not None else ""
        for problem in self._missing[:_MOST]:
            place = place_of(problem, evidence)
            self.actions.addWidget(button(
                problem.sentence, lambda where=place: self.place_wanted.emit(where),
                role="link", tip=problem.remedy,
            ))
        if count > _MOST:
            self.actions.addWidget(label(_("and {n} more").format(n=count - _MOST), "small"))

    def take_focus(self) -> None:
        """Put the focus on the first thing that can be done here."""
        first = self.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_missing(self) -> None:
        """Forget what was missing, for another outcome."""
        self._missing = ()

    @property
    def lists_missing(self) -> bool:
        """Whether things that are missing are listed now."""
        return bool(self._missing)

    def _show_stale(self, sheet: RatingSheet, seat: str, rated: Rated) -> None:
        self._missing = ()
        settled = seat == CONSENSUS
        words = (
            _("The facts changed since this rating was settled.") if settled
            else _("The facts changed since you rated.")
        )
        changes = [_(one) for one in rated.changed]
        self._say("warning", words, "\n".join(changes[:_CHANGES_AT_FIRST]))
        if self.desk.workspace.read_only:
            self._offer_all(changes)
            return
        self.actions.addWidget(button(
            _("Still right"), lambda: self.desk.confirm(seat), role="primary",
            tip=_("Confirm the rating beside the facts of now"),
        ))
        if sheet.finished:
            self._again = " ".join(rated.changed)
            self.actions.addWidget(button(
                _("Rate again"), self.ask_reason,
                tip=_("Reopen your rating, with the reason"),
            ))
        self._offer_all(changes)

    def _offer_all(self, changes: list[str]) -> None:
        """Offer the changes beyond the first ones, shown in the same place."""
        rest = len(changes) - _CHANGES_AT_FIRST
        if rest <= 0:
            return
        unfold = button(counted("{n} more change", "{n} more changes", rest), role="link",
                        icon="chevron_right")

        def show_all() -> None:
            self.more.setText("\n".join(changes))
            unfold.hide()
            self.take_focus()

        unfold.clicked.connect(show_all)
        self.actions.addWidget(unfold)

    def _show_finished(self, sheet: RatingSheet) -> None:
        self._missing = ()
        self._again = ""
        both = sheet.both_finished
        other = "B" if self.desk.workspace.seat == "a" else "A"
        words = _("Finished and sealed.")
        more = (
            _("You have both finished: the two can be compared now.") if both
            else _("{other} has not finished yet. Until then neither of you sees the other’s "
                   "rating.").format(other=other)
        )
        if sheet.settled is not None:
            settled = level_label(sheet.settled.level or NOT_RATED)
            more = _("The rating of this outcome is settled: {level}.").format(level=_(settled))
        theirs = external_rating(self.desk.workspace.project, sheet.outcome.id)
        if theirs:
            level = level_label(theirs)
            more = _("{more} The publication itself rated: {level}.").format(
                more=more, level=_(level))
        self._say("lock", words, more)
        if both and sheet.settled is None:
            self.beside.addWidget(
                button(_("Compare in Reconcile"), self.compare_wanted.emit, role="primary"))
        self._offer_next("" if both else "primary")
        if not self.desk.workspace.read_only:
            self.beside.addWidget(button(_("Reopen with a reason"), self.ask_reason))

    def _offer_next(self, role: str = "primary") -> None:
        self.beside.addWidget(button(
            _("Next to do"), self.next_wanted.emit, role=role,
            tip=_("Next outcome to do (Ctrl J)")))

    def _say(self, icon: str, words: str, more: str) -> None:
        icons.set_icon(self.sign, icon, "warn" if icon == "warning" else "accent", 18)
        self.words.setText(words)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(f"{words} {more}".strip())
        clear(self.actions)
        clear(self.beside)
        self.reason.hide()
        self.show()

    # -- reopening -------------------------------------------------------------------------

    def ask_reason(self) -> None:
        """Show the field for the reason; Enter in it reopens."""
        words = _("Facts changed: {what}").format(what=self._again) if self._again else ""
        self.reason.set_text("")
        self.reason.show()
        if words:
            self.reason.edit.setText(words)  # type: ignore[union-attr]
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reopen(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.reason.set_problem(_("Reopening needs a reason. Write in a few words why."))
            return
        done = self.desk.reopen(words)
        self.reason.set_problem(" ".join(str(one) for one in done.problems))
