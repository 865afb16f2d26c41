"""The test vectors of grade.md 8.4.2."""

import pytest

from gradecore.grade.information_size import for_events, for_means
from gradecore.input_errors import InputError

TABLE = [
    (0.02, 34678, 21586, 14566, 378),
    (0.05, 13486, 8400, 5672, 368),
    (0.10, 6422, 4004, 2706, 350),
    (0.20, 2890, 1806, 1224, 316),
    (0.30, 1712, 1074, 730, 282),
    (0.50, 770, 488, 334, 214),
]


@pytest.mark.parametrize(("risk", "twenty", "quarter", "thirty", "expected"), TABLE)
def test_events(risk, twenty, quarter, thirty, expected):
    sizes = [for_events(risk, change).total for change in (0.20, 0.25, 0.30)]
    assert sizes == [twenty, quarter, thirty]
    assert for_events(risk, 0.25).events == pytest.approx(expected, abs=0.51)


def test_an_increase_needs_another_size():
    assert for_events(0.30, 0.25, desirable=True).total == 1242


def test_a_desirable_risk_stays_below_one():
    assert for_events(0.9, 0.25, desirable=True).total > 0


@pytest.mark.parametrize(
    ("difference", "sd", "total"), [(0.2, 1, 786), (0.5, 1, 126), (10, 25, 198), (5, 20, 504)]
)
def test_means(difference, sd, total):
    assert for_means(difference, sd).total == total


def test_impossible_sizes_are_refused():
    with pytest.raises(InputError):
        for_events(0.0)
    with pytest.raises(InputError):
        for_means(0.0, 1.0)
