"""All fields of an outcome, in cards; what belongs to its kind of evidence comes with it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import words
from app.outcome_fields import (
    missing_fields,
    scope_fields,
    threshold_fields,
    verb_fields,
    wanted_thresholds,
)
from app.widgets.card import Card
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, label, row
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.language import _
from assessments.review import Baseline, Narrative, Outcome, OutcomeGroup, PublishedEstimate
from assessments.review_edits import add, change, remove


class OutcomeForm(QWidget):
    """The fields of one outcome."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.outcome: Outcome | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.forms: list[FieldForm] = []
        self.what = self._card(_("What is measured"), _what_fields())
        self.kind = self._card(_("Evidence and importance"), _kind_fields())
        self.kind_note = label("", "caption", wrap=True)
        card = self.kind.parentWidget()
        assert isinstance(card, Card)
        card.add(self.kind_note)
        self.published = self._side(
            _("Published pooled estimate"), "published_estimate", _published_fields()
        )
        self.narrative = self._side(_("Narrative synthesis"), "narrative", _narrative_fields())
        self.thresholds = self._card(_("What is an important difference"), threshold_fields())
        self.baseline = self._card(_("Without the intervention"), _baseline_fields())
        self._add_baselines()
        self.more = self._card(_("For the table"), _more_fields())
        self.folded = button(_("Further fields"), self._fold, role="link", icon="chevron_right")
        self._column.addWidget(self.folded)
        self.further = self._card("", _further_fields())
        self._further_card = self.further.parentWidget()
        self._further_card.hide()

    def _card(self, heading: str, fields: tuple[Field, ...], table: str = "outcome") -> FieldForm:
        card = Card(heading)
        form = FieldForm(self.workspace, table, fields, columns=4)
        card.add(form)
        self._column.addWidget(card)
        self.forms.append(form)
        return form

    def _side(self, heading: str, table: str, fields: tuple[Field, ...]) -> FieldForm:
        form = self._card(heading, fields, table)
        self.forms.remove(form)
        return form

    def _add_baselines(self) -> None:
        """Add the table of further assumed risks to the card of the baseline."""
        self.baselines = RecordsTable(_("Further assumed risks"), (
            Column(name="label", title=_("For whom"), stretch=True, editable=True),
            Column(name="risk", title=_("Risk, 0 to 1"), kind="number", width=110, editable=True),
            Column(name="source", title=_("Source"), width=220, editable=True),
        ))
        self.baselines.keep_short(4)
        self.baselines.edited.connect(self._edit_baseline)
        new = button(_("Add a further risk"), self._add_baseline, role="link", icon="plus")
        gone = button(_("Remove"), self._remove_baseline, role="link", icon="trash")
        card = self.baseline.parentWidget()
        assert isinstance(card, Card)
        card.add(row(label(_("Further assumed risks, for example low and high"), "small"),
                     None, gone, new))
        card.add(self.baselines)

    def _fold(self) -> None:
        shown = self._further_card.isHidden()
        self._further_card.setVisible(shown)
        self.folded.setText(_("Fewer fields") if shown else _("Further fields"))

    def take_focus(self) -> None:
        """Put the focus on the name of the outcome."""
        self.what.inputs["label"].setFocus()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the fields of that outcome."""
        self.outcome = outcome
        project = self.workspace.project
        groups = [(one.id, one.label) for one in project.all(OutcomeGroup)]
        self.further.set_choices("outcome_group", [("", _("None")), *groups])
        self.thresholds.show_only(("threshold_type", *wanted_thresholds(outcome)))
        for form in self.forms:
            form.show_row(outcome)
        for kind, form, row_class in (
            ("published", self.published, PublishedEstimate),
            ("narrative", self.narrative, Narrative),
        ):
            found = project.one(row_class, outcome.id)
            form.show_row(found or row_class(id=outcome.id))
            form.parentWidget().setVisible(outcome.evidence == kind)
        self.kind_note.setText(_about(outcome.evidence))
        self.kind_note.setVisible(bool(self.kind_note.text()))
        self.baselines.set_read_only(self.workspace.read_only or "")
        self.baselines.show_rows(project.all(Baseline, outcome=outcome.id))
        numbers = outcome.evidence != "not_reported"
        self.thresholds.parentWidget().setVisible(numbers)
        self.baseline.parentWidget().setVisible(numbers and outcome.evidence != "narrative")

    def _edit_baseline(self, row_id: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "baseline", row_id, **{name: typed})
        if not done.ok:
            self.baselines.refuse(row_id, name, typed, str(done.problems[0]))

    def _add_baseline(self) -> None:
        if self.outcome is not None:
            self.workspace.do(add, "baseline", outcome=self.outcome.id)

    def _remove_baseline(self) -> None:
        if self.baselines.current_id():
            self.workspace.do(remove, "baseline", self.baselines.current_id())


def _about(evidence: str | None) -> str:
    return {
        "pooled": _("The numbers of the studies are entered and pooled in Data & pooling."),
        "published": _("Shown as published, never as calculated here."),
        "narrative": _("No pooled estimate: the certainty is rated for what the text says."),
        "single": _("One study gives the result; its numbers are entered in Data & pooling."),
        "not_reported": _("Stays in the table as “not reported”; there is no certainty to rate."),
    }.get(evidence or "", _("Choose where the result comes from."))


def _what_fields() -> tuple[Field, ...]:
    return (
        Field(name="label", label=_("Outcome"), span=2),
        Field(name="time_point", label=_("Time point")),
        Field(name="unit", label=_("Unit")),
        Field(name="scale", label=_("Instrument or scale"), span=2),
        Field(name="scale_min", label=_("Lowest value"), kind="number"),
        Field(name="scale_max", label=_("Highest value"), kind="number"),
        Field(name="better", label=_("Which direction is better"), kind="choice",
              choices=words.directions(), span=2),
        Field(name="better_note", label=_("Note to the direction"), span=2),
    )


def _kind_fields() -> tuple[Field, ...]:
    return (
        Field(name="evidence", label=_("Kind of evidence"), kind="choice",
              choices=words.evidence_kinds(), span=2),
        Field(name="stream", label=_("Kind of studies"), kind="choice",
              choices=words.streams(), span=2),
        Field(name="importance", kind="importance", span=4,
              label=_("Importance: 1–3 limited, 4–6 important, 7–9 critical")),
    )


def _published_fields() -> tuple[Field, ...]:
    return (
        Field(name="measure", label=_("Measure"), kind="choice", choices=words.measures(), span=2),
        Field(name="studies", label=_("Studies"), kind="number"),
        Field(name="participants", label=_("Participants"), kind="number"),
        Field(name="estimate", label=_("Estimate"), kind="number"),
        Field(name="ci_low", label=_("Lower limit"), kind="number"),
        Field(name="ci_high", label=_("Upper limit"), kind="number"),
        Field(name="ci_level", label=_("Level of the interval"), kind="number"),
        Field(name="i2", label=_("I², %"), kind="number"),
        Field(name="tau2", label=_("τ²"), kind="number"),
        Field(name="place", label=_("Place in the source"), span=2),
        Field(name="source", label=_("Source"), span=4),
        Field(name="rob_statement", label=_("What it says about risk of bias"), span=4, lines=2),
    )


def _narrative_fields() -> tuple[Field, ...]:
    return (
        Field(name="text", label=_("Synthesis in words"), span=4, lines=4),
        *verb_fields(),
        Field(name="studies", label=_("Studies"), kind="number"),
        Field(name="participants", label=_("Participants"), kind="number"),
        Field(name="favours_intervention", label=_("Favour intervention"), kind="number"),
        Field(name="favours_comparison", label=_("Favour comparator"), kind="number"),
        Field(name="no_difference", label=_("No clear difference"), kind="number"),
        Field(name="source", label=_("Source"), span=3),
    )


def _baseline_fields() -> tuple[Field, ...]:
    return (
        Field(name="baseline_risk", label=_("Assumed risk, 0 to 1"), kind="number"),
        Field(name="baseline_source", label=_("Source of the risk"), span=2,
              help=_("Empty: the median of the comparator arms.")),
        Field(name="per", label=_("Risks per"), kind="number"),
        Field(name="comparator_mean", label=_("Mean without it"), kind="number"),
        Field(name="comparator_mean_source", label=_("Source of the mean"), span=3),
    )


def _more_fields() -> tuple[Field, ...]:
    return (
        Field(name="comment", label=_("Comment in the table"), span=4, lines=2),
        Field(name="statement", label=_("What happens, in plain words"), span=4, lines=2,
              help=_("Empty: the sentence that follows from effect and certainty.")),
    )


def _further_fields() -> tuple[Field, ...]:
    return (
        Field(name="event_meaning", label=_("What is counted"), kind="choice",
              choices=words.event_meanings(), span=2),
        Field(name="objective", label=_("Measured objectively"), kind="choice",
              choices=words.yes_no()),
        Field(name="surrogate", label=_("Surrogate outcome"), kind="choice",
              choices=words.yes_no()),
        Field(name="indirect_comparison", label=_("Compared by way of a third"), kind="choice",
              choices=words.yes_no()),
        Field(name="laboratory", label=_("Animal or laboratory studies"), kind="choice",
              choices=words.yes_no()),
        *scope_fields(),
        Field(name="reexpress", label=_("Tell a standardised difference as"), kind="choice",
              choices=words.reexpressions(), span=2),
        Field(name="reexpress_unit", label=_("Familiar scale")),
        Field(name="reexpress_sd", label=_("Its SD"), kind="number"),
        Field(name="reexpress_sd_source", label=_("Source of the SD"), span=2),
        Field(name="reexpress_proportion", label=_("Share with the event"), kind="number"),
        Field(name="outcome_group", label=_("Group for blinding"), kind="choice",
              choices=(("", _("None")),)),
        *missing_fields(),
    )
