"""The tab Leave one out: the pooled result without each study in turn."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import background
from app.pages.data_parts.plot_view import PlotView
from app.pages.data_parts.progress_line import ProgressLine
from app.pages.data_parts.refit_rows import refit_columns, refit_of, refit_row
from app.painting.painter import text_width
from app.widgets.parts import column, label
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.interval_plot import PlotWords, interval_plot
from assessments.language import _
from assessments.sensitivity import SeriesRow, leave_one_out, without_high_risk
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate

_IN_BACKGROUND_FROM = 300


class LeaveOneOutTab(QWidget):
    """One row for each study left out, and one without high risk of bias."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, _workspace: Workspace) -> None:
        super().__init__()
        self.found: Gathered | None = None
        self.plot = PlotView(_("Leave one out"))
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.progress = ProgressLine()
        self.told = label("", "secondary", wrap=True)
        layout = column(self.told, self.progress, self.plot, gap=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_found(self, found: Gathered) -> None:
        """Show the refits of an analysis; thousands of them come from the background."""
        self.found = found
        if len(found.body.studies) < _IN_BACKGROUND_FROM:
            self._show(leave_one_out(found))
            return
        job = background.run(
            "leave_one_out", lambda token: leave_one_out(found, token.step), self._show
        )
        self.progress.follow(job, _("Leaving out study {n} of {of}"))

    def _show(self, refits: tuple[SeriesRow, ...]) -> None:
        found = self.found
        if found is None or found.pooled is None:
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
        figure = interval_plot(
            pooled.measure, tuple(row.plot for row in rows), words, text_width
        )
        self.plot.show_plot(figure, refit_columns(pooled.measure, _("Left out")), list(rows))
        self.told.setText(_verdict(pooled, refits))


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
