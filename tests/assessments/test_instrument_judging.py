"""Many answers judged at once: levels by the published names, or what is missing or wrong."""

import json
from itertools import islice
from pathlib import Path

import pytest

from assessments.commands import check_instrument, judge
from assessments.instrument_judging import judge_item, judge_items
from assessments.instrument_rules import vectors
from assessments.instruments_kept import FOLDER, shipped_instrument

ROB2 = shipped_instrument("rob2-parallel")
GOOD = {
    "D1": {"1.1": "Y", "1.2": "PY", "1.3": "N"},
    "D2": {"2.1": "N", "2.2": "PN", "2.3": "NA", "2.6": "Y"},
    "D3": {"3.1": "Y"},
    "D4": {"4.1": "N", "4.2": "NI", "4.3": "N"},
    "D5": {"5.1": "NI", "5.2": "N", "5.3": "N"},
}


def item(effect: str = "assignment", **answers: object) -> dict:
    return {"id": "x", "effect": effect, "answers": {**GOOD, **answers}}


def test_a_whole_assessment_is_judged() -> None:
    result = judge_item(ROB2, item())
    assert result["id"] == "x"
    assert result["domains"]["D1"] == {"level": "Low", "rule": "f"}
    assert {name: one["level"] for name, one in result["domains"].items()} == {
        "D1": "Low", "D2": "Low", "D3": "Low", "D4": "Some concerns", "D5": "Some concerns"
    }
    assert result["overall"]["level"] == "Some concerns"
    assert result["overall"]["flags"] == ["several_some_concerns"]
    assert "missing" not in result
    assert "error" not in result


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"D3": {"3.1": "N", "3.2": "NI"}}, "3.2"),
        ({"D3": {"3.1": "Y", "3.2": "N"}}, "3.2"),
        ({"D3": {"3.1": "NA"}}, "3.1"),
        ({"D3": {"3.1": "Y", "3.9": "N"}}, "3.9"),
        ({"D3": {"3.1": "yes"}}, "3.1"),
        ({"D3": {"3.1": True}}, "3.1"),
    ],
)
def test_a_wrong_answer_is_an_error_of_its_item_alone(answers: dict, question: str) -> None:
    bad, good = judge_items(ROB2, [item(**answers), item()])
    assert [one["question"] for one in bad["wrong"]] == [question]
    assert question in bad["error"] or "quotes" in bad["error"]
    assert "overall" not in bad
    assert good["overall"]["level"] == "Some concerns"


def test_na_for_a_closed_question_is_accepted() -> None:
    result = judge_item(ROB2, item(D3={"3.1": "Y", "3.2": "NA", "3.3": "NA", "3.4": "NA"}))
    assert result["domains"]["D3"]["level"] == "Low"


def test_missing_answers_are_named_and_nothing_is_proposed() -> None:
    result = judge_item(ROB2, item(D1={"1.2": "N"}))
    assert result["missing"] == {"D1": ["1.1", "1.3"]}
    assert result["domains"]["D1"]["level"] is None
    assert result["domains"]["D1"]["possible"] == ["High"]
    assert result["overall"]["level"] is None


def test_a_domain_left_out_is_missing_and_the_others_are_judged() -> None:
    result = judge_item(ROB2, {"id": 1, "effect": "assignment", "answers": {"D3": GOOD["D3"]}})
    assert result["domains"] == {"D3": {"level": "Low", "rule": "a"}}
    assert set(result["missing"]) == {"D1", "D2", "D4", "D5"}
    assert result["overall"]["level"] is None


def test_the_effect_of_interest_chooses_the_form() -> None:
    answers = {"2.1": "N", "2.2": "N", "2.4": "N", "2.5": "NI", "2.6": "NI"}
    result = judge_item(ROB2, item("adhering", D2=answers))
    assert result["domains"]["D2"]["level"] == "High"
    wrong = judge_item(ROB2, item("adhesion"))
    assert "“adhesion” is unknown" in wrong["error"]
    assert "effect" in judge_item(ROB2, {"id": 1, "answers": GOOD})["error"]


def test_domains_may_be_named_by_the_key_of_their_rules() -> None:
    v2 = shipped_instrument("robins-i-v2")
    answers = {"1.1": "Y", "1.2": "WN", "1.3": "Y", "1.4": "NA", "1.5": "N"}
    for name, effect in (("D1", "per-protocol"), ("D1B", ""), ("robins-i.v2.D1B", "adhering")):
        result = judge_item(v2, {"id": 1, "effect": effect, "answers": {name: answers}})
        assert result["domains"][name]["level"] == "Moderate"
    crossed = judge_item(v2, {"id": 1, "effect": "assignment", "answers": {"D1B": answers}})
    assert "another effect" in crossed["error"]


def test_a_screening_left_out_counts_as_passed_and_one_that_stops_decides() -> None:
    v2 = shipped_instrument("robins-i-v2")
    answers = {
        "D1": {"1.1": "Y", "1.2": "PY", "1.3": "N", "1.4": "N"},
        "D2": {"2.1": "Y", "2.4": "N", "2.5": "N"},
        "D3": {"3.1": "Y", "3.2": "N", "3.3": "N"},
        "D4": {"4.1": "Y", "4.2": "Y", "4.3": "Y"},
        "D5": {"5.1": "N", "5.2": "N"},
        "D6": dict.fromkeys(["6.1", "6.2", "6.3", "6.4"], "PN"),
    }
    result = judge_item(v2, {"id": 1, "effect": "assignment", "answers": answers})
    assert result["domains"]["D1"]["level"] == "Low-except-confounding"
    assert result["overall"]["level"] == "Low-except-confounding"
    stop = {"B": {"B1": "N", "B2": "Y", "B3": "N"}}
    stopped = judge_item(v2, {"id": 1, "effect": "assignment", "answers": stop})
    assert stopped["overall"]["level"] == "Critical"
    assert "missing" not in stopped


def test_chosen_levels_lead_over_proposed_ones() -> None:
    result = judge_item(ROB2, item() | {"levels": {"D5": "High"}})
    assert result["domains"]["D5"]["level"] == "Some concerns"
    assert result["overall"]["level"] == "High"
    assert "not a level" in judge_item(ROB2, item() | {"levels": {"D5": "Critical"}})["error"]


def test_rob1_takes_levels_and_key_domains() -> None:
    rob1 = shipped_instrument("rob1")
    answers = {"D1": "Low", "D2": "Unclear", "D7": "High"}
    given = {"id": 1, "answers": answers, "key_domains": ["D1", "D2"]}
    assert judge_item(rob1, given)["overall"]["level"] == "Unclear"
    assert judge_item(rob1, {"id": 1, "answers": answers})["overall"]["level"] is None


@pytest.mark.parametrize("wrong", [5, None, [], {"id": 1, "answers": []}, {"answers": {"D1": 3}}])
def test_what_is_no_item_is_an_error_in_words(wrong: object) -> None:
    assert judge_item(ROB2, wrong, 7)["error"]


def test_many_vectors_go_through_the_same_door() -> None:
    domain = ROB2.domain("D4")
    some = [dict(one) for one in islice(vectors(domain), 500)]
    items = [{"id": n, "effect": "assignment", "answers": {"D4": one}}
             for n, one in enumerate(some)]
    results = judge_items(ROB2, items)
    assert len(results) == 493
    assert all(one["domains"]["D4"]["level"] for one in results)


def run(module: object, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    import argparse

    parser = argparse.ArgumentParser()
    module.arguments(parser)
    status = module.run(parser.parse_args(list(words)))
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_prints_a_json_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps([item(), 3]))
    status, out, err = run(judge, capsys, "rob2-parallel", str(path))
    assert (status, err) == (0, "")
    assert [one["id"] for one in json.loads(out)] == ["x", 2]
    own = run(judge, capsys, str(FOLDER / "rob2-parallel.toml"), str(path))
    assert own == (0, out, "")


@pytest.mark.parametrize(
    ("instrument", "text", "words"),
    [
        ("rob9", "[]", "There is no instrument “rob9”."),
        ("nowhere.toml", "[]", "nowhere.toml: the file cannot be read"),
        ("rob2-parallel", "{", "this is not JSON"),
        ("rob2-parallel", "{}", "a list of items is expected"),
        ("rob2-parallel", "[" * 100_000, "this is not JSON"),
    ],
)
def test_the_command_refuses_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], instrument: str, text: str, words: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text)
    status, out, err = run(judge, capsys, instrument, str(path))
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_the_check_command_says_what_a_file_holds_or_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _err = run(check_instrument, capsys, str(FOLDER / "rob2-cluster.toml"))
    assert status == 0
    assert "no complaints" in out
    assert "conflict" in out
    path = tmp_path / "own.toml"
    path.write_text("id = 3")
    status, out, err = run(check_instrument, capsys, str(path))
    assert (status, out) == (2, "")
    assert "own.toml: “id” must be a text in quotes." in err
