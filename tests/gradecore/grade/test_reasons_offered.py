"""A team may use large effects only: grade.md 8.6, last line."""

from dataclasses import replace

import pytest

from gradecore.grade.evidence import Gradient
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.stale import fingerprint, moved, to_keep
from gradecore.grade.upgrade_checks import not_offered
from gradecore.input_errors import InputError
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, ratio

ONLY_LARGE = replace(DEFAULTS, reasons_to_rate_up="large_effect")
RISING = replace(
    events(ratio(2.5, 2.1, 3.0), 0.1, start_rule="nrs", k=4),
    gradient=Gradient(slope=0.2, low=0.1, high=0.3, k=4, unit="mg"),
    confounding="would_reduce", confounders="age",
)
FLAT = replace(RISING, gradient=Gradient(slope=0.0, low=-0.1, high=0.1, k=4), confounding=None)


def test_all_three_are_asked_about_unless_the_team_decides_otherwise():
    assert DEFAULTS.offered_upgrades == ("large_effect", "dose_response", "opposing_confounding")
    assert {"UP-1", "UP-1b", "UP-1c", "UP-2", "UP-3"} <= set(asked(RISING, DEFAULTS))


def test_only_the_two_fall_silent_and_nothing_else_changes():
    before, after = asked(RISING, DEFAULTS), asked(RISING, ONLY_LARGE)
    assert set(before) - set(after) == {"UP-2", "UP-3"}
    assert all(after[code] == before[code] for code in after)


def test_the_facts_stay_so_that_no_rating_rests_on_others():
    assert fingerprint(compute_facts(RISING, ONLY_LARGE)) == fingerprint(
        compute_facts(RISING, DEFAULTS)
    )


@pytest.mark.parametrize("body", [RISING, FLAT])
def test_no_finished_rating_moves_when_the_two_are_left_out(body):
    facts = compute_facts(body, DEFAULTS)
    kept = to_keep(facts, run_prompts(facts, DEFAULTS))
    assert moved(kept, facts, run_prompts(facts, ONLY_LARGE)) == ()


def test_when_they_come_back_only_what_fires_was_not_asked():
    facts = compute_facts(RISING, ONLY_LARGE)
    kept = to_keep(facts, run_prompts(facts, ONLY_LARGE))
    assert moved(kept, facts, run_prompts(facts, DEFAULTS)) == (
        "UP-2 Dose-response gradient is new.", "UP-3 Opposing plausible confounding is new.",
    )
    quiet = compute_facts(FLAT, ONLY_LARGE)
    kept = to_keep(quiet, run_prompts(quiet, ONLY_LARGE))
    assert moved(kept, quiet, run_prompts(quiet, DEFAULTS)) == ()


def test_a_reason_that_was_chosen_before_is_told():
    assert not_offered(()) == ()
    (told,) = not_offered(("dose_response",))
    assert (told.code, told.kind, told.domain) == ("W-UP-NOT-OFFERED", "warn", "dose_response")
    assert told.sentence.startswith("Dose-response gradient: the team has decided not to")


def test_another_decision_does_not_exist():
    with pytest.raises(InputError, match="no choice of reasons to rate up"):
        replace(DEFAULTS, reasons_to_rate_up="two")
