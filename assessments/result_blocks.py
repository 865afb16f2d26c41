"""Blocks pasted from a spreadsheet: which line belongs to which study, and which column is what.

Nothing is dropped: what cannot be placed is handed back to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.result_rows import CellRefused, the_row, write_readable
from assessments.review import Result, Study
from assessments.review_edits import add
from assessments.store.project_file import Project
from assessments.store.rows import insert, new_id

STUDY = "study"
"""The name of the column that holds the names of studies."""

_NOT_IN_NAMES = re.compile(r"\bet\s+al\b|[^\w]+")
_HEADINGS: dict[str, str] = {
    "study": STUDY, "studyid": STUDY, "author": STUDY, "trial": STUDY, "slab": STUDY,
    "e1": "events_1", "ai": "events_1", "eventse": "events_1", "events1": "events_1",
    "n1": "total_1", "n1i": "total_1", "ne": "total_1", "total1": "total_1",
    "e2": "events_2", "ci": "events_2", "eventsc": "events_2", "events2": "events_2",
    "n2": "total_2", "n2i": "total_2", "nc": "total_2", "total2": "total_2",
    "m1": "mean_1", "m1i": "mean_1", "mean1": "mean_1", "meane": "mean_1",
    "sd1": "sd_1", "sd1i": "sd_1", "sde": "sd_1",
    "m2": "mean_2", "m2i": "mean_2", "mean2": "mean_2", "meanc": "mean_2",
    "sd2": "sd_2", "sd2i": "sd_2", "sdc": "sd_2",
    "t1": "time_1", "t1i": "time_1", "t2": "time_2", "t2i": "time_2",
    "x1": "events_1", "x1i": "events_1", "x2": "events_2", "x2i": "events_2",
    "effect": "effect", "estimate": "effect", "te": "effect", "lower": "ci_low",
    "cilow": "ci_low", "lowerlimit": "ci_low", "upper": "ci_high", "cihigh": "ci_high",
    "upperlimit": "ci_high", "se": "se", "sei": "se", "sete": "se", "oe": "oe", "v": "variance",
    "subgroup": "subgroup", "group": "subgroup", "note": "note", "notes": "note",
}
"""Headings that spreadsheets and R data sets use, without spaces and signs → column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedLine:
    """One line of a block: the study it names, the numbers, and where they would go.

    ``result`` is the row it fits, ``study`` the study it names; both are empty where the name is
    not known. ``filled`` tells that the row has numbers already that would be replaced.
    """

    number: int
    name: str
    values: Mapping[str, str]
    study: str = ""
    result: str = ""
    filled: bool = False

    @property
    def clear(self) -> bool:
        """Whether there is nothing to ask: a known study, and no number to be replaced."""
        return bool(self.study) and not self.filled


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedBlock:
    """A block as it was read; ``untaken`` names its columns that belong to no column here."""

    lines: tuple[PastedLine, ...]
    untaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a line goes: into the row ``result``, a row of ``study``, or a study named ``new``."""

    values: Mapping[str, str]
    result: str = ""
    study: str = ""
    new: str = ""


def headings(first: Sequence[str], titles: Mapping[str, str]) -> list[str] | None:
    """Return the column of each heading ('' unknown), None if the line holds no headings.

    ``titles`` are the columns by the titles of the sheet.
    """
    known = {_letters(title): column for title, column in titles.items()} | _HEADINGS
    found = [known.get(_letters(cell), "") for cell in first]
    named = sum(bool(one) for one in found)
    numbers = sum(bool(re.search(r"\d", cell) and not re.search("[a-zA-Z]", cell))
                  for cell in first)
    return found if named >= 2 and not numbers else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def study_key(name: str) -> str:
    """Return a name of a study without what spellings differ in: “Petit et al., 2023”."""
    return _NOT_IN_NAMES.sub("", name.casefold())


def read_block(
    project: Project, outcome: str, cells: Sequence[Sequence[str]], columns: Sequence[str]
) -> PastedBlock:
    """Return the lines of a block whose columns are named; '' and unknown columns are untaken."""
    by_name: dict[str, list[Study]] = {}
    for known in project.all(Study):
        by_name.setdefault(study_key(known.label), []).append(known)
    results = project.all(Result, outcome=outcome)
    used: set[str] = set()
    lines = []
    for number, row in enumerate(cells, start=1):
        values = {
            column: cell.strip()
            for column, cell in zip(columns, row, strict=False)
            if column and column != STUDY
        }
        names = dict(zip(columns, row, strict=False))
        name = names.get(STUDY, "").strip()
        found = by_name.get(study_key(name), []) if name else []
        study = found[0].id if len(found) == 1 else ""
        line = PastedLine(number=number, name=name, values=values, study=study)
        lines.append(_fitted(line, [one for one in results if one.study == study], used))
    extra = max((len(row) for row in cells), default=0) - len(columns)
    untaken = [_("column {n}").format(n=n) for n, one in enumerate(columns, start=1) if not one]
    untaken += [_("column {n}").format(n=len(columns) + n + 1) for n in range(max(0, extra))]
    return PastedBlock(lines=tuple(lines), untaken=tuple(untaken))


def _fitted(line: PastedLine, rows: list[Result], used: set[str]) -> PastedLine:
    """Return the line with the row of its study that it belongs to, each row given once."""
    subgroup = line.values.get("subgroup", "")
    free = [one for one in rows if one.id not in used]
    if "subgroup" in line.values:
        free = [one for one in free if one.subgroup == subgroup] or [
            one for one in free if not one.subgroup
        ]
    if not free:
        return line
    row = free[0]
    used.add(row.id)
    filled = any(
        text and getattr(row, column) is not None and getattr(row, column) != ""
        for column, text in line.values.items()
    )
    return PastedLine(
        number=line.number, name=line.name, values=line.values, study=line.study, result=row.id,
        filled=filled,
    )


@edit("paste_lines")
def paste_lines(
    project: Project, outcome: str, lines: tuple[Placed, ...]
) -> tuple[CellRefused, ...]:
    """Write lines of a block in one step; studies that are new are added to the review.

    Return the cells that could not be read; everything else is written.
    """
    refused: list[CellRefused] = []
    for line in lines:
        row = _row_for(project, outcome, line)
        refused += write_readable(project, row, line.values)
    return tuple(refused)


def _row_for(project: Project, outcome: str, line: Placed) -> Result:
    if line.result:
        return the_row(project, line.result)
    study = line.study
    if line.new:
        study = str(add(project, "study", label=line.new).value)
    if not study:
        raise Refused(
            Problem(code="no-study", sentence=_("A row needs a study."),
                    remedy=_("Choose the study that these numbers belong to."))
        )
    subgroup = line.values.get("subgroup", "")
    there = project.all(Result, study=study, outcome=outcome)
    empty = next((one for one in there if one.subgroup == subgroup), None)
    if empty is not None:
        return empty
    made = Result(id=new_id(), study=study, outcome=outcome, subgroup=subgroup)
    insert(project.connection, made)
    return made
