"""What is odd about a published estimate as it was typed; nothing is ever corrected.

Estimate and limits are held against each other (W-TRANSCRIPT); a printed absolute effect against
the one that follows from the estimate (W-DIR, W-ROUNDED-BASELINE, W-ABS-MEASURE,
W-ABS-DEVIATION).
"""

from __future__ import annotations

from assessments.language import _
from assessments.review import PublishedEstimate
from assessments.summary_of_findings.numbers import decimals_as_printed
from gradecore.absolute_effects import Interval
from gradecore.grade.evidence import EVENT_MEASURES
from gradecore.grade.published import PrintedAbsolute, imported_absolute, transcription
from gradecore.grade.remarks import WARN, Remark
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES

IMPOSSIBLE = "W-TRANSCRIPT"
"""Numbers that cannot be are a question about the typing as well."""
PER = 1000


def remarks_on(found: PublishedEstimate, *, event_free: bool = False) -> tuple[str, ...]:
    """Return remarks in sentences; none while estimate or limits are missing."""
    return tuple(_(one.sentence) for one in remarks_of(found, event_free=event_free))


def remarks_of(found: PublishedEstimate, *, event_free: bool = False) -> tuple[Remark, ...]:
    """Return the remarks with their codes; ``event_free`` where those free of it are counted."""
    numbers = (found.estimate, found.ci_low, found.ci_high)
    if not found.measure or found.measure not in MEASURES or None in numbers:
        return ()
    estimate, low, high = (float(one) for one in numbers if one is not None)
    ratio = MEASURES[found.measure].null == 1.0
    try:
        told = transcription(
            estimate, low, high, ratio=ratio, decimals=decimals_as_printed(estimate, low, high)
        )
        return (*told, *_of_absolute(found, (estimate, low, high), event_free=event_free))
    except InputError as error:
        return (Remark(code=IMPOSSIBLE, kind=WARN, sentence=str(error)),)


def _of_absolute(
    found: PublishedEstimate, numbers: tuple[float, float, float], *, event_free: bool
) -> tuple[Remark, ...]:
    """Return what is odd about the printed difference; nothing where it or its risk is missing."""
    limits = (found.printed_difference_low, found.printed_difference_high)
    if limits[0] is not None and limits[1] is not None:
        limits = min(limits[0], limits[1]), max(limits[0], limits[1])
    printed = (found.printed_difference, *limits)
    if found.printed_baseline is None or found.measure not in EVENT_MEASURES:
        return ()
    if all(one is None for one in printed):
        return ()
    estimate, low, high = numbers
    given = [one for one in printed if one is not None]
    return imported_absolute(
        PrintedAbsolute(
            measure=found.measure,
            relative=Interval(estimate=estimate, low=low, high=high),
            baseline=found.printed_baseline,
            per=found.printed_per or PER,
            baseline_decimals=_decimals(found.printed_baseline),
            decimals=max(_decimals(one) for one in given),
            difference=printed,
            event_free=event_free,
        )
    )


def _decimals(number: float) -> int:
    """Return how many decimals a number was printed with, as far as it still shows them."""
    return len(f"{number:.6f}".rstrip("0").partition(".")[2])
