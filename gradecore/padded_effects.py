"""Study effects of many meta-analyses in one pair of arrays, and their weighted sums.

Arrays have the shape (k, rows): one column per meta-analysis, studies down the column, so that a
sum over studies runs along the first of the two axes for all analyses at once. An analysis with
fewer studies is padded with effect 0 and infinite variance: such a study has weight 0 everywhere
and needs no mask. The most precise study stands first in its column, and its effect is subtracted
from all others as the offset: then no sum cancels, neither for effects far from zero nor when one
study has nearly all the weight (tr P is then written as a sum of positive terms).

Notation of the docstrings: w = 1/(v + tau²), P = W - W 1 (1'W 1)^-1 1'W.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from gradecore.data import FloatArray, IntArray
from gradecore.input_errors import InputError

_sum = np.add.reduce
_vecdot: Any = np.vecdot
_FEW = 2**10


def _dot(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return the sums of products over the studies; two ways, each the faster one at its size."""
    if left.size <= _FEW:
        few: FloatArray = _vecdot(left, right, axis=-2)
        return few
    sums: FloatArray = np.einsum("...kr,...kr->...r", left, right)
    return sums


class Projected(NamedTuple):
    """Quadratic forms and traces of P at one tau² per row; every field has the shape of tau²."""

    q1: FloatArray
    """y'Py, Cochran's Q at these weights."""
    q2: FloatArray
    """y'PPy."""
    q3: FloatArray
    """y'PPPy."""
    trace1: FloatArray
    """tr P."""
    trace2: FloatArray
    """tr PP."""
    weight1: FloatArray
    """Sum of the weights."""
    weight2: FloatArray
    """Sum of the squared weights."""


class Unweighted(NamedTuple):
    """What the ordinary (unweighted) fit gives; P here is the projection I - X(X'X)^-1X'."""

    residual: FloatArray
    """Sum of squared residuals y'Py."""
    trace_pv: FloatArray
    """tr PV."""
    trace_pvpv: FloatArray
    """tr PVPV."""


class EffectModel(Protocol):
    """Any linear model of study effects whose between-study variance can be estimated.

    ``degrees`` is k - p per row, ``smallest`` and ``largest`` the extreme sampling variances,
    ``spread`` the mean squared deviation of the effects from their plain mean.
    """

    @property
    def n(self) -> FloatArray:
        """Number of studies per row."""

    @property
    def degrees(self) -> FloatArray:
        """Studies minus coefficients, per row."""

    @property
    def smallest(self) -> FloatArray:
        """Smallest sampling variance per row."""

    @property
    def largest(self) -> FloatArray:
        """Largest sampling variance per row."""

    @property
    def spread(self) -> FloatArray:
        """Mean squared deviation from the plain mean per row, divisor k."""

    def projected(self, tau2: FloatArray) -> Projected:
        """Return the forms and traces of P at tau², shape (rows,) or (points, rows)."""

    def quadratics(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return y'Py and y'PPy at tau², shape (rows,) or (points, rows)."""

    def scores(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, tr P and the sum of weights at tau², shape (rows,) or (points, rows)."""

    def slopes(
        self, tau2: FloatArray, restricted: bool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, y'PPPy, T and -T' at tau²; T is tr P or the sum of the weights."""

    def log_likelihood(self, tau2: FloatArray, restricted: bool) -> FloatArray:
        """Return the (restricted) log-likelihood at tau² up to a constant."""

    def unweighted(self) -> Unweighted:
        """Return residual sum of squares and traces of the ordinary fit."""

    def variance_traces(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return tr PVPV and tr PVP at tau²."""

    def take(self, rows: IntArray) -> EffectModel:
        """Return the model of the chosen rows only."""


@dataclass(frozen=True, slots=True, eq=False)
class PaddedEffects:
    """Effects and variances, shape (k, rows), of the model with one mean per row."""

    y: FloatArray
    v: FloatArray
    n: FloatArray
    offset: FloatArray
    smallest: FloatArray
    largest: FloatArray

    @property
    def degrees(self) -> FloatArray:
        """Number of studies minus one."""
        return self.n - 1.0

    @property
    def rows(self) -> int:
        """Number of meta-analyses."""
        return int(self.y.shape[1])

    @property
    def spread(self) -> FloatArray:
        """Mean squared deviation of the effects from their plain mean."""
        return self.unweighted().residual / self.n

    @property
    def finite_v(self) -> FloatArray:
        """The variances with 0 in place of padding."""
        return np.where(np.isinf(self.v), 0.0, self.v)

    def take(self, rows: IntArray) -> PaddedEffects:
        """Return the chosen meta-analyses."""
        return PaddedEffects(
            y=self.y[:, rows],
            v=self.v[:, rows],
            n=self.n[rows],
            offset=self.offset[rows],
            smallest=self.smallest[rows],
            largest=self.largest[rows],
        )

    def weights(self, tau2: FloatArray) -> FloatArray:
        """Return 1/(v + tau²); padding gets 0."""
        weights: FloatArray = self.v + tau2[..., None, :]
        return np.reciprocal(weights, out=weights)

    def mean(self, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the weighted mean (without the offset) and the sum of the weights."""
        total = _sum(weights, axis=-2)
        return _dot(weights, self.y) / total, total

    def residuals(self, weights: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the deviations from the weighted mean and the sum of the weights.

        The third value is the sum of all weights but the first, which so keeps its digits.
        """
        others = _sum(weights[..., 1:, :], axis=-2)
        total = others + weights[..., 0, :]
        mean = _dot(weights, self.y) / total
        return self.y - mean[..., None, :], total, others

    def quadratics(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return y'Py and y'PPy."""
        weights = self.weights(tau2)
        residual = self.y - self.mean(weights)[0][..., None, :]
        weights *= residual
        return _dot(weights, residual), _dot(weights, weights)

    def opening(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return y'Py, y'PPy, tr P, the mean and the sum of the weights, all at tau² = 0."""
        weights = np.reciprocal(self.v)
        others, first = weights[1:], weights[0]
        sum1 = _sum(others, axis=0)
        total = sum1 + first
        mean = _dot(weights, self.y) / total
        residual = self.y - mean
        trace = sum1 + (first * sum1 - _dot(others, others)) / total
        weights *= residual
        return _dot(weights, residual), _dot(weights, weights), trace, mean, total

    def scores(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, tr P and the sum of weights."""
        weights = self.weights(tau2)
        residual, total, sum1 = self.residuals(weights)
        residual *= weights
        q2 = _dot(residual, residual)
        others = weights[..., 1:, :]
        first = weights[..., 0, :]
        return q2, sum1 + (first * sum1 - _dot(others, others)) / total, total

    def projected(self, tau2: FloatArray) -> Projected:
        """Return the quadratic forms up to y'PPPy and the traces up to tr PP."""
        weights = self.weights(tau2)
        residual, s1, _ = self.residuals(weights)
        scaled = residual * weights
        q1, q2 = _dot(scaled, residual), _dot(scaled, scaled)
        scaled -= scaled[..., :1, :].copy()
        np.multiply(scaled, weights, out=residual)
        once = _sum(residual, axis=-2)
        q3 = _dot(scaled, residual) - once * once / s1
        return Projected(q1, q2, q3, *_traces(weights, s1))

    def slopes(
        self, tau2: FloatArray, restricted: bool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, y'PPPy, T and -T', where T is tr P or the sum of the weights.

        T is exact; y'PPPy and T' steer Newton's method only and may lose digits when one study
        has nearly all the weight.
        """
        weights = self.weights(tau2)
        residual, s1, sum1 = self.residuals(weights)
        residual *= weights
        q2 = _dot(residual, residual)
        twice = residual * weights
        once = _dot(residual, weights)
        q3 = _dot(residual, twice) - once * once / s1
        first, others = weights[..., 0, :], weights[..., 1:, :]
        square = first * first
        rest = _dot(others, others)
        s2 = rest + square
        if not restricted:
            return q2, q3, s1, s2
        s3 = _dot(others * others, others) + square * first
        trace = sum1 + (first * sum1 - rest) / s1
        return q2, q3, trace, s2 + (s2 * s2 / s1 - 2.0 * s3) / s1

    def log_likelihood(self, tau2: FloatArray, restricted: bool) -> FloatArray:
        """Return -(sum ln(v + tau²) + Q + [ln sum w])/2, the constant left out."""
        weights = self.weights(tau2)
        mean, total = self.mean(weights)
        residual = self.y - mean[..., None, :]
        q = _sum(weights * residual * residual, axis=-2)
        logs = _sum(np.log(np.where(weights > 0.0, weights, 1.0)), axis=-2)
        value: FloatArray = 0.5 * (logs - q)
        return value - 0.5 * np.log(total) if restricted else value

    def unweighted(self) -> Unweighted:
        """Return what the plain mean gives."""
        v = self.finite_v
        mean = _sum(self.y, axis=0) / self.n
        residual = np.where(np.isinf(self.v), 0.0, self.y - mean)
        total = _sum(v, axis=0)
        traced = _sum(v * v, axis=0) * (1.0 - 2.0 / self.n) + (total / self.n) ** 2
        share = 1.0 - 1.0 / self.n
        return Unweighted(_sum(residual * residual, axis=0), total * share, traced)

    def variance_traces(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return tr PVPV and tr PVP."""
        weights = self.weights(tau2)
        v = self.finite_v
        s1 = _sum(weights, axis=0)
        s2 = _sum(weights * weights, axis=0)
        wv = weights * v
        once = _sum(weights * wv, axis=0)
        both = _sum(wv * wv, axis=0) - 2.0 * _sum(weights * wv * wv, axis=0) / s1
        pvp = once - 2.0 * _sum(weights * weights * wv, axis=0) / s1 + s2 * once / (s1 * s1)
        return both + (once / s1) ** 2, pvp


def _traces(
    weights: FloatArray, s1: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return tr P, tr PP, sum of weights and of their squares, as sums that do not cancel.

    With w0 the weight of the first (most precise) study and sums over the others only,
    tr P = w0 s1'/s1 + s1' - s2'/s1 and
    tr PP = (w0 s1'/s1)² + 2 (w0/s1)² s2' + s2' - 2 s3'/s1 + (s2'/s1)².
    """
    first = weights[..., 0, :]
    others = weights[..., 1:, :]
    sum1 = _sum(others, axis=-2)
    sum2 = _dot(others, others)
    share = first / s1
    ratio = sum2 / s1
    corner = share * sum1
    trace2 = sum2 * (1.0 + 2.0 * share * share) - 2.0 * _dot(others * others, others) / s1
    trace2 += ratio * ratio + corner * corner
    return corner + sum1 - ratio, trace2, s1, sum2 + first * first


def padded(effects: FloatArray, variances: FloatArray) -> PaddedEffects:
    """Arrange effects and variances of shape (rows, k) for computing.

    NaN in either marks a place without a study. Raises nothing: values are checked by
    ``check_effects``.
    """
    missing = np.isnan(effects + variances)
    gaps = np.count_nonzero(missing) > 0
    if gaps:
        y = np.where(missing, 0.0, effects).T.copy()
        v = np.where(missing, np.inf, variances).T.copy()
        n = np.add.reduce(~missing, axis=1, dtype=np.float64)
        largest = np.maximum.reduce(np.where(missing, 0.0, variances), axis=1)
    else:
        y, v = effects.T.copy(), variances.T.copy()
        n = np.full(len(effects), float(effects.shape[1]))
        largest = np.maximum.reduce(v, axis=0)
    row = np.arange(y.shape[1])
    precise = np.argmin(v, axis=0)
    offset, smallest = y[precise, row], v[precise, row]
    y[precise, row], v[precise, row] = y[0], v[0]
    y[0], v[0] = offset, smallest
    y -= offset
    if gaps:
        y[np.isinf(v)] = 0.0
    return PaddedEffects(y, v, n, offset, smallest, largest)


def stacked(columns: Sequence[FloatArray]) -> FloatArray:
    """Return arrays of different length as the rows of one array, filled up with NaN."""
    width = max((len(column) for column in columns), default=0)
    rows = np.full((len(columns), width), np.nan)
    lengths = np.fromiter(map(len, columns), dtype=np.int64, count=len(columns))
    rows[np.arange(width) < lengths[:, None]] = np.concatenate(columns) if len(columns) else 0.0
    return rows


def check_effects(
    effects: FloatArray, variances: FloatArray, labels: Sequence[str] | None = None
) -> None:
    """Refuse effects and variances that cannot be pooled.

    Both have the shape (k,). NaN in both places means a missing study and is allowed. Raises
    ``InputError`` naming the study for an infinite effect, for a variance that is infinite, zero
    or negative, when the lengths differ, and when there is no study at all.
    """
    if effects.shape != variances.shape:
        raise InputError(
            f"There are {effects.shape[-1]} effects but {variances.shape[-1]} variances.",
            column="variance",
        )
    if effects.size == 0 or bool(np.all(np.isnan(effects) | np.isnan(variances))):
        raise InputError("There is no study with an effect and a variance.")
    for wrong, what, column in (
        (np.isinf(effects), "the effect is infinite", "effect"),
        (np.isinf(variances), "the variance is infinite", "variance"),
        (variances <= 0.0, "the variance must be greater than zero", "variance"),
    ):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            name = labels[row] if labels is not None else str(row + 1)
            raise InputError(f"Study {name}: {what}.", study=name, column=column)
