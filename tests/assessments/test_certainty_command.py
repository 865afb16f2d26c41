"""The sub-command for cases of certainty, and the files it reads its defaults from."""

import argparse
import io
import json
import shutil

import pytest

from assessments.commands import certainty
from assessments.grade_files import (
    FOLDER,
    default_settings,
    grade_defaults,
    read_defaults,
    read_templates,
    statement_templates,
)
from assessments.problems import ProjectFileError
from gradecore.grade.vocabulary import FRAMEWORKS, THRESHOLD_TYPES
from gradecore.input_errors import InputError


def run(name, capsys):
    status = certainty.run(argparse.Namespace(cases=str(name)))
    said = capsys.readouterr()
    return status, said.out, said.err


def test_answers_are_json_in_the_same_order(tmp_path, capsys):
    path = tmp_path / "cases.json"
    path.write_text('[{"id": "b", "kind": "not_reported"}, {"id": "a", "kind": "odd"}]')
    status, out, err = run(path, capsys)
    answers = json.loads(out)
    assert (status, err) == (0, "")
    assert [one["id"] for one in answers] == ["b", "a"]
    assert answers[0]["result"]["certainty"] == "not_rated"
    assert "odd" in answers[1]["error"]


def test_cases_may_come_from_the_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"cases": []}'))
    assert run("-", capsys) == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("content", "says"), [(b"{", "not JSON"), (b"3", "list of cases"), (b"\xff\xfe\x00", "UTF-8")]
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, capsys, content, says):
    path = tmp_path / "cases.json"
    path.write_bytes(content)
    status, out, err = run(path, capsys)
    assert (status, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_a_missing_file_is_said(tmp_path, capsys):
    status, _, err = run(tmp_path / "none.json", capsys)
    assert status == 2
    assert "cannot be read" in err


def test_every_cut_off_has_a_source_and_a_tag():
    for one in grade_defaults().sources:
        assert one.tag in ("S", "S2", "K", "D")
        assert one.source
        assert one.text
    assert grade_defaults().source_of("rob_dominated").value == 0.65
    with pytest.raises(KeyError):
        grade_defaults().source_of("luck")


def test_frameworks_are_those_of_the_vocabulary():
    defaults = grade_defaults()
    assert tuple(one.id for one in defaults.frameworks) == FRAMEWORKS
    assert {name for one in defaults.frameworks for name in one.thresholds} <= set(THRESHOLD_TYPES)
    assert defaults.framework == "core"
    assert defaults.cutoffs == default_settings().cutoffs


def test_changed_cut_offs_are_remembered_as_edited():
    changed = default_settings({"inc_i2_notable": 40, "inc_q_p": 0.1})
    assert changed.cutoffs.inc_i2_notable == 40
    assert changed.edited == ("inc_i2_notable",)
    with pytest.raises(InputError):
        default_settings({"luck": 1})


def test_an_unknown_language_speaks_english():
    assert statement_templates("xx") == statement_templates("en")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("value = 0.65", "value = -1"), "above 0"),
        (('framework = "core"', ""), "framework"),
        (("rob_dominated = {", "rob_dominate = {"), "rob_dominate"),
        (("[cutoffs]", "[cutoffs"), "cannot be used"),
    ],
)
def test_a_broken_file_is_named(tmp_path, change, says):
    text = (FOLDER / "core-grade-2025.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(change[0], change[1], 1), encoding="utf-8")
    with pytest.raises(ProjectFileError, match=says) as raised:
        read_defaults(path)
    assert "mine.toml" in raised.value.sentence


def test_broken_sentences_are_named(tmp_path):
    path = tmp_path / "statements.en.toml"
    shutil.copy(FOLDER / "statements.en.toml", path)
    path.write_text(path.read_text(encoding="utf-8").replace("{O}", "{Q}"), encoding="utf-8")
    with pytest.raises(ProjectFileError, match="placeholder"):
        read_templates(path)
    with pytest.raises(ProjectFileError):
        read_templates(tmp_path / "none.toml")
