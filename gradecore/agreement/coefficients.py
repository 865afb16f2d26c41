"""Coefficients of agreement of two raters, for one table or for many at once.

Tables have the shape (..., q, q): counts of units that the first rater put into category k and
the second into category l. q is the number of categories of the scale, not of those used. Weights
(q, q) say how much two categories agree: 1 on the diagonal. A coefficient that does not exist is
NaN here; the results that people see have None and a code instead.

Sources: Cohen 1960 and 1968; Brennan and Prediger 1981 (also known as PABAK, Byrt 1993); Gwet 2008
(doi:10.1348/000711006X126600) for AC1 and AC2; Krippendorff 1970; variances of Gwet 2014, Handbook
of Inter-Rater Reliability, chapters 5 and 6, without finite-population correction.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from gradecore.data import FloatArray
from gradecore.input_errors import InputError

Weighting = Literal["identity", "linear", "quadratic"]
COEFFICIENTS: tuple[str, ...] = ("kappa", "ac", "brennan_prediger", "alpha")


def agreement_weights(q: int, weighting: Weighting) -> FloatArray:
    """Return the weights (q, q): identity, 1 - |k - l|/(q - 1), or 1 - (k - l)²/(q - 1)²."""
    if weighting == "identity" or q == 1:
        return np.eye(q)
    apart = np.abs(np.subtract.outer(np.arange(q), np.arange(q))) / (q - 1.0)
    if weighting == "linear":
        return 1.0 - apart
    if weighting == "quadratic":
        return 1.0 - apart**2
    raise InputError(f"Weights are identity, linear or quadratic, not {weighting}.")


def observed_agreement(tables: FloatArray, weights: FloatArray) -> FloatArray:
    """Return p_a, the weighted share of agreement (...)."""
    return np.asarray(np.sum(weights * _shares(tables), axis=(-2, -1)), dtype=np.float64)


def chance_agreement(name: str, tables: FloatArray, weights: FloatArray) -> FloatArray:
    """Return p_e of the named coefficient (...)."""
    q = weights.shape[0]
    p = _shares(tables)
    rows, columns = p.sum(axis=-1), p.sum(axis=-2)
    middle = (rows + columns) / 2.0
    if name == "kappa":
        chance = np.einsum("...k,kl,...l->...", rows, weights, columns)
    elif name == "alpha":
        chance = np.einsum("...k,kl,...l->...", middle, weights, middle)
    elif name == "ac":
        chance = weights.sum() / (q * (q - 1.0)) * np.sum(middle * (1.0 - middle), axis=-1)
    elif name == "brennan_prediger":
        chance = np.full(p.shape[:-2], weights.sum() / q**2)
    else:
        raise InputError(f"There is no coefficient of agreement named {name}.")
    return np.asarray(chance, dtype=np.float64)


def coefficient(name: str, tables: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the named coefficient (...); NaN where chance agreement is complete or n is 0."""
    observed = observed_agreement(tables, weights)
    if name == "alpha":
        e = 1.0 / (2.0 * np.sum(tables, axis=(-2, -1)))
        observed = (1.0 - e) * observed + e
    chance = chance_agreement(name, tables, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (observed - chance) / (1.0 - chance)
    return np.where(1.0 - chance > 1e-12, found, np.nan)


def standard_error(name: str, table: FloatArray, weights: FloatArray) -> float | None:
    """Return the large-sample standard error for one table; None for alpha, which has none."""
    if name == "alpha":
        return None
    p, n = _shares(table), float(table.sum())
    value = float(coefficient(name, table, weights))
    p_a = float(observed_agreement(table, weights))
    p_e = float(chance_agreement(name, table, weights))
    rest = 1.0 - value
    if name == "brennan_prediger":
        spread = float(np.sum(p * weights**2)) - p_a**2
    else:
        share = _influence(name, p, weights)
        spread = float(np.sum(p * (weights - rest * share) ** 2)) - (p_a - 2.0 * rest * p_e) ** 2
    # Rounding may leave a tiny negative number where the variance is 0.
    return float(np.sqrt(max(0.0, spread) / n)) / (1.0 - p_e)


def _influence(name: str, p: FloatArray, weights: FloatArray) -> FloatArray:
    """Return what each cell adds to chance agreement, times two: the (q, q) term of V."""
    q = weights.shape[0]
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    if name == "kappa":
        return np.asarray((weights @ columns)[:, None] + (weights.T @ rows)[None, :])
    middle = (rows + columns) / 2.0
    pairs = 1.0 - (middle[:, None] + middle[None, :]) / 2.0
    return np.asarray(2.0 * weights.sum() * pairs / (q * (q - 1.0)))


def _shares(tables: FloatArray) -> FloatArray:
    total = np.sum(tables, axis=(-2, -1), keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(tables / total, dtype=np.float64)
