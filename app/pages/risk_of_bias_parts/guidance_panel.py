"""Guidance: our summary for the question, where the official text is, and the team's own rule."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.words import trust_of
from app.widgets.chip import Chip
from app.widgets.note_field import NoteField
from app.widgets.parts import clear, column, frame, holder, label, scrolling
from assessments.instrument import OVERALL, Domain, Instrument
from assessments.language import _
from assessments.sheet import Sheet
from assessments.team_rules import set_team_rule, team_rule


class GuidancePanel(QWidget):
    """What helps with the question that has the focus. ``left()`` gives the focus back."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._place = ("", "")
        self._shown: object = None
        self._column = QVBoxLayout()
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(10)
        self.rule = NoteField(_("The team’s rule for this review"), lines=4,
                              hint=_("How this team answers here, so that both do it alike"))
        self.rule.committed.connect(self._write)
        self.rule.left.connect(self.left)
        self._words = QVBoxLayout()
        self._words.setSpacing(8)
        self._column.addLayout(self._words)
        self._rule_label = label("", "strong", wrap=True)
        self._rule_note = label(
            _("Belongs to the review: both assessors see it, and every former wording is kept."),
            "caption", wrap=True,
        )
        box = frame("sunken", column(self._rule_label, self.rule, self._rule_note, gap=6), 12)
        self._column.addWidget(box)
        self._about = QVBoxLayout()
        self._about.setSpacing(4)
        self._column.addLayout(self._about)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder(self._column)))

    def show_place(self, domain: str, question: str) -> None:
        """Show the guidance for a question, or for the domain as a whole."""
        self.rule.commit()
        self._place = (domain, question)
        if self.isVisible():
            self._show()

    def refresh(self) -> None:
        """Read the team's rule again."""
        self._shown = None
        if self.isVisible():
            self._show()

    def showEvent(self, event: QEvent) -> None:
        """Show what belongs to the place that has been chosen meanwhile."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        sheet = self.desk.sheet
        if sheet is None:
            return
        domain_id, question = self._place
        domain = self._domain(sheet, domain_id)
        key = question if domain is not None else ""
        text = team_rule(self.desk.workspace.project, sheet.instrument.id, domain_id, key)
        state = (sheet.instrument.digest, sheet.effect, domain_id, key, text)
        if state == self._shown:
            return
        self._shown = state
        clear(self._words)
        clear(self._about)
        if domain is None:
            self._show_overall(sheet)
        else:
            self._show_domain(domain, key)
        self.rule.set_text(text)
        self.rule.set_read_only(
            bool(self.desk.workspace.read_only), self.desk.workspace.read_only or ""
        )
        self._rule_label.setText(
            _("The team’s rule for the overall judgement") if domain is None
            else _("The team’s rule for {place}").format(place=key or domain_id)
        )
        self._show_instrument(sheet.instrument)

    @staticmethod
    def _domain(sheet: Sheet, domain_id: str) -> Domain | None:
        if domain_id in ("", OVERALL):
            return None
        try:
            return sheet.domain(domain_id)
        except KeyError:
            return None

    def _say(self, text: str, role: str = "") -> None:
        if text.strip():
            self._words.addWidget(label(text.strip(), role, wrap=True))

    def _show_overall(self, sheet: Sheet) -> None:
        overall = sheet.instrument.overall
        if overall is None:
            return
        self._say(overall.title, "section")
        self._say(overall.guidance)
        self._say(overall.status_note, "small")

    def _show_domain(self, domain: Domain, question: str) -> None:
        found = next((one for one in domain.questions if one.id == question), None)
        if found is None:
            self._say(domain.title, "section")
            self._say(domain.guidance or _("No summary for this domain as a whole."))
            self._official(domain.official)
        else:
            self._say(f"{found.id}  {found.prompt.strip()}", "section")
            self._say(found.guidance or _("No summary for this question."))
            words = ", ".join(f"{one.code} {one.label}" for one in found.options)
            self._say(_("Answers: {words}").format(words=words), "small")
            if found.deviation:
                self._say(found.deviation, "small")
            self._official(found.official or domain.official, found.id)
            self._say(domain.guidance, "small")
        trust = trust_of(domain.status, domain.provisional)
        if trust and domain.rules:
            self._words.addWidget(Chip(trust, "warn"))
            self._say(domain.status_note, "small")

    def _official(self, where: str, question: str = "") -> None:
        if where:
            place = f"{where.strip()} {question}".strip()
            self._say(_("Official text: {where}.").format(where=" ".join(place.split())), "small")

    def _show_instrument(self, instrument: Instrument) -> None:
        self._about.addWidget(
            label(f"{instrument.title} · {instrument.version}", "strong", wrap=True)
        )
        address = f"doi.org/{instrument.doi}" if instrument.doi else ""
        lines = (
            instrument.attribution, address, instrument.licence, *instrument.notes,
            *instrument.absent,
        )
        for text in lines:
            if text.strip():
                made = label(" ".join(text.split()), "caption", wrap=True)
                made.setTextInteractionFlags(
                    made.textInteractionFlags().TextSelectableByMouse
                )
                self._about.addWidget(made)

    def _write(self, text: str) -> None:
        sheet = self.desk.sheet
        if sheet is not None:
            domain, question = self._place
            self._shown = None
            self.desk.workspace.do(
                set_team_rule, sheet.instrument.id, domain,
                question if self._domain(sheet, domain) is not None else "", text,
            )

    def take_focus(self) -> None:
        """Put the focus on the team's rule."""
        self.rule.setFocus()
