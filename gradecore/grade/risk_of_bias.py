"""Could bias in the studies that carry the estimate explain it? Facts and prompts ROB-1 to ROB-11.

Weighs studies by what they contribute; never averages labels. Publication bias and selective
non-reporting of whole studies are left to ``publication_bias.py``.

=======================  =====================  =============================
weight of high-risk      weight of low-risk     reading (Core GRADE 4, Fig 2)
=======================  =====================  =============================
above 65%                                       dominated
55% to 65%                                      possibly dominated
less                     35% or more            compare low and high
=======================  =====================  =============================

Source: Core GRADE 4 (doi:10.1136/bmj-2024-083864); Cochrane Handbook 14 and 5.1 table 12.2.d.
"""

from __future__ import annotations

from gradecore.grade.facts import (
    Fact,
    Facts,
    Finding,
    PromptKind,
    fired_if,
    not_assessable,
)
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import NRS_ROBINS_I, ROB

DOMINATED, POSSIBLY, NOT_DOMINATED = "dominated", "possibly_dominated", "not_dominated"
_CORE_4 = "Core GRADE 4, Fig 2"
_OURS = "Convention of this program"
_LADDER = {
    "low (except": "Low except for confounding: how far could uncontrolled confounding go?",
    "low": "Low: usually no step down.",
    "moderate": "Moderate: about one level is often chosen.",
    "serious": "Serious: about two levels are often chosen.",
    "critical": "Critical: about three levels, or leave the study out of the analysis.",
}
_SHARES = ("w_low", "w_some", "w_high", "w_open", "w_high_common", "rob_weight_basis")

PRINCIPLES: tuple[str, ...] = (
    "Do not average the judgements; weigh each study by what it contributes.",
    "Be conservative: most of the evidence must be affected.",
    "In close calls look at the other domains, and say that it was close.",
)


def domination(high: float, settings: Settings) -> str:
    """Return 'dominated', 'possibly_dominated' or 'not_dominated' for a share at high risk."""
    # Nine decimals: shares are sums of fractions, and a limit must not turn on their last bit.
    share = round(high, 9)
    if share > settings.cutoffs.rob_dominated:
        return DOMINATED
    if share >= settings.cutoffs.rob_possibly_dominated:
        return POSSIBLY
    return NOT_DOMINATED


def _counted_high(facts: Facts, settings: Settings) -> float:
    folded = settings.some_concerns_as == "high"
    return facts.number("w_high_or_some" if folded else "w_high")


def _open(facts: Facts) -> float:
    return facts.number("w_open") if facts.has("w_open") else 0.0


def _some_open(facts: Facts) -> str:
    if facts.has("rob_uninformed"):
        return "For some studies there is no information about risk of bias."
    return "Some studies have no settled judgement yet."


def dominance(facts: Facts, settings: Settings) -> Finding:
    """ROB-1: is the estimate dominated by studies at high risk of bias?"""
    if not facts.has("w_high"):
        return not_assessable(facts.reason("w_high"))
    shown = facts.choose(*_SHARES)
    high = _counted_high(facts, settings)
    verdict = domination(high, settings)
    if verdict == NOT_DOMINATED and domination(high + _open(facts), settings) != NOT_DOMINATED:
        return not_assessable(
            "Studies without information about risk of bias could tip the balance."
            if facts.has("rob_uninformed")
            else "Studies without settled judgement could tip the balance: settle them first.",
            shown,
        )
    return fired_if(verdict != NOT_DOMINATED, shown, verdict=verdict)


def appreciable_low(facts: Facts, settings: Settings) -> Finding:
    """ROB-2: is there enough evidence at low risk of bias to stand on its own?"""
    if not facts.has("w_low"):
        return not_assessable(facts.reason("w_low"))
    low = 1.0 - _counted_high(facts, settings) - _open(facts)
    shown = facts.choose(*_SHARES)
    dominated = domination(_counted_high(facts, settings), settings) == DOMINATED
    enough = round(low, 9) >= settings.cutoffs.rob_appreciable_low
    strict = round(low, 9) >= settings.cutoffs.rob_appreciable_low_strict
    if not enough and round(low + _open(facts), 9) >= settings.cutoffs.rob_appreciable_low:
        uninformed = facts.has("rob_uninformed")
        which = "information about risk of bias" if uninformed else "settled judgement"
        return not_assessable(f"Studies without {which} could change this.", shown)
    verdict = "appreciable_strict" if strict else "appreciable" if enough else "little"
    return fired_if(enough and not dominated, shown, verdict=verdict)


def _moved(facts: Facts, settings: Settings, ending: str) -> tuple[str, ...]:
    cutoffs = settings.cutoffs
    reasons = []
    if facts.has(f"rob3_zone{ending}") and facts.flag(f"rob3_zone{ending}"):
        reasons.append("zone_change")
    if facts.flag(f"rob3_sign{ending}"):
        reasons.append("sign_flip")
    if facts.has(f"rob3_change{ending}"):
        change = abs(round(facts.number(f"rob3_change{ending}"), 9))
        if change > cutoffs.rob_relative_change:
            reasons.append("relative_change")
    if facts.has(f"rob3_p{ending}") and facts.number(f"rob3_p{ending}") < cutoffs.rob_p_between:
        reasons.append("test_between")
    return tuple(reasons)


def _rob3_facts(facts: Facts, ending: str) -> tuple[Fact, ...]:
    names = ("rob3_change", "rob3_zone", "rob3_null", "rob3_p", "rob3_bias")
    return facts.choose("with_all", f"without_high{ending}", *(f"{one}{ending}" for one in names))


def with_and_without(facts: Facts, settings: Settings) -> Finding:
    """ROB-3: does the estimate move when studies at high risk of bias are left out?"""
    folded = settings.some_concerns_as == "high"
    ending = "_strict" if folded else ""
    if facts.has("n_high", "w_high") and not facts.has("n_open"):
        some = folded and facts.number("w_high_or_some") > facts.number("w_high")
        if facts.number("n_high") == 0 and not some:
            return not_assessable("No study is at high risk of bias.", applicable=False)
    if not facts.has(f"without_high{ending}"):
        return not_assessable(facts.reason(f"without_high{ending}"))
    reasons = _moved(facts, settings, ending)
    return fired_if(bool(reasons), _rob3_facts(facts, ending), verdict=" ".join(reasons))


def where_it_comes_from(facts: Facts, settings: Settings) -> Finding:
    """ROB-4: where does most of the information come from?"""
    if not facts.has("rob_largest"):
        return not_assessable(facts.reason("rob_largest"))
    shown = facts.choose("rob_largest", *_SHARES)
    return fired_if(True, shown, verdict=facts.text("rob_largest"))


def no_low_study(facts: Facts, settings: Settings) -> Finding:
    """ROB-5: is there no study at low risk of bias?"""
    if not facts.has("n_low"):
        return not_assessable(facts.reason("n_low"))
    none = facts.number("n_low") == 0
    if none and facts.has("n_open"):
        return not_assessable(_some_open(facts), facts.choose("n_open"))
    return fired_if(none, facts.choose("n_low", "n_some", "n_high"))


def recurrent_domain(facts: Facts, settings: Settings) -> Finding:
    """ROB-6: is one domain at high risk in much of the evidence?"""
    if not facts.has("rob_domain"):
        return not_assessable(facts.reason("rob_domain"))
    often = round(facts.number("rob_domain_share"), 9) >= settings.cutoffs.rob_recurrent_domain
    return fired_if(often, facts.choose("rob_domain"), verdict=facts.text("rob_domain"))


def objective_outcome(facts: Facts, settings: Settings) -> Finding:
    """ROB-7: do the flaws concern blinding only, while the outcome is objective?"""
    if not facts.has("objective"):
        return not_assessable(facts.reason("objective"))
    if not facts.flag("objective"):
        return fired_if(False, facts.choose("objective"))
    if not facts.has("rob_only_blinding"):
        return not_assessable(facts.reason("rob_only_blinding"), facts.choose("objective"))
    shown = facts.choose("objective", "rob_only_blinding", "rob_domain")
    return fired_if(facts.flag("rob_only_blinding"), shown)


def robins_ladder(facts: Facts, settings: Settings) -> Finding:
    """ROB-8: what does the dominant ROBINS-I judgement usually mean?"""
    if facts.text("start_rule") != NRS_ROBINS_I:
        why = "Only for non-randomised studies that are appraised with ROBINS-I and start high."
        return not_assessable(why, applicable=False)
    if not facts.has("robins_dominant"):
        return not_assessable(facts.reason("robins_dominant"))
    level = facts.text("robins_dominant")
    rung = next((one for one in _LADDER if level.casefold().startswith(one)), "")
    typical = _LADDER.get(rung, "")
    return fired_if(True, facts.choose("robins_dominant"), verdict=level, typical=typical)


def folding(facts: Facts, settings: Settings) -> Finding:
    """ROB-9: does the verdict depend on how “some concerns” is counted?"""
    if not facts.has("w_high"):
        return not_assessable(facts.reason("w_high"))
    lenient = domination(facts.number("w_high"), settings)
    strict = domination(facts.number("w_high_or_some"), settings)
    differs = lenient != strict
    none_high = facts.has("n_high") and facts.number("n_high") == 0 and not facts.has("n_open")
    if facts.has("without_high_strict") and (none_high or facts.has("without_high")):
        lenient_moves = not none_high and bool(_moved(facts, settings, ""))
        differs |= lenient_moves != bool(_moved(facts, settings, "_strict"))
    shown = facts.choose("w_high", "w_high_or_some", "without_high", "without_high_strict")
    return fired_if(differs, shown, verdict=f"{lenient} {strict}")


def unanimity(facts: Facts, settings: Settings) -> Finding:
    """ROB-10: are all studies at low risk of bias?"""
    if not facts.has("n_low"):
        return not_assessable(facts.reason("n_low"))
    others = facts.number("n_some") + facts.number("n_high")
    if others == 0 and facts.has("n_open"):
        return not_assessable(_some_open(facts), facts.choose("n_open"))
    return fired_if(others == 0, facts.choose("n_low", "n_some", "n_high"))


def case_series(facts: Facts, settings: Settings) -> Finding:
    """ROB-11: are there studies without a comparison group?"""
    if not facts.has("case_series"):
        return not_assessable("Every study has a comparison group.", applicable=False)
    return fired_if(True, facts.choose("case_series"))


PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="ROB-1",
        domain=ROB,
        name="Dominance",
        rule="Dominated above {rob_dominated:%} of the weight at high risk of bias, possibly from "
        "{rob_possibly_dominated:%}.",
        source=_CORE_4,
        tag="S2",
        question="Could bias in these studies explain the result, or its absence?",
        typical="−1 is often chosen when bias could explain the finding; 0 when plausible bias "
        "runs against the finding.",
        ask=dominance,
    ),
    PromptKind(
        id="ROB-2",
        domain=ROB,
        name="Appreciable evidence at low risk",
        rule="Appreciable from {rob_appreciable_low:%} of the weight at low risk of bias (strict "
        "{rob_appreciable_low_strict:%}) while the rest does not dominate.",
        source=_CORE_4,
        tag="S2",
        question="Do the results of studies at low and at high risk of bias differ materially?",
        typical="If they differ, base the estimate on the studies at low risk instead of rating "
        "down.",
        ask=appreciable_low,
    ),
    PromptKind(
        id="ROB-3",
        domain=ROB,
        name="With and without",
        rule="Another zone, another sign, a relative change above {rob_relative_change:%}, or "
        "P below {rob_p_between} between high-risk studies and the rest.",
        source="Comparing estimates: Core GRADE 4; the cut-offs are a convention of this program",
        tag="D",
        question="Does the conclusion depend on the studies at high risk of bias, and in which "
        "direction would they bias it?",
        typical="−1 is often chosen when the claim needs the studies at high risk of bias.",
        ask=with_and_without,
    ),
    PromptKind(
        id="ROB-4",
        domain=ROB,
        name="Where the information comes from",
        rule="The judgement with the largest weight.",
        source="Cochrane Handbook 14; 5.1, table 12.2.d",
        tag="S",
        question="Does most of the information come from studies whose flaws matter?",
        typical="Mostly low: no step down. Mostly some concerns: 0 or −1. High enough to affect "
        "the interpretation: −1 for one crucial flaw, −2 for several.",
        info=True,
        ask=where_it_comes_from,
    ),
    PromptKind(
        id="ROB-5",
        domain=ROB,
        name="No study at low risk",
        rule="No study at low risk of bias.",
        source=_OURS,
        tag="D",
        question="There is no estimate from studies at low risk of bias. How crucial are the "
        "flaws?",
        typical="−1 is often chosen, −2 when the flaws are crucial.",
        ask=no_low_study,
    ),
    PromptKind(
        id="ROB-6",
        domain=ROB,
        name="Recurrent domain",
        rule="One domain at high risk in {rob_recurrent_domain:%} of the weight or more.",
        source=_OURS,
        tag="D",
        question="Does this recurring flaw matter for this outcome? Name the domain in the "
        "explanation.",
        ask=recurrent_domain,
    ),
    PromptKind(
        id="ROB-7",
        domain=ROB,
        name="Objective outcome",
        rule="Objective outcome, and the only domains at high risk concern blinding or "
        "measurement.",
        source="Methodological background knowledge",
        tag="K",
        question="Can the lack of blinding have influenced this outcome at all?",
        typical="Lack of blinding may not matter here.",
        ask=objective_outcome,
    ),
    PromptKind(
        id="ROB-8",
        domain=ROB,
        name="ROBINS-I ladder",
        rule="The overall judgement with most weight, for evidence that starts high.",
        source="Methodological background knowledge, after GRADE guidelines 18",
        tag="K",
        question="Confounding and selection are judged here: how many levels do they cost?",
        typical="Low 0, moderate about −1, serious about −2, critical about −3 or leave out.",
        ask=robins_ladder,
    ),
    PromptKind(
        id="ROB-9",
        domain=ROB,
        name="Counting some concerns",
        rule="The verdict about dominance, or about the estimate with and without, differs when "
        "some concerns count as high.",
        source=_OURS,
        tag="D",
        question="How did you count some concerns? Say so in the explanation.",
        ask=folding,
    ),
    PromptKind(
        id="ROB-10",
        domain=ROB,
        name="Unanimity",
        rule="All studies at low risk of bias.",
        source=_OURS,
        tag="D",
        question="Is there any other reason to doubt these studies?",
        typical="No basis for a step down from the judgements of risk of bias.",
        info=True,
        ask=unanimity,
    ),
    PromptKind(
        id="ROB-11",
        domain=ROB,
        name="No comparison group",
        rule="Case series or single-arm studies are among the studies.",
        source="Methodological background knowledge",
        tag="K",
        question="What would have happened without the intervention, and how is that known?",
        typical="−1 or more for risk of bias is the rule.",
        rare=True,
        ask=case_series,
    ),
)
