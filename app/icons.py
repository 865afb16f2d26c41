"""Line icons, coloured by role; they change colour with the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app import theme

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


def paint(painter: QPainter, name: str, rect: QRectF, role: str = "text-2") -> None:
    """Draw an icon into the rectangle, in the colour of the role."""
    _renderer(name, theme.current().color(role).name()).render(painter, rect)


def pixmap(name: str, role: str = "text-2", size: int = 20) -> QPixmap:
    """Return an icon as a picture, sharp on this screen; the size is in pixels at 100 %."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    side = theme.px(size)
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, name, QRectF(0, 0, side, side), role)
    painter.end()
    return picture


def icon(name: str, role: str = "text-2", size: int = 20) -> QIcon:
    """Return an icon in the colours of now, for menus and lists made anew each time."""
    found = QIcon(pixmap(name, role, size))
    found.addPixmap(pixmap(name, "border-2", size), QIcon.Mode.Disabled)
    return found


def set_icon(
    target: QAbstractButton | QLabel, name: str, role: str = "text-2", size: int = 18
) -> None:
    """Give a button or label an icon that follows the theme."""
    target.setProperty("icon-name", name)
    target.setProperty("icon-role", role)
    target.setProperty("icon-size", size)
    _colour(target)


def _colour(target: QAbstractButton | QLabel) -> None:
    name, role = str(target.property("icon-name")), str(target.property("icon-role"))
    size = int(target.property("icon-size"))
    if isinstance(target, QLabel):
        target.setPixmap(pixmap(name, role, size))
        return
    target.setIcon(icon(name, role, size))
    target.setIconSize(QSize(theme.px(size), theme.px(size)))


def recolour(app: QApplication) -> None:
    """Draw the icons of all widgets anew, after the theme has changed."""
    for widget in app.allWidgets():
        if widget.property("icon-name") and isinstance(widget, (QAbstractButton, QLabel)):
            _colour(widget)


def window_icon() -> QIcon:
    """Return the sign of the program."""
    found = QIcon()
    renderer = _renderer("tandem", "#FFFFFF")
    for side in (16, 32, 64, 128):
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        found.addPixmap(picture)
    return found
