"""Standardised mean differences said so that readers can use them.

Every result is derived, not analysed, and has to be marked as such. Formulas of conversion live in
``effect_conversions.py``; here they are put together, with the direction trap of scales on which
low is good.

===========  ==========================================  ==================================
method       formula                                     asks for
===========  ==========================================  ==================================
units        SMD × SD of a familiar instrument           SD with source
or           ln OR = SMD π/√3, then risks                proportion in the comparator group
mid_units    SMD × SD / MID                              SD and MID
rom          exp(0.392 SMD)                              only positive scales, natural zero
rule         0.2 small, 0.5 moderate, 0.8 large          nothing; a convention, last resort
===========  ==========================================  ==================================

Sources: GRADE guidelines 13 (doi:10.1016/j.jclinepi.2012.08.001); Cochrane Handbook 6.5, 15.5;
Thorlund 2011 for the ratio of means (doi:10.1002/jrsm.46); Cohen 1988 for the rule.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from gradecore.absolute_effects import AbsoluteEffect, Interval, absolute_effect
from gradecore.effect_conversions import (
    log_odds_ratio_from_smd,
    log_ratio_of_means_from_smd,
    mean_difference_from_smd,
    mid_units_from_mean_difference,
)
from gradecore.input_errors import InputError

METHODS: tuple[str, ...] = ("units", "or", "mid_units", "rom", "rule")
_COHEN = ((0.2, "trivial"), (0.5, "small"), (0.8, "moderate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reexpression:
    """A re-expressed SMD; ``effect`` in the unit of the method (OR and ratio on natural scale).

    ``absolute`` is filled for 'or': people in the state, with and without the intervention.
    ``size`` is filled for 'rule'.
    """

    method: str
    effect: Interval
    absolute: AbsoluteEffect | None = None
    size: str = ""


def in_units(smd: Interval, sd: float) -> Reexpression:
    """Return the SMD in units of an instrument whose SD is given."""
    return Reexpression(
        method="units", effect=smd.each(lambda one: float(mean_difference_from_smd(one, sd)))
    )


def as_odds_ratio(
    smd: Interval, proportion: float | None = None, *, state_at_low_end: bool = False
) -> Reexpression:
    """Return the SMD as an odds ratio of being in a state, and as people per 1000 in it.

    ``proportion`` is the share of the comparator group in that state. ``state_at_low_end`` says
    that the state lies at the low end of the scale (“improved”, on a scale where less is better):
    the sign of the SMD is then flipped first, as a lower mean puts more people there.
    """
    sign = -1.0 if state_at_low_end else 1.0
    ratio = smd.each(lambda one: _exp(float(log_odds_ratio_from_smd(sign * one))))
    absolute = None if proportion is None else absolute_effect("OR", ratio, proportion)
    return Reexpression(method="or", effect=ratio, absolute=absolute)


def in_mid_units(smd: Interval, sd: float, mid: float) -> Reexpression:
    """Return the SMD in units of the minimal important difference of an instrument."""

    def units(one: float) -> float:
        return float(mid_units_from_mean_difference(mean_difference_from_smd(one, sd), mid))

    return Reexpression(method="mid_units", effect=smd.each(units))


def as_ratio_of_means(smd: Interval) -> Reexpression:
    """Return the SMD as a ratio of means by the empirical approximation of Thorlund."""
    return Reexpression(
        method="rom", effect=smd.each(lambda one: _exp(float(log_ratio_of_means_from_smd(one))))
    )


def by_rule(smd: Interval) -> Reexpression:
    """Return the SMD with the conventional word for its size."""
    size = next((word for limit, word in _COHEN if abs(smd.estimate) < limit), "large")
    return Reexpression(method="rule", effect=smd, size=size)


def reexpress(
    method: str,
    smd: Interval,
    *,
    sd: float | None = None,
    mid: float | None = None,
    proportion: float | None = None,
    state_at_low_end: bool = False,
) -> Reexpression:
    """Return the SMD re-expressed by one of ``METHODS``.

    Raises:
        InputError: the method is unknown, or what it asks for is missing.
    """
    if method == "or":
        return as_odds_ratio(smd, proportion, state_at_low_end=state_at_low_end)
    if method == "rom":
        return as_ratio_of_means(smd)
    if method == "rule":
        return by_rule(smd)
    if method not in METHODS:
        raise InputError(f"“{method}” is no way to re-express an SMD.", column="method")
    if sd is None:
        raise InputError("The SD of the familiar instrument is missing.", column="sd")
    if method == "units":
        return in_units(smd, sd)
    if mid is None:
        raise InputError("The minimal important difference is missing.", column="mid")
    return in_mid_units(smd, sd, mid)


def _exp(logarithm: float) -> float:
    try:
        return math.exp(logarithm)
    except OverflowError:
        raise InputError("The SMD is too large to be re-expressed.", column="smd") from None
