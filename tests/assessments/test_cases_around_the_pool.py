"""Cases of conversions, regressions and small studies: optional parts and clear refusals.

The numbers themselves are compared with R in tests/gradecore/test_oracle.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from gradecore.case_types import Case, case_types
from gradecore.input_errors import InputError

HANDLERS = case_types()
Y, V = [0.1, 0.4, 0.2, 0.7, 0.3], [0.02, 0.1, 0.05, 0.2, 0.03]


def answer(kind: str, inputs: dict[str, Any], measure: str = "GEN", **options: Any) -> dict:
    case = Case(id="a", type=kind, measure=measure, inputs=inputs, options=options)
    return HANDLERS[kind](case)


@pytest.mark.parametrize(
    ("measure", "inputs", "words"),
    [
        ("sd_from_moon", {}, "no conversion named sd_from_moon"),
        ("fivenum_mln", {"median": 3, "q1": 1, "q3": 4, "n": 20}, "not offered"),
        ("sd_from_se", {"se": 1.0}, "number for n"),
        ("sd_from_se", {"se": "wide", "n": 12}, "number for se"),
        ("sd_from_ci", {"ci_lb": 1, "ci_ub": 2, "n": 20, "level": "x"}, "level must be"),
        ("fivenum", {"median": 3, "q1": 1, "q3": 4, "n": 20, "method": "magic"}, "magic"),
        ("absolute_effect", {"measure": "MD", "estimate": 2, "baseline_risk": 0.2}, "MD"),
        ("absolute_effect", {"measure": "RR", "estimate": 2, "baseline_risk": 0}, "baseline"),
        ("nnt", {"rd": 0.1}, "number for ci_lb"),
    ],
)
def test_conversions_refuse_in_words(measure: str, inputs: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        answer("convert", inputs, measure)


def test_optional_parts_may_be_absent() -> None:
    only = answer("convert", {"smd": 0.5}, "smd_to_lnor")
    assert list(only) == ["lnor"]
    found = answer("convert", {"smd": 0.5, "sd": 12.0}, "smd_to_md")
    assert found == {"md": 6.0}
    found = answer("convert", {"n": 30, "cluster_size": 11.0, "icc": 0.1}, "cluster_effective")
    assert found["n"] == 15.0
    assert "events" not in found
    inputs = {"measure": "RR", "estimate": 0.5, "baseline_risk": 0.2}
    found = answer("convert", inputs, "absolute_effect")
    assert found == {"corresponding_risk": 100.0, "difference": -100.0}
    found = answer("convert", {**inputs, "ci_lb": 0.25, "per": 100}, "absolute_effect")
    assert found["corresponding_lb"] == pytest.approx(5.0)
    assert found["difference_lb"] == pytest.approx(-15.0)


def test_more_than_two_arms_are_combined() -> None:
    arms = {"n1": 10, "m1": 1, "sd1": 2, "n2": 20, "m2": 3, "sd2": 2.5, "n3": 5, "m3": 2, "sd3": 1}
    found = answer("convert", arms, "combine_groups")
    assert found["n"] == 35.0
    assert found["mean"] == pytest.approx(80 / 35)


def test_the_sign_of_an_nnt() -> None:
    found = answer("convert", {"rd": 0.0, "ci_lb": -0.1, "ci_ub": 0.1}, "nnt")
    assert found["direction"] == "no difference"
    assert found["ci_includes_infinity"] is True


def test_moderators_by_name_or_all() -> None:
    columns = {"yi": Y, "vi": V, "dose": [1, 2, 3, 4, 6]}
    named = answer("metareg", columns, moderators=["dose"], tau2_method="DL")
    assert answer("metareg", columns, tau2_method="DL") == named
    assert answer("metareg", columns, moderators="dose", tau2_method="DL") == named
    with pytest.raises(InputError, match="no column age"):
        answer("metareg", columns, moderators=["age"])
    with pytest.raises(InputError, match="known are"):
        answer("metareg", columns, moderators=["dose"], tau2_method="ZZ")


def test_sizes_may_take_the_place_of_standard_errors() -> None:
    columns = {"yi": Y, "vi": V, "ni": [200, 40, 80, 20, 130]}
    assert answer("egger", columns, predictor="sqrtninv") != answer("egger", columns)
    assert answer("regtest", columns, predictor="ninv")["tau2"] >= 0.0
    with pytest.raises(InputError, match="size of each study"):
        answer("regtest", {"yi": Y, "vi": V}, predictor="ninv")


@pytest.mark.parametrize("kind", ["egger", "regtest", "begg", "trimfill", "failsafe"])
def test_missing_studies_are_left_out(kind: str) -> None:
    with_gap = answer(kind, {"yi": [*Y, None], "vi": [*V, 0.1]})
    assert with_gap == answer(kind, {"yi": Y, "vi": V})
    with pytest.raises(InputError):
        answer(kind, {"yi": Y, "vi": [0.0, *V[1:]]})
    with pytest.raises(InputError):
        answer(kind, {"yi": Y})
