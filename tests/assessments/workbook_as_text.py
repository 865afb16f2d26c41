"""Writes down a display sheet as text: what stands where, how it is merged, styled and printed.

``python -m tests.assessments.workbook_as_text`` writes the reference files anew after a change
that was meant; look at the difference before committing it.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assessments.exports import summary_of_findings_xlsx
from assessments.samples import build
from assessments.store.project_file import Project, create
from tests.assessments.every_kind_of_row import fill

REFERENCES = Path(__file__).resolve().parents[1] / "references" / "workbooks"


def opened(project: Project, *, layout: str = "cochrane_plus") -> Any:
    """Return the workbook of a review as openpyxl reads it back, with its stretches of text."""
    from openpyxl import load_workbook

    content = summary_of_findings_xlsx.content(project, layout=layout)
    return load_workbook(io.BytesIO(content), rich_text=True)


def as_text(sheet: Any) -> str:
    """Return a sheet as lines of text; superscripts stand in ^…^, bold in *…*."""
    lines = [
        f"sheet {sheet.title}",
        f"freeze {sheet.freeze_panes}, grid {sheet.sheet_view.showGridLines}",
        f"print {sheet.print_area} titles {sheet.print_title_rows}",
        "widths " + " ".join(
            f"{letter}:{one.width:g}" for letter, one in sorted(sheet.column_dimensions.items())
        ),
        "merged " + " ".join(
            one.coord
            for one in sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.coord))
        ),
    ]
    for row in sheet.iter_rows():
        height = sheet.row_dimensions[row[0].row].height
        lines.append(f"row {row[0].row}" + (f" height {height:g}" if height else ""))
        lines += [f"  {cell.coordinate}{_fill(cell)}: {_words(cell.value)}"
                  for cell in row if cell.value is not None]
    return _without_clock("\n".join(lines)) + "\n"


def _words(value: Any) -> str:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return repr(value)
    found = []
    for block in value:
        if not isinstance(block, TextBlock):
            found.append(str(block))
            continue
        mark = "^" if block.font.vertAlign == "superscript" else "*" if block.font.b else ""
        found.append(f"{mark}{block.text}{mark}")
    return repr("".join(found))


def _fill(cell: Any) -> str:
    colour = cell.fill.start_color.rgb if cell.fill.fill_type else ""
    return f" [{colour[-6:]}]" if colour else ""


def _without_clock(text: str) -> str:
    """Replace what differs from one building of the same review to the next."""
    text = re.sub(r"data version [0-9a-f]{8}; \d{4}-\d\d-\d\d", "data version #; date", text)
    return re.sub(r"Tandem \d+\.\d+\.\d+", "Tandem #", text)


def every_row(folder: Path) -> Project:
    """Return the review with every kind of row."""
    return fill(create(folder / "every.tandem"))


def founding(folder: Path) -> Project:
    """Return the founding sample."""
    return build("founding", folder / "founding.tandem")


def rated(folder: Path) -> Project:
    """Return the founding sample with the worked example rating."""
    return build("founding-rated", folder / "rated.tandem")


GOLDEN: dict[str, tuple[Callable[[Path], Project], str, str]] = {
    "every_row": (every_row, "SoF 1", "cochrane_plus"),
    "every_row_cochrane": (every_row, "SoF 1", "cochrane"),
    "founding_1": (founding, "SoF 1", "cochrane_plus"),
    "founding_2": (founding, "SoF 2", "cochrane_plus"),
    "founding_risk_of_bias": (founding, "RoB", "cochrane_plus"),
    "rated_1": (rated, "SoF 1", "cochrane_plus"),
}
"""Name of the reference → review, sheet, layout."""


def text_of(name: str, folder: Path) -> str:
    """Return the text of one reference as the program makes it now."""
    make, sheet, layout = GOLDEN[name]
    with make(folder) as project:
        return as_text(opened(project, layout=layout)[sheet])


if __name__ == "__main__":
    for golden in GOLDEN:
        with tempfile.TemporaryDirectory() as place:
            REFERENCES.mkdir(exist_ok=True)
            text = text_of(golden, Path(place))
            (REFERENCES / f"{golden}.txt").write_text(text, encoding="utf-8")
