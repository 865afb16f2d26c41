"""The traps of a journal written by triggers, each as a test."""

from __future__ import annotations

import json
import math
import sqlite3
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.edits import Done, edit, redo, undo
from assessments.review import Outcome, Result, Study
from assessments.review_edits import add, change, remove
from assessments.store import journal
from assessments.store.project_file import Project, create
from assessments.store.rows import update
from tests.assessments.table_contents import contents


def last_change(project: Project) -> tuple[str, str, dict | None, dict | None]:
    table, row, before, after = project.connection.execute(
        'SELECT "table", "row", before, after FROM row_change ORDER BY id DESC LIMIT 1'
    ).fetchone()
    return table, row, before and json.loads(before), after and json.loads(after)


def test_a_change_from_nothing_and_to_nothing_is_noted(filled: Project) -> None:
    assert change(filled, "study", "s1", year="2014").ok
    _table, _row, before, after = last_change(filled)
    assert (before["year"], after["year"]) == (None, 2014)
    assert change(filled, "study", "s1", year=None).ok
    _table, _row, before, after = last_change(filled)
    assert (before["year"], after["year"]) == (2014, None)


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.1 + 0.2)
@example(5e-324)
@example(-2.5902411486590944e306)
@example(math.pi * 1e-200)
def test_every_number_comes_back_to_the_last_bit(number: float) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE change_set (id INTEGER PRIMARY KEY NOT NULL) STRICT;"
        "CREATE TABLE row_change (change_set INTEGER, \"table\" TEXT, \"row\" TEXT, before TEXT, "
        "after TEXT) STRICT; CREATE TABLE open_edit (change_set INTEGER) STRICT;"
        "INSERT INTO open_edit VALUES (1); CREATE TABLE n (id TEXT NOT NULL, x REAL) STRICT;"
    )
    journal.install_triggers(connection)
    connection.execute("INSERT INTO n VALUES ('a', ?)", (number,))
    noted = json.loads(connection.execute("SELECT after FROM row_change").fetchone()[0])
    kept = connection.execute("SELECT x FROM n").fetchone()[0]
    connection.close()
    assert float(noted["x"]).hex() == (kept + 0.0).hex() == (number + 0.0).hex()


def test_undo_of_a_sum_of_tenths_does_not_alter_it(filled: Project) -> None:
    result = add(filled, "result", study="s1", outcome="o1", mean_1=0.1 + 0.2).value
    assert change(filled, "result", result, mean_1="7").ok
    assert undo(filled).ok
    assert filled.one(Result, result).mean_1.hex() == (0.1 + 0.2).hex()


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_is_refused_in_words(filled: Project, number: float) -> None:
    before = contents(filled.connection)
    done = add(filled, "result", study="s1", outcome="o1", mean_1=number)
    assert [problem.code for problem in done.problems] == ["not-finite"]
    assert contents(filled.connection) == before


def test_infinity_is_refused_by_the_file_itself(filled: Project) -> None:
    result = add(filled, "result", study="s1", outcome="o1").value
    filled.connection.execute("BEGIN")
    filled.connection.execute("UPDATE open_edit SET change_set = 1")
    with pytest.raises(sqlite3.OperationalError, match="malformed JSON"):
        filled.connection.execute("UPDATE result SET mean_1 = 9e999 WHERE id = ?", (result,))
    filled.connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE study SET label = 'x' WHERE id = 's1'",
        "DELETE FROM study WHERE id = 's1'",
        "INSERT INTO study (id, label) VALUES ('s9', 'x')",
    ],
)
def test_a_write_outside_an_edit_is_refused_by_the_file_itself(
    filled: Project, statement: str
) -> None:
    before = contents(filled.connection)
    with pytest.raises(sqlite3.IntegrityError, match=r"NOT NULL .*row_change\.change_set"):
        filled.connection.execute(statement)
    assert contents(filled.connection) == before


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE row_change SET after = NULL", "append only"),
        ("DELETE FROM row_change", "append only"),
        ("DELETE FROM change_set", "append only"),
    ],
)
def test_the_past_cannot_be_rewritten(filled: Project, statement: str, why: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        filled.connection.execute(statement)


def test_text_in_a_number_column_is_refused_by_the_file_itself(filled: Project) -> None:
    result = add(filled, "result", study="s1", outcome="o1").value

    @edit("wrong")
    def wrong(project: Project) -> None:
        project.connection.execute("UPDATE result SET mean_1 = 'many' WHERE id = ?", (result,))

    done = wrong(filled)
    assert [problem.code for problem in done.problems] == ["contradiction"]
    assert filled.one(Result, result).mean_1 is None


def test_a_cascade_is_noted_row_by_row_and_comes_back_whole(filled: Project) -> None:
    assert add(filled, "result", study="s1", outcome="o1", events_1=3, total_1=10).ok
    assert add(filled, "reference", study="s1", citation="A report").ok
    assert change(filled, "published_estimate", "o1", estimate="0.5").ok
    before = contents(filled.connection)
    done = remove(filled, "comparison", "c1")
    assert done.changes.tables == {"comparison", "outcome", "result", "published_estimate"}
    without = contents(filled.connection)
    assert without["outcome"] == ()
    assert undo(filled).ok
    assert contents(filled.connection) == before
    assert redo(filled).ok
    assert contents(filled.connection) == without


def test_setting_a_reference_to_nothing_by_cascade_is_noted_too(filled: Project) -> None:
    group = add(filled, "outcome_group", label="Reported by people").value
    assert change(filled, "outcome", "o1", outcome_group=group).ok
    before = contents(filled.connection)
    assert remove(filled, "outcome_group", group).changes.tables == {"outcome_group", "outcome"}
    assert filled.one(Outcome, "o1").outcome_group is None
    assert undo(filled).ok
    assert contents(filled.connection) == before


def test_an_edit_that_changes_nothing_is_no_step(filled: Project) -> None:
    version = filled.data_version()
    done = change(filled, "study", "s1", label="Study 1")
    assert done.ok
    assert not done.changes
    assert filled.data_version() == version


@pytest.mark.parametrize("text", ["", "ä ö ü “quoted” 'single' \"double\"", "🧪\n\ttab", "\\u0000",
                                  "=1+1", "%s %n {x}", "a" * 100_000, "\u2028 \u200b \ufeff"])
def test_every_text_comes_back_letter_by_letter(filled: Project, text: str) -> None:
    """Blanks at the ends are no part of a text; everything between them is kept."""
    assert change(filled, "study", "s1", note="before").ok
    filled.seat = None  # another person: no joining of steps
    assert change(filled, "study", "s1", note=text).ok
    assert filled.one(Study, "s1").note == text.strip()
    assert undo(filled).ok
    assert redo(filled).ok
    assert filled.one(Study, "s1").note == text.strip()


def test_triggers_cover_every_table_and_every_event(project: Project) -> None:
    names = {
        name
        for (name,) in project.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'journal_%'"
        )
    }
    tables = journal.journaled_tables(project.connection)
    assert names == {
        f"journal_{table}_{event}" for table in tables for event in ("insert", "update", "delete")
    }
    assert {"review", "study", "result", "judgement", "answer", "settlement"} <= set(tables)


def test_every_table_is_strict_and_every_reference_deferrable(project: Project) -> None:
    for name, strict in project.connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE "
        "'sqlite_%'"
    ):
        assert strict == 1, name
    for table in journal.journaled_tables(project.connection):
        sql = project.connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()[0]
        assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED"), table


def test_history_tells_what_who_and_when(path: Path) -> None:
    with create(path) as project:
        project.seat = None
        done: Done = add(project, "person", id="p1", role="a", name="Ada")
        assert done.ok
        project.seat = "p1"
        assert change(project, "review", "review", title="Falls").ok
        first, second = journal.change_sets(project.connection)
        assert (first.verb, first.person, first.about["table"]) == ("add", None, "person")
        assert (second.verb, second.person) == ("change", "p1")
        assert second.about["title"] == "Falls"
        assert second.at.endswith("+00:00")
        assert first.id < second.id


def test_a_column_that_does_not_exist_is_a_mistake_of_the_program(filled: Project) -> None:
    with pytest.raises(KeyError, match="no column colour"):
        update(filled.connection, Study, "s1", colour="red")
