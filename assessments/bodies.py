"""Gathers the body of evidence of an outcome from the results, and pools it by its plan.

The pooled number in the table, in a figure and in a workbook is one attribute of the object that
``pooled`` returns; it is remembered until the review changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assessments.field_checks import problems_of_result
from assessments.language import _
from assessments.problems import Problem
from assessments.remembered import remembered_of_bodies
from assessments.review import Analysis, Comparison, Outcome, Result, Study
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import risks_for
from gradecore.data import (
    BinaryArms,
    BodyOfEvidence,
    ContinuousArms,
    CorrelationData,
    ObservedMinusExpected,
    PairedMeasurements,
    PersonTimeArms,
    ReportedEffect,
    SingleProportion,
    StudyData,
    StudyRow,
)
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PoolingPlan, plan_for
from gradecore.results import PooledEstimate

_COLUMNS: dict[type[Any], dict[str, str]] = {
    BinaryArms: {
        "events_experimental": "events_1", "total_experimental": "total_1",
        "events_control": "events_2", "total_control": "total_2",
    },
    ContinuousArms: {
        "mean_experimental": "mean_1", "sd_experimental": "sd_1", "total_experimental": "total_1",
        "mean_control": "mean_2", "sd_control": "sd_2", "total_control": "total_2",
    },
    PersonTimeArms: {
        "events_experimental": "events_1", "time_experimental": "time_1",
        "events_control": "events_2", "time_control": "time_2",
    },
    ObservedMinusExpected: {"observed_minus_expected": "oe", "variance": "variance"},
    PairedMeasurements: {
        "mean_first": "mean_1", "mean_second": "mean_2", "sd_first": "sd_1", "sd_second": "sd_2",
        "total": "total_1", "correlation": "correlation",
    },
    CorrelationData: {"correlation": "correlation", "total": "total_1"},
    SingleProportion: {"events": "events_1", "total": "total_1"},
}
"""Kind of data → its fields → the columns of a result that hold them."""

REPORTED_COLUMNS = ("effect", "ci_low", "ci_high", "se")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The body of evidence of an outcome, its plan, and what could not be used and why.

    ``plan`` and ``pooled`` are None while measure or model are not chosen; ``pooled`` also while
    there is no usable row, or when the input was refused.
    ``problems`` name the result (``where``: result id and column).
    """

    outcome: Outcome
    body: BodyOfEvidence
    plan: PoolingPlan | None
    pooled: PooledEstimate | None
    problems: tuple[Problem, ...]


def data_columns(measure: str) -> tuple[str, ...]:
    """Return the columns of a result that the measure can use, arm data before estimates."""
    columns: list[str] = []
    for kind in _kinds(measure):
        columns += [name for name in _COLUMNS.get(kind, {}).values() if name not in columns]
    return (*columns, *REPORTED_COLUMNS)


def _kinds(measure: str) -> tuple[type[Any], ...]:
    """Return the kinds of arm data that a measure takes, the leading one first."""
    kind: type[Any] = MEASURES[measure].data
    return (kind, ObservedMinusExpected) if measure == "PETO" else (kind,)


def measure_of(project: Project, outcome: Outcome) -> str:
    """Return the effect measure that the team has chosen for an outcome, '' while it has not."""
    analysis = project.one(Analysis, outcome.id)
    measure = (analysis.measure if analysis is not None else None) or ""
    return measure if measure in MEASURES else ""


def plan_of(project: Project, outcome: Outcome) -> PoolingPlan | None:
    """Return how the outcome is pooled, None until the team has chosen measure and model."""
    analysis = project.one(Analysis, outcome.id)
    measure = measure_of(project, outcome)
    if analysis is None or not measure or not analysis.model:
        return None
    chosen = {
        "model": analysis.model, "weighting": analysis.method, "tau2_estimator": analysis.tau2,
        "interval": analysis.interval, "prediction": analysis.prediction,
        "zero_cells": analysis.zero_cells, "smd_variant": analysis.smd_variant,
    }
    given = {name: value for name, value in chosen.items() if value}
    return plan_for(analysis.profile, measure, level=analysis.level, **given)


def gathered(project: Project, outcome: Outcome) -> Gathered:
    """Return the body of evidence of an outcome with its pooled estimate."""
    return remembered_of_bodies(
        project, ("gathered", outcome.id), lambda: _gathered(project, outcome)
    )


def pooled(project: Project, outcome: Outcome) -> PooledEstimate | None:
    """Return the pooled estimate of an outcome, None where nothing can be pooled."""
    return gathered(project, outcome).pooled


def results_in_analysis(project: Project, outcome: Outcome) -> tuple[Result, ...]:
    """Return the results that the estimate of an outcome rests on, in the order of the studies."""
    results = {one.id: one for one in project.all(Result, outcome=outcome.id)}
    return tuple(
        results[row.key] for row in gathered(project, outcome).body.studies if row.included
    )


def pooled_analyses(project: Project) -> tuple[Gathered, ...]:
    """Return every outcome that has a plan, in the order of the table."""
    order = {one.id: index for index, one in enumerate(project.all(Comparison))}
    outcomes = sorted(project.all(Outcome), key=lambda o: (order.get(o.comparison, 0), o.position))
    found = (gathered(project, outcome) for outcome in outcomes)
    return tuple(one for one in found if one.plan is not None)


def _gathered(project: Project, outcome: Outcome) -> Gathered:
    plan, measure = plan_of(project, outcome), measure_of(project, outcome)
    studies = {one.id: one for one in project.all(Study)}
    risks = risks_for(project, outcome)
    analysis = project.one(Analysis, outcome.id)
    restrict = bool(analysis is not None and analysis.without_high_risk)
    rows: list[StudyRow] = []
    problems: list[Problem] = []
    results = project.all(Result, outcome=outcome.id)
    order = {one.id: one.position for one in studies.values()}
    for result in sorted(results, key=lambda r: (order[r.study], r.subgroup, r.id)):
        row, found = _row(result, studies[result.study], measure, risks[result.id].folded)
        if restrict and row.included and row.risk_of_bias == "high":
            row = replace(row, included=False, left_out_because=_("High risk of bias."))
        rows.append(row)
        problems += found
    comparison = project.one(Comparison, outcome.comparison)
    body = BodyOfEvidence(
        studies=tuple(rows),
        title=outcome.label,
        label_experimental=comparison.intervention if comparison else "",
        label_control=comparison.comparator if comparison else "",
    )
    estimate = None
    if plan is not None:
        try:
            estimate = pool(body, plan)
        except InputError as error:
            problems.append(_refused(error, body))
    return Gathered(
        outcome=outcome, body=body, plan=plan, pooled=estimate, problems=tuple(problems)
    )


def _refused(error: InputError, body: BodyOfEvidence) -> Problem:
    key = next((row.key for row in body.studies if row.label == error.study), "")
    return Problem(code="not-computable", sentence=str(error), where=f"{key}/{error.column}")


def _row(
    result: Result, study: Study, measure: str, risk: str
) -> tuple[StudyRow, list[Problem]]:
    """Return a result as a row of the analysis; a row with impossible numbers is left out."""
    problems: list[Problem] = []
    data, impossible = None, False
    because = result.left_out_reason
    included = bool(result.included) and study.status == "included"
    if not included and not because:
        because = _("Left out by the team.")
    if measure:
        problems = [
            replace(problem, where=f"{result.id}/{problem.where}")
            for problem in problems_of_result(result, data_columns(measure))
        ]
        if problems:
            # a reason that the team has given leads
            impossible = included
            included, because = False, because or problems[0].sentence
        else:
            data = study_data(result, measure)
    label = f"{study.label} ({result.subgroup})" if result.subgroup else study.label
    return (
        StudyRow(
            key=result.id, label=label, data=data, subgroup=result.subgroup, risk_of_bias=risk,
            included=included, left_out_because=because, impossible=impossible,
        ),
        problems,
    )


def study_data(result: Result, measure: str) -> StudyData | None:
    """Return the numbers of a result in the first form that the measure takes and that is whole.

    Arm data lead; a reported estimate with its standard error or interval stands in for them.
    """
    for kind in _kinds(measure):
        columns = _COLUMNS.get(kind)
        if columns is None:
            continue
        values = {name: getattr(result, column) for name, column in columns.items()}
        if all(value is not None for value in values.values()):
            more = _totals(result) if kind is ObservedMinusExpected else {}
            whole: StudyData = kind(**values, **more)
            return whole
    interval = result.ci_low is not None and result.ci_high is not None
    if result.effect is None or not (result.se is not None or interval):
        return None
    return ReportedEffect(
        estimate=result.effect, se=result.se, ci_lower=result.ci_low, ci_upper=result.ci_high,
        **_totals(result),
    )


def _totals(result: Result) -> dict[str, Any]:
    """Return the people and events that stand beside an effect, for the totals."""
    return {
        "events_experimental": result.events_1, "total_experimental": result.total_1,
        "events_control": result.events_2, "total_control": result.total_2,
    }
