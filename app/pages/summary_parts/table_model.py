"""The summary of findings as an item model: every cell is words that a screen reader can read."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessments.language import _
from assessments.summary_of_findings.grid import WHAT_HAPPENS, Grid, Piece
from assessments.summary_of_findings.table import CertaintyCell, Row, SummaryOfFindings
from gradecore.grade.vocabulary import SCORE_OF_LEVEL

Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """The cells of one table in their places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: SummaryOfFindings | None = None
        self.grid: Grid | None = None
        self._pieces: dict[tuple[int, int], Piece] = {}

    def show_table(self, table: SummaryOfFindings, laid: Grid) -> None:
        """Show another table, or the same one after a change."""
        self.beginResetModel()
        self.table, self.grid = table, laid
        self._pieces = {
            (row, column): one
            for one in laid.pieces
            for row in range(one.row, one.row + one.rows)
            for column in range(one.column, one.column + one.columns)
        }
        self.endResetModel()

    def piece(self, index: Index) -> Piece | None:
        """Return the cell that covers this place."""
        return self._pieces.get((index.row(), index.column()))

    def row_of(self, piece: Piece) -> Row:
        """Return the outcome that a cell belongs to."""
        assert self.table is not None
        return self.table.row(piece.outcome)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows of the grid."""
        return 0 if parent.isValid() or self.grid is None else self.grid.row_count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns of the layout."""
        return 0 if parent.isValid() or self.grid is None else len(self.grid.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and what is read aloud of it."""
        piece = self.piece(index)
        if piece is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return piece.plain
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.said(piece)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(piece)
        return None

    def said(self, piece: Piece) -> str:
        """Return a cell as it is read aloud: its heading, its words, its letters."""
        assert self.grid is not None
        words = piece.text
        if piece.certainty is not None:
            words = _certainty_said(piece.certainty, self.row_of(piece))
        if piece.detail:
            words = f"{words}, {piece.detail}"
        if piece.letters:
            words = _("{words}, notes {letters}").format(
                words=words, letters=", ".join(piece.letters)
            )
        row = self.row_of(piece)
        if piece.kind == WHAT_HAPPENS and row.statement.edited:
            words = _("{words} (edited)").format(words=words)
        heading = self.grid.columns[piece.column].title
        return f"{heading}: {words}".replace("\n", " ")

    def _tip(self, piece: Piece) -> str:
        """Return the notes whose letters stand in a cell."""
        assert self.table is not None
        return "\n\n".join(
            f"{one.letter}  {one.text}"
            for one in self.table.footnotes
            if one.letter in piece.letters
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column; those of absolute effects name their band too."""
        if orientation != Qt.Orientation.Horizontal or self.grid is None:
            return None
        if section >= len(self.grid.columns):
            return None
        column = self.grid.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.grid.band}: {column.title}" if column.banded else column.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be reached and read."""
        if self.piece(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _certainty_said(found: CertaintyCell, row: Row) -> str:
    """Return the certainty in words, with what is wrong about it."""
    score = SCORE_OF_LEVEL.get(found.level or "")
    words = found.word
    if score is not None:
        words = _("{word}, {n} of 4").format(word=found.word, n=score)
    if row.changed:
        words = _("{words}, out of date: {what}").format(words=words, what=" ".join(row.changed))
    return words
