"""How much a result hangs on single studies, against R's metafor 3.8-1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gradecore.data import BodyOfEvidence
from gradecore.input_errors import InputError
from gradecore.pooling import pool
from gradecore.profiles import plan_for
from gradecore.sensitivity import (
    compared,
    cumulative,
    influence,
    leave_one_out,
    only_low_risk,
    without,
    without_high_risk,
)
from tests.gradecore.test_pooling import BCG, arms, body

PLAN = plan_for("metafor", "RR")

# influence() of a REML fit of the BCG data with threshold 1e-14
RSTUDENT = (
    -0.218142485736,
    -1.29179018551,
    -0.754719765748,
    -1.45120066425,
    0.847710577597,
    -0.117999490556,
    -1.30372705936,
    1.45008052457,
    0.4076131684,
    -1.12773877628,
    0.669079176797,
    1.28984096809,
    1.18790289288,
)
DFFITS = (
    -0.0407075475013,
    -0.343587709851,
    -0.160361504016,
    -0.52005098847,
    0.270745218217,
    -0.0190063483273,
    -0.336157503751,
    0.477460007374,
    0.141548473009,
    -0.348694699477,
    0.231504512883,
    0.252619894829,
    0.354860899253,
)
COOK = (
    0.00171654134162,
    0.113249701414,
    0.0259803310403,
    0.229481639116,
    0.0762314446186,
    0.000413496268598,
    0.108741619531,
    0.199177591739,
    0.0219984308192,
    0.117017835239,
    0.0580781559532,
    0.0634334162557,
    0.122812903951,
)
COVARIANCE_RATIO = (
    1.11644898615,
    1.01019229175,
    1.06699581106,
    0.965126485136,
    1.13802335406,
    1.24071642704,
    1.00771140826,
    1.0010701389,
    1.19676223795,
    1.0505273251,
    1.18597909185,
    1.02585693499,
    1.06504067848,
)
TAU2_WITHOUT = (
    0.336156701804,
    0.292583083996,
    0.320737929649,
    0.262758148091,
    0.327803260442,
    0.359554070377,
    0.293025869767,
    0.273182929387,
    0.349452009805,
    0.298724504633,
    0.340488287793,
    0.308162214795,
    0.303733366367,
)


def test_influence_agrees_with_metafor() -> None:
    found = influence(body(*BCG), PLAN)
    for name, expected in (
        ("residual", RSTUDENT),
        ("dffits", DFFITS),
        ("cook", COOK),
        ("covariance_ratio", COVARIANCE_RATIO),
        ("tau2_without", TAU2_WITHOUT),
    ):
        np.testing.assert_allclose([getattr(one, name) for one in found], expected, rtol=1e-9)
    assert found[0].weight == pytest.approx(5.05948273437)
    assert found[7].q_without == pytest.approx(67.9858114991)


def test_leave_one_out_is_pooling_without_the_study() -> None:
    rows = body(*BCG)
    plan = plan_for("cochrane-current", "RR")
    for left_out in leave_one_out(rows, plan):
        alone = pool(
            BodyOfEvidence(studies=tuple(s for s in rows.studies if s.key != left_out.key)), plan
        )
        assert left_out.result is not None
        assert alone.shown is not None
        assert left_out.result.estimate == pytest.approx(alone.shown.estimate, rel=1e-12)
        assert left_out.result.ci_upper == pytest.approx(alone.shown.ci_upper, rel=1e-12)
        assert left_out.result.method == alone.shown.method
        assert left_out.k == alone.k == 12


def test_mantel_haenszel_without_one_study() -> None:
    rows = body(*BCG[:5])
    plan = plan_for("revman5", "OR", model="common")
    left_out = leave_one_out(rows, plan)[0]
    alone = pool(body(*BCG[1:5]), plan)
    assert left_out.result is not None
    assert left_out.result.estimate == pytest.approx(alone.estimate, rel=1e-12)
    assert left_out.tau2 is None


def test_studies_without_effect_are_not_left_out_one_by_one() -> None:
    rows = body(arms(0, 20, 0, 20), *BCG[:3])
    assert [row.key for row in leave_one_out(rows, plan_for("revman5", "RR"))] == ["k2", "k3", "k4"]
    assert leave_one_out(body(BCG[0]), PLAN) == ()
    assert influence(body(BCG[0]), PLAN) == ()


def test_cumulative_follows_the_order_given() -> None:
    rows = body(*BCG[:4])
    series = cumulative(rows, PLAN, order=("k4", "k2", "k1", "k3"))
    assert [row.key for row in series] == ["k4", "k2", "k1", "k3"]
    assert [row.k for row in series] == [1, 2, 3, 4]
    first, last = series[0].result, series[-1].result
    assert first is not None
    assert last is not None
    assert first.estimate == pool(rows, PLAN).studies[3].estimate
    assert last.estimate == pytest.approx(pool(rows, PLAN).estimate, rel=1e-12)
    with pytest.raises(InputError, match="k9"):
        cumulative(rows, PLAN, order=("k9",))
    with pytest.raises(InputError, match="twice"):
        cumulative(rows, PLAN, order=("k1", "k1"))


def test_without_high_risk_of_bias() -> None:
    rows = body(*BCG[:4])
    levels = ("low", "high", "some_concerns", "critical")
    judged = BodyOfEvidence(
        studies=tuple(
            replace(study, risk_of_bias=level)
            for study, level in zip(rows.studies, levels, strict=True)
        )
    )
    kept = without_high_risk(judged, PLAN)
    assert [study.estimable for study in kept.studies] == [True, False, True, False]
    assert kept.estimate == pool(body(BCG[0], BCG[2]), PLAN).estimate
    assert only_low_risk(judged, PLAN).k == 1
    assert without(judged, PLAN, ["k1"]).k == 3


def test_models_side_by_side() -> None:
    plans = [plan_for("cochrane-current", "RR", tau2_estimator=code) for code in ("REML", "DL")]
    both = compared(body(*BCG), plans)
    assert [one.plan.tau2_estimator for one in both] == ["REML", "DL"]
    assert both[0].estimate != both[1].estimate
