"""Dated copies of a review, copies by hand, and going back to one of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assessments.problems import ProjectFileError
from assessments.review import Review
from assessments.review_edits import change
from assessments.store import backups
from assessments.store.project_file import open_project, restore
from tests.assessments.table_contents import contents


class TestBackups:
    def test_opening_makes_a_dated_copy_unless_nothing_changed(self, kept: Path) -> None:
        for _time in range(3):
            with open_project(kept, backup=True) as project:
                before = contents(project.connection)
        [(at, copy)] = backups.list_backups(kept)
        assert copy.name == f"Review {at.strftime('%Y-%m-%d %H-%M-%S')}.tandem"
        with open_project(copy) as project:
            assert contents(project.connection) == before
        assert len(list(copy.parent.iterdir())) == 1

    def test_the_recent_ones_then_one_a_day_then_one_a_week(self, kept: Path) -> None:
        folder = backups.folder_of(kept)
        folder.mkdir()
        for day in range(1, 31):
            for hour in (8, 20):
                for month in (8, 9, 10):
                    name = f"Review 2026-{month:02}-{day:02} {hour:02}-00-00.tandem"
                    shutil.copy(kept, folder / name)
        stranger = folder / "Review of something else 2020-01-01 00-00-00.tandem"
        stranger.write_bytes(b"not ours")
        with open_project(kept) as project:
            assert change(project, "review", "review", title="Changed").ok
            assert project.back_up() is not None
        left = [at for at, _copy in backups.list_backups(kept)]
        assert stranger.exists()
        assert [at.strftime("%m-%d %H") for at in left[1:10]] == [
            "10-30 20", "10-30 08", "10-29 20", "10-29 08", "10-28 20", "10-28 08", "10-27 20",
            "10-27 08", "10-26 20",
        ]
        older = left[10:]
        assert all(at.hour == 20 for at in older)
        days = [at.strftime("%m-%d") for at in older if at.month == 10 and at.day > 17]
        assert days == [f"10-{day}" for day in range(25, 17, -1)]
        assert 20 <= len(left) <= 30

    def test_a_copy_is_whole_and_the_review_itself_is_never_its_target(self, kept: Path) -> None:
        target = kept.with_name("Copy.tandem")
        target.write_bytes(b"old")
        with open_project(kept) as project:
            project.save_copy(target)
            with pytest.raises(ProjectFileError, match="another name"):
                project.save_copy(kept.parent / "." / kept.name)
            before = contents(project.connection)
        with open_project(target) as project:
            assert contents(project.connection) == before

    def test_going_back_keeps_what_was_there(self, kept: Path) -> None:
        with open_project(kept, backup=True) as project:
            assert change(project, "review", "review", title="Later").ok
            backup = project.last_backup
        aside = restore(backup, kept)
        with open_project(kept) as project:
            assert project.one(Review, "review").title == "Falls"
        with open_project(aside) as project:
            assert project.one(Review, "review").title == "Later"
        assert "before going back" in aside.name

    def test_going_back_from_a_ruined_file_with_an_unfinished_write(self, kept: Path) -> None:
        with open_project(kept, backup=True) as project:
            backup = project.last_backup
        kept.write_bytes(b"ruined")
        journal = kept.with_name(f"{kept.name}-journal")
        journal.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + os.urandom(2000))
        aside = restore(backup, kept)
        with open_project(kept) as project:
            assert project.one(Review, "review").title == "Falls"
        assert aside.read_bytes() == b"ruined"
        assert not journal.exists()

    def test_going_back_when_the_file_is_gone(self, kept: Path) -> None:
        with open_project(kept, backup=True) as project:
            backup = project.last_backup
        kept.unlink()
        assert restore(backup, kept) is None
        with open_project(kept) as project:
            assert project.one(Review, "review").title == "Falls"

    def test_going_back_under_an_open_review_is_refused(self, kept: Path) -> None:
        with open_project(kept, backup=True) as project:
            with pytest.raises(ProjectFileError, match="is being used by another program"):
                restore(project.last_backup, kept)
            assert change(project, "review", "review", title="Goes on").ok

    def test_going_back_to_something_else_is_refused(self, kept: Path) -> None:
        before = kept.read_bytes()
        other = kept.with_name("letter.tandem")
        other.write_text("Dear colleague")
        with pytest.raises(ProjectFileError, match="not a Tandem review"):
            restore(other, kept)
        assert kept.read_bytes() == before
