"""The arms of a worked case over all studies, and the case without its parts.

Numbers inside the group of an arm, of a baseline risk or of missing studies are no totals of the
body: whoever looks for a total looks into the case without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_fields import Fields, plain_key

_ARM_NAMES = (
    ("intervention", "treatment", "experimental", "intervention_arm", "treated"),
    ("comparison", "comparator", "control", "control_arm", "comparator_arm", "control_group"),
)
_SIZES = ("n", "total", "size", "participants")
_ARM_KEYS = frozenset(name for names in _ARM_NAMES for name in names)
_PARTS = ("missing", "missing_results", "known_missing_results", "arms")
_OF_ARM = (
    (("events_1", "events_intervention", "events_t"), ("n_1", "n_intervention", "n_t")),
    (("events_2", "events_comparator", "events_control", "events_c"),
     ("n_2", "n_comparator", "n_control", "n_c")),
)


def arm(case: Fields, place: int) -> tuple[float | None, float | None]:
    """Return events and people of one arm over all studies: in its group, or as single fields."""
    events, size = (
        None if isinstance(case.find(*names), list) else case.number(*names)
        for names in _OF_ARM[place]
    )
    group = case.group(*_ARM_NAMES[place])
    if group is not None and events is None:
        events, size = group.number("events"), group.number(*_SIZES)
    return events, size


def without_parts(case: Fields) -> Fields:
    """Return the case without groups of arms, baselines and missing studies: they are no totals."""
    return Fields(_pruned(case.table))


def _pruned(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _pruned(value) if isinstance(value, Mapping) else value
        for key, value in table.items()
        if not (isinstance(value, Mapping) and _is_part(plain_key(key), value))
    }


def _is_part(key: str, value: Mapping[str, Any]) -> bool:
    names = {plain_key(one) for one in value}
    arm = "events" in names and bool(names & set(_SIZES))
    return key in _PARTS or (arm and key in _ARM_KEYS) or (arm and "baseline" in key)
