"""The claim as it applies to one body: target, thresholds on both scales, zones.

``target.py`` holds the rules; here they meet the numbers of a body: the absolute effect at the
first baseline risk where there is one, else the relative effect. Every domain that looks at
thresholds asks here, so that inconsistency and imprecision use the same ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gradecore.absolute_effects import Interval
from gradecore.grade.evidence import BaselineRisk, Evidence
from gradecore.grade.facts import FactSheet
from gradecore.grade.plain_language import SIZES
from gradecore.grade.scales import (
    absolute_interval,
    absolute_text,
    analysis_direction,
    number,
    people,
    threshold_text,
    to_analysis,
)
from gradecore.grade.settings import Settings
from gradecore.grade.target import (
    ZONE_LABELS,
    Target,
    Thresholds,
    all_ranges,
    derive_target,
    same_for_whole_range,
    zone_of,
)
from gradecore.grade.vocabulary import DECISION, MID, NULL, RANGES, TARGET_LABELS

NO_TYPE = "The team has not chosen a threshold for this outcome."
NO_BASELINE = "A baseline risk is needed to turn the relative effect into an absolute one."
NO_MID = "The threshold needs a minimal important difference, and none was declared."
NO_ONE_MID = (
    "The verdict differs within the range of plausible minimal important differences: choose one."
)
_OF_SIDE: dict[int | None, str] = {1: "benefit", -1: "harm", None: "effect"}
NO_DECISION = "The decision threshold was not declared."
NO_RANGES = "The thresholds between ranges (T1, T2, T3) were not declared, or they do not rise."
NO_DIRECTION = (
    "Benefit and harm have minimal important differences of their own: which direction is better "
    "was not declared."
)
NO_COMPARISON = "The proportion of one group is compared with nothing: there is no effect to claim."
BASELINE_REFUSED = "This baseline risk gives no absolute effect: choose another one."
NO_POOLED = "There is no pooled estimate."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed of a body, at one baseline risk.

    ``absolute`` are the signed thresholds on the absolute scale (empty if there is no such
    scale), ``analysis`` those on the analysis scale in rising order (empty if unknown).
    ``effect`` is the absolute effect. ``reason`` says why there is no target.
    """

    target: Target | None
    baseline: BaselineRisk | None
    effect: Interval | None
    absolute: tuple[float, ...] = ()
    analysis: tuple[float, ...] = ()
    benefit_sign: int | None = None
    reason: str = ""

    @property
    def sides(self) -> tuple[float, ...]:
        """The thresholds nearest to no effect on either side, where effects begin to matter.

        Analysis scale; of ranges these are T1 of both directions.
        """
        below = [one for one in self.analysis if one < 0]
        above = [one for one in self.analysis if one > 0]
        if len(self.analysis) <= 2 or not below or not above:
            return self.analysis
        return max(below), min(above)

    def zone(self, effect: float) -> str:
        """Return the zone of an effect on the analysis scale; thresholds must be known."""
        return zone_of(effect, self.sides, self.benefit_sign)

    def place(self, effect: float) -> str:
        """Return where an effect lies in words: its zone, or with ranges the range it is in."""
        zone = self.zone(effect)
        if len(self.analysis) <= 2:
            return ZONE_LABELS[zone]
        passed = sum(0 < one <= effect or effect <= one < 0 for one in self.analysis)
        if passed == 0:
            return SIZES[0]
        return f"{SIZES[min(passed, len(SIZES) - 1)]} {_OF_SIDE[_side(effect, self.benefit_sign)]}"


def _side(effect: float, benefit_sign: int | None) -> int | None:
    return None if benefit_sign is None else (1 if effect * benefit_sign > 0 else -1)


def claim_of(evidence: Evidence, settings: Settings, baseline: BaselineRisk | None) -> Claim:
    """Return the claim at one baseline risk (None where the measure needs none or has none)."""
    if not evidence.compared:
        return Claim(target=None, baseline=baseline, effect=None, reason=NO_COMPARISON)
    thresholds = settings.thresholds
    risk = baseline.risk if baseline is not None else None
    pooled = evidence.pooled
    effect = None if pooled is None else absolute_interval(evidence, pooled, risk)
    if _only_relative(evidence, thresholds):
        return _relative(evidence, thresholds, baseline, effect)
    thresholds = _with_any_mid(thresholds, effect)
    target = derive_target(thresholds, None if effect is None else effect.estimate)
    absolute: tuple[float, ...] = () if target is None else target.thresholds
    if target is None and pooled is None and thresholds.type is not None:
        absolute = _of_studies(thresholds)
    on_analysis = [to_analysis(evidence, one, risk) for one in absolute]
    known = tuple(sorted(one for one in on_analysis if one is not None))
    return Claim(
        target=target,
        baseline=baseline,
        effect=effect,
        absolute=absolute,
        analysis=known if len(known) == len(absolute) else (),
        benefit_sign=_sign(evidence, thresholds),
        reason="" if target is not None else _why_none(evidence, thresholds, effect, baseline),
    )


def _only_relative(evidence: Evidence, thresholds: Thresholds) -> bool:
    """Return whether a MID is known as a ratio alone, and MIDs are what the claim is about."""
    wanted = thresholds.type in (None, NULL, MID) and thresholds.relative is not None
    return wanted and thresholds.mid is None and evidence.ratio


def _of_studies(thresholds: Thresholds) -> tuple[float, ...]:
    """Return the thresholds where no target can be derived: without a pooled estimate.

    There is no claim then, but the studies still lie in zones.
    """
    if thresholds.type == MID:
        return thresholds.important or ()
    if thresholds.type == RANGES:
        return all_ranges(thresholds)
    if thresholds.type == DECISION:
        return () if thresholds.decision is None else (thresholds.decision,)
    return (0.0,)


def _with_any_mid(thresholds: Thresholds, effect: Interval | None) -> Thresholds:
    """Take the smallest plausible MID where none was chosen and all give the same verdict."""
    span = thresholds.mid_range
    if thresholds.mid is not None or span is None or effect is None or thresholds.type != MID:
        return thresholds
    same = same_for_whole_range((effect.low, effect.high), span) and same_for_whole_range(
        (effect.estimate, effect.estimate), span)
    return replace(thresholds, mid=span[0]) if same else thresholds


def main_claim(evidence: Evidence, settings: Settings) -> Claim:
    """Return the claim at the first baseline risk, which leads where several are named."""
    return claim_of(evidence, settings, evidence.baselines[0] if evidence.baselines else None)


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the claim, the thresholds, the baselines and the absolute effect."""
    thresholds = settings.thresholds
    claim = main_claim(evidence, settings)
    if thresholds.type is not None:
        sheet.add("threshold_type", "Type of threshold", thresholds.type, thresholds.type)
    if thresholds.better is not None:
        sheet.add("better", "Better direction", thresholds.better, thresholds.better)
    for key, label, size in (
        ("mid", "Minimal important difference", thresholds.mid),
        ("mid_harm", "Minimal important difference for harm", thresholds.mid_harm),
    ):
        if size is not None:
            sheet.add(key, label, size, threshold_text(evidence, size))
    _further_thresholds(evidence, thresholds, sheet)
    for place, size in enumerate(thresholds.ranges, start=1):
        sheet.add(f"t{place}", f"Threshold T{place}", size, threshold_text(evidence, size))
    for place, size in enumerate(thresholds.ranges_harm, start=1):
        label = f"Threshold T{place} for harm"
        sheet.add(f"t{place}_harm", label, size, threshold_text(evidence, size))
    for place, baseline in enumerate(evidence.baselines, start=1):
        shown = f"{number(baseline.risk * evidence.per, 0)} per {people(evidence.per)}"
        label = f"Baseline risk ({baseline.label})" if baseline.label else "Baseline risk"
        sheet.add(f"baseline_{place}", label, baseline.risk, shown)
    if claim.target is None:
        sheet.missing(claim.reason, "target", "thresholds")
    else:
        code = claim.target.code
        sheet.add("target", "Claim that is rated", code, TARGET_LABELS[code])
        sheet.add("target_reason", "Reason for the claim", claim.target.reason, claim.target.reason)
        if claim.target.replaced:
            follows = claim.target.derived
            sheet.add("target_derived", "Claim that follows", follows, TARGET_LABELS[follows])
    if claim.effect is None:
        why = claim.reason or NO_BASELINE
        sheet.missing(NO_POOLED if evidence.pooled is None else why, "absolute_effect")
    else:
        text = absolute_text(evidence, claim.effect)
        sheet.add("absolute_effect", "Absolute effect", claim.effect.estimate, text)


def _further_thresholds(evidence: Evidence, thresholds: Thresholds, sheet: FactSheet) -> None:
    if thresholds.mid_range is not None:
        low, high = (threshold_text(evidence, one) for one in thresholds.mid_range)
        text = f"{low} to {high}"
        sheet.add("mid_range", "Plausible minimal important differences", text, text)
    if thresholds.relative is not None:
        label = "Minimal important ratio; absolute thresholds are preferred"
        sheet.add("mid_relative", label, thresholds.relative, number(thresholds.relative))
    if thresholds.decision is not None:
        shown = threshold_text(evidence, thresholds.decision)
        sheet.add("decision", "Decision threshold", thresholds.decision, shown)


def _sign(evidence: Evidence, thresholds: Thresholds) -> int | None:
    sign = thresholds.benefit_sign
    return None if sign is None else sign * analysis_direction(evidence)


def _relative(
    evidence: Evidence,
    thresholds: Thresholds,
    baseline: BaselineRisk | None,
    effect: Interval | None,
) -> Claim:
    size = abs(math.log(thresholds.relative or 1.0))
    on_log = Thresholds(
        type=thresholds.type,
        better=thresholds.better,
        mid=size or None,
        target=thresholds.target,
        target_reason=thresholds.target_reason,
    )
    target = derive_target(on_log, None if evidence.pooled is None else evidence.pooled.effect)
    limits: tuple[float, ...] = () if target is None else target.thresholds
    if target is None and evidence.pooled is None and thresholds.type is not None:
        limits = _of_studies(on_log)
    return Claim(
        target=target,
        baseline=baseline,
        effect=effect,
        analysis=limits,
        benefit_sign=_sign(evidence, thresholds),
        reason="" if target is not None else NO_TYPE if thresholds.type is None else NO_POOLED,
    )


def _why_none(
    evidence: Evidence,
    thresholds: Thresholds,
    effect: Interval | None,
    baseline: BaselineRisk | None,
) -> str:
    if thresholds.type is None:
        return NO_TYPE
    if evidence.pooled is None:
        return NO_POOLED
    if effect is None and thresholds.type != NULL:
        return NO_BASELINE if baseline is None else BASELINE_REFUSED
    if thresholds.type == DECISION:
        return NO_DECISION
    if thresholds.type == RANGES:
        return NO_RANGES
    if thresholds.mid is not None:
        return NO_DIRECTION
    return NO_MID if thresholds.mid_range is None else NO_ONE_MID
