"""What came out, in cards: effect, people, heterogeneity, prediction, certainty; notes in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.pages.data_parts import words
from app.pages.data_parts.settings_panel import plan_in_words
from app.painting.judgement_marks import CertaintyMark
from app.widgets.flow import FlowLayout
from app.widgets.parts import column, holder, label, line, row
from assessments.bodies import Gathered
from assessments.language import _, counted
from assessments.rating import level_of
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from gradecore.grade.vocabulary import NOT_RATED
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    heading: str
    main: str
    below: tuple[str, ...] = ()
    filled: int | None = None


_FILLED = {"high": 4, "moderate": 3, "low": 2, "very_low": 1}


class _Part(QWidget):
    """One number with its heading above and two lines below."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.heading = label("", "overline")
        self.mark = CertaintyMark()
        self.figure = label("", "title")
        self.lines = (label("", "small"), label("", "small"))
        layout = column(
            self.heading, row(self.mark, self.figure, None), *self.lines, gap=2
        )
        self.setLayout(layout)

    def show_told(self, told: _Told | None) -> None:
        """Show other words; None hides it."""
        self.setVisible(told is not None)
        if told is None:
            return
        self.heading.setText(told.heading)
        self.figure.setText(told.main)
        for one, text in zip(self.lines, (*told.below, "", ""), strict=False):
            one.setText(text)
        self.mark.setVisible(told.filled is not None)
        if told.filled is not None:
            self.mark.show_certainty(told.filled, told.main)
        self.setAccessibleName(". ".join((told.heading, told.main, *told.below)))


class ResultCards(QFrame):
    """The pooled result of one analysis; empty while nothing is pooled."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._flow = FlowLayout(gap=10, fill=True)
        self.parts = tuple(_Part() for _place in range(5))
        for part in self.parts:
            self._flow.addWidget(part)
        self.plan = label("", "caption", wrap=True)
        self.notes = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(holder(self._flow))
        layout.addWidget(line())
        layout.addWidget(self.plan)
        layout.addWidget(self.notes)

    def show_result(self, project: Project, found: Gathered) -> None:
        """Show what the engine found."""
        pooled = found.pooled
        self.setVisible(pooled is not None and bool(found.body.studies))
        if pooled is None:
            return
        told = (
            _effect(pooled), _people(pooled, len(found.body.studies)), _spread(pooled),
            _prediction(pooled), _certainty(project, found),
        )
        for part, one in zip(self.parts, told, strict=True):
            part.show_told(one)
        how = plan_in_words(pooled.plan) if pooled.k > 1 else _("No pooling with one study")
        self.plan.setText(how if pooled.k else _("Nothing to pool yet"))
        notes = _notes(found, pooled)
        self.notes.setText("\n".join(f"•  {one}" for one in notes))
        self.notes.setVisible(bool(notes))


def _notes(found: Gathered, pooled: PooledEstimate) -> list[str]:
    """Return the notes in words; why a row is left out is told in the words of its row."""
    told = [
        _("{study} is left out: {reason}").format(study=row.label, reason=row.left_out_because)
        for row in found.body.studies if not row.included
    ]
    told_above = ("not_estimable_left_out", "not_estimable_impossible")
    return told + [_(note.sentence) for note in pooled.notes if note.code not in told_above]


def _part(heading: str, main: str, *below: str, filled: int | None = None) -> _Told:
    return _Told(heading=heading, main=main, below=tuple(one for one in below if one),
                 filled=filled)


def _effect(pooled: PooledEstimate) -> _Told:
    measure = MEASURES[pooled.measure]
    if pooled.shown is None:
        return _part(measure.name, _("Not estimable"))
    text = words.interval_words(pooled, pooled.shown)
    test = ""
    if pooled.shown.p is not None:
        letter = "z" if pooled.shown.df is None else "t"
        statistic = pooled.shown.statistic or 0.0
        test = f"{letter} = {numbers.number(statistic, 2)}, {words.p_words(pooled.shown.p)}"
    level = numbers.plain_number(pooled.plan.level * 100)
    return _part(_("{measure}, {level}% CI").format(measure=measure.name, level=level), text, test)


def _people(pooled: PooledEstimate, rows: int) -> _Told:
    people, events = pooled.participants, pooled.events
    studies = counted("{n} study", "{n} studies", pooled.k)
    known = []
    if people is not None:
        known.append(_("{n} people").format(n=words.count_words(people)))
    if events is not None:
        known.append(_("{n} events").format(n=words.count_words(events)))
    not_used = ""
    if rows > pooled.k:
        not_used = counted("{n} row not used", "{n} rows not used", rows - pooled.k)
    below = [one for one in (", ".join(known), not_used) if one]
    return _part(_("Pooled"), studies, *below)


def _spread(pooled: PooledEstimate) -> _Told | None:
    spread = pooled.heterogeneity
    if spread is None or pooled.k < 2:
        return None
    tau2 = f"τ² = {words.tau2_words(spread)}" if spread.tau2 is not None else ""
    q = f"Q = {numbers.number(spread.q, 1)}, df = {spread.df}, {words.p_words(spread.p)}"
    return _part(_("Heterogeneity"), f"I² {words.i2_words(spread)}", tau2, q)


def _prediction(pooled: PooledEstimate) -> _Told | None:
    found = pooled.prediction
    if found is None:
        return None
    ends = (found.natural_lower, found.natural_upper)
    text = _("{low} to {high}").format(
        low=numbers.number(ends[0], 2), high=numbers.number(ends[1], 2)
    )
    how = words.predictions().get(found.method, found.method)
    return _part(_("Prediction interval"), text, how)


def _certainty(project: Project, found: Gathered) -> _Told | None:
    level = level_of(project, found.outcome)
    if level is None or level == NOT_RATED:
        return None
    said = {
        "high": _("High"), "moderate": _("Moderate"), "low": _("Low"), "very_low": _("Very low"),
    }[level]
    return _part(_("Certainty (GRADE)"), said, _("Settled by both assessors"),
                 filled=_FILLED[level])
