"""Prompts ROB-1 to ROB-10: grade.md 8.1."""

import math
from dataclasses import replace

import pytest

from gradecore.grade.evidence import DomainJudgement, Evidence, Restricted, StudyEvidence
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, judged, ratio, settings


@pytest.mark.parametrize(
    ("high", "status", "verdict"),
    [
        (0.66, "fired", "dominated"),
        (0.65, "fired", "possibly_dominated"),
        (0.55, "fired", "possibly_dominated"),
        (0.54, "clear", "not_dominated"),
    ],
)
def test_dominance(high, status, verdict):
    prompt = asked(Evidence(studies=judged(("high", high), ("low", 1 - high))), DEFAULTS)["ROB-1"]
    assert (prompt.status, prompt.verdict) == (status, verdict)
    assert {fact.key: fact.value for fact in prompt.facts}["w_high"] == pytest.approx(high)


def test_an_edited_cut_off_is_used_and_said():
    edited = replace(
        DEFAULTS, cutoffs=replace(DEFAULTS.cutoffs, rob_dominated=0.7), edited=("rob_dominated",)
    )
    prompt = asked(Evidence(studies=judged(("high", 0.66), ("low", 0.34))), edited)["ROB-1"]
    assert prompt.verdict == "possibly_dominated"
    assert prompt.rule.edited
    assert "70%" in prompt.rule.text


def test_open_judgements_are_never_counted_as_clear():
    some_open = Evidence(studies=judged(("high", 0.4), ("open", 0.3), ("low", 0.3)))
    prompts = asked(some_open, DEFAULTS)
    assert prompts["ROB-1"].status == "not_assessable"
    assert "settle" in prompts["ROB-1"].reason
    enough = Evidence(studies=judged(("high", 0.7), ("open", 0.3)))
    assert asked(enough, DEFAULTS)["ROB-1"].verdict == "dominated"
    none = asked(Evidence(studies=judged(("open", 1.0))), DEFAULTS)
    for code in ("ROB-1", "ROB-2", "ROB-4", "ROB-5", "ROB-9", "ROB-10"):
        assert none[code].status == "not_assessable"


def test_appreciable_evidence_at_low_risk():
    assert (
        asked(Evidence(studies=judged(("high", 0.6), ("low", 0.4))), DEFAULTS)["ROB-2"].verdict
        == "appreciable"
    )
    assert (
        asked(Evidence(studies=judged(("high", 0.5), ("low", 0.5))), DEFAULTS)["ROB-2"].verdict
        == "appreciable_strict"
    )
    assert (
        asked(Evidence(studies=judged(("high", 0.9), ("low", 0.1))), DEFAULTS)["ROB-2"].status
        == "clear"
    )


def test_weights_fall_back_on_people_and_then_on_studies():
    people = tuple(
        StudyEvidence(id=str(n), rob=rob, n=size)
        for n, (rob, size) in enumerate((("high", 300), ("low", 100)))
    )
    facts = {f.key: f.value for f in asked(Evidence(studies=people), DEFAULTS)["ROB-1"].facts}
    assert (facts["w_high"], facts["rob_weight_basis"]) == (0.75, "participants")
    alone = tuple(StudyEvidence(id=str(n), rob=rob) for n, rob in enumerate(("high", "low")))
    facts = {f.key: f.value for f in asked(Evidence(studies=alone), DEFAULTS)["ROB-1"].facts}
    assert (facts["w_high"], facts["rob_weight_basis"]) == (0.5, "number of studies")


def test_common_effect_weights_are_shown_when_they_differ():
    studies = (
        StudyEvidence(id="1", rob="high", weight=0.4, common_weight=0.7),
        StudyEvidence(id="2", rob="low", weight=0.6, common_weight=0.3),
    )
    keys = [fact.key for fact in asked(Evidence(studies=studies), DEFAULTS)["ROB-1"].facts]
    assert "w_high_common" in keys


def body_with_and_without(everything, rest, p=None, **thresholds):
    evidence = events(
        everything,
        baseline=0.2,
        studies=judged(("high", 0.5), ("low", 0.5)),
        without_high=Restricted(k=1, pooled=rest, p_between=p),
    )
    return asked(evidence, settings(**thresholds))["ROB-3"]


def test_with_and_without_reports_direction_and_change():
    prompt = body_with_and_without(
        ratio(0.6, 0.5, 0.72), ratio(0.8, 0.6, 1.07), type="null", better="lower"
    )
    facts = {fact.key: fact for fact in prompt.facts}
    change = (abs(math.log(0.6)) - abs(math.log(0.8))) / abs(math.log(0.8))
    assert prompt.verdict == "relative_change"
    assert facts["rob3_change"].value == pytest.approx(change)
    assert facts["rob3_bias"].display == "favours the intervention"
    assert facts["rob3_null"].value is True


def test_with_and_without_knows_zones_signs_and_the_test():
    zone = body_with_and_without(
        ratio(0.85, 0.75, 0.96), ratio(0.91, 0.8, 1.04), type="mid", mid=0.02, better="lower"
    )
    assert "zone_change" in zone.verdict
    flip = body_with_and_without(
        ratio(0.97, 0.9, 1.05), ratio(1.03, 0.9, 1.2), type="null", better="lower"
    )
    assert "sign_flip" in flip.verdict
    same = ratio(0.8, 0.7, 0.92)
    assert body_with_and_without(same, same, p=0.05, type="null").verdict == "test_between"
    assert body_with_and_without(same, same, p=0.4, type="null").status == "clear"


def test_without_a_second_analysis_it_cannot_be_assessed():
    prompts = asked(
        events(ratio(0.8, 0.7, 0.92), studies=judged(("high", 0.5), ("low", 0.5))), DEFAULTS
    )
    assert prompts["ROB-3"].status == "not_assessable"
    all_low = asked(events(ratio(0.8, 0.7, 0.92), studies=judged(("low", 1.0))), DEFAULTS)
    assert not all_low["ROB-3"].applicable


def folded(everything, without, strict, *pairs, as_="high"):
    evidence = events(
        everything, baseline=0.2, studies=judged(*pairs), without_high=without,
        without_high_and_some=strict,
    )
    return asked(evidence, replace(settings(type="null"), some_concerns_as=as_))


def test_where_some_concerns_count_as_high_the_estimate_without_high_alone_does_not_stand_in():
    moved = Restricted(k=2, pooled=ratio(1.2, 1.0, 1.44))
    pairs = (("some", 0.3), ("some", 0.3), ("high", 0.4))
    told = folded(ratio(0.8, 0.7, 0.92), moved, Restricted(k=0), *pairs)["ROB-3"]
    assert told.status == "not_assessable"
    assert told.reason == (
        "No study remains without those at high risk of bias or with some concerns."
    )
    lenient = folded(ratio(0.8, 0.7, 0.92), moved, Restricted(k=0), *pairs, as_="low")["ROB-3"]
    assert "sign_flip" in lenient.verdict


def test_folding_matters_where_nothing_is_high_but_some_concerns_carry_the_effect():
    """Without folding there is nothing to leave out; with it the effect turns round."""
    pairs = (("some", 0.3), ("low", 0.7))
    turned = Restricted(k=1, pooled=ratio(1.2, 1.0, 1.44))
    alike = Restricted(k=1, pooled=ratio(0.8, 0.7, 0.92))
    everything = ratio(0.8, 0.7, 0.92)
    assert folded(everything, None, turned, *pairs, as_="show_both")["ROB-9"].status == "fired"
    assert folded(everything, None, alike, *pairs, as_="show_both")["ROB-9"].status == "clear"


def test_no_information_is_not_called_unsettled():
    """ROBINS-I can end at “no information”: there is nothing left to settle."""
    told = (
        StudyEvidence(id="1", rob="high", rob_original="Serious", weight=0.4),
        StudyEvidence(id="2", rob="open", rob_original="No information", weight=0.6),
    )
    prompts = asked(Evidence(studies=told), DEFAULTS)
    assert prompts["ROB-1"].reason == (
        "Studies without information about risk of bias could tip the balance."
    )
    assert prompts["ROB-5"].reason == (
        "For some studies there is no information about risk of bias."
    )
    assert prompts["ROB-4"].reason.endswith("without information about risk of bias.")
    labels = [fact.label for fact in prompts["ROB-1"].facts]
    assert "Weight of studies without information about risk of bias" in labels
    nothing = asked(Evidence(studies=told[1:]), DEFAULTS)
    assert nothing["ROB-1"].reason == (
        "No study of the analysis has information about its risk of bias."
    )


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ((("open", 1.0),), "No study of the analysis has a settled judgement of its risk of bias."),
        (
            (("open", 0.5), ("low", 0.5)),
            "No settled study is at high risk of bias, and some studies are not settled yet.",
        ),
    ],
)
def test_why_there_is_no_estimate_without_studies_at_high_risk(pairs, reason):
    body = events(ratio(0.8, 0.7, 0.92), studies=judged(*pairs))
    assert asked(body, DEFAULTS)["ROB-3"].reason == reason


def test_what_remains_may_give_no_estimate():
    body = events(
        ratio(0.8, 0.7, 0.92), studies=judged(("high", 1.0)), without_high=Restricted(k=2)
    )
    assert asked(body, DEFAULTS)["ROB-3"].reason == (
        "The studies that remain without those at high risk of bias give no estimate."
    )


def test_levels_of_all_studies():
    all_high = asked(Evidence(studies=judged(("high", 0.5), ("some", 0.5))), DEFAULTS)
    assert all_high["ROB-5"].status == "fired"
    assert all_high["ROB-10"].status == "clear"
    assert all_high["ROB-9"].status == "fired"
    assert all_high["ROB-9"].verdict == "not_dominated dominated"
    all_low = asked(Evidence(studies=judged(("low", 0.5), ("low", 0.5))), DEFAULTS)
    assert (all_low["ROB-5"].status, all_low["ROB-10"].status) == ("clear", "fired")
    assert all_low["ROB-4"].verdict == "low"


def test_counting_some_concerns_as_high():
    strict = replace(DEFAULTS, some_concerns_as="high")
    prompts = asked(Evidence(studies=judged(("some", 0.7), ("low", 0.3))), strict)
    assert prompts["ROB-1"].verdict == "dominated"
    assert (
        asked(Evidence(studies=judged(("some", 0.7), ("low", 0.3))), DEFAULTS)["ROB-1"].status
        == "clear"
    )


def test_a_recurrent_domain_and_an_objective_outcome():
    blinding = DomainJudgement(name="Blinding", level="high", about_blinding=True)
    fine = DomainJudgement(name="Blinding", level="low", about_blinding=True)
    studies = (
        StudyEvidence(id="1", rob="high", weight=0.6, rob_domains=(blinding,)),
        StudyEvidence(id="2", rob="low", weight=0.4, rob_domains=(fine,)),
    )
    prompts = asked(Evidence(studies=studies, objective=True), DEFAULTS)
    assert (prompts["ROB-6"].status, prompts["ROB-6"].verdict) == ("fired", "Blinding")
    assert prompts["ROB-7"].status == "fired"
    assert asked(Evidence(studies=studies, objective=False), DEFAULTS)["ROB-7"].status == "clear"
    other = DomainJudgement(name="Missing data", level="high")
    mixed = (replace(studies[0], rob_domains=(blinding, other)), studies[1])
    assert asked(Evidence(studies=mixed, objective=True), DEFAULTS)["ROB-7"].status == "clear"


def test_the_ladder_of_robins_i_only_where_it_belongs():
    studies = (
        StudyEvidence(id="1", rob="high", rob_original="serious", weight=0.7),
        StudyEvidence(id="2", rob="low", rob_original="moderate", weight=0.3),
    )
    ladder = asked(Evidence(start_rule="nrs_robins_i", studies=studies), DEFAULTS)["ROB-8"]
    assert (ladder.status, ladder.verdict) == ("fired", "serious")
    assert "two levels" in ladder.typical
    trials = asked(Evidence(studies=studies), DEFAULTS)["ROB-8"]
    assert (trials.status, trials.applicable) == ("not_assessable", False)
