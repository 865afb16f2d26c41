"""The tab Forest plot: the figure, its table twin, copying and saving."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QStackedWidget, QWidget

from app.painting.painter import text_width
from app.pages.data_parts import words
from app.widgets.figure_view import FigureView
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, column, frame, holder, label, row, scrolling
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.figures.forest import forest
from assessments.figures.forest_rows import ForestRow, forest_rows, risk_columns
from assessments.language import _, counted
from assessments.problems import ProjectFileError
from assessments.sensitivity import without_high_risk
from assessments.summary_of_findings import numbers
from gradecore.measures import MEASURES


class ForestTab(QWidget):
    """The forest plot of one analysis; ``complained`` as that of a page."""

    complained = Signal(str)
    said = Signal(str, str, object)
    left_out = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: Gathered | None = None
        self.view = FigureView()
        self.view.pointed.connect(self._point)
        self.table = RecordsTable(_("Forest plot as a table"), (), by_row=True)
        self.with_risks = QCheckBox(_("Risk of bias"))
        self.with_risks.setAccessibleName(_("Show risk of bias in the plot"))
        self.with_risks.setChecked(True)
        self.with_risks.clicked.connect(lambda _on: self._draw())
        self.as_table = button(_("Show as table"), self._swap, role="quiet")
        self.as_table.setCheckable(True)
        tools = FlowLayout(gap=6)
        for part in (
            self.with_risks, self.as_table,
            button(_("Copy"), self.copy, icon="copy", tip=_("Copy picture and table")),
            button(_("Export figure"), self.export, role="primary", icon="import"),
        ):
            tools.addWidget(part)
        self.stack = QStackedWidget()
        self.card = frame("card", column(self.view, None, gap=0), 12)
        self.stack.addWidget(scrolling(holder(column(self.card, None, gap=0))))
        self.stack.addWidget(frame("card", column(self.table, gap=0), 2))
        self.notice = label("", "secondary", wrap=True)
        self.without = button(_("Show result without it"), self._without, role="link")
        self.setLayout(column(
            holder(tools), self.stack, row(self.notice, self.without, None), gap=10
        ))

    def show_found(self, found: Gathered) -> None:
        """Show the plot of an analysis."""
        self.found = found
        self._draw()
        self._point(self.view.row)

    def _draw(self) -> None:
        if self.found is None or self.found.pooled is None:
            return
        project, outcome = self.workspace.project, self.found.outcome
        figure = forest(project, outcome, text_width, with_risks=self.with_risks.isChecked())
        self.view.show_figure(figure)
        risks = risk_columns(project, self.found)
        self.with_risks.setVisible(risks is not None)
        rows = forest_rows(self.found, self.found.pooled, risks)
        self.table.show_columns(self._columns(rows))
        self.table.show_rows([_Row(one) for one in rows])

    def _columns(self, rows: tuple[ForestRow, ...]) -> tuple[Column, ...]:
        assert self.found is not None
        body, pooled = self.found.body, self.found.pooled
        assert pooled is not None
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
            Column(name="marks", title=_("Risk of bias"), kind="marks", width=190),
        ]
        return tuple(made)

    def _point(self, key: str) -> None:
        """Say what is known of the row pointed at, else about high risk of bias."""
        if self.found is None or self.found.pooled is None:
            return
        row_ = next((one for one in self.found.body.studies if one.key == key), None)
        pooled = self.found.pooled
        self._pointed = key if row_ is not None and row_.included else ""
        if row_ is not None:
            effect = next((one for one in pooled.studies if one.key == key), None)
            weight = f"{numbers.number(effect.weight, 1)}%" if effect is not None else ""
            self.notice.setText(_("{study}: weight {weight}").format(
                study=row_.label, weight=weight))
            self.without.setVisible(bool(self._pointed) and pooled.k > 1)
            return
        self.without.hide()
        self.notice.setText(self._about_high_risk())
        self.without.setVisible(bool(self.notice.text()) and pooled.k > 1)

    def _about_high_risk(self) -> str:
        assert self.found is not None and self.found.pooled is not None
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
        if self._pointed:
            self.left_out.emit(self._pointed)
            return
        if self.found is None or self.found.pooled is None:
            return
        refit = without_high_risk(self.found)
        if refit is None:
            return
        self.without.hide()
        self.notice.setText(_("Without high risk of bias: {effect} ({studies}); with all: {all}.")
                            .format(
            effect=words.interval_words(self.found.pooled, refit.shown),
            studies=counted("{n} study", "{n} studies", refit.k),
            all=words.interval_words(self.found.pooled, self.found.pooled.shown),
        ))

    def _swap(self) -> None:
        table = self.as_table.isChecked()
        self.stack.setCurrentIndex(1 if table else 0)
        self.as_table.setText(_("Show as plot") if table else _("Show as table"))
        self.as_table.setAccessibleName(self.as_table.text())
        (self.table if table else self.view).setFocus()

    def copy(self) -> None:
        """Put picture and table on the clipboard."""
        if self.view.figure is None:
            return
        from app.painting.picture_files import picture

        model = self.table.records
        lines = ["\t".join(one.title for one in model.columns)]
        lines += ["\t".join(one.words(one.read(row_)) for one in model.columns)
                  for row_ in model.rows]
        data = QMimeData()
        data.setImageData(picture(self.view.figure))
        data.setText("\n".join(lines))
        QApplication.clipboard().setMimeData(data)
        self.said.emit(_("Copied as a picture and as a table"), "", None)

    def export(self) -> None:
        """Save the figure as a file."""
        name = self.found.outcome.label if self.found is not None else ""
        try:
            path = self.view.save(_("Forest plot {outcome}").format(outcome=name).strip())
        except ProjectFileError as error:
            self.complained.emit(f"{error.sentence} {error.remedy}".strip())
            return
        if path is not None:
            self.said.emit(_("Saved {name}").format(name=path.name), "", None)


class _Row:
    """A row of the table twin, in the words of the plot."""

    def __init__(self, row_: ForestRow) -> None:
        self.id = row_.key
        self.label = row_.label
        self.first, self.second = row_.counts
        self.weight = f"{numbers.number(row_.weight, 1)}%" if row_.interval is not None else ""
        self.effect = row_.effect
        self.marks = tuple(
            ("none", _("not settled")) if one is None else (one.role, one.label)
            for one in row_.levels
        )
