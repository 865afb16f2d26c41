"""What is rated: grade.md 6.2."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.grade.evidence import BaselineRisk, Evidence, PooledNumbers
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.target import (
    Thresholds,
    crossed,
    derive_target,
    same_for_whole_range,
    size_of,
    thresholds_of,
    zone_of,
)
from gradecore.input_errors import InputError
from tests.gradecore.grade.bodies import DEFAULTS


@pytest.mark.parametrize(
    ("kind", "mid", "estimate", "target", "thresholds"),
    [
        ("mid", 0.02, -0.05, "important_effect", (-0.02, 0.02)),
        ("mid", 0.02, 0.01, "little_or_no_effect", (-0.02, 0.02)),
        ("mid", 0.02, 0.02, "little_or_no_effect", (-0.02, 0.02)),
        ("null", 0.02, 0.01, "little_or_no_effect", (-0.02, 0.02)),
        ("null", 0.02, 0.03, "non_null_effect", (0.0,)),
        ("null", None, 0.01, "non_null_effect", (0.0,)),
    ],
)
def test_the_table_of_targets(kind, mid, estimate, target, thresholds):
    found = derive_target(Thresholds(type=kind, mid=mid, better="lower"), estimate)
    assert (found.code, found.thresholds, found.replaced) == (target, thresholds, False)


def test_nothing_is_derived_without_threshold_or_estimate():
    assert derive_target(Thresholds(mid=0.02), 0.1) is None
    assert derive_target(Thresholds(type="mid"), 0.1) is None
    assert derive_target(Thresholds(type="mid", mid=0.02), None) is None


def test_the_team_may_replace_the_target_with_a_reason():
    chosen = Thresholds(
        type="mid", mid=0.02, target="non_null_effect", target_reason="Any effect matters."
    )
    found = derive_target(chosen, -0.05)
    assert (found.code, found.derived, found.replaced) == (
        "non_null_effect",
        "important_effect",
        True,
    )
    assert found.reason == "Any effect matters."
    assert found.thresholds == (0.0,)


def test_different_limits_for_benefit_and_harm():
    fewer = Thresholds(type="mid", mid=0.02, mid_harm=0.01, better="lower")
    more = Thresholds(type="mid", mid=0.02, mid_harm=0.01, better="higher")
    assert fewer.important == (-0.02, 0.01)
    assert more.important == (-0.01, 0.02)
    assert Thresholds(mid=0.02, mid_harm=0.01).important is None


def test_ranges():
    ranges = Thresholds(type="ranges", better="lower", ranges=(0.01, 0.03, 0.06))
    found = derive_target(ranges, -0.04)
    assert found.code == "effect_in_range"
    assert found.thresholds == (-0.06, -0.03, -0.01, 0.01, 0.03, 0.06)
    sizes = [size_of(ranges, x) for x in (0.0, -0.01, -0.04, 0.06)]
    assert sizes == ["trivial", "small", "moderate", "large"]
    assert thresholds_of(Thresholds(type="decision", decision=0.05), "non_null_effect") == (0.05,)


def test_only_what_lies_strictly_inside_is_crossed():
    assert crossed(-0.02, 0.03, (-0.02, 0.0, 0.03)) == (0.0,)


@pytest.mark.parametrize(
    ("effect", "sign", "zone"),
    [
        (0.3, 1, "beyond_benefit"),
        (0.3, -1, "beyond_harm"),
        (-0.3, -1, "beyond_benefit"),
        (-0.3, 1, "beyond_harm"),
        (0.1, -1, "within"),
        (0.3, None, "above"),
        (-0.3, None, "below"),
    ],
)
def test_zones(effect, sign, zone):
    assert zone_of(effect, (-0.2, 0.2), sign) == zone


@given(st.floats(-0.2, 0.2), st.floats(0.001, 0.1), st.floats(0.01, 0.1), st.floats(0.001, 0.05))
def test_one_verdict_for_a_whole_range_holds_for_every_mid_in_it(low, width, start, more):
    interval, span = (low, low + width), (start, start + more)
    if same_for_whole_range(interval, span):
        verdicts = {
            crossed(*interval, (-mid, mid)) == ()
            for mid in (start + more * part / 10 for part in range(1, 10))
        }
        assert len(verdicts) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "guess"},
        {"better": "left"},
        {"mid": 0.0},
        {"mid_harm": -1.0},
        {"ranges": (0.3, 0.2)},
        {"target": "fame"},
    ],
)
def test_impossible_thresholds_are_refused(wrong):
    with pytest.raises(InputError):
        Thresholds(**wrong)


@pytest.mark.parametrize("ratio", [0.9, 0.93, 0.97])
@pytest.mark.parametrize("risk", [0.1, 0.2, 0.3, 0.35, 0.45])
def test_a_limit_on_the_threshold_does_not_contain_it(ratio: float, risk: float) -> None:
    """By hand: the difference is risk * (ratio - 1), so a MID of just that lies on the limit."""
    mid = float(Decimal(str(risk)) * (1 - Decimal(str(ratio))))
    evidence = Evidence(
        measure="RR", baselines=(BaselineRisk(label="", risk=risk),), n=500,
        pooled=PooledNumbers(
            effect=math.log(0.8), low=math.log(0.7), high=math.log(ratio)),
    )
    held = replace(DEFAULTS, thresholds=Thresholds(type="mid", mid=mid, better="lower"))
    prompts = {one.id: one for one in run_prompts(compute_facts(evidence, held), held)}
    assert prompts["IMP-1"].status == "clear"
    on_it = replace(evidence, pooled=PooledNumbers(
        effect=math.log(ratio), low=math.log(0.5), high=math.log(1.2)))
    assert compute_facts(on_it, held).text("target") == "little_or_no_effect"
