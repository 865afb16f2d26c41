"""The domains of one outcome below each other, with what they add up to at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.domain_card import DomainCard
from app.pages.grade_parts.notice import RatingNotice
from app.pages.grade_parts.preview_row import PreviewRow
from app.pages.grade_parts.side_panel import SidePanel
from app.pages.grade_parts.upgrades_card import UpgradesCard
from app.pages.grade_parts.words import RISK_OF_BIAS
from app.widgets.parts import scrolling
from assessments.problems import Problem
from assessments.rating_sheet import missing_to_finish
from assessments.summary_of_findings.preview import preview_of
from gradecore.grade.vocabulary import DOMAINS, UPGRADES

_SIDE_FROM = 640
_ROOMY_FROM = 860
_LATER = 30
"""Milliseconds after which a choice is followed by all that it changes."""


class RatingArea(QWidget):
    """Notice, five domains, reasons to rate up, the sum, and the row of the table.

    ``finished()`` after it was finished; ``compare_wanted()`` and ``next_wanted()`` from the
    notice, ``thresholds_wanted()`` when the claim is missing, ``judging_wanted()`` when risk of
    bias is not settled; ``moved()`` when another domain is
    the current one; ``rated()`` after one's own rating was read anew.
    """

    finished = Signal()
    compare_wanted = Signal()
    next_wanted = Signal()
    thresholds_wanted = Signal()
    judging_wanted = Signal()
    moved = Signal()
    rated = Signal()

    def __init__(self, desk: GradeDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.missing: tuple[Problem, ...] = ()
        self.current = DOMAINS[0]
        self.notice = RatingNotice(desk)
        self.cards = {name: DomainCard(desk, name) for name in DOMAINS}
        self.upgrades = UpgradesCard(desk)
        self.side = SidePanel(desk, self)
        self.preview = PreviewRow()
        content = QWidget()
        content.setProperty("role", "clear")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self.scroll = scrolling(content)
        # What scrolls itself asks for no height, so that the page never scrolls as well.
        self.scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(self.scroll, 1)
        self._row.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(self._row, 1)
        outer.addWidget(self.preview)
        self._outer = outer
        # Last, because what is in the area is styled anew whenever that gets a parent.
        for part in (self.notice, *self.cards.values(), self.upgrades):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._narrow = False
        self._later = self._timer(_LATER, self.show_own)
        self._released = self._timer(60, self._follow_focus)
        self._connect()

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(then)
        return made

    def _connect(self) -> None:
        for card in self.cards.values():
            card.stepped.connect(lambda step, name=card.domain: self._step(name, step))
        self.notice.place_wanted.connect(self.jump)
        self.notice.compare_wanted.connect(self.compare_wanted)
        self.notice.next_wanted.connect(self.next_wanted)
        self.side.place_wanted.connect(self.jump)
        self.side.finish_wanted.connect(self.finish)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    # -- showing ---------------------------------------------------------------------------

    def show_outcome(self) -> None:
        """Show another outcome from its first domain that is not decided."""
        self._later.stop()
        self.notice.forget_missing()
        self.upgrades.fold_again()
        sheet = self.desk.sheet
        if sheet is not None:
            undecided = [name for name in DOMAINS if sheet.level(name) is None]
            self._set_current(undecided[0] if undecided and not sheet.closed else DOMAINS[0])
        self.show_sheet()
        self.scroll.verticalScrollBar().setValue(0)

    def own_changed(self) -> None:
        """Show one's own rating anew, when what was chosen has been painted."""
        self.desk.mark_old()
        self._later.start()

    def show_own(self) -> None:
        """Read one's own rating and show it."""
        self._later.stop()
        self.desk.read(self.desk.outcome)
        self.show_sheet()
        self.rated.emit()

    def show_sheet(self) -> None:
        """Show the sheet as it was read."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        project = self.desk.workspace.project
        rated = sheet.settled if sheet.settled is not None and sheet.finished else sheet.rated
        if rated is None:
            rated = sheet.settled
        preview = preview_of(project, sheet.outcome, rated)
        letters = preview.letters if preview is not None else {}
        self.missing = () if sheet.closed else missing_to_finish(project, sheet.outcome.id)
        if self.notice.lists_missing:
            self.notice.show_missing(self.missing)
        self.notice.show_sheet(sheet)
        for card in self.cards.values():
            card.setVisible(sheet.reported)
            if sheet.reported:
                card.show_sheet(sheet, letters)
        self.upgrades.setVisible(sheet.reported)
        if sheet.reported:
            self.upgrades.show_sheet(sheet, letters)
        self.side.show_sheet(sheet, preview, self.missing)
        self.preview.show_preview(sheet, preview)

    def steps_ahead(self) -> list[Callable[[], object]]:
        """Return what makes the other domains open at once."""
        return [card.make_ready for card in self.cards.values()]

    # -- the domain one works in -----------------------------------------------------------

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._released.start()  # nothing may move below a mouse that is being pressed
        else:
            self._follow_focus()

    def _follow_focus(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._released.start()
            return
        focus = QApplication.focusWidget()
        for name, card in self.cards.items():
            if focus is not None and (card is focus or card.isAncestorOf(focus)):
                if name != self.current:
                    self._open_card(name)
                QTimer.singleShot(30, self, self._show_focus)
                return
        if focus is not None and self.scroll.isAncestorOf(focus):
            self.scroll.ensureWidgetVisible(focus, 0, 40)

    def _show_focus(self) -> None:
        """Scroll so that what has the focus is seen, a whole card where it fits."""
        focus = QApplication.focusWidget()
        if focus is None or not self.scroll.isAncestorOf(focus):
            return
        content = self.scroll.widget()
        if content is not None and content.layout() is not None:
            content.layout().activate()  # a notice above may just have gone
        bar, room = self.scroll.verticalScrollBar(), self.scroll.viewport().height()
        if focus is not self.cards[self.current]:
            self.scroll.ensureWidgetVisible(focus, 0, 40)
        elif self.current == DOMAINS[0]:
            bar.setValue(0)  # with the notice above, which may just have come
        elif focus.y() + focus.height() > bar.value() + room or focus.y() < bar.value():
            bar.setValue(min(focus.y() - 6, max(focus.y() + focus.height() - room + 6,
                                                0 if focus.height() <= room else focus.y() - 6)))

    def _open_card(self, name: str) -> None:
        """Open another card, and keep it where it stands on the screen."""
        card, bar = self.cards[name], self.scroll.verticalScrollBar()
        before = card.y() - bar.value()
        self._set_current(name)
        sheet = self.desk.sheet
        if sheet is not None and sheet.reported:
            letters = {}
            for one in self.cards.values():
                letters[one.domain] = one.explanation.letter.text().strip("–")
            for one in self.cards.values():
                one.show_sheet(sheet, letters)
        content = self.scroll.widget()
        if content is not None and content.layout() is not None:
            content.layout().activate()
        bar.setValue(card.y() - before)
        self.moved.emit()

    def _set_current(self, name: str) -> None:
        self.current = name
        for one, card in self.cards.items():
            card.set_current(one == name)

    def _step(self, domain: str, step: int) -> None:
        place = DOMAINS.index(domain) + step
        if place >= len(DOMAINS):
            self.upgrades.take_focus()
        elif place >= 0:
            self.cards[DOMAINS[place]].setFocus(
                Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            )

    def take_focus(self) -> None:
        """Put the focus on the domain one works in, or on the notice of a finished rating."""
        card = self.cards[self.current]
        if not card.isHidden():
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.notice.take_focus()

    def jump(self, where: str) -> None:
        """Go to something missing: a domain, the threshold, reasons to rate up."""
        if where in self.cards:
            self._jump_to_card(where)
        elif where == "rating_up" or where in UPGRADES:
            self.upgrades.open_up()
            self.upgrades.take_focus()
            self.scroll.ensureWidgetVisible(self.upgrades)
        elif where == RISK_OF_BIAS:
            self.judging_wanted.emit()
        else:
            self.thresholds_wanted.emit()

    def _jump_to_card(self, where: str) -> None:
        card = self.cards[where]
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow_focus()
        sheet = self.desk.sheet
        if sheet is None or sheet.level(where) is None:
            return
        if sheet.waiting(where):
            card.take_questions()
        elif any(one.where == where and one.code in ("B-EXPL", "no-support")
                 for one in self.missing):
            card.take_reason()

    # -- finishing -------------------------------------------------------------------------

    def finish(self) -> None:
        """Finish and seal, or list what is missing."""
        self.commit()
        if self._later.isActive():
            self.show_own()
        if self.desk.sheet is None or self.desk.closed:
            return
        done = self.desk.finish()
        if done.ok:
            self.show_own()
            self.finished.emit()
        else:
            self.notice.show_missing(done.problems)
        self.notice.take_focus()
        self.scroll.verticalScrollBar().setValue(0)

    def commit(self) -> None:
        """Commit what has been typed and not yet kept."""
        for card in self.cards.values():
            card.explanation.field.commit()
            if card.details is not None:
                card.details.commit()
        self.upgrades.commit()
        self.side.statement.field.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the side its room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put sum and row beside and below the domains, or behind them where it is narrow."""
        narrow = self.width() < theme.px(_SIDE_FROM)
        if narrow != self._narrow:
            self._narrow = narrow
            target = self._column if narrow else self._row
            for layout in (self._column, self._row, self._outer):
                for part in (self.side, self.preview):
                    layout.removeWidget(part)
            if narrow:
                target.insertWidget(target.count() - 1, self.side)
                target.insertWidget(target.count() - 1, self.preview)
            else:
                target.addWidget(self.side)
                self._outer.addWidget(self.preview)
            self.preview.set_upright(narrow)
        wide = theme.px(250 if self.width() >= theme.px(_ROOMY_FROM) else 232)
        self.side.setMinimumWidth(0 if narrow else wide)
        self.side.setMaximumWidth(16777215 if narrow else wide)
        high = QSizePolicy.Policy.Preferred if narrow else QSizePolicy.Policy.Ignored
        self.side.setSizePolicy(QSizePolicy.Policy.Preferred, high)
        self.side.set_whole(narrow)
