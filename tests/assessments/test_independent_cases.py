"""Two hundred cases whose answers were worked out apart from the program.

Numbers agree within 1e-6, or as they are rounded in the file; warnings as sets; of lists of
prompts those named must be there.
"""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from assessments.certainty_cases import run_case

CASES = json.loads(
    (Path(__file__).parents[1] / "references" / "grade" / "independent_cases.json").read_text(
        encoding="utf-8"
    )
)["cases"]
_SOME_OF = ("fired", "clear", "not_assessable")


def agrees(found, expected, key=""):
    """Whether an answer agrees with what the case expects."""
    if isinstance(expected, dict):
        return all(agrees(found[name], value, name) for name, value in expected.items())
    if key == "warnings":
        return set(found) == set(expected)
    if key in _SOME_OF:
        return set(expected) <= set(found)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(agrees, found, expected))
    if isinstance(expected, int | float) and not isinstance(expected, bool):
        return found == pytest.approx(expected, rel=1e-6, abs=1e-9) or rounds(found, expected)
    if isinstance(expected, str) and isinstance(found, str):
        return found.replace("_", " ") == expected.replace("_", " ")
    return found == expected


def rounds(found, expected):
    """Whether a number rounds, half away from zero, to one with so many digits."""
    wanted = Decimal(repr(expected))
    exact = Decimal(repr(round(found, 9)))
    return exact.quantize(wanted, rounding=ROUND_HALF_UP) == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_independent_cases(case):
    answer = run_case(case)
    assert "error" not in answer, answer
    for key, expected in case["expected"].items():
        found = answer["result"][key]
        assert agrees(found, expected, key), (key, expected, found)


def test_all_kinds_are_among_them():
    assert len(CASES) >= 200
    kinds = {case["kind"].replace("-", "_") for case in CASES}
    assert {"rating", "absolute_effect", "rating+absolute", "prompt", "anomaly", "not_reported",
            "re_expression"} <= kinds
