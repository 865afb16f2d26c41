"""Overall certainty across outcomes: grade.md 4, last paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.grade.overall_certainty import OutcomeLevel, overall_certainty

ORDER = ("very_low", "low", "moderate", "high")


def outcome(name: str, importance: int | None, level: str | None, **more: bool) -> OutcomeLevel:
    return OutcomeLevel(name=name, importance=importance, level=level, **more)


def test_the_lowest_level_among_critical_outcomes_as_in_the_guidelines():
    """GRADE guidelines 11: what is important but not critical does not lower the whole."""
    found = overall_certainty([
        outcome("Death", 9, "high"), outcome("Stroke", 8, "moderate"),
        outcome("Falls", 7, "moderate"), outcome("Nausea", 6, "very_low"),
    ])
    assert found.level == "moderate"
    assert found.rests_on == ("Stroke", "Falls")
    assert found.higher == ("Death",)
    assert found.any_critical


@pytest.mark.parametrize(("importance", "level"), [(6, "high"), (7, "low"), (9, "low")])
def test_critical_begins_at_seven(importance: int, level: str):
    found = overall_certainty([outcome("A", 9, "high"), outcome("B", importance, "low")])
    assert found.level == level


def test_an_outcome_that_is_not_settled_leaves_no_level_and_is_named():
    found = overall_certainty([
        outcome("Death", 9, "very_low"), outcome("Stroke", 8, None),
        outcome("Falls", 7, "high", stale=True),
    ])
    assert found.level is None
    assert (found.unsettled, found.stale) == (("Stroke",), ("Falls",))
    assert (found.rests_on, found.higher) == ((), ("Death",))


def test_what_is_not_critical_may_be_open():
    found = overall_certainty([outcome("Death", 9, "low"), outcome("Nausea", 5, None)])
    assert found.level == "low"


def test_a_critical_outcome_that_nobody_reported_is_told_and_lowers_nothing():
    found = overall_certainty([
        outcome("Death", 9, "moderate"), outcome("Harm", 8, "not_rated", reported=False),
    ])
    assert (found.level, found.not_reported) == ("moderate", ("Harm",))
    alone = overall_certainty([outcome("Harm", 8, "not_rated", reported=False)])
    assert (alone.level, alone.not_reported) == (None, ("Harm",))
    assert alone.any_critical


def test_without_a_critical_outcome_there_is_none():
    found = overall_certainty([outcome("Nausea", 6, "low"), outcome("Cost", None, "high")])
    assert found.level is None
    assert not found.any_critical
    assert found.undecided == ("Cost",)
    assert overall_certainty([]).level is None


outcomes = st.lists(st.builds(
    OutcomeLevel, name=st.sampled_from("abc"), importance=st.none() | st.integers(1, 9),
    level=st.none() | st.sampled_from(ORDER), stale=st.booleans(), reported=st.booleans(),
))


@given(outcomes)
def test_it_is_never_a_level_that_nobody_chose(every: list[OutcomeLevel]):
    found = overall_certainty(every)
    chosen = [one.level for one in every if one.importance and one.importance >= 7 and one.reported]
    whole = all(one is not None for one in chosen) and not any(
        one.stale and one.reported and (one.importance or 0) >= 7 for one in every)
    if found.level is None:
        assert not chosen or not whole
    else:
        assert whole
        assert found.level == min(chosen, key=ORDER.index)


@given(outcomes)
def test_no_outcome_is_dropped(every: list[OutcomeLevel]):
    found = overall_certainty(every)
    critical = [one.name for one in every if (one.importance or 0) >= 7]
    told = (*found.rests_on, *found.higher, *found.unsettled, *found.stale, *found.not_reported)
    assert sorted(told) == sorted(critical)
    assert len(found.undecided) == sum(one.importance is None for one in every)
