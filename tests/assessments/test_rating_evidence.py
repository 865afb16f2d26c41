"""What GRADE's facts are computed from in a real review: start, SD, tests and folding by the data.

Expected values come from grade.md (sections 2, 8.1, 8.4, 8.5) and hand arithmetic; the data are
invented.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessments.assessment import Unit
from assessments.published_judgements import take_over_published
from assessments.rating import start_rule_of
from assessments.rating_evidence import evidence_of
from assessments.rating_facts import facts_of, prompts_of
from assessments.review import Outcome, Result
from assessments.review_edits import add, change, decide
from assessments.store.project_file import Project, create
from assessments.summary_of_findings import build
from gradecore.grade.facts import Prompt
from tests.conftest import done


@pytest.fixture
def project(tmp_path: Path) -> Iterable[Project]:
    """One outcome with a plan of analysis and no studies yet."""
    with create(tmp_path / "Bodies.tandem") as made:
        done(add(made, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(made, "outcome", id="o", comparison="c", label="Calm", evidence="pooled",
                 better="higher", threshold_type="mid", mid=5))
        done(change(made, "analysis", "o", measure="MD", model="random"))
        yield made


def outcome(project: Project) -> Outcome:
    return project.one(Outcome, "o")


def study(project: Project, name: str, design: str = "rct", **more: object) -> None:
    done(add(project, "study", id=name, label=name.title(), design=design,
             **{key: more.pop(key) for key in ("instrument",) if key in more}))
    done(add(project, "result", id=f"r-{name}", study=name, outcome="o", **more))


def prompts(project: Project) -> dict[str, Prompt]:
    return {one.id: one for one in prompts_of(project, "o")}


MEANS = {"mean_1": 62, "sd_1": 9, "total_1": 41, "mean_2": 50, "sd_2": 10, "total_2": 41}


@pytest.mark.parametrize(
    ("designs", "start"),
    [
        ((("rct", None),), "rct"),
        ((("quasi_rct", None), ("rct", None)), "rct"),
        ((("nrs", "newcastle-ottawa"),), "nrs"),
        ((("nrs", "robins-i-v2"),), "nrs_robins_i"),
        ((("nrs", "robins-e"),), "nrs_robins_i"),
        # two tools make no two bodies; the lower start leads
        ((("nrs", "robins-i-v2"), ("cba", "epoc-rct-nrct-cba")), "nrs"),
        ((("rct", None), ("nrs", "robins-i-v2")), "mixed"),
    ],
)
def test_start_follows_from_design_and_tool(project: Project, designs, start: str) -> None:
    for place, (design, instrument) in enumerate(designs):
        study(project, f"s{place}", design, instrument=instrument, **MEANS)
    assert start_rule_of(project, outcome(project)) == start


def test_start_follows_the_decisions_of_the_team(project: Project) -> None:
    study(project, "s0", "nrs", instrument="robins-i-v2", **MEANS)
    done(decide(project, "nrs_start", "always_low"))
    assert start_rule_of(project, outcome(project)) == "nrs"
    done(change(project, "study", "s0", design="quasi_rct"))
    assert start_rule_of(project, outcome(project)) == "rct"
    done(decide(project, "quasi_rct_as", "nrs"))
    assert start_rule_of(project, outcome(project)) == "nrs"


def test_the_sd_of_a_mean_difference_is_pooled_over_comparator_arms(project: Project) -> None:
    """√((40 × 10² + 20 × 13²) / 60) = √(7380 / 60) = 11.09."""
    study(project, "s0", **MEANS)
    study(project, "s1", **MEANS | {"sd_2": 13, "total_2": 21})
    sd = math.sqrt(123)
    assert evidence_of(project, outcome(project)).sd == pytest.approx(sd)
    found = prompts(project)
    # 12 points are 1.08 SD; the MID of 5 needs n = 2 (1.96 + 0.8416)² 123 / 25 = 77.2 per arm
    assert facts_of(project, "o").number("imp_magnitude") == pytest.approx(12 / sd, rel=1e-6)
    assert found["IMP-3"].verdict == "large"
    assert facts_of(project, "o").number("ois") == 156
    assert found["IMP-4"].verdict == "below"  # 144 people
    done(change(project, "outcome", "o", reexpress_sd=20))
    assert evidence_of(project, outcome(project)).sd == 20
    assert prompts(project)["IMP-3"].verdict == "plausible"


def test_without_arm_data_the_sd_is_named_as_missing(project: Project) -> None:
    study(project, "s0", effect=12, se=2, total_1=41, total_2=41)
    assert prompts(project)["IMP-3"].reason == "The SD of the outcome is needed."


@pytest.mark.parametrize(
    ("measure", "test"),
    [
        ("RR", "Egger, weighted regression on the SE"),
        ("OR", "Harbord, score test of odds ratios"),
        ("PETO", "Harbord, score test of odds ratios"),
        ("RD", "Egger, weighted regression on the SE"),
    ],
)
def test_the_test_of_the_funnel_goes_by_measure(project: Project, measure: str, test: str) -> None:
    done(change(project, "analysis", "o", measure=measure))
    for place in range(10):
        study(project, f"s{place}", events_1=4 + place, total_1=60 + 20 * place,
              events_2=12 + 2 * place, total_2=60 + 19 * place)
    assert evidence_of(project, outcome(project)).small_studies.test == test


def test_of_standardised_means_the_size_of_the_studies_tells(project: Project) -> None:
    done(change(project, "analysis", "o", measure="SMDH"))
    for place in range(10):
        study(project, f"s{place}", **MEANS | {"total_1": 20 + 8 * place, "mean_1": 55 + place})
    told = evidence_of(project, outcome(project)).small_studies.test
    assert told == "Egger, on one over the root of the study size"


def judged(project: Project, name: str, instrument: str, level: str) -> None:
    unit = Unit(instrument=instrument, kind="result", id=f"r-{name}")
    done(take_over_published(project, unit, {"overall": level}, "Invented 2020"))


def test_moderate_of_robins_i_never_counts_as_high(project: Project) -> None:
    for place, level in enumerate(("moderate", "moderate", "serious")):
        study(project, f"s{place}", "nrs", instrument="robins-i-2016", **MEANS)
        judged(project, f"s{place}", "robins-i-2016", level)
    facts = facts_of(project, "o")
    third = pytest.approx(1 / 3, rel=1e-6)
    assert (facts.number("w_some"), facts.number("w_high")) == (pytest.approx(2 / 3), third)
    assert facts.number("w_high_or_some") == third
    assert prompts(project)["ROB-9"].status == "clear"
    assert facts.get("without_high_strict").display == facts.get("without_high").display
    ladder = prompts(project)["ROB-8"]
    assert ladder.verdict == "Moderate"
    assert ladder.typical.startswith("Moderate: about one level")


def test_some_concerns_count_as_the_team_decided(project: Project) -> None:
    for place, level in enumerate((*["some_concerns"] * 3, "high", "low")):
        study(project, f"s{place}", **MEANS)
        judged(project, f"s{place}", "rob2-parallel", level)
    assert prompts(project)["ROB-1"].verdict == "not_dominated"
    assert prompts(project)["ROB-9"].verdict == "not_dominated dominated"
    done(decide(project, "some_concerns_as", "high"))
    assert prompts(project)["ROB-1"].verdict == "dominated"
    assert prompts(project)["ROB-2"].verdict == "little"


def test_the_level_of_the_interval_is_said(project: Project) -> None:
    study(project, "s0", **MEANS | {"mean_1": 56})
    study(project, "s1", **MEANS | {"mean_1": 54})
    done(change(project, "analysis", "o", level=0.9))
    told = next(one.display for one in prompts(project)["IMP-1"].facts
                if one.key.startswith("imp_meaning"))
    assert told.startswith("the 90% CI for the absolute effect (")
    assert project.one(Result, "r-s0").mean_1 == 56


def events(project: Project, measure: str = "RR", **more: object) -> None:
    done(change(project, "analysis", "o", measure=measure))
    done(change(project, "outcome", "o", better="lower", mid=20, **more))
    for place in range(3):
        study(project, f"s{place}", events_1=8, total_1=100, events_2=10, total_2=100)


@pytest.mark.parametrize(
    ("measure", "difference"),
    [
        ("RR", "20 fewer per 1000"),  # 0.1 × (0.8 − 1)
        # those free of it: 0.9^0.8 = 0.9192 against 0.9
        ("HR", "19 more per 1000"),
    ],
)
def test_those_free_of_an_event_are_counted_for_hazard_ratios_alone(
    project: Project, measure: str, difference: str
) -> None:
    done(change(project, "outcome", "o", event_meaning="event_free", evidence="published",
                better="lower", baseline_risk=0.1))
    done(change(project, "published_estimate", "o", measure=measure, estimate=0.8, ci_low=0.7,
                ci_high=0.92))
    assert facts_of(project, "o").get("absolute_effect").display.startswith(difference)


@pytest.mark.parametrize(
    ("values", "per", "shown"),
    [
        ({}, 1000, "20 fewer per 1000"),
        ({"per": 100}, 100, "2 fewer per 100"),
        ({"per": 10_000}, 10_000, "200 fewer per 10 000"),
        # below 1 per 1000: RR 0.8 at 0.0005
        ({"baseline_risk": 0.0005}, 10_000, "1 fewer per 10 000"),
        ({"baseline_risk": 0.00005}, 100_000, "1 fewer per 100 000"),
    ],
)
def test_facts_count_in_the_denominator_of_the_table(
    project: Project, values: dict[str, object], per: int, shown: str
) -> None:
    events(project, **values)
    assert evidence_of(project, outcome(project)).per == per
    assert facts_of(project, "o").get("absolute_effect").display.startswith(shown)


@pytest.mark.parametrize(
    ("scale", "near"),
    [
        # one decimal on 0 to 100: half a unit is 0.05; else two decimals: 0.005
        ({"scale_min": 0, "scale_max": 100}, True),
        ({"scale_min": 0, "scale_max": 4}, False),
    ],
)
def test_a_near_miss_goes_by_the_decimals_of_the_table(
    project: Project, scale: dict[str, object], near: bool
) -> None:
    done(change(project, "outcome", "o", evidence="published", mid=5, **scale))
    done(change(project, "published_estimate", "o", measure="MD", estimate=7, ci_low=5.02,
                ci_high=9))
    assert (prompts(project)["IMP-12"].status == "fired") is near


def test_what_makes_a_large_effect_robust_is_ticked_one_by_one(project: Project) -> None:
    """RR 2.5 (1.8 to 3.5), two studies, I² 35%."""
    done(change(project, "outcome", "o", evidence="published", stream="nrs"))
    done(change(project, "published_estimate", "o", measure="RR", estimate=2.5, ci_low=1.8,
                ci_high=3.5, studies=2, i2=35))
    told = {one.label: one.display for one in prompts(project)["UP-1b"].facts}
    assert told == {
        "Limit nearer no effect beyond the same threshold": "✗ no",
        "Two studies or more": "✓ yes",
        "I² low": "✗ no",
    }
    done(change(project, "published_estimate", "o", ci_low=2.1, i2=None))
    told = {one.label: one.display for one in prompts(project)["UP-1b"].facts}
    assert told["Limit nearer no effect beyond the same threshold"] == "✓ yes"
    assert told["I² low"] == "? unknown"


def test_no_study_reported_it_or_none_was_found(project: Project) -> None:
    done(change(project, "outcome", "o", evidence="not_reported"))

    def told() -> tuple[str, str]:
        text = next(row.statement.text for table in build(project) for row in table.rows)
        return facts_of(project, "o").text("kind"), text

    assert told() == ("not_found", "No study was found that could have reported this outcome.")
    done(add(project, "study", id="s", label="Elm 2001", design="rct"))
    assert told() == ("not_reported", "No included study reported this outcome.")
    assert prompts(project) == {}
