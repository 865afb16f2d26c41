"""The noncentral hypergeometric distribution of one cell of a two-by-two table, margins fixed."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from gradecore.data import FloatArray


def conditional_moments(
    n1: FloatArray, n2: FloatArray, events: FloatArray, odds_ratio: float
) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance (k,) of the experimental events of tables with these margins.

    All support points of all tables stand in one long array, so that tables of any size cost
    no more than their support.
    """
    low = np.maximum(0.0, np.ceil(events - n2))
    sizes = (np.floor(np.minimum(n1, events)) - low + 1.0).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    table = np.repeat(np.arange(sizes.size), sizes)
    x = low[table] + (np.arange(table.size) - starts[table])
    t1, t2, m = n1[table], n2[table], events[table]
    logs = x * np.log(odds_ratio)
    logs -= gammaln(x + 1.0) + gammaln(t1 - x + 1.0)
    logs -= gammaln(m - x + 1.0) + gammaln(t2 - m + x + 1.0)
    chances = np.exp(logs - np.maximum.reduceat(logs, starts)[table])
    total = np.add.reduceat(chances, starts)
    mean = np.add.reduceat(chances * x, starts) / total
    variance = np.add.reduceat(chances * (x - mean[table]) ** 2, starts) / total
    return mean, variance
