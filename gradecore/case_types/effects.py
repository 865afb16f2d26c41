"""Cases of effects of single studies (``escalc``) and refusals (``error``)."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import stdtrit

from gradecore.case_types import Case, Handler, numbers
from gradecore.case_types.columns import (
    effect_columns,
    effects_and_variances,
    measure_code,
    metafor_plan,
)
from gradecore.input_checks import check_columns
from gradecore.measures import MEASURES
from gradecore.measures.measure import MeasuredEffects
from gradecore.measures.standardized_mean_difference import hedges_g
from gradecore.study_arrays import pool_effects


def study_effects(case: Case) -> dict[str, Any]:
    """Return ``yi`` and ``vi``, the effects and variances of each study."""
    found = _from_statistics(case) if "from" in case.options else _from_data(case)
    defined = np.isfinite(found.y) & np.isfinite(found.v)
    return {"yi": np.where(defined, found.y, np.nan), "vi": np.where(defined, found.v, np.nan)}


def _from_data(case: Case) -> MeasuredEffects:
    columns = effect_columns(case)
    check_columns(columns)
    with np.errstate(all="ignore"):
        return MEASURES[measure_code(case)].effects(columns, metafor_plan(case))


def _from_statistics(case: Case) -> MeasuredEffects:
    """Return standardized differences from t, p or d, or correlations from t."""
    with np.errstate(all="ignore"):
        if case.measure in ("COR", "ZCOR"):
            t, n = np.array(numbers(case, "ti")), np.array(numbers(case, "ni"))
            r = t / np.sqrt(t**2 + n - 2.0)
            columns = {"correlation": r, "total": n}
            check_columns(columns)
            return MEASURES[case.measure].effects(columns, metafor_plan(case))
        n1, n2 = np.array(numbers(case, "n1i")), np.array(numbers(case, "n2i"))
        check_columns({"total_experimental": n1, "total_control": n2})
        if case.options["from"] == "di":
            d = np.array(numbers(case, "di"))
        elif case.options["from"] == "ti":
            d = np.array(numbers(case, "ti")) * np.sqrt(1.0 / n1 + 1.0 / n2)
        else:
            p = np.array(numbers(case, "pi"))
            t = stdtrit(n1 + n2 - 2.0, 1.0 - 0.5 * np.abs(p)) * np.sign(p)
            d = t * np.sqrt(1.0 / n1 + 1.0 / n2)
        return hedges_g(d, n1, n2, metafor_plan(case))


def refused(case: Case) -> dict[str, Any]:
    """Check input that must be refused; raises ``InputError`` and returns nothing if it is not."""
    if case.measure == "GEN":
        pool_effects(*effects_and_variances(case), metafor_plan(case))
    else:
        check_columns(effect_columns(case))
    return {"error": False}


HANDLERS: dict[str, Handler] = {"escalc": study_effects, "error": refused}
