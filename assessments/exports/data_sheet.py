"""The data sheet: the evidence table as a real Excel table, numbers as numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from assessments.exports.evidence_table import columns_of, evidence_rows
from assessments.exports.workbook import Column, describe, set_up_page, write_table
from assessments.language import _
from assessments.store.project_file import Project
from assessments.summary_of_findings import SummaryOfFindings

HEAD_ROW = 3
_LONG = ("comparison_label", "population", "setting", "outcome_label", "provenance_citation",
         "baseline_source", "mid_source", "statement")
_FORMATS = {
    "estimate": "0.00", "ci_low": "0.00", "ci_high": "0.00", "ci_level": "0.0%", "se": "0.000",
    "p_value": "0.000", "i2": "0.0", "i2_low": "0.0", "i2_high": "0.0", "tau2": "0.000",
    "q": "0.00", "pi_low": "0.00", "pi_high": "0.00", "n_total": "0", "n_intervention": "0",
    "n_comparator": "0", "events_intervention": "0", "events_comparator": "0", "k": "0",
    "q_df": "0", "denominator": "0", "comparator_mean": "0.00", "reexpressed_estimate": "0.00",
    "reexpressed_low": "0.00", "reexpressed_high": "0.00", "rated_by_consensus_on": "yyyy-mm-dd",
}


def write(book: Any, project: Project, tables: tuple[SummaryOfFindings, ...], *, title: str
          ) -> None:
    """Add the sheet “Data” to a workbook."""
    sheet, names = book.create_sheet(_("Data")), columns_of(project)
    describe(
        sheet,
        _(
            "The numbers behind the tables, unrounded: one row for each outcome and assumed risk. "
            "Risks are proportions (0 to 1), ratios are on their natural scale, levels are whole "
            "numbers (0 to −3), I² is in percent; an empty cell is unknown."
        ),
        len(names),
    )
    columns = [
        Column(
            name=name,
            width=_width(name),
            number_format=_FORMATS.get(name, "0.0000" if "risk" in name else "General"),
        )
        for name in names
    ]
    values = [
        [_cell(name, row[name]) for name in names] for row in evidence_rows(project, tables)
    ]
    write_table(sheet, HEAD_ROW, columns, values, "tblEvidence")
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    set_up_page(sheet, title=title, rows=f"{HEAD_ROW}:{HEAD_ROW}", pages_wide=6)


def _width(name: str) -> float:
    if name in _LONG or name.startswith("explanation_"):
        return 32.0
    return max(12.0, len(name) + 4.0)


def _cell(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "rated_by_consensus_on" and value else value
