"""The maximum of the likelihood or the restricted likelihood over the between-study variance.

Both scores have the form y'PPy - T(tau²), with T = tr P (restricted) or the sum of the weights.
The roots of T/y'PPy - 1 are sought: that ratio is close to a straight line in tau² where the
score itself decays, so Newton's method needs few steps.

Several maxima. Write w for the weights. The ratio rises wherever the largest weight is at most
twice the smallest: its derivative has the sign of 2 T y'PPPy - y'PPy (-T'), and y'PPPy/y'PPy is
at least the smallest, -T'/T at most the largest weight. So beyond largest - 2 smallest variance
there is at most one root, and only below it must be looked for more. A coarse look takes points
between which no weight changes by more than the factor 4, with the sign of the derivative. Where
the ratio rises at all of them and crosses once, there is one maximum. Otherwise, and always where
the variances differ more than a thousandfold, a fine look follows, with the factor 1.3, and every
maximum found is followed up.

Source: Viechtbauer 2005 (doi:10.3102/10769986030003261) for the scores; the search is our own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.padded_effects import EffectModel

_count = np.count_nonzero
_CAP = 100
_FAST = 5
"""Newton steps before brackets are narrowed; most rows need no more."""
_CLOSE = 1e-6
"""Relative size of a last step; the error left is about its square."""
_EXACT = 4.0 * np.finfo(np.float64).eps
_COARSE = (0, 1, 2, 3, 5)
_COARSE_REACH = np.array([2.0, 5.0, 17.0, 65.0, 1025.0])
_FINE = (12, 24, 48, 96, 192, 384)
_FINE_REACH = np.array([1.3**n for n in _FINE[:-1]])
"""Numbers of grid intervals, and the ratio of the variances up to which each is fine enough."""

_EXPONENTS = {n: np.arange(n + 1.0)[:, None] / n for n in (*_COARSE[1:], *_FINE)}
_ROOM = 2**15
"""Numbers that the arrays of a grid may hold at a time; more is done point by point."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimated tau² per row, and how the search went; all of shape (rows,)."""

    tau2: FloatArray
    converged: BoolArray
    iterations: IntArray
    multimodal: BoolArray


@dataclass(slots=True, eq=False)
class _Brackets:
    """Places where a maximum is known to lie: between ``low`` and ``high`` of row ``row``.

    ``point`` is the number of the grid point ``low``; the search begins at ``start``.
    """

    row: IntArray
    point: IntArray
    low: FloatArray
    high: FloatArray
    start: FloatArray


@np.errstate(all="ignore")
def maximum(model: EffectModel, restricted: bool) -> Estimates:
    """Return the tau² >= 0 with the greatest (restricted) likelihood, for each row.

    ``multimodal`` is True where there is more than one local maximum; the greatest is returned.
    A row that needs more than 100 steps returns the middle of its bracket, ``converged`` False.
    A row with a single study gets 0.
    """
    rows = len(model.n)
    result = Estimates(
        np.zeros(rows), np.ones(rows, bool), np.zeros(rows, np.int64), np.zeros(rows, bool)
    )
    kinds: IntArray = _COARSE_REACH.searchsorted(model.largest / model.smallest)
    everyone = np.arange(rows)
    if _count(kinds == kinds[0]) == rows and kinds[0] < len(_COARSE):
        _look(model, restricted, _COARSE[kinds[0]], (result, everyone))
        return result
    for kind in np.flatnonzero(np.bincount(kinds)):
        chosen = np.flatnonzero(kinds == kind)
        if kind == len(_COARSE):
            _look_closely(model, restricted, chosen, (result, everyone))
        else:
            _look(model.take(chosen), restricted, _COARSE[kind], (result, chosen))
    return result


Into = tuple[Estimates, IntArray]
"""Where to write: the result of all rows, and which of them are meant."""


def _look(model: EffectModel, restricted: bool, intervals: int, into: Into) -> None:
    """Take the coarse look at rows that share a grid size and follow up what it shows."""
    grid = _grid(model, intervals)
    q2, q3, expected, slope = _slopes(model, restricted, grid)
    rising = q2 > expected
    falling = 2.0 * expected * q3 < q2 * slope
    again = rising[1:] > rising[:-1]
    if intervals and (_count(falling) or _count(again)):
        doubtful = falling.any(axis=0) | again.any(axis=0)
        _look_closely(model, restricted, np.flatnonzero(doubtful), into)
        rising &= ~doubtful
    if _count(rising):
        brackets = _brackets(grid, rising)
        height = expected / q2 - 1.0
        _start(brackets, grid, height, q2 / (2.0 * expected * q3 / q2 - slope))
        _follow(model, restricted, brackets, into)


def _look_closely(model: EffectModel, restricted: bool, rows: IntArray, into: Into) -> None:
    """Take the fine look at some rows, in groups that share a grid size."""
    result, numbers = into
    kinds: IntArray = _FINE_REACH.searchsorted(model.largest[rows] / model.smallest[rows])
    for kind in np.flatnonzero(np.bincount(kinds)):
        chosen = rows[kinds == kind]
        part = model.take(chosen)
        grid = _grid(part, _FINE[kind])
        q2, expected = _scores(part, restricted, grid)
        rising = q2 > expected
        brackets = _brackets(grid, rising)
        _start(brackets, grid, expected / q2 - 1.0, None)
        at_zero = ~rising[0]
        where = (result, numbers[chosen])
        roots = _follow(part, restricted, brackets, where)
        maxima = np.bincount(brackets.row, minlength=len(chosen)) + at_zero
        for row in np.flatnonzero(maxima > 1):
            candidates = roots[brackets.row == row]
            if at_zero[row]:
                candidates = np.concatenate(([0.0], candidates))
            _choose(part, restricted, (int(row), candidates), where)


def _slopes(
    model: EffectModel, restricted: bool, grid: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return y'PPy, y'PPPy, T and -T' at every point of the grid."""

    def parts(tau2: FloatArray) -> tuple[FloatArray, ...]:
        return model.slopes(tau2, restricted)

    q2, q3, expected, slope = _at_points(parts, model, grid)
    return q2, q3, expected, slope


def _scores(
    model: EffectModel, restricted: bool, grid: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return y'PPy and T at every point of the grid."""
    q2, trace, total = _at_points(model.scores, model, grid)
    return q2, trace if restricted else total


def _at_points(
    parts: Callable[[FloatArray], tuple[FloatArray, ...]], model: EffectModel, grid: FloatArray
) -> tuple[FloatArray, ...]:
    """Return the parts at all points at once if they are small, else point by point."""
    if len(grid) == 1 or grid.size * float(model.n.max()) <= _ROOM:
        return parts(grid)
    found = [parts(point) for point in grid]
    return tuple(np.stack(part) for part in zip(*found, strict=True))


def _follow(model: EffectModel, restricted: bool, brackets: _Brackets, into: Into) -> FloatArray:
    """Find the root in every bracket and write it to its row; return the roots."""
    if not len(brackets.row):
        return brackets.start
    result, numbers = into
    roots, converged, steps = _newton(model, restricted, brackets)
    where = numbers[brackets.row]
    result.tau2[where] = roots
    result.converged[where] = converged
    result.iterations[where] = steps
    return roots


def _brackets(grid: FloatArray, rising: BoolArray) -> _Brackets:
    """Return the brackets of all maxima above 0: from a rising point to one that is not.

    Beyond the last point of the grid the bracket is open.
    """
    last = rising.copy()
    last[:-1] &= ~rising[1:]
    point, row = np.nonzero(last)
    low = grid[point, row]
    high = np.full(len(row), np.inf)
    inner = point < len(grid) - 1
    high[inner] = grid[point[inner] + 1, row[inner]]
    return _Brackets(row, point, low, high, low.copy())


def _start(
    brackets: _Brackets, grid: FloatArray, height: FloatArray, inverse: FloatArray | None
) -> None:
    """Set where the search begins: where an interpolation of the ratio crosses zero.

    ``height`` is the ratio minus 1 at the points of the grid, ``inverse`` one over its slope.
    With slopes tau² is a cubic of the height, without a straight line. An open bracket begins
    with a step along the slope, if there is one.
    """
    point, row, low, high = brackets.point, brackets.row, brackets.low, brackets.high
    here = height[point, row]
    open_ = np.isinf(high)
    some = _count(open_)
    if some:
        if inverse is not None:
            brackets.start[open_] -= here[open_] * inverse[point[open_], row[open_]]
        if some == len(open_):
            return
        closed = ~open_
        point, row = point[closed], row[closed]
        here, low, high = here[closed], low[closed], high[closed]
    after, width = point + 1, high - low
    rise = height[after, row] - here
    share = here / -rise
    start = low + share * width
    if inverse is not None:
        bend = (1.0 - share) * (inverse[point, row] * rise - width)
        bend -= share * (inverse[after, row] * rise - width)
        start += share * (1.0 - share) * bend
    start = np.where((start >= low) & (start <= high), start, 0.5 * (low + high))
    if some:
        brackets.start[closed] = start
    else:
        brackets.start = start


def _grid(model: EffectModel, intervals: int) -> FloatArray:
    """Return points from 0 to largest - 2 smallest, shape (intervals + 1, rows)."""
    if intervals == 0:
        return np.zeros((1, len(model.n)))
    ratio = np.maximum(model.largest / model.smallest - 1.0, 1.0)
    powers = ratio ** _EXPONENTS[intervals]
    powers -= 1.0
    powers *= model.smallest
    grid: FloatArray = powers
    return grid


def _newton(
    model: EffectModel, restricted: bool, brackets: _Brackets
) -> tuple[FloatArray, BoolArray, IntArray]:
    """Return the root in each bracket, whether it was reached, and the number of steps."""
    count = len(brackets.row)
    roots = np.zeros(count)
    reached = np.zeros(count, bool)
    steps = np.full(count, _CAP)
    active = np.arange(count)
    part = model if _all_rows(brackets.row, len(model.n)) else model.take(brackets.row)
    low, high, now = brackets.low.copy(), brackets.high.copy(), brackets.start
    for step in range(1, _CAP + 1):
        now, done = _one_step(part, restricted, now, (low, high), step > _FAST)
        if _count(done):
            finished = active[done]
            roots[finished], reached[finished], steps[finished] = now[done], True, step
            if len(finished) == len(active):
                return roots, reached, steps
            keep = np.flatnonzero(~done)
            active, part = active[keep], part.take(keep)
            low, high, now = low[keep], high[keep], now[keep]
    roots[active] = now
    return roots, reached, steps


def _all_rows(row: IntArray, rows: int) -> bool:
    return len(row) == rows and _count(row == np.arange(rows)) == rows


def _one_step(
    model: EffectModel,
    restricted: bool,
    now: FloatArray,
    bracket: tuple[FloatArray, FloatArray],
    carefully: bool,
) -> tuple[FloatArray, BoolArray]:
    """Move each row one Newton step, and to the middle of its bracket if it leaves that.

    ``carefully`` also narrows the brackets, in place, and stops at the last digit of the score.
    """
    low, high = bracket
    q2, q3, expected, slope = model.slopes(now, restricted)
    excess = q2 - expected
    move = excess / (2.0 * expected * q3 / q2 - slope)
    then = now + move
    close = np.abs(move) <= _CLOSE * (now + model.smallest)
    if carefully:
        rising = excess > 0.0
        np.copyto(low, now, where=rising)
        np.copyto(high, now, where=~rising)
        close |= np.abs(excess) <= _EXACT * expected
    inside = (then >= low) & (then <= high)
    if _count(inside) < len(inside):
        middle = np.where(np.isinf(high), 2.0 * now + model.smallest, 0.5 * (low + high))
        then = np.where(inside, then, np.where(close, now, middle))
    return then, close


def _choose(
    model: EffectModel, restricted: bool, found: tuple[int, FloatArray], into: Into
) -> None:
    """Write the best of several maxima of one row into the result."""
    row, candidates = found
    result, numbers = into
    alone = model.take(np.array([row]))
    heights = alone.log_likelihood(candidates[:, None], restricted)[:, 0]
    result.tau2[numbers[row]] = candidates[int(np.argmax(heights))]
    result.multimodal[numbers[row]] = True
