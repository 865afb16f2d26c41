"""Pooled numbers as GRADE's facts take them, of all studies and without some of them.

Without studies means: the same model, tau² estimated anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessments.bodies import Gathered
from assessments.review import Result
from assessments.store.project_file import Project
from gradecore.data import (
    BodyOfEvidence,
    CorrelationData,
    PairedMeasurements,
    SingleProportion,
    StudyRow,
)
from gradecore.grade.evidence import PooledNumbers, Restricted
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.pooling import between_subgroups, pool
from gradecore.results import EffectInterval, PooledEstimate

_OF_ONE_GROUP = (CorrelationData, PairedMeasurements, SingleProportion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """People and events behind a pooled estimate; None where a study does not tell its number.

    ``known_people`` is the sum over the ``telling`` studies that do tell theirs.
    """

    participants: float | None
    participants_1: float | None
    participants_2: float | None
    events_1: float | None
    events_2: float | None
    known_people: float
    telling: int


def totals_of(project: Project, body: Gathered) -> Totals:
    """Return the totals of a body that was pooled; a sum over some of the studies is no total."""
    assert body.pooled is not None
    assert body.plan is not None
    totals, results = body.pooled.totals, _with_numbers(project, body)
    one_group = MEASURES[body.plan.measure].data in _OF_ONE_GROUP
    arms = ("total_1",) if one_group else ("total_1", "total_2")
    telling = [one for one in results if _all_tell((one,), *arms)]
    return Totals(
        participants=totals.participants if _all_tell(results, *arms) else None,
        participants_1=totals.participants_experimental if _all_tell(results, "total_1") else None,
        participants_2=totals.participants_control if _all_tell(results, "total_2") else None,
        events_1=totals.events_experimental if _all_tell(results, "events_1") else None,
        events_2=totals.events_control if _all_tell(results, "events_2") else None,
        known_people=sum(getattr(one, name) for one in telling for name in arms),
        telling=len(telling),
    )


def _with_numbers(project: Project, body: Gathered) -> tuple[Result, ...]:
    results = {one.id: one for one in project.all(Result, outcome=body.outcome.id)}
    return tuple(
        results[row.key] for row in body.body.studies if row.included and row.data is not None
    )


def _all_tell(results: tuple[Result, ...], *columns: str) -> bool:
    return all(getattr(one, name) is not None for one in results for name in columns)


def numbers_of(estimate: PooledEstimate) -> PooledNumbers | None:
    """Return the pooled numbers as GRADE's facts take them; None where nothing was pooled."""
    shown, spread = estimate.shown, estimate.heterogeneity
    if shown is None:
        return None
    prediction = estimate.prediction
    return PooledNumbers(
        effect=shown.estimate, low=shown.ci_lower, high=shown.ci_upper,
        level=estimate.plan.level, se=shown.se,
        model=estimate.plan.model,
        tau2=spread.tau2 if spread else None,
        prediction_low=prediction.lower if prediction else None,
        prediction_high=prediction.upper if prediction else None,
        i2=spread.i2 if spread and spread.df > 0 else None,
        i2_low=spread.i2_lower if spread else None,
        i2_high=spread.i2_upper if spread else None,
        q=spread.q if spread and spread.df > 0 else None,
        q_df=spread.df if spread and spread.df > 0 else None,
        q_p=spread.p if spread and spread.df > 0 else None,
        wald_low=_low(estimate.wald), wald_high=_high(estimate.wald),
        hartung_knapp_low=_low(estimate.hksj), hartung_knapp_high=_high(estimate.hksj),
    )


def _low(interval: EffectInterval | None) -> float | None:
    return interval.ci_lower if interval is not None else None


def _high(interval: EffectInterval | None) -> float | None:
    return interval.ci_upper if interval is not None else None


def without(
    body: Gathered, levels: tuple[str, ...], spared: tuple[str, ...]
) -> Restricted | None:
    """Return the estimate without studies of these levels; None where none would be left out.

    ``spared`` are results that stay whatever their level.
    """
    assert body.plan is not None

    def out(row: StudyRow) -> bool:
        return row.risk_of_bias in levels and row.key not in spared

    left = [row for row in body.body.studies if row.included and row.data is not None]
    kept = [row for row in left if not out(row)]
    if len(kept) == len(left):
        return None
    if not kept:
        return Restricted(k=0)
    rows = tuple(
        replace(row, subgroup="", included=row.included and not out(row))
        for row in body.body.studies
    )
    grouped = tuple(
        replace(row, subgroup="left out" if out(row) else "rest")
        for row in body.body.studies
    )
    try:
        estimate = pool(BodyOfEvidence(studies=rows), body.plan)
        between = between_subgroups(BodyOfEvidence(studies=grouped), body.plan)
    except InputError:
        return Restricted(k=len(kept))
    return Restricted(
        k=estimate.k or len(kept),
        pooled=numbers_of(estimate),
        p_between=between.p if between else None,
    )
