"""Refits against pooling the same studies afresh; trim and fill, tests and plots of analyses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessments.bodies import Gathered, gathered
from assessments.figures.figure import outside, texts
from assessments.figures.interval_plot import PlotRow, PlotWords, interval_plot
from assessments.figures.text_width import text_width
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.sensitivity import (
    Influence,
    bootstrap,
    cumulative,
    influence,
    leave_one_out,
    models_side_by_side,
    moves_much,
    stands_out,
    without_high_risk,
)
from assessments.small_study_tests import asymmetry_rows, filled
from assessments.store.project_file import Project
from gradecore.absolute_effects import Interval
from gradecore.data import BodyOfEvidence
from gradecore.pooling import pool
from tests.conftest import done

DATA = ((18, 62, 29, 60), (17, 88, 37, 86), (8, 41, 23, 43), (34, 104, 38, 101), (0, 30, 4, 31))


@pytest.fixture(params=["RR", "OR", "RD"])
def found(request: pytest.FixtureRequest, filled: Project) -> Gathered:
    """Five studies, one with an empty cell, pooled by random effects."""
    done(change(filled, "analysis", "o1", measure=request.param, model="random"))
    for number, (a, n1, c, n2) in enumerate(DATA):
        done(add(filled, "study", id=f"t{number}", label=f"Trial {number}", design="rct"))
        done(add(filled, "result", id=f"r{number}", study=f"t{number}", outcome="o1", events_1=a,
                 total_1=n1, events_2=c, total_2=n2))
    outcome = filled.one(Outcome, "o1")
    assert outcome is not None
    return gathered(filled, outcome)


def test_each_refit_is_what_pooling_the_others_gives(found: Gathered) -> None:
    assert found.plan is not None
    refits = leave_one_out(found)
    assert [one.key for one in refits] == [row.key for row in found.body.studies]
    for place, refit in enumerate(refits):
        others = tuple(row for n, row in enumerate(found.body.studies) if n != place)
        alone = pool(BodyOfEvidence(studies=others), found.plan)
        assert alone.shown is not None
        assert refit.result is not None
        assert refit.k == alone.k
        assert refit.result.method == alone.shown.method
        assert refit.result.natural_ci_lower == pytest.approx(
            alone.shown.natural_ci_lower, rel=1e-10)
        assert refit.result.natural_ci_upper == pytest.approx(
            alone.shown.natural_ci_upper, rel=1e-10)
        assert alone.heterogeneity is not None
        assert refit.tau2 == pytest.approx(alone.heterogeneity.tau2, abs=1e-12)


def test_a_row_left_out_by_the_team_is_in_no_refit(found: Gathered, filled: Project) -> None:
    done(change(filled, "result", "r2", included=0))
    again = gathered(filled, found.outcome)
    assert [one.key for one in leave_one_out(again)] == ["r0", "r1", "r3", "r4"]


def test_without_high_risk_is_pooling_the_rest(found: Gathered) -> None:
    assert without_high_risk(found) is None
    assert found.plan is not None
    marked = replace(found, body=replace(found.body, studies=tuple(
        replace(row, risk_of_bias="high" if row.key == "r1" else "low")
        for row in found.body.studies
    )))
    refit = without_high_risk(marked)
    rest = tuple(row for row in found.body.studies if row.key != "r1")
    alone = pool(BodyOfEvidence(studies=rest), found.plan)
    assert refit is not None
    assert refit.shown is not None
    assert alone.shown is not None
    assert refit.shown.natural_estimate == pytest.approx(alone.shown.natural_estimate, rel=1e-12)


def test_models_are_the_same_studies_by_other_plans(found: Gathered) -> None:
    rows = models_side_by_side(found)
    assert rows[0].chosen
    assert rows[0].pooled is found.pooled
    assert all(one.pooled.plan.measure == rows[0].pooled.plan.measure for one in rows)
    assert len({one.label for one in rows}) == len(rows)
    assert any(one.pooled.plan.weighting == "mantel-haenszel" for one in rows)
    assert {one.pooled.k for one in rows} == {5}


def test_the_bootstrap_is_the_same_for_the_same_seed_and_tells_its_steps(found: Gathered) -> None:
    steps: list[tuple[int, int]] = []
    one = bootstrap(found, 600, 1, lambda done_, of: steps.append((done_, of)))
    assert steps == [(0, 600), (250, 600), (500, 600)]
    assert one == bootstrap(found, 600, 1)
    assert one is not None
    assert found.pooled is not None
    assert found.pooled.shown is not None
    assert one.lower < found.pooled.shown.natural_estimate < one.upper
    assert one != bootstrap(found, 600, 2)


def test_the_tests_that_suit_the_measure_are_told(found: Gathered) -> None:
    rows = {one.code: one for one in asymmetry_rows(found)}
    assert set(rows) == {"egger", "thompson", "begg", "harbord", "peters"}
    assert not rows["egger"].suits
    measure = found.plan.measure if found.plan is not None else ""
    assert rows["harbord"].suits == (measure != "RD")
    assert all(one.p is None or 0 <= one.p <= 1 for one in rows.values())
    assert filled(found) is not None


def test_a_plot_of_analyses_cuts_no_words_off() -> None:
    rows = (
        PlotRow(key="all", label="All studies", effect="0.54 [0.39, 0.75]", strong=True,
                interval=Interval(estimate=0.54, low=0.39, high=0.75), further=("7", "0.1", "0%")),
        PlotRow(key="x", label="Without a study whose name is of sixty letters, no less than 60",
                effect="not estimable", interval=None, further=("6",)),
        PlotRow(key="y", label="Wide", effect="0.50 [0.00, 900.00]",
                interval=Interval(estimate=0.5, low=0.0001, high=900.0)),
    )
    figure = interval_plot("RR", rows, PlotWords(
        title="T", description="D", rows="Left out", columns=("Studies", "τ²", "I²")), text_width)
    assert outside(figure, text_width) == ()
    assert [zone.key for zone in figure.zones] == ["all", "x", "y"]
    assert "not estimable" in texts(figure)


def test_each_cumulative_row_is_what_pooling_those_studies_gives(
    found: Gathered, filled: Project
) -> None:
    assert found.plan is not None
    years = (2010, 2004, 2016, 2007, 2001)
    for number, year in enumerate(years):
        done(change(filled, "study", f"t{number}", year=year))
    series = cumulative(filled, found)
    oldest_first = sorted(range(5), key=lambda number: years[number])
    assert [one.key for one in series] == [f"r{number}" for number in oldest_first]
    for count, row in enumerate(series, start=1):
        keys = {f"r{number}" for number in oldest_first[:count]}
        so_far = tuple(one for one in found.body.studies if one.key in keys)
        alone = pool(BodyOfEvidence(studies=so_far), found.plan)
        assert row.k == alone.k == count
        assert row.result is not None
        assert alone.shown is not None
        assert row.result.estimate == pytest.approx(alone.shown.estimate, rel=1e-9)
        assert row.result.natural_ci_upper == pytest.approx(
            alone.shown.natural_ci_upper, rel=1e-9)


def test_the_heaviest_study_leads_when_weight_is_the_order(
    found: Gathered, filled: Project
) -> None:
    assert found.pooled is not None
    weights = {one.key: one.weight for one in found.pooled.studies}
    listed = [weights[one.key] for one in cumulative(filled, found, "weight")]
    assert listed == sorted(weights.values(), reverse=True)


def test_influence_is_told_for_every_study_and_its_change_is_the_refit(found: Gathered) -> None:
    refits = {one.key: one.result for one in leave_one_out(found)}
    rows = influence(found)
    assert found.pooled is not None
    assert [one.key for one in rows] == [row.key for row in found.body.studies]
    for one in rows:
        refit = refits[one.key]
        assert refit is not None
        assert one.dffits is not None
        change_of_effect = float(found.pooled.estimate or 0.0) - refit.estimate
        assert (one.dffits > 0) is (change_of_effect > 0)


def of(**values: float) -> Influence:
    still = {"residual": 0.0, "dffits": 0.0, "cook": 0.0}
    return Influence(key="r", label="R", covariance_ratio=1.0, tau2_without=0.0, q_without=0.0,
                     **{"weight": 20.0, **still, **values})


@pytest.mark.parametrize(("values", "influential"), [
    ({}, False),
    ({"dffits": -1.51}, True),  # 3 · sqrt(1 / 4) = 1.5 with five studies
    ({"dffits": 1.49}, False),
    ({"cook": 0.46}, True),  # the median of chi-square with one degree of freedom is 0.455
    ({"cook": 0.45}, False),
    ({"weight": 60.1}, True),  # three times the mean weight of a fifth
    ({"residual": 2.5}, False),
])
def test_the_limits_of_influence(values: dict[str, float], influential: bool) -> None:
    assert moves_much(of(**values), 5) is influential


def test_a_study_stands_out_beyond_the_95_percent_range() -> None:
    assert stands_out(of(residual=-2.0))
    assert not stands_out(of(residual=1.9))
