"""Meta-regression: how study effects depend on what differs between the studies.

``meta_regression(effects, variances, moderators, plan)`` is the entrance; ``indicator_columns``
turns a categorical moderator into columns.
"""

from gradecore.meta_regression.design import indicator_columns
from gradecore.meta_regression.regression import meta_regression
from gradecore.meta_regression.results import (
    Coefficient,
    MetaRegression,
    ModeratorTest,
    RegressionPlan,
)

__all__ = [
    "Coefficient",
    "MetaRegression",
    "ModeratorTest",
    "RegressionPlan",
    "indicator_columns",
    "meta_regression",
]
