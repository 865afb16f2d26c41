"""Worked cases about numbers: absolute effects, re-expression, and what was printed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_evidence import is_event_free
from assessments.certainty_case_fields import CaseProblem, Fields, as_triple, decimals_of
from assessments.certainty_case_inputs import baselines_of, effect_of, measure_of, per_of
from assessments.certainty_case_thresholds import thresholds_of_case
from assessments.language import _
from gradecore.absolute_effects import (
    AbsoluteEffect,
    BaselineRefused,
    Interval,
    absolute_effect,
    difference_in_words,
    fewer_or_more,
    number_needed,
)
from gradecore.effect_conversions import odds_ratio_from_risk_ratio, risk_ratio_from_odds_ratio
from gradecore.grade.evidence import RATIO_MEASURES, BaselineRisk
from gradecore.grade.published import PrintedAbsolute, imported_absolute, symmetry, transcription
from gradecore.grade.remarks import Remark
from gradecore.reexpression import METHODS, Reexpression, reexpress

_PRINTED = ("printed", "published", "reported", "imported", "claimed")


def absolute_result(case: Fields) -> dict[str, Any]:
    """Return the absolute effect at each baseline risk, rounded and unrounded."""
    measure = measure_of(case)
    triple = effect_of(case, measure)
    baselines = baselines_of(case)
    if not measure or triple is None:
        raise CaseProblem(_("An absolute effect needs an effect measure and an effect."))
    if measure in ("MD", "SMD", "ROM"):
        return {"warnings": [], "difference": _given(triple, triple[1] is not None)}
    if not baselines and measure == "RD":
        per = per_of(case)
        scaled = [None if one is None else round(one * per) for one in triple]
        return {"warnings": [], f"difference_per_{per}": scaled}
    if not baselines:
        raise CaseProblem(_("An absolute effect needs a baseline risk."))
    rows = [_row(case, measure, triple, baseline) for baseline in baselines]
    if len(rows) == 1:
        _compare_with_print(case, measure, triple, rows[0])
    warnings = list(dict.fromkeys(code for row in rows for code in row["warnings"]))
    if len(rows) == 1:
        return rows[0]
    merged: dict[str, Any] = {"absolute": rows, "warnings": warnings}
    per = per_of(case)
    for key in dict.fromkeys(
        f"{name}_per_{people}"
        for people in (1000, per) for name in ("difference", "intervention", "comparator")
    ):
        merged[key] = {row["group"] or str(n): row[key] for n, row in enumerate(rows, 1)}
        if not any(row["group"] for row in rows):
            merged[key] = [row[key] for row in rows]
    return merged


def _compare_with_print(
    case: Fields,
    measure: str,
    triple: tuple[float, float | None, float | None],
    row: dict[str, Any],
) -> None:
    """Add to a row what is odd about the absolute effect that was printed with it."""
    printed = _printed(case, measure, triple)
    if printed is None or row["difference_per_1000"] is None:
        return
    for remark in imported_absolute(printed):
        row["warnings"].append(remark.code)
        row["remarks"].append({"code": remark.code, "sentence": remark.sentence})


def _row(
    case: Fields,
    measure: str,
    triple: tuple[float, float | None, float | None],
    baseline: BaselineRisk,
) -> dict[str, Any]:
    point, low, high = triple
    has_ci = low is not None and high is not None
    relative = Interval(
        estimate=point, low=point if low is None else low, high=point if high is None else high
    )
    per = per_of(case)
    empty = {"group": baseline.label, "baseline": baseline.risk, "per": per}
    try:
        effect = absolute_effect(measure, relative, baseline.risk, event_free=is_event_free(case))
    except BaselineRefused as refusal:
        blank = dict.fromkeys(
            f"{name}_per_{people}"
            for people in (1000, per) for name in ("difference", "intervention", "comparator")
        )
        return (
            empty
            | blank
            | {
                "warnings": [refusal.code],
                "remarks": [{"code": refusal.code, "sentence": refusal.sentence}],
            }
        )
    return empty | _numbers(effect, per, has_ci) | _needed(case, measure, effect)


def _numbers(effect: AbsoluteEffect, per: int, has_ci: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for people in dict.fromkeys((1000, per)):
        found |= {
            f"difference_per_{people}": _given(effect.difference_per(people), has_ci),
            f"intervention_per_{people}": _given(effect.intervention_per(people), has_ci),
            f"comparator_per_{people}": round(effect.comparator * people, 9),
            f"risk_intervention_per_{people}": _given(
                tuple(one * people for one in effect.intervention.numbers), has_ci
            ),
        }
    return found | {
        "risk_comparator": effect.comparator,
        "risk_intervention": _given(effect.intervention.numbers, has_ci),
        "risk_difference": _given(effect.difference.numbers, has_ci),
        "difference": _given(effect.difference.numbers, has_ci),
        "text": difference_in_words(effect.difference, per)
        if has_ci
        else f"{fewer_or_more(effect.difference.estimate, per)} per {per}",
        "warnings": [note.code for note in effect.notes],
        "remarks": [{"code": note.code, "sentence": note.sentence} for note in effect.notes],
    }


def _needed(case: Fields, measure: str, effect: AbsoluteEffect) -> dict[str, Any]:
    sign = thresholds_of_case(case, measure).benefit_sign or -1
    needed = number_needed(effect.difference, sign)
    return {
        "nnt": needed.rounded,
        "nnt_kind": needed.kind,
        "nnt_exact": needed.value,
        "nnt_limits": [needed.best, needed.worst],
        "nnt_through_infinity": needed.through_infinity,
    }


def _given(numbers: Any, has_ci: bool) -> Any:
    return list(numbers) if has_ci else numbers[0]


def reexpression_result(case: Fields) -> dict[str, Any]:
    """Return an SMD re-expressed in every way the case gives the numbers for, or OR as RR."""
    measure = measure_of(case) or "SMD"
    triple = effect_of(case, measure)
    if triple is None:
        raise CaseProblem(_("A re-expression needs an effect."))
    if measure in ("OR", "RR"):
        return _ratio_as_other(case, measure, triple)
    smd = Interval(
        estimate=triple[0],
        low=triple[0] if triple[1] is None else triple[1],
        high=triple[0] if triple[2] is None else triple[2],
    )
    has_ci = triple[1] is not None
    sd = case.number("sd", "sd_familiar", "instrument_sd", "familiar_sd")
    mid = case.number("mid", "instrument_mid")
    baselines = baselines_of(case)
    proportion = baselines[0].risk if baselines else None
    given = {"units": sd is not None, "mid_units": sd is not None and mid is not None}
    wanted = case.text("method", "reexpression")
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
            state_at_low_end=bool(case.flag("flip", "state_at_low_end", "flip_sign")),
        )
        shown = _reexpressed(found, has_ci, per_of(case))
        result |= shown
        if method == wanted:
            result |= {"method": method, "value": shown[_KEYS[method]]}
    return result


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
    shown: dict[str, Any] = {key: _given(found.effect.numbers, has_ci)}
    if found.method == "or":
        shown["or"] = shown[key]
    if found.absolute is not None:
        shown |= _numbers(found.absolute, per, has_ci)
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


def said_of_print(case: Fields) -> dict[str, Any]:
    """Return what is odd about printed numbers, and the numbers computed again."""
    measure = measure_of(case)
    triple = effect_of(case, measure)
    remarks: tuple[Remark, ...] = ()
    result: dict[str, Any] = {}
    if triple is not None and triple[1] is not None and triple[2] is not None:
        ratio = measure in RATIO_MEASURES
        places = decimals_of(*triple)
        point, low, high = triple[0], triple[1], triple[2]
        if low < high and low <= point <= high:
            remarks += transcription(point, low, high, ratio=ratio, decimals=places)
            shape = symmetry(point, low, high, ratio=ratio, decimals=places)
            result |= {"asymmetry": shape.asymmetry, "d": shape.asymmetry, "se": shape.se}
        else:
            sentence = _("The estimate does not lie between its limits; check the typing.")
            remarks += (Remark(code="W-TRANSCRIPT", kind="warn", sentence=sentence),)
    if triple is not None and measure and baselines_of(case):
        result |= absolute_result(case)
    known = result.get("warnings", [])
    codes = list(dict.fromkeys([*known, *(one.code for one in remarks)]))
    said = result.get("remarks", [])
    said = said + [{"code": one.code, "sentence": one.sentence} for one in remarks]
    return result | {"warnings": codes, "remarks": said}


def _printed(
    case: Fields, measure: str, triple: tuple[float, float | None, float | None]
) -> PrintedAbsolute | None:
    per = per_of(case)
    point, low, high = triple
    difference = _printed_triple(case, ("difference", "absolute", "absolute_effect", "diff"), per)
    risk = _printed_triple(
        case, ("intervention", "risk_intervention", "risk", "intervention_risk"), per
    )
    if difference is None and risk is None:
        return None
    baseline = baselines_of(case)[0].risk * per
    written = round(baseline, 9)
    return PrintedAbsolute(
        measure=measure,
        relative=Interval(
            estimate=point, low=point if low is None else low, high=point if high is None else high
        ),
        baseline=written,
        per=per,
        baseline_decimals=decimals_of(written),
        decimals=decimals_of(*(difference or ()), *(risk or ())),
        difference=difference or (None, None, None),
        intervention=risk or (None, None, None),
        event_free=is_event_free(case),
    )


def _printed_triple(
    case: Fields, names: tuple[str, ...], per: int
) -> tuple[float | None, float | None, float | None] | None:
    endings = ("", f"_per_{per}", "_per_1000")
    wanted = tuple(f"{name}{ending}" for name in names for ending in endings)
    group = case.group(*_PRINTED)
    value = None if group is None else group.find(*wanted)
    if value is None:
        combined = tuple(f"{first}_{name}" for first in _PRINTED for name in wanted)
        value = case.find(*combined, *(f"{name}_{first}" for first in _PRINTED for name in wanted))
    if value is None:
        value = next(
            (found for found in map(case.find, wanted) if isinstance(found, list | Mapping)), None
        )
    return None if value is None else as_triple(value, names[0])
