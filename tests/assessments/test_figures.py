"""Figures as marks: every number is there, every judgement has its word, nothing is cut off."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bodies import pooled
from assessments.exports.figure_files import figures
from assessments.figures.axis import axis_for
from assessments.figures.figure import Arrow, Box, Diamond, Dot, Figure, Line, Text, outside, texts
from assessments.figures.forest import forest
from assessments.figures.risk_of_bias_bars import risk_of_bias_bars
from assessments.figures.svg import svg
from assessments.figures.text_width import roomy_width, text_width, wrapped
from assessments.figures.traffic_light import traffic_light
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.risk_of_bias_matrix import matrices
from assessments.samples import build
from assessments.samples.founding import facts
from assessments.store.project_file import Project
from tests.conftest import done


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with build("invented", tmp_path_factory.mktemp("samples") / "i.tandem") as project:
        yield project


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with build("founding", tmp_path_factory.mktemp("samples") / "f.tandem") as project:
        yield project


def cancelled(project: Project) -> Outcome:
    (found,) = [one for one in project.all(Outcome) if one.label == "Cancelled performance"]
    return found


def forest_of(project: Project, outcome: Outcome) -> Figure:
    found = forest(project, outcome, text_width)
    assert found is not None
    return found


def marks(figure: Figure, kind: type) -> list:
    return [one for one in figure.marks if isinstance(one, kind)]


class TestForest:
    def test_every_study_has_its_numbers_and_weight(self, invented: Project) -> None:
        outcome = cancelled(invented)
        words = texts(forest_of(invented, outcome))
        estimate = pooled(invented, outcome)
        assert estimate is not None
        for study in estimate.studies:
            assert study.label in words
            assert f"{study.weight:.1f}%" in words
        assert "5 / 31" in words
        assert "Favours breathing lessons" in words

    def test_squares_grow_with_weight_and_stand_at_the_effect(self, invented: Project) -> None:
        outcome = cancelled(invented)
        figure, estimate = forest_of(invented, outcome), pooled(invented, outcome)
        assert estimate is not None
        squares = marks(figure, Box)
        assert len(squares) == len(estimate.studies)
        for square, study in zip(squares, estimate.studies, strict=True):
            assert square.width == pytest.approx(min(16, 4.5 + 1.7 * math.sqrt(study.weight)))
        centres = [one.x + one.width / 2 for one in squares]
        order = sorted(range(len(centres)), key=lambda one: centres[one])
        effects = [estimate.studies[one].natural_estimate for one in order]
        assert effects == sorted(effects)

    def test_the_diamond_spans_the_interval_of_the_table(self, invented: Project) -> None:
        figure = forest_of(invented, cancelled(invented))
        (diamond,) = marks(figure, Diamond)
        assert diamond.left < diamond.middle < diamond.right
        assert "0.54 [0.39, 0.75]" in texts(figure)
        dashed = [one for one in marks(figure, Line) if one.dash]
        assert [one.x1 for one in dashed] == [pytest.approx(diamond.middle)]

    def test_intervals_beyond_the_axis_end_in_an_arrow(self, invented: Project) -> None:
        arrows = marks(forest_of(invented, cancelled(invented)), Arrow)
        assert [one.direction for one in arrows] == [-1]

    def test_settled_judgements_stand_beside_the_studies(self, invented: Project) -> None:
        figure = forest_of(invented, cancelled(invented))
        rows = [one for one in marks(figure, Dot) if one.diameter == 18]
        assert len(rows) == 7 * 6
        assert {"Low", "Some concerns", "High"} == {one.said for one in rows}
        assert {"D1", "D5", "All"} <= set(texts(figure))

    def test_unsettled_judgements_are_open_circles(self, invented: Project) -> None:
        bare = [one for one in invented.all(Outcome) if one.label == "Enjoyment of singing"]
        figure = forest_of(invented, bare[0])
        assert marks(figure, Dot) == []
        assert "Risk of bias" not in texts(figure)

    def test_one_study_is_shown_without_pooling(self, filled: Project) -> None:
        _result(filled, "s1", 4, 8)
        figure = forest_of(filled, filled.all(Outcome)[0])
        assert "No pooling with one study" in texts(figure)
        assert marks(figure, Diamond) == []

    def test_what_is_left_out_stays_in_sight(self, filled: Project) -> None:
        _result(filled, "s1", 4, 8)
        _result(filled, "s2", 3, 9, included=0, left_out_reason="Other population")
        figure = forest_of(filled, filled.all(Outcome)[0])
        assert {"Study 2", "Other population"} <= set(texts(figure))
        assert len(marks(figure, Box)) == 1

    def test_nothing_to_pool_gives_no_figure(self, filled: Project) -> None:
        assert forest(filled, filled.all(Outcome)[0], text_width) is None


def _result(project: Project, study: str, first: int, second: int, **more: object) -> None:
    done(change(project, "outcome", "o1", evidence="pooled"))
    done(change(project, "analysis", "o1", measure="RR", model="random"))
    done(add(project, "result", study=study, outcome="o1", events_1=first, total_1=50,
             events_2=second, total_2=50, **more))


class TestRiskOfBias:
    def test_the_traffic_light_has_all_published_judgements(self, founding: Project) -> None:
        (matrix,) = matrices(founding)
        figure = traffic_light(matrix, text_width)
        dots = [one for one in marks(figure, Dot) if one.diameter == 18]
        assert len(dots) == 154
        assert all(one.said for one in dots)
        expected: Counter[str] = Counter()
        for counts in facts()["rob_counts"].values():
            expected.update(counts)
        assert Counter(one.role for one in dots) == expected
        assert "Judgements as published." in texts(figure)

    def test_the_bars_have_the_published_counts(self, founding: Project) -> None:
        (matrix,) = matrices(founding)
        figure = risk_of_bias_bars(matrix, text_width)
        for zone in figure.zones:
            counts = facts()["rob_counts"][zone.key]
            for level, count in counts.items():
                assert f"{level.capitalize()} {count}" in zone.said
        widths: dict[float, float] = {}
        for one in marks(figure, Box):
            widths[one.y] = widths.get(one.y, 0.0) + one.width
        assert list(widths.values()) == pytest.approx([420.0] * 7)

    def test_a_level_is_never_told_by_colour_alone(self, founding: Project) -> None:
        (matrix,) = matrices(founding)
        for figure in (traffic_light(matrix, text_width), risk_of_bias_bars(matrix, text_width)):
            assert {"Low", "Unclear", "High"} <= set(texts(figure))


@pytest.mark.parametrize("measure", [text_width, roomy_width])
def test_no_word_is_cut_off_and_every_figure_is_well_formed(
    measure: object, invented: Project, founding: Project
) -> None:
    found = [*figures(invented), *figures(founding)]
    assert len(found) == 7
    for name, figure in found:
        assert outside(figure, text_width) == (), name
        assert figure.title
        assert figure.description
        root = ET.fromstring(svg(figure))  # our own file, just made
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        written = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
        assert written == [one.text for one in marks(figure, Text)]
        assert svg(figure) == svg(figure)


class TestAxis:
    @given(
        st.lists(st.floats(0.01, 100), min_size=1, max_size=20),
        st.lists(st.floats(0.001, 1000), max_size=20),
    )
    def test_log_axes_hold_all_estimates_and_no_effect(
        self, estimates: list[float], limits: list[float]
    ) -> None:
        axis = axis_for(estimates, limits, null=1.0, log=True, ends=(100.0, 400.0))
        for one in [*estimates, 1.0]:
            assert axis.beyond(one) == 0
            assert 100.0 <= axis.position(one) <= 400.0
        ordered = sorted(estimates)
        assert all(axis.position(a) <= axis.position(b) for a, b in pairwise(ordered))
        assert len(axis.ticks) <= 12
        assert all(axis.low <= one <= axis.high for one in axis.ticks)

    @given(
        st.lists(st.floats(-50, 50), min_size=1, max_size=20),
        st.lists(st.floats(-500, 500), max_size=20),
    )
    def test_linear_axes_do_too(self, estimates: list[float], limits: list[float]) -> None:
        axis = axis_for(estimates, limits, null=0.0, log=False, ends=(0.0, 260.0))
        assert all(axis.beyond(one) == 0 for one in [*estimates, 0.0])
        assert 1 <= len(axis.ticks) <= 7
        assert list(axis.ticks) == sorted(axis.ticks)

    def test_what_lies_beyond_stands_at_the_end(self) -> None:
        axis = axis_for([1.0, 2.0], [1e-9, 1e9], null=1.0, log=True, ends=(0.0, 100.0))
        assert (axis.beyond(1e-9), axis.beyond(1e9)) == (-1, 1)
        assert (axis.position(1e-9), axis.position(1e9)) == (0.0, 100.0)


class TestTextWidth:
    def test_widths_follow_the_metrics_of_the_font(self) -> None:
        assert text_width("0000", 1000) == 4 * 556
        assert text_width("é", 10) == text_width("e", 10)
        assert text_width("word", 12, True) > text_width("word", 12)

    @given(st.text("abc defg\n", max_size=80), st.floats(20, 200))
    def test_wrapping_loses_nothing_and_fits(self, text: str, width: float) -> None:
        lines = wrapped(text, width, 12)
        assert all(text_width(one, 12) <= width or len(one) == 1 for one in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
