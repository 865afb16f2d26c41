"""What pooling gives back: frozen values, each with its scale in its docstring.

"Analysis scale" is where the arithmetic happens (the natural logarithm for ratios), "natural
scale" is what people read (the ratio itself). A number that does not exist is None, never NaN.
Percentages run from 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass

from gradecore.notes import Note
from gradecore.profiles import PoolingPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectInterval:
    """An estimate with its interval on both scales, and the test of no effect.

    ``df`` is None where the normal distribution was used. ``se`` and ``statistic`` belong to the
    analysis scale.
    """

    method: str
    estimate: float
    se: float
    ci_lower: float
    ci_upper: float
    natural_estimate: float
    natural_ci_lower: float
    natural_ci_upper: float
    statistic: float | None
    df: int | None
    p: float | None
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionInterval:
    """Where the effect of a new, similar study is expected, on both scales.

    ``method`` is ``normal``, ``t-k-1`` or ``t-k-2``.
    """

    method: str
    lower: float
    upper: float
    natural_lower: float
    natural_upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """How much the studies differ beyond chance.

    ``tau2`` is on the squared analysis scale and None under the common-effect model; ``i2`` is
    the value shown, ``i2_from`` says from what it was computed; both versions are kept. The
    intervals are None where the plan asks for none or k < 2. ``converged`` is False when the
    estimator of tau² did not settle; ``multimodal`` when the likelihood has several maxima.
    """

    q: float
    df: int
    p: float
    i2: float
    i2_from: str
    i2_from_q: float
    i2_from_tau2: float | None
    h2: float
    h2_from_q: float
    estimator: str | None = None
    tau2: float | None = None
    tau: float | None = None
    tau2_se: float | None = None
    tau2_lower: float | None = None
    tau2_upper: float | None = None
    i2_lower: float | None = None
    i2_upper: float | None = None
    h2_lower: float | None = None
    h2_upper: float | None = None
    i2_test_lower: float | None = None
    i2_test_upper: float | None = None
    converged: bool = True
    multimodal: bool = False
    iterations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEffect:
    """One study's effect, its Wald interval and its share of the total.

    ``estimable`` is False, the effect None and the weight 0 when the data give no effect;
    ``reason`` is then the code of the note that says why. ``weight`` is in percent of the total.
    """

    key: str
    label: str
    subgroup: str
    estimable: bool
    reason: str
    estimate: float | None
    se: float | None
    ci_lower: float | None
    ci_upper: float | None
    natural_estimate: float | None
    natural_ci_lower: float | None
    natural_ci_upper: float | None
    weight: float
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """People and events per arm over all studies shown; None where no study states them."""

    participants_experimental: float | None = None
    participants_control: float | None = None
    events_experimental: float | None = None
    events_control: float | None = None

    @property
    def participants(self) -> float | None:
        """People in both arms together."""
        return _sum(self.participants_experimental, self.participants_control)

    @property
    def events(self) -> float | None:
        """Events in both arms together."""
        return _sum(self.events_experimental, self.events_control)


def _sum(*parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenSubgroups:
    """The test whether subgroups differ; ``i2`` in percent.

    ``method`` is ``own-tau2`` (Q across subgroup estimates) or ``common-tau2`` (mixed model).
    """

    method: str
    q: float
    df: int
    p: float
    i2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgroupEstimate:
    """The pooled result of one subgroup; ``weight`` is its share of the total in percent."""

    name: str
    weight: float
    pooled: PooledEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledEstimate:
    """The result of pooling one body of evidence by one plan.

    ``k`` counts the estimable studies. ``shown`` is the interval the plan chose and None when
    nothing could be pooled; ``wald`` and ``hksj`` are both kept for comparison. ``uncorrected``
    is the Mantel-Haenszel result without anything added to zero cells, where that differs.
    ``point`` is the pooled effect on the analysis scale even where it has no standard error
    (Mantel-Haenszel risk differences of studies without any event).
    ``fingerprint`` is the SHA-256 of the input and the plan.
    """

    measure: str
    plan: PoolingPlan
    k: int
    studies: tuple[StudyEffect, ...]
    totals: Totals
    shown: EffectInterval | None
    wald: EffectInterval | None
    hksj: EffectInterval | None
    heterogeneity: Heterogeneity | None
    prediction: PredictionInterval | None
    point: float | None = None
    predictions: tuple[PredictionInterval, ...] = ()
    uncorrected: EffectInterval | None = None
    notes: tuple[Note, ...] = ()
    subgroups: tuple[SubgroupEstimate, ...] = ()
    between_subgroups: BetweenSubgroups | None = None
    fingerprint: str = ""
    engine_version: str = ""

    @property
    def estimate(self) -> float | None:
        """The pooled effect on the analysis scale."""
        return None if self.shown is None else self.shown.estimate

    @property
    def se(self) -> float | None:
        """Its standard error on the analysis scale, of the interval shown."""
        return None if self.shown is None else self.shown.se

    @property
    def participants(self) -> float | None:
        """People in both arms of all studies shown."""
        return self.totals.participants

    @property
    def events(self) -> float | None:
        """Events in both arms of all studies shown."""
        return self.totals.events
