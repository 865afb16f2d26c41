"""Mantel-Haenszel pooling of two-by-two tables and of rates.

Cells have the shape (rows, k), NaN where a study does not take part; sums run over the last axis.
In each formula R and S are the sums whose ratio is the pooled ratio, w the weight of a study.

Sources: Mantel and Haenszel 1959 (doi:10.1093/jnci/22.4.719); Robins, Breslow and Greenland 1986
(doi:10.2307/2531052) for the variance of the log odds ratio; Greenland and Robins 1985
(doi:10.2307/2530643) for risk ratio, risk difference and rates; Sato 1989 for the other variance
of the risk difference; Tarone 1985 (doi:10.1093/biomet/72.1.91).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.batch import Center
from gradecore.data import FloatArray
from gradecore.distributions import chi2_p
from gradecore.zero_cells import Tables


def _total(values: FloatArray) -> FloatArray:
    total: FloatArray = np.nansum(values, axis=-1)
    return total


def _center(estimate: FloatArray, se: FloatArray, weights: FloatArray) -> Center:
    """Return the pooled effects, NaN in both where either is not finite."""
    known = np.isfinite(estimate) & np.isfinite(se)
    shares = 100.0 * weights / _total(weights)[..., None]
    return Center(
        np.where(known, estimate, np.nan), np.where(known, se, np.nan), np.nan_to_num(shares)
    )


def odds_ratio(use: Tables) -> Center:
    """Return ln(R/S), R = sum ad/N, S = sum bc/N, with the Robins-Breslow-Greenland variance."""
    n = use.n
    r, s = use.a * use.d / n, use.b * use.c / n
    p, t = (use.a + use.d) / n, (use.b + use.c) / n
    sum_r, sum_s = _total(r), _total(s)
    variance = _total(p * r) / sum_r**2
    variance += _total(p * s + t * r) / (sum_r * sum_s) + _total(t * s) / sum_s**2
    return _center(np.log(sum_r) - np.log(sum_s), np.sqrt(0.5 * variance), s)


def risk_ratio(use: Tables, everybody: FloatArray | None = None) -> Center:
    """Return ln(R/S), R = sum a n2/N, S = sum c n1/N.

    ``everybody`` is 1 for studies that count with a risk ratio of exactly 1 although their cells
    were corrected (the RevMan convention where all people of both arms have the event).
    """
    n, n1, n2 = use.n, use.n1, use.n2
    r, s = use.a * n2 / n, use.c * n1 / n
    if everybody is not None:
        r = np.where(everybody > 0, s, r)
    sum_r, sum_s = _total(r), _total(s)
    spread = _total(n1 * n2 * (use.a + use.c) / n**2 - use.a * use.c / n)
    se = np.sqrt(spread / (sum_r * sum_s))
    return _center(np.log(sum_r) - np.log(sum_s), se, s)


def risk_difference(use: Tables, variance: str) -> Center:
    """Return the weighted mean of the differences, weights n1 n2/N; ``greenland`` or ``sato``."""
    n, n1, n2 = use.n, use.n1, use.n2
    weights = n1 * n2 / n
    total = _total(weights)
    estimate = _total(use.a * (n2 / n) - use.c * (n1 / n)) / total
    if variance == "greenland":
        spread = _total((use.a * use.b * n2**3 + use.c * use.d * n1**3) / (n1 * n2 * n**2))
    else:
        f1, f2 = n1 / n, n2 / n
        first = _total(use.c * f1**2 - use.a * f2**2 + f1 * f2 * (n2 - n1) / 2.0)
        second = _total(use.a * use.d / n + use.c * use.b / n) / 2.0
        spread = estimate * first + second
    return _center(estimate, np.sqrt(spread) / total, weights)


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Counts and person-time of two arms, arrays of one shape."""

    x1: FloatArray
    t1: FloatArray
    x2: FloatArray
    t2: FloatArray


def rate_ratio(use: Rates) -> Center:
    """Return ln(R/S), R = sum x1 t2/T, S = sum x2 t1/T."""
    t = use.t1 + use.t2
    r, s = use.x1 * (use.t2 / t), use.x2 * (use.t1 / t)
    sum_r, sum_s = _total(r), _total(s)
    spread = _total((use.t1 / t) * (use.t2 / t) * (use.x1 + use.x2))
    estimate = np.log(sum_r) - np.log(sum_s)
    return _center(estimate, np.sqrt(spread / (sum_r * sum_s)), s)


def rate_difference(use: Rates) -> Center:
    """Return the weighted mean of the differences of rates, weights t1 t2/T."""
    weights = use.t1 * use.t2 / (use.t1 + use.t2)
    total = _total(weights)
    estimate = _total(weights * (use.x1 / use.t1 - use.x2 / use.t2)) / total
    spread = _total(weights**2 * (use.x1 / use.t1**2 + use.x2 / use.t2**2))
    return _center(estimate, np.sqrt(spread) / total, weights)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OddsRatioTests:
    """Tests beside the Mantel-Haenszel odds ratio; arrays of shape (rows,).

    The Cochran-Mantel-Haenszel chi² with and without continuity correction (1 degree of
    freedom); Breslow-Day and Tarone's test of equal odds ratios over ``tables_used`` tables.
    """

    cmh: FloatArray
    cmh_p: FloatArray
    cmh_uncorrected: FloatArray
    cmh_uncorrected_p: FloatArray
    breslow_day: FloatArray
    breslow_day_p: FloatArray
    tarone: FloatArray
    tarone_p: FloatArray
    tables_used: FloatArray


def odds_ratio_tests(use: Tables, log_odds_ratio: FloatArray) -> OddsRatioTests:
    """Return the tests that go with a Mantel-Haenszel log odds ratio of shape (rows,)."""
    n, n1, m = use.n, use.n1, use.a + use.c
    deviation = np.abs(_total(use.a - n1 * m / n))
    variance = _total((n1 / n) * (use.n2 / n) * m * ((n - m) / (n - 1.0)))
    cmh, plain = np.maximum(deviation - 0.5, 0.0) ** 2 / variance, deviation**2 / variance
    one = np.ones_like(cmh)
    fitted, spread = _fitted(use, np.exp(log_odds_ratio)[..., None])
    used = (fitted > 0.0) & (m > 0.0) & (m < n) & np.isfinite(spread)
    gap = np.where(used, use.a - fitted, 0.0)
    breslow_day = _total(np.where(used, gap**2 / spread, 0.0))
    tarone = breslow_day - _total(gap) ** 2 / _total(np.where(used, spread, 0.0))
    count = used.sum(axis=-1).astype(float)
    return OddsRatioTests(
        cmh=cmh,
        cmh_p=chi2_p(cmh, one),
        cmh_uncorrected=plain,
        cmh_uncorrected_p=chi2_p(plain, one),
        breslow_day=breslow_day,
        breslow_day_p=chi2_p(breslow_day, count - 1.0),
        tarone=tarone,
        tarone_p=chi2_p(tarone, count - 1.0),
        tables_used=count,
    )


def _fitted(use: Tables, psi: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the events expected in the experimental arm at odds ratio psi, and their variance.

    The root of (psi - 1) x² - A x + psi n1 m = 0 is taken in the form that does not cancel.
    """
    n1, n2, m = use.n1, use.n2, use.a + use.c
    middle = psi * (n1 + m) + n2 - m
    root = np.sqrt(np.maximum(middle**2 - 4.0 * psi * (psi - 1.0) * n1 * m, 0.0))
    fitted = 2.0 * psi * n1 * m / (middle + root)
    cells = 1.0 / fitted + 1.0 / (n1 - fitted) + 1.0 / (m - fitted) + 1.0 / (n2 - m + fitted)
    return fitted, 1.0 / cells
