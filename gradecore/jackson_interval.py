"""Jackson's interval for tau²: the values at which the generalised Q would not be surprising.

Q is taken with the weights 1/sqrt(v), as Jackson advises. Under normal effects it is a sum of
independent chi² variables with one degree of freedom, each times an eigenvalue of
(V + tau²)^½ P (V + tau²)^½. The limits are the tau² at which the Q observed has the upper tail
probabilities alpha/2 and 1 - alpha/2. The R package meta gives this interval beside the
DerSimonian-Laird estimate.

Sources: Jackson 2013 (doi:10.1002/jrsm.1081); Ruben 1962 (doi:10.1214/aoms/1177704580) for the
distribution.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import chdtr

from gradecore.data import FloatArray

_MOST_TERMS = 6000
_SMALL = 1e-13


def upper_tail(q: float, eigenvalues: FloatArray) -> float:
    """Return P(sum of eigenvalue times chi²(1) > q) by Ruben's series in chi² probabilities.

    All eigenvalues must be positive. NaN if they are so unequal that 6000 terms do not suffice.
    """
    n = len(eigenvalues)
    beta = 2.0 / (1.0 / float(eigenvalues.min()) + 1.0 / float(eigenvalues.max()))
    ratios = 1.0 - beta / eigenvalues
    closest = float(np.abs(ratios).max())
    terms = 1 if closest < _SMALL else math.ceil(math.log(_SMALL) / math.log(closest)) + n
    if terms > _MOST_TERMS:
        return math.nan
    powers = np.cumprod(np.tile(ratios, (terms, 1)), axis=0).sum(axis=1)
    weights = np.zeros(terms)
    weights[0] = math.exp(0.5 * float(np.log(beta / eigenvalues).sum()))
    for j in range(1, terms):
        weights[j] = powers[:j][::-1] @ weights[:j] / (2.0 * j)
    below = chdtr(n + 2.0 * np.arange(terms), q / beta)
    return 1.0 - float(weights @ below)


class QDistribution:
    """The distribution of the generalised Q of one set of studies as a function of tau²."""

    __slots__ = ("_projection", "_variances", "q")

    def __init__(self, effects: FloatArray, variances: FloatArray) -> None:
        weights = 1.0 / np.sqrt(variances)
        self._variances = variances
        self._projection = np.diag(weights) - np.outer(weights, weights) / weights.sum()
        centered = effects - float(effects[int(np.argmin(variances))])
        self.q = float(centered @ self._projection @ centered)

    def exceeds(self, tau2: float) -> float:
        """Return the probability that Q exceeds the value observed."""
        scale = np.sqrt(self._variances + tau2)
        matrix = scale[:, None] * self._projection * scale
        return upper_tail(self.q, np.linalg.eigvalsh(matrix)[1:])


def limit(distribution: QDistribution, probability: float) -> float:
    """Return the tau² at which Q exceeds the observed value with this probability, 0 if none."""
    if distribution.exceeds(0.0) >= probability:
        return 0.0
    low, high = 0.0, 1.0
    while distribution.exceeds(high) < probability:
        low, high = high, 4.0 * high
    for _ in range(200):
        middle = 0.5 * (low + high)
        if high - low <= 1e-12 * high:
            break
        if distribution.exceeds(middle) < probability:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def jackson_interval(
    effects: FloatArray, variances: FloatArray, level: float
) -> tuple[float, float]:
    """Return the limits of tau² for effects and variances of shape (k,), k at least 2."""
    distribution = QDistribution(effects, variances)
    tail = 0.5 * (1.0 - level)
    return limit(distribution, tail), limit(distribution, 1.0 - tail)
