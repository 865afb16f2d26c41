"""One study of a worked case under the usual names, however its arms and judgements are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_fields import plain_key

_ARMS = (
    ("intervention", "treatment", "experimental", "treated", "exp"),
    ("control", "comparator", "comparison", "ctrl", "con"),
)
_IN_ARM = {"events": "events", "n": "n", "total": "n", "size": "n", "participants": "n",
           "mean": "mean", "sd": "sd"}
_ALSO = {
    "overall_rob": "rob", "rob_overall": "rob", "rob_judgement": "rob", "rob_judgment": "rob",
    "overall_risk_of_bias": "rob", "rob_level": "rob", "rob_result": "rob",
    "weight_percent": "weight", "weight_pct": "weight", "w_percent": "weight",
    "industry_funding": "industry_funded", "funded_by_industry": "industry_funded",
    "follow_up_months": "follow_up", "follow_up_weeks": "follow_up",
    "sample_size": "n", "n_total": "n", "n_participants": "n",
    "e1": "events_1", "e2": "events_2", "e_1": "events_1", "e_2": "events_2",
    "e_t": "events_1", "e_c": "events_2", "e_i": "events_1",
}  # fmt: skip
_OVERALL = ("overall", "level", "judgement", "judgment", "result")


def usual_names(study: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a study under usual names; arms become ``events_1``, ``n_1`` and so on.

    Arms may be groups, pairs of events and people, or printed as “5/50”.
    """
    found: dict[str, Any] = {}
    for key, value in study.items():
        name = plain_key(key)
        place = next((n for n, names in enumerate(_ARMS, 1) if _arm_of(name) in names), 0)
        if name == "arms" and isinstance(value, Mapping):
            found |= usual_names(value)
        elif place and (told := _of_arm(value, place)) is not None:
            found |= told
        elif place and "_" in name and _IN_ARM.get(name.split("_")[0]):
            found[f"{_IN_ARM[name.split('_')[0]]}_{place}"] = value
        elif isinstance(value, Mapping) and name in ("rob", "risk_of_bias"):
            found |= _judgement(value)
        else:
            found.setdefault(_ALSO.get(name, name), value)
    return found


def _arm_of(name: str) -> str:
    """Return the arm that a name speaks of: “control” for “events_control” and “control_arm”."""
    first, _gap, last = name.partition("_")
    if first in _IN_ARM:
        return last
    return first if last in ("", "arm", "group") else name


def _of_arm(value: Any, place: int) -> dict[str, Any] | None:
    if isinstance(value, Mapping):
        inner = {plain_key(key): number for key, number in value.items()}
        return {f"{_IN_ARM[key]}_{place}": inner[key] for key in inner if key in _IN_ARM}
    if isinstance(value, str) and value.count("/") == 1:
        value = [one.strip() for one in value.split("/")]
    if isinstance(value, list) and len(value) == 2:
        return {f"events_{place}": value[0], f"n_{place}": value[1]}
    return None


def _judgement(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the overall judgement and those of the domains from one group."""
    inner = {plain_key(key): level for key, level in value.items()}
    overall = next((inner[name] for name in _OVERALL if name in inner), None)
    domains = inner.get("domains")
    rest = domains if isinstance(domains, Mapping) else {
        key: level for key, level in inner.items() if key not in (*_OVERALL, "tool")}
    return {"rob": overall} | ({"rob_domains": rest} if rest else {})


def rows_of(told: Any) -> Any:
    """Return columns of one length as rows; effects that may be meant as printed stay columns."""
    if not isinstance(told, Mapping) or not told:
        return told
    columns = {plain_key(key): value for key, value in told.items()}
    lengths = {len(one) if isinstance(one, list) else 0 for one in columns.values()}
    if len(lengths) != 1 or 0 in lengths or columns.keys() & {"effect", "estimate", "est"}:
        return told
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
