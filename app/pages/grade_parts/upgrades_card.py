"""Reasons to rate up: closed for trials but never locked, to be considered for other studies."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QVBoxLayout, QWidget

from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.prompt_row import PromptRow
from app.pages.grade_parts.quiet_prompts import QuietPrompts
from app.pages.grade_parts.upgrade_row import UpgradeRow
from app.widgets.parts import button, clear, label, row
from assessments.language import _
from assessments.rating_sheet import RatingSheet, upgrades_chosen
from assessments.reasons_to_rate_up import offered
from gradecore.grade.vocabulary import UPGRADES


class UpgradesForm(QWidget):
    """Whether they were considered, the reasons that are offered, and the prompts about them."""

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.considered = QCheckBox(_("Considered, none applies"))
        self.considered.setAccessibleName(self.considered.text())
        self.considered.clicked.connect(self._consider)
        self.rows = {name: UpgradeRow(desk, name) for name in UPGRADES}
        self.prompts: dict[str, PromptRow] = {}
        self._prompts = QVBoxLayout()
        self._prompts.setSpacing(6)
        self.quiet = QuietPrompts()
        words = label(
            _("For studies that were strictly designed and conducted only, and usually without "
              "reasons to rate down."), "caption", wrap=True,
        )
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        self.left_out = label(
            _("The team rates up for a large effect only, as Core GRADE does: a decision for the "
              "whole review, on the tab Thresholds."), "caption", wrap=True,
        )
        for part in (words, self.considered, *self.rows.values(), self.left_out):
            inner.addWidget(part)
        inner.addLayout(self._prompts)
        inner.addWidget(self.quiet)

    def show_sheet(self, sheet: RatingSheet, letters: dict[str, str]) -> None:
        """Show what was chosen and what the prompts say."""
        self.considered.setVisible(not sheet.randomised)
        self.considered.setChecked(
            sheet.answers.get(("rating_up", "considered")) == "none_applies"
        )
        self.considered.setEnabled(not sheet.closed)
        shown = self._shown(sheet)
        for name, one in self.rows.items():
            one.setVisible(name in shown)
            one.show_sheet(sheet, letters.get(name, ""))
        self.left_out.setVisible(len(offered(self.desk.workspace.project)) < len(UPGRADES))
        self._show_prompts(sheet)

    def _shown(self, sheet: RatingSheet) -> tuple[str, ...]:
        """Return what is offered, what was chosen before, and where the keys are just now."""
        focus = QApplication.focusWidget()
        asked = offered(self.desk.workspace.project)
        return tuple(
            name for name, one in self.rows.items()
            if name in asked or sheet.level(name) not in (None, "none")
            or (focus is not None and one.isVisible() and one.isAncestorOf(focus))
        )

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

    def commit(self) -> None:
        """Commit what has been typed."""
        for one in self.rows.values():
            one.explanation.field.commit()

    def _consider(self, on: bool) -> None:
        self.desk.answer("rating_up", "considered", "none_applies" if on else None)


class UpgradesCard(QFrame):
    """Folded where nobody is asked; ``opened()`` when somebody looks.

    ``form`` is made when it is opened for the first time, since most reviews never open it.
    """

    opened = Signal()

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "dashed")
        self.setAccessibleName(_("Reasons to rate up"))
        self.note = label("", "small", wrap=True)
        self.fold = button(_("Show"), self._toggle, role="link")
        self.form: UpgradesForm | None = None
        self._open: bool | None = None
        head = row(label(_("Reasons to rate up"), "section"), self.note, self.fold, gap=10)
        head.setStretch(1, 1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(16, 8, 16, 8)
        self._outer.setSpacing(8)
        self._outer.addLayout(head)

    @property
    def shown(self) -> bool:
        """Whether the reasons are open."""
        return self.form is not None and not self.form.isHidden()

    def show_sheet(self, sheet: RatingSheet, letters: dict[str, str]) -> None:
        """Show what was chosen, open where it has to be considered."""
        asked = not sheet.randomised or upgrades_chosen(sheet)
        shown = asked if self._open is None else self._open
        self.fold.setText(_("Hide") if shown else _("Show"))
        self.fold.setAccessibleName(
            _("Hide reasons to rate up") if shown else _("Show reasons to rate up")
        )
        self.note.setText(
            _("Hardly ever used for randomised trials") if sheet.randomised
            else _("To be considered for non-randomised evidence")
        )
        if shown and self.form is None:
            self.form = UpgradesForm(self.desk)
            self._outer.addWidget(self.form)
        if self.form is not None:
            self.form.setVisible(shown)
            if shown:
                self.form.show_sheet(sheet, letters)

    def take_focus(self) -> None:
        """Put the focus on the first thing to do here."""
        if self.form is not None and self.shown and not self.form.considered.isHidden():
            self.form.considered.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.fold.setFocus(Qt.FocusReason.TabFocusReason)

    def open_up(self) -> None:
        """Show the reasons."""
        if not self.shown:
            self._toggle()

    def commit(self) -> None:
        """Commit what has been typed."""
        if self.form is not None:
            self.form.commit()

    def _toggle(self) -> None:
        self._open = not self.shown
        if self.desk.sheet is not None:
            self.show_sheet(self.desk.sheet, {})
        self.opened.emit()

    def fold_again(self) -> None:
        """Forget that it was opened by hand, for another outcome."""
        self._open = None
