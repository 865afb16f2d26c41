"""The engine at its edges: extreme variances, several maxima, identical studies, few studies."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import chdtrc

from gradecore.batch import BatchResult, pool_batch
from gradecore.between_study_variance import ESTIMATORS
from gradecore.generalized_q import root
from gradecore.input_errors import InputError
from gradecore.jackson_interval import jackson_interval, upper_tail
from gradecore.padded_effects import check_effects, padded
from gradecore.profiles import plan_for
from gradecore.study_arrays import arrays_of, pool_effects
from gradecore.subgroups import common_tau2, memberships

PLAN = plan_for("cochrane-current", "GEN")


def pooled(y: list[float], v: list[float], **items: object) -> BatchResult:
    plan = plan_for("cochrane-current", "GEN", **items)
    return pool_effects(np.array(y, dtype=float), np.array(v, dtype=float), plan)


@pytest.mark.parametrize("estimator", sorted(ESTIMATORS))
def test_variances_from_tiny_to_huge(estimator: str) -> None:
    v = 10.0 ** np.arange(-12.0, 13.0, 2.0)
    y = np.sqrt(v) * np.resize([1.0, -2.0, 0.5], len(v))
    result = pooled(list(y), list(v), tau2_estimator=estimator)
    assert result.converged[0]
    assert np.isfinite(result.tau2[0])
    assert np.isfinite([result.estimate[0], result.shown.lower[0], result.shown.upper[0]]).all()
    assert result.weights.sum() == pytest.approx(100.0)


def test_tau2_solves_its_equation_to_the_last_digits_whatever_the_variances() -> None:
    rng = np.random.default_rng(7)
    v = 10.0 ** rng.uniform(-12.0, 12.0, (300, 9))
    y = rng.normal(size=v.shape) * np.sqrt(v + 10.0 ** rng.uniform(-12.0, 12.0, (300, 1)))
    with np.errstate(all="ignore"):
        model = padded(y, v)
        found = ESTIMATORS["PM"].estimate(model)
        q, _ = model.quadratics(found.tau2)
    assert found.converged.all()
    above = found.tau2 > 0.0
    np.testing.assert_allclose(q[above], 8.0, rtol=1e-9)
    assert (q[~above] <= 8.0).all()


def test_dominant_study_keeps_its_digits() -> None:
    """DerSimonian-Laird by exact fractions: tau² 0.4383337283329383, its SE 0.8068621967509914."""
    y, v = np.array([[0.1, 1.0, 2.0, -1.0]]), np.array([[1e-6, 1.0, 1.0, 1.0]])
    model = padded(y, v)
    found = ESTIMATORS["DL"].estimate(model)
    assert found.tau2[0] == pytest.approx(0.4383337283329383, rel=1e-11)
    se = ESTIMATORS["DL"].standard_error(model, found.tau2)
    assert se[0] == pytest.approx(0.8068621967509914, rel=1e-11)


def test_far_from_zero_nothing_cancels() -> None:
    y = np.array([0.1, 0.5, -0.3, 0.9, 0.2])
    v = np.array([0.01, 0.02, 0.015, 0.03, 0.012])
    near, far = pooled(list(y), list(v)), pooled(list(y + 2.0**20), list(v))
    assert far.tau2_upper[0] == pytest.approx(near.tau2_upper[0], rel=1e-8)
    assert far.tau2[0] == pytest.approx(near.tau2[0], rel=1e-8)


def test_identical_studies() -> None:
    result = pooled([0.3] * 6, [0.1] * 6, interval="hksj")
    assert result.tau2[0] == result.q[0] == result.i2[0] == 0.0
    assert result.hksj.se[0] == 0.0
    assert result.shown.lower[0] == result.shown.upper[0] == pytest.approx(0.3)
    for estimator in ESTIMATORS:
        assert pooled([0.3] * 6, [0.1] * 6, tau2_estimator=estimator).tau2[0] == 0.0


def test_the_higher_of_two_maxima_is_found() -> None:
    """A precise pair that agrees, a vague rest that does not: 0 is not the highest maximum."""
    y, v = [0.0, 0.05, 6.0, -7.0, 8.0, -6.0], [1e-4, 1e-4, 0.5, 0.5, 0.5, 0.5]
    result = pooled(y, v)
    model = padded(np.array([y]), np.array([v]))
    grid = np.concatenate(([0.0], np.geomspace(1e-8, 1e3, 4000)))
    heights = model.log_likelihood(grid[:, None], True)[:, 0]
    assert result.tau2[0] == pytest.approx(grid[int(np.argmax(heights))], rel=0.01)


def test_enormous_heterogeneity() -> None:
    result = pooled([-1e6, 1e6, 3e5, -4e5], [1e-6] * 4)
    assert result.converged[0]
    assert result.tau2[0] == pytest.approx(np.var([-1e6, 1e6, 3e5, -4e5], ddof=1), rel=1e-9)
    assert result.i2[0] > 99.99


@pytest.mark.parametrize(
    ("y", "v", "told"),
    [
        ([0.1, 0.2], [0.1, -0.2], "Study 2"),
        ([0.1, 0.2], [0.1, 0.0], "Study 2"),
        ([np.inf, 0.2], [0.1, 0.2], "Study 1"),
        ([0.1, 0.2], [0.1, np.inf], "Study 2"),
        ([0.1, 0.2, 0.3], [0.1, 0.2], "3 effects but 2 variances"),
        ([], [], "no study"),
        ([np.nan], [0.1], "no study"),
    ],
)
def test_effects_that_cannot_be_pooled_are_refused(
    y: list[float], v: list[float], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        check_effects(np.array(y), np.array(v))


def test_missing_studies_do_not_count() -> None:
    result = pooled([0.1, np.nan, 0.3], [0.1, 0.1, 0.2])
    alone = pooled([0.1, 0.3], [0.1, 0.2])
    assert result.k[0] == 2
    assert result.estimate[0] == alone.estimate[0]
    np.testing.assert_array_equal(result.weights[0][[0, 2]], alone.weights[0])
    assert result.weights[0][1] == 0.0


def test_blocks_do_not_show() -> None:
    rng = np.random.default_rng(3)
    v = rng.uniform(0.01, 1.0, (9000, 5))
    y = rng.normal(0.0, np.sqrt(v + 0.2))
    whole = pool_batch(y, v, PLAN)
    part = pool_batch(y[8000:], v[8000:], PLAN)
    np.testing.assert_allclose(whole.tau2[8000:], part.tau2, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(whole.shown.lower[8000:], part.shown.lower, rtol=1e-12, atol=1e-14)
    assert whole.weights.shape == (9000, 5)


def test_q_below_its_target_gives_zero() -> None:
    model = padded(np.array([[0.1, 0.2, 0.15]]), np.array([[1.0, 1.0, 1.0]]))
    tau2, reached, _ = root(model, np.array([5.0]))
    assert tau2[0] == 0.0
    assert reached[0]


def test_common_tau2_needs_two_filled_subgroups_and_a_degree_of_freedom() -> None:
    y, v = np.array([0.1, 0.4, 0.2]), np.array([0.1, 0.1, 0.1])
    _, members = memberships(["a", "b", "b"])
    assert common_tau2(y, v, members, PLAN) is not None
    assert common_tau2(y, v, members[:1], PLAN) is None
    _, alone = memberships(["a", "b", "c"])
    assert common_tau2(y, v, alone, PLAN) is None
    assert common_tau2(np.array([np.nan, 0.4, 0.2]), v, members, PLAN) is None


def test_equal_eigenvalues_are_plain_chi2() -> None:
    assert upper_tail(7.0, np.full(5, 2.0)) == pytest.approx(float(chdtrc(5.0, 3.5)), rel=1e-12)


def test_unequal_eigenvalues_by_integration() -> None:
    """Imhof's integral (doi:10.1093/biomet/48.3-4.419) of the same sum, by a fine midpoint rule."""
    eigenvalues, q = np.array([0.3, 0.8, 1.5, 2.0, 0.5, 1.1]), 9.0
    u = np.arange(0.0005, 400.0, 0.001)
    angle = 0.5 * np.arctan(np.outer(u, eigenvalues)).sum(axis=1) - 0.5 * q * u
    size = np.prod(1.0 + np.outer(u, eigenvalues) ** 2, axis=1) ** 0.25
    integral = float(np.sum(np.sin(angle) / (u * size)) * 0.001)
    assert upper_tail(q, eigenvalues) == pytest.approx(0.5 + integral / np.pi, abs=1e-6)


def test_jackson_interval_as_the_package_meta_prints_it() -> None:
    """0.27314 to 2.79604 for the data of Normand 1999; meta knows them to 1.2e-4."""
    smd = plan_for("revman5", "SMD")
    columns = {
        "mean_experimental": np.array([55, 27, 64, 66, 14, 19, 52, 21, 30.0]),
        "sd_experimental": np.array([47, 7, 17, 20, 8, 7, 45, 16, 27.0]),
        "total_experimental": np.array([155, 31, 75, 18, 8, 57, 34, 110, 60.0]),
        "mean_control": np.array([75, 29, 119, 137, 18, 18, 41, 31, 23.0]),
        "sd_control": np.array([64, 4, 29, 48, 11, 4, 34, 27, 20.0]),
        "total_control": np.array([156, 32, 71, 18, 13, 52, 33, 183, 52.0]),
    }
    arrays = arrays_of(columns, smd)
    lower, upper = jackson_interval(arrays.y, arrays.v, 0.95)
    assert lower == pytest.approx(0.27314132, abs=1.3e-4)
    assert upper == pytest.approx(2.79604031, abs=1.3e-4)
