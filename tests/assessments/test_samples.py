"""The samples go the whole way: from the command line to every file, with the numbers known."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assessments.commands import demo, export
from assessments.samples import SAMPLES
from assessments.samples.founding import facts
from assessments.store.project_file import open_project


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    assert run(demo, "--to", str(place / "out")) == 0
    return place / "out"


def run(command: Any, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return int(command.run(parser.parse_args(words)))


def book(folder: Path, review: str) -> Any:
    from openpyxl import load_workbook

    (path,) = folder.glob(f"{review} - *summary of findings.xlsx")
    return load_workbook(path)


def rows(sheet: Any) -> list[dict[str, Any]]:
    found = list(sheet.iter_rows(min_row=3, values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def test_everything_is_written(folder: Path) -> None:
    endings = Counter(path.suffix for path in folder.iterdir() if path.is_file())
    assert endings[".xlsx"] == endings[".html"] == endings[".csv"] == len(SAMPLES)
    assert endings[".svg"] == 3 + 2 * len(SAMPLES)
    assert {path.name for path in folder.glob("*.tandem")} == {one.file_name for one in SAMPLES}
    assert not list(folder.glob(".*part"))


class TestFoundingWorkbook:
    NAME = "CD010618 - peer support"

    def test_published_numbers_are_there_to_the_digit(self, folder: Path) -> None:
        found = [row for row in rows(book(folder, self.NAME)["Data"])
                 if row["row_type"] == "published_pooled"]
        numbers = {
            (row["outcome_label"], row["measure"], row["estimate"], row["ci_low"], row["ci_high"],
             row["k"], row["n_total"]) for row in found
        }
        expected = {
            (one["outcome"], one["measure"], one["estimate"], one["ci_low"], one["ci_high"],
             one["studies"], one["participants"]) for one in facts()["analyses"]
        }
        assert numbers == expected
        assert len(found) == 8
        assert {row["provenance"] for row in found} == {"published"}
        assert {row["certainty"] for row in found} == {None}

    def test_the_tables_show_them(self, folder: Path) -> None:
        written = book(folder, self.NAME)
        shown = {(name, str(cell.value)) for name in ("SoF 1", "SoF 2")
                 for row in written[name].iter_rows() for cell in row if cell.value}
        sheets = {"usual care": "SoF 1", "alternative intervention": "SoF 2"}
        for one in facts()["analyses"]:
            sheet = sheets[one["comparison"]]
            assert (sheet, one["outcome"]) in {(name, text.split("\n")[0]) for name, text in shown}
            words = [f"{abs(one[key]):.2f} {'lower' if one[key] < 0 else 'higher'}"
                     for key in ("estimate", "ci_low", "ci_high")]
            assert (sheet, f"SMD {words[0]} ({words[1]} to {words[2]})") in shown
            people = f"{one['participants']} ({one['studies']} RCTs)"
            assert any(name == sheet and text.startswith(people) for name, text in shown)

    def test_words_and_gaps_are_rows(self, folder: Path) -> None:
        kinds = Counter(row["row_type"] for row in rows(book(folder, self.NAME)["Data"]))
        assert kinds == {"published_pooled": 8, "narrative": 5, "not_reported": 1}

    def test_all_judgements_with_the_published_counts(self, folder: Path) -> None:
        found = rows(book(folder, self.NAME)["Judgements"])
        assert len(found) == 22 * 7
        for domain, counts in facts()["rob_counts"].items():
            assert Counter(r["level"] for r in found if r["domain"] == domain) == Counter(counts)
        assert {row["assessor"] for row in found} == {"As published"}
        assert {row["source"] for row in found} == {facts()["rob_source"]}


def test_the_invented_numbers_are_pooled(folder: Path) -> None:
    found = {row["outcome_label"]: row for row in
             rows(book(folder, "Invented example - stage fright")["Data"])}
    row = found["Cancelled performance"]
    assert (row["measure"], row["k"], row["certainty"]) == ("RR", 7, "moderate")
    assert round(row["estimate"], 2) == 0.54
    assert found["Stage fright"]["i2"] > 40
    assert found["Enjoyment of singing"]["certainty"] is None


def test_a_second_time_keeps_the_reviews_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert run(demo, "--to", str(folder)) == 0
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before
    assert str(folder / SAMPLES[0].file_name) in capsys.readouterr().out


class TestExportCommand:
    def test_one_kind_of_file(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        review = folder / SAMPLES[0].file_name
        assert run(export, str(review), "--to", str(tmp_path), "--format", "csv") == 0
        (path,) = tmp_path.iterdir()
        assert capsys.readouterr().out == f"{path}\n"

    def test_reading_is_enough(self, folder: Path, tmp_path: Path) -> None:
        review = folder / SAMPLES[1].file_name
        with open_project(review) as first:
            assert first.read_only is None
            assert run(export, str(review), "--to", str(tmp_path), "--layout", "cochrane") == 0
        assert len(list(tmp_path.iterdir())) == 5

    def test_files_are_not_replaced_unless_asked(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = (str(folder / SAMPLES[1].file_name), "--to", str(tmp_path), "--format", "html")
        assert run(export, *words) == 0
        (path,) = tmp_path.iterdir()
        path.write_text("mine")
        assert run(export, *words) == 2
        told = capsys.readouterr().err
        assert "already a file" in told
        assert path.read_text() == "mine"
        assert run(export, *words, "--overwrite") == 0
        assert path.read_text() != "mine"

    @pytest.mark.parametrize("content", [None, b"", b"not a review at all, only words" * 9])
    def test_what_is_no_review_is_told_in_a_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
    ) -> None:
        path = tmp_path / "x.tandem"
        if content is not None:
            path.write_bytes(content)
        assert run(export, str(path), "--to", str(tmp_path / "out")) == 2
        told = capsys.readouterr().err
        assert "x.tandem" in told
        assert "Traceback" not in told
        assert not (tmp_path / "out").exists()
