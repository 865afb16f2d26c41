"""A straight line by weighted least squares whose dispersion is estimated from the residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.meta_regression.design import design_of
from gradecore.meta_regression.elimination import eliminated
from gradecore.wald_statistics import critical_value, two_sided_p


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Intercept and slope with SEs; the test of the slope is t with ``df`` = k - 2.

    ``dispersion`` is the residual sum of squares divided by df, sigma². Where it is 0 there is no
    test and ``statistic`` and ``p`` are None.
    """

    intercept: float
    intercept_se: float
    intercept_ci_lower: float
    intercept_ci_upper: float
    slope: float
    slope_se: float
    statistic: float | None
    df: int
    p: float | None
    dispersion: float


def weighted_line(
    y: FloatArray, x: FloatArray, weights: FloatArray, *, regressor: str, level: float = 0.95
) -> Line:
    """Return the line of y (k,) on x (k,); InputError for k < 3 or when x does not vary."""
    if y.size < 3:
        raise InputError(f"This test needs at least 3 studies; there are {y.size}.")
    precise = int(np.argmax(weights))
    design = design_of([x], [regressor], y.size, centre=precise)
    offset = float(y[precise])
    fit = eliminated(design.z[None, :, :], weights[None, :])
    scaled, _, rss = fit.solved((y - offset)[None, :])
    df = y.size - 2
    dispersion = float(rss[0]) / df
    intercept, slope = design.back @ scaled[0]
    root = design.back @ fit.covariance_root[0]
    ses = np.sqrt(dispersion) * np.linalg.norm(root, axis=1)
    statistic = float(slope / ses[1]) if ses[1] > 0.0 else None
    margin = critical_value(level, df) * float(ses[0])
    return Line(
        intercept=float(intercept) + offset,
        intercept_se=float(ses[0]),
        intercept_ci_lower=float(intercept) + offset - margin,
        intercept_ci_upper=float(intercept) + offset + margin,
        slope=float(slope),
        slope_se=float(ses[1]),
        statistic=statistic,
        df=df,
        p=None if statistic is None else two_sided_p(statistic, df),
        dispersion=dispersion,
    )
