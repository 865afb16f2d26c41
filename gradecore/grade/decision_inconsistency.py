"""Two indices of inconsistency towards decision thresholds: DI and ASI.

Each study's effect is taken as normally distributed; the share of it in every zone between the
thresholds is exact here, where the method as published draws samples. The passage to the absolute
scale keeps the order of effects, so the thresholds are brought to the analysis scale instead.

DI = 100 (1 - ½ Σ_c |1/C - p_c| / ((C - 1)/C)), C zones, p_c overall proportions.
ASI = 100 √(φ² / min(k - 1, C - 1)), φ² of the table of studies by zones: Cramér's V that counts
zones nobody reaches.

Source: Sousa-Pinto 2024 (doi:10.1016/j.jclinepi.2024.111306) and the R package metainc.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """Decision inconsistency and across-studies inconsistency, 0 to 100; zones in rising order."""

    decision: float
    across_studies: float
    zones: tuple[float, ...]


def indices(
    effects: tuple[float, ...], standard_errors: tuple[float, ...], thresholds: tuple[float, ...]
) -> Indices:
    """Return both indices for effects with standard errors against rising thresholds.

    All on the analysis scale; thresholds may be infinite. At least one study and one threshold.
    """
    y = np.asarray(effects, dtype=np.float64)[:, np.newaxis]
    se = np.asarray(standard_errors, dtype=np.float64)[:, np.newaxis]
    cuts = np.asarray((-math.inf, *sorted(thresholds), math.inf), dtype=np.float64)[np.newaxis, :]
    share = np.diff(ndtr((cuts - y) / se), axis=1)
    overall = share.mean(axis=0)
    zones = overall.size
    unevenness = np.abs(1.0 / zones - overall).sum()
    decision = 100.0 * (1.0 - 0.5 * unevenness / ((zones - 1) / zones))
    return Indices(
        decision=float(decision),
        across_studies=_across(share, overall),
        zones=tuple(float(one) for one in overall),
    )


def _across(share: Floats, overall: Floats) -> float:
    studies, zones = share.shape
    if studies < 2:
        return 0.0
    reached = overall > 0.0
    deviation = (share[:, reached] - overall[reached]) ** 2 / overall[reached]
    phi2 = float(deviation.sum()) / studies
    return 100.0 * math.sqrt(phi2 / min(studies - 1, zones - 1))
