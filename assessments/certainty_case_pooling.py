"""Pools the studies of a worked case as a new review does by default.

Studies come as effects with standard errors, or as the numbers of their arms under the names of
the oracle: ``ai, n1i, ci, n2i`` and ``m1i, sd1i, n1i, m2i, sd2i, n2i``.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessments.certainty_case_fields import CaseProblem, Fields, as_number, as_triple
from assessments.language import _
from gradecore.grade.evidence import RATIO_MEASURES, PooledNumbers, Restricted, StudyEvidence

if TYPE_CHECKING:
    from gradecore.data import StudyData
    from gradecore.results import PooledEstimate, StudyEffect

_PROFILE = "cochrane-current"
_ARMS = {
    "events_experimental": ("ai", "events_1", "events_intervention", "x1i", "events_t", "events_i",
                            "events_e"),
    "total_experimental": ("n1i", "n_1", "n1", "n_intervention", "n_t", "n_i", "n_e"),
    "events_control": ("ci", "events_2", "events_comparator", "events_control", "x2i", "events_c"),
    "total_control": ("n2i", "n_2", "n2", "n_comparator", "n_control", "n_c"),
    "mean_experimental": ("m1i", "mean_1", "m1"), "sd_experimental": ("sd1i", "sd_1", "sd1"),
    "mean_control": ("m2i", "mean_2", "m2"), "sd_control": ("sd2i", "sd_2", "sd2"),
    "time_experimental": ("t1i", "time_1"), "time_control": ("t2i", "time_2"),
}
"""Column of the engine → the names that cases give it, those of the oracle first."""


def scaled(value: float | None, measure: str, on_analysis: bool) -> float | None:
    """Return a number of the effect on the analysis scale; a ratio of 0 is far below all."""
    if value is None or on_analysis or measure not in RATIO_MEASURES:
        return value
    if value < 0:
        raise CaseProblem(_("A ratio cannot be negative."))
    return math.log(value) if value > 0 else -745.0


def effect_of_arms(group: Fields, measure: str) -> StudyEffect | None:
    """Return the effect of one study from the numbers of its arms, None if it has none.

    Raises:
        InputError: the numbers cannot be.
    """
    from gradecore.data import BodyOfEvidence, StudyRow
    from gradecore.measures import MEASURES
    from gradecore.pooling import pool
    from gradecore.profiles import plan_for

    data = _arms(group, MEASURES[measure].data) if measure in MEASURES else None
    if data is None:
        return None
    row = StudyRow(key="1", label="", data=data)
    found = pool(BodyOfEvidence(studies=(row,)), plan_for(_PROFILE, measure)).studies[0]
    return found if found.estimable else None


def arm_columns(case: Fields, measure: str) -> dict[str, list[float | None]]:
    """Return the columns of numbers that the measure works with; empty where one is missing."""
    from gradecore.measures import MEASURES

    wanted = MEASURES[measure].columns if measure in MEASURES else ()
    found = {name: case.numbers(name, *_ARMS.get(name, ())) for name in wanted}
    known = {name: column for name, column in found.items() if column}
    return known if known and len(known) == len(found) else {}


def _arms(group: Fields, wanted: type[StudyData]) -> StudyData | None:
    """Return the numbers that the measure works with, None if one is missing."""
    values: dict[str, Any] = {
        name: group.number(name, *_ARMS.get(name, ())) for name in wanted.COLUMNS
    }
    return None if any(value is None for value in values.values()) else wanted(**values)


def restricted(
    case: Fields, measure: str, studies: tuple[StudyEvidence, ...]
) -> Restricted | None:
    """Return the estimate without studies at high risk of bias: as told, else pooled here."""
    given = case.find("mu_low", "without_high", "low_rob", "restricted", "estimate_low_rob",
                      "low_rob_only", "without_high_rob", "low_rob_studies")
    if given is not None:
        point, low, high = as_triple(given, "mu_low")
        natural = measure in RATIO_MEASURES and case.find("mu_low") is None
        ends = [scaled(one, measure, not natural) for one in (point, low, high)]
        first = ends[0] if ends[0] is not None else 0.0
        second, third = (first if one is None else one for one in ends[1:])
        kept = sum(study.rob != "high" for study in studies) or 1
        return Restricted(
            k=kept,
            pooled=PooledNumbers(effect=first, low=second, high=third),
            p_between=case.number("p_between"),
        )
    rest = tuple(study for study in studies if study.rob != "high")
    pooling = kind_of_pooling(case)
    if pooling is None or not 1 <= len(rest) < len(studies):
        return None
    if any(study.se is None or study.effect is None for study in studies):
        return None
    between = _pool(pooling, studies, apart=True).between_subgroups
    told = case.number("p_between")
    return Restricted(
        k=len(rest), pooled=numbers_of(_pool(pooling, rest)),
        p_between=told if told is not None else (between.p if between else None),
    )


def kind_of_pooling(case: Fields) -> dict[str, Any] | None:
    """Return model, estimator and interval as the case names them; None where nothing is pooled."""
    if case.text("body_kind", "provenance", "row_type", "body") == "narrative":
        return None
    from gradecore.between_study_variance import ESTIMATORS

    chosen: dict[str, Any] = {}
    model = case.text("model")
    if model in ("common", "fixed", "common_effect", "fixed_effect"):
        chosen["model"] = "common"
    elif model in ("random", "random_effects"):
        chosen["model"] = "random"
    estimator = case.text("tau2_method", "tau2_estimator", "estimator")
    if estimator is not None and estimator.upper() in ESTIMATORS:
        chosen["tau2_estimator"] = estimator.upper()
    interval = {"hk": "hksj", "hartung_knapp": "hksj", "knapp_hartung": "hksj", "hksj": "hksj",
                "wald": "wald", "normal": "wald", "z": "wald"}.get(case.text("ci_method") or "")
    return chosen | ({"interval": interval} if interval else {})


def pool_studies(
    case: Fields, studies: tuple[StudyEvidence, ...]
) -> tuple[tuple[StudyEvidence, ...], PooledNumbers | None]:
    """Pool effects on the analysis scale as the case says, else as a new review does.

    Studies whose weights are not told get those of the model.
    """
    pooling = kind_of_pooling(case)
    if pooling is None or any(one.effect is None or one.se is None for one in studies):
        return studies, None
    found = _pool(pooling, studies)
    pooled = numbers_of(found)
    if pooled is not None and all(study.weight is None for study in studies):
        studies = tuple(
            replace(study, weight=row.weight / 100)
            for study, row in zip(studies, found.studies, strict=True)
        )
    return studies, pooled


def _pool(
    pooling: dict[str, Any], studies: tuple[StudyEvidence, ...], *, apart: bool = False
) -> PooledEstimate:
    """Return the pooled estimate; ``apart`` makes studies at high risk of bias a subgroup."""
    from gradecore.data import BodyOfEvidence, ReportedEffect, StudyRow
    from gradecore.pooling import pool
    from gradecore.profiles import plan_for

    rows = tuple(
        StudyRow(
            key=str(place),
            label=study.label,
            data=ReportedEffect(
                estimate=as_number(study.effect, "y"), se=study.se, scale="analysis"
            ),
            subgroup=("high" if study.rob == "high" else "rest") if apart else "",
        )
        for place, study in enumerate(studies)
    )
    return pool(BodyOfEvidence(studies=rows), plan_for(_PROFILE, "GEN", **pooling))


def numbers_of(found: PooledEstimate) -> PooledNumbers | None:
    """Return the pooled numbers as the page GRADE takes them from an analysis."""
    from assessments.rating_evidence import numbers_of as of_analysis

    return of_analysis(found)
