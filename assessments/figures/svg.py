"""Writes a figure as SVG without any drawing library: real text, colours of the light theme.

The judgement marks have the same shapes as on the screen. Same figure, same bytes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

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
)

FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_THEME = Path(__file__).resolve().parents[2] / "resources" / "themes" / "light.toml"
_GLYPHS = {"low": "+", "some": "-", "unclear": "?", "high": "x", "critical": "!",
           "no_information": "?", "na": "-"}


def svg(figure: Figure) -> str:
    """Return the figure as a complete SVG file on white, with title and description."""
    width, height = _n(figure.width), _n(figure.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="en" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" font-family="{FONTS}">',
        f"<title>{escape(figure.title)}</title>",
        f"<desc>{escape(figure.description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
        *(_WRITERS[type(mark)](mark) for mark in figure.marks),
        "</svg>\n",
    ]
    return "\n".join(parts)


@cache
def _theme() -> dict[str, Any]:
    return tomllib.loads(_THEME.read_text(encoding="utf-8"))


def _colour(role: str) -> str:
    theme = _theme()
    if role in theme["colors"]:
        return str(theme["colors"][role])
    level = _level(role)
    return str(level.get("fill") or level.get("rim"))


def _level(role: str) -> dict[str, str]:
    levels: dict[str, dict[str, str]] = _theme()["levels"]
    return levels.get({"na": "no_information"}.get(role, role), levels["none"])


def _n(value: float) -> str:
    """Return a length with at most two decimals."""
    return f"{round(value, 2) + 0.0:g}"


def _text(mark: Mark) -> str:
    assert isinstance(mark, Text)
    style = f' font-size="{_n(mark.size)}" fill="{_colour(mark.role)}"'
    if mark.anchor != "start":
        style += f' text-anchor="{mark.anchor}"'
    if mark.bold:
        style += ' font-weight="bold"'
    if mark.italic:
        style += ' font-style="italic"'
    if mark.turned:
        style += f' transform="rotate(-90 {_n(mark.x)} {_n(mark.y)})"'
    words = escape(mark.text)
    return f'<text x="{_n(mark.x)}" y="{_n(mark.y)}"{style}>{words}</text>'


def _line(mark: Mark) -> str:
    assert isinstance(mark, Line)
    dash = ""
    if mark.dash:
        lengths = " ".join(_n(one * mark.width) for one in mark.dash)
        dash = f' stroke-dasharray="{lengths}"'
    ends = (mark.x1, mark.y1, mark.x2, mark.y2)
    return _stroke(ends, _colour(mark.role), mark.width, dash)


def _stroke(
    ends: tuple[float, float, float, float], colour: str, width: float, more: str = ""
) -> str:
    x1, y1, x2, y2 = ends
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
        f'stroke-width="{_n(width)}"{more}/>'
    )


def _box(mark: Mark) -> str:
    assert isinstance(mark, Box)
    fill = _colour(mark.role) if mark.role else "none"
    rim = f' stroke="{_colour(mark.rim)}"' if mark.rim else ""
    soft = f' fill-opacity="{_n(mark.opacity)}"' if mark.opacity < 1 else ""
    round_ = f' rx="{_n(mark.radius)}"' if mark.radius else ""
    return (
        f'<rect x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" '
        f'height="{_n(mark.height)}" fill="{fill}"{rim}{soft}{round_}/>'
    )


def _polygon(corners: tuple[tuple[float, float], ...], role: str, opacity: float = 1.0) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    soft = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
    return f'<polygon points="{points}" fill="{_colour(role)}"{soft}/>'


def _diamond(mark: Mark) -> str:
    assert isinstance(mark, Diamond)
    half = mark.height / 2
    corners = ((mark.left, mark.y), (mark.middle, mark.y - half), (mark.right, mark.y),
               (mark.middle, mark.y + half))
    return _polygon(corners, mark.role)


def _arrow(mark: Mark) -> str:
    assert isinstance(mark, Arrow)
    back = mark.x - mark.direction * mark.size
    half = mark.size * 0.6
    return _polygon(((mark.x, mark.y), (back, mark.y - half), (back, mark.y + half)), mark.role)


def _area(mark: Mark) -> str:
    assert isinstance(mark, Area)
    return _polygon(mark.corners, mark.role, mark.opacity)


def _dot(mark: Mark) -> str:
    assert isinstance(mark, Dot)
    if mark.role in _theme()["colors"]:
        colour = _colour(mark.role)
        fill = "none" if mark.hollow else colour
        return (f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.diameter / 2)}" '
                f'fill="{fill}" stroke="{colour}"/>')
    look = _level(mark.role)
    width = max(1.0, mark.diameter / 14)
    fill = look.get("fill", "none")
    rim = look.get("rim") or fill
    dash = ' stroke-dasharray="1.6 1.9"' if mark.role == "none" else ""
    said = f"<title>{escape(mark.said)}</title>" if mark.said else ""
    circle = (
        f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n((mark.diameter - width) / 2)}" '
        f'fill="{fill}" stroke="{rim}" stroke-width="{_n(width)}"{dash}/>'
    )
    return f"<g>{said}{circle}{_glyph(mark, look.get('glyph', rim))}</g>"


def _glyph(mark: Dot, colour: str) -> str:
    glyph = _GLYPHS.get(mark.role, "")
    if not glyph:
        return ""
    x, y, side = mark.x, mark.y, mark.diameter
    width, arm = max(1.3, side / 8.5), side * 0.23
    cap = ' stroke-linecap="round"'
    if glyph in "+-":
        across = _stroke((x - arm, y, x + arm, y), colour, width, cap)
        return across + (_stroke((x, y - arm, x, y + arm), colour, width, cap) * (glyph == "+"))
    if glyph == "x":
        arm *= 0.82
        return _stroke((x - arm, y - arm, x + arm, y + arm), colour, width, cap) + _stroke(
            (x - arm, y + arm, x + arm, y - arm), colour, width, cap
        )
    point = f'<circle cx="{_n(x)}" cy="{_n(y + side * 0.26)}" r="{_n(width / 2)}" fill="{colour}"/>'
    if glyph == "!":
        return _stroke((x, y - side * 0.25, x, y + side * 0.06), colour, width, cap) + point
    hook = (
        f"M{_n(x - side * 0.14)} {_n(y - side * 0.12)}C{_n(x - side * 0.14)} "
        f"{_n(y - side * 0.34)} {_n(x + side * 0.17)} {_n(y - side * 0.34)} "
        f"{_n(x + side * 0.16)} {_n(y - side * 0.12)}C{_n(x + side * 0.15)} {_n(y)} {_n(x)} "
        f"{_n(y - side * 0.02)} {_n(x)} {_n(y + side * 0.1)}"
    )
    return (f'<path d="{hook}" fill="none" stroke="{colour}" stroke-width="{_n(width)}"{cap}/>'
            f"{point}")


_WRITERS: dict[type[Any], Callable[[Mark], str]] = {
    Text: _text, Line: _line, Box: _box, Diamond: _diamond, Arrow: _arrow, Area: _area, Dot: _dot,
}
