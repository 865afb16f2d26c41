"""The workspace: one road for every change, and one signal."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import settings
from app.workspace import Workspace
from assessments.problems import ProjectFileError
from assessments.review import Study
from assessments.review_edits import add, change, remove
from assessments.store import backups


def test_an_edit_is_told_with_what_it_touched(workspace: Workspace, qtbot) -> None:
    told = []
    workspace.changed.connect(told.append)
    with qtbot.waitSignal(workspace.status_changed):
        assert workspace.do(change, "study", "s1", label="Ahorn 2014").ok
    assert [one.rows for one in told] == [{"study": frozenset({"s1"})}]
    assert workspace.saving_in_words().startswith("All changes saved ")


def test_a_refusal_is_told_and_changes_nothing(workspace: Workspace, qtbot) -> None:
    with qtbot.waitSignal(workspace.refused) as heard, qtbot.assertNotEmitted(workspace.changed):
        done = workspace.do(change, "study", "s1", year="20l7")
    assert not done.ok
    assert heard.args[0] == done.problems
    assert workspace.project.one(Study, "s1").year is None


def test_a_refusal_beside_its_field_is_not_told_twice(workspace: Workspace, qtbot) -> None:
    with qtbot.assertNotEmitted(workspace.refused):
        done = workspace.try_to(change, "study", "s1", year="soon")
    assert done.problems[0].where == "year"


def test_undo_and_redo(workspace: Workspace) -> None:
    workspace.do(change, "study", "s1", label="Ahorn 2014")
    assert workspace.undo().ok
    assert workspace.project.one(Study, "s1").label == "Study 1"
    assert workspace.redo().ok
    assert workspace.project.one(Study, "s1").label == "Ahorn 2014"


def test_a_failing_disk_is_told_and_the_window_goes_on(
    workspace: Workspace, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_project: object) -> None:
        raise ProjectFileError("The disk is full.", "Make room.")

    with qtbot.waitSignal(workspace.failed):
        done = workspace.do(full)
    assert done.problems[0].code == "file"
    assert workspace.saving_in_words() == "Not saved: The disk is full."
    workspace.do(change, "study", "s1", label="Ahorn 2014")
    assert workspace.saving_in_words().startswith("All changes saved ")


def test_who_sits_here_is_asked_once_per_machine(workspace: Workspace, qtbot) -> None:
    with qtbot.waitSignal(workspace.seat_changed):
        workspace.sit("person-b")
    assert workspace.seat == "b"
    assert Workspace(workspace.project).person.id == "person-b"
    workspace.sit(None)
    assert workspace.person is None


def test_someone_who_is_removed_no_longer_sits_here(workspace: Workspace, qtbot) -> None:
    workspace.sit("person-b")
    with qtbot.waitSignal(workspace.seat_changed):
        assert workspace.do(remove, "person", "person-b").ok
    assert workspace.project.seat is None
    assert workspace.seat is None


def test_people_are_listed_assessors_first(workspace: Workspace) -> None:
    workspace.do(add, "person", role="coordinator", name="Ada")
    workspace.do(add, "person", role="arbiter", name="Zoe")
    assert [one.role for one in workspace.people] == ["a", "b", "arbiter", "coordinator"]


def test_opening_makes_a_backup_and_remembers_the_file(kept: Path, themed) -> None:
    made = Workspace.open(kept)
    assert len(backups.list_backups(kept)) == 1
    assert settings.recent_files() == (kept.resolve(),)
    assert made.back_up()
    made.close()


def test_a_file_that_others_write_can_be_read_only(kept: Path, themed) -> None:
    first = Workspace.open(kept)
    second = Workspace.open(kept)
    assert "another window" in second.read_only
    assert second.saving_in_words() == "Read-only"
    assert not second.back_up()
    assert not second.do(change, "review", "review", title="Other").ok
    second.close()
    first.close()
