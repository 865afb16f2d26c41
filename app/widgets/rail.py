"""The left rail: pages with icon, word and badge; icons alone when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import icons, theme
from assessments.language import _

WIDE, NARROW = 200, 56


class RailButton(QPushButton):
    """One page in the rail."""

    def __init__(self, title: str, icon: str, keys: str) -> None:
        super().__init__()
        self.title, self.icon_name, self.keys = title, icon, keys
        self.badge, self.strong, self.narrow = "", False, False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_badge("")

    def show_badge(self, badge: str, *, strong: bool = False, said: str = "") -> None:
        """Show a number at the right; a strong one asks to be dealt with."""
        self.badge, self.strong = badge, strong
        self.setAccessibleName(f"{self.title}, {said or badge}" if badge else self.title)
        self.setAccessibleDescription(self.keys)
        self._tell()
        self.update()

    def _tell(self) -> None:
        parts = [self.title, self.badge] if self.narrow and self.badge else [self.title]
        self.setToolTip(f"{', '.join(parts)} ({self.keys})" if self.keys else ", ".join(parts))

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self.narrow = narrow
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        return QSize(theme.px(NARROW - 16), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the icon, close to its neighbours on a small screen."""
        return QSize(theme.px(NARROW - 16), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, word and badge."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or self.underMouse():
            painter.setBrush(look.color("accent-bg" if chosen else "sunken"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        side = theme.px(18)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = (self.width() - side) / 2 if self.narrow else theme.px(11)
        if mirrored and not self.narrow:
            x = self.width() - x - side
        spot = QRectF(x, (self.height() - side) / 2, side, side)
        icons.paint(painter, self.icon_name, spot, "accent-text" if chosen else "text-2")
        if self.narrow:
            self._paint_dot(painter)
        else:
            self._paint_words(painter, chosen, mirrored)

    def _paint_dot(self, painter: QPainter) -> None:
        if self.strong and self.badge:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("accent"))
            side = theme.px(8)
            painter.drawEllipse(QRectF(self.width() - side - 6, 5, side, side))

    def _paint_words(self, painter: QPainter, chosen: bool, mirrored: bool) -> None:
        look = theme.current()
        edge = theme.px(10 if self.badge else 2)
        room = self.rect().adjusted(theme.px(38), 0, -edge, 0)
        if mirrored:
            room = self.rect().adjusted(edge, 0, -theme.px(38), 0)
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        middle = Qt.AlignmentFlag.AlignVCenter
        used = self._paint_badge(painter, room, chosen, mirrored)
        painter.setFont(theme.font(13, 600 if chosen else 500))
        painter.setPen(look.color("accent-text" if chosen else "text-2"))
        words = room.adjusted(used, 0, 0, 0) if mirrored else room.adjusted(0, 0, -used, 0)
        fitted = QFontMetrics(painter.font()).elidedText(
            self.title, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, near | middle, fitted)

    def _paint_badge(self, painter: QPainter, room: object, chosen: bool, mirrored: bool) -> int:
        if not self.badge:
            return 0
        look = theme.current()
        painter.setFont(theme.font(12 if not self.strong else 11, 600 if self.strong else 400))
        width = QFontMetrics(painter.font()).horizontalAdvance(self.badge)
        side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        if not self.strong:
            painter.setPen(look.color("text-2" if chosen else "text-3"))
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, self.badge)  # type: ignore[call-overload]
            return width + theme.px(8)
        wide, high = width + theme.px(14), theme.px(17)
        left = room.left() if mirrored else room.right() - wide + 1  # type: ignore[attr-defined]
        box = QRectF(left, (self.height() - high) / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(look.color("on-accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.badge)
        return wide + theme.px(6)


class Rail(QFrame):
    """The list of pages. ``chosen(name)`` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(_("Pages"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 10, 8, 10)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        self.narrow = False
        self.set_narrow(False)

    def add(self, name: str, title: str, icon: str, keys: str) -> None:
        """Add a page at the end."""
        made = RailButton(title, icon, keys)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(name))
        self._group.addButton(made)
        self._column.insertWidget(len(self.buttons), made)
        self.buttons[name] = made

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or with words."""
        self.narrow = narrow
        # icons keep their room; words get more of it when they are larger
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        for made in self.buttons.values():
            made.set_narrow(narrow)
