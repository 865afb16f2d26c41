"""Prompts IMP-1 to IMP-12: grade.md 8.4."""

from dataclasses import replace

import pytest

from gradecore.grade.evidence import BaselineRisk, Evidence, PooledNumbers
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, measured, ratio, settings

MID20 = {"type": "mid", "mid": 0.02, "better": "lower"}
NULL20 = {"type": "null", "mid": 0.02, "better": "lower"}


def rd(estimate, low, high):
    return Evidence(measure="RD", pooled=PooledNumbers(effect=estimate, low=low, high=high))


@pytest.mark.parametrize(
    ("numbers", "thresholds", "verdict"),
    [
        ((-0.05, -0.08, -0.025), MID20, "clear"),
        ((-0.05, -0.08, -0.02), MID20, "clear"),
        ((-0.05, -0.08, -0.01), MID20, "crossed_once"),
        ((-0.03, -0.10, 0.03), MID20, "both_important"),
        ((-0.005, -0.015, 0.010), MID20, "clear"),
        ((-0.05, -0.09, -0.01), NULL20, "clear"),
        ((-0.05, -0.11, 0.01), NULL20, "crossed_once"),
        ((-0.05, -0.12, 0.02), NULL20, "null_and_mid"),
        ((0.05, -0.02, 0.12), NULL20, "null_and_mid"),
        ((-0.05, -0.13, 0.03), NULL20, "both_important"),
    ],
)
def test_interval_against_thresholds(numbers, thresholds, verdict):
    prompt = asked(rd(*numbers), settings(**thresholds))["IMP-1"]
    assert prompt.verdict == verdict
    assert prompt.status == ("clear" if verdict == "clear" else "fired")


def test_the_worked_example_of_a_draft():
    # grade.md 10.3: 32 fewer to 16 more per 1000, MID 20 per 1000
    evidence = events(ratio(0.97, 0.80, 1.10), baseline=0.16, events=25)
    prompt = asked(evidence, settings(**MID20))["IMP-1"]
    shown = {fact.key: fact.display for fact in prompt.facts}
    assert shown["imp_effect_1"] == "5 fewer per 1000 (32 fewer to 16 more)"
    assert prompt.verdict == "crossed_once"


def test_without_baseline_only_the_null_can_be_judged():
    evidence = events(ratio(0.9, 0.8, 1.02))
    assert asked(evidence, settings(type="null"))["IMP-1"].verdict == "crossed_once"
    mid = asked(evidence, settings(**MID20))["IMP-1"]
    assert (mid.status, "baseline risk" in mid.reason) == ("not_assessable", True)


def test_an_absolute_mid_is_never_held_against_a_relative_interval():
    evidence = events(ratio(0.9, 0.6, 1.4))
    assert asked(evidence, settings(**NULL20))["IMP-1"].verdict == "crossed_once"


def test_a_relative_mid_where_no_absolute_one_exists():
    relative = settings(type="mid", relative=0.8, better="lower")
    assert asked(events(ratio(0.7, 0.6, 0.79)), relative)["IMP-1"].verdict == "clear"
    assert asked(events(ratio(0.7, 0.6, 0.9)), relative)["IMP-1"].verdict == "crossed_once"
    assert asked(events(ratio(0.9, 0.6, 1.4)), relative)["IMP-1"].verdict == "both_important"


def test_the_two_sentences():
    evidence = events(
        ratio(0.9, 0.8, 1.02), 0.2, intervention="induction", outcome="caesarean section"
    )
    prompt = asked(evidence, settings(type="null", better="lower"))["IMP-2"]
    assert [fact.display for fact in prompt.facts] == [
        "Induction probably reduces caesarean section.",
        "Induction may reduce caesarean section.",
    ]
    clear = asked(events(ratio(0.8, 0.7, 0.9), 0.2), settings(type="null"))["IMP-2"]
    assert (clear.status, clear.applicable) == ("not_assessable", False)


@pytest.mark.parametrize(
    ("estimate", "verdict"),
    [
        (0.70, "plausible"),
        (0.69, "large"),
        (0.59, "clearly_large"),
        (1.5, "large"),
        (1.7, "clearly_large"),
    ],
)
def test_implausibly_large(estimate, verdict):
    evidence = events(ratio(estimate, estimate * 0.9, estimate * 1.05))
    assert asked(evidence, DEFAULTS)["IMP-3"].verdict == verdict


def test_odds_ratios_are_converted_first():
    # grade.md 8.6: OR 2.5 is RR 2.17 at 0.10 but 1.56 at 0.40
    for risk, rr in ((0.10, 2.17), (0.40, 1.56)):
        facts = asked(events(ratio(2.5, 2.0, 3.1), risk, measure="OR"), DEFAULTS)["IMP-3"].facts
        assert round(facts[0].value, 2) == rr
    alone = asked(events(ratio(2.5, 2.0, 3.1), measure="OR"), DEFAULTS)["IMP-3"]
    assert alone.status == "not_assessable"


def test_large_differences_in_means():
    numbers = PooledNumbers(effect=8.0, low=6.0, high=10.0)
    assert asked(Evidence(measure="MD", pooled=numbers, sd=10), DEFAULTS)["IMP-3"].status == "fired"
    assert asked(Evidence(measure="MD", pooled=numbers, sd=11), DEFAULTS)["IMP-3"].status == "clear"
    assert asked(Evidence(measure="MD", pooled=numbers), DEFAULTS)["IMP-3"].reason


@pytest.mark.parametrize(
    ("pooled", "n", "measure", "verdict"),
    [
        (ratio(0.5, 0.35, 0.71), 1000, "RR", "below"),
        (ratio(0.5, 0.35, 0.71), 1806, "RR", "reached"),
        (ratio(0.4, 0.2, 0.6), 5000, "RR", "limits_far_apart"),
        (ratio(0.4, 0.25, 0.64), 5000, "OR", "limits_far_apart"),
    ],
)
def test_information_size_of_events(pooled, n, measure, verdict):
    evidence = events(pooled, 0.2, n=n, measure=measure)
    assert asked(evidence, settings(type="null"))["IMP-4"].verdict == verdict


@pytest.mark.parametrize(("n", "verdict"), [(800, "reached"), (700, "below"), (235, "far_below")])
def test_information_size_of_means(n, verdict):
    numbers = PooledNumbers(effect=-0.9, low=-1.1, high=-0.7)
    prompt = asked(Evidence(measure="SMD", pooled=numbers, n=n), settings(type="null"))["IMP-4"]
    assert prompt.verdict == verdict


def test_the_size_is_only_looked_at_on_its_path():
    crossing = asked(events(ratio(0.6, 0.3, 1.2), 0.2, n=50), settings(type="null"))["IMP-4"]
    assert (crossing.status, crossing.applicable) == ("not_assessable", False)
    plausible = asked(events(ratio(0.9, 0.85, 0.95), 0.2, n=50), settings(type="null"))["IMP-4"]
    assert "not implausibly large" in plausible.reason
    assert {fact.key for fact in plausible.facts} >= {"n", "ois"}


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        ((-0.04, -0.05, -0.035), 0),
        ((-0.04, -0.07, -0.035), 1),
        ((-0.04, -0.07, -0.02), 2),
        ((-0.03, -0.07, 0.02), 4),
    ],
)
def test_ranges(numbers, count):
    ranges = settings(type="ranges", better="lower", ranges=(0.01, 0.03, 0.06))
    prompt = asked(rd(*numbers), ranges)["IMP-5"]
    assert prompt.verdict == f"crossed_{min(3, count)}"
    assert prompt.status == ("fired" if count else "clear")
    assert not asked(rd(*numbers), settings(**MID20))["IMP-5"].applicable


def test_the_rule_of_2011():
    wide = asked(events(ratio(0.9, 0.7, 1.1), 0.2, n=9000, events=1500), DEFAULTS)["IMP-6"]
    assert (wide.status, wide.verdict) == ("fired", "wide")
    small = asked(events(ratio(0.9, 0.85, 0.95), 0.2, n=500, events=90), DEFAULTS)["IMP-6"]
    assert (small.status, small.verdict) == ("fired", "small")
    good = asked(events(ratio(0.9, 0.85, 0.95), 0.2, n=9000, events=1500), DEFAULTS)["IMP-6"]
    assert good.status == "clear"


def test_rules_of_thumb():
    assert asked(events(ratio(0.9, 0.8, 1.0), events=299), DEFAULTS)["IMP-7"].status == "fired"
    assert asked(events(ratio(0.9, 0.8, 1.0), events=300), DEFAULTS)["IMP-7"].status == "clear"
    numbers = PooledNumbers(effect=1.0, low=0.5, high=1.5)
    found = {
        n: asked(Evidence(measure="MD", pooled=numbers, n=n), DEFAULTS)["IMP-7"].verdict
        for n in (399, 400, 799, 800)
    }
    assert found == {399: "below_old", 400: "below", 799: "below", 800: ""}


def test_rare_events_in_many_people():
    evidence = events(ratio(0.8, 0.4, 1.6), 0.003, n=9000)
    assert asked(evidence, DEFAULTS)["IMP-8"].status == "fired"
    assert asked(replace(evidence, n=3999), DEFAULTS)["IMP-8"].status == "clear"
    common = replace(evidence, baselines=(BaselineRisk(label="", risk=0.3),))
    assert asked(common, DEFAULTS)["IMP-8"].status == "clear"


@pytest.mark.parametrize(
    ("arms", "status"),
    [((0, 0), "fired"), ((0, 4), "fired"), ((3, 4), "clear"), ((None, 4), "not_assessable")],
)
def test_no_events(arms, status):
    evidence = events(ratio(0.9, 0.3, 2.7), events_1=arms[0], events_2=arms[1])
    assert asked(evidence, DEFAULTS)["IMP-9"].status == status


def test_methods_of_the_interval():
    numbers = ratio(
        0.8,
        0.65,
        0.98,
        wald_low=-0.43,
        wald_high=-0.02,
        hartung_knapp_low=-0.6,
        hartung_knapp_high=0.15,
    )
    evidence = events(numbers, 0.2, k=4)
    assert asked(evidence, settings(type="null"))["IMP-10"].status == "fired"
    assert not asked(replace(evidence, k=6), settings(type="null"))["IMP-10"].applicable


def test_baselines_that_change_the_verdict():
    risks = (BaselineRisk(label="low", risk=0.02), BaselineRisk(label="high", risk=0.4))
    evidence = replace(events(ratio(0.8, 0.7, 0.98)), baselines=risks)
    prompt = asked(evidence, settings(**MID20))["IMP-11"]
    assert (prompt.status, prompt.verdict) == ("fired", "clear crossed_once")
    assert asked(evidence, settings(type="null"))["IMP-11"].status == "clear"


def test_a_near_miss_is_shown():
    assert asked(rd(-0.05, -0.08, -0.0203), settings(**MID20))["IMP-12"].status == "fired"
    assert asked(rd(-0.05, -0.08, -0.0206), settings(**MID20))["IMP-12"].status == "clear"


def test_a_range_of_plausible_mids():
    ranged = settings(**MID20, mid_range=(0.01, 0.02))
    keys = {f.key: f for f in asked(rd(-0.05, -0.08, -0.03), ranged)["IMP-1"].facts}
    assert keys["imp_whole_range"].value is True
    keys = {f.key: f for f in asked(rd(-0.05, -0.08, -0.015), ranged)["IMP-1"].facts}
    assert keys["imp_whole_range"].value is False


def test_a_synthesis_in_words_uses_the_studies():
    words = Evidence(kind="narrative", measure="MD", studies=measured((1, 0.2), (0.1, 0.2)), n=380)
    prompts = asked(words, settings(type="null"))
    assert (prompts["IMP-1"].verdict, prompts["IMP-1"].status) == ("by_study", "fired")
    assert prompts["IMP-7"].status == "fired"
    assert asked(replace(words, n=401), settings(type="null"))["IMP-7"].status == "clear"
