"""Records table: spreadsheet manners over frozen rows.

One click and type; Tab and Enter move; Delete clears; blocks from Excel are pasted; problems
stand in their cells with a red rim; the place is kept by id when the rows are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from app import theme
from app.widgets.cell_delegate import CellDelegate
from app.widgets.focus_ring import paint_focus
from app.widgets.records_model import (
    Column,
    RecordsModel,
)

__all__ = ["Column", "RecordsModel", "RecordsTable", "read_block"]


def read_block(text: str) -> list[list[str]]:
    """Return the cells of a block as spreadsheets put it on the clipboard.

    Cells with line breaks come in double quotes; the last line break is no row.
    """
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    return [row for row in rows if row]


class RecordsTable(QTableView):
    """A table of records.

    Signals: ``edited(row id, column, typed)``; ``chosen(row id)`` when another row is current;
    ``opened(row id)`` on Enter or double click in a cell that is not edited;
    ``pasted(list of (row id, {column: text}))`` a block that fits on rows;
    ``pasted_below(list of {column: text})`` the rest of a block, below the last row;
    ``cleared(list of (row id, {column: ""}))`` on Delete.
    """

    edited = Signal(str, str, object)
    chosen = Signal(str)
    opened = Signal(str)
    pasted = Signal(object)
    pasted_below = Signal(object)
    cleared = Signal(object)

    def __init__(
        self, name: str, columns: Iterable[Column], parent: QWidget | None = None,
        *, by_row: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.records = RecordsModel(columns, self)
        self.setModel(self.records)
        delegate = CellDelegate(self)
        delegate.stepped.connect(self._entered)
        self.setItemDelegate(delegate)
        self.records.edited.connect(self.edited)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows if by_row else behaviour.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(not by_row)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self._open)
        self._most_rows = 0
        self._whole = False
        self._tabbed_from = -1
        self._size()

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        for place, column in enumerate(self.records.columns):
            self.setColumnWidth(place, theme.px(column.width))
        self._stretch()

    def _stretch(self) -> None:
        """Give the room that is left to the columns that stretch, never less than their width."""
        columns = self.records.columns
        if self._whole:
            self._share()
            return
        wide = [place for place, column in enumerate(columns) if column.stretch]
        if not wide:
            return
        taken = sum(
            self.columnWidth(place) for place in range(len(columns)) if place not in wide
        )
        share = (self.viewport().width() - taken) // len(wide)
        for place in wide:
            self.setColumnWidth(place, max(share, theme.px(columns[place].width)))

    def keep_whole(self) -> None:
        """Show every word: columns share the width, words wrap, and every row is seen."""
        self._whole = True
        self.setWordWrap(True)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._share()

    def _share(self) -> None:
        widths = [column.width for column in self.records.columns]
        room = self.viewport().width()
        for place, width in enumerate(widths):
            self.setColumnWidth(place, room * width // max(1, sum(widths)))
        high = 0
        for row in range(len(self.records.rows)):
            self.setRowHeight(row, max(theme.px(32), self.sizeHintForRow(row) + theme.px(12)))
            high += self.rowHeight(row)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + high + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._stretch()

    def keep_short(self, most: int) -> None:
        """Be as high as the rows need, up to so many; without rows, be gone."""
        self._most_rows = most
        self._fit()

    def _fit(self) -> None:
        if not self._most_rows:
            return
        rows = min(len(self.records.rows), self._most_rows)
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + rows * self.verticalHeader().defaultSectionSize() + 4)
        self.setVisible(rows > 0)

    # -- showing ---------------------------------------------------------------------------

    def show_rows(
        self, rows: Iterable[Any], problems: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Show these rows; the current cell is found again by id."""
        here = self.currentIndex()
        row_id, place = self.current_id(), here.column() if here.isValid() else 0
        was = here.row() if here.isValid() else 0
        quiet = self.selectionModel().blockSignals(True)
        self.records.set_rows(rows, problems)
        row = self.records.row_of(row_id)
        if row < 0 and row_id and self.records.rows:
            row = min(was, len(self.records.rows) - 1)
        if row >= 0:
            self.setCurrentIndex(self.records.index(row, place))
        self.selectionModel().blockSignals(quiet)
        self._fit()
        if self._whole:
            self._share()
        self.viewport().update()
        if self.current_id() != row_id:
            self.chosen.emit(self.current_id())

    def show_columns(self, columns: Iterable[Column]) -> None:
        """Show other columns."""
        self.records.set_columns(columns)
        self._size()

    def set_read_only(self, reason: str) -> None:
        """Let cells be read only, and say why; '' lets them be edited again."""
        self.records.read_only = reason

    def current_id(self) -> str:
        """Return the id of the current row, '' if there is none."""
        here = self.currentIndex()
        if not here.isValid() or here.row() >= len(self.records.rows):
            return ""
        return str(self.records.rows[here.row()].id)

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the rows with a selected cell, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return tuple(self.records.rows[row].id for row in rows)

    def choose(self, row_id: str, column: str = "") -> None:
        """Make that row current and show it."""
        row = self.records.row_of(row_id)
        if row < 0:
            return
        place = self.records.column_of(column) if column else max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self.records.index(row, max(place, 0)))
        self.scrollTo(self.currentIndex())

    def refuse(self, row_id: str, column: str, typed: object, sentence: str) -> None:
        """Keep what was typed in the cell, red-rimmed, with the reason in its tooltip."""
        self.records.refuse(row_id, column, str(typed), sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries, and the focus while none is current."""
        super().paintEvent(event)
        paint_focus(self)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell when another row is current."""
        super().currentChanged(current, previous)
        if current.row() != previous.row() and current.isValid():
            self.chosen.emit(self.current_id())

    # -- keys ------------------------------------------------------------------------------

    def step(self, rows: int) -> None:
        """Move the current cell down or up."""
        here = self.currentIndex()
        row = min(max(here.row() + rows, 0), len(self.records.rows) - 1)
        if here.isValid() and row >= 0:
            self.setCurrentIndex(self.records.index(row, here.column()))

    def _entered(self, rows: int) -> None:
        """Go on after Enter in a cell: below where the first Tab was pressed, as in Excel."""
        begun, here = self._tabbed_from, self.currentIndex()
        self._tabbed_from = -1
        if begun >= 0 and here.isValid():
            self.setCurrentIndex(self.records.index(here.row(), begun))
        self.step(rows)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move to another cell, and remember in which column a row of Tabs began."""
        tabs = QAbstractItemView.CursorAction.MoveNext, QAbstractItemView.CursorAction.MovePrevious
        if action not in tabs:
            self._tabbed_from = -1
        elif self._tabbed_from < 0:
            self._tabbed_from = self.currentIndex().column()
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse points; a row of Tabs ends."""
        self._tabbed_from = -1
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, clear, open, and leave the rest to the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            self._clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        here = self.currentIndex()
        if here.isValid() and self.records.flags(here) & Qt.ItemFlag.ItemIsEditable:
            self.edit(here)
        elif here.isValid():
            self.opened.emit(self.current_id())

    def _open(self, index: QModelIndex) -> None:
        if not self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(self.current_id())

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as spreadsheets read them."""
        cells = self.selectionModel().selectedIndexes()
        if not cells:
            return
        rows = sorted({index.row() for index in cells})
        places = sorted({index.column() for index in cells})
        lines = [
            "\t".join(_plain(self.records.index(row, place).data()) for place in places)
            for row in rows
        ]
        QApplication.clipboard().setText("\n".join(lines))

    def paste(self, text: str) -> None:
        """Send a block of cells, laid from the current cell to the right and down."""
        block, here = read_block(text), self.currentIndex()
        if not block or self.records.read_only:
            return
        row = here.row() if here.isValid() else 0
        place = here.column() if here.isValid() else 0
        fitting, below = [], []
        for offset, cells in enumerate(block):
            values = self._laid_out(cells, place)
            if row + offset < len(self.records.rows):
                record = self.records.rows[row + offset]
                fitting.append((record.id, self._allowed(record, values)))
            else:
                below.append(values)
        if fitting:
            self.pasted.emit(fitting)
        if below:
            self.pasted_below.emit(below)

    def _laid_out(self, cells: list[str], place: int) -> dict[str, str]:
        columns = self.records.columns[place : place + len(cells)]
        return {
            column.name: _value(column, cell)
            for column, cell in zip(columns, cells, strict=False)
        }

    def _allowed(self, record: Any, values: dict[str, str]) -> dict[str, str]:
        by_name = {column.name: column for column in self.records.columns}
        return {name: text for name, text in values.items() if by_name[name].may_edit(record)}

    def _clear(self) -> None:
        if self.records.read_only:
            return
        found: dict[str, dict[str, str]] = {}
        for index in self.selectionModel().selectedIndexes():
            if self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
                record = self.records.rows[index.row()]
                column = self.records.columns[index.column()]
                found.setdefault(record.id, {})[column.name] = ""
                self.records.refused.pop((record.id, column.name), None)
        if found:
            self.cleared.emit(list(found.items()))

    def changeEvent(self, event: QEvent) -> None:
        """Keep rows high enough when the size of words changes."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "records"):
            self._size()
        super().changeEvent(event)


def _plain(value: object) -> str:
    text = str(value or "").replace("−", "-")
    return f'"{text}"' if "\n" in text or "\t" in text else text


def _value(column: Column, cell: str) -> str:
    """Return the stored value for pasted words of a choice, the words themselves otherwise."""
    for value, words in column.choices:
        if cell.strip().casefold() in (words.casefold(), value.casefold()):
            return value
    return cell.strip()
