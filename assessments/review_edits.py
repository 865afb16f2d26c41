"""The edits of what is being reviewed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assessments.edits import edit
from assessments.field_checks import checked
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import (
    Analysis,
    Baseline,
    Comparison,
    Document,
    Indirectness,
    InstrumentCopy,
    Narrative,
    Outcome,
    OutcomeGroup,
    Person,
    PublishedEstimate,
    Reference,
    Result,
    Review,
    ReviewRule,
    Setting,
    Study,
    StudyAuthor,
    TeamRule,
)
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id, update
from assessments.team_decisions import checked_decision

KINDS: dict[str, type[Any]] = {
    row_class.table: row_class
    for row_class in (
        Review, Setting, Person, Comparison, OutcomeGroup, Outcome, PublishedEstimate, Narrative,
        Study, Reference, StudyAuthor, Result, Analysis, Baseline, Indirectness, Document,
        TeamRule, ReviewRule,
    )
}
_SIDE_TABLES = {"published_estimate", "narrative", "analysis"}


@edit("change", merge=lambda table, row_id, **values: f"{table}/{row_id}/{'/'.join(values)}")
def change(project: Project, /, table: str, row_id: str, **values: Any) -> None:
    """Change fields of one row; texts typed for numbers are read, wrong ones are refused.

    The published estimate, the narrative and the analysis plan of an outcome come into being
    with their first field.
    """
    row_class = KINDS[table]
    read = checked(project, row_class, row_id, values)
    if project.one(row_class, row_id) is None:
        if table not in _SIDE_TABLES:
            raise Refused(_gone())
        insert(project.connection, row_class(id=row_id))
    update(project.connection, row_class, row_id, **read)


@edit("decide")
def decide(project: Project, name: str, value: str) -> None:
    """Set a team decision; a value that it cannot have is refused."""
    value = checked_decision(name, value)
    if project.one(Setting, name) is None:
        insert(project.connection, Setting(id=name, value=value))
    else:
        update(project.connection, Setting, name, value=value)


def setting(project: Project, name: str, default: str = "") -> str:
    """Return a team decision, or the default where none was taken."""
    found = project.one(Setting, name)
    return default if found is None else found.value


@edit("add")
def add(project: Project, /, table: str, **values: Any) -> str:
    """Add a row at the end of its list and return its key."""
    row_class = KINDS[table]
    row_id = str(values.pop("id", "")) or new_id()
    read = checked(project, row_class, row_id, values)
    row = row_class(id=row_id, **read)
    if "position" in row_class.__dataclass_fields__ and "position" not in values:
        row = replace(row, position=_next_position(project, row_class))
    insert(project.connection, row)
    return row_id


def _next_position(project: Project, row_class: type[Any]) -> int:
    found = project.connection.execute(
        f'SELECT coalesce(max(position), 0) + 1 FROM "{row_class.table}"'
    ).fetchone()
    return int(found[0])


@edit("remove")
def remove(project: Project, table: str, row_id: str) -> None:
    """Remove a row, and what hangs on it; assessments of a study or outcome go with it."""
    row_class = KINDS[table]
    if project.one(row_class, row_id) is None:
        raise Refused(_gone())
    from assessments.assessment import remove_unit

    for unit in _units_below(project, table, row_id):
        remove_unit(project, unit)
    delete(project.connection, row_class, row_id)


def _units_below(project: Project, table: str, row_id: str) -> tuple[str, ...]:
    found: list[str] = [row_id] if table in ("study", "outcome", "result") else []
    if table == "comparison":
        for outcome in project.all(Outcome, comparison=row_id):
            found += _units_below(project, "outcome", outcome.id)
    if table in ("study", "outcome"):
        found += [result.id for result in project.all(Result, **{table: row_id})]
    return tuple(found)


@edit("move")
def move(project: Project, table: str, row_id: str, places: int) -> None:
    """Move a row up (negative) or down its list by so many places."""
    row_class = KINDS[table]
    row = project.one(row_class, row_id)
    if row is None:
        raise Refused(_gone())
    where = {"comparison": row.comparison} if table == "outcome" else {}
    order = [r.id for r in project.all(row_class, **where)]
    index = order.index(row_id)
    target = min(max(index + places, 0), len(order) - 1)
    order.insert(target, order.pop(index))
    for position, one in enumerate(order, start=1):
        update(project.connection, row_class, one, position=position)


@edit("keep_instrument")
def keep_instrument(project: Project, copy: InstrumentCopy) -> None:
    """Keep a copy of an instrument with the review, so that it is always shown as it was used."""
    if project.one(InstrumentCopy, copy.id) is None:
        insert(project.connection, copy)


@edit("paste_results")
def paste_results(project: Project, outcome: str, rows: dict[str, dict[str, Any]]) -> None:
    """Write many results of one outcome in one step: study key → fields.

    A study without a result for the outcome gets one.
    """
    problems: list[Problem] = []
    for study, values in rows.items():
        try:
            _put_result(project, outcome, study, values)
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(*problems)


def _put_result(project: Project, outcome: str, study: str, values: dict[str, Any]) -> None:
    found = project.all(Result, outcome=outcome, study=study)
    row_id = found[0].id if found else new_id()
    read = checked(project, Result, row_id, values)
    if found:
        update(project.connection, Result, row_id, **read)
    else:
        insert(project.connection, Result(id=row_id, study=study, outcome=outcome, **read))


def _gone() -> Problem:
    return Problem(code="gone", sentence=_("This entry is no longer there."))
