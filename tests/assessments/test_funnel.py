"""The funnel plot: places of studies, contours and limits, words where there are too few."""

from __future__ import annotations

import math

import pytest

from assessments.bodies import Gathered, gathered
from assessments.exports.figure_files import figures
from assessments.figures.figure import Area, Dot, Figure, Line, outside, texts
from assessments.figures.funnel import funnel, funnel_points
from assessments.figures.text_width import roomy_width, text_width
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.store.project_file import Project
from tests.conftest import done

# P = 0.10, 0.05 and 0.01 of the normal distribution, from printed tables
QUANTILES = (1.644854, 1.959964, 2.575829)


def fill(project: Project, count: int, measure: str = "MD") -> Gathered:
    """Give an outcome so many studies with known effects and standard errors."""
    outcome = project.all(Outcome)[0]
    done(change(project, "outcome", outcome.id, evidence="pooled"))
    done(change(project, "analysis", outcome.id, measure=measure, model="common"))
    ratio = measure == "RR"
    for number in range(count):
        study = str(add(project, "study", label=f"Reed {1990 + number}", design="rct").value)
        effect = (number % 5 - 2) * 0.2 - 0.3
        done(add(project, "result", study=study, outcome=outcome.id,
                 effect=math.exp(effect) if ratio else effect, se=0.1 + 0.05 * number))
    return gathered(project, project.all(Outcome)[0])


def drawn(found: Gathered) -> Figure:
    figure = funnel(found, text_width)
    assert figure is not None
    return figure


def scale(figure: Figure, found: Gathered) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return (offset, pixels per unit) across and down, read from two points of the figure."""
    assert found.pooled is not None
    points = funnel_points(found.pooled)
    dots = {one.said: one for one in figure.marks if isinstance(one, Dot)}
    first, last = points[0], max(points, key=lambda one: (one.estimate, one.se))
    a, b = dots[first.label], dots[last.label]
    across = (b.x - a.x) / (last.estimate - first.estimate)
    down = (b.y - a.y) / (last.se - first.se)
    return (a.x - across * first.estimate, across), (a.y - down * first.se, down)


@pytest.mark.parametrize("measure", ["MD", "RR"])
class TestPlaces:
    def test_every_study_stands_at_its_effect_and_standard_error(
        self, filled: Project, measure: str
    ) -> None:
        found = fill(filled, 12, measure)
        figure = drawn(found)
        (x0, across), (y0, down) = scale(figure, found)
        dots = {one.said: one for one in figure.marks if isinstance(one, Dot)}
        assert len(dots) == 12
        assert down > 0
        for number in range(12):
            dot = dots[f"Reed {1990 + number}"]
            assert dot.x == pytest.approx(x0 + across * ((number % 5 - 2) * 0.2 - 0.3))
            assert dot.y == pytest.approx(y0 + down * (0.1 + 0.05 * number))

    def test_contours_part_the_levels_of_significance(
        self, filled: Project, measure: str
    ) -> None:
        found = fill(filled, 12, measure)
        figure = drawn(found)
        (x0, across), (y0, down) = scale(figure, found)
        edges = {
            round(abs((x - x0) / across) / ((y - y0) / down), 4)
            for one in figure.marks if isinstance(one, Area) and len(one.corners) == 3
            for x, y in one.corners if y - y0 > 1 and abs(x - x0) > 1
        }
        assert edges
        assert all(any(abs(edge - known) < 2e-4 for known in QUANTILES) for edge in edges)

    def test_the_pseudo_limits_lean_on_the_pooled_effect(
        self, filled: Project, measure: str
    ) -> None:
        found = fill(filled, 12, measure)
        figure = drawn(found)
        assert found.pooled is not None
        (x0, across), (y0, down) = scale(figure, found)
        limits = [one for one in figure.marks if isinstance(one, Line)
                  and one.dash and one.x1 != one.x2 and one.y2 - one.y1 > 1]
        assert len(limits) == 2
        for one in limits:
            assert (one.x1 - x0) / across == pytest.approx(found.pooled.estimate)
            slope = ((one.x2 - one.x1) / across) / ((one.y2 - y0) / down)
            assert abs(slope) == pytest.approx(QUANTILES[1], abs=1e-5)


def test_names_stand_on_the_points_and_nothing_is_cut_off(filled: Project) -> None:
    figure = drawn(fill(filled, 12))
    assert figure.zones[0].said.startswith("Reed 1990: −0.70 [−0.90, −0.50], SE 0.10")
    assert [zone.key for zone in figure.zones] == [
        point.key for point in funnel_points(gathered(filled, filled.all(Outcome)[0]).pooled)
    ]
    for measure in (text_width, roomy_width):
        assert outside(figure, measure) == ()


@pytest.mark.parametrize(("count", "told"), [(9, True), (10, False)])
def test_below_ten_studies_it_says_that_asymmetry_is_not_to_be_tested(
    filled: Project, count: int, told: bool
) -> None:
    found = fill(filled, count)
    figure = drawn(found)
    assert ("not to be tested" in " ".join(texts(figure))) is told
    assert ("not to be tested" in figure.description) is told
    files = [name for name, _figure in figures(filled) if name.startswith("funnel")]
    assert len(files) == (0 if told else 1)


def test_two_studies_make_no_funnel(filled: Project) -> None:
    assert funnel(fill(filled, 2), text_width) is None


def test_a_proportion_has_no_contours(filled: Project) -> None:
    outcome = filled.all(Outcome)[0]
    done(change(filled, "outcome", outcome.id, evidence="pooled"))
    done(change(filled, "analysis", outcome.id, measure="PLO", model="random"))
    for number, events in enumerate((12, 30, 8, 22)):
        study = str(add(filled, "study", label=f"Reed {number}").value)
        done(add(filled, "result", study=study, outcome=outcome.id, events_1=events,
                 total_1=60 + 20 * number))
    figure = drawn(gathered(filled, filled.all(Outcome)[0]))
    assert not [one for one in figure.marks if isinstance(one, Area)]
    assert "P > 0.10" not in texts(figure)
