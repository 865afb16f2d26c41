"""How firm a pooled estimate is: refits without a study, without high risk, by other models.

The engine computes every series; here it is asked with the body of evidence of an outcome, and
what comes back gets its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessments.bodies import Gathered
from assessments.language import _
from gradecore import sensitivity
from gradecore.bootstrap import Bootstrap
from gradecore.bootstrap import bootstrap as drawn_again
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PoolingPlan
from gradecore.results import PooledEstimate
from gradecore.sensitivity import SeriesRow

__all__ = ["Bootstrap", "ModelResult", "SeriesRow", "bootstrap", "leave_one_out",
           "models_side_by_side", "without_high_risk"]

Step = Callable[[int, int], None]


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
