"""The summary of findings: rows, footnotes and wording, as they are shown and exported.

``build(project)`` returns one ``SummaryOfFindings`` for each comparison. The page and every
export show this same object.
"""

from assessments.summary_of_findings.build import build
from assessments.summary_of_findings.table import (
    LAYOUTS,
    Cell,
    CertaintyCell,
    Footnote,
    Group,
    Row,
    Statement,
    SummaryOfFindings,
    Synthesis,
)

__all__ = [
    "LAYOUTS", "Cell", "CertaintyCell", "Footnote", "Group", "Row", "Statement",
    "SummaryOfFindings", "Synthesis", "build",
]
