"""Between the scale of the analysis, the natural scale and absolute differences.

Owns the passage of effects and thresholds from one scale to another for one body of evidence, and
how such numbers read in a fact. Formulas are those of ``gradecore/effect_conversions.py``; the
inverse ones (from an absolute threshold to the analysis scale) are here.
"""

from __future__ import annotations

import math

import numpy as np

from gradecore.absolute_effects import (
    BaselineRefused,
    Interval,
    absolute_effect,
    fewer_or_more,
    round_half_away,
)
from gradecore.grade.evidence import EVENT_DIFFERENCES, Evidence, PooledNumbers
from gradecore.grade.target import without_noise
from gradecore.measures import MEASURES

MINUS = "−"
SPACE = "\u00a0"
_FINEST = 4
"""The most decimals that a threshold is shown with."""
_PLAIN_WORDS = ("Rate ", "Ratio", "Effect", "Proportion", "Root ")
"""How names of measures begin that are written small inside a sentence."""


def to_natural(evidence: Evidence, effect: float) -> float:
    """Return an effect on the natural scale."""
    if evidence.ratio:
        return math.exp(min(effect, 700.0))
    known = MEASURES.get(evidence.measure)
    return effect if known is None else float(known.scale.to_natural(np.array([effect]))[0])


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
        return natural_interval(evidence, pooled)
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

    Infinite where no relative effect reaches it (a reduction by more than the baseline risk, a
    risk above 1); None where the baseline is missing or the measure has no absolute scale.
    """
    if threshold == 0:
        return 0.0
    if not evidence.of_events or evidence.measure in EVENT_DIFFERENCES:
        return None if evidence.ratio else _unrelated(evidence, threshold)
    if baseline is None or baseline <= 0 or (baseline >= 1 and evidence.measure != "IRR"):
        return None
    other = baseline + threshold * analysis_direction(evidence)
    if other <= 0:
        return -math.inf
    if evidence.measure == "IRR":
        return math.log(other / baseline)
    if evidence.measure == "RR":
        return math.inf if without_noise(other) > 1 else math.log(other / baseline)
    if other >= 1:
        return math.inf
    if evidence.measure == "HR":
        return math.log(math.log1p(-other) / math.log1p(-baseline))
    return math.log(other / (1 - other)) - math.log(baseline / (1 - baseline))


def _unrelated(evidence: Evidence, threshold: float) -> float:
    """Return a threshold that needs no baseline; a correlation of 1 or more is out of reach."""
    if evidence.measure == "ZCOR":
        return math.copysign(math.inf, threshold) if abs(threshold) >= 1 else math.atanh(threshold)
    return threshold


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
    """Return a number of people or events, with a space that does not break from 10 000 upwards."""
    shown = number(count, 0)
    return f"{int(shown):,}".replace(",", SPACE) if shown.isdigit() and count >= 10_000 else shown


def p_value(p: float) -> str:
    """Return a p-value as printed: exact, ‘<0.001’ below that."""
    return "<0.001" if p < 0.001 else number(p, 3 if p < 0.01 else 2)


def p_text(p: float) -> str:
    """Return ‘P = 0.03’, or ‘P < 0.001’ below that."""
    shown = p_value(p)
    return f"P < {shown[1:]}" if shown.startswith("<") else f"P = {shown}"


def measure_name(evidence: Evidence, *, inside: bool = False) -> str:
    """Return what the measure is called in print: ‘Peto OR’, not its code.

    ``inside`` a sentence a name of plain words is written small: ‘rate ratio’.
    """
    known = MEASURES.get(evidence.measure)
    name = known.abbreviation if known is not None else evidence.measure
    return name[:1].lower() + name[1:] if inside and name.startswith(_PLAIN_WORDS) else name


def effect_text(evidence: Evidence, effect: float) -> str:
    """Return an effect of the analysis scale on the natural scale, as people read it."""
    if not evidence.ratio:
        least = 3 if evidence.measure in EVENT_DIFFERENCES else 2
        fine = evidence.decimals if not evidence.of_events else 0
        return number(to_natural(evidence, effect), max(least, fine))
    natural = to_natural(evidence, effect) if effect < 700 else math.inf
    if natural < 0.0005:
        return "<0.001"
    return number(natural, 3 if natural < 0.1 else 2)


def interval_text(evidence: Evidence, pooled: PooledNumbers) -> str:
    """Return 'RR 0.71 (0.53 to 0.96)' for a pooled estimate."""
    estimate, low, high = (
        effect_text(evidence, one) for one in (pooled.effect, pooled.low, pooled.high)
    )
    return f"{measure_name(evidence)} {estimate} ({low} to {high})".strip()


def absolute_text(evidence: Evidence, interval: Interval) -> str:
    """Return an absolute effect: events per so many people, else units of the scale."""
    if evidence.of_events:
        shown = [fewer_or_more(one, evidence.per) for one in interval.numbers]
        return f"{shown[0]} per {people(evidence.per)} ({shown[1]} to {shown[2]})"
    estimate, low, high = (number(one, evidence.decimals) for one in interval.numbers)
    unit = " SD" if evidence.standardised else ""
    return f"{estimate}{unit} ({low} to {high})"


def limit_text(evidence: Evidence, limit: float) -> str:
    """Return a limit of an absolute interval: per so many people for events, else in units."""
    if evidence.of_events:
        return _per(evidence, limit, 0)
    return number(limit, evidence.decimals) + (" SD" if evidence.standardised else "")


def threshold_text(evidence: Evidence, threshold: float) -> str:
    """Return an absolute threshold as ``limit_text`` does, with all the decimals it was given."""
    if evidence.of_events:
        return _per(evidence, threshold, _decimals_of(threshold * evidence.per))
    decimals = max(evidence.decimals, _decimals_of(threshold))
    return number(threshold, decimals) + (" SD" if evidence.standardised else "")


def _per(evidence: Evidence, size: float, decimals: int) -> str:
    return f"{number(size * evidence.per, decimals)} per {people(evidence.per)}"


def _decimals_of(value: float) -> int:
    fitting = (one for one in range(_FINEST) if abs(round(value, one) - value) < 1e-9)
    return next(fitting, _FINEST)


def display_unit(evidence: Evidence) -> float:
    """Return one unit in the last displayed place of the absolute effect, absolute scale."""
    return 1.0 / evidence.per if evidence.of_events else 10.0**-evidence.decimals
