"""Review files of earlier formats are opened, brought up to date and lose nothing.

``tests/references/formats`` holds what SQLite dumps of invented reviews that were made with these
formats. Format 1: humming, with two studies, one outcome changed and one removed. Format 2:
whistling, with ranges, doses, a published estimate, a study changed and a narrative removed.
Format 3: rustling, where A chose imprecision apart at one baseline risk, not at another.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assessments.assessment import Answer
from assessments.edits import redo, undo
from assessments.rating import rating_of
from assessments.review import (
    Baseline,
    Narrative,
    Outcome,
    PublishedEstimate,
    Result,
    Study,
)
from assessments.review_edits import change
from assessments.store.backups import list_backups
from assessments.store.file_lock import FileLock
from assessments.store.project_file import FORMAT_VERSION, create, open_project
from tests.conftest import done

FORMATS = Path(__file__).parents[1] / "references" / "formats"


def made_with(version: int, path: Path) -> Path:
    """Make the review file of an earlier format."""
    dump = gzip.decompress((FORMATS / f"format_{version}.sql.gz").read_bytes()).decode("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    return path


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A review file of format 1."""
    return made_with(1, tmp_path / "Humming.tandem")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A review file of format 2."""
    return made_with(2, tmp_path / "Whistling.tandem")


def shape(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Tables, triggers and indexes with what they say, the order of columns set aside."""
    return {
        f"{kind} {name}": sorted(definitions(sql or "")) if kind == "table" else []
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema")
    }


def definitions(sql: str) -> list[str]:
    """Columns and constraints of a CREATE TABLE, cut at the commas outside of brackets."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")] if "(" in sql else ""
    found, depth = [""], 0
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [re.sub(r"\s+", " ", one).strip() for one in found]


def test_everything_is_there_afterwards(earlier: Path) -> None:
    with open_project(earlier) as project:
        assert project.read_only is None
        assert [one.label for one in project.all(Outcome)] == ["Calm"]
        calm = project.one(Outcome, "calm")
        assert (calm.mid, calm.mid_source, calm.surrogate, calm.stream) == (4, "Invented", 0, "rct")
        assert (calm.mid_low, calm.laboratory, calm.follow_up_unit) == (None, None, "")
        assert [one.risk for one in project.all(Baseline, outcome="calm")] == [0.1]
        numbers = [(one.mean_1, one.total_2, one.dose) for one in project.all(Result)]
        assert numbers == [(6, 30, None), (7, 30, None)]
    assert len(list_backups(earlier)) == 1
    assert int.from_bytes(earlier.read_bytes()[60:64], "big") == FORMAT_VERSION


@pytest.mark.parametrize("version", range(1, FORMAT_VERSION))
def test_it_has_the_shape_of_a_new_file(version: int, tmp_path: Path) -> None:
    earlier = made_with(version, tmp_path / "Earlier.tandem")
    with open_project(earlier) as project, create(tmp_path / "new.tandem") as new:
        assert shape(project.connection) == shape(new.connection)


def test_the_past_can_still_be_taken_back(earlier: Path) -> None:
    with open_project(earlier) as project:
        project.seat = "person-a"
        done(undo(project))
        assert project.one(Outcome, "sleep").label == "Sleep"
        assert project.one(Narrative, "sleep").studies == 2
        done(undo(project))
        assert project.one(Outcome, "calm").mid == 3
        done(redo(project))
        done(redo(project))
        assert project.one(Outcome, "calm").mid == 4
        assert project.one(Outcome, "sleep") is None


def test_what_is_new_can_be_written(earlier: Path) -> None:
    with open_project(earlier) as project:
        project.seat = "person-a"
        done(change(project, "outcome", "calm", threshold_type="decision", decision=-2,
                    dose_unit="minutes", laboratory=0))
        done(change(project, "result", "r1", dose=20, follow_up=12))
        assert project.one(Result, "r1").dose == 20


def test_a_file_that_may_only_be_read_is_shown_and_left_alone(earlier: Path) -> None:
    before = earlier.read_bytes()
    lock = FileLock(earlier)
    assert lock.take("Ben")
    with open_project(earlier) as project:
        assert "You can read it" in project.read_only
        assert project.one(Outcome, "calm").mid == 4
        assert not change(project, "outcome", "calm", mid=5).ok
    lock.release()
    assert earlier.read_bytes() == before


def test_format_2_keeps_everything(second: Path) -> None:
    with open_project(second) as project:
        assert project.read_only is None
        ease = project.one(Outcome, "ease")
        assert (ease.t1, ease.t2, ease.t3, ease.dose_unit) == (3, 4, 8, "minutes")
        assert (ease.t1_harm, ease.t2_harm, ease.t3_harm) == (None, None, None)
        falls = project.one(Outcome, "falls")
        assert (falls.mid_low, falls.mid_high) == (10, 20)
        known = project.one(PublishedEstimate, "falls")
        assert (known.estimate, known.participants, known.source) == (0.8, 900, "Invented 2020")
        assert (known.events, known.printed_per, known.typed_by) == (None, None, "")
        designs = [(one.label, one.design, one.note) for one in project.all(Study)]
        assert designs == [("Ash 2001", "rct", ""), ("Elm 2002", "cba", "second look")]
        assert [one.dose for one in project.all(Result)] == [10, 20]
    assert len(list_backups(second)) == 1


def test_the_past_of_format_2_can_be_taken_back(second: Path) -> None:
    with open_project(second) as project:
        project.seat = "person-a"
        done(undo(project))
        assert project.one(Narrative, "joy").participants == 120
        assert project.one(Narrative, "joy").events is None
        done(undo(project))
        assert project.one(Outcome, "ease").t1 == 2
        done(undo(project))
        assert (project.one(Study, "s1").design, project.one(Study, "s1").note) == ("nrs", "")
        for _step in range(3):
            done(redo(project))
        assert project.one(Study, "s1").design == "cba"


def test_what_format_3_brings_can_be_written_and_taken_back(second: Path) -> None:
    with open_project(second) as project:
        project.seat = "person-a"
        done(change(project, "study", "s1", design="case_series"))
        done(change(project, "outcome", "ease", t1_harm=1, t2_harm=2, t3_harm=4))
        done(change(project, "published_estimate", "falls", events=80, printed_baseline=120))
        done(undo(project))
        assert project.one(PublishedEstimate, "falls").events is None
        assert project.one(Study, "s1").design == "case_series"
        with pytest.raises(sqlite3.IntegrityError):
            project.connection.execute("UPDATE study SET design = 'anything'")


def test_what_was_chosen_at_a_baseline_risk_in_format_3_stays(tmp_path: Path) -> None:
    with open_project(made_with(3, tmp_path / "Rustling.tandem")) as project:
        project.seat = "person-a"
        rated = rating_of(project, "falls", "a")
        assert rated.concerns["imprecision"] == "serious"
        assert [(one.risk, one.certainty.level) for one in rated.at] == [(0.5, "low")]
        assert [one.question for one in project.all(Answer)] == ["borderline"]


def test_what_happens_in_words_can_be_written_in_a_file_of_format_2(second: Path) -> None:
    with open_project(second) as project:
        project.seat = "person-a"
        done(change(project, "narrative", "ease", verb="eases", verb_infinitive="ease"))
        assert project.one(Narrative, "ease").verb_infinitive == "ease"
        done(undo(project))
        assert project.one(Narrative, "ease") is None
