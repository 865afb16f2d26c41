"""One reason to rate up: its levels, its explanation, and what confounding would do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.explanation import ExplanationField
from app.pages.grade_parts.words import points_of, signed, title_of
from app.widgets.flow import WordsBeside
from app.widgets.level_buttons import LevelChoice
from app.widgets.note_field import NoteField
from app.widgets.parts import holder, label
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from gradecore.grade.vocabulary import OPPOSING_CONFOUNDING, SPURIOUS, WOULD_REDUCE


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
