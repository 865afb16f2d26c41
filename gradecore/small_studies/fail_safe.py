"""Fail-safe numbers: how many studies without effect would undo a result.

Not recommended by Cochrane; kept because journals still ask for them. Sources: Rosenthal 1979
(doi:10.1037/0033-2909.86.3.638), Orwin 1983 (doi:10.3102/10769986008002157), Rosenberg 2005
(doi:10.1111/j.0014-3820.2005.tb01004.x).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from gradecore.input_errors import InputError
from gradecore.small_studies.regression_tests import Column
from gradecore.study_columns import complete_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class FailSafeN:
    """Number of studies, rounded up; None where there is no end to it.

    ``p`` is that of the result without them (Orwin has none), ``target`` the effect to which
    Orwin's number brings the mean down.
    """

    method: str
    number: int | None
    unrounded: float | None
    p: float | None = None
    target: float | None = None


def rosenthal(effects: Column, variances: Column, *, alpha: float = 0.05) -> FailSafeN:
    """Return the number that makes Stouffer's combined one-sided test not significant."""
    y, v = _columns(effects, variances, alpha)
    z = abs(float(np.sum(y / np.sqrt(v)))) / math.sqrt(y.size)
    number = y.size * (z / -float(ndtri(alpha))) ** 2 - y.size
    number = max(0.0, number)
    return FailSafeN(
        method="Rosenthal",
        number=math.ceil(number),
        unrounded=number,
        p=float(ndtr(-z)),
    )


def orwin(
    effects: Column, variances: Column, *, target: float | None = None, weighted: bool = True
) -> FailSafeN:
    """Return the number that brings the mean effect to the target, by default half of the mean.

    The mean is weighted by 1/v or plain.
    """
    y, v = _columns(effects, variances, 0.05)
    offset = float(np.median(y))
    weights = 1.0 / v if weighted else np.ones_like(v)
    mean = offset + float(np.sum(weights * (y - offset)) / np.sum(weights))
    goal = mean / 2.0 if target is None else target
    method = "Orwin" if weighted else "Orwin_unweighted"
    if goal == 0.0:
        return FailSafeN(method=method, number=None, unrounded=None, target=goal)
    if target is None:
        # k (m - m/2)/(m/2) is k, whatever the rounding of m.
        return FailSafeN(method=method, number=y.size, unrounded=float(y.size), target=goal)
    number = max(0.0, y.size * (mean - goal) / goal)
    return FailSafeN(method=method, number=math.ceil(number), unrounded=number, target=goal)


def rosenberg(effects: Column, variances: Column, *, alpha: float = 0.05) -> FailSafeN:
    """Return the number, of mean weight, that makes the common-effect test not significant."""
    y, v = _columns(effects, variances, alpha)
    w = 1.0 / v
    total = float(np.sum(w))
    sum_wy = float(np.sum(w * y))
    number = ((sum_wy / -float(ndtri(alpha / 2.0))) ** 2 - total) / (total / y.size)
    number = max(0.0, number)
    return FailSafeN(
        method="Rosenberg",
        number=math.ceil(number),
        unrounded=number,
        p=2.0 * float(ndtr(-abs(sum_wy) / math.sqrt(total))),
    )


def _columns(effects: Column, variances: Column, alpha: float) -> tuple[np.ndarray, np.ndarray]:
    if not 0.0 < alpha < 1.0:
        raise InputError("Alpha must lie between 0 and 1.", column="alpha")
    data = complete_columns({"yi": effects, "vi": variances})
    return data.column("yi"), data.positive("vi")
