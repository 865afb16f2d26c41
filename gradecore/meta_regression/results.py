"""What a meta-regression gives back, and the plan it followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gradecore.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionPlan:
    """How to fit: model, estimator of tau², interval and level.

    ``wald`` uses the normal distribution, ``t`` the same SEs with t and k - p degrees of freedom,
    ``hksj`` the SEs of Knapp and Hartung with that t.
    """

    model: Literal["common", "mixed"] = "mixed"
    estimator: str = "REML"
    interval: Literal["wald", "t", "hksj"] = "wald"
    level: float = 0.95
    intercept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One coefficient on the analysis scale, with its test and interval; df None means normal."""

    name: str
    estimate: float
    se: float
    statistic: float | None
    df: int | None
    p: float | None
    ci_lower: float
    ci_upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratorTest:
    """The test of all coefficients but the intercept: chi² (``df2`` None) or F."""

    statistic: float | None
    df1: int
    df2: int | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaRegression:
    """A fitted meta-regression; all on the analysis scale.

    ``covariance`` is p by p, row by row. ``residual_q`` is the test of residual heterogeneity
    with inverse-variance weights, ``i2`` and ``r2`` are in percent, ``r2`` None without an
    intercept or a random effect. ``fitted`` has one value and SE per study used, whose rows
    ``used`` gives. ``tau2_null`` is tau² without moderators by the same estimator.
    """

    k: int
    coefficients: tuple[Coefficient, ...]
    covariance: tuple[tuple[float, ...], ...]
    plan: RegressionPlan
    tau2: float
    tau2_se: float | None
    tau2_lower: float | None
    tau2_upper: float | None
    tau2_null: float | None
    residual_q: float
    residual_df: int
    residual_p: float
    moderators: ModeratorTest
    i2: float
    h2: float
    r2: float | None
    fitted: tuple[float, ...]
    fitted_se: tuple[float, ...]
    used: tuple[int, ...]
    converged: bool = True
    multimodal: bool = False
    notes: tuple[Note, ...] = ()

    def coefficient(self, name: str) -> Coefficient:
        """Return the coefficient of that name; KeyError if there is none."""
        for found in self.coefficients:
            if found.name == name:
                return found
        raise KeyError(name)
