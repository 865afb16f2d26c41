"""The invented sample pools to what R says, and has something for every page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.assignments import rating_assignments, risk_of_bias_assignments
from assessments.bodies import gathered
from assessments.instrument import OVERALL
from assessments.rating import level_of, settled_rating
from assessments.reconciliation import compare
from assessments.review import Outcome, Review
from assessments.samples import build
from assessments.store.project_file import Project

R = json.loads(
    (Path(__file__).parents[1] / "references/samples/invented_metafor.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with build("invented", tmp_path_factory.mktemp("samples") / "sample.tandem") as project:
        yield project


def _outcome(project: Project, label: str) -> Outcome:
    return next(one for one in project.all(Outcome) if one.label == label)


@pytest.mark.parametrize("label", [name for name in R if name != "made_with"])
def test_pooled_results_are_those_of_metafor(sample: Project, label: str):
    pooled = gathered(sample, _outcome(sample, label)).pooled
    expected = R[label]
    assert pooled is not None
    assert pooled.shown is not None
    assert pooled.heterogeneity is not None
    assert pooled.k == expected["k"]
    assert pooled.shown.estimate == pytest.approx(expected["estimate"], rel=1e-8)
    interval = (pooled.shown.ci_lower, pooled.shown.ci_upper)
    assert interval == pytest.approx(expected["ci"], rel=1e-6)
    assert pooled.heterogeneity.tau2 == pytest.approx(expected["tau2"], rel=1e-6, abs=1e-12)
    assert pooled.heterogeneity.q == pytest.approx(expected["q"], rel=1e-8)
    assert pooled.shown.p == pytest.approx(expected["p"], rel=1e-6)
    if "weights" in expected:
        weights = [one.weight for one in pooled.studies]
        assert weights == pytest.approx(expected["weights"], rel=1e-6)


def test_title_says_that_it_is_invented(sample: Project):
    review = sample.one(Review, "review")
    assert review is not None
    assert "invented" in review.title.casefold()


def test_each_page_has_something_to_show(sample: Project):
    to_assess = risk_of_bias_assignments(sample)
    assert len(to_assess) == 21
    assert sum(one.b == "open" for one in to_assess) == 1
    compared = [compare(sample, one.unit) for one in to_assess if one.comparable]
    open_differences = [
        item for one in compared if one for item in one.differing
        if not item.settled and item.domain != OVERALL
    ]
    assert len(open_differences) == 4
    assert [one.consensus for one in rating_assignments(sample)] == ["finished", "finished", "none"]


def test_certainty_is_the_sum_of_what_people_chose(sample: Project):
    rated = settled_rating(sample, _outcome(sample, "Stage fright").id)
    assert rated is not None
    assert rated.certainty is not None
    assert (rated.certainty.start, rated.certainty.total, rated.level) == (4, 3, "moderate")
    assert rated.changed == ()
    assert level_of(sample, _outcome(sample, "Enjoyment of singing")) is None
    assert level_of(sample, _outcome(sample, "Adverse effects")) == "not_rated"
