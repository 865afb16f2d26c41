"""The forest plot: studies, their numbers, weights and intervals, the pooled diamond, judgements.

Squares have areas by weight, intervals beyond the axis end in an arrow, unsettled judgements are
open circles. Model, heterogeneity and test are written into the figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assessments.bodies import Gathered, gathered
from assessments.figures.axis import Axis, axis_for, tick_words
from assessments.figures.figure import (
    Arrow,
    Box,
    Diamond,
    Dot,
    Figure,
    Line,
    Mark,
    Text,
    TextWidth,
    Zone,
)
from assessments.figures.forest_rows import (
    ForestRow,
    RiskColumns,
    counts_heading,
    effect_words,
    forest_rows,
    natural,
    risk_columns,
    shown_decimals,
)
from assessments.figures.forest_words import below_the_plot, favours, model_words
from assessments.figures.level_legend import LINE, figure_role, level_legend, words_in_lines
from assessments.instrument import OVERALL
from assessments.language import _, counted
from assessments.review import Outcome
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from gradecore.measures import MEASURES
from gradecore.results import EffectInterval, PooledEstimate

_PADDING = 16.0
_ROW = 26.0
_HEAD = 52.0
_GAP = 22.0
_PLOT = 260.0
_CIRCLES = 28.0
_HEAD_ROOM = 160.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Where the columns stand: right edges of numbers, the axis, the first circle."""

    arms: tuple[float, float] | None
    arm_rooms: tuple[float, float]
    weight: float
    effect: float
    axis: Axis
    circles: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What the plot of one outcome is drawn from."""

    found: Gathered
    pooled: PooledEstimate
    rows: tuple[ForestRow, ...]
    risks: RiskColumns | None
    plan: _Plan
    decimals: int


def forest(
    project: Project, outcome: Outcome, text_width: TextWidth, *, with_risks: bool = True
) -> Figure | None:
    """Return the forest plot of an outcome, None while there is nothing to pool."""
    found = gathered(project, outcome)
    if found.pooled is None or not found.body.studies:
        return None
    risks = risk_columns(project, found) if with_risks else None
    rows = forest_rows(found, found.pooled, risks)
    drawn = _Drawn(
        found=found, pooled=found.pooled, rows=rows, risks=risks,
        plan=_plan(found, found.pooled, rows, risks, text_width),
        decimals=shown_decimals(found.pooled),
    )
    return _figure(drawn, text_width)


def _plan(
    found: Gathered,
    pooled: PooledEstimate,
    rows: tuple[ForestRow, ...],
    risks: RiskColumns | None,
    text_width: TextWidth,
) -> _Plan:
    def widest(words: list[str], *, bold: bool = False) -> float:
        return max(text_width(one, 13, bold) for one in [*words, ""])

    at = _PADDING + max(widest([row.label for row in rows]), widest([model_words(pooled)],
                                                                      bold=True), 120.0)
    arms, rooms = None, (0.0, 0.0)
    if counts_heading(found):
        names = _arm_names(found)
        rooms = (
            max(widest([row.counts[0] for row in rows]),
                min(_HEAD_ROOM, widest([names[0]], bold=True))),
            max(widest([row.counts[1] for row in rows]),
                min(_HEAD_ROOM, widest([names[1]], bold=True))),
        )
        arms = (at + _GAP + rooms[0], at + 2 * _GAP + rooms[0] + rooms[1])
        at = arms[1]
    weight = at + _GAP + widest([_("Weight")], bold=True)
    words = [row.effect for row in rows if row.interval is not None]
    if pooled.shown is not None:
        words.append(effect_words(natural(pooled.shown), pooled.measure, shown_decimals(pooled)))
    name = MEASURES[pooled.measure].name
    effect = weight + _GAP + max(widest(words, bold=True), widest([name], bold=True), 90.0)
    axis = _axis(pooled, rows, (effect + _GAP, effect + _GAP + _PLOT))
    circles = axis.right + _GAP + 6
    columns = len(risks.names) if risks is not None else 0
    right = circles + columns * _CIRCLES if columns else axis.right
    return _Plan(arms=arms, arm_rooms=rooms, weight=weight, effect=effect, axis=axis,
                 circles=circles, width=right + _PADDING)


def _arm_names(found: Gathered) -> tuple[str, str]:
    return (found.body.label_experimental or _("Intervention"),
            found.body.label_control or _("Comparison"))


def _axis(
    pooled: PooledEstimate, rows: tuple[ForestRow, ...], ends: tuple[float, float]
) -> Axis:
    measure = MEASURES[pooled.measure]
    intervals = [row.interval for row in rows if row.interval is not None]
    points = [one.estimate for one in intervals]
    limits = [limit for one in intervals for limit in (one.low, one.high)]
    if pooled.shown is not None:
        points += list(natural(pooled.shown).numbers)
    if pooled.prediction is not None:
        limits += [pooled.prediction.natural_lower, pooled.prediction.natural_upper]
    return axis_for(points, limits, null=measure.null, log=measure.axis == "log", ends=ends)


def _figure(drawn: _Drawn, text_width: TextWidth) -> Figure:
    plan, pooled = drawn.plan, drawn.pooled
    marks = _heads(drawn, text_width)
    body, zones, y = _body(drawn, _PADDING + _HEAD)
    total, below = _total(drawn, y + 8)
    feet, bottom = _feet(drawn, below, text_width)
    marks += _guides(drawn, _PADDING + _HEAD, below) + body + total + feet
    more, height = _legend(drawn, bottom, text_width)
    outcome = drawn.found.outcome
    title = ", ".join(part for part in (outcome.label, outcome.time_point) if part)
    return Figure(
        width=plan.width,
        height=height,
        marks=(*marks, *more),
        title=_("Forest plot: {outcome}").format(outcome=title),
        description=_description(pooled, drawn.decimals),
        zones=tuple(zones),
    )


def _description(pooled: PooledEstimate, decimals: int) -> str:
    studies = counted("{n} study", "{n} studies", pooled.k)
    if pooled.shown is None:
        return _("{studies}, nothing could be pooled.").format(studies=studies)
    effect = effect_words(natural(pooled.shown), pooled.measure, decimals)
    text = _("{measure} {effect}, {studies}").format(
        measure=MEASURES[pooled.measure].name, effect=effect, studies=studies
    )
    if pooled.heterogeneity is not None and pooled.k > 1:
        text += f", I² {numbers.number(pooled.heterogeneity.i2)}%"
    return f"{text}."


def _heads(drawn: _Drawn, text_width: TextWidth) -> list[Mark]:
    plan, y = drawn.plan, _PADDING + 14.0
    marks: list[Mark] = [Text(x=_PADDING, y=y + 9, text=_("Study"), bold=True)]
    if plan.arms is not None:
        for right, room, name in zip(
            plan.arms, plan.arm_rooms, _arm_names(drawn.found), strict=True
        ):
            marks.append(Text(x=right, y=y, text=_shortened(name, room, text_width), bold=True,
                              anchor="end"))
            marks.append(Text(x=right, y=y + 18, text=counts_heading(drawn.found), size=12,
                              anchor="end", role="text-2"))
    marks.append(Text(x=plan.weight, y=y + 9, text=_("Weight"), bold=True, anchor="end"))
    marks.append(Text(x=plan.effect, y=y, text=MEASURES[drawn.pooled.measure].name, bold=True,
                      anchor="end"))
    level = numbers.plain_number(drawn.pooled.plan.level * 100)
    marks.append(Text(x=plan.effect, y=y + 18, text=_("{level}% CI").format(level=level), size=12,
                      anchor="end", role="text-2"))
    if drawn.risks is not None:
        marks.append(Text(x=plan.circles, y=y, text=_("Risk of bias"), bold=True))
        for place, (domain, _title) in enumerate(drawn.risks.names):
            name = _("All") if domain == OVERALL else domain
            marks.append(Text(x=_circle(plan, place), y=y + 18, text=name, size=12,
                              anchor="middle", role="text-2"))
    marks.append(_rule(_PADDING + _HEAD - 10, plan.width))
    return marks


def _shortened(text: str, room: float, text_width: TextWidth) -> str:
    if text_width(text, 13, True) <= room:
        return text
    while text and text_width(f"{text}…", 13, True) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _circle(plan: _Plan, place: int) -> float:
    return plan.circles + (place + 0.5) * _CIRCLES


def _rule(y: float, width: float) -> Line:
    return Line(x1=_PADDING, y1=y, x2=width - _PADDING, y2=y, role="border-2")


def _body(drawn: _Drawn, y: float) -> tuple[list[Mark], list[Zone], float]:
    """Return the rows of studies, by subgroup where there are some, and where they end."""
    marks: list[Mark] = []
    zones: list[Zone] = []
    parts = {one.name: one for one in drawn.pooled.subgroups}
    names: list[str | None] = list(parts) or [None]
    for name in names:
        rows = [row for row in drawn.rows if name is None or row.subgroup == name]
        if name is not None:
            marks.append(Text(x=_PADDING, y=y + _ROW / 2 + 4.5, text=name, bold=True))
            y += _ROW
        for row in rows:
            marks += _study(drawn, row, y)
            zones.append(Zone(key=row.key, x=0, y=y, width=drawn.plan.width, height=_ROW,
                              said=f"{row.label}: {row.effect}"))
            y += _ROW
        shown = parts[name].pooled.shown if name is not None else None
        if name is not None and shown is not None:
            words = _("Subtotal ({name})").format(name=name)
            marks += _summary(drawn, shown, y, words, parts[name].weight, bold=False)
            y += _ROW + 4
    rest = [row for row in drawn.rows if parts and row.subgroup not in parts]
    for row in rest:
        marks += _study(drawn, row, y)
        y += _ROW
    return marks, zones, y


def _study(drawn: _Drawn, row: ForestRow, top: float) -> list[Mark]:
    plan, middle = drawn.plan, top + _ROW / 2
    y = middle + 4.5
    role = "text" if row.interval is not None else "text-3"
    marks: list[Mark] = [Text(x=_PADDING, y=y, text=row.label, role=role)]
    if plan.arms is not None:
        marks += [Text(x=right, y=y, text=words, anchor="end", role=role)
                  for right, words in zip(plan.arms, row.counts, strict=True) if words]
    if row.interval is None:
        # Why a study gives no effect is often long; it stands where the plot would be.
        marks.append(Text(x=plan.axis.left, y=y, text=row.why, size=12, italic=True,
                          role="text-3"))
    else:
        weight = f"{numbers.number(row.weight, 1)}%"
        marks.append(Text(x=plan.weight, y=y, text=weight, anchor="end", role="text-2"))
        marks.append(Text(x=plan.effect, y=y, text=row.effect, anchor="end"))
        marks += _interval(plan.axis, row, middle)
    for place, level in enumerate(row.levels):
        said = level.label if level is not None else _("not settled")
        marks.append(Dot(x=_circle(plan, place), y=middle, diameter=18.0, said=said,
                         role=figure_role(level)))
    return marks


def _interval(axis: Axis, row: ForestRow, y: float) -> list[Mark]:
    if row.interval is None:
        return []
    low, high = axis.position(row.interval.low), axis.position(row.interval.high)
    marks: list[Mark] = [Line(x1=low, y1=y, x2=high, y2=y, width=1.4)]
    for limit in (row.interval.low, row.interval.high):
        beyond = axis.beyond(limit)
        if beyond:
            marks.append(Arrow(x=axis.position(limit), y=y, direction=beyond))
    side = min(16.0, 4.5 + 1.7 * math.sqrt(row.weight))
    x = axis.position(row.interval.estimate)
    marks.append(Box(x=x - side / 2, y=y - side / 2, width=side, height=side))
    return marks


def _total(drawn: _Drawn, y: float) -> tuple[list[Mark], float]:
    """Return the pooled estimate and the prediction interval, and where they end."""
    plan, pooled = drawn.plan, drawn.pooled
    marks: list[Mark] = [Line(x1=_PADDING, y1=y, x2=plan.effect, y2=y, role="border-2")]
    if pooled.shown is None:
        marks.append(Text(x=_PADDING, y=y + 22, text=_("No study gives an estimate."), bold=True))
        return marks, y + _ROW + 8
    if pooled.k > 1:
        marks += _summary(drawn, pooled.shown, y + 4, model_words(pooled), 100.0, bold=True)
    else:
        marks.append(Text(x=_PADDING, y=y + 22, text=_("No pooling with one study"),
                          role="text-2"))
    y += _ROW + 6
    if pooled.prediction is None:
        return marks, y + 4
    low, high = pooled.prediction.natural_lower, pooled.prediction.natural_upper
    written = ", ".join(numbers.number(one, drawn.decimals) for one in (low, high))
    middle = y + _ROW / 2 - 4
    marks += [
        Text(x=_PADDING, y=middle + 4.5, text=_("Prediction interval"), role="text-2"),
        Text(x=plan.effect, y=middle + 4.5, text=f"[{written}]", anchor="end", role="text-2"),
        Line(x1=plan.axis.position(low), y1=middle, x2=plan.axis.position(high), y2=middle,
             width=4.0, role="control"),
    ]
    return marks, y + _ROW


def _summary(
    drawn: _Drawn, shown: EffectInterval, top: float, words: str, weight: float, *, bold: bool
) -> list[Mark]:
    plan, middle = drawn.plan, top + _ROW / 2
    interval = natural(shown)
    effect = effect_words(interval, drawn.pooled.measure, drawn.decimals)
    share = f"{numbers.number(weight, 0 if weight == 100 else 1)}%"
    return [
        Text(x=_PADDING, y=middle + 4.5, text=words, bold=bold),
        Text(x=plan.weight, y=middle + 4.5, text=share, anchor="end", bold=bold),
        Text(x=plan.effect, y=middle + 4.5, text=effect, anchor="end", bold=bold),
        Diamond(left=plan.axis.position(interval.low), y=middle,
                middle=plan.axis.position(interval.estimate),
                right=plan.axis.position(interval.high), height=14.0 if bold else 11.0,
                role="text" if bold else "text-2"),
    ]


def _guides(drawn: _Drawn, top: float, bottom: float) -> list[Mark]:
    """Return the line of no effect and the dashed line at the pooled value, behind everything."""
    axis, null = drawn.plan.axis, MEASURES[drawn.pooled.measure].null
    marks: list[Mark] = []
    if null is not None:
        x = axis.position(null)
        marks.append(Line(x1=x, y1=top - 8, x2=x, y2=bottom, role="border-2"))
    if drawn.pooled.shown is not None and drawn.pooled.k > 1:
        x = axis.position(drawn.pooled.shown.natural_estimate)
        marks.append(Line(x1=x, y1=top - 8, x2=x, y2=bottom, role="accent", dash=(4.0, 3.0)))
    return marks


def _feet(drawn: _Drawn, y: float, text_width: TextWidth) -> tuple[list[Mark], float]:
    """Return the axis with its ticks and directions, and beside it the lines of statistics."""
    axis = drawn.plan.axis
    marks: list[Mark] = [Line(x1=axis.left, y1=y, x2=axis.right, y2=y, role="text-2")]
    for value in axis.ticks:
        x = axis.position(value)
        marks.append(Line(x1=x, y1=y, x2=x, y2=y + 4, role="text-2"))
        marks.append(Text(x=x, y=y + 18, text=tick_words(value), size=12,
                          anchor="middle", role="text-2"))
    null = MEASURES[drawn.pooled.measure].null
    left, right = favours(drawn.found)
    if null is not None:
        x = min(max(axis.position(null), axis.left + 40), axis.right - 40)
        marks += [
            Text(x=x - 8, y=y + 38, text=left, size=12, anchor="end", role="text-2"),
            Text(x=x + 8, y=y + 38, text=right, size=12, role="text-2"),
        ]
    room = axis.left - _PADDING - 90
    lines = below_the_plot(drawn.pooled, room, text_width)
    marks += [Text(x=_PADDING, y=y + 14 + place * LINE, text=line, size=12, role="text-2")
              for place, line in enumerate(lines)]
    return marks, y + max(46.0, len(lines) * LINE + 8)


def _legend(drawn: _Drawn, y: float, text_width: TextWidth) -> tuple[list[Mark], float]:
    if drawn.risks is None:
        return [], y + 6
    width = drawn.plan.width - 2 * _PADDING
    marks: list[Mark] = [_rule(y, drawn.plan.width)]
    more, y = level_legend(drawn.risks.levels, _PADDING, y + 22, width, text_width)
    marks += more
    words = [f"{domain} {title}" for domain, title in drawn.risks.names if domain != OVERALL]
    more, y = words_in_lines(words, _PADDING, y, width, text_width)
    return [*marks, *more], y - 4
