"""Risk of bias: queue, questions with judgements, and the document beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app import settings, theme
from app.pages.page import Command, Page
from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.main_area import MainArea
from app.pages.risk_of_bias_parts.page_keys import page_keys
from app.pages.risk_of_bias_parts.queue import Queue
from app.pages.risk_of_bias_parts.shared_width import SharedWidth
from app.pages.risk_of_bias_parts.side_panel import SidePanel
from app.widgets.empty_state import EmptyState
from app.widgets.who_sits_here import WhoSitsHere
from app.workspace import Workspace
from assessments.assessment import Answer, Assessment, Judgement, Quote
from assessments.language import _, counted
from assessments.store.journal import Changes

_OWN_CONTENT = frozenset({"assessment", "judgement", "answer", "quote", "instrument_copy"})


class RiskOfBiasPage(Page):
    """One's own assessments, one domain at a time, made without leaving the keyboard."""

    TABLES = frozenset({
        "study", "outcome", "result", "comparison", "person", "study_author", "setting",
        "outcome_group", "document", "team_rule", *_OWN_CONTENT,
    })

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.desk = Desk(workspace, self)
        self.queue = Queue(workspace)
        self.main = MainArea(self.desk)
        self.side = SidePanel(self.desk)
        self.nobody = WhoSitsHere(workspace, _("Who assesses?"), _(
            "Each assessor judges alone; nobody sees the other’s judgements of a result before "
            "both have finished it. Choose who sits here."))
        self.empty = EmptyState(
            "risk_of_bias", _("Nothing to assess yet"),
            _("Risk of bias is judged for each result of a study. Add studies and outcomes, and "
              "every result appears here."),
            ((_("Go to studies"), lambda: self.wanted.emit("studies", "")),),
        )
        self.split = SharedWidth(self.queue, self.main, self.side)
        self.stack = QStackedWidget()
        for view in (self.split, self.nobody, self.empty):
            self.stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._sat_here = workspace.project.seat
        self._connect()
        theme.changed.connect(self._fit)

    def _connect(self) -> None:
        self.nobody.people_wanted.connect(lambda: self.wanted.emit("review", "people"))
        self.queue.chosen.connect(self._open)
        self.queue.opened.connect(lambda _unit: self.main.take_focus())
        self.main.context_changed.connect(self._context_changed)
        self.main.moved.connect(self._moved)
        self.main.next_wanted.connect(self.next_to_do)
        self.main.compare_wanted.connect(
            lambda: self.wanted.emit("reconcile", self.desk.unit.id if self.desk.unit else "")
        )
        self.main.finished.connect(self._finished)
        self.desk.anything_left = self._anything_left
        self.main.header.guidance_wanted.connect(self.toggle_guidance)
        self.main.header.panel_wanted.connect(self.toggle_document)
        self.main.header.queue_wanted.connect(self.toggle_queue)
        self.main.header.flag_wanted.connect(self.flag)
        self.main.footer.previous_wanted.connect(lambda: self.step(-1))
        self.desk.wanted_quote.connect(self._quote_wanted)
        self.desk.opened_quote.connect(self._quote_opened)
        self.side.closed.connect(self.toggle_document)
        self.side.quote_wanted.connect(self._quote_selection)
        self.side.said.connect(self.complained)
        self.side.back_wanted.connect(self.main.take_focus_again)

    # -- showing ---------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Read what has changed and show it; an answer touches one line of the queue only."""
        if self.workspace.project.seat != self._sat_here:
            self._sat_here = self.workspace.project.seat
            self.main.forget()
        if self.workspace.seat is None:
            self.nobody.show_people()
            self.stack.setCurrentWidget(self.nobody)
            QTimer.singleShot(0, self, self._focus_if_elsewhere)
            return
        units = self._touched(changes) if changes is not None else None
        if units is None:
            sat_down = self.stack.currentWidget() is self.nobody
            self._read_all(same=changes is not None)
            if sat_down:  # the button that was pressed is gone
                QTimer.singleShot(0, self, self.main.take_focus)
            return
        for unit in units:
            self.queue.read_unit(unit)
        if self.desk.unit is not None and self.desk.unit.id in units:
            self._show_unit(fresh=False)

    def _touched(self, changes: Changes) -> frozenset[str] | None:
        """Return the units whose own content changed, None when anything else did."""
        if not changes.tables <= _OWN_CONTENT:
            return None
        project, units = self.workspace.project, set()
        for row_class in (Judgement, Answer, Quote):
            for key in changes.rows.get(row_class.table, ()):
                found = project.one(row_class, key)
                owner = project.one(Assessment, found.assessment) if found else None
                if owner is None:
                    return None
                units.add(owner.unit)
        for key in changes.rows.get("assessment", ()):
            owner = project.one(Assessment, key)
            if owner is None:
                return None
            units.add(owner.unit)
        return frozenset(units)

    def _read_all(self, *, same: bool) -> None:
        before = self.desk.unit.id if self.desk.unit is not None else self._last_unit()
        self.queue.read()
        if not self.queue.assignments:
            self.stack.setCurrentWidget(self.empty)
            self.desk.read(None)
            return
        self.stack.setCurrentWidget(self.split)
        if self.queue.assignment(before) is None:
            before = self.queue.next_to_do("") or self.queue.assignments[0].unit.id
        self.queue.choose(before)
        current = self.queue.assignment(self.queue.list.current_id() or before)
        if current is not None and current.unit != self.desk.unit:
            self._open(current.unit.id)
        else:
            self._show_unit(fresh=True)
        self.side.refresh()

    def _last_unit(self) -> str:
        return str(settings.read(f"risk_of_bias/{self.workspace.project.identity}", ""))

    def _open(self, unit: str) -> None:
        found = self.queue.assignment(unit)
        if found is None or found.unit == self.desk.unit:
            return
        self.main.leave()
        self.desk.read(found.unit)
        settings.write(f"risk_of_bias/{self.workspace.project.identity}", unit)
        self.main.arrive()
        self._show_unit(fresh=True)
        self.side.show_study(self.desk.sheet)
        self._context_changed()

    def _show_unit(self, *, fresh: bool) -> None:
        if self.desk.unit is None:
            return
        self.desk.read(self.desk.unit)
        self.main.show_sheet(fresh=fresh)
        self.side.show_sheet(self.desk.sheet)

    # -- commands --------------------------------------------------------------------------

    def go_to(self, target: str) -> None:
        """Show a unit, or the first one of a study or outcome."""
        self.bring_up_to_date()
        unit, _slash, where = target.partition("/")
        for one in self.queue.assignments:
            if unit in (one.unit.id, one.study, one.outcome):
                self.queue.choose(one.unit.id)
                if where:
                    self.main.jump(where)
                break
        self.main.take_focus()

    def step(self, places: int) -> None:
        """Go to the next or previous result in the list."""
        self.queue.list.step(places)
        self.main.take_focus()

    def _anything_left(self) -> bool:
        here = self.desk.unit.id if self.desk.unit is not None else ""
        return bool(self.queue.next_to_do(here))

    def next_to_do(self) -> None:
        """Go to the next result that is not finished."""
        here = self.desk.unit.id if self.desk.unit is not None else ""
        found = self.queue.next_to_do(here)
        if not found:
            sheet = self.desk.sheet
            if sheet is not None and not sheet.finished:
                self.main.take_focus()
            self.said.emit(_("Nothing else is left to assess."), "", None)
            return
        self.queue.choose(found)
        self.main.take_focus()

    def flag(self) -> None:
        """Flag the result, or take the flag off."""
        sheet = self.desk.sheet
        if sheet is not None and not sheet.closed:
            on = sheet.own is None or not sheet.own.assessment.flagged
            self.desk.flag(on)

    def _finished(self) -> None:
        left = sum(self.queue.progress(one).state != "finished" for one in self.queue.assignments)
        text = _("Finished and sealed.")
        if left:
            text = counted(
                "Finished and sealed. {n} result left to do.",
                "Finished and sealed. {n} results left to do.", left,
            )
        self.said.emit(text, _("Next (Ctrl J)") if left else "", self.next_to_do)

    def _reopen(self) -> None:
        self.main.notice.ask_reason()

    def _cannot_reopen(self) -> str | None:
        finished = self.desk.sheet is not None and self.desk.sheet.finished
        return None if finished else _("Only a finished assessment can be reopened.")

    def _cannot_change(self) -> str | None:
        return self.desk.closed or None

    def commands(self) -> tuple[Command, ...]:
        """Return the steps of an assessment with their keys."""
        if self.workspace.seat is None:
            return ()
        return (
            Command(text=_("Next domain"), run=lambda: self.main.next_domain(1),
                    keys="Ctrl+Return"),
            Command(text=_("Previous domain"), run=lambda: self.main.next_domain(-1),
                    keys="Ctrl+Shift+Backspace"),
            Command(text=_("Finish"), run=self.main.finish, keys="Ctrl+Shift+Return",
                    enabled=self._cannot_change),
            Command(text=_("Reopen with a reason"), run=self._reopen,
                    enabled=self._cannot_reopen),
            Command(text=_("Next result to do"), run=self.next_to_do, keys="Ctrl+J"),
            Command(text=_("Next result"), run=lambda: self.step(1), keys="Alt+Down"),
            Command(text=_("Previous result"), run=lambda: self.step(-1), keys="Alt+Up"),
            Command(text=_("Flag"), run=self.flag, keys="Ctrl+Shift+F",
                    enabled=self._cannot_change),
            Command(text=_("Attach a quote (Q)"), run=self._quote_here,
                    enabled=self._cannot_change),
            Command(text=_("Guidance for this question"), run=self.toggle_guidance, keys="F1"),
            Command(text=_("Document panel"), run=self.toggle_document, keys="Ctrl+Shift+P"),
            Command(text=_("Find in document"), run=self._find, keys="Ctrl+F"),
        )

    # -- documents, quotes, guidance -------------------------------------------------------

    def _quote_here(self) -> None:
        question, part = self.main.place
        self._quote_wanted(self.main.domain_id, question, part)

    def _quote_wanted(self, domain: str, question: str, part: str) -> None:
        if self.desk.closed:
            self.complained.emit(self.desk.closed)
            return
        selected = self.side.selection() if not self.side.isHidden() else None
        if selected is None:
            self.main.begin_quote(question, part)
            return
        document, text, page, place = selected
        self.desk.add_quote(
            domain, question, part, text, document=document, page=page, place=place
        )
        self.side.clear_selection()

    def _quote_selection(self) -> None:
        self._quote_here()
        self.main.take_focus_again()

    def _quote_opened(self, quote: object) -> None:
        if not isinstance(quote, Quote):
            return
        self._show_side("document")
        self.side.open_quote(quote)

    def toggle_document(self) -> None:
        """Show or hide the document."""
        if self.side.isHidden() or self.side.shown != "document":
            self._show_side("document")
        else:
            self._hide_side()

    def toggle_guidance(self) -> None:
        """Show or hide the guidance."""
        if self.side.isHidden() or self.side.shown != "guidance":
            self._show_side("guidance")
        else:
            self._hide_side()

    def _find(self) -> None:
        self._show_side("document")
        self.side.find()

    def _show_side(self, name: str) -> None:
        self.side.show_tab(name)
        self.split.side_wanted = True
        self.split.queue_wanted = False
        self._fit()
        if self.main.isHidden():
            self.side.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_side(self) -> None:
        inside = QApplication.focusWidget()
        self.split.side_wanted = False
        self._fit()
        if inside is not None and self.side.isAncestorOf(inside):
            self.main.take_focus_again()

    def toggle_queue(self) -> None:
        """Show the list of results where there is no room for it beside the form."""
        self.split.queue_wanted = not self.split.queue_wanted
        self._fit()
        if self.split.queue_wanted:
            self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.split.fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only what has room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc lead back: from the panel to the form, from the form to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.side.isAncestorOf(self.focusWidget() or self):
            self.main.take_focus_again()
        elif not self.queue.isHidden():
            self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where work goes on, unless it is on the page already."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._focus_if_elsewhere)

    def _focus_if_elsewhere(self) -> None:
        focus = QApplication.focusWidget()
        elsewhere = focus is None or not (self is focus or self.isAncestorOf(focus))
        if not (self.isVisible() and elsewhere):
            return
        if self.stack.currentWidget() is self.nobody:
            self.nobody.take_focus()
        elif self.desk.sheet is not None:
            self.main.take_focus()

    # -- for the window --------------------------------------------------------------------

    def _context_changed(self) -> None:
        self._moved()
        self.context_changed.emit()

    def _moved(self) -> None:
        self.side.show_place(self.main.domain_id, *self.main.place)

    def context(self) -> str:
        """Return the instrument and the domain one is in."""
        return self.main.context() if self.workspace.seat is not None else ""

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the three keys that help now."""
        if self.workspace.seat is None:
            return ()
        return (
            ("Ctrl Enter", _("next domain")), ("F1", _("guidance")), ("Ctrl J", _("next to do")),
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of the page."""
        return page_keys()

    def areas(self) -> tuple[QWidget, ...]:
        """Return queue, form and side panel, those that are shown."""
        parts = ((self.queue, self.queue.list), (self.main, self.main), (self.side, self.side))
        return tuple(target for shown, target in parts if not shown.isHidden())


PAGE = RiskOfBiasPage
