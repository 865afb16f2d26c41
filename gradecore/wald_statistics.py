"""The two-sided test and interval of one estimate with a standard error, normal or t."""

from __future__ import annotations

import numpy as np

from gradecore.distributions import normal_p, normal_quantile, t_p, t_quantile


def critical_value(level: float, df: float | None) -> float:
    """Return the quantile by which an SE is multiplied; normal where ``df`` is None."""
    return normal_quantile(level) if df is None else float(t_quantile(np.array([df]), level)[0])


def two_sided_p(statistic: float, df: float | None) -> float:
    """Return the two-sided p from the tail itself; normal where ``df`` is None."""
    at = np.array([statistic])
    return float((normal_p(at) if df is None else t_p(at, np.array([df])))[0])
