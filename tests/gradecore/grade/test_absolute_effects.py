"""Absolute effects: sof.md 1.4 and 1.5, statistics.md 10, and properties of the formulas."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gradecore.absolute_effects import (
    BaselineRefused,
    Interval,
    absolute_effect,
    denominator,
    difference_in_words,
    fewer_or_more,
    number_needed,
    round_half_away,
)
from gradecore.input_errors import InputError

RISKS = st.floats(0.001, 0.999)
RATIOS = st.floats(0.05, 20)


def single(value):
    return Interval(estimate=value, low=value, high=value)


@pytest.mark.parametrize(
    ("measure", "effect", "baseline", "difference"),
    [
        # sof.md 1.5; the others recomputed by hand from the formulas of statistics.md 10
        ("OR", (0.61, 0.44, 0.85), 0.389, (-109, -170, -38)),
        ("RR", (0.90, 0.85, 0.95), 0.186, (-19, -28, -9)),
        ("RD", (-0.02, -0.05, 0.01), 0.2, (-20, -50, 10)),
        ("IRR", (0.8, 0.5, 1.2), 0.05, (-10, -25, 10)),
        ("PETO", (0.61, 0.44, 0.85), 0.389, (-109, -170, -38)),
    ],
)
def test_differences_per_thousand(measure, effect, baseline, difference):
    estimate, low, high = effect
    found = absolute_effect(measure, Interval(estimate=estimate, low=low, high=high), baseline)
    assert found.difference_per(1000) == difference


@pytest.mark.parametrize(("ratio", "expected"), [(0.70, 144.6), (1.40, 268.3)])
def test_hazard_ratio_of_the_event(ratio, expected):
    # sof.md 1.5: HR 0.70 at 20% -> 144.6; HR 1.40 -> 268.3 per 1000
    found = absolute_effect("HR", single(ratio), 0.2)
    assert round(found.intervention.estimate * 1000, 1) == expected


@given(RATIOS, RISKS)
def test_remaining_free_is_the_mirror_of_the_event(ratio, risk):
    event = absolute_effect("HR", single(ratio), risk)
    free = absolute_effect("HR", single(ratio), risk, event_free=True)
    assert free.difference.estimate == pytest.approx(-event.difference.estimate, abs=1e-12)
    assert free.intervention.estimate == pytest.approx((1 - risk) ** ratio)


@given(st.sampled_from(["RR", "OR", "HR", "IRR"]), RISKS)
def test_a_ratio_of_one_changes_nothing(measure, risk):
    assert absolute_effect(measure, single(1.0), risk).difference.estimate == pytest.approx(0)


@given(st.sampled_from(["RR", "OR", "HR"]), RISKS, st.lists(RATIOS, min_size=3, max_size=3))
def test_limits_stay_in_order_and_risks_are_risks(measure, risk, ratios):
    low, estimate, high = sorted(ratios)
    assume(low < high)
    found = absolute_effect(measure, Interval(estimate=estimate, low=low, high=high), risk)
    assert 0 <= found.intervention.low <= found.intervention.estimate <= found.intervention.high
    assert found.intervention.high <= 1
    assert found.difference.low <= found.difference.estimate <= found.difference.high


def test_a_risk_above_one_is_capped_and_noted():
    found = absolute_effect("RR", Interval(estimate=2, low=1.5, high=4), 0.4)
    assert found.intervention.high == 1
    assert [note.code for note in found.notes] == ["W-CAP"]
    assert absolute_effect("RR", single(5.0), 0.2).notes == ()


@pytest.mark.parametrize(
    ("measure", "baseline"), [("RR", 0.0), ("OR", 0.0), ("OR", 1.0), ("HR", 1.0), ("PETO", 1.0)]
)
def test_a_baseline_without_absolute_effect_is_refused(measure, baseline):
    with pytest.raises(BaselineRefused) as raised:
        absolute_effect(measure, single(0.5), baseline)
    assert raised.value.code == "W-BASELINE-ZERO"


def test_a_baseline_of_one_is_allowed_for_a_risk_ratio_below_one():
    found = absolute_effect("RR", Interval(estimate=0.5, low=0.4, high=1.1), 1.0)
    assert found.difference_per(1000) == (-500, -600, 0)
    assert [note.code for note in found.notes] == ["W-CAP"]


@pytest.mark.parametrize("baseline", [-0.1, 1.2])
def test_impossible_baselines_are_refused(baseline):
    with pytest.raises(InputError, match="above 0 and at most 1"):
        absolute_effect("RR", single(0.5), baseline)


def test_impossible_effects_are_refused():
    with pytest.raises(InputError, match="between its limits"):
        absolute_effect("RR", Interval(estimate=2, low=0.5, high=1), 0.2)
    with pytest.raises(InputError, match="negative"):
        absolute_effect("RR", Interval(estimate=0.5, low=-1, high=1), 0.2)
    with pytest.raises(InputError, match="No absolute effect"):
        absolute_effect("MD", single(1.0), 0.2)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [(0.5, 0, 1), (-0.5, 0, -1), (2.5, 0, 3), (2.675, 2, 2.68), (1.005, 2, 1.01), (-0.4, 0, 0)],
)
def test_half_is_rounded_away_from_zero(value, decimals, rounded):
    assert round_half_away(value, decimals) == rounded


def test_differences_are_said_in_words():
    difference = Interval(estimate=-0.006, low=-0.013, high=0.002)
    assert difference_in_words(difference) == "6 fewer per 1000 (13 fewer to 2 more)"
    assert fewer_or_more(-0.0002) == "<1 fewer"
    assert fewer_or_more(0.0) == "no difference"


def test_denominators():
    assert [denominator(p) for p in (0.2, 0.0009, 0.00005)] == [1000, 10_000, 100_000]
    assert denominator(0.2, prefer_hundred=True) == 100


def test_number_needed_follows_sign_and_infinity():
    # statistics.md 10: 1/|RD| rounded up; the interval goes through infinity
    clear = number_needed(Interval(estimate=-0.137, low=-0.155, high=-0.054), -1)
    assert (clear.kind, clear.rounded, clear.best, clear.worst) == ("NNTB", 8, 7, 19)
    unclear = number_needed(Interval(estimate=-0.0195, low=-0.0375, high=0.00295), -1)
    assert (unclear.rounded, unclear.best, unclear.worst) == (52, 27, 339)
    assert unclear.through_infinity
    harm = number_needed(Interval(estimate=0.1, low=0.05, high=0.3 - 0.2), -1)
    assert (harm.kind, harm.rounded, harm.worst) == ("NNTH", 10, 10)
    assert number_needed(single(0.0), 1).rounded is None
