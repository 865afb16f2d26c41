"""How firm a pooled estimate is: refits without a study, without high risk, by other models.

Every refit asks the engine for a selection of the same studies by the same plan, so that its
numbers are comparable; nothing is estimated here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from assessments.bodies import Gathered
from assessments.language import _
from gradecore import selections
from gradecore.batch import BatchResult, pool_batch
from gradecore.body_arrays import body_arrays
from gradecore.data import BoolArray
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PoolingPlan
from gradecore.reporting import Reader, effect_interval, heterogeneity_of
from gradecore.results import EffectInterval, Heterogeneity, PooledEstimate
from gradecore.study_arrays import pool_selections

Step = Callable[[int, int], None]
_CHUNK = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """The pooled result of a selection; ``key`` is the row left out, '' where it is none."""

    key: str
    label: str
    k: int
    shown: EffectInterval | None
    heterogeneity: Heterogeneity | None


def leave_one_out(found: Gathered, step: Step | None = None) -> tuple[Refit, ...]:
    """Return one refit for each study that takes part, without that study.

    ``step(done, of)`` is called between portions of long work. Nothing with fewer than two
    studies, or where nothing was pooled.
    """
    if found.plan is None or found.pooled is None:
        return ()
    part = [n for n, one in enumerate(found.pooled.studies) if one.estimable]
    if len(part) < 2:
        return ()
    members = np.zeros((len(part), len(found.pooled.studies)), bool)
    members[:, part] = selections.all_but_one(len(part))
    labels = [(found.pooled.studies[n].key, found.pooled.studies[n].label) for n in part]
    return _refits(found, members, labels, step)


def without_high_risk(found: Gathered) -> Refit | None:
    """Return the refit without the studies at high risk of bias, None where there is none."""
    if found.plan is None or found.pooled is None:
        return None
    high = [row.risk_of_bias == "high" for row in found.body.studies]
    used = [one.estimable for one in found.pooled.studies]
    if not any(a and b for a, b in zip(high, used, strict=True)):
        return None
    members = np.array([[not one for one in high]])
    return _refits(found, members, [("", _("Without studies at high risk of bias"))], None)[0]


def _refits(
    found: Gathered, members: BoolArray, labels: list[tuple[str, str]], step: Step | None
) -> tuple[Refit, ...]:
    assert found.plan is not None
    plan = replace(found.plan, tau2_interval="none")
    arrays = body_arrays(found.body, plan).arrays
    read = Reader(MEASURES[plan.measure], found.body, arrays)
    refits: list[Refit] = []
    for first in range(0, len(members), _CHUNK):
        if step is not None:
            step(first, len(members))
        chosen = members[first : first + _CHUNK]
        result = pool_selections(arrays, chosen, plan)
        names = labels[first : first + _CHUNK]
        refits += [_refit(result, row, read, plan, name) for row, name in enumerate(names)]
    return tuple(refits)


def _refit(
    result: BatchResult, row: int, read: Reader, plan: PoolingPlan, name: tuple[str, str]
) -> Refit:
    return Refit(
        key=name[0],
        label=name[1],
        k=int(result.k[row]),
        shown=_shown(result, row, read, plan),
        heterogeneity=heterogeneity_of(result, row, plan),
    )


def _shown(result: BatchResult, row: int, read: Reader, plan: PoolingPlan) -> EffectInterval | None:
    other = bool(result.used_hksj[row])
    method = ("t" if plan.interval == "t" else "hksj") if other else "wald"
    return effect_interval(result.estimate, result.shown, row, (read, method, plan.level))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelResult:
    """One way of pooling the same studies, in words, with its result; ``chosen`` is the team's."""

    label: str
    pooled: PooledEstimate
    chosen: bool = False


def models_side_by_side(found: Gathered) -> tuple[ModelResult, ...]:
    """Return the chosen plan and the usual alternatives, each pooled from the same studies."""
    if found.plan is None or found.pooled is None:
        return ()
    made = [ModelResult(label=_("As chosen"), pooled=found.pooled, chosen=True)]
    for label, plan in _alternatives(found.plan):
        if plan != found.plan:
            made.append(ModelResult(label=label, pooled=pool(found.body, plan)))
    return tuple(made)


def _alternatives(plan: PoolingPlan) -> tuple[tuple[str, PoolingPlan], ...]:
    common = replace(
        plan, model="common", interval="wald", prediction="none", tau2_interval="none",
        i2_from="q", weighting="inverse-variance",
    )
    random = replace(plan, model="random", weighting="inverse-variance", prediction="matching")
    found = [(_("Common effect, inverse variance"), common)]
    possible = MEASURES[plan.measure].weightings
    if "mantel-haenszel" in possible:
        found.append(
            (_("Common effect, Mantel-Haenszel"), replace(common, weighting="mantel-haenszel"))
        )
    if "peto" in possible:
        found.append((_("Common effect, Peto"), replace(common, weighting="peto")))
    found += [
        (_("Random effects, REML, Hartung-Knapp"),
         replace(random, tau2_estimator="REML", interval="hksj")),
        (_("Random effects, REML, Wald"),
         replace(random, tau2_estimator="REML", interval="wald")),
        (_("Random effects, Paule-Mandel, Hartung-Knapp"),
         replace(random, tau2_estimator="PM", interval="hksj")),
        (_("Random effects, DerSimonian-Laird, Wald"),
         replace(random, tau2_estimator="DL", interval="wald")),
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """The interval between percentiles of the pooled effect over resampled studies.

    ``lower`` and ``upper`` are on the natural scale; ``runs`` counts those that gave an estimate.
    """

    runs: int
    wanted: int
    level: float
    lower: float
    upper: float
    seed: int


def bootstrap(found: Gathered, runs: int, seed: int, step: Step | None = None) -> Bootstrap | None:
    """Return the bootstrap interval of the pooled effect by inverse variance.

    Studies are drawn with replacement; the same seed gives the same interval. None with fewer
    than two studies.
    """
    if found.plan is None or found.pooled is None or found.pooled.k < 2:
        return None
    plan = replace(found.plan, weighting="inverse-variance", tau2_interval="none")
    used = [one for one in found.pooled.studies if one.estimable]
    y = np.array([one.estimate for one in used], float)
    v = np.array([one.se for one in used], float) ** 2
    draw = np.random.default_rng(seed)
    estimates = []
    for first in range(0, runs, _CHUNK):
        if step is not None:
            step(first, runs)
        rows = draw.integers(0, len(y), (min(_CHUNK, runs - first), len(y)))
        estimates.append(pool_batch(y[rows], v[rows], plan).estimate)
    every = np.concatenate(estimates)
    every = every[np.isfinite(every)]
    tail = 50.0 * (1.0 - plan.level)
    low, high = np.percentile(every, [tail, 100.0 - tail])
    natural = MEASURES[plan.measure].natural
    return Bootstrap(runs=len(every), wanted=runs, level=plan.level, lower=natural(float(low)),
                     upper=natural(float(high)), seed=seed)
