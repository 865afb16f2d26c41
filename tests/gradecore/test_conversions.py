"""Numbers derived before the pool: definitions, simulated data, and what is said about them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from gradecore.conversions import CONVERSIONS, conversion
from gradecore.conversions.between_groups import (
    md_se_from_t,
    sd_from_md_ci,
    sd_from_md_f,
    sd_from_md_p,
    sd_from_md_se,
    sd_from_md_t,
)
from gradecore.conversions.direction import flip_mean, swap_events
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
