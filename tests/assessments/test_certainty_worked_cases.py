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


PLAIN = next(case for case in CASES if case["id"] == "rating+absolute/plain")


@pytest.mark.parametrize(
    "effect",
    [
        {"effect": {"measure": "RR", "value": 0.9, "lower": 0.85, "upper": 0.95}},
        {"pooled": {"measure": "RR", "est": 0.9, "ci_lb": 0.85, "ci_ub": 0.95}},
        {"rr": 0.9, "rr_low": 0.85, "rr_high": 0.95},
        {"RR": 0.9, "RR_ci_lower": 0.85, "RR_ci_upper": 0.95},
        {"measure": "RR", "estimate": 0.9, "95% CI": [0.85, 0.95]},
        {"measure": "risk ratio", "estimate": 0.9, "ci": {"low": 0.85, "high": 0.95}},
        {"measure": "RR", "estimate": 0.9, "ci": "0.85 to 0.95"},
        {"measure": "RR", "estimate": 0.9, "ci": "(0.85, 0.95)"},
        {"effect": "Risk ratio 0.90 (95% CI 0.85 to 0.95)"},
    ],
)
@pytest.mark.parametrize(
    "baseline",
    [
        {"baseline": "186 per 1000"},
        {"baseline": "18.6%"},
        {"baseline": "186/1000"},
        {"baseline": {"value": 0.186, "source": "registry"}},
        {"baseline_percent": 18.6},
        {"assumed_comparator_risk_per_1000": 186},
        {"risk_with_comparison_per_1000": 186},
        {"control": {"events": 186, "n": 1000}},
    ],
)
def test_effects_and_baseline_risks_are_read_as_people_write_them(effect, baseline):
    rest = {name: PLAIN[name] for name in ("id", "kind", "start_rule", "domains")}
    result = run_case(rest | effect | baseline)["result"]
    assert result["difference_per_1000"] == [-19, -28, -9]
    assert (result["certainty"], result["warnings"]) == ("high", [])


@pytest.mark.parametrize("name", ["judgments", "domain_judgements", "domain_ratings"])
def test_the_five_domains_have_many_names(name):
    case = {"id": 1, "kind": "rating", name: PLAIN["domains"] | {"rob": "Serious"}}
    assert run_case(case)["result"]["certainty"] == "moderate"


def test_printed_ratings_may_have_their_domains_at_the_top():
    case = {"id": 1, "kind": "anomaly", "start_rule": "rct", "published_certainty": "high"}
    result = run_case(case | PLAIN["domains"] | {"rob": "serious"})["result"]
    assert (result["certainty"], result["warnings"]) == ("moderate", ["W-ARITH"])


def test_numbers_of_one_arm_are_no_totals():
    case = {
        "id": 1,
        "kind": "prompt",
        "measure": "RR",
        "arms": {"intervention": {"events": 51, "n": 362}, "control": {"events": 93, "n": 376}},
    }
    facts = run_case(case)["result"]["facts"]
    assert (facts["events"], facts["n"]) == (144, 738)


@pytest.mark.parametrize(
    "study",
    [
        lambda y, s: {"yi": y, "vi": s * s},
        lambda y, s: {"TE": y, "seTE": s},
        lambda y, s: {"log_rr": y, "standard_error": s},
        lambda y, s: {"rr": math.exp(y), "se": s},
    ],
)
def test_studies_are_read_under_the_names_of_other_programs(study):
    numbers = [(-0.8, 0.1), (-0.7, 0.12), (0.1, 0.1), (0.15, 0.14)]
    case = {"id": 1, "kind": "prompt", "measure": "RR", "model": "fixed"}
    facts = run_case(case | {"studies": [study(*one) for one in numbers]})["result"]["facts"]
    weights = [s**-2 for _y, s in numbers]
    mean = sum(w * y for w, (y, _s) in zip(weights, numbers, strict=True)) / sum(weights)
    spread = sum(w * (y - mean) ** 2 for w, (y, _s) in zip(weights, numbers, strict=True))
    assert facts["Q"] == pytest.approx(spread, rel=1e-9)
    assert facts["mu"] == pytest.approx(mean, rel=1e-9)


@pytest.mark.parametrize(
    "study",
    [
        {"intervention": {"events": 0, "n": 50}, "control": {"events": 3, "n": 50}},
        {"intervention": [0, 50], "comparator": [3, 50]},
        {"treatment": "0/50", "control": "3/50"},
        {"events_treatment": 0, "n_treatment": 50, "events_control": 3, "n_control": 50},
        {"arms": {"intervention": {"events": 0, "total": 50}, "control": {"events": 3, "n": 50}}},
        {"ai": 0, "n1i": 50, "ci": 3, "n2i": 50},
        {"e1": 0, "n1": 50, "e2": 3, "n2": 50},
    ],
)
def test_arms_of_studies_are_read_as_people_write_them(study):
    studies = [study | {"weight_percent": 100, "rob": {"overall": "high", "D1": "high"}}]
    case = {"id": 1, "kind": "prompt", "measure": "RR", "rr": 0.5, "baseline_source": "median",
            "studies": studies}
    result = run_case(case)["result"]
    assert result["prompts"]["IMP-9"] == "fired"
    assert result["prompts"]["ROB-6"] == "fired"
    assert result["facts"]["w_high"] == 1
    assert result["difference_per_1000"] == -30


def test_studies_may_stand_in_columns():
    case = {"id": 1, "kind": "prompt", "prompt": "PUB-1"}
    columns = {"id": ["A", "B", "C"], "n": [40, 60, 400], "funding": ["industry"] * 3}
    assert run_case(case | {"studies": columns})["result"]["status"] == "fired"


@pytest.mark.parametrize(
    "threshold",
    [
        {"mid": "20 per 1000"},
        {"threshold_per_1000": 20},
        {"T_per_1000": 20},
        {"mid_absolute_per_1000": 20},
        {"threshold": {"type": "MID", "per_1000": 20}},
        {"thresholds": {"mid_per_1000": 20}},
    ],
)
def test_a_mid_is_read_as_people_write_it(threshold):
    case = {"id": 1, "kind": "prompt", "rr": [0.9, 0.85, 0.95], "baseline": 0.186}
    result = run_case(case | threshold)["result"]
    assert (result["verdicts"]["IMP-1"], result["target"]) == (
        "crossed_once", "little_or_no_effect")


@pytest.mark.parametrize(
    "name", ["printed_rating", "external_rating", "stated_certainty", "published_quality"]
)
def test_a_printed_level_has_many_names(name):
    case = {"id": 1, "kind": "anomaly", "evidence": "randomised", "domains": [-1, 0, 0, -1, 0]}
    assert run_case(case | {name: "Moderate"})["result"]["warnings"] == ["W-ARITH"]


@pytest.mark.parametrize(
    "name", ["starting_level", "start_certainty", "initial_certainty", "certainty_start"]
)
def test_the_starting_level_has_many_names(name):
    case = {"id": 1, "kind": "rating", "domains": [0, 0, 0, 0, 0], name: "low"}
    assert run_case(case)["result"]["certainty"] == "low"


def test_a_baseline_told_as_survival_is_reported_as_people_who_remain_free():
    case = {"id": 1, "kind": "absolute", "hr": [0.7, 0.55, 0.89], "baseline_survival": 0.8}
    after = [0.8**one for one in (0.7, 0.89, 0.55)]
    found = run_case(case)["result"]["difference_per_1000"]
    assert found == [round((one - 0.8) * 1000) for one in after]
    event = run_case(case | {"hr_event": "event"})["result"]["difference_per_1000"]
    assert event == [-55, -85, -20]


@pytest.mark.parametrize(
    "effect",
    [
        {"measure": "RR", "mu": [math.log(0.9), math.log(0.85), math.log(0.95)]},
        {"measure": "RR", "scale": "log", "estimate": math.log(0.9),
         "ci": [math.log(0.85), math.log(0.95)]},
    ],
)
def test_logarithms_of_ratios_are_turned_back_for_the_absolute_effect(effect):
    case = {"id": 1, "baseline": 0.186, "mid_per_1000": 20} | effect
    for kind in ("prompt", "absolute"):
        result = run_case(case | {"kind": kind})["result"]
        assert result["difference_per_1000"] == [-19, -28, -9]


@pytest.mark.parametrize(
    "told",
    [
        {"w_high": 0.6},
        {"weights": {"high": 0.6, "low": 0.4}},
        {"weights_by_rob": {"high": 60, "low": 40}},
        {"rob_counts": {"high": 3, "low": 2}},
    ],
)
def test_risk_of_bias_may_be_told_by_level(told):
    result = run_case({"id": 1, "kind": "prompt", "prompt": "ROB-1"} | told)["result"]
    assert result["verdict"] == "possibly_dominated"
    assert result["facts"]["w_high"] == pytest.approx(0.6)


def test_a_range_of_equivalence_gives_two_thresholds():
    case = {"id": 1, "kind": "prompt", "rr": [0.8, 0.7, 0.95], "pi": [0.4, 1.6], "k": 5}
    for told in ({"range_of_equivalence": [0.8, 1.25]}, {"thresholds": [0.8, 1.25]}):
        facts = run_case(case | told)["result"]["facts"]
        assert (facts["c"], facts["inc_prediction"]) == (1, 2)


@pytest.mark.parametrize(
    "told",
    [
        {"mu_all": math.log(0.7), "mu_low": math.log(0.9)},
        {"all": [0.7, 0.6, 0.82], "low_rob": [0.9, 0.75, 1.08]},
        {"all_studies": {"rr": 0.7, "estimate": 0.7}, "low_rob_only": {"estimate": 0.9}},
    ],
)
def test_estimates_with_and_without_high_risk_may_be_told(told):
    case = {"id": 1, "kind": "prompt", "prompt": "rob3", "measure": "RR"}
    result = run_case(case | told)["result"]
    change = (math.log(0.7) - math.log(0.9)) / math.log(0.9)
    assert (result["prompt"], result["status"]) == ("ROB-3", "fired")
    assert result["facts"]["relative_change"] == pytest.approx(change)


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({"ci_crosses_null": True}, ["W-IMP-NOT-RATED"]),
        ({"facts": {"ci_excludes_null": True}}, []),
        ({"single_study": True, "domains": [0, "serious (-1)", 0, 0, 0]}, ["W-SINGLE-INC"]),
        ({"start_rule": "nrs", "upgrades": {"large_effect": "very large"}}, []),
    ],
)
def test_ratings_may_tell_facts_in_words(told, codes):
    case = {"id": 1, "kind": "rating", "domains": [0, 0, 0, 0, 0]} | told
    result = run_case(case)["result"]
    assert result["warnings"] == codes
    assert result["certainty"] == ("moderate" if "domains" in told else "high")


@pytest.mark.parametrize(
    "told",
    [
        {"prompt": "INC-6", "p": 0.04},
        {"prompt": "INC-6", "Q": 20, "df": 4},
        {"prompt": "INC-2", "measure": "RR", "studies": [
            {"rr": 0.55, "ci": [0.5, 0.6]}, {"rr": 0.8, "ci": "0.7 to 0.9"}]},
        {"prompt": "ROB-8", "start_rule": "nrs_robins_i",
         "weights": {"serious": 0.6, "moderate": 0.4}},
        {"prompt": "UP-2", "slope": 0.12, "ci": [0.04, 0.2]},
        {"prompt": "UP-3", "opposing_confounding": "would reduce"},
        {"prompt": "IND-1", "population": "probably no", "intervention": "yes",
         "comparator": "yes", "outcome": "yes"},
    ],
)
def test_prompts_are_asked_of_what_is_told_in_short(told):
    assert run_case({"id": 1, "kind": "prompt", "k": 5} | told)["result"]["status"] == "fired"
