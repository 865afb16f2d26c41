"""Whether effects grow with the dose, from the doses that were entered with the results (UP-2).

The slope is that of a meta-regression of the study effects on the dose of the intervention, with
the model of the analysis. Source: Cochrane Handbook 10.11.4.
"""

from __future__ import annotations

import math
from itertools import pairwise

from assessments.bodies import Gathered
from assessments.language import _
from assessments.review import Result
from assessments.store.project_file import Project
from gradecore.grade.evidence import Gradient
from gradecore.input_errors import InputError
from gradecore.meta_regression import RegressionPlan, meta_regression

LEAST_STUDIES = 3
"""A slope beside an intercept needs one study more than coefficients."""
LEAST_CLASSES = 3

Point = tuple[float, float, float]
"""Dose, effect and variance of one study on the analysis scale."""


def gradient_of(project: Project, found: Gathered) -> Gradient | None:
    """Return the dose-response relation of a pooled body; None where no dose was entered."""
    if found.pooled is None:
        return None
    doses = {one.id: one.dose for one in project.all(Result, outcome=found.outcome.id)}
    points = [
        (dose, one.estimate, one.se**2)
        for one in found.pooled.studies
        if one.estimable and one.estimate is not None and one.se
        and (dose := doses.get(one.key)) is not None
    ]
    if not points:
        return None
    common = found.plan is not None and found.plan.model == "common"
    return gradient_of_points(points, found.outcome.dose_unit.strip(), common=common)


def gradient_of_points(points: list[Point], unit: str = "", *, common: bool = False) -> Gradient:
    """Return the slope of these effects on the dose, with random effects unless ``common``."""
    monotone = _monotone(points)
    gap = _gap(points)
    if gap:
        return Gradient(monotone=monotone, unit=unit, k=len(points), gap=gap)
    try:
        fit = meta_regression(
            [effect for _dose, effect, _v in points], [v for _dose, _effect, v in points],
            {"dose": [dose for dose, _effect, _v in points]},
            RegressionPlan(model="common" if common else "mixed"),
        )
    except InputError as error:
        return Gradient(monotone=monotone, unit=unit, k=len(points), gap=error.sentence)
    slope = fit.coefficients[-1]
    return Gradient(
        slope=slope.estimate, low=slope.ci_lower, high=slope.ci_upper, monotone=monotone,
        unit=unit, k=len(points),
    )


def _gap(points: list[Point]) -> str:
    if len(points) < LEAST_STUDIES:
        return _("A slope needs doses of three studies or more.")
    if len({dose for dose, _effect, _v in points}) < 2:
        return _("All studies used the same dose.")
    return ""


def _monotone(points: list[Point]) -> bool | None:
    """Return whether the effect moves away from no effect with each class of dose.

    Each dose is a class, with the mean effect weighted by inverse variances; None with fewer than
    three classes.
    """
    classes = sorted({dose for dose, _effect, _v in points})
    if len(classes) < LEAST_CLASSES:
        return None
    means = [
        _mean([(effect, v) for dose, effect, v in points if dose == one]) for one in classes
    ]
    direction = math.copysign(1.0, means[-1])
    return all(direction * (later - earlier) > 0 for earlier, later in pairwise(means))


def _mean(effects: list[tuple[float, float]]) -> float:
    total = sum(1 / v for _effect, v in effects)
    return sum(effect / v for effect, v in effects) / total
