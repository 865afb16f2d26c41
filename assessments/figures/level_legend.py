"""What the circles of a figure mean: one for each level in use, with its word; domains in full."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.figures.figure import Dot, Mark, Text, TextWidth
from assessments.instrument import Level

SIZE = 12.0
LINE = 20.0
_GAP = 18.0
_DOT = 14.0


def figure_role(level: Level | None) -> str:
    """Return the role under which a figure draws a level; 'none' while it is not settled."""
    if level is None:
        return "none"
    return "no_information" if level.role == "no_info" else level.role


def level_legend(
    levels: Iterable[Level], x: float, y: float, width: float, text_width: TextWidth
) -> tuple[list[Mark], float]:
    """Return circles with their words from a base line on, and the base line after the last."""
    marks: list[Mark] = []
    at = x
    for level in levels:
        needed = _DOT + 6 + text_width(level.label, SIZE, False) + _GAP
        if at > x and at + needed - _GAP > x + width:
            at, y = x, y + LINE
        marks.append(Dot(x=at + _DOT / 2, y=y - 4, diameter=_DOT, role=figure_role(level),
                         said=level.label))
        marks.append(Text(x=at + _DOT + 6, y=y, text=level.label, size=SIZE, role="text-2"))
        at += needed
    return marks, y + LINE


def words_in_lines(
    words: Iterable[str], x: float, y: float, width: float, text_width: TextWidth
) -> tuple[list[Mark], float]:
    """Return words set one after another in as many lines as they need, and the next base line."""
    marks: list[Mark] = []
    at = x
    for word in words:
        needed = text_width(word, SIZE, False) + _GAP
        if at > x and at + needed - _GAP > x + width:
            at, y = x, y + LINE
        marks.append(Text(x=at, y=y, text=word, size=SIZE, role="text-2"))
        at += needed
    return marks, y + LINE if marks else y
