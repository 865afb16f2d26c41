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

from gradecore.data import FloatArray
from gradecore.input_errors import InputError
from gradecore.meta_regression import RegressionPlan
from gradecore.notes import Note
from gradecore.small_studies.hypergeometric import conditional_moments
from gradecore.small_studies.rank_test import begg, rank_correlation
from gradecore.small_studies.regression_tests import Column, few_studies, regtest
from gradecore.small_studies.weighted_line import Line, weighted_line
from gradecore.study_columns import StudyColumns, complete_columns


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
class Tables:
    """Informative two-by-two tables, one per study (k,), raw and with the cells corrected.

    a of n1 have the event in the experimental arm, c of n2 in the control arm. Tables without an
    event, or with nothing but events, are left out, and a note says so.
    """

    a: FloatArray
    n1: FloatArray
    c: FloatArray
    n2: FloatArray
    log_odds_ratio: FloatArray
    variance: FloatArray
    corrected: FloatArray
    notes: tuple[Note, ...]

    @property
    def k(self) -> int:
        """Number of tables."""
        return int(self.a.size)

    @property
    def total(self) -> FloatArray:
        """People in both arms."""
        return self.n1 + self.n2

    @property
    def events(self) -> FloatArray:
        """Events in both arms."""
        return self.a + self.c


def tables_of(
    events_experimental: Column,
    total_experimental: Column,
    events_control: Column,
    total_control: Column,
    *,
    increment: float = 0.5,
) -> Tables:
    """Return the checked tables; ``increment`` is added to all cells of a table with a zero.

    InputError naming study and column for events that are negative or more than the people.
    """
    data = complete_columns(
        {
            "ai": events_experimental,
            "n1i": total_experimental,
            "ci": events_control,
            "n2i": total_control,
        }
    )
    for count, size in (("ai", "n1i"), ("ci", "n2i")):
        data.positive(size)
        data.not_negative(count)
        data.at_most(count, size)
    return _informative(data, increment)


def _informative(data: StudyColumns, increment: float) -> Tables:
    a, n1, c, n2 = (data.column(name) for name in ("ai", "n1i", "ci", "n2i"))
    tells = (a + c > 0.0) & (a + c < n1 + n2)
    notes = data.notes
    if not tells.all():
        told = ", ".join(str(data.used[i] + 1) for i in np.flatnonzero(~tells))
        note = Note(
            code="no_events_or_all_events",
            sentence=f"Left out because nobody or everybody had the event: study {told}.",
            facts=(("studies", told),),
        )
        notes = (*notes, note)
    a, n1, c, n2 = a[tells], n1[tells], c[tells], n2[tells]
    cells = np.stack([a, n1 - a, c, n2 - c])
    cells = cells + np.where((cells == 0.0).any(axis=0), increment, 0.0)
    logs = np.log(cells)
    return Tables(
        a=a,
        n1=n1,
        c=c,
        n2=n2,
        log_odds_ratio=logs[0] - logs[1] - logs[2] + logs[3],
        variance=np.sum(1.0 / cells, axis=0),
        corrected=cells,
        notes=(*notes, *few_studies(int(a.size))),
    )


def harbord(tables: Tables) -> BinaryAsymmetry:
    """Return the regression of Z/V on 1/sqrt(V) with weights V, the score and its variance."""
    score, variance = score_statistics(tables)
    line = weighted_line(score / variance, 1.0 / np.sqrt(variance), variance, regressor="1/sqrt(V)")
    return _of_line("harbord", tables, line)


def score_statistics(tables: Tables) -> tuple[FloatArray, FloatArray]:
    """Return Z = a - n1 m/N and V = n1 n2 m (N - m)/(N² (N - 1)), m the events."""
    n, m = tables.total, tables.events
    z = tables.a - tables.n1 * m / n
    v = tables.n1 / n * (tables.n2 / n) * m * ((n - m) / (n - 1.0))
    return z, v


def peters(tables: Tables) -> BinaryAsymmetry:
    """Return the regression of ln OR on 1/N with weights 1/(1/m + 1/(N - m))."""
    n, m = tables.total, tables.events
    weights = 1.0 / (1.0 / m + 1.0 / (n - m))
    line = weighted_line(tables.log_odds_ratio, 1.0 / n, weights, regressor="1/N")
    return _of_line("peters", tables, line)


def macaskill(tables: Tables) -> BinaryAsymmetry:
    """Return the regression of ln OR on N with inverse-variance weights."""
    line = weighted_line(tables.log_odds_ratio, tables.total, 1.0 / tables.variance, regressor="N")
    return _of_line("macaskill", tables, line)


def egger_odds_ratio(tables: Tables) -> BinaryAsymmetry:
    """Return Egger's test of the log odds ratios."""
    v = tables.variance
    line = weighted_line(tables.log_odds_ratio, np.sqrt(v), 1.0 / v, regressor="sei")
    return _of_line("egger", tables, line)


def thompson(tables: Tables) -> BinaryAsymmetry:
    """Return the test of Thompson and Sharp: SE as a moderator, REML, t distribution."""
    plan = RegressionPlan(interval="t")
    found = regtest(tables.log_odds_ratio, tables.variance, plan=plan)
    return BinaryAsymmetry(
        test="thompson",
        k=tables.k,
        statistic=found.statistic,
        p=found.p,
        df=found.df,
        bias=found.slope,
        bias_se=found.slope_se,
        intercept=found.limit,
        intercept_se=found.limit_se,
        tau2=found.tau2,
        notes=tables.notes,
    )


def begg_odds_ratio(tables: Tables) -> BinaryAsymmetry:
    """Return Begg's rank test of the log odds ratios, by the normal approximation."""
    found = begg(tables.log_odds_ratio, tables.variance)
    return BinaryAsymmetry(
        test="begg",
        k=tables.k,
        statistic=found.statistic,
        p=found.p_normal,
        score=float(found.score),
        score_se=found.score_se,
        notes=tables.notes,
    )


def schwarzer(tables: Tables) -> BinaryAsymmetry:
    """Return the rank test of cell counts against their conditional mean and variance.

    Mean and variance are those of the noncentral hypergeometric distribution at the
    Mantel-Haenszel odds ratio of the corrected tables.
    """
    if tables.k < 3:
        raise InputError(f"This test needs at least 3 studies; there are {tables.k}.")
    a, b, c, d = tables.corrected
    n = a + b + c + d
    odds_ratio = float(np.sum(a * d / n) / np.sum(b * c / n))
    mean, variance = conditional_moments(tables.n1, tables.n2, tables.events, odds_ratio)
    found = rank_correlation((tables.a - mean) / np.sqrt(variance), 1.0 / variance)
    return BinaryAsymmetry(
        test="schwarzer",
        k=tables.k,
        statistic=found.statistic,
        p=found.p_normal,
        score=float(found.score),
        score_se=found.score_se,
        notes=tables.notes,
    )


def _of_line(test: str, tables: Tables, line: Line) -> BinaryAsymmetry:
    return BinaryAsymmetry(
        test=test,
        k=tables.k,
        statistic=line.statistic,
        p=line.p,
        df=line.df,
        bias=line.slope,
        bias_se=line.slope_se,
        intercept=line.intercept,
        intercept_se=line.intercept_se,
        notes=tables.notes,
    )


BINARY_TESTS: dict[str, Callable[[Tables], BinaryAsymmetry]] = {
    "harbord": harbord,
    "peters": peters,
    "macaskill": macaskill,
    "schwarzer": schwarzer,
    "thompson": thompson,
    "egger": egger_odds_ratio,
    "begg": begg_odds_ratio,
}
"""The tests by their codes; Harbord and Peters are the ones to use with odds ratios."""
