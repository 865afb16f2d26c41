"""The columns of the sheet: what the measure asks for, and what is told about each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.widgets.records_model import number_in_words
from app.widgets.records_table import Column
from assessments.bodies import REPORTED_COLUMNS, Gathered, data_columns
from assessments.figures.forest_rows import effect_words, natural, shown_decimals
from assessments.language import _
from assessments.result_blocks import STUDY
from assessments.result_rows import derivations
from assessments.review import Outcome, Result, Study
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.wording import short_name
from gradecore.measures import MEASURES

BLANK = "new"
"""The id of the empty row at the bottom, into which a further study is typed."""
WRITABLE = frozenset({*Result.__dataclass_fields__} - {"id", "study", "outcome", "derived"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row: the result as it is kept, and what the engine made of it."""

    id: str
    label: str
    result: Result | None = None
    effect: str = ""
    weight: str = ""
    risk: str = ""
    because: str = ""
    derived: dict[str, dict[str, Any]] = field(default_factory=dict)


def sheet_rows(project: Project, found: Gathered) -> tuple[SheetRow, ...]:
    """Return the rows of an analysis in the order of its studies, and the empty row."""
    studies = {one.id: one for one in project.all(Study)}
    results = {one.id: one for one in project.all(Result, outcome=found.outcome.id)}
    effects = {one.key: one for one in found.pooled.studies} if found.pooled else {}
    decimals = shown_decimals(found.pooled) if found.pooled else 2
    rows = []
    for row in found.body.studies:
        result = results[row.key]
        effect = effects.get(row.key)
        words = weight = ""
        if effect is not None and effect.natural_estimate is not None and found.pooled:
            words = effect_words(natural(effect), found.pooled.measure, max(2, decimals))
            weight = f"{numbers.number(effect.weight, 1)}%"
        rows.append(SheetRow(
            id=row.key, label=studies[result.study].label, result=result, effect=words,
            weight=weight, because="" if row.included else row.left_out_because,
            derived=derivations(result),
        ))
    return (*rows, SheetRow(id=BLANK, label=""))


def has_reported(rows: tuple[SheetRow, ...]) -> bool:
    """Return whether any row holds a reported estimate."""
    return any(
        getattr(row.result, name) is not None
        for row in rows if row.result is not None for name in REPORTED_COLUMNS
    )


def reported_only(measure: str) -> bool:
    """Return whether the measure is mostly entered as a reported estimate."""
    return MEASURES[measure].family in ("generic", "time-to-event")


def shown_columns(measure: str, *, reported: bool) -> tuple[str, ...]:
    """Return the columns of numbers for a measure, with those of reported estimates if wanted."""
    names = data_columns(measure)
    if MEASURES[measure].family == "time-to-event":
        names = (*names, "events_1", "total_1", "events_2", "total_2")
    elif MEASURES[measure].family == "generic":
        names = (*names, "total_1", "total_2")
    return tuple(name for name in names if reported or name not in REPORTED_COLUMNS)


def moderators_of(outcome: Outcome, rows: tuple[SheetRow, ...]) -> tuple[str, ...]:
    """Return what is asked about each study beside its effect: what the outcome declares or has."""
    told = {"follow_up": outcome.follow_up is not None, "dose": bool(outcome.dose_unit.strip())}
    return tuple(
        name for name, declared in told.items()
        if declared or any(row.result is not None and getattr(row.result, name) is not None
                           for row in rows)
    )


def columns_for(
    measure: str, rows: tuple[SheetRow, ...], outcome: Outcome, *, reported: bool
) -> tuple[Column, ...]:
    """Return the columns of the sheet; why rows are left out is shown where some are.

    Derived numbers have many digits, so their columns are wider.
    """
    left_out = any(row.result is not None and not row.result.included for row in rows)
    derived = {column for row in rows for column in row.derived}
    made = [
        Column(name=STUDY, title=_("Study"), width=150, bold=True, value=lambda row: row.label,
               editable=lambda row: row.id == BLANK, reason=_about_study),
    ]
    made += [
        _number(name, measure, wide=name in derived)
        for name in shown_columns(measure, reported=reported)
    ]
    wide = 132 if MEASURES[measure].ratio else 164
    made += [
        Column(name="computed", title=f"{short_name(measure)} {_('[95% CI]')}", width=wide,
               muted=True, value=lambda row: row.effect or row.because),
        Column(name="weight", title=_("Weight"), kind="number", width=66, muted=True,
               value=lambda row: row.weight),
        Column(name="included", title=_("Use"), kind="check", width=48, editable=_is_row,
               value=lambda row: row.result is not None and bool(row.result.included),
               tip=_("Whether the row takes part; one that does not stays visible")),
    ]
    if left_out:
        made.append(Column(
            name="left_out_reason", title=_("Why left out"), width=150,
            value=_of("left_out_reason"),
            editable=lambda row: _is_row(row) and not row.result.included,
            reason=lambda row: "" if not _is_row(row) or not row.result.included
            else _("Untick “Use” first."),
        ))
    made += [_moderator(name, outcome) for name in moderators_of(outcome, rows)]
    made += [
        Column(name="subgroup", title=_("Subgroup"), width=110, editable=_is_row,
               value=_of("subgroup")),
        Column(name="note", title=_("Note"), width=160, editable=_is_row, value=_of("note")),
    ]
    return tuple(made)


def _number(name: str, measure: str, *, wide: bool) -> Column:
    title, tip, width = _titles(measure)[name]
    width = 116 if wide else width
    return Column(name=name, title=title, kind="number", width=width, editable=True, tip=tip,
                  value=_of(name), reason=lambda row: derived_words(row, name))


def _moderator(name: str, outcome: Outcome) -> Column:
    title, unit, tip = {
        "follow_up": (_("Follow-up"), outcome.follow_up_unit,
                      _("Time from the start to the measurement; compared with the question’s")),
        "dose": (_("Dose"), outcome.dose_unit,
                 _("Dose of the intervention; a gradient counts when rating up")),
    }[name]
    unit = unit.strip()
    return Column(name=name, title=f"{title}, {unit}" if unit else title, kind="number", width=108,
                  editable=_is_row, tip=tip, value=_of(name))


def _titles(measure: str) -> dict[str, tuple[str, str, int]]:
    ratio = MEASURES[measure].ratio
    scale = _("Standard error of the logarithm") if ratio else _("Standard error")
    arms = {
        "events": (_("Events"), _("People with the event"), 62),
        "total": (_("Total"), _("People in the analysis"), 62),
        "mean": (_("Mean"), _("Mean"), 68), "sd": (_("SD"), _("Standard deviation"), 62),
        "time": (_("Time"), _("Person-time at risk"), 76),
    }
    found = {f"{name}_{arm}": words for name, words in arms.items() for arm in ("1", "2")}
    return found | {
        "oe": (_("O − E"), _("Observed minus expected events of arm 1"), 68),
        "variance": (_("V"), _("Variance of O − E"), 62),
        "correlation": (_("r"), _("Correlation"), 62),
        "effect": (short_name(measure), _("Estimate as reported"), 68),
        "ci_low": (_("Lower"), _("Lower limit of the 95% confidence interval as reported"), 68),
        "ci_high": (_("Upper"), _("Upper limit of the 95% confidence interval as reported"), 68),
        "se": (_("SE"), scale, 68),
    }


def groups_of(
    columns: tuple[Column, ...], first: str, second: str
) -> tuple[tuple[str, int, int], ...]:
    """Return (words, first place, last place) of columns that belong together, for the header."""
    wanted = (
        (first, lambda name: name.endswith("_1")), (second, lambda name: name.endswith("_2")),
        (_("As reported"), lambda name: name in REPORTED_COLUMNS),
    )
    found = []
    for words, belongs in wanted:
        places = [n for n, column in enumerate(columns) if belongs(column.name)]
        if len(places) > 1 and places[-1] - places[0] == len(places) - 1:
            found.append((words, places[0], places[-1]))
    return tuple(found)


def _of(name: str) -> Callable[[SheetRow], Any]:
    return lambda row: None if row.result is None else getattr(row.result, name)


def _is_row(row: SheetRow) -> bool:
    return row.result is not None


def _about_study(row: SheetRow) -> str:
    if row.id == BLANK:
        return _("Type the name of a study, or paste a block with names here.")
    return ""


def derived_words(row: SheetRow, column: str) -> str:
    """Return from what and how the number of that cell was derived, '' if it was entered."""
    facts = row.derived.get(column)
    if facts is None:
        return ""
    told = str(facts.get("sentence", ""))
    was = facts.get("replaced")
    if was is None:
        return told
    return _("{sentence} Entered before: {number}.").format(
        sentence=told, number=number_in_words(float(was))
    )
