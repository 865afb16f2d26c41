"""What came out, in cards: effect, people, heterogeneity, prediction, certainty; notes in words."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import theme
from app.pages.data_parts import words
from app.pages.data_parts.settings_panel import plan_in_words
from app.painting.judgement_marks import CertaintyMark
from app.widgets.flow import FlowLayout
from app.widgets.parts import clear, column, frame, holder, label, row
from assessments.bodies import Gathered
from assessments.language import _, counted
from assessments.rating import level_of
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from gradecore.grade.vocabulary import NOT_RATED
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate

_FILLED = {"high": 4, "moderate": 3, "low": 2, "very_low": 1}


class ResultCards(QWidget):
    """The pooled result of one analysis; empty while nothing is pooled."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(gap=10, fill=True)
        self.notes = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(holder(self._flow))
        layout.addWidget(self.notes)

    def show_result(self, project: Project, found: Gathered) -> None:
        """Show what the engine found."""
        clear(self._flow)
        pooled = found.pooled
        if pooled is None or not found.body.studies:
            self.notes.hide()
            return
        for card in (
            _effect(pooled), _people(pooled, len(found.body.studies)), _spread(pooled),
            _prediction(pooled), _certainty(project, found),
        ):
            if card is not None:
                self._flow.addWidget(card)
        told = [_(note.sentence) for note in pooled.notes]
        self.notes.setText("\n".join(f"•  {one}" for one in told))
        self.notes.setVisible(bool(told))


def _card(heading: str, main: str, *below: str, mark: QWidget | None = None) -> QFrame:
    figure = label(main, "figure" if len(main) < 26 else "section")
    lines = [label(one, "small", wrap=True) for one in below if one]
    first = row(mark, figure, None) if mark is not None else figure
    made = frame("card", column(label(heading, "overline"), first, *lines, None, gap=3), 12)
    made.setAccessibleName(". ".join((heading, main, *(one for one in below if one))))
    made.setMinimumWidth(theme.px(168))
    return made


def _effect(pooled: PooledEstimate) -> QFrame:
    measure = MEASURES[pooled.measure]
    if pooled.shown is None:
        return _card(measure.name, _("Not estimable"))
    text = words.interval_words(pooled, pooled.shown)
    test = ""
    if pooled.shown.p is not None:
        letter = "z" if pooled.shown.df is None else "t"
        statistic = pooled.shown.statistic or 0.0
        test = f"{letter} = {numbers.number(statistic, 2)}, {words.p_words(pooled.shown.p)}"
    how = plan_in_words(pooled.plan) if pooled.k > 1 else _("No pooling with one study")
    return _card(measure.name, text, how, test)


def _people(pooled: PooledEstimate, rows: int) -> QFrame:
    people, events = pooled.participants, pooled.events
    studies = counted("{n} study", "{n} studies", pooled.k)
    below = []
    if people is not None:
        below.append(_("{n} people").format(n=words.count_words(people)))
    if events is not None:
        below.append(_("{n} events").format(n=words.count_words(events)))
    if rows > pooled.k:
        below.append(counted("{n} row not estimable or left out",
                             "{n} rows not estimable or left out", rows - pooled.k))
    return _card(_("Studies"), studies, ", ".join(below[:2]), *below[2:])


def _spread(pooled: PooledEstimate) -> QFrame | None:
    spread = pooled.heterogeneity
    if spread is None or pooled.k < 2:
        return None
    tau2 = f"τ² = {words.tau2_words(spread)}" if spread.tau2 is not None else ""
    q = f"Q = {numbers.number(spread.q, 1)}, df = {spread.df}, {words.p_words(spread.p)}"
    return _card(_("Heterogeneity"), f"I² {words.i2_words(spread)}", tau2, q)


def _prediction(pooled: PooledEstimate) -> QFrame | None:
    found = pooled.prediction
    if found is None:
        return None
    ends = (found.natural_lower, found.natural_upper)
    text = " ".join((_("{low} to {high}").format(
        low=numbers.number(ends[0], 2), high=numbers.number(ends[1], 2)
    ),))
    how = words.predictions().get(found.method, found.method)
    return _card(_("Prediction interval"), text, how)


def _certainty(project: Project, found: Gathered) -> QFrame | None:
    level = level_of(project, found.outcome)
    if level is None or level == NOT_RATED:
        return None
    said = {
        "high": _("High"), "moderate": _("Moderate"), "low": _("Low"), "very_low": _("Very low"),
    }[level]
    mark = CertaintyMark(_FILLED[level], said)
    return _card(_("Certainty (GRADE)"), said, _("Settled by both assessors"), mark=mark)
