"""What a worked case says was printed elsewhere: differences and risks beside the effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_baselines import per_of, printed_decimals
from assessments.certainty_case_evidence import is_event_free
from assessments.certainty_case_fields import Fields, as_triple, decimals_of
from assessments.certainty_case_inputs import MEASURES
from gradecore.absolute_effects import Interval
from gradecore.grade.evidence import BaselineRisk
from gradecore.grade.published import PrintedAbsolute

PRINTED = ("printed", "published", "reported", "imported", "claimed", "as_printed")
_DIFFERENCE = (
    "difference", "absolute_difference", "risk_difference", "rd", "absolute", "absolute_effect",
    "diff", "abs",
)
_RISK = (
    "intervention", "risk_intervention", "risk", "intervention_risk", "corresponding_risk",
    "risk_with_intervention",
)

Triple = tuple[float | None, float | None, float | None]
"""Estimate and limits; what was not printed is None."""


def printed_absolute(
    case: Fields,
    measure: str,
    triple: tuple[float, float | None, float | None],
    baseline: BaselineRisk,
) -> PrintedAbsolute | None:
    """Return the absolute effect that was printed with a baseline risk, None if none was."""
    per = per_of(case)
    point, low, high = triple
    difference = printed_difference(case)
    risk = _printed_triple(case, _RISK, per)
    if difference is None and risk is None:
        return None
    written = round(baseline.risk * per, 9)
    exact = printed_decimals(case, per)
    return PrintedAbsolute(
        measure=measure,
        relative=Interval(
            estimate=point, low=point if low is None else low, high=point if high is None else high
        ),
        baseline=written,
        per=per,
        baseline_decimals=decimals_of(written) if exact is None else exact,
        decimals=decimals_of(*(difference or ()), *(risk or ())),
        difference=difference or (None, None, None),
        intervention=risk or (None, None, None),
        event_free=is_event_free(case),
    )


def printed_difference(case: Fields) -> Triple | None:
    """Return the difference that was printed, minus for fewer; None if none was."""
    return _printed_triple(case, _DIFFERENCE, per_of(case))


def _printed_triple(
    case: Fields, names: tuple[str, ...], per: int
) -> Triple | None:
    endings = (f"_per_{per}", "_per_1000", "")
    wanted = tuple(f"{name}{ending}" for ending in endings for name in names)
    group = case.group(*PRINTED, *(f"{first}_absolute" for first in PRINTED))
    if group is not None and (found := _in_group(group, names, endings)) is not None:
        return found
    combined = tuple(f"{first}_{name}" for first in PRINTED for name in wanted)
    value = case.find(*combined, *(f"{name}_{first}" for first in PRINTED for name in wanted))
    if value is None and names is _DIFFERENCE:
        bare = case.find(*PRINTED)
        value = bare if isinstance(bare, list) else None
    if value is None:
        wanted = tuple(one for one in wanted if one not in MEASURES)
        value = next(
            (found for found in map(case.find, wanted) if _is_triple(found)), None
        )
    return None if value is None else as_triple(value, names[0])


def _is_triple(value: Any) -> bool:
    """Return whether something beside the effect can only be a printed absolute effect."""
    if isinstance(value, Mapping):
        return Fields(value).triple() is not None
    return isinstance(value, list) and not any(isinstance(one, Mapping) for one in value)


def _in_group(group: Fields, names: tuple[str, ...], endings: tuple[str, ...]) -> Triple | None:
    """Return estimate and limits in a group of printed numbers: one value, or three fields."""
    for ending in endings:
        for name in names:
            value = group.find(f"{name}{ending}")
            if value is None or (isinstance(value, Mapping) and Fields(value).triple() is None):
                continue
            point, low, high = as_triple(value, name)
            if low is None:
                low = group.number(f"{name}_low{ending}", f"{name}_ci_low{ending}")
                high = group.number(f"{name}_high{ending}", f"{name}_ci_high{ending}")
            ends = group.numbers("ci", "ci95", "limits") if low is None else None
            if ends is not None and len(ends) == 2:
                low, high = ends
            return point, low, high
    return None
