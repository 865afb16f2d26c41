"""Progress grid: studies by outcomes, one cell per result, painted, with words for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app import icons, theme
from app.widgets.focus_ring import paint_focus
from assessments.language import _

Index = QModelIndex | QPersistentModelIndex


def state_in_words(state: str) -> str:
    """Return the word of a cell's state."""
    return {
        "settled": _("settled"),
        "differ": _("differ"),
        "waiting": _("both finished, to compare"),
        "done": _("you are done"),
        "done_a": _("A is done"),
        "done_b": _("B is done"),
        "begun": _("begun"),
        "to_do": _("to do"),
        "none": _("not applicable"),
    }[state]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A study with the state of each of its cells, in the order of the columns."""

    id: str
    title: str
    states: tuple[str, ...]
    targets: tuple[str, ...] = ()


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.rows: tuple[GridRow, ...] = ()

    def fill(self, columns: tuple[str, ...], rows: tuple[GridRow, ...]) -> None:
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section] if across else self.rows[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if across:
                return int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
                           ) | int(Qt.TextFlag.TextWordWrap)
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        state = row.states[index.column()]
        column = self.columns[index.column()].replace("\n", ", ")
        said = f"{row.title}, {column}: {state_in_words(state)}"
        if role == Qt.ItemDataRole.UserRole:
            return state
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return said
        if role == Qt.ItemDataRole.DisplayRole:
            return state_in_words(state)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.letter = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(76), theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(4, 3, -4, -3)
        paint_state(painter, box, str(index.data(Qt.ItemDataRole.UserRole)), self.letter)
        view = self.parent()
        current = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        if current and option.state & QStyle.StateFlag.State_Active and view.hasFocus():
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
        painter.restore()


def paint_state(painter: QPainter, box: QRectF, state: str, letter: str) -> None:
    """Draw one cell: filled with a check, amber with a word, tinted with a letter, or empty."""
    look = theme.current()
    fill, edge, text, words = {
        "settled": ("accent", "accent", "on-accent", ""),
        "differ": ("warn-bg", "warn", "warn", _("differ")),
        "waiting": ("warn-bg", "warn-bg", "warn", _("compare")),
        "done": ("accent-bg", "accent-bg", "accent-text", letter or "✓"),
        "done_a": ("a-bg", "a-bg", "a", "A"),
        "done_b": ("b-bg", "b-bg", "b", "B"),
        "begun": ("surface", "accent", "accent-text", "…"),
        "to_do": ("surface", "border-2", "text-3", ""),
        "none": ("", "", "text-3", "–"),
    }[state]
    if state == "done" and letter == "B":
        fill, edge, text = "b-bg", "b-bg", "b"
    if fill:
        painter.setPen(QPen(look.color(edge), 1))
        painter.setBrush(QColor(look.color(fill)))
        painter.drawRoundedRect(box, 5, 5)
    if state == "settled":
        side = min(box.height(), theme.px(16))
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(box.center())
        icons.paint(painter, "check", spot, "on-accent")
        return
    painter.setFont(theme.font(12, 500))
    painter.setPen(look.color(text))
    fitted = QFontMetrics(painter.font()).elidedText(
        words, Qt.TextElideMode.ElideRight, int(box.width()) - 4
    )
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fitted)


class ProgressGrid(QTableView):
    """Studies down, outcomes across. ``opened(row id, target)`` when a cell is pressed."""

    opened = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._columns = 0
        self._model = _Model(self)
        self._delegate = _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setProperty("role", "grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(64)
        across.setHighlightSections(False)
        across.setTextElideMode(Qt.TextElideMode.ElideNone)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(False)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_rows(
        self, columns: tuple[str, ...], rows: tuple[GridRow, ...], letter: str = ""
    ) -> None:
        """Show these studies; ``letter`` is the one of the assessor who sits here."""
        here = self.currentIndex()
        self._columns = len(columns)
        spot = (here.row(), here.column()) if here.isValid() else None
        self._delegate.letter = letter
        self._model.fill(columns, rows)
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        if spot and spot[0] < len(rows) and spot[1] < len(columns):
            self.setCurrentIndex(self._model.index(*spot))
        self._fit()

    def _fit(self) -> None:
        """Share the width among the columns, none wider than a word needs."""
        if self._columns:
            room = self.viewport().width() // self._columns
            width = min(max(room, theme.px(72)), theme.px(176))
            self.horizontalHeader().setDefaultSectionSize(width)
            self.horizontalHeader().setFixedHeight(self._header_height(width))

    def _header_height(self, width: int) -> int:
        """Return the height at which the longest title, wrapped, is whole; three lines at most."""
        metrics = QFontMetrics(theme.font(12))
        box = QRect(0, 0, width - theme.px(10), 10_000)
        lines = [
            metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), title).height()
            for title in self._model.columns
        ]
        return min(max(lines, default=0), metrics.lineSpacing() * 3) + theme.px(10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns share the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries, and the focus while none is current."""
        super().paintEvent(event)
        paint_focus(self)

    def full_height(self) -> int:
        """Return the height at which nothing needs to be scrolled."""
        rows = self._model.rowCount() * theme.px(28)
        return self.horizontalHeader().height() + rows + 6

    def _open(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.states[index.column()] != "none":
            target = row.targets[index.column()] if row.targets else ""
            self.opened.emit(row.id, target)
