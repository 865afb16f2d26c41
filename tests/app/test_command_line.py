"""The two commands as a person types them: help, version, wrong words, interrupted work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import command_line
from app.set_up import starting
from assessments.commands import COMMANDS
from assessments.problems import ProjectFileError
from assessments.version import VERSION
from tests.source_files import ROOT


def typed(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``main.py`` with these words in that folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments], cwd=folder, text=True,
        capture_output=True, check=False, env={**os.environ, **variables},
    )


def test_the_version(tmp_path: Path) -> None:
    done = typed("--version", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Tandem {VERSION}\n", "")


def test_help_lists_every_command_with_its_line(tmp_path: Path) -> None:
    done = typed("--help", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "python3 main.py [REVIEW.tandem]" in done.stdout
    for name in COMMANDS:
        module = __import__(name, fromlist=["NAME"])
        assert module.NAME in done.stdout
        assert module.SUMMARY.split()[0] in done.stdout


def test_a_wrong_word_is_refused_with_what_there_is(tmp_path: Path) -> None:
    done = typed("no-such-thing", folder=tmp_path)
    assert done.returncode == 2
    assert "no-such-thing" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_help_of_a_command_shows_how_to_call_that_command(tmp_path: Path) -> None:
    done = typed("pool", "--help", folder=tmp_path)
    assert done.stdout.startswith("usage: python3 main.py pool [-h]")


@pytest.mark.parametrize("command", [["judge", "rob1"], ["pool"], ["certainty"]])
def test_a_number_of_thousands_of_digits_is_refused(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "huge.json").write_text("[" + "9" * 5000 + "]", encoding="utf-8")
    done = typed(*command, "huge.json", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "huge.json: a number has too many digits to be read.\n"
    assert done.stdout == ""


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("no folder", encoding="utf-8")
    done = typed("demo", "--to", "out", folder=tmp_path)
    assert done.returncode == 2
    assert "cannot be written into “out”: that is a file, not a folder." in done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], False), (["--help"], True), (["-h"], True), (["demo"], True), (["nonsense"], True),
        (["Review.tandem"], False), (["somewhere/Übersicht.tandem"], False),
        (["-platform", "offscreen"], False), ([str(ROOT / "README.md")], False),
    ],
)
def test_what_is_for_the_window(words: list[str], expected: bool) -> None:
    assert command_line.is_for_it(words) is expected


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (ProjectFileError("It is damaged.", "Open a copy."), 2, "It is damaged. Open a copy."),
        (FileNotFoundError(2, "No such file", "x.csv"), 2, "“x.csv” could not be read or written"),
    ],
)
def test_every_end_has_its_sentence(
    error: BaseException, status: int, sentence: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_arguments: list[str]) -> int:
        raise error

    monkeypatch.setattr(starting, "_start", fail)
    assert starting.start([]) == status
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""


def test_without_a_screen_the_demo_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("app.set_up.screen.has_screen", lambda: False)
    monkeypatch.setattr(command_line, "run", lambda words: asked.append(words) or 0)
    assert starting.start([]) == 0
    assert asked == [["demo", "--to", "tandem-demo"]]
    told = capsys.readouterr().err
    assert "There is no screen here" in told
    assert "“tandem-demo”" in told


def test_a_named_review_without_a_screen_is_told_how_to_write_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.set_up.screen.has_screen", lambda: False)
    assert starting.start(["Falls.tandem"]) == 2
    told = capsys.readouterr()
    assert "python3 main.py export Falls.tandem --to FOLDER" in told.err
    assert told.out == ""
