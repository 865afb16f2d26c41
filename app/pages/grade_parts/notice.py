"""The notice above the domains: finished, facts that moved, what is missing, or why closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import place_of
from app.widgets.parts import button
from app.widgets.state_notice import StateNotice
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


class RatingNotice(StateNotice):
    """The state of a rating, mixed kinds of studies, and what moved since it was finished.

    ``anything_left`` tells whether another outcome is to be rated.
    """

    def __init__(self, desk: GradeDesk, parent: QWidget | None = None) -> None:
        super().__init__(desk.reopen, most=_MOST, parent=parent)
        self.desk = desk
        self.anything_left: Callable[[], bool] = lambda: True
        self._again = ""

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the state of a rating; a list of what is missing goes when it is mended."""
        stale = stale_seats(self.desk.workspace.project, sheet.outcome.id)
        if not sheet.reported:
            self.say("info", sheet.closed, _("It stays in the table, so that the gap is seen."))
            if self.anything_left():
                self.offer_next(_next_tip())
        elif stale:
            self._show_stale(sheet, *stale[0])
        elif sheet.finished:
            self._show_finished(sheet)
        elif sheet.closed:
            self.say("info", sheet.closed)
        elif sheet.start_rule == MIXED and not self._missing:
            self._show_mixed(sheet)
        elif self._missing:
            self.show_missing(self._missing)
        elif sheet.own is not None and sheet.own.assessment.reopened_reason:
            self.say_reopened(sheet.own)
        else:
            self.hide()

    def _show_mixed(self, sheet: RatingSheet) -> None:
        """Offer rows of their own for both kinds of study, or one kind alone."""
        self.say("warning", _("Randomised and non-randomised studies are mixed."), _(
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

    def place_of(self, problem: Problem) -> str:
        """Return where something missing is mended: a domain, or a page beyond the rating."""
        sheet = self.desk.sheet
        return place_of(problem, sheet.outcome.evidence if sheet is not None else "")

    def proposed_reason(self) -> str:
        """Return what moved since it was finished, as the reason to rate again."""
        return _("Facts changed: {what}").format(what=self._again) if self._again else ""

    def _show_stale(self, sheet: RatingSheet, seat: str, rated: Rated) -> None:
        self._missing = ()
        settled = seat == CONSENSUS
        words = (
            _("The facts changed since this rating was settled.") if settled
            else _("The facts changed since you rated.")
        )
        changes = [_(one) for one in rated.changed]
        self.say("warning", words, "\n".join(changes[:_CHANGES_AT_FIRST]))
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
        self._again = ""
        both = sheet.both_finished
        other = "B" if self.desk.workspace.seat == "a" else "A"
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
        self.say_finished(
            more, compare=both and sheet.settled is None,
            tip=_next_tip() if self.anything_left() else "",
            reopens=not self.desk.workspace.read_only)


def _next_tip() -> str:
    return _("Next outcome to do (Ctrl J)")
