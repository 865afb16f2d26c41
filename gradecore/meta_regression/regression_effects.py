"""Study effects with moderators, as a model whose between-study variance can be estimated.

It has the form that the estimators of ``gradecore.between_study_variance`` ask for, so that they
need not know whether there are moderators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.data import FloatArray, IntArray
from gradecore.meta_regression.elimination import Elimination, eliminated
from gradecore.padded_effects import Projected, Unweighted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegressionEffects:
    """Effects y and variances v, shape (rows, k), of designs z (rows, k, p)."""

    y: FloatArray
    v: FloatArray
    z: FloatArray

    @property
    def n(self) -> FloatArray:
        """Number of studies per row."""
        return np.full(self.y.shape[0], float(self.y.shape[1]))

    @property
    def degrees(self) -> FloatArray:
        """Studies minus coefficients per row."""
        return self.n - float(self.z.shape[2])

    @property
    def smallest(self) -> FloatArray:
        """Smallest sampling variance per row."""
        return np.asarray(np.min(self.v, axis=1), dtype=np.float64)

    @property
    def largest(self) -> FloatArray:
        """Largest sampling variance per row."""
        return np.asarray(np.max(self.v, axis=1), dtype=np.float64)

    @property
    def spread(self) -> FloatArray:
        """Mean squared deviation from the plain mean per row."""
        return np.asarray(np.var(self.y, axis=1), dtype=np.float64)

    def at(self, tau2: FloatArray) -> Elimination:
        """Return the weighted fit at tau², shape (rows,) or (points, rows)."""
        return eliminated(self.z, 1.0 / (self.v + tau2[..., None]))

    def quadratics(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return y'Py and y'PPy."""
        fit = self.at(tau2)
        _, residuals, q = fit.solved(self._y(tau2))
        return q, np.sum((fit.weights * residuals) ** 2, axis=-1)

    def scores(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, tr P and the sum of weights."""
        fit = self.at(tau2)
        _, residuals, _ = fit.solved(self._y(tau2))
        q2 = np.sum((fit.weights * residuals) ** 2, axis=-1)
        return q2, fit.trace_p, np.sum(fit.weights, axis=-1)

    def projected(self, tau2: FloatArray) -> Projected:
        """Return the quadratic forms up to y'PPPy and the traces up to tr PP."""
        fit = self.at(tau2)
        w = fit.weights
        _, residuals, q1 = fit.solved(self._y(tau2))
        scaled = w * residuals
        _, _, q3 = fit.solved(scaled)
        ones = np.ones_like(w)
        return Projected(
            q1,
            np.sum(scaled**2, axis=-1),
            q3,
            fit.trace_p,
            fit.trace_of_two(ones, ones),
            np.sum(w, axis=-1),
            np.sum(w**2, axis=-1),
        )

    def slopes(
        self, tau2: FloatArray, restricted: bool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return y'PPy, y'PPPy, T and -T' at tau²; T is tr P or the sum of the weights."""
        at = self.projected(tau2)
        if restricted:
            return at.q2, at.q3, at.trace1, at.trace2
        return at.q2, at.q3, at.weight1, at.weight2

    def log_likelihood(self, tau2: FloatArray, restricted: bool) -> FloatArray:
        """Return -(sum ln(v + tau²) + Q + [ln det Z'WZ])/2, the constant left out."""
        fit = self.at(tau2)
        _, _, q = fit.solved(self._y(tau2))
        value = np.sum(np.log(fit.weights), axis=-1) - q
        if restricted:
            value = value - fit.log_determinant
        return np.asarray(0.5 * value, dtype=np.float64)

    def unweighted(self) -> Unweighted:
        """Return residual sum of squares and traces of the ordinary fit."""
        fit = eliminated(self.z, np.ones_like(self.v))
        _, _, q = fit.solved(self.y)
        reach = np.einsum("rkp,rpq,rkq->rk", self.z, fit.covariance, self.z)
        trace = np.sum(self.v * (1.0 - reach), axis=-1)
        return Unweighted(q, trace, fit.trace_of_two(self.v, self.v))

    def variance_traces(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return tr PVPV and tr PVP."""
        fit = self.at(tau2)
        return fit.trace_of_two(self.v, self.v), fit.trace_of_two(self.v, np.ones_like(self.v))

    def take(self, rows: IntArray) -> RegressionEffects:
        """Return the model of the chosen rows only."""
        return RegressionEffects(y=self.y[rows], v=self.v[rows], z=self.z[rows])

    def _y(self, tau2: FloatArray) -> FloatArray:
        return np.broadcast_to(self.y, (*tau2.shape, self.y.shape[1]))
