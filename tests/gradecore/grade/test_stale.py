"""Frozen facts and what moved: grade.md 7.5."""

import json
from dataclasses import replace

from gradecore.grade.evidence import BaselineRisk
from gradecore.grade.facts import Fact, Facts, as_plain, from_plain
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.stale import difference, fingerprint, moved, to_keep
from tests.gradecore.grade.bodies import DEFAULTS, events, judged, measured, ratio, settings

CHOSEN = settings(type="mid", mid=0.02, better="lower")
BODY = events(
    ratio(0.8, 0.7, 0.9, i2=34.0), 0.2, k=9, n=3000, studies=judged(("high", 0.4), ("low", 0.6))
)


def test_nothing_moves_by_itself():
    facts = compute_facts(BODY, CHOSEN)
    assert difference(facts, compute_facts(BODY, CHOSEN)) == ()
    kept = json.loads(json.dumps(to_keep(facts, run_prompts(facts, CHOSEN))))
    assert from_plain(kept) == facts
    assert moved(kept, facts, run_prompts(facts, CHOSEN)) == ()


def test_changed_data_are_named_with_old_and_new_value():
    now = replace(BODY, pooled=replace(BODY.pooled, i2=58.0))
    assert difference(compute_facts(BODY, CHOSEN), compute_facts(now, CHOSEN)) == (
        "I²: 34% → 58%.",
    )


def test_one_settled_judgement_moves_only_what_it_touches():
    now = replace(BODY, studies=judged(("low", 0.4), ("low", 0.6)))
    sentences = difference(compute_facts(BODY, CHOSEN), compute_facts(now, CHOSEN))
    assert "Weight at high risk of bias: 40% → 0%." in sentences
    assert not any("I²" in one or "Participants" in one for one in sentences)


def test_a_changed_threshold_is_said():
    other = settings(type="mid", mid=0.05, better="lower")
    sentences = difference(compute_facts(BODY, CHOSEN), compute_facts(BODY, other))
    assert "Minimal important difference: 20 per 1000 → 50 per 1000." in sentences


def test_a_changed_baseline_moves_the_absolute_effect():
    now = replace(BODY, baselines=(BaselineRisk(label="", risk=0.3),))
    sentences = difference(compute_facts(BODY, CHOSEN), compute_facts(now, CHOSEN))
    assert any(one.startswith("Absolute effect: 40 fewer per 1000") for one in sentences)


def test_facts_that_come_and_go():
    less = replace(BODY, pooled=replace(BODY.pooled, i2=None))
    gone = difference(compute_facts(BODY, CHOSEN), compute_facts(less, CHOSEN))
    assert gone == ("I² (was 34%) is no longer known: I² is not known.",)
    back = difference(compute_facts(less, CHOSEN), compute_facts(BODY, CHOSEN))
    assert back == ("I² is now known: 34%.",)


def test_the_last_binary_digit_makes_nothing_stale():
    nearly = replace(BODY, pooled=replace(BODY.pooled, i2=34.0 * (1 + 1e-15)))
    assert difference(compute_facts(BODY, CHOSEN), compute_facts(nearly, CHOSEN)) == ()


def test_a_small_change_is_said_with_more_digits():
    now = replace(BODY, pooled=replace(BODY.pooled, i2=34.2))
    assert difference(compute_facts(BODY, CHOSEN), compute_facts(now, CHOSEN)) == (
        "I²: 34 → 34.2.",
    )


def test_a_changed_rule_is_said_although_no_fact_moved():
    facts = compute_facts(BODY, CHOSEN)
    kept = to_keep(facts, run_prompts(facts, CHOSEN))
    stricter = replace(CHOSEN, cutoffs=replace(DEFAULTS.cutoffs, inc_i2_notable=40))
    sentences = moved(kept, facts, run_prompts(facts, stricter))
    assert len(sentences) == 1
    assert "INC-5" in sentences[0]
    assert "notable from 40%" in sentences[0]


def test_undoing_a_change_brings_the_fingerprint_back():
    facts = compute_facts(BODY, CHOSEN)
    other = compute_facts(replace(BODY, n=2999), CHOSEN)
    assert fingerprint(facts) == fingerprint(from_plain(as_plain(facts)))
    assert fingerprint(facts) != fingerprint(other)


def test_what_a_later_version_has_learned_makes_nothing_stale():
    kept = {
        "facts": [{"key": "k", "label": "Studies", "value": 3, "display": "3"}], "missing": [],
        "prompts": [], "version": "0.1.0",
    }
    now = Facts(
        known=(
            Fact(key="k", label="Studies", value=3, display="3"),
            Fact(key="learned", label="Learned", value=1.0, display="1"),
        )
    )
    assert moved(kept, now, ()) == ()


def test_another_name_moves_nothing():
    """The sentences to choose between name outcome and intervention; neither is evidence."""
    named = replace(BODY, intervention="Humming", outcome="Falls")
    other = replace(BODY, intervention="Humming, daily", outcome="Falls at home")
    before, after = compute_facts(named, CHOSEN), compute_facts(other, CHOSEN)
    assert before.text("wording_may") != after.text("wording_may")
    assert difference(before, after) == ()


def test_what_has_gone_is_not_called_not_entered():
    """A zone that no study lies in any more was never entered by anybody."""
    def placed(*effects):
        return compute_facts(
            replace(BODY, studies=measured(*((one, 0.1) for one in effects))), CHOSEN
        )

    sentences = difference(placed(-0.5, 0.5), placed(-0.5, -0.4))
    assert (
        "Studies beyond the threshold for harm (was 1 of 2 studies, 50% of the weight) is no "
        "longer there." in sentences
    )
    assert not any("not entered" in one for one in sentences)


def test_spaces_between_digits_make_nothing_stale():
    """Ratings of before the digits were grouped stay as they are."""
    before = Facts(known=(Fact(key="a", label="A", value="−5 per 10000", display=""),))
    after = Facts(known=(Fact(key="a", label="A", value="−5 per 10\u00a0000", display=""),))
    assert difference(before, after) == ()


def test_a_sentence_in_a_sentence_ends_once():
    before, after = (
        Facts(known=(Fact(key="a", label="A", value=one, display=one),))
        for one in ("It was so.", "It is so.")
    )
    assert difference(before, after) == ("A: It was so → It is so.",)
