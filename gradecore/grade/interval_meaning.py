"""What an interval that contains thresholds includes, in words, for prompts and drafts.

“The 95% CI for the absolute effect (32 fewer to 16 more per 1000) includes both an important
benefit (MID 20 per 1000) and no benefit”: nothing about significance, and no level.
"""

from __future__ import annotations

from gradecore.absolute_effects import Interval, fewer_or_more
from gradecore.grade.claim import Claim
from gradecore.grade.evidence import Evidence
from gradecore.grade.scales import (
    effect_text,
    measure_name,
    number,
    people,
    percent,
    threshold_text,
)
from gradecore.grade.settings import Settings
from gradecore.grade.target import crossed
from gradecore.grade.vocabulary import DECISION, RANGES

_SIDES: dict[int | None, tuple[str, str]] = {
    1: ("harm", "benefit"), -1: ("benefit", "harm"), None: ("decrease", "increase"),
}
"""What a lower and a higher effect are, by the sign of the good direction."""


def meaning_of(
    evidence: Evidence, settings: Settings, claim: Claim, interval: Interval
) -> str:
    """Return a clause about an interval and the thresholds inside it, '' if there are none.

    ``claim`` and ``interval`` are on the same scale: absolute, or that of the analysis where the
    claim has no absolute effect.
    """
    inside = crossed(interval.low, interval.high, claim.absolute)
    if not inside:
        return ""
    includes = _includes(evidence, settings, claim, interval, inside)
    return f"{_which(evidence, claim, interval)} {includes}"


def _which(evidence: Evidence, claim: Claim, interval: Interval) -> str:
    level = percent(evidence.pooled.level if evidence.pooled is not None else 0.95)
    if claim.effect is None:
        low, high = (effect_text(evidence, one) for one in (interval.low, interval.high))
        return f"the {level} CI ({measure_name(evidence, inside=True)} {low} to {high})"
    where = claim.baseline.label.strip() if claim.baseline is not None else ""
    at = f" ({where[:1].lower()}{where[1:]})" if where else ""
    if evidence.of_events:
        low, high = (fewer_or_more(one, evidence.per) for one in (interval.low, interval.high))
        per = people(evidence.per)
        return f"the {level} CI for the absolute effect{at} ({low} to {high} per {per})"
    low, high = (number(one, evidence.decimals) for one in (interval.low, interval.high))
    unit = " SD" if evidence.standardised else ""
    return f"the {level} CI for the absolute effect{at} ({low} to {high}{unit})"


def _includes(
    evidence: Evidence, settings: Settings, claim: Claim, interval: Interval,
    inside: tuple[float, ...],
) -> str:
    thresholds = settings.thresholds
    if thresholds.type == DECISION:
        return f"includes the decision threshold ({_size(evidence, claim, inside[0])})"
    if thresholds.type == RANGES:
        count = "1 threshold" if len(inside) == 1 else f"{len(inside)} thresholds"
        named = ", ".join(_size(evidence, claim, one) for one in inside)
        return f"includes {count} between ranges ({named})"
    important = thresholds.important if claim.effect is not None else None
    if important is None and len(claim.absolute) == 2:
        important = claim.absolute[0], claim.absolute[1]
    if important is not None and len(crossed(interval.low, interval.high, important)) == 2:
        lower, higher = (_important(evidence, claim, one, settings) for one in important)
        return f"includes both {lower} and {higher}"
    if inside == (0.0,):
        return _of_null(evidence, settings, claim, interval, important)
    only = inside[0]
    side = _side(claim, settings, only)
    nothing = f"no {side}" if interval.low <= 0 <= interval.high else f"no important {side}"
    return f"includes both {_important(evidence, claim, only, settings)} and {nothing}"


def _of_null(
    evidence: Evidence, settings: Settings, claim: Claim, interval: Interval,
    important: tuple[float, float] | None,
) -> str:
    reached = [] if important is None else [
        limit
        for limit, here in ((important[0], interval.low <= important[0]),
                            (important[1], interval.high >= important[1]))
        if here
    ]
    sides = [_important(evidence, claim, one, settings) for one in reached]
    if not sides:
        return "includes no effect"
    return f"includes no effect and reaches {' and '.join(sides)}"


def _important(evidence: Evidence, claim: Claim, threshold: float, settings: Settings) -> str:
    size = _size(evidence, claim, abs(threshold) if claim.effect is not None else threshold)
    return f"an important {_side(claim, settings, threshold)} (MID {size})"


def _side(claim: Claim, settings: Settings, threshold: float) -> str:
    sign = settings.thresholds.benefit_sign if claim.effect is not None else claim.benefit_sign
    lower, higher = _SIDES[sign]
    return lower if threshold < 0 else higher


def _size(evidence: Evidence, claim: Claim, threshold: float) -> str:
    if claim.effect is not None:
        return threshold_text(evidence, threshold)
    return f"{measure_name(evidence, inside=True)} {effect_text(evidence, threshold)}"
