"""The axis of a plot: where a value stands, which ticks it has, what lies beyond its ends."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.summary_of_findings.numbers import number

_STEPS = (1.0, 2.0, 5.0)
_MOST_TICKS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis from ``low`` to ``high`` (natural scale) between ``left`` and ``right`` in pixels."""

    low: float
    high: float
    left: float
    right: float
    log: bool

    def position(self, value: float) -> float:
        """Return the place of a value; what lies beyond an end stands at that end."""
        low, high = self._on(self.low), self._on(self.high)
        value = min(max(value, self.low), self.high)
        share = (self._on(value) - low) / (high - low)
        return self.left + share * (self.right - self.left)

    def beyond(self, value: float) -> int:
        """Return −1 or 1 where a value lies beyond the left or right end, else 0."""
        if value < self.low:
            return -1
        return 1 if value > self.high else 0

    def _on(self, value: float) -> float:
        return math.log(value) if self.log else value

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round values inside the axis, at most seven."""
        return _log_ticks(self.low, self.high) if self.log else _linear_ticks(self.low, self.high)


def axis_for(
    estimates: Iterable[float],
    limits: Iterable[float],
    *,
    null: float | None,
    log: bool,
    ends: tuple[float, float],
) -> Axis:
    """Return an axis that holds all estimates and the value of no effect, and most of the limits.

    Limits reach at most as far again as the estimates do (log: eight times); what goes beyond
    ends in an arrow.
    """
    points = [one for one in estimates if math.isfinite(one) and (one > 0 or not log)]
    if null is not None:
        points.append(null)
    if not points:
        points = [1.0 if log else 0.0]
    low, high = min(points), max(points)
    far = [one for one in limits if math.isfinite(one) and (one > 0 or not log)]
    if log:
        low_end, high_end = _within(low, high, far, low / 8, high * 8)
        room = (high_end / low_end) ** 0.04 if high_end > low_end else 2.0
        return Axis(low=low_end / room, high=high_end * room, left=ends[0], right=ends[1], log=True)
    spread = high - low or max((abs(one - low) for one in far), default=1.0) or 1.0
    low_end, high_end = _within(low, high, far, low - 1.5 * spread, high + 1.5 * spread)
    room = (high_end - low_end) * 0.04 or 1.0
    return Axis(low=low_end - room, high=high_end + room, left=ends[0], right=ends[1], log=False)


def tick_words(value: float) -> str:
    """Return a tick as text with all the decimals it has, nine at most."""
    exact = Decimal(repr(round(value, 9))).normalize()
    return number(value, max(0, -int(exact.as_tuple().exponent)))


def _within(
    low: float, high: float, far: list[float], lowest: float, highest: float
) -> tuple[float, float]:
    return max(min([low, *far]), lowest), min(max([high, *far]), highest)


def _log_ticks(low: float, high: float) -> tuple[float, ...]:
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    for steps in (_STEPS, (1.0, 3.0), (1.0,)):
        found = _inside([step * 10.0**power for power in powers for step in steps], low, high)
        if 3 <= len(found) <= _MOST_TICKS:
            return found
    if high / low < 10:
        fine = [step * 10.0**power for power in powers for step in (1.0, 1.2, 1.5, 2, 3, 5, 7)]
        return _thinned(_inside(fine, low, high)) or _linear_ticks(low, high)
    return _thinned(_inside([10.0**power for power in powers], low, high))


def _linear_ticks(low: float, high: float) -> tuple[float, ...]:
    power = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    steps = [one * power * larger for larger in (1.0, 10.0, 100.0) for one in _STEPS]
    step = next(
        one for one in steps if math.floor(high / one) - math.ceil(low / one) < _MOST_TICKS
    )
    first = math.ceil(low / step)
    last = math.floor(high / step)
    return tuple(round(place * step, 12) + 0.0 for place in range(first, last + 1))


def _inside(values: list[float], low: float, high: float) -> tuple[float, ...]:
    return tuple(sorted({float(f"{one:.6g}") for one in values if low <= one <= high}))


def _thinned(values: tuple[float, ...]) -> tuple[float, ...]:
    every = math.ceil(len(values) / _MOST_TICKS) or 1
    return values[::every]
