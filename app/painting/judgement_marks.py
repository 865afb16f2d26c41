"""Judgement circles and certainty circles, drawn: colour, shape and glyph together.

A mark is never set as text, so it looks the same with every font, and every mark stands beside
words or carries them as its accessible name.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.theme import Theme
from assessments.language import _

GLYPHS = {
    "low": "+", "some": "-", "unclear": "?", "high": "x", "critical": "!", "no_information": "?",
    "na": "-", "neutral": "",
}
_SAME = {
    "some_concerns": "some", "moderate": "some", "serious": "high", "ni": "no_information",
    "no_info": "no_information",
}


def level_role(role: str | None) -> str:
    """Return the role whose look a level has; None and unknown ones look not judged."""
    if not role:
        return "none"
    role = _SAME.get(role, role)
    return role if role in GLYPHS else "none"


def paint_level(
    painter: QPainter, rect: QRectF, role: str | None, look: Theme | None = None
) -> None:
    """Draw the circle of a level role with its glyph into the square."""
    known = level_role(role)
    colours = (look or theme.current()).level(known)
    side = min(rect.width(), rect.height())
    width = max(1.0, side / 14)
    circle = QRectF(0, 0, side - width, side - width)
    circle.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colours.rim), width)
    if known == "none":
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.6, 1.9])
    painter.setPen(pen)
    fill = QColor(colours.fill) if colours.fill else None
    painter.setBrush(QBrush(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    if GLYPHS.get(known):
        _paint_glyph(painter, rect.center(), side, GLYPHS[known], QColor(colours.glyph))
    painter.restore()


def _paint_glyph(
    painter: QPainter, centre: QPointF, side: float, glyph: str, colour: QColor
) -> None:
    pen = QPen(colour, max(1.3, side / 8.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, arm = centre.x(), centre.y(), side * 0.23
    if glyph in "+-":
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
    if glyph == "+":
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
    elif glyph == "x":
        arm *= 0.82
        painter.drawLine(QPointF(x - arm, y - arm), QPointF(x + arm, y + arm))
        painter.drawLine(QPointF(x - arm, y + arm), QPointF(x + arm, y - arm))
    elif glyph == "!":
        painter.drawLine(QPointF(x, y - side * 0.25), QPointF(x, y + side * 0.06))
        painter.drawPoint(QPointF(x, y + side * 0.25))
    elif glyph == "?":
        hook = QPainterPath(QPointF(x - side * 0.14, y - side * 0.12))
        hook.cubicTo(
            QPointF(x - side * 0.14, y - side * 0.34), QPointF(x + side * 0.17, y - side * 0.34),
            QPointF(x + side * 0.16, y - side * 0.12),
        )
        hook.cubicTo(
            QPointF(x + side * 0.15, y), QPointF(x, y - side * 0.02), QPointF(x, y + side * 0.10)
        )
        painter.drawPath(hook)
        painter.drawPoint(QPointF(x, y + side * 0.26))


def paint_certainty(
    painter: QPainter, rect: QRectF, filled: int | None, look: Theme | None = None
) -> None:
    """Draw four circles from the left: crossed up to ``filled``, dotted when not rated (None)."""
    shown = look or theme.current()
    side = min(rect.height(), rect.width() / 4.6)
    width = max(1.0, side / 15)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index in range(4):
        crossed = filled is not None and index < filled
        pen = QPen(shown.color("text" if crossed else "control"), width)
        if filled is None:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.8, 2.0])
        painter.setPen(pen)
        circle = QRectF(0, 0, side - width, side - width)
        circle.moveCenter(
            QPointF(rect.left() + side * (0.5 + index * 1.2), rect.center().y())
        )
        painter.drawEllipse(circle)
        if crossed:
            x, y = circle.center().x(), circle.center().y()
            painter.drawLine(QPointF(circle.left(), y), QPointF(circle.right(), y))
            painter.drawLine(QPointF(x, circle.top()), QPointF(x, circle.bottom()))
    painter.restore()


class JudgementMark(QWidget):
    """The circle of one level; its accessible name is the word of the level."""

    def __init__(
        self, role: str | None = None, word: str = "", size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_level(role, word)

    def show_level(self, role: str | None, word: str = "") -> None:
        """Show another level."""
        self.role = role
        self.setAccessibleName(word or _("not judged yet"))
        self.setToolTip(word)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square of the circle."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle."""
        painter = QPainter(self)
        paint_level(painter, QRectF(self.rect()), self.role)


class CertaintyMark(QWidget):
    """The four circles of a certainty; its accessible name is the word of the level."""

    def __init__(
        self, filled: int | None = None, word: str = "", size: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_certainty(filled, word)

    def show_certainty(self, filled: int | None, word: str = "") -> None:
        """Show another certainty: 1 very low to 4 high, None not rated."""
        self.filled = filled
        self.setAccessibleName(word or _("not rated yet"))
        self.setToolTip(word)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of four circles."""
        side = theme.px(self._size)
        return QSize(round(side * 4.6), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circles."""
        painter = QPainter(self)
        paint_certainty(painter, QRectF(self.rect()), self.filled)
