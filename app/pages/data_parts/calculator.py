"""The calculator of a row: what is reported goes in at the left, what is written stands below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.widgets.form import choice
from app.widgets.overlay import Overlay
from app.widgets.parts import (
    button,
    clear,
    column,
    frame,
    holder,
    label,
    repolish,
    row,
    set_enabled,
)
from app.workspace import Workspace
from assessments.calculator_methods import Calculator, calculator
from assessments.calculators import Worked, calculators_for, derive, prefilled, work_out
from assessments.language import _
from assessments.problems import Refused
from assessments.review import Comparison, Outcome, Result, Study
from assessments.summary_of_findings import numbers

_WORDS = {
    "events": _("Events"), "total": _("People"), "mean": _("Mean"), "sd": _("SD"),
}


class CalculatorOverlay(Overlay):
    """Works numbers of one row out. ``said`` as that of a page, after they were written."""

    said = Signal(str, str, object)

    def __init__(self, window: QWidget, workspace: Workspace, result: Result, measure: str) -> None:
        super().__init__(window, _("Calculator"), 620)
        self.workspace, self.result = workspace, result
        project = workspace.project
        study = project.one(Study, result.study)
        self._study = study.label if study is not None else ""
        self._name_arms(result)
        offered = calculators_for(measure)
        self.method = choice(_("What is reported"), ((one.code, one.title) for one in offered))
        self.method.activated.connect(lambda _n: self._show_method())
        self.arm = choice(_("Arm"), (("1", self._arms[0]), ("2", self._arms[1])))
        self.arm.activated.connect(lambda _n: self._show_method())
        self.about = label("", "secondary", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.inputs: dict[str, QLineEdit] = {}
        self.outcome = label("", "strong", wrap=True)
        self.how = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.go = button(_("Write into the row"), self._write, role="primary")
        self._lay_out()
        self._show_method()

    def _name_arms(self, result: Result) -> None:
        project = self.workspace.project
        outcome = project.one(Outcome, result.outcome)
        found = project.one(Comparison, outcome.comparison) if outcome is not None else None
        first = found.intervention if found is not None else ""
        second = found.comparator if found is not None else ""
        self._arms = (first or _("Intervention"), second or _("Comparator"))

    def _lay_out(self) -> None:
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        title = _("Calculator: {study}").format(study=self._study)
        self.inner.addLayout(row(label(title, "section"), None, close))
        self._arm_part = holder(column(label(_("Arm"), "small"), self.arm, gap=3))
        method = column(label(_("What is reported"), "small"), self.method, gap=3)
        both = row(method, self._arm_part, gap=12)
        both.setStretch(0, 2)
        both.setStretch(1, 1)
        self.inner.addLayout(both)
        self.inner.addWidget(self.about)
        self.inner.addWidget(holder(self._grid))
        shown = frame("sunken", column(self.outcome, self.how, self.problem, gap=4), 12)
        self.inner.addWidget(shown)
        self.inner.addLayout(row(None, button(_("Cancel"), self.dismiss), self.go))

    @property
    def chosen(self) -> Calculator:
        """The calculator that is shown."""
        return calculator(self.method.value or "")

    def _show_method(self) -> None:
        chosen, arm = self.chosen, self.arm.value or "1"
        self._arm_part.setVisible(chosen.arms == "one")
        self.about.setText(chosen.about)
        typed = {name: one.text() for name, one in self.inputs.items() if one.isModified()}
        clear(self._grid)
        self.inputs = {}
        known = prefilled(self.result, chosen, arm)
        for place, one in enumerate(chosen.inputs):
            field = QLineEdit(typed.get(one.name) or _plain(known.get(one.name)))
            field.setModified(one.name in typed)
            words = one.label if one.needed else _("{label} (optional)").format(label=one.label)
            field.setAccessibleName(words)
            field.setPlaceholderText(one.hint)
            field.textEdited.connect(lambda _text: self._work())
            field.returnPressed.connect(self._write)
            told = label(words, "small", wrap=True)
            told.setBuddy(field)
            self._grid.addLayout(column(told, field, gap=3), place // 3, place % 3)
            self.inputs[one.name] = field
        for place in range(3):
            self._grid.setColumnStretch(place, 1)
        if self.inputs:
            next(iter(self.inputs.values())).setFocus()
        self._work()
        self.refit()

    def _typed(self) -> dict[str, str]:
        return {name: one.text() for name, one in self.inputs.items()}

    def _work(self) -> tuple[Worked, ...]:
        worked: tuple[Worked, ...] = ()
        problems = {}
        sentence = ""
        try:
            worked = work_out(self.result, self.chosen.code, self.arm.value or "1", self._typed())
        except Refused as refusal:
            for one in refusal.problems:
                if one.code == "empty" and one.where in self.inputs:
                    continue
                problems[one.where] = str(one)
                sentence = sentence or str(one)
        for name, field in self.inputs.items():
            self._mark(field, problems.get(name, ""))
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self._show_worked(worked)
        nothing = None if worked else (sentence or _("Fill in the numbers first."))
        set_enabled(self.go, self.workspace.read_only or nothing)
        self.refit()
        return worked

    def _mark(self, field: QLineEdit, sentence: str) -> None:
        if bool(field.property("problem")) != bool(sentence):
            field.setProperty("problem", bool(sentence))
            repolish(field)
        field.setToolTip(sentence)
        field.setAccessibleDescription(sentence)

    def _show_worked(self, worked: tuple[Worked, ...]) -> None:
        if not worked:
            self.outcome.setText(_("The derived number appears here as you type."))
            self.how.setText("")
            self.how.hide()
            return
        self.outcome.setText(", ".join(
            f"{self._column(one.column)} = {numbers.plain_number(one.value)}" for one in worked
        ))
        first = worked[0].derivation
        notes = [_(note.sentence) for note in first.notes]
        self.how.setText("\n".join([f"{first.formula} ({first.source})", *notes]))
        self.how.show()

    def _column(self, name: str) -> str:
        what, _sign, arm = name.partition("_")
        if what in _WORDS and arm in ("1", "2"):
            return _("{what}, {arm}").format(what=_WORDS[what], arm=self._arms[int(arm) - 1])
        return {"effect": _("Estimate"), "se": _("SE"), "oe": _("O − E"), "variance": "V"}.get(
            name, name
        )

    def _write(self) -> None:
        if not self._work():
            return
        done = self.workspace.do(
            derive, self.result.id, self.chosen.code, self.arm.value or "1", self._typed()
        )
        if done.ok:
            self.dismiss()
            self.said.emit(
                _("Derived numbers written for {study}").format(study=self._study), _("Undo"),
                self.workspace.undo,
            )


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
