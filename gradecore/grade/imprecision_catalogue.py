"""The prompts about imprecision as they are put to the assessor: rules, sources, questions.

What each finds is computed in ``imprecision.py``.
"""

from __future__ import annotations

from gradecore.grade.facts import PromptKind
from gradecore.grade.imprecision import (
    baseline_sensitivity,
    classic,
    implausibly_large,
    information_size,
    interval_method,
    near_miss,
    no_events,
    ranges,
    rare_events,
    rules_of_thumb,
    threshold_crossing,
    wording,
)
from gradecore.grade.vocabulary import IMPRECISION

_CORE_2 = "Core GRADE 2"
_OURS = "Convention of this program"

PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="IMP-1",
        domain=IMPRECISION,
        name="Interval against the threshold",
        rule="A threshold of the claim lies strictly inside the interval of the absolute effect, "
        "at any named baseline risk; synthesis in words: inside the intervals of half of the "
        "studies or more.",
        source=f"{_CORE_2}, Fig 4; guidance 34",
        tag="S2",
        question="Would you act differently if the truth were at the other end of the interval?",
        typical="Contains the threshold: −1. Contains important benefit and important harm: −2. "
        "Do not look at sample size on this path.",
        ask=threshold_crossing,
    ),
    PromptKind(
        id="IMP-2",
        domain=IMPRECISION,
        name="Wording",
        rule="Shown when the interval contains a threshold.",
        source=_CORE_2,
        tag="S2",
        question="Which sentence describes your belief: the one with “probably” or the one with "
        "“may”?",
        typical="Choose the level whose sentence you believe.",
        ask=wording,
    ),
    PromptKind(
        id="IMP-3",
        domain=IMPRECISION,
        name="Implausibly large effect",
        rule="Relative change above {imp_large:%}, clearly above {imp_clearly_large:%}; means: "
        "{imp_large_sd} SD or more.",
        source=f"{_CORE_2}; the limit for means is a convention of this program",
        tag="S2",
        question="Is an effect of this size plausible?",
        typical="Only if the interval contains no threshold: look at the information size.",
        ask=implausibly_large,
    ),
    PromptKind(
        id="IMP-4",
        domain=IMPRECISION,
        name="Information size",
        rule="Upper over lower limit from {imp_ratio_rr} (odds ratio {imp_ratio_or}), or fewer "
        "people than the optimal information size (relative change {imp_rrr:%}, alpha "
        "{imp_alpha}, power {imp_power:%}); means: below {imp_share_of_ois:%} of it.",
        source=f"{_CORE_2}, Fig 4; guidance 34",
        tag="S2",
        question="Are there enough people to believe an effect of this size?",
        typical="Too few people: −1; limits very far apart, or means with far too few people: −2.",
        ask=information_size,
    ),
    PromptKind(
        id="IMP-5",
        domain=IMPRECISION,
        name="Ranges",
        rule="The number of thresholds between ranges (T1, T2, T3, both directions) strictly "
        "inside the interval.",
        source="Guidance 35, abstract; the counting rule needs checking",
        tag="K",
        question="How many ranges does the interval reach into?",
        typical="One threshold −1, two −2, three or more −3.",
        ask=ranges,
    ),
    PromptKind(
        id="IMP-6",
        domain=IMPRECISION,
        name="Classic review rule",
        rule="The interval of the risk ratio contains 1 and reaches below {imp_classic_low} or "
        "above {imp_classic_high}; or people or events below the information size.",
        source="GRADE guidelines 6",
        tag="S",
        question="Would the rule of 2011 rate down?",
        typical="−1 is often considered.",
        ask=classic,
    ),
    PromptKind(
        id="IMP-7",
        domain=IMPRECISION,
        name="Rules of thumb",
        rule="Fewer than {imp_rule_events} events; means: fewer than {imp_rule_people_old} people "
        "(older rule) or {imp_rule_people} (current); synthesis in words: {narrative_small} or "
        "fewer.",
        source="GRADE guidelines 6; Core GRADE 2; Murad 2017",
        tag="S2",
        question="Are the totals small by crude rules?",
        typical="Crude: the information size says it better.",
        info=True,
        ask=rules_of_thumb,
    ),
    PromptKind(
        id="IMP-8",
        domain=IMPRECISION,
        name="Rare events, large samples",
        rule="Both limits of the risk difference within the MID (without MID: "
        "{imp_rare_limit:per}) and {imp_rare_people} people or more.",
        source="GRADE guidelines 6, exception; the number of people is background knowledge",
        tag="S2",
        question="Does the relative interval look wide although nothing important is possible?",
        typical="0 is often considered.",
        ask=rare_events,
    ),
    PromptKind(
        id="IMP-9",
        domain=IMPRECISION,
        name="No events",
        rule="No event at all, or one arm without an event in any study.",
        source=_OURS,
        tag="D",
        question="The interval depends on the model here: what does an exact interval of the risk "
        "difference say?",
        typical="Decide by judgement; “not assessable” where nothing can be said.",
        ask=no_events,
    ),
    PromptKind(
        id="IMP-10",
        domain=IMPRECISION,
        name="Method of the interval",
        rule="With {imp_few_studies} studies or fewer the verdict differs between Wald and "
        "Hartung-Knapp intervals.",
        source=_OURS,
        tag="D",
        question="The verdict depends on the method: which one did the protocol name? Report both.",
        ask=interval_method,
    ),
    PromptKind(
        id="IMP-11",
        domain=IMPRECISION,
        name="Baseline risks",
        rule="The verdict of the first prompt differs between the named baseline risks.",
        source="Guidance 35",
        tag="S",
        question="Should imprecision be rated for each baseline risk?",
        typical="Rate for each baseline group, or state the baseline used.",
        ask=baseline_sensitivity,
    ),
    PromptKind(
        id="IMP-12",
        domain=IMPRECISION,
        name="Near miss",
        rule="A limit lies less than half a displayed unit from a threshold.",
        source=_OURS,
        tag="D",
        question="Does rounding decide here? It should not.",
        info=True,
        ask=near_miss,
    ),
)
