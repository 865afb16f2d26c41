"""Turns the fields of a worked case into thresholds and settings: what effects are held against."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields as names_of
from dataclasses import replace

from assessments.certainty_case_baselines import per_of
from assessments.certainty_case_fields import Fields, plain_key
from assessments.certainty_case_inputs import DOMAIN_NAMES
from assessments.grade_files import default_settings
from gradecore.grade.evidence import RATIO_MEASURES
from gradecore.grade.settings import Cutoffs, ReviewRule, Settings
from gradecore.grade.target import Thresholds
from gradecore.grade.vocabulary import DOMAINS


def thresholds_of_case(case: Fields, measure: str) -> Thresholds:
    """Return the thresholds; a MID of an event is per so many people, or a proportion."""
    events = measure in ("RR", "OR", "PETO", "HR", "RD", "IRR")
    on_analysis = case.number("t", "threshold_t", "t_analysis")
    kind, named = _kind(case), case.find("threshold")
    mid = _mid(case, events)
    both = case.group("mid")
    harm = _size(case, ("mid_harm",), events)
    if both is not None:
        mid = _size(both, ("benefit", "value", "size", "mid_benefit"), events)
        harm = _size(both, ("harm", "mid_harm"), events)
    if mid is None and isinstance(named, int | float) and named != 0:
        mid, kind = _absolute(float(named), case, events), kind or "mid"
    relative = case.number("relative_mid", "mid_relative", "mid_ratio") or _equivalence(
        case, measure)
    if on_analysis:
        if measure in RATIO_MEASURES:
            relative = math.exp(abs(on_analysis))
        else:
            mid = abs(on_analysis)
        kind = kind or "mid"
    ranges = _ranges(case, events)
    if kind is None:
        kind = "ranges" if ranges else "mid" if mid is not None or relative is not None else None
    kind = {"no_effect": "null", "range": "ranges", "0": "null"}.get(kind or "", kind)
    return Thresholds(
        framework=case.text("framework") or "core",
        type=kind if kind is not None else "null",
        better=_better(case),
        mid=mid,
        mid_harm=harm,
        mid_range=_mid_range(case, events),
        decision=_decision(case, events),
        relative=relative,
        ranges=ranges,
        target=_target(case),
    )


def _kind(case: Fields) -> str | None:
    """Return the type of the threshold as it is declared, None where it follows from the rest."""
    kind = case.text("threshold_type", "target_threshold")
    group = case.group("thresholds", "threshold", "target_thresholds")
    if kind is None and case.text("target") in ("mid", "null"):
        kind = case.text("target")
    if kind is None and group is not None:
        kind = group.text("type", "kind", "threshold_type")
    named = case.find("threshold")
    return plain_key(named) if isinstance(named, str) and kind is None else kind


def _equivalence(case: Fields, measure: str) -> float | None:
    """Return the upper end of a range of equivalence around a ratio of 1, as 0.8 to 1.25."""
    ends = case.ends("range_of_equivalence", "equivalence_range", "equivalence", "thresholds")
    if ends is None or measure not in RATIO_MEASURES or None in ends:
        return None
    low, high = ends
    return high if low and high and low < 1 < high else None


def _mid_range(case: Fields, events: bool) -> tuple[float, float] | None:
    """Return the span of plausible MIDs: a pair, or its two ends."""
    pair = case.numbers("mid_range", "mid_span", "plausible_mids")
    ends = pair or [case.number("mid_low"), case.number("mid_high")]
    known = [_absolute(abs(one), case, events) for one in ends if one is not None]
    return (min(known), max(known)) if len(known) == 2 else None


def _decision(case: Fields, events: bool) -> float | None:
    """Return the decision threshold with its sign."""
    size = _size(case, ("decision", "decision_threshold"), events)
    signed = case.number("decision_per_1000", "decision", "decision_threshold")
    return None if size is None else math.copysign(size, signed or 0.0)


def _target(case: Fields) -> str | None:
    name = case.text("target")
    if name in ("mid", "null"):
        return None
    known = {"important": "important_effect", "non_null": "non_null_effect"}
    return known.get(name or "", name)


def _better(case: Fields) -> str | None:
    sign = case.find("b", "benefit_sign")
    if isinstance(sign, int | float):
        return "higher" if sign > 0 else "lower"
    names = ("better", "benefit_direction", "direction_of_benefit", "scale_direction", "benefit",
             "good", "desirable", "direction")
    words = next((plain_key(one) for one in map(case.find, names) if isinstance(one, str)), None)
    if words is None and any(isinstance(case.find(one), bool) for one in ("good", "desirable")):
        words = str(case.flag("good", "desirable")).casefold()
    if words is None and isinstance(case.find("events"), str):
        words = case.text("events")
    if words is None:
        wanted = case.flag("events_desirable")
        return None if wanted is None else ("higher" if wanted else "lower")
    if words in ("true", "higher", "more", "increase", "up") or "higher" in words:
        return "higher"
    if "desirable" in words and "undesirable" not in words:
        return "higher"
    return "lower"


def _mid(case: Fields, events: bool) -> float | None:
    named = _size(case, ("mid", "mid_benefit", "rope", "mid_absolute", "absolute_mid"), events)
    return _of_threshold(case, events) if named is None else named


def _of_threshold(case: Fields, events: bool) -> float | None:
    """Return the MID that stands under “threshold”: per 1000, or in a group of its own."""
    told = case.number("threshold_per_1000", "t_per_1000")
    inner = case.group("threshold")
    if told is None and inner is not None:
        told = inner.number("per_1000")
        if told is None:
            return _size(inner, ("mid", "value", "size", "threshold"), events)
    return None if told is None else abs(told) / 1000


def _size(case: Fields, names: tuple[str, ...], events: bool) -> float | None:
    if isinstance(case.find(*names), Mapping):
        return None
    per_thousand = case.number(*(f"{name}_per_1000" for name in names))
    if per_thousand is not None:
        return abs(per_thousand) / 1000
    value = case.number(*names)
    return None if value is None else _absolute(abs(value), case, events)


def _absolute(value: float, case: Fields, events: bool) -> float:
    return value / per_of(case) if events and value >= 1 else value


def _ranges(case: Fields, events: bool) -> tuple[float, ...]:
    per_thousand = case.numbers("thresholds_per_1000", "ranges_per_1000")
    if per_thousand:
        return tuple((one or 0.0) / 1000 for one in per_thousand)
    listed = case.numbers("ranges", "thresholds", "t1_t3")
    if listed is not None and len(listed) == 2 and _around_one(listed):
        return ()
    if listed is None:
        single = [case.number(name) for name in ("t1", "t2", "t3")]
        listed = [one for one in single if one is not None]
    return tuple(_absolute(abs(one), case, events) for one in listed if one is not None)


def _around_one(pair: list[float | None]) -> bool:
    """Whether two numbers are a range of equivalence of a ratio, not thresholds of risks."""
    return (pair[0] or 0) < 1 < (pair[1] or 0) and (pair[0] or 0) > 0.1


def settings_of(case: Fields, measure: str) -> Settings:
    """Return the settings of prompts: defaults, with what the case changes."""
    changed = {
        one.name: case.number(one.name)
        for one in names_of(Cutoffs)
        if case.number(one.name) is not None
    }
    for name, keys in (
        ("imp_rrr", ("r", "rrr", "relative_risk_reduction", "relative_change")),
        ("imp_alpha", ("alpha",)),
        ("imp_power", ("power",)),
    ):
        given = case.find(*keys)
        if isinstance(given, int | float | str) and not isinstance(given, bool):
            changed[name] = case.number(*keys)
    settings = default_settings({name: value for name, value in changed.items() if value})
    return replace(
        settings,
        thresholds=thresholds_of_case(case, measure),
        some_concerns_as=case.text("some_concerns_as", "folding") or settings.some_concerns_as,
        reasons_to_rate_up=case.text("reasons_to_rate_up") or settings.reasons_to_rate_up,
        review_rules=_rules(case),
    )


def _rules(case: Fields) -> tuple[ReviewRule, ...]:
    """Return the pre-registered rules of the review that a case brings."""
    listed = case.find("rules", "review_rules", "custom_rules")
    groups = [Fields(one) for one in listed if isinstance(one, Mapping)] if isinstance(
        listed, list) else []
    return tuple(
        ReviewRule(
            id=str(one.find("id", "name") or f"R{place}"),
            domain=DOMAIN_NAMES.get(one.text("domain") or "", DOMAINS[0]),
            label=str(one.find("label", "name", "id") or ""),
            expression=str(one.find("expression", "when", "rule") or "").casefold(),
            text=str(one.find("text") or ""),
            suggestion=str(one.find("suggestion", "level") or ""),
        )
        for place, one in enumerate(groups, 1)
    )
