"""The two-sided test and interval of an estimate with a standard error, normal or t."""

from __future__ import annotations

from scipy.special import ndtr, ndtri, stdtr, stdtrit


def critical_value(level: float, df: float | None) -> float:
    """Return the quantile by which an SE is multiplied; normal where ``df`` is None."""
    tail = (1.0 + level) / 2.0
    return float(ndtri(tail)) if df is None else float(stdtrit(df, tail))


def two_sided_p(statistic: float, df: float | None) -> float:
    """Return the two-sided p from the tail itself; normal where ``df`` is None."""
    tail = ndtr(-abs(statistic)) if df is None else stdtr(df, -abs(statistic))
    return 2.0 * float(tail)
