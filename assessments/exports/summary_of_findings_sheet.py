"""The display sheet of one comparison: the table as a journal prints it, text in every cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessments.exports.workbook import (
    HEADER_FILL,
    LEVEL_FILLS,
    Run,
    define_name,
    lines_in,
    plain_text,
    put_runs,
    row_height,
    set_up_page,
    style,
)
from assessments.language import _
from assessments.summary_of_findings import (
    Cell,
    CertaintyCell,
    Group,
    Row,
    SummaryOfFindings,
)

WIDTHS = {
    "cochrane_plus": (34.0, 18.0, 22.0, 24.0, 20.0, 18.0, 16.0, 46.0),
    "cochrane": (34.0, 18.0, 22.0, 20.0, 18.0, 16.0, 46.0),
}
NO_BREAK = "\u00a0"
HEAD_ROW = 7
BODY_ROW = 9
_PAGE_POINTS_PER_CHARACTER = 4.1
"""Height in points of the rows on one page, for each character of the table's width: the wider
the table, the more it is scaled down to one page wide (A4 landscape)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet that is being written, with what its functions need to know."""

    sheet: Any
    table: SummaryOfFindings
    layout: str

    @property
    def widths(self) -> tuple[float, ...]:
        """Widths of the columns in characters."""
        return WIDTHS[self.layout]

    @property
    def last(self) -> str:
        """Letter of the last column."""
        return "ABCDEFGH"[len(self.widths) - 1]

    @property
    def effects(self) -> int:
        """How many columns hold absolute effects."""
        return 3 if self.layout == "cochrane_plus" else 2


def sheet_name(table: SummaryOfFindings) -> str:
    """Return the name of the sheet of a table."""
    return f"SoF {table.number}"


def write(book: Any, table: SummaryOfFindings, *, layout: str, title: str) -> None:
    """Add the sheet of one comparison to a workbook."""
    sheet = book.create_sheet(sheet_name(table))
    target = Sheet(sheet=sheet, table=table, layout=layout)
    for letter, width in zip("ABCDEFGH", target.widths, strict=False):
        sheet.column_dimensions[letter].width = width
    _heading(target)
    _column_heads(target)
    last_body = _body(target)
    last = _notes(target, last_body + 1)
    _rules(target, last_body)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.freeze_panes = f"B{BODY_ROW}"
    set_up_page(
        sheet, title=title, area=f"A1:{target.last}{last}", rows=f"{HEAD_ROW}:{BODY_ROW - 1}"
    )
    _names(book, target, last_body, last)


def _heading(target: Sheet) -> None:
    table = target.table
    title = [Run(text=table.title, bold=True, size=12)]
    if table.draft:
        title.insert(0, Run(text=_("DRAFT – not final: "), bold=True, size=12))
    _across(target, 1, title, size=12.0, bold=True)
    for row, (label, text) in enumerate(table.header, start=2):
        _across(target, row, [Run(text=f"{label}: ", bold=True), Run(text=text)])
    target.sheet.row_dimensions[HEAD_ROW - 1].height = 6


def _across(
    target: Sheet, row: int, runs: list[Run], *, size: float = 9.0, bold: bool = False
) -> None:
    """Write one text over all columns of a row, which grows with it."""
    cell = target.sheet.cell(row, 1)
    put_runs(cell, runs)
    style(cell, size=size)
    target.sheet.merge_cells(f"A{row}:{target.last}{row}")
    lines = lines_in(plain_text(runs), sum(target.widths), size=size, bold=bold)
    target.sheet.row_dimensions[row].height = row_height(lines, size=size)


def _column_heads(target: Sheet) -> None:
    table, sheet = target.table, target.sheet
    star = "*" if table.star_note else ""
    singles = [
        _("Relative effect (95% CI)"), _("No. of participants (studies)"),
        _("Certainty of the evidence (GRADE)"),
        _("What happens") if target.effects == 3 else _("Comments"),
    ]
    effects = [table.risk_comparator, table.risk_intervention, _("Difference")][: target.effects]
    heads = {(HEAD_ROW, 1): _("Outcomes"),
             (HEAD_ROW, 2): _("Anticipated absolute effects{star} (95% CI)").format(star=star)}
    heads |= {(HEAD_ROW + 1, 2 + place): text for place, text in enumerate(effects)}
    heads |= {
        (HEAD_ROW, 2 + target.effects + place): text for place, text in enumerate(singles)
    }
    for row in (HEAD_ROW, HEAD_ROW + 1):
        for column in range(1, len(target.widths) + 1):
            cell = sheet.cell(row, column)
            text = heads.get((row, column))
            if text:
                put_runs(cell, [Run(text=text, bold=True)])
            style(cell, bold=True, fill=HEADER_FILL, vertical="center")
    sheet.merge_cells(start_row=HEAD_ROW, end_row=HEAD_ROW, start_column=2,
                      end_column=1 + target.effects)
    for column in (1, *range(2 + target.effects, len(target.widths) + 1)):
        sheet.merge_cells(start_row=HEAD_ROW, end_row=HEAD_ROW + 1, start_column=column,
                          end_column=column)
    below = max(
        lines_in(text, target.widths[1 + place], bold=True) for place, text in enumerate(effects)
    )
    tall = max(
        lines_in(text, target.widths[1 + target.effects + place], bold=True)
        for place, text in enumerate(singles)
    )
    sheet.row_dimensions[HEAD_ROW].height = row_height(1)
    sheet.row_dimensions[HEAD_ROW + 1].height = max(
        row_height(below), row_height(tall) - row_height(1)
    )


def _body(target: Sheet) -> int:
    """Write the outcomes and return the last row of the table."""
    from openpyxl.worksheet.pagebreak import Break

    row = BODY_ROW
    page = sum(target.widths) * _PAGE_POINTS_PER_CHARACTER
    used = sum(
        target.sheet.row_dimensions[one].height or 15.0 for one in range(1, BODY_ROW)
    )
    for outcome in target.table.rows:
        end = _outcome(target, outcome, row)
        height = sum(
            target.sheet.row_dimensions[one].height or 15.0 for one in range(row, end + 1)
        )
        if used + height > page and row > BODY_ROW:
            target.sheet.row_breaks.append(Break(id=row - 1))
            used = 60.0
        used += height
        row = end + 1
    if not target.table.rows:
        _across(target, row, [Run(text=_("No outcomes yet."), italic=True)])
        row += 1
    return row - 1


def _outcome(target: Sheet, outcome: Row, first: int) -> int:
    """Write the rows of one outcome and return the last of them."""
    row = first
    heights: dict[int, float] = {}
    for group in outcome.groups:
        if group.label:
            heights[row] = _label_row(target, group, row)
            row += 1
        heights[row] = _effects_row(target, outcome, group, row)
        row += 1
    last = row - 1
    _certainties(target, outcome, first, heights)
    needed = _single_cells(target, outcome, first, last)
    heights[last] += max(0.0, needed - sum(heights.values()))
    for number, height in heights.items():
        target.sheet.row_dimensions[number].height = min(409.0, height)
    return last


def _label_row(target: Sheet, group: Group, row: int) -> float:
    cell = target.sheet.cell(row, 2)
    put_runs(cell, [Run(text=group.label, italic=True)])
    style(cell, italic=True)
    target.sheet.merge_cells(start_row=row, end_row=row, start_column=2,
                             end_column=1 + target.effects)
    return row_height(1)


def _effects_row(target: Sheet, outcome: Row, group: Group, row: int) -> float:
    if outcome.text is not None:
        _put(target, row, 2, outcome.text)
        target.sheet.merge_cells(start_row=row, end_row=row, start_column=2,
                                 end_column=1 + target.effects)
        width = sum(target.widths[1 : 1 + target.effects])
        return row_height(lines_in(outcome.text.plain, width))
    cells = [group.comparator, group.intervention, group.difference]
    if target.effects == 2:
        cells = [group.comparator, group.intervention_alone]
    for column, cell in enumerate(cells, start=2):
        _put(target, row, column, cell)
    return row_height(
        max(
            lines_in(cell.plain, target.widths[column])
            for column, cell in enumerate(cells, start=1)
        )
    )


def _put(target: Sheet, row: int, column: int, cell: Cell) -> None:
    place = target.sheet.cell(row, column)
    put_runs(place, _runs(cell))
    style(place)


def _runs(cell: Cell, *, bold: bool = False) -> list[Run]:
    """Return the words, with the letters raised behind them."""
    return [Run(text=cell.text, bold=bold), *_raised(cell.letters)]


def _raised(letters: tuple[str, ...]) -> list[Run]:
    """Return the letters of footnotes, which never stand alone on a line."""
    return [Run(text=f"{NO_BREAK}{','.join(letters)}", raised=True)] if letters else []


def _single_cells(target: Sheet, outcome: Row, first: int, last: int) -> float:
    """Write the other cells that stand once for an outcome; return the height that they need."""
    start = 2 + target.effects
    words = outcome.what_happens if target.effects == 3 else outcome.comments
    name = _runs(outcome.name, bold=True)
    if outcome.detail:
        name.append(Run(text=f"\n{outcome.detail}"))
    contents: list[tuple[int, list[Run]]] = [
        (1, name),
        (start, _runs(outcome.relative)),
        (start + 1, _runs(outcome.participants)),
        (start + 3, [Run(text=words)]),
    ]
    return max(_down(target, column, (first, last), runs) for column, runs in contents)


def _certainties(target: Sheet, outcome: Row, first: int, heights: dict[int, float]) -> None:
    """Write the certainty of an outcome or of each risk, whose own rows must hold its words."""
    for line, lines, found in outcome.certainties:
        rows = (first + line, first + line + lines - 1)
        needed = _down(target, 4 + target.effects, rows, _certainty(outcome, found),
                       fill=LEVEL_FILLS.get(found.level or "", ""))
        own = sum(heights[one] for one in range(rows[0], rows[1] + 1))
        heights[rows[1]] += max(0.0, needed - own)


def _down(
    target: Sheet, column: int, rows: tuple[int, int], runs: list[Run], *, fill: str = ""
) -> float:
    """Write a cell that stands once for these rows; return the height that it needs."""
    first, last = rows
    put_runs(target.sheet.cell(first, column), runs)
    for row in range(first, last + 1):
        style(target.sheet.cell(row, column), fill=fill)
    if last > first:
        target.sheet.merge_cells(start_row=first, end_row=last, start_column=column,
                                 end_column=column)
    return row_height(lines_in(plain_text(runs), target.widths[column - 1], bold=column == 1))


def _certainty(outcome: Row, found: CertaintyCell) -> list[Run]:
    runs = [Run(text=found.symbols, symbols=True)]
    if found.word:
        word = f"\n{found.word}" if found.symbols else found.word
        runs.append(Run(text=word, bold=found.level is not None))
    runs += _raised(found.letters)
    if outcome.changed:
        runs.append(Run(text="\n" + _("Out of date"), italic=True))
    return runs


def _notes(target: Sheet, first: int) -> int:
    """Write the notes below the table, one for each row; return the last row."""
    table = target.table
    notes: list[list[Run]] = []
    if table.overall is not None:
        notes.append([
            Run(text=f"{table.overall.heading}: ", bold=True, size=8),
            Run(text=table.overall.symbols, symbols=True, size=8),
            Run(text=f" {table.overall.word}. ", bold=True, size=8),
            Run(text=" ".join(table.overall.sentences), size=8),
        ])
    notes += [[Run(text=text, size=8)] for text in (
        table.star_note,
        table.abbreviations,
    ) if text]
    notes.append([Run(text=_("GRADE certainty of the evidence"), bold=True, size=8)])
    for definition in table.level_definitions:
        word, _colon, meaning = definition.partition(": ")
        notes.append([Run(text=f"{word}: ", bold=True, size=8), Run(text=meaning, size=8)])
    if table.footnotes:
        notes.append([Run(text=_("Explanations"), bold=True, size=8)])
    notes += [
        [Run(text=f"{note.letter} ", raised=True, size=8), Run(text=note.text, size=8)]
        for note in table.footnotes
    ]
    if table.missing:
        said = _("Draft, not final: {what}.").format(what="; ".join(table.missing).rstrip("."))
        notes.append([Run(text=said, bold=True, size=8)])
    notes.append([Run(text=table.version_line, italic=True, size=8)])
    for row, runs in enumerate(notes, start=first):
        _across(target, row, runs, size=8.0)
    return first + len(notes) - 1


def _rules(target: Sheet, last_body: int) -> None:
    """Draw thin lines between outcomes and medium ones around heading and table."""
    from openpyxl.styles import Border, Side

    medium, thin = Side(style="medium"), Side(style="thin", color="808080")
    starts = {BODY_ROW}
    apart: set[tuple[int, int]] = set()
    row = BODY_ROW
    for outcome in target.table.rows:
        apart |= {(row + line, column) for line, column in _parted(target, outcome)}
        row += outcome.height
        starts.add(row)
    for column in range(1, len(target.widths) + 1):
        for row in range(HEAD_ROW, last_body + 1):
            top = bottom = None
            if row == HEAD_ROW:
                top = medium
            elif row == HEAD_ROW + 1:
                top = thin if 2 <= column <= 1 + target.effects else None
                bottom = medium
            elif row == BODY_ROW:
                top = medium
            elif row in starts or (row, column) in apart:
                top = thin
            if row == last_body:
                bottom = medium
            target.sheet.cell(row, column).border = Border(top=top, bottom=bottom)


def _parted(target: Sheet, outcome: Row) -> set[tuple[int, int]]:
    """Return (line, column) below the thin lines inside an outcome with several certainties."""
    if len(outcome.certainties) < 2:
        return set()
    found = {(line, 4 + target.effects) for line, _lines, _cell in outcome.certainties}
    line = 0
    for group in outcome.groups:
        found |= {(line, column) for column in range(2, 2 + target.effects)}
        line += group.height
    return found


def _names(book: Any, target: Sheet, last_body: int, last: int) -> None:
    name, start = sheet_name(target.table), f"SoF{target.table.number}"
    end = target.last
    define_name(book, f"{start}_All", name, f"A1:{end}{last}")
    define_name(book, f"{start}_Header", name, f"A{HEAD_ROW}:{end}{BODY_ROW - 1}")
    define_name(book, f"{start}_Body", name, f"A{BODY_ROW}:{end}{last_body}")
    define_name(book, f"{start}_Notes", name, f"A{last_body + 1}:{end}{last}")
    define_name(book, f"{start}_Outcomes", name, f"A{BODY_ROW}:A{last_body}")
