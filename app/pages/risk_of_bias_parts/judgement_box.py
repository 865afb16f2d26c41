"""The judgement of a domain or of a part of it: proposal, levels, reason, support, direction."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.quote_editor import QuoteEditor
from app.pages.risk_of_bias_parts.words import (
    level_choice,
    path_of,
    short_proposal,
    trust_of,
    why_of,
)
from app.painting.judgement_marks import JudgementMark
from app.widgets.card import Card
from app.widgets.chip import Chip, key_hints
from app.widgets.flow import FlowLayout
from app.widgets.form import Choice, choice
from app.widgets.level_buttons import LevelButtons
from app.widgets.note_field import NoteField
from app.widgets.parts import button, holder, label
from app.widgets.quote_list import QuoteList, QuoteShown
from assessments.assessment import Judgement
from assessments.instrument import OVERALL, Domain, Level, Overall, needs_support
from assessments.instrument_rules import Proposal
from assessments.language import _
from assessments.sheet import Sheet
from assessments.support_draft import not_in_support


class JudgementBox(Card):
    """One judgement. ``next_wanted``, ``previous_wanted`` leave it; ``done`` asks to go on.

    ``subject`` is the domain, or the overall judgement of the instrument.
    """

    next_wanted = Signal()
    previous_wanted = Signal()
    entered = Signal()
    done = Signal()

    def __init__(
        self, desk: Desk, subject: Domain | Overall, part: str = "", name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, margin=14, gap=10)
        self.desk, self.subject, self.part = desk, subject, part
        self.domain = subject.id if isinstance(subject, Domain) else OVERALL
        self.title = name or (
            _("Domain judgement") if isinstance(subject, Domain) else _("Overall judgement")
        )
        self.setAccessibleName(self.title)
        self.by_code: dict[str, Level] = {one.code: one for one in subject.levels}
        self.names: dict[str, str] = {}
        self.head_row = self._head()
        self.add(self.head_row)
        self.path = label("", "caption", wrap=True)
        self.add(self.path)
        self.levels = LevelButtons(self.title)
        self.levels.set_levels(level_choice(one) for one in subject.levels)
        self.levels.chosen.connect(self._judged)
        self.levels.moved_on.connect(self.go_on)
        self._listen_to_levels()
        self.add(self.levels)
        if self._criteria():
            self.add(self._criteria_list())
        self.reason = self._field(_("Why another level than proposed"), "reason", 1)
        self.quotes = QuoteList()
        self.quotes.opened.connect(desk.open_quote)
        self.quotes.removed.connect(desk.remove_quote)
        self.add(self.quotes)
        self.editor = QuoteEditor()
        self.editor.added.connect(self._quote_typed)
        self.editor.left.connect(self.take_focus)
        self.add(self.editor)
        self._support_row()
        self.direction = self._direction()
        self.hints = key_hints((
            ("Enter", _("accept, then go on")), ("Backspace", _("clear")),
            *((("Q", _("quote")),) if self.domain != OVERALL else ()),
            ("Ctrl Enter", _("next domain")),
        ))
        self.hints.hide()
        self.add(self.hints)

    def set_current(self, current: bool) -> None:
        """Show or hide that one works here: accent edge and keys."""
        super().set_current(current)
        self.hints.setVisible(current and not self.desk.closed)

    # -- building --------------------------------------------------------------------------

    def _head(self) -> QWidget:
        self.chip = Chip("", "accent")
        self.trust = Chip("", "warn")
        flow = FlowLayout(gap=8)
        for part in (label(self.title, "strong"), self.chip, self.trust):
            flow.addWidget(part)
        return holder(flow)

    def _criteria(self) -> tuple[tuple[Level, str], ...]:
        found: list[tuple[Level, str]] = []
        if isinstance(self.subject, Domain):
            found += [(self.by_code[one.level], one.text) for one in self.subject.criteria]
        told = {level.code for level, _text in found}
        for level in self.subject.levels:
            extra = level.meaning or (level.label if len(level.label) > len(level.name) else "")
            if extra and level.code not in told and extra != level.name:
                found.append((level, extra))
        return tuple(sorted(found, key=lambda pair: self.subject.levels.index(pair[0])))

    def _criteria_list(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for line, (level, text) in enumerate(self._criteria()):
            grid.addWidget(
                JudgementMark(level.role, level.label, 14), line, 0, Qt.AlignmentFlag.AlignTop
            )
            grid.addWidget(label(level.name, "small"), line, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text.strip(), "small", wrap=True), line, 2)
        grid.setColumnStretch(2, 1)
        return holder(grid)

    def _field(self, name: str, field: str, lines: int) -> NoteField:
        made = NoteField(_("{title}: {name}").format(title=self.title, name=name),
                         lines=lines, hint=name if field == "reason" else "")
        made.committed.connect(
            lambda text: self.desk.write(self.domain, self.part, field, text)
        )
        made.left.connect(self.take_focus)
        made.edit.installEventFilter(self)
        self.add(made)
        return made

    def _support_row(self) -> None:
        self.support_label = label(_("Support for judgement"), "small")
        self.draft = button(
            _("Draft from quotes and notes"),
            lambda: self.desk.draft(self.domain, self.part), role="link",
        )
        self.quote_button = button(_("Add quote"), self.begin_quote, role="link",
                                   tip=_("Attach a quote to this judgement (Q)"))
        flow = FlowLayout(gap=8)
        for part in (self.support_label, self.draft, self.quote_button):
            flow.addWidget(part)
        self.add(holder(flow))
        self.support = self._field(_("Support for judgement"), "support", 3)

    def _direction(self) -> Choice | None:
        if not self.subject.directions:
            return None
        name = _("Predicted direction of bias")
        made = choice(name, (("", _("Not stated")), *((one, one) for one in
                                                       self.subject.directions)))
        made.activated.connect(
            lambda _n: self.desk.write(self.domain, self.part, "direction", made.value or "")
        )
        made.installEventFilter(self)
        flow = FlowLayout(gap=8)
        flow.addWidget(label(name, "small"))
        flow.addWidget(made)
        self.add(holder(flow))
        return made

    def _listen_to_levels(self) -> None:
        for one in self.levels.buttons:
            one.installEventFilter(self)

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what the rules propose and what was judged and written."""
        made = sheet.judgement(self.domain, self.part)
        proposal = sheet.proposal(self.domain)
        self._show_proposal(proposal)
        chosen = made.level if made is not None else None
        self.levels.set_proposed(proposal.level)
        self.levels.set_chosen(chosen)
        self.levels.set_read_only(sheet.closed)
        self.hints.setVisible(bool(self.property("current")) and not sheet.closed)
        self._show_fields(sheet, made, proposal)
        self.quotes.show_quotes(
            (QuoteShown(id=one.id, text=one.text, place=self.desk.place_of(one))
             for one in sheet.quotes(self.domain, "", self.part)),
            read_only=bool(sheet.closed),
        )

    def _show_proposal(self, proposal: Proposal) -> None:
        self.chip.show_text(short_proposal(proposal, self.by_code, self.names), "accent")
        path = path_of(proposal, self.names, self._codes())
        why = why_of(proposal, self.by_code)
        flags = [one.sentence for one in proposal.flags]
        text = "\n".join(part for part in (path, why, *flags, self._note()) if part)
        self.path.setText(text)
        self.path.setVisible(bool(text))
        self.trust.show_text(
            trust_of(self.subject.status, getattr(self.subject, "provisional", False))
            if self.subject.rules else "", "warn"
        )
        self.trust.setToolTip(self.subject.status_note)
        said = " ".join(part for part in (self.chip.text(), path, why, self.trust.text()) if part)
        if said != self.head_row.accessibleName():
            self.head_row.setAccessibleName(said)

    def _codes(self) -> dict[str, str]:
        if isinstance(self.subject, Domain):
            return {}
        sheet = self.desk.sheet
        if sheet is None:
            return {}
        return {
            one.code: one.name for domain in sheet.domains for one in domain.levels
        }

    def _note(self) -> str:
        return self.subject.status_note.strip() if self.subject.rules else ""

    def _show_fields(self, sheet: Sheet, made: Judgement | None, proposal: Proposal) -> None:
        level = made.level if made is not None else None
        reason = made.reason if made is not None else ""
        differs = level is not None and proposal.level not in (None, level)
        self.reason.set_text(reason)
        self.reason.setVisible(differs or bool(reason))
        self.reason.set_problem(
            _("The level differs from the proposal. Write why.")
            if differs and not reason.strip() else ""
        )
        self.support.set_text(made.support if made is not None else "")
        new = not_in_support(sheet, self.domain, self.part) if self.domain != OVERALL else ()
        has_text = made is not None and bool(made.support.strip())
        self.draft.setText(
            _("Add what is new from quotes and notes") if has_text
            else _("Draft from quotes and notes")
        )
        self.draft.setAccessibleName(self.draft.text())
        self.draft.setVisible(bool(new) and not sheet.closed)
        self.quote_button.setVisible(self.domain != OVERALL and not sheet.closed)
        needed = (
            level is not None and isinstance(self.subject, Domain)
            and needs_support(self.subject, level) and not has_text
        )
        self.support.set_problem(
            _("This judgement needs an explanation, with the place in the report.")
            if needed else ""
        )
        for field in (self.reason, self.support):
            field.set_read_only(bool(sheet.closed), sheet.closed)
        if self.direction is not None:
            self.direction.show_value(made.direction if made is not None else "")
            self.direction.setEnabled(not sheet.closed)

    # -- acting ----------------------------------------------------------------------------

    def _judged(self, code: str | None) -> None:
        done = self.desk.judge(self.domain, self.part, code)
        if not done.ok and self.desk.sheet is not None:
            self.show_sheet(self.desk.sheet)

    def go_on(self) -> None:
        """Go to what this judgement still lacks, or leave it when nothing is missing."""
        if self.reason.isVisibleTo(self) and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.support.problem.text():
            self.support.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.emit()

    def take_focus(self) -> None:
        """Put the focus on the chosen level, the proposed one, or the first."""
        wanted = self.levels.value or self.levels.proposal
        for one in self.levels.buttons:
            if one.choice.code == wanted:
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.levels.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_quote(self) -> None:
        """Attach what is selected in the document, or ask for the words."""
        self.desk.wanted_quote.emit(self.domain, "", self.part)

    def _quote_typed(self, text: str, document: str, page: str) -> None:
        self.desk.add_quote(self.domain, "", self.part, text, document=document, page=page)

    def commit(self) -> None:
        """Commit what is being typed."""
        self.reason.commit()
        self.support.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows leave the row of levels, and Q attach a quote."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched not in self.levels.buttons or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.next_wanted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.previous_wanted.emit()
        elif event.key() == Qt.Key.Key_Q and self.domain != OVERALL:
            self.begin_quote()
        else:
            return False
        return True

