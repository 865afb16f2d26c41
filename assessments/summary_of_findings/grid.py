"""The table as a grid of cells with spans: what the page shows and what is copied as text."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.language import _
from assessments.summary_of_findings.table import Cell, CertaintyCell, Group, Row, SummaryOfFindings

NAME = "name"
EFFECT = "effect"
LABEL = "label"
PLAIN = "plain"
CERTAINTY = "certainty"
WHAT_HAPPENS = "what_happens"
COMMENTS = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading and share of the width; ``banded`` stands below the common heading."""

    name: str
    title: str
    share: float
    banded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A cell in its place. ``kind`` tells how it is shown, ``outcome`` whose it is.

    ``certainty`` is what a cell of certainty shows, None elsewhere.
    """

    row: int
    column: int
    kind: str
    outcome: str
    text: str
    letters: tuple[str, ...] = ()
    detail: str = ""
    rows: int = 1
    columns: int = 1
    certainty: CertaintyCell | None = None

    @property
    def plain(self) -> str:
        """The words with detail and letters, for places without superscripts."""
        words = f"{self.text} {','.join(self.letters)}" if self.letters else self.text
        return f"{words}\n{self.detail}" if self.detail else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A whole table: columns, the common heading of the banded ones, cells by place."""

    columns: tuple[Column, ...]
    band: str
    pieces: tuple[Piece, ...]
    row_count: int

    def at(self, row: int, column: int) -> Piece | None:
        """Return the cell that covers this place, None where there is none."""
        for one in self.pieces:
            if (one.row <= row < one.row + one.rows
                    and one.column <= column < one.column + one.columns):
                return one
        return None

    def rows_of(self, outcome: str) -> tuple[int, ...]:
        """Return the numbers of the rows of an outcome."""
        found = [one for one in self.pieces if one.outcome == outcome and one.kind == NAME]
        return tuple(range(found[0].row, found[0].row + found[0].rows)) if found else ()


def grid(table: SummaryOfFindings, layout: str) -> Grid:
    """Lay a table out in 'cochrane_plus' or 'cochrane', as every export does."""
    plus = layout == "cochrane_plus"
    columns = _columns(table, plus=plus)
    pieces: list[Piece] = []
    start = 0
    for row in table.rows:
        found = _outcome(row, start, plus=plus)
        pieces += found
        start += found[0].rows
    star = "*" if table.star_note else ""
    return Grid(
        columns=columns,
        band=_("Anticipated absolute effects{star} (95% CI)").format(star=star),
        pieces=tuple(pieces),
        row_count=start,
    )


def _columns(table: SummaryOfFindings, *, plus: bool) -> tuple[Column, ...]:
    difference = (Column(name="difference", title=_("Difference"), share=24, banded=True),)
    return (
        Column(name=NAME, title=_("Outcomes"), share=34),
        Column(name="comparator", title=table.risk_comparator, share=19, banded=True),
        Column(name="intervention", title=table.risk_intervention, share=22, banded=True),
        *(difference if plus else ()),
        Column(name="relative", title=_("Relative effect (95% CI)"), share=20),
        Column(name="participants", title=_("No. of participants (studies)"), share=18),
        Column(name=CERTAINTY, title=_("Certainty of the evidence (GRADE)"), share=18),
        Column(name=WHAT_HAPPENS, title=_("What happens"), share=46) if plus
        else Column(name=COMMENTS, title=_("Comments"), share=40),
    )


def _outcome(row: Row, start: int, *, plus: bool) -> list[Piece]:
    middle = 3 if plus else 2
    last = Cell(text=row.what_happens if plus else row.comments)
    singles = (
        (0, NAME, row.name, row.detail), (middle + 1, PLAIN, row.relative, ""),
        (middle + 2, PLAIN, row.participants, ""),
        (middle + 4, WHAT_HAPPENS if plus else COMMENTS, last, ""),
    )
    found = [
        Piece(row=start, column=column, kind=kind, outcome=row.outcome.id, text=cell.text,
              letters=cell.letters, detail=detail, rows=row.height)
        for column, kind, cell, detail in singles
    ]
    found += [
        Piece(row=start + line, column=middle + 3, kind=CERTAINTY, outcome=row.outcome.id,
              text="\n".join(one for one in (cell.symbols, cell.word) if one),
              letters=cell.letters, rows=lines, certainty=cell)
        for line, lines, cell in row.certainties
    ]
    place = start
    for group in row.groups:
        effects = _effects(row, group, place, plus=plus)
        found += effects
        place = effects[-1].row + 1
    return found


def _effects(row: Row, group: Group, place: int, *, plus: bool) -> list[Piece]:
    """Return the cells of one assumed risk, below its label where it has one."""
    found = []
    width = 3 if plus else 2
    if group.label:
        found.append(Piece(row=place, column=1, kind=LABEL, outcome=row.outcome.id,
                           text=group.label, columns=width))
        place += 1
    if row.text is not None:
        found.append(Piece(row=place, column=1, kind=EFFECT, outcome=row.outcome.id,
                           text=row.text.text, letters=row.text.letters, columns=width))
        return found
    cells = [group.comparator, group.intervention, group.difference]
    if not plus:
        cells = [group.comparator, group.intervention_alone]
    found += [
        Piece(row=place, column=column, kind=EFFECT, outcome=row.outcome.id, text=cell.text,
              letters=cell.letters)
        for column, cell in enumerate(cells, start=1)
    ]
    return found
