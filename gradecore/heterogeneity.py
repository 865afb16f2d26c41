"""Cochran's Q, I², H², and intervals for tau², I² and H².

Arrays have the shape (rows,). I² is in percent. Sources: Higgins and Thompson 2002
(doi:10.1002/sim.1186) for I², H² and their test-based interval; Viechtbauer 2007
(doi:10.1002/sim.2514) for the Q-profile interval.
"""

from __future__ import annotations

import numpy as np

from gradecore import generalized_q
from gradecore.data import FloatArray
from gradecore.distributions import chi2_quantile, normal_quantile
from gradecore.padded_effects import EffectModel, PaddedEffects


def i2_from_q(q: FloatArray, df: FloatArray) -> FloatArray:
    """Return 100 (Q - df)/Q, not below 0; 0 without a degree of freedom."""
    i2: FloatArray = 100.0 * np.maximum(q - df, 0.0) / np.where(q > 0.0, q, 1.0)
    return np.where(df > 0.0, i2, 0.0)


def h2_from_q(q: FloatArray, df: FloatArray) -> FloatArray:
    """Return Q/df; 1 without a degree of freedom."""
    return np.where(df > 0.0, q / np.maximum(df, 1.0), 1.0)


def i2_from_tau2(tau2: FloatArray, typical: FloatArray) -> FloatArray:
    """Return 100 tau²/(tau² + typical variance)."""
    share: FloatArray = 100.0 * tau2 / (tau2 + typical)
    return share


def h2_from_tau2(tau2: FloatArray, typical: FloatArray) -> FloatArray:
    """Return 1 + tau²/typical variance."""
    ratio: FloatArray = 1.0 + tau2 / typical
    return ratio


def q_profile(
    model: EffectModel, at_zero: tuple[FloatArray, FloatArray], level: float
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of the Q-profile interval of tau²; NaN without a degree of freedom.

    ``at_zero`` are y'Py and y'PPy at tau² = 0.
    """
    rows = len(model.n)
    tail = 0.5 * (1.0 - level)
    df = model.degrees
    aims = np.concatenate((chi2_quantile(df, tail), chi2_quantile(df, 1.0 - tail)))
    q = np.concatenate((at_zero[0], at_zero[0]))
    limits = np.where(np.isnan(aims), np.nan, 0.0)
    above = np.flatnonzero(q > aims)
    if len(above):
        row = above % rows
        known = (at_zero[0][row], at_zero[1][row])
        limits[above] = generalized_q.root(model.take(row), aims[above], known)[0]
    return limits[:rows], limits[rows:]


def h_by_test(
    q: FloatArray, k: FloatArray, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return H and its test-based limits, none below 1; limits are NaN for k < 3."""
    df = k - 1.0
    h = np.maximum(np.sqrt(np.maximum(q, 0.0) / np.maximum(df, 1.0)), 1.0)
    large = (np.log(q) - np.log(df)) / (2.0 * (np.sqrt(2.0 * q) - np.sqrt(2.0 * k - 3.0)))
    few = k - 2.0
    small = np.sqrt((1.0 - 1.0 / (3.0 * few * few)) / (2.0 * few))
    half = normal_quantile(level) * np.where(q > k, large, small)
    known = np.where(k >= 3.0, 0.0, np.nan)
    lower = np.maximum(h * np.exp(-half), 1.0) + known
    upper = np.maximum(h * np.exp(half), 1.0) + known
    return h, lower, upper


def i2_from_h(h: FloatArray) -> FloatArray:
    """Return 100 (1 - 1/H²)."""
    i2: FloatArray = 100.0 * (1.0 - 1.0 / (h * h))
    return i2


def weight_percentages(effects: PaddedEffects, tau2: FloatArray) -> FloatArray:
    """Return each study's share of the weight in percent, shape (k, rows), padding 0."""
    weights = effects.weights(tau2)
    share: FloatArray = 100.0 * weights / np.add.reduce(weights, axis=0)
    return share
