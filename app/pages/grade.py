"""GRADE: the certainty of each outcome, rated beside the facts of the review's own analysis."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import settings, theme
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.header import Header
from app.pages.grade_parts.looking_ahead import LookingAhead
from app.pages.grade_parts.outcome_list import OutcomeList
from app.pages.grade_parts.own_changes import ratings_touched
from app.pages.grade_parts.page_commands import page_commands
from app.pages.grade_parts.page_keys import page_keys
from app.pages.grade_parts.rating_area import RatingArea
from app.pages.grade_parts.thresholds_area import ThresholdsArea
from app.pages.grade_parts.words import RISK_OF_BIAS, start_words, studies_words, title_of
from app.pages.page import Command, Page
from app.widgets.empty_state import EmptyState
from app.widgets.page_header import Tabs
from app.widgets.parts import button, holder, row
from app.widgets.who_sits_here import WhoSitsHere
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.rating_facts import computing
from assessments.store.journal import Changes

_LIST_FROM = 660
"""Width of the page, at words of 100 %, from which the list has room."""


class GradePage(Page):
    """One's own ratings of certainty, with sums, sentences and the row of the table, live."""

    TABLES = frozenset()
    LATER = ("first_facts", "first_look")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.desk = GradeDesk(workspace, self)
        self.outcomes = OutcomeList(workspace)
        self.tabs = Tabs((("rating", _("Rating")), ("thresholds", _("Thresholds"))))
        self.tabs.setAccessibleName(_("Rating or thresholds"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.list_button = button(_("Outcomes"), self.toggle_list, tip=_("Show the outcomes"))
        self.next = button(_("Next outcome"), lambda: self.step(1), role="primary",
                           tip=_("Next outcome (Ctrl Enter)"))
        self.plot = button(_("Forest plot"), self._to_data, icon="data_and_pooling",
                           tip=_("Data & pooling of this outcome"))
        self.header = Header(self.list_button, self.tabs, self.plot, self.next)
        self.nobody = WhoSitsHere(workspace, _("Who rates?"), _(
            "Each assessor rates alone; nobody sees the other’s rating of an outcome before both "
            "have finished it. Choose who sits here."))
        self.empty = EmptyState(
            "grade", _("Nothing to rate yet"),
            _("Certainty is rated for each outcome of the review. Write the outcomes down, and "
              "each appears here."),
            ((_("Go to Review"), lambda: self.wanted.emit("review", "outcomes")),),
        )
        self._lay_out()
        self._list_wanted = False
        self._seat: str | None = None
        self.ahead = LookingAhead(self._next_steps, self)
        self._connect()
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        """Put everything in its place, what holds others first.

        What has been measured once is styled anew whenever something around it gets a parent.
        """
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        layout.addWidget(self.stack)
        self.main = QWidget()
        self.main.setProperty("role", "canvas")
        split = row(self.outcomes, self.main, gap=0)
        split.setStretch(1, 1)
        self.work = holder(split)
        for view in (self.work, self.nobody, self.empty):
            self.stack.addWidget(view)
        inner = QVBoxLayout(self.main)
        inner.setContentsMargins(24, 14, 16, 14)
        inner.setSpacing(10)
        self.areas_stack = QStackedWidget()
        inner.addWidget(self.header)
        inner.addWidget(self.areas_stack, 1)
        self.rating = RatingArea(self.desk, self.areas_stack)
        self.thresholds = ThresholdsArea(self.desk)
        self.areas_stack.addWidget(self.rating)
        self.areas_stack.addWidget(self.thresholds)

    def _connect(self) -> None:
        self.outcomes.chosen.connect(self._open)
        self.nobody.people_wanted.connect(lambda: self.wanted.emit("review", "people"))
        self.outcomes.opened.connect(lambda _key: self.rating.take_focus())
        self.tabs.chosen.connect(self._show_area)
        self.rating.finished.connect(self._finished)
        self.rating.next_wanted.connect(self.next_to_do)
        self.rating.notice.anything_left = (
            lambda: bool(self.outcomes.next_to_do(self.desk.outcome)))
        self.rating.compare_wanted.connect(
            lambda: self.wanted.emit("reconcile", self.desk.outcome))
        self.rating.judging_wanted.connect(lambda: self.wanted.emit(RISK_OF_BIAS, ""))
        self.rating.thresholds_wanted.connect(lambda: self.tabs.show_tab("thresholds"))
        self.rating.moved.connect(self.context_changed)
        self.rating.rated.connect(self._own_shown)
        self.thresholds.said.connect(self.complained)

    # -- showing ---------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Read what has changed and show it; one's own steps touch one line of the list only."""
        if self.workspace.seat is None:
            self._seat = None
            self.nobody.show_people()
            self.stack.setCurrentWidget(self.nobody)
            QTimer.singleShot(0, self, self._focus_if_elsewhere)
            return
        rated = None if changes is None else ratings_touched(self.workspace.project, changes)
        if rated is None:
            sat_down = self.workspace.seat != self._seat
            self._seat = self.workspace.seat
            self._read_all(sat_down)
            if sat_down and self.isVisible():  # what had the focus may be gone
                QTimer.singleShot(0, self, self._take_focus)
            return
        for outcome in rated - {self.desk.outcome}:
            self.outcomes.read_outcome(outcome)
        if self.desk.outcome in rated:
            self.rating.own_changed()

    def _read_all(self, sat_down: bool) -> None:
        shown = self.desk.outcome
        self.outcomes.read()
        if not self.outcomes.outcomes:
            self.stack.setCurrentWidget(self.empty)
            self.desk.read("")
            return
        self.stack.setCurrentWidget(self.work)
        before = self._where_one_was()
        self.outcomes.list.choose(before)
        if self.outcomes.list.current_id() == shown:
            if sat_down:  # where the other one was is of no use
                self.desk.read(shown)
                self.rating.show_outcome()
            else:
                self.rating.show_own()
            self.thresholds.show_outcome()
            self._show_header()
        elif not self.desk.outcome:
            self._open(before)

    @property
    def first_facts(self) -> bool:
        """Compute in idle time what the first look at the page needs; whether there was any."""
        if self.workspace.seat is None or self.desk.outcome:
            return False
        self.outcomes.read()
        for step in computing(self.workspace.project, self._where_one_was()):
            step()
        return True

    @property
    def first_look(self) -> bool:
        """Fill the page in idle time, so that showing it only paints; whether it was needed."""
        if self.workspace.seat is None or not self._out_of_date or self.isVisible():
            return False
        self.bring_up_to_date()
        return True

    def _where_one_was(self) -> str:
        """Return the outcome that was shown last, or the one to begin with; '' without any."""
        before = self.desk.outcome or str(
            settings.read(f"grade/{self.workspace.project.identity}", ""))
        if self.outcomes.outcome(before) is not None or not self.outcomes.outcomes:
            return before
        return self.outcomes.next_to_do("") or self.outcomes.outcomes[0].id

    def _open(self, outcome: str) -> None:
        if not outcome or outcome == self.desk.outcome:
            return
        self.rating.commit()
        self.thresholds.commit()
        self.desk.read(outcome)
        self.rating.show_outcome()
        self.thresholds.show_outcome()
        self._show_header()
        self.context_changed.emit()
        self.ahead.start()

    def _next_steps(self) -> list[Callable[[], object]]:
        """Return what may be wanted next: the next outcome, the other domains, more outcomes."""
        shown = self.desk.outcome
        order = [one.id for one in self.outcomes.outcomes if one.evidence != "not_reported"]
        if shown not in order:
            return []
        place = order.index(shown)
        near = [*order[place + 1 :], *reversed(order[:place])]
        steps = [computing(self.workspace.project, one) for one in near]
        return [
            partial(settings.write, f"grade/{self.workspace.project.identity}", shown),
            *chain(*steps[:1]), *self.rating.steps_ahead(), *chain(*steps[1:]),
        ]

    def _own_shown(self) -> None:
        self.outcomes.read_outcome(self.desk.outcome)
        self._show_header()

    def _show_header(self) -> None:
        sheet = self.desk.sheet
        if sheet is None:
            return
        name = ", ".join(
            part for part in (sheet.outcome.label, sheet.outcome.time_point) if part)
        seat = (self.workspace.seat or "").upper()
        self.header.show_title(
            name or _("Outcome without a name"),
            start_words(sheet.start_rule) if sheet.reported else "", studies_words(sheet),
            _("no included study reported it") if not sheet.reported
            else _("both have finished") if sheet.both_finished
            else _("rated by {seat} alone").format(seat=seat),
        )
        self.plot.setVisible(sheet.outcome.evidence in ("pooled", "single"))

    def _show_area(self, name: str) -> None:
        shown = self.rating if name == "rating" else self.thresholds
        self.areas_stack.setCurrentWidget(shown)
        shown.take_focus()
        self.context_changed.emit()

    # -- commands --------------------------------------------------------------------------

    def go_to(self, target: str) -> None:
        """Show an outcome; after a slash the domain, or 'thresholds'."""
        self.bring_up_to_date()
        outcome, _slash, where = target.partition("/")
        if self.outcomes.outcome(outcome) is not None:
            self.outcomes.list.choose(outcome)
        self.tabs.show_tab("thresholds" if where == "thresholds" else "rating")
        if where and where != "thresholds":
            self.rating.jump(where)
        elif not where:
            self.rating.take_focus()

    def step(self, places: int) -> None:
        """Go to the next or previous outcome in the list."""
        self.outcomes.list.step(places)
        self._take_focus()

    def next_to_do(self) -> None:
        """Go to the next outcome that is not finished, or whose facts changed."""
        self.outcomes.look_at_all()
        found = self.outcomes.next_to_do(self.desk.outcome)
        if not found:
            sheet = self.desk.sheet
            if sheet is not None and not sheet.finished:
                self._take_focus()
            self.said.emit(_("Nothing else is left to rate."), "", None)
            return
        self.outcomes.list.choose(found)
        self.tabs.show_tab("rating")
        self.rating.take_focus()

    def _take_focus(self) -> None:
        if self.tabs.shown == "rating":
            self.rating.take_focus()
        else:
            self.thresholds.take_focus()

    def _finished(self) -> None:
        left = sum(
            1 for one in self.outcomes.outcomes
            if one.evidence != "not_reported" and self._open_still(one.id)
        )
        words = _("Finished and sealed.")
        if left:
            words = counted(
                "Finished and sealed. {n} outcome left to rate.",
                "Finished and sealed. {n} outcomes left to rate.", left)
        self.said.emit(words, _("Next (Ctrl J)") if left else "", self.next_to_do)
        self.rating.take_focus()

    def _open_still(self, outcome: str) -> bool:
        from assessments.rating import unit_of
        from assessments.sealing import standing

        states = standing(self.workspace.project, unit_of(outcome))
        return states.get(self.workspace.seat or "", "none") != "finished"

    def _to_data(self) -> None:
        self.wanted.emit("data_and_pooling", self.desk.outcome)

    def commands(self) -> tuple[Command, ...]:
        """Return the steps of a rating with their keys."""
        if self.workspace.seat is None:
            return ()
        return page_commands(self)

    # -- room ------------------------------------------------------------------------------

    def toggle_list(self) -> None:
        """Show the list of outcomes where there is no room for it beside the rating."""
        self._list_wanted = not self._list_wanted
        self._fit()
        if self._list_wanted:
            self.outcomes.list.setFocus()

    def _fit(self) -> None:
        roomy = self.width() >= theme.px(_LIST_FROM)
        wanted = min(max(self.width() // 5, theme.px(226)), theme.px(300))
        self.outcomes.setFixedWidth(min(wanted, max(self.width() // 3, 1)))
        self.outcomes.setVisible(roomy or self._list_wanted)
        self.list_button.setVisible(not roomy)
        self.outcomes.note.setVisible(self.height() >= theme.px(560))
        self.rating.preview.set_compact(self.height() < theme.px(800))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only what has room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where work goes on, unless it is on the page already."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._focus_if_elsewhere)

    def _focus_if_elsewhere(self) -> None:
        focus = QApplication.focusWidget()
        elsewhere = focus is None or not (self is focus or self.isAncestorOf(focus))
        if not (self.isVisible() and elsewhere):
            return
        if self.stack.currentWidget() is self.nobody:
            self.nobody.take_focus()
        elif self.desk.sheet is not None:
            self._take_focus()

    # -- for the window --------------------------------------------------------------------

    def context(self) -> str:
        """Return the outcome and the domain one is in."""
        if self.workspace.seat is None or self.desk.sheet is None:
            return ""
        order = [one.id for one in self.outcomes.outcomes]
        if self.desk.outcome not in order:
            return ""
        where = _("Outcome {n} of {all}").format(
            n=order.index(self.desk.outcome) + 1, all=len(order))
        if self.tabs.shown == "thresholds":
            return _("{outcome} · thresholds").format(outcome=where)
        if not self.desk.sheet.reported:
            return _("{outcome} · not reported").format(outcome=where)
        return f"{where} · {title_of(self.rating.current)}"

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the three keys that help now."""
        if self.workspace.seat is None:
            return ()
        if self.tabs.shown == "thresholds":
            return (("Tab", _("next field")), ("Ctrl Shift T", _("rating")),
                    ("Alt ↓", _("next outcome")))
        if self.desk.closed:
            return (("Ctrl J", _("next to do")), ("Tab", _("next domain")),
                    ("Alt ↓", _("next outcome")))
        return (("1 – 5", _("level")), ("Tab", _("next domain")), ("R", _("reason")))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of the page."""
        return page_keys()

    def areas(self) -> tuple[QWidget, ...]:
        """Return list, rating and side, those that are shown."""
        parts = [] if self.outcomes.isHidden() else [self.outcomes.list]
        shown = self.tabs.shown
        card = self.rating.cards[self.rating.current]
        parts.append(card if shown == "rating" else self.thresholds)  # type: ignore[arg-type]
        if shown == "rating":
            parts.append(self.rating.side.finish)  # type: ignore[arg-type]
        return tuple(parts)


PAGE = GradePage
