"""Formulas that turn one way of expressing an effect into another.

Plain functions of numbers or arrays (any shapes that broadcast); risks are between 0 and 1,
ratios on the natural scale, ``log`` in a name means the natural logarithm. What is said about the
results, rounding and wording belong to the callers.

Sources: Cochrane Handbook 6.5, chapters 10.6 and 15.4 to 15.5; Hasselblad and Hedges 1995
(doi:10.1037/0033-2909.117.1.167); Chinn 2000; Altman 1998 (doi:10.1136/bmj.317.7168.1309).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradecore.input_errors import InputError

Floats = NDArray[np.float64]

LOG_ODDS_PER_SD = math.pi / math.sqrt(3.0)
"""Standard deviation of the logistic distribution: one SMD in log odds."""


def odds_from_risk(risk: ArrayLike) -> Floats:
    """Return the odds, p/(1 - p); infinite for a risk of 1."""
    p = _risks("risk", risk)
    with np.errstate(divide="ignore"):
        return np.asarray(p / (1.0 - p), dtype=np.float64)


def risk_from_odds(odds: ArrayLike) -> Floats:
    """Return the risk, odds/(1 + odds)."""
    o = _numbers("odds", odds, lowest=0.0)
    return np.asarray(o / (1.0 + o), dtype=np.float64)


def risk_from_odds_ratio(odds_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the risk with the intervention, OR p0/(1 - p0 + OR p0) (Handbook 15.4.4.4)."""
    ratio = _numbers("odds ratio", odds_ratio, lowest=0.0)
    p0 = _risks("baseline risk", baseline_risk)
    return np.asarray(ratio * p0 / (1.0 - p0 + ratio * p0), dtype=np.float64)


def risk_from_risk_ratio(risk_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return RR p0, not capped: above 1 it tells that ratio and baseline do not fit."""
    ratio = _numbers("risk ratio", risk_ratio, lowest=0.0)
    return np.asarray(ratio * _risks("baseline risk", baseline_risk), dtype=np.float64)


def risk_from_risk_difference(risk_difference: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return p0 + RD, not capped."""
    difference = _numbers("risk difference", risk_difference)
    return np.asarray(difference + _risks("baseline risk", baseline_risk), dtype=np.float64)


def risk_from_hazard_ratio(hazard_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the event risk 1 - (1 - p0)^HR under proportional hazards (Handbook 15.4.4.5)."""
    ratio = _numbers("hazard ratio", hazard_ratio, lowest=0.0)
    p0 = _risks("baseline risk", baseline_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        risk = -np.expm1(ratio * np.log1p(-p0))
    # Nobody survives at a baseline risk of 1, whatever the (positive) ratio; 0 × ∞ is not that.
    return np.asarray(np.where(p0 == 1.0, np.where(ratio > 0.0, 1.0, 0.0), risk), dtype=np.float64)


def survival_from_hazard_ratio(hazard_ratio: ArrayLike, baseline_survival: ArrayLike) -> Floats:
    """Return the proportion free of the event, S0^HR, for a baseline given as event-free."""
    ratio = _numbers("hazard ratio", hazard_ratio, lowest=0.0)
    return np.asarray(_risks("baseline survival", baseline_survival) ** ratio, dtype=np.float64)


def rate_from_rate_ratio(rate_ratio: ArrayLike, baseline_rate: ArrayLike) -> Floats:
    """Return the rate with the intervention, events per person-time of the baseline rate."""
    ratio = _numbers("rate ratio", rate_ratio, lowest=0.0)
    return np.asarray(ratio * _numbers("baseline rate", baseline_rate, lowest=0.0), np.float64)


def risk_ratio_from_odds_ratio(odds_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return OR/(1 - p0 (1 - OR)) (Handbook 15.4.4.4; Zhang and Yu 1998)."""
    ratio = _numbers("odds ratio", odds_ratio, lowest=0.0)
    p0 = _risks("baseline risk", baseline_risk)
    return _divided(ratio, 1.0 - p0 * (1.0 - ratio), "an odds ratio of 0 at a baseline risk of 1")


def odds_ratio_from_risk_ratio(risk_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return RR (1 - p0)/(1 - RR p0); refused where RR p0 reaches 1."""
    ratio = _numbers("risk ratio", risk_ratio, lowest=0.0)
    p0 = _risks("baseline risk", baseline_risk)
    if np.any(ratio * p0 >= 1.0):
        raise InputError(
            "The risk ratio times the baseline risk is 1 or more: no odds ratio belongs to it.",
            column="baseline_risk",
        )
    return np.asarray(ratio * (1.0 - p0) / (1.0 - ratio * p0), dtype=np.float64)


def risk_difference_from_odds_ratio(odds_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the risk under the odds ratio minus the baseline risk."""
    with_intervention = risk_from_odds_ratio(odds_ratio, baseline_risk)
    return np.asarray(with_intervention - np.asarray(baseline_risk, np.float64), np.float64)


def risk_difference_from_risk_ratio(risk_ratio: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return p0 (RR - 1)."""
    ratio = _numbers("risk ratio", risk_ratio, lowest=0.0)
    return np.asarray((ratio - 1.0) * _risks("baseline risk", baseline_risk), dtype=np.float64)


def risk_ratio_from_risk_difference(risk_difference: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return (p0 + RD)/p0; refused at a baseline risk of 0."""
    with_intervention = risk_from_risk_difference(risk_difference, baseline_risk)
    baseline = np.asarray(baseline_risk, dtype=np.float64)
    return _divided(with_intervention, baseline, "a baseline risk of 0")


def odds_ratio_from_risk_difference(risk_difference: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the odds ratio of the risks p0 + RD and p0; refused where a risk leaves (0, 1)."""
    with_intervention = risk_from_risk_difference(risk_difference, baseline_risk)
    if np.any((with_intervention < 0.0) | (with_intervention >= 1.0)):
        raise InputError(
            "Baseline risk plus risk difference is outside 0 to 1: no odds ratio belongs to it.",
            column="baseline_risk",
        )
    baseline_odds = odds_from_risk(baseline_risk)
    return _divided(odds_from_risk(with_intervention), baseline_odds, "a baseline risk of 0")


def log_odds_ratio_from_smd(smd: ArrayLike) -> Floats:
    """Return SMD π/√3; a standard error is converted by the same factor (Hasselblad, Hedges)."""
    return np.asarray(_numbers("SMD", smd) * LOG_ODDS_PER_SD, dtype=np.float64)


def smd_from_log_odds_ratio(log_odds_ratio: ArrayLike) -> Floats:
    """Return lnOR √3/π; a standard error is converted by the same factor."""
    return np.asarray(_numbers("log odds ratio", log_odds_ratio) / LOG_ODDS_PER_SD, np.float64)


def mean_difference_from_smd(smd: ArrayLike, sd: ArrayLike) -> Floats:
    """Return SMD times the SD of a familiar instrument (Handbook 15.5.3.2)."""
    spread = _numbers("SD", sd, lowest=0.0)
    if np.any(spread == 0.0):
        raise InputError("The SD of the familiar instrument must be above 0.", column="sd")
    return np.asarray(_numbers("SMD", smd) * spread, dtype=np.float64)


def risk_from_smd(smd: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the risk with the intervention, through OR = exp(SMD π/√3) (Handbook 15.5.3.3)."""
    return risk_from_odds_ratio(np.exp(log_odds_ratio_from_smd(smd)), baseline_risk)


def risk_difference_from_smd(smd: ArrayLike, baseline_risk: ArrayLike) -> Floats:
    """Return the risk under the SMD's odds ratio minus the baseline risk."""
    with_intervention = risk_from_smd(smd, baseline_risk)
    return np.asarray(with_intervention - np.asarray(baseline_risk, np.float64), np.float64)


def mid_units_from_mean_difference(
    mean_difference: ArrayLike, minimal_important_difference: ArrayLike
) -> Floats:
    """Return the difference in units of the minimal important difference (Johnston 2010)."""
    mid = _numbers("minimal important difference", minimal_important_difference, lowest=0.0)
    difference = _numbers("mean difference", mean_difference)
    return _divided(difference, mid, "a minimal important difference of 0")


def log_ratio_of_means_from_smd(smd: ArrayLike) -> Floats:
    """Return 0.392 SMD, the empirical approximation (Thorlund 2011, doi:10.1002/jrsm.46)."""
    return np.asarray(0.392 * _numbers("SMD", smd), dtype=np.float64)


def number_needed_to_treat(risk_difference: ArrayLike) -> Floats:
    """Return 1/|RD|, not rounded; infinite for a difference of 0 (Altman 1998)."""
    difference = np.abs(_numbers("risk difference", risk_difference))
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / difference, dtype=np.float64)


def _numbers(name: str, values: ArrayLike, lowest: float = -math.inf) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(numbers)):
        raise InputError(f"The {name} must be a finite number.", column=name)
    if np.any(numbers < lowest):
        raise InputError(f"The {name} must not be below {lowest:g}.", column=name)
    return numbers


def _risks(name: str, values: ArrayLike) -> Floats:
    risks = _numbers(name, values)
    if np.any((risks < 0.0) | (risks > 1.0)):
        raise InputError(f"The {name} must be between 0 and 1.", column=name)
    return risks


def _divided(numerator: Floats, denominator: Floats, where_zero: str) -> Floats:
    if np.any(denominator == 0.0):
        raise InputError(f"There is no ratio for {where_zero}.")
    return np.asarray(numerator / denominator, dtype=np.float64)
