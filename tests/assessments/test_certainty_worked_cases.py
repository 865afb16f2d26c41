"""Worked cases of certainty in many spellings: ratings, absolute effects, prompts, print."""

import json
import math
from pathlib import Path

import pytest

from assessments.certainty_cases import run_case

CASES = json.loads(
    (Path(__file__).parents[1] / "references" / "grade" / "worked_cases.json").read_text(
        encoding="utf-8"
    )
)["cases"]
EXACT = ("certainty", "sum_unclamped", "difference_per_1000", "intervention_per_1000", "target",
         "text")


def agrees(found, expected):
    """Facts agree to 1e-6, or as they are rounded in the file: whole numbers of people."""
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return found == expected
    close = math.isclose(found, expected, rel_tol=1e-6, abs_tol=1e-12)
    return close or (isinstance(expected, int) and expected > 100 and round(found) == expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_cases_in_many_spellings(case):
    answer = run_case(case)
    assert "error" not in answer, answer
    result, expected = answer["result"], case["expected"]
    for key in EXACT:
        if key in expected:
            assert result[key] == expected[key], key
    if "warnings" in expected:
        codes = {one for one in result["warnings"] if one.startswith("W-")}
        codes |= set(result.get("blockers", []))
        assert codes == set(expected["warnings"])
    for prompt, status in expected.get("prompts", {}).items():
        assert result["prompts"][prompt] == status, prompt
    for name, value in expected.get("facts", {}).items():
        assert agrees(result["facts"][name], value), (name, result["facts"][name])
