"""A table as text with tabs between its cells: for the clipboard, beside the same table as HTML."""

from __future__ import annotations

from assessments.language import _
from assessments.summary_of_findings import SummaryOfFindings
from assessments.summary_of_findings.grid import grid


def tab_separated(table: SummaryOfFindings, *, layout: str) -> str:
    """Return title, header, one line for each row of the table, and the notes.

    A cell that spans several places stands in the first of them; the others are empty. Line breaks
    and tabs inside a cell become blanks, so that every line has the same number of cells.
    """
    laid = grid(table, layout)
    draft = _("DRAFT – not final: ") if table.draft else ""
    lines = [draft + table.title]
    lines += [f"{label}: {text}" for label, text in table.header]
    lines += ["", "\t".join(_one_line(column.title) for column in laid.columns)]
    for row in range(laid.row_count):
        cells = [""] * len(laid.columns)
        for piece in laid.pieces:
            if piece.row == row:
                cells[piece.column] = _one_line(piece.plain)
        lines.append("\t".join(cells))
    return "\n".join([*lines, "", *notes(table)]) + "\n"


def notes(table: SummaryOfFindings) -> tuple[str, ...]:
    """Return everything that stands below a table, one note for each line."""
    found = [table.overall.plain] if table.overall is not None else []
    found += [one for one in (table.star_note, table.abbreviations) if one]
    found += table.level_definitions
    found += [f"{one.letter} {one.text}" for one in table.footnotes]
    if table.missing:
        what = "; ".join(table.missing).rstrip(".")
        found.append(_("Draft, not final: {what}.").format(what=what))
    return tuple(_one_line(one) for one in (*found, table.version_line))


def _one_line(text: str) -> str:
    return " ".join(text.split())
