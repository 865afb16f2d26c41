"""A disk that is full or fails: the sentence says so, and nothing that was there is lost."""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assessments.edits import undo
from assessments.problems import ProjectFileError
from assessments.review import Review
from assessments.review_edits import change
from assessments.store import backups
from assessments.store.project_file import Project, create, open_project
from tests.assessments.table_contents import contents

_WAYS = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")


def fill_up(project: Project) -> None:
    """Let the file grow no more, as on a full disk."""
    pages = project.connection.execute("PRAGMA page_count").fetchone()[0]
    project.connection.execute(f"PRAGMA max_page_count = {pages}")


def test_an_edit_on_a_full_disk_says_so_and_writes_nothing(filled: Project) -> None:
    before = contents(filled.connection)
    fill_up(filled)
    with pytest.raises(ProjectFileError) as refusal:
        change(filled, "study", "s1", note="long " * 100_000)
    assert str(refusal.value) == (
        "The disk is full: “Review.tandem” could not be saved. "
        "Everything before the last change is safe. Make room, then try again."
    )
    assert contents(filled.connection) == before
    assert not filled.connection.in_transaction


def test_work_goes_on_when_there_is_room_again(filled: Project) -> None:
    fill_up(filled)
    with pytest.raises(ProjectFileError):
        change(filled, "study", "s1", note="long " * 100_000)
    filled.connection.execute("PRAGMA max_page_count = 1000000")
    assert change(filled, "study", "s1", note="long " * 100_000).ok
    assert undo(filled).ok
    filled.close()
    with open_project(filled.path) as project:
        assert project.one(Review, "review").title == "Invented review for a test"


def test_a_review_opens_although_no_backup_can_be_made(
    filled: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()

    def full(_connection: sqlite3.Connection, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "write_copy", full)
    with open_project(filled.path, backup=True) as project:
        assert project.read_only is None
        assert "The disk is full" in str(project.backup_problem)
        assert project.one(Review, "review").title == "Invented review for a test"


def _limited(tell: Connection, folder: Path, size: int) -> None:
    """Do what writes files where no file may become larger than that."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    answers = []
    with open_project(folder / "Review.tandem") as project:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        for work in (
            lambda: create(folder / "New.tandem"),
            lambda: project.save_copy(folder / "Copy.tandem"),
            project.back_up,
            lambda: change(project, "study", "s1", note="long " * 1_000_000),
        ):
            try:
                work()
            except ProjectFileError as refusal:
                answers.append(str(refusal))
        answers.append(project.one(Review, "review").title)
    tell.send(answers)


def _a_write_that_breaks_off_leaves_no_half_file(filled: Project) -> None:
    filled.close()
    before = filled.path.read_bytes()
    hear, tell = _WAYS.Pipe(duplex=False)
    process = _WAYS.Process(target=_limited, args=(tell, filled.path.parent, 30_000))
    process.start()
    tell.close()
    answers = hear.recv()
    process.join()
    hear.close()
    assert len(answers) == 5
    assert all("could not be read or written" in answer for answer in answers[:4])
    assert all("Everything that was saved before is safe." in answer for answer in answers[:4])
    assert answers[4] == "Invented review for a test"
    assert filled.path.read_bytes() == before
    left = {entry.name for entry in filled.path.parent.iterdir()}
    assert left == {"Review.tandem", "Tandem backups"}
    assert list((filled.path.parent / "Tandem backups").iterdir()) == []


if sys.platform != "win32":  # Windows cannot limit the size of files
    test_a_write_that_breaks_off_leaves_no_half_file = _a_write_that_breaks_off_leaves_no_half_file
