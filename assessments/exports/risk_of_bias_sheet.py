"""The sheet of risk of bias: studies by domains, settled and by assessor, with counts."""

from __future__ import annotations

from typing import Any

from assessments.exports.seats import seat_name
from assessments.exports.workbook import (
    ROLE_FILLS,
    Column,
    describe,
    put,
    set_up_page,
    style,
    write_table,
)
from assessments.instrument import OVERALL, Level
from assessments.language import _, counted
from assessments.risk_of_bias_matrix import Matrix, MatrixRow, matrices
from assessments.store.project_file import Project

_LEADING = 5
"""Columns before the domains: study, result, design, assessor, source."""


def write(book: Any, project: Project, *, title: str) -> None:
    """Add the sheet “RoB” to a workbook: for each instrument a table, and the counts below it."""
    sheet = book.create_sheet("RoB")
    found = matrices(project)
    widest = max((len(one.columns) for one in found), default=0)
    describe(
        sheet,
        _(
            "Risk of bias: one row for each study (or result) and assessor, one column for each "
            "domain. Below each table: how many studies have each level, by the consensus or as "
            "published. The reasons are on the sheet Judgements."
        ),
        _LEADING + widest,
    )
    row = 3
    for number, matrix in enumerate(found, start=1):
        row = _write_matrix(sheet, row, matrix, number) + 2
    if not found:
        put(sheet["A3"], _("No study is included yet."))
        style(sheet["A3"])
    sheet.freeze_panes = "B5"
    set_up_page(sheet, title=title)


def _write_matrix(sheet: Any, row: int, matrix: Matrix, number: int) -> int:
    put(sheet.cell(row, 1), matrix.instrument.title)
    style(sheet.cell(row, 1), bold=True, size=10)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LEADING)
    row += 1
    by_result = matrix.instrument.unit == "result"
    columns = [
        Column(name=_("Study"), width=24, wrap=True),
        Column(name=_("Result"), width=26 if by_result else 8, wrap=True),
        Column(name=_("Design"), width=11), Column(name=_("Assessor"), width=13),
        Column(name=_("Instrument"), width=12),
        *(Column(name=_heading(one), width=17, wrap=True) for one in matrix.columns),
    ]
    rows = _in_order(matrix)
    values = [_values(matrix, one) for one in rows]
    name = "tblRoB" if number == 1 else f"tblRoB_{number}"
    last = write_table(sheet, row, columns, values, name)
    for place, one in enumerate(rows, start=row + 1):
        for column, level in enumerate(one.levels, start=_LEADING + 1):
            _shade(sheet.cell(place, column), level)
    return _write_counts(sheet, last + 2, matrix)


def _heading(column: tuple[str, str, str]) -> str:
    domain, title, _short = column
    return title if domain == OVERALL else f"{domain} {title}"


def _in_order(matrix: Matrix) -> list[MatrixRow]:
    """Return consensus, A and B of a unit beneath each other, units in the order of studies."""
    order: dict[object, int] = {}
    for one in (*matrix.rows, *matrix.by_seat):
        order.setdefault(one.unit, len(order))
    seats = {"consensus": 0, "a": 1, "b": 2}
    rows = [*matrix.rows, *matrix.by_seat]
    return sorted(rows, key=lambda r: (r.study.position, order[r.unit], seats[r.seat]))


def _values(matrix: Matrix, row: MatrixRow) -> list[Any]:
    return [
        row.study.label, row.detail, row.study.design or "",
        seat_name(row.seat, source=row.source), matrix.instrument.id,
        *(level.label if level is not None else "" for level in row.levels),
    ]


def _shade(cell: Any, level: Level | None) -> None:
    from openpyxl.styles import PatternFill

    fill = ROLE_FILLS.get(level.role, "") if level is not None else ""
    if fill:
        cell.fill = PatternFill("solid", start_color=fill, end_color=fill)


def _write_counts(sheet: Any, row: int, matrix: Matrix) -> int:
    """Write how many units have each level in each domain; return the last row."""
    waiting = ""
    if matrix.waiting:
        waiting = counted(
            "; {n} is not settled yet", "; {n} are not settled yet", matrix.waiting
        )
    put(sheet.cell(row, 1), _("Counts over {n} settled assessments{waiting}").format(
        n=len(matrix.rows), waiting=waiting
    ))
    style(sheet.cell(row, 1), bold=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LEADING)
    for column in range(len(matrix.columns)):
        cell = sheet.cell(row, _LEADING + 1 + column)
        domain, title, _short = matrix.columns[column]
        put(cell, title if domain == OVERALL else domain)
        style(cell, bold=True)
    levels: dict[str, Level] = {}
    counts = [{one.code: n for one, n in matrix.counts(place)}
              for place in range(len(matrix.columns))]
    for place in range(len(matrix.columns)):
        for level, _n in matrix.counts(place):
            levels.setdefault(level.code, level)
    for level in levels.values():
        row += 1
        put(sheet.cell(row, 1), level.label)
        style(sheet.cell(row, 1))
        for place, known in enumerate(counts):
            if level.code in known:
                cell = sheet.cell(row, _LEADING + 1 + place)
                put(cell, known[level.code])
                style(cell)
                _shade(cell, level)
                cell.number_format = "0"
    return row
