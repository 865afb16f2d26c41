"""What all workbooks share: safe cells, styles, tables, the same bytes for the same review.

No text can become a formula, numbers stay numbers, and the file carries no clock of its own.
openpyxl is imported inside functions only.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.figures.text_width import wrapped

FONT = "Arial"
SIZE = 9.0
SYMBOL_FONT = "Segoe UI Symbol"
"""Has both circles. “Cambria Math” is replaced on Linux by a font whose ◯ is a filled disc, which
would turn the level upside down."""
HEADER_FILL = "EDEDED"
LEVEL_FILLS = {"high": "DCEBDD", "moderate": "E7F0DA", "low": "FBF0D4", "very_low": "F6DEDC"}
ROLE_FILLS = {
    "low": "E3F2F5", "some": "FDF3D6", "unclear": "FDF3D6", "high": "FAE5DF", "critical": "F1E0E8",
    "no_info": "EEF0F4",
}
LONGEST_TEXT = 32_767
TALLEST_ROW = 409.0
LINE_HEIGHT = 12.0
_PX_PER_CHARACTER = 7.0
_PX_PER_POINT = 96 / 72
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MERGED = re.compile(rb"(?:<mergeCell [^>]*/>)+")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a data table: heading, width in characters, number format of its cells."""

    name: str
    width: float = 12.0
    number_format: str = "General"
    wrap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one style; ``raised`` for footnote letters, ``symbols`` for circles."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    symbols: bool = False
    size: float = SIZE


def safe_text(text: str) -> str:
    """Return a text that a cell can hold: forbidden characters are shown as U+FFFD, none lost."""
    text = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST_TEXT:
        return text[: LONGEST_TEXT - 1] + "…"
    return text


def put(cell: Any, value: Any) -> None:
    """Write a value into a cell: numbers, booleans and dates as such, text never as a formula."""
    if value is None or value == "":
        return
    if isinstance(value, bool | int | date):
        cell.value = value
    elif isinstance(value, float):
        cell.value = value if math.isfinite(value) else str(value)
    else:
        text = safe_text(str(value))
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_LIKE_A_FORMULA):
            cell.quotePrefix = True


def put_runs(cell: Any, runs: Iterable[Run]) -> None:
    """Write stretches of text in their styles into a cell."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    blocks = [
        TextBlock(
            InlineFont(
                rFont=SYMBOL_FONT if run.symbols else FONT, sz=run.size, b=run.bold or None,
                i=run.italic or None, vertAlign="superscript" if run.raised else None,
            ),
            safe_text(run.text),
        )
        for run in runs
        if run.text
    ]
    if not blocks:
        return
    cell.value = CellRichText(*blocks)
    if blocks[0].text.startswith(_LIKE_A_FORMULA):
        cell.quotePrefix = True


def plain_text(runs: Iterable[Run]) -> str:
    """Return the words of runs without their styles."""
    return "".join(run.text for run in runs)


def lines_in(text: str, characters: float, *, size: float = SIZE, bold: bool = False) -> int:
    """Return how many lines a text fills in cells so many characters wide (sum of widths)."""
    width = characters * _PX_PER_CHARACTER - 1.0
    return len(wrapped(text, width * 0.97, size * _PX_PER_POINT, bold=bold))


def row_height(lines: float, *, size: float = SIZE) -> float:
    """Return the height in points of a row with so many lines, never above the tallest allowed."""
    return min(TALLEST_ROW, lines * LINE_HEIGHT * size / SIZE + 5.0)


def style(cell: Any, *, bold: bool = False, italic: bool = False, size: float = SIZE,
          fill: str = "", horizontal: str = "left", vertical: str = "top") -> None:
    """Give a cell its font, alignment and fill; text wraps."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill, end_color=fill)


def write_table(
    sheet: Any,
    first_row: int,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    name: str,
) -> int:
    """Write a real table with heading, filter and number formats; return its last row.

    A table needs a row below its heading: without data it has one empty row.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    _write_heading(sheet, first_row, columns)
    styles = [_column_style(sheet, first_row + 1, place, column)
              for place, column in enumerate(columns, start=1)]
    for index, row in enumerate(rows, start=first_row + 1):
        lines = 1
        for place, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(index, place)
            # Looking each style up in the workbook's lists would take most of the time.
            cell._style = copy(styles[place - 1])
            put(cell, value)
            if column.wrap and isinstance(value, str):
                lines = max(lines, lines_in(value, column.width))
        sheet.row_dimensions[index].height = row_height(lines)
    last = first_row + max(len(rows), 1)
    table = Table(
        displayName=name,
        ref=f"A{first_row}:{get_column_letter(len(columns))}{last}",
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    return last


def _column_style(sheet: Any, row: int, place: int, column: Column) -> Any:
    """Return the style of a column's cells, made once."""
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row, place)
    cell.font = Font(name=FONT, size=SIZE)
    cell.alignment = Alignment(vertical="top", wrap_text=column.wrap)
    cell.number_format = column.number_format
    return copy(cell._style)


def _write_heading(sheet: Any, row: int, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Border, Side
    from openpyxl.utils import get_column_letter

    line = Border(bottom=Side(style="thin"))
    lines = 1
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row, place)
        put(cell, column.name)
        style(cell, bold=True, fill=HEADER_FILL)
        cell.border = line
        dimension = sheet.column_dimensions[get_column_letter(place)]
        # A second table on the same sheet never makes the columns of the first narrower.
        dimension.width = max(column.width, dimension.width if dimension.customWidth else 0.0)
        lines = max(lines, lines_in(column.name, column.width - 2, bold=True))
    sheet.row_dimensions[row].height = row_height(lines)


def describe(sheet: Any, text: str, columns: int) -> None:
    """Say in the first row of a data sheet what the sheet holds; the second stays empty."""
    from openpyxl.utils import get_column_letter

    put(sheet["A1"], text)
    style(sheet["A1"], italic=True)
    span = min(columns, 10)
    sheet.merge_cells(f"A1:{get_column_letter(span)}1")
    sheet.row_dimensions[1].height = row_height(2)


def set_up_page(
    sheet: Any, *, title: str, area: str = "", rows: str = "", pages_wide: int = 1
) -> None:
    """Set up printing: A4 landscape, so many pages wide, headings repeated, numbered pages."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = round(1.3 / 2.54, 4)
    margins.header = margins.footer = round(0.6 / 2.54, 4)
    sheet.oddFooter.center.text = "&A  page &P of &N"
    sheet.oddHeader.left.text = safe_text(title).replace("&", "&&")[:80]
    if area:
        sheet.print_area = area
    if rows:
        sheet.print_title_rows = rows


def define_name(book: Any, name: str, sheet: str, area: str) -> None:
    """Give a range a name in the whole workbook."""
    from openpyxl.utils import absolute_coordinate
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names[name] = DefinedName(
        name, attr_text=f"'{sheet}'!{absolute_coordinate(area)}"
    )


def saved(book: Any, *, dated: str) -> bytes:
    """Return the workbook as bytes that depend on its content only.

    The times inside the file are the date of the review's data.
    """
    buffer = io.BytesIO()
    when = datetime.fromisoformat(dated) if dated else datetime(1980, 1, 1)
    book.properties.created = when
    book.save(buffer)
    result = io.BytesIO()
    with (
        zipfile.ZipFile(buffer) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _without_clock(content, when)
            elif entry.filename.startswith("xl/worksheets/sheet"):
                content = _MERGED.sub(_in_order, content)
            info = zipfile.ZipInfo(entry.filename, date_time=_FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            new.writestr(info, content, compresslevel=6)
    return result.getvalue()


def _in_order(merged: re.Match[bytes]) -> bytes:
    """Put merged cells in order; they are kept as a set, whose order may be any."""
    return b"".join(sorted(re.findall(rb"<mergeCell [^>]*/>", merged.group())))


def _without_clock(content: bytes, when: datetime) -> bytes:
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    return re.sub(
        rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)", rb"\g<1>" + stamp + rb"\g<2>",
        content,
    )
