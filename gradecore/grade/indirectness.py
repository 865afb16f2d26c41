"""Do the studies answer our question? Facts and prompts IND-1 to IND-8.

No formula can decide this domain; the facts only order what people extracted and answered.
Differences between results are left to ``inconsistency.py``.

Source: Core GRADE 5 (doi:10.1136/bmj-2024-083867) for the questions per element.
"""

from __future__ import annotations

from gradecore.grade.evidence import Evidence
from gradecore.grade.facts import (
    Facts,
    FactSheet,
    Finding,
    PromptKind,
    fired_if,
    not_assessable,
)
from gradecore.grade.risk_of_bias_facts import NO_STUDIES, shares
from gradecore.grade.scales import number, percent
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import INDIRECTNESS, PICO

_ANSWER_WORDS = {"yes": "yes", "probably_yes": "probably yes", "probably_no": "probably no"}
_ORDER = ("yes", "probably_yes", "probably_no", "no")
_FLAGS = (
    ("surrogate", "Surrogate outcome", "Nobody has said whether the outcome is a surrogate."),
    (
        "indirect_comparison",
        "Compared through a common comparator",
        "Nobody has said whether the comparison is indirect.",
    ),
    (
        "laboratory",
        "Animal or laboratory studies",
        "Nobody has said whether these are animal or laboratory studies.",
    ),
    (
        "baseline_from_elsewhere",
        "Baseline risk from another population",
        "Nobody has said whether the baseline risk comes from another population.",
    ),
)


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on indirectness."""
    _grid(evidence, sheet)
    _weights(evidence, sheet)
    _follow_up(evidence, sheet)
    for key, label, why in _FLAGS:
        value = getattr(evidence, key)
        if value is None:
            sheet.missing(why, key)
        else:
            sheet.add(key, label, value, "yes" if value else "no")


def _grid(evidence: Evidence, sheet: FactSheet) -> None:
    answers = {one.element: one.answer for one in evidence.pico if one.answer is not None}
    for element, answer in answers.items():
        words = _ANSWER_WORDS.get(answer, answer)
        sheet.add(f"pico_{element}", f"{element.capitalize()} direct enough", answer, words)
    if answers:
        worst = max(answers.values(), key=_ORDER.index)
        sheet.add("pico_worst", "Worst answer", worst, _ANSWER_WORDS.get(worst, worst))
    open_ones = [element for element in PICO if element not in answers]
    if open_ones:
        sheet.missing(f"Not answered yet: {', '.join(open_ones)}.", "pico_complete")
    else:
        sheet.add("pico_complete", "Elements answered", len(PICO), f"{len(PICO)} of {len(PICO)}")


def _weights(evidence: Evidence, sheet: FactSheet) -> None:
    studies = evidence.studies
    if not studies:
        sheet.missing(NO_STUDIES, "indirect_weight")
        return
    if any(study.indirect is None for study in studies):
        why = "Not every study was checked for how directly it answers the question."
        sheet.missing(why, "indirect_weight")
        return
    weights, _ = shares(studies)
    share = {
        element: sum(
            w for w, s in zip(weights, studies, strict=True) if element in (s.indirect or ())
        )
        for element in PICO
    }
    worst = max(PICO, key=lambda element: share[element])
    for element in PICO:
        label = f"Weight of studies off the question in {element}"
        sheet.add(f"indirect_{element}", label, share[element], percent(share[element]))
    text = f"{worst}: {percent(share[worst])}" if share[worst] else "none"
    sheet.add("indirect_weight", "Largest weight off the question", share[worst], text)


def _follow_up(evidence: Evidence, sheet: FactSheet) -> None:
    times = [study.follow_up for study in evidence.studies]
    known = [one for one in times if one is not None]
    if not known or len(known) < len(times) or not evidence.target_follow_up:
        sheet.missing("Follow-up of each study and of the target are needed.", "follow_up_ratio")
        return
    weights, _ = shares(evidence.studies)
    median = weighted_median(tuple(known), weights)
    ratio = median / evidence.target_follow_up
    text = f"{number(median, 1)} of {number(evidence.target_follow_up, 1)}: {percent(ratio)}"
    sheet.add("follow_up_ratio", "Weighted median follow-up against the target", ratio, text)


def weighted_median(values: tuple[float, ...], weights: tuple[float, ...]) -> float:
    """Return the weighted median: half of the weight lies on either side.

    Where the half falls exactly between two values their mean is returned.
    """
    ordered = sorted(zip(values, weights, strict=True))
    half, passed = sum(weights) / 2, 0.0
    for place, (value, weight) in enumerate(ordered):
        passed += weight
        if abs(passed - half) < 1e-12 and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
        if passed > half:
            return value
    return ordered[-1][0]


def pico_grid(facts: Facts, settings: Settings) -> Finding:
    """IND-1: is the evidence direct enough in every element of the question?"""
    shown = facts.choose(*(f"pico_{element}" for element in PICO))
    worst = facts.text("pico_worst") if facts.has("pico_worst") else ""
    if worst in ("probably_no", "no"):
        return fired_if(True, shown, verdict=worst)
    if not facts.has("pico_complete"):
        return not_assessable(facts.reason("pico_complete"), shown)
    return fired_if(False, shown, verdict=worst)


def weight_of_indirect(facts: Facts, settings: Settings) -> Finding:
    """IND-2: how much of the weight is off the question?"""
    if not facts.has("indirect_weight"):
        return not_assessable(facts.reason("indirect_weight"))
    share = round(facts.number("indirect_weight"), 9)
    strong = share >= settings.cutoffs.ind_weight_strong
    info = share >= settings.cutoffs.ind_weight_info
    shown = facts.choose(*(f"indirect_{element}" for element in PICO))
    return fired_if(info, shown, verdict="strong" if strong else "info" if info else "")


def _flag(facts: Facts, key: str) -> Finding:
    if not facts.has(key):
        return not_assessable(facts.reason(key))
    return fired_if(facts.flag(key), facts.choose(key))


def surrogate(facts: Facts, settings: Settings) -> Finding:
    """IND-3: is the outcome a surrogate?"""
    return _flag(facts, "surrogate")


def follow_up(facts: Facts, settings: Settings) -> Finding:
    """IND-4: is the follow-up much shorter than wanted?"""
    if not facts.has("follow_up_ratio"):
        return not_assessable(facts.reason("follow_up_ratio"))
    short = facts.number("follow_up_ratio") < settings.cutoffs.ind_follow_up
    return fired_if(short, facts.choose("follow_up_ratio"))


def no_head_to_head(facts: Facts, settings: Settings) -> Finding:
    """IND-5: is the comparison indirect?"""
    return _flag(facts, "indirect_comparison")


def laboratory(facts: Facts, settings: Settings) -> Finding:
    """IND-6: are these animal or laboratory studies?"""
    return _flag(facts, "laboratory")


def gradient(facts: Facts, settings: Settings) -> Finding:
    """IND-7: which element is of concern?"""
    return fired_if(True, facts.choose(*(f"pico_{element}" for element in PICO)))


def baseline_source(facts: Facts, settings: Settings) -> Finding:
    """IND-8: does the baseline risk come from another population?"""
    return _flag(facts, "baseline_from_elsewhere")


PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="IND-1",
        domain=INDIRECTNESS,
        name="Elements of the question",
        rule="Any “probably no” or “no” to “direct enough?”.",
        source="Core GRADE 5 for the questions; the scale is a convention of this program",
        tag="D",
        question="For each of population, intervention, comparator and outcome: is the evidence "
        "direct enough?",
        typical="The worst answer starts the discussion: yes 0, probably yes 0, probably no −1, "
        "no −2.",
        ask=pico_grid,
    ),
    PromptKind(
        id="IND-2",
        domain=INDIRECTNESS,
        name="Weight of indirect evidence",
        rule="Information from {ind_weight_info:%} of the weight off the question in one element, "
        "strong from {ind_weight_strong:%}.",
        source="The idea is Core GRADE 5’s; the cut-offs are a convention of this program",
        tag="D",
        question="Is all or almost all of the evidence off the question?",
        typical="Rating down is about all or almost all of the evidence being off the question.",
        ask=weight_of_indirect,
    ),
    PromptKind(
        id="IND-3",
        domain=INDIRECTNESS,
        name="Surrogate outcome",
        rule="The outcome is marked as a surrogate.",
        source="GRADE guidelines 8",
        tag="S",
        question="How strong is the link to the outcome that matters to patients?",
        typical="−1 is usual, −2 when the link is weak.",
        ask=surrogate,
    ),
    PromptKind(
        id="IND-4",
        domain=INDIRECTNESS,
        name="Follow-up",
        rule="Weighted median follow-up below {ind_follow_up:%} of the target.",
        source="Convention of this program",
        tag="D",
        question="Does the shorter follow-up answer the question?",
        ask=follow_up,
    ),
    PromptKind(
        id="IND-5",
        domain=INDIRECTNESS,
        name="No head-to-head comparison",
        rule="The comparison goes through a common comparator.",
        source="GRADE guidelines 8",
        tag="S",
        question="How similar are the two sets of trials?",
        typical="−1 or −2, depending on how similar the trials are. Estimates of a network of "
        "comparisons are outside of what is rated here.",
        ask=no_head_to_head,
    ),
    PromptKind(
        id="IND-6",
        domain=INDIRECTNESS,
        name="Animals and laboratory",
        rule="The studies are animal or laboratory studies.",
        source="GRADE guidelines 8",
        tag="S",
        question="How far does this carry over to people?",
        typical="−2 is usual.",
        ask=laboratory,
    ),
    PromptKind(
        id="IND-7",
        domain=INDIRECTNESS,
        name="Which element matters most",
        rule="Always shown.",
        source="Core GRADE 5, table 2",
        tag="S2",
        question="Which element is of concern? Population matters least often, as relative effects "
        "are usually similar, then intervention, then comparator; outcome most often.",
        info=True,
        ask=gradient,
    ),
    PromptKind(
        id="IND-8",
        domain=INDIRECTNESS,
        name="Source of the baseline risk",
        rule="The baseline risk comes from another population than the effect.",
        source="Methodological background knowledge",
        tag="K",
        question="It affects the absolute effect: is it mentioned in a footnote?",
        info=True,
        ask=baseline_source,
    ),
)
