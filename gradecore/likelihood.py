"""The maximum of the likelihood or the restricted likelihood over the between-study variance.

Both scores have the form y'PPy - T(tau²), with T = tr P (restricted) or the sum of the weights.
The roots of T/y'PPy - 1 are sought: that ratio is close to a straight line in tau² where the
score itself decays, so Newton's method needs few steps.

Several maxima. Write w for the weights. The ratio rises wherever the largest weight is at most
twice the smallest: its derivative has the sign of 2 T y'PPPy - y'PPy (-T'), and y'PPPy/y'PPy is
at least the smallest, -T'/T at most the largest weight. So beyond largest - 2 smallest variance
there is at most one root, and only below it a grid is needed. From one of its points to the next
no weight changes by more than the factor 2, and 1.3 where the variances differ more than a
thousandfold, since there two maxima can lie close together.

Source: Viechtbauer 2005 (doi:10.3102/10769986030003261) for the scores; the search is our own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.padded_effects import EffectModel

_CAP = 100
_CLOSE = 1e-10
_EXACT = 4.0 * np.finfo(np.float64).eps
_GRIDS = (0, 5, 10, 36, 72, 144, 288)
_REACH = np.array([2.0, 33.0, 1025.0, 1.3**36, 1.3**72, 1.3**144])
"""Numbers of grid intervals, and the ratio of the variances up to which each is fine enough."""

_ROOM = 2**18
"""Numbers held at a time by the arrays of a grid; more rows are done in turns."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimated tau² per row, and how the search went; all of shape (rows,)."""

    tau2: FloatArray
    converged: BoolArray
    iterations: IntArray
    multimodal: BoolArray


@dataclass(slots=True, eq=False)
class _Brackets:
    """Places where a maximum is known to lie: between ``low`` and ``high`` of row ``row``."""

    row: IntArray
    low: FloatArray
    high: FloatArray
    start: FloatArray


def maximum(model: EffectModel, restricted: bool) -> Estimates:
    """Return the tau² >= 0 with the greatest (restricted) likelihood, for each row.

    ``multimodal`` is True where there is more than one local maximum; the greatest is returned.
    A row that needs more than 100 steps returns the middle of its bracket, ``converged`` False.
    """
    rows = len(model.n)
    result = Estimates(
        np.zeros(rows), np.ones(rows, bool), np.zeros(rows, np.int64), np.zeros(rows, bool)
    )
    kinds = np.searchsorted(_REACH, model.largest / model.smallest)
    for kind in np.flatnonzero(np.bincount(kinds)):
        intervals = _GRIDS[kind]
        chosen = np.flatnonzero(kinds == kind)
        turn = max(1, int(_ROOM // ((intervals + 1) * max(1.0, float(model.n.max())))))
        if len(chosen) == rows <= turn:
            _maximum_of_kind(model, restricted, intervals, result, None)
            continue
        for first in range(0, len(chosen), turn):
            part = chosen[first : first + turn]
            _maximum_of_kind(model.take(part), restricted, intervals, result, part)
    return result


def _maximum_of_kind(
    model: EffectModel,
    restricted: bool,
    intervals: int,
    result: Estimates,
    rows: IntArray | None,
) -> None:
    """Write the maxima of rows that share a grid size into the result."""
    brackets, maxima, at_zero = _brackets(model, restricted, intervals)
    roots, converged, steps = _newton(model, restricted, brackets)
    where = brackets.row if rows is None else rows[brackets.row]
    result.tau2[where] = roots
    result.converged[where] = converged
    result.iterations[where] = steps
    several = np.flatnonzero(maxima > 1)
    for row in several:
        _choose(model, restricted, (int(row), brackets, roots, bool(at_zero[row])), result, rows)


def _brackets(
    model: EffectModel, restricted: bool, intervals: int
) -> tuple[_Brackets, IntArray, BoolArray]:
    """Return the brackets of all maxima above 0, the number of maxima, and whether 0 is one."""
    grid = _grid(model, intervals)
    quadratic, trace, total = model.scores(grid)
    expected = trace if restricted else total
    rising = (quadratic > expected) & (model.degrees > 0)
    after = np.zeros_like(rising)
    after[:-1] = rising[1:]
    point, row = np.nonzero(rising & ~after)
    low = grid[point, row]
    high = np.full(len(row), np.inf)
    start = low.copy()
    inner = point < intervals
    if inner.any():
        p, r = point[inner], row[inner]
        below = 1.0 - expected[p, r] / quadratic[p, r]
        above = expected[p + 1, r] / quadratic[p + 1, r] - 1.0
        high[inner] = grid[p + 1, r]
        share = below / (below + above)
        start[inner] += np.where(np.isfinite(above), share, 0.5) * (high[inner] - low[inner])
    at_zero = ~rising[0]
    maxima = np.bincount(row, minlength=len(model.n)) + at_zero
    return _Brackets(row, low, high, start), maxima, at_zero


def _grid(model: EffectModel, intervals: int) -> FloatArray:
    """Return points from 0 to largest - 2 smallest, shape (intervals + 1, rows)."""
    if intervals == 0:
        return np.zeros((1, len(model.n)))
    ratio = np.maximum(model.largest / model.smallest - 1.0, 1.0)
    powers = ratio ** (np.arange(intervals + 1.0)[:, None] / intervals)
    grid: FloatArray = model.smallest * (powers - 1.0)
    return grid


def _newton(
    model: EffectModel, restricted: bool, brackets: _Brackets
) -> tuple[FloatArray, BoolArray, IntArray]:
    """Return the root in each bracket, whether it was reached, and the number of steps."""
    count = len(brackets.row)
    roots = brackets.start.copy()
    reached = np.zeros(count, bool)
    steps = np.zeros(count, np.int64)
    active = np.arange(count)
    part = model if _all_rows(brackets.row, len(model.n)) else model.take(brackets.row)
    low, high, now = brackets.low.copy(), brackets.high.copy(), roots.copy()
    for step in range(1, _CAP + 1):
        if not len(active):
            break
        now, done = _one_step(part, restricted, now, (low, high))
        roots[active] = now
        steps[active] = step
        if done.any():
            reached[active[done]] = True
            keep = np.flatnonzero(~done)
            active, part = active[keep], part.take(keep)
            low, high, now = low[keep], high[keep], now[keep]
    return roots, reached, steps


def _all_rows(row: IntArray, rows: int) -> bool:
    return len(row) == rows and bool((row == np.arange(rows)).all())


def _one_step(
    model: EffectModel, restricted: bool, now: FloatArray, bracket: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, BoolArray]:
    """Move each row one safeguarded Newton step; narrow its bracket in place."""
    low, high = bracket
    at = model.projected(now)
    expected, slope = (at.trace1, at.trace2) if restricted else (at.weight1, at.weight2)
    excess = at.q2 - expected
    move = excess / (2.0 * expected * at.q3 / at.q2 - slope)
    rising = excess > 0.0
    np.copyto(low, now, where=rising)
    np.copyto(high, now, where=~rising)
    then = now + move
    close = np.abs(move) <= _CLOSE * (now + model.smallest)
    close |= np.abs(excess) <= _EXACT * expected
    outside = ~((then >= low) & (then <= high))
    if outside.any():
        middle = np.where(np.isinf(high), 2.0 * now + model.smallest, 0.5 * (low + high))
        then = np.where(outside, np.where(close, now, middle), then)
    return then, close


def _choose(
    model: EffectModel,
    restricted: bool,
    found: tuple[int, _Brackets, FloatArray, bool],
    result: Estimates,
    rows: IntArray | None,
) -> None:
    """Write the best of several maxima of one row into the result."""
    row, brackets, roots, at_zero = found
    candidates = roots[brackets.row == row]
    if at_zero:
        candidates = np.concatenate(([0.0], candidates))
    alone = model.take(np.array([row]))
    heights = alone.log_likelihood(candidates[:, None], restricted)[:, 0]
    where = row if rows is None else rows[row]
    result.tau2[where] = candidates[int(np.argmax(heights))]
    result.multimodal[where] = True


def without_single_studies(estimates: Estimates, model: EffectModel) -> Estimates:
    """Return the estimates with tau² = 0 where no degree of freedom is left."""
    return replace(estimates, tau2=np.where(model.degrees > 0, estimates.tau2, 0.0))
