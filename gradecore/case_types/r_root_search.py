"""The root search of R's ``uniroot``, for printing what the R packages meta and metafor print.

Both packages stop the search for tau² and its Q-profile limits when it is known to about 2^-13
(R's default tolerance, the fourth root of the machine epsilon). The engine itself solves these
equations to full precision; where a case asks for the numbers of the package meta, the same
search with the same stopping rule is run on the engine's own function. The method is Brent's
(Algorithms for Minimization without Derivatives, 1973, chapter 4).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradecore.jackson_interval import QDistribution
from gradecore.padded_effects import PaddedEffects

TOLERANCE = 2.0**-13
_EPSILON = 2.0**-52
_CAP = 1000


def uniroot(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the root between two points of opposite sign, as closely as R's default wants it."""
    a, b = low, high
    fa, fb = function(a), function(b)
    c, fc = a, fa
    if fa == 0.0:
        return a
    for _ in range(_CAP):
        before = b - a
        if abs(fc) < abs(fb):
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        near = 2.0 * _EPSILON * abs(b) + 0.5 * TOLERANCE
        step = 0.5 * (c - b)
        if abs(step) <= near or fb == 0.0:
            return b
        if abs(before) >= near and abs(fa) > abs(fb):
            step = _interpolated((a, b, c), (fa, fb, fc), step, (before, near))
        if abs(step) < near:
            step = near if step > 0.0 else -near
        a, fa = b, fb
        b += step
        fb = function(b)
        if fb * fc > 0.0:
            c, fc = a, fa
    return b


def _interpolated(
    points: tuple[float, float, float],
    values: tuple[float, float, float],
    halving: float,
    limits: tuple[float, float],
) -> float:
    """Return the secant or inverse quadratic step if it is safe, else half the interval."""
    a, b, c = points
    fa, fb, fc = values
    before, near = limits
    width = c - b
    if a == c:
        ratio = fb / fa
        p, q = width * ratio, 1.0 - ratio
    else:
        q, r, s = fa / fc, fb / fc, fb / fa
        p = s * (width * q * (q - r) - (b - a) * (r - 1.0))
        q = (q - 1.0) * (r - 1.0) * (s - 1.0)
    if p > 0.0:
        q = -q
    else:
        p = -p
    safe = p < 0.75 * width * q - 0.5 * abs(near * q) and p < abs(0.5 * before * q)
    return p / q if safe else halving


def tau2_where_q_is(studies: PaddedEffects, target: float, highest: float) -> float:
    """Return the tau² in [0, highest] at which Q equals a value, as R finds it (one analysis)."""

    def excess(tau2: float) -> float:
        return float(studies.quadratics(np.array([tau2]))[0][0]) - target

    if excess(0.0) < 0.0:
        return 0.0
    if excess(highest) > 0.0:
        return highest
    return uniroot(excess, 0.0, highest)


def jackson_limit_as_r(distribution: QDistribution, probability: float, highest: float) -> float:
    """Return a limit of Jackson's interval as R finds it."""

    def excess(tau2: float) -> float:
        return distribution.exceeds(tau2) - probability

    if excess(0.0) >= 0.0:
        return 0.0
    if excess(highest) < 0.0:
        return highest
    return uniroot(excess, 0.0, highest)
