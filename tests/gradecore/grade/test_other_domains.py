"""Indirectness, publication bias and rating up: grade.md 8.3, 8.5, 8.6."""

from dataclasses import replace

import pytest

from gradecore.grade.evidence import (
    Evidence,
    Gradient,
    PicoAnswer,
    SmallStudies,
    StudyEvidence,
)
from gradecore.grade.indirectness import weighted_median
from gradecore.input_errors import InputError
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, measured, ratio, settings

ELEMENTS = ("population", "intervention", "comparator", "outcome")


def grid(*answers):
    return tuple(PicoAnswer(element=e, answer=a) for e, a in zip(ELEMENTS, answers, strict=True))


@pytest.mark.parametrize(
    ("answers", "status", "verdict"),
    [
        (("yes", "probably_yes", "yes", "yes"), "clear", "probably_yes"),
        (("yes", "probably_no", "yes", "no"), "fired", "no"),
        (("probably_no", None, None, None), "fired", "probably_no"),
        (("yes", "yes", None, "yes"), "not_assessable", ""),
    ],
)
def test_the_grid(answers, status, verdict):
    prompt = asked(Evidence(pico=grid(*answers)), DEFAULTS)["IND-1"]
    assert (prompt.status, prompt.verdict) == (status, verdict)


def test_answers_are_checked():
    with pytest.raises(InputError):
        PicoAnswer(element="weather")
    with pytest.raises(InputError):
        PicoAnswer(element="outcome", answer="maybe")


@pytest.mark.parametrize(
    ("share", "status", "verdict"),
    [(0.49, "clear", ""), (0.5, "fired", "info"), (0.8, "fired", "strong")],
)
def test_weight_of_indirect_evidence(share, status, verdict):
    studies = (
        StudyEvidence(id="1", weight=share, indirect=("population",)),
        StudyEvidence(id="2", weight=1 - share, indirect=()),
    )
    prompt = asked(Evidence(studies=studies), DEFAULTS)["IND-2"]
    assert (prompt.status, prompt.verdict) == (status, verdict)
    unseen = (replace(studies[0], indirect=None), studies[1])
    assert asked(Evidence(studies=unseen), DEFAULTS)["IND-2"].status == "not_assessable"


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("IND-3", "surrogate"),
        ("IND-5", "indirect_comparison"),
        ("IND-6", "laboratory"),
        ("IND-8", "baseline_from_elsewhere"),
    ],
)
def test_flags_are_yes_no_or_unknown(code, field):
    found = [
        asked(Evidence(**{field: value}), DEFAULTS)[code].status for value in (True, False, None)
    ]
    assert found == ["fired", "clear", "not_assessable"]


def test_follow_up_is_a_weighted_median():
    assert weighted_median((1.0, 5.0, 9.0), (0.2, 0.6, 0.2)) == 5.0
    assert weighted_median((2.0, 4.0), (0.5, 0.5)) == 3.0
    studies = (
        StudyEvidence(id="1", weight=0.7, follow_up=3.0),
        StudyEvidence(id="2", weight=0.3, follow_up=12.0),
    )
    assert (
        asked(Evidence(studies=studies, target_follow_up=12), DEFAULTS)["IND-4"].status == "fired"
    )
    assert asked(Evidence(studies=studies, target_follow_up=6), DEFAULTS)["IND-4"].status == "clear"


def sponsored(*pairs):
    return tuple(
        StudyEvidence(id=str(n), n=size, industry_funded=paid)
        for n, (size, paid) in enumerate(pairs)
    )


@pytest.mark.parametrize(
    ("pairs", "status"),
    [
        (((50, True), (60, True), (500, True)), "fired"),
        (((50, True), (60, False), (500, True)), "clear"),
        (((50, True), (60, None), (500, True)), "not_assessable"),
        (((50, True), (60, True), (500, None)), "fired"),
        (((50, True), (99, True), (100, True), (70, False)), "clear"),
    ],
)
def test_small_and_sponsored(pairs, status):
    assert asked(Evidence(studies=sponsored(*pairs)), DEFAULTS)["PUB-1"].status == status


def body_of(k, spread=2.0, **small):
    errors = [0.1 * spread] + [0.1] * (k - 1)
    return events(
        ratio(0.8, 0.7, 0.9),
        studies=measured(*((-0.2, se) for se in errors)),
        small_studies=SmallStudies(**small),
    )


def test_the_funnel_is_only_tested_when_it_can_be():
    few = asked(body_of(9, visual="asymmetric", p=0.01), DEFAULTS)
    assert (few["PUB-2"].status, few["PUB-3"].status) == ("not_assessable", "not_assessable")
    assert "below 10" in few["PUB-3"].reason
    alike = asked(body_of(12, spread=1.9, p=0.01), DEFAULTS)
    assert "too similar" in alike["PUB-3"].reason
    many = asked(body_of(10, p=0.09), DEFAULTS)
    assert (many["PUB-2"].status, many["PUB-3"].status) == ("fired", "fired")
    assert asked(body_of(10, p=0.11, visual="symmetric"), DEFAULTS)["PUB-3"].status == "clear"
    assert asked(body_of(10, p=0.5, visual="asymmetric"), DEFAULTS)["PUB-3"].status == "fired"
    assert asked(body_of(10), DEFAULTS)["PUB-3"].status == "not_assessable"


@pytest.mark.parametrize(
    ("missing", "people", "status", "verdict"),
    [
        (None, None, "not_assessable", ""),
        (0, 0, "clear", ""),
        (2, 50, "fired", ""),
        (2, 112, "fired", "strong"),
    ],
)
def test_known_missing_results(missing, people, status, verdict):
    evidence = events(
        ratio(0.8, 0.7, 0.9), n=1000, missing_studies=missing, missing_participants=people
    )
    prompt = asked(evidence, DEFAULTS)["PUB-4"]
    assert (prompt.status, prompt.verdict) == (status, verdict)


def test_sensitivity_search_and_early_evidence():
    small = SmallStudies(estimates=(("Trim and fill", 0.02), ("Largest studies", -0.1)))
    evidence = events(ratio(0.8, 0.7, 0.9), small_studies=small)
    prompt = asked(evidence, settings(type="null", better="lower"))["PUB-5"]
    assert prompt.status == "fired"
    assert "Trim and fill" in prompt.facts[-1].display
    searches = {
        "fired": (("registries", False), ("languages", None)),
        "not_assessable": (("registries", True), ("languages", None)),
        "clear": (("registries", True), ("languages", True)),
    }
    for status, search in searches.items():
        assert asked(Evidence(search=search), DEFAULTS)["PUB-6"].status == status
    assert asked(Evidence(early_small_positive=True), DEFAULTS)["PUB-7"].status == "fired"


@pytest.mark.parametrize(
    ("rr", "verdict"),
    [
        (1.99, "not_large"),
        (2.0, "boundary"),
        (0.5, "boundary"),
        (2.01, "large"),
        (0.49, "large"),
        (5.0, "very_large"),
        (0.2, "very_large"),
        (4.99, "large"),
    ],
)
def test_large_effects(rr, verdict):
    prompt = asked(events(ratio(rr, rr * 0.9, rr * 1.1), start_rule="nrs"), DEFAULTS)["UP-1"]
    assert prompt.verdict == verdict
    assert prompt.status == ("clear" if verdict == "not_large" else "fired")


def test_robustness_shows_ticks_and_crosses():
    strong = events(ratio(3.0, 2.2, 4.1, i2=10.0), k=5, start_rule="nrs")
    assert asked(strong, DEFAULTS)["UP-1b"].verdict == (
        "limit_beyond:yes several_studies:yes low_i2:yes"
    )
    weak = events(ratio(3.0, 1.2, 7.5, i2=60.0), k=1, start_rule="nrs")
    assert asked(weak, DEFAULTS)["UP-1b"].verdict == (
        "limit_beyond:no several_studies:no low_i2:unknown"
    )
    mixed = events(ratio(3.0, 1.2, 7.5, i2=60.0), k=3, start_rule="nrs")
    assert asked(mixed, DEFAULTS)["UP-1b"].verdict.endswith("several_studies:yes low_i2:no")
    assert asked(strong, DEFAULTS)["UP-1c"].status == "fired"
    hazard = asked(replace(strong, measure="HR"), DEFAULTS)["UP-1"]
    assert "hazard ratio" in hazard.typical


def test_gradient_and_confounding():
    rising = events(ratio(2, 1.5, 2.7), gradient=Gradient(slope=0.2, low=0.05, high=0.35))
    assert asked(rising, DEFAULTS)["UP-2"].status == "fired"
    flat = replace(rising, gradient=Gradient(slope=0.2, low=-0.05, high=0.35))
    assert asked(flat, DEFAULTS)["UP-2"].status == "clear"
    assert asked(replace(rising, gradient=None), DEFAULTS)["UP-2"].status == "not_assessable"
    named = replace(rising, start_rule="nrs", confounding="would_reduce", confounders="age")
    assert asked(named, DEFAULTS)["UP-3"].verdict == "would_reduce"
    assert not asked(rising, DEFAULTS)["UP-3"].applicable
