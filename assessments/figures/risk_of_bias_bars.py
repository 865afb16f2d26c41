"""The bar plot of risk of bias: for each domain the share of studies at each level."""

from __future__ import annotations

from assessments.figures.figure import Box, Figure, Line, Mark, Text, TextWidth, Zone
from assessments.figures.level_legend import figure_role, level_legend
from assessments.instrument import Level
from assessments.language import _, counted
from assessments.risk_of_bias_matrix import Matrix

_PADDING = 16.0
_ROW = 30.0
_BAR = 20.0
_WIDE = 420.0
_HEAD = 44.0
_ON_COLOUR = {"low": "surface", "high": "surface", "critical": "surface"}
"""Levels on which numbers are white; on the others they are ink."""


def risk_of_bias_bars(matrix: Matrix, text_width: TextWidth) -> Figure:
    """Return the bars of the settled judgements made with one instrument; studies count alike."""
    names = [title for _domain, title, _short in matrix.columns]
    wide = max([text_width(name, 13, False) for name in names] or [60.0]) + 16
    width = _PADDING * 2 + wide + _WIDE + 8
    left = _PADDING + wide
    marks: list[Mark] = [
        Text(x=_PADDING, y=_PADDING + 14, text=matrix.instrument.title, size=15, bold=True)
    ]
    zones: list[Zone] = []
    for place, name in enumerate(names):
        top = _HEAD + place * _ROW
        counts = matrix.counts(place)
        marks.append(Text(x=left - 10, y=top + _ROW / 2 + 4.5, text=name, anchor="end"))
        marks += _bar(counts, left, top + (_ROW - _BAR) / 2, text_width)
        said = ", ".join(f"{level.label} {count}" for level, count in counts)
        zones.append(Zone(key=matrix.columns[place][0], x=0, y=top, width=width, height=_ROW,
                          said=f"{name}: {said}"))
    bottom = _HEAD + len(names) * _ROW + 4
    marks += _scale(left, bottom)
    levels = {one.code: one for place in range(len(names)) for one, _n in matrix.counts(place)}
    more, y = level_legend(levels.values(), _PADDING, bottom + 48, width - 2 * _PADDING,
                           text_width)
    return Figure(
        width=width,
        height=y - 4,
        marks=(*marks, *more),
        title=_("Risk of bias by domain: {instrument}").format(instrument=matrix.instrument.title),
        description=counted(
            "Share of each level over {n} study, by domain.",
            "Share of each level over {n} studies, by domain.", len(matrix.rows),
        ),
        zones=tuple(zones),
    )


def _bar(
    counts: tuple[tuple[Level, int], ...], left: float, top: float, text_width: TextWidth
) -> list[Mark]:
    """Return one bar, its parts in the order of the levels, each with its number."""
    total = sum(count for _level, count in counts)
    marks: list[Mark] = []
    if not total:
        return [Box(x=left, y=top, width=_WIDE, height=_BAR, role="", rim="border-2")]
    at = left
    for level, count in counts:
        part = _WIDE * count / total
        if not count:
            continue
        role = figure_role(level)
        marks.append(Box(x=at, y=top, width=part, height=_BAR, role=role, rim="surface"))
        words = str(count)
        if text_width(words, 12, True) + 6 <= part:
            marks.append(Text(x=at + part / 2, y=top + _BAR / 2 + 4.3, text=words, size=12,
                              bold=True, anchor="middle", role=_ON_COLOUR.get(role, "text")))
        at += part
    return marks


def _scale(left: float, y: float) -> list[Mark]:
    marks: list[Mark] = [Line(x1=left, y1=y, x2=left + _WIDE, y2=y, role="text-2")]
    for share in (0, 25, 50, 75, 100):
        x = left + _WIDE * share / 100
        marks.append(Line(x1=x, y1=y, x2=x, y2=y + 4, role="text-2"))
        marks.append(Text(x=x, y=y + 18, text=f"{share}%", size=12, anchor="middle",
                          role="text-2"))
    return marks
