"""How much a result hangs on single studies, on their order, and on the choice of model.

Every series is one batch: leave one out, cumulative, without high risk of bias, influence, and
one body of evidence under several plans.

Source of the influence measures: Viechtbauer and Cheung 2010 (doi:10.1002/jrsm.11).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradecore import selections
from gradecore.batch import BatchResult
from gradecore.body_arrays import body_arrays
from gradecore.data import BodyOfEvidence, BoolArray, FloatArray
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.pooling import check_plan, pool, usable_plan
from gradecore.profiles import PoolingPlan
from gradecore.reporting import Reader, effect_interval, number
from gradecore.results import EffectInterval, PooledEstimate
from gradecore.study_arrays import StudyArrays, pool_selections


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """The result without one study, or with the studies up to one; ``key`` names that study.

    ``result`` is None where nothing can be pooled. ``tau2`` is None under the common-effect
    model. ``i2`` is in percent, as the plan shows it.
    """

    key: str
    label: str
    k: int
    result: EffectInterval | None
    tau2: float | None
    q: float | None
    i2: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """How much one study moves the result.

    ``residual`` is the externally standardized residual, ``dffits`` the change of the pooled
    effect in standard errors, ``cook`` Cook's distance, ``covariance_ratio`` the variance without
    the study over the variance with it, ``tau2_without`` and ``q_without`` the values without it,
    ``weight`` the share in percent (also its leverage). None where it does not exist.
    """

    key: str
    label: str
    weight: float
    residual: float | None
    dffits: float | None
    cook: float | None
    covariance_ratio: float | None
    tau2_without: float | None
    q_without: float | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    body: BodyOfEvidence
    arrays: StudyArrays
    plan: PoolingPlan
    rows: tuple[int, ...]

    def pooled(self, members: BoolArray) -> BatchResult:
        return pool_selections(self.arrays, members, self.plan)


def _prepared(body: BodyOfEvidence, plan: PoolingPlan) -> _Prepared:
    """Return the arrays of a body and the rows that can be pooled."""
    check_plan(plan)
    found = body_arrays(body, plan)
    used, _ = usable_plan(found, replace(plan, tau2_interval="none"))
    rows = tuple(int(row) for row in np.flatnonzero(found.arrays.estimable))
    return _Prepared(body, found.arrays, used, rows)


def _selected(prepared: _Prepared, pattern: BoolArray) -> BoolArray:
    """Spread a pattern over the estimable studies to all studies."""
    members = np.zeros((len(pattern), len(prepared.body.studies)), bool)
    members[:, prepared.rows] = pattern
    return members


def _series(prepared: _Prepared, members: BoolArray, named: Sequence[int]) -> tuple[SeriesRow, ...]:
    result = prepared.pooled(members)
    measure, plan = MEASURES[prepared.plan.measure], prepared.plan
    read = Reader(measure, prepared.body, prepared.arrays)
    rows = []
    for row, study in enumerate(prepared.body.studies[i] for i in named):
        used = bool(result.used_hksj[row])
        method = ("t" if plan.interval == "t" else "hksj") if used else "wald"
        rows.append(
            SeriesRow(
                key=study.key,
                label=study.label,
                k=int(result.k[row]),
                result=effect_interval(
                    result.estimate, result.shown, row, (read, method, plan.level)
                ),
                tau2=number(result.tau2[row]) if plan.model == "random" else None,
                q=number(result.q[row]),
                i2=number(result.i2[row]),
            )
        )
    return tuple(rows)


def leave_one_out(body: BodyOfEvidence, plan: PoolingPlan) -> tuple[SeriesRow, ...]:
    """Return the result without each estimable study in turn; none if there are fewer than two."""
    prepared = _prepared(body, plan)
    if len(prepared.rows) < 2:
        return ()
    members = _selected(prepared, selections.all_but_one(len(prepared.rows)))
    return _series(prepared, members, prepared.rows)


def cumulative(
    body: BodyOfEvidence, plan: PoolingPlan, order: Sequence[str] = ()
) -> tuple[SeriesRow, ...]:
    """Return the results of the first study, the first two, and so on.

    ``order`` lists keys of studies, for instance by year; without it the order of the body
    counts. Raises ``InputError`` for an unknown key or one listed twice.
    """
    prepared = _prepared(body, plan)
    place = {study.key: row for row, study in enumerate(body.studies)}
    unknown = [key for key in order if key not in place]
    if unknown:
        raise InputError(f"There is no study with the key {unknown[0]!r}.")
    if len(set(order)) < len(order):
        raise InputError("A study is listed twice in the order.")
    listed = [place[key] for key in order] if order else list(range(len(body.studies)))
    named = [row for row in listed if row in set(prepared.rows)]
    members = np.zeros((len(named), len(body.studies)), bool)
    members[:, named] = selections.first_ones(len(named))
    return _series(prepared, members, named)


def without_high_risk(body: BodyOfEvidence, plan: PoolingPlan) -> PooledEstimate:
    """Return the result of the studies that are not at high risk of bias.

    The others stay visible in it as left out.
    """
    return pool(_without(body, {"high", "critical"}, "high risk of bias"), plan)


def only_low_risk(body: BodyOfEvidence, plan: PoolingPlan) -> PooledEstimate:
    """Return the result of the studies at low risk of bias; the others stay visible."""
    levels = {study.risk_of_bias for study in body.studies} - {"low"}
    return pool(_without(body, levels, "not at low risk of bias"), plan)


def without(body: BodyOfEvidence, plan: PoolingPlan, keys: Sequence[str]) -> PooledEstimate:
    """Return the result without the studies of these keys, which stay visible as left out."""
    chosen = set(keys)
    studies = tuple(
        replace(study, included=False, impossible=False,
                left_out_because="sensitivity analysis")
        if study.key in chosen
        else study
        for study in body.studies
    )
    return pool(replace(body, studies=studies), plan)


def _without(body: BodyOfEvidence, levels: set[str], why: str) -> BodyOfEvidence:
    studies = tuple(
        replace(study, included=False, left_out_because=why)
        if study.included and study.risk_of_bias in levels
        else study
        for study in body.studies
    )
    return replace(body, studies=studies)


def compared(body: BodyOfEvidence, plans: Sequence[PoolingPlan]) -> tuple[PooledEstimate, ...]:
    """Return the results of one body of evidence under several plans, in their order."""
    return tuple(pool(body, plan) for plan in plans)


def influence(body: BodyOfEvidence, plan: PoolingPlan) -> tuple[Influence, ...]:
    """Return how much each estimable study moves the result; none if there are fewer than two."""
    prepared = _prepared(body, plan)
    rows = list(prepared.rows)
    if len(rows) < 2:
        return ()
    full = prepared.pooled(_selected(prepared, selections.everyone(len(rows))))
    left = prepared.pooled(_selected(prepared, selections.all_but_one(len(rows))))
    y, v = prepared.arrays.y[rows], prepared.arrays.v[rows]
    with np.errstate(all="ignore"):
        columns = _influences(full, left, (y, v))
    random = plan.model == "random"
    return tuple(
        Influence(
            key=body.studies[row].key,
            label=body.studies[row].label,
            weight=float(full.weights[0][row]),
            residual=number(columns[0][i]),
            dffits=number(columns[1][i]),
            cook=number(columns[2][i]),
            covariance_ratio=number(columns[3][i]),
            tau2_without=number(left.tau2[i]) if random else None,
            q_without=number(left.q[i]),
        )
        for i, row in enumerate(rows)
    )


def _influences(
    full: BatchResult, left: BatchResult, studies: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return standardized residuals, DFFITS, Cook's distances and covariance ratios.

    Residual: (y - theta without) / sqrt(v + tau² without + se² without). DFFITS: the change of
    theta over sqrt(leverage (tau² without + v)). Cook: the squared change over se² of all.
    """
    y, v = studies
    change = full.estimate[0] - left.estimate
    own = v + left.tau2
    residual = (y - left.estimate) / np.sqrt(own + left.wald.se**2)
    leverage = (1.0 / (v + full.tau2[0])) * full.wald.se[0] ** 2
    dffits = change / np.sqrt(leverage * own)
    cook = (change / full.wald.se[0]) ** 2
    return residual, dffits, cook, (left.wald.se / full.wald.se[0]) ** 2
