"""Which studies take part: the selections behind every series of analyses, shape (rows, k)."""

from __future__ import annotations

import numpy as np

from gradecore.data import BoolArray


def everyone(k: int) -> BoolArray:
    """Return one row with all studies."""
    return np.ones((1, k), bool)


def all_but_one(k: int) -> BoolArray:
    """Return k rows; row i leaves study i out."""
    return ~np.eye(k, dtype=bool)


def first_ones(k: int) -> BoolArray:
    """Return k rows; row i has the studies up to and including i."""
    return np.tri(k, dtype=bool)
