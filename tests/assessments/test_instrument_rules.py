"""The interpreter: gates before rules, NA, waiting, levels still possible, the way to a level."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.instrument import OVERALL
from assessments.instrument_conditions import AllOf, AnyOf, Count, EveryIn, Is, Not
from assessments.instrument_overall import propose_overall
from assessments.instrument_rules import (
    answer_problems,
    effective_answers,
    level_of_vector,
    open_questions,
    possible_levels,
    propose,
    question_states,
    vectors,
    why_not_asked,
)
from assessments.instruments_kept import shipped_instrument

ROB2 = shipped_instrument("rob2-parallel")


def answers(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


def test_an_answer_that_does_not_exist_is_an_error() -> None:
    proposal = propose(ROB2, "D3", answers("3.1=N 3.2=NI"))
    assert proposal.state == "error"
    assert [one.question for one in proposal.problems] == ["3.2"]
    assert "3.2" in proposal.problems[0].sentence


def test_an_answer_to_a_closed_question_is_kept_but_not_used() -> None:
    domain = ROB2.domain("D2", "assignment")
    typed = answers("2.1=N 2.2=N 2.3=Y 2.6=Y")
    assert effective_answers(domain, typed)["2.3"] == "NA"
    assert propose(ROB2, "D2", typed, "assignment").level == "low"
    assert answer_problems(domain, typed) == ()
    assert [one.question for one in answer_problems(domain, typed, strict=True)] == ["2.3"]
    again = typed | {"2.1": "Y"}
    assert effective_answers(domain, again)["2.3"] == "Y"


def test_na_in_an_asked_question_is_an_error_and_not_a_no() -> None:
    proposal = propose(ROB2, "D2", answers("2.1=Y 2.2=N 2.3=NA 2.6=Y"), "assignment")
    assert proposal.state == "error"
    assert proposal.problems[0].question == "2.3"


def test_na_may_be_chosen_where_the_kind_of_departure_is_not_of_interest() -> None:
    typed = answers("2.1=Y 2.2=Y 2.3=NA 2.4=N 2.5=NA")
    assert propose(ROB2, "D2", typed, "adhering").level == "low"


def test_a_gate_that_closes_takes_what_is_behind_it_along() -> None:
    proposal = propose(ROB2, "D4", answers("4.1=Y 4.2=N 4.3=N"))
    assert (proposal.level, proposal.rule) == ("high", "a")
    assert proposal.path == (("4.1", "Y"), ("4.2", "N"))


def test_nothing_is_proposed_while_an_answer_is_open_but_what_is_possible_is_said() -> None:
    proposal = propose(ROB2, "D1", answers("1.2=N 1.3=N"))
    assert proposal.state == "waiting"
    assert proposal.level is None
    assert proposal.waiting_for == ("1.1",)
    assert proposal.possible == ("high",)
    assert proposal.path == (("1.1", None), ("1.2", "N"), ("1.3", "N"))


def test_a_domain_in_parts_takes_the_worst_part() -> None:
    typed = answers("2.1=Y 2.2=Y 2.3=NI 2.6=N 2.7=Y")
    proposal = propose(ROB2, "D2", typed, "assignment")
    assert proposal.level == "high"
    assert proposal.rule == "p2c"
    assert proposal.parts == (("part1", "some_concerns", "p1c"), ("part2", "high", "p2c"))


def test_a_question_not_asked_says_when_it_would_be() -> None:
    domain = ROB2.domain("D2", "assignment")
    assert why_not_asked(domain, "2.3") == (
        "Asked only when 2.1 is Y, PY or NI, or 2.2 is Y, PY or NI."
    )


def test_questions_behind_an_open_gate_come_later() -> None:
    domain = ROB2.domain("D3")
    assert question_states(domain, {}) == {
        "3.1": "asked", "3.2": "later", "3.3": "later", "3.4": "later"
    }
    assert [one.id for one in open_questions(domain, answers("3.1=N 3.2=N"))] == [
        "3.1", "3.2", "3.3"
    ]


def test_a_route_that_the_instrument_leaves_open_is_optional() -> None:
    old = shipped_instrument("robins-i-2016")
    domain = old.domain("D1")
    states = question_states(domain, answers("1.1=Y 1.2=NI"))
    assert (states["1.3"], states["1.4"], states["1.7"]) == ("optional",) * 3
    proposal = propose(old, "D1", answers("1.1=Y 1.2=NI"))
    assert proposal.state == "none"
    assert proposal.possible == ("moderate", "serious", "critical", "no_information")
    assert propose(old, "D1", answers("1.1=PN")).level == "low"


def test_without_rules_the_assessor_judges() -> None:
    assert propose(shipped_instrument("rob1"), "D1", {}).state == "none"
    old = propose(shipped_instrument("robins-i-2016"), "D3", answers("3.1=Y 3.2=Y 3.3=N"))
    assert old.state == "none"
    assert "you judge" in old.why


def test_a_design_can_prescribe_a_level() -> None:
    epoc = shipped_instrument("epoc-rct-nrct-cba")
    assert propose(epoc, "E1", {}, design="cba").level == "high"
    assert propose(epoc, "E2", {}, design="cba").level == "high"
    assert propose(epoc, "E1", {}, design="nrs").level == "high"
    assert propose(epoc, "E2", {}, design="nrs").state == "none"
    assert propose(epoc, "E1", {}, design="rct").state == "none"


DOMAINS = [
    (name, form)
    for name in ("rob2-parallel", "rob2-cluster", "rob2-crossover", "robins-i-v2", "probast")
    for one in shipped_instrument(name).domains
    for form in (one.forms or (one,))
    if form.rules and form.id not in ("D2", "D4")
]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_levels_called_possible_are_exactly_those_that_can_come_out(data: st.DataObject) -> None:
    _name, domain = data.draw(st.sampled_from(DOMAINS), label="domain")
    typed: dict[str, str] = {}
    for question in domain.questions:
        code = data.draw(st.sampled_from([None, *question.codes]))
        if code is not None:
            typed[question.id] = code
    if answer_problems(domain, typed):
        return
    reachable: set[str] = set()
    for vector in vectors(domain, typed):
        level = level_of_vector(domain, vector)
        reachable.update([level] if level else possible_levels(domain, dict(vector)))
    assert set(possible_levels(domain, typed)) == reachable


def test_conditions_know_what_they_do_not_know() -> None:
    a, b = Is(name="a", codes=("Y",)), Is(name="b", codes=("Y",))
    facts = {"a": "Y", "b": None}
    assert AnyOf(parts=(a, b)).holds(facts) is True
    assert AllOf(parts=(a, b)).holds(facts) is None
    assert AllOf(parts=(Not(part=a), b)).holds(facts) is False
    assert Not(part=b).holds(facts) is None
    two = Count(names=("a", "b"), codes=("Y",), least=2)
    assert two.holds(facts) is None
    assert two.holds({"a": "N", "b": None}) is False
    assert Count(names=("a", "b"), codes=("Y",), most=0).holds(facts) is False
    assert Count(names=("a", "b"), codes=("Y",), least=1).holds(facts) is True
    assert EveryIn(codes=("Y",)).holds(facts) is None
    assert EveryIn(codes=("Y",)).holds({"a": "N", "b": None}) is False


def test_several_some_concerns_raise_a_flag_and_no_level() -> None:
    levels = dict.fromkeys(["D1", "D2"], "some_concerns") | dict.fromkeys(["D3", "D4", "D5"], "low")
    proposal = propose_overall(ROB2, levels)
    assert proposal.level == "some_concerns"
    assert [flag.id for flag in proposal.flags] == ["several_some_concerns"]
    assert proposal.flags[0].possible == ("high",)
    one = propose_overall(ROB2, levels | {"D2": "low"})
    assert one.flags == ()
    high = propose_overall(ROB2, levels | {"D5": "high"})
    assert (high.level, high.flags) == ("high", ())


@pytest.mark.parametrize(("name", "combinations"), [("rob2-parallel", 26), ("rob2-cluster", 57)])
def test_the_flag_is_raised_as_often_as_published(name: str, combinations: int) -> None:
    from itertools import product

    instrument = shipped_instrument(name)
    ids = [one.id for one in instrument.domains]
    flagged = sum(
        bool(propose_overall(instrument, dict(zip(ids, way, strict=True))).flags)
        for way in product(("low", "some_concerns", "high"), repeat=len(ids))
    )
    assert flagged == combinations


def test_overall_waits_for_domains_and_says_what_is_possible() -> None:
    proposal = propose_overall(ROB2, {"D1": "some_concerns", "D2": "low"})
    assert proposal.state == "waiting"
    assert proposal.waiting_for == ("D3", "D4", "D5")
    assert proposal.possible == ("some_concerns", "high")


def test_not_applicable_takes_no_part_and_a_screening_stops() -> None:
    v2 = shipped_instrument("robins-i-v2")
    low = {"D1": "low_except_confounding"} | dict.fromkeys(["D2", "D3", "D4", "D5", "D6"], "low")
    assert propose_overall(v2, low).waiting_for == ("B",)
    assert propose_overall(v2, low | {"B": "proceed"}).level == "low_except_confounding"
    stopped = propose_overall(v2, {"B": "critical"})
    assert (stopped.state, stopped.level) == ("proposed", "critical")


@pytest.mark.parametrize(
    ("keys", "levels", "expected"),
    [
        ("D1 D2 D5", "low low low", "low"),
        ("D1 D2 D5", "low unclear low", "unclear"),
        ("D1 D2 D5", "unclear low high", "high"),
        ("D2 D4", "low high", "high"),
        ("D2 D4", "low low", "low"),
    ],
)
def test_rob1_is_summarized_over_key_domains_only(keys: str, levels: str, expected: str) -> None:
    rob1 = shipped_instrument("rob1")
    judged = dict(zip(keys.split(), levels.split(), strict=True))
    assert propose_overall(rob1, judged, key_domains=keys.split()).level == expected
    not_key = judged | {"D7": "high"}
    assert propose_overall(rob1, not_key, key_domains=keys.split()).level == expected
    assert propose_overall(rob1, judged).state == "none"


def test_a_convention_is_off_until_it_is_chosen() -> None:
    scale = shipped_instrument("newcastle-ottawa")
    levels = {"selection": "stars_3", "comparability": "stars_1", "outcome": "stars_2"}
    assert propose_overall(scale, levels).state == "none"
    assert propose_overall(scale, levels, use_convention=True).level == "good"


def test_stars_are_counted() -> None:
    scale = shipped_instrument("newcastle-ottawa")
    typed = {"S1": "b*", "S2": "a*", "S3": "c", "S4": "a*"}
    assert propose(scale, "selection", typed).level == "stars_3"


def test_the_two_orders_of_the_jbi_questions_differ_where_they_should() -> None:
    old, new = shipped_instrument("jbi-rct-2017"), shipped_instrument("jbi-rct-2023")
    moved = {
        one.id: other.id for one in old.domains for other in new.domains
        if one.title == other.title and one.id != other.id
    }
    assert moved == {
        "Q6": "Q7", "Q7": "Q6", "Q8": "Q10", "Q9": "Q11", "Q10": "Q8", "Q11": "Q9"
    }


def test_the_codes_of_grade_are_those_of_the_arithmetic() -> None:
    from gradecore.grade.vocabulary import CONCERN_POINTS, DOMAINS, UPGRADE_POINTS, UPGRADES

    grade = shipped_instrument("grade")
    assert [one.id for one in grade.domains] == [*DOMAINS, *UPGRADES]
    for domain in grade.domains:
        points = UPGRADE_POINTS if domain.id in UPGRADES else CONCERN_POINTS
        for level in domain.levels:
            assert points[level.code] == level.value
            assert level.explain == (level.value != 0 or level.code == "not_assessable")


def test_an_unknown_domain_or_level_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ROB2.domain("D9")
    with pytest.raises(KeyError):
        ROB2.level(OVERALL, "critical")
    assert [one.code for one in ROB2.levels_of(OVERALL)] == ["low", "some_concerns", "high"]


def test_counts_are_said_as_a_person_says_them() -> None:
    def words(least: int, most: int | None) -> str:
        return Count(names=("6.2", "6.3"), codes=("Y", "PY"), least=least, most=most).in_words()

    assert words(1, None) == "at least 1 of 6.2, 6.3 are Y or PY"
    assert words(0, 0) == "none of 6.2, 6.3 is Y or PY"
    assert words(1, 1) == "exactly 1 of 6.2, 6.3 are Y or PY"
    assert words(0, 1) == "at most 1 of 6.2, 6.3 are Y or PY"
    assert words(1, 2) == "1 to 2 of 6.2, 6.3 are Y or PY"
