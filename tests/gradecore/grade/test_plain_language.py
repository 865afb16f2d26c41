"""The standard sentences: sof.md 5."""

import pytest

from assessments.grade_files import statement_templates
from gradecore.grade.plain_language import Saying, statement, statement_for_gap, templates_from
from gradecore.grade.statements import saying_of
from gradecore.input_errors import InputError
from tests.gradecore.grade.bodies import DEFAULTS, events, ratio, settings

ENGLISH = statement_templates()
LEVELS = ("high", "moderate", "low")


def said(**what):
    return statement(Saying(**{"intervention": "I", "outcome": "O"} | what), ENGLISH)


@pytest.mark.parametrize(
    ("size", "sentences"),
    [
        (
            "large",
            [
                "I leads to a large reduction in O.",
                "I probably leads to a large reduction in O.",
                "I may lead to a large reduction in O.",
            ],
        ),
        (
            "moderate",
            [
                "I leads to a reduction in O.",
                "I probably leads to a reduction in O.",
                "I may lead to a reduction in O.",
            ],
        ),
        (
            "small",
            ["I slightly reduces O.", "I probably slightly reduces O.", "I may slightly reduce O."],
        ),
        (
            "trivial",
            [
                "I makes little or no difference to O.",
                "I probably makes little or no difference to O.",
                "I may make little or no difference to O.",
            ],
        ),
    ],
)
def test_grammar_a(size, sentences):
    assert [said(size=size, certainty=level) for level in LEVELS] == sentences
    assert said(size=size, certainty="very_low") == "The effect of I on O is very uncertain."


@pytest.mark.parametrize(
    ("target", "direction", "sentences"),
    [
        (
            "non_null_effect",
            "increase",
            ["I increases O.", "I probably increases O.", "I may increase O."],
        ),
        (
            "important_effect",
            "reduction",
            [
                "I results in an important reduction in O.",
                "I probably results in an important reduction in O.",
                "I may result in an important reduction in O.",
            ],
        ),
        (
            "little_or_no_effect",
            "reduction",
            [
                "I has little or no effect on O.",
                "I probably has little or no effect on O.",
                "I may have little or no effect on O.",
            ],
        ),
    ],
)
def test_grammar_b(target, direction, sentences):
    found = [said(target=target, direction=direction, certainty=level) for level in LEVELS]
    assert found == sentences
    uncertain = said(target=target, certainty="very_low")
    assert uncertain == "We are very uncertain about the effect of I on O."


def test_plural_interventions_own_words_and_ranges():
    assert said(intervention="antibiotics", size="small", certainty="high", plural=True) == (
        "Antibiotics slightly reduce O."
    )
    assert said(certainty="low", own=True, verb_infinitive="help some parents") == (
        "I may help some parents."
    )
    assert said(size="large", certainty="very_low", uncertain_direction=True) == (
        "It is very uncertain whether I leads to a large reduction in O."
    )
    assert said(size="small", certainty="high", spread=("a trivial", "a large reduction")) == (
        "I slightly reduces O, but the effect could range from a trivial to a large reduction."
    )


def test_gaps_are_said():
    assert statement_for_gap("mortality", ENGLISH) == "No included study reported mortality."
    assert said(certainty="not_rated") == "No included study reported O."
    assert statement_for_gap("mortality", ENGLISH, found=False).startswith("No study was found")


def test_no_sentence_speaks_of_significance_or_hedges_twice():
    words = [*ENGLISH.frames.values(), *ENGLISH.third.values(), *ENGLISH.infinitive.values()]
    text = " ".join(words).casefold()
    assert "significan" not in text
    assert not any("probably" in one and "may" in one for one in words)
    assert "no effect on {o}" in text.replace("little or no", "no")


def test_the_sentence_follows_the_numbers():
    evidence = events(ratio(0.69, 0.53, 0.90), 0.38, intervention="Exercise", outcome="recurrence")
    mid = saying_of(evidence, settings(type="mid", mid=0.03, better="lower"), "moderate")
    assert statement(mid, ENGLISH) == (
        "Exercise probably results in an important reduction in recurrence."
    )
    ranges = settings(type="ranges", better="lower", ranges=(0.02, 0.05, 0.10))
    assert statement(saying_of(evidence, ranges, "low"), ENGLISH) == (
        "Exercise may lead to a large reduction in recurrence."
    )
    alone = saying_of(events(ratio(1.4, 1.1, 1.8)), settings(type="null"), "high")
    assert statement(alone, ENGLISH) == "The intervention increases the outcome."


def test_a_hazard_of_the_event_is_said_of_those_who_remain_free():
    free = events(ratio(0.7, 0.6, 0.8), measure="HR", event_free=True, outcome="survival")
    assert saying_of(free, settings(type="null"), "high").direction == "increase"
    assert saying_of(events(None), DEFAULTS, "high") is None


def test_templates_are_checked():
    full = {
        "frame": dict(ENGLISH.frames),
        "third": dict(ENGLISH.third),
        "infinitive": dict(ENGLISH.infinitive),
    }
    assert templates_from(full) == ENGLISH
    with pytest.raises(InputError, match=r"frame\.high"):
        templates_from(full | {"frame": {k: v for k, v in full["frame"].items() if k != "high"}})
    with pytest.raises(InputError, match="placeholder"):
        templates_from(full | {"frame": full["frame"] | {"high": "{X} helps"}})
    for wrong in (
        {"certainty": "sure"},
        {"certainty": "high", "size": "vast"},
        {"certainty": "high", "direction": "up"},
        {"certainty": "high", "target": "effect_in_range"},
    ):
        with pytest.raises(InputError):
            said(**wrong)
