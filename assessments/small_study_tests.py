"""Do small studies tell another story? The tests for one body of evidence, with which is advised.

Nothing is computed here: the engine's tests are asked with the effects of the pooled estimate.
Advice after Sterne 2011 (doi:10.1136/bmj.d4002) and the Cochrane Handbook, chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from assessments.bodies import Gathered
from assessments.language import _
from gradecore.data import BinaryArms
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.meta_regression import RegressionPlan
from gradecore.results import PooledEstimate
from gradecore.small_studies import (
    BINARY_TESTS,
    TrimAndFill,
    begg,
    egger,
    regtest,
    tables_of,
    trim_and_fill,
)

ADVISED_FROM = 10
_FOR_ODDS = ("harbord", "peters")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsymmetryRow:
    """One test: its name, statistic and p, whether it suits the measure, or why it is missing."""

    code: str
    name: str
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    suits: bool = True
    problem: str = ""


def effects_of(pooled: PooledEstimate) -> tuple[list[float], list[float]]:
    """Return effects and variances of the studies that were pooled."""
    used = [one for one in pooled.studies if one.estimable]
    return (
        [float(one.estimate or 0.0) for one in used],
        [float(one.se or 0.0) ** 2 for one in used],
    )


def asymmetry_rows(found: Gathered) -> tuple[AsymmetryRow, ...]:
    """Return the tests for funnel plot asymmetry that the data allow, from three studies on."""
    pooled = found.pooled
    if pooled is None or pooled.k < 3:
        return ()
    y, v = effects_of(pooled)
    plain = _plain(pooled)
    return (
        egger_row(pooled),
        _row("thompson", _("Regression on the SE with random effects"), plain,
             lambda: regtest(y, v, plan=RegressionPlan(interval="t"))),
        _begg(y, v, suits=plain),
        *rows_of_tables(found),
    )


def _plain(pooled: PooledEstimate) -> bool:
    """Return whether standard errors and effects of this measure do not depend on each other."""
    dichotomous = MEASURES[pooled.measure].family == "dichotomous"
    return not dichotomous and not pooled.measure.startswith("SMD")


def egger_row(pooled: PooledEstimate) -> AsymmetryRow:
    """Return Egger's test of the studies that were pooled."""
    y, v = effects_of(pooled)
    return _row("egger", _("Egger, weighted regression on the SE"), _plain(pooled),
                lambda: egger(y, v))


def _row(code: str, name: str, suits: bool, test: Callable[[], object]) -> AsymmetryRow:
    try:
        told = test()
    except InputError as error:
        return AsymmetryRow(code=code, name=name, suits=suits, problem=str(error))
    return AsymmetryRow(
        code=code, name=name, suits=suits, statistic=getattr(told, "statistic", None),
        df=getattr(told, "df", None), p=getattr(told, "p", None),
    )


def _begg(y: list[float], v: list[float], *, suits: bool) -> AsymmetryRow:
    name = _("Begg, rank correlation")
    try:
        told = begg(y, v)
    except InputError as error:
        return AsymmetryRow(code="begg", name=name, suits=suits, problem=str(error))
    p = told.p_exact if told.p_exact is not None else told.p_normal
    return AsymmetryRow(code="begg", name=name, suits=suits, statistic=told.statistic, p=p)


def rows_of_tables(found: Gathered) -> list[AsymmetryRow]:
    """Return the tests that need the 2 × 2 tables, none for other measures."""
    measure = found.pooled.measure if found.pooled is not None else ""
    arms = [row.data for row in found.body.studies
            if row.included and isinstance(row.data, BinaryArms)]
    if len(arms) < 3 or not measure or MEASURES[measure].family != "dichotomous":
        return []
    names = {
        "harbord": _("Harbord, score test of odds ratios"),
        "peters": _("Peters, log odds ratio on 1/N"),
    }
    try:
        tables = tables_of(
            [one.events_experimental for one in arms], [one.total_experimental for one in arms],
            [one.events_control for one in arms], [one.total_control for one in arms],
        )
    except InputError as error:
        return [AsymmetryRow(code="harbord", name=names["harbord"], problem=str(error))]
    suits = measure in ("OR", "PETO", "RR")
    return [
        _row(code, names[code], suits, partial(BINARY_TESTS[code], tables)) for code in _FOR_ODDS
    ]


def filled(found: Gathered) -> TrimAndFill | None:
    """Return trim and fill by the model and estimator of the plan, None below three studies."""
    pooled = found.pooled
    if pooled is None or pooled.k < 3:
        return None
    plan = RegressionPlan(
        model="mixed" if pooled.plan.model == "random" else "common",
        estimator=pooled.plan.tau2_estimator, level=pooled.plan.level,
    )
    y, v = effects_of(pooled)
    try:
        return trim_and_fill(y, v, plan=plan)
    except InputError:
        return None
