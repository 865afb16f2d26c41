"""The tab Forest plot: the figure with risk of bias, and the result without what is in doubt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.pages.data_parts import words
from app.pages.data_parts.plot_view import PlotView
from app.pages.data_parts.refit_rows import refit_of
from app.painting.painter import text_width
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, column, holder, label
from app.widgets.records_table import Column
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.forest import forest
from assessments.figures.forest_rows import ForestRow, forest_rows, risk_columns
from assessments.language import _, counted
from assessments.sensitivity import leave_one_out, without_high_risk
from assessments.summary_of_findings import numbers
from gradecore.measures import MEASURES
from gradecore.results import EffectInterval


class ForestTab(QWidget):
    """The forest plot of one analysis. ``left_out(result)`` asks to leave a row out."""

    said = Signal(str, str, object)
    complained = Signal(str)
    left_out = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: Gathered | None = None
        self._pointed = ""
        self.with_risks = QCheckBox(_("Risk of bias"))
        self.with_risks.setAccessibleName(_("Show risk of bias in the plot"))
        self.with_risks.setChecked(True)
        self.with_risks.clicked.connect(lambda _on: self._draw())
        self.plot = PlotView(_("Forest plot"), self.with_risks)
        self.plot.pointed.connect(self._point)
        self.plot.said.connect(self.said)
        self.plot.complained.connect(self.complained)
        self.view = self.plot.view
        self.notice = label("", "secondary")
        self.without = button(_("Show result without it"), self._without, role="link")
        self.leave = button(_("Leave it out"), self._leave, role="link")
        below = FlowLayout(gap=8)
        for part in (self.notice, self.without, self.leave):
            below.addWidget(part)
        layout = column(self.plot, holder(below), gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_found(self, found: Gathered) -> None:
        """Show the plot of an analysis."""
        self.found = found
        self._draw()
        self._point(self.view.row)

    def _draw(self) -> None:
        if self.found is None or self.found.pooled is None:
            return
        project, outcome = self.workspace.project, self.found.outcome
        risks = risk_columns(project, self.found)
        self.with_risks.setVisible(risks is not None)
        figure = forest(project, outcome, text_width, with_risks=self.with_risks.isChecked())
        rows = forest_rows(self.found, self.found.pooled, risks)
        self.plot.show_plot(figure, self._columns(rows), [_Row(one) for one in rows])

    def _columns(self, rows: tuple[ForestRow, ...]) -> tuple[Column, ...]:
        assert self.found is not None
        assert self.found.pooled is not None
        body, pooled = self.found.body, self.found.pooled
        level = numbers.plain_number(pooled.plan.level * 100)
        made = [Column(name="label", title=_("Study"), width=170, bold=True)]
        if any(one.counts != ("", "") for one in rows):
            made += [
                Column(name="first", title=body.label_experimental or _("Intervention"), width=140),
                Column(name="second", title=body.label_control or _("Comparator"), width=140),
            ]
        made += [
            Column(name="weight", title=_("Weight"), kind="number", width=76),
            Column(name="effect", width=170, title=_("{measure} [{level}% CI]").format(
                measure=MEASURES[pooled.measure].name, level=level)),
        ]
        if any(one.levels for one in rows):
            made.append(Column(name="marks", title=_("Risk of bias"), kind="marks", width=130))
        return tuple(made)

    # -- what is said below ----------------------------------------------------------------

    def _point(self, key: str) -> None:
        """Say what is known of the row pointed at, else about high risk of bias."""
        if self.found is None or self.found.pooled is None:
            return
        pooled = self.found.pooled
        effect = next((one for one in pooled.studies if one.key == key and one.estimable), None)
        self._pointed = key if effect is not None else ""
        several = pooled.k > 1
        self.leave.setVisible(effect is not None and not self.workspace.read_only)
        if effect is not None:
            self.notice.setText(_("{study}: weight {weight}%.").format(
                study=effect.label, weight=numbers.number(effect.weight, 1)))
            self.without.setVisible(several)
            return
        told = self._about_high_risk()
        self.notice.setText(told)
        self.without.setVisible(bool(told) and several)

    def _about_high_risk(self) -> str:
        assert self.found is not None
        assert self.found.pooled is not None
        effects = {one.key: one for one in self.found.pooled.studies if one.estimable}
        high = [one for one in self.found.body.studies
                if one.risk_of_bias == "high" and one.key in effects]
        if not high:
            return ""
        weight = numbers.number(sum(effects[one.key].weight for one in high), 1)
        if len(high) == 1:
            return _("One study is at high risk of bias and carries {weight}% of the weight."
                     ).format(weight=weight)
        return _("{n} studies are at high risk of bias and carry {weight}% of the weight."
                 ).format(n=len(high), weight=weight)

    def _without(self) -> None:
        if self.found is None:
            return
        self.without.hide()
        if self._pointed:
            refits = {one.key: refit_of(one) for one in leave_one_out(self.found)}
            refit = refits.get(self._pointed)
            name = next((one.label for one in self.found.body.studies
                         if one.key == self._pointed), "")
            what = _("Without {study}").format(study=name)
        else:
            high = without_high_risk(self.found)
            refit = refit_of(high) if high is not None else None
            what = _("Without high risk of bias")
        if refit is not None:
            self._compare(what, refit.shown, refit.k)

    def _compare(self, what: str, shown: EffectInterval | None, k: int) -> None:
        assert self.found is not None
        assert self.found.pooled is not None
        pooled = self.found.pooled
        self.notice.setText(_("{what}: {effect} ({studies}); with all: {all}.").format(
            what=what, effect=words.interval_words(pooled, shown),
            studies=counted("{n} study", "{n} studies", k),
            all=words.interval_words(pooled, pooled.shown),
        ))

    def _leave(self) -> None:
        if self._pointed:
            self.left_out.emit(self._pointed)


class _Row:
    """A row of the table twin, in the words of the plot."""

    def __init__(self, row: ForestRow) -> None:
        self.id = row.key
        self.label = row.label
        self.first, self.second = row.counts
        self.weight = f"{numbers.number(row.weight, 1)}%" if row.interval is not None else ""
        self.effect = row.effect
        self.marks = tuple(
            ("none", _("not settled")) if one is None else (one.role, one.label)
            for one in row.levels
        )
