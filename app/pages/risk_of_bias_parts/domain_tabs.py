"""Domain tabs: a tile for each domain with its level, and one for the overall judgement."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from app import theme
from app.painting.judgement_marks import paint_level
from app.widgets.flow import FlowLayout
from assessments.language import _

_NARROWEST, _PAD, _NAME, _GAP = 64, 7, 11, 6
_TOP, _LINE, _MOST = 25, 14, 3


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

    @property
    def apart(self) -> str:
        """The number, '' where the short name says the same."""
        return "" if self.number.casefold() == self.name.casefold() else self.number


class _Tile(QPushButton):
    def __init__(self, tab: DomainTab) -> None:
        super().__init__()
        self.tab = tab
        self.lines, self.word, self.compact = 2, 0, False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)

    def show_tab(self, tab: DomainTab) -> None:
        self.tab = tab
        progress = _("{n} of {of} answered").format(n=tab.answered, of=tab.asked)
        parts = (tab.apart, tab.title, tab.word, progress if tab.asked else "")
        said = ", ".join(part for part in parts if part)
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        if self.compact:
            return QSize(theme.px(_NARROWEST), theme.px(32))
        width = theme.px(_NARROWEST)
        return QSize(max(width, self.word), theme.px(_TOP + self.lines * _LINE + 7))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        side, pad = theme.px(17), theme.px(_PAD)
        mirrored = self.isRightToLeft()
        x = pad if mirrored else self.width() - pad - side
        paint_level(painter, QRectF(x, theme.px(7), side, side), self.tab.role)
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        room = QRect(pad, theme.px(7), self.width() - 2 * pad, side)
        painter.setFont(theme.font(11, 600))
        painter.setPen(look.color("text-2"))
        painter.drawText(room, near | Qt.AlignmentFlag.AlignVCenter,
                         self.tab.number if self.compact else self.tab.apart)
        if self.compact:
            return
        painter.setFont(theme.font(_NAME, 600 if shown else 500))
        painter.setPen(look.color("text"))
        room = self.width() - 2 * pad
        for line, text in enumerate(_in_lines(self.tab.name, painter.font(), room)):
            spot = QRect(pad, theme.px(_TOP + line * _LINE), room, theme.px(_LINE))
            painter.drawText(spot, near | Qt.AlignmentFlag.AlignVCenter, text)


def _in_lines(name: str, font: QFont, width: int) -> tuple[str, ...]:
    """Break a name between words into at most three lines; what is too long is elided."""
    metrics = QFontMetrics(font)
    words, lines = name.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or metrics.horizontalAdvance(longer) <= width or len(lines) == _MOST:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(metrics.elidedText(one, Qt.TextElideMode.ElideRight, width) for one in lines)


class DomainTabs(QWidget):
    """Tiles in as many rows as the width needs. ``chosen(id)`` when another one is shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Domains"))
        self._flow = FlowLayout(gap=_GAP, fill=True)
        self.setLayout(self._flow)
        self._group = QButtonGroup(self)
        self._compact = False
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

    def set_compact(self, compact: bool) -> None:
        """Show numbers and levels alone, where there is little height."""
        self._compact = compact
        for tile in self.tiles.values():
            if tile.compact != compact:
                tile.compact = compact
                tile.updateGeometry()
                tile.update()

    def _fit_lines(self) -> None:
        """Give all tiles the height that the longest name needs at the width they have."""
        if not self.tiles:
            return
        count, gap = len(self.tiles), _GAP
        font = theme.font(_NAME, 600)
        measure = QFontMetrics(font).horizontalAdvance
        words = [word for one in self.tiles.values() for word in one.tab.name.split()]
        pad = 2 * theme.px(_PAD)
        longest = min(max(map(measure, words), default=0) + pad + 3, theme.px(140))
        narrow = max(theme.px(_NARROWEST), longest)
        fitting = max((self.width() + gap) // (narrow + gap), 1)
        rows = -(-count // fitting)
        columns = -(-count // rows)
        room = (self.width() - gap * (columns - 1)) // columns - pad
        lines = max(len(_in_lines(one.tab.name, font, room)) for one in self.tiles.values())
        for tile in self.tiles.values():
            if (tile.lines, tile.word) != (lines, narrow):
                tile.lines, tile.word = lines, narrow
                tile.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the names anew."""
        super().resizeEvent(event)
        self._fit_lines()

    def _make(self, tabs: tuple[DomainTab, ...]) -> None:
        for tile in self.tiles.values():
            self._group.removeButton(tile)
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for tab in tabs:
            tile = _Tile(tab)
            tile.compact = self._compact
            tile.clicked.connect(lambda _checked=False, name=tab.id: self.chosen.emit(name))
            self._group.addButton(tile)
            self._flow.addWidget(tile)
            self.tiles[tab.id] = tile
        self._fit_lines()
