"""The sheet of all judgements: one row for each, a real table that can be filtered."""

from __future__ import annotations

from datetime import date
from typing import Any

from assessments.exports.judgements_table import COLUMNS, judgement_rows
from assessments.exports.workbook import Column, describe, set_up_page, write_table
from assessments.language import _
from assessments.store.project_file import Project

HEAD_ROW = 3


def write(book: Any, project: Project, *, title: str) -> None:
    """Add the sheet “Judgements” to a workbook."""
    sheet = book.create_sheet(_("Judgements"))
    rows = judgement_rows(project)
    describe(
        sheet,
        _(
            "Every judgement of assessor A, assessor B and the consensus, one for each row: risk "
            "of bias by study or result, certainty of evidence (GRADE) by outcome. Judgements "
            "appear once both assessors have finished."
        ),
        len(COLUMNS),
    )
    columns = [
        Column(
            name=name, width=width, wrap=wrap,
            number_format={"finished_on": "yyyy-mm-dd", "points": "0"}.get(name, "General"),
        )
        for name, width, wrap in COLUMNS
    ]
    values = [
        [_as_date(getattr(row, name)) if name == "finished_on" else getattr(row, name)
         for name, _width, _wrap in COLUMNS]
        for row in rows
    ]
    last = write_table(sheet, HEAD_ROW, columns, values, "tblJudgements")
    sheet.freeze_panes = f"D{HEAD_ROW + 1}"
    set_up_page(
        sheet, title=title, area=f"A1:Y{last}", rows=f"{HEAD_ROW}:{HEAD_ROW}", pages_wide=2
    )


def _as_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
