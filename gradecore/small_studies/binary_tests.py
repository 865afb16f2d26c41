"""Tests for funnel plot asymmetry that start from two-by-two tables.

Log odds ratios and their SEs are correlated by construction; these tests use other measures of
study size instead. Sources: Harbord 2006 (doi:10.1002/sim.2380), Peters 2006
(doi:10.1001/jama.295.6.676), Macaskill 2001 (doi:10.1002/sim.698), Schwarzer 2007 (rank test of
the cell counts), and the general tests of Egger, Begg and Thompson on the log odds ratios.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradecore.data import BinaryArms, FloatArray
from gradecore.input_checks import check_columns
from gradecore.input_errors import InputError
from gradecore.measures.odds_ratio import ODDS_RATIO
from gradecore.meta_regression import RegressionPlan
from gradecore.notes import Note
from gradecore.profiles import PoolingPlan
from gradecore.small_studies.hypergeometric import conditional_moments
from gradecore.small_studies.rank_test import begg, rank_correlation
from gradecore.small_studies.regression_tests import Column, few_studies, regtest
from gradecore.small_studies.weighted_line import Line, weighted_line
from gradecore.study_columns import complete_columns
from gradecore.zero_cells import Tables, corrected, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryAsymmetry:
    """The outcome of one test; what a rank test or a regression does not have is None.

    ``bias`` is the slope on the test's regressor, ``score`` the score of a rank test.
    ``df`` None means the normal distribution.
    """

    test: str
    k: int
    statistic: float | None
    p: float | None
    df: int | None = None
    bias: float | None = None
    bias_se: float | None = None
    intercept: float | None = None
    intercept_se: float | None = None
    score: float | None = None
    score_se: float | None = None
    tau2: float | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InformativeTables:
    """Two-by-two tables, one per study (k,), raw and with something added to empty cells.

    Tables in which nobody or everybody had the event are left out, and a note says so.
    """

    raw: Tables
    corrected: Tables
    log_odds_ratio: FloatArray
    variance: FloatArray
    notes: tuple[Note, ...]

    @property
    def k(self) -> int:
        """Number of tables."""
        return int(self.raw.a.size)

    @property
    def events(self) -> FloatArray:
        """Events in both arms."""
        return self.raw.a + self.raw.c


def tables_of(
    events_experimental: Column,
    total_experimental: Column,
    events_control: Column,
    total_control: Column,
    *,
    increment: float = 0.5,
) -> InformativeTables:
    """Return the checked tables; ``increment`` is added to all cells of a table with a zero.

    InputError naming study and column for events that are negative or more than the people.
    """
    given = (events_experimental, total_experimental, events_control, total_control)
    data = complete_columns(dict(zip(BinaryArms.COLUMNS, given, strict=True)))
    columns = {name: data.column(name) for name in data.names}
    check_columns(columns, [str(row + 1) for row in data.used])
    raw = tables(columns)
    keep = ~(raw.no_events | raw.all_events)
    notes = (*data.notes, *_left_out([data.used[i] + 1 for i in np.flatnonzero(~keep)]))
    plan = PoolingPlan(measure="OR", zero_cell_increment=increment)
    chosen = {name: column[keep] for name, column in columns.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        effects = ODDS_RATIO.effects(chosen, plan)
    if not np.all(np.isfinite(effects.y)):
        raise InputError("Without an addition to empty cells some odds ratios do not exist.")
    return InformativeTables(
        raw=tables(chosen),
        corrected=corrected(tables(chosen), plan),
        log_odds_ratio=effects.y,
        variance=effects.v,
        notes=(*notes, *few_studies(int(keep.sum()))),
    )


def _left_out(studies: list[int]) -> tuple[Note, ...]:
    if not studies:
        return ()
    told = ", ".join(str(study) for study in studies)
    note = Note(
        code="no_events_or_all_events",
        sentence=f"Left out because nobody or everybody had the event: study {told}.",
        facts=(("studies", told),),
    )
    return (note,)


def harbord(data: InformativeTables) -> BinaryAsymmetry:
    """Return the regression of Z/V on 1/sqrt(V) with weights V, the score and its variance."""
    score, variance = score_statistics(data)
    line = weighted_line(score / variance, 1.0 / np.sqrt(variance), variance, regressor="1/sqrt(V)")
    return _of_line("harbord", data, line)


def score_statistics(data: InformativeTables) -> tuple[FloatArray, FloatArray]:
    """Return Z = a - n1 m/N and V = n1 n2 m (N - m)/(N² (N - 1)), m the events."""
    n, m = data.raw.n, data.events
    z = data.raw.a - data.raw.n1 * m / n
    v = data.raw.n1 / n * (data.raw.n2 / n) * m * ((n - m) / (n - 1.0))
    return z, v


def peters(data: InformativeTables) -> BinaryAsymmetry:
    """Return the regression of ln OR on 1/N with weights 1/(1/m + 1/(N - m))."""
    n, m = data.raw.n, data.events
    weights = 1.0 / (1.0 / m + 1.0 / (n - m))
    line = weighted_line(data.log_odds_ratio, 1.0 / n, weights, regressor="1/N")
    return _of_line("peters", data, line)


def macaskill(data: InformativeTables) -> BinaryAsymmetry:
    """Return the regression of ln OR on N with inverse-variance weights."""
    line = weighted_line(data.log_odds_ratio, data.raw.n, 1.0 / data.variance, regressor="N")
    return _of_line("macaskill", data, line)


def egger_odds_ratio(data: InformativeTables) -> BinaryAsymmetry:
    """Return Egger's test of the log odds ratios."""
    v = data.variance
    line = weighted_line(data.log_odds_ratio, np.sqrt(v), 1.0 / v, regressor="sei")
    return _of_line("egger", data, line)


def thompson(data: InformativeTables) -> BinaryAsymmetry:
    """Return the test of Thompson and Sharp: SE as a moderator, REML, t distribution."""
    plan = RegressionPlan(interval="t")
    found = regtest(data.log_odds_ratio, data.variance, plan=plan)
    return BinaryAsymmetry(
        test="thompson",
        k=data.k,
        statistic=found.statistic,
        p=found.p,
        df=found.df,
        bias=found.slope,
        bias_se=found.slope_se,
        intercept=found.limit,
        intercept_se=found.limit_se,
        tau2=found.tau2,
        notes=data.notes,
    )


def begg_odds_ratio(data: InformativeTables) -> BinaryAsymmetry:
    """Return Begg's rank test of the log odds ratios, by the normal approximation."""
    found = begg(data.log_odds_ratio, data.variance)
    return BinaryAsymmetry(
        test="begg",
        k=data.k,
        statistic=found.statistic,
        p=found.p_normal,
        score=float(found.score),
        score_se=found.score_se,
        notes=data.notes,
    )


def schwarzer(data: InformativeTables) -> BinaryAsymmetry:
    """Return the rank test of cell counts against their conditional mean and variance.

    Mean and variance are those of the noncentral hypergeometric distribution at the
    Mantel-Haenszel odds ratio of the corrected tables.
    """
    if data.k < 3:
        raise InputError(f"This test needs at least 3 studies; there are {data.k}.")
    cells = data.corrected
    r, s = np.sum(cells.a * cells.d / cells.n), np.sum(cells.b * cells.c / cells.n)
    odds_ratio = float(r / s)
    mean, variance = conditional_moments(data.raw.n1, data.raw.n2, data.events, odds_ratio)
    found = rank_correlation((data.raw.a - mean) / np.sqrt(variance), 1.0 / variance)
    return BinaryAsymmetry(
        test="schwarzer",
        k=data.k,
        statistic=found.statistic,
        p=found.p_normal,
        score=float(found.score),
        score_se=found.score_se,
        notes=data.notes,
    )


def _of_line(test: str, data: InformativeTables, line: Line) -> BinaryAsymmetry:
    return BinaryAsymmetry(
        test=test,
        k=data.k,
        statistic=line.statistic,
        p=line.p,
        df=line.df,
        bias=line.slope,
        bias_se=line.slope_se,
        intercept=line.intercept,
        intercept_se=line.intercept_se,
        notes=data.notes,
    )


BINARY_TESTS: dict[str, Callable[[InformativeTables], BinaryAsymmetry]] = {
    "harbord": harbord,
    "peters": peters,
    "macaskill": macaskill,
    "schwarzer": schwarzer,
    "thompson": thompson,
    "egger": egger_odds_ratio,
    "begg": begg_odds_ratio,
}
"""The tests by their codes; Harbord and Peters are the ones to use with odds ratios."""
