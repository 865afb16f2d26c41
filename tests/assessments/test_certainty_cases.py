"""Worked cases of certainty, and cases that cannot be understood."""

import json
from pathlib import Path

import pytest

from assessments.certainty_case_fields import CaseProblem
from assessments.certainty_cases import run_case, run_cases

CASES = json.loads(
    (Path(__file__).parents[1] / "references" / "grade" / "cases.json").read_text(encoding="utf-8")
)


def agrees(found, expected):
    if isinstance(expected, dict):
        return all(agrees(found[key], value) for key, value in expected.items())
    if isinstance(expected, float):
        return found == pytest.approx(expected, rel=1e-6, abs=5e-4)
    if isinstance(expected, list) and expected and isinstance(expected[0], float):
        return found == pytest.approx(expected, rel=1e-6, abs=1e-6)
    return found == expected


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_worked_cases(case):
    answer = run_case(case)
    assert answer["id"] == case["id"]
    for key, expected in case["expected"].items():
        found = answer["result"][key]
        if key == "warnings":
            assert set(found) == set(expected)
        else:
            assert agrees(found, expected), (key, found)


def test_the_answers_keep_the_order_and_never_look_at_what_is_expected():
    bare = [{k: v for k, v in case.items() if k != "expected"} for case in CASES["cases"]]
    assert run_cases(bare) == run_cases(CASES)
    assert [one["id"] for one in run_cases(bare)] == [case["id"] for case in CASES["cases"]]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"id": 1, "kind": "weather"}, "weather"),
        ({"id": 2, "kind": "absolute"}, "effect measure"),
        ({"id": 3, "kind": "absolute", "measure": "RR", "effect": [0.9, 0.8]}, "lower and upper"),
        ({"id": 4, "kind": "absolute", "measure": "RR", "effect": 0.9}, "baseline risk"),
        ({"id": 5, "kind": "absolute", "measure": "XX", "effect": 0.9}, "xx"),
        ({"id": 6, "kind": "rating", "domains": {"rob": "awful"}}, "awful"),
        ({"id": 7, "kind": "rating", "start_rule": "luck"}, "luck"),
        ({"id": 8, "kind": "prompt", "prompt": "ROB-99"}, "ROB-99"),
        ({"id": 9, "kind": "prompt", "y": [1, 2], "s": [1, 2, 3]}, "different lengths"),
        ({"id": 10, "kind": "rating", "domains": {}, "upgrades": {"luck": 1}}, "luck"),
        ({"id": 11, "kind": "absolute", "measure": "RR", "rr": "much", "baseline": 0.1}, "rr"),
        (
            {"id": 12, "kind": "absolute", "measure": "RR", "rr": [0.9, 1.1, 1.3], "baseline": 0.1},
            "between its limits",
        ),
        ({"id": 13, "kind": "re-expression", "smd": 0.5, "method": "units"}, "SD"),
        ({"id": 14, "kind": "prompt", "studies": [3, 4]}, "named fields"),
        ({"id": 15, "kind": "statement", "rr": 0.8}, "level of certainty"),
        ({"id": 16, "kind": "anomaly", "domains": {}, "published_certainty": "so-so"}, "so-so"),
    ],
)
def test_what_cannot_be_understood_is_said_in_words(case, says):
    answer = run_case(case)
    assert answer["id"] == case["id"]
    assert says in answer["error"]
    assert "Traceback" not in answer["error"]


def test_a_case_must_be_a_group_and_the_file_a_list():
    assert "named fields" in run_case("nonsense")["error"]
    for nothing in (3, {"other": []}, None):
        with pytest.raises(CaseProblem, match="list of cases"):
            run_cases(nothing)


def test_numbers_may_be_printed_text():
    case = {
        "id": 1,
        "kind": "absolute",
        "measure": "RD",
        "effect": ["−0.05", "−0.08", "−0.01"],
        "baseline": "20%",
    }
    assert run_case(case)["result"]["difference_per_1000"] == [-50, -80, -10]


def test_effects_may_be_written_as_tables_print_them():
    case = {
        "id": 1,
        "kind": "absolute",
        "effect": "OR 0.61 (95% CI 0.44 to 0.85)",
        "baseline_per_1000": 389,
    }
    assert run_case(case)["result"]["difference_per_1000"] == [-109, -170, -38]


def test_a_printed_absolute_effect_is_compared_in_every_kind():
    case = {
        "id": 1,
        "kind": "rating+absolute",
        "rr": [0.61, 0.44, 0.85],
        "baseline_per_1000": 389,
        "printed": {"difference": [-109, -170, -38]},
        "domains": dict.fromkeys(
            ["rob", "inconsistency", "indirectness", "imprecision", "publication_bias"], 0
        ),
    }
    result = run_case(case)["result"]
    assert result["certainty"] == "high"
    assert set(result["warnings"]) == {"W-ABS-MEASURE"}


@pytest.mark.parametrize("name", ["domains", "downgrades", "levels"])
def test_the_five_domains_may_be_listed_in_their_order(name):
    case = {"id": 1, "kind": "rating", "start": "high", name: [-1, 0, 0, -1, 0]}
    assert run_case(case)["result"]["sum_unclamped"] == 2
    assert "all five" in run_case(case | {name: [-1, 0]})["error"]


def test_sentences_can_be_asked_for():
    case = {
        "id": 1,
        "kind": "statement",
        "rr": [0.69, 0.53, 0.9],
        "baseline": 0.38,
        "mid_per_1000": 30,
        "better": "lower",
        "certainty": "Moderate",
        "intervention": "Exercise",
        "outcome": "recurrence",
    }
    assert run_case(case)["result"]["statement"] == (
        "Exercise probably results in an important reduction in recurrence."
    )


def test_studies_without_pooled_estimate_are_pooled():
    case = {
        "id": 1,
        "kind": "prompt",
        "prompt": "ROB-3",
        "y": [-0.6, -0.5, -0.1, -0.05],
        "s": [0.1, 0.1, 0.1, 0.1],
        "rob": ["high", "high", "low", "low"],
        "b": -1,
    }
    result = run_case(case)["result"]
    facts = result["facts"]
    assert facts["with_all"] == pytest.approx(-0.3125, abs=1e-6)
    assert facts["without_high"] == pytest.approx(-0.075, abs=1e-6)
    assert result["status"] == "fired"
    assert "relative_change" in result["verdict"]


@pytest.mark.parametrize("name", ["rating", "prompt", "absolute", "anomaly", "re-expression"])
def test_an_empty_case_never_breaks_the_program(name):
    answer = run_case({"id": name, "kind": name})
    assert set(answer) in ({"id", "result"}, {"id", "error"})
    json.dumps(answer, allow_nan=False)
