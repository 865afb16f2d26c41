"""Domain tabs: a tile for each domain with its level, and one for the overall judgement."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from app import theme
from app.painting.judgement_marks import paint_level
from app.widgets.flow import FlowLayout
from assessments.language import _

_NARROWEST = 84
_WIDEST = 132
_HIGH = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainTab:
    """What a tile shows: number, short name, level with its word, answered of asked questions."""

    id: str
    number: str
    name: str
    title: str
    role: str | None = None
    word: str = ""
    answered: int = 0
    asked: int = 0


class _Tile(QPushButton):
    def __init__(self, tab: DomainTab) -> None:
        super().__init__()
        self.tab = tab
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)

    def show_tab(self, tab: DomainTab) -> None:
        self.tab = tab
        progress = _("{n} of {of} answered").format(n=tab.answered, of=tab.asked)
        parts = (tab.number, tab.title, tab.word, progress if tab.asked else "")
        said = ", ".join(part for part in parts if part)
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(12, 600)).horizontalAdvance(self.tab.name)
        width = min(max(words + theme.px(18), theme.px(_NARROWEST)), theme.px(_WIDEST))
        return QSize(width, theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_NARROWEST), theme.px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        shown = self.isChecked()
        edge = look.color("accent" if shown or self.hasFocus() else "border")
        painter.setPen(QPen(edge, 2.0 if self.hasFocus() else 1.5 if shown else 1.0))
        hover = "sunken" if self.underMouse() else "surface"
        painter.setBrush(look.color("accent-bg" if shown else hover))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        side, pad = theme.px(17), theme.px(9)
        mirrored = self.isRightToLeft()
        x = pad if mirrored else self.width() - pad - side
        paint_level(painter, QRectF(x, theme.px(7), side, side), self.tab.role)
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        room = QRect(pad, theme.px(7), self.width() - 2 * pad, side)
        painter.setFont(theme.font(11, 600))
        painter.setPen(look.color("text-2"))
        painter.drawText(room, near | Qt.AlignmentFlag.AlignVCenter, self.tab.number)
        painter.setFont(theme.font(12, 600 if shown else 500))
        painter.setPen(look.color("text"))
        low = QRect(pad, theme.px(26), self.width() - 2 * pad, theme.px(_HIGH - 31))
        for line, text in enumerate(_in_two_lines(self.tab.name, painter.font(), low.width())):
            spot = low.translated(0, line * theme.px(15))
            spot.setHeight(theme.px(16))
            painter.drawText(spot, near | Qt.AlignmentFlag.AlignVCenter, text)


def _in_two_lines(name: str, font: QFont, width: int) -> tuple[str, ...]:
    """Break a name between words into at most two lines; what is too long is elided."""
    metrics = QFontMetrics(font)
    words = name.split()
    first = words.pop(0) if words else ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}") <= width:
        first = f"{first} {words.pop(0)}"
    lines = (first, " ".join(words)) if words else (first,)
    return tuple(metrics.elidedText(one, Qt.TextElideMode.ElideRight, width) for one in lines)


class DomainTabs(QWidget):
    """Tiles in as many rows as the width needs. ``chosen(id)`` when another one is shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Domains"))
        self._flow = FlowLayout(gap=8, fill=True)
        self.setLayout(self._flow)
        self._group = QButtonGroup(self)
        self.tiles: dict[str, _Tile] = {}

    def show_tabs(self, tabs: tuple[DomainTab, ...], shown: str) -> None:
        """Show these domains; tiles are made anew only when the domains are other ones."""
        if tuple(self.tiles) != tuple(tab.id for tab in tabs):
            self._make(tabs)
        for tab in tabs:
            tile = self.tiles[tab.id]
            if tile.tab != tab:
                tile.show_tab(tab)
            tile.setChecked(tab.id == shown)

    def _make(self, tabs: tuple[DomainTab, ...]) -> None:
        for tile in self.tiles.values():
            self._group.removeButton(tile)
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for tab in tabs:
            tile = _Tile(tab)
            tile.clicked.connect(lambda _checked=False, name=tab.id: self.chosen.emit(name))
            self._group.addButton(tile)
            self._flow.addWidget(tile)
            self.tiles[tab.id] = tile
