"""The catalogue as a whole, special bodies of grade.md 9 and 11, and what prompts never do."""

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.grade.evidence import Evidence, PooledNumbers
from gradecore.grade.facts import Prompt
from gradecore.grade.prompts import PROMPTS, compute_facts, run_prompts
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, judged, measured, ratio, settings

CATALOGUE = (
    [f"ROB-{n}" for n in range(1, 12)]
    + [f"INC-{n}" for n in range(12)]
    + [f"IND-{n}" for n in range(1, 9)]
    + [f"IMP-{n}" for n in range(1, 13)]
    + [f"PUB-{n}" for n in range(1, 8)]
    + ["UP-1", "UP-1b", "UP-1c", "UP-2", "UP-3"]
)
FULL = settings(type="mid", mid=0.02, better="lower")


def known(prompts, *codes):
    return {code for code in codes if prompts[code].status != "not_assessable"}


def test_every_prompt_of_the_catalogue_is_there_once():
    assert [kind.id for kind in PROMPTS] == CATALOGUE


def test_every_prompt_has_a_question_a_rule_a_source_and_a_tag():
    for prompt in asked(events(ratio(0.8, 0.7, 0.9), 0.2, n=900), FULL).values():
        assert prompt.question.endswith(("?", ".", "not."))
        assert prompt.rule.text
        assert "{" not in prompt.rule.text
        assert prompt.rule.source
        assert prompt.rule.tag in ("S", "S2", "K", "D")
        assert prompt.reason if prompt.status == "not_assessable" else not prompt.reason


def test_no_prompt_carries_a_rating():
    names = {field.name for field in dataclasses.fields(Prompt)}
    assert names.isdisjoint({"level", "rating", "suggestion", "points", "concern", "default"})


@given(
    st.floats(0.2, 4),
    st.floats(0.01, 1),
    st.one_of(st.none(), st.floats(0.01, 0.9)),
    st.one_of(st.none(), st.integers(1, 20)),
    st.sampled_from(["RR", "OR", "HR", "RD", "SMD"]),
)
def test_prompts_are_the_same_every_time(estimate, width, baseline, k, measure):
    pooled = ratio(estimate, estimate / (1 + width), estimate * (1 + width))
    if measure in ("RD", "SMD"):
        pooled = PooledNumbers(effect=estimate / 9, low=estimate / 9 - width, high=width + 1)
    evidence = events(pooled, baseline, k=k, measure=measure)
    first = run_prompts(compute_facts(evidence, FULL), FULL)
    assert first == run_prompts(compute_facts(evidence, FULL), FULL)
    assert {one.status for one in first} <= {"fired", "clear", "not_assessable"}


def test_a_published_estimate():
    evidence = events(
        ratio(0.8, 0.7, 0.95, i2=40.0),
        0.2,
        kind="published",
        k=9,
        n=3000,
        events=500,
        missing_studies=0,
        search=(("registries", True),),
    )
    prompts = asked(evidence, FULL)
    available = [f"IMP-{n}" for n in (1, 3, 6, 7, 8, 12)] + ["UP-1", "INC-5", "PUB-4", "PUB-6"]
    assert known(prompts, *available) == set(available)
    gone = [f"ROB-{n}" for n in (1, 2, 3, 4, 5)] + [f"INC-{n}" for n in (2, 3, 4, 7)]
    assert known(prompts, *gone) == set()
    assert "published estimate" in prompts["ROB-1"].reason


def test_a_synthesis_in_words():
    evidence = Evidence(
        kind="narrative",
        measure="SMD",
        n=300,
        studies=(*measured((0.1, 0.2), (0.5, 0.2), (-0.4, 0.1)),),
    )
    prompts = asked(evidence, settings(type="null", better="lower"))
    assert known(prompts, "INC-3", "ROB-1", "ROB-4", "IMP-1", "IMP-7") == {
        "INC-3",
        "ROB-1",
        "ROB-4",
        "IMP-1",
        "IMP-7",
    }
    assert (
        known(
            prompts, "INC-2", "INC-4", "INC-5", "INC-6", "INC-7", "PUB-2", "PUB-3", "ROB-3", "UP-1"
        )
        == set()
    )
    counted = Evidence(kind="narrative", k=4, directions=(1, 2, 1))
    prompt = asked(counted, DEFAULTS)["INC-3"]
    assert (prompt.status, prompt.verdict) == ("fired", "opposite_sides")
    nothing = asked(Evidence(kind="narrative", k=2), DEFAULTS)
    assert nothing["INC-3"].status == "not_assessable"


def test_a_single_study():
    evidence = events(
        ratio(0.8, 0.6, 1.1), 0.2, kind="single", k=1, n=400, events=70, studies=judged(("high", 1))
    )
    prompts = asked(evidence, FULL)
    shown = {fact.key: fact.value for fact in prompts["ROB-1"].facts}
    assert shown["w_high"] == 1.0
    assert known(prompts, "INC-1", "INC-2", "INC-3", "INC-4", "INC-5", "PUB-2", "PUB-3") == set()
    assert known(prompts, "INC-0", "IMP-1", "UP-1") == {"INC-0", "IMP-1", "UP-1"}


@pytest.mark.parametrize("kind", ["not_reported", "not_found"])
def test_no_study_no_prompt(kind):
    facts = compute_facts(Evidence(kind=kind), FULL)
    assert run_prompts(facts, FULL) == ()


def test_the_hash_moves_with_facts_and_with_the_rule():
    evidence = Evidence(studies=judged(("high", 0.6), ("low", 0.4)))
    one = asked(evidence, DEFAULTS)["ROB-1"].inputs_hash
    assert one == asked(evidence, DEFAULTS)["ROB-1"].inputs_hash
    assert one.startswith("sha256:")
    other = Evidence(studies=judged(("high", 0.7), ("low", 0.3)))
    assert one != asked(other, DEFAULTS)["ROB-1"].inputs_hash
    edited = replace(DEFAULTS, cutoffs=replace(DEFAULTS.cutoffs, rob_dominated=0.7))
    assert one != asked(evidence, edited)["ROB-1"].inputs_hash


def test_time_to_event_in_both_directions():
    # grade.md 9.8: the wrong direction is a documented error
    hazard = ratio(0.7, 0.55, 0.89)
    event = events(hazard, 0.4, measure="HR")
    free = replace(event, event_free=True)
    fewer = settings(type="mid", mid=0.05, better="lower")
    more = settings(type="mid", mid=0.05, better="higher")
    first, second = asked(event, fewer)["IMP-1"], asked(free, more)["IMP-1"]
    assert first.verdict == second.verdict
    effects = [
        next(f.value for f in one.facts if f.key == "imp_effect_1") for one in (first, second)
    ]
    assert effects[0] == pytest.approx(-effects[1])
    assert effects[0] < 0
