"""Rules of the review: grade.md 12."""

from dataclasses import replace

import pytest

from gradecore.grade.review_rules import determines_everything, holds, names_in
from gradecore.grade.settings import ReviewRule, cutoffs_from
from gradecore.grade.vocabulary import DOMAINS
from gradecore.input_errors import InputError
from tests.gradecore.grade.bodies import DEFAULTS, asked, events, ratio

VALUES = {"i2": 80.0, "k": 4, "n": 90.0, "measure": "RR", "objective": True}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("i2 > 75", True),
        ("i2 > 75 and k < 3", False),
        ("n < 100 or k >= 10", True),
        ("not objective", False),
        ("40 <= i2 <= 74", False),
        ("measure == 'RR'", True),
        ("n / k < 25", True),
        ("objective == true", True),
        ("-n < 0", True),
        ("n - 90 == 0", True),
    ],
)
def test_expressions(expression, expected):
    assert holds(expression, VALUES) is expected


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')",
        "i2.real > 1",
        "i2 >",
        "[i2][0] > 1",
        "(lambda: 1)()",
        "i2 in (1, 2)",
        "nothing > 1",
        "measure > 3",
        "k / 0 > 1",
        "i2 ** 9 > 1",
        "",
    ],
)
def test_what_is_no_rule_is_refused(expression):
    with pytest.raises(InputError):
        holds(expression, VALUES)


def test_names():
    assert names_in("i2 > 75 and (k >= 3 or i2 > 90) and objective == true") == (
        "i2",
        "k",
        "objective",
    )


def ruled(expression):
    rule = ReviewRule(
        id="R-1",
        domain="inconsistency",
        label="Matrix",
        expression=expression,
        text="I² above 75%",
        suggestion="The protocol says −1.",
    )
    body = events(ratio(0.8, 0.7, 0.9, i2=80.0), k=4)
    return asked(body, replace(DEFAULTS, review_rules=(rule,)))["R-1"]


def test_a_rule_is_a_prompt_beside_the_others():
    fired = ruled("i2 > 75")
    assert (fired.status, fired.rule.tag, fired.typical) == ("fired", "R", "The protocol says −1.")
    assert [fact.key for fact in fired.facts] == ["i2"]
    assert ruled("i2 > 90").status == "clear"
    unknown = ruled("pub_p < 0.1")
    assert (unknown.status, "pub_p" in unknown.reason) == ("not_assessable", True)
    assert "cannot be read" in ruled("i2 >").reason


def test_rules_that_would_decide_everything_are_noticed():
    rules = tuple(
        ReviewRule(id=d, domain=d, label=d, expression="k > 1", suggestion="−1") for d in DOMAINS
    )
    assert determines_everything(replace(DEFAULTS, review_rules=rules), DOMAINS)
    assert not determines_everything(replace(DEFAULTS, review_rules=rules[1:]), DOMAINS)


def test_cut_offs_are_checked():
    with pytest.raises(InputError, match="no cut-off"):
        cutoffs_from({"luck": 1})
    with pytest.raises(InputError, match="missing"):
        cutoffs_from({"rob_dominated": 0.6})
    with pytest.raises(InputError, match="no way"):
        replace(DEFAULTS, some_concerns_as="maybe")
    with pytest.raises(InputError, match="no rule"):
        replace(DEFAULTS, single_study_rule="maybe")
