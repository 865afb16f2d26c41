"""The explanation of a domain: text, draft on request, what is often wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.words import points_of, title_of
from app.widgets.chip import Chip
from app.widgets.flow import FlowLayout
from app.widgets.note_field import NoteField
from app.widgets.parts import button, holder, label, row, set_enabled
from assessments.language import _
from assessments.rating import contributing_studies
from assessments.rating_sheet import RatingSheet
from gradecore.grade.explanations import Explanation, faults, lint
from gradecore.grade.vocabulary import NOT_ASSESSABLE_CONCERN


class ExplanationField(QWidget):
    """The footnote of one domain. ``left()`` when Escape gives the focus back."""

    left = Signal()

    def __init__(self, desk: GradeDesk, domain: str) -> None:
        super().__init__()
        self.desk, self.domain = desk, domain
        self.letter = label("", "key")
        self.field = NoteField(
            _("Explanation: {domain}").format(domain=title_of(domain)), lines=2,
            hint=_("Why? Name the numbers and how many levels (R)"), parent=self,
        )
        self.field.committed.connect(self._write)
        self.field.left.connect(self.left)
        self.draft = button(
            _("Draft from reasons"), self._draft, role="link",
            tip=_("Write a draft from the facts of the prompts that count as reasons"),
        )
        self.keep = button(_("Keep as it is"), lambda: desk.keep_draft(domain), role="link")
        self.generated = Chip()
        self.warnings = label("", "warn", wrap=True)
        line = row(self.letter, self.field, gap=8)
        line.setStretch(1, 1)
        line.setAlignment(self.letter, Qt.AlignmentFlag.AlignTop)
        below = FlowLayout(gap=6)
        for part in (self.generated, self.keep, self.draft):
            below.addWidget(part)
        self.below = holder(below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(line)
        outer.addWidget(self.warnings)
        outer.addWidget(self.below)
        self.setFocusProxy(self.field)

    def show_sheet(self, sheet: RatingSheet, letter: str, *, current: bool) -> None:
        """Show the explanation; its tools only while the domain is the one that is worked on."""
        text = sheet.explanation(self.domain)
        level = sheet.level(self.domain)
        drafted = sheet.drafted(self.domain)
        needed = self._needed(sheet, level)
        self.setVisible(current or bool(text) or needed or self.field.pending)
        self.letter.setText(letter or "–")
        self.letter.setToolTip(_("Letter of the footnote, as the row would stand alone"))
        self.field.set_text(text)
        self.field.set_read_only(bool(sheet.closed), sheet.closed)
        self.generated.show_text(_("generated, not edited yet") if drafted else "", "accent")
        self.keep.setVisible(drafted and not sheet.closed)
        reason = None if level is not None else _("Choose a level first.")
        set_enabled(self.draft, sheet.closed or reason, self.draft.toolTip())
        replaceable = not text.strip() or drafted
        self.draft.setVisible(
            current and replaceable and level is not None and not sheet.closed)
        self.below.setVisible(drafted or not self.draft.isHidden())
        self._show_warnings(sheet, text, needed=needed)

    def _needed(self, sheet: RatingSheet, level: str | None) -> bool:
        if level is None:
            return False
        known = {one.code: one for one in sheet.instrument.levels_of(self.domain)}
        return level == NOT_ASSESSABLE_CONCERN or (level in known and known[level].value != 0)

    def _show_warnings(self, sheet: RatingSheet, text: str, *, needed: bool) -> None:
        said: list[str] = []
        if not sheet.finished and (text.strip() or needed):
            studies = tuple(
                one.label for one in contributing_studies(self.desk.workspace.project,
                                                          sheet.outcome)
            )
            where = self.domain if self.domain in _DOWN else "rating_up"
            written = Explanation(
                text=text, prompts=tuple(one.id for one in sheet.reasons(where))
            )
            if needed:
                said += faults(written, self.domain, studies)
            if text.strip():
                said += [one.sentence for one in lint(written, self.domain, sheet.facts, studies)
                         if points_of(sheet.level(self.domain)) or one.code not in _OF_STEPS]
        self.warnings.setText("\n".join(_(one) for one in dict.fromkeys(said)))
        self.warnings.setVisible(bool(said))

    def _write(self, text: str) -> None:
        if not self.desk.closed:
            self.desk.explain(self.domain, text)

    def _draft(self) -> None:
        if not self.desk.closed:
            self.desk.draft(self.domain)


_OF_STEPS = ("L-LEVELS", "L-NO-DOMAIN")
"""Remarks that make sense only where a level was taken off or added."""
_DOWN = ("rob", "inconsistency", "indirectness", "imprecision", "publication_bias")
