"""Regression tests for funnel plot asymmetry: effects on their standard errors.

``egger`` is the weighted regression with a dispersion that is estimated (Egger 1997,
doi:10.1136/bmj.315.7109.629; the slope on the SE is what Egger calls intercept). ``regtest`` puts
the same regressor into a common- or random-effects model (Sterne and Egger 2005); with t instead
of the normal distribution it is the test of Thompson and Sharp 1999. Where the SE depends on the
effect itself, as with standardised mean differences, a regressor made of the study size takes its
place (Pustejovsky and Rodgers 2019, doi:10.1002/jrsm.1332).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.meta_regression import MetaRegression, RegressionPlan, meta_regression
from gradecore.notes import Note
from gradecore.small_studies.weighted_line import weighted_line
from gradecore.study_columns import StudyColumns, complete_columns

Column = Sequence[float] | FloatArray
Regressor = Literal["sei", "vi", "ninv", "sqrtninv"]
_SHOWN_FROM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AsymmetryTest:
    """The outcome of a regression test; ``slope`` is its measure of asymmetry.

    ``limit`` is the effect expected of an infinitely large study, with its interval, on the
    analysis scale. ``df`` None means the normal distribution. ``tau2`` is None where the model
    has none, ``dispersion`` None where it is not estimated.
    """

    test: str
    k: int
    slope: float
    slope_se: float
    statistic: float | None
    df: int | None
    p: float | None
    limit: float
    limit_se: float
    limit_ci_lower: float
    limit_ci_upper: float
    dispersion: float | None = None
    tau2: float | None = None
    notes: tuple[Note, ...] = ()


def egger(
    effects: Column,
    variances: Column,
    *,
    regressor: Regressor = "sei",
    sizes: Column | None = None,
    level: float = 0.95,
) -> AsymmetryTest:
    """Return Egger's test of k effects and variances; InputError for k < 3 or equal variances.

    ``regressor`` as in ``regtest``.
    """
    data = _columns(effects, variances, regressor, sizes)
    y, v = data.column("yi"), data.positive("vi")
    line = weighted_line(y, _moderator(data, regressor), 1.0 / v, regressor=regressor, level=level)
    return AsymmetryTest(
        test="egger",
        k=y.size,
        slope=line.slope,
        slope_se=line.slope_se,
        statistic=line.statistic,
        df=line.df,
        p=line.p,
        limit=line.intercept,
        limit_se=line.intercept_se,
        limit_ci_lower=line.intercept_ci_lower,
        limit_ci_upper=line.intercept_ci_upper,
        dispersion=line.dispersion,
        notes=(*data.notes, *few_studies(y.size)),
    )


def regtest(
    effects: Column,
    variances: Column,
    *,
    regressor: Regressor = "sei",
    sizes: Column | None = None,
    plan: RegressionPlan | None = None,
) -> AsymmetryTest:
    """Return the test of a measure of study size as a moderator.

    ``regressor`` is the SE (``sei``), the variance (``vi``), or one over the total number of
    people in the study (``ninv``) or its root (``sqrtninv``), for which ``sizes`` has the numbers.
    """
    data = _columns(effects, variances, regressor, sizes)
    y, v = data.column("yi"), data.positive("vi")
    fit = meta_regression(y, v, {regressor: _moderator(data, regressor)}, plan)
    return _from_regression(fit, (*data.notes, *few_studies(y.size)))


def _columns(
    effects: Column, variances: Column, regressor: Regressor, sizes: Column | None
) -> StudyColumns:
    if regressor not in ("sei", "vi", "ninv", "sqrtninv"):
        raise InputError(
            f"The regressor is sei, vi, ninv or sqrtninv, not {regressor}.", column="predictor"
        )
    columns = {"yi": effects, "vi": variances}
    if regressor in ("ninv", "sqrtninv"):
        if sizes is None:
            raise InputError("This test needs the size of each study.", column="ni")
        columns["ni"] = sizes
    return complete_columns(columns)


def _moderator(data: StudyColumns, regressor: Regressor) -> FloatArray:
    column = data.positive("ni" if regressor in ("ninv", "sqrtninv") else "vi")
    return {
        "sei": np.sqrt(column),
        "vi": column,
        "ninv": 1.0 / column,
        "sqrtninv": 1.0 / np.sqrt(column),
    }[regressor]


def _from_regression(fit: MetaRegression, notes: tuple[Note, ...]) -> AsymmetryTest:
    limit, slope = fit.coefficients
    return AsymmetryTest(
        test="regtest",
        k=fit.k,
        slope=slope.estimate,
        slope_se=slope.se,
        statistic=slope.statistic,
        df=slope.df,
        p=slope.p,
        limit=limit.estimate,
        limit_se=limit.se,
        limit_ci_lower=limit.ci_lower,
        limit_ci_upper=limit.ci_upper,
        tau2=fit.tau2,
        notes=notes,
    )


def few_studies(k: int) -> tuple[Note, ...]:
    """Return the caution that such tests mean little below ten studies (Sterne 2011), if so."""
    if k >= _SHOWN_FROM:
        return ()
    note = Note(
        code="few_studies_for_asymmetry",
        sentence=f"With {k} studies a test for funnel plot asymmetry has too little power to "
        f"tell chance from asymmetry; it is advised from {_SHOWN_FROM} studies on (Sterne 2011).",
        facts=(("k", k),),
    )
    return (note,)
