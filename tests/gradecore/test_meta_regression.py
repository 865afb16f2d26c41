"""Regression on moderators: exact arithmetic, brute force, published results, and laws."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecore.between_study_variance import ESTIMATORS
from gradecore.input_errors import InputError
from gradecore.meta_regression import RegressionPlan, indicator_columns, meta_regression
from gradecore.meta_regression.design import design_of
from gradecore.meta_regression.elimination import eliminated
from gradecore.meta_regression.mixed_fit import regression_effects
from gradecore.padded_effects import padded

# Thirteen trials of BCG vaccination against tuberculosis (Colditz 1994): latitude, and events of
# people vaccinated and not.
BCG = np.array([
    [44, 4, 123, 11, 139], [55, 6, 306, 29, 303], [42, 3, 231, 11, 220],
    [52, 62, 13598, 248, 12867], [13, 33, 5069, 47, 5808], [44, 180, 1541, 372, 1451],
    [19, 8, 2545, 10, 629],
    [13, 505, 88391, 499, 88391], [27, 29, 7499, 45, 7277], [42, 17, 1716, 65, 1665],
    [18, 186, 50634, 141, 27338], [33, 5, 2498, 3, 2341], [33, 27, 16913, 29, 17854],
], dtype=float)  # fmt: skip
LATITUDE, A, N1, C, N2 = BCG.T
LOG_RR = np.log(A / N1) - np.log(C / N2)
VARIANCE = 1 / A - 1 / N1 + 1 / C - 1 / N2


def test_the_published_regression_of_bcg_on_latitude() -> None:
    # Viechtbauer 2010 (doi:10.18637/jss.v036.i03), section 4, REML.
    fit = meta_regression(LOG_RR, VARIANCE, {"ablat": LATITUDE})
    assert fit.coefficient("intercept").estimate == pytest.approx(0.2515, abs=5e-5)
    assert fit.coefficient("ablat").estimate == pytest.approx(-0.0291, abs=5e-5)
    assert fit.coefficient("ablat").se == pytest.approx(0.0072, abs=5e-5)
    assert fit.tau2 == pytest.approx(0.0763, abs=1e-4)
    assert fit.residual_q == pytest.approx(30.7331, abs=5e-5)
    assert fit.moderators.statistic == pytest.approx(16.358, abs=2e-3)
    assert fit.r2 == pytest.approx(75.63, abs=0.01)
    with pytest.raises(KeyError):
        fit.coefficient("year")


def exact_projection(x, w):
    """Return P = W - WX(X'WX)^-1X'W for two columns in rational arithmetic."""
    k = len(w)
    s = [[sum(w[i] * x[i][a] * x[i][b] for i in range(k)) for b in (0, 1)] for a in (0, 1)]
    determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
    inverse = [
        [s[1][1] / determinant, -s[0][1] / determinant],
        [-s[1][0] / determinant, s[0][0] / determinant],
    ]

    def hat(i: int, j: int) -> Fraction:
        return sum(x[i][a] * inverse[a][b] * x[j][b] for a in (0, 1) for b in (0, 1))

    return [[(w[i] if i == j else 0) - w[i] * hat(i, j) * w[j] for j in range(k)] for i in range(k)]


@pytest.mark.parametrize("exponent", [0, 3, 8, 14])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_forms_and_traces_against_rational_arithmetic(exponent: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    k = 7
    x = np.column_stack([np.ones(k), random.normal(size=k)])
    v = 10.0 ** random.uniform(-exponent / 2, exponent / 2, k)
    y = random.normal(size=k) * np.sqrt(v)
    weights = [1 / Fraction(one) for one in v]
    p = exact_projection([[Fraction(c) for c in row] for row in x], weights)
    exact_y, exact_v = [Fraction(c) for c in y], [Fraction(c) for c in v]
    every = range(k)
    py = [sum(p[i][j] * exact_y[j] for j in every) for i in every]
    ppy = [sum(p[i][j] * py[j] for j in every) for i in every]
    model = regression_effects(y, v, x)
    found = model.projected(np.zeros(1))
    assert found.q1[0] == pytest.approx(float(sum(map(lambda a, b: a * b, py, exact_y))), rel=1e-9)
    assert found.q2[0] == pytest.approx(float(sum(one * one for one in py)), rel=1e-9)
    assert found.q3[0] == pytest.approx(float(sum(map(lambda a, b: a * b, py, ppy))), rel=1e-9)
    assert found.trace1[0] == pytest.approx(float(sum(p[i][i] for i in every)), rel=1e-9)
    squares = sum(p[i][j] ** 2 for i in every for j in every)
    assert found.trace2[0] == pytest.approx(float(squares), rel=1e-9)
    pvpv = sum(p[i][j] ** 2 * exact_v[i] * exact_v[j] for i in every for j in every)
    pvp = sum(p[i][j] ** 2 * exact_v[i] for i in every for j in every)
    traces = model.variance_traces(np.zeros(1))
    assert traces[0][0] == pytest.approx(float(pvpv), rel=1e-9)
    assert traces[1][0] == pytest.approx(float(pvp), rel=1e-9)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_without_moderators_it_is_pooling(estimator: str) -> None:
    alone = padded(LOG_RR[None, :], VARIANCE[None, :])
    model = regression_effects(LOG_RR, VARIANCE, np.ones((13, 1)))
    entry = ESTIMATORS[estimator]
    truth = entry.estimate(alone).tau2
    found = entry.estimate(model).tau2
    assert found[0] == pytest.approx(truth[0], rel=1e-9)
    found_se, truth_se = entry.standard_error(model, truth), entry.standard_error(alone, truth)
    assert found_se[0] == pytest.approx(truth_se[0], rel=1e-9)
    fit = meta_regression(LOG_RR, VARIANCE, {}, RegressionPlan(estimator=estimator))
    assert fit.tau2 == truth[0]
    assert fit.moderators.statistic is None


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_the_likelihood_has_no_higher_point(restricted: bool, seed: int) -> None:
    random = np.random.default_rng(seed)
    k = 9
    v = np.exp(random.uniform(-4, 2, k))
    x = np.column_stack([np.ones(k), random.normal(size=k), np.arange(k) % 2])
    y = random.normal(size=k) * np.sqrt(v + random.choice([0.0, 0.3]))

    def height(tau2: float) -> float:
        w = np.diag(1 / (v + tau2))
        s = x.T @ w @ x
        r = y - x @ np.linalg.solve(s, x.T @ w @ y)
        extra = np.linalg.slogdet(s)[1] if restricted else 0.0
        return -0.5 * (np.log(v + tau2).sum() + extra + r @ w @ r)

    plan = RegressionPlan(estimator="REML" if restricted else "ML")
    fit = meta_regression(y, v, {"a": x[:, 1], "b": x[:, 2]}, plan)
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 100, 2000)])
    assert height(fit.tau2) >= max(map(height, grid)) - 1e-9


def test_calendar_years_lose_no_digits() -> None:
    random = np.random.default_rng(9)
    years = random.integers(1950, 2020, 20).astype(float)
    y = 0.01 * (years - 1985) + random.normal(0, 0.1, 20)
    v = np.full(20, 0.01)
    plain = meta_regression(y, v, {"year": years - 1985}).coefficient("year")
    far = meta_regression(y, v, {"year": years * 1e6}).coefficient("year")
    assert far.estimate * 1e6 == pytest.approx(plain.estimate, rel=1e-12)
    assert far.se * 1e6 == pytest.approx(plain.se, rel=1e-12)
    high = meta_regression(y + 1e6, v, {"year": years})
    assert high.tau2 == pytest.approx(meta_regression(y, v, {"year": years}).tau2, rel=1e-6)


def test_categories_are_treatment_coded() -> None:
    groups = ["b", "a", "c", "a", "b", "c", "a", "c", "b", "a", "b", "c", "a"]
    names, columns = indicator_columns("group", groups)
    assert names == ("group=b", "group=c")
    plan = RegressionPlan(model="common")
    fit = meta_regression(LOG_RR, VARIANCE, dict(zip(names, columns, strict=True)), plan)
    means = {}
    for letter in "abc":
        mine = np.array(groups) == letter
        means[letter] = np.average(LOG_RR[mine], weights=1 / VARIANCE[mine])
    assert fit.coefficient("intercept").estimate == pytest.approx(means["a"])
    assert fit.coefficient("group=c").estimate == pytest.approx(means["c"] - means["a"])
    assert (fit.moderators.df1, fit.moderators.df2) == (2, None)
    assert (fit.r2, fit.tau2_lower, fit.plan.model) == (None, None, "common")
    turned = dict(reversed(list(zip(names, columns, strict=True))))
    other = meta_regression(LOG_RR, VARIANCE, turned, plan)
    assert other.moderators.statistic == pytest.approx(fit.moderators.statistic)


def test_intervals_share_their_standard_errors() -> None:
    fits = {
        interval: meta_regression(
            LOG_RR, VARIANCE, {"ablat": LATITUDE}, RegressionPlan(interval=interval)
        )
        for interval in ("wald", "t", "hksj")
    }
    wald, t, hksj = (fits[name].coefficient("ablat") for name in ("wald", "t", "hksj"))
    assert (wald.df, t.df, hksj.df) == (None, 11, 11)
    assert wald.se == t.se
    assert t.ci_upper - t.ci_lower > wald.ci_upper - wald.ci_lower
    assert hksj.p == pytest.approx(fits["hksj"].moderators.p), "F with one df is t squared"


def test_no_intercept() -> None:
    plan = RegressionPlan(intercept=False, model="common")
    fit = meta_regression(LOG_RR, VARIANCE, {"ablat": LATITUDE}, plan)
    w = 1 / VARIANCE
    slope = (w * LATITUDE * LOG_RR).sum() / (w * LATITUDE**2).sum()
    assert [c.name for c in fit.coefficients] == ["ablat"]
    assert fit.coefficients[0].estimate == pytest.approx(slope)
    assert fit.r2 is None


def test_studies_with_gaps_are_left_out_and_named() -> None:
    gaps = LATITUDE.copy()
    gaps[[2, 5]] = np.nan
    fit = meta_regression(LOG_RR, VARIANCE, {"ablat": gaps})
    keep = ~np.isnan(gaps)
    full = meta_regression(LOG_RR[keep], VARIANCE[keep], {"ablat": gaps[keep]})
    assert fit.coefficients == full.coefficients
    assert fit.used == tuple(np.flatnonzero(keep))
    assert [note.code for note in fit.notes] == ["missing_values"]
    assert "study 3, 6" in fit.notes[0].sentence


def test_few_studies_per_moderator_get_a_note() -> None:
    fit = meta_regression(LOG_RR, VARIANCE, {"ablat": LATITUDE, "other": LATITUDE**2})
    assert [note.code for note in fit.notes] == ["few_studies_per_moderator"]


def test_a_perfect_line_has_no_spread() -> None:
    x = np.arange(6.0)
    fit = meta_regression(2 + 3 * x, np.full(6, 0.5), {"x": x}, RegressionPlan(interval="hksj"))
    assert fit.tau2 == 0.0
    assert fit.i2 == 0.0
    assert fit.coefficient("x").estimate == pytest.approx(3.0)
    assert fit.coefficient("x").se == pytest.approx(0.0, abs=1e-9)


ONES = np.ones(13)


@pytest.mark.parametrize(
    ("y", "v", "moderators", "plan", "column", "words"),
    [
        (LOG_RR, -VARIANCE, {"x": LATITUDE}, {}, "vi", "above 0"),
        (LOG_RR[:5], VARIANCE, {"x": LATITUDE}, {}, "", "differ in length"),
        (LOG_RR, VARIANCE, {"x": ONES}, {}, "x", "same value"),
        (LOG_RR, VARIANCE, {"x": LATITUDE, "z": 2 * LATITUDE}, {}, "z", "combination"),
        (LOG_RR[:2], VARIANCE[:2], {"x": LATITUDE[:2]}, {}, "", "too few"),
        (LOG_RR, VARIANCE, {"x": LATITUDE * math.inf}, {}, "x", "infinite"),
        (LOG_RR, VARIANCE, {"x": LATITUDE * math.nan}, {}, "", "no study"),
        (LOG_RR, VARIANCE, {"x": ["a"] * 13}, {}, "x", "not a number"),
        (LOG_RR, VARIANCE, {"x": np.ones((13, 2))}, {}, "x", "one column"),
        (LOG_RR, VARIANCE, {}, {"intercept": False}, "", "intercept or a moderator"),
        (LOG_RR, VARIANCE, {"x": LATITUDE}, {"estimator": "XX"}, "tau2_method", "known are"),
        (LOG_RR, VARIANCE, {"x": LATITUDE}, {"model": "fixed"}, "model", "common or mixed"),
        (LOG_RR, VARIANCE, {"x": LATITUDE}, {"interval": "z"}, "ci_method", "wald, t or hksj"),
        (LOG_RR, VARIANCE, {"x": LATITUDE}, {"level": 95.0}, "level", "between 0 and 1"),
    ],
)
def test_refusals_name_the_column(y, v, moderators, plan, column, words) -> None:
    with pytest.raises(InputError, match=words) as told:
        meta_regression(y, v, moderators, RegressionPlan(**plan))
    assert told.value.column == column


def test_a_batch_is_the_same_as_one_by_one() -> None:
    random = np.random.default_rng(12)
    z = np.stack([np.column_stack([np.ones(8), random.normal(size=8)]) for _ in range(5)])
    w = np.exp(random.normal(size=(5, 8)))
    y = random.normal(size=(5, 8))
    together = eliminated(z, w)
    coefficients, residuals, rss = together.solved(y)
    for i in range(5):
        alone = eliminated(z[i : i + 1], w[i : i + 1])
        one = alone.solved(y[i : i + 1])
        assert coefficients[i] == pytest.approx(one[0][0], abs=1e-13)
        assert residuals[i] == pytest.approx(one[1][0], abs=1e-13)
        assert rss[i] == pytest.approx(one[2][0], abs=1e-13)
        assert together.trace_p[i] == pytest.approx(alone.trace_p[0], rel=1e-13)


@given(st.floats(1e-6, 1e6), st.floats(-100, 100), st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_units_of_the_effect_do_not_matter(scale: float, shift: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    x, v = random.normal(size=10), np.exp(random.normal(-1, 1, 10))
    y = random.normal(size=10)
    plain = meta_regression(y, v, {"x": x})
    moved = meta_regression((y + shift) * scale, v * scale**2, {"x": x})
    floor = scale**2 * (plain.tau2 + v.min())
    assert moved.tau2 == pytest.approx(plain.tau2 * scale**2, abs=1e-7 * floor)
    slope, other = plain.coefficient("x"), moved.coefficient("x")
    assert other.estimate == pytest.approx(slope.estimate * scale, abs=1e-6 * scale * slope.se)
    assert other.statistic == pytest.approx(slope.statistic, abs=1e-6)
    assert moved.i2 == pytest.approx(plain.i2, abs=1e-5)


@given(st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_q_profile_contains_paule_mandel(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, v = random.normal(size=12), np.exp(random.normal(-1, 1, 12))
    y = random.normal(size=12) * np.sqrt(v + 0.2)
    fit = meta_regression(y, v, {"x": x}, RegressionPlan(estimator="PM"))
    assert 0.0 <= fit.tau2_lower <= fit.tau2 <= fit.tau2_upper


def test_designs_are_turned_back() -> None:
    random = np.random.default_rng(1)
    x = random.normal(50, 5, size=(9, 2))
    design = design_of([x[:, 0], x[:, 1]], ["a", "b"], 9)
    assert design.z @ np.linalg.inv(design.back) == pytest.approx(design.x)
