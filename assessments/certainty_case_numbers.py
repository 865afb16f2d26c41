"""Worked cases about absolute effects: at each baseline risk, rounded and unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_baselines import BASELINE_LISTS, baselines_of, per_of
from assessments.certainty_case_evidence import is_event_free
from assessments.certainty_case_fields import CaseProblem, Fields
from assessments.certainty_case_inputs import measure_of, natural_effect
from assessments.certainty_case_print import PRINTED, printed_absolute
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
    round_half_away,
)
from gradecore.grade.evidence import BaselineRisk
from gradecore.grade.published import imported_absolute


def absolute_result(case: Fields) -> dict[str, Any]:
    """Return the absolute effect at each baseline risk, rounded and unrounded."""
    measure = measure_of(case)
    triple = natural_effect(case, measure)
    baselines = baselines_of(case)
    if not measure or triple is None:
        raise CaseProblem(_("An absolute effect needs an effect measure and an effect."))
    if measure in ("MD", "SMD", "ROM"):
        return {"warnings": [], "difference": given(triple, triple[1] is not None)}
    if not baselines and measure == "RD":
        per = per_of(case)
        scaled = [None if one is None else round(one * per) for one in triple]
        return {"warnings": [], f"difference_per_{per}": scaled}
    if not baselines:
        raise CaseProblem(_("An absolute effect needs a baseline risk."))
    rows = [_row(case, measure, triple, baseline) for baseline in baselines]
    for row, baseline, own in zip(rows, baselines, own_fields(case, len(rows)), strict=True):
        _compare_with_print(own, measure, triple, row, baseline)
    warnings = list(dict.fromkeys(code for row in rows for code in row["warnings"]))
    if len(rows) == 1:
        return rows[0] | {"absolute": [dict(rows[0])]}
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


def own_fields(case: Fields, rows: int) -> list[Fields]:
    """Return for each baseline where what was printed with it stands: in its group, or the case."""
    if rows == 1:
        return [case]
    listed = case.find(*BASELINE_LISTS)
    groups = listed if isinstance(listed, list) and len(listed) == rows else [{}] * rows
    return [
        Fields({**case.without(*PRINTED), **one} if isinstance(one, Mapping) else {})
        for one in groups
    ]


def _compare_with_print(
    case: Fields,
    measure: str,
    triple: tuple[float, float | None, float | None],
    row: dict[str, Any],
    baseline: BaselineRisk,
) -> None:
    """Add to a row what is odd about the absolute effect that was printed with it."""
    printed = printed_absolute(case, measure, triple, baseline)
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
    shown = numbers_of(effect, per, has_ci) | _with_decimals(case, effect, has_ci)
    return empty | shown | _needed(case, measure, effect)


def _with_decimals(case: Fields, effect: AbsoluteEffect, has_ci: bool) -> dict[str, Any]:
    """Return differences with as many decimals as the case asks for, {} if it asks for none."""
    decimals = case.number("decimals", "display_decimals")
    if not decimals:
        return {}
    return {
        f"difference_per_{people}": given(tuple(
            round_half_away(one * people, int(decimals)) for one in effect.difference.numbers
        ), has_ci)
        for people in (1000, per_of(case))
    }


def numbers_of(effect: AbsoluteEffect, per: int, has_ci: bool) -> dict[str, Any]:
    """Return all numbers of an absolute effect under the names of the table."""
    found: dict[str, Any] = {}
    for people in dict.fromkeys((1000, per)):
        comparator = round(effect.comparator * people, 9)
        found |= {
            f"difference_per_{people}": given(effect.difference_per(people), has_ci),
            f"intervention_per_{people}": given(effect.intervention_per(people), has_ci),
            f"comparator_per_{people}": comparator,
            f"risk_comparator_per_{people}": comparator,
            f"risk_intervention_per_{people}": given(
                tuple(round(one * people, 9) for one in effect.intervention.numbers), has_ci
            ),
        }
    return found | {
        "risk_comparator": effect.comparator,
        "risk_intervention": given(effect.intervention.numbers, has_ci),
        "risk_difference": given(effect.difference.numbers, has_ci),
        "difference": given(effect.difference.numbers, has_ci),
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


def given(numbers: Any, has_ci: bool) -> Any:
    """Return estimate and limits as a list, the estimate alone where there are no limits."""
    return list(numbers) if has_ci else numbers[0]


def facts_of_absolute(result: dict[str, Any]) -> dict[str, Any]:
    """Return the risks of one absolute effect one by one, and how many people are needed."""
    found: dict[str, Any] = {name: result[name] for name in ("nnt", "nnt_kind") if name in result}
    for key, name in (("risk_comparator", "comparator_risk"),
                      ("risk_intervention", "intervention_risk"),
                      ("risk_difference", "risk_difference")):
        value = result.get(key)
        numbers = value if isinstance(value, list) else [value]
        if all(isinstance(one, int | float) for one in numbers):
            found |= dict(zip((name, f"{name}_low", f"{name}_high"), numbers, strict=False))
    return found
