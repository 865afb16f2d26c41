"""How many people GRADE's facts count: all of them, or none and the reason (grade.md, IMP-4).

A sum over only some of the studies is no total; expected values are sums by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.bodies import pooled
from assessments.exports.evidence_table import evidence_rows
from assessments.rating_facts import facts_of, prompts_of
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.store.project_file import Project, create
from assessments.summary_of_findings import build
from tests.conftest import done


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """One outcome about hazard ratios and no studies yet."""
    with create(tmp_path / "People.tandem") as made:
        done(add(made, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(made, "outcome", id="o", comparison="c", label="Falls", evidence="pooled",
                 better="lower", threshold_type="null", baseline_risk=0.3))
        done(change(made, "analysis", "o", measure="HR", model="random"))
        yield made


def study(project: Project, name: str, **numbers: float) -> None:
    done(add(project, "study", id=name, label=name.title(), design="rct"))
    done(add(project, "result", id=f"r-{name}", study=name, outcome="o", **numbers))


REPORTED = {
    "effect": 0.8, "se": 0.2, "total_1": 60, "total_2": 50, "events_1": 12, "events_2": 15,
}
OBSERVED = {
    "oe": -4, "variance": 20, "total_1": 113, "total_2": 105, "events_1": 38, "events_2": 44,
}


def test_people_beside_observed_minus_expected_events_count(project: Project) -> None:
    study(project, "a", **REPORTED)
    study(project, "b", **OBSERVED)
    facts = facts_of(project, "o")
    assert facts.number("n") == 60 + 50 + 113 + 105
    assert facts.number("events") == 12 + 15 + 38 + 44
    found = pooled(project, project.one(Outcome, "o"))
    assert (found.participants, found.events) == (328, 109)


@pytest.mark.parametrize("missing", ["total_1", "total_2"])
def test_people_of_some_studies_are_not_taken_for_all(project: Project, missing: str) -> None:
    study(project, "a", **REPORTED)
    study(project, "b", **OBSERVED | {missing: None})
    facts = facts_of(project, "o")
    assert not facts.has("n")
    assert not facts.has("ois_share")
    assert facts.number("events") == 109
    prompts = {one.id: one for one in prompts_of(project, "o")}
    assert prompts["IMP-8"].reason == "Not every study tells its number of participants."


def test_events_of_some_studies_are_not_taken_for_all(project: Project) -> None:
    study(project, "a", **REPORTED)
    study(project, "b", **OBSERVED | {"events_2": None})
    facts = facts_of(project, "o")
    assert not facts.has("events")
    assert facts.number("n") == 328
    prompts = {one.id: one for one in prompts_of(project, "o")}
    assert prompts["IMP-7"].reason == "Not every study tells its number of events."


def test_a_study_without_numbers_yet_takes_nothing_away(project: Project) -> None:
    study(project, "a", **REPORTED)
    study(project, "b")
    assert facts_of(project, "o").number("n") == 110


def test_groups_measured_twice_are_counted_once(project: Project) -> None:
    done(change(project, "analysis", "o", measure="MC"))
    for name, people in (("a", 20), ("b", 31)):
        study(project, name, mean_1=5, sd_1=2, mean_2=4, sd_2=2, total_1=people, correlation=0.5)
    assert facts_of(project, "o").number("n") == 51


def test_people_behind_correlations_count(project: Project) -> None:
    done(change(project, "analysis", "o", measure="ZCOR"))
    study(project, "a", correlation=0.5, total_1=40)
    study(project, "b", correlation=0.2, total_1=80)
    assert facts_of(project, "o").number("n") == 120


def test_differences_of_thousandths_are_shown_with_their_width(project: Project) -> None:
    """0.0002 ± 1.96 × √(2 × 0.0003² / 30) is 0.00005 to 0.00035: a width of 0.0003."""
    done(change(project, "analysis", "o", measure="MD"))
    done(change(project, "outcome", "o", baseline_risk=None, threshold_type="mid", mid=0.001))
    study(project, "a", mean_1=0.0012, sd_1=0.0003, total_1=30, mean_2=0.001, sd_2=0.0003,
          total_2=30)
    facts = facts_of(project, "o")
    assert facts.get("estimate").display == "MD 0.00020 (0.00005 to 0.00035)"
    assert facts.get("absolute_effect").display == "0.00020 (0.00005 to 0.00035)"
    near = next(one for one in prompts_of(project, "o") if one.id == "IMP-12")
    assert near.status == "clear"


def test_the_table_does_not_print_the_people_of_some_studies_as_all(project: Project) -> None:
    study(project, "a", **REPORTED)
    study(project, "b", **OBSERVED)
    assert build(project)[0].rows[0].participants.text.startswith("328 (")
    study(project, "c", **REPORTED | {"total_2": None})
    table = build(project)[0]
    assert table.rows[0].participants.text == "Not stated (3 RCTs)"
    assert "The number of participants is known of 2 of 3 studies: 328." in [
        one.text for one in table.footnotes]
    assert evidence_rows(project, build(project))[0]["n_total"] is None
