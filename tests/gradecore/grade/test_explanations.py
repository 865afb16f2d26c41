"""Explanations: grade.md 10."""

import pytest

from gradecore.grade.evidence import Evidence
from gradecore.grade.explanations import (
    Explanation,
    clause,
    draft,
    faults,
    letter,
    letters,
    lint,
    prefix,
)
from gradecore.grade.facts import Facts
from gradecore.grade.prompts import compute_facts
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, judged, ratio, settings


@pytest.mark.parametrize(
    ("text", "prompts", "good"),
    [
        ("Only 25 events in total, wide interval.", (), True),
        ("The population was much older than ours.", (), True),
        ("Results depend on Keller and Moser alone.", (), False),
        ("We felt that this was not good enough.", ("IMP-1",), True),
        ("We felt that this was not good enough.", (), False),
        ("25 events.", (), False),
        ("Imprecision", (), False),
        ("   ", ("IMP-1",), False),
    ],
)
def test_hard_checks(text, prompts, good):
    found = faults(Explanation(text=text, prompts=prompts), "imprecision")
    assert (found == ()) is good


def test_a_study_is_a_fact():
    text = Explanation(text="Results depend on Keller and Moser alone.")
    assert faults(text, "rob", ("Keller",)) == ()


def few():
    return compute_facts(Evidence(k=5), DEFAULTS)


@pytest.mark.parametrize(
    ("domain", "text", "code"),
    [
        (
            "imprecision",
            "One level: the result was not statistically significant.",
            "L-SIGNIFICANCE",
        ),
        ("imprecision", "Rated down one level, p > 0.05.", "L-SIGNIFICANCE"),
        ("imprecision", "One level because of a wide CI.", "L-NO-NUMBER"),
        ("inconsistency", "One level because of high heterogeneity.", "L-NO-NUMBER"),
        ("rob", "Allocation was not concealed in 3 of 5 trials.", "L-LEVELS"),
        ("imprecision", "One level: I2 was 80%.", "L-OTHER-DOMAIN"),
        ("inconsistency", "One level: small sample size of 40.", "L-OTHER-DOMAIN"),
        ("rob", "One level: 2 trials were poor.", "L-NO-DOMAIN"),
        ("publication_bias", "One level: funnel plot asymmetric, 5 studies.", "L-FUNNEL"),
        ("rob", "One level: allocation. " + "x" * 350, "L-LONG"),
    ],
)
def test_the_linter(domain, text, code):
    assert [one.code for one in lint(Explanation(text=text), domain, few())] == [code]


def test_a_good_explanation_is_left_alone():
    text = "Rated down one level: 62% of the weight from trials without allocation concealment."
    assert lint(Explanation(text=text), "rob", Facts()) == ()
    assert lint(Explanation(), "rob", Facts()) == ()


def test_drafts_are_made_from_facts():
    evidence = events(ratio(0.97, 0.80, 1.10), 0.16, events=25)
    prompts = asked(evidence, settings(type="mid", mid=0.02, better="lower"))
    text = draft("imprecision", -1, [prompts["IMP-1"], prompts["IMP-7"]])
    # the example of grade.md 10.3, word for word
    assert text == (
        "Imprecision: rated down one level. The 95% CI for the absolute effect (32 fewer to 16 "
        "more per 1000) includes both an important benefit (MID 20 per 1000) and no benefit; 25 "
        "events in total."
    )
    assert lint(Explanation(text=text), "imprecision", Facts()) == ()
    assert faults(Explanation(text=text), "imprecision") == ()


def test_clauses_and_prefixes():
    prompts = asked(Evidence(studies=judged(("high", 0.7), ("low", 0.3))), DEFAULTS)
    assert clause(prompts["ROB-1"]) == "studies at high risk of bias carry 70% of the weight"
    assert "of 2" in clause(prompts["ROB-5"])
    assert prefix("rob", -2) == "Risk of bias: rated down two levels."
    assert prefix("large_effect", 1) == "Large effect: rated up one level."
    assert prefix("rob", 0) == "Risk of bias: not rated down."
    assert draft("rob", -1, []) == "Risk of bias: rated down one level."


def test_the_same_explanation_shares_a_letter():
    found = letters(["Wide interval.", "", "Few  events.", "Wide interval.", "Few events."])
    assert found == {"Wide interval.": "a", "Few events.": "b"}
    assert [letter(n) for n in (0, 25, 26, 27, 51, 52)] == ["a", "z", "aa", "ab", "az", "ba"]
