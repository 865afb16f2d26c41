"""The middle of the page: header, domain tabs, notice, the form of one domain, footer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import theme
from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.domain_form import DomainForm
from app.pages.risk_of_bias_parts.domain_tabs import DomainTab, DomainTabs
from app.pages.risk_of_bias_parts.footer import Footer
from app.pages.risk_of_bias_parts.header import Header
from app.pages.risk_of_bias_parts.notice import AssessmentNotice
from app.pages.risk_of_bias_parts.overall_form import OverallForm
from app.pages.risk_of_bias_parts.published_notice import PublishedNotice
from app.pages.risk_of_bias_parts.words import domain_mark, progress_of
from app.widgets.parts import holder, let_go, scrolling
from assessments.assessment import Assessment, Unit
from assessments.completeness import missing_in
from assessments.instrument import OVERALL
from assessments.language import _
from assessments.problems import Problem
from assessments.sheet import Sheet

Form = DomainForm | OverallForm
_LOW = 420
"""Heights below this, at words of 100 %, leave too little room for the form."""


class MainArea(QWidget):
    """Shows the sheet on the desk, one domain at a time; forms are kept and used again.

    ``context_changed()`` when another domain is shown, ``moved()`` when another question has
    the focus.
    """

    context_changed = Signal()
    moved = Signal()
    next_wanted = Signal()
    compare_wanted = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.domain_id = ""
        self.form: Form | None = None
        self._forms: dict[tuple[str, str, str], Form] = {}
        self._places: dict[Unit, tuple[str, str, str]] = {}
        self.header = Header(desk.workspace)
        self.tabs = DomainTabs()
        self.tabs.chosen.connect(self.show_domain)
        self.notice = AssessmentNotice(desk)
        self.notice.place_wanted.connect(self.jump)
        self.notice.compare_wanted.connect(self.compare_wanted)
        self.notice.next_wanted.connect(self.next_wanted)
        self.published = PublishedNotice(desk.workspace)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(24, 2, 24, 12)
        self._room.setSpacing(12)
        content = holder(self._room)
        self.scroll = scrolling(content)
        self.scroll.verticalScrollBar().rangeChanged.connect(self._keep_edges)
        self.footer = Footer()
        self.footer.next_domain_wanted.connect(lambda: self.next_domain(1))
        self.footer.finish_wanted.connect(self.finish)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(24, 18, 24, 12)
        self._top.setSpacing(12)
        for part in (self.header, self.tabs, self.published, self.notice):
            self._top.addWidget(part)
        self._low = False
        bottom = QVBoxLayout()
        bottom.setContentsMargins(24, 6, 24, 12)
        bottom.addWidget(self.footer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self.scroll, 1)
        column.addLayout(bottom)

    def _keep_edges(self, _least: int, most: int) -> None:
        """Let the cards end where the tabs end, with a scroll bar or without."""
        bar = self.scroll.verticalScrollBar().sizeHint().width()
        self._room.setContentsMargins(24, 2, max(24 - bar, 0) if most else 24, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, let the header scroll and the tabs be small."""
        super().resizeEvent(event)
        low = self.height() < theme.px(_LOW)
        if low == self._low:
            return
        self._low = low
        (self._top if low else self._room).removeWidget(self.header)
        (self._room if low else self._top).insertWidget(0, self.header)
        self.tabs.set_compact(low)
        self._top.setContentsMargins(24, 8 if low else 18, 24, 6 if low else 12)

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, *, fresh: bool) -> None:
        """Show the sheet on the desk; ``fresh`` when another unit or domain is shown."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        ids = self._ids(sheet)
        if self.domain_id not in ids:
            self.domain_id = self._first_to_do(sheet)
            fresh = True
        self.header.show_sheet(sheet)
        self.tabs.show_tabs(self._tabs(sheet), self.domain_id)
        if self.notice.lists_missing:
            self.notice.show_missing(() if sheet.closed else self._missing(sheet))
        self.notice.show_sheet(sheet)
        self.published.show_sheet(sheet, self.domain_id)
        self._show_form(sheet, fresh)
        self.footer.show_sheet(sheet, last=bool(ids) and self.domain_id == ids[-1])

    def _ids(self, sheet: Sheet) -> list[str]:
        ids = [one.id for one in sheet.domains]
        return ids + ([OVERALL] if sheet.instrument.overall is not None else [])

    def _tabs(self, sheet: Sheet) -> tuple[DomainTab, ...]:
        tabs = []
        for domain in sheet.domains:
            role, word = domain_mark(sheet, domain)
            answered, asked = progress_of(sheet, domain)
            tabs.append(DomainTab(
                id=domain.id, number=domain.id, name=domain.short, title=domain.title,
                role=role, word=word, answered=answered, asked=asked,
            ))
        overall = sheet.instrument.overall
        if overall is not None:
            level = sheet.overall_level()
            tabs.append(DomainTab(
                id=OVERALL, number=_("All"), name=_("Overall"), title=overall.title,
                role=level.role if level else None,
                word=level.label if level else _("not judged yet"),
            ))
        return tuple(tabs)

    def _show_form(self, sheet: Sheet, fresh: bool) -> None:
        form = self._form(sheet)
        if form is not self.form:
            if self.form is not None:
                self.form.hide()
            self.form = form
            fresh = True
        form.show_sheet(sheet, fresh=fresh)
        form.show()

    def _form(self, sheet: Sheet) -> Form:
        overall = sheet.instrument.overall
        if self.domain_id == OVERALL and overall is not None:
            key = (sheet.instrument.digest, OVERALL, "")
            if key not in self._forms:
                made = OverallForm(self.desk, sheet.instrument, overall)
                made.wanted.connect(self.show_domain)
                self._keep(key, made)
            return self._forms[key]
        domain = sheet.domain(self.domain_id)
        key = (sheet.instrument.digest, domain.id, domain.effect)
        if key not in self._forms:
            self._keep(key, DomainForm(self.desk, sheet.instrument, domain))
        return self._forms[key]

    def _keep(self, key: tuple[str, str, str], form: Form) -> None:
        form.current.connect(self._entered)
        form.done.connect(lambda: self.next_domain(1))
        self._forms[key] = form
        self._room.addWidget(form, 1)

    # -- places ----------------------------------------------------------------------------

    @property
    def place(self) -> tuple[str, str]:
        """Question and part where the focus is."""
        return self.form.place if self.form is not None else ("", "")

    def leave(self) -> None:
        """Commit what is typed and remember the place, before another unit is shown."""
        if self.form is not None:
            self.form.commit()
        if self.desk.unit is not None:
            self._places[self.desk.unit] = (self.domain_id, *self.place)
        if self.form is not None:
            self.form.rest()
        self.notice.show_missing(())

    def forget(self) -> None:
        """Let nothing be left of where somebody else worked, when another person sits down."""
        self._places = {}
        for form in self._forms.values():
            self._room.removeWidget(form)
            let_go(form)
        self._forms, self.form, self.domain_id = {}, None, ""
        self.notice.show_missing(())

    def arrive(self) -> None:
        """Choose the domain for the unit on the desk: where one was, or the first to do."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        kept = self._places.get(sheet.unit)
        self.domain_id = kept[0] if kept is not None else self._first_to_do(sheet)
        self.scroll.verticalScrollBar().setValue(0)

    def _first_to_do(self, sheet: Sheet) -> str:
        ids = self._ids(sheet)
        if sheet.finished:
            return ids[0] if ids else ""
        for domain in sheet.domains:
            answered, asked = progress_of(sheet, domain)
            judged = not domain.judged or sheet.level_of(domain) is not None
            if answered < asked or not judged:
                return domain.id
        return ids[-1] if ids else ""

    def take_focus(self) -> None:
        """Put the focus where work goes on in this unit."""
        if self.form is None or self.desk.unit is None:
            return
        kept = self._places.pop(self.desk.unit, None)
        if kept is not None and kept[0] == self.domain_id and (kept[1] or kept[2]):
            self.form.focus_on(kept[1], kept[2])
        else:
            self.form.take_focus()

    def take_focus_again(self) -> None:
        """Put the focus back on the question or judgement one was at."""
        if self.form is not None:
            question, part = self.form.place
            if question or part:
                self.form.focus_on(question, part)
            else:
                self.form.take_focus()

    def _entered(self, _question: str) -> None:
        focus = self.window().focusWidget()
        if focus is not None and self.scroll.isAncestorOf(focus):
            stop = focus
            while stop.parentWidget() is not None and stop.parentWidget() is not self.form:
                stop = stop.parentWidget()
            QTimer.singleShot(0, self, lambda: self._show_stop(stop, focus))
        self.moved.emit()

    def _show_stop(self, stop: QWidget, focus: QWidget) -> None:
        """Scroll to the card one is in, and surely to what has the focus in it."""
        if self.scroll.isAncestorOf(stop):
            self.scroll.ensureWidgetVisible(stop, 0, 8)
        if self.scroll.isAncestorOf(focus):
            self.scroll.ensureWidgetVisible(focus, 0, 24)

    def show_domain(self, domain: str) -> None:
        """Show a domain of the unit and put the focus into it."""
        if self.form is not None:
            self.form.commit()
        self.domain_id = domain
        self.scroll.verticalScrollBar().setValue(0)
        self.show_sheet(fresh=True)
        if self.form is not None:
            self.form.take_focus()
        self.context_changed.emit()

    def next_domain(self, places: int) -> None:
        """Go to the next or previous domain; after the last one finishing is next."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        ids = self._ids(sheet)
        target = ids.index(self.domain_id) + places
        if 0 <= target < len(ids):
            self.show_domain(ids[target])
        elif places > 0:
            self.footer.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def jump(self, where: str) -> None:
        """Go to the place of something missing: a domain, “domain/question”, or the effect."""
        domain, _slash, question = where.partition("/")
        sheet = self.desk.sheet
        if sheet is None:
            return
        if domain == "effect":
            with_forms = [one.id for one in sheet.instrument.domains if one.forms]
            domain, question = (with_forms or [sheet.domains[0].id])[0], ""
        self.show_domain(domain)
        if question and self.form is not None:
            self.form.focus_on(question)

    def begin_quote(self, question: str, part: str) -> None:
        """Ask for the words of a quote."""
        if self.form is not None:
            self.form.begin_quote(question, part)

    # -- finishing -------------------------------------------------------------------------

    def finish(self) -> None:
        """Finish and seal, or list what is missing."""
        if self.form is not None:
            self.form.commit()
        sheet = self.desk.sheet
        if sheet is None or sheet.closed:
            return
        missing = self._missing(sheet)
        if missing:
            self.notice.show_missing(missing)
            self.notice.take_focus()
            return
        self.notice.show_missing(())
        if self.desk.finish().ok:
            self.finished.emit()
            # else the focus falls on whatever can still be pressed
            self.notice.take_focus()

    def _missing(self, sheet: Sheet) -> tuple[Problem, ...]:
        frame = sheet.own.assessment if sheet.own is not None else Assessment(
            id="", instrument=sheet.unit.instrument, unit_kind=sheet.unit.kind,
            unit=sheet.unit.id, seat="", effect=sheet.effect,
        )
        return missing_in(self.desk.workspace.project, sheet.unit, frame)

    def context(self) -> str:
        """Return the instrument and the domain in words."""
        sheet = self.desk.sheet
        if sheet is None:
            return ""
        ids = [one.id for one in sheet.domains]
        if self.domain_id not in ids:
            return _("{instrument} · Overall").format(instrument=sheet.instrument.short)
        return _("{instrument} · Domain {n} of {of}").format(
            instrument=sheet.instrument.short, n=ids.index(self.domain_id) + 1, of=len(ids)
        )
