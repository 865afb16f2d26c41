"""What is handed over: the workbook cell by cell, the page, the table of data, whole files only."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assessments.exports import EXPORTS, evidence_csv, export, summary_of_findings_html, write_whole
from assessments.exports import summary_of_findings_xlsx as xlsx
from assessments.exports.evidence_table import COLUMNS, evidence_rows
from assessments.exports.workbook import lines_in, row_height, safe_text
from assessments.problems import ProjectFileError
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.samples import build as build_sample
from assessments.store.project_file import Project, create, open_project
from assessments.summary_of_findings import build
from tests.assessments.every_kind_of_row import fill
from tests.assessments.settled_rating import settle
from tests.assessments.workbook_as_text import GOLDEN, REFERENCES, opened, text_of
from tests.conftest import done

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A review with every kind of row and one settled rating, for tests that change nothing."""
    with create(tmp_path_factory.mktemp("review") / "Review.tandem") as project:
        fill(project)
        settle(project, "risk_ratio")
        yield project


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with build_sample("invented", tmp_path_factory.mktemp("review") / "Invented.tandem") as one:
        yield one


@pytest.mark.parametrize("name", GOLDEN)
def test_sheets_are_as_written_down(name: str, tmp_path: Path) -> None:
    expected = (REFERENCES / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(name, tmp_path) == expected


class TestWorkbook:
    def test_the_sheets_and_where_it_opens(self, review: Project) -> None:
        book = opened(review)
        assert book.sheetnames == ["SoF 1", "Judgements", "RoB", "Data", "Read me"]
        assert book.active.title == "SoF 1"
        assert book.active.freeze_panes == "B9"
        assert {sheet.sheet_state for sheet in book} == {"visible"}

    def test_names_of_ranges(self, review: Project) -> None:
        book = opened(review)
        names = {name: one.attr_text for name, one in book.defined_names.items()}
        assert set(names) == {f"SoF1_{part}" for part in
                              ("All", "Header", "Body", "Notes", "Outcomes")}
        assert names["SoF1_Header"] == "'SoF 1'!$A$7:$H$8"
        assert names["SoF1_Body"].startswith("'SoF 1'!$A$9:$H$")

    def test_real_tables(self, review: Project) -> None:
        book = opened(review)
        tables = {name: sheet.title for sheet in book for name in sheet.tables}
        assert tables == {"tblJudgements": "Judgements", "tblEvidence": "Data"}
        for sheet in book:
            for table in sheet.tables.values():
                assert table.tableStyleInfo.name == "TableStyleLight1"
                heads = [cell.value for cell in sheet[table.ref][0]]
                assert heads == [one.name for one in table.tableColumns]
                assert len(set(heads)) == len(heads)

    def test_display_cells_are_text_and_data_cells_are_numbers(self, review: Project) -> None:
        book = opened(review)
        for row in book["SoF 1"].iter_rows():
            assert all(cell.value is None or cell.data_type == "s" for cell in row)
        found = _data(book, "pain")
        assert (found["estimate"], found["ci_low"], found["ci_high"]) == (-1.24, -2.5, 0.02)
        assert found["statement_edited"] is None
        found = _data(book, "risk_ratio")
        assert found["risk_difference"] == pytest.approx(-0.0186, abs=1e-15)
        assert (found["k"], found["n_total"], found["imprecision_level"]) == (3, 12345, -1)
        assert found["statement_edited"] is False
        assert isinstance(found["rated_by_consensus_on"], datetime)

    def test_printing(self, review: Project) -> None:
        sheet = opened(review)["SoF 1"]
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$7:$8"
        assert sheet.page_margins.left == pytest.approx(1.3 / 2.54, abs=1e-3)
        assert sheet.oddFooter.center.text == "&A  page &P of &N"

    def test_merges_are_for_headings_groups_narratives_and_notes_only(
        self, review: Project
    ) -> None:
        sheet = opened(review)["SoF 1"]
        body = build(review)[0]
        first = 9
        rows = sum(2 if group.label else 1 for row in body.rows for group in row.groups)
        inside = {str(one) for one in sheet.merged_cells.ranges
                  if first <= one.min_row < first + rows}
        stroke = first + [row.outcome.id for row in body.rows].index("stroke")
        assert {f"{letter}{stroke}:{letter}{stroke + 3}" for letter in "AEFGH"} <= inside
        assert {f"B{stroke}:D{stroke}", f"B{stroke + 2}:D{stroke + 2}"} <= inside
        assert len(inside) == 5 + 2 + 2  # the two groups; the words of two rows

    def test_properties_name_the_review_and_its_data(self, review: Project) -> None:
        known = opened(review).properties
        assert known.title == "Invented review of every row"
        assert known.creator == "Name A, Name B"
        assert build(review)[0].data_hash in known.description
        assert known.language == "en"
        assert known.contentStatus == "Draft"

    def test_the_same_review_gives_the_same_bytes(self, review: Project, tmp_path: Path) -> None:
        first = xlsx.content(review, layout="cochrane_plus")
        copy = tmp_path / "Review.tandem"
        review.save_copy(copy)
        with open_project(copy) as again:
            again.seat = "person-b"
            assert xlsx.content(again, layout="cochrane_plus") == first
        with zipfile.ZipFile(io.BytesIO(first)) as packed:
            assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_no_macros_links_or_protection(self, review: Project) -> None:
        with zipfile.ZipFile(io.BytesIO(xlsx.content(review, layout="cochrane"))) as packed:
            names = packed.namelist()
            text = "".join(packed.read(one).decode() for one in names if one.endswith(".xml"))
        assert not [one for one in names if "vba" in one or "external" in one.lower()]
        assert "<f>" not in text
        assert "sheetProtection" not in text


def _data(book: Any, outcome: str) -> dict[str, Any]:
    rows = list(book["Data"].iter_rows(min_row=3, values_only=True))
    heads = [str(one) for one in rows[0]]
    (found,) = [row for row in rows[1:] if row[heads.index("outcome_id")] == outcome]
    return dict(zip(heads, found, strict=True))


class TestSafety:
    @pytest.mark.parametrize("text", EVIL)
    def test_no_text_becomes_a_formula(self, project: Project, text: str) -> None:
        fill(project)
        done(change(project, "comparison", "c1", intervention=text, population=text))
        done(change(project, "outcome", "pain", label=text, comment=text))
        done(change(project, "review", "review", title=text))
        done(add(project, "study", label=text, design="rct"))
        for sheet in opened(project):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", cell.coordinate
                    value = str(cell.value or "")
                    if cell.data_type == "s" and value.startswith(("=", "+", "-", "@", "\t")):
                        assert cell.quotePrefix, cell.coordinate

    def test_forbidden_characters_are_shown_and_long_texts_cut_visibly(self) -> None:
        assert safe_text("a\x00b\x0bc\ud800") == "a\ufffdb\ufffdc\ufffd"
        assert safe_text("a\r\nb\rc") == "a\nb\nc"
        cut = safe_text("x" * 40_000)
        assert len(cut) == 32_767
        assert cut.endswith("…")

    def test_rows_grow_with_their_words_and_never_beyond_what_a_sheet_takes(self) -> None:
        assert lines_in("word " * 40, 20.0) > lines_in("word " * 20, 20.0) > 1
        assert lines_in("a\nb\nc", 20.0) == 3
        assert row_height(1000) == 409.0

    @pytest.mark.parametrize("text", EVIL)
    def test_texts_of_the_data_file_are_no_formulas_either(
        self, project: Project, text: str
    ) -> None:
        fill(project)
        done(change(project, "outcome", "pain", unit=text))
        rows = _csv(evidence_csv.content(project, layout="cochrane_plus"))
        found = {row["unit"] for row in rows if row["outcome_id"] == "pain"}
        assert found == {f"'{text.strip()}"}


def _csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class TestDataFile:
    def test_columns_and_rows(self, review: Project) -> None:
        content = evidence_csv.content(review, layout="cochrane_plus")
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        rows = _csv(content)
        assert tuple(rows[0]) == COLUMNS
        outcomes = [row["outcome_id"] for row in rows]
        assert outcomes.count("stroke") == 2
        assert list(dict.fromkeys(outcomes)) == [one.id for one in review.all(Outcome)]

    def test_numbers_are_whole_and_unrounded(self, review: Project) -> None:
        rows = {row["outcome_id"]: row for row in _csv(evidence_csv.content(review, layout=""))}
        assert rows["pain"]["estimate"] == "-1.24"
        assert float(rows["risk_ratio"]["risk_intervention"]) == pytest.approx(0.1674, abs=1e-14)
        assert rows["mood"]["reexpression_method"] == "or"
        assert float(rows["mood"]["reexpressed_estimate"]) == pytest.approx(0.404, abs=5e-4)
        assert rows["harms"]["certainty"] == "not_rated"
        assert rows["harms"]["estimate"] == ""
        assert rows["risk_ratio"]["certainty"] == "moderate"
        assert rows["risk_ratio"]["method_of_resolution"] == "both agreed"
        assert "NA" not in {value for row in rows.values() for value in row.values()}

    def test_it_is_what_the_table_shows(self, review: Project) -> None:
        (table,) = build(review)
        for values in evidence_rows(review, (table,)):
            row = table.row(values["outcome_id"])
            assert values["statement"] == (row.statement.text or None)
            assert values["certainty"] == row.certainty.level
            assert values["k"] == row.synthesis.studies


class _Page(HTMLParser):
    """Counts the cells of each row, spans included, and keeps what is needed of the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.widths: list[int] = []
        self._below: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag in ("thead", "tbody"):
            self._below = []
        if tag == "tr":
            kept = [(left - 1, wide) for left, wide in self._below if left > 1]
            self.widths.append(sum(wide for _left, wide in kept))
            self._below = kept
        if tag in ("td", "th"):
            wide = int(values.get("colspan") or 1)
            self.widths[-1] += wide
            self._below.append((int(values.get("rowspan") or 1), wide))


class TestPage:
    @pytest.mark.parametrize(("layout", "columns"), [("cochrane_plus", 8), ("cochrane", 7)])
    def test_every_row_fills_the_table(self, review: Project, layout: str, columns: int) -> None:
        page = _Page()
        page.feed(summary_of_findings_html.content(review, layout=layout).decode())
        assert set(page.widths) == {columns}

    def test_it_speaks_to_a_screen_reader_and_loads_nothing(self, review: Project) -> None:
        text = summary_of_findings_html.content(review, layout="cochrane_plus").decode()
        page = _Page()
        page.feed(text)
        tags = [tag for tag, _attrs in page.tags]
        assert "script" not in tags
        assert "link" not in tags
        assert not re.search(r"(src|href)=", text)
        assert ("html", {"lang": "en"}) in page.tags
        assert "caption" in tags
        scopes = {attrs.get("scope") for tag, attrs in page.tags if tag == "th"}
        assert scopes == {"col", "colgroup", "rowgroup"}
        keys = [attrs["id"] for tag, attrs in page.tags if attrs.get("id")]
        assert len(set(keys)) == len(keys)
        named = {one for _tag, attrs in page.tags for one in (attrs.get("headers") or "").split()}
        assert named <= set(keys)
        said = [attrs.get("aria-label") for tag, attrs in page.tags if attrs.get("role") == "img"]
        assert said == ["Moderate certainty, 3 of 4"]

    def test_words_are_escaped(self, project: Project) -> None:
        fill(project)
        done(change(project, "outcome", "pain", label="<b>&\"'"))
        text = summary_of_findings_html.content(project, layout="cochrane").decode()
        assert "&lt;b&gt;&amp;&quot;&#x27;" in text
        assert "<b>" not in text


class TestSealing:
    def test_what_only_one_has_finished_is_in_no_file(self, project: Project) -> None:
        fill(project)
        settle(project, "risk_ratio", imprecision="Secret of A and 12 345 people.", final=False)
        for seat in (None, "person-a", "person-b"):
            project.seat = seat
            for one in EXPORTS:
                content = _plain(project, one.name)
                assert "Secret of A" not in content, (seat, one.name)
                assert "risk_ratio" in content or one.name != "csv"

    def test_what_both_have_finished_is_told_with_who_said_what(self, invented: Project) -> None:
        rows = list(opened(invented)["Judgements"].iter_rows(min_row=3, values_only=True))
        heads = list(rows[0])
        found = [dict(zip(heads, row, strict=True)) for row in rows[1:]]
        assert {row["assessor"] for row in found} == {"A", "B", "Consensus"}
        settled = [row for row in found if row["assessor"] == "Consensus"]
        assert {row["how_settled"] for row in settled} > {"agreed"}
        differing = [row for row in settled if row["level_a"] != row["level_b"]]
        assert differing
        assert all(row["reason_of_settlement"] for row in differing)


def _plain(project: Project, name: str) -> str:
    module = __import__({one.name: one.module for one in EXPORTS}[name], fromlist=["content"])
    content: bytes = module.content(project, layout="cochrane_plus")
    if name != "xlsx":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(one).decode() for one in packed.namelist())


class TestFiles:
    def test_an_empty_review_gives_every_file_too(self, project: Project, tmp_path: Path) -> None:
        for one in EXPORTS:
            assert export(project, one.name, tmp_path).stat().st_size > 0
        assert opened(project).sheetnames == ["Judgements", "RoB", "Data", "Read me"]

    def test_drafts_say_so_in_their_name(self, review: Project, tmp_path: Path) -> None:
        assert export(review, "csv", tmp_path).name == "Review - DRAFT evidence table.csv"

    def test_what_exists_is_replaced_only_when_asked(
        self, review: Project, tmp_path: Path
    ) -> None:
        target = export(review, "csv", tmp_path)
        assert export(review, "csv", tmp_path) == target  # the same already: nothing to replace
        target.write_text("somebody's own notes")
        with pytest.raises(ProjectFileError, match="already a file"):
            export(review, "csv", tmp_path)
        assert target.read_text() == "somebody's own notes"
        export(review, "csv", tmp_path, overwrite=True)
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_failed_write_leaves_nothing_behind(self, tmp_path: Path) -> None:
        folder = tmp_path / "a file where a folder should be"
        folder.write_text("")
        with pytest.raises(ProjectFileError):
            write_whole(folder / "x.csv", b"x", overwrite=False)
        assert list(tmp_path.iterdir()) == [folder]
