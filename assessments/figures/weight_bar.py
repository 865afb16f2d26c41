"""The weight bar: how much of the evidence is at which risk of bias, in one line."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.figures.figure import Box, Figure, Mark, Text, TextWidth, Zone

_BAR = 8.0
_TOP = 2.0
_GAP = 2.0
_WORDS = 15.0
_APART = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of the bar: role of the level, what it is called, its share between 0 and 1."""

    role: str
    label: str
    share: float


def weight_bar(
    shares: tuple[Share, ...], title: str, width: float, text_width: TextWidth
) -> Figure:
    """Return a bar of that width; below it each part is named where its name has room.

    The last part may be narrower than its words, which then end where the bar ends, as far as
    those before leave them the room. All parts are named in the description.
    """
    shown = [one for one in shares if one.share > 0]
    room = width - _GAP * max(len(shown) - 1, 0)
    whole = sum(one.share for one in shown) or 1.0
    marks: list[Mark] = []
    zones: list[Zone] = []
    at = free = 0.0
    for one in shown:
        part = room * one.share / whole
        words = f"{one.label} {one.share * 100:.0f}%"
        marks.append(Box(x=at, y=_TOP, width=max(part, 1.0), height=_BAR, role=one.role,
                         radius=min(3.0, part / 2)))
        long = text_width(words, 11, False)
        fits = long <= part
        begin = at if fits else max(free, width - long)
        if fits or (one is shown[-1] and begin + long <= width):
            marks.append(Text(x=begin, y=_TOP + _BAR + _WORDS, text=words, size=11,
                              role="text-2"))
            free = begin + long + _APART
        zones.append(Zone(key=one.role, x=at, y=0, width=part, height=_TOP + _BAR + 4, said=words))
        at += part + _GAP
    return Figure(
        width=width, height=_TOP + _BAR + _WORDS + 5, marks=tuple(marks), title=title,
        description=", ".join(f"{one.label} {one.share * 100:.0f}%" for one in shown),
        zones=tuple(zones),
    )
