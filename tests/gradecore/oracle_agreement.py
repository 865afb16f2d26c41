"""How closely a computed number must agree with the reference, statistic by statistic.

A number passes if |got - expected| <= rtol * max(|expected|, scale). Scales are the standard
error of the common-effect mean (``se``) and the smallest sampling variance (``v``) of the case.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gradecore.case_types import Case
from gradecore.case_types.columns import effect_columns, metafor_plan
from gradecore.study_arrays import arrays_of

FOLDER = Path(__file__).resolve().parents[1] / "references" / "oracle"
GROUPS = tuple(sorted(path.name.removesuffix(".json.xz") for path in FOLDER.glob("*.json.xz")))


def cases_of(group: str) -> list[dict[str, Any]]:
    """Return the reference cases of one group."""
    return json.loads(lzma.decompress((FOLDER / f"{group}.json.xz").read_bytes()))


@dataclass(frozen=True)
class Scale:
    """The size of the numbers of a case: the common-effect SE, and the smallest variance."""

    se: float
    v: float


def scale_of(read: dict[str, Any]) -> Scale:
    """Return the scale of a case, 1 and 1 where it has no study effects."""
    inputs = read["inputs"]
    case = Case(**{key: read[key] for key in ("id", "type", "measure", "inputs", "options")})
    if isinstance(inputs.get("vi"), list):
        v = np.array([x for x in inputs["vi"] if x is not None], dtype=float)
    elif isinstance(inputs.get("n2i"), list) or {"ni", "oe", "x1i"} & set(inputs):
        options = {k: x for k, x in case.options.items() if k in ("level",)}
        plain = Case(id="", type="", measure=case.measure, inputs=inputs, options=options)
        if "from" in read["options"]:
            return Scale(1.0, 1.0)
        arrays = arrays_of(effect_columns(plain), metafor_plan(plain))
        v = arrays.v[arrays.estimable]
    else:
        return Scale(1.0, 1.0)
    if not len(v) or not (v > 0).all():
        return Scale(1.0, 1.0)
    return Scale(float(1.0 / np.sqrt(np.sum(1.0 / v))), float(v.min()))


Limits = tuple[float, float]

_ESTIMATES = {
    "estimate",
    "ci_lb",
    "ci_ub",
    "pi",
    "pi_normal",
    "pi_t_km1",
    "pi_t_km2",
    "limit_estimate",
    "limit_ci_lb",
    "limit_ci_ub",
}
_TESTS = {"stat", "Z", "t"}
_PROBABILITIES = {
    "pval",
    "Q_p",
    "P",
    "chi2_p",
    "p",
    "CMH_p",
    "CMH_uncorrected_p",
    "BD_p",
    "Tarone_p",
    "QE_p",
    "QM_p",
    "p_k0",
    "pval_normal",
}
_CLOSED = {"DL", "HE", "HS", "SJ", None}


def limits(read: dict[str, Any], path: str, scale: Scale) -> Limits:
    """Return (rtol, scale) for the number at a path such as ``total.ci_lb``."""
    name = next(
        part
        for part in reversed(path.replace("]", "").replace("[", ".").split("."))
        if not part.isdigit()
    )
    kind, options = read["type"], read["options"]
    if kind in _WHOLE_TYPES:
        rtol, floor = _WHOLE_TYPES[kind](name, read, scale)
    else:
        rtol, floor = _by_name(name, options, scale)
    return float(read.get("tol", rtol)), floor


def _by_name(name: str, options: dict[str, Any], scale: Scale) -> Limits:
    if name in _ESTIMATES:
        return 1e-8, scale.se
    if name == "se":
        return 1e-8, 1e-8 * scale.se
    if name in _TESTS:
        return 1e-8, 1e-3
    if name in _PROBABILITIES:
        return 1e-7, 1e-12
    if name in ("tau2", "tau2_null_model"):
        closed = options.get("tau2_method") in _CLOSED
        return (1e-8, 1e-3 * scale.v) if closed else (1e-7, scale.v)
    if name == "se_tau2":
        return 1e-7, 1e-9 * scale.v
    if name in ("tau2_ci", "H2_ci"):
        return 1e-7, 1e-3 * scale.v if name == "tau2_ci" else 1.0
    if name == "I2_ci":
        return 1e-6, 1.0
    if name in ("I2", "I2_Q"):
        return 1e-8, 10.0
    if name in ("weights", "weight"):
        return 1e-8, 1e-6
    return 1e-8, 1e-9 if name in ("Q", "H2", "chi2") else 1e-8


def _escalc(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    return 1e-12, 1e-3 if name == "yi" else 0.0


def _mantel_haenszel(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    if name in ("BD", "BD_p", "Tarone", "Tarone_p"):
        return 1e-7, 1e-6
    if name in _PROBABILITIES:
        return 1e-7, 1e-12
    return 1e-10, 1e-8


def _regression(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    if name in ("beta", "se", "ci_lb", "ci_ub", "fitted", "fitted_se"):
        return 1e-7, min(read["expected"]["se"])
    if name == "vcov":
        return 1e-7, min(read["expected"]["se"]) ** 2
    if name == "R2":
        return 1e-7, 10.0
    if name in ("tau2", "tau2_null_model", "tau2_ci", "se_tau2"):
        return 1e-7, scale.v
    return 1e-7, 1e-12 if name in _PROBABILITIES else 1e-3


def _observed(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    return (1e-5 if name in ("chi2_p", "p", "P") else 1e-9), 1e-9


def _meta(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    if read["options"].get("tau2_method") == "REML" or name in ("tau2_ci", "I2_ci", "H_ci", "pi"):
        return 1e-5, float(read["expected"]["random"]["se"])
    return _by_name(name, read["options"], scale)


def _conversion(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    return (5e-3, 1e-12) if "optional" in read["tags"] else (1e-10, 1e-12)


def _thompson(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    return 5e-3, float(read["expected"]["se_bias"]) if name != "tau2" else 1.0


def _trim(name: str, read: dict[str, Any], scale: Scale) -> Limits:
    if name == "k0":
        return 0.0, 0.0
    if name == "filled_yi":
        return 1e-8, 1e-3
    return _by_name(name, read["options"], scale)


_WHOLE_TYPES = {
    "escalc": _escalc,
    "mh": _mantel_haenszel,
    "peto": _mantel_haenszel,
    "metareg": _regression,
    "revman5_observed": _observed,
    "meta": _meta,
    "convert": _conversion,
    "bin_thompson": _thompson,
    "trimfill": _trim,
}


def differences(read: dict[str, Any], got: Any) -> Iterator[str]:
    """Yield what does not agree, as ``path: expected …, got …``."""
    yield from _compared(read, "", (read["expected"], got), scale_of(read))


def _compared(
    read: dict[str, Any], path: str, both: tuple[Any, Any], scale: Scale
) -> Iterator[str]:
    expected, got = both
    told = f"{path}: expected {expected!r}, got {got!r}"
    if isinstance(expected, dict):
        for key, value in expected.items():
            if not isinstance(got, dict) or key not in got:
                yield f"{path}.{key} is missing"
            else:
                yield from _compared(read, f"{path}.{key}".strip("."), (value, got[key]), scale)
    elif isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            yield told
            return
        for index, pair in enumerate(zip(expected, got, strict=True)):
            yield from _compared(read, f"{path}[{index}]", pair, scale)
    elif isinstance(expected, bool) or not isinstance(expected, int | float):
        if got != expected:
            yield told
    elif (
        isinstance(got, bool)
        or not isinstance(got, int | float)
        or not _near(read, path, (float(expected), float(got)), scale)
    ):
        yield told


def _near(read: dict[str, Any], path: str, both: tuple[float, float], scale: Scale) -> bool:
    expected, got = both
    if path.endswith("tau2") and expected == 0.0 and read["type"] not in ("meta", "bin_thompson"):
        return got == 0.0
    rtol, floor = limits(read, path, scale)
    return abs(got - expected) <= rtol * max(abs(expected), floor)
