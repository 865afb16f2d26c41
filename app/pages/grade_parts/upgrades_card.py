"""Reasons to rate up: folded for randomised evidence, asked for where it is not randomised."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.explanation import ExplanationField
from app.pages.grade_parts.prompt_row import PromptRow
from app.pages.grade_parts.quiet_prompts import QuietPrompts
from app.pages.grade_parts.words import points_of, signed, title_of
from app.widgets.flow import WordsBeside
from app.widgets.level_buttons import LevelChoice
from app.widgets.note_field import NoteField
from app.widgets.parts import button, clear, column, holder, label, row
from assessments.language import _
from assessments.rating_sheet import RatingSheet, upgrades_chosen
from gradecore.grade.vocabulary import OPPOSING_CONFOUNDING, SPURIOUS, UPGRADES, WOULD_REDUCE


class UpgradeRow(QWidget):
    """One reason to rate up, with its levels and explanation."""

    def __init__(self, desk: GradeDesk, name: str) -> None:
        super().__init__()
        self.desk, self.name = desk, name
        self.levels = ConcernButtons(title_of(name))
        self.levels.wanted.connect(self.choose)
        self.explanation = ExplanationField(desk, name)
        self.explanation.left.connect(lambda: self.levels.buttons[0].setFocus())
        self.remarks = label("", "warn", wrap=True)
        self.confounding = Confounding(desk) if name == OPPOSING_CONFOUNDING else None
        head = WordsBeside(least=120)
        head.addWidget(label(title_of(name), "strong"))
        head.addWidget(self.levels)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(holder(head))
        for part in (self.confounding, self.remarks, self.explanation):
            if part is not None:
                outer.addWidget(part)

    def show_sheet(self, sheet: RatingSheet, letter: str) -> None:
        """Show what was chosen."""
        choices = []
        for one in sheet.domain(self.name).levels:
            points = points_of(one.code) or 0
            word = signed(points) if points else _("None")
            choices.append(LevelChoice(code=one.code, word=word, role="low" if points else "",
                                       key=one.key))
        self.levels.set_levels(choices)
        self.levels.set_chosen(sheet.level(self.name))
        self.levels.set_read_only(sheet.closed)
        said = [_(one.sentence) for one in sheet.remarks_in(self.name)]
        self.remarks.setText("\n".join(said))
        self.remarks.setVisible(bool(said))
        chosen = sheet.level(self.name) not in (None, "none")
        self.explanation.show_sheet(sheet, letter, current=chosen)
        if self.confounding is not None:
            self.confounding.show_given()

    def choose(self, code: str | None) -> None:
        """Choose a level, or take it back."""
        if not self.desk.closed:
            self.levels.set_chosen(code)
            self.desk.judge(self.name, code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        sheet = self.desk.sheet
        found = next((one.code for one in sheet.domain(self.name).levels
                      if one.key == event.text()), None) if sheet else None
        if found is not None:
            self.choose(found)
        elif event.key() == Qt.Key.Key_R:
            self.explanation.show()
            self.explanation.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)


class Confounding(QWidget):
    """What plausible confounding would do, and its names (UP-3)."""

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.buttons = ConcernButtons(_("Plausible confounding"))
        self.buttons.set_levels((
            LevelChoice(code=WOULD_REDUCE, word=_("Would shrink the effect seen"), role="",
                        key="1"),
            LevelChoice(code=SPURIOUS, word=_("Would create an effect, none is seen"), role="",
                        key="2"),
        ))
        self.buttons.wanted.connect(self._answer)
        self.named = NoteField(_("Confounders"), hint=_("Name the confounders"))
        self.named.committed.connect(self._named)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.buttons)
        layout.addWidget(self.named)

    def show_given(self) -> None:
        """Show what was answered."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        self.buttons.set_chosen(sheet.answers.get((OPPOSING_CONFOUNDING, "variant")))
        self.buttons.set_read_only(sheet.closed)
        self.named.set_text(sheet.answers.get((OPPOSING_CONFOUNDING, "named"), ""))
        self.named.set_read_only(bool(sheet.closed), sheet.closed)

    def _answer(self, code: str | None) -> None:
        if not self.desk.closed:
            self.buttons.set_chosen(code)
            self.desk.answer(OPPOSING_CONFOUNDING, "variant", code)

    def _named(self, text: str) -> None:
        if not self.desk.closed:
            self.desk.answer(OPPOSING_CONFOUNDING, "named", text.strip() or None)


class UpgradesCard(QFrame):
    """Folded where nobody is asked; ``opened()`` when somebody looks."""

    opened = Signal()

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "dashed")
        self.setAccessibleName(_("Reasons to rate up"))
        self.note = label("", "small", wrap=True)
        self.fold = button(_("Show"), self._toggle, role="link")
        self.considered = QCheckBox(_("Considered, none applies"))
        self.considered.setAccessibleName(self.considered.text())
        self.considered.clicked.connect(self._consider)
        self.rows = {name: UpgradeRow(desk, name) for name in UPGRADES}
        self.prompts: dict[str, PromptRow] = {}
        self._prompts = QVBoxLayout()
        self._prompts.setSpacing(6)
        self.quiet = QuietPrompts()
        self._open: bool | None = None
        words = label(
            _("For studies that were strictly designed and conducted only, and usually without "
              "reasons to rate down."), "caption", wrap=True,
        )
        inner = column(words, self.considered, *self.rows.values(), self._prompts, self.quiet,
                       gap=10)
        self.inner = holder(inner)
        head = row(label(_("Reasons to rate up"), "section"), self.note, self.fold, gap=10)
        head.setStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 10)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addWidget(self.inner)

    def show_sheet(self, sheet: RatingSheet, letters: dict[str, str]) -> None:
        """Show what was chosen, open where it has to be considered."""
        asked = not sheet.randomised or upgrades_chosen(sheet)
        shown = asked if self._open is None else self._open
        self.inner.setVisible(shown)
        self.fold.setText(_("Hide") if shown else _("Show"))
        self.fold.setAccessibleName(
            _("Hide reasons to rate up") if shown else _("Show reasons to rate up")
        )
        self.note.setText(
            _("Hardly ever used for randomised trials") if sheet.randomised
            else _("To be considered for non-randomised evidence")
        )
        self.considered.setVisible(not sheet.randomised)
        self.considered.setChecked(
            sheet.answers.get(("rating_up", "considered")) == "none_applies"
        )
        self.considered.setEnabled(not sheet.closed)
        if not shown:
            return
        for name, one in self.rows.items():
            one.show_sheet(sheet, letters.get(name, ""))
        self._show_prompts(sheet)

    def _show_prompts(self, sheet: RatingSheet) -> None:
        found = sheet.prompts_in("rating_up")
        fired = tuple(one for one in found if one.fired)
        if [one.id for one in fired] != list(self.prompts):
            clear(self._prompts)
            self.prompts = {}
            for one in fired:
                made = PromptRow(self.desk, one)
                self._prompts.addWidget(made)
                self.prompts[one.id] = made
        for one in fired:
            self.prompts[one.id].show_prompt(one)
        self.quiet.show_prompts((*(one for one in found if not one.fired),
                                 *sheet.not_asked("rating_up")))

    def take_focus(self) -> None:
        """Put the focus on the first thing to do here."""
        if not self.considered.isHidden() and not self.inner.isHidden():
            self.considered.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.fold.setFocus(Qt.FocusReason.TabFocusReason)

    def open_up(self) -> None:
        """Show the reasons."""
        if self.inner.isHidden():
            self._toggle()

    def _toggle(self) -> None:
        self._open = self.inner.isHidden()
        if self.desk.sheet is not None:
            self.show_sheet(self.desk.sheet, {})
        self.opened.emit()

    def fold_again(self) -> None:
        """Forget that it was opened by hand, for another outcome."""
        self._open = None

    def _consider(self, on: bool) -> None:
        self.desk.answer("rating_up", "considered", "none_applies" if on else None)
