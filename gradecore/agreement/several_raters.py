"""Agreement of two or more raters per unit, for exercises with several assessors.

Source: Fleiss 1971 (doi:10.1037/h0031619).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradecore.input_errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class FleissKappa:
    """Fleiss' kappa over n units; None with a code where chance agreement is complete."""

    value: float | None
    n: int
    observed: float | None
    expected: float | None
    left_out: int
    code: str = ""


def fleiss_kappa(
    judgements: Sequence[Sequence[str | None]], categories: Sequence[str]
) -> FleissKappa:
    """Return the kappa of units, each with the judgements of its raters (None: no judgement).

    Units with fewer than two judgements are left out and counted. InputError for a judgement
    that is no category.
    """
    index = {name: position for position, name in enumerate(categories)}
    counts = np.zeros((len(judgements), len(categories)))
    for unit, given in enumerate(judgements):
        for judgement in given:
            if judgement is None:
                continue
            if judgement not in index:
                raise InputError(f"{judgement} in unit {unit + 1} is no category.", study=unit + 1)
            counts[unit, index[judgement]] += 1.0
    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= 2.0], raters[raters >= 2.0]
    left_out = len(judgements) - raters.size
    if raters.size < 2:
        return FleissKappa(
            value=None,
            n=int(raters.size),
            observed=None,
            expected=None,
            left_out=left_out,
            code="n_too_small",
        )
    pairs = np.sum(counts * (counts - 1.0), axis=1) / (raters * (raters - 1.0))
    observed = float(pairs.mean())
    expected = float(np.sum((counts.sum(axis=0) / counts.sum()) ** 2))
    defined = 1.0 - expected > 1e-12
    return FleissKappa(
        value=(observed - expected) / (1.0 - expected) if defined else None,
        n=int(raters.size),
        observed=observed,
        expected=expected,
        left_out=left_out,
        code="" if defined else "no_variation",
    )
