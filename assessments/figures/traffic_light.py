"""The traffic-light plot: studies by domains, a circle with a glyph for each settled judgement."""

from __future__ import annotations

from assessments.figures.figure import Dot, Figure, Line, Mark, Text, TextWidth, Zone
from assessments.figures.level_legend import SIZE, figure_role, level_legend, words_in_lines
from assessments.instrument import OVERALL
from assessments.language import _, counted
from assessments.risk_of_bias_matrix import Matrix, MatrixRow

_PADDING = 16.0
_ROW = 26.0
_COLUMN = 46.0
_HEAD = 58.0


def traffic_light(matrix: Matrix, text_width: TextWidth) -> Figure:
    """Return the plot of the settled judgements made with one instrument."""
    names = [row.label for row in matrix.rows]
    wide = max([text_width(name, 13, False) for name in names] or [60.0]) + 20
    columns = len(matrix.columns)
    legend_wide = text_width(_("Judgements"), 13, True)
    width = max(_PADDING * 2 + wide + columns * _COLUMN, _PADDING * 2 + legend_wide + 420)
    marks: list[Mark] = [
        Text(x=_PADDING, y=_PADDING + 14, text=matrix.instrument.title, size=15, bold=True),
        Text(x=_PADDING, y=_HEAD - 6, text=_("Study"), bold=True),
    ]
    for place, (domain, _title, _short) in enumerate(matrix.columns):
        name = _("All") if domain == OVERALL else domain
        marks.append(Text(x=_centre(wide, place), y=_HEAD - 6, text=name, bold=True,
                          anchor="middle"))
    marks.append(_rule(_HEAD, width))
    zones: list[Zone] = []
    size = 16.0 if len(matrix.rows) > 30 else 18.0
    for number, row in enumerate(matrix.rows):
        top = _HEAD + number * _ROW
        marks += _row(row, top, wide, size)
        zones.append(Zone(key=row.unit.id, x=0, y=top, width=width, height=_ROW, said=_said(row)))
    bottom = _HEAD + len(matrix.rows) * _ROW
    marks.append(_rule(bottom + 2, width))
    more, height = _legend(matrix, bottom + 24, width - 2 * _PADDING, text_width)
    return Figure(
        width=width,
        height=height,
        marks=(*marks, *more),
        title=_("Risk of bias: {instrument}").format(instrument=matrix.instrument.title),
        description=counted(
            "Judgements of {n} study in each domain.", "Judgements of {n} studies in each domain.",
            len(matrix.rows),
        ),
        zones=tuple(zones),
    )


def _centre(wide: float, place: int) -> float:
    return _PADDING + wide + (place + 0.5) * _COLUMN


def _rule(y: float, width: float) -> Line:
    return Line(x1=_PADDING, y1=y, x2=width - _PADDING, y2=y, role="border-2")


def _row(row: MatrixRow, top: float, wide: float, size: float) -> list[Mark]:
    middle = top + _ROW / 2
    marks: list[Mark] = [Text(x=_PADDING, y=middle + 4.5, text=row.label)]
    for place, level in enumerate(row.levels):
        said = level.label if level is not None else _("not settled")
        marks.append(Dot(x=_centre(wide, place), y=middle, diameter=size,
                         role=figure_role(level), said=said))
    return marks


def _said(row: MatrixRow) -> str:
    words = [level.label if level is not None else _("not settled") for level in row.levels]
    return f"{row.label}: {', '.join(words)}"


def _legend(
    matrix: Matrix, y: float, width: float, text_width: TextWidth
) -> tuple[list[Mark], float]:
    levels = {one.code: one for place in range(len(matrix.columns))
              for one, _n in matrix.counts(place)}
    marks, y = level_legend(levels.values(), _PADDING, y, width, text_width)
    words = [f"{domain} {title}" for domain, title, _s in matrix.columns if domain != OVERALL]
    more, y = words_in_lines(words, _PADDING, y + 2, width, text_width)
    marks += more
    if matrix.rows and all(row.source for row in matrix.rows):
        marks.append(Text(x=_PADDING, y=y, text=_("Judgements as published."), size=SIZE,
                          role="text-3"))
        y += 20
    return marks, y - 4
