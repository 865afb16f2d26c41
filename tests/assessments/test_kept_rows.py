"""Rows kept in memory are always those in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.edits import edit, redo, undo
from assessments.problems import Problem, Refused
from assessments.review import Reference, Study
from assessments.review_edits import add, change, remove
from assessments.store import kept_rows
from assessments.store.project_file import Project, create, open_project
from assessments.store.rows import read_rows, update
from tests.conftest import done

STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove", "undo", "redo", "refused"]),
              st.integers(0, 3)),
    max_size=14,
)


def questions(project: Project) -> None:
    """Ask for everything in small questions and compare with what the file says itself."""
    for _again in range(2):
        for number in range(4):
            for where in ({"study": f"s{number}"}, {"study": f"s{number}", "kind": "report"},
                          {"doi": None}, {}):
                assert project.all(Reference, **where) == read_rows(
                    project.connection, Reference, **where)
            assert project.one(Study, f"s{number}") == next(
                iter(read_rows(project.connection, Study, id=f"s{number}")), None)


def take(project: Project, verb: str, number: int) -> None:
    study = f"s{number}"
    if verb == "add":
        add(project, "study", id=study, label=study)
        add(project, "reference", study=study, citation=f"report {number}")
    elif verb == "change":
        change(project, "study", study, label=f"{study} again")
    elif verb == "remove":
        remove(project, "study", study)
    elif verb == "refused":
        assert not change(project, "study", study, year="no year").ok
    else:
        (undo if verb == "undo" else redo)(project)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_answers_follow_every_change(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("kept") / "Review.tandem"
    with create(path) as project, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_rows, "_FIRST_LOOK", 2)
        patch.setattr(kept_rows, "_ROWS_PER_QUESTION", 1000)
        for verb, number in steps:
            take(project, verb, number)
            questions(project)


@edit("change_and_refuse")
def change_and_refuse(project: Project, seen: list[str]) -> None:
    """Change a study, look at it, and take everything back by a refusal."""
    update(project.connection, Study, "s", label="within")
    seen.append(project.one(Study, "s").label)
    raise Refused(Problem(code="no", sentence="No.", where="", remedy=""))


def test_what_is_taken_back_within_an_edit_leaves_nothing_behind(tmp_path: Path) -> None:
    with create(tmp_path / "Review.tandem") as project:
        done(add(project, "study", id="s", label="before"))
        assert project.one(Study, "s").label == "before"
        seen: list[str] = []
        assert not change_and_refuse(project, seen).ok
        assert seen == ["within"]
        assert project.one(Study, "s").label == "before"


def test_what_another_program_writes_is_seen_where_one_may_only_read(tmp_path: Path) -> None:
    with create(tmp_path / "Review.tandem") as project:
        done(add(project, "study", id="s", label="before"))
        with open_project(project.path) as reader:
            assert reader.read_only
            assert reader.one(Study, "s").label == "before"
            done(change(project, "study", "s", label="after"))
            assert reader.one(Study, "s").label == "after"


def test_many_small_questions_cost_few_readings(tmp_path: Path) -> None:
    with create(tmp_path / "Review.tandem") as project:
        for number in range(100):
            done(add(project, "study", id=f"s{number}", label=f"S {number}"))
            done(add(project, "reference", study=f"s{number}", citation="A report"))
        asked: list[str] = []
        project.connection.set_trace_callback(asked.append)
        for number in range(100):
            assert len(project.all(Reference, study=f"s{number}")) == 1
        project.connection.set_trace_callback(None)
        assert len([one for one in asked if "WHERE" in one and "reference" in one]) < 40
