"""``main.py pool``: cases in, answers out, each by itself; a review in, its analyses out."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from assessments.commands import pool
from assessments.plain_json import written
from assessments.pooled_json import pooled_as_json
from assessments.store.project_file import create
from gradecore.pooling import pool as pool_body
from gradecore.profiles import plan_for
from tests.gradecore.test_pooling import BCG, arms, body

GOOD = {
    "id": "one",
    "type": "pool",
    "measure": "GEN",
    "inputs": {"yi": [0.1, 0.4, None], "vi": [0.1, 0.2, 0.1]},
    "options": {"model": "random", "tau2_method": "DL", "ci_method": "wald", "level": 0.95},
}


def run(file: str) -> int:
    parser = argparse.ArgumentParser()
    pool.arguments(parser)
    return pool.run(parser.parse_args([file, "--json"]))


def printed(cases: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    file = folder / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    assert run(str(file)) == 0
    return json.loads(capsys.readouterr().out)


def test_a_list_and_an_object_are_read_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from_list = printed([GOOD], tmp_path, capsys)
    from_object = printed({"schema": 1, "group": "x", "n": 1, "cases": [GOOD]}, tmp_path, capsys)
    assert from_list == from_object
    assert [answer["id"] for answer in from_list] == ["one"]
    assert from_list[0]["result"]["k"] == 2
    assert len(from_list[0]["result"]["weights"]) == 2


def test_a_case_in_error_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [
        {**GOOD, "id": "negative", "inputs": {"yi": [0.1, 0.2], "vi": [0.1, -0.2]}},
        {**GOOD, "id": "unknown type", "type": "magic"},
        {**GOOD, "id": "unknown measure", "measure": "XX", "inputs": {"ai": [1]}},
        {**GOOD, "id": "no column", "inputs": {"yi": [0.1]}},
        {**GOOD, "id": "text", "inputs": {"yi": ["a"], "vi": [1.0]}},
        {**GOOD, "id": "shape", "options": {"model": "random", "level": "high"}},
        {**GOOD, "id": "inputs", "inputs": [1, 2]},
        "no case",
        GOOD,
    ]
    answers = printed(cases, tmp_path, capsys)
    assert len(answers) == len(cases)
    assert all("error" in answer and "result" not in answer for answer in answers[:-1])
    assert answers[0]["error"] == "Study 2: the variance must be greater than zero."
    assert "magic" in answers[1]["error"]
    assert answers[-1]["result"]["k"] == 2


def test_infinities_are_text_and_what_does_not_exist_is_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {
        **GOOD,
        "inputs": {"yi": [0.3, 0.3], "vi": [0.1, 0.1]},
        "options": {**GOOD["options"], "ci_method": "hksj"},  # type: ignore[dict-item]
    }
    result = printed([case], tmp_path, capsys)[0]["result"]
    assert result["stat"] == "Infinity"
    assert result["pi_t_km2"] == [None, None]


def test_cases_come_from_the_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([GOOD])))
    assert run("-") == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "one"


@pytest.mark.parametrize(
    ("text", "told"), [("{", "not JSON"), ("3", "a list of cases"), ("[" * 200_000, "not JSON")]
)
def test_a_file_without_cases_is_refused_in_one_sentence(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")
    assert run(str(file)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.json")) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert run(str(tmp_path / "none.tandem")) == 2
    assert capsys.readouterr().err


def test_an_empty_review_has_no_analyses(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    create(path).close()
    assert run(str(path)) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_analysis_is_told_with_all_its_parts() -> None:
    pooled = pool_body(body(*BCG, arms(0, 10, 0, 10)), plan_for("cochrane-current", "RR"))
    told = json.loads(written(pooled_as_json(pooled)))
    assert told["measure"] == {"code": "RR", "name": "Risk ratio", "scale": "log", "null": 1.0}
    assert told["plan"]["profile"] == "cochrane-current"
    assert told["shown"]["method"] == "hksj"
    assert told["shown"]["natural_estimate"] == pytest.approx(0.4894209398)
    assert told["wald"]["method"] == "wald"
    assert told["heterogeneity"]["tau2_lower"] < told["heterogeneity"]["tau2"]
    assert len(told["studies"]) == 14
    assert sum(study["weight"] for study in told["studies"]) == pytest.approx(100.0)
    assert told["studies"][13]["estimate"] is None
    assert [note["code"] for note in told["notes"]] == ["not_estimable_no_events"]
    assert told["totals"]["participants"] == pooled.participants
    assert told["fingerprint"] == pooled.fingerprint
