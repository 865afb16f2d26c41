"""The methods text: every element of PRISMA 2020 items 11 and 15 is stated, or said not to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.assessment import Unit, judge
from assessments.comparisons import agreement_in_all, compared_items
from assessments.exports.methods_text import MethodsText, methods_text
from assessments.grade_files import grade_defaults
from assessments.instrument import OVERALL
from assessments.review_edits import add, change, decide
from assessments.samples import build
from assessments.store.project_file import Project, open_project
from assessments.team_rules import set_team_rule
from assessments.version import VERSION
from tests.conftest import done

RISK_OF_BIAS = (
    "Tool and version", "Domains", "How the overall judgement is reached",
    "Adaptations and decision rules", "Number of assessors, independence",
    "Resolution of disagreements", "Contact with study authors",
)
CERTAINTY = (
    "System and version", "Factors and criteria", "Thresholds with rationale",
    "“Some concerns” in ratings", "Adaptations and rules of the review", "Meaning of the levels",
    "Number of assessors, independence", "Resolution of disagreements",
    "How results are shown, phrases used",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("samples")
    made = {name: folder / f"{name}.tandem" for name in ("invented", "founding")}
    for name, path in made.items():
        build(name, path).close()
    return made


@pytest.fixture
def invented(files: dict[str, Path]) -> Iterator[Project]:
    with open_project(files["invented"]) as project:
        yield project


def _text(found: MethodsText, element: str, part: int = 0) -> str:
    return next(one.text for one in found.paragraphs[part].elements if one.name == element)


def test_every_element_of_prisma_has_its_sentence(invented: Project):
    found = methods_text(invented)
    for part, names in ((0, RISK_OF_BIAS), (1, CERTAINTY)):
        given = {one.name: one for one in found.paragraphs[part].elements}
        assert set(names) <= set(given)
        assert all(given[name].text.strip() for name in names)
    assert found.paragraphs[2].elements[0].name == "Automation"


def test_what_is_not_recorded_is_said_in_brackets(invented: Project):
    found = methods_text(invented)
    names = [one.name for one in found.open_elements]
    assert names == ["Calibration", "Contact with study authors", "Calibration"]
    assert all(one.text.startswith("[Not stated: ") for one in found.open_elements)


def test_numbers_are_those_of_the_comparison(invented: Project):
    found = methods_text(invented)
    items = [one for one in compared_items(invented) if not one.is_rating]
    differing = [one for one in items if not one.item.identical]
    said = _text(found, "Resolution of disagreements")
    assert f"differed in {len(differing)} of {len(items)} judgements" in said
    assert "by discussion (5) and not settled yet (6)" in said
    in_all = next(one for one in agreement_in_all(invented) if one.title == "RoB 2")
    figures = _text(found, "Agreement before discussion")
    assert f"{in_all.agree} of {in_all.total} domain judgements" in figures
    assert in_all.kappa is not None
    assert f"kappa {in_all.kappa:.2f}" in figures


def test_tool_people_thresholds_and_software_are_named(invented: Project):
    found = methods_text(invented)
    assert "version 2019-08-22 (doi:10.1136/bmj.l4898)" in _text(found, "Tool and version")
    assert "Two assessors (AA, BB) independently" in _text(
        found, "Number of assessors, independence"
    )
    assert "A third person (CC) was available." in _text(found, "Resolution of disagreements")
    thresholds = _text(found, "Thresholds with rationale", 1)
    assert "Cancelled performance: minimal important difference 30 per 1000 people" in thresholds
    assert "(Agreed by the invented team before rating)" in thresholds
    software = found.paragraphs[2].text
    assert f"Tandem version {VERSION} computed the facts" in software
    assert "All judgements and ratings were made by the assessors." in software


def test_judgements_from_a_publication_are_never_told_as_made_here(files: dict[str, Path]):
    with open_project(files["founding"]) as project:
        found = methods_text(project)
    text = found.paragraphs[0].text
    assert "Judgements were taken over from: " in text
    assert "independently judged" not in text
    assert "No overall judgement was derived with RoB 1." in text
    assert found.paragraphs[1].text == (
        "[Not done: the certainty of the evidence has not been rated.]"
    )


def test_a_summary_that_the_team_asked_for_is_told(filled: Project):
    done(decide(filled, "instrument/rct", "rob1"))
    unit = Unit(instrument="rob1", kind="study", id="s1")
    filled.seat = "person-a"
    done(judge(filled, unit, "D1", level="low"))
    told = "How the overall judgement is reached"
    assert _text(methods_text(filled), told) == "No overall judgement was derived with RoB 1."
    done(judge(filled, unit, OVERALL, level="low"))
    assert _text(methods_text(filled), told) == (
        "With RoB 1, assessors also judged each study across all domains."
    )
    done(decide(filled, "key_domains/rob1", "D1 D2"))
    assert _text(methods_text(filled), told) == (
        "With RoB 1, assessors also judged each study across the key domains that the team had "
        "named: Sequence generation; Allocation concealment."
    )


def test_an_empty_review_says_that_nothing_was_done(project: Project):
    found = methods_text(project)
    assert [one.stated for part in found.paragraphs[:2] for one in part.elements] == [False, False]
    assert "[Not done: no risk of bias has been assessed in this review.]" in found.plain


def test_team_rules_and_changed_cutoffs_are_reported(filled: Project):
    done(judge(filled, Unit(instrument="rob1", kind="study", id="s1"), "D1", "low"))
    done(judge(filled, Unit(instrument="grade", kind="outcome", id="o1"), "imprecision", "serious"))
    done(set_team_rule(filled, "rob1", "D2", "", "Central allocation counts as low."))
    done(decide(filled, "cutoff/inc_i2_notable", "40"))
    done(change(filled, "outcome", "o1", mid="30", mid_source="Panel of patients"))
    done(add(filled, "review_rule", label="Few events", text="Fewer than 300 events"))
    found = methods_text(filled)
    assert "Central allocation counts as low." in _text(found, "Adaptations and decision rules")
    rules = _text(found, "Adaptations and rules of the review", 1)
    assert "1 cut-off was changed: I² that is notable, in percent: 40" in rules
    assert "Fewer than 300 events" in rules
    assert "Panel of patients" in _text(found, "Thresholds with rationale", 1)
    nothing = _text(found, "Resolution of disagreements")
    assert nothing.startswith("[Not done yet: no judgement of both has been compared.")


def test_the_text_holds_nothing_of_a_sealed_judgement(filled: Project):
    unit = Unit(instrument="rob1", kind="study", id="s1")
    done(judge(filled, unit, "D1", "high"))
    as_a = methods_text(filled).plain
    filled.seat = "person-b"
    assert methods_text(filled).plain == as_a
    assert "igh risk" not in as_a


def test_every_number_that_prompts_use_is_printed(filled: Project):
    done(judge(filled, Unit(instrument="grade", kind="outcome", id="o1"), "imprecision", "serious"))
    appendix = methods_text(filled).paragraphs[3]
    assert appendix.heading == "Appendix: cut-offs of the prompts about certainty"
    assert {one.name.removeprefix("Cut-offs: ") for one in appendix.elements} == {
        "Risk of bias", "Inconsistency", "Indirectness", "Imprecision", "Publication bias",
        "Rating up",
    }
    for one in grade_defaults().sources:
        assert f"{one.text}: {one.value:g} ({one.source})" in appendix.text
    done(decide(filled, "cutoff/rob_dominated", "0.7"))
    changed = methods_text(filled).paragraphs[3].text
    assert "is dominated: 0.7 (changed by the team; Core GRADE 4, Fig 2: 0.65)" in changed


def test_nobody_rated_nothing_to_append(filled: Project):
    assert [one.heading for one in methods_text(filled).paragraphs] == [
        "Risk of bias", "Certainty of the evidence", "Software",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"threshold_type": "mid", "mid": 30}, "minimal important difference 30 points (Agreed)"),
        ({"threshold_type": "mid", "mid": 30, "mid_harm": 10},
         "minimal important difference 30 points, for harm 10 (Agreed)"),
        ({"threshold_type": "mid", "mid": 30, "mid_low": 20, "mid_high": 40},
         "minimal important difference 30 points, plausible 20 to 40 points (Agreed)"),
        ({"threshold_type": "mid", "mid_low": 20, "mid_high": 40},
         "minimal important difference somewhere from 20 to 40 points (Agreed)"),
        ({"threshold_type": "mid", "mid_relative": 0.8}, "minimal important ratio 0.8 (Agreed)"),
        ({"threshold_type": "null"}, "no effect as threshold (Agreed)"),
        ({"threshold_type": "null", "mid": 30},
         "no effect as threshold, near it within 30 points (Agreed)"),
        ({"threshold_type": "ranges", "t1": 10, "t2": 20, "t3": 40, "t1_harm": 5, "t2_harm": 8},
         "ranges 10, 20, 40 points, for harm 5, 8 (Agreed)"),
        ({"threshold_type": "decision", "decision": -25},
         "decision threshold −25 points (Agreed)"),
        ({"threshold_type": "mid", "mid": 30, "target": "non_null_effect",
          "target_reason": "Any change counts."},
         "30 points (Agreed), claim by decision of the team: there is an effect, of whatever size "
         "(Any change counts)"),
    ],
)
def test_every_kind_of_threshold_is_printed(filled: Project, values: dict, said: str):
    done(judge(filled, Unit(instrument="grade", kind="outcome", id="o1"), "imprecision", "serious"))
    done(change(filled, "outcome", "o1", unit="points", mid_source="Agreed", **values))
    assert said in _text(methods_text(filled), "Thresholds with rationale", 1)


def test_every_decision_about_prompts_is_printed(filled: Project):
    done(judge(filled, Unit(instrument="grade", kind="outcome", id="o1"), "imprecision", "serious"))
    done(add(filled, "study", label="Invented 1", design="quasi_rct"))
    done(add(filled, "study", label="Invented 2", design="case_series"))
    done(decide(filled, "framework", "minimal"))
    done(decide(filled, "some_concerns_as", "high"))
    done(decide(filled, "single_study_rule", "minus_one"))
    done(decide(filled, "nrs_start", "always_low"))
    done(decide(filled, "quasi_rct_as", "nrs"))
    done(add(filled, "review_rule", domain="inconsistency", label="Much spread",
             expression="i2 > 75 and k >= 3", suggestion="−1"))
    text = methods_text(filled).paragraphs[1].text
    for said in (
        "Minimally contextualised", "counted as high", "one level down for inconsistency",
        "Non-randomised studies started at low certainty", "trials counted as non-randomised",
        "Much spread (inconsistency, holds when i2 > 75 and k >= 3, suggests −1)",
    ):
        assert said in text
