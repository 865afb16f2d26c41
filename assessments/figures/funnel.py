"""The funnel plot: effects against their standard errors, with contours of significance.

The standard error grows downwards. Contours tell where a study's own test of no effect has
P above 0.1, down to 0.05, down to 0.01, and below: studies missing where results are not
significant point to missing results, studies missing elsewhere to other causes (Peters 2008,
doi:10.1016/j.jclinepi.2007.11.010). The dashed funnel holds, around the pooled effect, the share
of studies that the level of the plan says if there were no heterogeneity.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

from assessments.bodies import Gathered
from assessments.figures.axis import Axis, axis_for, tick_words
from assessments.figures.figure import (
    Area,
    Box,
    Dot,
    Figure,
    Line,
    Mark,
    Text,
    TextWidth,
    Zone,
)
from assessments.figures.forest_rows import effect_words, shown_decimals
from assessments.figures.text_width import wrapped
from assessments.language import _, counted
from assessments.small_study_tests import ADVISED_FROM
from assessments.summary_of_findings import numbers
from gradecore.absolute_effects import Interval
from gradecore.measures import MEASURES
from gradecore.results import PooledEstimate, StudyEffect

_WIDTH, _LEFT, _RIGHT, _TOP, _DEEP = 640.0, 70.0, 18.0, 20.0, 300.0
_DOT = 9.0
_CONTOURS = ((0.10, 0.05, 0.42), (0.05, 0.01, 0.20))
"""Upper and lower P of a band, and how strongly it is shaded; what is below is shaded least."""
_OUTSIDE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One study: its effect in words, its standard error (analysis scale), its own P, its place.

    ``p`` is None where the measure has no value of no effect.
    """

    key: str
    label: str
    effect: str
    estimate: float
    se: float
    p: float | None


def funnel_points(pooled: PooledEstimate) -> tuple[FunnelPoint, ...]:
    """Return the studies that were pooled, the most precise first."""
    decimals = shown_decimals(pooled)
    found = [_point(one, pooled.measure, decimals) for one in pooled.studies if one.estimable]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.se))


def _point(one: StudyEffect, measure: str, decimals: int) -> FunnelPoint | None:
    if one.estimate is None or not one.se:
        return None
    kind = MEASURES[measure]
    words = ""
    if (
        one.natural_estimate is not None
        and one.natural_ci_lower is not None
        and one.natural_ci_upper is not None
    ):
        words = effect_words(
            Interval(estimate=one.natural_estimate, low=one.natural_ci_lower,
                     high=one.natural_ci_upper), measure, decimals,
        )
    z = abs(one.estimate - kind.analysis_null) / one.se
    return FunnelPoint(
        key=one.key, label=one.label, effect=words, estimate=one.estimate, se=one.se,
        p=None if kind.null is None else 2 * (1 - NormalDist().cdf(z)),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where values stand: ``x`` of an effect on the analysis scale, ``y`` of a standard error."""

    across: Axis
    down: Axis
    shown: Callable[[float], float]
    ends: tuple[float, float]

    def x(self, value: float) -> float:
        return self.across.position(self.shown(value))

    def y(self, se: float) -> float:
        return self.down.position(se)

    @property
    def deepest(self) -> float:
        return self.down.high

    def edge(self, apex: float, slope: float) -> tuple[float, float]:
        """Return where a line from the apex leaves the plot, at its foot or at its side."""
        end = apex + slope * self.deepest
        limit = self.ends[1] if slope > 0 else self.ends[0]
        if (end - limit) * slope <= 0:
            return self.x(end), self.y(self.deepest)
        return self.x(limit), self.y((limit - apex) / slope)


def funnel(found: Gathered, text_width: TextWidth) -> Figure | None:
    """Return the funnel plot of an analysis, None with fewer than three studies."""
    pooled = found.pooled
    if pooled is None or pooled.estimate is None:
        return None
    points = funnel_points(pooled)
    if len(points) < 3:
        return None
    place = _place(pooled, points)
    marks = [*_contours(pooled, place), *_lines(pooled, place)]
    marks += [Dot(x=place.x(one.estimate), y=place.y(one.se), diameter=_DOT, role="accent",
                  said=one.label) for one in points]
    marks += _axes(pooled, place)
    legend, height = _legend(pooled, len(points), text_width)
    return Figure(
        width=_WIDTH, height=height, marks=(*marks, *legend),
        title=_("Funnel plot: {outcome}").format(outcome=found.outcome.label),
        description=_description(pooled, points),
        zones=tuple(_zone(one, place) for one in points),
    )


def _place(pooled: PooledEstimate, points: tuple[FunnelPoint, ...]) -> _Place:
    kind = MEASURES[pooled.measure]
    # ratios keep their logarithmic axis; other scales are laid out as they are analysed
    shown = kind.natural if kind.ratio else float
    deepest = max(one.se for one in points) * 1.06
    reach = _z(pooled.plan.level) * deepest
    middle = float(pooled.estimate or 0.0)
    across = axis_for(
        [shown(one.estimate) for one in points], [shown(middle - reach), shown(middle + reach)],
        null=None if kind.null is None else shown(kind.analysis_null), log=kind.ratio,
        ends=(_LEFT, _WIDTH - _RIGHT),
    )
    back = kind.analysis if kind.ratio else float
    return _Place(
        across, Axis(low=0.0, high=deepest, left=_TOP, right=_TOP + _DEEP, log=False),
        shown, (back(across.low), back(across.high)),
    )


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _contours(pooled: PooledEstimate, place: _Place) -> list[Mark]:
    kind = MEASURES[pooled.measure]
    if kind.null is None:
        return []
    null = kind.analysis_null
    left, right = place.across.left, place.across.right
    whole = ((left, _TOP), (right, _TOP), (right, _TOP + _DEEP), (left, _TOP + _DEEP))
    marks: list[Mark] = [Area(corners=whole, role="control", opacity=_OUTSIDE)]
    for upper, lower, strength in reversed(_CONTOURS):
        slopes = (_z(1 - upper), _z(1 - lower))
        marks += [
            mark for side in (-1, 1)
            for mark in _band(place, null, (side * slopes[0], side * slopes[1]), strength)
        ]
    inner = _z(1 - _CONTOURS[0][0])
    for side in (-1, 1):
        marks.append(Area(corners=_wedge(place, null, (0.0, side * inner)), role="surface"))
    return marks


def _band(
    place: _Place, null: float, slopes: tuple[float, float], strength: float
) -> tuple[Mark, Mark]:
    """Return a band on clean ground, so that shades do not add up."""
    corners = _wedge(place, null, slopes)
    return (Area(corners=corners, role="surface"),
            Area(corners=corners, role="control", opacity=strength))


def _wedge(
    place: _Place, apex: float, slopes: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Return the corners between two lines from the apex, cut off at the edge of the plot."""
    inner, outer = slopes
    foot = place.y(place.deepest)
    first = place.edge(apex, inner) if inner else (place.x(apex), foot)
    last = place.edge(apex, outer)
    corners = [(place.x(apex), place.y(0.0)), first]
    if first[1] == foot and last[1] != foot:
        corners.append((last[0], foot))
    return (*corners, last)


def _lines(pooled: PooledEstimate, place: _Place) -> list[Mark]:
    kind, middle = MEASURES[pooled.measure], float(pooled.estimate or 0.0)
    top, foot = place.y(0.0), place.y(place.deepest)
    marks: list[Mark] = []
    if kind.null is not None:
        x = place.x(kind.analysis_null)
        marks.append(Line(x1=x, y1=top, x2=x, y2=foot, role="text-3"))
    x = place.x(middle)
    marks.append(Line(x1=x, y1=top, x2=x, y2=foot, role="accent", width=1.4, dash=(4.0, 3.0)))
    for side in (-1, 1):
        end = place.edge(middle, side * _z(pooled.plan.level))
        marks.append(Line(x1=x, y1=top, x2=end[0], y2=end[1], role="text-2", dash=(5.0, 3.0)))
    return marks


def _axes(pooled: PooledEstimate, place: _Place) -> list[Mark]:
    kind, foot = MEASURES[pooled.measure], _TOP + _DEEP
    left, right = place.across.left, place.across.right
    marks: list[Mark] = [
        Line(x1=left, y1=foot, x2=right, y2=foot, role="text-2"),
        Line(x1=left, y1=_TOP, x2=left, y2=foot, role="text-2"),
    ]
    for value in place.across.ticks:
        x = place.across.position(value)
        said = value if kind.ratio else kind.natural(value)
        marks.append(Line(x1=x, y1=foot, x2=x, y2=foot + 4, role="text-2"))
        marks.append(Text(x=x, y=foot + 18, text=tick_words(float(f"{said:.4g}")),
                          size=12, anchor="middle", role="text-2"))
    for value in place.down.ticks:
        y = place.y(value)
        marks.append(Line(x1=left - 4, y1=y, x2=left, y2=y, role="text-2"))
        marks.append(Text(x=left - 8, y=y + 4, text=tick_words(value), size=12,
                          anchor="end", role="text-2"))
    scale = _("Standard error of the logarithm") if kind.ratio else _("Standard error")
    marks.append(Text(x=18, y=_TOP + _DEEP / 2, text=scale, size=12, anchor="middle",
                      role="text-2", turned=True))
    marks.append(Text(x=(left + right) / 2, y=foot + 38, text=kind.name, bold=True,
                      anchor="middle"))
    return marks


def _legend(
    pooled: PooledEstimate, count: int, text_width: TextWidth
) -> tuple[list[Mark], float]:
    """Return the words below the plot and the height of the whole figure."""
    y, marks = _TOP + _DEEP + 62, []
    at = _LEFT
    for said, mark in _explained(pooled):
        wide = 30 + text_width(said, 12, False)
        if at > _LEFT and at + wide > _WIDTH - _RIGHT:
            at, y = _LEFT, y + 20
        marks += [*mark(at, y), Text(x=at + 24, y=y, text=said, size=12, role="text-2")]
        at += wide + 14
    if count < ADVISED_FROM:
        y += 4
        for line in wrapped(too_few_words(count), 0.9 * (_WIDTH - _LEFT - _RIGHT), 12):
            y += 18
            marks.append(Text(x=_LEFT, y=y, text=line, size=12))
    return marks, y + 16


_Sample = Callable[[float, float], list[Mark]]


def _explained(pooled: PooledEstimate) -> list[tuple[str, _Sample]]:
    level = numbers.plain_number(pooled.plan.level * 100)
    found: list[tuple[str, _Sample]] = []
    if MEASURES[pooled.measure].null is not None:
        found += [
            (_("P > 0.10"), _box(0.0)),
            (_("0.05 < P ≤ 0.10"), _box(_CONTOURS[0][2])),
            (_("0.01 < P ≤ 0.05"), _box(_CONTOURS[1][2])),
            (_("P ≤ 0.01"), _box(_OUTSIDE)),
        ]
    return [
        *found,
        (_("pooled effect"), _stroke("accent", (4.0, 3.0))),
        (_("pseudo {level}% limits").format(level=level), _stroke("text-2", (5.0, 3.0))),
    ]


def _box(strength: float) -> _Sample:
    def sample(x: float, y: float) -> list[Mark]:
        shade: list[Mark] = [
            Box(x=x, y=y - 10, width=16, height=11, role="control", opacity=strength)
        ] if strength else []
        return [*shade, Box(x=x, y=y - 10, width=16, height=11, role="", rim="control")]

    return sample


def _stroke(role: str, dash: tuple[float, ...]) -> _Sample:
    def sample(x: float, y: float) -> list[Mark]:
        return [Line(x1=x, y1=y - 4, x2=x + 18, y2=y - 4, role=role, dash=dash, width=1.4)]

    return sample


def too_few_words(count: int) -> str:
    """Say that asymmetry is not to be tested with so few studies."""
    return _(
        "With {studies} asymmetry is not to be tested, and can hardly be told from chance by "
        "looking; tests are advised from {n} studies on."
    ).format(studies=counted("{n} study", "{n} studies", count), n=ADVISED_FROM)


def _description(pooled: PooledEstimate, points: tuple[FunnelPoint, ...]) -> str:
    middle = float(pooled.estimate or 0.0)
    z = _z(pooled.plan.level)
    inside = sum(abs(one.estimate - middle) <= z * one.se for one in points)
    said = _(
        "{inside} of {n} studies lie within the pseudo limits around the pooled effect"
    ).format(inside=inside, n=len(points))
    if len(points) < ADVISED_FROM:
        said = f"{said}. {too_few_words(len(points))}"
    return said


def _zone(one: FunnelPoint, place: _Place) -> Zone:
    side = _DOT + 7
    return Zone(
        key=one.key, x=place.x(one.estimate) - side / 2, y=place.y(one.se) - side / 2,
        width=side, height=side, said=point_words(one),
    )


def point_words(one: FunnelPoint) -> str:
    """Return a study of the plot in words: its name, effect and standard error."""
    return _("{study}: {effect}, SE {se}").format(
        study=one.label, effect=one.effect, se=numbers.number(one.se, 2)
    )
