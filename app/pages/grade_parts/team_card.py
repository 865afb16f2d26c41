"""Decisions for the whole review: framework, search, conventions, cut-offs, rules of the review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.pages.grade_parts.choice_row import ChoiceRow
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import title_of, trust_words
from app.widgets.card import Card
from app.widgets.parts import button, holder, label, row
from app.widgets.records_table import Column, RecordsTable
from assessments.decision_words import (
    Choices,
    decisions_about_rating,
    decisions_about_the_search,
)
from assessments.field_checks import read_number
from assessments.grade_files import grade_defaults
from assessments.language import _
from assessments.problems import Refused
from assessments.review import ReviewRule, Setting
from assessments.review_edits import add, change, decide, remove, setting
from assessments.team_decisions import CUTOFF
from gradecore.grade.facts import Rule
from gradecore.grade.review_rules import MECHANICAL, determines_everything, names_in
from gradecore.grade.settings import ReviewRule as CoreRule
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import DOMAINS
from gradecore.input_errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class CutoffRow:
    """One cut-off as the table shows it."""

    id: str
    text: str
    value: float
    standard: float
    source: str


class TeamCard(QWidget):
    """The same for all outcomes and both assessors. ``said(sentence)`` when refused."""

    said = Signal(str)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk, self.workspace = desk, desk.workspace
        self.choices: dict[str, ChoiceRow] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        for card in (self._framework(), self._search(), self._cutoffs(), self._rules()):
            outer.addWidget(card)

    def _framework(self) -> Card:
        card = Card(_("For the whole review"))
        card.add(self._grid(decisions_about_rating(), 3))
        return card

    def _search(self) -> Card:
        card = Card(_("Was the search good enough to call publication bias undetected?"))
        card.add(self._grid(decisions_about_the_search(), 3))
        return card

    def _grid(self, rows: Mapping[str, tuple[str, Choices]], columns: int) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, (name, (title, pairs)) in enumerate(rows.items()):
            one = ChoiceRow(
                title, pairs,
                lambda value, name=name: self.workspace.do(decide, name, value),
            )
            self.choices[name] = one
            grid.addWidget(one, place // columns, place % columns)
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        return made

    def _cutoffs(self) -> Card:
        card = Card(_("Cut-offs of the prompts"))
        self.cutoffs = RecordsTable(_("Cut-offs"), (
            Column(name="text", title=_("What it is"), stretch=True),
            Column(name="value", title=_("In force"), kind="number", width=84, editable=True),
            Column(name="standard", title=_("Standard"), kind="number", width=84),
            Column(name="source", title=_("Source"), width=260),
        ))
        self.cutoffs.setFixedHeight(260)
        self.cutoffs.edited.connect(self._edit_cutoff)
        back = button(_("Back to the standard"), self._standard, role="link", icon="undo")
        card.add(label(
            _("Numbers that facts are held against. None of them sets a level. What you change "
              "is printed in the methods."), "caption", wrap=True))
        card.add(self.cutoffs)
        card.add(holder(row(None, back)))
        return card

    def _rules(self) -> Card:
        card = Card(_("Rules of this review"))
        self.rules = RecordsTable(_("Rules of this review"), (
            Column(name="domain", title=_("Domain"), kind="choice", width=130, editable=True,
                   choices=tuple((name, title_of(name)) for name in DOMAINS)),
            Column(name="label", title=_("Name"), width=130, editable=True),
            Column(name="expression", title=_("Holds when"), stretch=True, editable=True),
            Column(name="text", title=_("Question"), width=180, editable=True),
            Column(name="suggestion", title=_("Suggests"), width=120, editable=True),
        ))
        self.rules.keep_short(5)
        self.rules.edited.connect(self._edit_rule)
        self.mechanical = label(_(MECHANICAL), "warn", wrap=True)
        new = button(_("Add a rule"), self._add_rule, role="link", icon="plus")
        gone = button(_("Remove"), self._remove_rule, role="link", icon="trash")
        card.add(label(
            _("Pre-registered cut-offs, shown beside the standard prompts, for example "
              "“i2 > 75 and k >= 3” or “n < 100”. They set no level."), "caption", wrap=True))
        card.add(self.rules)
        card.add(holder(row(None, gone, new)))
        card.add(self.mechanical)
        return card

    # -- showing ---------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Show what the team has decided."""
        project, read_only = self.workspace.project, self.workspace.read_only or ""
        defaults = grade_defaults()
        frameworks = {one.id: one for one in defaults.frameworks}
        for name, one in self.choices.items():
            standard = defaults.framework if name == "framework" else defaults.choices.get(name, "")
            value = setting(project, name, "") or standard
            about = ""
            if name == "framework" and value in frameworks:
                found = frameworks[value]
                about = f"{_(found.claim)}. {_(found.source)}"
            elif name == "reasons_to_rate_up" and value == "large_effect":
                about = _("As in Core GRADE 4. What was chosen before stays.")
            elif name == "overall_certainty" and value == "on":
                about = _("For guidelines: the lowest level among the critical outcomes.")
            one.show_value(value, read_only=read_only, about=about)
        self.cutoffs.set_read_only(read_only)
        self.cutoffs.show_rows(self._cutoff_rows())
        rules = project.all(ReviewRule)
        self.rules.set_read_only(read_only)
        self.rules.show_rows(rules, {
            (one.id, "expression"): wrong for one in rules if (wrong := _wrong(one.expression))
        })
        made = Settings(cutoffs=defaults.cutoffs, review_rules=tuple(
            CoreRule(id=one.id, domain=one.domain, label=one.label, expression=one.expression,
                     suggestion=one.suggestion) for one in rules
        ))
        self.mechanical.setVisible(determines_everything(made, DOMAINS))

    def _cutoff_rows(self) -> tuple[CutoffRow, ...]:
        kept = {one.id: one.value for one in self.workspace.project.all(Setting)}
        return tuple(
            CutoffRow(
                id=one.name, text=_(one.text), standard=one.value,
                value=float(kept.get(f"{CUTOFF}{one.name}") or one.value),
                source=f"{_(one.source)} ({_trust(one.tag)})",
            )
            for one in grade_defaults().sources
        )

    # -- changing --------------------------------------------------------------------------

    def _edit_cutoff(self, name: str, column: str, typed: object) -> None:
        text = str(typed or "").strip()
        if not text:
            self._forget(name)
            return
        try:
            value = read_number(text, name)
        except Refused as refusal:
            self.cutoffs.refuse(name, column, typed, str(refusal.problems[0]))
            return
        if not value > 0:
            self.cutoffs.refuse(name, column, typed, _("A cut-off must be a number above 0."))
        elif value == grade_defaults().source_of(name).value:
            self._forget(name)
        else:
            self.workspace.do(decide, f"{CUTOFF}{name}", repr(value))

    def _forget(self, name: str) -> None:
        if self.workspace.project.one(Setting, f"{CUTOFF}{name}") is not None:
            self.workspace.do(remove, "setting", f"{CUTOFF}{name}")
        else:
            self.cutoffs.show_rows(self._cutoff_rows())

    def _standard(self) -> None:
        if self.cutoffs.current_id():
            self._forget(self.cutoffs.current_id())

    def _edit_rule(self, row_id: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "review_rule", row_id, **{name: typed})
        if not done.ok:
            self.rules.refuse(row_id, name, typed, str(done.problems[0]))

    def _add_rule(self) -> None:
        self.workspace.do(add, "review_rule", domain=DOMAINS[0])

    def _remove_rule(self) -> None:
        if self.rules.current_id():
            self.workspace.do(remove, "review_rule", self.rules.current_id())


def _wrong(expression: str) -> str:
    """Return why an expression cannot be read, '' if it can."""
    if not expression.strip():
        return _("Write when the rule holds, for example “i2 > 75”.")
    try:
        names_in(expression)
    except InputError as error:
        return _(error.sentence)
    return ""


def _trust(tag: str) -> str:
    return trust_words(Rule(text="", source="", tag=tag))[0]
