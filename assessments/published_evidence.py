"""Turns a published pooled estimate, as it was typed, into the evidence of GRADE's facts."""

from __future__ import annotations

import math
from dataclasses import replace

from assessments.review import PublishedEstimate
from gradecore.grade.evidence import RATIO_MEASURES, Evidence, PooledNumbers, SmallStudies
from gradecore.grade.vocabulary import PUBLISHED


def evidence_of_published(known: PublishedEstimate | None, base: Evidence) -> Evidence:
    """Return the evidence with what the publication printed; nothing but its kind without it."""
    if known is None:
        return replace(base, kind=PUBLISHED)
    numbers = None
    values = (known.estimate, known.ci_low, known.ci_high)
    if known.measure and all(value is not None for value in values):
        effect, low, high = (float(v) for v in values if v is not None)
        if known.measure in RATIO_MEASURES:
            if min(effect, low, high) <= 0:
                return replace(base, kind=PUBLISHED, measure=known.measure)
            effect, low, high = math.log(effect), math.log(low), math.log(high)
        around = _scaled(known.prediction_low, known), _scaled(known.prediction_high, known)
        numbers = PooledNumbers(
            effect=effect, low=low, high=high, level=known.ci_level, i2=known.i2, tau2=known.tau2,
            q_p=known.q_p, prediction_low=around[0], prediction_high=around[1],
        )
    return replace(
        base, kind=PUBLISHED, measure=known.measure, pooled=numbers, k=known.studies,
        n=known.participants, events=known.events,
        small_studies=SmallStudies(p=known.asymmetry_p),
    )


def _scaled(limit: float | None, known: PublishedEstimate) -> float | None:
    """Return a printed limit on the scale of the analysis; None where it cannot be one."""
    if limit is None or known.measure not in RATIO_MEASURES:
        return limit
    return math.log(limit) if limit > 0 else None
