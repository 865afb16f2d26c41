"""The founding sample says what is publicly known, to the digit, and nothing more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.assessment import CONSENSUS, Assessment, Judgement
from assessments.edits import next_undo, undo
from assessments.rating import level_of, settled_rating
from assessments.review import (
    Narrative,
    Outcome,
    Person,
    PublishedEstimate,
    Result,
    Review,
    Study,
)
from assessments.samples import build
from assessments.samples.founding import facts
from assessments.store.project_file import Project


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with build("founding", tmp_path_factory.mktemp("samples") / "sample.tandem") as project:
        yield project


def test_all_judgements_are_there_with_the_published_counts(sample: Project):
    assert len(sample.all(Study)) == 22
    judgements = sample.all(Judgement)
    assert len(judgements) == 154
    for domain, counts in facts()["rob_counts"].items():
        levels = Counter(one.level for one in judgements if one.domain == domain)
        assert levels == Counter(counts), domain


def test_no_assessor_is_said_to_have_judged_anything(sample: Project):
    assessments = sample.all(Assessment)
    assert {one.seat for one in assessments} == {CONSENSUS}
    assert all(one.source for one in assessments)


def test_eight_published_estimates_to_the_digit(sample: Project):
    estimates = sample.all(PublishedEstimate)
    fields = ("measure", "estimate", "ci_low", "ci_high", "studies", "participants")
    found = sorted(tuple(getattr(one, name) for name in fields) for one in estimates)
    expected = sorted(tuple(one[name] for name in fields) for one in facts()["analyses"])
    assert len(found) == 8
    assert found == expected


def test_narrative_and_unreported_outcomes_are_kept(sample: Project):
    kinds = Counter(one.evidence for one in sample.all(Outcome))
    assert kinds == {"published": 8, "narrative": 5, "not_reported": 1}
    assert sorted(one.studies or 0 for one in sample.all(Narrative)) == [1, 1, 1, 2, 2]


def test_what_is_not_public_is_not_filled_in(sample: Project):
    assert sample.all(Result) == ()
    for outcome in sample.all(Outcome):
        expected = "not_rated" if outcome.evidence == "not_reported" else None
        assert level_of(sample, outcome) == expected
        assert outcome.importance is None


def test_the_worked_rating_says_that_it_is_ours(tmp_path: Path):
    with build("founding-rated", tmp_path / "rated.tandem") as project:
        review = project.one(Review, "review")
        assert review is not None
        assert "not the authors'" in review.title
        levels = [level_of(project, one) for one in project.all(Outcome)]
        assert Counter(levels) == {"low": 5, "very_low": 8, "not_rated": 1}
        for outcome in project.all(Outcome):
            rated = settled_rating(project, outcome.id)
            if rated is not None:
                assert all("Worked example" in text for text in rated.explanations.values())


def test_nobody_takes_the_sample_itself_back(tmp_path: Path):
    with build("founding", tmp_path / "sample.tandem") as project:
        for person in (None, *(one.id for one in project.all(Person))):
            project.seat = person
            assert next_undo(project) is None
            assert not undo(project).changes
        assert len(project.all(Study)) == 22
