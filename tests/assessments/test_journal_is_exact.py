"""Random histories of edits, undo and redo give back the same contents, to the last bit."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assessments.edits import next_redo, next_undo, redo, undo
from assessments.review import Outcome, Result, Study
from assessments.review_edits import add, change, move, paste_results, remove
from assessments.store.project_file import Project, create, open_project
from tests.assessments.table_contents import Contents, contents

NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


class History(RuleBasedStateMachine):
    """Keeps the contents after every step beside the file, and compares at every move."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project: Project = create(Path(self.folder.name) / "h.tandem")
        self.states: list[Contents] = [contents(self.project.connection)]
        self.at = 0

    @initialize()
    def begin(self) -> None:
        self.step(lambda: add(self.project, "comparison", id="c", intervention="x"))
        self.step(lambda: add(self.project, "outcome", id="o", comparison="c", label="Pain"))

    def step(self, work) -> None:
        sets = self.project.data_version()
        result = work()
        assert result.ok, result.problems
        if not result.changes:
            return
        now = contents(self.project.connection)
        if self.project.data_version() == sets:  # joined the step before
            self.states[self.at] = now
        else:
            self.at += 1
        del self.states[self.at :]
        self.states.append(now)

    def keys(self, row_class) -> list[str]:
        return [row.id for row in self.project.all(row_class)]

    @rule(label=TEXTS, year=st.one_of(st.none(), st.integers(1500, 2200)))
    def add_study(self, label: str, year: int | None) -> None:
        number = len(self.states)
        self.step(lambda: add(self.project, "study", label=f"{number} {label}", year=year))

    @rule(place=st.integers(0, 99), mean=NUMBERS, sd=NUMBERS)
    def paste(self, place: int, mean: float | None, sd: float | None) -> None:
        if (keys := self.keys(Study)) and self.keys(Outcome):
            outcome = self.keys(Outcome)[0]
            rows = {key: {"mean_1": mean, "sd_1": sd} for key in keys[: place % len(keys) + 1]}
            self.step(lambda: paste_results(self.project, outcome, rows))

    @rule(place=st.integers(0, 99), note=TEXTS, number=NUMBERS)
    def change_result(self, place: int, note: str, number: float | None) -> None:
        if keys := self.keys(Result):
            key = keys[place % len(keys)]
            self.step(lambda: change(self.project, "result", key, note=note, effect=number))

    @rule(number=NUMBERS, title=TEXTS)
    def change_review(self, number: float | None, title: str) -> None:
        self.step(lambda: change(self.project, "review", "review", title=title))
        if self.keys(Outcome):
            key = self.keys(Outcome)[0]
            self.step(lambda: change(self.project, "published_estimate", key, estimate=number))

    @rule(place=st.integers(0, 99), places=st.integers(-3, 3))
    def move_study(self, place: int, places: int) -> None:
        if keys := self.keys(Study):
            self.step(lambda: move(self.project, "study", keys[place % len(keys)], places))

    @rule(place=st.integers(0, 99))
    def remove_study(self, place: int) -> None:
        if keys := self.keys(Study):
            self.step(lambda: remove(self.project, "study", keys[place % len(keys)]))

    @rule()
    def remove_everything(self) -> None:
        if self.keys(Outcome):
            self.step(lambda: remove(self.project, "comparison", "c"))

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _time in range(times):
            possible = next_undo(self.project) is not None
            assert possible == (self.at > 0)
            assert undo(self.project).ok
            self.at -= int(possible)

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _time in range(times):
            possible = next_redo(self.project) is not None
            assert possible == (self.at < len(self.states) - 1)
            assert redo(self.project).ok
            self.at += int(possible)

    @rule()
    def restart(self) -> None:
        self.project.close()
        self.project = open_project(Path(self.folder.name) / "h.tandem")

    @invariant()
    def same_bytes(self) -> None:
        assert contents(self.project.connection) == self.states[self.at]

    def teardown(self) -> None:
        while next_undo(self.project) is not None:
            assert undo(self.project).ok
        assert contents(self.project.connection) == self.states[0]
        while next_redo(self.project) is not None:
            assert redo(self.project).ok
        assert contents(self.project.connection) == self.states[-1]
        self.project.close()
        self.folder.cleanup()


History.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestRandomHistory = History.TestCase


@pytest.mark.parametrize("seed", range(3))
def test_a_long_history_goes_back_to_the_beginning_and_forth_again(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with create(path) as project:
        empty = contents(project.connection)
        assert add(project, "comparison", id="c").ok
        assert add(project, "outcome", id="o", comparison="c").ok
        for number in range(150):
            studies = project.all(Study)
            match chance.choice(("add", "paste", "remove", "undo", "redo", "change")):
                case "add":
                    assert add(project, "study", label=f"Study {number}").ok
                case _ if project.one(Outcome, "o") is None:
                    assert redo(project).ok
                case "paste" if studies:
                    rows = {study.id: {"mean_1": chance.uniform(-9, 9)} for study in studies}
                    assert paste_results(project, "o", rows).ok
                case "remove" if studies:
                    assert remove(project, "study", chance.choice(studies).id).ok
                case "undo":
                    assert undo(project).ok
                case "redo":
                    assert redo(project).ok
                case _:
                    assert change(project, "outcome", "o", mid=chance.random()).ok
        while next_redo(project):
            assert redo(project).ok
        full = contents(project.connection)
    with open_project(path) as project:
        while next_undo(project):
            assert undo(project).ok
        assert contents(project.connection) == empty
    with open_project(path) as project:
        while next_redo(project):
            assert redo(project).ok
        assert contents(project.connection) == full
