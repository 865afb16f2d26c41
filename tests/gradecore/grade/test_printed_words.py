"""How facts read: names of measures, P values, thresholds with their decimals, tiny ratios."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gradecore.grade.evidence import Evidence, PooledNumbers, Subgroups
from gradecore.grade.prompts import compute_facts
from gradecore.grade.scales import p_text, threshold_text, to_analysis
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, measured, ratio, settings

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("measure", "name", "inside"),
    [
        ("PETO", "Peto OR", "Peto OR"), ("IRR", "Rate ratio", "rate ratio"),
        ("GENR", "Ratio", "ratio"), ("RR", "RR", "RR"), ("ROMC", "RoM", "RoM"),
    ],
)
def test_measures_are_called_by_their_names_in_print(measure: str, name: str, inside: str) -> None:
    body = Evidence(measure=measure, pooled=ratio(0.9, 0.7, 1.16))
    facts = compute_facts(body, settings(type="mid", better="lower", relative=0.8))
    assert facts.get("estimate").display == f"{name} 0.90 (0.70 to 1.16)"
    assert facts.get("imp_thresholds_1").display == f"{name} 0.80, {name} 1.25"
    assert facts.text("imp_meaning_1") == (
        f"the 95% CI ({inside} 0.70 to 1.16) includes both an important benefit (MID {inside} "
        "0.80) and no benefit"
    )


def test_standardised_means_of_any_kind_are_smd() -> None:
    body = Evidence(measure="SMDH", pooled=PooledNumbers(effect=0.3, low=0.1, high=0.5))
    assert compute_facts(body, DEFAULTS).get("estimate").display == "SMD 0.30 (0.10 to 0.50)"


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0.0000036, "P < 0.001"), (0.001, "P = 0.001"), (0.1, "P = 0.10"), (1.0, "P = 1.00")],
)
def test_p_values_are_exact_down_to_one_in_a_thousand(p: float, shown: str) -> None:
    assert p_text(p) == shown
    body = Evidence(
        measure="MD", studies=measured((0.1, 0.1), (0.2, 0.1)),
        pooled=PooledNumbers(effect=0.1, low=0.0, high=0.2, i2=10, q=3.5, q_df=1, q_p=p),
        subgroups=(Subgroups(name="Old / young", p_interaction=p),),
    )
    facts = compute_facts(body, DEFAULTS)
    assert facts.get("q_p").display == f"Q = 3.50, df = 1, {shown}"
    assert facts.get("subgroup_p_1").display == shown


def test_a_threshold_keeps_the_decimals_it_was_given() -> None:
    body = events(ratio(0.8, 0.7, 0.92), baseline=0.1)
    assert threshold_text(body, 0.0025) == "2.5 per 1000"
    assert threshold_text(body, 0.02) == "20 per 1000"
    assert threshold_text(replace(body, per=10_000), 0.0005) == f"5 per 10{SPACE}000"
    means = Evidence(measure="MD", decimals=1)
    assert threshold_text(means, 0.125) == "0.125"
    assert threshold_text(means, 5.0) == "5.0"


def test_a_ratio_is_never_shown_as_nought() -> None:
    body = Evidence(measure="ROM", pooled=ratio(0.9, 0.0000012, 252.6))
    assert compute_facts(body, DEFAULTS).get("estimate").display == "RoM 0.90 (<0.001 to 252.60)"


def test_large_denominators_are_grouped_everywhere() -> None:
    body = replace(events(ratio(0.8, 0.7, 1.1), baseline=0.0005), per=10_000)
    facts = compute_facts(body, settings(type="null", better="lower"))
    assert facts.get("absolute_effect").display.startswith(f"1 fewer per 10{SPACE}000 (")
    assert facts.get("baseline_1").display == f"5 per 10{SPACE}000"
    assert f"per 10{SPACE}000) includes no effect" in facts.text("imp_meaning_1")


def test_a_risk_above_one_is_reached_by_no_risk_ratio() -> None:
    """At 95% at most 50 more of 1000 can have the event, so 100 more is beyond every RR."""
    body = events(ratio(1.1, 1.0, 1.2), baseline=0.95)
    assert to_analysis(body, 0.1, 0.95) == float("inf")
    assert to_analysis(body, 0.05, 0.95) == pytest.approx(0.0512932943875505)  # ln(1 / 0.95)
    studies = measured((0.2, 0.1), (0.3, 0.1))
    told = asked(replace(body, studies=studies), settings(type="mid", mid=0.1, better="higher"))
    assert told["INC-3"].verdict == "majority_one_side"
    assert told["INC-3"].facts[0].label == "Studies between the thresholds"


def test_nothing_absolute_to_compare_is_said() -> None:
    told = asked(
        Evidence(measure="ROM", pooled=ratio(0.9, 0.7, 1.16)),
        settings(type="mid", better="lower", relative=0.8),
    )["IMP-12"]
    assert told.reason == "No absolute effect is compared with a threshold here."


def test_a_risk_of_one_is_no_missing_risk() -> None:
    body = replace(events(ratio(0.8, 0.7, 0.92), baseline=1.0), measure="OR")
    told = asked(body, settings(type="mid", mid=0.02, better="lower"))
    assert told["IMP-3"].reason.startswith("With the assumed comparator risk everybody has")


@pytest.mark.parametrize("code", ["IMP-8", "IMP-11", "INC-9", "UP-1"])
def test_what_has_no_meaning_for_means_is_not_asked(code: str) -> None:
    body = Evidence(
        measure="MD", pooled=PooledNumbers(effect=1, low=0.5, high=1.5),
        studies=measured((1.0, 0.3), (1.1, 0.3)), n=400,
    )
    told = asked(body, settings(type="null", better="lower"))[code]
    assert (told.status, told.applicable) == ("not_assessable", False)
    of_events = asked(
        replace(body, measure="RR", pooled=ratio(0.8, 0.7, 0.92)), settings(type="null")
    )[code]
    assert of_events.applicable


def test_large_differences_in_means_are_no_infinity() -> None:
    """Only a logarithm of 700 and more is beyond all numbers; 1200 mL are 1200 mL."""
    body = Evidence(measure="MD", pooled=PooledNumbers(effect=1200, low=-800, high=3200))
    assert compute_facts(body, DEFAULTS).get("estimate").display == (
        "MD 1200.00 (−800.00 to 3200.00)"
    )


def test_fisher_z_reads_as_a_correlation_and_its_threshold_too() -> None:
    """tanh of 0.5493, 0.2027 and 0.9730 is 0.5, 0.2 and 0.75; artanh of 0.3 is 0.3095."""
    pooled = PooledNumbers(effect=0.549306, low=0.202733, high=0.972955)
    body = Evidence(measure="ZCOR", pooled=pooled)
    facts = compute_facts(body, settings(type="mid", mid=0.3, better="higher"))
    assert facts.get("estimate").display == "r 0.50 (0.20 to 0.75)"
    assert facts.get("imp_crossed_1").display == "0.30 (1 of 2)"
    assert to_analysis(body, 0.3, None) == pytest.approx(0.309519604203112)
    assert to_analysis(body, -1.0, None) == float("-inf")


@pytest.mark.parametrize("measure", ["PR", "PLN", "PLO", "PAS", "PFT"])
def test_a_proportion_of_one_group_has_no_null_to_be_compared_with(measure: str) -> None:
    pooled = PooledNumbers(effect=0.4, low=0.2, high=0.6)
    body = Evidence(measure=measure, pooled=pooled, studies=measured((0.3, 0.1), (0.5, 0.1)))
    facts = compute_facts(body, settings(type="null", better="lower"))
    assert not facts.has("excludes_null")
    told = asked(body, settings(type="null", better="lower"))
    for code in ("IMP-1", "INC-3"):
        assert told[code].status == "not_assessable"
        assert told[code].reason.startswith("The proportion of one group")


def test_a_logit_reads_as_a_proportion() -> None:
    """The logit of 0.2 is −1.3863."""
    body = Evidence(measure="PLO", pooled=PooledNumbers(effect=-1.386294, low=-2.0, high=0.0))
    shown = compute_facts(body, DEFAULTS).get("estimate").display
    assert shown == "Proportion 0.20 (0.12 to 0.50)"


def test_one_missing_person_is_no_people() -> None:
    body = Evidence(missing_studies=1, missing_participants=1, n=99)
    assert compute_facts(body, DEFAULTS).get("pub_missing_share").display == "1 person, 1%"


def test_what_a_threshold_lacks_is_named() -> None:
    body = Evidence(measure="MD", pooled=PooledNumbers(effect=1, low=0.5, high=1.5))
    told = asked(body, settings(type="mid", mid=1, mid_harm=2))["IMP-1"]
    assert told.reason.endswith("which direction is better was not declared.")
    told = asked(events(ratio(0.8, 0.7, 0.92), baseline=0.0), settings(type="mid", mid=0.02))
    assert told["IMP-1"].reason.startswith("This baseline risk gives no absolute effect")


def test_without_an_estimate_nothing_is_clear() -> None:
    told = asked(Evidence(measure="RR", k=0, n=90, events_1=0, events_2=0), DEFAULTS)
    for code in ("INC-0", "INC-1", "INC-11", "ROB-1", "PUB-1"):
        assert told[code].status == "not_assessable"
        assert told[code].reason == "No study gives an estimate of the effect."
    assert told["UP-1"].reason == "There is no pooled estimate."


def test_for_means_the_classic_rule_is_the_information_size() -> None:
    body = Evidence(measure="SMD", pooled=PooledNumbers(effect=0.3, low=0.1, high=0.5), n=900)
    assert asked(body, settings(type="null"))["IMP-6"].status == "clear"  # 786 are enough
    assert asked(replace(body, n=700), settings(type="null"))["IMP-6"].verdict == "small"


def test_where_there_is_one_interval_no_two_are_compared() -> None:
    body = Evidence(measure="MD", k=1, pooled=PooledNumbers(effect=0.3, low=0.1, high=0.5))
    one = asked(body, settings(type="null"))["IMP-10"]
    assert (one.applicable, one.reason) == (False, "With one study there is only one interval.")
    common = replace(body, k=3, pooled=replace(body.pooled, model="common"))
    told = asked(common, settings(type="null"))["IMP-10"]
    assert told.reason.endswith("here a common effect is assumed.")


def test_without_sentences_there_is_nothing_to_choose_between() -> None:
    """Studies that were not pooled have no standard sentence yet."""
    body = Evidence(
        kind="narrative", measure="MD", studies=measured((0.1, 0.2), (-0.1, 0.2)), k=2
    )
    told = asked(body, settings(type="null", better="lower"))
    assert told["IMP-1"].status == "fired"
    assert told["IMP-2"].status == "not_assessable"
    assert told["IMP-2"].reason == "There is no sentence without an estimate."
