"""Many meta-analyses at once: padded arrays in, arrays out; one analysis is a batch of one.

Input has the shape (rows, k): one meta-analysis per row, NaN where it has no further study.
Effects are on the analysis scale, ``variances`` are squared standard errors. Rows are computed in
blocks that fit the processor's cache, so memory grows with the data and not with a multiple of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from gradecore import heterogeneity, intervals
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.distributions import chi2_p
from gradecore.intervals import Intervals
from gradecore.likelihood import Estimates
from gradecore.padded_effects import PaddedEffects, padded
from gradecore.profiles import PoolingPlan

_BLOCK = 2**15
"""Numbers per array in one block."""


@dataclass(frozen=True, slots=True, eq=False)
class Center:
    """Pooled effects found by another weighting than inverse variance, per row.

    ``estimate`` and ``se`` on the analysis scale, shape (rows,); ``shares`` are the study weights
    in percent, shape (rows, k).
    """

    estimate: FloatArray
    se: FloatArray
    shares: FloatArray

    def part(self, rows: slice) -> Center:
        """Return the chosen rows."""
        return Center(self.estimate[rows], self.se[rows], self.shares[rows])


@dataclass(frozen=True, slots=True, eq=False)
class BatchResult:
    """The pooled results of every row; arrays of shape (rows,), ``weights`` (rows, k) in percent.

    NaN stands for what does not exist: tau² and its interval under the common-effect model or
    for k = 1, a prediction interval without degrees of freedom. ``i2`` and ``h2`` are the values
    that the plan shows, in percent for I².
    """

    k: FloatArray
    estimate: FloatArray
    shown: Intervals
    wald: Intervals
    hksj: Intervals
    used_hksj: BoolArray
    tau2: FloatArray
    tau2_lower: FloatArray
    tau2_upper: FloatArray
    q: FloatArray
    q_p: FloatArray
    typical_variance: FloatArray
    i2: FloatArray
    h2: FloatArray
    weights: FloatArray
    converged: BoolArray
    iterations: IntArray
    multimodal: BoolArray

    @property
    def df(self) -> FloatArray:
        """Degrees of freedom of Q."""
        return self.k - 1.0

    @property
    def i2_from_q(self) -> FloatArray:
        """I² from Q, in percent."""
        return heterogeneity.i2_from_q(self.q, self.df)

    @property
    def h2_from_q(self) -> FloatArray:
        """H² from Q."""
        return heterogeneity.h2_from_q(self.q, self.df)

    @property
    def i2_from_tau2(self) -> FloatArray:
        """I² from tau², in percent."""
        return self.i2_at(self.tau2)

    def i2_at(self, tau2: FloatArray) -> FloatArray:
        """Return I² in percent at another tau², such as a limit of its interval."""
        return np.where(
            self.k > 1.0, heterogeneity.i2_from_tau2(tau2, self.typical_variance), 0.0 * tau2
        )

    def h2_at(self, tau2: FloatArray) -> FloatArray:
        """Return H² at another tau²."""
        return np.where(
            self.k > 1.0, heterogeneity.h2_from_tau2(tau2, self.typical_variance), 1.0 + 0.0 * tau2
        )

    def prediction(self, method: str, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the limits of the prediction interval by one of ``intervals.PREDICTIONS``.

        Its standard error is the one of the interval shown. NaN for k = 1.
        """
        spread = np.sqrt(self.tau2 + self.shown.se**2) + np.where(self.k > 1.0, 0.0, np.nan)
        return intervals.prediction(self.estimate, spread, self.k, (method, level))


def pool_batch(
    effects: FloatArray,
    variances: FloatArray,
    plan: PoolingPlan,
    center: Center | None = None,
) -> BatchResult:
    """Pool every row of effects and variances, both of shape (rows, k), by one plan.

    ``center`` carries Mantel-Haenszel or Peto estimates: Q is then taken about them, the
    DerSimonian-Laird tau² comes from that Q, and they are the result under the common-effect
    model. Values must have passed ``padded_effects.check_effects``.
    """
    with np.errstate(all="ignore"):
        blocks = [
            _pool_block(effects[rows], variances[rows], plan, center and center.part(rows))
            for rows in _blocks(effects)
        ]
        return blocks[0] if len(blocks) == 1 else _joined(blocks)


def _blocks(effects: FloatArray) -> Iterator[slice]:
    size = max(1, _BLOCK // max(1, effects.shape[1]))
    for first in range(0, max(1, len(effects)), size):
        yield slice(first, first + size)


def _joined(blocks: Sequence[BatchResult]) -> BatchResult:
    """Put the results of several blocks one after the other."""
    parts: dict[str, Any] = {}
    for field in fields(BatchResult):
        values = [getattr(block, field.name) for block in blocks]
        nested = isinstance(values[0], Intervals)
        parts[field.name] = _joined_intervals(values) if nested else np.concatenate(values)
    return BatchResult(**parts)


def _joined_intervals(parts: Sequence[Intervals]) -> Intervals:
    return Intervals(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Intervals))
    )


def _pool_block(
    effects: FloatArray, variances: FloatArray, plan: PoolingPlan, center: Center | None
) -> BatchResult:
    """Pool the rows of one block."""
    studies = padded(effects, variances)
    q1, q2, trace, mean, total = studies.opening()
    df = studies.degrees
    q = q1
    if center is not None:
        q = q1 + total * (mean + studies.offset - center.estimate) ** 2
    found = _between(studies, plan, None if center is None else (q, trace))
    pooled = _Pooled(studies, plan, found.tau2, None if plan.model == "random" else center)
    typical = df / trace
    i2, h2 = _shown_i2(plan, (q, df), (found.tau2, typical))
    lower, upper = _tau2_interval(studies, plan, (q1, q2))
    return BatchResult(
        k=studies.n,
        estimate=pooled.estimate,
        shown=pooled.hksj.chosen(pooled.wald, pooled.used_hksj),
        wald=pooled.wald,
        hksj=pooled.hksj,
        used_hksj=pooled.used_hksj,
        tau2=found.tau2,
        tau2_lower=lower,
        tau2_upper=upper,
        q=q,
        q_p=chi2_p(q, df),
        typical_variance=typical,
        i2=i2,
        h2=h2,
        weights=pooled.shares(effects, variances),
        converged=found.converged,
        iterations=found.iterations,
        multimodal=found.multimodal,
    )


def _shown_i2(
    plan: PoolingPlan, by_q: tuple[FloatArray, FloatArray], by_tau2: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Return I² and H² as the plan wants them, from (Q, df) or from (tau², typical variance)."""
    if plan.i2_from == "q" or plan.model == "common":
        return heterogeneity.i2_from_q(*by_q), heterogeneity.h2_from_q(*by_q)
    i2, h2 = heterogeneity.i2_from_tau2(*by_tau2), heterogeneity.h2_from_tau2(*by_tau2)
    several = by_q[1] > 0.0
    if np.count_nonzero(several) == len(several):
        return i2, h2
    return np.where(several, i2, 0.0), np.where(several, h2, 1.0)


def _tau2_interval(
    studies: PaddedEffects, plan: PoolingPlan, at_zero: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    if plan.tau2_interval == "q-profile" and plan.model == "random":
        return heterogeneity.q_profile(studies, at_zero, plan.level)
    return np.full(studies.rows, np.nan), np.full(studies.rows, np.nan)


class _Pooled:
    """The pooled effects of one block at given tau², with both intervals."""

    __slots__ = ("_center", "_gaps", "_tau2", "_total", "estimate", "hksj", "used_hksj", "wald")

    def __init__(
        self, studies: PaddedEffects, plan: PoolingPlan, tau2: FloatArray, center: Center | None
    ) -> None:
        weights = studies.weights(tau2)
        mean, self._total = studies.mean(weights)
        self._tau2, self._center = tau2, center
        self._gaps = np.count_nonzero(studies.n < len(studies.y)) > 0
        if center is None:
            self.estimate, se = mean + studies.offset, 1.0 / np.sqrt(self._total)
        else:
            self.estimate, se = center.estimate, center.se
        self.wald = intervals.wald(self.estimate, se, plan.level)
        residual = studies.y - mean
        weights *= residual
        weights *= residual
        q = np.add.reduce(weights, axis=0)
        df = studies.degrees
        factor = intervals.hartung_knapp_factor(q, df)
        if plan.interval == "hksj-adhoc":
            factor = np.maximum(factor, 1.0)
        elif plan.interval == "t":
            factor = factor * 0.0 + 1.0
        if center is not None:
            factor = np.full(len(df), np.nan)
        self.hksj = intervals.student(self.estimate, factor * se, df, plan.level)
        self.used_hksj = _uses_t(plan, studies.n, tau2) & (center is None)

    def shares(self, effects: FloatArray, variances: FloatArray) -> FloatArray:
        """Return the weights in percent, shape (rows, k), 0 for missing studies."""
        if self._center is not None:
            return self._center.shares
        shares: FloatArray = variances + self._tau2[:, None]
        shares = np.divide((100.0 / self._total)[:, None], shares, out=shares)
        return np.where(np.isnan(effects + shares), 0.0, shares) if self._gaps else shares


def _uses_t(plan: PoolingPlan, k: FloatArray, tau2: FloatArray) -> BoolArray:
    """Return for each row whether the interval shown rests on the t distribution."""
    if plan.interval == "wald":
        return np.zeros(len(k), bool)
    if plan.interval == "hksj-if-heterogeneous":
        return (k >= 3.0) & (tau2 > 0.0)
    return k > 1.0


def _between(
    studies: PaddedEffects, plan: PoolingPlan, about: tuple[FloatArray, FloatArray] | None
) -> Estimates:
    """Return tau² by the plan's estimator; ``about`` is Q about another center, and tr P."""
    rows = studies.rows
    if plan.model == "common":
        tau2 = np.zeros(rows)
    elif plan.fixed_tau2 is not None:
        tau2 = np.full(rows, plan.fixed_tau2)
    elif plan.tau2_estimator == "DL" and about is not None:
        q, trace = about
        tau2 = np.where(studies.degrees > 0.0, np.maximum(q - studies.degrees, 0.0) / trace, 0.0)
    else:
        return ESTIMATORS[plan.tau2_estimator].estimate(studies)
    return Estimates(tau2, np.ones(rows, bool), np.zeros(rows, np.int64), np.zeros(rows, bool))
