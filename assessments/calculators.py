"""The calculator of a row: numbers that reports leave out, worked out from those they give.

The derived number goes into the result; from what, by which formula and after whom is kept beside
it, with the number that stood there before. ``CALCULATORS`` is the table of contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.calculator_methods import CALCULATORS, Calculator, calculator
from assessments.edits import edit
from assessments.field_checks import read_number
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.result_rows import derivations, kept_as_json, the_row
from assessments.review import Result
from assessments.store.project_file import Project
from assessments.store.rows import update
from gradecore.conversions.derivation import Derivation
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES

__all__ = ["CALCULATORS", "Calculator", "Worked", "calculator", "derive", "take_back", "work_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One number worked out for one column, and the derivation it comes from."""

    column: str
    value: float
    derivation: Derivation


def calculators_for(measure: str) -> tuple[Calculator, ...]:
    """Return the calculators that fill columns of the measure, in their order."""
    family = MEASURES[measure].family
    return tuple(one for one in CALCULATORS if not one.families or family in one.families)


def prefilled(result: Result, chosen: Calculator, arm: str) -> dict[str, float]:
    """Return what the row knows already, by the names of the inputs."""
    found = {}
    for one in chosen.inputs:
        value = _known(result, one.column.format(arm=arm), chosen.code) if one.column else None
        if value is not None:
            found[one.name] = value
    return found


def _known(result: Result, column: str, code: str) -> float | None:
    """Return the number of a column, the entered one where the same method has replaced it."""
    told = derivations(result).get(column)
    if told is not None and told.get("method") == code:
        was = told.get("replaced")
        return None if was is None else float(was)
    value = getattr(result, column)
    return None if value is None else float(value)


def work_out(
    result: Result, code: str, arm: str, typed: Mapping[str, str | float]
) -> tuple[Worked, ...]:
    """Return the numbers that a calculator gives; nothing is written.

    ``arm`` is '1' or '2' for calculators of one arm; ``typed`` holds the inputs by name.

    Raises:
        Refused: something is missing or impossible; ``where`` names the input.
    """
    chosen = calculator(code)
    values = _read(chosen, typed)
    arms = ("1", "2") if chosen.arms == "each" else (arm,)
    worked: list[Worked] = []
    for one in arms:
        own = {
            name: known
            for name, column in chosen.own
            if (known := _known(result, column.format(arm=one), chosen.code)) is not None
        }
        if chosen.arms == "each" and not own:
            continue
        worked += _worked(chosen, one, own | values)
    if not worked:
        raise Refused(_missing(chosen))
    return tuple(worked)


def _worked(chosen: Calculator, arm: str, values: dict[str, float]) -> list[Worked]:
    try:
        derivation = chosen.work(values)
    except InputError as error:
        raise Refused(
            Problem(code="not-computable", sentence=str(error), where=error.column)
        ) from None
    except KeyError as error:
        raise Refused(
            Problem(code="empty", sentence=_("A number is missing."), where=str(error.args[0]),
                    remedy=_("Type it, or enter it in the sheet first."))
        ) from None
    given = dict(derivation.values)
    return [
        Worked(column=column.format(arm=arm), value=given[name], derivation=derivation)
        for name, column in chosen.writes
        if name in given
    ]


def _read(chosen: Calculator, typed: Mapping[str, str | float]) -> dict[str, float]:
    values: dict[str, float] = {}
    problems: list[Problem] = []
    for one in chosen.inputs:
        text = typed.get(one.name, "")
        if isinstance(text, str) and not text.strip():
            if one.needed:
                problems.append(Problem(code="empty", sentence=_("Something is needed here."),
                                        where=one.name))
            continue
        try:
            values[one.name] = read_number(text, one.name) if isinstance(text, str) else text
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(*problems)
    return values


def _missing(chosen: Calculator) -> Problem:
    return Problem(
        code="empty",
        sentence=_("The sheet has no numbers of this row yet that could be changed."),
        remedy=_("Enter the reported numbers first."),
    )


@edit("derive")
def derive(
    project: Project, result: str, code: str, arm: str, typed: Mapping[str, str | float]
) -> tuple[Worked, ...]:
    """Write the numbers of a calculator into a row, with their origin."""
    row = the_row(project, result)
    worked = work_out(row, code, arm, typed)
    told = derivations(row)
    together = sorted(one.column for one in worked)
    for one in worked:
        before = told.get(one.column)
        was = before.get("replaced") if before is not None else getattr(row, one.column)
        told[one.column] = _origin(one, was, together)
    values = {one.column: one.value for one in worked}
    update(project.connection, Result, row.id, derived=kept_as_json(told), **values)
    return worked


def _origin(one: Worked, was: Any, together: list[str]) -> dict[str, Any]:
    derivation = one.derivation
    return {
        "method": derivation.method,
        "value": one.value,
        "from": dict(derivation.entered),
        "formula": derivation.formula,
        "source": derivation.source,
        "sentence": derivation.sentence,
        "notes": [note.sentence for note in derivation.notes],
        "replaced": was,
        "together": together,
    }


@edit("take_back_derived")
def take_back(project: Project, result: str, column: str) -> None:
    """Put back what stood in a derived cell before, and in those derived in the same step."""
    row = the_row(project, result)
    told = derivations(row)
    if column not in told:
        return
    group = [name for name in told[column].get("together", [column]) if name in told]
    values = {name: told.pop(name).get("replaced") for name in group}
    update(project.connection, Result, row.id, derived=kept_as_json(told), **values)
