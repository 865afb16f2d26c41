"""A program killed at a random moment of editing loses no committed edit, and half of none."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from assessments.edits import next_undo, redo, undo
from assessments.review import Result, Study
from assessments.review_edits import add, change, paste_results
from assessments.store import journal
from assessments.store.project_file import Project, create, open_project
from tests.assessments.table_contents import contents

KILLS = 60
STUDIES = 20
WAYS = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def edit_until_killed(path: Path, first: int, tell: Connection) -> None:
    """Edit without end; tell the number of each edit once it is committed."""
    project = open_project(path, backup=True)
    if project.read_only:
        tell.send(project.read_only)
        return
    studies = [study.id for study in project.all(Study)]
    number = first
    while True:
        write(project, studies, number)
        tell.send(number)
        number += 1


def write(project: Project, studies: list[str], number: int) -> None:
    """Make edit ``number``: every third writes many rows at once, in one step."""
    if number % 3:
        assert change(project, "review", "review", source=f"edit {number}").ok
    else:
        rows = {study: {"effect": number, "note": "x" * 400} for study in studies}
        assert paste_results(project, "o", rows).ok


def killed_at_random(path: Path, first: int, seconds: float) -> list[int]:
    """Let a program edit for that long, kill it, and return the numbers that it told of."""
    hear, tell = WAYS.Pipe(duplex=False)
    process = WAYS.Process(target=edit_until_killed, args=(path, first, tell), daemon=True)
    process.start()
    tell.close()
    told = [hear.recv()]
    time.sleep(seconds)
    process.kill()
    try:
        while True:
            told.append(hear.recv())
    except EOFError:
        pass
    finally:
        hear.close()
        process.join()
        process.close()
    return told


def last_written(project: Project) -> tuple[int, int]:
    """Return the number of the last single edit and of the last edit of many rows."""
    source = project.connection.execute("SELECT source FROM review").fetchone()[0]
    effects = {result.effect for result in project.all(Result)}
    assert len(effects) <= 1, "an edit of many rows was written in part"
    return int(source.removeprefix("edit ") or 0), int(effects.pop() if effects else 0)


def test_no_committed_edit_is_lost_by_killing(path: Path) -> None:
    chance = random.Random(20221126)
    if sys.platform != "win32":
        WAYS.set_forkserver_preload(["tests.assessments.test_killed_program"])
    with create(path) as project:
        assert add(project, "comparison", id="c").ok
        assert add(project, "outcome", id="o", comparison="c").ok
        for number in range(STUDIES):
            assert add(project, "study", label=f"Study {number}").ok
    number, written = 1, 0
    for _kill in range(KILLS):
        told = killed_at_random(path, number, chance.uniform(0, 0.06))
        assert all(isinstance(one, int) for one in told), told
        with open_project(path) as project:
            assert project.read_only is None
            newest = max(last_written(project))
        # what was told is there; at most one more was committed and could not be told
        assert newest in (told[-1], told[-1] + 1)
        written += len(told)
        number = newest + 1
    assert written > KILLS

    with open_project(path) as project:
        verbs = [one.verb for one in journal.change_sets(project.connection)]
        assert len(verbs) > STUDIES + 2
        after = contents(project.connection)
        steps = 0
        while next_undo(project) in ("change", "paste_results"):
            assert undo(project).ok
            steps += 1
        assert project.all(Result) == ()
        for _step in range(steps):
            assert redo(project).ok
        assert contents(project.connection) == after
