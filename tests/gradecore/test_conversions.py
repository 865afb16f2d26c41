"""Numbers derived before the pool: definitions, simulated data, and what is said about them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from gradecore.conversions import CONVERSIONS, FIVE_NUMBER_METHODS, FiveNumbers, conversion
from gradecore.conversions.between_groups import (
    md_se_from_t,
    sd_from_md_ci,
    sd_from_md_f,
    sd_from_md_p,
    sd_from_md_se,
    sd_from_md_t,
)
from gradecore.conversions.box_cox import fivenum_bc
from gradecore.conversions.direction import flip_mean, swap_events
from gradecore.conversions.five_numbers import fivenum, fivenum_lognormal, fivenum_skew_test
from gradecore.conversions.quantile_estimation import fivenum_qe
from gradecore.conversions.ratios import (
    hr_from_logrank_p,
    hr_from_oe_v,
    oe_v_from_hr,
    se_from_ci,
    se_from_p,
    se_from_ratio_ci,
    v_from_events,
)
from gradecore.conversions.within_group import (
    change_mean,
    corr_from_sds,
    sd_change,
    sd_change_over_correlations,
    sd_from_ci,
    sd_from_se,
)
from gradecore.input_errors import InputError

EXAMPLE = {
    "se": 0.8,
    "n": 40,
    "ci_lb": 1.2,
    "ci_ub": 2.4,
    "sd_baseline": 4.0,
    "sd_final": 5.0,
    "corr": 0.6,
    "sd_change": 4.1,
    "mean_baseline": 10.0,
    "mean_final": 8.0,
    "md": 1.7,
    "t": 2.5,
    "f": 6.25,
    "n1": 20,
    "n2": 25,
    "p": 0.01,
    "estimate": 1.7,
    "lnhr": -0.3,
    "oe": -4.0,
    "v": 12.0,
    "events": 18,
    "events_e": 30,
    "events_c": 41,
    "groups": 2,
    "cluster_size": 20.0,
    "icc": 0.05,
    "mean": 3.0,
}


@pytest.mark.parametrize("method", CONVERSIONS, ids=lambda method: method.code)
def test_every_method_tells_from_what_and_how(method) -> None:
    found = method.function(**{name: EXAMPLE[name] for name in method.needs})
    assert found.method == method.code
    assert {name for name, _ in found.values} <= set(method.gives)
    assert dict(found.entered).items() >= {n: EXAMPLE[n] for n in method.needs}.items()
    assert found.formula
    assert found.source
    for name, value in found.values:
        assert math.isfinite(value)
        assert f"{name} {value:.6g}" in found.sentence
    assert found.formula in found.sentence
    assert method.title
    assert conversion(method.code) is method


@pytest.mark.parametrize("method", CONVERSIONS, ids=lambda method: method.code)
def test_every_method_refuses_what_is_no_number(method) -> None:
    for name in method.needs:
        entered = {need: EXAMPLE[need] for need in method.needs}
        with pytest.raises((InputError, ValueError)) as told:
            method.function(**{**entered, name: math.nan})
        assert str(told.value)


def test_unknown_methods_are_none() -> None:
    assert conversion("sd_from_nothing") is None
    with pytest.raises(KeyError):
        sd_from_se(1.0, 4)["mean"]


class TestOneGroup:
    def test_from_the_standard_error(self) -> None:
        assert sd_from_se(0.5, 16).value == 2.0

    @given(st.floats(0.1, 50), st.integers(2, 500), st.floats(0.5, 0.999))
    @settings(deadline=None)
    def test_the_interval_is_undone(self, sd: float, n: int, level: float) -> None:
        half = student.ppf((1 + level) / 2, n - 1) * sd / math.sqrt(n)
        found = sd_from_ci(7.0 - half, 7.0 + half, n, level=level)
        assert found.value == pytest.approx(sd, rel=1e-9)
        assert found["mean"] == pytest.approx(7.0)
        half = norm.ppf((1 + level) / 2) * sd / math.sqrt(n)
        found = sd_from_ci(7.0 - half, 7.0 + half, n, level=level, dist="normal")
        assert found.value == pytest.approx(sd, rel=1e-9)

    def test_changes_of_simulated_people(self) -> None:
        random = np.random.default_rng(5)
        before = random.normal(50, 10, 500)
        after = 0.6 * before + random.normal(10, 6, 500)
        sds = before.std(ddof=1), after.std(ddof=1)
        r = float(np.corrcoef(before, after)[0, 1])
        truth = (after - before).std(ddof=1)
        assert sd_change(*sds, r).value == pytest.approx(truth, rel=1e-12)
        assert corr_from_sds(*sds, truth).value == pytest.approx(r, abs=1e-12)
        assert change_mean(50.0, 40.0).value == -10.0

    def test_the_correlation_is_said_to_be_assumed(self) -> None:
        found = sd_change_over_correlations(4.0, 5.0)
        assert [note.code for one in found for note in one.notes] == ["assumed_correlation"] * 3
        assert found[0].value > found[1].value > found[2].value
        assert sd_change(4.0, 4.0, 1.0).value == 0.0

    def test_sds_that_contradict_each_other_are_refused(self) -> None:
        with pytest.raises(InputError, match="contradict each other"):
            corr_from_sds(4.0, 5.0, 9.5)

    @pytest.mark.parametrize(
        ("compute", "column"),
        [
            (lambda: sd_from_se(-0.5, 16), "se"),
            (lambda: sd_from_se(0.5, 0), "n"),
            (lambda: sd_from_ci(2.0, 1.0, 16), "ci_lb"),
            (lambda: sd_from_ci(1.0, 2.0, 1), "n"),
            (lambda: sd_from_ci(1.0, 2.0, 16, level=95.0), "level"),
            (lambda: sd_from_ci(1.0, 2.0, 16, dist="cauchy"), "dist"),
            (lambda: sd_change(1.0, 2.0, 1.2), "corr"),
        ],
    )
    def test_refusals_name_the_column(self, compute, column) -> None:
        with pytest.raises(InputError) as told:
            compute()
        assert told.value.column == column


class TestTwoGroups:
    def test_all_roads_from_a_t_test_lead_to_its_pooled_sd(self) -> None:
        random = np.random.default_rng(11)
        first, second = random.normal(5, 3, 18), random.normal(3, 3, 27)
        n1, n2 = first.size, second.size
        pooled = math.sqrt(
            ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / (n1 + n2 - 2)
        )
        md = first.mean() - second.mean()
        se = pooled * math.sqrt(1 / n1 + 1 / n2)
        t = md / se
        p = 2 * student.sf(abs(t), n1 + n2 - 2)
        half = student.ppf(0.975, n1 + n2 - 2) * se
        assert md_se_from_t(md, t).value == pytest.approx(se)
        for found in (
            sd_from_md_se(se, n1, n2),
            sd_from_md_t(md, t, n1, n2),
            sd_from_md_f(md, t**2, n1, n2),
            sd_from_md_p(md, p, n1, n2),
            sd_from_md_ci(md - half, md + half, n1, n2),
        ):
            assert found.value == pytest.approx(pooled, rel=1e-9)
            assert "sd_common_to_both_groups" in [note.code for note in found.notes]

    def test_the_handbook_example(self) -> None:
        # Handbook 6.5.2.3: MD 3.8, p 0.008, 25 and 22 people: t 2.78, SE 1.37, SD 4.69.
        found = sd_from_md_p(3.8, 0.008, 25, 22)
        assert found["t"] == pytest.approx(2.78, abs=0.005)
        assert found["se"] == pytest.approx(1.37, abs=0.005)
        assert found.value == pytest.approx(4.69, abs=0.01)

    def test_a_bound_of_p_is_marked(self) -> None:
        found = sd_from_md_p(3.8, 0.05, 25, 22, p_is_bound=True)
        assert "p_is_bound" in [note.code for note in found.notes]

    @pytest.mark.parametrize(
        "compute",
        [
            lambda: md_se_from_t(0.0, 2.0),
            lambda: md_se_from_t(1.0, 0.0),
            lambda: sd_from_md_p(1.0, 1.0, 10, 10),
            lambda: sd_from_md_p(1.0, 0.5, 1, 1),
            lambda: sd_from_md_f(1.0, -2.0, 10, 10),
        ],
    )
    def test_what_tells_nothing_is_refused(self, compute) -> None:
        with pytest.raises(InputError):
            compute()


class TestRatios:
    @given(st.floats(-3, 3), st.floats(0.01, 2), st.floats(0.5, 0.999))
    def test_the_interval_of_a_ratio_is_undone(self, log: float, se: float, level: float) -> None:
        half = norm.ppf((1 + level) / 2) * se
        limits = math.exp(log - half), math.exp(log + half)
        found = se_from_ratio_ci(math.exp(log), *limits, level=level)
        assert found.value == pytest.approx(se, rel=1e-9)
        assert found["log_estimate"] == pytest.approx(log, abs=1e-12)
        assert found.notes == ()
        assert se_from_ci(log, log - half, log + half, level=level).value == pytest.approx(se)

    def test_an_estimate_off_the_middle_is_pointed_out(self) -> None:
        found = se_from_ratio_ci(0.9, 0.5, 1.1)
        assert [note.code for note in found.notes] == ["interval_off_centre"]
        with pytest.raises(InputError, match="outside its interval"):
            se_from_ratio_ci(0.4, 0.5, 1.1)
        with pytest.raises(InputError, match="outside its interval"):
            se_from_ci(0.4, 0.5, 1.1)
        with pytest.raises(InputError) as told:
            se_from_ratio_ci(0.9, -0.5, 1.1)
        assert told.value.column == "ci_lb"

    def test_from_p(self) -> None:
        found = se_from_p(-1.4, 2 * norm.sf(2.0))
        assert found.value == pytest.approx(0.7)
        assert found["z"] == pytest.approx(2.0)
        with pytest.raises(InputError):
            se_from_p(0.0, 0.4)

    def test_observed_minus_expected_and_back(self) -> None:
        forth = oe_v_from_hr(-0.4, 0.25)
        back = hr_from_oe_v(forth["oe"], forth["v"])
        assert (back["lnhr"], back["se"]) == pytest.approx((-0.4, 0.25))

    def test_events_shared_evenly_give_a_quarter(self) -> None:
        assert v_from_events(40, 100, 100).value == 10.0
        assert v_from_events(40, 150, 50).value == pytest.approx(7.5)

    def test_log_rank_p_knows_its_direction(self) -> None:
        for favours, sign in (("experimental", -1), ("control", 1)):
            found = hr_from_logrank_p(30, 50, 0.02, favours=favours)
            z = found["lnhr"] / found["se"]
            assert z == pytest.approx(sign * norm.isf(0.01))
            assert found["oe"] == pytest.approx(found["lnhr"] * found["v"])
        with pytest.raises(InputError, match="experimental or control"):
            hr_from_logrank_p(30, 50, 0.02, favours="nobody")


class TestDirection:
    def test_scales_are_turned_round(self) -> None:
        assert flip_mean(12.0).value == -12.0
        assert flip_mean(12.0, scale_maximum=40.0).value == 28.0

    def test_events_become_non_events(self) -> None:
        assert swap_events(12, 40)["events"] == 28.0
        with pytest.raises(InputError, match="more events"):
            swap_events(41, 40)


def five_numbers_of(values, n: int, scenario: str) -> FiveNumbers:
    low, q1, median, q3, high = values
    return FiveNumbers(
        n=n,
        median=median,
        minimum=low if scenario in ("S1", "S3") else None,
        maximum=high if scenario in ("S1", "S3") else None,
        q1=q1 if scenario in ("S2", "S3") else None,
        q3=q3 if scenario in ("S2", "S3") else None,
    )


SCENARIOS = ("S1", "S2", "S3")


class TestFiveNumbers:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_normal_data_give_back_mean_and_sd(self, scenario: str) -> None:
        n, random = 60, np.random.default_rng(3)
        samples = random.normal(20.0, 4.0, size=(2000, n))
        found = [
            fivenum(five_numbers_of(five, n, scenario))
            for five in np.quantile(samples, [0, 0.25, 0.5, 0.75, 1], axis=1).T
        ]
        assert np.mean([one["mean"] for one in found]) == pytest.approx(20.0, abs=0.06)
        assert np.mean([one["sd"] for one in found]) == pytest.approx(4.0, abs=0.06)

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_log_normal_data_need_the_log_normal_version(self, scenario: str) -> None:
        n, random = 100, np.random.default_rng(4)
        samples = np.exp(random.normal(2.0, 0.5, size=(2000, n)))
        mean = math.exp(2.0 + 0.125)
        sd = mean * math.sqrt(math.expm1(0.25))
        fives = [
            five_numbers_of(five, n, scenario)
            for five in np.quantile(samples, [0, 0.25, 0.5, 0.75, 1], axis=1).T
        ]
        found = [fivenum_lognormal(five) for five in fives]
        assert np.mean([one["mean"] for one in found]) == pytest.approx(mean, rel=0.02)
        assert np.mean([one["sd"] for one in found]) == pytest.approx(sd, rel=0.04)
        skewed = np.mean([fivenum_skew_test(five)["significant"] for five in fives])
        assert skewed > 0.15, "skewness must be seen more often than the level of 5%"

    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_the_skewness_test_keeps_its_level(self, scenario: str) -> None:
        n, random = 80, np.random.default_rng(6)
        samples = random.normal(0.0, 1.0, size=(4000, n))
        found = [
            fivenum_skew_test(five_numbers_of(five, n, scenario))["significant"]
            for five in np.quantile(samples, [0, 0.25, 0.5, 0.75, 1], axis=1).T
        ]
        assert 0.02 < np.mean(found) < 0.08

    def test_skewed_quantiles_get_a_note(self) -> None:
        found = fivenum(FiveNumbers(n=200, median=10.0, q1=9.0, q3=30.0))
        assert [note.code for note in found.notes] == ["skewed"]

    @pytest.mark.parametrize("method", ["fivenum", "fivenum_qe", "fivenum_skew_test"])
    @pytest.mark.parametrize("scenario", SCENARIOS)
    @given(st.floats(-3, 3), st.floats(0.1, 1000))  # below, the beta family would come in
    @settings(max_examples=15, deadline=None)
    def test_moving_and_stretching_the_scale(self, method, scenario, shift, scale) -> None:
        if method == "fivenum_qe":
            shift = 0.0  # families on the positive numbers do not move
        values = np.array([2.0, 4.5, 6.0, 8.5, 13.0])
        compute = FIVE_NUMBER_METHODS[method]
        plain = compute(five_numbers_of(values, 50, scenario))
        moved = compute(five_numbers_of((values + shift) * scale, 50, scenario))
        if method == "fivenum_skew_test":
            assert moved["tval"] == pytest.approx(plain["tval"], abs=1e-9)
        else:
            assert moved["mean"] == pytest.approx((plain["mean"] + shift) * scale, rel=1e-5)
            assert moved["sd"] == pytest.approx(plain["sd"] * scale, rel=1e-5)

    @pytest.mark.parametrize(
        ("numbers", "words"),
        [
            (FiveNumbers(n=4, median=2.0, q1=1.0, q3=3.0), "at least 5"),
            (FiveNumbers(n=40, median=2.0, q1=1.0), "both quartiles"),
            (FiveNumbers(n=40, median=4.0, q1=1.0, q3=3.0), "out of order"),
            (FiveNumbers(n=40, median=2.0, q1=2.0, q3=2.0), "no spread"),
            (FiveNumbers(n=40, median=math.inf, q1=2.0, q3=2.0), "finite"),
        ],
    )
    def test_impossible_numbers_are_refused(self, numbers, words) -> None:
        for method in FIVE_NUMBER_METHODS.values():
            with pytest.raises(InputError, match=words):
                method(numbers)

    def test_methods_for_positive_data_refuse_others(self) -> None:
        numbers = FiveNumbers(n=40, median=2.0, q1=-1.0, q3=3.0)
        for method in (fivenum_lognormal, fivenum_bc):
            with pytest.raises(InputError, match="above 0"):
                method(numbers)
        assert dict(fivenum_qe(numbers).entered)["distribution"] == "normal"
        with pytest.raises(InputError, match="differ from each other"):
            fivenum_bc(FiveNumbers(n=40, median=2.0, q1=2.0, q3=3.0))


class TestQuantileEstimation:
    @pytest.mark.parametrize("scenario", SCENARIOS)
    @pytest.mark.parametrize(
        ("name", "distribution"),
        [
            ("normal", norm(30.0, 4.0)),
            ("log-normal", None),
            ("gamma", None),
            ("weibull", None),
            ("beta", None),
        ],
    )
    def test_exact_quantiles_are_recognised(self, scenario, name, distribution) -> None:
        from scipy.stats import beta, gamma, lognorm, weibull_min

        distribution = (
            distribution
            or {
                "log-normal": lognorm(0.6, scale=12.0),
                "gamma": gamma(2.0, scale=5.0),
                "weibull": weibull_min(1.7, scale=20.0),
                "beta": beta(2.0, 6.0),
            }[name]
        )
        n = 80
        five = distribution.ppf([1 / n, 0.25, 0.5, 0.75, 1 - 1 / n])
        found = fivenum_qe(five_numbers_of(five, n, scenario))
        assert dict(found.entered)["distribution"] == name
        assert found["mean"] == pytest.approx(distribution.mean(), rel=1e-6)
        assert found["sd"] == pytest.approx(distribution.std(), rel=1e-6)


class TestBoxCox:
    @pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
    def test_the_power_is_found_and_turned_back(self, power: float) -> None:
        from scipy.integrate import quad

        # Quantiles that are symmetric after the transformation, and moments by brute force.
        n, mean, sd = 60, 8.0, 1.5
        z = mean + sd * norm.ppf([0.25, 0.5, 0.75])
        q1, median, q3 = (1 + power * z) ** (1 / power)
        found = fivenum_bc(FiveNumbers(n=n, median=median, q1=q1, q3=q3))
        scale = (z[2] - z[0]) / (2 * norm.ppf((0.75 * n - 0.125) / (n + 0.25)))
        edge = mean + 1 / power

        def integral(of) -> float:
            def weigh(x: float) -> float:
                return of((1 + power * x) ** (1 / power)) * norm.pdf(x, mean, scale)

            return quad(weigh, max(-1 / power, mean - 9 * scale), min(2 * edge, mean + 9 * scale))[
                0
            ]

        mass = integral(lambda x: 1.0)
        first = integral(lambda x: x) / mass
        second = integral(lambda x: (x - first) ** 2) / mass
        assert found["mean"] == pytest.approx(first, rel=1e-6)
        assert found["sd"] == pytest.approx(math.sqrt(second), rel=1e-6)

    def test_logarithms_are_the_power_zero(self) -> None:
        z = 2.0 + 0.4 * norm.ppf([0.25, 0.5, 0.75])
        q1, median, q3 = np.exp(z)
        found = fivenum_bc(FiveNumbers(n=60, median=median, q1=q1, q3=q3))
        scale = (z[2] - z[0]) / (2 * norm.ppf((45 - 0.125) / 60.25))
        assert found["mean"] == pytest.approx(math.exp(2.0 + scale**2 / 2), rel=1e-6)
