"""The bootstrap interval of a pooled effect: the studies drawn again and again, each draw pooled.

Percentile interval over studies drawn with replacement (Efron and Tibshirani 1993, chapter 13).
Draws are pooled as batches by inverse variance; the same seed gives the same interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gradecore.batch import pool_batch
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate

_CHUNK = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """The limits on the natural scale; ``runs`` counts the draws that gave an estimate."""

    runs: int
    wanted: int
    level: float
    lower: float
    upper: float
    seed: int


def bootstrap(
    pooled: PooledEstimate, runs: int, seed: int, step: Callable[[int, int], None] | None = None
) -> Bootstrap:
    """Return the interval between the percentiles of the pooled effect of ``runs`` draws.

    ``step(done, of)`` is called before every portion of draws. Raises ``InputError`` with fewer
    than two studies.
    """
    used = [one for one in pooled.studies if one.estimate is not None and one.se is not None]
    if len(used) < 2:
        raise InputError("Drawing studies again needs at least two studies.")
    plan = replace(pooled.plan, weighting="inverse-variance", tau2_interval="none")
    y = np.array([one.estimate for one in used], dtype=np.float64)
    v = np.array([one.se for one in used], dtype=np.float64) ** 2
    draw = np.random.default_rng(seed)
    estimates = []
    for first in range(0, runs, _CHUNK):
        if step is not None:
            step(first, runs)
        rows = draw.integers(0, len(y), (min(_CHUNK, runs - first), len(y)))
        estimates.append(pool_batch(y[rows], v[rows], plan).estimate)
    every = np.concatenate(estimates)
    every = every[np.isfinite(every)]
    tail = 50.0 * (1.0 - plan.level)
    low, high = np.percentile(every, [tail, 100.0 - tail])
    natural = MEASURES[plan.measure].natural
    return Bootstrap(runs=len(every), wanted=runs, level=plan.level, lower=natural(float(low)),
                     upper=natural(float(high)), seed=seed)
