"""What a relative effect means for people: risks and differences per 1000, number needed to treat.

The assumed comparator risk p0 is taken as known; its uncertainty is not propagated. Limits are put
through the same formula as the estimate. Differences are computed from unrounded risks and rounded
once. Formulas of conversion live in ``effect_conversions.py``; words of the page live elsewhere.

================  =======================  =======================================
measure           with the intervention    note
================  =======================  =======================================
RR                p0 RR                    capped at 1, noted
OR, Peto          p0 OR/(1 - p0 + p0 OR)
HR, event         1 - (1 - p0)^HR          at the time of p0
HR, event-free    (1 - p0)^HR              the proportion that remains free
RD                p0 + RD                  capped at 0 and 1, noted
rate ratio        rate0 IRR                per person-time
================  =======================  =======================================

Sources: Cochrane Handbook 6.5, 15.4.4; GRADE guidelines 27 (doi:10.1016/j.jclinepi.2019.10.015);
Altman 1998 for the interval of the number needed to treat (doi:10.1136/bmj.317.7168.1309).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gradecore.effect_conversions import (
    number_needed_to_treat,
    rate_from_rate_ratio,
    risk_from_hazard_ratio,
    risk_from_odds_ratio,
    risk_from_risk_difference,
    risk_from_risk_ratio,
)
from gradecore.input_errors import InputError
from gradecore.notes import Note

CAPPED = "W-CAP"
BASELINE_REFUSED = "W-BASELINE-ZERO"


class BaselineRefused(InputError):
    """Raised for a baseline risk that no absolute effect can be computed from."""

    code = BASELINE_REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate with its limits, ``low`` never above ``high``; scale and unit by the owner."""

    estimate: float
    low: float
    high: float

    def each(self, change: Callable[[float], float]) -> Interval:
        """Return the interval with all three numbers changed, limits in rising order."""
        low, high = sorted((change(self.low), change(self.high)))
        return Interval(estimate=change(self.estimate), low=low, high=high)

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Estimate, lower limit, upper limit."""
        return self.estimate, self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsoluteEffect:
    """Risks as unrounded proportions (or rates per unit of person-time), and their difference.

    ``comparator`` and ``intervention`` count those who remain free of the event where
    ``event_free`` is true. A negative ``difference`` means fewer with the intervention.
    """

    measure: str
    baseline: float
    comparator: float
    intervention: Interval
    difference: Interval
    event_free: bool = False
    notes: tuple[Note, ...] = ()

    def intervention_per(self, people: int) -> tuple[int, int, int]:
        """Return how many per so many people have it, whole numbers: estimate, low, high."""
        return _whole(self.intervention, people)

    def difference_per(self, people: int) -> tuple[int, int, int]:
        """Return how many more (or, negative, fewer), whole numbers: estimate, low, high."""
        return _whole(self.difference, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNeeded:
    """The number needed to treat for one more person with benefit (NNTB) or harm (NNTH).

    ``value`` is unrounded, None for a difference of exactly 0; ``rounded`` is rounded up. The
    limits belong to the limits of the difference (benefit first); with ``through_infinity`` the
    interval runs from the NNTB over infinity to the NNTH, since the difference may be 0.
    """

    kind: str
    value: float | None
    rounded: int | None
    best: int | None
    worst: int | None
    through_infinity: bool


def round_half_away(value: float, decimals: int = 0) -> float:
    """Return the number rounded half away from zero, after rounding the double to 9 decimals.

    The first rounding undoes what binary fractions add: 2.675 is meant to be 2.675. Doubles of
    2^53 and more are whole numbers, so they stay as they are.
    """
    if abs(value) >= 2.0**53 and decimals >= 0:
        return value
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(repr(round(value, 9)))
    return float(exact.quantize(step, rounding=ROUND_HALF_UP)) + 0.0


def whole(value: float) -> int:
    """Return the number as a whole one, half away from zero."""
    return int(round_half_away(value))


def absolute_effect(
    measure: str, relative: Interval, baseline: float, *, event_free: bool = False
) -> AbsoluteEffect:
    """Return the absolute effect of a relative one at an assumed comparator risk.

    Args:
        measure: 'RR', 'OR', 'PETO', 'HR', 'RD' or 'IRR'.
        relative: the effect on the natural scale, limits in rising order.
        baseline: the comparator risk of the event as a proportion, or the rate for 'IRR'.
        event_free: whether a hazard ratio is reported as people who remain free of the event;
            the baseline is the risk of the event all the same.

    Raises:
        BaselineRefused: a baseline of 0, or of 1 with OR or HR.
        InputError: another impossible number, or a measure without absolute effect.
    """
    if measure not in _WITH_INTERVENTION:
        raise InputError(f"No absolute effect belongs to {measure}.", column="measure")
    _refuse_baseline(measure, baseline)
    if not relative.low <= relative.estimate <= relative.high:
        raise InputError("The estimate must lie between its limits.", column="estimate")
    if measure != "RD" and relative.low < 0:
        raise InputError("A ratio cannot be negative.", column="ci_low")
    formula = _WITH_INTERVENTION[measure]
    uncapped = relative.each(lambda effect: formula(effect, baseline))
    ceiling = math.inf if measure == "IRR" else 1.0
    risk = uncapped.each(lambda one: min(ceiling, max(0.0, one)))
    comparator = baseline
    if event_free:
        risk, comparator = risk.each(lambda one: 1.0 - one), 1.0 - baseline
    return AbsoluteEffect(
        measure=measure,
        baseline=baseline,
        comparator=comparator,
        intervention=risk,
        difference=risk.each(lambda one: one - comparator),
        event_free=event_free,
        notes=_capped(uncapped, ceiling),
    )


def denominator(baseline: float, *, prefer_hundred: bool = False) -> int:
    """Return the number of people per which a baseline risk is best shown.

    1000, or 100 where the project prefers it and the risk is 1% or more; 10 000 or 100 000 for
    risks below 1 per 1000.
    """
    if prefer_hundred and baseline >= 0.01:
        return 100
    if baseline >= 0.001:
        return 1000
    return 10_000 if baseline >= 0.0001 else 100_000


def number_needed(difference: Interval, benefit_sign: int) -> NumberNeeded:
    """Return the number needed to treat for a difference in risk with its interval.

    ``benefit_sign`` is +1 where more is good, -1 where fewer is good.
    """
    good = difference.estimate * benefit_sign >= 0
    through = difference.low < 0 < difference.high
    limits = (difference.high, difference.low)
    best, worst = limits if benefit_sign > 0 else limits[::-1]
    value = _needed(difference.estimate)
    return NumberNeeded(
        kind="NNTB" if good else "NNTH",
        value=value,
        rounded=_up(value),
        best=_up(_needed(best)),
        worst=_up(_needed(worst)),
        through_infinity=through,
    )


def difference_in_words(difference: Interval, per: int = 1000) -> str:
    """Return a difference in risk in English, such as '6 fewer per 1000 (13 fewer to 2 more)'."""
    estimate, low, high = (fewer_or_more(number, per) for number in difference.numbers)
    return f"{estimate} per {per} ({low} to {high})"


def fewer_or_more(difference: float, per: int = 1000) -> str:
    """Return one difference in English: '6 fewer', '<1 more', 'no difference'."""
    if difference == 0:
        return "no difference"
    direction = "fewer" if difference < 0 else "more"
    number = abs(whole(difference * per))
    return f"{number} {direction}" if number else f"<1 {direction}"


def _refuse_baseline(measure: str, baseline: float) -> None:
    if baseline == 0:
        raise BaselineRefused(
            "A baseline risk of 0 gives no absolute effect; use the pooled comparator risk or a "
            "risk from another source.",
            column="baseline",
        )
    if baseline == 1 and measure in ("OR", "PETO", "HR"):
        raise BaselineRefused(
            "With a baseline risk of 1 everybody has the event whatever an odds or hazard ratio "
            "says; choose another baseline risk.",
            column="baseline",
        )
    if not (baseline > 0 and (baseline <= 1 or measure == "IRR")):
        raise InputError("The baseline risk must be above 0 and at most 1.", column="baseline")


def _capped(uncapped: Interval, ceiling: float) -> tuple[Note, ...]:
    # Nine decimals: 0.2 × 5 is meant to be exactly 1 and needs no cap.
    over = [one for one in uncapped.numbers if round(one, 9) > ceiling]
    under = [one for one in uncapped.numbers if round(one, 9) < 0]
    if not over and not under:
        return ()
    highest = max(over) if over else min(under)
    return (
        Note(
            code=CAPPED,
            sentence="A risk with the intervention outside 0 to 1 was set to that limit: ratio and "
            "baseline risk do not fit together.",
            facts=(("uncapped", highest),),
        ),
    )


def _whole(interval: Interval, people: int) -> tuple[int, int, int]:
    estimate, low, high = (whole(one * people) for one in interval.numbers)
    return estimate, low, high


def _needed(difference: float) -> float | None:
    return None if difference == 0 else float(number_needed_to_treat(difference))


def _up(value: float | None) -> int | None:
    # 1/(0.3 - 0.2) is 10 and a trifle; nine decimals keep it 10.
    return None if value is None else math.ceil(round(value, 9))


_WITH_INTERVENTION: dict[str, Callable[[float, float], float]] = {
    "RR": lambda effect, p0: float(risk_from_risk_ratio(effect, p0)),
    "OR": lambda effect, p0: float(risk_from_odds_ratio(effect, p0)),
    "PETO": lambda effect, p0: float(risk_from_odds_ratio(effect, p0)),
    "HR": lambda effect, p0: float(risk_from_hazard_ratio(effect, p0)),
    "RD": lambda effect, p0: float(risk_from_risk_difference(effect, p0)),
    "IRR": lambda effect, p0: float(rate_from_rate_ratio(effect, p0)),
}
