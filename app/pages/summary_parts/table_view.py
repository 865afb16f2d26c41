"""The table itself: as high as its words, ordered by dragging or keys, edited in place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from app import theme
from app.pages.summary_parts.band_header import BandHeader
from app.pages.summary_parts.cell_painting import CellPainter
from app.pages.summary_parts.table_model import TableModel
from assessments.language import _
from assessments.summary_of_findings.grid import (
    CERTAINTY,
    COMMENTS,
    NAME,
    WHAT_HAPPENS,
    Grid,
    Piece,
    grid,
)
from assessments.summary_of_findings.table import SummaryOfFindings

_ROOMY = {NAME: 120, WHAT_HAPPENS: 180, COMMENTS: 180}
"""Widths at 100 % below which whole sentences could not be read."""
_LINKED = (CERTAINTY, WHAT_HAPPENS, COMMENTS)


class FindingsTable(QTableView):
    """The summary of findings as one item view without a scroll bar of its own downwards.

    Signals: ``moved(outcome, places)`` when an outcome was dragged; ``opened(outcome, kind)`` when
    a cell was double-clicked or Enter pressed on it; ``chosen(outcome)`` when another outcome is
    current.
    """

    moved = Signal(str, int)
    opened = Signal(str, str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = TableModel(self)
        self.setModel(self.found)
        self.painter = CellPainter(self)
        self.setItemDelegate(self.painter)
        self.header = BandHeader(self)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setAccessibleName(_("Summary of findings"))
        self.editor: QWidget | None = None
        self._editing: tuple[str, str] = ("", "")
        self._dragged, self._drop = "", -1
        self._pressed = QPoint()
        theme.changed.connect(self.lay_out)

    # -- content ---------------------------------------------------------------------------

    def show_table(self, table: SummaryOfFindings, layout: str) -> None:
        """Show a table; the place of the current cell is kept by outcome and kind."""
        here = self.current_piece()
        laid = grid(table, layout)
        self.found.show_table(table, laid)
        self.clearSpans()
        for piece in laid.pieces:
            if piece.rows > 1 or piece.columns > 1:
                self.setSpan(piece.row, piece.column, piece.rows, piece.columns)
        self.setAccessibleDescription(table.title)
        self.lay_out()
        self._go_back_to(here)

    def _go_back_to(self, here: Piece | None) -> None:
        laid = self.found.grid
        if laid is None or not laid.pieces:
            return
        wanted = laid.pieces[0]
        if here is not None:
            own = [one for one in laid.pieces if one.outcome == here.outcome]
            same = [one for one in own if one.kind == here.kind]
            wanted = next(
                (one for one in same if one.column == here.column), (same or own or [wanted])[0]
            )
        self.setCurrentIndex(self.found.index(wanted.row, wanted.column))

    def current_piece(self) -> Piece | None:
        """Return the cell one is in."""
        index = self.currentIndex()
        return self.found.piece(index) if index.isValid() else None

    @property
    def current_outcome(self) -> str:
        """The key of the outcome one is at, '' for none."""
        piece = self.current_piece()
        return piece.outcome if piece is not None else ""

    def go_to(self, outcome: str, kind: str = NAME) -> None:
        """Make a cell of that outcome the current one."""
        for piece in self.found.grid.pieces if self.found.grid else ():
            if piece.outcome == outcome and piece.kind == kind:
                self.setCurrentIndex(self.found.index(piece.row, piece.column))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which outcome is current and draw its rows anew."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self.current_outcome)

    # -- size ------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Share the width between the columns, then make every row as high as its words."""
        laid = self.found.grid
        if laid is None or not laid.columns:
            return
        for number, width in enumerate(self._widths(laid)):
            self.setColumnWidth(number, width)
        for row, height in enumerate(self._heights(laid)):
            self.setRowHeight(row, height)
        self.header.setFixedHeight(self.header.sizeHint().height())
        self.updateGeometries()
        height = self.header.height() + self.verticalHeader().length()
        if self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        if self.height() != height:
            self.setFixedHeight(height)
        self._place_editor()

    def _widths(self, laid: Grid) -> list[int]:
        """Return widths by share, none narrower than its longest word."""
        least, roomy = [], []
        for number, column in enumerate(laid.columns):
            words = [self.painter.longest_word(one) for one in laid.pieces
                     if one.column == number and one.columns == 1]
            least.append(max([self.header.longest_word(column), *words]))
            roomy.append(max(theme.px(_ROOMY.get(column.name, 0)), least[-1]))
        if sum(roomy) <= self.viewport().width():  # else no column may push another out of sight
            least = roomy
        total = max(self.viewport().width(), sum(least))
        widths = list(least)
        free = set(range(len(least)))
        while True:  # columns whose share is less than they need keep what they need
            room = total - sum(least[n] for n in range(len(least)) if n not in free)
            shares = sum(laid.columns[n].share for n in free)
            tight = {n for n in free if room * laid.columns[n].share / shares < least[n]}
            if not tight or tight == free:
                break
            free -= tight
        for n in free:
            widths[n] = max(int(room * laid.columns[n].share / shares), least[n])
        widths[-1] += max(total - sum(widths), 0)
        return widths

    def _heights(self, laid: Grid) -> list[int]:
        heights = [0] * laid.row_count
        for piece in laid.pieces:
            if piece.rows == 1:
                heights[piece.row] = max(heights[piece.row], self._needed(piece))
        for piece in laid.pieces:
            if piece.rows > 1:
                last = piece.row + piece.rows - 1
                lacking = self._needed(piece) - sum(heights[piece.row : last + 1])
                heights[last] += max(lacking, 0)
        return heights

    def _needed(self, piece: Piece) -> int:
        if self.editor is not None and (piece.outcome, piece.kind) == self._editing:
            return self.editor.sizeHint().height() + theme.px(8)
        width = sum(
            self.columnWidth(n) for n in range(piece.column, piece.column + piece.columns)
        )
        return self.painter.height(piece, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width between the columns."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, which scrolls the whole table."""
        if event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()

    # -- editing in place ------------------------------------------------------------------

    def edit_with(self, editor: QWidget, outcome: str, kind: str) -> None:
        """Put an editor in the place of a cell; the row grows as high as it needs."""
        self.stop_editing()
        self.editor, self._editing = editor, (outcome, kind)
        editor.setParent(self.viewport())
        editor.show()
        self.lay_out()

    def stop_editing(self) -> None:
        """Take the editor away and show the cell again."""
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        self._editing = ("", "")
        editor.hide()
        editor.deleteLater()
        self.lay_out()

    def _place_editor(self) -> None:
        laid = self.found.grid
        if self.editor is None or laid is None:
            return
        for piece in laid.pieces:
            if (piece.outcome, piece.kind) == self._editing:
                rect = self.visualRect(self.found.index(piece.row, piece.column))
                self.editor.setGeometry(rect.adjusted(2, 3, -2, -3))
                return
        self.stop_editing()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the editor with its cell."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    # -- keys and mouse --------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 open a cell, Ctrl C copies its words, arrows move."""
        piece = self.current_piece()
        if event.matches(QKeySequence.StandardKey.Copy) and piece is not None:
            QApplication.clipboard().setText(piece.plain)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and piece:
            self.opened.emit(piece.outcome, piece.kind)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where one is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the outcome whose name was taken hold of."""
        super().mousePressEvent(event)
        piece = self.found.piece(self.indexAt(event.position().toPoint()))
        self._pressed = event.position().toPoint()
        name = piece is not None and piece.kind == NAME
        left = event.button() == Qt.MouseButton.LeftButton
        self._dragged = piece.outcome if piece is not None and name and left else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an outcome: a line shows where it would go."""
        spot = event.position().toPoint()
        far = (spot - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged and event.buttons() & Qt.MouseButton.LeftButton:
            if far:
                self._drop = self._gap_at(spot.y())
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self.viewport().update()
            return
        super().mouseMoveEvent(event)
        piece = self.found.piece(self.indexAt(spot))
        shape = Qt.CursorShape.ArrowCursor
        if piece is not None and piece.kind == NAME:
            shape = Qt.CursorShape.OpenHandCursor
        elif piece is not None and piece.kind in _LINKED:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the dragged outcome go, or open the cell that was clicked."""
        dragged, drop = self._dragged, self._drop
        self._dragged, self._drop = "", -1
        super().mouseReleaseEvent(event)
        self.viewport().unsetCursor()
        self.viewport().update()
        if drop >= 0:
            order = self._order()
            place = order.index(dragged)
            places = drop - place if drop <= place else drop - place - 1
            if places:
                self.moved.emit(dragged, places)
            return
        spot = event.position().toPoint()
        piece = self.found.piece(self.indexAt(spot))
        still = (spot - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if piece is not None and piece.kind in _LINKED and still:
            self.opened.emit(piece.outcome, piece.kind)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the name of an outcome; other cells open with one click."""
        piece = self.found.piece(self.indexAt(event.position().toPoint()))
        if piece is not None and piece.kind not in _LINKED:
            self.opened.emit(piece.outcome, piece.kind)

    def _order(self) -> list[str]:
        table = self.found.table
        return [one.outcome.id for one in table.rows] if table is not None else []

    def _gap_at(self, y: int) -> int:
        """Return before which outcome a drop at that height would go."""
        for place, outcome in enumerate(self._order()):
            box = self._box(outcome)
            if y < box.center().y():
                return place
        return len(self._order())

    def _box(self, outcome: str) -> QRect:
        rows = self.found.grid.rows_of(outcome) if self.found.grid else (0,)
        top = self.rowViewportPosition(rows[0])
        height = sum(self.rowHeight(n) for n in rows)
        return QRect(0, top, self.viewport().width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the table, and where the dragged outcome would go."""
        super().paintEvent(event)
        if self._drop < 0:
            return
        order = self._order()
        last = self._drop >= len(order)
        box = self._box(order[-1] if last else order[self._drop])
        y = box.bottom() if last else max(box.top(), 1)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.current().color("accent"), 3))
        painter.drawLine(0, y, self.viewport().width(), y)
