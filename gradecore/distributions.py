"""Quantiles and tail probabilities, each computed once per distinct degrees of freedom.

Everything comes from ``scipy.special``: exact far into the tails, and without the import time of
``scipy.stats``. Tail probabilities come from the tail function, never as 1 minus the other one.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import chdtrc, chdtri, ndtr, ndtri, stdtr, stdtrit

from gradecore.data import FloatArray


@lru_cache(maxsize=64)
def normal_quantile(level: float) -> float:
    """Return z so that a standard normal value lies within ±z with probability ``level``."""
    return float(ndtri(0.5 + 0.5 * level))


@lru_cache(maxsize=4096)
def _t_quantile(df: float, level: float) -> float:
    return float(stdtrit(df, 0.5 + 0.5 * level)) if df >= 1.0 else float("nan")


@lru_cache(maxsize=4096)
def _chi2_quantile(df: float, upper_tail: float) -> float:
    return float(chdtri(df, upper_tail)) if df >= 1.0 else float("nan")


def t_quantile(df: FloatArray, level: float) -> FloatArray:
    """Return the two-sided t quantile per row; NaN where there is no degree of freedom."""
    if len(df) == 1:
        return np.array([_t_quantile(float(df[0]), level)])
    distinct, where = np.unique(df, return_inverse=True)
    found: FloatArray = np.array([_t_quantile(float(one), level) for one in distinct])[where]
    return found


def chi2_quantile(df: FloatArray, upper_tail: float) -> FloatArray:
    """Return the chi² value exceeded with probability ``upper_tail``, per row."""
    if len(df) == 1:
        return np.array([_chi2_quantile(float(df[0]), upper_tail)])
    distinct, where = np.unique(df, return_inverse=True)
    found: FloatArray = np.array([_chi2_quantile(float(one), upper_tail) for one in distinct])[
        where
    ]
    return found


def normal_p(statistic: FloatArray) -> FloatArray:
    """Return the two-sided p-value of a standard normal statistic."""
    p: FloatArray = 2.0 * ndtr(-np.abs(statistic))
    return p


def t_p(statistic: FloatArray, df: FloatArray) -> FloatArray:
    """Return the two-sided p-value of a t statistic."""
    p: FloatArray = 2.0 * stdtr(df, -np.abs(statistic))
    return p


def chi2_p(statistic: FloatArray, df: FloatArray) -> FloatArray:
    """Return the upper tail probability of chi²; 1 where there is no degree of freedom."""
    some = df > 0.0
    p: FloatArray = chdtrc(df, statistic)
    return p if np.count_nonzero(some) == len(some) else np.where(some, p, 1.0)
