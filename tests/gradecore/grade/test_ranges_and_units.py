"""Ranges of both directions, ratios as MIDs, spans of MIDs, and effects in SD units: grade.md 6, 8.

All expected values are hand arithmetic with the rules of these sections.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gradecore.grade.checks import BodyState, RatingInput, check
from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import (
    BaselineRisk,
    Evidence,
    PooledNumbers,
    Restricted,
    SmallStudies,
    StudyEvidence,
)
from gradecore.grade.facts import Facts
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.target import same_for_whole_range
from gradecore.grade.vocabulary import DOMAINS
from tests.gradecore.grade.bodies import asked, events, measured, ratio, settings

RANGES = {
    "framework": "partial", "type": "ranges", "better": "lower",
    "ranges": (0.010, 0.020, 0.040), "ranges_harm": (0.005, 0.015, 0.030),
}


def rd(estimate: float, low: float, high: float, **more: object) -> Evidence:
    pooled = PooledNumbers(effect=estimate, low=low, high=high)
    return Evidence(**{"measure": "RD", "pooled": pooled, **more})


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [
        (-0.018, -0.012, 0),
        (-0.019, -0.010, 0),  # a limit on T1 does not contain it
        (-0.018, 0.004, 1),  # T1 of benefit
        (-0.018, 0.006, 2),  # T1 of benefit and of harm
        (-0.025, 0.006, 3),
        (-0.050, 0.035, 6),
    ],
)
def test_thresholds_between_ranges_are_counted_in_both_directions(low, high, count):
    prompt = asked(rd(-0.015, low, high), settings(**RANGES))["IMP-5"]
    assert prompt.verdict == f"crossed_{min(3, count)}"
    assert prompt.fired == (count > 0)
    if count:
        assert prompt.typical == f"−{min(3, count)} is often considered."


def test_benefit_and_harm_of_ranges_are_those_from_t1_on():
    both = asked(rd(-0.015, -0.018, 0.006), settings(**RANGES))["IMP-1"]
    assert both.verdict == "both_important"
    upwards = settings(**RANGES | {"better": "higher"})
    assert asked(rd(-0.001, -0.006, 0.008), upwards)["IMP-1"].verdict == "crossed_once"
    assert asked(rd(-0.001, -0.006, 0.012), upwards)["IMP-1"].verdict == "both_important"


def test_ranges_count_only_where_ranges_are_rated():
    rules = settings(type="mid", mid=0.02, better="lower", ranges=(0.01, 0.02, 0.04))
    prompt = asked(rd(-0.015, -0.05, 0.03), rules)["IMP-5"]
    assert (prompt.status, prompt.applicable) == ("not_assessable", False)


def test_without_declared_ranges_the_gap_is_named():
    bare = settings(type="ranges", better="lower")
    prompts = asked(rd(-0.015, -0.05, 0.03), bare)
    assert prompts["IMP-5"].applicable
    assert "T1, T2, T3" in prompts["IMP-5"].reason
    assert "T1, T2, T3" in prompts["IMP-1"].reason


def test_studies_lie_in_zones_around_t1_and_estimates_move_between_ranges():
    claim = main_claim(rd(-0.015, -0.02, -0.012), settings(**RANGES))
    assert [claim.zone(one) for one in (-0.05, -0.012, -0.01, 0.005, 0.006)] == [
        "beyond_benefit", "beyond_benefit", "within", "within", "beyond_harm",
    ]
    places = [claim.place(one) for one in (-0.05, -0.02, -0.015, 0.0, 0.006, 0.02, 0.03)]
    assert places == [
        "large benefit", "moderate benefit", "small benefit", "trivial", "small harm",
        "moderate harm", "large harm",
    ]
    assert claim.target.reason == "The point estimate lies in the range “small”."


def test_another_range_without_studies_at_high_risk_is_another_zone():
    def moved(without: float) -> str:
        rest = PooledNumbers(effect=without, low=without - 0.002, high=without + 0.002)
        body = rd(-0.025, -0.028, -0.022, without_high=Restricted(k=3, pooled=rest))
        return asked(body, settings(**RANGES))["ROB-3"].verdict

    assert moved(-0.024) == ""
    assert moved(-0.019) == "zone_change"  # from moderate to small benefit
    body = rd(-0.025, -0.028, -0.022,
              small_studies=SmallStudies(estimates=(("Trim and fill", -0.019),)))
    told = asked(body, settings(**RANGES))["PUB-5"]
    assert told.fired
    assert told.facts[-1].display == "Trim and fill: no longer moderate benefit"


@pytest.mark.parametrize(
    ("interval", "same"),
    [
        ((0.031, 0.05), True),
        ((-0.009, 0.01), True),  # within the smallest one, which it does not contain
        ((-0.01, 0.03), False),  # 30 is not inside, 29 is
        ((-0.02, 0.05), False),
        ((-0.05, 0.05), True),
    ],
)
def test_the_same_verdict_for_the_whole_span(interval, same):
    assert same_for_whole_range(interval, (0.01, 0.03)) is same


def test_a_ratio_as_mid_gives_way_to_a_decision_threshold_and_to_ranges():
    body = events(ratio(0.7, 0.6, 0.9), baseline=0.2)  # −60, −80 to −20 per 1000
    decision = settings(type="decision", decision=-0.03, better="lower", relative=0.8)
    prompt = asked(body, decision)["IMP-1"]
    assert prompt.verdict == "crossed_once"
    assert "decision threshold (−30 per 1000)" in " ".join(one.display for one in prompt.facts)
    ranged = settings(type="ranges", ranges=(0.03,), better="lower", relative=0.8)
    assert asked(body, ranged)["IMP-1"].verdict == "crossed_once"


def test_a_ratio_as_mid_places_studies_without_a_pooled_estimate():
    studies = measured((-0.5, 0.1), (-0.3, 0.1), (0.3, 0.1))
    body = Evidence(kind="narrative", measure="RR", studies=studies)
    told = asked(body, settings(type="mid", relative=0.8, better="lower"))["INC-3"]
    # |ln 0.8| is 0.223: two studies beyond benefit, one beyond harm
    assert told.verdict == "opposite_sides"


def mean_difference(change: float, *, sd: float | None, measure: str = "MD") -> str:
    """ROB-3 for MD 0.4 without and 0.4 (1 + change) with studies at high risk of bias."""
    whole = PooledNumbers(effect=0.4 * (1 + change), low=0.1, high=0.9)
    rest = PooledNumbers(effect=0.4, low=0.1, high=0.7)
    body = Evidence(measure=measure, pooled=whole, sd=sd,
                    without_high=Restricted(k=3, pooled=rest))
    return asked(body, settings(type="null", better="higher"))["ROB-3"].verdict


def test_a_relative_change_is_told_from_a_twentieth_of_an_sd_on():
    assert mean_difference(0.25, sd=10.0) == ""  # 0.4 is 0.04 SD
    assert mean_difference(0.25, sd=7.0) == "relative_change"  # 0.057 SD
    assert mean_difference(0.20, sd=7.0) == ""
    assert mean_difference(0.25, sd=None) == ""  # not known how far from no effect
    assert mean_difference(0.25, sd=None, measure="SMDH") == "relative_change"


def test_a_relative_change_of_a_risk_difference_is_read_at_the_baseline():
    def verdict(baseline: float | None) -> str:
        rest = PooledNumbers(effect=-0.02, low=-0.03, high=-0.01)
        risks = () if baseline is None else (BaselineRisk(label="", risk=baseline),)
        body = rd(-0.03, -0.04, -0.02, baselines=risks, without_high=Restricted(k=3, pooled=rest))
        return asked(body, settings(type="null", better="lower"))["ROB-3"].verdict

    assert verdict(0.1) == "relative_change"  # RR 0.8
    assert verdict(0.5) == ""  # RR 0.96, |ln| 0.041
    assert verdict(None) == ""


@pytest.mark.parametrize("measure", ["SMD", "SMD1", "SMDH", "SMCC", "SMCR"])
def test_every_standardised_measure_is_in_sd(measure: str):
    body = Evidence(measure=measure, pooled=PooledNumbers(effect=0.8, low=0.5, high=1.1), n=100)
    prompts = asked(body, settings(type="mid", mid=0.2, better="higher"))
    assert prompts["IMP-3"].verdict == "large"
    # 8.4.2: 0.2 SD needs 786 people
    assert next(one.value for one in prompts["IMP-4"].facts if one.key == "ois") == 786
    assert prompts["IMP-4"].verdict == "far_below"  # 100 of 786 is 13%


def test_a_ratio_of_means_of_pairs_is_a_logarithm():
    body = Evidence(measure="ROMC", pooled=ratio(0.8, 0.7, 0.9))
    facts = compute_facts(body, settings(type="null", better="lower"))
    assert facts.get("estimate").display == "RoM 0.80 (0.70 to 0.90)"


def test_a_difference_in_rates_is_a_difference_already():
    body = Evidence(measure="IRD", pooled=PooledNumbers(effect=-0.03, low=-0.05, high=-0.025))
    told = asked(body, settings(type="mid", mid=0.02, better="lower"))["IMP-1"]
    assert told.verdict == "clear"
    assert told.facts[0].display == "30 fewer per 1000 (50 fewer to 25 fewer)"


def test_a_reached_size_is_no_reason_for_the_warning_about_size():
    # RR 0.5 (0.2 to 0.8): U/L 4; 2000 people against 1806 (8.4.2, p0 0.20)
    body = events(ratio(0.5, 0.2, 0.8), baseline=0.2, n=2000)
    rules = settings(type="null", better="lower")
    facts = compute_facts(body, rules)
    rating = RatingInput(start_rule="rct", domains=dict.fromkeys(DOMAINS, "not_serious"))

    def codes(found: Facts) -> set[str]:
        return {one.code for one in check(rating, BodyState(), found, run_prompts(found, rules))}

    assert "W-OIS-NOT-RATED" not in codes(facts)
    small = compute_facts(replace(body, n=1800), rules)
    assert "W-OIS-NOT-RATED" in codes(small)


@pytest.mark.parametrize(
    ("body", "rules", "clause"),
    [
        (rd(-0.05, -0.09, -0.01), {"type": "mid", "mid": 0.02, "better": "lower"},
         "(90 fewer to 10 fewer per 1000) includes both an important benefit (MID 20 per 1000) "
         "and no important benefit"),
        (rd(0.01, -0.01, 0.06), {"type": "mid", "mid": 0.02, "mid_harm": 0.05, "better": "lower"},
         "(10 fewer to 60 more per 1000) includes both an important harm (MID 50 per 1000) and "
         "no harm"),
        (rd(0.01, -0.03, 0.06), {"type": "mid", "mid": 0.02, "mid_harm": 0.05, "better": "lower"},
         "includes both an important benefit (MID 20 per 1000) and an important harm (MID 50 per "
         "1000)"),
        (rd(-0.05, -0.12, 0.02), {"type": "null", "mid": 0.02, "better": "lower"},
         "includes no effect and reaches an important benefit (MID 20 per 1000) and an important "
         "harm (MID 20 per 1000)"),
        (rd(-0.05, -0.12, 0.01), {"type": "null", "better": "lower"}, "includes no effect"),
        (Evidence(measure="MD", decimals=1, pooled=PooledNumbers(
            effect=-4.0, low=-9.0, high=1.0)), {"type": "mid", "mid": 5.0, "better": "higher"},
         "the 95% CI for the absolute effect (−9.0 to 1.0) includes both an important harm (MID "
         "5.0) and no harm"),
        (events(ratio(0.9, 0.7, 1.1)), {"type": "mid", "relative": 0.8, "better": "lower"},
         "the 95% CI (RR 0.70 to 1.10) includes both an important benefit (MID RR 0.80) and no "
         "benefit"),
        (rd(-0.015, -0.025, 0.004), RANGES, "includes 2 thresholds between ranges"),
    ],
)
def test_what_an_interval_includes_is_said_in_words(body, rules, clause):
    shown = asked(body, settings(**rules))["IMP-1"].facts
    told = next(one.display for one in shown if one.key.startswith("imp_meaning"))
    assert clause in told


def test_a_study_weighs_by_people_or_by_number_where_weights_are_unknown():
    people = tuple(
        StudyEvidence(id=rob, rob=rob, n=n) for rob, n in (("high", 300.0), ("low", 100.0))
    )
    found = compute_facts(Evidence(studies=people), settings())
    assert (found.number("w_high"), found.text("rob_weight_basis")) == (0.75, "participants")
    alone = tuple(replace(one, n=None) for one in people)
    found = compute_facts(Evidence(studies=alone), settings())
    assert (found.number("w_high"), found.text("rob_weight_basis")) == (0.5, "number of studies")


@pytest.mark.parametrize(("common", "told"), [(0.50, False), (0.49, True)])
def test_common_effect_weights_are_shown_from_more_than_ten_points_on(common, told):
    studies = (
        StudyEvidence(id="1", rob="high", weight=0.6, common_weight=common),
        StudyEvidence(id="2", rob="low", weight=0.4, common_weight=1 - common),
    )
    assert compute_facts(Evidence(studies=studies), settings()).has("w_high_common") is told


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        # 15 per 1000 fewer lies from T1 (10) to T2 (20); a MID of 10 makes it important
        (RANGES, "Aspirin probably slightly reduces stroke."),
        (RANGES | {"type": "mid", "mid": 0.01},
         "Aspirin probably results in an important reduction in stroke."),
    ],
)
def test_both_sentences_follow_the_threshold_that_is_rated(chosen, sentence):
    body = rd(-0.015, -0.045, 0.001, intervention="Aspirin", outcome="Stroke")
    shown = {one.key: one.value for one in asked(body, settings(**chosen))["IMP-2"].facts}
    assert shown["wording_probably"] == sentence
