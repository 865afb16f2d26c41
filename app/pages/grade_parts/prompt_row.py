"""One fired prompt: the question, the facts and the rule behind it, and what it meant."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import icons
from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import prompt_facts, trust_words
from app.widgets.chip import Chip
from app.widgets.flow import WordsBeside
from app.widgets.level_buttons import LevelChoice
from app.widgets.note_field import NoteField
from app.widgets.parts import button, column, holder, label, row, set_role
from assessments.language import _
from assessments.rating_sheet import QUESTIONS
from gradecore.grade.facts import Prompt

ANSWER_WORDS = {
    "yes": _("Yes"), "no": _("No"), "symmetric": _("Symmetric"), "asymmetric": _("Asymmetric"),
    "cannot_tell": _("Cannot tell"), "probably_yes": _("Probably yes"),
    "probably_no": _("Probably no"),
}
QUESTION_WORDS = {
    "INC-1": _("Importantly different, with little overlap?"),
    "PUB-3": _("The funnel looks"),
    "PUB-7": _("All studies small, early and positive?"),
}

_FACTS_BESIDE = 5
"""Facts told beside the question; the table above it has all of them."""


def acknowledgements() -> tuple[LevelChoice, ...]:
    """Return what can be said to a fired prompt."""
    return (
        LevelChoice(code="reason", word=_("A reason"), role="", key="1"),
        LevelChoice(code="considered", word=_("Considered"), role="", key="2"),
        LevelChoice(code="not_relevant", word=_("Not relevant"), role="", key="3"),
    )


class AnswerRow(QWidget):
    """A question whose answer is a fact of the prompt: yes or no, symmetric or not."""

    def __init__(self, desk: GradeDesk, domain: str, question: str) -> None:
        super().__init__()
        self.desk, self.domain, self.question = desk, domain, question
        words = _(QUESTION_WORDS[question])
        self.buttons = ConcernButtons(words)
        self.buttons.set_levels(
            LevelChoice(code=code, word=_(ANSWER_WORDS[code]), role="", key=str(number))
            for number, code in enumerate(QUESTIONS[question], start=1)
        )
        self.buttons.wanted.connect(self._answer)
        layout = WordsBeside(least=150)
        layout.addWidget(label(words, "small"))
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def _answer(self, code: str | None) -> None:
        if self.desk.closed:
            return
        self.buttons.set_chosen(code)
        self.desk.answer(self.domain, self.question, code)

    def show_given(self) -> None:
        """Show what was answered."""
        sheet = self.desk.sheet
        self.buttons.set_chosen(sheet.answers.get((self.domain, self.question)) if sheet else None)
        self.buttons.set_read_only(self.desk.closed)


class PromptRow(QFrame):
    """A fired prompt. ``walked(step)`` on ↑ ↓, ``left()`` on Escape.

    Keys: 1 counts as a reason, 2 considered, 3 not relevant (then why).
    """

    walked = Signal(int)
    left = Signal()

    def __init__(self, desk: GradeDesk, prompt: Prompt) -> None:
        super().__init__()
        self.desk, self.prompt = desk, prompt
        self._outcome = desk.outcome
        self.setProperty("role", "prompt")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sign = label()
        self.question = label("", "strong", wrap=True)
        self.facts = label("", "small", wrap=True)
        self.rule = label("", "caption", wrap=True)
        self.trust = Chip()
        self.typical = label("", "small", wrap=True)
        self.typical.hide()
        self.more = button("", self._show_typical, role="link")
        self.answer = AnswerRow(desk, prompt.domain, prompt.id) if prompt.id in QUESTIONS else None
        self.said = ConcernButtons(_("What {prompt} meant").format(prompt=prompt.id))
        self.said.set_levels(acknowledgements())
        self.said.wanted.connect(self._say)
        self.said.walked.connect(self.walked)
        self.why = NoteField(_("Why"), hint=_("Why is it not relevant?"))
        self.why.committed.connect(self._why_written)
        self.why.left.connect(self.setFocus)
        self.why.hide()
        self._lay_out()
        self.show_prompt(prompt)

    def _lay_out(self) -> None:
        head = row(self.sign, self.question, gap=8)
        head.setStretch(1, 1)
        head.setAlignment(self.sign, Qt.AlignmentFlag.AlignTop)
        under = column(self.facts, gap=4)
        if self.answer is not None:
            under.addWidget(self.answer)
            self.answer.buttons.walked.connect(self.walked)
        said = WordsBeside(least=320)
        said.addWidget(holder(row(self.trust, self.more, None, gap=6)))
        said.addWidget(self.said)
        for part in (self.rule, holder(said), self.typical, self.why):
            under.addWidget(part)
        under.setContentsMargins(24, 0, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(4)
        box.addLayout(head)
        box.addLayout(under)

    def show_prompt(self, prompt: Prompt) -> None:
        """Show a prompt with what was said to it; of another outcome, with nothing opened."""
        self.prompt = prompt
        if self._outcome != self.desk.outcome:
            self._outcome = self.desk.outcome
            self.typical.hide()
            self.why.hide()
            self.why.set_problem("")
        sheet = self.desk.sheet
        given = sheet.acknowledged(prompt) if sheet is not None else None
        asked = not prompt.info
        icons.set_icon(self.sign, "check" if given or not asked else "info",
                       "ok" if given else "text-3" if not asked else "warn", 16)
        self.question.setText(_(prompt.question))
        facts = prompt_facts(prompt, _FACTS_BESIDE)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self._show_rule(prompt)
        self.more.setVisible(bool(prompt.typical))
        self._name_typical()
        self.said.setVisible(asked)
        self.said.set_chosen(given)
        self.said.set_read_only(self.desk.closed)
        if self.answer is not None:
            self.answer.show_given()
        if sheet is not None:
            note = sheet.notes.get((prompt.domain, f"ack/{prompt.id}"), "")
            self.why.set_text(note)
            self.why.set_read_only(bool(self.desk.closed), self.desk.closed)
            self.why.setVisible(given == "not_relevant" or (not self.why.isHidden() and not given))
        word = {"reason": _("counted as a reason"), "considered": _("considered"),
                "not_relevant": _("not relevant")}.get(given or "", _("nothing said yet"))
        self.setAccessibleName(". ".join(
            part.rstrip(".") for part in (_(prompt.question), facts, word if asked else "") if part
        ))

    def _show_rule(self, prompt: Prompt) -> None:
        self.rule.setText(
            _("{id} {name}. Rule: {rule} {source}.").format(
                id=prompt.id, name=_(prompt.name), rule=_(prompt.rule.text),
                source=_(prompt.rule.source).rstrip("."),
            )
        )
        word, meaning = trust_words(prompt.rule)
        self.trust.show_text(_("{word}, edited").format(word=word) if prompt.rule.edited else word)
        self.trust.setToolTip(meaning)

    # -- what it meant ---------------------------------------------------------------------

    def _say(self, code: str | None) -> None:
        if self.desk.closed:
            return
        if code == "not_relevant" and not self.why.text().strip():
            self.why.show()
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        note = self.why.text().strip() if code == "not_relevant" else ""
        self.why.hide()
        self.said.set_chosen(code)
        self.desk.acknowledge(self.prompt.domain, self.prompt.id, code, note)

    def _why_written(self, text: str) -> None:
        sheet = self.desk.sheet
        if sheet is None or self.desk.closed:
            return
        done = self.desk.acknowledge(self.prompt.domain, self.prompt.id, "not_relevant", text)
        self.why.set_problem(" ".join(str(one) for one in done.problems))

    def _show_typical(self) -> None:
        if self.typical.isHidden():
            self.desk.open_typical(self.prompt.domain, self.prompt.id)
        self.typical.setVisible(self.typical.isHidden())
        self._name_typical()

    def _name_typical(self) -> None:
        self.typical.setText(_(self.prompt.typical))
        shown = not self.typical.isHidden()
        words = _("Hide what is often chosen") if shown else _("What is often chosen")
        self.more.setText(words)
        self.more.setAccessibleName(words)

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say what it meant by number, walk with ↑ ↓, leave with Escape."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if key == Qt.Key.Key_Down else -1)
        elif event.text() and event.text() in "123" and not event.modifiers():
            self._number(int(event.text()))
        elif event.text().casefold() in ("y", "n") and not event.modifiers():
            self._yes_or_no(event.text().casefold())
        else:
            super().keyPressEvent(event)

    def _number(self, number: int) -> None:
        choices = acknowledgements()
        if not self.prompt.info and not self.desk.closed:
            self._say(choices[number - 1].code)

    def _yes_or_no(self, letter: str) -> None:
        code = {"y": "yes", "n": "no"}[letter]
        if self.answer is not None and code in QUESTIONS[self.prompt.id]:
            self.answer._answer(code)

    def focusInEvent(self, event: object) -> None:
        """Show that the prompt has the focus."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        set_role(self, "prompt-focus")

    def focusOutEvent(self, event: object) -> None:
        """Show that it has the focus no more."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        set_role(self, "prompt")
