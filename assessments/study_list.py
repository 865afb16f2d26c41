"""Many studies at once, as a pasted list gives them."""

from __future__ import annotations

from collections.abc import Mapping

from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review_edits import add
from assessments.store.project_file import Project


@edit("add_list")
def add_list(
    project: Project, rows: tuple[Mapping[str, str], ...]
) -> tuple[int, tuple[str, ...]]:
    """Add a study per row in one step; return how many and what was wrong, in words.

    A field that cannot be read is left empty and told; a study whose name is missing or taken is
    not added and told.
    """
    added, problems = 0, []
    for number, row in enumerate(rows, start=1):
        values = {name: text for name, text in row.items() if text}
        told, done = _added(project, values)
        added += done
        problems += [_("Row {n}, {problem}").format(n=number, problem=one) for one in told]
    return added, tuple(problems)


def _added(project: Project, values: dict[str, str]) -> tuple[list[str], bool]:
    """Add one study, leaving out what cannot be read; return what was wrong, and whether added."""
    told: list[str] = []
    while True:
        try:
            add(project, "study", **values)
        except Refused as refusal:
            wrong = {problem.where for problem in refusal.problems}
            lost = "label" in wrong or not wrong & set(values)
            told += [_in_words(problem, lost=lost) for problem in refusal.problems]
            if lost:
                return told, False
            values = {name: text for name, text in values.items() if name not in wrong}
        else:
            return told, True


def _in_words(problem: Problem, *, lost: bool) -> str:
    """Say in which column something is wrong, and what became of the row."""
    columns = {
        "label": _("column Study"), "year": _("column Year"), "design": _("column Design"),
        "status": _("column Status"), "participants": _("column Participants"),
    }
    became = problem.remedy or _("It is not added.")
    if not lost:
        became = _("The row is kept, this field is left empty.")
    return _("{column}: {sentence} {became}").format(
        column=columns.get(problem.where, problem.where), sentence=problem.sentence, became=became
    )
