"""Team decisions take only values that exist, so that no page breaks on one later."""

from __future__ import annotations

import pytest

from assessments.review_edits import decide, setting
from assessments.store.project_file import Project
from assessments.team_decisions import CHOICES
from tests.conftest import done


@pytest.mark.parametrize("name", CHOICES)
def test_an_unknown_value_is_refused_and_the_old_one_stays(project: Project, name: str):
    done(decide(project, name, CHOICES[name][-1]))
    refused = decide(project, name, "nonsense")
    assert [problem.code for problem in refused.problems] == ["not-a-choice"]
    assert CHOICES[name][0] in refused.problems[0].sentence
    assert setting(project, name) == CHOICES[name][-1]


@pytest.mark.parametrize("typed", ["0", "-1", "many", "1,234"])
def test_a_cutoff_that_is_no_number_above_zero_is_refused(project: Project, typed: str):
    assert not decide(project, "cutoff/rob_dominated", typed).ok
    assert setting(project, "cutoff/rob_dominated") == ""


def test_a_cutoff_reads_a_decimal_comma_and_can_be_emptied(project: Project):
    done(decide(project, "cutoff/rob_dominated", "0,7"))
    assert setting(project, "cutoff/rob_dominated") == "0.7"
    done(decide(project, "cutoff/rob_dominated", ""))
    assert setting(project, "cutoff/rob_dominated") == ""


def test_other_decisions_are_free_text(project: Project):
    done(decide(project, "anything/else", "Words, kept as typed. "))
    assert setting(project, "anything/else") == "Words, kept as typed. "
