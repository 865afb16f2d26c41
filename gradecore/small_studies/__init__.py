"""Do small studies tell another story? Tests for funnel plot asymmetry, trim and fill, fail-safe N.

``egger``, ``regtest`` and ``begg`` take effects and variances; ``BINARY_TESTS`` take the tables
that ``tables_of`` makes; ``trim_and_fill`` and the fail-safe numbers are sensitivity analyses.
``suitable_tests`` says which test suits which measure, ``funnel`` what the plot shows.
"""

from gradecore.small_studies.binary_tests import (
    BINARY_TESTS,
    BinaryAsymmetry,
    InformativeTables,
    tables_of,
)
from gradecore.small_studies.choice import SuitableTests, suitable_tests
from gradecore.small_studies.fail_safe import FailSafeN, orwin, rosenberg, rosenthal
from gradecore.small_studies.funnel import Funnel, FunnelLine, funnel
from gradecore.small_studies.rank_test import RankCorrelation, begg
from gradecore.small_studies.regression_tests import AsymmetryTest, egger, regtest
from gradecore.small_studies.trim_and_fill import TrimAndFill, trim_and_fill

__all__ = [
    "BINARY_TESTS",
    "AsymmetryTest",
    "BinaryAsymmetry",
    "FailSafeN",
    "Funnel",
    "FunnelLine",
    "InformativeTables",
    "RankCorrelation",
    "SuitableTests",
    "TrimAndFill",
    "begg",
    "egger",
    "funnel",
    "orwin",
    "regtest",
    "rosenberg",
    "rosenthal",
    "suitable_tests",
    "tables_of",
    "trim_and_fill",
]
