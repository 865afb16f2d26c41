"""The effect measures, and their table of contents ``MEASURES``."""

from __future__ import annotations

from gradecore.measures.change import (
    MEAN_CHANGE,
    RATIO_OF_PAIRED_MEANS,
    STANDARDIZED_CHANGE,
    STANDARDIZED_CHANGE_RAW,
    STANDARDIZED_CHANGE_RAW_UNEQUAL,
)
from gradecore.measures.correlation import CORRELATION, FISHER_CORRELATION
from gradecore.measures.generic import GENERIC, GENERIC_RATIO
from gradecore.measures.hazard_ratio import HAZARD_RATIO
from gradecore.measures.mean_difference import MEAN_DIFFERENCE
from gradecore.measures.measure import Measure
from gradecore.measures.odds_ratio import ODDS_RATIO
from gradecore.measures.peto_odds_ratio import PETO_ODDS_RATIO
from gradecore.measures.proportion import (
    PROPORTION,
    PROPORTION_ARCSINE,
    PROPORTION_DOUBLE_ARCSINE,
    PROPORTION_LOG,
    PROPORTION_LOGIT,
)
from gradecore.measures.rate_ratio import RATE_DIFFERENCE, RATE_RATIO, ROOT_RATE_DIFFERENCE
from gradecore.measures.ratio_of_means import RATIO_OF_MEANS
from gradecore.measures.risk_difference import ARCSINE_DIFFERENCE, RISK_DIFFERENCE
from gradecore.measures.risk_ratio import RISK_RATIO
from gradecore.measures.standardized_mean_difference import (
    GLASS_DELTA,
    GLASS_DELTA_UNEQUAL,
    STANDARDIZED_MEAN_DIFFERENCE,
    STANDARDIZED_UNEQUAL,
)

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        RISK_RATIO,
        ODDS_RATIO,
        RISK_DIFFERENCE,
        PETO_ODDS_RATIO,
        MEAN_DIFFERENCE,
        STANDARDIZED_MEAN_DIFFERENCE,
        HAZARD_RATIO,
        RATE_RATIO,
        RATE_DIFFERENCE,
        RATIO_OF_MEANS,
        GENERIC,
        GENERIC_RATIO,
        GLASS_DELTA,
        GLASS_DELTA_UNEQUAL,
        STANDARDIZED_UNEQUAL,
        ARCSINE_DIFFERENCE,
        ROOT_RATE_DIFFERENCE,
        MEAN_CHANGE,
        STANDARDIZED_CHANGE,
        STANDARDIZED_CHANGE_RAW,
        STANDARDIZED_CHANGE_RAW_UNEQUAL,
        RATIO_OF_PAIRED_MEANS,
        CORRELATION,
        FISHER_CORRELATION,
        PROPORTION_LOGIT,
        PROPORTION,
        PROPORTION_LOG,
        PROPORTION_ARCSINE,
        PROPORTION_DOUBLE_ARCSINE,
    )
}
"""Every effect measure by its code, in the order in which they are offered."""
