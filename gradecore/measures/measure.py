"""What an effect measure is: its words, its scale, the data it needs, and its two formulas.

Table columns, plots, exports and sentences ask the measure instead of knowing measures by name.
Formulas take columns (arrays of one shape, the last axis running over studies) and a plan, and
return effects and variances on the analysis scale, NaN where a study gives no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gradecore.data import BoolArray, Columns, FloatArray, StudyData
from gradecore.profiles import PoolingPlan

Family = Literal[
    "dichotomous",
    "continuous",
    "rate",
    "time-to-event",
    "paired",
    "correlation",
    "proportion",
    "generic",
]


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredEffects:
    """Effects ``y`` and variances ``v`` on the analysis scale, all arrays of one shape.

    ``corrected`` marks studies to whose cells something was added; ``reason`` is empty where
    there is an effect, else the code of the reason why there is none.
    """

    y: FloatArray
    v: FloatArray
    corrected: BoolArray
    reason: np.ndarray[tuple[int, ...], np.dtype[np.str_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How values on the analysis scale are read: the back-transformation and its inverse."""

    code: str
    to_natural: Callable[[FloatArray], FloatArray]
    to_analysis: Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One effect measure.

    ``null`` is the value of no effect on the natural scale, None where there is none (a single
    proportion). ``axis`` is how a plot spaces natural values. ``ratio`` says that the natural
    scale is a ratio. ``weightings`` are the ways of weighting that suit it, the usual one first.
    ``words`` says in one sentence what the number means.
    """

    code: str
    name: str
    abbreviation: str
    family: Family
    data: type[StudyData]
    scale: Scale
    null: float | None
    axis: Literal["linear", "log"]
    words: str
    effects: Callable[[Columns, PoolingPlan], MeasuredEffects]
    weightings: tuple[str, ...] = ("inverse-variance",)

    @property
    def ratio(self) -> bool:
        """Whether the natural scale is a ratio, analysed as its logarithm."""
        return self.scale.code == "log"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the numbers needed per study."""
        return self.data.COLUMNS

    def natural(self, value: float) -> float:
        """Return a value of the analysis scale as people read it."""
        return float(self.scale.to_natural(np.float64(value)))  # type: ignore[arg-type]

    def analysis(self, value: float) -> float:
        """Return a value people read on the analysis scale."""
        return float(self.scale.to_analysis(np.float64(value)))  # type: ignore[arg-type]

    @property
    def analysis_null(self) -> float:
        """The value of no effect on the analysis scale, 0 where there is none."""
        return 0.0 if self.null is None else self.analysis(self.null)


def _same(value: FloatArray) -> FloatArray:
    return value


def _expit(value: FloatArray) -> FloatArray:
    return 1.0 / (1.0 + np.exp(-value))


def _logit(value: FloatArray) -> FloatArray:
    return np.log(value) - np.log1p(-value)


def _from_arcsine(value: FloatArray) -> FloatArray:
    bounded: FloatArray = np.clip(value, 0.0, 0.5 * np.pi)
    return np.sin(bounded) ** 2


def _to_arcsine(value: FloatArray) -> FloatArray:
    turned: FloatArray = np.arcsin(np.sqrt(value))
    return turned


IDENTITY = Scale(code="identity", to_natural=_same, to_analysis=_same)
LOG = Scale(code="log", to_natural=np.exp, to_analysis=np.log)
LOGIT = Scale(code="logit", to_natural=_expit, to_analysis=_logit)
FISHER_Z = Scale(code="fisher-z", to_natural=np.tanh, to_analysis=np.arctanh)
ARCSINE = Scale(code="arcsine", to_natural=_from_arcsine, to_analysis=_to_arcsine)


def measured(y: FloatArray, v: FloatArray, corrected: BoolArray | None = None) -> MeasuredEffects:
    """Return effects as they are; whether they can be pooled is asked later."""
    return MeasuredEffects(
        y,
        v,
        np.zeros(y.shape, bool) if corrected is None else corrected,
        np.where(np.isnan(y) | np.isnan(v), "undefined", ""),
    )


def left_out(effects: MeasuredEffects, where: BoolArray, reason: str) -> MeasuredEffects:
    """Return the effects with those marked taken out, for a reason given by its code."""
    return MeasuredEffects(
        np.where(where, np.nan, effects.y),
        np.where(where, np.nan, effects.v),
        effects.corrected & ~where,
        np.where(where, reason, effects.reason),
    )
