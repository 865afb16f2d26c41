"""Bootstrap intervals of coefficients of agreement, over units or over whole studies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.agreement.coefficients import COEFFICIENTS, coefficient
from gradecore.data import FloatArray

_ROOM = 2**22


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """Percentile intervals by coefficient, and what repeats them: seed and number of resamples.

    ``undefined`` counts, by coefficient, the resamples in which it does not exist; they are left
    out of its percentiles.
    """

    resamples: int
    seed: int
    clusters: int
    intervals: tuple[tuple[str, float | None, float | None], ...]
    undefined: tuple[tuple[str, int], ...]

    def interval(self, name: str) -> tuple[float | None, float | None]:
        """Return the limits of the named coefficient; KeyError if there is none."""
        for found, lower, upper in self.intervals:
            if found == name:
                return lower, upper
        raise KeyError(name)


def percentile_intervals(
    tables: FloatArray, weights: FloatArray, *, resamples: int, seed: int, level: float
) -> Bootstrap:
    """Return percentile intervals from resampling clusters with tables (clusters, q, q).

    Clusters with equal tables are drawn together, which is the same and needs less memory; so
    single units cost no more than the q² cells they fall into.
    """
    flat, often = np.unique(tables.reshape(tables.shape[0], -1), axis=0, return_counts=True)
    values: dict[str, list[FloatArray]] = {name: [] for name in COEFFICIENTS}
    random, clusters = np.random.default_rng(seed), tables.shape[0]
    turn = max(1, _ROOM // len(often))
    for start in range(0, resamples, turn):
        size = min(turn, resamples - start)
        times = random.multinomial(clusters, often / clusters, size=size)
        drawn = (times.astype(np.float64) @ flat).reshape(size, *tables.shape[1:])
        for name in COEFFICIENTS:
            values[name].append(coefficient(name, drawn, weights))
    joined = {name: np.concatenate(parts) for name, parts in values.items()}
    return Bootstrap(
        resamples=resamples,
        seed=seed,
        clusters=clusters,
        intervals=tuple((name, *_percentiles(found, level)) for name, found in joined.items()),
        undefined=tuple((name, int(np.isnan(found).sum())) for name, found in joined.items()),
    )


def _percentiles(values: FloatArray, level: float) -> tuple[float | None, float | None]:
    defined = values[~np.isnan(values)]
    if defined.size == 0:
        return None, None
    lower, upper = np.quantile(defined, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(lower), float(upper)
