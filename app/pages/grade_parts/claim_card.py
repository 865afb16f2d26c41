"""What is rated of one outcome: thresholds, the picture of their zones, the target they give."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app import words
from app.outcome_fields import missing_fields, scope_fields, threshold_fields, wanted_thresholds
from app.pages.grade_parts.choice_row import ChoiceRow
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.picture import WidePicture
from app.widgets.card import Card
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, label, row
from app.widgets.records_table import Column, RecordsTable
from assessments.external_rating import (
    external_rating,
    has_external_rating,
    state_external_rating,
)
from assessments.grade_files import grade_defaults
from assessments.language import _
from assessments.rating_facts import evidence_and_settings
from assessments.rating_pictures import absolute_picture
from assessments.rating_sheet import RatingSheet, advised_before_finish
from assessments.review import Baseline, Outcome, PublishedEstimate
from assessments.review_edits import add, change, remove, setting
from gradecore.grade.vocabulary import SCORE_OF_LEVEL, TARGET_LABELS, level_label

_MARKS_BESIDE = 3


class ClaimCard(QWidget):
    """The decisions about one outcome. ``said(sentence)`` when one was refused."""

    said = Signal(str)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk, self.workspace = desk, desk.workspace
        self.picture = WidePicture()
        self.derived = label("", "", wrap=True)
        self.wrong = label("", "error", wrap=True)
        self.claim = FieldForm(self.workspace, "outcome", _claim_fields(), columns=4)
        self.marks = self._marks()
        self.risks = FieldForm(self.workspace, "outcome", _risk_fields(), columns=4)
        self.baselines = self._baselines()
        self.scope = FieldForm(self.workspace, "outcome", scope_fields(), columns=4)
        self.missing = FieldForm(self.workspace, "outcome", missing_fields(), columns=4)
        self.published = FieldForm(self.workspace, "published_estimate", (Field(
            name="rob_statement", lines=2, label=_(
                "Risk of bias behind the estimate: as judged by whom, with which tool"),
        ),))
        self._lay_out()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        first = Card(_("What is rated"))
        for part in (self.picture, self.derived, self.wrong, self.claim):
            first.add(part)
        self.risk_card = Card(_("Baseline risks"))
        self.risk_card.add(self.risks)
        self.risk_card.add(self._table_head())
        self.risk_card.add(self.baselines)
        self.published_card = Card(_("Risk of bias of a published estimate"))
        self.published_card.add(self.published)
        self.external = self._external()
        self.published_card.add(self.external)
        scope_card = Card(_("The outcome and its studies"))
        scope_card.add(self.marks)
        scope_card.add(self.scope)
        last = Card(_("Results known to be missing"))
        last.add(self.missing)
        for card in (first, self.risk_card, self.published_card, scope_card, last):
            outer.addWidget(card)

    def _external(self) -> ChoiceRow:
        levels = ((code, _(word)) for code, word in map(_level, SCORE_OF_LEVEL))
        return ChoiceRow(
            _("Certainty as rated by the publication"), (("", _("Not stated")), *levels),
            lambda value: self.workspace.do(state_external_rating, self.desk.outcome, value),
        )

    def _marks(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        self.choices = {
            name: ChoiceRow(title, pairs, lambda value, name=name: self._put(name, value))
            for name, title, pairs in (
                ("event_meaning", _("What is counted"), words.event_meanings()),
                ("objective", _("Measured objectively"), words.yes_no()),
                ("surrogate", _("Surrogate outcome"), words.yes_no()),
                ("indirect_comparison", _("Compared by way of a third"), words.yes_no()),
                ("laboratory", _("Animal or laboratory studies"), words.yes_no()),
            )
        }
        for place, one in enumerate(self.choices.values()):
            grid.addWidget(one, *divmod(place, _MARKS_BESIDE))
            grid.setColumnStretch(place % _MARKS_BESIDE, 1)
        return made

    def _baselines(self) -> RecordsTable:
        made = RecordsTable(_("Further assumed risks"), (
            Column(name="label", title=_("For whom"), stretch=True, editable=True),
            Column(name="risk", title=_("Risk, 0 to 1"), kind="number", width=110, editable=True),
            Column(name="source", title=_("Source"), width=220, editable=True),
        ))
        made.keep_short(4)
        made.edited.connect(self._edit_baseline)
        return made

    def _table_head(self) -> QWidget:
        from app.widgets.parts import holder

        new = button(_("Add a further risk"), self._add_baseline, role="link", icon="plus")
        gone = button(_("Remove"), self._remove_baseline, role="link", icon="trash")
        return holder(row(
            label(_("Further assumed risks, for example low and high"), "small"),
            None, gone, new,
        ))

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the decisions about an outcome and what follows from them."""
        outcome, project = sheet.outcome, self.workspace.project
        read_only = self.workspace.read_only or ""
        framework = setting(project, "framework", grade_defaults().framework)
        offered = {one.id: one.thresholds for one in grade_defaults().frameworks}.get(framework)
        self.claim.set_choices("threshold_type", [
            pair for pair in words.threshold_types()
            if not pair[0] or not offered or pair[0] in offered
            or pair[0] == outcome.threshold_type
        ])
        evidence, _settings = evidence_and_settings(project, outcome)
        self.claim.show_only((
            "threshold_type", "better", *wanted_thresholds(outcome, evidence.measure)))
        for form in (self.claim, self.risks, self.scope, self.missing):
            form.show_row(outcome)
        for name, one in self.choices.items():
            value = getattr(outcome, name)
            one.show_value("" if value is None else str(value), read_only=read_only)
        self.published_card.setVisible(outcome.evidence == "published")
        if outcome.evidence == "published":
            found = project.one(PublishedEstimate, outcome.id)
            self.published.show_row(found or PublishedEstimate(id=outcome.id))
            self._show_external(sheet)
        known = project.all(Baseline, outcome=outcome.id)
        self.baselines.set_read_only(read_only)
        self.baselines.show_rows(known)
        needed = outcome.evidence not in ("narrative", "not_reported") and (
            not evidence.measure or evidence.of_events)
        self.risk_card.setVisible(needed or bool(known) or outcome.baseline_risk is not None)
        self.picture.show_zones(absolute_picture(project, outcome), _("Zones of the thresholds"))
        self.derived.setText(" ".join(
            part for part in (_target_words(sheet), _range_words(sheet)) if part))
        self.wrong.setText(_wrong(outcome))
        self.wrong.setVisible(bool(self.wrong.text()))

    def statement_missing(self, sheet: RatingSheet) -> bool:
        """Return whether nobody has said how risk of bias behind a printed estimate was judged."""
        found = self.workspace.project.one(PublishedEstimate, sheet.outcome.id)
        published = sheet.outcome.evidence == "published" and bool(sheet.outcome.threshold_type)
        return published and (found is None or not found.rob_statement.strip())

    def _show_external(self, sheet: RatingSheet) -> None:
        """Show how the publication rated, or that it is kept until both have finished."""
        project, outcome = self.workspace.project, sheet.outcome.id
        kept = has_external_rating(project, outcome)
        about = _("It is shown when both assessors have finished, so that it draws nobody.")
        if kept and not sheet.both_finished:
            about = _("A rating is kept, and shown when both assessors have finished. Choosing "
                      "again replaces it.")
        self.external.show_value(
            external_rating(project, outcome), read_only=self.workspace.read_only or "",
            about="" if sheet.both_finished else about)

    def commit(self) -> None:
        """Commit what has been typed."""
        for form in (self.claim, self.risks, self.scope, self.missing, self.published):
            form.commit()

    # -- changing --------------------------------------------------------------------------

    def _put(self, name: str, value: str) -> None:
        self.workspace.do(change, "outcome", self.desk.outcome, **{name: value or None})

    def _edit_baseline(self, row_id: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "baseline", row_id, **{name: typed})
        if not done.ok:
            self.baselines.refuse(row_id, name, typed, str(done.problems[0]))

    def _add_baseline(self) -> None:
        self.workspace.do(add, "baseline", outcome=self.desk.outcome)

    def _remove_baseline(self) -> None:
        if self.baselines.current_id():
            self.workspace.do(remove, "baseline", self.baselines.current_id())


def _level(code: str) -> tuple[str, str]:
    return code, level_label(code)


def _target_words(sheet: RatingSheet) -> str:
    facts = sheet.facts
    if not facts.has("target"):
        gap = facts.reason("target")
        why = _(gap)
        return _("No claim follows yet: {why}").format(why=why[:1].lower() + why[1:])
    target = _(TARGET_LABELS[facts.text("target")])
    reason = facts.text("target_reason")
    why = _(reason)
    if sheet.outcome.target and sheet.outcome.target_reason.strip():
        why = _("Chosen by the team: {why}").format(why=sheet.outcome.target_reason.strip())
    elif sheet.outcome.target:
        why = _("Chosen by the team; write down why.")
    return _("The certainty is that {target}. {why}").format(target=target, why=why)


def _range_words(sheet: RatingSheet) -> str:
    """Return whether all plausible MIDs give the same verdict, '' where no span was declared."""
    if not sheet.facts.has("imp_whole_range"):
        return ""
    if sheet.facts.flag("imp_whole_range"):
        return _("The verdict is the same for the whole range of plausible differences.")
    return _("The verdict depends on which of the plausible differences is taken.")


def _wrong(outcome: Outcome) -> str:
    ranges = ((outcome.t1, outcome.t2, outcome.t3),
              (outcome.t1_harm, outcome.t2_harm, outcome.t3_harm))
    if any(low >= high for sizes in ranges for low, high in pairwise(one for one in sizes if one)):
        return _("The thresholds between ranges must rise: trivial to small is the smallest. "
                 "Until then nothing is rated against them.")
    if (outcome.mid_low or outcome.mid_high) and not (
        outcome.mid_low and outcome.mid_high and outcome.mid_low < outcome.mid_high
    ):
        return _("Plausible differences need a smaller and a larger end.")
    if outcome.threshold_type == "decision" and outcome.decision is None:
        return _("The decision threshold of the panel is missing.")
    declared = outcome.mid or outcome.mid_relative or outcome.mid_low
    if outcome.threshold_type == "mid" and not declared:
        return _("The minimal important difference is missing. It is never invented here.")
    if outcome.threshold_type and outcome.better is None:
        return _("Say which direction is better, so that benefit and harm can be told apart.")
    if advised_before_finish(outcome):
        return _("Write down where the threshold comes from.")
    return ""


def first_open(outcome: Outcome) -> str:
    """Return the field of the first decision about the claim that is still open."""
    declared = outcome.mid or outcome.mid_relative or outcome.mid_low
    if outcome.threshold_type and outcome.better is None:
        return "better"
    if outcome.threshold_type == "mid" and not declared:
        return "mid"
    if outcome.threshold_type == "decision" and outcome.decision is None:
        return "decision"
    return "mid_source" if advised_before_finish(outcome) else "threshold_type"


def _claim_fields() -> tuple[Field, ...]:
    first, *rest = threshold_fields()
    better = Field(name="better", label=_("Which direction is better"), kind="choice", span=2,
                   choices=words.directions())
    return (first, better, *rest)


def _risk_fields() -> tuple[Field, ...]:
    return (
        Field(name="baseline_risk", label=_("Assumed risk, 0 to 1"), kind="number"),
        Field(name="baseline_source", label=_("Source of the risk"), span=2),
        Field(name="per", label=_("Risks per"), kind="number"),
    )
