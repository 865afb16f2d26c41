"""What claim is rated, and against which threshold: the target of a rating of certainty.

Owns the derivation of the target and the thresholds on the absolute and on the analysis scale.
The team decides; the target derived here is shown with its reason and can be replaced.

==============  =========================  ====================  ===========
threshold type  point estimate (absolute)  target                thresholds
==============  =========================  ====================  ===========
mid             beyond the MID             important effect      ± MID
mid             within ± MID               little or no effect   ± MID
null            within ± MID, if known     little or no effect   ± MID
null            elsewhere                  non-null effect       null
ranges          in one of the ranges       effect in that range  T1, T2, T3
==============  =========================  ====================  ===========

Sources: Core GRADE 2 (doi:10.1136/bmj-2024-083865), guidance 34
(doi:10.1016/j.jclinepi.2022.07.014), guidance 35; the operational “near the null” is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from gradecore.grade.vocabulary import (
    DECISION,
    EFFECT_IN_RANGE,
    IMPORTANT_EFFECT,
    LITTLE_OR_NO_EFFECT,
    MID,
    NON_NULL_EFFECT,
    NULL,
    RANGES,
    TARGETS,
    THRESHOLD_TYPES,
)
from gradecore.input_errors import InputError

BEYOND_BENEFIT = "beyond_benefit"
WITHIN = "within"
BEYOND_HARM = "beyond_harm"
ABOVE = "above"
BELOW = "below"
ZONE_LABELS: dict[str, str] = {
    BEYOND_BENEFIT: "beyond the threshold for benefit",
    WITHIN: "between the thresholds",
    BEYOND_HARM: "beyond the threshold for harm",
    ABOVE: "above the threshold",
    BELOW: "below the threshold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The team's thresholds for one outcome, as positive sizes on the absolute scale.

    Absolute scale: difference in risk as a proportion (0.02 is 20 per 1000) for events, units of
    the instrument for MD, SD units for SMD. ``better`` is 'lower' or 'higher': which direction of
    the outcome is good. ``mid_harm`` None means the same as ``mid``. ``ranges`` are T1 to T3 for
    benefit, ``ranges_harm`` for harm (empty: the same). ``mid_range`` is the span of plausible
    MIDs. ``relative`` is a MID on the natural ratio scale (0.8), where no absolute one exists.
    ``target`` is the team's own choice, with its reason; None means as derived.
    """

    framework: str = "core"
    type: str | None = None
    better: str | None = None
    mid: float | None = None
    mid_harm: float | None = None
    mid_range: tuple[float, float] | None = None
    relative: float | None = None
    ranges: tuple[float, ...] = ()
    ranges_harm: tuple[float, ...] = ()
    decision: float | None = None
    target: str | None = None
    target_reason: str = ""

    def __post_init__(self) -> None:
        if self.type is not None and self.type not in THRESHOLD_TYPES:
            raise InputError(f"“{self.type}” is no type of threshold.", column="threshold_type")
        if self.better not in (None, "lower", "higher"):
            raise InputError("Better is either lower or higher.", column="better")
        if self.target is not None and self.target not in TARGETS:
            raise InputError(f"“{self.target}” is no target of a rating.", column="target")
        for name, size in (("mid", self.mid), ("mid_harm", self.mid_harm)):
            if size is not None and not size > 0:
                raise InputError("A minimal important difference is above 0.", column=name)
        for sizes in (self.ranges, self.ranges_harm):
            if any(low >= high for low, high in pairwise(sizes)):
                raise InputError("The thresholds T1, T2, T3 must rise.", column="ranges")

    @property
    def benefit_sign(self) -> int | None:
        """+1 where a higher outcome is good, -1 where a lower one is, None if undeclared."""
        return None if self.better is None else (1 if self.better == "higher" else -1)

    @property
    def important(self) -> tuple[float, float] | None:
        """The MID for a decrease and for an increase of the outcome, signed; None without MID."""
        if self.mid is None:
            return None
        harm = self.mid if self.mid_harm is None else self.mid_harm
        if self.better == "higher":
            return -harm, self.mid
        if self.better is None and harm != self.mid:
            return None
        return -self.mid, harm


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The claim that is rated: code, why, and the signed thresholds on the absolute scale.

    ``derived`` is what the rules give; ``code`` what is in force (the team may replace it).
    """

    code: str
    derived: str
    reason: str
    thresholds: tuple[float, ...]
    replaced: bool = False


def derive_target(thresholds: Thresholds, estimate: float | None) -> Target | None:
    """Return the target for a point estimate on the absolute scale.

    None where the team has chosen no type of threshold, or where the estimate or the threshold
    that the type needs is missing.
    """
    derived = _derived(thresholds, estimate)
    if derived is None:
        return None
    code, reason = derived
    chosen = thresholds.target or code
    return Target(
        code=chosen,
        derived=code,
        reason=(thresholds.target_reason or reason) if chosen != code else reason,
        thresholds=thresholds_of(thresholds, chosen),
        replaced=chosen != code,
    )


def _derived(thresholds: Thresholds, estimate: float | None) -> tuple[str, str] | None:
    important = thresholds.important
    within = (
        important is not None and estimate is not None and important[0] <= estimate <= important[1]
    )
    if thresholds.type == MID:
        if important is None or estimate is None:
            return None
        if within:
            return LITTLE_OR_NO_EFFECT, "The point estimate lies within the MID."
        return IMPORTANT_EFFECT, "The point estimate lies beyond the MID."
    if thresholds.type == NULL:
        if within:
            return (
                LITTLE_OR_NO_EFFECT,
                "The threshold is the null, and the point estimate is near it: within the MID.",
            )
        if estimate is None:
            return NON_NULL_EFFECT, "The threshold is the null."
        return NON_NULL_EFFECT, "The threshold is the null, and the point estimate is not near it."
    if thresholds.type == RANGES and thresholds.ranges and estimate is not None:
        size = size_of(thresholds, estimate)
        return EFFECT_IN_RANGE, f"The point estimate lies in the range “{size}”."
    if thresholds.type == DECISION and thresholds.decision is not None:
        return NON_NULL_EFFECT, "The threshold is the decision threshold of the panel."
    return None


def thresholds_of(thresholds: Thresholds, target: str) -> tuple[float, ...]:
    """Return the signed thresholds, absolute scale, that belong to a target, in rising order."""
    if thresholds.type == DECISION and thresholds.decision is not None:
        return (thresholds.decision,)
    if target == EFFECT_IN_RANGE:
        return all_ranges(thresholds)
    if target == NON_NULL_EFFECT or thresholds.important is None:
        return (0.0,)
    return thresholds.important


def all_ranges(thresholds: Thresholds) -> tuple[float, ...]:
    """Return T1 to T3 of both directions, signed for the outcome, in rising order."""
    benefit = thresholds.ranges
    harm = thresholds.ranges_harm or benefit
    downwards, upwards = (harm, benefit) if thresholds.better == "higher" else (benefit, harm)
    return tuple(sorted([-size for size in downwards] + list(upwards)))


def smallest_ranges(thresholds: Thresholds) -> tuple[float, float]:
    """Return T1 of a decrease and of an increase, signed: where effects begin to matter."""
    benefit = thresholds.ranges[0]
    harm = (thresholds.ranges_harm or thresholds.ranges)[0]
    return (-harm, benefit) if thresholds.better == "higher" else (-benefit, harm)


def without_noise(value: float) -> float:
    """Return a number without what binary fractions add, so that a limit on a threshold is on it.

    Twelve decimals are far beyond what anybody means on either scale.
    """
    return round(value, 12)


def size_of(thresholds: Thresholds, estimate: float) -> str:
    """Return 'trivial', 'small', 'moderate' or 'large' for an absolute effect, by T1 to T3."""
    sign = thresholds.benefit_sign or -1
    good = estimate * sign >= 0
    limits = thresholds.ranges if good or not thresholds.ranges_harm else thresholds.ranges_harm
    passed = sum(without_noise(abs(estimate)) >= without_noise(limit) for limit in limits)
    return ("trivial", "small", "moderate", "large")[passed]


def zone_of(effect: float, thresholds: tuple[float, ...], benefit_sign: int | None) -> str:
    """Return where an effect lies: beyond benefit, within, or beyond harm.

    ``thresholds`` are on the scale of the effect, one (the null or a decision threshold) or more;
    without a declared direction the zones are called above and below.
    """
    effect = without_noise(effect)
    smallest, largest = (without_noise(one(thresholds)) for one in (min, max))
    if effect > largest:
        return {1: BEYOND_BENEFIT, -1: BEYOND_HARM, None: ABOVE}[benefit_sign]
    if effect < smallest:
        return {1: BEYOND_HARM, -1: BEYOND_BENEFIT, None: BELOW}[benefit_sign]
    return WITHIN


def crossed(low: float, high: float, thresholds: tuple[float, ...]) -> tuple[float, ...]:
    """Return the thresholds strictly inside an interval."""
    low, high = without_noise(low), without_noise(high)
    return tuple(one for one in thresholds if low < without_noise(one) < high)


def same_for_whole_range(interval: tuple[float, float], mid_range: tuple[float, float]) -> bool:
    """Return whether every MID of the range gives the same verdict about a CI (absolute scale).

    True if no MID of the range, in either direction, can lie on the other side of a limit: each
    limit is beyond all of them or within all of them. A limit equal to a MID does not contain it,
    so a limit on the largest one is beyond the others alone.
    """
    smallest, largest = sorted(abs(one) for one in mid_range)
    for limit in interval:
        for sign in (-1.0, 1.0):
            if smallest < sign * limit <= largest:
                return False
    return True
