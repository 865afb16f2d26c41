"""Between the scale of the analysis, the natural scale and absolute differences.

Owns the passage of effects and thresholds from one scale to another for one body of evidence, and
how such numbers read in a fact. Formulas are those of ``gradecore/effect_conversions.py``; the
inverse ones (from an absolute threshold to the analysis scale) are here.
"""

from __future__ import annotations

import math

from gradecore.absolute_effects import (
    BaselineRefused,
    Interval,
    absolute_effect,
    difference_in_words,
    round_half_away,
)
from gradecore.grade.evidence import EVENT_DIFFERENCES, Evidence, PooledNumbers
from gradecore.grade.target import without_noise

MINUS = "−"


def to_natural(evidence: Evidence, effect: float) -> float:
    """Return an effect on the natural scale."""
    return math.exp(min(effect, 700.0)) if evidence.ratio else effect


def natural_interval(evidence: Evidence, pooled: PooledNumbers) -> Interval:
    """Return the pooled estimate with its limits on the natural scale."""
    return Interval(
        estimate=to_natural(evidence, pooled.effect),
        low=to_natural(evidence, pooled.low),
        high=to_natural(evidence, pooled.high),
    )


def absolute_interval(
    evidence: Evidence, pooled: PooledNumbers, baseline: float | None
) -> Interval | None:
    """Return the effect with limits on the absolute scale, None where there is no such scale.

    Events need a baseline, unless the measure is a difference already; a ratio of means has none.
    Numbers that came from a ratio lose what binary fractions added, so that RR 0.90 at 20% is
    exactly 20 fewer per 1000.
    """
    if not evidence.of_events or evidence.measure in EVENT_DIFFERENCES:
        if evidence.ratio:
            return None
        return Interval(estimate=pooled.effect, low=pooled.low, high=pooled.high)
    if baseline is None:
        return None
    try:
        return absolute_effect(
            evidence.measure,
            natural_interval(evidence, pooled),
            baseline,
            event_free=evidence.event_free,
        ).difference.each(without_noise)
    except BaselineRefused:
        return None


def analysis_direction(evidence: Evidence) -> int:
    """Return -1 where a larger effect on the analysis scale means less of the outcome, else +1.

    That is so for a hazard ratio of the event when the outcome is to remain free of it.
    """
    return -1 if evidence.event_free else 1


def to_analysis(evidence: Evidence, threshold: float, baseline: float | None) -> float | None:
    """Return an absolute threshold on the analysis scale at that baseline.

    Infinite where no relative effect reaches it (a reduction by more than the baseline risk);
    None where the baseline is missing or the measure has no absolute scale.
    """
    if threshold == 0:
        return 0.0
    if not evidence.of_events or evidence.measure in EVENT_DIFFERENCES:
        return None if evidence.ratio else threshold
    if baseline is None or baseline <= 0 or (baseline >= 1 and evidence.measure != "IRR"):
        return None
    other = baseline + threshold * analysis_direction(evidence)
    if other <= 0:
        return -math.inf
    if evidence.measure in ("RR", "IRR"):
        return math.log(other / baseline)
    if other >= 1:
        return math.inf
    if evidence.measure == "HR":
        return math.log(math.log1p(-other) / math.log1p(-baseline))
    return math.log(other / (1 - other)) - math.log(baseline / (1 - baseline))


def risk_ratio_of(evidence: Evidence, effect: float, baseline: float | None) -> float | None:
    """Return an effect as a risk ratio: OR and RD converted at the baseline, HR and rates as is.

    None where the baseline is missing or the measure compares means.
    """
    natural = to_natural(evidence, effect)
    if evidence.measure in ("RR", "HR", "IRR"):
        return natural
    if evidence.measure == "IRD" and baseline is not None and baseline > 0:
        return max(0.0, baseline + natural) / baseline
    if evidence.measure not in ("OR", "PETO", "RD") or baseline is None or not 0 < baseline < 1:
        return None
    if evidence.measure == "RD":
        return max(0.0, baseline + natural) / baseline
    return natural / (1 - baseline + baseline * natural)


def number(value: float, decimals: int = 2) -> str:
    """Return a number as people read it, with a true minus sign."""
    if math.isinf(value):
        return ("" if value > 0 else MINUS) + "∞"
    return f"{round_half_away(value, decimals):.{decimals}f}".replace("-", MINUS)


def percent(share: float) -> str:
    """Return a share between 0 and 1 as a whole percentage."""
    return f"{number(share * 100, 0)}%"


def people(count: float) -> str:
    """Return a number of people or events, with a space for thousands from 10 000 upwards."""
    shown = number(count, 0)
    return f"{int(shown):,}".replace(",", " ") if shown.isdigit() and count >= 10_000 else shown


def p_value(p: float) -> str:
    """Return a p-value as printed: exact, ‘<0.001’ below that."""
    return "<0.001" if p < 0.001 else number(p, 3 if p < 0.01 else 2)


def effect_text(evidence: Evidence, effect: float) -> str:
    """Return an effect of the analysis scale on the natural scale, as people read it."""
    decimals = 2
    natural = to_natural(evidence, effect) if effect < 700 else math.inf
    if evidence.measure in EVENT_DIFFERENCES or (evidence.ratio and natural < 0.1):
        decimals = 3
    return number(natural, decimals)


def interval_text(evidence: Evidence, pooled: PooledNumbers) -> str:
    """Return 'RR 0.71 (0.53 to 0.96)' for a pooled estimate."""
    estimate, low, high = (
        effect_text(evidence, one) for one in (pooled.effect, pooled.low, pooled.high)
    )
    return f"{evidence.measure} {estimate} ({low} to {high})".strip()


def absolute_text(evidence: Evidence, interval: Interval) -> str:
    """Return an absolute effect: events per so many people, else units of the scale."""
    if evidence.of_events:
        return difference_in_words(interval, evidence.per)
    shown = (number(one, evidence.decimals) for one in interval.numbers)
    estimate, low, high = shown
    unit = " SD" if evidence.standardised else ""
    return f"{estimate}{unit} ({low} to {high})"


def threshold_text(evidence: Evidence, threshold: float) -> str:
    """Return an absolute threshold: per so many people for events, else in units of the scale."""
    if evidence.of_events:
        return f"{number(threshold * evidence.per, 0)} per {evidence.per}"
    return number(threshold, evidence.decimals) + (" SD" if evidence.standardised else "")


def display_unit(evidence: Evidence) -> float:
    """Return one unit in the last displayed place of the absolute effect, absolute scale."""
    return 1.0 / evidence.per if evidence.of_events else 10.0**-evidence.decimals
