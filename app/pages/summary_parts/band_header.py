"""The heading of the table in two lines: “Anticipated absolute effects” spans its columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from app import theme
from app.pages.summary_parts.cell_painting import GRIP, PAD
from app.pages.summary_parts.table_model import TableModel
from assessments.summary_of_findings.grid import NAME, Column, Grid


class BandHeader(QHeaderView):
    """Paints the headings; those of absolute effects share a heading above them."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def _grid(self) -> Grid | None:
        model = self.model()
        return model.grid if isinstance(model, TableModel) else None

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.font(12, 600))

    def _height(self, text: str, width: int) -> int:
        box = self._metrics().boundingRect(
            QRect(0, 0, max(width, 10), 4000), Qt.TextFlag.TextWordWrap, text
        )
        return box.height()

    def longest_word(self, column: Column) -> int:
        """Return the width below which a word of the heading would be cut."""
        grip = theme.px(GRIP) if column.name == NAME else 0
        words = (self._metrics().horizontalAdvance(word) for word in column.title.split())
        return max(words, default=0) + 2 * theme.px(PAD) + grip

    def band_height(self) -> int:
        """Return the height of the common heading with its line."""
        laid = self._grid
        if laid is None:
            return 0
        width = sum(
            self.sectionSize(n) for n, one in enumerate(laid.columns) if one.banded
        )
        return self._height(laid.band, width - 2 * theme.px(PAD)) + 2 * theme.px(6)

    def sizeHint(self) -> QSize:
        """Return room for both lines at the width of the columns."""
        laid = self._grid
        if laid is None:
            return QSize(0, theme.px(32))
        band, tallest, pad = self.band_height(), 0, theme.px(PAD)
        for number, column in enumerate(laid.columns):
            grip = theme.px(GRIP) if column.name == NAME else 0
            room = self.sectionSize(number) - 2 * pad - grip
            needed = self._height(column.title, room) + (band if column.banded else 0)
            tallest = max(tallest, needed)
        return QSize(self.length(), tallest + 2 * theme.px(7))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all headings, the band above its columns, and the line below."""
        laid = self._grid
        painter = QPainter(self.viewport())
        look, pad = theme.current(), theme.px(PAD)
        area = self.viewport().rect()
        painter.fillRect(area, look.color("surface"))
        if laid is None:
            return
        painter.setFont(theme.font(12, 600))
        banded = [n for n, one in enumerate(laid.columns) if one.banded]
        left = self.sectionViewportPosition(banded[0])
        width = sum(self.sectionSize(n) for n in banded)
        band = self.band_height()
        painter.setPen(look.color("text-2"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            QRect(left + pad, theme.px(6), width - 2 * pad, band), flags, laid.band
        )
        for number, column in enumerate(laid.columns):
            grip = theme.px(GRIP) if column.name == NAME else 0
            top = band + theme.px(7) if column.banded else theme.px(6)
            box = QRect(
                self.sectionViewportPosition(number) + pad + grip, top,
                self.sectionSize(number) - 2 * pad - grip, area.height() - top,
            )
            painter.drawText(box, flags, column.title)
        painter.setPen(QPen(look.color("border-2"), 1))
        painter.drawLine(left + pad, band, left + width - pad, band)
        painter.setPen(QPen(look.color("control"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
