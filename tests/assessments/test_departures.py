"""Departures of interest for the effect of adhering: a team decision that closes questions."""

from __future__ import annotations

import pytest

from assessments.assessment import Assessment, Unit, answer
from assessments.completeness import missing_in
from assessments.departures import chosen_departures, decide_departures, departures_of
from assessments.edits import edit, undo
from assessments.effect_of_interest import decide_effect
from assessments.exports.methods_text import methods_text
from assessments.instrument_rules import level_of_vector
from assessments.instruments_kept import shipped_instrument
from assessments.review_edits import add
from assessments.sheet import sheet_of
from assessments.store.project_file import Project
from assessments.store.rows import update
from tests.conftest import done

TOOLS = ("rob2-parallel", "rob2-cluster", "rob2-crossover")
ALL = ("extra_treatments", "delivery_problems", "participant_adherence")


@pytest.fixture
def project(filled: Project) -> Project:
    for number in (1, 2):
        done(add(filled, "result", id=f"r{number}", study=f"s{number}", outcome="o1"))
    filled.seat = "person-a"
    return filled


def unit(tool: str = "rob2-parallel", result: str = "r1") -> Unit:
    return Unit(instrument=tool, kind="result", id=result)


@edit("sealed")
def sealed(project: Project) -> None:
    """Let every assessment be finished as it is."""
    for one in project.all(Assessment):
        update(project.connection, Assessment, one.id, state="finished")


def problems(project: Project, one: Unit) -> list[tuple[str, str]]:
    sheet = sheet_of(project, one)
    frame = Assessment(id="", instrument=one.instrument, unit_kind="result", unit=one.id,
                       seat="a", effect=sheet.effect)
    return [(found.code, found.where) for found in missing_in(project, one, frame)]


@pytest.mark.parametrize("tool", TOOLS)
class TestEveryVariant:
    def test_at_least_one_kind_must_be_named_before_it_is_finished(
        self, project: Project, tool: str
    ) -> None:
        one = unit(tool)
        done(decide_effect(project, one, "assignment"))
        assert ("departures", "effect") not in problems(project, one)
        done(decide_effect(project, one, "adhering"))
        assert ("departures", "effect") in problems(project, one)
        assert sheet_of(project, one).asks_for_departures
        refused = decide_departures(project, one, ())
        assert [found.code for found in refused.problems] == ["no-departure"]
        done(decide_departures(project, one, ("delivery_problems",)))
        assert ("departures", "effect") not in problems(project, one)
        assert not sheet_of(project, one).asks_for_departures

    def test_questions_about_other_kinds_count_as_not_applicable(
        self, project: Project, tool: str
    ) -> None:
        one = unit(tool)
        done(decide_effect(project, one, "adhering"))
        done(decide_departures(project, one, ("delivery_problems",)))
        sheet = sheet_of(project, one)
        numbers = {found.deviation: found.id for found in sheet.domain("D2").questions
                   if found.deviation}
        states = sheet.states("D2")
        assert states[numbers["extra_treatments"]] == "closed"
        assert states[numbers["participant_adherence"]] == "closed"
        assert states[numbers["delivery_problems"]] == "asked"


def test_the_proposal_is_that_of_not_applicable_whatever_was_answered(project: Project) -> None:
    done(decide_effect(project, unit(), "adhering"))
    for question, code in {"2.1": "Y", "2.2": "Y", "2.3": "N", "2.4": "N", "2.5": "Y"}.items():
        done(answer(project, unit(), "D2", question, code))
    done(decide_departures(project, unit(), ("delivery_problems",)))
    proposal = sheet_of(project, unit()).proposal("D2")
    domain = shipped_instrument("rob2-parallel").domain("D2", "adhering")
    vector = {"2.1": "Y", "2.2": "Y", "2.3": "NA", "2.4": "N", "2.5": "NA", "2.6": "NA"}
    assert proposal.level == level_of_vector(domain, vector) == "low"
    # the answers are kept, and count again when the team decides otherwise
    done(decide_departures(project, unit(), ALL))
    assert sheet_of(project, unit()).proposal("D2").waiting_for == ("2.6",)


def test_a_kind_of_interest_that_is_set_aside_by_its_answer_is_told(project: Project) -> None:
    done(decide_effect(project, unit(), "adhering"))
    done(decide_departures(project, unit(), ("delivery_problems",)))
    for question, code in {"2.1": "N", "2.2": "N", "2.4": "NA"}.items():
        done(answer(project, unit(), "D2", question, code))
    (own,) = project.all(Assessment)
    assert "nothing-of-interest" in [one.code for one in missing_in(project, unit(), own)]


def test_one_decision_for_all_with_exceptions(project: Project) -> None:
    done(decide_effect(project, unit(), "adhering", for_all=True))
    done(decide_departures(project, unit(), ALL, for_all=True))
    done(decide_departures(project, unit(result="r2"), ("extra_treatments",)))
    assert departures_of(project, unit(), "adhering") == ALL
    assert departures_of(project, unit(result="r2"), "adhering") == ("extra_treatments",)
    assert departures_of(project, unit(), "assignment") == ()
    undo(project)
    assert departures_of(project, unit(result="r2"), "adhering") == ALL


def test_what_was_finished_keeps_its_departures(project: Project) -> None:
    done(decide_effect(project, unit(), "adhering", for_all=True))
    done(decide_departures(project, unit(), ("delivery_problems",), for_all=True))
    done(answer(project, unit(result="r2"), "D1", "1.1", "Y"))
    done(sealed(project))
    refused = decide_departures(project, unit(result="r2"), ALL)
    assert [one.code for one in refused.problems] == ["departures-used"]
    done(decide_departures(project, unit(), ALL, for_all=True))
    assert departures_of(project, unit(), "adhering") == ALL
    assert departures_of(project, unit(result="r2"), "adhering") == ("delivery_problems",)


def test_other_instruments_do_not_ask(project: Project) -> None:
    one = unit("robins-i-v2")
    done(decide_effect(project, one, "adhering"))
    assert not sheet_of(project, one).asks_for_departures
    assert ("departures", "effect") not in problems(project, one)


def test_the_methods_text_says_which(project: Project) -> None:
    done(decide_effect(project, unit(), "adhering", for_all=True))
    done(decide_departures(project, unit(), ("delivery_problems",), for_all=True))
    done(answer(project, unit(), "D1", "1.1", "Y"))
    assert chosen_departures(project, "rob2-parallel") == ("delivery_problems",)
    text = " ".join(str(methods_text(project)).split())
    assert "departures of interest: the intervention not delivered as intended" in text
