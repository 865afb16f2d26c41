"""The one table model: frozen rows, and columns that say how a row is shown and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app import theme
from assessments.language import _

Index = QModelIndex | QPersistentModelIndex
MARKS_ROLE = Qt.ItemDataRole.UserRole + 1
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 2
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 3
VALUE_ROLE = Qt.ItemDataRole.UserRole + 4
Mark = tuple[str | None, str]
"""A level role and the word of the level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    ``kind`` is 'text', 'number', 'choice', 'check', 'marks' (judgement circles) or 'certainty'
    (four circles). ``value`` reads the cell from a row, the attribute of that name unless given;
    for 'marks' it returns (role, word) pairs, for 'certainty' (filled, word). ``shown`` turns a
    value into words. ``choices`` are (value, words) pairs. ``editable`` may be a function of the
    row; ``reason`` says why a cell cannot be edited.
    """

    name: str
    title: str
    kind: str = "text"
    width: int = 100
    stretch: bool = False
    editable: bool | Callable[[Any], bool] = False
    value: Callable[[Any], Any] | None = None
    shown: Callable[[Any], str] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    tip: str = ""
    muted: bool = False
    bold: bool = False
    reason: Callable[[Any], str] | None = None

    def read(self, row: Any) -> Any:
        """Return the value of this column in a row."""
        return self.value(row) if self.value is not None else getattr(row, self.name)

    def words(self, value: Any) -> str:
        """Return a value as it is shown."""
        if self.shown is not None:
            return self.shown(value)
        if self.kind in ("marks",):
            return ", ".join(word for _role, word in value)
        if self.kind == "certainty":
            return str(value[1])
        if self.choices:
            return dict(self.choices).get(value, str(value)) if value else ""
        return number_in_words(value)

    def may_edit(self, row: Any) -> bool:
        """Return whether the cell of that row can be edited."""
        return self.editable(row) if callable(self.editable) else self.editable


def number_in_words(value: Any) -> str:
    """Return a value as a cell shows it: nothing for None, a true minus, no needless zeros."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace("-", "−")
    return str(value)


class RecordsModel(QAbstractTableModel):
    """Frozen rows with an ``id``. ``edited(id, column, value)`` when a cell was typed into.

    What was typed and refused stays in the cell with its problem until it is mended.
    """

    edited = Signal(str, str, object)

    def __init__(self, columns: Iterable[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()
        self.problems: Mapping[tuple[str, str], str] = {}
        self.refused: dict[tuple[str, str], tuple[str, str]] = {}
        self.read_only = ""

    def set_rows(
        self, rows: Iterable[Any], problems: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Show other rows, with the problems of (row id, column) cells in words."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.problems = problems or {}
        kept = {row.id for row in self.rows}
        self.refused = {key: told for key, told in self.refused.items() if key[0] in kept}
        self.endResetModel()

    def set_columns(self, columns: Iterable[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def refuse(self, row_id: str, column: str, typed: str, sentence: str) -> None:
        """Keep what was typed in the cell, marked with the reason it could not be taken."""
        self.refused[row_id, column] = (typed, sentence)
        self._repaint()

    def accept(self, row_id: str, column: str) -> None:
        """Forget what was refused in that cell."""
        if self.refused.pop((row_id, column), None) is not None:
            self._repaint()

    def _repaint(self) -> None:
        if self.rows and self.columns:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_of(self, row_id: str) -> int:
        """Return the place of the row with that id, −1 if it is not there."""
        return next((n for n, row in enumerate(self.rows) if row.id == row_id), -1)

    def column_of(self, name: str) -> int:
        """Return the place of the column with that name, −1 if it is not there."""
        return next((n for n, one in enumerate(self.columns) if one.name == name), -1)

    # -- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column, or the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be edited or ticked."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        if self.read_only or not column.may_edit(self.rows[index.row()]):
            return base
        if column.kind == "check":
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says and is aligned to."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.CheckStateRole and column.kind == "check":
            return Qt.CheckState.Checked if column.read(row) else Qt.CheckState.Unchecked
        if role == MARKS_ROLE and column.kind in ("marks", "certainty"):
            return column.read(row)
        if role == CHOICES_ROLE:
            return column.choices
        if role == VALUE_ROLE:
            return column.read(row)
        return self._about(row, column, role)

    def _about(self, row: Any, column: Column, role: int) -> object:
        if role == PROBLEM_ROLE:
            return self._problem(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._problem(row, column) or self._why_not(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self._shown(row, column) or _("empty")
            problem = self._problem(row, column)
            parts = (column.title, str(said), problem)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.FontRole and column.bold:
            return theme.font(weight=600)
        if role == Qt.ItemDataRole.ForegroundRole and column.muted:
            return theme.current().color("text-2")
        return None

    def _shown(self, row: Any, column: Column) -> str:
        refused = self.refused.get((row.id, column.name))
        if refused is not None:
            return refused[0]
        if column.kind == "check":
            return ""
        return column.words(column.read(row))

    def _problem(self, row: Any, column: Column) -> str:
        refused = self.refused.get((row.id, column.name))
        if refused is not None:
            return refused[1]
        return self.problems.get((row.id, column.name), "")

    def _why_not(self, row: Any, column: Column) -> str:
        if column.may_edit(row) and self.read_only:
            return self.read_only
        return column.reason(row) if column.reason is not None else ""

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Send what was typed or ticked; the row changes when the edit has happened."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            value = int(Qt.CheckState(value) == Qt.CheckState.Checked)
        elif value == self._shown(row, column):
            return False
        self.refused.pop((row.id, column.name), None)
        self.edited.emit(row.id, column.name, value)
        return True


def _alignment(column: Column) -> int:
    if column.kind == "number":
        return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if column.kind in ("check", "marks"):
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
