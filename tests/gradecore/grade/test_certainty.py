"""The sum of grade.md 4, the starts of 2, and the words of 1."""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecore.grade.certainty import IncompleteRating, certainty, start_rule
from gradecore.grade.vocabulary import (
    CONCERN_POINTS,
    DOMAINS,
    LEVEL_OF_SCORE,
    SCORE_OF_LEVEL,
    UPGRADE_POINTS,
    UPGRADES,
    concern_label,
    level_label,
    symbols,
)
from gradecore.input_errors import InputError

NONE = dict.fromkeys(DOMAINS, "not_serious")
INSTRUMENT = Path(__file__).parents[3] / "resources" / "instruments" / "grade.toml"


def test_the_sum_is_clamped_once_at_the_end():
    # grade.md 4: 2 - 3 + 1 is 0, very low; clamping first would wrongly give low.
    found = certainty("nrs", NONE | {"imprecision": "extremely_serious"}, {"large_effect": 1})
    assert (found.total, found.score, found.level, found.beyond) == (0, 1, "very_low", -1)


def test_published_reasons_add_up():
    found = certainty("rct", NONE | {"rob": "serious", "imprecision": "serious"})
    assert (found.start, found.total, found.level) == (4, 2, "low")
    assert certainty("nrs_robins_i", NONE | {"rob": "very_serious"}).level == "low"
    above = certainty("rct", NONE, {"large_effect": "plus_two"})
    assert (above.total, above.level, above.beyond) == (6, "high", 2)


def test_nothing_stands_in_for_a_missing_decision():
    undecided = {"rob": "serious", "inconsistency": None}
    with pytest.raises(IncompleteRating, match="1 of 5") as raised:
        certainty("rct", undecided)
    assert raised.value.open_domains == DOMAINS[1:]


@pytest.mark.parametrize(
    ("domains", "upgrades", "named"),
    [
        (NONE | {"rob": "dreadful"}, {}, "dreadful"),
        (NONE | {"weather": "serious"}, {}, "weather"),
        (NONE, {"dose_response": 2}, "dose response"),
        (NONE, {"luck": 1}, "luck"),
    ],
)
def test_unknown_codes_are_refused_by_name(domains, upgrades, named):
    with pytest.raises(InputError, match=named):
        certainty("rct", domains, upgrades)


@given(
    st.sampled_from(["rct", "nrs", "nrs_robins_i"]),
    st.lists(st.sampled_from(sorted(CONCERN_POINTS)), min_size=5, max_size=5),
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 1)),
)
def test_any_rating_follows_the_formula(start, levels, up):
    found = certainty(
        start, dict(zip(DOMAINS, levels, strict=True)), dict(zip(UPGRADES, up, strict=True))
    )
    total = {"rct": 4, "nrs": 2, "nrs_robins_i": 4}[start]
    total += sum(CONCERN_POINTS[one] for one in levels) + sum(up)
    assert found.total == total
    assert found.score == sorted((1, total, 4))[1]
    assert SCORE_OF_LEVEL[found.level] == found.score
    assert found.start + sum(step.points for step in found.steps) == total


@pytest.mark.parametrize(
    ("design", "tool", "changes", "start"),
    [
        ("rct", "rob2", {}, "rct"),
        ("cluster_rct", "rob2-cluster", {}, "rct"),
        ("quasi_rct", "rob2", {}, "rct"),
        ("quasi_rct", "rob2", {"quasi_rct_as": "nrs"}, "nrs"),
        ("nrs", "NOS", {}, "nrs"),
        ("nrs", "ROBINS-I", {}, "nrs_robins_i"),
        ("nrs", "robins-e-2024", {}, "nrs_robins_i"),
        ("nrs", "ROBINS-I", {"nrs_start": "always_low"}, "nrs"),
        ("its", "", {}, "nrs"),
    ],
)
def test_the_start_follows_from_design_and_tool(design, tool, changes, start):
    assert start_rule(design, tool, **changes) == start


def test_symbols_and_words():
    assert [symbols(LEVEL_OF_SCORE[n]) for n in (4, 3, 2, 1)] == ["⊕⊕⊕⊕", "⊕⊕⊕◯", "⊕⊕◯◯", "⊕◯◯◯"]
    assert symbols("moderate", "text") == "+++o"
    assert symbols("low", "minus") == "⊕⊕⊝⊝"
    assert (symbols("not_rated"), symbols("not_rated", "text")) == ("–", "-")
    assert symbols("high", "none") == ""
    assert level_label("very_low") == "Very low"
    assert concern_label("publication_bias", "serious") == "Strongly suspected"
    assert concern_label("rob", "serious") == "Serious"


def test_the_instrument_uses_the_same_codes():
    instrument = tomllib.loads(INSTRUMENT.read_text(encoding="utf-8"))
    codes = {level["code"]: level["value"] for level in instrument["level"]}
    assert codes == CONCERN_POINTS | UPGRADE_POINTS
    listed = [domain["id"] for domain in instrument["domain"]]
    assert set(itertools.chain(DOMAINS, UPGRADES)) <= set(listed)
