"""Rows with an interval each: refits, subgroups, models; a forest plot of analyses."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.figures.axis import Axis, axis_for, tick_words
from assessments.figures.figure import (
    Arrow,
    Box,
    Diamond,
    Figure,
    Line,
    Mark,
    Text,
    TextWidth,
    Zone,
)
from gradecore.absolute_effects import Interval
from gradecore.measures import MEASURES

_PADDING = 16.0
_ROW = 26.0
_HEAD = 34.0
_GAP = 22.0
_PLOT = 250.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """One row: its words, its interval on the natural scale (None: not estimable), more words.

    ``effect`` is the interval in words; ``further`` are short words in columns at the right;
    ``strong`` rows are the ones the others are compared with, drawn as a diamond.
    """

    key: str
    label: str
    effect: str
    interval: Interval | None
    further: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotWords:
    """The words of the plot: title, one sentence, heading of the rows, of the columns."""

    title: str
    description: str
    rows: str
    columns: tuple[str, ...] = ()


def interval_plot(
    measure: str, rows: tuple[PlotRow, ...], words: PlotWords, text_width: TextWidth
) -> Figure:
    """Return a plot of rows with intervals; a dashed line stands at the first strong row."""
    kind = MEASURES[measure]
    labels = max(text_width(one, 13, True) for one in (words.rows, *(row.label for row in rows)))
    effects = max(
        text_width(one, 13, True) for one in (kind.name, *(row.effect for row in rows))
    )
    left = _PADDING + labels + _GAP + effects + _GAP
    axis = _axis(measure, rows, (left, left + _PLOT))
    columns = [
        max(text_width(one, 13, True) for one in
            (heading, *(row.further[place] for row in rows if len(row.further) > place)))
        for place, heading in enumerate(words.columns)
    ]
    rights: list[float] = []
    at = axis.right + 6.0
    for wide in columns:
        at += _GAP + wide
        rights.append(at)
    width = at + _PADDING
    bottom = _PADDING + _HEAD + len(rows) * _ROW + 6
    marks = _heads(words, kind.name, axis, rights, width)
    marks += _guides(kind.null, rows, axis, bottom)
    zones = []
    for number, row in enumerate(rows):
        top = _PADDING + _HEAD + number * _ROW
        marks += _row(row, axis, rights, top + _ROW / 2)
        zones.append(Zone(key=row.key, x=0, y=top, width=width, height=_ROW,
                          said=f"{row.label}: {row.effect}"))
    marks += _ticks(axis, bottom)
    return Figure(
        width=width, height=bottom + 32, marks=tuple(marks), title=words.title,
        description=words.description, zones=tuple(zones),
    )


def _axis(measure: str, rows: tuple[PlotRow, ...], ends: tuple[float, float]) -> Axis:
    known = [row.interval for row in rows if row.interval is not None]
    kind = MEASURES[measure]
    return axis_for(
        [one.estimate for one in known], [limit for one in known for limit in (one.low, one.high)],
        null=kind.null, log=kind.axis == "log", ends=ends,
    )


def _heads(
    words: PlotWords, measure: str, axis: Axis, rights: list[float], width: float
) -> list[Mark]:
    y = _PADDING + 14
    marks: list[Mark] = [
        Text(x=_PADDING, y=y, text=words.rows, bold=True),
        Text(x=axis.left - _GAP, y=y, text=measure, bold=True, anchor="end"),
        Line(x1=_PADDING, y1=y + 10, x2=width - _PADDING, y2=y + 10, role="border-2"),
    ]
    marks += [
        Text(x=right, y=y, text=heading, bold=True, anchor="end")
        for right, heading in zip(rights, words.columns, strict=True)
    ]
    return marks


def _guides(null: float | None, rows: tuple[PlotRow, ...], axis: Axis, bottom: float) -> list[Mark]:
    top = _PADDING + _HEAD - 8
    marks: list[Mark] = []
    if null is not None:
        x = axis.position(null)
        marks.append(Line(x1=x, y1=top, x2=x, y2=bottom, role="border-2"))
    strong = next((row.interval for row in rows if row.strong and row.interval), None)
    if strong is not None:
        x = axis.position(strong.estimate)
        marks.append(Line(x1=x, y1=top, x2=x, y2=bottom, role="accent", dash=(4.0, 3.0)))
    return marks


def _row(row: PlotRow, axis: Axis, rights: list[float], middle: float) -> list[Mark]:
    y = middle + 4.5
    marks: list[Mark] = [
        Text(x=_PADDING, y=y, text=row.label, bold=row.strong),
        Text(x=axis.left - _GAP, y=y, text=row.effect, anchor="end", bold=row.strong,
             role="text" if row.interval is not None else "text-3"),
    ]
    marks += [
        Text(x=right, y=y, text=text, anchor="end", role="text-2")
        for right, text in zip(rights, row.further, strict=False)
    ]
    if row.interval is None:
        return marks
    low, x, high = (
        axis.position(one)
        for one in (row.interval.low, row.interval.estimate, row.interval.high)
    )
    if row.strong:
        marks.append(Diamond(left=low, middle=x, right=high, y=middle))
        return marks
    marks.append(Line(x1=low, y1=middle, x2=high, y2=middle, width=1.4))
    for limit in (row.interval.low, row.interval.high):
        if axis.beyond(limit):
            marks.append(Arrow(x=axis.position(limit), y=middle, direction=axis.beyond(limit)))
    marks.append(Box(x=x - 4.5, y=middle - 4.5, width=9, height=9))
    return marks


def _ticks(axis: Axis, y: float) -> list[Mark]:
    marks: list[Mark] = [Line(x1=axis.left, y1=y, x2=axis.right, y2=y, role="text-2")]
    for value in axis.ticks:
        x = axis.position(value)
        marks.append(Line(x1=x, y1=y, x2=x, y2=y + 4, role="text-2"))
        marks.append(Text(x=x, y=y + 18, text=tick_words(value), size=12,
                          anchor="middle", role="text-2"))
    return marks
