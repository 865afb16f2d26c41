"""What small studies tell about a body of evidence, as GRADE's facts take it: PUB-3 and PUB-5.

With fewer studies than a funnel needs nothing is computed, so that no number can tempt anybody.
Every number comes from where the page of the analysis has it.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import Literal

from assessments.bodies import Gathered
from assessments.language import _
from assessments.review import Result
from assessments.small_study_tests import (
    ADVISED_FROM,
    effects_of,
    egger_row,
    filled,
    rows_of_tables,
)
from assessments.store.project_file import Project
from gradecore.data import BodyOfEvidence
from gradecore.grade.evidence import STANDARDISED_MEASURES, SmallStudies
from gradecore.input_errors import InputError
from gradecore.pooling import pool
from gradecore.results import PooledEstimate
from gradecore.small_studies import egger


def small_studies_of(
    project: Project, found: Gathered, other: PooledEstimate | None
) -> SmallStudies:
    """Return test and sensitivity estimates of a pooled body; empty below ten studies.

    ``other`` is the estimate ``by_the_other_model``.
    """
    pooled = found.pooled
    if pooled is None or len(effects_of(pooled)[0]) < ADVISED_FROM:
        return SmallStudies()
    name, p = _test(project, found, pooled)
    return SmallStudies(test=name, p=p, estimates=_estimates(found, pooled, other))


def _test(project: Project, found: Gathered, pooled: PooledEstimate) -> tuple[str, float | None]:
    """Return the test by measure: odds ratios by their tables, SMD by size, all others by SE."""
    if pooled.measure in STANDARDISED_MEASURES:
        return _by_size(project, found, pooled)
    odds = pooled.measure in ("OR", "PETO")
    rows = rows_of_tables(found) if odds else [egger_row(pooled)]
    suiting = [one for one in rows if one.p is not None]
    return (suiting[0].name, suiting[0].p) if suiting else ("", None)


def _by_size(
    project: Project, found: Gathered, pooled: PooledEstimate
) -> tuple[str, float | None]:
    """Return Egger's test with the size of the studies in place of their standard errors."""
    results = {one.id: one for one in project.all(Result, outcome=found.outcome.id)}
    sizes = [_size(results[one.key]) for one in pooled.studies if one.estimable]
    known = [one for one in sizes if one]
    if len(known) < len(sizes):
        return "", None
    effects, variances = effects_of(pooled)
    try:
        told = egger(effects, variances, regressor="sqrtninv", sizes=known)
    except InputError:
        return "", None
    return _("Egger, on one over the root of the study size"), told.p


def _size(result: Result) -> float:
    return float((result.total_1 or 0) + (result.total_2 or 0))


def _estimates(
    found: Gathered, pooled: PooledEstimate, other: PooledEstimate | None
) -> tuple[tuple[str, float], ...]:
    """Return the estimates by other ways of reading the same studies, on the analysis scale."""
    made: list[tuple[str, float]] = []
    trimmed = filled(found)
    if trimmed is not None:
        made.append((_("Trim and fill"), trimmed.estimate))
    if other is not None and other.estimate is not None:
        random = other.plan.model == "random"
        made.append((_("Random effects") if random else _("Common effect"), other.estimate))
    largest = _of_the_largest(found, pooled)
    if largest is not None:
        made.append((_("The more precise half of the studies"), largest))
    return tuple(made)


def by_the_other_model(found: Gathered) -> PooledEstimate | None:
    """Return a body pooled by the model that was not chosen, None where that cannot be."""
    if found.plan is None:
        return None
    model: Literal["common", "random"] = "common" if found.plan.model == "random" else "random"
    plan = replace(found.plan, model=model, prediction="none", interval="wald",
                   tau2_interval="none")
    try:
        return pool(found.body, plan)
    except InputError:
        return None


def _of_the_largest(found: Gathered, pooled: PooledEstimate) -> float | None:
    errors = {one.key: float(one.se) for one in pooled.studies if one.estimable and one.se}
    middle = median(errors.values())
    rows = tuple(
        replace(row, subgroup="", included=row.included and errors.get(row.key, middle) < middle)
        for row in found.body.studies
    )
    return _estimate(BodyOfEvidence(studies=rows), found)


def _estimate(body: BodyOfEvidence, found: Gathered) -> float | None:
    assert found.plan is not None
    try:
        return pool(body, found.plan).estimate
    except InputError:
        return None
