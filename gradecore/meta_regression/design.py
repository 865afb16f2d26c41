"""The design of a regression of study effects on moderators, scaled so that it can be solved.

Columns are centred at the most precise study and divided by their spread before anything is solved
(with calendar years the plain normal equations keep seven digits only), and coefficients are turned
back afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradecore.data import FloatArray
from gradecore.input_errors import InputError

_RANK_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A scaled design ``z`` (k, p) with ``z = x @ back``, hence coefficients ``back @ scaled``.

    ``names`` are those of the coefficients in order; the first is ``intercept`` if there is one.
    ``x`` is the design as entered.
    """

    x: FloatArray
    z: FloatArray
    back: FloatArray
    names: tuple[str, ...]
    has_intercept: bool

    @property
    def k(self) -> int:
        """Number of studies."""
        return int(self.x.shape[0])

    @property
    def p(self) -> int:
        """Number of coefficients."""
        return int(self.x.shape[1])


def design_of(
    columns: Sequence[FloatArray],
    names: Sequence[str],
    k: int,
    *,
    intercept: bool = True,
    centre: int = 0,
) -> Design:
    """Return the design of the moderators, one column each of k values.

    ``centre`` is the row of the study at whose values the columns are centred.
    InputError if there are not more studies than coefficients, or if a moderator does not vary
    or is a combination of the others.
    """
    shift, scale = np.zeros(len(columns)), np.ones(len(columns))
    raw = np.column_stack([np.ones((k, 0)), *columns]) if columns else np.ones((k, 0))
    if columns:
        shift = raw[centre] if intercept else shift
        scale = np.sqrt(((raw - shift) ** 2).mean(axis=0))
        _refuse_constant(raw, scale, names)
    first = int(intercept)
    x = np.column_stack([np.ones((k, first)), raw])
    z = np.column_stack([np.ones((k, first)), (raw - shift) / scale])
    back = np.diag(np.concatenate([np.ones(first), 1.0 / scale]))
    if intercept:
        back[0, 1:] = -shift / scale
    all_names = ("intercept", *names) if intercept else tuple(names)
    _refuse_dependent(z, all_names)
    return Design(x=x, z=z, back=back, names=all_names, has_intercept=intercept)


def indicator_columns(
    name: str, levels: Sequence[str]
) -> tuple[tuple[str, ...], tuple[FloatArray, ...]]:
    """Return names and columns of a categorical moderator in treatment coding.

    The first level in sorted order is the reference; the names are ``name=level``.
    """
    categories = sorted(set(levels))[1:]
    given = np.asarray(levels, dtype=str)
    columns = tuple((given == category).astype(np.float64) for category in categories)
    return tuple(f"{name}={category}" for category in categories), columns


def _refuse_constant(raw: FloatArray, scale: FloatArray, names: Sequence[str]) -> None:
    flat = scale <= 1e-14 * np.abs(raw).max(axis=0)
    for name in (name for name, still in zip(names, flat, strict=True) if still):
        raise InputError(
            f"The moderator {name} has the same value in every study and tells nothing.",
            column=name,
        )


def _refuse_dependent(z: FloatArray, names: tuple[str, ...]) -> None:
    k, p = z.shape
    if p == 0:
        raise InputError("A regression needs an intercept or a moderator.")
    if k <= p:
        raise InputError(
            f"{k} studies are too few for {p} coefficients: there must be more studies."
        )
    # Column by column, so that the one that adds nothing can be named.
    triangle = np.abs(np.diag(np.linalg.qr(z, mode="r")))
    for name, left in zip(names, triangle / np.sqrt(k), strict=True):
        if left <= _RANK_TOLERANCE:
            raise InputError(
                f"The moderator {name} is a combination of the others; leave it out.",
                column=name,
            )
