"""The edits of the rows of an analysis: numbers typed, rows added, left out and taken in again.

A number that was derived is forgotten as derived as soon as somebody types over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessments.edits import edit
from assessments.field_checks import checked
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Result, Study
from assessments.store.project_file import Project
from assessments.store.rows import insert, new_id, update


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRefused:
    """A cell whose text could not be taken: it was not written, and the text is kept here."""

    result: str
    column: str
    typed: str
    problem: Problem


def derivations(result: Result) -> dict[str, dict[str, Any]]:
    """Return column → from what and how its number was derived, for the derived columns."""
    if not result.derived:
        return {}
    read = json.loads(result.derived)
    return {str(column): dict(facts) for column, facts in read.items()}


def kept_as_json(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return derivations in the form in which a result keeps them."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True) if found else ""


@edit("enter")
def enter(project: Project, result: str, column: str, typed: Any) -> None:
    """Enter a number, a subgroup or a note in one cell."""
    write(project, the_row(project, result), {column: typed})


@edit("enter_cells")
def enter_cells(
    project: Project, cells: Mapping[str, Mapping[str, Any]]
) -> tuple[CellRefused, ...]:
    """Enter many cells in one step: result → column → text; return those that were refused."""
    return tuple(
        refused
        for result, values in cells.items()
        for refused in write_readable(project, the_row(project, result), values)
    )


@edit("add_results")
def add_results(project: Project, outcome: str, studies: tuple[str, ...]) -> int:
    """Add an empty row for each of these studies that has none yet; return how many."""
    there = {one.study for one in project.all(Result, outcome=outcome)}
    wanted = [study for study in dict.fromkeys(studies) if study not in there]
    for study in wanted:
        insert(project.connection, Result(id=new_id(), study=study, outcome=outcome))
    return len(wanted)


@edit("add_subgroup_row")
def add_subgroup_row(project: Project, result: str) -> str:
    """Add a further row of the same study, with a subgroup name of its own; return its key."""
    row = the_row(project, result)
    taken = {one.subgroup for one in project.all(Result, study=row.study, outcome=row.outcome)}
    number = len(taken) + 1
    while (name := _("Subgroup {n}").format(n=number)) in taken:
        number += 1
    made = Result(id=new_id(), study=row.study, outcome=row.outcome, subgroup=name)
    insert(project.connection, made)
    return made.id


@edit("leave_out")
def leave_out(project: Project, result: str, reason: str = "") -> None:
    """Leave a row out of the analysis; it stays visible, with the reason."""
    the_row(project, result)
    update(project.connection, Result, result, included=0, left_out_reason=reason.strip())


@edit("take_in")
def take_in(project: Project, result: str) -> None:
    """Let a row take part again."""
    the_row(project, result)
    update(project.connection, Result, result, included=1, left_out_reason="")


def missing_studies(project: Project, outcome: str) -> tuple[Study, ...]:
    """Return the included studies that have no row for an outcome."""
    there = {one.study for one in project.all(Result, outcome=outcome)}
    return tuple(one for one in project.all(Study, status="included") if one.id not in there)


def the_row(project: Project, result: str) -> Result:
    """Return a result by its key.

    Raises:
        Refused: it is no longer there.
    """
    found = project.one(Result, result)
    if found is None:
        raise Refused(Problem(code="gone", sentence=_("This row is no longer there.")))
    return found


def write(project: Project, row: Result, values: Mapping[str, Any]) -> Result:
    """Write values into a row inside an edit; return the row as it is now.

    Raises:
        Refused: one of them cannot be read; nothing is written then.
    """
    read = checked(project, Result, row.id, dict(values))
    told = derivations(row)
    if any(column in told for column in read):
        left = {column: facts for column, facts in told.items() if column not in read}
        read["derived"] = kept_as_json(left)
    update(project.connection, Result, row.id, **read)
    return replace(row, **read)


def write_readable(
    project: Project, row: Result, values: Mapping[str, Any]
) -> tuple[CellRefused, ...]:
    """Write every value that can be read, and return the others with their problems."""
    refused = []
    for column, typed in values.items():
        try:
            row = write(project, row, {column: typed})
        except Refused as refusal:
            refused.append(
                CellRefused(result=row.id, column=column, typed=str(typed),
                            problem=refusal.problems[0])
            )
    return tuple(refused)
