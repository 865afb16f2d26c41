"""Arms, clusters and cross-over trials, against the data of single people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradecore.input_errors import InputError
from gradecore.units_of_analysis import (
    cluster_effective,
    cluster_se,
    combine_events,
    combine_groups,
    crossover_corr,
    crossover_from_t,
    crossover_md,
    design_effect,
    split_control,
)

sample = arrays(float, st.integers(2, 12), elements=st.floats(-100, 100))


@given(st.lists(sample, min_size=2, max_size=4))
@settings(deadline=None)
def test_combined_arms_are_the_people_of_all_arms(arms) -> None:
    found = combine_groups(
        [arm.size for arm in arms],
        [arm.mean() for arm in arms],
        [arm.std(ddof=1) for arm in arms],
    )
    together = np.concatenate(arms)
    assert found["n"] == together.size
    assert found["mean"] == pytest.approx(together.mean(), abs=1e-9)
    assert found["sd"] == pytest.approx(together.std(ddof=1), abs=1e-7)


def test_the_entered_numbers_stay() -> None:
    found = combine_groups([10, 20], [1.0, 2.0], [3.0, 4.0])
    assert dict(found.entered) == {"n1": 10, "m1": 1, "sd1": 3, "n2": 20, "m2": 2, "sd2": 4}
    found = combine_events([3, 4, 5], [10, 20, 30])
    assert (found["events"], found["n"]) == (12.0, 60.0)
    assert "events3 5" in found.sentence


def test_a_shared_control_is_not_rounded() -> None:
    found = split_control(35, 2, events=11, mean=4.5, sd=2.0)
    assert dict(found.values) == {"events": 5.5, "n": 17.5, "mean": 4.5, "sd": 2.0}
    assert [note.code for note in found.notes] == ["correlation_remains"]
    assert dict(split_control(36, 3).values) == {"n": 12.0}


def test_the_handbook_cluster_example() -> None:
    # Handbook 23.1.5: 63/295 and 84/330 in clusters of 28.4 with ICC 0.02: design effect 1.548.
    assert design_effect(28.4, 0.02) == pytest.approx(1.548)
    treated = cluster_effective(28.4, 0.02, 295, 63)
    control = cluster_effective(28.4, 0.02, 330, 84)
    assert treated["n"] == pytest.approx(190.6, abs=0.05)
    assert treated["events"] == pytest.approx(40.7, abs=0.05)
    assert control["n"] == pytest.approx(213.2, abs=0.05)
    assert control["events"] == pytest.approx(54.3, abs=0.05)
    assert cluster_se(0.1, 28.4, 0.02).value == pytest.approx(0.1 * math.sqrt(1.548))
    assert treated["se_multiplier"] ** 2 == pytest.approx(treated["design_effect"])


def test_cross_over_against_the_differences_of_people() -> None:
    random = np.random.default_rng(2)
    person = random.normal(0, 2, 40)
    first, second = person + random.normal(5, 1, 40), person + random.normal(4, 1, 40)
    r = float(np.corrcoef(first, second)[0, 1])
    sds = first.std(ddof=1), second.std(ddof=1)
    found = crossover_md((first.mean(), second.mean()), sds, 40, r)
    difference = first - second
    assert found["md"] == pytest.approx(difference.mean())
    assert found["se"] == pytest.approx(difference.std(ddof=1) / math.sqrt(40))
    assert crossover_corr(*sds, difference.std(ddof=1)).value == pytest.approx(r)
    t = difference.mean() / found["se"]
    assert crossover_from_t(difference.mean(), t).value == pytest.approx(found["se"])
    parallel = crossover_md((first.mean(), second.mean()), sds, 40, 0.0)
    assert parallel["se"] > found["se"]


@pytest.mark.parametrize(
    ("compute", "column"),
    [
        (lambda: combine_groups([10], [1.0], [1.0]), ""),
        (lambda: combine_groups([10, 12], [1.0, 2.0], [1.0, -1.0]), "sd2"),
        (lambda: combine_events([3, 30], [10, 20]), "events2"),
        (lambda: split_control(30, 1), "groups"),
        (lambda: split_control(30, 2, events=31), "events"),
        (lambda: cluster_effective(20.0, 1.5, 100), "icc"),
        (lambda: cluster_effective(0.5, 0.1, 100), "cluster_size"),
        (lambda: crossover_md((1.0, 2.0), (1.0, 1.0), 20, 1.1), "corr"),
        (lambda: crossover_md((1.0, 2.0), (0.0, 0.0), 20, 0.5), "sd_e"),
        (lambda: crossover_corr(1.0, 1.0, 2.5), "sd_diff"),
        (lambda: crossover_from_t(0.0, 2.0), "t"),
    ],
)
def test_impossible_numbers_are_refused(compute, column) -> None:
    with pytest.raises(InputError) as told:
        compute()
    assert told.value.column == column
