"""The tab Subgroups: the pooled result of each, and the test whether they differ."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.pages.data_parts import words
from app.pages.data_parts.plot_view import PlotView
from app.pages.data_parts.refit_rows import refit_columns, refit_of, refit_row
from app.painting.painter import text_width
from app.widgets.parts import column, label
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.interval_plot import PlotWords, interval_plot
from assessments.language import _
from assessments.summary_of_findings import numbers
from gradecore.results import BetweenSubgroups


class SubgroupsTab(QWidget):
    """One row for each subgroup that the sheet names, the total below."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, _workspace: Workspace) -> None:
        super().__init__()
        self.plot = PlotView(_("Subgroups"))
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.test = label("", "strong", wrap=True)
        self.caution = label(
            _("A difference between subgroups is an observation across studies, not a randomised "
              "comparison. Name the subgroups in advance, and few of them."),
            "caption", wrap=True,
        )
        layout = column(self.test, self.plot, self.caution, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_found(self, found: Gathered) -> None:
        """Show the subgroups of an analysis."""
        pooled = found.pooled
        if pooled is None:
            return
        rows = [
            refit_row(
                pooled, (f"group/{one.name}", one.name or _("No subgroup named")),
                refit_of(one.pooled),
                further=(str(one.pooled.k), f"{numbers.number(one.weight, 1)}%",
                         words.i2_words(one.pooled.heterogeneity)),
            )
            for one in pooled.subgroups
        ]
        rows.append(refit_row(
            pooled, ("all", _("All studies")), refit_of(pooled), strong=True,
            further=(str(pooled.k), "100%", words.i2_words(pooled.heterogeneity)),
        ))
        told = PlotWords(
            title=_("Subgroups: {outcome}").format(outcome=found.outcome.label),
            description=self._said(pooled.between_subgroups),
            rows=_("Subgroup"), columns=(_("Studies"), _("Weight"), "I²"),
        )
        figure = interval_plot(pooled.measure, tuple(row.plot for row in rows), told, text_width)
        self.plot.show_plot(figure, refit_columns(pooled.measure, _("Subgroup")), list(rows))
        self.test.setText(told.description)

    def _said(self, found: BetweenSubgroups | None) -> str:
        if found is None:
            return _("Too few subgroups have a result to test whether they differ.")
        return _("Test between subgroups: Q = {q}, df = {df}, {p}, I² {i2}%").format(
            q=numbers.number(found.q, 2), df=found.df, p=words.p_words(found.p),
            i2=numbers.number(found.i2),
        )
