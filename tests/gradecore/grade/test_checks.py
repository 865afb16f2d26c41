"""Every warning and blocker of grade.md 5 that belongs to a rating."""

from dataclasses import replace

import pytest

from gradecore.grade.checks import BodyState, RatingInput, blockers, check, is_unusual
from gradecore.grade.evidence import Evidence, PooledNumbers
from gradecore.grade.explanations import Explanation
from gradecore.grade.facts import Facts
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.vocabulary import DOMAINS
from tests.gradecore.grade.bodies import events, ratio, settings

GOOD = Explanation(text="Most weight (62%) comes from trials with high risk of bias.")
NONE = dict.fromkeys(DOMAINS, "not_serious")
EMPTY = compute_facts(Evidence(), settings())


def rated(start="rct", upgrades=None, more=None, **levels):
    explained = dict.fromkeys(
        [*DOMAINS, "large_effect", "dose_response", "opposing_confounding"], GOOD
    )
    rating = RatingInput(
        start_rule=start, domains=NONE | levels, upgrades=upgrades or {}, explanations=explained
    )
    return replace(rating, **(more or {}))


def codes(rating, body=None, facts: Facts = EMPTY, prompts=()):
    return {one.code for one in check(rating, body or BodyState(), facts, prompts)}


def codes_for(rating, evidence, chosen=None):
    chosen = chosen or settings(type="null", better="lower")
    facts = compute_facts(evidence, chosen)
    return codes(rating, facts=facts, prompts=run_prompts(facts, chosen))


def test_a_plain_rating_raises_nothing():
    assert codes(rated()) == set()
    assert codes(rated(rob="serious")) == set()


def test_undecided_domains_block():
    assert codes(rated(rob=None)) == {"B-MISSING"}
    assert codes(rated("nrs", more={"considered_upgrades": False})) == {"B-MISSING"}
    assert codes(rated("nrs", more={"considered_upgrades": True})) == set()


@pytest.mark.parametrize(
    "text",
    ["", "Imprecision", "Wide.", "It was clear to both of us, after some thought"],
)
def test_explanations_are_needed_and_must_name_a_fact(text):
    rating = rated(imprecision="serious")
    poor = replace(rating, explanations={"imprecision": Explanation(text=text)})
    assert codes(poor) == {"B-EXPL"}
    assert codes(replace(rating, explanations={})) == {"B-EXPL"}
    assert codes(rated(imprecision="not_assessable", more={"explanations": {}})) == {"B-EXPL"}
    assert codes(rated(inconsistency="not_applicable", more={"explanations": {}})) == set()


def test_an_upgrade_needs_an_explanation_too():
    rating = rated("nrs", {"dose_response": 1}, more={"explanations": {}})
    assert codes(rating) == {"B-EXPL"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BodyState(mixed=True), "B-MIXED"),
        (BodyState(open_rob=2), "B-ROB-OPEN"),
        (BodyState(published=True), "B-ROB-OPEN"),
        (BodyState(stale=True), "B-STALE"),
        (BodyState(target_chosen=False), "B-TARGET"),
        (BodyState(outcomes=8), "W-GROUP-ROW"),
    ],
)
def test_the_state_of_the_body(body, code):
    assert codes(rated(), body) == {code}


def test_a_published_body_needs_a_statement_instead_of_judgements():
    stated = BodyState(published=True, open_rob=5, rob_statement="As judged by the review, RoB 1")
    assert codes(rated(), stated) == set()


def test_floor_and_ceiling_are_said():
    low = rated("nrs", rob="very_serious", imprecision="serious")
    assert codes(low) == {"W-FLOOR"}
    assert codes(rated("rct", {"large_effect": 2})) == {"W-CEIL", "W-UP-RCT"}


def test_rating_up_after_rating_down():
    # the published example of thromboembolism at a low INR does both (grade.md 5)
    assert codes(rated("nrs", {"large_effect": 2}, rob="serious")) == {"W-UP-AFTER-DOWN"}


@pytest.mark.parametrize(
    ("evidence", "points", "warned"),
    [
        (events(ratio(2.0, 1.5, 2.7)), 1, False),
        (events(ratio(1.99, 1.5, 2.7)), 1, True),
        (events(ratio(0.5, 0.4, 0.6)), 1, False),
        (events(ratio(0.51, 0.4, 0.6)), 1, True),
        (events(ratio(4.0, 3.0, 5.4)), 2, True),
        (events(ratio(5.0, 3.9, 6.4)), 2, False),
        (events(ratio(2.5, 2.0, 3.1), 0.4, measure="OR"), 1, True),
        (events(ratio(2.5, 2.0, 3.1), 0.1, measure="OR"), 1, False),
        (events(ratio(1.9, 1.5, 2.5), measure="OR"), 1, True),
        (events(ratio(2.5, 2.0, 3.1), measure="OR"), 1, False),
        (Evidence(measure="SMD", pooled=PooledNumbers(effect=2, low=1.5, high=2.5)), 1, True),
    ],
)
def test_a_large_effect_must_be_large(evidence, points, warned):
    found = codes_for(rated("nrs", {"large_effect": points}), evidence)
    assert ("W-LARGE-THRESH" in found) is warned


def test_a_spurious_effect_needs_none_to_be_seen():
    rating = rated("nrs", {"opposing_confounding": 1}, more={"confounding": "spurious"})
    assert "W-UP-REASON" in codes_for(rating, events(ratio(1.5, 1.2, 1.9)))
    assert "W-UP-REASON" not in codes_for(rating, events(ratio(1.1, 0.9, 1.3)))
    other = replace(rating, confounding="would_reduce")
    assert "W-UP-REASON" not in codes_for(other, events(ratio(1.5, 1.2, 1.9)))


@pytest.mark.parametrize(
    ("level", "warned"), [("not_serious", True), ("serious", True), ("very_serious", False)]
)
def test_robins_i_and_less_than_two_levels(level, warned):
    assert ("W-ROBINS-LIGHT" in codes(rated("nrs_robins_i", rob=level))) is warned


def test_inconsistency_of_a_single_study():
    single = events(ratio(0.8, 0.7, 0.9), k=1)
    assert "W-SINGLE-INC" in codes_for(rated(inconsistency="serious"), single)
    assert "W-SINGLE-INC" not in codes_for(rated(inconsistency="not_applicable"), single)


def test_imprecision_that_was_not_rated():
    wide, narrow = events(ratio(0.9, 0.7, 1.1)), events(ratio(0.9, 0.85, 0.95))
    assert codes_for(rated(), wide) == {"W-IMP-NOT-RATED"}
    assert codes_for(rated(), narrow) == set()
    assert codes_for(rated(imprecision="serious"), wide) == set()
    within = events(ratio(0.98, 0.93, 1.03), 0.1)
    assert codes_for(rated(), within, settings(type="mid", mid=0.02, better="lower")) == set()


def test_a_large_effect_in_few_people():
    few = events(ratio(0.4, 0.28, 0.57), 0.2, n=300)
    assert codes_for(rated(), few) == {"W-OIS-NOT-RATED"}
    assert codes_for(rated(), replace(few, n=5000)) == set()
    assert codes_for(rated(imprecision="serious"), few) == set()


@pytest.mark.parametrize(
    ("domain", "points", "start", "unusual"),
    [
        ("inconsistency", -2, "rct", True),
        ("publication_bias", -2, "rct", True),
        ("rob", -2, "rct", True),
        ("rob", -2, "nrs", False),
        ("rob", -3, "nrs_robins_i", False),
        ("rob", -3, "nrs", True),
        ("imprecision", -3, "rct", False),
        ("indirectness", -3, "rct", True),
        ("imprecision", -2, "rct", False),
        ("rob", -1, "rct", False),
    ],
)
def test_unusual_levels(domain, points, start, unusual):
    assert is_unusual(domain, points, start) is unusual
    level = {-1: "serious", -2: "very_serious", -3: "extremely_serious"}[points]
    assert ("W-UNUSUAL" in codes(rated(start, **{domain: level}))) is unusual


def test_two_close_calls_rated_zero():
    two = ("imprecision", "inconsistency")
    assert codes(rated(more={"borderline": two})) == {"W-TWO-BORDERLINE"}
    assert codes(rated(more={"borderline": two}, imprecision="serious")) == set()
    assert codes(rated(more={"borderline": ("rob",)})) == set()


def test_one_problem_is_not_counted_twice():
    reasons = {
        "inconsistency": replace(GOOD, prompts=("INC-5",)),
        "imprecision": replace(GOOD, prompts=("INC-5", "IMP-1")),
    }
    both = rated(inconsistency="serious", imprecision="serious", more={"explanations": reasons})
    assert codes(both) == {"W-DOUBLE-COUNT"}
    one = rated(inconsistency="serious", more={"explanations": reasons})
    assert codes(one) == set()


def test_blockers_are_told_apart():
    remarks = check(rated(rob=None), BodyState(outcomes=9), EMPTY)
    assert [one.code for one in blockers(remarks)] == ["B-MISSING"]
    assert all(one.sentence.endswith(".") for one in remarks)
