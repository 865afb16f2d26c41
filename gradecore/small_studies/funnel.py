"""What a funnel plot shows: the effects against their SEs, the centre, and where chance ends.

Source: Sterne and Egger 2001 (doi:10.1016/S0895-4356(01)00377-8) for SEs on the axis; Peters 2008
(doi:10.1016/j.jclinepi.2007.11.010) for contours of significance around no effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.input_errors import InputError
from gradecore.small_studies.regression_tests import Column
from gradecore.study_columns import complete_columns
from gradecore.wald_statistics import critical_value


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLine:
    """Two straight lines from the tip of the funnel: lower and upper limit at the widest SE."""

    level: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Points (effect, SE) on the analysis scale, the tip, and the lines at ``widest_se``.

    A line runs from (``centre``, SE 0) to (``lower`` or ``upper``, ``widest_se``). ``used`` are
    the 0-based rows of the studies shown.
    """

    effects: tuple[float, ...]
    ses: tuple[float, ...]
    used: tuple[int, ...]
    centre: float
    widest_se: float
    lines: tuple[FunnelLine, ...]


def funnel(
    effects: Column,
    variances: Column,
    *,
    centre: float | None = None,
    levels: tuple[float, ...] = (0.95,),
) -> Funnel:
    """Return the funnel around a centre, by default the common-effect mean.

    Put the null in ``centre`` and levels of 0.90, 0.95 and 0.99 for contours of significance.
    InputError for variances that are not positive, or a level outside 0 to 1.
    """
    for level in levels:
        if not 0.0 < level < 1.0:
            raise InputError("The level must lie between 0 and 1.", column="level")
    data = complete_columns({"yi": effects, "vi": variances})
    y, v = data.column("yi"), data.positive("vi")
    ses = np.sqrt(v)
    offset = float(y[np.argmin(v)])
    middle = offset + float(np.sum((y - offset) / v) / np.sum(1.0 / v))
    middle = middle if centre is None else centre
    widest = float(ses.max())
    lines = []
    for level in levels:
        half = critical_value(level, None) * widest
        lines.append(FunnelLine(level=level, lower=middle - half, upper=middle + half))
    return Funnel(
        effects=tuple(float(one) for one in y),
        ses=tuple(float(one) for one in ses),
        used=data.used,
        centre=middle,
        widest_se=widest,
        lines=tuple(lines),
    )
