"""Prompts INC-0 to INC-11: grade.md 8.2."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gradecore.grade.decision_inconsistency import indices
from gradecore.grade.evidence import Evidence, PooledNumbers, Subgroups
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, measured, ratio, settings

MD = {"measure": "MD"}


def pooled(effect=0.0, low=-0.1, high=0.1, **more):
    return PooledNumbers(effect=effect, low=low, high=high, **more)


def body(*effects, pooled_=None, **more):
    return Evidence(studies=measured(*effects), pooled=pooled_ or pooled(), **(MD | more))


def test_a_single_study_cannot_disagree():
    prompts = asked(body((0.1, 0.1), k=1), settings(type="null"))
    assert prompts["INC-0"].status == "fired"
    for code in ("INC-1", "INC-2", "INC-3", "INC-4", "INC-5", "INC-6", "INC-7"):
        assert prompts[code].status == "not_assessable"
        assert "one study" in prompts[code].reason
        assert not prompts[code].applicable
    minus = asked(body((0.1, 0.1), k=1), replace(DEFAULTS, single_study_rule="minus_one"))
    assert "decided" in minus["INC-0"].typical


def test_pairs_without_overlap():
    apart = asked(body((-1.0, 0.1), (0.0, 0.1), (1.0, 0.1)), settings(type="null"))["INC-2"]
    facts = {fact.key: fact.value for fact in apart.facts}
    assert (apart.status, facts["inc_pairs"]) == ("fired", 1.0)
    assert facts["inc_excluding"] == pytest.approx(2 / 3)
    near = asked(body((0.0, 0.1), (0.05, 0.1)), settings(type="null"))["INC-2"]
    assert near.status == "clear"


@pytest.mark.parametrize(
    ("effects", "verdict", "status"),
    [
        ([-0.5, -0.4, -0.3, -0.6, 0.2], "majority_one_side", "clear"),
        ([-0.5, -0.4, 0.3, 0.6], "opposite_sides", "fired"),
        ([-0.5, -0.4, -0.3, 0.0, 0.0], "scattered", "fired"),
    ],
)
def test_position_against_the_threshold(effects, verdict, status):
    prompt = asked(
        body(*((y, 0.1) for y in effects)), settings(type="mid", mid=0.1, better="lower")
    )["INC-3"]
    assert (prompt.verdict, prompt.status) == (verdict, status)


def test_one_side_needs_the_weight_as_well():
    studies = measured((-0.5, 0.1), (-0.4, 0.1), (-0.3, 0.1), (-0.6, 0.1), (0.4, 0.1))
    heavy = (*(replace(one, weight=0.1) for one in studies[:4]), replace(studies[4], weight=0.6))
    evidence = Evidence(measure="MD", studies=heavy, pooled=pooled())
    prompt = asked(evidence, settings(type="null", better="lower"))["INC-3"]
    assert prompt.verdict == "opposite_sides"


@pytest.mark.parametrize(
    ("ci", "prediction", "verdict", "status"),
    [
        ((-0.05, 0.05), (-0.09, 0.09), "no_concern", "clear"),
        ((-0.05, 0.15), (-0.05, 0.15), "no_concern", "clear"),
        ((-0.15, 0.15), (-0.3, 0.3), "no_concern", "clear"),
        ((-0.05, 0.05), (-0.05, 0.15), "some_concern", "fired"),
        ((-0.05, 0.15), (-0.3, 0.3), "some_concern", "fired"),
        ((-0.05, 0.05), (-0.3, 0.3), "major_concern", "fired"),
    ],
)
def test_confidence_and_prediction_interval(ci, prediction, verdict, status):
    numbers = pooled(0.0, *ci, prediction_low=prediction[0], prediction_high=prediction[1], i2=40.0)
    evidence = body((0.0, 0.1), (0.1, 0.1), (-0.1, 0.1), pooled_=numbers)
    prompt = asked(evidence, settings(type="mid", mid=0.1))["INC-4"]
    assert (prompt.verdict, prompt.status) == (verdict, status)
    two = asked(replace(evidence, studies=evidence.studies[:2]), settings(type="mid", mid=0.1))
    assert two["INC-4"].status == "not_assessable"


@pytest.mark.parametrize(
    ("i2", "verdict"),
    [(29.9, "low"), (30.0, "info"), (50.0, "notable"), (75.0, "considerable")],
)
def test_bands_of_i_squared(i2, verdict):
    prompt = asked(events(ratio(0.8, 0.7, 0.9, i2=i2), k=9, kind="published"), DEFAULTS)["INC-5"]
    assert prompt.verdict == verdict
    assert prompt.status == ("clear" if verdict == "low" else "fired")


def test_q_and_spread():
    numbers = pooled(0.2, 0.12, 0.28, tau2=0.04, q_p=0.09)
    evidence = body((0.1, 0.1), (0.3, 0.1), pooled_=numbers)
    prompts = asked(evidence, settings(type="null"))
    assert prompts["INC-6"].status == "fired"
    facts = {fact.key: fact for fact in prompts["INC-7"].facts}
    assert prompts["INC-7"].status == "fired"
    assert facts["true_range"].display == "−0.19 to 0.59"
    small = replace(evidence, pooled=replace(numbers, tau2=0.001, q_p=0.5))
    prompts = asked(small, settings(type="null"))
    assert (prompts["INC-6"].status, prompts["INC-7"].status) == ("clear", "clear")


@pytest.mark.parametrize(
    ("credibility", "status"),
    [("high", "fired"), ("moderate", "fired"), ("low", "clear"), (None, "not_assessable")],
)
def test_only_a_credible_subgroup_explains(credibility, status):
    groups = (Subgroups(name="Dose", p_interaction=0.01, credibility=credibility),)
    assert asked(body((0.1, 0.1), subgroups=groups), DEFAULTS)["INC-8"].status == status


def test_relative_and_absolute_scale():
    studies = tuple(
        replace(one, effect=math.log(rr))
        for one, rr in zip(measured((0, 0.1), (0, 0.1)), (0.5, 2.0), strict=True)
    )
    rare = events(ratio(1.0, 0.6, 1.7), baseline=0.001, studies=studies)
    prompt = asked(rare, settings(type="mid", mid=0.02, better="lower"))["INC-9"]
    assert prompt.status == "fired"
    assert "relative: opposite sides" in prompt.facts[0].display
    assert "absolute: majority one side" in prompt.facts[0].display


def test_few_studies():
    counts = {k: asked(events(ratio(0.8, 0.7, 0.9), k=k), DEFAULTS)["INC-11"] for k in (1, 2, 3, 4)}
    assert [counts[k].status for k in (1, 2, 3, 4)] == [
        "not_assessable", "fired", "fired", "clear",
    ]


def test_the_indices_agree_with_drawn_samples():
    # The published algorithm draws samples; with many of them it must come to the exact shares.
    effects, errors, cuts = (-0.4, -0.1, 0.3), (0.2, 0.1, 0.15), (-0.2, 0.2)
    found = indices(effects, errors, cuts)
    draws = np.random.default_rng(1).normal(effects, errors, size=(200_000, 3))
    zones = np.digitize(draws, cuts)
    table = np.stack([(zones == zone).mean(axis=0) for zone in range(3)], axis=1)
    overall = table.mean(axis=0)
    decision = 100 * (1 - 0.5 * np.abs(1 / 3 - overall).sum() / (2 / 3))
    phi2 = ((table - overall) ** 2 / overall).sum() / 3
    assert found.decision == pytest.approx(decision, abs=0.3)
    assert found.across_studies == pytest.approx(100 * math.sqrt(phi2 / 2), abs=0.3)


def test_the_indices_at_their_ends():
    same = indices((5.0, 5.0), (0.1, 0.1), (-1.0, 1.0))
    assert (same.decision, same.across_studies) == pytest.approx((0.0, 0.0), abs=1e-6)
    apart = indices((-5.0, 5.0), (0.1, 0.1), (0.0,))
    assert (apart.decision, apart.across_studies) == pytest.approx((100.0, 100.0))
    assert indices((1.0,), (0.5,), (0.0,)).across_studies == 0.0


def test_nothing_here_ever_says_that_there_is_no_inconsistency():
    published = events(ratio(0.8, 0.7, 0.9), k=8, kind="published")
    prompts = asked(published, settings(type="null", better="lower"))
    for code in ("INC-1", "INC-2", "INC-3", "INC-4", "INC-5", "INC-6", "INC-7", "INC-9"):
        assert prompts[code].status == "not_assessable"
        assert prompts[code].reason
        assert "not serious" not in prompts[code].typical.casefold()
