"""The question compared with the evidence, element by element (IND-1)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.prompt_row import ANSWER_WORDS
from app.widgets.flow import WordsBeside
from app.widgets.level_buttons import LevelChoice
from app.widgets.parts import holder, label, row
from assessments.language import _
from assessments.rating_facts import evidence_and_settings
from gradecore.grade.evidence import ANSWERS
from gradecore.grade.vocabulary import PICO

ELEMENTS = {
    "population": _("Population"), "intervention": _("Intervention"),
    "comparator": _("Comparator"), "outcome": _("Outcome, time"),
}


class PicoGrid(QWidget):
    """Four rows: what was asked, and whether the evidence is direct enough for it.

    ``walked(step)`` when ↑ or ↓ leave the grid.
    """

    walked = Signal(int)

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: dict[str, ConcernButtons] = {}
        self.targets: dict[str, QWidget] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(row(label(_("What the review asks"), "overline"), None,
                            label(_("Is the evidence direct enough?"), "overline")))
        for element in PICO:
            title = label(_(ELEMENTS[element]), "strong")
            target = label("", "small", wrap=True)
            words = row(title, target, gap=8)
            words.setStretch(1, 1)
            words.setAlignment(title, Qt.AlignmentFlag.AlignTop)
            buttons = ConcernButtons(_("{element} direct enough").format(
                element=_(ELEMENTS[element])))
            buttons.set_levels(
                LevelChoice(code=code, word=_(ANSWER_WORDS[code]), key=str(number),
                            role={"probably_no": "some", "no": "high"}.get(code, ""))
                for number, code in enumerate(ANSWERS, start=1)
            )
            buttons.wanted.connect(lambda code, name=element: self._answer(name, code))
            buttons.walked.connect(lambda step, name=element: self._walk(name, step))
            line = WordsBeside(least=150)
            line.addWidget(holder(words))
            line.addWidget(buttons)
            outer.addWidget(holder(line))
            self.rows[element], self.targets[element] = buttons, target

    def show_answers(self) -> None:
        """Show the elements of the question and what was answered."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        evidence, _settings = evidence_and_settings(self.desk.workspace.project, sheet.outcome)
        targets = {one.element: one.target for one in evidence.pico}
        for element, buttons in self.rows.items():
            text = targets.get(element) or _("not written down on the page Review")
            if element == "outcome" and sheet.outcome.time_point:
                text = f"{text}, {sheet.outcome.time_point}"
            self.targets[element].setText(text)  # type: ignore[attr-defined]
            buttons.set_chosen(sheet.answers.get(("indirectness", f"pico/{element}")))
            buttons.set_read_only(self.desk.closed)

    def take_focus(self, last: bool = False) -> None:
        """Put the focus on the first element, or the last."""
        name = PICO[-1] if last else PICO[0]
        self._focus(name)

    def _answer(self, element: str, code: str | None) -> None:
        if self.desk.closed:
            return
        self.rows[element].set_chosen(code)
        self.desk.answer("indirectness", f"pico/{element}", code)

    def _walk(self, element: str, step: int) -> None:
        place = PICO.index(element) + step
        if 0 <= place < len(PICO):
            self._focus(PICO[place])
        else:
            self.walked.emit(step)

    def _focus(self, element: str) -> None:
        buttons = self.rows[element].buttons
        chosen = next((one for one in buttons if one.isChecked()), buttons[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)
