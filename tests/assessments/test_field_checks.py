"""What people type: read where it has one meaning, refused in words where it has none or two."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.field_checks import problems_of_result, read_number
from assessments.problems import Refused
from assessments.review import Outcome, Person, Result, Review, Study
from assessments.review_edits import add, change, paste_results
from assessments.store.project_file import Project
from tests.assessments.table_contents import contents


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("0.5", 0.5), ("0,5", 0.5), (" 12 ", 12.0), ("-0,75", -0.75), ("−0.75", -0.75),
            (".5", 0.5), (",5", 0.5), ("1e-3", 0.001), ("1.234", 1.234), ("0,123", 0.123),
            ("12,5", 12.5), ("1234", 1234.0), ("1 234", 1234.0), ("1\u00a0234,5", 1234.5),
            ("1\u202f234\u202f567", 1234567.0), ("+3", 3.0), ("12,3456", 12.3456),
            ("1234,567", 1234.567),
        ],
    )
    def test_one_meaning(self, text: str, number: float) -> None:
        assert read_number(text) == number

    @pytest.mark.parametrize(
        "text",
        ["1,234", "-1,234", "12,345", "999,999", "1,234.5", "1.234,5", "1,234,567", "1.234.567,0",
         "12 15", "1 2", "12 3456", "1,5 2"],
    )
    def test_more_than_one_meaning_is_asked_about(self, text: str) -> None:
        with pytest.raises(Refused) as refusal:
            read_number(text, "mean_1")
        [problem] = refusal.value.problems
        assert (problem.code, problem.where) == ("ambiguous-number", "mean_1")
        assert problem.sentence == f"“{text}” can be read in more than one way."
        assert "one decimal sign" in problem.remedy

    @pytest.mark.parametrize("text", ["many", "12 mg", "1_000", "0x10", "1.2.3", "–", "5%", "<0.05",
                                      "NR", "1'234", "12;5", "=1+1", "٣x"])
    def test_no_number(self, text: str) -> None:
        with pytest.raises(Refused) as refusal:
            read_number(text, "sd_2")
        [problem] = refusal.value.problems
        assert problem.where == "sd_2"
        assert problem.code in ("not-a-number", "ambiguous-number")
        assert text in problem.sentence

    @pytest.mark.parametrize("text", ["many", "Team consensus", "12 mg", "1,2 to 3,4"])
    def test_words_are_no_ambiguous_numbers(self, text: str) -> None:
        with pytest.raises(Refused) as refusal:
            read_number(text)
        assert refusal.value.problems[0].code == "not-a-number"

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_every_number_in_its_own_spelling(self, number: float) -> None:
        assert read_number(repr(number)) == number

    @given(st.text(max_size=12))
    def test_any_text_is_a_number_or_a_sentence(self, text: str) -> None:
        try:
            assert isinstance(read_number(text), float)
        except Refused as refusal:
            assert refusal.problems[0].remedy  # noqa: PT017 - either of the two is right


@pytest.fixture
def result(filled: Project) -> str:
    return add(filled, "result", study="s1", outcome="o1").value


class TestFields:
    def refused(self, filled: Project, table: str, row: str, **values: object) -> list[str]:
        before = contents(filled.connection)
        done = change(filled, table, row, **values)
        assert not done.ok
        assert contents(filled.connection) == before
        assert all(problem.sentence.endswith((".", "?")) for problem in done.problems)
        return [f"{problem.where}: {problem.code}" for problem in done.problems]

    def test_a_text_in_a_number_field(self, filled: Project, result: str) -> None:
        assert self.refused(filled, "result", result, mean_1="many") == ["mean_1: not-a-number"]

    def test_every_wrong_field_is_named_at_once(self, filled: Project, result: str) -> None:
        assert self.refused(
            filled, "result", result, mean_1="many", sd_1="1,234", total_1="10"
        ) == ["mean_1: not-a-number", "sd_1: ambiguous-number"]

    @pytest.mark.parametrize(
        ("table", "row", "field", "value", "code"),
        [
            ("outcome", "o1", "importance", "12", "out-of-range"),
            ("outcome", "o1", "importance", "0", "out-of-range"),
            ("outcome", "o1", "importance", "7.5", "not-whole"),
            ("outcome", "o1", "baseline_risk", "12", "out-of-range"),
            ("outcome", "o1", "baseline_risk", "-0,1", "out-of-range"),
            ("outcome", "o1", "per", "", "empty"),
            ("outcome", "o1", "mid", "-1", "out-of-range"),
            ("outcome", "o1", "mid", "inf", "not-finite"),
            ("outcome", "o1", "mid", "nan", "not-finite"),
            ("outcome", "o1", "mid", "1e999", "not-finite"),
            ("outcome", "o1", "better", "up", "not-a-choice"),
            ("outcome", "o1", "evidence", "strong", "not-a-choice"),
            ("study", "s1", "year", "14", "out-of-range"),
            ("study", "s1", "year", "2014a", "not-a-number"),
            ("study", "s1", "design", "survey", "not-a-choice"),
            ("study", "s1", "status", None, "empty"),
            ("study", "s1", "label", "  ", "empty"),
            ("study", "s1", "note", "a\x00b", "not-a-text"),
            ("study", "s1", "note", "\ud800", "not-a-text"),
            ("study", "s1", "randomised_1", "-3", "out-of-range"),
        ],
    )
    def test_impossible_values(
        self, filled: Project, table: str, row: str, field: str, value: object, code: str
    ) -> None:
        assert self.refused(filled, table, row, **{field: value}) == [f"{field}: {code}"]

    def test_an_empty_number_is_nothing_and_an_empty_text_is_empty(
        self, filled: Project, result: str
    ) -> None:
        assert change(filled, "result", result, mean_1="4,5", note="x").ok
        assert change(filled, "result", result, mean_1=" ", note="").ok
        row = filled.one(Result, result)
        assert (row.mean_1, row.note) == (None, "")
        assert change(filled, "outcome", "o1", importance="").ok
        assert filled.one(Outcome, "o1").importance is None

    def test_whole_numbers_are_kept_as_such(self, filled: Project) -> None:
        assert change(filled, "study", "s1", year="2014.0", randomised_1="1 200").ok
        study = filled.one(Study, "s1")
        assert (study.year, study.randomised_1) == (2014, 1200)
        assert isinstance(study.year, int)

    def test_two_studies_of_one_name(self, filled: Project) -> None:
        assert self.refused(filled, "study", "s2", label="Study 1") == ["label: same-name"]
        done = add(filled, "study", label="Study 1")
        assert "2014a and 2014b" in done.problems[0].remedy
        assert change(filled, "study", "s1", label="Study 1").ok

    def test_two_people_on_one_seat(self, filled: Project) -> None:
        done = add(filled, "person", role="a", name="Third")
        assert [problem.code for problem in done.problems] == ["seat-taken"]
        assert "There is already an assessor A: Name A." in done.problems[0].sentence
        assert add(filled, "person", role="arbiter", name="Third").ok
        assert add(filled, "person", role="arbiter", name="Fourth").ok
        assert len(filled.all(Person)) == 4

    def test_a_change_of_something_that_is_gone(self, filled: Project) -> None:
        assert self.refused(filled, "study", "nobody", label="x") == [": gone"]

    def test_a_paste_with_one_wrong_cell_writes_nothing(self, filled: Project) -> None:
        before = contents(filled.connection)
        done = paste_results(
            filled, "o1", {"s1": {"mean_1": "3,1"}, "s2": {"mean_1": "x", "sd_1": "1,500"}}
        )
        assert [(p.where, p.code) for p in done.problems] == [
            ("mean_1", "not-a-number"), ("sd_1", "ambiguous-number"),
        ]
        assert contents(filled.connection) == before

    @pytest.mark.parametrize("typed", ["Falls  at home ", "\tFalls  at home\n", "Falls  at home"])
    def test_names_have_no_blanks_at_their_ends(self, filled: Project, typed: str) -> None:
        assert change(filled, "outcome", "o1", label=typed).ok
        assert filled.one(Outcome, "o1").label == "Falls  at home"

    def test_a_title_may_be_anything(self, filled: Project) -> None:
        assert change(filled, "review", "review", title="1,234 <b> =A1").ok
        assert filled.one(Review, "review").title == "1,234 <b> =A1"


class TestNumbersTogether:
    def problems(self, **values: float) -> list[tuple[str, str]]:
        found = problems_of_result(Result(id="r", study="s", outcome="o", **values))
        assert all(problem.code == "impossible" for problem in found)
        assert all("left out until this is mended" in problem.remedy for problem in found)
        return [(problem.where, problem.sentence) for problem in found]

    def test_nothing_wrong(self) -> None:
        assert self.problems() == []
        assert self.problems(events_1=0, total_1=10, events_2=10, total_2=10) == []
        assert self.problems(effect=0.5, ci_low=0.5, ci_high=0.5, se=1e-9) == []

    def test_more_events_than_people(self) -> None:
        assert self.problems(events_2=11, total_2=10) == [
            ("events_2", "More events than people (11 of 10).")
        ]

    @pytest.mark.parametrize("sd", [0.0, -1.0])
    def test_a_standard_deviation_of_zero_or_less(self, sd: float) -> None:
        [(where, sentence)] = self.problems(mean_1=1, sd_1=sd, total_1=10)
        assert where == "sd_1"
        assert sentence == (
            f"A standard deviation of {sd:g} cannot be used: it must be above zero."
        )

    def test_nobody_in_an_arm_and_negative_events(self) -> None:
        assert [where for where, _s in self.problems(total_1=0, events_2=-1)] == [
            "total_1", "events_2",
        ]

    def test_a_standard_error_of_zero(self) -> None:
        assert self.problems(effect=1, se=0) == [("se", "A standard error must be above zero.")]

    def test_limits_in_the_wrong_order_and_an_estimate_outside(self) -> None:
        assert self.problems(effect=1, ci_low=2, ci_high=0) == [
            ("ci_low", "The lower limit is above the upper limit.")
        ]
        assert self.problems(effect=3, ci_low=0, ci_high=2) == [
            ("effect", "The estimate lies outside of its interval.")
        ]

    def test_only_what_the_measure_uses_is_looked_at(self) -> None:
        row = Result(id="r", study="s", outcome="o", sd_1=0, events_1=5, total_1=4)
        assert [p.where for p in problems_of_result(row, ("events_1", "total_1"))] == ["events_1"]

    def test_impossible_numbers_are_kept_while_typing_goes_on(
        self, filled: Project, result: str
    ) -> None:
        assert change(filled, "result", result, events_1="12", total_1="10", sd_1="0").ok
        row = filled.one(Result, result)
        assert (row.events_1, row.total_1, row.sd_1) == (12, 10, 0)
        assert {p.where for p in problems_of_result(row)} == {"events_1", "sd_1"}
        assert math.isfinite(row.sd_1)
