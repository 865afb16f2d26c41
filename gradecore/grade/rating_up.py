"""Is there a reason to rate up? Facts and prompts UP-1 to UP-3.

Allowed in principle for non-randomised evidence without reasons to rate down, from studies that
were strictly designed and conducted. Warnings about odd upgrades are given by ``checks.py``.

Source: GRADE guidelines 9 (doi:10.1016/j.jclinepi.2011.06.004); Core GRADE 4.
"""

from __future__ import annotations

import math

from gradecore.grade.evidence import EVENT_MEASURES, Evidence, Gradient
from gradecore.grade.facts import (
    FIRED,
    Fact,
    Facts,
    FactSheet,
    Finding,
    PromptKind,
    fired_if,
    not_assessable,
)
from gradecore.grade.scales import effect_text
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import (
    CONFOUNDING_VARIANTS,
    DOSE_RESPONSE,
    LARGE_EFFECT,
    NARRATIVE,
    NRS,
    NRS_ROBINS_I,
    OPPOSING_CONFOUNDING,
    RATING_UP,
    SPURIOUS,
)

PRINCIPLE = (
    "Reasons to rate up are for strictly designed and conducted studies without reasons to rate "
    "down."
)
_MOST = 0.5
_TICKS = {
    "limit_beyond": "Limit nearer no effect beyond the same threshold",
    "several_studies": "Two studies or more",
    "low_i2": "I² low",
}
_MARKS = {True: "✓ yes", False: "✗ no", None: "? unknown"}
_NOT_LARGE, LARGE, VERY_LARGE, BOUNDARY = "not_large", "large", "very_large", "boundary"


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on rating up; the risk ratio is a fact of imprecision."""
    if evidence.kind == NARRATIVE:
        _study_by_study(evidence, settings, sheet)
    _gradient_facts(evidence, sheet)
    if evidence.confounding in CONFOUNDING_VARIANTS:
        spurious = evidence.confounding == SPURIOUS
        words = "would create an effect" if spurious else "would shrink the effect"
        text = f"{words}: {evidence.confounders}".removesuffix(": ")
        sheet.add("confounding", "Plausible confounding", evidence.confounding, text)


def _gradient_facts(evidence: Evidence, sheet: FactSheet) -> None:
    """UP-2: the slope with its interval leads; classes of dose stand in where there is none."""
    slope = evidence.gradient or Gradient()
    if slope.low is not None and slope.high is not None:
        excludes = not slope.low <= 0 <= slope.high
        sheet.add("dose_slope", "Dose-response slope excludes no gradient", excludes,
                  _slope_text(evidence, slope))
    elif slope.monotone is not None:
        words = "yes" if slope.monotone else "no"
        sheet.add("dose_slope", "Effect rises with each class of dose", slope.monotone, words)
    else:
        sheet.missing(slope.gap or "No data on doses were entered.", "dose_slope")
    if slope.slope is not None and slope.low is not None and slope.monotone is not None:
        words = "yes" if slope.monotone else "no"
        sheet.add("dose_classes", "Effect rises with each class of dose", slope.monotone, words)


def _slope_text(evidence: Evidence, slope: Gradient) -> str:
    """Return '0.93 (0.88 to 0.98) per unit of dose (mg), 8 studies', as far as it is known."""
    shown = [
        effect_text(evidence, one) for one in (slope.slope, slope.low, slope.high)
        if one is not None
    ]
    text = f"{shown[-2]} to {shown[-1]}"
    text = f"{shown[0]} ({text})" if len(shown) == 3 else text
    text = f"{text} per unit of dose"
    text = f"{text} ({slope.unit})" if slope.unit else text
    return f"{text}, {slope.k} studies" if slope.k else text


def _study_by_study(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """How many studies of a synthesis in words show a large effect in the same direction."""
    effects = [one.effect for one in evidence.studies if one.effect is not None]
    if evidence.measure not in ("RR", "HR") or not effects:
        sheet.missing("Large effects are counted where the studies report risk or hazard ratios.",
                      "up_studies")
        return
    ratios = [math.exp(one) for one in effects]
    large = [one for one in ratios if size_of_ratio(one, settings) != _NOT_LARGE]
    most = max(sum(one > 1 for one in large), sum(one < 1 for one in large))
    text = f"{most} of {len(ratios)}"
    sheet.add("up_studies", "Studies with a large effect in the same direction",
              most / len(ratios), text)


def size_of_ratio(ratio: float, settings: Settings) -> str:
    """Return 'not_large', 'boundary', 'large' or 'very_large' for a risk ratio.

    'boundary': exactly at the limit, where sources read “at least” or “more than”.
    """
    size = round(max(ratio, 1 / ratio) if ratio > 0 else float("inf"), 9)
    if size >= settings.cutoffs.up_very_large:
        return VERY_LARGE
    if size == settings.cutoffs.up_large:
        return BOUNDARY
    return LARGE if size > settings.cutoffs.up_large else _NOT_LARGE


def large_effect(facts: Facts, settings: Settings) -> Finding:
    """UP-1: is the effect large?"""
    if not facts.has("rr"):
        return _large_in_most(facts)
    verdict = size_of_ratio(facts.number("rr"), settings)
    typical = {
        _NOT_LARGE: "",
        BOUNDARY: "Exactly at the limit: “at least two-fold” reads +1, “more than two-fold” 0.",
        LARGE: "+1 is often considered.",
        VERY_LARGE: "+2 is often considered, with no serious risk of bias and a narrow interval.",
    }[verdict]
    shown = facts.choose("rr", "rr_low", "rr_high")
    if facts.has("measure") and facts.text("measure") == "HR":
        typical += " A hazard ratio is shown as it is: it overstates the risk ratio when events "
        typical += "are common."
    return fired_if(verdict != _NOT_LARGE, shown, verdict=verdict, typical=typical.strip())


def _large_in_most(facts: Facts) -> Finding:
    """The same question of studies that were not pooled: is the effect large in most of them?"""
    if not facts.has("up_studies"):
        counted = any(gap.key == "up_studies" for gap in facts.missing)
        of_events = not facts.has("measure") or facts.text("measure") in EVENT_MEASURES
        reason = facts.reason("up_studies" if counted else "rr")
        return not_assessable(reason, applicable=counted or of_events)
    most = facts.number("up_studies") > _MOST
    return fired_if(most, facts.choose("up_studies"), verdict=LARGE if most else _NOT_LARGE,
                    typical="+1 is often considered, ideally where most studies show it.")


def ticks(facts: Facts, settings: Settings) -> tuple[tuple[str, bool | None], ...]:
    """Return what makes a large effect robust: code, and yes, no or unknown.

    What people decided about imprecision and risk of bias is added by whoever holds the rating.
    """
    size = size_of_ratio(facts.number("rr"), settings) if facts.has("rr") else _NOT_LARGE
    limit: bool | None = None
    if facts.has("rr", "rr_low", "rr_high") and size != _NOT_LARGE:
        ratio = facts.number("rr")
        nearer = facts.number("rr_low") if ratio > 1 else facts.number("rr_high")
        same_side = (nearer > 1) == (ratio > 1)
        order = (_NOT_LARGE, BOUNDARY, LARGE, VERY_LARGE)
        reached = order.index(size_of_ratio(nearer, settings)) if nearer > 0 else 0
        limit = same_side and reached >= min(order.index(size), order.index(LARGE))
        if size == VERY_LARGE:
            limit = same_side and reached == order.index(VERY_LARGE)
    low_i2 = facts.number("i2") < settings.cutoffs.up_low_i2 if facts.has("i2") else None
    several = facts.number("k") >= 2 if facts.has("k") else None
    return ("limit_beyond", limit), ("several_studies", several), ("low_i2", low_i2)


def robustness(facts: Facts, settings: Settings) -> Finding:
    """UP-1b: is the large effect robust?"""
    large = large_effect(facts, settings)
    if large.status != FIRED:
        reason = large.reason or "The effect is not large."
        return not_assessable(reason, applicable=False)
    words = {True: "yes", False: "no", None: "unknown"}
    told = ticks(facts, settings)
    verdict = " ".join(f"{code}:{words[found]}" for code, found in told)
    shown = tuple(
        Fact(key=f"up_tick_{code}", label=_TICKS[code], value=words[found],
             display=_MARKS[found])
        for code, found in told
    )
    return fired_if(True, shown, verdict=verdict)


def context(facts: Facts, settings: Settings) -> Finding:
    """UP-1c: does the context support a large effect?"""
    large = large_effect(facts, settings)
    if large.status != FIRED:
        reason = large.reason or "The effect is not large."
        return not_assessable(reason, applicable=False)
    return fired_if(True, facts.choose("rr"))


def gradient(facts: Facts, settings: Settings) -> Finding:
    """UP-2: is there a dose-response gradient?"""
    if not facts.has("dose_slope"):
        return not_assessable(facts.reason("dose_slope"))
    return fired_if(facts.flag("dose_slope"), facts.choose("dose_slope", "dose_classes"))


def opposing_confounding(facts: Facts, settings: Settings) -> Finding:
    """UP-3: would plausible confounding work against what is seen?"""
    if not facts.has("confounding"):
        applicable = facts.has("start_rule") and facts.text("start_rule") in (NRS, NRS_ROBINS_I)
        return not_assessable("Nobody has named such confounding.", applicable=applicable)
    shown = facts.choose("confounding")
    return fired_if(True, shown, verdict=facts.text("confounding"))


PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="UP-1",
        domain=RATING_UP,
        name="Large effect",
        rule="Risk ratio from {up_large} (or its inverse): large; from {up_very_large}: very "
        "large; synthesis in words: in more than half of the studies.",
        source="GRADE guidelines 9",
        tag="S",
        question="Is the effect too large to be explained by the flaws that remain?",
        typical="+1 for a large, +2 for a very large effect is considered.",
        upgrade=LARGE_EFFECT,
        ask=large_effect,
    ),
    PromptKind(
        id="UP-1b",
        domain=RATING_UP,
        name="Robustness of a large effect",
        rule="The limit nearer no effect lies beyond the same threshold, two studies or more, no "
        "concern about imprecision and risk of bias, I² below {up_low_i2}%.",
        source="GRADE guidelines 9",
        tag="S",
        question="Does the large effect hold up?",
        typical="+2 needs no serious risk of bias and a narrow interval.",
        info=True,
        upgrade=LARGE_EFFECT,
        ask=robustness,
    ),
    PromptKind(
        id="UP-1c",
        domain=RATING_UP,
        name="Context of a large effect",
        rule="Shown with a large effect.",
        source="GRADE guidelines 9",
        tag="S",
        question="Was the effect rapid? Against the previous course? Supported by indirect "
        "evidence?",
        info=True,
        upgrade=LARGE_EFFECT,
        ask=context,
    ),
    PromptKind(
        id="UP-2",
        domain=RATING_UP,
        name="Dose-response gradient",
        rule="The interval of the slope excludes no gradient, or the effect rises with each class "
        "of dose.",
        source="GRADE guidelines 9; the test is background knowledge",
        tag="K",
        question="Does the effect grow with the dose in a way that confounding does not explain?",
        typical="+1 is often considered.",
        upgrade=DOSE_RESPONSE,
        ask=gradient,
    ),
    PromptKind(
        id="UP-3",
        domain=RATING_UP,
        name="Opposing plausible confounding",
        rule="Answered by the assessor.",
        source="GRADE guidelines 9",
        tag="S",
        question="Would all plausible confounding that remains shrink the effect seen, or have "
        "produced an effect although none is seen? Name the confounders.",
        typical="+1 is often considered.",
        upgrade=OPPOSING_CONFOUNDING,
        ask=opposing_confounding,
    ),
)
