"""The table says what the specification says: every number, word, letter and gap."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.review_edits import add, change, decide, move
from assessments.store.project_file import Project, create
from assessments.summary_of_findings import SummaryOfFindings, build, numbers
from assessments.summary_of_findings.footnotes import Footnotes, letter_for
from assessments.summary_of_findings.wording import short_citation
from gradecore.absolute_effects import Interval
from tests.assessments.every_kind_of_row import CITATION, fill
from tests.assessments.settled_rating import settle
from tests.conftest import done


@pytest.fixture
def review(project: Project) -> Project:
    return fill(project)


@pytest.fixture(scope="module")
def only_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The same review, for tests that change nothing."""
    with create(tmp_path_factory.mktemp("review") / "Review.tandem") as project:
        yield fill(project)


def table_of(project: Project) -> SummaryOfFindings:
    (table,) = build(project)
    return table


def cells(project: Project, outcome: str, group: int = 0) -> tuple[str, str, str]:
    found = table_of(project).row(outcome).groups[group]
    return found.comparator.text, found.intervention.text, found.difference.text


class TestNumbers:
    @pytest.mark.parametrize(
        ("outcome", "expected"),
        [
            ("risk_ratio", ("186 per 1000", "167 per 1000 (158 to 177)",
                            "19 fewer per 1000 (28 fewer to 9 fewer)")),
            ("odds_ratio", ("389 per 1000", "280 per 1000 (219 to 351)",
                            "109 fewer per 1000 (170 fewer to 38 fewer)")),
            ("tiny", ("20 per 1000", "20 per 1000 (20 to 20)",
                      "<1 fewer per 1000 (<1 fewer to <1 more)")),
            ("rare", ("4 per 10\u00a0000", "2 per 10\u00a0000 (1 to 4)",
                      "2 fewer per 10\u00a0000 (3 fewer to <1 fewer)")),
            ("risk_difference", ("200 per 1000", "150 per 1000 (120 to 180)",
                                 "50 fewer per 1000 (80 fewer to 20 fewer)")),
            ("death", ("Event risk at 12 months: 200 per 1000", "145 per 1000 (115 to 182)",
                       "55 fewer per 1000 (85 fewer to 18 fewer)")),
            ("survival", ("Free of the event at 12 months: 800 per 1000",
                          "855 per 1000 (818 to 885)",
                          "55 more per 1000 (18 more to 85 more)")),
            ("falls", ("12.0 per 1000 person-years", "9.6 per 1000 person-years (7.8 to 11.9)",
                       "2.4 fewer per 1000 person-years (4.2 fewer to 0.1 fewer)")),
            ("pain", ("The mean was 40.0 points", "The mean was 38.8 points (37.5 to 40.0)",
                      "MD 1.2 points lower (2.5 lower to 0.0)")),
            ("mood", ("400 per 1000", "212 per 1000 (135 to 317)",
                      "188 fewer per 1000 (265 fewer to 83 fewer) in low mood; "
                      "OR 0.40 (0.23 to 0.70)\nSMD 0.50 lower (0.80 lower to 0.20 lower)")),
            ("function", ("–", "–", "About 6.0 points higher on the 0 to 100 scale (2.0 higher to "
                          "10.0 higher)\nSMD 0.30 higher (0.10 higher to 0.50 higher)")),
            ("costs", ("–", "–", "13% lower (20% lower to 5% lower)")),
            ("no_baseline", ("–", "Not estimable", "Not estimable")),
            ("harms", ("–", "–", "–")),
        ],
    )
    def test_absolute_effects(
        self, only_read: Project, outcome: str, expected: tuple[str, str, str]
    ) -> None:
        assert cells(only_read, outcome) == expected

    @pytest.mark.parametrize(
        ("outcome", "relative"),
        [
            ("risk_ratio", "RR 0.90 (0.85 to 0.95)"), ("death", "HR 0.70 (0.55 to 0.90)"),
            ("tiny", "RR 0.995 (0.980 to 1.020)"), ("falls", "Rate ratio 0.80 (0.65 to 0.99)"),
            ("costs", "RoM 0.87 (0.80 to 0.95)"), ("pain", "–"), ("mood", "–"),
            ("risk_difference", "–"), ("satisfaction", "–"), ("harms", "–"),
        ],
    )
    def test_relative_effects(self, only_read: Project, outcome: str, relative: str) -> None:
        assert table_of(only_read).row(outcome).relative.text == relative

    def test_risks_are_capped_at_everybody_and_it_is_said(self, only_read: Project) -> None:
        assert cells(only_read, "capped")[1] == "900 per 1000 (720 to 1000)"
        (letter,) = table_of(only_read).row("capped").groups[0].intervention.letters
        (note,) = [one for one in table_of(only_read).footnotes if one.letter == letter]
        assert "outside 0 to 1" in note.text

    def test_a_baseline_of_zero_gives_no_absolute_effect_but_a_reason(
        self, review: Project
    ) -> None:
        done(change(review, "outcome", "risk_ratio", baseline_risk=0))
        assert cells(review, "risk_ratio")[2] == "Not estimable"
        assert any("risk of 0" in one.text for one in table_of(review).footnotes)

    def test_several_baselines_share_one_outcome(self, only_read: Project) -> None:
        row = table_of(only_read).row("stroke")
        assert [one.label for one in row.groups] == ["Study population", "High-risk population"]
        assert cells(only_read, "stroke", 0)[2] == "50 fewer per 1000 (60 fewer to 40 fewer)"
        assert cells(only_read, "stroke", 1)[2] == "150 fewer per 1000 (180 fewer to 120 fewer)"

    def test_differences_come_from_unrounded_risks(self, review: Project) -> None:
        done(change(review, "outcome", "risk_ratio", baseline_risk=0.1864))
        assert cells(review, "risk_ratio")[:2] == ("186 per 1000", "168 per 1000 (158 to 177)")
        assert cells(review, "risk_ratio")[2].startswith("19 fewer per 1000")

    @pytest.mark.parametrize(
        ("value", "decimals", "text"),
        [(-0.32, 2, "−0.32"), (2.675, 2, "2.68"), (-2.5, 0, "−3"), (21030, 0, "21\u00a0030"),
         (7782, 0, "7782"), (-0.001, 2, "0.00"), (1234567.8, 1, "1\u00a0234\u00a0567.8"),
         (-1.5e15, 2, "−1.50 × 10¹⁵"), (1e300, 0, "1.00 × 10³⁰⁰"), (math.inf, 1, "∞"),
         (999_000_000_000_000.4, 0, "999\u00a0000\u00a0000\u00a0000\u00a0000")],
    )
    def test_numbers_as_text(self, value: float, decimals: int, text: str) -> None:
        assert numbers.number(value, decimals) == text

    @given(st.floats(-1e6, 1e6), st.integers(0, 3))
    def test_numbers_read_back_within_half_a_unit(self, value: float, decimals: int) -> None:
        read = float(numbers.number(value, decimals).replace("−", "-").replace("\u00a0", ""))
        assert abs(read - value) <= 0.5 * 10**-decimals + 1e-8

    @given(st.floats(-1, 1), st.floats(0, 0.5), st.floats(0, 0.5))
    def test_words_of_direction_agree_with_signs(
        self, estimate: float, below: float, above: float
    ) -> None:
        difference = Interval(estimate=estimate, low=estimate - below, high=estimate + above)
        text = numbers.difference_with_interval(difference, 1000)
        first = text.split(" (")[0]
        if estimate < 0:
            assert "fewer" in first
        if estimate > 0:
            assert "more" in first
        assert "-" not in text
        assert "−" not in text

    def test_intervals_of_another_level_say_so(self, review: Project) -> None:
        done(change(review, "published_estimate", "risk_ratio", ci_level=0.9))
        assert table_of(review).row("risk_ratio").relative.text == "RR 0.90 (90% CI 0.85 to 0.95)"


class TestWords:
    def test_participants_studies_and_where_they_are_from(self, only_read: Project) -> None:
        table = table_of(only_read)
        assert table.row("risk_ratio").participants.text == "12\u00a0345 (3 RCTs)\n(from Doe 2019)"
        assert table.row("stroke").participants.text.startswith("500 (1 observational study)")
        assert table.row("satisfaction").participants.text == "80 (2 RCTs)"
        assert table.row("harms").participants.text == "(0 studies)"

    def test_published_estimates_are_never_shown_as_calculated(self, only_read: Project) -> None:
        table = table_of(only_read)
        (note,) = [one for one in table.footnotes if "not recalculated" in one.text]
        assert CITATION in note.text
        assert note.letter in table.row("risk_ratio").participants.letters
        assert "pain" in note.outcomes

    def test_narrative_rows_count_directions_and_never_p_values(self, only_read: Project) -> None:
        text = table_of(only_read).row("satisfaction").text
        assert text is not None
        assert text.text == ("Two trials asked about it. Direction of effect: 2 favouring the "
                             "intervention, 0 favouring the comparison.")

    def test_gaps_are_rows(self, only_read: Project) -> None:
        row = table_of(only_read).row("harms")
        assert row.what_happens == row.comments == "No included study reported this outcome."
        assert row.certainty.symbols == "–"
        assert row.certainty.word == ""

    def test_details_name_scale_direction_and_what_matters(self, only_read: Project) -> None:
        row = table_of(only_read).row("pain")
        assert row.detail == "Scale 0 to 100, lower is better, MID 10 points"

    def test_heading_and_columns(self, only_read: Project) -> None:
        table = table_of(only_read)
        assert table.title == "Training compared with usual care for adults"
        assert dict(table.header)["Setting"] == "Clinics"
        assert (table.risk_comparator, table.risk_intervention) == (
            "Risk with usual care", "Risk with training"
        )

    def test_abbreviations_are_those_that_occur(self, review: Project) -> None:
        assert "HR: hazard ratio" in table_of(review).abbreviations
        for one in ("death", "survival"):
            done(change(review, "outcome", one, evidence="not_reported"))
        assert "HR" not in table_of(review).abbreviations

    def test_order_is_the_team_s(self, review: Project) -> None:
        done(move(review, "outcome", "harms", -100))
        assert table_of(review).rows[0].outcome.id == "harms"

    def test_more_than_seven_outcomes_are_remarked_upon(self, only_read: Project) -> None:
        assert any("more than seven" in one for one in table_of(only_read).remarks)

    @pytest.mark.parametrize(
        ("source", "short"),
        [(CITATION, "Doe 2019"), ("Our own files", "Our own files"),
         ("O'Neil P. Invented 1998", "O'Neil 1998")],
    )
    def test_citations_are_shortened_to_author_and_year(self, source: str, short: str) -> None:
        assert short_citation(source) == short


class TestFootnotes:
    def test_letters_go_on_after_z(self) -> None:
        letters = [letter_for(place) for place in (0, 25, 26, 27, 51, 52, 701, 702)]
        assert letters == ["a", "z", "aa", "ab", "az", "ba", "zz", "aaa"]

    def test_the_same_words_share_a_letter(self) -> None:
        notes = Footnotes()
        assert notes.cell("x", "One.", "Two.").letters == ("a", "b")
        assert notes.cell("y", "two. ", "", "Three.").letters == ("b", "c")
        assert [one.letter for one in notes.all] == ["a", "b", "c"]

    def test_letters_come_in_reading_order_and_all_are_used(self, only_read: Project) -> None:
        table = table_of(only_read)
        seen: list[str] = []
        for row in table.rows:
            cells = [row.name]
            cells += [row.text] if row.text else []
            for group in row.groups:
                cells += [group.comparator, group.intervention, group.difference]
            cells += [row.relative, row.participants]
            for cell in cells:
                seen += [one for one in cell.letters if one not in seen]
            seen += [one for one in row.certainty.letters if one not in seen]
        assert seen == [one.letter for one in table.footnotes]
        assert seen == [letter_for(place) for place in range(len(seen))]


class TestCertainty:
    def test_nothing_is_shown_before_it_is_settled(self, review: Project) -> None:
        settle(review, "risk_ratio", final=False)
        review.seat = "person-a"
        row = table_of(review).row("risk_ratio")
        assert row.certainty.level is None
        assert row.certainty.word == "Not rated yet"
        assert row.statement.text == ""

    def test_settled_levels_come_with_symbols_word_and_reasons(self, review: Project) -> None:
        settle(review, "risk_ratio", imprecision="The interval includes 9 and 28 fewer events.")
        table = table_of(review)
        row = table.row("risk_ratio")
        assert (row.certainty.symbols, row.certainty.word) == ("⊕⊕⊕◯", "Moderate")
        (letter,) = row.certainty.letters
        (note,) = [one for one in table.footnotes if one.letter == letter]
        assert note.kind == "explanation"
        assert note.text == ("Imprecision: rated down one level. The interval includes 9 and 28 "
                             "fewer events.")
        assert row.statement.text == "Training probably reduces risk ratio."

    def test_progress_and_draft(self, review: Project) -> None:
        before = table_of(review)
        assert before.draft
        assert before.rated == 0
        assert before.to_rate == len(before.rows) - 1
        settle(review, "risk_ratio")
        assert table_of(review).rated == 1
        assert table_of(review).missing[0] == f"1 of {before.to_rate} outcomes rated"

    def test_a_rating_is_out_of_date_when_its_numbers_change(self, review: Project) -> None:
        settle(review, "risk_ratio")
        done(change(review, "published_estimate", "risk_ratio", estimate=0.7, ci_low=0.6))
        table = table_of(review)
        assert table.row("risk_ratio").changed
        assert table.rated == 0
        assert any("changed since it was rated" in one for one in table.missing)

    def test_other_symbols_on_request(self, review: Project) -> None:
        settle(review, "risk_ratio")
        done(decide(review, "symbol_style", "text"))
        assert table_of(review).row("risk_ratio").certainty.symbols == "+++o"

    def test_edited_statements_are_flagged_and_outdated_ones_told(self, review: Project) -> None:
        settle(review, "risk_ratio")
        generated = table_of(review).row("risk_ratio").statement.generated
        done(change(review, "outcome", "risk_ratio", statement="Our words.",
                    statement_from=generated))
        found = table_of(review).row("risk_ratio").statement
        assert (found.text, found.edited, found.outdated) == ("Our words.", True, False)
        done(change(review, "comparison", "c1", intervention="Coaching"))
        found = table_of(review).row("risk_ratio").statement
        assert found.outdated
        assert found.generated == "Coaching probably reduces risk ratio."


def test_one_table_for_each_comparison(review: Project) -> None:
    done(add(review, "comparison", intervention="Rest", comparator="Training"))
    first, second = build(review)
    assert (first.number, second.number) == (1, 2)
    assert second.rows == ()
    assert second.draft


def test_computed_comparator_risks_are_medians_with_their_source(project: Project) -> None:
    done(add(project, "comparison", id="c1", intervention="Training", comparator="Usual care"))
    done(add(project, "outcome", id="o1", comparison="c1", label="Falls", evidence="pooled"))
    done(change(project, "analysis", "o1", measure="RR", model="random"))
    for number, (first, second) in enumerate(((4, 10), (6, 20), (10, 40)), start=1):
        done(add(project, "study", id=f"s{number}", label=f"Study {number}", design="rct"))
        done(add(project, "result", study=f"s{number}", outcome="o1", events_1=first,
                 total_1=100, events_2=second, total_2=100))
    row = table_of(project).row("o1")
    assert row.groups[0].comparator.text == "200 per 1000"
    (note,) = [one for one in table_of(project).footnotes if "Assumed risk" in one.text]
    assert "median of the comparator groups of the 3 studies" in note.text
    assert "range 10.0% to 40.0%" in note.text
    assert row.participants.text == "600 (3 RCTs)"


def test_the_source_of_a_mid_is_a_footnote_that_outcomes_share(review: Project) -> None:
    for name in ("pain", "mood"):
        done(change(review, "outcome", name, mid=10, mid_source="Panel of patients."))
    table = build(review)[0]
    rows = {row.outcome.id: row for row in table.rows}
    letters = rows["pain"].name.letters
    assert letters == rows["mood"].name.letters
    assert rows["risk_ratio"].name.letters == ()
    said = {one.letter: one.text for one in table.footnotes}
    assert said[letters[0]] == (
        "Source of the minimal important difference (MID): Panel of patients."
    )
