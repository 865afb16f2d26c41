"""Solving the generalised Q equation: the tau² at which y'Py equals a given value.

The Paule-Mandel estimator and both limits of the Q-profile interval are such roots. 1/Q is an
increasing concave function of tau² (Q Q'' >= 2 Q'², by the Cauchy-Schwarz inequality, as Q = y'Py,
Q' = -y'PPy, Q'' = 2 y'PPPy), so Newton's method on 1/Q lands at or below the root after its first
step and then climbs to it: no bracket is needed and nothing can go astray.

Sources: Paule and Mandel 1982 (doi:10.6028/jres.087.022); Viechtbauer 2007 (doi:10.1002/sim.2514).
"""

from __future__ import annotations

import numpy as np

from gradecore.data import BoolArray, FloatArray, IntArray
from gradecore.padded_effects import EffectModel

_CAP = 200
_CLOSE = 1e-6
"""Relative size of a last step; the error left is about its square."""


def root(
    model: EffectModel, target: FloatArray, at_zero: tuple[FloatArray, FloatArray] | None = None
) -> tuple[FloatArray, BoolArray, IntArray]:
    """Return the tau² >= 0 with Q(tau²) = target, per row; 0 where Q(0) is not above it.

    ``at_zero`` are Q and y'PPy at tau² = 0 if they are known already. Also returns whether each
    row converged and the number of steps it took.
    """
    q, slope = model.quadratics(np.zeros(len(target))) if at_zero is None else at_zero
    above = q > target
    tau2, reached, steps = np.zeros(len(target)), ~above, np.zeros(len(target), np.int64)
    active = np.flatnonzero(above)
    if not len(active):
        return tau2, reached, steps
    part = model if len(active) == len(target) else model.take(active)
    aim = target[active]
    q, slope = q[active], slope[active]
    now = np.maximum((q * q / aim - q) / slope, 0.0)
    for step in range(2, _CAP + 1):
        q, slope = part.quadratics(now)
        move = (q * q / aim - q) / slope
        done = move <= _CLOSE * (now + part.smallest)
        now = np.maximum(now + move, 0.0)
        if step > 2 and np.count_nonzero(done):
            finished = active[done]
            tau2[finished], reached[finished], steps[finished] = now[done], True, step
            if len(finished) == len(active):
                return tau2, reached, steps
            keep = np.flatnonzero(~done)
            active, part, aim, now = active[keep], part.take(keep), aim[keep], now[keep]
    tau2[active], steps[active] = now, _CAP
    return tau2, reached, steps
