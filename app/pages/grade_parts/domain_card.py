"""One domain: its levels, the facts that bear on it, and the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app import theme
from app.pages.grade_parts.concern_buttons import ConcernButtons
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.domain_details import DomainDetails
from app.pages.grade_parts.explanation import ExplanationField
from app.pages.grade_parts.picture import WidePicture
from app.pages.grade_parts.words import (
    level_choice,
    points_of,
    rarest_level,
    shown_levels,
    summary,
    title_of,
)
from app.widgets.chip import Chip
from app.widgets.flow import WordsBeside
from app.widgets.parts import button, frame, holder, label, repolish, row
from assessments.language import _, counted
from assessments.rating_pictures import absolute_picture, consistency_picture, weight_shares
from assessments.rating_sheet import RatingSheet
from gradecore.grade.checks import is_unusual
from gradecore.grade.vocabulary import DOMAINS

_NARROW = 580
"""Width of a card, at words of 100 %, below which its levels have shorter words."""


class DomainCard(QFrame):
    """A domain of the rating. ``stepped(±1)`` asks for the next or previous domain.

    With the focus on the card: number keys choose, R goes to the reason, ↓ or Enter to the
    questions, Tab to the next domain, Backspace takes the level back.
    """

    stepped = Signal(int)
    entered = Signal(str)

    def __init__(self, desk: GradeDesk, domain: str) -> None:
        super().__init__()
        self.desk, self.domain = desk, domain
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.current = False
        self._narrow = False
        self.title = label(title_of(domain), "section")
        self.waiting = Chip()
        self.facts = label("", "small", wrap=True)
        self.picture = WidePicture()
        self.details: DomainDetails | None = None
        self.levels = ConcernButtons(title_of(domain))
        self.levels.wanted.connect(self.choose)
        self.levels.walked.connect(self._walk)
        self.levels.moved_on.connect(lambda: self.stepped.emit(1))
        self.explanation = ExplanationField(desk, domain)
        self.explanation.left.connect(self.setFocus)
        self.remarks = label("", "warn", wrap=True)
        self.confirm = self._confirm()
        self._unusual: str | None = None
        head = WordsBeside(least=260)
        head.addWidget(holder(row(self.title, self.waiting, None, gap=8)))
        head.addWidget(self.levels)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(16, 9, 16, 10)
        self._body.setSpacing(6)
        for part in (holder(head), self.confirm, self.facts, self.picture, self.remarks,
                     self.explanation):
            self._body.addWidget(part)

    def _confirm(self) -> QWidget:
        self._question = label("", "", wrap=True)
        self._yes = button(_("Choose it"), self._take_unusual, role="primary")
        self._no = button(_("Not this one"), self._drop_unusual)
        parts = row(self._question, self._no, self._yes, gap=8)
        parts.setStretch(0, 1)
        made = frame("notice", parts, 8)
        made.hide()
        return made

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: RatingSheet, letters: dict[str, str]) -> None:
        """Show what was rated, and the facts beside it."""
        self._show_levels(sheet)
        self.levels.set_chosen(sheet.level(self.domain))
        self.levels.set_read_only(sheet.closed)
        words = summary(sheet, self.domain)
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
        waiting = len(sheet.waiting(self.domain))
        self.waiting.show_text(
            counted("{n} question", "{n} questions", waiting) if waiting and not sheet.finished
            else "", "warn",
        )
        self._show_picture(sheet)
        said = [_(one.sentence) for one in sheet.remarks_in(self.domain)]
        self.remarks.setText("\n".join(said))
        self.remarks.setVisible(bool(said))
        self.explanation.show_sheet(sheet, letters.get(self.domain, ""), current=self.current)
        if self.current:
            self._open_details(sheet)
        level = next((one.choice.word for one in self.levels.buttons if one.isChecked()),
                     _("not judged yet"))
        self.setAccessibleName(_("{domain}: {level}. {facts}").format(
            domain=title_of(self.domain), level=level, facts=words))
        self.setAccessibleDescription(self.waiting.text())

    def _show_levels(self, sheet: RatingSheet) -> None:
        self.levels.set_levels(
            level_choice(self.domain, one, narrow=self._narrow)
            for one in shown_levels(sheet, self.domain)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words of the levels where they would not stand beside the title."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            if self.desk.sheet is not None:
                self._show_levels(self.desk.sheet)
                self.levels.set_chosen(self.desk.sheet.level(self.domain))
                self.levels.set_read_only(self.desk.closed)

    def _show_picture(self, sheet: RatingSheet) -> None:
        project = self.desk.workspace.project
        if self.domain == "rob":
            self.picture.show_shares(weight_shares(sheet.facts))
        elif self.domain == "imprecision":
            found = absolute_picture(project, sheet.outcome)
            self.picture.show_zones(  # a scale without an interval says nothing here
                found if found is not None and found[0] else None,
                _("Interval against the thresholds"))
        elif self.domain == "inconsistency":
            self.picture.show_zones(
                consistency_picture(project, sheet.outcome)
                if sheet.facts.has("prediction_interval") or sheet.facts.has("inc_pairs")
                else None,
                _("Studies, interval and prediction interval"))

    def _open_details(self, sheet: RatingSheet) -> None:
        if self.details is None:
            self._make_details()
        assert self.details is not None
        self.details.show_sheet(sheet)
        self.details.show()

    def _make_details(self) -> None:
        self.details = DomainDetails(self.desk, self.domain)
        self.details.left.connect(self.setFocus)
        self.details.level_wanted.connect(self.choose)
        self._body.insertWidget(self._body.indexOf(self.remarks), self.details)

    def make_ready(self) -> None:
        """Make what an open card shows, unseen, so that it opens at once."""
        sheet = self.desk.sheet
        if self.current or sheet is None or not sheet.reported:
            return
        if self.details is None:
            self._make_details()
            assert self.details is not None
            self.details.hide()
        self.details.show_sheet(sheet)

    def set_current(self, current: bool) -> None:
        """Open the card one works in, or close it."""
        if current == self.current:
            return
        self.current = current
        self.setProperty("current", current)
        repolish(self)
        if not current:
            self._drop_unusual(keep_focus=True)
        if self.details is not None and not current:
            self.details.hide()

    # -- choosing --------------------------------------------------------------------------

    def choose(self, code: str | None) -> None:
        """Choose a level; an unusual one only after it was confirmed."""
        sheet = self.desk.sheet
        if sheet is None or self.desk.closed:
            return
        points = points_of(code) or 0
        if code is not None and code != sheet.level(self.domain) and is_unusual(
            self.domain, points, sheet.start_rule or ""
        ):
            self._ask(code, points)
            return
        self._take(code)

    def _take(self, code: str | None) -> None:
        self._drop_unusual(keep_focus=True)
        self.levels.set_chosen(code)
        self.desk.judge(self.domain, code)

    def _ask(self, code: str, points: int) -> None:
        self._unusual = code
        self._question.setText(
            counted(
                "{n} level down is unusual here. Choose it all the same?",
                "{n} levels down are unusual here. Choose it all the same?", -points,
            )
        )
        self.confirm.setAccessibleName(self._question.text())
        self.confirm.show()
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_unusual(self) -> None:
        code = self._unusual
        self.setFocus()
        if code is not None:
            self._take(code)

    def _drop_unusual(self, keep_focus: bool = False) -> None:
        asked = not self.confirm.isHidden()
        self._unusual = None
        self.confirm.hide()
        if asked and not keep_focus:
            self.setFocus()

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number, go to the reason, walk into the questions."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        refuses = key == Qt.Key.Key_Escape or (enter and plain and self._no.hasFocus())
        if refuses and not self.confirm.isHidden():
            self._drop_unusual()
        elif enter and plain and self._yes.hasFocus():
            self._take_unusual()
        elif key == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus()
        elif not plain:
            super().keyPressEvent(event)
        elif event.text().isdigit() and self._number(event.text()):
            pass
        elif key == Qt.Key.Key_R:
            self.take_reason()
        elif enter and self.hasFocus():
            # Without questions Enter stays here: on a level, a second Enter would choose it.
            if self.details is not None:
                self.details.take_focus()
        elif key == Qt.Key.Key_Down and self.hasFocus():
            self.take_questions()
        elif key == Qt.Key.Key_Backspace and self.hasFocus():
            if self.levels.value is not None:
                self.choose(None)
        else:
            super().keyPressEvent(event)

    def _number(self, text: str) -> bool:
        sheet = self.desk.sheet
        offered = () if sheet is None else (
            *shown_levels(sheet, self.domain), rarest_level(sheet, self.domain))
        found = next((one.code for one in offered if one is not None and one.key == text), None)
        if found is not None:
            self.choose(found)
        return found is not None

    def take_reason(self) -> None:
        """Put the focus into the explanation."""
        self.explanation.show()
        self.explanation.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_questions(self, prompt: str = "") -> None:
        """Put the focus on the questions of the domain, or on one of them."""
        if self.details is None or not self.details.take_focus(prompt):
            self.levels.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, step: int) -> None:
        if step > 0:
            self.take_questions()
        else:
            self.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go on to the next domain from the card, its levels and its reason."""
        focus = QApplication.focusWidget()
        inside = focus is self or (focus is not None and (
            self.levels.isAncestorOf(focus) or self.explanation.field.isAncestorOf(focus)
        ))
        if inside and (forward or focus is self) and self._has_neighbour(forward):
            self.stepped.emit(1 if forward else -1)
            return True
        if inside and not forward:
            self.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return bool(super().focusNextPrevChild(forward))

    def _has_neighbour(self, forward: bool) -> bool:
        return forward or self.domain != DOMAINS[0]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that one works here now."""
        super().focusInEvent(event)
        self.entered.emit(self.domain)
