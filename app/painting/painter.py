"""Draws any figure on any paint device: one way for the window, PNG, SVG, PDF and the printer."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
    QTransform,
)

from app import theme
from app.painting.judgement_marks import GLYPHS, level_role, paint_level
from app.theme import Theme
from assessments.figures.figure import (
    Area,
    Arrow,
    Box,
    Diamond,
    Dot,
    Figure,
    Line,
    Mark,
    Text,
)


def face(size: float, bold: bool = False, italic: bool = False) -> QFont:
    """Return the font of figures: no contextual alternates, so that texts of a PDF read back."""
    from PySide6.QtWidgets import QApplication

    font = QFont(QApplication.font())
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setItalic(italic)
    for tag in ("calt", "liga", "clig"):
        font.setFeature(QFont.Tag(tag), 0)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _metrics(family: str, size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(face(size, bold))


def text_width(text: str, size: float = 13.0, bold: bool = False) -> float:
    """Return the width in pixels of words in a figure; figures are laid out with this."""
    from PySide6.QtWidgets import QApplication

    return _metrics(QApplication.font().family(), size, bold).horizontalAdvance(text)


def draw(painter: QPainter, figure: Figure, look: Theme | None = None) -> None:
    """Draw all marks in the figure's own coordinates; exports pass the light theme."""
    shown = look or theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for mark in figure.marks:
        _draw_mark(painter, mark, shown)
    painter.restore()


def _draw_mark(painter: QPainter, mark: Mark, look: Theme) -> None:
    if isinstance(mark, Text):
        _draw_text(painter, mark, look)
    elif isinstance(mark, Line):
        painter.setPen(_pen(mark, look))
        painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
    elif isinstance(mark, Dot):
        _draw_dot(painter, mark, look)
    else:
        _draw_shape(painter, mark, look)


def _pen(mark: Line, look: Theme) -> QPen:
    pen = QPen(look.color(mark.role), mark.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if mark.dash:
        pen.setDashPattern(list(mark.dash))
    return pen


def _draw_text(painter: QPainter, mark: Text, look: Theme) -> None:
    font = face(mark.size, mark.bold, mark.italic)
    painter.setFont(font)
    painter.setPen(look.color(mark.role))
    width = QFontMetricsF(font).horizontalAdvance(mark.text)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
    if not mark.turned:
        painter.drawText(QPointF(mark.x - shift, mark.y), mark.text)
        return
    painter.save()
    painter.setTransform(QTransform().translate(mark.x, mark.y).rotate(-90), True)
    painter.drawText(QPointF(-shift, 0), mark.text)
    painter.restore()


def _draw_dot(painter: QPainter, mark: Dot, look: Theme) -> None:
    rect = QRectF(0, 0, mark.diameter, mark.diameter)
    rect.moveCenter(QPointF(mark.x, mark.y))
    if mark.role == "none" or level_role(mark.role) in GLYPHS:
        paint_level(painter, rect, mark.role, look)
        return
    colour = look.color(mark.role)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark.hollow else QBrush(colour))
    painter.drawEllipse(rect)


def _draw_shape(painter: QPainter, mark: Box | Diamond | Arrow | Area, look: Theme) -> None:
    role = mark.role
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(look.color(role)) if role else Qt.BrushStyle.NoBrush)
    if isinstance(mark, Box):
        if mark.rim:
            painter.setPen(QPen(look.color(mark.rim), 1.0))
        _softened(painter, role, mark.opacity, look)
        rect = QRectF(mark.x, mark.y, mark.width, mark.height)
        painter.drawRoundedRect(rect, mark.radius, mark.radius)
        return
    if isinstance(mark, Area):
        _softened(painter, role, mark.opacity, look)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in _corners(mark)]))


def _softened(painter: QPainter, role: str, opacity: float, look: Theme) -> None:
    if role and opacity < 1:
        colour = QColor(look.color(role))
        colour.setAlphaF(opacity)
        painter.setBrush(QBrush(colour))


def _corners(mark: Diamond | Arrow | Area) -> tuple[tuple[float, float], ...]:
    if isinstance(mark, Area):
        return mark.corners
    if isinstance(mark, Arrow):
        back = mark.x - mark.direction * mark.size
        half = mark.size * 0.6
        return ((mark.x, mark.y), (back, mark.y - half), (back, mark.y + half))
    half = mark.height / 2
    return (
        (mark.left, mark.y), (mark.middle, mark.y - half),
        (mark.right, mark.y), (mark.middle, mark.y + half),
    )
