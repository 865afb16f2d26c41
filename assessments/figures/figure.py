"""A figure as a tuple of marks, made without any drawing library.

Lengths are in pixels of a screen at normal size (96 per inch), the origin is the upper left
corner, y grows downwards. Colours are roles, never values: ink roles ('text', 'text-2',
'text-3', 'accent', 'border', 'border-2', 'control', 'sunken', 'surface', 'accent-bg') or level
roles ('low', 'some', 'unclear', 'high', 'critical', 'no_information', 'none'). The painter of
the window and of the picture files gives them their colours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TextWidth = Callable[[str, float, bool], float]
"""Width in pixels of a text at a size in pixels, bold or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words at a base line; ``anchor`` is 'start', 'middle' or 'end' of the words."""

    x: float
    y: float
    text: str
    size: float = 13.0
    bold: bool = False
    italic: bool = False
    anchor: str = "start"
    role: str = "text"
    turned: bool = False  # read from bottom to top


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line; ``dash`` is (stroke, gap) in line widths, empty for a solid one."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 1.0
    role: str = "text"
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle from its upper left corner; ``role`` '' leaves it hollow, ``rim`` '' rimless."""

    x: float
    y: float
    width: float
    height: float
    role: str = "accent"
    rim: str = ""
    radius: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """A pooled estimate: its tips are the interval, its middle is the estimate."""

    left: float
    middle: float
    right: float
    y: float
    height: float = 14.0
    role: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A circle around its centre. A level role is drawn with its glyph, an ink role plain.

    ``said`` is the word a reader of the table twin sees ('Low').
    """

    x: float
    y: float
    diameter: float = 18.0
    role: str = "none"
    said: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The head of a line that goes on beyond the axis; ``direction`` is −1 (left) or 1 (right)."""

    x: float
    y: float
    direction: int
    size: float = 6.0
    role: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A filled shape with straight edges through these (x, y) corners."""

    corners: tuple[tuple[float, float], ...]
    role: str = "sunken"
    opacity: float = 1.0


Mark = Text | Line | Box | Diamond | Dot | Arrow | Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A part of the figure that stands for one row: pointed at, chosen, spoken."""

    key: str
    x: float
    y: float
    width: float
    height: float
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Marks in painting order on a white sheet; ``description`` says in a sentence what is seen."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str = ""
    description: str = ""
    zones: tuple[Zone, ...] = ()


def texts(figure: Figure) -> tuple[str, ...]:
    """Return all words of the figure in reading order: from the top, then from the left."""
    found = [mark for mark in figure.marks if isinstance(mark, Text)]
    return tuple(mark.text for mark in sorted(found, key=lambda mark: (round(mark.y), mark.x)))


def outside(figure: Figure, text_width: TextWidth) -> tuple[str, ...]:
    """Return the words that would be cut off at the edge of the figure; a figure has none."""
    cut = []
    for mark in figure.marks:
        if not isinstance(mark, Text) or mark.turned:
            continue
        width = text_width(mark.text, mark.size, mark.bold)
        left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        inside = left >= -0.5 and left + width <= figure.width + 0.5
        if not inside or mark.y > figure.height or mark.y - mark.size < -0.5:
            cut.append(mark.text)
    return tuple(cut)
