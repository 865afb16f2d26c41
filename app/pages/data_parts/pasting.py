"""Blocks and names that come into the sheet: placed where they are clear, else asked about."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from app.pages.data_parts.sheet_columns import BLANK, WRITABLE
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.result_blocks import (
    STUDY,
    PastedBlock,
    Placed,
    headings,
    paste_lines,
    read_block,
    study_key,
)
from assessments.result_rows import CellRefused, enter_cells
from assessments.review import Study

Cells = list[list[str]]


class Pasting(QObject):
    """Takes blocks for one sheet. ``refused(row, column, typed, sentence)`` for each cell that
    could not be read; ``said`` and ``complained`` as those of a page.
    """

    refused = Signal(str, str, str, str)
    said = Signal(str, str, object)
    complained = Signal(str)

    def __init__(self, workspace: Workspace, tab: QObject) -> None:
        super().__init__(tab)
        self.workspace = workspace
        self.tab = tab

    @property
    def _outcome(self) -> str:
        found = getattr(self.tab, "found", None)
        return found.outcome.id if found is not None else ""

    def paste(self, block: Cells, row: str, column: str) -> None:
        """Place a block that was pasted at a cell."""
        columns = getattr(self.tab, "sheet").records.columns  # noqa: B009 - set by the tab
        titles = {one.title: one.name for one in columns if one.name in (*WRITABLE, STUDY)}
        named = headings(block[0], titles)
        if named is not None:
            block = block[1:]
        else:
            named = self._columns_from(block, column)
        if not block:
            return
        if STUDY in named:
            self._by_name(read_block(self.workspace.project, self._outcome, block, named))
        else:
            self._by_place(block, row, named)

    def _columns_from(self, block: Cells, column: str) -> list[str]:
        """Return the columns from the current one on; a first column of names counts as such."""
        columns = getattr(self.tab, "sheet").records.columns  # noqa: B009
        names = [one.name for one in columns]
        start = names.index(column) if column in names else 0
        laid = [name if name in (*WRITABLE, STUDY) else "" for name in names[start:]]
        known = {study_key(one.label) for one in self.workspace.project.all(Study)}
        first = [row[0] for row in block if row]
        if column != STUDY and any(study_key(one) in known for one in first if one.strip()):
            laid = [STUDY, *laid]
        width = max(len(row) for row in block)
        return laid[:width]

    def _by_place(self, block: Cells, row: str, columns: list[str]) -> None:
        """Lay lines on the rows from the current one on; what is below the last is asked about."""
        rows = [one.id for one in getattr(self.tab, "sheet").records.rows  # noqa: B009
                if one.id != BLANK]
        first = rows.index(row) if row in rows else len(rows)
        wanted: dict[str, dict[str, str]] = {}
        for result, line in zip(rows[first:], block, strict=False):
            wanted[result] = {
                name: text.strip() for name, text in zip(columns, line, strict=False) if name
            }
        if wanted:
            sheet = getattr(self.tab, "sheet")  # noqa: B009
            for result, values in wanted.items():
                for name in values:
                    sheet.forget(result, name)
            done = self.workspace.do(enter_cells, wanted)
            if done.ok:
                self._told(len(wanted), done.value or (), _untaken(block, columns))
        rest = block[len(rows) - first :]
        if rest:
            self._ask(read_block(self.workspace.project, self._outcome, rest, columns))

    def _by_name(self, block: PastedBlock) -> None:
        if all(line.clear for line in block.lines):
            self.place(
                tuple(Placed(values=line.values, result=line.result, study=line.study)
                      for line in block.lines),
                block.untaken,
            )
        else:
            self._ask(block)

    def _ask(self, block: PastedBlock) -> None:
        from app.pages.data_parts.paste_overlay import PasteLines

        made = PasteLines(getattr(self.tab, "window")(), self.workspace, block)  # noqa: B009
        made.placed.connect(lambda lines: self.place(lines, block.untaken))
        made.open()
        made.table.setFocus()

    def place(self, lines: tuple[Placed, ...], untaken: tuple[str, ...] = ()) -> None:
        """Write the lines where they belong."""
        if not lines:
            return
        done = self.workspace.do(paste_lines, self._outcome, lines)
        if done.ok:
            self._told(len(lines), done.value or (), untaken)

    def add_by_name(self, name: str) -> None:
        """Add a row for a study by its typed name; an unknown name is asked about."""
        if name.strip():
            self._by_name(read_block(self.workspace.project, self._outcome, [[name]], [STUDY]))

    def _told(self, rows: int, refused: tuple[CellRefused, ...], untaken: tuple[str, ...]) -> None:
        for one in refused:
            self.refused.emit(one.result, one.column, one.typed, str(one.problem))
        text = counted("Pasted {n} row", "Pasted {n} rows", rows)
        self.said.emit(text, _("Undo"), self.workspace.undo)
        told = []
        if refused:
            told.append(counted(
                "{n} cell could not be read and stays marked in the sheet.",
                "{n} cells could not be read and stay marked in the sheet.", len(refused),
            ))
        if untaken:
            told.append(_("Not taken, since no column of the sheet fits: {columns}.").format(
                columns=", ".join(untaken)))
        if told:
            self.complained.emit(" ".join(told))


def _untaken(block: Cells, columns: list[str]) -> tuple[str, ...]:
    """Return the columns of a block that hold something but belong to no column of the sheet."""
    width = max(len(row) for row in block)
    told = []
    for place in range(width):
        fits = place < len(columns) and columns[place]
        filled = any(place < len(row) and re.search(r"\S", row[place]) for row in block)
        if filled and not fits:
            told.append(_("column {n}").format(n=place + 1))
    return tuple(told)
