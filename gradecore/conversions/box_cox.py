"""Mean and SD through the Box-Cox transformation that makes the reported quantiles symmetric.

Source: McGrath 2020 (doi:10.1177/0962280219889080). Mean and SD of the transformed data are those
of Luo 2018 and Wan 2014; they are turned back by numerical integration over the part of the normal
distribution for which the transformation exists, without random numbers.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr

from gradecore.conversions.derivation import Derivation, positive
from gradecore.conversions.five_numbers import FiveNumbers, mean_from, sd_from
from gradecore.data import FloatArray
from gradecore.input_errors import InputError

_LOWEST, _HIGHEST = -2.0, 3.0
_LOG_BELOW = 0.01
_NODES = 400
_REACH = 12.0


def fivenum_bc(numbers: FiveNumbers) -> Derivation:
    """Return mean and SD by the Box-Cox method; InputError unless all quantiles are above 0."""
    reported = np.array(numbers.quantiles)
    positive(str(numbers.reported[0][0]), float(reported[0]))
    if np.any(np.diff(reported) == 0.0):
        raise InputError("The Box-Cox method needs quantiles that differ from each other.")
    power = max(0.0, _power(reported))
    transformed = tuple(float(t) for t in _transformed(reported, power))
    mean = mean_from(transformed, numbers.scenario, numbers.n)
    sd = sd_from(transformed, numbers.scenario, numbers.n, equal_weights=True)
    if power <= _LOG_BELOW:
        first = math.exp(mean + sd**2 / 2.0)
        moments = first, first * math.sqrt(math.expm1(sd**2))
    else:
        moments = _back(mean, sd, power)
    return Derivation(
        method="fivenum_bc",
        values=(("mean", moments[0]), ("sd", moments[1])),
        entered=numbers.reported,
        formula=f"Box-Cox transformation with power {power:.3g}; mean and SD of the transformed "
        "data turned back by numerical integration",
        source="McGrath 2020, Box-Cox",
    )


def _power(reported: FloatArray) -> float:
    """Return the power at which the quantiles lie most symmetrically around the median."""
    grid = np.linspace(_LOWEST, _HIGHEST, 501)
    best = int(np.argmin([_asymmetry(reported, power) for power in grid]))
    low, high = grid[max(0, best - 1)], grid[min(grid.size - 1, best + 1)]
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    for _step in range(60):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if _asymmetry(reported, left) <= _asymmetry(reported, right):
            high = right
        else:
            low = left
    return float(low + high) / 2.0


def _asymmetry(reported: FloatArray, power: float) -> float:
    t = _transformed(reported, power)
    middle = t.size // 2
    total = 0.0
    for i in range(middle):
        total += float((t[-1 - i] - t[middle]) / (t[middle] - t[i]) - 1.0) ** 2
    return total


def _transformed(values: FloatArray, power: float) -> FloatArray:
    logs = np.log(values)
    if abs(power) < 1e-8:
        return np.asarray(logs, dtype=np.float64)
    return np.asarray(np.expm1(power * logs) / power, dtype=np.float64)


def _back(mean: float, sd: float, power: float) -> tuple[float, float]:
    """Return the moments of (1 + power z)^(1/power) for normal z, truncated symmetrically.

    Both tails are cut so that 1 + power z stays positive and the mean of z where it is.
    """
    edge = abs(mean + 1.0 / power)
    half = min(edge, _REACH * sd)
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    z = mean + half * nodes
    density = np.exp(-0.5 * ((z - mean) / sd) ** 2) / (sd * math.sqrt(2.0 * math.pi))
    mass = float(ndtr(edge / sd) - ndtr(-edge / sd))
    chances = weights * half * density / mass
    values = np.maximum(0.0, 1.0 + power * z) ** (1.0 / power)
    first = float(chances @ values)
    return first, math.sqrt(float(chances @ (values - first) ** 2))
