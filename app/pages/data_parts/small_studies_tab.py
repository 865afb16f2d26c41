"""The tab Small studies: funnel plot, tests for its asymmetry, trim and fill."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.pages.data_parts import words
from app.pages.data_parts.plot_view import PlotView
from app.painting.painter import text_width
from app.widgets.card import Card
from app.widgets.parts import column, holder, label, scrolling
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.forest_rows import effect_words
from assessments.figures.funnel import (
    FunnelPoint,
    funnel,
    funnel_points,
    point_words,
    too_few_words,
)
from assessments.language import _, counted
from assessments.small_study_tests import ADVISED_FROM, AsymmetryRow, asymmetry_rows, filled
from assessments.summary_of_findings import numbers
from gradecore.absolute_effects import Interval
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    name: str
    statistic: str
    p: str
    remark: str


class SmallStudiesTab(QWidget):
    """The funnel plot, and the tests in a table with a word on each that does not suit."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, _workspace: Workspace) -> None:
        super().__init__()
        self.plot = PlotView(_("Funnel plot"))
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.plot.pointed.connect(self._point)
        self.points: dict[str, FunnelPoint] = {}
        self.notice = label("", "secondary", wrap=True)
        self.caution = label("", "warn", wrap=True)
        self.table = RecordsTable(_("Tests for small-study effects"), (
            Column(name="name", title=_("Test"), width=290, bold=True),
            Column(name="statistic", title=_("Statistic"), width=110),
            Column(name="p", title="P", width=70),
            Column(name="remark", title=_("Remark"), stretch=True),
        ), by_row=True)
        self.table.setMinimumHeight(220)
        tests = Card(_("Do small studies show larger effects?"))
        tests.add(self.caution)
        tests.add(self.table)
        tests.add(label(
            _("Asymmetry can come from missing results, from differences between small and large "
              "studies, or from chance; a test does not tell which. With ratios and standardised "
              "differences, effect and standard error are related by construction, so that Egger "
              "and Begg may find asymmetry that is none."), "caption", wrap=True,
        ))
        self.fill = Card(_("Trim and fill"))
        self.filled = label("", "", wrap=True)
        self.fill.add(self.filled)
        self.fill.add(label(_("A sensitivity analysis only; the added studies are invented by the "
                              "method."), "caption", wrap=True))
        inside = column(self.plot, self.notice, tests, self.fill, None, gap=12)
        inside.setContentsMargins(0, 0, 4, 4)
        self.setLayout(column(scrolling(holder(inside)), gap=0))

    def show_found(self, found: Gathered) -> None:
        """Show the tests for an analysis."""
        pooled = found.pooled
        if pooled is None:
            return
        self._show_funnel(found, pooled)
        self.caution.setText(too_few_words(pooled.k))
        self.caution.setVisible(pooled.k < ADVISED_FROM)
        self.table.show_rows([_in_words(one) for one in asymmetry_rows(found)])
        self._show_filled(found, pooled)

    def _show_funnel(self, found: Gathered, pooled: PooledEstimate) -> None:
        figure = funnel(found, text_width)
        self.plot.setVisible(figure is not None)
        self.notice.setVisible(figure is not None)
        self.points = {one.key: one for one in funnel_points(pooled)}
        columns = (
            Column(name="label", title=_("Study"), width=220, bold=True),
            Column(name="effect", title=MEASURES[pooled.measure].name, width=190),
            Column(name="se", title=_("SE"), kind="number", width=80),
            Column(name="p", title="P", width=90),
        )
        self.plot.show_plot(figure, columns, [_point_row(one) for one in self.points.values()])
        # the tab scrolls as a whole, so the plot needs no bar of its own
        self.plot.setMinimumHeight(self.plot.view.sizeHint().height() + theme.px(90))
        self._point(self.plot.view.row)

    def _point(self, key: str) -> None:
        """Say which study is pointed at."""
        one = self.points.get(key)
        self.notice.setText(
            point_words(one) if one is not None
            else _("Point at a study, or use the arrow keys, to see its name.")
        )

    def _show_filled(self, found: Gathered, pooled: PooledEstimate) -> None:
        told = filled(found)
        self.fill.setVisible(told is not None)
        if told is None:
            return
        natural = MEASURES[pooled.measure].natural
        interval = Interval(
            estimate=natural(told.estimate), low=natural(told.ci_lower),
            high=natural(told.ci_upper),
        )
        missing = counted("{n} study would be added", "{n} studies would be added", told.missing)
        side = _("on the left") if told.side == "left" else _("on the right")
        self.filled.setText(_(
            "{missing} {side} to make the funnel symmetric; then {effect} instead of {before}."
        ).format(
            missing=missing, side=side if told.missing else "",
            effect=effect_words(interval, pooled.measure, 2),
            before=words.interval_words(pooled, pooled.shown),
        ).replace("  ", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    id: str
    label: str
    effect: str
    se: str
    p: str


def _point_row(one: FunnelPoint) -> _Point:
    return _Point(
        id=one.key, label=one.label, effect=one.effect, se=numbers.number(one.se, 3),
        p=words.bare_p(one.p) if one.p is not None else "–",
    )


def _in_words(one: AsymmetryRow) -> _Row:
    statistic = ""
    if one.statistic is not None:
        letter = "z" if one.df is None else f"t({one.df})"
        statistic = f"{letter} = {numbers.number(one.statistic, 2)}"
    remark = one.problem
    if not remark and not one.suits:
        remark = _("Does not suit this measure")
    return _Row(
        id=one.code, name=one.name, statistic=statistic, remark=remark,
        p=words.bare_p(one.p) if one.p is not None else "–",
    )
