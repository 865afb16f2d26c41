"""Worked cases about re-expression: an SMD in other words, an odds ratio as a risk ratio."""

from __future__ import annotations

import math
from typing import Any

from assessments.certainty_case_baselines import baselines_of, per_of
from assessments.certainty_case_evidence import SD_NAMES
from assessments.certainty_case_fields import CaseProblem, Fields
from assessments.certainty_case_inputs import MEASURES, effect_of, measure_of
from assessments.certainty_case_numbers import given, numbers_of
from assessments.certainty_case_thresholds import thresholds_of_case
from assessments.language import _
from gradecore.absolute_effects import Interval
from gradecore.effect_conversions import (
    odds_ratio_from_risk_ratio,
    risk_ratio_from_odds_ratio,
    smd_from_log_odds_ratio,
)
from gradecore.reexpression import METHODS, Reexpression, reexpress

_GOOD = ("improve", "respon", "recover", "remission", "good", "benefit", "success", "free")
_BAD = ("pain", "worse", "bad", "deteriorat", "not_", "fail", "poor", "depress", "ill")


def reexpression_result(case: Fields) -> dict[str, Any]:
    """Return an effect re-expressed in every way the case gives the numbers for, with facts."""
    result = _reexpression(case)
    return result | {"facts": _facts(result)}


def _reexpression(case: Fields) -> dict[str, Any]:
    measure = measure_of(case) or _measure_in_method(case) or "SMD"
    triple = effect_of(case, measure)
    if triple is None:
        raise CaseProblem(_("A re-expression needs an effect."))
    if measure == "OR" and _method(case) == "smd":
        return _odds_ratio_as_smd(triple)
    if measure in ("OR", "RR"):
        return _ratio_as_other(case, measure, triple)
    if measure in ("MD", "ROM"):
        return _of_own_scale(case, measure, triple)
    smd = Interval(
        estimate=triple[0],
        low=triple[0] if triple[1] is None else triple[1],
        high=triple[0] if triple[2] is None else triple[2],
    )
    has_ci = triple[1] is not None
    sd = case.number(*SD_NAMES, "instrument_sd", "familiar_sd")
    mid = case.number("mid", "instrument_mid")
    baselines = baselines_of(case)
    proportion = baselines[0].risk if baselines else None
    given = {"units": sd is not None, "mid_units": sd is not None and mid is not None}
    wanted = _method(case)
    result: dict[str, Any] = {"warnings": []}
    for method in METHODS:
        if not given.get(method, True) and method != wanted:
            continue
        found = reexpress(
            method,
            smd,
            sd=sd,
            mid=mid,
            proportion=proportion,
            state_at_low_end=_state_at_low_end(case),
        )
        shown = _reexpressed(found, has_ci, per_of(case))
        result |= shown
        if method == wanted:
            result |= {"method": method} | _named(shown[_KEYS[method]])
    return result


def _measure_in_method(case: Fields) -> str:
    """Return the measure that “or_to_rr” starts from, '' where the method names none."""
    named = case.text("method", "function", "conversion") or ""
    return MEASURES.get(named.partition("_to_")[0].removeprefix("ln"), "")


def _method(case: Fields) -> str | None:
    """Return the way of re-expressing that is asked for; “smd_to_or” names it too."""
    name = case.text("method", "reexpression", "reexpression_method", "to", "to_measure")
    name = name or case.text("measure", "function", "conversion") or ""
    name = name.partition("_to_")[2] or name
    known = {"md": "units", "odds_ratio": "or", "rd": "or", "lnor": "or", "ln_or": "or",
             "ratio_of_means": "rom", "mid": "mid_units", "cohen": "rule", "rule_of_thumb": "rule"}
    return known.get(name, name) or None


def _state_at_low_end(case: Fields) -> bool:
    """Return whether the state that is counted lies where the scale is low: the direction trap."""
    told = case.flag("flip", "state_at_low_end", "flip_sign")
    if told is not None:
        return told
    better = thresholds_of_case(case, "SMD").better or {
        True: "lower", False: "higher"}.get(case.flag("low_is_good"))  # type: ignore[arg-type]
    words = case.text("state", "state_definition", "definition_of_the_state") or ""
    good = any(word in words for word in _GOOD)
    bad = not good and any(word in words for word in _BAD)
    return (better == "lower" and good) or (better == "higher" and bad)


_FACTS = {
    "units": ("units", "md"), "or": ("or", "odds_ratio"), "rr": ("rr", "risk_ratio"),
    "mid_units": ("mid_units",), "ratio_of_means": ("ratio_of_means", "rom"),
    "percent_change": ("percent_change", "percent"), "smd": ("smd",),
    "value": ("estimate", "value"),
    "risk_intervention": ("intervention_risk", "risk_intervention"),
    "risk_difference": ("risk_difference", "rd"),
}
"""Key of a re-expressed effect → its names as facts; limits end in _low and _high."""


def _facts(result: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers one by one: estimate, lower and upper limit of each."""
    found: dict[str, Any] = {}
    for key, names in _FACTS.items():
        value = result.get(key)
        numbers = value if isinstance(value, list) else [value]
        if any(not isinstance(one, int | float) for one in numbers):
            continue
        for name in names:
            found |= dict(zip((name, f"{name}_low", f"{name}_high"), numbers, strict=False))
    for end, name in (("low", "ci_low"), ("high", "ci_high")):
        if f"estimate_{end}" in found:
            found[name] = found.pop(f"estimate_{end}")
    if found.get("or", 0) > 0:
        found |= dict.fromkeys(("ln_or", "log_or", "lnor"), math.log(found["or"]))
    return found


def _odds_ratio_as_smd(triple: tuple[float, float | None, float | None]) -> dict[str, Any]:
    """Return ln OR·√3/π with its limits."""
    known = tuple(one for one in triple if one is not None)
    value = given(
        tuple(float(smd_from_log_odds_ratio(math.log(one))) for one in known), len(known) == 3
    )
    return {"warnings": [], "smd": value, "method": "smd"} | _named(value)


def _of_own_scale(
    case: Fields, measure: str, triple: tuple[float, float | None, float | None]
) -> dict[str, Any]:
    """Return a mean difference in MID units, or a ratio of means as a change in per cent."""
    known = tuple(one for one in triple if one is not None)
    has_ci = len(known) == len(triple)
    result: dict[str, Any] = {"warnings": []}
    if measure == "ROM":
        change = given(tuple(round(100.0 * (one - 1.0), 9) for one in known), has_ci)
        result |= {"ratio_of_means": given(known, has_ci), "percent_change": change}
        return result | {"method": "rom"} | _named(result["ratio_of_means"])
    mid = case.number("mid", "instrument_mid")
    if mid is None or mid <= 0:
        raise CaseProblem(_("A mean difference is told in MIDs, so the MID is needed."))
    result["mid_units"] = given(tuple(one / mid for one in known), has_ci)
    return result | {"method": "mid_units"} | _named(result["mid_units"])


def _named(value: Any) -> dict[str, Any]:
    """Return a re-expressed value under the names of the data sheet."""
    numbers = value if isinstance(value, list) else [value]
    names = ("reexpressed_estimate", "reexpressed_low", "reexpressed_high")
    return {"value": value} | dict(zip(names, numbers, strict=False))


_KEYS = {
    "units": "units",
    "or": "odds_ratio",
    "mid_units": "mid_units",
    "rom": "ratio_of_means",
    "rule": "size",
}


def _reexpressed(found: Reexpression, has_ci: bool, per: int) -> dict[str, Any]:
    key = _KEYS[found.method]
    if found.method == "rule":
        return {key: found.size}
    shown: dict[str, Any] = {key: given(found.effect.numbers, has_ci)}
    if found.method == "rom":
        change = tuple(round(100.0 * (one - 1.0), 9) for one in found.effect.numbers)
        shown["percent_change"] = given(change, has_ci)
    if found.method == "or":
        shown["or"] = shown[key]
    if found.absolute is not None:
        shown |= numbers_of(found.absolute, per, has_ci)
        shown["risk"] = shown["risk_intervention"]
    return shown


def _ratio_as_other(
    case: Fields, measure: str, triple: tuple[float, float | None, float | None]
) -> dict[str, Any]:
    baselines = baselines_of(case)
    if not baselines:
        raise CaseProblem(_("Turning an odds ratio into a risk ratio needs a baseline risk."))
    change = risk_ratio_from_odds_ratio if measure == "OR" else odds_ratio_from_risk_ratio
    name = "rr" if measure == "OR" else "or"
    rows = [
        [None if one is None else float(change(one, baseline.risk)) for one in triple]
        for baseline in baselines
    ]
    shown = [row if triple[1] is not None else row[0] for row in rows]
    value = shown[0] if len(shown) == 1 else shown
    return {name: value, "risk_ratio" if name == "rr" else "odds_ratio": value, "warnings": []}
