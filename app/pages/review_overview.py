"""The overview of a review: next steps, coverage of studies by outcomes, progress, people."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import icons, theme
from app.pages import PAGES
from app.pages.coverage import Coverage, coverage
from app.widgets.card import Card
from app.widgets.elided_label import ElidedLabel
from app.widgets.empty_state import EmptyState
from app.widgets.parts import button, clear, column, frame, holder, label, row, scrolling
from app.widgets.progress_grid import ProgressGrid, state_in_words
from app.widgets.records_model import number_in_words
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Study
from assessments.store.journal import Changes


class _Swatch(QWidget):
    """A small painted cell beside its word, for the legend."""

    def __init__(self, state: str, letter: str) -> None:
        super().__init__()
        self._state, self._letter = state, letter
        self.setFixedSize(theme.px(18), theme.px(13))

    def paintEvent(self, _event: object) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter, QPen

        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge = {
            "settled": ("accent", "accent"), "differ": ("warn-bg", "warn"),
            "done": ("b-bg", "b-bg") if self._letter == "B" else ("accent-bg", "accent-bg"),
            "begun": ("surface", "accent"), "to_do": ("surface", "border-2"),
        }[self._state]
        painter.setPen(QPen(look.color(edge), 1))
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


class OverviewTab(QWidget):
    """What to do next, and how far everything is. ``wanted(page, target)`` goes there."""

    wanted = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.steps = QHBoxLayout()
        self.steps.setSpacing(14)
        side = column(self._progress_card(), self._people_card(), None, gap=14)
        main = column(self._coverage_card(), self._rating_card(), None, gap=14)
        lower = row(main, side, gap=14)
        lower.setStretch(0, 3)
        lower.setStretch(1, 2)
        content = column(self.steps, lower, gap=14)
        content.setContentsMargins(0, 0, 4, 4)
        self.empty = self._empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolling(holder(content)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _coverage_card(self) -> Card:
        self.grid = ProgressGrid(_("Risk of bias by study and outcome"))
        self.grid.opened.connect(self._open)
        self._legend = QHBoxLayout()
        self._legend.setSpacing(6)
        self.count = label("", "caption")
        card = Card(_("Risk of bias by study and outcome"))
        card.add_action(self.count)
        card.add(self.grid)
        card.add(self._legend)
        return card

    def _rating_card(self) -> Card:
        self.rating_grid = ProgressGrid(_("Certainty by outcome"))
        self.rating_grid.opened.connect(self._open_rating)
        self.rating_card = Card(_("Certainty by outcome"))
        self.rating_card.add(self.rating_grid)
        return self.rating_card

    def _progress_card(self) -> Card:
        card = Card(_("Progress"))
        self.progress = QGridLayout()
        self.progress.setHorizontalSpacing(14)
        self.progress.setVerticalSpacing(10)
        self.progress.setColumnStretch(0, 1)
        card.add(self.progress)
        return card

    def _people_card(self) -> Card:
        card = Card(_("Team"))
        self.people = QVBoxLayout()
        card.add(self.people)
        return card

    def _empty(self) -> EmptyState:
        return EmptyState(
            "studies", _("Start by adding studies"),
            _("You can paste a list from Excel. After that come outcomes, numbers and judgements, "
              "and this page shows what is next."),
            (
                (_("Add studies"), lambda: self.wanted.emit("studies", "add")),
                (_("Write the question"), lambda: self.wanted.emit("review", "question")),
                (_("Add outcomes"), lambda: self.wanted.emit("review", "outcomes")),
            ),
        )

    def context(self) -> str:
        """Return where one is."""
        return _("Overview")

    def refresh(self, _changes: Changes | None) -> None:
        """Read how far everything is."""
        if not self.workspace.project.all(Study):
            self.stack.setCurrentIndex(0)
            return
        found = coverage(self.workspace.project, self.workspace.seat)
        self._show_steps(found)
        self._show_coverage(found)
        self._show_progress(found)
        self._show_people()
        self.stack.setCurrentIndex(1)

    # -- next steps ------------------------------------------------------------------------

    def _show_steps(self, found: Coverage) -> None:
        clear(self.steps)
        pages = {entry.name for entry in PAGES}
        seat = self.workspace.seat
        steps = (
            (found.to_assess,
             counted("result to assess", "results to assess", found.to_assess) if seat
             else counted("result not settled", "results not settled", found.to_assess),
             found.next_result or (_("Say who sits here to begin") if not seat else _("All done")),
             _("Continue"), "risk_of_bias"),
            (found.to_compare, counted("to reconcile", "to reconcile", found.to_compare),
             found.compare_detail, _("Settle"), "reconcile"),
            (found.to_rate,
             counted("outcome to rate", "outcomes to rate", found.to_rate) if seat
             else counted("outcome not settled", "outcomes not settled", found.to_rate),
             found.rate_detail, _("Rate"), "grade"),
        )
        for place, (count, words, detail, verb, page) in enumerate(steps):
            there = page if page in pages else ""
            self.steps.addWidget(self._step(count, words, detail, (verb, there, place == 0)), 1)

    def _step(
        self, count: int, words: str, detail: str, act: tuple[str, str, bool]
    ) -> QWidget:
        verb, page, main = act
        figure = label(number_in_words(count), "figure")
        figure.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        texts = column(None, label(words, "strong"), ElidedLabel(detail, "small"), None, gap=0)
        parts = row(figure, texts, None, gap=14)
        if page and count:
            go = button(verb, lambda: self.wanted.emit(page, ""), role="primary" if main else "")
            go.setAccessibleName(f"{verb}: {count} {words}")
            parts.addWidget(go)
        made = frame("card", parts, 14)
        made.setMinimumHeight(theme.px(72))
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(f"{count} {words}, {detail}")
        return made

    # -- coverage --------------------------------------------------------------------------

    def _show_coverage(self, found: Coverage) -> None:
        letter = {"a": "A", "b": "B"}.get(self.workspace.seat or "", "")
        self.grid.show_rows(found.columns, found.rows, letter)
        self.grid.setFixedHeight(min(self.grid.full_height(), theme.px(460)))
        self.rating_card.setVisible(bool(found.rating_rows))
        self.rating_grid.show_rows(found.rating_columns, found.rating_rows)
        self.rating_grid.setFixedHeight(min(self.rating_grid.full_height(), theme.px(460)))
        self.count.setText(counted("{n} study", "{n} studies", len(found.rows)))
        clear(self._legend)
        for state in ("settled", "differ", "done", "begun", "to_do"):
            words = state_in_words(state)
            if state == "done" and not letter:
                continue
            self._legend.addWidget(_Swatch(state, letter))
            self._legend.addWidget(label(words, "caption"))
            self._legend.addSpacing(8)
        self._legend.addStretch(1)

    def _open(self, study: str, target: str) -> None:
        names = {entry.name for entry in PAGES}
        if "risk_of_bias" in names:
            self.wanted.emit("risk_of_bias", target)
        else:
            self.wanted.emit("studies", study)

    def _open_rating(self, _outcome: str, target: str) -> None:
        names = {entry.name for entry in PAGES}
        self.wanted.emit(*(("grade", target) if "grade" in names else ("review", target)))

    # -- progress and people ---------------------------------------------------------------

    def _show_progress(self, found: Coverage) -> None:
        clear(self.progress)
        for line, bar in enumerate(found.bars):
            words = column(label(bar.title), label(bar.detail, "caption"), gap=0)
            self.progress.addLayout(words, line, 0)
            shown = QProgressBar()
            shown.setRange(0, max(bar.total, 1))
            shown.setValue(bar.done)
            shown.setTextVisible(False)
            shown.setProperty("role", bar.tone)
            shown.setFixedWidth(theme.px(130))
            shown.setAccessibleName(f"{bar.title}: {bar.done}/{bar.total}")
            self.progress.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignVCenter)
            self.progress.addWidget(
                label(f"{bar.done}/{bar.total}", "secondary"), line, 2,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            )

    def _show_people(self) -> None:
        from app.widgets.top_bar import role_in_words

        clear(self.people)
        here = self.workspace.person
        for person in self.workspace.people:
            sign = label()
            icons.set_icon(sign, "person", person.role if person.role in "ab" else "text-3", 18)
            words = column(
                label(person.name or _("No name"), "strong"),
                label(role_in_words(person.role), "caption"), gap=0,
            )
            parts = row(sign, words, None, gap=10)
            if here is not None and here.id == person.id:
                parts.addWidget(label(_("sits here"), "caption"))
            elif person.role != "reader":
                sit = button(_("Sit down here"), role="link")
                sit.clicked.connect(
                    lambda _checked=False, chosen=person.id: self.workspace.sit(chosen)
                )
                sit.setAccessibleName(_("{name} sits down here").format(name=person.name))
                parts.addWidget(sit)
            self.people.addLayout(parts)
        sign = label()
        icons.set_icon(sign, "lock", "text-3", 18)
        words = label(
            _("Judgements are sealed: each sees the other’s when both have finished the same "
              "result."), "caption", wrap=True,
        )
        sealed = row(sign, words, gap=10)
        sealed.setStretch(1, 1)
        self.people.addLayout(sealed)
