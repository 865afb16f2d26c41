"""Small-study effects: other programs' numbers, definitions, hand-made funnels, and laws."""

from __future__ import annotations

import math
import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, linregress, nchypergeom_fisher, norm
from scipy.stats import t as student

from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.meta_regression import RegressionPlan, meta_regression
from gradecore.small_studies import (
    BINARY_TESTS,
    begg,
    egger,
    funnel,
    orwin,
    regtest,
    rosenberg,
    rosenthal,
    suitable_tests,
    tables_of,
    trim_and_fill,
)
from gradecore.small_studies.hypergeometric import conditional_moments
from gradecore.small_studies.rank_test import rank_correlation
from tests.gradecore.test_meta_regression import BCG, LOG_RR, VARIANCE

_, A, N1, C, N2 = BCG.T
COMMON = RegressionPlan(model="common")


def random_studies(seed: int, k: int = 12):
    random = np.random.default_rng(seed)
    v = np.exp(random.normal(-2, 1, k))
    return random.normal(0.3, 1, k) * np.sqrt(v + 0.05), v


class TestEgger:
    @pytest.mark.parametrize("seed", range(5))
    def test_is_the_line_of_standardised_effects_on_precision(self, seed: int) -> None:
        y, v = random_studies(seed)
        s = np.sqrt(v)
        truth = linregress(1 / s, y / s)
        found = egger(y, v)
        assert found.slope == pytest.approx(truth.intercept, rel=1e-10)
        assert found.slope_se == pytest.approx(truth.intercept_stderr, rel=1e-10)
        assert found.limit == pytest.approx(truth.slope, rel=1e-10)
        assert found.limit_se == pytest.approx(truth.stderr, rel=1e-10)
        p = 2 * student.sf(abs(truth.intercept / truth.intercept_stderr), y.size - 2)
        assert found.p == pytest.approx(p, rel=1e-9)
        half = student.ppf(0.975, y.size - 2) * truth.stderr
        limits = found.limit_ci_lower, found.limit_ci_upper
        assert limits == pytest.approx((truth.slope - half, truth.slope + half), rel=1e-9)

    def test_bcg_as_metafor_prints_it(self) -> None:
        # regtest(res, model="lm"): t = -1.4013, df = 11, p = 0.1887.
        found = egger(LOG_RR, VARIANCE)
        assert found.statistic == pytest.approx(-1.4013, abs=5e-5)
        assert (found.df, found.p) == (11, pytest.approx(0.1887, abs=5e-5))
        assert found.notes == ()

    @pytest.mark.parametrize("exponent", [1, 6, 12])
    @pytest.mark.parametrize("seed", range(3))
    def test_extreme_sizes_against_rational_arithmetic(self, exponent: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        v = 10.0 ** random.uniform(-exponent, exponent, 8)
        y = random.normal(size=8) * np.sqrt(v) + 3.0
        x = [Fraction(one) for one in np.sqrt(v)]
        w = [1 / Fraction(one) for one in v]
        exact = [Fraction(one) for one in y]
        total = sum(w)
        x_mean = sum(map(operator.mul, w, x)) / total
        y_mean = sum(map(operator.mul, w, exact)) / total
        sxx = sum(a * (b - x_mean) ** 2 for a, b in zip(w, x, strict=True))
        sxy = sum(a * (b - x_mean) * (c - y_mean) for a, b, c in zip(w, x, exact, strict=True))
        slope = sxy / sxx
        rss = sum(
            a * (c - y_mean - slope * (b - x_mean)) ** 2
            for a, b, c in zip(w, x, exact, strict=True)
        )
        found = egger(y, v)
        assert found.slope == pytest.approx(float(slope), rel=1e-9, abs=1e-9 * found.slope_se)
        assert found.slope_se == pytest.approx(math.sqrt(rss / 6 / sxx), rel=1e-9)
        limit = y_mean - slope * x_mean
        assert found.limit == pytest.approx(float(limit), abs=1e-8 * found.limit_se + 1e-15)
        limit_variance = rss / 6 * (1 / total + x_mean**2 / sxx)
        assert found.limit_se == pytest.approx(math.sqrt(limit_variance), rel=1e-9)

    def test_no_dispersion_no_test(self) -> None:
        s = np.array([0.1, 0.2, 0.4])
        found = egger(0.0 * s, s**2)
        assert (found.slope, found.statistic, found.p) == (0.0, None, None)
        assert [note.code for note in found.notes] == ["few_studies_for_asymmetry"]


class TestRegtest:
    def test_bcg_as_metafor_prints_it(self) -> None:
        # regtest(res): z = -0.8033, p = 0.4218; limit estimate -0.5104 (-1.1182, 0.0974).
        found = regtest(LOG_RR, VARIANCE)
        assert found.statistic == pytest.approx(-0.8033, abs=5e-5)
        assert found.p == pytest.approx(0.4218, abs=5e-5)
        limits = found.limit, found.limit_ci_lower, found.limit_ci_upper
        assert limits == pytest.approx((-0.5104, -1.1182, 0.0974), abs=5e-5)

    def test_regressors_and_models(self) -> None:
        by_variance = regtest(LOG_RR, VARIANCE, regressor="vi", plan=COMMON)
        assert by_variance.tau2 == 0.0
        assert by_variance.slope != regtest(LOG_RR, VARIANCE, plan=COMMON).slope
        with pytest.raises(InputError, match="sei, vi, ninv or sqrtninv"):
            regtest(LOG_RR, VARIANCE, regressor="ni")

    def test_sizes_as_regressors(self) -> None:
        n = N1 + N2
        root = regtest(LOG_RR, VARIANCE, regressor="sqrtninv", sizes=n, plan=COMMON)
        truth = meta_regression(LOG_RR, VARIANCE, {"x": 1 / np.sqrt(n)}, COMMON)
        assert root.slope == truth.coefficient("x").estimate
        slope, limit = np.polyfit(1 / n, LOG_RR, 1, w=1 / np.sqrt(VARIANCE))
        by_size = egger(LOG_RR, VARIANCE, regressor="ninv", sizes=n)
        assert (by_size.slope, by_size.limit) == pytest.approx((slope, limit), rel=1e-9)
        with pytest.raises(InputError, match="size of each study"):
            egger(LOG_RR, VARIANCE, regressor="ninv")
        with pytest.raises(InputError) as told:
            egger(LOG_RR, VARIANCE, regressor="ninv", sizes=[0.0, *n[1:]])
        assert (told.value.study, told.value.column) == (1, "ni")


class TestFunnel:
    def test_lines_meet_at_the_centre(self) -> None:
        found = funnel(LOG_RR, VARIANCE)
        assert found.centre == pytest.approx(np.average(LOG_RR, weights=1 / VARIANCE))
        assert found.widest_se == max(found.ses)
        line = found.lines[0]
        half = norm.isf(0.025) * found.widest_se
        assert (line.lower, line.upper) == pytest.approx((found.centre - half, found.centre + half))

    def test_contours_around_no_effect(self) -> None:
        found = funnel([0.1, math.nan, 0.3], [0.1, 0.2, 0.3], centre=0.0, levels=(0.9, 0.95, 0.99))
        assert [line.upper / found.widest_se for line in found.lines] == pytest.approx(
            list(norm.isf([0.05, 0.025, 0.005]))
        )
        assert found.used == (0, 2)
        with pytest.raises(InputError, match="between 0 and 1"):
            funnel([0.1], [0.1], levels=(95.0,))


def test_every_measure_has_suitable_tests() -> None:
    known = {*BINARY_TESTS, "egger", "regtest", "egger_by_size"}
    for code in MEASURES:
        found = suitable_tests(code)
        assert found.suitable
        assert set(found.suitable) <= known
        assert not set(found.suitable) & set(found.misleading)
    assert "egger" in suitable_tests("OR").misleading
    assert suitable_tests("MD").suitable[0] == "egger"


class TestRanks:
    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize("k", [5, 30, 49, 50, 1100])
    def test_against_scipy(self, seed: int, k: int) -> None:
        x, y = np.random.default_rng(seed).normal(size=(2, k))
        y = y + 0.3 * x
        found = rank_correlation(x, y)
        assert found.tau == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)
        asymptotic = kendalltau(x, y, method="asymptotic").pvalue
        assert found.p_normal == pytest.approx(asymptotic, rel=1e-9)
        if k < 50:
            assert found.p_exact == pytest.approx(kendalltau(x, y, method="exact").pvalue, rel=1e-9)
        else:
            assert found.p_exact is None

    @pytest.mark.parametrize("seed", range(4))
    def test_ties_against_scipy(self, seed: int) -> None:
        x, y = np.random.default_rng(seed).integers(0, 6, size=(2, 25)).astype(float)
        found, truth = rank_correlation(x, y), kendalltau(x, y, method="asymptotic")
        assert found.ties
        assert found.p_exact is None
        assert found.tau == pytest.approx(truth.statistic, abs=1e-12)
        assert found.p_normal == pytest.approx(truth.pvalue, rel=1e-9)

    def test_bcg_as_metafor_prints_it(self) -> None:
        # ranktest(res): Kendall's tau = 0.0256, p = 0.9524.
        found = begg(LOG_RR, VARIANCE)
        assert found.tau == pytest.approx(0.0256, abs=5e-5)
        assert found.p_exact == pytest.approx(0.9524, abs=5e-5)

    def test_all_equal_is_undefined(self) -> None:
        found = begg([0.5, 0.5, 0.5], [0.1, 0.1, 0.1])
        assert (found.tau, found.p_normal, found.p_exact) == (None, None, None)

    def test_one_study_with_all_the_weight_keeps_its_sign(self) -> None:
        y = np.array([0.25, 1.0, 2.0, 3.0])
        for tiny in (1e-9, 1e-30):
            found = begg(y, np.array([tiny, 1.0, 2.0, 3.0]))
            # The large study lies below the mean of the others, as they rise with their variance.
            assert found.score == 6


class TestTables:
    def test_harbord_is_a_line_of_scores(self) -> None:
        n, m = N1 + N2, A + C
        z = A - N1 * m / n
        v = N1 * N2 * m * (n - m) / (n**2 * (n - 1))
        truth = linregress(np.sqrt(v), z / np.sqrt(v))
        found = BINARY_TESTS["harbord"](tables_of(A, N1, C, N2))
        assert found.bias == pytest.approx(truth.intercept, rel=1e-9)
        assert found.bias_se == pytest.approx(truth.intercept_stderr, rel=1e-9)
        assert found.df == 11

    def test_peters_and_macaskill_are_weighted_lines(self) -> None:
        n, m = N1 + N2, A + C
        y = np.log(A / (N1 - A)) - np.log(C / (N2 - C))
        v = 1 / A + 1 / (N1 - A) + 1 / C + 1 / (N2 - C)
        data = tables_of(A, N1, C, N2)
        for name, x, w in (("peters", 1 / n, m * (n - m) / n), ("macaskill", n, 1 / v)):
            slope, intercept = np.polyfit(x, y, 1, w=np.sqrt(w))
            found = BINARY_TESTS[name](data)
            assert found.bias == pytest.approx(slope, rel=1e-8)
            assert found.intercept == pytest.approx(intercept, rel=1e-8)

    @pytest.mark.parametrize("odds_ratio", [0.3, 1.0, 4.0])
    def test_conditional_moments_against_scipy(self, odds_ratio: float) -> None:
        n1, n2 = np.array([10.0, 300.0, 40.0]), np.array([12.0, 250.0, 40.0])
        events = np.array([5.0, 120.0, 79.0])
        mean, variance = conditional_moments(n1, n2, events, odds_ratio)
        for i in range(3):
            truth = nchypergeom_fisher(int(n1[i] + n2[i]), int(events[i]), int(n1[i]), odds_ratio)
            assert mean[i] == pytest.approx(truth.mean(), rel=1e-7)
            assert variance[i] == pytest.approx(truth.var(), rel=1e-7)

    @pytest.mark.parametrize("name", BINARY_TESTS)
    def test_tables_that_tell_nothing_are_left_out_and_named(self, name: str) -> None:
        plain = BINARY_TESTS[name](tables_of(A, N1, C, N2))
        a, n1 = np.append(A, [0, 20]), np.append(N1, [15, 20])
        c, n2 = np.append(C, [0, 22]), np.append(N2, [18, 22])
        found = BINARY_TESTS[name](tables_of(a, n1, c, n2))
        assert found.k == 13
        assert found.p == plain.p
        assert "study 14, 15" in found.notes[0].sentence

    @pytest.mark.parametrize("name", BINARY_TESTS)
    def test_swapping_the_arms_turns_the_sign(self, name: str) -> None:
        forth = BINARY_TESTS[name](tables_of(A, N1, C, N2))
        back = BINARY_TESTS[name](tables_of(C, N2, A, N1))
        assert back.statistic == pytest.approx(-forth.statistic, rel=1e-6)
        assert back.p == pytest.approx(forth.p, rel=1e-6)

    @pytest.mark.parametrize(
        ("columns", "column"),
        [
            (([30, 2, 3], [20, 20, 20], [1, 2, 3], [20, 20, 20]), "events_experimental"),
            (([1, 2, 3], [20, 20, 20], [1, -2, 3], [20, 20, 20]), "events_control"),
            (([1, 2, 3], [20, 0, 20], [1, 2, 3], [20, 20, 20]), "total_experimental"),
        ],
    )
    def test_impossible_counts_are_refused(self, columns, column) -> None:
        with pytest.raises(InputError) as told:
            tables_of(*columns)
        assert told.value.column == column
        assert told.value.study != ""

    def test_empty_cells_need_an_addition(self) -> None:
        with pytest.raises(InputError, match="do not exist"):
            tables_of([0, 2, 3], [20, 20, 20], [1, 2, 3], [20, 20, 20], increment=0.0)


class TestTrimAndFill:
    def test_bcg_as_metafor_prints_it(self) -> None:
        # trimfill(rma(..., method="FE")) fills 4 studies on the right: estimate -0.2910.
        found = trim_and_fill(LOG_RR, VARIANCE, plan=COMMON)
        assert (found.missing, found.side) == (4, "right")
        assert found.estimate == pytest.approx(-0.2910, abs=5e-5)
        assert found.missing_p is None
        assert found.converged

    def test_a_symmetric_funnel_stays_as_it_is(self) -> None:
        y, v = np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), np.array([4.0, 1.0, 0.5, 1.0, 4.0])
        for estimator in ("L0", "R0"):
            found = trim_and_fill(y, v, estimator=estimator, plan=COMMON)
            assert found.missing == 0
            assert found.filled_effects == ()
            assert found.estimate == pytest.approx(0.0, abs=1e-12)

    def test_what_was_cut_off_is_put_back(self) -> None:
        # A funnel symmetric around 0 loses its three leftmost studies, all small ones.
        y = np.concatenate([np.linspace(-3, 3, 21), np.linspace(-0.2, 0.2, 9)])
        v = np.concatenate([np.full(21, 1.0), np.full(9, 0.01)])
        keep = y > -2.3
        found = trim_and_fill(y[keep], v[keep], side="left", plan=COMMON)
        assert found.missing in (2, 3), "L0 is an estimate"
        assert found.filled_effects == pytest.approx([-2.7, -3.0], abs=0.05)
        assert abs(found.estimate) < abs(np.average(y[keep], weights=1 / v[keep]))

    @given(st.integers(0, 500), st.sampled_from(["L0", "R0"]), st.sampled_from(["DL", "REML"]))
    @settings(max_examples=25, deadline=None)
    def test_mirror_images(self, seed: int, estimator: str, tau2: str) -> None:
        y, v = random_studies(seed)
        plan = RegressionPlan(estimator=tau2)
        found = trim_and_fill(y, v, estimator=estimator, plan=plan)
        turned = trim_and_fill(-y, v, estimator=estimator, plan=plan)
        assert {found.side, turned.side} == {"left", "right"}
        assert turned.missing == found.missing
        assert turned.estimate == pytest.approx(-found.estimate, abs=1e-9)
        assert len(found.filled_effects) == found.missing
        if estimator == "R0":
            assert found.missing_p == 0.5 ** (found.missing + 1)

    def test_equal_effects(self) -> None:
        found = trim_and_fill([0.4] * 4, [0.1, 0.2, 0.3, 0.4], estimator="R0")
        assert (found.missing, found.tau2) == (0, 0.0)
        assert trim_and_fill([0.1, 0.4, 0.2], [0.1] * 3).side == "left"

    def test_trimmed_to_a_single_study(self) -> None:
        # Two large studies far right of a tiny precise one: two of three are cut off.
        found = trim_and_fill([0.0, 5.0, 6.0], [1e-8, 1.0, 1.0], side="left", plan=COMMON)
        assert found.missing == 2
        assert found.filled_effects == pytest.approx([-5.0, -6.0], abs=1e-6)

    def test_refusals(self) -> None:
        with pytest.raises(InputError, match="at least 3"):
            trim_and_fill([0.1, 0.2], [0.1, 0.1])
        with pytest.raises(InputError, match="L0 or R0"):
            trim_and_fill(LOG_RR, VARIANCE, estimator="Q0")
        with pytest.raises(InputError, match="auto, left or right"):
            trim_and_fill(LOG_RR, VARIANCE, side="up")


class TestFailSafe:
    def test_rosenthal_by_its_definition(self) -> None:
        found = rosenthal(LOG_RR, VARIANCE)
        z = abs((LOG_RR / np.sqrt(VARIANCE)).sum())
        assert z / math.sqrt(13 + found.number) <= norm.isf(0.05)
        assert z / math.sqrt(13 + found.number - 1) > norm.isf(0.05)
        assert found.number == 598  # as in Borenstein's book and in metafor

    def test_rosenberg_by_its_definition(self) -> None:
        found = rosenberg(LOG_RR, VARIANCE)
        w = 1 / VARIANCE
        sums = abs((w * LOG_RR).sum())
        for number, significant in ((found.number, False), (found.number - 1, True)):
            z = sums / math.sqrt(w.sum() + number * w.mean())
            assert bool(z > norm.isf(0.025)) is significant
        assert found.number == 370

    def test_orwin_by_its_definition(self) -> None:
        for weighted in (True, False):
            weights = 1 / VARIANCE if weighted else np.ones(13)
            mean = np.average(LOG_RR, weights=weights)
            found = orwin(LOG_RR, VARIANCE, target=-0.1, weighted=weighted)
            assert 13 * mean / (13 + found.unrounded) == pytest.approx(-0.1)
            assert found.number == math.ceil(found.unrounded)
            half = orwin(LOG_RR, VARIANCE, weighted=weighted)
            assert (half.number, half.target) == (13, pytest.approx(mean / 2))

    def test_no_effect_needs_no_studies(self) -> None:
        y, v = [-0.5, 0.5], [0.1, 0.1]
        assert rosenthal(y, v).number == 0
        assert rosenberg(y, v).number == 0
        assert orwin(y, v).number is None
        assert orwin([0.1, 0.2], v, target=0.5).number == 0
        with pytest.raises(InputError, match="Alpha"):
            rosenthal(y, v, alpha=0.0)


@pytest.mark.parametrize("test", [egger, regtest, begg, rosenthal, orwin, rosenberg])
def test_variances_must_be_positive(test) -> None:
    with pytest.raises(InputError) as told:
        test([0.1, 0.2, 0.3, 0.4], [0.1, 0.0, 0.1, 0.2])
    assert (told.value.study, told.value.column) == (2, "vi")


@pytest.mark.parametrize("test", [egger, regtest])
def test_equal_sizes_and_two_studies_are_refused(test) -> None:
    with pytest.raises(InputError, match="same value"):
        test([0.1, 0.2, 0.3, 0.4], [0.1] * 4)
    with pytest.raises(InputError):
        test([0.1, 0.2], [0.1, 0.2])


@given(st.floats(1e-6, 1e6), st.integers(0, 500))
@settings(max_examples=25, deadline=None)
def test_units_and_order_do_not_matter(scale: float, seed: int) -> None:
    y, v = random_studies(seed)
    order = np.random.default_rng(seed).permutation(y.size)
    moved = y[order] * scale, v[order] * scale**2
    for test in (egger, regtest):
        assert test(*moved).statistic == pytest.approx(test(y, v).statistic, abs=1e-6)
    assert begg(*moved).score == begg(y, v).score
    assert rosenthal(*moved).number == rosenthal(y, v).number
    found, other = trim_and_fill(y, v), trim_and_fill(*moved)
    assert other.missing == found.missing
    assert other.estimate == pytest.approx(found.estimate * scale, abs=1e-7 * scale)
