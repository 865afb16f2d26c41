"""Review files of earlier formats are opened, brought up to date and lose nothing.

``tests/references/formats/format_1.sql.gz`` is what SQLite dumps of a review that was made with
format 1: an invented review of humming with two studies, one outcome changed and one removed.
"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assessments.edits import redo, undo
from assessments.review import Baseline, Narrative, Outcome, Result
from assessments.review_edits import change
from assessments.store.backups import list_backups
from assessments.store.file_lock import FileLock
from assessments.store.project_file import FORMAT_VERSION, create, open_project
from tests.conftest import done

DUMP = Path(__file__).parents[1] / "references" / "formats" / "format_1.sql.gz"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A review file of format 1."""
    path = tmp_path / "Humming.tandem"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(DUMP.read_bytes()).decode("utf-8"))
    return path


def shape(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Tables, triggers and indexes with their columns, the order of columns set aside."""
    found = set()
    for kind, name in connection.execute("SELECT type, name FROM sqlite_schema"):
        columns = sorted(connection.execute(f'PRAGMA table_info("{name}")').fetchall(),
                         key=lambda one: one[1]) if kind == "table" else []
        found.add((f"{kind} {name}", str([one[1:] for one in columns])))
    return found


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


def test_it_has_the_shape_of_a_new_file(earlier: Path, tmp_path: Path) -> None:
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
