"""Peto's pooling: sums of observed minus expected events over sums of their variances.

Source: Yusuf 1985 (doi:10.1016/S0033-0620(85)80003-7). Nothing is added to empty cells.
"""

from __future__ import annotations

import numpy as np

from gradecore.batch import Center
from gradecore.data import FloatArray


def peto(excess: FloatArray, variance: FloatArray) -> Center:
    """Return sum(O - E)/sum V with standard error 1/sqrt(sum V); shapes (rows, k), NaN left out."""
    both = np.where(np.isnan(excess), np.nan, variance)
    total = np.nansum(both, axis=-1)
    some = np.where(total > 0.0, total, np.nan)
    estimate = np.nansum(np.where(np.isnan(variance), np.nan, excess), axis=-1) / some
    shares = np.nan_to_num(100.0 * both / some[..., None])
    return Center(estimate, 1.0 / np.sqrt(some), shares)
