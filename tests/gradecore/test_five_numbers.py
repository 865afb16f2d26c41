"""Means and SDs from medians, quartiles and ranges: simulated samples, exact quantiles, laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from gradecore.conversions import FIVE_NUMBER_METHODS, FiveNumbers
from gradecore.conversions.box_cox import fivenum_bc
from gradecore.conversions.five_numbers import fivenum, fivenum_lognormal, fivenum_skew_test
from gradecore.conversions.quantile_estimation import fivenum_qe
from gradecore.input_errors import InputError


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
