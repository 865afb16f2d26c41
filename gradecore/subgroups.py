"""Do subgroups differ? The test between them, with a tau² of their own or with a common one.

Own tau² per subgroup (RevMan, Cochrane): Q across the subgroup estimates. Common tau²: a
mixed-effects model with one mean per subgroup; its test is Wald's, or F after Knapp and Hartung
(doi:10.1002/sim.1482).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from gradecore import intervals
from gradecore.batch import BatchResult
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.distributions import chi2_p
from gradecore.heterogeneity import i2_from_q
from gradecore.intervals import Intervals
from gradecore.padded_effects import PaddedEffects, Projected, Unweighted, padded
from gradecore.profiles import PoolingPlan
from gradecore.results import BetweenSubgroups

_sum = np.add.reduce


def memberships(groups: Sequence[str]) -> tuple[tuple[str, ...], BoolArray]:
    """Return the subgroups in order of first appearance and who belongs to each, (groups, k)."""
    names = tuple(dict.fromkeys(groups))
    return names, np.array([[group == name for group in groups] for name in names], dtype=bool)


def between_own_tau2(estimates: FloatArray, errors: FloatArray) -> BetweenSubgroups | None:
    """Return the test across subgroup estimates, each with its own tau²; NaN are left out.

    Both arrays have the shape (subgroups,). None if fewer than two subgroups have a result.
    """
    known = np.isfinite(estimates) & np.isfinite(errors) & (errors > 0.0)
    if int(known.sum()) < 2:
        return None
    y, weights = estimates[known], 1.0 / errors[known] ** 2
    y = y - y[int(np.argmax(weights))]
    mean = float(_sum(weights * y) / _sum(weights))
    q = np.array([float(_sum(weights * (y - mean) ** 2))])
    df = np.array([float(known.sum() - 1)])
    return BetweenSubgroups(
        method="own-tau2",
        q=float(q[0]),
        df=int(df[0]),
        p=float(chi2_p(q, df)[0]),
        i2=float(i2_from_q(q, df)[0]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class SharedVariance:
    """Subgroups with a mean each and one tau² in common, as a model of a single row.

    P of the whole is block diagonal, so every form and trace is the sum over the subgroups.
    ``groups`` holds one subgroup per row.
    """

    groups: PaddedEffects

    @property
    def n(self) -> FloatArray:
        """Number of studies in all subgroups."""
        return np.array([self.groups.n.sum()])

    @property
    def degrees(self) -> FloatArray:
        """Studies minus subgroups."""
        return self.n - self.groups.rows

    @property
    def smallest(self) -> FloatArray:
        """Smallest sampling variance."""
        return np.array([self.groups.smallest.min()])

    @property
    def largest(self) -> FloatArray:
        """Largest sampling variance."""
        return np.array([self.groups.largest.max()])

    @property
    def spread(self) -> FloatArray:
        """Mean squared deviation of all effects from their plain mean."""
        y = (self.groups.y + self.groups.offset)[np.isfinite(self.groups.v)]
        return np.array([np.mean((y - y.mean()) ** 2)])

    def _spread_out(self, tau2: FloatArray) -> FloatArray:
        return np.repeat(tau2, self.groups.rows, axis=-1)

    def projected(self, tau2: FloatArray) -> Projected:
        """Return the summed forms and traces."""
        parts = self.groups.projected(self._spread_out(tau2))
        return Projected(*(_sum(part, axis=-1, keepdims=True) for part in parts))

    def quadratics(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the summed y'Py and y'PPy."""
        first, second = self.groups.quadratics(self._spread_out(tau2))
        return _sum(first, axis=-1, keepdims=True), _sum(second, axis=-1, keepdims=True)

    def scores(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the summed y'PPy, tr P and weights."""
        one, two, three = self.groups.scores(self._spread_out(tau2))
        return (
            _sum(one, axis=-1, keepdims=True),
            _sum(two, axis=-1, keepdims=True),
            _sum(three, axis=-1, keepdims=True),
        )

    def slopes(
        self, tau2: FloatArray, restricted: bool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return the summed y'PPy, y'PPPy, T and -T'."""
        at = self.projected(tau2)
        if restricted:
            return at.q2, at.q3, at.trace1, at.trace2
        return at.q2, at.q3, at.weight1, at.weight2

    def log_likelihood(self, tau2: FloatArray, restricted: bool) -> FloatArray:
        """Return the summed (restricted) log-likelihood."""
        parts = self.groups.log_likelihood(self._spread_out(tau2), restricted)
        total: FloatArray = _sum(parts, axis=-1, keepdims=True)
        return total

    def unweighted(self) -> Unweighted:
        """Return the summed results of the plain means."""
        return Unweighted(*(_sum(part, keepdims=True) for part in self.groups.unweighted()))

    def variance_traces(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the summed tr PVPV and tr PVP."""
        first, second = self.groups.variance_traces(self._spread_out(tau2))
        return _sum(first, keepdims=True), _sum(second, keepdims=True)

    def take(self, rows: IntArray) -> SharedVariance:
        """Return the model itself: it has one row only."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CommonTau2:
    """Subgroups pooled with a common tau²; arrays of shape (subgroups,).

    ``qm`` tests whether the subgroups differ, with ``qm_df`` degrees of freedom (the second is
    None for chi²); ``qe`` is the heterogeneity left within them.
    """

    tau2: float
    estimates: FloatArray
    intervals: Intervals
    qm: float
    qm_df: tuple[int, int | None]
    qm_p: float
    qe: float
    qe_p: float

    @property
    def between(self) -> BetweenSubgroups:
        """The test in the form used for subgroups; I² from QM."""
        q, df = np.array([self.qm]), np.array([float(self.qm_df[0])])
        i2 = float(i2_from_q(q, df)[0])
        return BetweenSubgroups(
            method="common-tau2", q=self.qm, df=self.qm_df[0], p=self.qm_p, i2=i2
        )


def common_tau2(
    effects: FloatArray, variances: FloatArray, members: BoolArray, plan: PoolingPlan
) -> CommonTau2 | None:
    """Pool subgroups with one tau²; effects and variances of shape (k,), members (groups, k).

    None if a subgroup is empty, if there are fewer than two, or if no degree of freedom is left.
    """
    known = members & np.isfinite(effects) & np.isfinite(variances)
    if len(known) < 2 or not known.any(axis=1).all() or known.sum() <= len(known):
        return None
    with np.errstate(all="ignore"):
        groups = padded(np.where(known, effects, np.nan), np.where(known, variances, np.nan))
        model = SharedVariance(groups)
        tau2 = np.zeros(1)
        if plan.model == "random":
            tau2 = ESTIMATORS[plan.tau2_estimator].estimate(model).tau2
        return _mixed(groups, model, tau2, plan)


def _mixed(
    groups: PaddedEffects, model: SharedVariance, tau2: FloatArray, plan: PoolingPlan
) -> CommonTau2:
    """Return the fit at a given tau²."""
    mean, total = groups.mean(groups.weights(np.repeat(tau2, groups.rows)))
    estimates, se = mean + groups.offset, 1.0 / np.sqrt(total)
    df = np.repeat(model.degrees, groups.rows)
    knapp = plan.interval.startswith("hksj")
    if knapp:
        factor = intervals.hartung_knapp_factor(model.quadratics(tau2)[0], model.degrees)
        factor = np.maximum(factor, 1.0) if plan.interval == "hksj-adhoc" else factor
        se = se * factor
        around = intervals.student(estimates, se, df, plan.level)
    else:
        around = intervals.wald(estimates, se, plan.level)
    across = between_own_tau2(estimates, se)
    qe = model.quadratics(np.zeros(1))[0]
    m = groups.rows - 1
    q = across.q if across is not None else float("nan")
    qm = q / m if knapp else q
    left = int(model.degrees[0])
    p = float(fdtrc(m, left, qm)) if knapp else float(chi2_p(np.array([qm]), np.array([m]))[0])
    return CommonTau2(
        tau2=float(tau2[0]),
        estimates=estimates,
        intervals=around,
        qm=qm,
        qm_df=(m, left if knapp else None),
        qm_p=p,
        qe=float(qe[0]),
        qe_p=float(chi2_p(qe, model.degrees)[0]),
    )


def between(result: BatchResult, rows: slice) -> BetweenSubgroups | None:
    """Return the own-tau² test across rows of a batch, one subgroup per row."""
    return between_own_tau2(result.estimate[rows], result.shown.se[rows])
