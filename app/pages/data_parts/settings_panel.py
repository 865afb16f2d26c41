"""How the results of an outcome are pooled: every choice is an edit, and takes effect at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app import theme
from app.pages.data_parts import words
from app.widgets.form import Choice, choice
from app.widgets.note_field import NoteField
from app.widgets.parts import button, column, holder, label, line, row, scrolling
from app.workspace import Workspace
from assessments.bodies import plan_of
from assessments.language import _
from assessments.review import Analysis, Outcome
from assessments.review_edits import change
from assessments.summary_of_findings import numbers
from gradecore.between_study_variance import ESTIMATORS
from gradecore.measures import MEASURES
from gradecore.profiles import DEFAULT_PROFILE, PoolingPlan, plan_for

_FIRST = ("RR", "MD", "OR", "RD", "PETO", "SMD", "ROM", "HR", "IRR", "IRD", "GEN", "GENR")
_ITEMS = {
    "method": "weighting", "tau2": "tau2_estimator", "interval": "interval",
    "prediction": "prediction", "zero_cells": "zero_cells", "smd_variant": "smd_variant",
}
"""Column of the analysis → item of the plan."""


def measures() -> words.Pairs:
    """Return the effect measures, risk ratio and mean difference first."""
    first = [code for code in _FIRST if code in MEASURES]
    rest = [code for code in MEASURES if code not in first]
    return tuple((code, MEASURES[code].name) for code in (*first, *rest))


class SettingsPanel(QWidget):
    """The choices of one analysis. What nobody has chosen is said to follow from the profile."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.outcome: Outcome | None = None
        self.choices: dict[str, Choice] = {}
        self._labels: dict[str, QWidget] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(16, 16, 12, 16)
        self._column.setSpacing(4)
        self._column.addWidget(label(_("Analysis"), "section"))
        self._column.addSpacing(4)
        self._add_choices()
        self.level = NoteField(_("Level of intervals, %"))
        self.level.committed.connect(self._put_level)
        self._add("level", _("Level of intervals, %"), self.level)
        self._column.addSpacing(8)
        self._lines = (line(), self._first_line)
        self._column.addWidget(self._lines[0])
        self._add_high_risk()
        self._column.addSpacing(8)
        self.differs = label("", "caption", wrap=True)
        self.reset = button(_("Back to the profile"), self._reset, role="link", icon="undo")
        self._column.addWidget(self.differs)
        self._column.addLayout(row(self.reset, None))
        self._column.addStretch(1)
        inside = holder(self._column)
        outer = column(scrolling(inside), gap=0)
        self.setLayout(outer)
        self.setMinimumWidth(theme.px(216))

    def _add_choices(self) -> None:
        self._choice("measure", _("Effect measure"))
        self._choice("model", _("Model"))
        self._choice("profile", _("Profile"))
        self.choices["profile"].setToolTip(
            _("A named set of defaults; what you choose below is kept beside it.")
        )
        self._column.addSpacing(8)
        self._first_line = line()
        self._column.addWidget(self._first_line)
        self._column.addSpacing(4)
        self._choice("method", _("Weighting"))
        self._choice("tau2", _("Between-study variance"))
        self._choice("interval", _("Confidence interval"))
        self._choice("prediction", _("Prediction interval"))
        self._choice("zero_cells", _("Cells without events"))
        self._choice("smd_variant", _("Variance of the SMD"))

    def _add_high_risk(self) -> None:
        self.high_risk = QCheckBox(_("Leave out high risk of bias"))
        self.high_risk.setAccessibleName(_("Leave studies at high risk of bias out"))
        self.high_risk.setToolTip(
            _("The estimate rests on the studies that are not at high risk of bias.")
        )
        self.high_risk.clicked.connect(lambda on: self._put("without_high_risk", int(on)))
        self._column.addWidget(self.high_risk)
        self.reason = NoteField(_("Why these settings"), lines=2,
                                hint=_("Reason, for the methods text"))
        self.reason.committed.connect(lambda text: self._put("set_reason", text))
        self._add("set_reason", _("Why these settings"), self.reason)

    def _choice(self, name: str, words_: str) -> None:
        made = choice(words_, ())
        made.activated.connect(lambda _n: self._put(name, made.value))
        self.choices[name] = made
        self._add(name, words_, made)

    def _add(self, name: str, words_: str, made: QWidget) -> None:
        told = label(words_, "small")
        told.setBuddy(made)
        part = holder(column(told, made, gap=3))
        self._column.addWidget(part)
        self._column.addSpacing(4)
        self._labels[name] = part

    # -- showing ---------------------------------------------------------------------------

    def show_outcome(self, outcome: Outcome, analysis: Analysis | None) -> None:
        """Show the settings of an analysis."""
        self.outcome = outcome
        found = analysis or Analysis(id=outcome.id)
        plan = plan_of(self.workspace.project, outcome)
        locked = self.workspace.read_only or ""
        self._fill("measure", (("", _("Choose…")), *measures()), found.measure, locked)
        self._fill("model", (("", _("Choose…")), *words.models()), found.model, locked)
        self._fill("profile", tuple(words.profiles().items()), found.profile, locked)
        self._labels["profile"].setVisible(plan is not None)
        self._show_items(found, plan, locked)
        self.level.set_text(numbers.plain_number(found.level * 100))
        self.level.set_read_only(bool(locked), locked)
        self.high_risk.setChecked(bool(found.without_high_risk))
        self.high_risk.setEnabled(not locked)
        self.reason.set_text(found.set_reason)
        self.reason.set_read_only(bool(locked), locked)
        for name in ("level", "set_reason"):
            self._labels[name].setVisible(plan is not None)
        for one in (self.high_risk, *self._lines):
            one.setVisible(plan is not None)
        told = words.overrides_of(plan) if plan is not None else ()
        name = words.profiles().get(found.profile, found.profile)
        self.differs.setText(
            _("Differs from “{profile}”: {items}.").format(profile=name, items="; ".join(told))
            if told else ""
        )
        self.differs.setVisible(bool(told))
        self.reset.setVisible(bool(told) and not locked)

    def _fill(self, name: str, pairs: Iterable[tuple[str, str]], value: str | None, locked: str
              ) -> None:
        made = self.choices[name]
        pairs = tuple(pairs)
        now = tuple((made.itemData(n), made.itemText(n)) for n in range(made.count()))
        if now != pairs:
            made.clear()
            for code, text in pairs:
                made.addItem(text, code)
        made.show_value(value)
        made.setEnabled(not locked)
        if locked:
            made.setToolTip(locked)

    def _show_items(self, found: Analysis, plan: PoolingPlan | None, locked: str) -> None:
        for name in _ITEMS:
            self._labels[name].setVisible(plan is not None and _applies(name, plan))
        if plan is None:
            return
        usual = plan_for(plan.profile, plan.measure, model=plan.model)
        offered = {
            "method": {code: text for code, text in words.weightings().items()
                       if code in MEASURES[plan.measure].weightings},
            "tau2": {code: f"{one.name} ({code})" if code != one.name else code
                     for code, one in ESTIMATORS.items()},
            "interval": words.intervals(), "prediction": words.predictions(),
            "zero_cells": words.zero_cells(), "smd_variant": words.smd_variants(),
        }
        for name, item in _ITEMS.items():
            default = offered[name].get(str(getattr(usual, item)), str(getattr(usual, item)))
            pairs = (("", _("Profile: {default}").format(default=default)), *offered[name].items())
            self._fill(name, pairs, getattr(found, name), locked)

    # -- edits -----------------------------------------------------------------------------

    def _put(self, name: str, value: object) -> None:
        if self.outcome is None:
            return
        if name == "profile" and not value:
            value = DEFAULT_PROFILE
        self.workspace.do(change, "analysis", self.outcome.id, **{name: value})

    def _put_level(self, typed: str) -> None:
        from assessments.field_checks import read_number
        from assessments.problems import Refused

        try:
            share: float | str = read_number(typed, "level") / 100
        except Refused as refusal:
            self.level.set_problem(str(refusal))
            return
        if self.outcome is None:
            return
        done = self.workspace.try_to(change, "analysis", self.outcome.id, level=share)
        self.level.set_problem(
            "" if done.ok else _("Type a percentage from 50 to 99.99, usually 95.")
        )

    def _reset(self) -> None:
        if self.outcome is not None:
            nothing = dict.fromkeys(_ITEMS)
            self.workspace.do(change, "analysis", self.outcome.id, level=0.95, **nothing)


def _applies(name: str, plan: PoolingPlan) -> bool:
    """Return whether an item has a meaning for this measure and model."""
    family = MEASURES[plan.measure].family
    if name in ("tau2", "interval", "prediction"):
        return plan.model == "random"
    if name == "zero_cells":
        return family in ("dichotomous", "rate", "proportion")
    if name == "smd_variant":
        return plan.measure == "SMD"
    return len(MEASURES[plan.measure].weightings) > 1


def plan_in_words(plan: PoolingPlan) -> str:
    """Return a plan in one line: model, weighting, estimator, interval, level."""
    weighting = words.weightings()[plan.weighting]
    if plan.weighting == "inverse-variance":
        weighting = weighting.lower()
    parts = [dict(words.models())[plan.model], weighting]
    if plan.model == "random":
        parts += [plan.tau2_estimator, words.intervals()[plan.interval]]
    if plan.level != 0.95:
        parts.append(f"{numbers.plain_number(plan.level * 100)}%")
    return ", ".join(parts)


