"""The tab Leave one out: without each study in turn, study by study, and each one's influence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app import background
from app.pages.data_parts.influence_rows import influence_columns, influence_rows
from app.pages.data_parts.plot_view import PlotView
from app.pages.data_parts.progress_line import ProgressLine
from app.pages.data_parts.refit_rows import RefitRow, refit_columns, refit_of, refit_row
from app.painting.painter import text_width
from app.widgets.flow import FlowLayout
from app.widgets.form import choice
from app.widgets.page_header import Tabs
from app.widgets.parts import column, frame, holder, label
from app.widgets.records_table import RecordsTable
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.interval_plot import PlotWords, interval_plot
from assessments.language import _
from assessments.sensitivity import (
    SeriesRow,
    cumulative,
    influence,
    leave_one_out,
    without_high_risk,
)
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate

_IN_BACKGROUND_FROM = 300


class LeaveOneOutTab(QWidget):
    """How the result hangs on single studies, in three ways; the first is leaving each out."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: Gathered | None = None
        self.ways = Tabs((
            ("leave_one_out", _("Leave one out")), ("cumulative", _("Cumulative")),
            ("influence", _("Influence")),
        ))
        self.ways.chosen.connect(self._choose_way)
        self.order = choice(_("Order of the studies"), (
            ("year", _("by year, oldest first")), ("weight", _("by weight, heaviest first")),
        ))
        self.order.setMinimumContentsLength(22)
        self.order.activated.connect(lambda _n: self._show_way())
        self.plot = PlotView(_("Leave one out"))
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.table = RecordsTable(_("Influence of each study"), (), by_row=True)
        self.progress = ProgressLine()
        self.told = label("", "secondary", wrap=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.plot)
        self.stack.addWidget(frame("card", column(self.table, gap=0), 2))
        top = FlowLayout(gap=8)
        top.addWidget(self.ways)
        top.addWidget(self.order)
        layout = column(holder(top), self.told, self.progress, self.stack, gap=8)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_found(self, found: Gathered) -> None:
        """Show an analysis; thousands of refits come from the background."""
        self.found = found
        self._show_way()

    def _choose_way(self, name: str) -> None:
        self.ways.show_tab(name)
        self._show_way()

    def _show_way(self) -> None:
        found, way = self.found, self.ways.shown
        if found is None or found.pooled is None:
            return
        self.order.setVisible(way == "cumulative")
        self.stack.setCurrentIndex(1 if way == "influence" else 0)
        if way == "influence":
            self._show_influence(found, found.pooled)
        elif way == "cumulative":
            self._show_cumulative(found, found.pooled)
        elif len(found.body.studies) < _IN_BACKGROUND_FROM:
            self._show(leave_one_out(found))
        else:
            job = background.run(
                "leave_one_out", lambda token: leave_one_out(found, token.step), self._show
            )
            self.progress.follow(job, _("Leaving out study {n} of {of}"))

    # -- three ways ------------------------------------------------------------------------

    def _show(self, refits: tuple[SeriesRow, ...]) -> None:
        found = self.found
        if found is None or found.pooled is None or self.ways.shown != "leave_one_out":
            return
        pooled = found.pooled
        rows = [refit_row(pooled, ("all", _("All studies")), refit_of(pooled), strong=True)]
        high = without_high_risk(found)
        if high is not None:
            name = _("Without studies at high risk of bias")
            rows.append(refit_row(pooled, ("high", name), refit_of(high)))
        rows += [
            refit_row(pooled, (one.key, _("without {study}").format(study=one.label)),
                      refit_of(one))
            for one in refits
        ]
        words = PlotWords(
            title=_("Leave one out: {outcome}").format(outcome=found.outcome.label),
            description=_("The pooled result without each study in turn."),
            rows=_("Left out"), columns=(_("Studies"), "τ²", "I²"),
        )
        self._draw(pooled, rows, words)
        self.told.setText(_verdict(pooled, refits))

    def _show_cumulative(self, found: Gathered, pooled: PooledEstimate) -> None:
        series = cumulative(self.workspace.project, found, self.order.value)
        rows = [
            refit_row(
                pooled, (one.key, _("+ {study}").format(study=one.label) if place else one.label),
                refit_of(one),
            )
            for place, one in enumerate(series)
        ]
        rows.append(refit_row(pooled, ("all", _("All studies")), refit_of(pooled), strong=True))
        words = PlotWords(
            title=_("Cumulative: {outcome}").format(outcome=found.outcome.label),
            description=_("The pooled result as studies are added one by one."),
            rows=_("Studies so far"), columns=(_("Studies"), "τ²", "I²"),
        )
        self._draw(pooled, rows, words)
        self.told.setText(_settled_from(pooled, series))

    def _show_influence(self, found: Gathered, pooled: PooledEstimate) -> None:
        rows = influence_rows(pooled, influence(found))
        self.table.show_columns(influence_columns(pooled.plan.model == "random"))
        self.table.show_rows(rows)
        named = [row.label for row in rows if row.influential]
        self.told.setText(
            _("Influential by the usual limits (Viechtbauer and Cheung 2010): {studies}.").format(
                studies=", ".join(named)) if named
            else _("No study is influential by the usual limits (Viechtbauer and Cheung 2010).")
        )

    def _draw(self, pooled: PooledEstimate, rows: list[RefitRow], words: PlotWords) -> None:
        figure = interval_plot(
            pooled.measure, tuple(row.plot for row in rows), words, text_width
        )
        self.plot.show_plot(figure, refit_columns(pooled.measure, words.rows), list(rows))


def _verdict(pooled: PooledEstimate, refits: tuple[SeriesRow, ...]) -> str:
    """Say in a sentence whether any single study decides if the interval holds no effect."""
    null = MEASURES[pooled.measure].null
    shown = pooled.shown
    if null is None or shown is None:
        return ""
    crosses = shown.natural_ci_lower <= null <= shown.natural_ci_upper
    turning = [
        one.label for one in refits
        if one.result is not None
        and (one.result.natural_ci_lower <= null <= one.result.natural_ci_upper) != crosses
    ]
    if not turning:
        return _("No single study decides whether the interval includes no effect.")
    return _("Whether the interval includes no effect depends on: {studies}.").format(
        studies=", ".join(turning)
    )


def _settled_from(pooled: PooledEstimate, series: tuple[SeriesRow, ...]) -> str:
    """Say from which study on the interval has been on the side where it is now."""
    null = MEASURES[pooled.measure].null
    if null is None or pooled.shown is None or not series:
        return ""
    sides = [
        None if one.result is None
        else one.result.natural_ci_lower <= null <= one.result.natural_ci_upper
        for one in series
    ]
    place = len(sides) - 1
    while place > 0 and sides[place - 1] == sides[-1]:
        place -= 1
    label = series[place].label
    if sides[-1]:
        return _("The interval has included no effect since {study}.").format(study=label)
    return _("The interval has excluded no effect since {study}. Looking at it again with every "
             "study makes chance findings likelier.").format(study=label)
