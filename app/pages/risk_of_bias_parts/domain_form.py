"""One domain as a form: question cards, lines for what is not asked, judgements of its parts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from app.pages.risk_of_bias_parts.closed_question import ClosedQuestion
from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.effect_card import EffectCard
from app.pages.risk_of_bias_parts.group_chooser import GroupChooser
from app.pages.risk_of_bias_parts.judgement_box import JudgementBox
from app.pages.risk_of_bias_parts.quote_editor import QuoteEditor
from app.pages.risk_of_bias_parts.words import answer_options, why_not_shown
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear, column, holder, label
from app.widgets.question_card import QuestionCard
from app.widgets.quote_list import QuoteShown
from assessments.copied_domains import copied_from, result_in_words, sources
from assessments.instrument import Domain, Instrument, Question
from assessments.language import _
from assessments.review import OutcomeGroup
from assessments.sheet import Sheet

Stop = QuestionCard | JudgementBox | EffectCard


class DomainForm(QWidget):
    """A domain. ``current(question)`` tells where the focus is ('' at a judgement);
    ``done()`` asks for the next domain."""

    current = Signal(str)
    done = Signal()

    def __init__(
        self, desk: Desk, instrument: Instrument, domain: Domain, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.instrument, self.domain = desk, instrument, domain
        self.setProperty("role", "clear")
        self.cards: dict[str, QuestionCard] = {}
        self.closed: dict[str, ClosedQuestion] = {}
        self.editors: dict[str, QuoteEditor] = {}
        self.boxes: dict[str, JudgementBox] = {}
        self.effect_card: EffectCard | None = None
        self._here: Stop | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._head())
        if instrument.effects:
            self.effect_card = EffectCard(desk.workspace, instrument)
            self._listen(self.effect_card)
            self._column.addWidget(self.effect_card)
        for question in domain.questions:
            self._add_question(question)
        self.groups: GroupChooser | None = None
        if domain.parts_allowed == "groups" and instrument.unit == "study":
            self.groups = GroupChooser(desk.workspace, domain)
            self._column.addWidget(self.groups)
        self.new_entry = self._entries() if domain.parts_allowed == "entries" else None
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(12)
        self._column.addLayout(self._boxes)
        self._column.addStretch(1)

    # -- building --------------------------------------------------------------------------

    def _head(self) -> QWidget:
        self.title = label(self.domain.title, "section", wrap=True)
        self.facts = label(self.domain.group, "caption", wrap=True)
        if not self.domain.group:
            self.facts.hide()
        self.copied = label("", "warn", wrap=True)
        self.copied.hide()
        self.copy_button = button(_("Copy from another result"), role="link", icon="copy")
        self.copy_menu = QMenu(self.copy_button)
        self.copy_button.setMenu(self.copy_menu)
        self.copy_button.hide()
        flow = FlowLayout(gap=12)
        for part in (self.facts, self.copy_button):
            flow.addWidget(part)
        return holder(column(self.title, holder(flow), self.copied, gap=2))

    def _add_question(self, question: Question) -> None:
        card = QuestionCard(question.id, question.prompt.strip(), answer_options(question))
        domain, name = self.domain.id, question.id
        card.answered.connect(lambda code: self._answered(name, code))
        card.noted.connect(lambda text: self.desk.note(domain, name, text))
        card.quote_wanted.connect(lambda: self.desk.wanted_quote.emit(domain, name, ""))
        card.quote_opened.connect(self.desk.open_quote)
        card.quote_removed.connect(self.desk.remove_quote)
        self._listen(card)
        editor = QuoteEditor()
        editor.added.connect(
            lambda text, document, page: self.desk.add_quote(
                domain, name, "", text, document=document, page=page
            )
        )
        editor.left.connect(card.take_focus)
        card.add(editor)
        closed = ClosedQuestion(question.id, question.prompt.strip())
        self._column.addWidget(card)
        self._column.addWidget(closed)
        self.cards[name], self.closed[name], self.editors[name] = card, closed, editor

    def _listen(self, stop: Stop) -> None:
        stop.next_wanted.connect(lambda: self.step(stop, 1))
        stop.previous_wanted.connect(lambda: self.step(stop, -1))
        stop.entered.connect(lambda: self._entered(stop))

    def _entries(self) -> QWidget:
        self.entry_name = QLineEdit()
        self.entry_name.setPlaceholderText(_("Name a problem to judge it apart, then Enter"))
        self.entry_name.setAccessibleName(_("Name of another entry"))
        self.entry_name.returnPressed.connect(self._add_entry)
        self._ready_made = FlowLayout(gap=6)
        made = holder(column(self.entry_name, holder(self._ready_made), gap=6))
        self._column.addWidget(made)
        return made

    def _add_entry(self) -> None:
        if self.desk.add_entry(self.domain.id, self.entry_name.text()).ok:
            self.entry_name.clear()

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, *, fresh: bool = True) -> None:
        """Show the sheet; only what differs is touched.

        ``fresh`` tells that another unit or domain is shown, so that what can be copied is
        looked up again.
        """
        concerned = any(one.deviation for one in self.domain.questions)
        undecided = bool(self.instrument.effects) and (
            not sheet.effect or (concerned and sheet.asks_for_departures)
        )
        if self.effect_card is not None:
            self.effect_card.show_sheet(sheet)
            self.effect_card.setVisible(undecided)
        hidden = undecided and (bool(self.domain.forms) or concerned)
        self._show_questions(sheet, hidden)
        if self.groups is not None:
            self.groups.show_sheet(sheet)
        if self.new_entry is not None:
            self._show_ready_made(sheet)
        self._show_boxes(sheet, hidden)
        self._show_copied(sheet)
        if fresh:
            self._offer_copies(sheet)

    def _show_questions(self, sheet: Sheet, hidden: bool) -> None:
        states, answers = sheet.states(self.domain.id), sheet.answers(self.domain.id)
        for question in self.domain.questions:
            card, closed = self.cards[question.id], self.closed[question.id]
            state = states[question.id]
            is_open = state in ("asked", "optional")
            card.setVisible(is_open and not hidden)
            closed.setVisible(not is_open and not hidden)
            row = answers.get(question.id)
            kept = row.response if row is not None else None
            if not is_open:
                closed.show_reason(why_not_shown(question, state, kept, sheet.departures))
                continue
            if card.answer != kept or not card.accessibleName():
                card.set_answer(kept)
            card.set_remark(
                _("May be left out: the instrument does not ask it here, but it can be answered.")
                if state == "optional" else ""
            )
            card.set_note(row.note if row is not None else "")
            card.set_read_only(sheet.closed)
            card.set_quotes(
                QuoteShown(id=one.id, text=one.text, place=self.desk.place_of(one))
                for one in sheet.quotes(self.domain.id, question.id)
            )

    def _show_ready_made(self, sheet: Sheet) -> None:
        used = set(sheet.entries(self.domain))
        clear(self._ready_made)
        for entry in self.domain.entries:
            fits = not entry.designs or sheet.study.design in entry.designs
            if fits and entry.label not in used:
                self._ready_made.addWidget(self._entry_button(entry.label))
        if self.new_entry is not None:
            self.new_entry.setVisible(not sheet.closed)

    def _entry_button(self, name: str) -> QWidget:
        return button(
            f"+ {name}", lambda: self.desk.add_entry(self.domain.id, name), role="filter",
            tip=_("Judge “{name}” as an entry of its own").format(name=name),
        )

    def _show_boxes(self, sheet: Sheet, hidden: bool) -> None:
        parts = sheet.parts(self.domain) if self.domain.judged else ()
        if tuple(self.boxes) != parts:
            self._make_boxes(parts)
        for box in self.boxes.values():
            box.setVisible(not hidden)
            box.show_sheet(sheet)

    def _make_boxes(self, parts: tuple[str, ...]) -> None:
        clear(self._boxes)
        self.boxes = {}
        self._here = None if isinstance(self._here, JudgementBox) else self._here
        names = {one.id: one.label for one in self.desk.workspace.project.all(OutcomeGroup)}
        for part in parts:
            name = names.get(part, part)
            if not part and len(parts) > 1:
                name = _("The domain as a whole")
            box = JudgementBox(self.desk, self.domain, part, name)
            if part and self.domain.parts_allowed == "entries":
                box.head_row.layout().addWidget(self._remover(part))
            self._listen(box)
            box.done.connect(lambda box=box: self._box_done(box))
            self._boxes.addWidget(box)
            self.boxes[part] = box

    def _remover(self, part: str) -> QWidget:
        return button(
            "", lambda: self.desk.remove_entry(self.domain.id, part), role="quiet", icon="close",
            tip=_("Remove the entry “{name}”").format(name=part),
        )

    def _show_copied(self, sheet: Sheet) -> None:
        project = self.desk.workspace.project
        source = (
            copied_from(sheet.own.assessment, self.domain.id) if sheet.own is not None else ""
        )
        open_still = source and sheet.level_of(self.domain) is None
        text = ""
        if open_still:
            text = _(
                "Copied from {result} and to be confirmed: look at each answer for this result, "
                "then choose the level."
            ).format(result=result_in_words(project, source))
        self.copied.setText(text)
        self.copied.setVisible(bool(text))

    def _offer_copies(self, sheet: Sheet) -> None:
        project = self.desk.workspace.project
        offered = () if sheet.closed else sources(project, sheet.unit, self.domain.id)
        self.copy_button.setVisible(bool(offered))
        self.copy_menu.clear()
        for unit, name in offered:
            self.copy_menu.addAction(
                _("{result}: answers, quotes and support").format(result=name),
                lambda unit=unit: self.desk.copy(self.domain.id, unit),
            )

    # -- moving ----------------------------------------------------------------------------

    def stops(self) -> list[Stop]:
        """Return what the arrows go through, from top to bottom."""
        found: list[Stop] = []
        if self.effect_card is not None and not self.effect_card.isHidden():
            found.append(self.effect_card)
        found += [card for card in self.cards.values() if not card.isHidden()]
        found += [box for box in self.boxes.values() if not box.isHidden()]
        return found

    def step(self, stop: Stop, places: int) -> None:
        """Move the focus from a stop to the next or previous one."""
        stops = self.stops()
        if stop not in stops:
            return
        target = stops.index(stop) + places
        if 0 <= target < len(stops):
            self._go_to(stops[target])

    def _go_to(self, stop: Stop) -> None:
        stop.take_focus()
        # the same widget may have the focus already, for another unit
        self._entered(stop)

    def rest(self) -> None:
        """Mark nothing as the place where one works, when another unit is shown."""
        if self._here is not None:
            self._here.set_current(False)
        self._here = None
        for editor in (*self.editors.values(), *(box.editor for box in self.boxes.values())):
            if not editor.isHidden():
                editor.put_away()

    def _box_done(self, box: JudgementBox) -> None:
        stops = self.stops()
        if stops and stops[-1] is not box:
            self.step(box, 1)
        else:
            self.done.emit()

    def take_focus(self) -> None:
        """Put the focus where work goes on: the first open question, else the judgement."""
        stops = self.stops()
        for stop in stops:
            if isinstance(stop, EffectCard) or (
                isinstance(stop, QuestionCard) and stop.answer is None
            ) or (isinstance(stop, JudgementBox) and stop.levels.value is None):
                self._go_to(stop)
                return
        if stops:
            self._go_to(stops[-1])

    def focus_on(self, question: str, part: str = "") -> None:
        """Put the focus on a question, or without one on a judgement."""
        stop: Stop | None = self.cards.get(question) or self.boxes.get(part)
        if stop is None and self.boxes:
            stop = next(iter(self.boxes.values()))
        if stop is not None and not stop.isHidden():
            self._go_to(stop)

    def _entered(self, stop: Stop) -> None:
        if stop is self._here:
            return
        if self._here is not None:
            self._here.set_current(False)
        self._here = stop
        stop.set_current(True)
        self.current.emit(stop.number if isinstance(stop, QuestionCard) else "")

    def _answered(self, question: str, code: str | None) -> None:
        done = self.desk.answer(self.domain.id, question, code)
        if not done.ok and self.desk.sheet is not None:
            self.show_sheet(self.desk.sheet)

    @property
    def place(self) -> tuple[str, str]:
        """Question and part where the focus is, ('', '') for the whole domain."""
        if isinstance(self._here, QuestionCard):
            return self._here.number, ""
        return "", self._here.part if isinstance(self._here, JudgementBox) else ""

    def begin_quote(self, question: str, part: str) -> None:
        """Ask for the words of a quote below a question or judgement."""
        project = self.desk.workspace.project
        study = self.desk.sheet.study.id if self.desk.sheet is not None else ""
        editor = self.editors.get(question)
        if editor is None and part in self.boxes:
            editor = self.boxes[part].editor
        if editor is not None:
            editor.begin(project, study)

    def commit(self) -> None:
        """Commit what is being typed."""
        for card in self.cards.values():
            card.note.commit()
        for box in self.boxes.values():
            box.commit()
