"""Weighted least squares by elimination, exact even when a few studies have all the weight.

For each set of weights the p studies that weigh most and tell the coefficients apart are the
pivots, X1 (p, p). With C = X X1^-1 every other study i is predicted from the pivots by row c_i, and
P = W - WX(X'WX)^-1 X'W falls into blocks whose traces and forms are sums of terms that do not
cancel, other than w_i (1 - h_i) with a leverage next to 1:

    S = W1 + C'W2C,   M = W2 - W2 C S^-1 C'W2,   P = [[C'MC, -C'M], [-MC, M]],

W1 the weights of the pivots and W2 those of the others (0 at the pivots). All is in memory linear
in the number of studies. Leading axes are analyses and points of a grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gradecore.data import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Elimination:
    """The parts named above for weights (..., k).

    ``pivots`` are their rows (..., p), ``from_pivots`` is X1^-1, ``rows`` is C (..., k, p),
    ``others`` the diagonal of W2 and ``g`` is C'W2C. ``covariance_root`` times its transpose is the
    inverse of X'WX, so that no variance can come out negative.
    """

    weights: FloatArray
    pivots: IntArray
    from_pivots: FloatArray
    rows: FloatArray
    pivot_weights: FloatArray
    others: FloatArray
    g: FloatArray
    s_inverse: FloatArray
    covariance_root: FloatArray
    log_determinant: FloatArray

    def solved(self, y: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return coefficients (..., p), residuals (..., k) and y'Py of values y (..., k)."""
        at_pivots = np.take_along_axis(y, self.pivots, axis=-1)
        apart = y - _times(self.rows, at_pivots)
        u = np.einsum("...kp,...k->...p", self.rows, self.others * apart)
        step = _times(self.s_inverse, u)
        residuals = apart - _times(self.rows, step)
        np.put_along_axis(residuals, self.pivots, -step, axis=-1)
        coefficients = _times(self.from_pivots, at_pivots + step)
        rss: FloatArray = np.sum(self.weights * residuals**2, axis=-1)
        return coefficients, residuals, rss

    @property
    def covariance(self) -> FloatArray:
        """The inverse of X'WX, (..., p, p)."""
        return self.covariance_root @ np.swapaxes(self.covariance_root, -1, -2)

    @property
    def trace_p(self) -> FloatArray:
        """tr P."""
        reach = np.einsum("...kp,...pq,...kq->...k", self.rows, self.s_inverse, self.rows)
        of_others = np.sum(self.others * (1.0 - self.others * reach), axis=-1)
        corner = self.g @ self.s_inverse * self.pivot_weights[..., None, :]
        trace: FloatArray = of_others + np.trace(corner, axis1=-2, axis2=-1)
        return trace

    def trace_of_two(self, d: FloatArray, e: FloatArray) -> FloatArray:
        """Return tr(P D P E) for diagonals d and e (..., k): the sum of P_ij² d_i e_j."""
        d1 = np.take_along_axis(d, self.pivots, axis=-1)
        e1 = np.take_along_axis(e, self.pivots, axis=-1)
        w1, w2, c = self.pivot_weights, self.others, self.rows
        corner = self.g @ self.s_inverse * w1[..., None, :]
        total = np.einsum("...pq,...p,...q->...", corner**2, d1, e1)
        beside = (w2[..., None] * (c @ self.s_inverse) * w1[..., None, :]) ** 2
        total += np.einsum("...kp,...k,...p->...", beside, d, e1)
        total += np.einsum("...kp,...k,...p->...", beside, e, d1)
        reach = np.einsum("...kp,...pq,...kq->...k", c, self.s_inverse, c)
        total += np.sum(w2**2 * d * e * (1.0 - 2.0 * w2 * reach), axis=-1)
        h_d = np.einsum("...kp,...k,...kq->...pq", c, w2**2 * d, c)
        h_e = np.einsum("...kp,...k,...kq->...pq", c, w2**2 * e, c)
        both = self.s_inverse @ h_d @ self.s_inverse @ h_e
        return np.asarray(total + np.trace(both, axis1=-2, axis2=-1), dtype=np.float64)


def eliminated(x: FloatArray, weights: FloatArray) -> Elimination:
    """Return the elimination of designs x (..., k, p) under weights (..., k)."""
    x = np.broadcast_to(x, (*weights.shape, x.shape[-1]))
    pivots = _pivots(np.sqrt(weights)[..., None] * x)
    square = np.take_along_axis(x, pivots[..., None], axis=-2)
    from_pivots = np.asarray(np.linalg.inv(square), dtype=np.float64)
    rows = x @ from_pivots
    pivot_weights = np.take_along_axis(weights, pivots, axis=-1)
    others = weights.copy()
    np.put_along_axis(others, pivots, 0.0, axis=-1)
    g = np.einsum("...kp,...k,...kq->...pq", rows, others, rows)
    s = g + pivot_weights[..., None] * np.eye(x.shape[-1])
    triangle = np.linalg.cholesky(s)
    s_root = np.swapaxes(np.asarray(np.linalg.inv(triangle), dtype=np.float64), -1, -2)
    diagonal = np.diagonal(triangle, axis1=-2, axis2=-1)
    log_determinant = 2.0 * (np.linalg.slogdet(square)[1] + np.sum(np.log(diagonal), axis=-1))
    return Elimination(
        weights=weights,
        pivots=pivots,
        from_pivots=from_pivots,
        rows=rows,
        pivot_weights=pivot_weights,
        others=others,
        g=g,
        s_inverse=s_root @ np.swapaxes(s_root, -1, -2),
        covariance_root=from_pivots @ s_root,
        log_determinant=log_determinant,
    )


def _pivots(rows: FloatArray) -> IntArray:
    """Return the p rows of (..., k, p) that are longest after those before are projected out."""
    left = rows.reshape(-1, *rows.shape[-2:]).copy()
    each = np.arange(left.shape[0])
    chosen = np.empty((left.shape[0], rows.shape[-1]), dtype=np.int64)
    for column in range(rows.shape[-1]):
        lengths = np.einsum("bkp,bkp->bk", left, left)
        # A study chosen before has nothing left but rounding; it must not be chosen again.
        lengths[each[:, None], chosen[:, :column]] = -1.0
        best = np.argmax(lengths, axis=-1)
        direction = left[each, best] / np.sqrt(lengths[each, best])[:, None]
        left -= (left @ direction[:, :, None]) * direction[:, None, :]
        chosen[:, column] = best
    return chosen.reshape(*rows.shape[:-2], rows.shape[-1])


def _times(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    product: FloatArray = np.einsum("...kp,...p->...k", matrix, vector)
    return product
