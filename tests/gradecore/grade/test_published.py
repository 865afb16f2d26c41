"""Numbers taken from print: grade.md 5 and 9.4."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.absolute_effects import Interval, absolute_effect, round_half_away
from gradecore.grade.published import (
    PrintedAbsolute,
    imported_absolute,
    published_rating,
    symmetry,
    transcription,
)
from gradecore.grade.vocabulary import DOMAINS
from gradecore.input_errors import InputError

OR61 = Interval(estimate=0.61, low=0.44, high=0.85)
NONE = dict.fromkeys(DOMAINS, "not_serious")


def odd(measure, relative, baseline, difference, **more):
    printed = PrintedAbsolute(
        measure=measure, relative=relative, baseline=baseline, difference=difference, **more
    )
    return [one.code for one in imported_absolute(printed)]


def test_what_agrees_or_differs_by_one_unit_is_fine():
    assert odd("OR", OR61, 389, (-109, -170, -38)) == []
    assert odd("OR", OR61, 389, (-110, -169, -38)) == []


def test_an_odds_ratio_taken_for_a_risk_ratio():
    assert odd("RR", OR61, 389, (-109, -170, -38)) == ["W-ABS-MEASURE"]
    assert odd("OR", OR61, 389, (-152, -218, -58)) == ["W-ABS-MEASURE"]


def test_an_unexplained_deviation():
    assert odd("RR", OR61, 389, (-120, -170, -38)) == ["W-ABS-DEVIATION"]


def test_a_rounded_baseline_explains_more_than_a_unit():
    # 6 per 1000 may be 6.4: RR 8 then gives 45 more instead of 42
    relative = Interval(estimate=8, low=4, high=16)
    true = absolute_effect("RR", relative, 0.0064).difference_per(1000)
    assert odd("RR", relative, 6, true) == ["W-ROUNDED-BASELINE"]


def test_a_wrong_sign_is_a_wrong_direction():
    assert odd("RR", Interval(estimate=0.9, low=0.85, high=0.95), 186, (19, 28, 9)) == [
        "W-DIR",
        "W-ABS-DEVIATION",
    ]


def test_printed_risks_are_checked_like_differences():
    printed = PrintedAbsolute(
        measure="OR", relative=OR61, baseline=389, intervention=(280.0, 219.0, 351.0)
    )
    assert imported_absolute(printed) == ()


@given(
    st.sampled_from(["RR", "OR"]),
    st.floats(0.1, 0.95),
    st.floats(1.05, 1.8),
    st.integers(5, 400),
    st.floats(-0.49, 0.49),
)
def test_whatever_a_baseline_within_its_rounding_gives_is_explained(
    measure, estimate, width, baseline, off
):
    relative = Interval(estimate=estimate, low=estimate / width, high=estimate * width)
    risk = (baseline + off) / 1000
    exact = absolute_effect(measure, relative, risk).difference
    printed = tuple(round_half_away(one * 1000) for one in exact.numbers)
    assert set(odd(measure, relative, baseline, printed)) <= {"W-ROUNDED-BASELINE"}


@pytest.mark.parametrize(
    ("numbers", "ratio", "odd_"),
    [
        ((0.90, 0.85, 0.95), True, False),
        ((0.61, 0.44, 0.85), True, False),
        ((0.61, 0.44, 0.96), True, True),
        ((-0.10, -0.32, 0.11), False, False),
        ((-0.10, -0.32, 0.31), False, True),
        ((0.02, 0.01, 0.05), True, False),
    ],
)
def test_symmetry_of_printed_intervals(numbers, ratio, odd_):
    found = transcription(*numbers, ratio=ratio, decimals=2)
    assert [one.code for one in found] == (["W-TRANSCRIPT"] if odd_ else [])


def test_what_an_interval_implies():
    found = symmetry(0.5, 0.25, 1.0, ratio=True, decimals=2)
    assert found.asymmetry == pytest.approx(0, abs=1e-12)
    assert found.se == pytest.approx(math.log(4) / (2 * 1.96))  # grade.md 9.4
    assert found.z == pytest.approx(math.log(0.5) / found.se)
    assert found.p == pytest.approx(0.05, abs=0.001)


@given(st.floats(-3, 3), st.floats(0.02, 2), st.integers(1, 4), st.booleans())
def test_rounding_alone_is_never_called_a_typing_error(middle, reach, decimals, ratio):
    back = math.exp if ratio else float
    exact = (back(middle), back(middle - reach), back(middle + reach))
    printed = [round_half_away(one, decimals) for one in exact]
    if printed[1] < printed[0] < printed[2] and (not ratio or printed[0] > 0):
        assert transcription(*printed, ratio=ratio, decimals=decimals) == ()


def test_impossible_print_is_refused():
    with pytest.raises(InputError):
        symmetry(2.0, 0.5, 1.0, ratio=True, decimals=2)
    with pytest.raises(InputError):
        symmetry(0.0, -1.0, 1.0, ratio=True, decimals=2)


@pytest.mark.parametrize(
    ("start", "levels", "published", "codes"),
    [
        ("rct", {"rob": "serious"}, "moderate", []),
        ("rct", {"rob": "serious"}, "low", ["W-ARITH"]),
        ("rct", {"rob": "serious"}, "very_low", ["W-START"]),
        ("nrs", {"rob": "serious"}, "moderate", ["W-START"]),
        ("nrs", {"rob": "serious"}, "high", ["W-ARITH"]),
    ],
)
def test_a_published_level_against_its_own_domains(start, levels, published, codes):
    found = published_rating(start, NONE | levels, {}, published)
    assert [one.code for one in found] == codes
