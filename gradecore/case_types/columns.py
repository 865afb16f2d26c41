"""The columns of a case in the engine's words, and the plan that its options describe."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradecore.case_types import Case, numbers
from gradecore.data import Columns, FloatArray
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.profiles import PoolingPlan, plan_for

_BINARY = {
    "ai": "events_experimental",
    "n1i": "total_experimental",
    "ci": "events_control",
    "n2i": "total_control",
}
_CONTINUOUS = {
    "m1i": "mean_experimental",
    "sd1i": "sd_experimental",
    "n1i": "total_experimental",
    "m2i": "mean_control",
    "sd2i": "sd_control",
    "n2i": "total_control",
}
_RATES = {
    "x1i": "events_experimental",
    "t1i": "time_experimental",
    "x2i": "events_control",
    "t2i": "time_control",
}
_PAIRED = {
    "m1i": "mean_first",
    "m2i": "mean_second",
    "sd1i": "sd_first",
    "sd2i": "sd_second",
    "ni": "total",
    "ri": "correlation",
}
_NAMES: dict[str, dict[str, str]] = {
    "dichotomous": _BINARY,
    "continuous": _CONTINUOUS,
    "rate": _RATES,
    "paired": _PAIRED,
    "time-to-event": {"oe": "observed_minus_expected", "v": "variance"},
    "correlation": {"ri": "correlation", "ni": "total"},
    "proportion": {"xi": "events", "ni": "total"},
}
_ZERO_CELLS = {
    "only0": "only-zero",
    "all": "all",
    "if0all": "all-if-any-zero",
    "none": "none",
}
_WEIGHTINGS = {
    "MH": "mantel-haenszel",
    "IV": "inverse-variance",
    "Inverse": "inverse-variance",
    "PETO": "peto",
}


def measure_code(case: Case) -> str:
    """Return the engine's code of the measure; raises ``InputError`` for an unknown one."""
    code = "HR" if case.measure == "OEV" else case.measure
    if code not in MEASURES:
        raise InputError(f"The effect measure {case.measure!r} is not known.")
    return code


def effect_columns(case: Case) -> Columns:
    """Return the case's columns by the names that the effect measure asks for."""
    names = _NAMES.get(MEASURES[measure_code(case)].family, {})
    if not names:
        raise InputError(f"The measure {case.measure} needs effects and variances.")
    return {name: np.array(numbers(case, column)) for column, name in names.items()}


def effects_and_variances(case: Case) -> tuple[FloatArray, FloatArray]:
    """Return the columns yi and vi."""
    return np.array(numbers(case, "yi")), np.array(numbers(case, "vi"))


def metafor_plan(case: Case, **changes: Any) -> PoolingPlan:
    """Return the plan of a case whose options are those of the metafor package."""
    options = case.options
    items: dict[str, Any] = {"interval": options.get("ci_method") or "wald"}
    items["model"] = "common" if options.get("model") == "common" else "random"
    items["rom_correction"] = items["smd_bias_correction"] = bool(options.get("correct", True))
    if options.get("tau2_method"):
        items["tau2_estimator"] = options["tau2_method"]
    if "level" in options:
        items["level"] = float(options["level"])
    if "drop00" in options:
        items["double_zero"] = "exclude" if options["drop00"] else "keep"
    if "add" in options:
        items["zero_cell_increment"] = float(options["add"])
    if "to" in options:
        items["zero_cells"] = zero_cell_rule(options["to"])
    if options.get("vtype") == "HO":
        items["md_variance"] = "pooled"
    elif "vtype" in options:
        items["smd_variant"] = options["vtype"]
    items["weighting"] = "inverse-variance"
    items.update(changes)
    if items["interval"] == "hksj_adhoc":
        items["interval"] = "hksj-adhoc"
    return plan_for("metafor", measure_code(case), **items)


def zero_cell_rule(name: str) -> str:
    """Return the engine's name of a rule of metafor's ``to``."""
    if name not in _ZERO_CELLS:
        raise InputError(f"The rule {name!r} for empty cells is not known.")
    return _ZERO_CELLS[name]


def weighting_of(name: str) -> str:
    """Return the engine's name of a method of pooling."""
    if name not in _WEIGHTINGS:
        raise InputError(f"The method of pooling {name!r} is not known.")
    return _WEIGHTINGS[name]
