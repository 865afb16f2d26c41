"""Published judgements beside own ones: they stay, count, and give way only on purpose."""

from __future__ import annotations

import pytest

from assessments.assessment import CONSENSUS, Assessment, Unit, find, judge, write
from assessments.bodies import gathered
from assessments.consensus import consensus_of, make_final, reopen_consensus
from assessments.finishing import finish, reopen
from assessments.instruments_kept import instrument_of
from assessments.published_judgements import (
    published_judgement,
    published_units,
    take_over_published,
)
from assessments.result_rows import add_results
from assessments.review import Outcome
from assessments.review_edits import change, decide
from assessments.settling import settle_agreements
from assessments.store.project_file import Project

SOURCE = "Invented 2001, Some Journal"


@pytest.fixture
def project(filled: Project) -> Project:
    filled.seat = "person-a"
    change(filled, "study", "s1", instrument="rob1")
    levels = {one.id: "high" for one in instrument_of(filled, "rob1").domains}
    assert take_over_published(filled, unit(), levels, SOURCE).ok
    return filled


def unit() -> Unit:
    return Unit(instrument="rob1", kind="study", id="s1")


def finished_by_both(project: Project) -> None:
    for seat in ("person-a", "person-b"):
        project.seat = seat
        for domain in instrument_of(project, "rob1").domains:
            assert judge(project, unit(), domain.id, "low").ok
            assert write(project, unit(), domain.id, "support", "As the report says.").ok
        assert finish(project, unit()).ok


def test_it_is_found_with_its_source_by_everybody(project: Project) -> None:
    for seat in ("person-a", "person-b", None):
        project.seat = seat
        found = published_judgement(project, unit())
        assert found is not None
        assert found.assessment.source == SOURCE
    assert published_units(project) == {("rob1", "s1")}


def test_it_counts_for_the_body_of_evidence(project: Project) -> None:
    outcome = project.all(Outcome)[0]
    assert decide(project, "key_domains/rob1", "D1 D2").ok
    assert add_results(project, outcome.id, ("s1",)).ok
    row, = gathered(project, outcome).body.studies
    assert row.risk_of_bias == "high"


def test_reopening_ones_own_leaves_it_alone(project: Project) -> None:
    finished_by_both(project)
    before = find(project, unit(), CONSENSUS)
    assert reopen(project, unit(), "Another look").ok
    assert find(project, unit(), CONSENSUS) == before


def test_settling_ones_own_replaces_it_only_after_it_is_opened_with_a_reason(
    project: Project,
) -> None:
    finished_by_both(project)
    refused = settle_agreements(project, (unit(),))
    assert [one.code for one in refused.problems] == ["final"]
    assert reopen_consensus(project, unit(), "We judged it ourselves").ok
    opened = find(project, unit(), CONSENSUS)
    assert opened is not None
    assert (opened.source, opened.state) == ("", "open")
    assert SOURCE in opened.reopened_reason
    assert settle_agreements(project, (unit(),)).ok
    assert make_final(project, (unit(),)).ok
    settled = consensus_of(project, unit())
    assert settled is not None
    assert settled.level("D1") == "low"
    assert published_judgement(project, unit()) is None
    assert len(project.all(Assessment, seat=CONSENSUS)) == 1
