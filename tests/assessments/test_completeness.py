"""What keeps an assessment from being finished beyond an unanswered question."""

from __future__ import annotations

import pytest

from assessments.assessment import Assessment, Unit, answer
from assessments.completeness import missing_in
from assessments.effect_of_interest import decide_effect
from assessments.review_edits import add
from assessments.store.project_file import Project
from tests.conftest import done


def nothing_of_interest(project: Project, answers: str) -> list[str]:
    """Answer domain 2 of RoB 2, effect of adhering; return the places of that complaint."""
    done(add(project, "result", id="r1", study="s1", outcome="o1"))
    unit = Unit(instrument="rob2-parallel", kind="result", id="r1")
    project.seat = "person-a"
    done(decide_effect(project, unit, "adhering", for_all=False))
    for pair in answers.split():
        question, code = pair.split("=")
        done(answer(project, unit, "D2", question, code))
    problems = missing_in(project, unit, project.all(Assessment)[0])
    return [one.where for one in problems if one.code == "nothing-of-interest"]


@pytest.mark.parametrize(("answers", "places"), [
    ("2.1=Y 2.2=Y 2.3=NA 2.4=NA 2.5=NA", ["D2/2.3"]),
    ("2.1=Y 2.2=Y 2.3=NA 2.4=N 2.5=NA", []),
    # nobody knew the arm: 2.3 is not asked, and may well be the kind that is of interest
    ("2.1=N 2.2=N 2.4=NA 2.5=NA", []),
    ("2.1=Y 2.2=Y 2.3=NA 2.4=NA", []),
])
def test_one_kind_of_departure_must_be_of_interest(
    filled: Project, answers: str, places: list[str]
) -> None:
    assert nothing_of_interest(filled, answers) == places
