"""A finished rating stays as it is when what it rests on changes, says so, and asks again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.assessment import CONSENSUS, Unit, judge
from assessments.consensus import consensus_of, reopen_consensus
from assessments.edits import undo
from assessments.finishing import finish, reopen
from assessments.rating import rating_of, unit_of
from assessments.rating_edits import confirm
from assessments.review import Outcome, Person, Result, Study
from assessments.review_edits import change, decide
from assessments.samples import build
from assessments.store.project_file import Project
from tests.conftest import done


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    with build("invented", tmp_path / "sample.tandem") as project:
        project.seat = next(one.id for one in project.all(Person) if one.role == "a")
        yield project


def _outcome(project: Project, label: str) -> Outcome:
    return next(one for one in project.all(Outcome) if one.label == label)


def _changed(project: Project) -> dict[str, tuple[str, ...]]:
    """Return outcome label → what moved, for every finished rating, seats joined."""
    found: dict[str, tuple[str, ...]] = {}
    for outcome in project.all(Outcome):
        for seat in ("a", "b", CONSENSUS):
            rated = rating_of(project, outcome.id, seat)
            if rated is not None and rated.stale:
                found[outcome.label] = rated.changed
    return found


def _result(project: Project, study: str, outcome: str) -> Result:
    key = next(one.id for one in project.all(Study) if one.label == study)
    return project.all(Result, study=key, outcome=_outcome(project, outcome).id)[0]


def test_nothing_is_stale_as_long_as_nothing_changed(sample: Project):
    assert _changed(sample) == {}
    done(change(sample, "review", "review", setting="Anywhere"))
    assert _changed(sample) == {}


def test_changed_data_make_their_own_outcome_stale_and_undo_brings_it_back(sample: Project):
    result = _result(sample, "Birch 2013", "Stage fright")
    done(change(sample, "result", result.id, mean_1=46.0))
    moved = _changed(sample)
    assert list(moved) == ["Stage fright"]
    said = " ".join(moved["Stage fright"])
    assert "Estimate: MD −7.27" in said
    assert "→" in said
    done(undo(sample))
    assert _changed(sample) == {}


def test_a_changed_threshold_makes_its_outcome_stale(sample: Project):
    outcome = _outcome(sample, "Cancelled performance")
    done(change(sample, "outcome", outcome.id, mid=120))
    moved = _changed(sample)
    assert list(moved) == ["Cancelled performance"]
    assert "120 per 1000" in " ".join(moved["Cancelled performance"])
    done(undo(sample))
    assert _changed(sample) == {}


def test_an_opened_risk_of_bias_makes_the_outcome_of_that_result_stale(sample: Project):
    result = _result(sample, "Gorse 2018", "Stage fright")
    unit = Unit(instrument="rob2-parallel", kind="result", id=result.id)
    assert consensus_of(sample, unit) is not None
    done(reopen_consensus(sample, unit, "A second report was found."))
    moved = _changed(sample)
    assert list(moved) == ["Stage fright"]
    assert any("risk" in one.casefold() for one in moved["Stage fright"])
    done(undo(sample))
    assert _changed(sample) == {}


def test_a_team_cutoff_that_changes_a_rule_is_said(sample: Project):
    done(decide(sample, "cutoff/rob_dominated", "0.9"))
    moved = _changed(sample)
    assert set(moved) == {"Cancelled performance", "Stage fright"}
    assert any("ROB-1" in one for one in moved["Stage fright"])


def test_the_rating_itself_is_never_changed_by_the_program(sample: Project):
    outcome = _outcome(sample, "Stage fright")
    before = rating_of(sample, outcome.id, "a")
    result = _result(sample, "Birch 2013", "Stage fright")
    done(change(sample, "result", result.id, mean_1=60.0))
    after = rating_of(sample, outcome.id, "a")
    assert before is not None
    assert after is not None
    assert (after.concerns, after.explanations) == (before.concerns, before.explanations)
    assert after.level == before.level


def test_rating_again_freezes_the_facts_of_now(sample: Project):
    outcome = _outcome(sample, "Stage fright")
    result = _result(sample, "Birch 2013", "Stage fright")
    done(change(sample, "result", result.id, mean_1=41.0))
    done(reopen(sample, unit_of(outcome.id), "The data of Birch 2013 were corrected."))
    done(judge(sample, unit_of(outcome.id), "imprecision", "not_serious"))
    again = finish(sample, unit_of(outcome.id))
    open_prompts = [problem.sentence for problem in again.problems]
    assert again.ok, open_prompts
    rated = rating_of(sample, outcome.id, "a")
    assert rated is not None
    assert not rated.stale


def test_still_right_is_said_by_the_one_who_rated(sample: Project):
    outcome = _outcome(sample, "Stage fright")
    refused = confirm(sample, outcome.id, "a")
    assert [problem.code for problem in refused.problems] == ["not-stale"]
    result = _result(sample, "Birch 2013", "Stage fright")
    done(change(sample, "result", result.id, mean_1=41.0))
    assert [problem.code for problem in confirm(sample, outcome.id, "b").problems] == ["not-yours"]
    for seat in ("a", CONSENSUS):
        done(confirm(sample, outcome.id, seat))
        rated = rating_of(sample, outcome.id, seat)
        assert rated is not None
        assert not rated.stale
    theirs = rating_of(sample, outcome.id, "b")
    assert theirs is not None
    assert theirs.stale
