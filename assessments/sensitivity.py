"""How firm a pooled estimate is: refits without a study, without high risk, by other models.

The engine computes every series; here it is asked with the body of evidence of an outcome, and
what comes back gets its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessments.bodies import Gathered
from assessments.language import _
from assessments.review import Result, Study
from assessments.store.project_file import Project
from gradecore import sensitivity
from gradecore.bootstrap import Bootstrap
from gradecore.bootstrap import bootstrap as drawn_again
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PoolingPlan
from gradecore.results import PooledEstimate
from gradecore.sensitivity import Influence, SeriesRow

__all__ = ["Bootstrap", "Influence", "ModelResult", "SeriesRow", "bootstrap", "cumulative",
           "influence", "leave_one_out", "models_side_by_side", "moves_much", "stands_out",
           "without_high_risk"]

Step = Callable[[int, int], None]
_RESIDUAL = 1.959963984540054
_MEDIAN_CHI2 = 0.4549364231195728
"""Median of the chi-square distribution with one degree of freedom."""


def leave_one_out(found: Gathered, step: Step | None = None) -> tuple[SeriesRow, ...]:
    """Return the result without each study in turn; none with fewer than two studies.

    ``step(done, of)`` is called before and after, so that long work can be called off.
    """
    if found.plan is None or found.pooled is None:
        return ()
    count = len(found.body.studies)
    if step is not None:
        step(0, count)
    rows = sensitivity.leave_one_out(found.body, found.plan)
    if step is not None:
        step(count, count)
    return rows


def cumulative(project: Project, found: Gathered, order: str = "year") -> tuple[SeriesRow, ...]:
    """Return the result of the first study, the first two, and so on.

    ``order`` is 'year' (studies without one come last) or 'weight' (heaviest first); studies
    that are equal in it keep the order of the list.
    """
    if found.plan is None or found.pooled is None or found.pooled.k < 2:
        return ()
    return sensitivity.cumulative(found.body, found.plan, _in_order(project, found, order))


def _in_order(project: Project, found: Gathered, order: str) -> tuple[str, ...]:
    keys = tuple(row.key for row in found.body.studies)
    if order == "weight" and found.pooled is not None:
        weights = {one.key: one.weight for one in found.pooled.studies}
        return tuple(sorted(keys, key=lambda key: -weights.get(key, 0.0)))
    years = {one.id: one.year for one in project.all(Study)}
    owners = {one.id: one.study for one in project.all(Result, outcome=found.outcome.id)}
    last = 9999
    return tuple(sorted(keys, key=lambda key: years.get(owners.get(key, "")) or last))


def influence(found: Gathered) -> tuple[Influence, ...]:
    """Return how much each study moves the result; none with fewer than two studies."""
    if found.plan is None or found.pooled is None:
        return ()
    return sensitivity.influence(found.body, found.plan)


def moves_much(one: Influence, count: int) -> bool:
    """Return whether a study is influential by the usual limits, which are conventions.

    Its change of the result exceeds 3·√(1 / (k − 1)) standard errors, its Cook's distance the
    median of a chi-square with one degree of freedom, or its weight three times the mean one.
    Source: Viechtbauer and Cheung 2010 (doi:10.1002/jrsm.11), with one coefficient.
    """
    limit = 3.0 * (1.0 / (count - 1)) ** 0.5 if count > 1 else float("inf")
    return (
        abs(one.dffits or 0.0) > limit or (one.cook or 0.0) > _MEDIAN_CHI2
        or one.weight / 100 > 3.0 / count
    )


def stands_out(one: Influence) -> bool:
    """Return whether the result of the others leaves a study outside its 95% range."""
    return abs(one.residual or 0.0) > _RESIDUAL


def without_high_risk(found: Gathered) -> PooledEstimate | None:
    """Return the result without the studies at high risk of bias, None where there is none."""
    if found.plan is None or found.pooled is None:
        return None
    used = {one.key for one in found.pooled.studies if one.estimable}
    high = [row for row in found.body.studies if row.risk_of_bias == "high" and row.key in used]
    return sensitivity.without_high_risk(found.body, found.plan) if high else None


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


def bootstrap(found: Gathered, runs: int, seed: int, step: Step | None = None) -> Bootstrap | None:
    """Return the bootstrap interval of the pooled effect, None with fewer than two studies."""
    if found.pooled is None or found.pooled.k < 2:
        return None
    return drawn_again(found.pooled, runs, seed, step)
