"""The zone plot: intervals and single studies against thresholds, the zones between them shaded.

It shows at a glance which claims an interval is compatible with. All values are on one scale: a
difference (linear), or a ratio (logarithmic).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessments.figures.axis import Axis, axis_for, tick_words
from assessments.figures.figure import (
    Area,
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
from gradecore.absolute_effects import Interval

_HEAD = 20.0
_ROW = 22.0
_FOOT = 24.0
_GAP = 12.0
_LEAST = 2.5
"""Half of the least width of a diamond."""
_SIZE = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """One row. ``kind`` is 'estimate' (diamond), 'interval' (line), 'prediction' (grey bar) or
    'studies' (a dot for each of ``points``: value and share of the weight)."""

    key: str
    label: str
    text: str = ""
    kind: str = "estimate"
    interval: Interval | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneScale:
    """The scale: thresholds in rising order with the names of the zones they part.

    ``names`` has one entry more than ``thresholds``; ``good`` is −1 where smaller values are
    better, 1 where larger ones are, 0 where nobody said so. ``axis`` names the scale.
    """

    thresholds: tuple[float, ...]
    names: tuple[str, ...]
    null: float
    log: bool = False
    good: int = 0
    axis: str = ""


def zone_plot(
    rows: tuple[ZoneRow, ...], scale: ZoneScale, title: str, width: float, text_width: TextWidth
) -> Figure:
    """Return the plot with that width; its description says where each interval lies."""
    labels = max((text_width(row.label, _SIZE, False) for row in rows), default=0.0)
    effects = max((text_width(row.text, _SIZE, False) for row in rows), default=0.0)
    left = min(labels, width * 0.3) + _GAP
    right = width - effects - _GAP if effects + left + 180 < width else width - 2
    axis = _axis(rows, scale, (left, right))
    bottom = _HEAD + _ROW * max(len(rows), 1)
    marks = _zones(scale, axis, bottom, text_width)
    zones = []
    for place, row in enumerate(rows):
        middle = _HEAD + _ROW * place + _ROW / 2
        label = _in_room(row.label, left - _GAP, text_width)
        marks += _row(replace(row, label=label), axis, middle, width if right < width - 2 else 0.0)
        zones.append(Zone(key=row.key, x=0, y=middle - _ROW / 2, width=width, height=_ROW,
                          said=f"{row.label}: {row.text}"))
    marks += _ticks(scale, axis, bottom, text_width)
    return Figure(
        width=width, height=bottom + _FOOT, marks=tuple(marks), title=title,
        description=_said(rows, scale), zones=tuple(zones),
    )


def _in_room(label: str, room: float, text_width: TextWidth) -> str:
    """Return a label that fits; what is cut is its name, not the number behind the last colon."""
    name, colon, number = label.rpartition(": ")
    end = f"{colon}{number}" if colon else ""
    rest = name or label
    while rest and text_width(label, _SIZE, False) > room:
        rest = rest[:-1]
        label = f"{rest.rstrip()}…{end}"
    return label


def _axis(rows: tuple[ZoneRow, ...], scale: ZoneScale, ends: tuple[float, float]) -> Axis:
    estimates = [value for row in rows for value, _share in row.points]
    estimates += [row.interval.estimate for row in rows if row.interval is not None]
    limits = [
        limit for row in rows if row.interval is not None
        for limit in (row.interval.low, row.interval.high)
    ]
    if not any(row.points for row in rows):
        estimates += [one for one in limits if one > 0 or not scale.log]
    farthest = [one for one in scale.thresholds if one > 0 or not scale.log]
    return axis_for(
        [*estimates, *farthest], limits, null=scale.null, log=scale.log, ends=ends
    )


def _zones(scale: ZoneScale, axis: Axis, bottom: float, text_width: TextWidth) -> list[Mark]:
    edges = [axis.left, *(axis.position(one) for one in scale.thresholds), axis.right]
    marks: list[Mark] = []
    middle = len(scale.thresholds) / 2
    for place, name in enumerate(scale.names):
        start, end = edges[place], edges[place + 1]
        role, strength = _tint(place - middle, middle, scale.good)
        marks.append(Area(corners=((start, _HEAD - 3), (end, _HEAD - 3), (end, bottom),
                                   (start, bottom)), role=role, opacity=strength))
        if text_width(name, _SIZE, False) <= end - start - 6:
            marks.append(Text(x=(start + end) / 2, y=_HEAD - 8, text=name, size=_SIZE,
                              anchor="middle", role="text-3"))
    null = axis.position(scale.null)
    marks.append(Line(x1=null, y1=_HEAD - 3, x2=null, y2=bottom, role="text-3"))
    for one in scale.thresholds:
        if one != scale.null:
            x = axis.position(one)
            marks.append(Line(x1=x, y1=_HEAD - 3, x2=x, y2=bottom, role="accent", width=1.2,
                              dash=(3.0, 2.4)))
    return marks


def _tint(offset: float, middle: float, good: int) -> tuple[str, float]:
    """Return role and opacity of a zone by how far it is from the middle one."""
    if offset == 0 or good == 0 or middle == 0:
        return "sunken", 1.0
    favourable = (offset > 0) == (good > 0)
    strength = 0.10 + 0.16 * abs(offset) / middle
    return ("low" if favourable else "high"), strength


def _row(row: ZoneRow, axis: Axis, middle: float, far: float) -> list[Mark]:
    y = middle + 4
    marks: list[Mark] = [Text(x=0, y=y, text=row.label, size=_SIZE, role="text-2")]
    if row.text and far:
        marks.append(Text(x=far, y=y, text=row.text, size=_SIZE, anchor="end"))
    marks += [
        Dot(x=axis.position(value), y=middle, diameter=4.0 + 9.0 * share**0.5, role="accent")
        for value, share in row.points
    ]
    if row.interval is None:
        return marks
    low, x, high = (
        axis.position(one) for one in (row.interval.low, row.interval.estimate, row.interval.high)
    )
    if row.kind == "prediction":
        marks.append(Box(x=low, y=middle - 3, width=max(high - low, 1), height=6, role="text-3",
                         radius=3, opacity=0.75))
    elif row.kind == "interval":
        marks.append(Line(x1=low, y1=middle, x2=high, y2=middle, width=1.6))
        marks.append(Box(x=x - 3.5, y=middle - 3.5, width=7, height=7))
    else:
        # an interval that is capped to one value has no width, and is there all the same
        marks.append(Diamond(left=min(low, x - _LEAST), middle=x, right=max(high, x + _LEAST),
                             y=middle, height=11))
    for limit in (row.interval.low, row.interval.high):
        if axis.beyond(limit):
            marks.append(Arrow(x=axis.position(limit), y=middle, direction=axis.beyond(limit)))
    return marks


def _ticks(scale: ZoneScale, axis: Axis, y: float, text_width: TextWidth) -> list[Mark]:
    marks: list[Mark] = [Line(x1=axis.left, y1=y, x2=axis.right, y2=y, role="control")]
    free = axis.right - text_width(scale.axis, _SIZE, False) - 10 if scale.axis else axis.right
    last = -1e9
    for value in axis.ticks:
        x = axis.position(value)
        words = tick_words(value)
        half = text_width(words, _SIZE, False) / 2
        marks.append(Line(x1=x, y1=y, x2=x, y2=y + 3, role="control"))
        if x - half > last + 4 and x + half < free and x - half >= 0:
            marks.append(Text(x=x, y=y + 15, text=words, size=_SIZE, anchor="middle",
                              role="text-3"))
            last = x + half
    if scale.axis:
        marks.append(Text(x=axis.right, y=y + 15, text=scale.axis, size=_SIZE, anchor="end",
                          role="text-3", italic=True))
    return marks


def _said(rows: tuple[ZoneRow, ...], scale: ZoneScale) -> str:
    said = []
    for row in rows:
        if row.interval is None:
            said.append(f"{row.label}: {row.text}")
            continue
        ends = [_zone(one, scale) for one in (row.interval.low, row.interval.high)]
        reach = ends[0] if ends[0] == ends[1] else " – ".join(ends)
        said.append(f"{row.label}: {row.text} ({reach})" if row.text else f"{row.label}: {reach}")
    return "; ".join(said)


def _zone(value: float, scale: ZoneScale) -> str:
    return scale.names[sum(value > one for one in scale.thresholds)]
