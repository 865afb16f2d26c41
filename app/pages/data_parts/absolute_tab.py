"""The tab Absolute effects: what the pooled effect means for people, at each assumed risk."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.widgets.card import Card
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, column, holder, label, row, scrolling
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.absolute_rows import AbsoluteRow, absolute_rows
from assessments.bodies import Gathered, measure_of
from assessments.language import _
from assessments.review import Baseline
from assessments.review_edits import add, change, remove
from gradecore.measures import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    row: AbsoluteRow


class AbsoluteTab(QWidget):
    """The same numbers as in the summary-of-findings table, and what they rest on."""

    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.outcome = ""
        self.table = RecordsTable(_("Absolute effects"), _columns(), by_row=True)
        self.table.keep_whole()
        shown = Card(_("What it means for people"))
        shown.add(self.table)
        self.notes = label("", "small", wrap=True)
        shown.add(self.notes)
        self.risks = self._risks()
        self.means = Card(_("Mean without the intervention"))
        self.mean_form = FieldForm(workspace, "outcome", _mean_fields(), columns=3)
        self.means.add(self.mean_form)
        inside = column(shown, self.risks, self.means, None, gap=12)
        inside.setContentsMargins(0, 0, 4, 4)
        self.setLayout(column(scrolling(holder(inside)), gap=0))

    def _risks(self) -> Card:
        card = Card(_("Assumed risk without the intervention"))
        self.risk_form = FieldForm(self.workspace, "outcome", _risk_fields(), columns=3)
        card.add(self.risk_form)
        self.further = RecordsTable(_("Further assumed risks"), (
            Column(name="label", title=_("For whom"), width=220, editable=True),
            Column(name="risk", title=_("Risk, 0 to 1"), kind="number", width=110, editable=True),
            Column(name="source", title=_("Source"), stretch=True, editable=True),
        ))
        self.further.setFixedHeight(theme.px(112))
        self.further.edited.connect(self._edit)
        new = button(_("Add a further risk"), self._add, role="link", icon="plus")
        gone = button(_("Remove"), self._remove, role="link", icon="trash")
        card.add(row(label(_("Further assumed risks, for example low and high"), "small"), None,
                     gone, new))
        card.add(self.further)
        return card

    def show_found(self, found: Gathered) -> None:
        """Show the absolute effects of an analysis."""
        self.outcome = found.outcome.id
        project = self.workspace.project
        rows = absolute_rows(project, found.outcome)
        self.table.show_rows([_Row(id=str(n), row=one) for n, one in enumerate(rows)])
        told = list(dict.fromkeys(note for one in rows for note in one.notes))
        self.notes.setText("\n".join(told))
        self.notes.setVisible(bool(told))
        measure = measure_of(project, found.outcome)
        continuous = measure in MEASURES and MEASURES[measure].family == "continuous"
        self.means.setVisible(continuous)
        self.risks.setVisible(not continuous)
        self.risk_form.show_row(found.outcome)
        self.mean_form.show_row(found.outcome)
        self.further.set_read_only(self.workspace.read_only or "")
        self.further.show_rows(project.all(Baseline, outcome=found.outcome.id))

    def _edit(self, key: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "baseline", key, **{name: typed})
        if not done.ok:
            self.further.refuse(key, name, typed, str(done.problems[0]))

    def _add(self) -> None:
        self.workspace.do(add, "baseline", outcome=self.outcome)

    def _remove(self) -> None:
        if self.further.current_id():
            self.workspace.do(remove, "baseline", self.further.current_id())


def _columns() -> tuple[Column, ...]:
    def part(name: str) -> object:
        return lambda one: getattr(one.row, name)

    titles = (
        ("label", _("For whom"), 130), ("comparator", _("Without"), 110),
        ("intervention", _("With"), 160), ("difference", _("Difference"), 200),
        ("needed", _("Number needed"), 160),
    )
    return tuple(
        Column(name=name, title=title, width=width, value=part(name),  # type: ignore[arg-type]
               bold=name == "difference")
        for name, title, width in titles
    )


def _risk_fields() -> tuple[Field, ...]:
    return (
        Field(name="baseline_risk", label=_("Assumed risk, 0 to 1"), kind="number",
              help=_("Empty: the median of the comparator arms.")),
        Field(name="baseline_source", label=_("Source of the risk"), span=2),
        Field(name="per", label=_("Risks per"), kind="number"),
    )


def _mean_fields() -> tuple[Field, ...]:
    return (
        Field(name="comparator_mean", label=_("Mean without it"), kind="number",
              help=_("Empty: the median of the comparator arms.")),
        Field(name="comparator_mean_source", label=_("Source of the mean"), span=2),
    )
