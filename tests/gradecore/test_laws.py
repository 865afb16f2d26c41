"""Laws that hold for any data: each is a property of the field, not of one program."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.batch import BatchResult, pool_batch
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import BinaryArms, BodyOfEvidence, ContinuousArms, StudyRow
from gradecore.padded_effects import padded, stacked
from gradecore.pooling import pool
from gradecore.profiles import PROFILES, PoolingPlan, plan_for

effect = st.floats(-5.0, 5.0)
log_variance = st.floats(-6.0, 3.0)
studies = st.lists(st.tuples(effect, log_variance), min_size=1, max_size=15)
estimators = st.sampled_from(sorted(ESTIMATORS))
intervals = st.sampled_from(["wald", "t", "hksj", "hksj-adhoc", "hksj-if-heterogeneous"])
levels = st.floats(0.5, 0.99)


def arrays(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    y, log_v = np.array(rows, dtype=float).T
    return y, np.exp(log_v)


def plan(estimator: str = "REML", **items: Any) -> PoolingPlan:
    return plan_for("cochrane-current", "GEN", tau2_estimator=estimator, **items)


def pooled(y: np.ndarray, v: np.ndarray, chosen: PoolingPlan) -> BatchResult:
    return pool_batch(y[None, :], v[None, :], chosen)


def same(left: Any, right: Any, scale: float, rtol: float = 1e-7) -> None:
    np.testing.assert_allclose(left, right, rtol=rtol, atol=rtol * scale, equal_nan=True)


@given(studies, estimators)
def test_tau2_is_never_negative_and_intervals_are_in_order(
    rows: list[tuple[float, float]], estimator: str
) -> None:
    y, v = arrays(rows)
    result = pooled(y, v, plan(estimator))
    assert result.tau2[0] >= 0.0
    assert result.converged[0]
    assert result.shown.lower[0] <= result.estimate[0] <= result.shown.upper[0]
    assert min(y) - 1e-9 <= result.estimate[0] <= max(y) + 1e-9
    assert 0.0 <= result.i2[0] <= 100.0
    assert result.weights.sum() == pytest.approx(100.0)
    if len(rows) > 1:
        assert 0.0 <= result.tau2_lower[0] <= result.tau2_upper[0]


@given(studies)
def test_one_study_is_itself(rows: list[tuple[float, float]]) -> None:
    y, v = arrays(rows[:1])
    for estimator in ESTIMATORS:
        result = pooled(y, v, plan(estimator))
        assert result.estimate[0] == y[0]
        assert result.shown.se[0] == pytest.approx(np.sqrt(v[0]), rel=1e-14)
        assert result.tau2[0] == result.q[0] == result.i2[0] == 0.0
        assert result.q_p[0] == result.h2[0] == 1.0
        assert not result.used_hksj[0]
        assert np.isnan(result.tau2_upper[0])


@given(studies, estimators, intervals, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    rows: list[tuple[float, float]], estimator: str, interval: str, random: Any
) -> None:
    chosen = plan(estimator, interval=interval)
    shuffled = list(rows)
    random.shuffle(shuffled)
    y, v = arrays(rows)
    first, second = pooled(y, v, chosen), pooled(*arrays(shuffled), chosen)
    scale = np.sqrt(v.min())
    same(first.estimate, second.estimate, scale)
    same(first.shown.lower, second.shown.lower, scale)
    same(first.tau2, second.tau2, v.min())


@given(studies, estimators, st.floats(-6.0, 6.0), st.floats(-3.0, 3.0))
def test_scale_and_origin_do_not_matter(
    rows: list[tuple[float, float]], estimator: str, power: float, shift: float
) -> None:
    factor = 10.0**power
    y, v = arrays(rows)
    first = pooled(y, v, plan(estimator))
    second = pooled(factor * (y + shift), factor**2 * v, plan(estimator))
    scale = np.sqrt(v.min())
    same(second.estimate / factor - shift, first.estimate, scale)
    same(second.wald.se / factor, first.wald.se, scale)
    same(second.tau2 / factor**2, first.tau2, v.min())
    same(second.tau2_upper / factor**2, first.tau2_upper, v.min())
    same(second.q, first.q, 1.0)
    same(second.i2, first.i2, 10.0)


@given(studies, estimators, intervals)
def test_mirrored_effects_give_the_mirrored_result(
    rows: list[tuple[float, float]], estimator: str, interval: str
) -> None:
    y, v = arrays(rows)
    chosen = plan(estimator, interval=interval)
    first, second = pooled(y, v, chosen), pooled(-y, v, chosen)
    scale = np.sqrt(v.min())
    same(second.estimate, -first.estimate, scale)
    same(second.shown.lower, -first.shown.upper, scale)
    same(second.tau2, first.tau2, v.min())


@given(studies, intervals, levels, levels)
def test_a_wider_level_gives_a_wider_interval(
    rows: list[tuple[float, float]], interval: str, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    y, v = arrays(rows)
    narrow = pooled(y, v, plan(interval=interval, level=low))
    wide = pooled(y, v, plan(interval=interval, level=high))
    slack = 1e-9 * (1.0 + abs(narrow.estimate[0]))
    assert wide.shown.lower[0] <= narrow.shown.lower[0] + slack
    assert wide.shown.upper[0] >= narrow.shown.upper[0] - slack
    if len(rows) > 1:
        assert wide.tau2_lower[0] <= narrow.tau2_lower[0] * (1.0 + 1e-6)
        assert wide.tau2_upper[0] >= narrow.tau2_upper[0] * (1.0 - 1e-6)


@given(studies)
def test_a_study_without_information_changes_nothing(rows: list[tuple[float, float]]) -> None:
    y, v = arrays(rows)
    first = pooled(y, v, plan_for("cochrane-current", "GEN", model="common"))
    more = pooled(
        np.append(y, 0.0), np.append(v, 1e15), plan_for("cochrane-current", "GEN", model="common")
    )
    same(more.estimate, first.estimate, np.sqrt(v.min()))
    same(more.shown.se, first.shown.se, np.sqrt(v.min()))


@given(studies)
def test_a_study_at_the_estimate_narrows_the_common_effect(rows: list[tuple[float, float]]) -> None:
    common = plan_for("cochrane-current", "GEN", model="common")
    y, v = arrays(rows)
    first = pooled(y, v, common)
    more = pooled(np.append(y, first.estimate[0]), np.append(v, v.mean()), common)
    same(more.estimate, first.estimate, np.sqrt(v.min()))
    same(more.q, first.q, 1.0)
    assert more.shown.se[0] < first.shown.se[0]


@given(st.lists(studies, min_size=1, max_size=12), estimators, intervals)
def test_a_batch_equals_its_analyses_one_by_one(
    many: list[list[tuple[float, float]]], estimator: str, interval: str
) -> None:
    chosen = plan(estimator, interval=interval)
    columns = [arrays(rows) for rows in many]
    together = pool_batch(
        stacked([y for y, _ in columns]), stacked([v for _, v in columns]), chosen
    )
    for row, (y, v) in enumerate(columns):
        alone = pooled(y, v, chosen)
        scale = float(np.sqrt(v.min()))
        for left, right, size in (
            (together.estimate, alone.estimate, scale),
            (together.shown.se, alone.shown.se, scale),
            (together.shown.lower, alone.shown.lower, scale),
            (together.tau2, alone.tau2, v.min()),
            (together.tau2_upper, alone.tau2_upper, v.min()),
            (together.q, alone.q, 1.0),
            (together.i2, alone.i2, 100.0),
        ):
            same(left[row], right[0], size, rtol=1e-13)
        np.testing.assert_array_equal(together.weights[row, len(y) :], 0.0)


@given(studies, st.sampled_from(["REML", "ML"]))
def test_no_point_of_a_fine_grid_is_likelier(
    rows: list[tuple[float, float]], estimator: str
) -> None:
    y, v = arrays(rows)
    model = padded(y[None], v[None])
    found = ESTIMATORS[estimator].estimate(model)
    grid = np.concatenate(([0.0], np.geomspace(1e-4 * v.min(), 1e3 * (v.max() + 25.0), 400)))
    heights = model.log_likelihood(grid[:, None], estimator == "REML")
    best = model.log_likelihood(found.tau2[None, :], estimator == "REML")
    assert best.max() >= heights.max() - 1e-9


counts = st.integers(1, 60)


@st.composite
def arms(draw: Any) -> tuple[float, float, float, float]:
    n1, n2 = draw(counts), draw(counts)
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def binary_body(rows: list[tuple[float, float, float, float]]) -> BodyOfEvidence:
    return BodyOfEvidence(
        studies=tuple(
            StudyRow(
                key=str(i),
                label=f"Study {i}",
                data=BinaryArms(
                    events_experimental=a,
                    total_experimental=n1,
                    events_control=c,
                    total_control=n2,
                ),
            )
            for i, (a, n1, c, n2) in enumerate(rows)
        )
    )


@given(
    st.lists(arms(), min_size=1, max_size=8),
    st.sampled_from(["OR", "RR", "RD", "PETO"]),
    st.sampled_from(sorted(PROFILES)),
    st.sampled_from(["common", "random"]),
)
def test_swapping_arms_mirrors_the_effect(
    rows: list[tuple[float, float, float, float]], measure: str, profile: str, model: str
) -> None:
    chosen = plan_for(profile, measure, model=model)
    first = pool(binary_body(rows), chosen)
    second = pool(binary_body([(c, n2, a, n1) for a, n1, c, n2 in rows]), chosen)
    assert first.k == second.k
    assert (first.shown is None) == (second.shown is None)
    if first.shown is None or second.shown is None:
        return
    size = first.shown.se
    # the RevMan convention for studies in which everybody has the event is not symmetric
    if profile != "revman5" or not any(a == n1 and c == n2 for a, n1, c, n2 in rows):
        same(second.shown.estimate, -first.shown.estimate, size)
        same(second.shown.ci_lower, -first.shown.ci_upper, size)
    for one, other in zip(first.studies, second.studies, strict=True):
        assert one.estimable == other.estimable


@given(
    st.lists(
        st.tuples(
            st.floats(-50, 50),
            st.floats(0.5, 20),
            st.integers(3, 80),
            st.floats(-50, 50),
            st.floats(0.5, 20),
            st.integers(3, 80),
        ),
        min_size=1,
        max_size=8,
    ),
    st.floats(0.01, 100.0),
)
def test_rescaling_an_outcome_scales_md_and_leaves_smd(
    rows: list[tuple[float, float, int, float, float, int]], factor: float
) -> None:
    def body(scale: float) -> BodyOfEvidence:
        return BodyOfEvidence(
            studies=tuple(
                StudyRow(
                    key=str(i),
                    label=str(i),
                    data=ContinuousArms(
                        mean_experimental=scale * m1,
                        sd_experimental=scale * s1,
                        total_experimental=n1,
                        mean_control=scale * m2,
                        sd_control=scale * s2,
                        total_control=n2,
                    ),
                )
                for i, (m1, s1, n1, m2, s2, n2) in enumerate(rows)
            )
        )

    for measure, multiple in (("MD", factor), ("SMD", 1.0)):
        chosen = plan_for("cochrane-current", measure)
        first, second = pool(body(1.0), chosen).shown, pool(body(factor), chosen).shown
        assert first is not None
        assert second is not None
        same(second.estimate, multiple * first.estimate, multiple * first.se, rtol=1e-6)
        same(second.se, multiple * first.se, multiple * first.se, rtol=1e-6)
