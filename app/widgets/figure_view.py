"""Figure view: shows a figure, lets rows be pointed at, copies it and saves it as a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFileDialog, QSizePolicy, QWidget

from app import theme
from app.painting.painter import draw
from assessments.figures.figure import Figure, Zone, texts
from assessments.language import _


class FigureView(QWidget):
    """A figure, as large as the room allows. Its accessible name is title and description.

    Arrows move between the rows of the figure; ``pointed(key)`` tells the row, '' for none.
    Put a table with the same numbers beside it: a picture cannot be read aloud in full.
    """

    pointed = Signal(str)
    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self.row = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_figure(self, figure: Figure | None) -> None:
        """Show another figure, or none."""
        self.figure = figure
        keys = {zone.key for zone in figure.zones} if figure else set()
        if self.row not in keys:
            self.row = ""
        self._name_it()
        self.updateGeometry()
        self.update()

    def _name_it(self) -> None:
        figure = self.figure
        if figure is None:
            self.setAccessibleName(_("No figure"))
            return
        zone = self._zone(self.row)
        said = zone.said if zone else ""
        parts = (figure.title, figure.description, said)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in parts if part))
        self.setAccessibleDescription("; ".join(texts(figure)))

    @property
    def scale(self) -> float:
        """How much larger than its own size the figure is shown; never more than the zoom."""
        if self.figure is None or self.figure.width <= 0:
            return 1.0
        return min(self.width() / self.figure.width, theme.px(100) / 100)

    def sizeHint(self) -> QSize:
        """Return the figure's own size at the chosen size of words."""
        if self.figure is None:
            return QSize(200, 120)
        zoom = theme.px(100) / 100
        return QSize(round(self.figure.width * zoom), round(self.figure.height * zoom))

    def minimumSizeHint(self) -> QSize:
        """Return two thirds of the figure's width; below that it could not be read."""
        hint = self.sizeHint()
        return QSize(min(320, hint.width()), 80)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at that width."""
        if self.figure is None:
            return 120
        scale = min(width / self.figure.width, theme.px(100) / 100)
        return round(self.figure.height * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figure, the row pointed at, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        if self.figure is not None:
            painter.save()
            painter.scale(self.scale, self.scale)
            zone = self._zone(self.row)
            if zone is not None:
                painter.fillRect(
                    QRectF(zone.x, zone.y, zone.width, zone.height), look.color("accent-bg")
                )
            draw(painter, self.figure)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _zone(self, key: str) -> Zone | None:
        zones = self.figure.zones if self.figure else ()
        return next((zone for zone in zones if zone.key == key), None)

    def _point(self, key: str) -> None:
        if key != self.row:
            self.row = key
            self._name_it()
            self.update()
            self.pointed.emit(key)

    def _at(self, position: QPointF) -> str:
        spot = position / self.scale
        for zone in self.figure.zones if self.figure else ():
            if QRectF(zone.x, zone.y, zone.width, zone.height).contains(spot):
                return zone.key
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the row below the mouse."""
        found = self._at(event.position())
        if found:
            self._point(found)
        zone = self._zone(found)
        self.setToolTip(zone.said if zone else "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        if found := self._at(event.position()):
            self.activated.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between rows; Enter opens one."""
        zones = self.figure.zones if self.figure else ()
        keys = [zone.key for zone in zones]
        here = keys.index(self.row) if self.row in keys else -1
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and keys:
            self._point(keys[min(max(here + step, 0), len(keys) - 1)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row:
            self.activated.emit(self.row)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the figure on the clipboard as a picture."""
        if self.figure is not None:
            from app.painting.picture_files import picture

            QApplication.clipboard().setImage(picture(self.figure))

    def save(self, suggestion: str = "figure") -> Path | None:
        """Ask for a file and write the figure; return the file, None when cancelled.

        Raises:
            ProjectFileError: it cannot be written.
        """
        if self.figure is None:
            return None
        from app.painting.picture_files import write_picture

        name, _filter = QFileDialog.getSaveFileName(
            self, _("Export figure"), f"{suggestion}.png",
            "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)",
        )
        if not name:
            return None
        path = Path(name)
        write_picture(self.figure, path)
        return path
