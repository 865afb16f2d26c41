"""The facts that bear on imprecision: absolute intervals against thresholds, information size.

``imprecision.py`` asks the questions about them. Statistical significance is no fact here.
"""

from __future__ import annotations

from gradecore.absolute_effects import Interval
from gradecore.grade.claim import Claim, claim_of, main_claim
from gradecore.grade.evidence import BaselineRisk, Evidence, PooledNumbers, StudyEvidence
from gradecore.grade.facts import FactSheet
from gradecore.grade.information_size import InformationSize, for_events, for_means
from gradecore.grade.interval_meaning import meaning_of
from gradecore.grade.scales import (
    absolute_interval,
    absolute_text,
    display_unit,
    effect_text,
    limit_text,
    measure_name,
    number,
    people,
    percent,
    risk_ratio_of,
    threshold_text,
    to_natural,
)
from gradecore.grade.settings import Settings
from gradecore.grade.target import all_ranges, crossed, same_for_whole_range, smallest_ranges
from gradecore.grade.vocabulary import NARRATIVE, NULL, RANGES

CLEAR_OF, ONCE, BOTH, NULL_AND_MID = "clear", "crossed_once", "both_important", "null_and_mid"
VERDICT_WORDS = {
    CLEAR_OF: "contains no threshold", ONCE: "contains a threshold",
    BOTH: "from an important benefit to an important harm",
    NULL_AND_MID: "contains no effect and an important one",
}
RATES = ("IRR", "IRD")
NO_POOLED = "There is no pooled estimate."
NO_PEOPLE = "The number of participants is not known."
NOT_ALL_PEOPLE = "Not every study tells its number of participants."
BOTH_METHODS = "The interval by both methods is needed."
ONE_METHOD = "Hartung-Knapp intervals belong to random effects; here a common effect is assumed."
NOT_ALL_EVENTS = "Not every study tells its number of events."
NEEDS_RISK = "The assumed comparator risk is needed."
RISK_OF_ALL = "With the assumed comparator risk everybody has the event: choose another one."


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on imprecision."""
    _totals(evidence, sheet)
    if evidence.pooled is None:
        sheet.missing(NO_POOLED, "imp_verdict_1", "imp_magnitude", "imp_ratio", "rr", "rr_low")
        sheet.missing(NO_POOLED, "imp_ranges", "imp_rare", "imp_methods", "imp_nearest")
        _by_study(evidence, settings, sheet)
    else:
        _crossings(evidence, settings, evidence.pooled, sheet)
        _relative(evidence, settings, evidence.pooled, sheet)
        _ranges(evidence, settings, sheet)
        _rare(evidence, settings, evidence.pooled, sheet)
        _methods(evidence, settings, evidence.pooled, sheet)
    _information_size(evidence, settings, sheet)


def _totals(evidence: Evidence, sheet: FactSheet) -> None:
    if evidence.participants is None:
        sheet.missing(_no_people(evidence), "n")
    else:
        sheet.add("n", "Participants", evidence.participants, people(evidence.participants))
    if not evidence.of_events and evidence.measure:
        sheet.missing("The outcome is not an event.", "events", "imp_no_events")
        return
    events = evidence.all_events
    no_events = "The number of events is not known."
    if any(one.events_1 is not None for one in evidence.studies):
        no_events = NOT_ALL_EVENTS
    if events is None:
        sheet.missing(no_events, "events")
    else:
        sheet.add("events", "Events", events, people(events))
    arms = evidence.arm_events
    if events == 0 or 0 in arms:
        sheet.add("imp_no_events", "No event in one arm or both", True, "yes")
    elif None in arms and events is None:
        sheet.missing(no_events, "imp_no_events")
    elif None in arms:
        sheet.missing("The number of events per arm is not known.", "imp_no_events")
    else:
        sheet.add("imp_no_events", "No event in one arm or both", False, "no")


def _no_people(evidence: Evidence) -> str:
    some = any(one.participants is not None for one in evidence.studies)
    return NOT_ALL_PEOPLE if some else NO_PEOPLE


def verdict_of(claim: Claim, settings: Settings, interval: Interval) -> tuple[str, int]:
    """Return what an absolute interval means for the claim, and how many thresholds it contains.

    A threshold counts when it lies strictly inside. 'both_important': an important benefit and an
    important harm; 'null_and_mid': the null is the threshold, and the interval reaches the MID on
    the side that the point estimate does not lie on.
    """
    inside = crossed(interval.low, interval.high, claim.absolute)
    important = settings.thresholds.important if claim.effect is not None else None
    both = important or (claim.absolute if len(claim.absolute) == 2 else None)
    if settings.thresholds.type == RANGES and settings.thresholds.ranges:
        both = smallest_ranges(settings.thresholds)
    if both is not None and len(crossed(interval.low, interval.high, both)) == 2:
        return BOTH, len(inside)
    if inside and claim.absolute == (0.0,) and important is not None:
        smaller, larger = important
        reached = interval.high >= larger if interval.estimate < 0 else interval.low <= smaller
        if reached:
            return NULL_AND_MID, len(inside)
    return (ONCE if inside else CLEAR_OF), len(inside)


def _crossings(
    evidence: Evidence, settings: Settings, pooled: PooledNumbers, sheet: FactSheet
) -> None:
    nearest: list[tuple[float, str]] = []
    for place, baseline in enumerate(evidence.baselines or (None,), start=1):
        claim = claim_of(evidence, settings, baseline)
        interval, claim = _on_best_scale(claim, pooled)
        if claim.target is None or interval is None:
            sheet.missing(claim.reason, f"imp_verdict_{place}", "imp_nearest")
            continue
        verdict, count = verdict_of(claim, settings, interval)
        where = f" ({baseline.label})" if baseline is not None and baseline.label else ""
        if claim.effect is not None:
            text = absolute_text(evidence, claim.effect)
            sheet.add(f"imp_effect_{place}", f"Absolute effect{where}", interval.estimate, text)
            for key, label, limit in (
                ("low", "Lower limit of the absolute effect", interval.low),
                ("high", "Upper limit of the absolute effect", interval.high),
            ):
                shown = limit_text(evidence, limit)
                sheet.add(f"imp_{key}_{place}", f"{label}{where}", limit, shown)
            nearest += _distances(evidence, claim, interval)
        shown = ", ".join(threshold_text(evidence, one) for one in claim.absolute)
        relative = claim.effect is None
        shown = _relative_text(evidence, claim) if relative else shown
        scale = "" if relative else " on the absolute scale"
        sheet.add(f"imp_thresholds_{place}", f"Thresholds{scale}{where}", shown, shown)
        label = f"Thresholds inside the interval{where}"
        inside = crossed(interval.low, interval.high, claim.absolute)
        named = ", ".join(threshold_text(evidence, one) for one in inside)
        text = f"{count} of {len(claim.absolute)}"
        text = f"{named} ({text})" if inside and not relative else text
        sheet.add(f"imp_crossed_{place}", label, count, text)
        label = f"Interval against thresholds{where}"
        sheet.add(f"imp_verdict_{place}", label, verdict, VERDICT_WORDS[verdict])
        _meaning(f"imp_meaning_{place}", where, meaning_of(evidence, settings, claim, interval),
                 sheet)
        if place == 1:
            _whole_range(settings, interval, sheet)
    sheet.missing("No absolute effect is compared with a threshold here.", "imp_nearest")
    if nearest:
        distance, text = min(nearest)
        sheet.add("imp_nearest", "Nearest limit and threshold", distance, text)


def _meaning(key: str, where: str, meaning: str, sheet: FactSheet) -> None:
    if meaning:
        sheet.add(key, f"What the interval includes{where}", meaning, meaning)


def _relative_text(evidence: Evidence, claim: Claim) -> str:
    name = measure_name(evidence)
    return ", ".join(f"{name} {effect_text(evidence, one)}" for one in claim.analysis)


def _on_best_scale(claim: Claim, pooled: PooledNumbers) -> tuple[Interval | None, Claim]:
    """Return the absolute interval, or the relative one where there is none, with its claim."""
    if claim.effect is not None and claim.absolute:
        return claim.effect, claim
    if not claim.analysis:
        return None, claim
    relative = Interval(estimate=pooled.effect, low=pooled.low, high=pooled.high)
    moved = Claim(
        target=claim.target,
        baseline=claim.baseline,
        effect=None,
        absolute=claim.analysis,
        analysis=claim.analysis,
        benefit_sign=claim.benefit_sign,
    )
    return relative, moved


def _distances(evidence: Evidence, claim: Claim, interval: Interval) -> list[tuple[float, str]]:
    unit = display_unit(evidence)
    return [
        (
            abs(limit - threshold) / unit,
            f"limit {limit_text(evidence, limit)}, threshold "
            f"{threshold_text(evidence, threshold)}",
        )
        for limit in (interval.low, interval.high)
        for threshold in claim.absolute
    ]


def _whole_range(settings: Settings, interval: Interval, sheet: FactSheet) -> None:
    span = settings.thresholds.mid_range
    if span is None:
        return
    # the claim turns with the estimate, the crossing with the limits
    places = ((interval.low, interval.high), (interval.estimate, interval.estimate))
    same = all(same_for_whole_range(one, span) for one in places)
    words = "same verdict for the whole range" if same else "the verdict depends on the MID"
    sheet.add("imp_whole_range", "Range of plausible MIDs", same, words)


def _needs_risk(evidence: Evidence) -> str:
    certain = bool(evidence.baselines) and evidence.baselines[0].risk >= 1
    return RISK_OF_ALL if certain else NEEDS_RISK


def _relative(
    evidence: Evidence, settings: Settings, pooled: PooledNumbers, sheet: FactSheet
) -> None:
    if not evidence.of_events:
        sheet.missing("The outcome is not an event, so there is no risk ratio.",
                      "imp_ratio", "rr", "rr_low")
        _in_sd(evidence, pooled, sheet)
        return
    risk = evidence.baselines[0].risk if evidence.baselines else None
    estimate = risk_ratio_of(evidence, pooled.effect, risk)
    if estimate is None:
        sheet.missing(_needs_risk(evidence), "imp_magnitude", "rr", "rr_low")
    else:
        magnitude = 1 - min(estimate, 1 / estimate) if estimate > 0 else 1.0
        sheet.add("imp_magnitude", "Relative size of the effect", magnitude, percent(magnitude))
        low, high = (risk_ratio_of(evidence, one, risk) for one in (pooled.low, pooled.high))
        sheet.add("rr", "Risk ratio", estimate, number(estimate))
        sheet.add("rr_low", "Risk ratio, lower limit", low or 0.0, number(low or 0.0))
        sheet.add("rr_high", "Risk ratio, upper limit", high or 0.0, number(high or 0.0))
    if evidence.ratio:
        ratio = to_natural(evidence, pooled.high - pooled.low)
        sheet.add("imp_ratio", "Upper over lower limit of the interval", ratio, number(ratio))
    else:
        sheet.missing("The measure is no ratio.", "imp_ratio")


def _in_sd(evidence: Evidence, pooled: PooledNumbers, sheet: FactSheet) -> None:
    if evidence.standardised:
        size = abs(pooled.effect)
    elif evidence.of_plain_means and evidence.sd:
        size = abs(pooled.effect) / evidence.sd
    else:
        sheet.missing("The SD of the outcome is needed.", "imp_magnitude")
        return
    sheet.add("imp_magnitude", "Size of the effect in SD units", size, f"{number(size)} SD")


def _ranges(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    if settings.thresholds.type != RANGES or not settings.thresholds.ranges:
        sheet.missing("The team uses no thresholds between ranges (T1, T2, T3).", "imp_ranges")
        return
    interval = main_claim(evidence, settings).effect
    if interval is None:
        sheet.missing("A baseline risk is needed for the absolute effect.", "imp_ranges")
        return
    inside = crossed(interval.low, interval.high, all_ranges(settings.thresholds))
    text = ", ".join(threshold_text(evidence, one) for one in inside) or "none"
    sheet.add("imp_ranges", "Thresholds between ranges inside the interval", len(inside), text)


def _rare(evidence: Evidence, settings: Settings, pooled: PooledNumbers, sheet: FactSheet) -> None:
    if not evidence.of_events or evidence.measure in RATES:
        sheet.missing("Only for differences in risk.", "imp_rare")
        return
    risk = evidence.baselines[0].risk if evidence.baselines else None
    interval = absolute_interval(evidence, pooled, risk)
    if interval is None or evidence.participants is None:
        why = _no_people(evidence) if interval is not None else _needs_risk(evidence)
        sheet.missing(why, "imp_rare")
        return
    limit = settings.cutoffs.imp_rare_limit
    low, high = settings.thresholds.important or (-limit, limit)
    within = low <= interval.low and interval.high <= high
    text = f"{absolute_text(evidence, interval)}: {'within' if within else 'not within'}"
    sheet.add("imp_rare", "Risk difference within the limits of importance", within, text)


def _methods(
    evidence: Evidence, settings: Settings, pooled: PooledNumbers, sheet: FactSheet
) -> None:
    both = (
        (pooled.wald_low, pooled.wald_high),
        (pooled.hartung_knapp_low, pooled.hartung_knapp_high),
    )
    baseline = evidence.baselines[0] if evidence.baselines else None
    verdicts = []
    for low, high in both:
        if low is None or high is None:
            common = pooled.model == "common"
            sheet.missing(ONE_METHOD if common else BOTH_METHODS, "imp_methods")
            return
        found = _verdict_for(evidence, settings, (pooled.effect, low, high), baseline)
        if found is None:
            sheet.missing(main_claim(evidence, settings).reason, "imp_methods")
            return
        verdicts.append(found)
    text = f"Wald: {verdicts[0]}; Hartung-Knapp: {verdicts[1]}".replace("_", " ")
    label = "Interval against thresholds by method"
    sheet.add("imp_methods", label, verdicts[0] != verdicts[1], text)


def _verdict_for(
    evidence: Evidence,
    settings: Settings,
    numbers: tuple[float, float, float],
    baseline: BaselineRisk | None,
) -> str | None:
    effect, low, high = numbers
    claim = claim_of(evidence, settings, baseline)
    other = PooledNumbers(effect=effect, low=low, high=high)
    if claim.effect is not None and claim.absolute:
        risk = baseline.risk if baseline is not None else None
        interval = absolute_interval(evidence, other, risk)
    else:
        interval, claim = _on_best_scale(claim, other)
    if claim.target is None or interval is None:
        return None
    return verdict_of(claim, settings, interval)[0]


def _by_study(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Without a pooled estimate: how many studies' own intervals contain a threshold."""
    intervals = [one for one in map(_interval, evidence.studies) if one is not None]
    claim = main_claim(evidence, settings)
    limits = claim.analysis or ((0.0,) if settings.thresholds.type == NULL else ())
    if evidence.kind != NARRATIVE or not intervals or not limits:
        sheet.missing("The intervals of the studies and a threshold are needed.", "imp_by_study")
        return
    wide = sum(bool(crossed(low, high, limits)) for low, high in intervals)
    text = f"{wide} of {len(intervals)}"
    label = "Studies whose interval contains a threshold"
    sheet.add("imp_by_study", label, wide / len(intervals), text)


def _interval(study: StudyEvidence) -> tuple[float, float] | None:
    return study.interval


def _information_size(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    size, why = _size(evidence, settings)
    if size is None:
        sheet.missing(why, "ois")
        return
    sheet.add("ois", "Optimal information size", size.total, people(size.total))
    label = "Optimal information size in each group, not rounded"
    sheet.add("ois_per_arm", label, size.per_arm, number(size.per_arm, 1))
    if size.events is not None:
        label = "Events expected in the optimal information size"
        sheet.add("ois_events", label, size.events, number(size.events, 0))
    if evidence.participants is not None:
        share = evidence.participants / size.total
        label = "Participants as a share of the optimal information size"
        sheet.add("ois_share", label, share, percent(share))


def _size(evidence: Evidence, settings: Settings) -> tuple[InformationSize | None, str]:
    cutoffs = settings.cutoffs
    odds = {"alpha": cutoffs.imp_alpha, "power": cutoffs.imp_power}
    if evidence.of_events:
        risk = evidence.baselines[0].risk if evidence.baselines else None
        if evidence.measure in RATES:
            return None, "The comparator value is a rate, not a risk."
        if risk is None or not 0 < risk < 1:
            return None, _needs_risk(evidence)
        desirable = (settings.thresholds.better == "higher") != evidence.event_free
        return for_events(risk, cutoffs.imp_rrr, desirable=desirable, **odds), ""
    if not (evidence.of_plain_means or evidence.standardised):
        if not evidence.measure:
            return None, "There is no estimate for which people could be required."
        return None, "For this measure no required number of people is known."
    mid = settings.thresholds.mid
    if mid is None:
        return for_means(cutoffs.imp_default_delta_sd, 1.0, **odds), ""
    sd = 1.0 if evidence.standardised else evidence.sd
    if not sd:
        return None, "The SD of the outcome is needed beside its MID."
    return for_means(mid, sd, **odds), ""
