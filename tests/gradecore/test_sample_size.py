"""Sizes of two-group trials, against worked examples and the definition of power."""

from __future__ import annotations

import math

import pytest
from scipy.stats import norm

from gradecore.input_errors import InputError
from gradecore.sample_size import continuous_sample_size, dichotomous_sample_size


def test_a_textbook_example() -> None:
    # 20% against 10%, alpha 0.05, power 0.8: the 199 per group of the textbooks (pooled).
    size = dichotomous_sample_size(0.2, 0.5)
    assert math.ceil(size.per_group_pooled) == 199
    assert size.total_pooled == 398
    assert size.events == math.ceil(size.per_group) * (0.2 + 0.1)


def test_a_small_effect_needs_about_four_hundred_per_group() -> None:
    # The 393 per group that Cohen's tables give for an effect of 0.2 SD.
    size = continuous_sample_size(0.2, 1.0)
    assert size.per_group == pytest.approx(392.4, abs=0.05)
    assert size.total == 786


@pytest.mark.parametrize("power", [0.5, 0.8, 0.9, 0.99])
@pytest.mark.parametrize("alpha", [0.01, 0.05])
def test_the_size_has_the_power(power: float, alpha: float) -> None:
    n = continuous_sample_size(3.0, 10.0, alpha=alpha, power=power).per_group
    shift = 3.0 / (10.0 * math.sqrt(2.0 / n))
    assert norm.sf(norm.isf(alpha / 2) - shift) == pytest.approx(power, abs=1e-9)
    n = dichotomous_sample_size(0.3, 0.25, alpha=alpha, power=power).per_group
    shift = 0.075 / math.sqrt((0.3 * 0.7 + 0.225 * 0.775) / n)
    assert norm.sf(norm.isf(alpha / 2) - shift) == pytest.approx(power, abs=1e-9)


@pytest.mark.parametrize(
    ("compute", "column"),
    [
        (lambda: dichotomous_sample_size(0.0, 0.25), "baseline_risk"),
        (lambda: dichotomous_sample_size(0.9, -0.5), "baseline_risk"),
        (lambda: dichotomous_sample_size(0.3, 0.0), "rrr"),
        (lambda: dichotomous_sample_size(0.3, 0.25, power=1.0), "power"),
        (lambda: continuous_sample_size(0.0, 1.0), "delta"),
        (lambda: continuous_sample_size(1.0, 0.0), "sd"),
        (lambda: continuous_sample_size(1.0, 1.0, alpha=0.0), "alpha"),
    ],
)
def test_impossible_wishes_are_refused(compute, column) -> None:
    with pytest.raises(InputError) as told:
        compute()
    assert told.value.column == column
