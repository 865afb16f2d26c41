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
from dataclasses import dataclass, replace

import numpy as np

from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.padded_effects import EffectModel

_CAP = 100
_CLOSE = 1e-10
_EXACT = 4.0 * np.finfo(np.float64).eps
_COARSE = (0, 1, 2, 3, 5)
_COARSE_REACH = np.array([2.0, 5.0, 17.0, 65.0, 1025.0])
_FINE = (12, 24, 48, 96, 192, 384)
_FINE_REACH = np.array([1.3**n for n in _FINE[:-1]])
"""Numbers of grid intervals, and the ratio of the variances up to which each is fine enough."""

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
    kinds = np.searchsorted(_COARSE_REACH, model.largest / model.smallest)
    everyone = np.arange(rows)
    if bool((kinds == kinds[0]).all()) and kinds[0] < len(_COARSE):
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
    rising = (q2 > expected) & (model.degrees > 0)
    if intervals:
        doubtful = (2.0 * expected * q3 < q2 * slope).any(axis=0)
        doubtful |= (rising[1:] & ~rising[:-1]).any(axis=0)
        if doubtful.any():
            _look_closely(model, restricted, np.flatnonzero(doubtful), into)
            rising &= ~doubtful
    if rising.any():
        brackets = _brackets(grid, rising, (expected, q2))
        _follow(model, restricted, brackets, into)


def _look_closely(model: EffectModel, restricted: bool, rows: IntArray, into: Into) -> None:
    """Take the fine look at some rows, in groups that share a grid size."""
    result, numbers = into
    kinds = np.searchsorted(_FINE_REACH, model.largest[rows] / model.smallest[rows])
    for kind in np.flatnonzero(np.bincount(kinds)):
        chosen = rows[kinds == kind]
        part = model.take(chosen)
        grid = _grid(part, _FINE[kind])
        q2, expected = _scores(part, restricted, grid)
        rising = (q2 > expected) & (part.degrees > 0)
        brackets = _brackets(grid, rising, (expected, q2))
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
        at = model.projected(tau2)
        if restricted:
            return at.q2, at.q3, at.trace1, at.trace2
        return at.q2, at.q3, at.weight1, at.weight2

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


def _brackets(
    grid: FloatArray, rising: BoolArray, scores: tuple[FloatArray, FloatArray]
) -> _Brackets:
    """Return the brackets of all maxima above 0: from a rising point to one that is not.

    ``scores`` are T and y'PPy; the start is where a straight line through their ratio crosses.
    Beyond the last point of the grid the bracket is open.
    """
    after = np.zeros_like(rising)
    after[:-1] = rising[1:]
    point, row = np.nonzero(rising & ~after)
    low = grid[point, row]
    high = np.full(len(row), np.inf)
    start = low.copy()
    inner = point < len(grid) - 1
    if inner.any():
        expected, q2 = scores
        p, r = point[inner], row[inner]
        below = 1.0 - expected[p, r] / q2[p, r]
        above = expected[p + 1, r] / q2[p + 1, r] - 1.0
        high[inner] = grid[p + 1, r]
        share = below / (below + above)
        start[inner] += np.where(np.isfinite(above), share, 0.5) * (high[inner] - low[inner])
    return _Brackets(row, low, high, start)


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
    roots = np.zeros(count)
    reached = np.zeros(count, bool)
    steps = np.full(count, _CAP)
    active = np.arange(count)
    part = model if _all_rows(brackets.row, len(model.n)) else model.take(brackets.row)
    low, high, now = brackets.low.copy(), brackets.high.copy(), brackets.start
    for step in range(1, _CAP + 1):
        now, done = _one_step(part, restricted, now, (low, high))
        if done.any():
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
    model: EffectModel, restricted: bool, found: tuple[int, FloatArray], into: Into
) -> None:
    """Write the best of several maxima of one row into the result."""
    row, candidates = found
    result, numbers = into
    alone = model.take(np.array([row]))
    heights = alone.log_likelihood(candidates[:, None], restricted)[:, 0]
    result.tau2[numbers[row]] = candidates[int(np.argmax(heights))]
    result.multimodal[numbers[row]] = True


def without_single_studies(estimates: Estimates, model: EffectModel) -> Estimates:
    """Return the estimates with tau² = 0 where no degree of freedom is left."""
    return replace(estimates, tau2=np.where(model.degrees > 0, estimates.tau2, 0.0))
