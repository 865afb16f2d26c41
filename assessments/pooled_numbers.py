"""Pooled numbers as GRADE's facts take them, of all studies and without some of them.

Without studies means: the same model, tau² estimated anew.
"""

from __future__ import annotations

from dataclasses import replace

from assessments.bodies import Gathered
from gradecore.data import BodyOfEvidence, StudyRow
from gradecore.grade.evidence import PooledNumbers, Restricted
from gradecore.input_errors import InputError
from gradecore.pooling import between_subgroups, pool
from gradecore.results import EffectInterval, PooledEstimate


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
