"""Imprecision at each baseline risk, where the interval says something else at one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import level_choice
from app.widgets.parts import clear, column, holder, label
from assessments.imprecision_by_baseline import BaselinePlace, place_words, places_of
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from gradecore.grade.vocabulary import CONCERN_POINTS, IMPRECISION, NOT_ASSESSABLE_CONCERN


class BaselineLevels(QWidget):
    """One row of levels for each baseline risk; nothing is chosen until somebody chooses.

    ``walked(step)`` when ↑ or ↓ leave the rows.
    """

    walked = Signal(int)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: dict[str, ConcernButtons] = {}
        self._places: tuple[BaselinePlace, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(label(
            _("The interval says something else at another baseline risk. Where imprecision "
              "differs there, choose it; else the level above holds."), "caption", wrap=True))
        outer.addLayout(self._rows)

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the baseline risks and what was chosen, or nothing where all say the same."""
        places = places_of(self.desk.workspace.project, sheet.outcome, sheet.facts)
        if places != self._places:
            self._places = places
            self._make_rows(sheet)
        for place in places:
            buttons = self.rows[place.part]
            buttons.set_chosen(sheet.level(IMPRECISION, place.part))
            buttons.set_read_only(self.desk.closed)
        self.setVisible(bool(places))

    def _make_rows(self, sheet: RatingSheet) -> None:
        clear(self._rows)
        self.rows = {}
        levels = [one for one in sheet.domain(IMPRECISION).levels
                  if one.code in CONCERN_POINTS and one.code != NOT_ASSESSABLE_CONCERN]
        for place in self._places:
            words = place_words(place.label, place.risk, place.per)
            buttons = ConcernButtons(_("Imprecision at {place}").format(place=words))
            buttons.set_levels(level_choice(IMPRECISION, one, narrow=True) for one in levels)
            buttons.wanted.connect(lambda code, one=place: self._choose(one, code))
            buttons.walked.connect(lambda step, one=place: self._walk(one, step))
            said = label(f"{words}: {place.verdict}", "small", wrap=True)
            self._rows.addWidget(holder(column(said, buttons, gap=2)))
            self.rows[place.part] = buttons

    def _choose(self, place: BaselinePlace, code: str | None) -> None:
        if not self.desk.closed:
            self.rows[place.part].set_chosen(code)
            self.desk.judge(IMPRECISION, code, place.part)

    def _walk(self, place: BaselinePlace, step: int) -> None:
        target = self._places.index(place) + step
        if 0 <= target < len(self._places):
            self.rows[self._places[target].part].buttons[0].setFocus()
        else:
            self.walked.emit(step)

    def take_focus(self) -> None:
        """Put the focus on the first row."""
        if self.rows:
            next(iter(self.rows.values())).buttons[0].setFocus()

