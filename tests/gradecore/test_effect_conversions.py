"""Re-expressions: round trips, tables of two groups as truth, and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore import effect_conversions as effects
from gradecore.input_errors import InputError

inner_risks = st.floats(0.01, 0.99)


@given(inner_risks, inner_risks)
def test_all_ways_from_two_risks_lead_back(p1: float, p0: float) -> None:
    odds_ratio = p1 / (1 - p1) / (p0 / (1 - p0))
    risk_ratio, difference = p1 / p0, p1 - p0
    close = {"rel": 1e-9, "abs": 1e-12}
    assert float(effects.risk_from_odds_ratio(odds_ratio, p0)) == pytest.approx(p1, **close)
    assert float(effects.risk_from_risk_ratio(risk_ratio, p0)) == pytest.approx(p1, **close)
    assert float(effects.risk_from_risk_difference(difference, p0)) == pytest.approx(p1, **close)
    found = effects.risk_ratio_from_odds_ratio(odds_ratio, p0)
    assert float(found) == pytest.approx(risk_ratio, **close)
    found = effects.odds_ratio_from_risk_ratio(risk_ratio, p0)
    assert float(found) == pytest.approx(odds_ratio, rel=1e-7)
    found = effects.risk_difference_from_odds_ratio(odds_ratio, p0)
    assert float(found) == pytest.approx(difference, **close)
    found = effects.risk_difference_from_risk_ratio(risk_ratio, p0)
    assert float(found) == pytest.approx(difference, **close)
    found = effects.risk_ratio_from_risk_difference(difference, p0)
    assert float(found) == pytest.approx(risk_ratio, **close)
    found = effects.odds_ratio_from_risk_difference(difference, p0)
    assert float(found) == pytest.approx(odds_ratio, rel=1e-7)


@given(st.floats(0.05, 20.0), inner_risks)
def test_hazard_ratio_and_survival_are_two_sides(ratio: float, p0: float) -> None:
    event = float(effects.risk_from_hazard_ratio(ratio, p0))
    free = float(effects.survival_from_hazard_ratio(ratio, 1.0 - p0))
    assert event + free == pytest.approx(1.0, abs=1e-12)
    assert float(effects.risk_from_hazard_ratio(1.0, p0)) == pytest.approx(p0, abs=1e-15)


@given(st.floats(-5, 5), inner_risks)
def test_smd_and_log_odds(smd: float, p0: float) -> None:
    log_odds = effects.log_odds_ratio_from_smd(smd)
    assert float(effects.smd_from_log_odds_ratio(log_odds)) == pytest.approx(smd, abs=1e-12)
    # Logistic distributions one SMD apart, cut at the same point.
    spread = math.sqrt(3.0) / math.pi
    cut = -spread * math.log(p0 / (1 - p0))
    truth = 1.0 / (1.0 + math.exp((cut - smd) / spread))
    assert float(effects.risk_from_smd(smd, p0)) == pytest.approx(truth, abs=1e-12)
    found = effects.risk_difference_from_smd(smd, p0)
    assert float(found) == pytest.approx(truth - p0, abs=1e-12)


def test_arrays_broadcast() -> None:
    found = effects.risk_from_odds_ratio([0.5, 1.0, 2.0], np.array([[0.1], [0.5]]))
    assert found.shape == (2, 3)
    assert found[:, 1] == pytest.approx([0.1, 0.5])


def test_limits_of_the_range() -> None:
    assert float(effects.risk_from_hazard_ratio(2.0, 1.0)) == 1.0
    assert float(effects.risk_from_hazard_ratio(0.5, 1e-12)) == pytest.approx(5e-13, rel=1e-9)
    assert float(effects.number_needed_to_treat(0.0)) == math.inf
    assert float(effects.number_needed_to_treat(-0.125)) == 8.0
    assert float(effects.odds_from_risk(1.0)) == math.inf
    assert float(effects.risk_from_odds(3.0)) == 0.75
    assert float(effects.rate_from_rate_ratio(0.5, 8.0)) == 4.0


def test_differences_of_familiar_instruments() -> None:
    assert float(effects.mean_difference_from_smd(0.5, 12.0)) == 6.0
    assert float(effects.mid_units_from_mean_difference(6.0, 4.0)) == 1.5
    assert float(effects.log_ratio_of_means_from_smd(1.0)) == pytest.approx(0.392)


@pytest.mark.parametrize(
    ("compute", "column"),
    [
        (lambda: effects.risk_from_odds_ratio(-1.0, 0.2), "odds ratio"),
        (lambda: effects.risk_from_odds_ratio(2.0, 1.2), "baseline risk"),
        (lambda: effects.risk_from_risk_ratio(math.nan, 0.2), "risk ratio"),
        (lambda: effects.odds_ratio_from_risk_ratio(6.0, 0.2), "baseline_risk"),
        (lambda: effects.odds_ratio_from_risk_difference(0.9, 0.2), "baseline_risk"),
        (lambda: effects.mean_difference_from_smd(0.5, 0.0), "sd"),
        (lambda: effects.risk_ratio_from_risk_difference(0.1, 0.0), ""),
        (lambda: effects.mid_units_from_mean_difference(1.0, 0.0), ""),
    ],
)
def test_impossible_numbers_are_refused(compute, column) -> None:
    with pytest.raises(InputError) as told:
        compute()
    assert told.value.column == column
    assert told.value.sentence.endswith(".")
