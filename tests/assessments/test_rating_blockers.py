"""What stops and what warns in real reviews: grade.md 5, 6, 7.4, 9.4; the data are invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from assessments.assessment import answer, find, judge, write
from assessments.consensus import make_final
from assessments.edits import edit
from assessments.rating import rating_of, unit_of
from assessments.rating_checks import blockers_of, remarks_on
from assessments.rating_edits import confirm
from assessments.rating_facts import facts_of, prompts_of, settings_of
from assessments.rating_sheet import rating_sheet
from assessments.review import Outcome, PublishedEstimate
from assessments.review_edits import add, change
from assessments.samples.rating_steps import rate
from assessments.settling import settle_agreements
from assessments.store.project_file import Project, create
from gradecore.grade.facts import Prompt
from gradecore.grade.vocabulary import DOMAINS
from tests.conftest import done

NOTHING_SERIOUS = dict.fromkeys(DOMAINS, ("not_serious", ""))
UNIT = unit_of("o")


@pytest.fixture
def project(tmp_path: Path) -> Iterable[Project]:
    """One published outcome about events with two assessors; A sits here."""
    with create(tmp_path / "Blockers.tandem") as made:
        for seat in ("a", "b"):
            done(add(made, "person", id=f"person-{seat}", role=seat, name=seat.upper()))
        done(add(made, "comparison", id="c", intervention="Humming", comparator="Silence"))
        done(add(made, "outcome", id="o", comparison="c", label="Falls", evidence="published",
                 stream="rct", better="lower", threshold_type="mid", mid=20, baseline_risk=0.2))
        done(change(made, "published_estimate", "o", measure="RR", estimate=0.8, ci_low=0.7,
                    ci_high=0.92, studies=4, participants=3000, source="Doe 2020",
                    rob_statement="As judged by Doe with RoB 2."))
        made.seat = "person-a"
        yield made


def prompts(project: Project) -> dict[str, Prompt]:
    return {one.id: one for one in prompts_of(project, "o")}


def rated(project: Project, **levels: tuple[str, str]) -> None:
    """Rate as the one who sits here, without finishing."""
    for domain, (level, explanation) in (NOTHING_SERIOUS | levels).items():
        done(judge(project, UNIT, domain, level))
        done(write(project, UNIT, domain, "support", explanation))


def codes(project: Project) -> set[str]:
    return {one.code for one in remarks_on(project, find(project, UNIT, "a"))}


def stops(project: Project) -> dict[str, str]:
    found = blockers_of(project, UNIT, find(project, UNIT, "a"))
    return {one.code: one.sentence for one in found}


@pytest.mark.parametrize(
    ("values", "gap"),
    [
        ({}, ""),
        ({"threshold_type": None}, "has not chosen a threshold"),
        ({"better": None}, "which direction of the outcome is better"),
        ({"mid": None}, "minimal important difference is not declared"),
        ({"mid": None, "mid_relative": 0.8}, ""),
        # −60 to −16 per 1000: a MID of 5 to 10 is exceeded throughout, one of 10 to 30 is not
        ({"mid": None, "mid_low": 5, "mid_high": 10}, ""),
        ({"mid": None, "mid_low": 10, "mid_high": 30}, "verdict differs within the range"),
        ({"threshold_type": "decision"}, "decision threshold is not declared"),
        ({"threshold_type": "decision", "decision": -30}, ""),
        ({"threshold_type": "ranges"}, "thresholds between ranges are not declared"),
        ({"threshold_type": "ranges", "t1": 10}, ""),
        ({"threshold_type": "null"}, ""),
        ({"baseline_risk": None}, ""),  # lacking evidence is no gap of the claim
        ({"target": "non_null_effect"}, "nobody has written why"),
        ({"target": "non_null_effect", "target_reason": "Any fall counts."}, ""),
        ({"target": "important_effect"}, ""),  # the one that follows
    ],
)
def test_the_claim_must_be_whole(project: Project, values: dict[str, object], gap: str) -> None:
    rated(project)
    done(change(project, "outcome", "o", **values))
    said = stops(project).get("B-TARGET", "")
    assert (gap in said) if gap else said == ""


def test_no_consensus_on_ratings_that_went_stale(project: Project) -> None:
    for seat in ("a", "b"):
        project.seat = f"person-{seat}"
        done(_rate(project))
    done(settle_agreements(project, (UNIT,)))
    done(change(project, "published_estimate", "o", estimate=0.85))
    refused = make_final(project, (UNIT,))
    assert [one.code for one in refused.problems] == ["B-STALE", "B-STALE"]
    assert "Assessor A" in refused.problems[0].sentence
    assert "RR 0.80" in refused.problems[0].sentence
    for seat in ("a", "b"):
        project.seat = f"person-{seat}"
        done(confirm(project, "o", seat))
    done(make_final(project, (UNIT,)))
    assert rating_of(project, "o", "consensus").finished


@edit("rate_for_a_test")
def _rate(project: Project) -> None:
    rate(project, "o", NOTHING_SERIOUS)


def test_the_question_about_the_plot_must_be_answered(project: Project) -> None:
    for name, mean in (("s0", 5), ("s1", 9)):
        done(add(project, "study", id=name, label=name, design="rct"))
        done(add(project, "result", study=name, outcome="o", mean_1=mean, sd_1=4, total_1=40,
                 mean_2=4, sd_2=4, total_2=40))
    done(change(project, "analysis", "o", measure="MD", model="random"))
    done(change(project, "outcome", "o", evidence="pooled", mid=2))
    rated(project)
    done(answer(project, UNIT, "inconsistency", "ack/INC-1", "considered"))
    assert "INC-1" in stops(project)["question-open"]
    done(answer(project, UNIT, "inconsistency", "INC-1", "no"))
    assert "question-open" not in stops(project)


@pytest.mark.parametrize(
    ("imprecision", "twice"),
    [
        ("Rated down one level: 70 fewer to 10 more per 1000 includes no effect.", False),
        ("Rated down one level: heterogeneity of 60% widens the interval, 3000 people.", True),
        ("Rated down one level because of INC-5, which widens the interval of 3000 people.", True),
    ],
)
def test_one_problem_never_counts_twice(project: Project, imprecision: str, twice: bool) -> None:
    done(change(project, "published_estimate", "o", i2=60))
    rated(project, inconsistency=("serious", "Rated down one level: I² of 60% over 4 studies."),
          imprecision=("serious", imprecision))
    done(answer(project, UNIT, "inconsistency", "ack/INC-5", "reason"))
    assert ("W-DOUBLE-COUNT" in codes(project)) is twice


@pytest.mark.parametrize(
    ("values", "code"),
    [
        # sof.md 1.5: OR 0.61 (0.44 to 0.85) at 389 per 1000 gives 109 fewer (170 to 38 fewer)
        ({"printed_difference": -109, "printed_difference_low": -170,
          "printed_difference_high": -38}, None),
        ({"printed_difference": -110}, None),  # one displayed unit
        # 389 × (0.61 − 1) = −151.7: the odds ratio was taken as a risk ratio
        ({"printed_difference": -152, "printed_difference_low": -218,
          "printed_difference_high": -58}, "W-ABS-MEASURE"),
        ({"printed_difference": -130}, "W-ABS-DEVIATION"),
        ({"printed_difference": 109}, "W-DIR"),
        ({"printed_difference": -1093, "printed_per": 10_000, "printed_baseline": 3890}, None),
        ({"printed_baseline": None, "printed_difference": -130}, None),
    ],
)
def test_printed_absolute_effects_are_computed_again(
    project: Project, values: dict[str, object], code: str | None
) -> None:
    done(change(project, "published_estimate", "o", measure="OR", estimate=0.61, ci_low=0.44,
                ci_high=0.85, **{"printed_baseline": 389} | values))
    rated(project)
    found = {one for one in codes(project) if one.startswith(("W-ABS", "W-DIR", "W-ROUND"))}
    assert (code in found) if code else found == set()


@pytest.mark.parametrize(
    ("difference", "code"),
    [(-15.0, None), (-15.1, None), (-15.2, "W-ROUNDED-BASELINE"), (-15.4, "W-ABS-DEVIATION")],
)
def test_a_rounded_baseline_explains_a_printed_difference(
    project: Project, difference: float, code: str | None
) -> None:
    """RR 0.5 at 30 per 1000, printed whole: 29.5 to 30.5 give 14.75 to 15.25 fewer."""
    done(change(project, "published_estimate", "o", estimate=0.5, ci_low=0.4, ci_high=0.625,
                printed_baseline=30, printed_difference=difference))
    rated(project)
    found = {one for one in codes(project) if one.startswith(("W-ABS", "W-ROUND"))}
    assert found == ({code} if code else set())


def test_lopsided_intervals_are_a_question_about_the_typing(project: Project) -> None:
    rated(project)
    assert "W-TRANSCRIPT" not in codes(project)
    done(change(project, "published_estimate", "o", ci_high=1.92))
    assert "W-TRANSCRIPT" in codes(project)


@pytest.mark.parametrize(
    ("measure", "numbers", "risk", "code"),
    [
        ("RR", (1.5, 1.25, 1.8), 0.6, "W-CAP"),  # 0.6 × 1.8 = 1.08
        ("RR", (1.5, 1.25, 1.8), 0.5, None),
        ("RR", (0.8, 0.7, 0.92), 1, None),
        ("RR", (0.95, 0.86, 1.05), 1, "W-CAP"),
        ("OR", (0.8, 0.7, 0.92), 1, "W-BASELINE-ZERO"),
        ("HR", (0.8, 0.7, 0.92), 1, "W-BASELINE-ZERO"),
        ("RR", (0.8, 0.7, 0.92), 0, "W-BASELINE-ZERO"),
    ],
)
def test_risks_that_cannot_be_are_told(
    project: Project, measure: str, numbers: tuple[float, float, float], risk: float,
    code: str | None,
) -> None:
    done(change(project, "published_estimate", "o", measure=measure, estimate=numbers[0],
                ci_low=numbers[1], ci_high=numbers[2]))
    done(change(project, "outcome", "o", baseline_risk=risk))
    rated(project)
    found = codes(project) & {"W-CAP", "W-BASELINE-ZERO"}
    assert found == ({code} if code else set())


def test_what_a_publication_prints_feeds_its_prompts(project: Project) -> None:
    before = prompts(project)
    for code in ("INC-4", "INC-6", "IMP-7", "PUB-3"):
        assert before[code].status == "not_assessable", code
    # thresholds ±20 per 1000 at 200 per 1000: RR 0.9 and 1.1; CI 0.70 to 0.92 holds 0.9
    done(change(project, "published_estimate", "o", events=290, q_p=0.04, prediction_low=0.5,
                prediction_high=1.3, asymmetry_p=0.09, studies=10))
    told = prompts(project)
    assert told["INC-4"].verdict == "some_concern"
    assert (told["INC-6"].status, told["IMP-7"].verdict) == ("fired", "below")
    assert told["PUB-3"].status == "fired"
    done(change(project, "published_estimate", "o", events=300, q_p=0.1, asymmetry_p=0.1))
    told = prompts(project)
    assert (told["INC-6"].status, told["IMP-7"].status) == ("clear", "clear")
    assert told["PUB-3"].status == "clear"
    done(change(project, "published_estimate", "o", studies=9))
    assert "below 10" in prompts(project)["PUB-3"].reason


@pytest.mark.parametrize(("events", "status"), [(400, "fired"), (401, "clear")])
def test_events_of_a_synthesis_in_words(project: Project, events: int, status: str) -> None:
    done(change(project, "outcome", "o", evidence="narrative"))
    done(change(project, "narrative", "o", studies=3, participants=9000, events=events))
    assert prompts(project)["IMP-7"].status == status


def test_ranges_of_harm_have_their_own_thresholds(project: Project) -> None:
    done(change(project, "outcome", "o", threshold_type="ranges", t1=10, t2=30, t3=50, t1_harm=5,
                t2_harm=20))
    thresholds = settings_of(project, project.one(Outcome, "o"), "RR").thresholds
    assert (thresholds.ranges, thresholds.ranges_harm) == ((0.01, 0.03, 0.05), (0.005, 0.02))
    # RR 0.8 (0.7 to 1.05) at 200: −60 to +10 per 1000 holds −50, −30, −10 and +5
    done(change(project, "published_estimate", "o", ci_high=1.05))
    assert prompts(project)["IMP-5"].verdict == "crossed_3"
    assert facts_of(project, "o").number("imp_ranges") == 4
    done(change(project, "outcome", "o", t2_harm=4))  # they must rise
    thresholds = settings_of(project, project.one(Outcome, "o"), "RR").thresholds
    assert thresholds.ranges_harm == ()


def test_case_series_start_low_and_are_asked_about(project: Project) -> None:
    assert "ROB-11" not in prompts(project)
    done(add(project, "study", id="s", label="Elm 2001", design="case_series",
             instrument="robins-i-v2"))
    done(change(project, "outcome", "o", stream="nrs"))
    told = prompts(project)["ROB-11"]
    assert (told.status, told.rule.tag) == ("fired", "K")
    assert told.typical == "−1 or more for risk of bias is the rule."
    assert facts_of(project, "o").text("start_rule") == "nrs"
    assert project.one(PublishedEstimate, "o").measure == "RR"


def test_not_applicable_is_for_a_single_study(project: Project) -> None:
    rated(project, inconsistency=("not_applicable", ""))
    assert "single study, and there are 4" in stops(project)["not-applicable"]
    done(change(project, "published_estimate", "o", studies=1))
    assert "not-applicable" not in stops(project)


def test_the_start_needs_a_declared_design(project: Project) -> None:
    done(add(project, "study", id="s", label="Elm 2001"))
    done(add(project, "result", study="s", outcome="o", events_1=5, total_1=50, events_2=8,
             total_2=50))
    done(change(project, "analysis", "o", measure="RR", model="random"))
    done(change(project, "outcome", "o", evidence="pooled", stream=None))
    rated(project)
    assert "none is declared of: Elm 2001" in stops(project)["no-design"]
    done(change(project, "study", "s", design="rct"))
    assert "no-design" not in stops(project)


def test_a_large_effect_is_ticked_against_ones_own_rating(project: Project) -> None:
    done(change(project, "outcome", "o", stream="nrs"))
    done(change(project, "published_estimate", "o", estimate=2.5, ci_low=2.1, ci_high=2.98))

    def ticks() -> dict[str, str]:
        found = next(one for one in rating_sheet(project, "o").prompts if one.id == "UP-1b")
        return {one.label: one.display for one in found.facts if "concern" in one.label}

    imprecision, bias = "No concern about imprecision", "No concern about risk of bias"
    assert ticks() == {imprecision: "? not rated yet", bias: "? not rated yet"}
    done(judge(project, UNIT, "imprecision", "not_serious"))
    done(judge(project, UNIT, "rob", "serious"))
    assert ticks() == {imprecision: "✓ yes", bias: "✗ no"}
    done(judge(project, UNIT, "rob", "not_assessable"))
    assert ticks()[bias] == "? not assessable"
