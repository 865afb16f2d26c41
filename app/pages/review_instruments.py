"""The team's decisions about instruments: designs, outcome groups, and each instrument."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app import theme
from app.pages.instrument_parts.design_card import DesignCard
from app.pages.instrument_parts.groups_card import GroupsCard
from app.pages.instrument_parts.instrument_card import InstrumentCard
from app.pages.instrument_parts.own_card import OwnCard
from app.widgets.parts import column, holder, label, let_go, scrolling
from app.widgets.tab_order import follow_reading
from app.workspace import Workspace
from assessments.instrument_decisions import InstrumentUse, instrument_uses
from assessments.language import _, counted
from assessments.store.journal import Changes

_SIDE_BY_SIDE = 860
"""Width, at words of 100 %, from which both columns have room beside each other."""


class InstrumentsTab(QWidget):
    """Left the decisions of the review, right a card for each instrument.

    ``said(text, action, function)``; ``wanted(page, target)`` goes elsewhere.
    """

    said = Signal(str, str, object)
    wanted = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.designs = DesignCard(workspace)
        self.groups = GroupsCard(workspace)
        self.own = OwnCard(workspace)
        self.cards: dict[str, InstrumentCard] = {}
        self._digests: dict[str, str] = {}
        for part in (self.designs, self.groups, self.own):
            part.said.connect(self.said)
        self.designs.study_wanted.connect(lambda study: self.wanted.emit("studies", study))
        self.own.added.connect(self._show_added)
        self.count = label("", "secondary")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        left = holder(column(self.designs, self.groups, self.own, None, gap=14))
        right = holder(column(self.count, self._cards, None, gap=8))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 4, 4)
        self._columns.setSpacing(14)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right, 1)
        self.area = scrolling(holder(self._columns))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def context(self) -> str:
        """Return where one is."""
        return _("Instruments")

    def go_to(self, target: str) -> None:
        """Put the focus on the designs ('') or on the card of an instrument."""
        if target in self.cards:
            self._show_added(target)
        else:
            next(iter(self.designs.rows.values())).box.setFocus()

    def refresh(self, _changes: Changes | None) -> None:
        """Read the decisions and instruments again."""
        self.designs.refresh()
        self.groups.refresh()
        self.own.refresh()
        uses = instrument_uses(self.workspace.project)
        wanted = {one.instrument.id: one.instrument.digest for one in uses}
        if list(wanted.items()) != list(self._digests.items()):
            self._arrange(uses)
        for use in uses:
            self.cards[use.instrument.id].show_use(use)
        follow_reading(self._columns)
        self.count.setText(
            counted("{n} instrument in this review", "{n} instruments in this review", len(uses))
        )

    def _arrange(self, uses: tuple[InstrumentUse, ...]) -> None:
        """Put the cards in order; those that stay the same keep their place and focus."""
        before = self._digests
        self._digests = {one.instrument.id: one.instrument.digest for one in uses}
        for name in list(self.cards):
            if before.get(name) != self._digests.get(name):
                gone = self.cards.pop(name)
                self._cards.removeWidget(gone)
                let_go(gone)
        for place, use in enumerate(uses):
            name = use.instrument.id
            if name not in self.cards:
                made = InstrumentCard(self.workspace, use.instrument)
                made.said.connect(self.said)
                made.file_wanted.connect(self.own.ask_where_for)
                self.cards[name] = made
            self._cards.insertWidget(place, self.cards[name])

    def _show_added(self, instrument: str) -> None:
        card = self.cards.get(instrument)
        if card is not None:
            card.take_focus()
            self.area.ensureWidgetVisible(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put both columns beside each other where they have room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Share the width anew when the size of words changes."""
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._columns.setStretch(0, int(wide))
