"""Tests of funnel asymmetry for the studies of a worked case, by measure as a project runs them.

Odds ratios by their tables (Harbord), standardised mean differences by the size of the studies,
all others by regression on the standard error; from ten studies on.
"""

from __future__ import annotations

from gradecore.grade.evidence import STANDARDISED_MEASURES, StudyEvidence
from gradecore.input_errors import InputError
from gradecore.small_studies import BINARY_TESTS, egger, tables_of

_FROM = 10


def asymmetry_p(measure: str, studies: tuple[StudyEvidence, ...]) -> float | None:
    """Return the P value of the test that suits the measure, None where the numbers are missing."""
    known = [one for one in studies if one.effect is not None and one.se]
    if len(known) < _FROM or len(known) < len(studies):
        return None
    try:
        if measure in ("OR", "PETO"):
            return _of_tables(studies)
        effects = [one.effect or 0.0 for one in known]
        variances = [(one.se or 0.0) ** 2 for one in known]
        if measure not in STANDARDISED_MEASURES:
            return egger(effects, variances).p
        sizes = [one.participants or 0.0 for one in known]
        if not all(sizes):
            return None
        return egger(effects, variances, regressor="sqrtninv", sizes=sizes).p
    except InputError:
        return None


def _of_tables(studies: tuple[StudyEvidence, ...]) -> float | None:
    rows = [(one.events_1, one.n_1, one.events_2, one.n_2) for one in studies]
    complete = [
        (a, b, c, d) for a, b, c, d in rows
        if a is not None and b is not None and c is not None and d is not None
    ]
    if len(complete) < len(studies):
        return None
    return BINARY_TESTS["harbord"](tables_of(*map(list, zip(*complete, strict=True)))).p
