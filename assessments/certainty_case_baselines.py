"""Baseline risks of a worked case: proportions, so many people in a number, arms, rates, survival.

A baseline is never guessed: it is written as a number (with what it is per), as the events and the
size of a comparator arm, or taken from the comparator arms of the studies where the case says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median
from typing import Any

from assessments.certainty_case_fields import CaseProblem, Fields, as_number, decimals_of
from assessments.certainty_case_inputs import measure_of
from assessments.certainty_case_study_names import rows_of, usual_names
from assessments.language import _
from gradecore.grade.evidence import BaselineRisk

_P0 = (
    "baseline", "baseline_risk", "p0", "control_risk", "comparator_risk", "assumed_risk",
    "assumed_comparator_risk", "acr", "baseline_proportion", "risk_comparator", "rate0",
    "baseline_rate", "comparator_proportion", "proportion",
)  # fmt: skip
BASELINE_LISTS = ("baselines", "baseline_risks", "baseline_groups", "absolute")
"""Lists or groups of baseline risks; ``absolute`` only where its groups name a baseline."""
_PER_NAMES = (
    *_P0, "baselines", "baseline_risks", "comparator", "control", "comparison", "risk_control",
    "risk_comparison", "comparison_risk", "risk_with_comparator", "risk_with_comparison",
    "risk_with_control",
)
_RATES = ("baseline_rate", "comparator_rate", "control_rate", "rate0")
_P0_PER = {
    f"{name}_per_{people}{ending}": people
    for people in (1000, 100, 10_000, 100_000)
    for names, ending in ((_PER_NAMES, ""), (_RATES, "_person_years"))
    for name in names
}
"""Name of a baseline risk that says per how many people → so many."""
_P0_PERCENT = tuple(
    f"{name}_{ending}" for ending in ("percent", "pct") for name in (*_P0, *_PER_NAMES)
)
_GROUP_PER = {"per_1000": 1000, "per_100": 100, "risk_per_1000": 1000, "risk_per_100": 100,
              "percent": 100}
SURVIVAL = ("s0", "baseline_survival", "survival_baseline", "event_free_proportion",
             "baseline_event_free", "event_free_baseline")
_ARM = ("control", "comparator", "comparison", "control_arm", "comparator_arm", "control_group")
_SIZE = ("n", "total", "size", "participants")
_CONTROL_EVENTS = ("events_2", "events_c", "c_events")
_CONTROL_SIZE = ("n_2", "n2", "n2i", "n_c", "total_c", "c_n")


def per_of(case: Fields) -> int:
    """Return per how many people events are shown: as said, or as the baseline risk is told."""
    told = next((people for key, people in _P0_PER.items() if case.find(key) is not None), 1000)
    return int(case.number("per", "denominator") or told)


def baselines_of(case: Fields) -> tuple[BaselineRisk, ...]:
    """Return the baseline risks as proportions; numbers above 1 are per so many people."""
    rate = measure_of(case) == "IRR"
    listed = case.find(*BASELINE_LISTS)
    effect = isinstance(listed, Mapping) and Fields(listed).triple() is not None
    if effect or (isinstance(listed, list) and not _are_baselines(listed)):
        listed = case.find(*BASELINE_LISTS[:-1])
    if listed is None:
        listed = next((one for one in map(case.find, (*_P0, *_P0_PER)) if _several(one)), None)
    if isinstance(listed, Mapping):
        return tuple(_labelled(str(key), value, case, rate) for key, value in listed.items())
    if isinstance(listed, list):
        return tuple(_named_baseline(one, case, rate) for one in listed)
    survival = case.number(*SURVIVAL)
    if survival is not None:
        return (BaselineRisk(label="", risk=1.0 - survival),)
    group = next((case.group(key) for key in (*_P0, *_P0_PER) if case.group(key)), None)
    if group is not None:
        return (_named_baseline(group.table, case, rate),)
    risk = _single(case, rate)
    return () if risk is None else (BaselineRisk(label="", risk=risk),)


def printed_decimals(case: Fields, per: int) -> int | None:
    """Return how exactly a percentage was printed, in decimals per ``per``; None for others.

    A baseline of 1% is known to 0.5%: per 1000 people that is half a ten, or −1 decimals.
    """
    value = next((one for one in map(case.find, (*_P0_PERCENT, *_P0)) if one is not None), None)
    if isinstance(value, Mapping):
        value = Fields(value).find("percent", "value", "risk")
    if case.find(*_P0_PERCENT) is None and not (isinstance(value, str) and "%" in value):
        return None
    shown = value.replace("%", "").strip() if isinstance(value, str) else value
    return decimals_of(shown) - round(math.log10(per / 100))


def _single(case: Fields, rate: bool) -> float | None:
    """Return the one baseline risk of a case, None if there is none."""
    for key, people in _P0_PER.items():
        if case.find(key) is not None and not isinstance(case.find(key), Mapping):
            return (case.number(key) or 0.0) / people
    if case.find(*_P0_PERCENT) is not None:
        return _percentage(case.find(*_P0_PERCENT))
    value = case.number(*_P0)
    if value is not None:
        return _risk(value, case, rate)
    arm = case.group(*_ARM)
    found = None if arm is None else _of_arm(arm)
    return _of_studies(case) if found is None else found


def _percentage(value: Any) -> float:
    number = as_number(value, "baseline_percent")
    return number if isinstance(value, str) and "%" in value else number / 100


def _of_arm(arm: Fields) -> float | None:
    """Return events over people of one arm, None if one of them is not told."""
    events, size = arm.number("events"), arm.number(*_SIZE)
    if events is None or size is None:
        return None
    if not 0 <= events <= size or size == 0:
        raise CaseProblem(_("An arm cannot have more events than people."))
    return events / size


def _of_studies(case: Fields) -> float | None:
    """Return the median or pooled risk of the comparator arms, where the case asks for it."""
    source = case.text("baseline_source", "baseline_from") or ""
    listed = rows_of(case.find("studies"))
    if not source.startswith(("median", "pooled")) or not isinstance(listed, list):
        return None
    groups = [Fields(usual_names(one)) for one in listed if isinstance(one, Mapping)]
    arms = [
        (one.number(*_CONTROL_EVENTS, "ci"), one.number(*_CONTROL_SIZE)) for one in groups
    ]
    known = [(events, size) for events, size in arms if events is not None and size]
    if not known:
        return None
    if source.startswith("median"):
        return float(median(events / size for events, size in known))
    return sum(events for events, _n in known) / sum(size for _e, size in known)


def _are_baselines(listed: list[Any]) -> bool:
    return bool(listed) and all(
        isinstance(one, Mapping) and Fields(one).find(*_P0, *_P0_PER, *_GROUP_PER) is not None
        for one in listed
    )


def _several(value: Any) -> bool:
    if isinstance(value, Mapping):
        own = (*_P0, *_P0_PER, *_GROUP_PER, *_P0_PERCENT, "value", "risk", "events")
        known = {str(key).casefold() for key in Fields(value).table}
        return not known & set(own)
    return isinstance(value, list)


def _labelled(label: str, value: Any, case: Fields, rate: bool) -> BaselineRisk:
    """Return a baseline under its label: a number, or a group that says what it is per."""
    if isinstance(value, Mapping):
        return BaselineRisk(label=label, risk=_named_baseline(value, case, rate).risk)
    return BaselineRisk(label=label, risk=_risk(value, case, rate))


def _named_baseline(value: Any, case: Fields, rate: bool) -> BaselineRisk:
    if not isinstance(value, Mapping):
        return BaselineRisk(label="", risk=_risk(value, case, rate))
    group = Fields(value)
    label = str(group.find("label", "name", "group") or "")
    for key, people in (_P0_PER | _GROUP_PER).items():
        if group.find(key) is not None:
            return BaselineRisk(label=label, risk=(group.number(key) or 0.0) / people)
    if group.find(*_P0_PERCENT) is not None:
        return BaselineRisk(label=label, risk=_percentage(group.find(*_P0_PERCENT)))
    of_arm = _of_arm(group)
    if of_arm is not None:
        return BaselineRisk(label=label, risk=of_arm)
    return BaselineRisk(label=label, risk=_risk(group.find("risk", "value", *_P0), case, rate))


def _risk(value: Any, case: Fields, rate: bool) -> float:
    number = as_number(value, "baseline")
    return number / per_of(case) if number > 1 and not rate else number
