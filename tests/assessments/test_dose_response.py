"""Doses entered with results give the gradient of UP-2; follow-up and flags reach indirectness."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessments.bodies import gathered
from assessments.dose_response import gradient_of
from assessments.rating_facts import evidence_and_settings
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.store.project_file import Project, create
from gradecore.grade.facts import Prompt
from gradecore.grade.prompts import compute_facts, run_prompts
from tests.conftest import done


@pytest.fixture
def project(tmp_path: Path) -> Iterable[Project]:
    """One outcome pooled as mean differences with the common-effect model."""
    with create(tmp_path / "Doses.tandem") as made:
        done(add(made, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(made, "outcome", id="o", comparison="c", label="Calm", evidence="pooled",
                 better="higher", dose_unit="minutes a day"))
        done(change(made, "analysis", "o", measure="GEN", model="common"))
        yield made


def fill(project: Project, rows: Iterable[tuple[float | None, float, float]]) -> None:
    """Add one study per (dose, effect, standard error)."""
    for number, (dose, effect, se) in enumerate(rows):
        done(add(project, "study", id=f"s{number}", label=f"Invented {number}", design="rct"))
        done(add(project, "result", study=f"s{number}", outcome="o", effect=effect, se=se,
                 dose=dose, total_1=50, total_2=50, follow_up=6 + number))


def prompts(project: Project) -> dict[str, Prompt]:
    evidence, settings = evidence_and_settings(project, project.one(Outcome, "o"))
    return {one.id: one for one in run_prompts(compute_facts(evidence, settings), settings)}


def found(project: Project):
    return gradient_of(project, gathered(project, project.one(Outcome, "o")))


def test_the_slope_is_that_of_weighted_least_squares(project: Project) -> None:
    """By hand: doses 0, 1, 2 with variances 1, 1/2, 1 give b = Σw(x−x̄)y / Σw(x−x̄)² = 1.5."""
    fill(project, [(0, 1.0, 1.0), (1, 2.0, math.sqrt(0.5)), (2, 4.0, 1.0)])
    told = found(project)
    assert told.slope == pytest.approx(1.5, rel=1e-12)
    half = 1.959963984540054 / math.sqrt(2)
    assert (told.low, told.high) == (pytest.approx(1.5 - half), pytest.approx(1.5 + half))
    assert told.monotone is True
    assert (told.k, told.unit) == (3, "minutes a day")
    gradient = prompts(project)["UP-2"]
    assert gradient.status == "fired"
    assert [one.display for one in gradient.facts] == [
        "1.50 (0.11 to 2.89) per unit of dose (minutes a day), 3 studies", "yes"]


def test_a_slope_that_may_be_none_is_clear(project: Project) -> None:
    fill(project, [(0, 1.0, 1.0), (1, 0.5, 1.0), (2, 1.2, 1.0)])
    assert found(project).monotone is False
    assert prompts(project)["UP-2"].status == "clear"


@pytest.mark.parametrize(("rows", "reason"), [
    ([(None, 1.0, 1.0), (None, 2.0, 1.0), (None, 3.0, 1.0)], "No data on doses were entered."),
    ([(1, 1.0, 1.0), (2, 2.0, 1.0), (None, 3.0, 1.0)],
     "A slope needs doses of three studies or more."),
    ([(5, 1.0, 1.0), (5, 2.0, 1.0), (5, 3.0, 1.0)], "All studies used the same dose."),
])
def test_what_is_missing_is_said(project: Project, rows: list, reason: str) -> None:
    fill(project, rows)
    told = prompts(project)["UP-2"]
    assert (told.status, told.reason) == ("not_assessable", reason)


def test_follow_up_is_compared_with_the_question(project: Project) -> None:
    """Equal weights at 6, 7 and 8 weeks: the median is 7; of 12 that is 58%, of 20 it is 35%."""
    fill(project, [(1, 1.0, 1.0), (2, 2.0, 1.0), (3, 3.0, 1.0)])
    assert prompts(project)["IND-4"].status == "not_assessable"
    done(change(project, "outcome", "o", follow_up=12, follow_up_unit="weeks"))
    assert prompts(project)["IND-4"].status == "clear"
    done(change(project, "outcome", "o", follow_up=20))
    told = prompts(project)["IND-4"]
    assert told.status == "fired"
    assert told.facts[0].display == "7.0 of 20.0: 35%"


@pytest.mark.parametrize(("name", "prompt"), [
    ("indirect_comparison", "IND-5"), ("laboratory", "IND-6"), ("surrogate", "IND-3"),
])
def test_what_the_team_says_of_the_studies(project: Project, name: str, prompt: str) -> None:
    fill(project, [(1, 1.0, 1.0), (2, 2.0, 1.0)])
    assert prompts(project)[prompt].status == "not_assessable"
    done(change(project, "outcome", "o", **{name: 1}))
    assert prompts(project)[prompt].status == "fired"
    done(change(project, "outcome", "o", **{name: 0}))
    assert prompts(project)[prompt].status == "clear"


def test_where_the_baseline_risk_comes_from(project: Project) -> None:
    done(change(project, "analysis", "o", measure="RR"))
    done(add(project, "study", id="s", label="Invented", design="rct"))
    done(add(project, "result", study="s", outcome="o", events_1=5, total_1=50, events_2=10,
             total_2=50))
    assert prompts(project)["IND-8"].status == "clear"
    done(change(project, "outcome", "o", baseline_risk=0.3, baseline_source="Invented registry"))
    assert prompts(project)["IND-8"].status == "fired"


def test_directions_of_a_narrative_synthesis_are_counted(project: Project) -> None:
    done(change(project, "outcome", "o", evidence="narrative"))
    done(change(project, "narrative", "o", studies=10, favours_intervention=7, no_difference=1,
                favours_comparison=2, text="Seven of ten favour humming."))
    told = prompts(project)["INC-3"]
    assert (told.status, told.verdict) == ("fired", "opposite_sides")
