"""The tab Compare models: the same studies pooled in the usual ways, and by resampling them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import background
from app.pages.data_parts.plot_view import PlotView
from app.pages.data_parts.progress_line import ProgressLine
from app.pages.data_parts.refit_rows import refit_columns, refit_of, refit_row
from app.painting.painter import text_width
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, column, holder, label
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.interval_plot import PlotWords, interval_plot
from assessments.language import _
from assessments.sensitivity import Bootstrap, bootstrap, models_side_by_side
from assessments.summary_of_findings import numbers

_RUNS = 10_000
_SEED = 20_251_124


class ModelsTab(QWidget):
    """One row for each model; the chosen one is the diamond."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, _workspace: Workspace) -> None:
        super().__init__()
        self.found: Gathered | None = None
        self.plot = PlotView(_("Compare models"))
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.go = button(_("Bootstrap the interval"), self.start, tip=_(
            "Draw the studies again and again, 10 000 times, and pool each draw"
        ))
        self.drawn = label("", "secondary")
        self.progress = ProgressLine()
        self.progress.cancel.clicked.connect(lambda _on=False: self._allow())
        below = FlowLayout(gap=8)
        below.addWidget(self.go)
        below.addWidget(self.drawn)
        self.about = label(
            _("Look whether the answer depends on the model. Which one counts was chosen before, "
              "not by its result."), "secondary", wrap=True,
        )
        layout = column(self.about, self.plot, self.progress, holder(below), gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_found(self, found: Gathered) -> None:
        """Show the models of an analysis."""
        if found is not self.found:
            self.drawn.setText("")
        self.found = found
        pooled = found.pooled
        if pooled is None:
            return
        rows = [
            refit_row(pooled, (f"model/{place}", one.label), refit_of(one.pooled),
                      strong=one.chosen)
            for place, one in enumerate(models_side_by_side(found))
        ]
        told = PlotWords(
            title=_("Models: {outcome}").format(outcome=found.outcome.label),
            description=_("The same studies pooled by different models."),
            rows=_("Model"), columns=(_("Studies"), "τ²", "I²"),
        )
        figure = interval_plot(pooled.measure, tuple(row.plot for row in rows), told, text_width)
        self.plot.show_plot(figure, refit_columns(pooled.measure, _("Model")), list(rows))

    def start(self) -> None:
        """Draw studies in the background."""
        found = self.found
        if found is None:
            return
        self.go.setEnabled(False)
        self.drawn.setText("")
        job = background.run(
            "bootstrap", lambda token: bootstrap(found, _RUNS, _SEED, token.step), self._show
        )
        self.progress.follow(job, _("Draw {n} of {of}"))

    def _allow(self) -> None:
        self.go.setEnabled(True)

    def _show(self, found: Bootstrap | None) -> None:
        self._allow()
        if found is None:
            return
        self.drawn.setText(_(
            "Percentiles of {runs} draws: {low} to {high} ({level}%), seed {seed}"
        ).format(
            runs=numbers.number(found.runs), low=numbers.number(found.lower, 2),
            high=numbers.number(found.upper, 2), seed=found.seed,
            level=numbers.plain_number(found.level * 100),
        ))
