"""The evidence table as tidy CSV: UTF-8, comma, every text quoted, point decimal, LF."""

from __future__ import annotations

from typing import Any

from assessments.exports.evidence_table import columns_of, evidence_rows
from assessments.store.project_file import Project
from assessments.summary_of_findings import build

BOM = "\ufeff"
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def content(project: Project, *, layout: str) -> bytes:
    """Return the file: a heading and one row for each outcome and assumed risk.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. The file begins
    with a byte order mark, so that spreadsheets read it as UTF-8. The layout of the tables makes
    no difference here.
    """
    rows, columns = evidence_rows(project, build(project)), columns_of(project)
    lines = [",".join(_quoted(name) for name in columns)]
    lines += [",".join(_field(row[name]) for name in columns) for row in rows]
    return (BOM + "\n".join(lines) + "\n").encode()


def _field(value: Any) -> str:
    """Return a value as text: numbers with all digits that matter, truth as 1 or 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, int):
        return str(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    if text.startswith(_LIKE_A_FORMULA):
        text = f"'{text}"
    return '"' + text.replace("\r\n", "\n").replace('"', '""') + '"'
