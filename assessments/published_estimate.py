"""What is odd about a published estimate as it was typed, in sentences; nothing is corrected."""

from __future__ import annotations

from assessments.language import _
from assessments.review import PublishedEstimate
from assessments.summary_of_findings.numbers import decimals_as_printed
from gradecore.grade.published import transcription
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES


def remarks_on(found: PublishedEstimate) -> tuple[str, ...]:
    """Return remarks on estimate and limits; none while one of them is missing."""
    numbers = (found.estimate, found.ci_low, found.ci_high)
    if not found.measure or found.measure not in MEASURES or None in numbers:
        return ()
    estimate, low, high = (float(one) for one in numbers if one is not None)
    ratio = MEASURES[found.measure].null == 1.0
    try:
        told = transcription(
            estimate, low, high, ratio=ratio, decimals=decimals_as_printed(estimate, low, high)
        )
    except InputError as error:
        return (str(error),)
    return tuple(_(one.sentence) for one in told)
