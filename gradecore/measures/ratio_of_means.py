"""The ratio of two means (Hedges 1999; second-order correction: Lajeunesse 2015).

Sources: doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2 and doi:10.1890/14-2402.1.
"""

from __future__ import annotations

import numpy as np

from gradecore.data import Columns, ContinuousArms
from gradecore.measures.mean_difference import without_spread
from gradecore.measures.measure import LOG, Measure, MeasuredEffects, left_out, measured
from gradecore.profiles import PoolingPlan


def effects(columns: Columns, plan: PoolingPlan) -> MeasuredEffects:
    """Return ln(m1/m2) and sd1²/(n1 m1²) + sd2²/(n2 m2²); the means must share their sign."""
    m1, m2 = columns["mean_experimental"], columns["mean_control"]
    first = columns["sd_experimental"] ** 2 / (columns["total_experimental"] * m1**2)
    second = columns["sd_control"] ** 2 / (columns["total_control"] * m2**2)
    same_sign = m1 * m2 > 0
    ratio = np.where(same_sign, m1, np.nan) / np.where(same_sign, m2, np.nan)
    y = np.log(ratio)
    if plan.rom_correction:
        y = y + 0.5 * (first - second)
    found = left_out(measured(y, first + second), ~same_sign, "opposite-signs")
    if plan.zero_sd == "exclude":
        return left_out(found, without_spread(columns), "zero-sd")
    return found


RATIO_OF_MEANS = Measure(
    code="ROM",
    name="Ratio of means",
    abbreviation="RoM",
    family="continuous",
    data=ContinuousArms,
    scale=LOG,
    null=1.0,
    axis="log",
    words="The mean in the experimental arm divided by the mean in the control arm.",
    effects=effects,
)
