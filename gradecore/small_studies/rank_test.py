"""The rank correlation test for funnel plot asymmetry.

Sources: Begg and Mazumdar 1994 (doi:10.2307/2533446); Kendall, Rank Correlation Methods, for the
exact distribution and the variance with ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from gradecore.data import FloatArray, IntArray
from gradecore.input_errors import InputError
from gradecore.notes import Note
from gradecore.small_studies.regression_tests import Column, few_studies
from gradecore.study_columns import complete_columns

_EXACT_BELOW = 50
_BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCorrelation:
    """Kendall's tau-b with its score S (concordant minus discordant pairs).

    ``p_exact`` is None with ties or from 50 pairs of values on; ``p_normal`` uses the variance
    ``score_se``² with tie correction, without continuity correction. Undefined numbers are None.
    """

    tau: float | None
    score: int
    score_se: float
    statistic: float | None
    p_exact: float | None
    p_normal: float | None
    ties: bool
    notes: tuple[Note, ...] = ()


def begg(effects: Column, variances: Column) -> RankCorrelation:
    """Return the rank correlation of standardised deviates with variances; InputError for k < 3."""
    data = complete_columns({"yi": effects, "vi": variances})
    y, v = data.column("yi"), data.positive("vi")
    if y.size < 3:
        raise InputError(f"This test needs at least 3 studies; there are {y.size}.")
    found = rank_correlation(standardised_deviates(y, v), v)
    return RankCorrelation(
        tau=found.tau,
        score=found.score,
        score_se=found.score_se,
        statistic=found.statistic,
        p_exact=found.p_exact,
        p_normal=found.p_normal,
        ties=found.ties,
        notes=(*data.notes, *few_studies(y.size)),
    )


def standardised_deviates(y: FloatArray, v: FloatArray) -> FloatArray:
    """Return (y - theta)/sqrt(v - 1/sum w), theta the common-effect mean, w = 1/v."""
    w = 1.0 / v
    top = int(np.argmax(w))
    from_top = y - y[top]
    total = float(np.sum(w))
    rest = np.delete(w, top)
    share = (total - w) / total
    deviation = from_top - float(np.sum(w * from_top)) / total
    # Next to one study with nearly all the weight these differences would cancel.
    share[top] = float(np.sum(rest)) / total
    deviation[top] = -float(np.sum(rest * np.delete(from_top, top))) / total
    return np.asarray(deviation / np.sqrt(v * share), dtype=np.float64)


def rank_correlation(x: FloatArray, y: FloatArray) -> RankCorrelation:
    """Return Kendall's rank correlation of two columns of n numbers each."""
    n = x.size
    score = _score(x, y)
    tied_x, tied_y = _tie_sizes(x), _tie_sizes(y)
    pairs = n * (n - 1) / 2.0
    untied = (pairs - _pairs(tied_x)) * (pairs - _pairs(tied_y))
    ties = bool((tied_x > 1).any() or (tied_y > 1).any())
    # Where all of one column is tied, S is 0 by necessity and its variance 0 but for rounding.
    variance = _score_variance(n, tied_x, tied_y) if untied > 0.0 else 0.0
    statistic = score / np.sqrt(variance) if variance > 0.0 else None
    exact = None if ties or n >= _EXACT_BELOW else _exact_p(score, n)
    return RankCorrelation(
        tau=score / float(np.sqrt(untied)) if untied > 0.0 else None,
        score=score,
        score_se=float(np.sqrt(variance)),
        statistic=None if statistic is None else float(statistic),
        p_exact=exact,
        p_normal=None if statistic is None else 2.0 * float(ndtr(-abs(statistic))),
        ties=ties,
    )


def _score(x: FloatArray, y: FloatArray) -> int:
    """Return concordant minus discordant pairs, in blocks so that memory stays linear."""
    total = 0.0
    for start in range(0, x.size, _BLOCK):
        rows = slice(start, start + _BLOCK)
        signs = np.sign(x[rows, None] - x) * np.sign(y[rows, None] - y)
        total += float(signs.sum())
    return round(total / 2.0)


def _tie_sizes(values: FloatArray) -> IntArray:
    return np.asarray(np.unique(values, return_counts=True)[1], dtype=np.int64)


def _pairs(sizes: IntArray) -> float:
    return float(np.sum(sizes * (sizes - 1.0))) / 2.0


def _score_variance(n: int, tied_x: IntArray, tied_y: IntArray) -> float:
    if n < 2:
        return 0.0
    whole = n * (n - 1.0)
    plain = whole * (2 * n + 5.0)
    plain -= sum(float(np.sum(t * (t - 1.0) * (2 * t + 5.0))) for t in (tied_x, tied_y))
    variance = plain / 18.0 + 2.0 * _pairs(tied_x) * _pairs(tied_y) / whole
    if n > 2:
        triples = [float(np.sum(t * (t - 1.0) * (t - 2.0))) for t in (tied_x, tied_y)]
        variance += triples[0] * triples[1] / (9.0 * whole * (n - 2.0))
    return max(0.0, variance)


def _exact_p(score: int, n: int) -> float:
    """Return the two-sided exact p: twice the smaller tail of the number of inversions."""
    chances = np.ones(1)
    for m in range(2, n + 1):
        chances = np.convolve(chances, np.full(m, 1.0 / m))
    inversions = round((n * (n - 1) / 2 - score) / 2)
    below = float(np.sum(chances[: inversions + 1]))
    above = float(np.sum(chances[inversions:]))
    return min(1.0, 2.0 * min(below, above))
