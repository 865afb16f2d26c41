"""Every change goes one road: one step, one transaction, one person, and undo of all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assessments.edits import edit, next_redo, next_undo, redo, undo
from assessments.problems import Problem, Refused
from assessments.review import Review, Study
from assessments.review_edits import add, change, remove
from assessments.store import journal
from assessments.store.project_file import Project
from tests.assessments.table_contents import contents


def steps(project: Project) -> int:
    return project.connection.execute("SELECT count(*) FROM change_set").fetchone()[0]


def test_an_edit_says_what_it_touched(filled: Project) -> None:
    done = change(filled, "study", "s1", label="Other")
    assert done.changes.rows == {"study": frozenset({"s1"})}
    assert done.changes.tables == {"study"}
    assert bool(done.changes)


def test_a_refused_edit_writes_nothing_and_is_no_step(filled: Project) -> None:
    before, count = contents(filled.connection), steps(filled)

    @edit("half")
    def half(project: Project) -> None:
        change(project, "study", "s1", label="Written first")
        raise Refused(Problem(code="no", sentence="Not so."))

    done = half(filled)
    assert not done.ok
    assert [problem.sentence for problem in done.problems] == ["Not so."]
    assert contents(filled.connection) == before
    assert steps(filled) == count


def test_a_mistake_of_the_program_inside_an_edit_writes_nothing(filled: Project) -> None:
    before, count = contents(filled.connection), steps(filled)

    @edit("broken")
    def broken(project: Project) -> None:
        change(project, "study", "s1", label="Written first")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken(filled)
    assert contents(filled.connection) == before
    assert steps(filled) == count
    assert change(filled, "study", "s1", label="Goes on").ok


def test_edits_inside_an_edit_are_one_step(filled: Project) -> None:
    before = contents(filled.connection)

    @edit("both")
    def both(project: Project) -> None:
        change(project, "study", "s1", label="One")
        change(project, "study", "s2", label="Two")

    count = steps(filled)
    assert both(filled).ok
    assert steps(filled) == count + 1
    assert next_undo(filled) == "both"
    assert undo(filled).ok
    assert contents(filled.connection) == before


def test_two_of_a_kind_are_refused_in_words(filled: Project) -> None:
    assert add(filled, "result", study="s1", outcome="o1").ok
    done = add(filled, "result", study="s1", outcome="o1")
    assert [problem.code for problem in done.problems] == ["twice"]
    assert "there can be only one" in done.problems[0].sentence


def test_what_hangs_on_nothing_is_refused_in_words(filled: Project) -> None:
    done = add(filled, "outcome", comparison="nowhere", label="Pain")
    assert [problem.code for problem in done.problems] == ["contradiction"]
    assert not filled.connection.in_transaction


class TestTyping:
    def test_typing_in_one_field_is_one_step(self, filled: Project) -> None:
        count = steps(filled)
        for text in ("F", "Fa", "Fal", "Falls"):
            assert change(filled, "review", "review", title=text).ok
        assert steps(filled) == count + 1
        assert undo(filled).ok
        assert filled.one(Review, "review").title == "Invented review for a test"
        assert redo(filled).ok
        assert filled.one(Review, "review").title == "Falls"

    def test_another_field_another_step(self, filled: Project) -> None:
        count = steps(filled)
        assert change(filled, "review", "review", title="Falls").ok
        assert change(filled, "review", "review", source="Own").ok
        assert change(filled, "review", "review", title="Falls again").ok
        assert steps(filled) == count + 3

    def test_after_half_a_minute_another_step(
        self, filled: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert change(filled, "review", "review", title="Falls").ok
        count = steps(filled)

        class Later(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(UTC) + timedelta(seconds=31)

        monkeypatch.setattr(journal, "datetime", Later)
        assert change(filled, "review", "review", title="Falls and more").ok
        assert steps(filled) == count + 1

    def test_typing_after_undo_does_not_join_what_was_undone(self, filled: Project) -> None:
        assert change(filled, "review", "review", title="One").ok
        assert undo(filled).ok
        assert change(filled, "review", "review", title="Two").ok
        assert next_redo(filled) is None
        assert undo(filled).ok
        assert filled.one(Review, "review").title == "Invented review for a test"

    def test_another_person_never_joins_my_step(self, filled: Project) -> None:
        assert change(filled, "review", "review", title="One").ok
        count = steps(filled)
        filled.seat = "person-b"
        assert change(filled, "review", "review", title="Two").ok
        assert steps(filled) == count + 1


class TestUndo:
    def test_nothing_to_take_back(self, project: Project) -> None:
        assert next_undo(project) is None
        assert next_redo(project) is None
        assert undo(project).ok
        assert not undo(project).changes
        assert not redo(project).changes

    def test_undo_belongs_to_a_person(self, filled: Project) -> None:
        assert change(filled, "study", "s1", label="By A").ok
        filled.seat = "person-b"
        assert next_undo(filled) is None
        assert change(filled, "study", "s2", label="By B").ok
        filled.seat = "person-a"
        assert undo(filled).changes.rows == {"study": frozenset({"s1"})}
        assert filled.one(Study, "s2").label == "By B"
        filled.seat = "person-b"
        assert next_redo(filled) is None
        assert next_undo(filled) == "change"

    def test_what_somebody_else_has_changed_since_stays(self, filled: Project) -> None:
        assert change(filled, "study", "s1", label="By A").ok
        filled.seat = "person-b"
        assert change(filled, "study", "s1", label="By B").ok
        filled.seat = "person-a"
        before = contents(filled.connection)
        done = undo(filled)
        assert [problem.code for problem in done.problems] == ["changed-since"]
        assert contents(filled.connection) == before

    def test_what_somebody_else_has_added_to_it_stays(self, filled: Project) -> None:
        study = add(filled, "study", label="New").value
        filled.seat = "person-b"
        assert add(filled, "reference", study=study, citation="A report").ok
        filled.seat = "person-a"
        before = contents(filled.connection)
        done = undo(filled)
        assert [problem.code for problem in done.problems] == ["built-upon"]
        assert contents(filled.connection) == before

    def test_a_new_step_ends_redo(self, filled: Project) -> None:
        assert change(filled, "study", "s1", label="One").ok
        assert undo(filled).ok
        assert next_redo(filled) == "change"
        assert change(filled, "study", "s2", label="Two").ok
        assert next_redo(filled) is None
        assert not redo(filled).changes

    def test_undo_itself_is_part_of_the_history(self, filled: Project) -> None:
        assert change(filled, "study", "s1", label="One").ok
        number = filled.data_version()
        assert undo(filled).ok
        last = list(journal.change_sets(filled.connection))[-1]
        assert (last.verb, last.undoes, last.redoes) == ("undo", number, None)
        assert redo(filled).ok
        last = list(journal.change_sets(filled.connection))[-1]
        assert (last.verb, last.undoes, last.redoes) == ("redo", None, number)

    def test_there_and_back_many_times(self, filled: Project) -> None:
        before = contents(filled.connection)
        assert remove(filled, "study", "s1").ok
        after = contents(filled.connection)
        for _time in range(10):
            assert undo(filled).ok
            assert contents(filled.connection) == before
            assert redo(filled).ok
            assert contents(filled.connection) == after
