"""Mean and SD by fitting distributions to medians, quartiles and ranges.

Normal, log-normal, gamma, Weibull and (between 0 and 1) beta distributions are fitted by least
squares to the reported quantiles; the one that comes closest gives mean and SD. If a quantile is
negative only the normal distribution is fitted.

Source: McGrath 2020 (doi:10.1177/0962280219889080).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaincinv, gammaln, ndtri

from gradecore.conversions.derivation import Derivation
from gradecore.conversions.five_numbers import FiveNumbers, luo_mean, shi_sd
from gradecore.data import FloatArray

_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """A distribution with two free parameters, both unbounded: its quantiles and its moments."""

    name: str
    quantiles: Callable[[FloatArray, FloatArray], FloatArray]
    moments: Callable[[FloatArray], tuple[float, float]]
    start: Callable[[float, float], tuple[float, float]]


def fivenum_qe(numbers: FiveNumbers) -> Derivation:
    """Return mean and SD of the distribution whose quantiles come closest to those reported."""
    reported = np.array(numbers.quantiles)
    at = _probabilities(numbers)
    mean, sd = luo_mean(numbers), shi_sd(numbers)
    best: tuple[float, _Family, FloatArray] | None = None
    for family in _families(reported, mean):
        theta, distance = _fitted(family, reported, at, np.array(family.start(mean, sd)))
        if math.isfinite(distance) and (best is None or distance < best[0]):
            best = distance, family, theta
    assert best is not None  # the normal distribution always fits somehow
    moments = best[1].moments(best[2])
    return Derivation(
        method="fivenum_qe",
        values=(("mean", moments[0]), ("sd", moments[1])),
        entered=(*numbers.reported, ("distribution", best[1].name)),
        formula=f"mean and SD of the {best[1].name} distribution, which of the candidates comes "
        "closest to the quantiles (least squares)",
        source="McGrath 2020, quantile estimation",
    )


def _probabilities(numbers: FiveNumbers) -> FloatArray:
    first = 1.0 / numbers.n
    of_scenario = {
        "S1": (first, 0.5, 1.0 - first),
        "S2": (0.25, 0.5, 0.75),
        "S3": (first, 0.25, 0.5, 0.75, 1.0 - first),
    }
    return np.array(of_scenario[numbers.scenario])


def _families(reported: FloatArray, mean: float) -> tuple[_Family, ...]:
    if reported[0] < 0.0 or mean <= 0.0:
        return (_NORMAL,)
    within_unit = reported[0] > 0.0 and reported[-1] < 1.0
    return (*_POSITIVE, _BETA) if within_unit else _POSITIVE


def _fitted(
    family: _Family, reported: FloatArray, at: FloatArray, theta: FloatArray
) -> tuple[FloatArray, float]:
    """Return the least-squares parameters and the squared distance (Levenberg and Marquardt)."""
    scale = float(reported[-1] - reported[0])
    residual = (family.quantiles(theta, at) - reported) / scale
    distance, damping = float(residual @ residual), 1e-3
    for _step in range(_STEPS):
        slopes = _slopes(family, theta, at) / scale
        normal, gradient = slopes.T @ slopes, slopes.T @ residual
        damped = normal + damping * np.diag(np.diag(normal) + 1e-12)
        move = np.clip(-np.linalg.solve(damped, gradient), -1.0, 1.0)
        tried = (family.quantiles(theta + move, at) - reported) / scale
        nearer = float(tried @ tried)
        if not nearer < distance:
            damping *= 10.0
            if damping > 1e12:
                break
            continue
        gain, damping = distance - nearer, max(1e-12, damping / 10.0)
        theta, residual, distance = theta + move, tried, nearer
        if gain <= 1e-15 * distance and float(np.abs(move).max()) < 1e-10:
            break
    return theta, distance * scale**2


def _slopes(family: _Family, theta: FloatArray, at: FloatArray) -> FloatArray:
    columns = []
    for i in range(theta.size):
        h = 1e-5 * max(1.0, abs(float(theta[i])))
        up, down = theta.copy(), theta.copy()
        up[i] += h
        down[i] -= h
        columns.append((family.quantiles(up, at) - family.quantiles(down, at)) / (2.0 * h))
    return np.stack(columns, axis=1)


def _normal_quantiles(theta: FloatArray, at: FloatArray) -> FloatArray:
    return np.asarray(theta[0] + math.exp(theta[1]) * ndtri(at), dtype=np.float64)


def _log_normal_quantiles(theta: FloatArray, at: FloatArray) -> FloatArray:
    return np.asarray(np.exp(_normal_quantiles(theta, at)), dtype=np.float64)


def _log_normal_moments(theta: FloatArray) -> tuple[float, float]:
    variance = math.exp(2.0 * theta[1])
    mean = math.exp(theta[0] + variance / 2.0)
    return mean, mean * math.sqrt(math.expm1(variance))


def _log_normal_start(mean: float, sd: float) -> tuple[float, float]:
    variance = math.log1p((sd / mean) ** 2)
    return math.log(mean) - variance / 2.0, math.log(variance) / 2.0


def _gamma_quantiles(theta: FloatArray, at: FloatArray) -> FloatArray:
    return np.asarray(gammaincinv(math.exp(theta[0]), at) * math.exp(theta[1]), dtype=np.float64)


def _gamma_moments(theta: FloatArray) -> tuple[float, float]:
    shape, scale = math.exp(theta[0]), math.exp(theta[1])
    return shape * scale, math.sqrt(shape) * scale


def _gamma_start(mean: float, sd: float) -> tuple[float, float]:
    return 2.0 * math.log(mean / sd), 2.0 * math.log(sd) - math.log(mean)


def _weibull_quantiles(theta: FloatArray, at: FloatArray) -> FloatArray:
    return np.asarray(
        np.exp(theta[1] + np.log(-np.log1p(-at)) * math.exp(-theta[0])), dtype=np.float64
    )


def _weibull_moments(theta: FloatArray) -> tuple[float, float]:
    inverse, scale = math.exp(-theta[0]), math.exp(theta[1])
    first, second = float(gammaln(1.0 + inverse)), float(gammaln(1.0 + 2.0 * inverse))
    spread = math.exp(2.0 * first) * math.expm1(second - 2.0 * first)
    return scale * math.exp(first), scale * math.sqrt(spread)


def _weibull_start(mean: float, sd: float) -> tuple[float, float]:
    log_shape = 1.086 * math.log(mean / sd)  # the usual approximation for Weibull shapes
    return log_shape, math.log(mean) - float(gammaln(1.0 + math.exp(-log_shape)))


def _beta_quantiles(theta: FloatArray, at: FloatArray) -> FloatArray:
    return np.asarray(betaincinv(math.exp(theta[0]), math.exp(theta[1]), at), dtype=np.float64)


def _beta_moments(theta: FloatArray) -> tuple[float, float]:
    a, b = math.exp(theta[0]), math.exp(theta[1])
    return a / (a + b), math.sqrt(a * b / (a + b + 1.0)) / (a + b)


def _beta_start(mean: float, sd: float) -> tuple[float, float]:
    precision = max(0.1, mean * (1.0 - mean) / sd**2 - 1.0)
    return math.log(mean * precision), math.log((1.0 - mean) * precision)


_NORMAL = _Family(
    name="normal",
    quantiles=_normal_quantiles,
    moments=lambda theta: (float(theta[0]), math.exp(theta[1])),
    start=lambda mean, sd: (mean, math.log(sd)),
)
_POSITIVE = (
    _NORMAL,
    _Family(
        name="log-normal",
        quantiles=_log_normal_quantiles,
        moments=_log_normal_moments,
        start=_log_normal_start,
    ),
    _Family(name="gamma", quantiles=_gamma_quantiles, moments=_gamma_moments, start=_gamma_start),
    _Family(
        name="weibull",
        quantiles=_weibull_quantiles,
        moments=_weibull_moments,
        start=_weibull_start,
    ),
)
_BETA = _Family(name="beta", quantiles=_beta_quantiles, moments=_beta_moments, start=_beta_start)
