"""Which prompt can be assessed for which kind of evidence: grade.md 9.1 to 9.4 and 11.

Each row of the table names every prompt whose status is 'fired' or 'clear' when nobody has
answered anything yet; every other prompt must say why it cannot be assessed.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from gradecore.grade.evidence import (
    BaselineRisk,
    Evidence,
    PooledNumbers,
    Restricted,
    SmallStudies,
    StudyEvidence,
)
from tests.gradecore.grade.bodies import asked, ratio, settings

RULES = settings(type="mid", mid=0.02, better="lower")
PRINTED = ratio(0.6, 0.47, 0.77)
POOLED = replace(
    PRINTED, se=0.13, model="random", tau2=0.02, i2=30.0, i2_low=0.0, i2_high=60.0, q=10.0,
    q_df=11, q_p=0.2, prediction_low=-0.8, prediction_high=0.1, wald_low=-0.76, wald_high=-0.26,
    hartung_knapp_low=-0.8, hartung_knapp_high=-0.22,
)
RISK = (BaselineRisk(label="", risk=0.2), BaselineRisk(label="high", risk=0.4))


def studies(count: int, *, arms: bool = True) -> tuple[StudyEvidence, ...]:
    """Return invented studies, with numbers of people and events or with effect and SE alone."""
    more = {"n_1": 50.0, "n_2": 50.0, "events_1": 5.0, "events_2": 8.0} if arms else {}
    return tuple(
        StudyEvidence(
            id=str(n), label=f"S{n}", effect=-0.4 + 0.05 * n, se=0.1 + 0.02 * n, weight=1 / count,
            rob=("high", "some", "low")[n % 3], **more,
        )
        for n in range(count)
    )


def body(kind: str, pooled: PooledNumbers | None, **more: object) -> Evidence:
    return Evidence(**{"kind": kind, "measure": "RR", "pooled": pooled, "baselines": RISK, **more})


TABLES = body(
    "pooled", POOLED, studies=studies(12), events_1=60.0, events_2=96.0,
    without_high=Restricted(k=8, pooled=POOLED, p_between=0.5),
    small_studies=SmallStudies(visual="symmetric", test="Harbord", p=0.4,
                               estimates=(("Trim and fill", -0.3),)),
)
EFFECTS = replace(TABLES, studies=studies(12, arms=False), events_1=None, events_2=None)
KINDS = {
    "study data": TABLES,
    "effects, SE and baseline": EFFECTS,
    "effects and SE": replace(EFFECTS, baselines=()),
    "nine studies": replace(TABLES, studies=studies(9)),
    "two studies": replace(TABLES, studies=studies(2)),
    "published": body("published", PRINTED, k=3, n=1200),
    "published with I² and τ²": body("published", replace(PRINTED, i2=30.0, tau2=0.02), k=12,
                                     n=1200),
    "published without baseline": body("published", PRINTED, k=3, n=1200, baselines=()),
    "words alone": Evidence(kind="narrative", k=5, n=300),
    "words with directions": Evidence(kind="narrative", k=5, n=300, directions=(3, 1, 1)),
    "words with studies": body("narrative", None, studies=studies(5)),
    "single": body("single", replace(PRINTED, se=0.12), studies=studies(1), k=1,
                   events_1=5.0, events_2=8.0),
}
WEIGHTS = "ROB-1 ROB-2 ROB-4 ROB-5 ROB-9 ROB-10"
INC = "INC-0 INC-1 INC-2 INC-3 INC-5 INC-6 INC-7 INC-9 INC-10 INC-11"
SIZES = "IMP-4 IMP-6 IMP-7 IMP-8 IMP-9 PUB-1"
ABSOLUTE = "IMP-1 IMP-3 IMP-11 IMP-12 UP-1"
PUBLISHED = f"{ABSOLUTE} INC-0 IMP-4 IMP-6 IMP-8"
TABLE = {
    "study data": f"{WEIGHTS} ROB-3 {INC} INC-4 {SIZES} {ABSOLUTE} PUB-2 PUB-3 PUB-5",
    "effects, SE and baseline": f"{WEIGHTS} ROB-3 {INC} INC-4 {ABSOLUTE} PUB-2 PUB-3 PUB-5",
    "effects and SE": f"{WEIGHTS} ROB-3 INC-0 INC-1 INC-2 INC-5 INC-6 INC-11 IMP-3 UP-1 "
    "PUB-2 PUB-3",
    "nine studies": f"{WEIGHTS} ROB-3 {INC} INC-4 {SIZES} {ABSOLUTE} PUB-5",
    "two studies": f"{WEIGHTS} ROB-3 {INC} {SIZES} {ABSOLUTE} IMP-10 PUB-5",
    "published": PUBLISHED,
    "published with I² and τ²": f"{PUBLISHED} INC-5",
    "published without baseline": "INC-0 IMP-3 UP-1",
    "words alone": "INC-0 IMP-7",
    "words with directions": "INC-0 INC-3 IMP-7",
    "words with studies": f"{WEIGHTS} INC-0 INC-1 INC-3 INC-9 INC-10 IMP-1 IMP-4 IMP-6 "
    "IMP-7 IMP-9 PUB-1 UP-1",
    "single": f"{WEIGHTS} INC-0 {SIZES} {ABSOLUTE}",
}
"""Kind → what can be assessed, beside IND-7, which every body has."""


def known(evidence: Evidence) -> set[str]:
    """Return the prompts that can be assessed."""
    prompts = asked(evidence, RULES)
    assert all(one.reason for one in prompts.values() if one.status == "not_assessable")
    return {code for code, one in prompts.items() if one.status != "not_assessable"}

@pytest.mark.parametrize("kind", KINDS)
def test_exactly_these_prompts_can_be_assessed(kind: str) -> None:
    assert known(KINDS[kind]) == {"IND-7", *TABLE[kind].split()}


@pytest.mark.parametrize("kind", ["not_reported", "not_found"])
def test_no_body_no_prompt(kind: str) -> None:
    assert asked(Evidence(kind=kind), RULES) == {}


def test_what_people_said_is_all_that_a_published_body_can_add() -> None:
    answered = replace(
        KINDS["published"], missing_studies=0, search=(("registries", True),), surrogate=False,
        indirect_comparison=False, laboratory=False, early_small_positive=False,
    )
    more = known(answered) - known(KINDS["published"])
    assert more == {"PUB-4", "PUB-6", "PUB-7", "IND-3", "IND-5", "IND-6"}


def test_few_studies_are_no_question_about_a_published_estimate() -> None:
    found = asked(KINDS["published"], RULES)["INC-11"]
    assert (found.status, found.fired) == ("not_assessable", False)
    assert found.reason.startswith("Only the published estimate is known")


@pytest.mark.parametrize(("ratios", "status"), [
    ((0.3, 0.4, 0.9), "fired"), ((0.3, 0.8, 0.9), "clear"), ((0.3, 2.5, 0.9), "clear"),
])
def test_large_effects_of_a_synthesis_in_words_are_counted(ratios, status) -> None:
    made = tuple(
        StudyEvidence(id=str(n), label=str(n), effect=math.log(one), se=0.1)
        for n, one in enumerate(ratios)
    )
    prompt = asked(body("narrative", None, studies=made), RULES)["UP-1"]
    assert prompt.status == status
    assert prompt.facts[0].label == "Studies with a large effect in the same direction"


def test_every_fact_has_a_label_that_makes_sense_alone() -> None:
    from gradecore.grade.prompts import compute_facts

    relative = re.compile(r"\b(it|its|this|these|those|them)\b", re.IGNORECASE)
    some = Restricted(k=4, pooled=POOLED, p_between=0.4)
    everything = replace(TABLES, without_high_and_some=some)
    for evidence in (everything, *KINDS.values()):
        known_facts = compute_facts(evidence, RULES).known
        for one in known_facts:
            assert not relative.search(one.label), one.label
            assert one.label[0].isupper() or one.label.startswith("τ"), one.label
        told: dict[str, str] = {}
        for one in known_facts:  # the same words never stand for two different things
            assert told.setdefault(one.label, one.display) == one.display, one.key
