"""Outcomes without study data here: published estimates, syntheses in words, not reported.

What is taken from a publication is shown as published and never as calculated.
"""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app import words as codes
from app.outcome_fields import verb_fields
from app.pages.data_parts.effect_directions import EffectDirections
from app.pages.data_parts.said_by_level import SaidByLevel
from app.widgets.card import Card
from app.widgets.chip import Chip
from app.widgets.empty_state import EmptyState
from app.widgets.flow import FlowLayout
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, column, holder, label, scrolling
from app.workspace import Workspace
from assessments.language import _
from assessments.published_estimate import remarks_on
from assessments.review import Narrative, Outcome, PublishedEstimate
from assessments.review_edits import change


class EvidenceForms(QStackedWidget):
    """The form that belongs to the kind of evidence of an outcome, made when it is first needed."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._made: dict[str, QWidget] = {}

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the form for an outcome."""
        kind = outcome.evidence or ""
        form = self.form(kind)
        self.setCurrentWidget(form)
        project = self.workspace.project
        if isinstance(form, _Published):
            form.show_row(
                project.one(PublishedEstimate, outcome.id) or PublishedEstimate(id=outcome.id)
            )
        elif isinstance(form, _Narrative):
            form.show_row(project.one(Narrative, outcome.id) or Narrative(id=outcome.id))
        elif isinstance(form, _Undecided):
            form.show_outcome(outcome)

    def form(self, kind: str) -> QWidget:
        """Return the form of a kind of evidence."""
        if kind not in self._made:
            self._made[kind] = self._make(kind)
            self.addWidget(self._made[kind])
        return self._made[kind]

    def _make(self, kind: str) -> QWidget:
        if kind == "published":
            return _Published(self.workspace)
        if kind == "narrative":
            return _Narrative(self.workspace)
        if kind == "not_reported":
            return EmptyState("info", _("Not reported"), _(
                "No study reports this outcome. It stays in the table as “not reported”, and "
                "there is no certainty to rate."
            ))
        return _Undecided(self.workspace)


class _Published(QWidget):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        card = Card(_("Published pooled estimate"))
        card.add_action(Chip(_("Published, not calculated here"), "accent"))
        self.form = FieldForm(workspace, "published_estimate", _published_fields(), columns=4)
        card.add(self.form)
        self.remarks = label("", "warn", wrap=True)
        card.add(self.remarks)
        card.add(label(
            _("Type the numbers as they are printed. The table shows them with their source."),
            "caption", wrap=True,
        ))
        inside = column(card, None)
        inside.setContentsMargins(0, 0, 4, 4)
        self.setLayout(column(scrolling(holder(inside)), gap=0))

    def show_row(self, found: PublishedEstimate) -> None:
        """Show a published estimate, and what is odd about its numbers."""
        self.form.show_row(found)
        outcome = self.workspace.project.one(Outcome, found.id)
        free = outcome is not None and outcome.event_meaning == "event_free"
        event_free = free and found.measure == "HR"
        told = remarks_on(found, event_free=event_free)
        self.remarks.setText("\n".join(told))
        self.remarks.setVisible(bool(told))


class _Narrative(QWidget):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        card = Card(_("Synthesis in words"))
        card.add_action(Chip(_("Not pooled"), "accent"))
        self.form = FieldForm(workspace, "narrative", _narrative_fields(), columns=4)
        card.add(self.form)
        self.said = SaidByLevel()
        card.add(self.said)
        self.directions = EffectDirections()
        card.add(self.directions)
        inside = column(card, None)
        inside.setContentsMargins(0, 0, 4, 4)
        self.setLayout(column(scrolling(holder(inside)), gap=0))

    def show_row(self, found: Narrative) -> None:
        """Show a synthesis with what it lets say, and the directions of its effects."""
        self.form.show_row(found)
        self.directions.show_counts(found)
        project = self.workspace.project
        outcome = project.one(Outcome, found.id)
        if outcome is not None:
            self.said.show_words(project, outcome, found)


class _Undecided(QWidget):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._outcome = ""
        card = Card(_("Where does the result of this outcome come from?"))
        choices = FlowLayout(gap=6)
        for code, text in codes.evidence_kinds():
            if code:
                choices.addWidget(button(text, lambda code=code: self._choose(code)))
        card.add(holder(choices))
        card.add(label(_("Nothing is preset; you can change it later on the page Review."),
                       "caption", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Ask about an outcome."""
        self._outcome = outcome.id
        self.setEnabled(not self.workspace.read_only)

    def _choose(self, code: str) -> None:
        self.workspace.do(change, "outcome", self._outcome, evidence=code)


def _published_fields() -> tuple[Field, ...]:
    return (
        Field(name="measure", label=_("Measure"), kind="choice", choices=codes.measures()),
        Field(name="estimate", label=_("Estimate"), kind="number"),
        Field(name="ci_low", label=_("Lower limit"), kind="number"),
        Field(name="ci_high", label=_("Upper limit"), kind="number"),
        Field(name="ci_level", label=_("Level, 0.95 is 95%"), kind="number"),
        Field(name="studies", label=_("Studies"), kind="number"),
        Field(name="participants", label=_("Participants"), kind="number"),
        Field(name="events", label=_("Events"), kind="number"),
        Field(name="i2", label=_("I², %"), kind="number"),
        Field(name="tau2", label=_("τ²"), kind="number"),
        Field(name="q_p", label=_("Heterogeneity, P"), kind="number"),
        Field(name="asymmetry_p", label=_("Funnel asymmetry, P"), kind="number"),
        Field(name="prediction_low", label=_("Prediction interval from"), kind="number"),
        Field(name="prediction_high", label=_("Prediction interval to"), kind="number"),
        Field(name="printed_per", label=_("Absolute effects printed per"), kind="number",
              hint="1000"),
        Field(name="printed_baseline", label=_("Printed comparator risk"), kind="number"),
        Field(name="printed_difference", label=_("Printed difference, minus for fewer"),
              kind="number", span=2,
              help=_("It is compared with what follows from the estimate.")),
        Field(name="printed_difference_low", label=_("Its lower limit"), kind="number"),
        Field(name="printed_difference_high", label=_("Its upper limit"), kind="number"),
        Field(name="source", label=_("Source"), span=2),
        Field(name="place", label=_("Place in it")),
        Field(name="typed_by", label=_("Typed by")),
        Field(name="verified_by", label=_("Verified by")),
        Field(name="rob_statement", label=_("What it says about risk of bias"), span=4, lines=2),
    )


def _narrative_fields() -> tuple[Field, ...]:
    return (
        Field(name="text", label=_("What the studies found"), span=4, lines=4),
        Field(name="studies", label=_("Studies"), kind="number"),
        Field(name="participants", label=_("Participants"), kind="number"),
        Field(name="source", label=_("Source"), span=2),
        Field(name="events", label=_("Events"), kind="number"),
        Field(name="favours_intervention", label=_("Favour the intervention"), kind="number"),
        Field(name="no_difference", label=_("No clear difference"), kind="number"),
        Field(name="favours_comparison", label=_("Favour the comparator"), kind="number"),
        *verb_fields(),
    )
