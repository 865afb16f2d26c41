"""The small drawings beside a rating, and what of a body is remembered while people rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessments.assessment import Unit, answer, judge
from assessments.consensus import reopen_consensus
from assessments.figures.axis import tick_words
from assessments.figures.figure import Area, Box, Diamond, Dot, Line, Text, outside
from assessments.figures.weight_bar import Share, weight_bar
from assessments.figures.zone_plot import ZoneRow, ZoneScale, zone_plot
from assessments.rating import unit_of
from assessments.rating_facts import facts_of
from assessments.rating_pictures import (
    absolute_picture,
    consistency_picture,
    weight_shares,
    zone_names,
)
from assessments.review import Outcome, Person, Result
from assessments.review_edits import change
from assessments.samples import build
from assessments.store.project_file import Project
from gradecore.absolute_effects import Interval
from gradecore.grade.facts import Fact, Facts
from tests.conftest import done

ROW = ZoneRow(key="one", label="95% CI", text="−8 (−12 to −3)",
              interval=Interval(estimate=-8, low=-12, high=-3))
SCALE = ZoneScale(thresholds=(-5.0, 5.0), names=zone_names(2, -1), null=0.0, good=-1)


def measure(text: str, size: float, bold: bool) -> float:
    """Return a width that is generous for any font."""
    return len(text) * size * 0.62


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    """The invented review, with A sitting here."""
    with build("invented", tmp_path / "sample.tandem") as project:
        project.seat = next(one.id for one in project.all(Person) if one.role == "a")
        yield project


def outcome_called(project: Project, label: str) -> Outcome:
    """Return an outcome by its name."""
    return next(one for one in project.all(Outcome) if one.label == label)


@pytest.mark.parametrize("width", [240.0, 520.0, 1100.0])
def test_weights_fill_the_bar_in_their_shares(width: float) -> None:
    shares = (Share(role="low", label="Low", share=0.5),
              Share(role="some", label="Some concerns", share=0.25),
              Share(role="high", label="High", share=0.25))
    figure = weight_bar(shares, "Weight", width, measure)
    boxes = [one for one in figure.marks if isinstance(one, Box)]
    assert [one.role for one in boxes] == ["low", "some", "high"]
    assert boxes[0].width == pytest.approx(2 * boxes[1].width)
    assert boxes[-1].x + boxes[-1].width == pytest.approx(width)
    assert outside(figure, measure) == ()
    assert figure.description == "Low 50%, Some concerns 25%, High 25%"


@pytest.mark.parametrize("width", [260.0, 560.0, 1200.0])
def test_an_interval_stands_where_its_numbers_are(width: float) -> None:
    figure = zone_plot((ROW,), SCALE, "Zones", width, measure)
    diamond = next(one for one in figure.marks if isinstance(one, Diamond))
    dashed = sorted(one.x1 for one in figure.marks if isinstance(one, Line) and one.dash)
    assert diamond.left < dashed[0] < diamond.right < dashed[1]
    assert diamond.left < diamond.middle < dashed[0]
    assert figure.description == (
        "95% CI: −8 (−12 to −3) (important benefit – little or no)")
    assert outside(figure, measure) == ()


def test_a_long_name_of_a_risk_leaves_room_for_the_picture_and_keeps_its_number() -> None:
    long = "People older than 80 years who have fallen before and live alone: 400"
    figure = zone_plot((replace(ROW, label=long),), SCALE, "Zones", 480.0, measure)
    label = next(one for one in figure.marks if isinstance(one, Text) and one.x == 0)
    assert label.text.startswith("People")
    assert label.text.endswith("…: 400")
    area = next(one for one in figure.marks if isinstance(one, Area))
    assert measure(label.text, label.size, False) < min(x for x, _y in area.corners)
    assert long in figure.zones[0].said


def test_the_good_side_follows_from_the_direction() -> None:
    assert zone_names(2, -1) == ("important benefit", "little or no", "important harm")
    assert zone_names(2, 1) == ("important harm", "little or no", "important benefit")
    assert zone_names(1, 1) == ("harm", "benefit")
    assert zone_names(6, -1) == (
        "large benefit", "moderate benefit", "small benefit", "trivial", "small harm",
        "moderate harm", "large harm")
    assert zone_names(2, 0) == ("lower", "little or no", "higher")


def test_pictures_show_the_numbers_of_the_table(sample: Project) -> None:
    outcome = outcome_called(sample, "Cancelled performance")
    shares = weight_shares(facts_of(sample, outcome.id))
    assert sum(one.share for one in shares) == pytest.approx(1.0)
    rows, scale = absolute_picture(sample, outcome) or ((), SCALE)
    assert scale.thresholds == pytest.approx((-30.0, 30.0))
    assert rows[0].text == "97 fewer per 1000 (129 fewer to 52 fewer)"
    assert rows[0].interval is not None
    assert rows[0].interval.estimate == pytest.approx(-97, abs=0.5)
    rows, scale = consistency_picture(sample, outcome) or ((), SCALE)
    assert [one.key for one in rows] == ["studies", "estimate", "prediction"]
    assert len(rows[0].points) == 7
    assert sum(share for _value, share in rows[0].points) == pytest.approx(1.0)
    figure = zone_plot(rows, scale, "Zones", 560.0, measure)
    assert sum(isinstance(one, Dot) for one in figure.marks) == 7


def test_what_people_rate_leaves_the_facts_and_what_they_rest_on_moves_them(
    sample: Project,
) -> None:
    outcome = outcome_called(sample, "Enjoyment of singing")
    before = facts_of(sample, outcome.id)
    done(judge(sample, unit_of(outcome.id), "rob", "serious"))
    done(answer(sample, unit_of(outcome.id), "rob", "ack/ROB-1", "reason"))
    assert facts_of(sample, outcome.id) is before
    result = sample.all(Result, outcome=outcome.id)[0]
    done(change(sample, "result", result.id, mean_1=(result.mean_1 or 0) + 5))
    after = facts_of(sample, outcome.id)
    assert after.number("estimate") != before.number("estimate")
    settled = outcome_called(sample, "Cancelled performance")


    one = sample.all(Result, outcome=settled.id)[0]
    shares = weight_shares(facts_of(sample, settled.id))
    done(reopen_consensus(
        sample, Unit(instrument="rob2-parallel", kind="result", id=one.id), "Look again"))
    reopened = weight_shares(facts_of(sample, settled.id))
    assert "no_information" not in {share.role for share in shares if share.share}
    assert "no_information" in {share.role for share in reopened if share.share}


def test_an_interval_capped_to_one_value_is_still_drawn() -> None:
    """A risk of 90% and a very large RR: 100 more per 1000, and neither limit is elsewhere."""
    row = replace(ROW, interval=Interval(estimate=100, low=100, high=100))
    figure = zone_plot((row,), SCALE, "Zones", 560.0, measure)
    diamond = next(one for one in figure.marks if isinstance(one, Diamond))
    assert diamond.right - diamond.left == pytest.approx(5)
    assert diamond.left < diamond.middle < diamond.right


def test_the_interval_is_called_by_its_level_and_the_axis_by_its_measure(
    sample: Project,
) -> None:
    outcome = outcome_called(sample, "Cancelled performance")
    done(change(sample, "analysis", outcome.id, level=0.9, measure="PETO"))
    rows, scale = consistency_picture(sample, outcome)
    assert [one.label for one in rows if one.key == "estimate"] == ["90% CI"]
    assert scale.axis == "Peto OR"


def test_what_has_no_information_is_not_called_unsettled() -> None:
    facts = Facts(known=(
        Fact(key="w_low", label="", value=0.4, display=""),
        Fact(key="w_open", label="", value=0.6, display=""),
    ))
    assert [one.label for one in weight_shares(facts)] == ["Low", "Not settled"]
    told = Fact(key="rob_uninformed", label="", value=True, display="")
    assert [one.label for one in weight_shares(Facts(known=(*facts.known, told)))] == [
        "Low", "No information"
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.00005, "0.00005"), (-0.0002, "−0.0002"), (0.1 + 0.2, "0.3"), (0.0, "0"),
        (20.0, "20"), (100000.0, "100\u00a0000"),
    ],
)
def test_ticks_have_the_decimals_they_stand_for(value: float, words: str) -> None:
    assert tick_words(value) == words
