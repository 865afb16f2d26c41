"""Sizes of a two-group trial that would show a given effect, the base of the information size.

Plain functions of numbers or arrays. Sizes per group are not rounded; totals are twice the size
per group rounded up. Sources: statistics of Pogue and Yusuf 1997
(doi:10.1016/S0197-2456(97)00051-2); Guyatt 2011, GRADE guidelines 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from gradecore.input_errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class DichotomousSampleSize:
    """Participants needed to show a relative risk reduction, with and without pooled variance."""

    per_group: float
    total: int
    per_group_pooled: float
    total_pooled: int
    events: float
    """Events expected in a trial of the unpooled size, both groups together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousSampleSize:
    """Participants needed to show a difference in means."""

    per_group: float
    total: int


def dichotomous_sample_size(
    baseline_risk: float,
    relative_risk_reduction: float,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
) -> DichotomousSampleSize:
    """Return the size for risks p0 and p0 (1 - r), two-sided alpha; InputError if impossible."""
    p0, p1 = baseline_risk, baseline_risk * (1.0 - relative_risk_reduction)
    z_alpha, z_beta = _quantiles(alpha, power)
    if not (0.0 < p0 < 1.0 and 0.0 <= p1 <= 1.0):
        raise InputError("Both risks must lie between 0 and 1.", column="baseline_risk")
    if p0 == p1:
        raise InputError("A relative risk reduction of 0 needs no end of people.", column="rrr")
    spread = p0 * (1.0 - p0) + p1 * (1.0 - p1)
    mean = (p0 + p1) / 2.0
    unpooled = (z_alpha + z_beta) ** 2 * spread / (p0 - p1) ** 2
    pooled_root = z_alpha * np.sqrt(2.0 * mean * (1.0 - mean)) + z_beta * np.sqrt(spread)
    pooled = pooled_root**2 / (p0 - p1) ** 2
    return DichotomousSampleSize(
        per_group=float(unpooled),
        total=2 * _up(unpooled),
        per_group_pooled=float(pooled),
        total_pooled=2 * _up(pooled),
        events=float(_up(unpooled) * (p0 + p1)),
    )


def continuous_sample_size(
    difference: float, sd: float, *, alpha: float = 0.05, power: float = 0.8
) -> ContinuousSampleSize:
    """Return the size for a difference in means of groups with that SD, two-sided alpha."""
    z_alpha, z_beta = _quantiles(alpha, power)
    if not (np.isfinite(difference) and difference != 0.0):
        raise InputError("The difference to be shown must not be 0.", column="delta")
    if not (np.isfinite(sd) and sd > 0.0):
        raise InputError("The SD must be above 0.", column="sd")
    per_group = 2.0 * (z_alpha + z_beta) ** 2 * sd**2 / difference**2
    return ContinuousSampleSize(per_group=float(per_group), total=2 * _up(per_group))


def _quantiles(alpha: float, power: float) -> tuple[float, float]:
    if not 0.0 < alpha < 1.0:
        raise InputError("Alpha must be between 0 and 1.", column="alpha")
    if not 0.0 < power < 1.0:
        raise InputError("The power must be between 0 and 1.", column="power")
    return float(-ndtri(alpha / 2.0)), float(ndtri(power))


def _up(size: float) -> int:
    return int(np.ceil(size))
