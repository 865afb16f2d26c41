"""Every road on which a rating might come about without a person, and none of them leads there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.assessment import Judgement, answer, judge, write
from assessments.assignments import rating_assignments
from assessments.edits import redo, undo
from assessments.finishing import finish
from assessments.rating import rating_of, unit_of
from assessments.rating_edits import acknowledge, draft_explanation
from assessments.rating_facts import facts_of, prompts_of
from assessments.rating_sheet import missing_to_finish, rating_sheet
from assessments.review import Outcome, Person, PublishedEstimate
from assessments.review_edits import add, change, decide
from assessments.samples import build
from assessments.store.project_file import Project
from gradecore.grade.vocabulary import DOMAINS, UPGRADES
from tests.conftest import done


@pytest.fixture
def founding(tmp_path: Path) -> Iterator[Project]:
    """The founding review, which nobody has rated yet, with A sitting here."""
    with build("founding", tmp_path / "founding.tandem") as project:
        project.seat = next(one.id for one in project.all(Person) if one.role == "a")
        yield project


def levels(project: Project) -> list[tuple[str, str]]:
    """Return (domain, level) of everything that was chosen about certainty."""
    return [
        (one.domain, one.level) for one in project.all(Judgement)
        if one.level is not None and one.domain in (*DOMAINS, *UPGRADES)
    ]


def test_a_new_review_and_its_outcomes_have_no_rating(founding: Project) -> None:
    assert levels(founding) == []
    for one in rating_assignments(founding):
        sheet = rating_sheet(founding, one.unit.id)
        assert sheet is not None
        assert sheet.rated is None
        assert sheet.decided == 0
    comparison = founding.all(Outcome)[0].comparison
    key = done(add(founding, "outcome", comparison=comparison, label="New", evidence="narrative")
               ).value
    assert rating_of(founding, key, "a") is None


def test_looking_computing_and_deciding_thresholds_rate_nothing(founding: Project) -> None:
    for one in rating_assignments(founding):
        prompts_of(founding, one.unit.id)
        facts_of(founding, one.unit.id)
        done(change(founding, "outcome", one.unit.id, threshold_type="mid", mid=0.2))
        missing_to_finish(founding, one.unit.id)
    for name, value in (("framework", "classic"), ("single_study_rule", "minus_one"),
                        ("some_concerns_as", "high"), ("nrs_start", "always_low")):
        done(decide(founding, name, value))
    done(add(founding, "review_rule", domain="imprecision", label="Small", expression="n < 9999",
             suggestion="−1"))
    assert levels(founding) == []


def test_prompts_answers_drafts_and_texts_rate_nothing(founding: Project) -> None:
    for one in rating_assignments(founding):
        outcome, unit = one.unit.id, one.unit
        for prompt in prompts_of(founding, outcome):
            if prompt.fired:
                done(acknowledge(founding, outcome, (prompt.domain, prompt.id), "reason"))
        for domain in DOMAINS:
            done(draft_explanation(founding, outcome, domain, "Rated down one level, 3 studies."))
            done(write(founding, unit, domain, "support", "One level, 3 studies."))
            done(answer(founding, unit, domain, "borderline", "yes"))
        done(answer(founding, unit, "inconsistency", "INC-1", "yes"))
        done(answer(founding, unit, "indirectness", "pico/outcome", "no"))
        done(answer(founding, unit, "rating_up", "considered", "none_applies"))
        rated = rating_of(founding, outcome, "a")
        assert rated is not None
        assert rated.certainty is None
        refused = finish(founding, unit)
        assert {p.where for p in refused.problems if p.code == "undecided"} == set(DOMAINS)
    assert levels(founding) == []


def test_undo_and_redo_bring_back_what_was_chosen_and_nothing_else(founding: Project) -> None:
    outcome = founding.all(PublishedEstimate)[0].id
    done(judge(founding, unit_of(outcome), "rob", "serious"))
    done(judge(founding, unit_of(outcome), "rob", None))
    done(undo(founding))
    assert levels(founding) == [("rob", "serious")]
    done(undo(founding))
    assert levels(founding) == []
    done(redo(founding))
    assert levels(founding) == [("rob", "serious")]
    done(redo(founding))
    assert levels(founding) == []


def test_founding_bodies_show_what_their_data_allow_and_why_the_rest_cannot_be_assessed(
    founding: Project,
) -> None:
    kinds = {"published": 0, "narrative": 0}
    for one in rating_assignments(founding):
        sheet = rating_sheet(founding, one.unit.id)
        assert sheet is not None
        kinds[sheet.outcome.evidence or ""] += 1
        silent = [p.id for p in sheet.prompts if p.status == "not_assessable" and not p.reason]
        assert silent == []
        for code in ("INC-2", "INC-3", "INC-4", "INC-7"):
            prompt = next(p for p in sheet.prompts if p.id == code)
            assert prompt.status == "not_assessable"
        weights = [p.status for p in sheet.prompts if p.id in ("ROB-1", "ROB-2", "ROB-3")]
        assert set(weights) == {"not_assessable"}
        assert not any(
            "not serious" in p.typical.casefold() for p in sheet.prompts_in("inconsistency")
        )
    assert kinds == {"published": 8, "narrative": 5}
