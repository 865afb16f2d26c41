"""The sheet: a records table with arms above its columns, blocks by name, and derived numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from app import theme
from app.pages.data_parts.sheet_columns import BLANK, SheetRow
from app.widgets.records_model import Index, RecordsModel
from app.widgets.records_table import Column, RecordsTable, read_block
from assessments.language import _
from assessments.result_blocks import STUDY

Group = tuple[str, int, int]


class GroupedHeader(QHeaderView):
    """A header with a second line above: the arm that some columns belong to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.groups: tuple[Group, ...] = ()
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show these words above their columns."""
        self.groups = groups
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return room for one more line where there are groups."""
        hint = super().sizeHint()
        return QSize(hint.width(), theme.px(50) if self.groups else theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Draw the title of one column at the bottom."""
        look = theme.current()
        painter.save()
        painter.fillRect(rect, look.color("surface"))
        painter.setFont(theme.font(12, 600))
        painter.setPen(look.color("text-2"))
        model, across = self.model(), Qt.Orientation.Horizontal
        words = str(model.headerData(index, across) or "")
        side = model.headerData(index, across, Qt.ItemDataRole.TextAlignmentRole)
        flag = Qt.AlignmentFlag(int(side)) if isinstance(side, int) else Qt.AlignmentFlag.AlignLeft
        room = rect.adjusted(theme.px(10), 0, -theme.px(10), -theme.px(6))
        room.setTop(rect.bottom() - theme.px(26))
        fitted = QFontMetrics(painter.font()).elidedText(
            words, Qt.TextElideMode.ElideRight, room.width()
        )
        across_flag = flag & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(room, across_flag | Qt.AlignmentFlag.AlignVCenter, fitted)
        painter.setPen(look.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns, then the words above them with a line below."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        look = theme.current()
        painter.setFont(theme.font(12, 600))
        for words, first, last in self.groups:
            left = self.sectionViewportPosition(first)
            right = self.sectionViewportPosition(last) + self.sectionSize(last)
            room = QRect(left + theme.px(8), theme.px(3), right - left - theme.px(16), theme.px(20))
            painter.setPen(look.color("text"))
            fitted = QFontMetrics(painter.font()).elidedText(
                words, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, fitted)
            painter.setPen(QPen(look.color("border-2"), 1))
            painter.drawLine(room.left(), room.bottom() + 1, room.right(), room.bottom() + 1)


class _SheetModel(RecordsModel):
    """The rows of the sheet; the empty one at the bottom asks for a study and has no tick."""

    def set_rows(
        self, rows: Iterable[Any], problems: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Show rows; where they are the same ones, the cell being edited stays as it is."""
        wanted = tuple(rows)
        if [row.id for row in wanted] != [row.id for row in self.rows]:
            super().set_rows(wanted, problems)
            return
        before = self._told()
        self.rows = wanted
        self.problems = problems or {}
        # Only what differs is painted again; painting every cell is the slowest part of a change.
        for place, (old, new) in enumerate(zip(before, self._told(), strict=True)):
            for column, (one, other) in enumerate(zip(old, new, strict=True)):
                if one != other:
                    cell = self.index(place, column)
                    self.dataChanged.emit(cell, cell)

    def _told(self) -> list[list[tuple[object, str, bool]]]:
        """Return what every cell shows: its value, its problem, whether it was derived."""
        return [
            [
                (column.read(row), self._problem(row, column), column.name in row.derived)
                for column in self.columns
            ]
            for row in self.rows
        ]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if index.isValid() and self.rows[index.row()].id == BLANK:
            column = self.columns[index.column()]
            if role == Qt.ItemDataRole.CheckStateRole:
                return None
            unread = (BLANK, column.name) in self.refused
            if column.name == STUDY and not unread and not self.read_only:
                if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                    return _("Add a study…")
                if role == Qt.ItemDataRole.ForegroundRole:
                    return theme.current().color("text-3")
                if role == Qt.ItemDataRole.FontRole:
                    return theme.font()
        return super().data(index, role)


class ResultsSheet(RecordsTable):
    """The rows of an analysis.

    ``block_pasted(cells, row id, column)`` in place of the signals of the plain table, since a
    block may name its studies; ``moved()`` when another cell is current. What could not be read
    stays in its cell, also while another analysis is shown.
    """

    block_pasted = Signal(object, str, str)
    moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, (), parent)
        self.records = _SheetModel((), self)
        self.records.edited.connect(self.edited)
        self.setModel(self.records)
        self.head = GroupedHeader(self)
        self.setHorizontalHeader(self.head)
        self.head.show()
        self._unread: dict[tuple[str, str], tuple[str, str]] = {}

    def show_sheet(
        self, columns: Iterable[Column], groups: tuple[Group, ...], rows: Iterable[SheetRow],
        problems: Mapping[tuple[str, str], str],
    ) -> None:
        """Show these columns and rows; cells that were refused keep what was typed."""
        wanted, rows = tuple(columns), tuple(rows)
        same = _alike(wanted, self.records.columns)
        if same:
            self.records.columns = wanted
        else:
            self.show_columns(wanted)
        if groups != self.head.groups:
            self.head.show_groups(groups)
        if same and [row.id for row in rows] == [row.id for row in self.records.rows]:
            self.records.set_rows(rows, problems)
            self.moved.emit()
            return
        there = {row.id for row in self.records.rows}
        self._unread = {
            key: told for key, told in self._unread.items() if key[0] not in there
        } | self.records.refused
        self.show_rows(rows, problems)
        now = {row.id for row in self.records.rows}
        self.records.refused = {
            key: told for key, told in self._unread.items() if key[0] in now
        }
        self.viewport().update()
        self.moved.emit()

    def forget(self, row_id: str, column: str) -> None:
        """Forget what could not be read in a cell."""
        self._unread.pop((row_id, column), None)
        self.records.accept(row_id, column)

    def refuse(self, row_id: str, column: str, typed: object, sentence: str) -> None:
        """Keep what was typed in the cell, red-rimmed, and say so below the sheet."""
        super().refuse(row_id, column, typed, sentence)
        self.moved.emit()

    def commit(self) -> None:
        """Keep what is being typed in a cell, since the window is being left."""
        editor = QApplication.focusWidget()
        if isinstance(editor, QLineEdit) and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @property
    def current_column(self) -> str:
        """The name of the current column, '' if there is none."""
        here = self.currentIndex()
        return self.records.columns[here.column()].name if here.isValid() else ""

    def current_row(self) -> SheetRow | None:
        """Return the current row, None if there is none."""
        here = self.currentIndex()
        row = self.records.rows[here.row()] if here.isValid() else None
        return row if isinstance(row, SheetRow) else None

    def paste(self, text: str) -> None:
        """Send a block with the cell at which it was pasted."""
        block = read_block(text)
        if not block or self.records.read_only:
            return
        if not self.currentIndex().isValid() and self.records.rows:
            self.setCurrentIndex(self.records.index(0, 0))
        self.block_pasted.emit(block, self.current_id(), self.current_column)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell that another cell is current."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and a corner in those whose number was derived."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("accent"))
        for place, row in enumerate(self.records.rows):
            for column in getattr(row, "derived", {}):
                self._paint_corner(painter, place, column)

    def _paint_corner(self, painter: QPainter, row: int, column: str) -> None:
        place = self.records.column_of(column)
        if place < 0:
            return
        cell = self.visualRect(self.records.index(row, place))
        side = theme.px(7)
        corner = QPointF(cell.right(), cell.top())
        painter.drawPolygon(QPolygonF([
            corner, corner - QPointF(side, 0), corner + QPointF(0, side)
        ]))


def _alike(one: tuple[Column, ...], other: tuple[Any, ...]) -> bool:
    """Return whether columns differ in nothing that the table lays out."""
    return [(c.name, c.title, c.width) for c in one] == [
        (c.name, c.title, c.width) for c in other
    ]
