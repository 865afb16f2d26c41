"""Re-expressing a standardised mean difference: sof.md 1.6."""

import pytest

from gradecore.absolute_effects import Interval
from gradecore.input_errors import InputError
from gradecore.reexpression import as_odds_ratio, reexpress

SMD = Interval(estimate=-0.5, low=-0.8, high=-0.2)


def test_the_check_of_the_specification():
    # SMD -0.50 -> OR 0.404; a comparator risk of 40% becomes 21.2% (188 fewer per 1000)
    found = as_odds_ratio(SMD, 0.4)
    assert round(found.effect.estimate, 3) == 0.404
    assert round(found.absolute.intervention.estimate, 3) == 0.212
    assert found.absolute.difference_per(1000)[0] == -188


def test_the_direction_trap():
    # Less pain is good: a lower mean puts more people into the state “improved”.
    improved = as_odds_ratio(SMD, 0.4, state_at_low_end=True)
    assert round(improved.effect.estimate, 3) == round(1 / 0.40377411, 3)
    assert improved.absolute.difference.estimate > 0
    assert improved.effect.low < improved.effect.estimate < improved.effect.high


@pytest.mark.parametrize(
    ("method", "asks", "value"),
    [
        ("units", {"sd": 16.0}, -8.0),
        ("mid_units", {"sd": 16.0, "mid": 20.0}, -0.4),
        ("rom", {}, 0.8220122),
    ],
)
def test_each_method(method, asks, value):
    assert reexpress(method, SMD, **asks).effect.estimate == pytest.approx(value)


@pytest.mark.parametrize(
    ("smd", "size"), [(0.1, "trivial"), (0.2, "small"), (-0.5, "moderate"), (0.8, "large")]
)
def test_the_rule_of_last_resort(smd, size):
    assert reexpress("rule", Interval(estimate=smd, low=smd, high=smd)).size == size


def test_what_is_missing_is_named():
    with pytest.raises(InputError, match="SD of the familiar instrument"):
        reexpress("units", SMD)
    with pytest.raises(InputError, match="minimal important difference"):
        reexpress("mid_units", SMD, sd=10)
    with pytest.raises(InputError, match="no way to re-express"):
        reexpress("magic", SMD)
