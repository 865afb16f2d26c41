"""Do numbers taken from a publication fit each other? Typing, absolute effects, ratings.

Errors of this kind are common in print; every finding is a question to the person who typed, never
a correction. Owns W-TRANSCRIPT, W-ABS-*, W-ROUNDED-BASELINE, W-DIR, W-ARITH and W-START.

A printed absolute effect that is more than one displayed unit from the recomputed one is explained
in this order: by a baseline risk that was rounded for print; by another measure (odds ratio for
risk ratio or the reverse); not at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from gradecore.absolute_effects import Interval, absolute_effect, round_half_away
from gradecore.grade.certainty import certainty
from gradecore.grade.remarks import INFO, WARN, Remark
from gradecore.grade.vocabulary import START_SCORES
from gradecore.input_errors import InputError

ASYMMETRY_LIMIT = 0.05
_REACH = 2 * 1.96
"""The specified width of a printed interval in standard errors: its limits are rounded too."""
_OTHER_MEASURE = {"RR": "OR", "OR": "RR", "PETO": "RR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAbsolute:
    """An absolute effect as printed, per ``per`` people; None is not printed.

    ``baseline`` is the printed comparator risk per ``per``. ``baseline_decimals`` and ``decimals``
    are the decimals of the printed baseline and of the other printed numbers.
    """

    measure: str
    relative: Interval
    baseline: float
    per: int = 1000
    baseline_decimals: int = 0
    decimals: int = 0
    difference: tuple[float | None, float | None, float | None] = (None, None, None)
    intervention: tuple[float | None, float | None, float | None] = (None, None, None)
    event_free: bool = False

    @property
    def printed(self) -> tuple[float, ...]:
        """The printed numbers, in a fixed order."""
        return tuple(one for one in (*self.difference, *self.intervention) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Symmetry:
    """How symmetric a printed interval is on the analysis scale; ``smallest`` after rounding."""

    asymmetry: float
    smallest: float
    se: float
    z: float
    p: float


def symmetry(estimate: float, low: float, high: float, *, ratio: bool, decimals: int) -> Symmetry:
    """Return the asymmetry of a printed interval and what it implies.

    All numbers on the natural scale with so many printed decimals. d = |(U - μ) - (μ - L)|/(U - L)
    on the analysis scale; ``smallest`` is the least d that half a unit in the last place of each
    number allows (d is monotone in each of them, so the corners decide). SE = (U - L)/3.92.

    Raises:
        InputError: the estimate is outside the limits, or a ratio is not positive.
    """
    if not low <= estimate <= high or low == high:
        raise InputError("The estimate must lie between two different limits.", column="estimate")
    if ratio and estimate <= 0:
        raise InputError("A ratio must be above 0.", column="estimate")

    def scaled(value: float) -> float:
        if not ratio:
            return value
        return math.log(value) if value > 0 else -math.inf

    def lean(mu: float, lower: float, upper: float) -> float:
        m, a, b = scaled(mu), scaled(lower), scaled(upper)
        if math.isinf(a):
            return -1.0
        return ((b - m) - (m - a)) / (b - a) if b > a else 0.0

    half = 0.5 * 10.0**-decimals
    leanest = lean(estimate + half, low - half, high - half)
    widest = lean(estimate - half, low + half, high + half)
    crosses = min(leanest, widest) <= 0 <= max(leanest, widest)
    se = (scaled(high) - scaled(low)) / _REACH
    z = scaled(estimate) / se if math.isfinite(se) else 0.0
    return Symmetry(
        asymmetry=abs(lean(estimate, low, high)),
        smallest=0.0 if crosses else min(abs(leanest), abs(widest)),
        se=se,
        z=z,
        p=math.erfc(abs(z) / math.sqrt(2)),
    )


def transcription(
    estimate: float, low: float, high: float, *, ratio: bool, decimals: int
) -> tuple[Remark, ...]:
    """Return W-TRANSCRIPT when rounding cannot explain how lopsided the interval is."""
    found = symmetry(estimate, low, high, ratio=ratio, decimals=decimals)
    if round(found.smallest, 9) <= ASYMMETRY_LIMIT:
        return ()
    return (
        Remark(
            code="W-TRANSCRIPT",
            kind=WARN,
            sentence="Estimate and limits are not symmetric on the scale of the analysis "
            f"(asymmetry {found.asymmetry:.2f}, limit {ASYMMETRY_LIMIT}); check the typing.",
        ),
    )


def imported_absolute(printed: PrintedAbsolute) -> tuple[Remark, ...]:
    """Return what is odd about a printed absolute effect.

    Raises:
        BaselineRefused: the baseline gives no absolute effect.
        InputError: another impossible number.
    """
    risk = printed.baseline / printed.per
    recomputed = _expected(printed, printed.measure, risk)
    remarks = direction(
        printed.measure, printed.relative.estimate, _printed_difference(printed),
        event_free=printed.event_free,
    )
    unit = 10.0**-printed.decimals
    deviates = any(
        round(abs(a - b), 9) > unit for a, b in zip(printed.printed, recomputed, strict=True)
    )
    if not deviates:
        return remarks
    return (*remarks, _explained(printed, recomputed))


def _explained(printed: PrintedAbsolute, recomputed: tuple[float, ...]) -> Remark:
    """Say why a printed absolute effect deviates: rounding first, then another measure."""
    shown = ", ".join(f"{one:g}" for one in recomputed)
    facts = f"Printed: {', '.join(f'{one:g}' for one in printed.printed)}; recomputed: {shown}."
    other = _OTHER_MEASURE.get(printed.measure)
    if _reproduced(printed, printed.measure):
        says = "The printed absolute effect comes from a baseline risk that was rounded for print."
        return Remark(code="W-ROUNDED-BASELINE", kind=INFO, sentence=f"{says} {facts}")
    if other is not None and _reproduced(printed, other):
        says = f"The printed absolute effect follows if the {printed.measure} is taken as {other}."
        return Remark(code="W-ABS-MEASURE", kind=WARN, sentence=f"{says} {facts}")
    says = "The printed absolute effect does not follow from the relative one."
    return Remark(code="W-ABS-DEVIATION", kind=WARN, sentence=f"{says} {facts}")


def published_rating(
    start_rule: str,
    domains: Mapping[str, str | None],
    upgrades: Mapping[str, str | int | None],
    published: str,
) -> tuple[Remark, ...]:
    """Return W-START or W-ARITH when a published level does not follow from its own domains.

    W-START when it would follow from another starting point, else W-ARITH.
    """
    ours = certainty(start_rule, domains, upgrades)
    if ours.level == published:
        return ()
    others = [
        rule
        for rule in START_SCORES
        if START_SCORES[rule] != ours.start
        and certainty(rule, domains, upgrades).level == published
    ]
    if others:
        sentence = (
            f"The published level “{published}” follows only if the rating started at "
            f"{START_SCORES[others[0]]} instead of {ours.start}."
        )
        return (Remark(code="W-START", kind=WARN, sentence=sentence),)
    sentence = (
        f"The published level “{published}” does not follow from its own judgements, which give "
        f"“{ours.level}” (sum {ours.total})."
    )
    return (Remark(code="W-ARITH", kind=WARN, sentence=sentence),)


def _expected(printed: PrintedAbsolute, measure: str, risk: float) -> tuple[float, ...]:
    """Return the numbers that should be printed, in the order of ``printed.printed``."""
    return tuple(round_half_away(one, printed.decimals) for one in _exact(printed, measure, risk))


def _exact(printed: PrintedAbsolute, measure: str, risk: float) -> tuple[float, ...]:
    effect = absolute_effect(measure, printed.relative, risk, event_free=printed.event_free)
    pairs = zip(
        (*printed.difference, *printed.intervention),
        (*effect.difference.numbers, *effect.intervention.numbers),
        strict=True,
    )
    return tuple(exact * printed.per for given, exact in pairs if given is not None)


def direction(
    measure: str, relative: float, printed: float | None, *, event_free: bool = False
) -> tuple[Remark, ...]:
    """Return W-DIR when a printed difference contradicts the relative effect.

    ``relative`` is on the natural scale; ``printed`` is the printed difference, minus for fewer.
    """
    null = 0.0 if measure == "RD" else 1.0
    wanted = null - relative if event_free else relative - null
    if printed is None or printed * wanted >= 0:
        return ()
    sentence = "The printed difference points in the other direction than the relative effect."
    return (Remark(code="W-DIR", kind=WARN, sentence=sentence),)


def _printed_difference(printed: PrintedAbsolute) -> float | None:
    """Return the printed difference, or the printed risk less the printed baseline."""
    if printed.difference[0] is not None:
        return printed.difference[0]
    risk = printed.intervention[0]
    if risk is None:
        return None
    baseline = printed.per - printed.baseline if printed.event_free else printed.baseline
    return risk - baseline


def _reproduced(printed: PrintedAbsolute, measure: str) -> bool:
    """Whether some baseline within half a unit of its last digit gives all printed numbers.

    Between the places where one of the numbers changes its rounding nothing changes, so one
    baseline of each stretch decides; the places are found by bisection between the extrema.
    """
    half = 0.5 * 10.0**-printed.baseline_decimals / printed.per
    middle = printed.baseline / printed.per
    low, high = max(1e-12, middle - half), min(1.0 - 1e-12, middle + half)
    if not low < high:
        return False
    ends = [low, high, *(one for one in _extrema(printed, measure) if low < one < high)]
    marks = sorted(set(ends))
    unit = 10.0**-printed.decimals
    changes = list(marks)
    for place, value in enumerate(printed.printed):
        for border in (value - unit / 2, value + unit / 2):
            for left, right in pairwise(marks):
                root = _root(_distance(printed, measure, place, border), left, right)
                changes += [] if root is None else [root]
    stretches = sorted(set(changes))
    tries = stretches + [(a + b) / 2 for a, b in pairwise(stretches)]
    return any(
        _expected(printed, measure, risk)
        == tuple(round_half_away(one, printed.decimals) for one in printed.printed)
        for risk in tries
    )


def _extrema(printed: PrintedAbsolute, measure: str) -> tuple[float, ...]:
    """Baselines at which a difference turns: for odds ratios p0 = 1/(1 + √OR)."""
    if measure in ("OR", "PETO"):
        return tuple(1 / (1 + math.sqrt(one)) for one in printed.relative.numbers)
    if measure == "RR":
        return tuple(1 / one for one in printed.relative.numbers if one > 1)
    if measure == "HR":
        return tuple(
            1 - one ** (-1 / (one - 1)) for one in printed.relative.numbers if one not in (0.0, 1.0)
        )
    return ()


def _distance(
    printed: PrintedAbsolute, measure: str, place: int, border: float
) -> Callable[[float], float]:
    return lambda risk: _exact(printed, measure, risk)[place] - border


def _root(distance: Callable[[float], float], left: float, right: float) -> float | None:
    at_left, at_right = distance(left), distance(right)
    if at_left * at_right > 0:
        return None
    for _ in range(80):
        middle = (left + right) / 2
        at_middle = distance(middle)
        if at_left * at_middle <= 0:
            right = middle
        else:
            left, at_left = middle, at_middle
    return (left + right) / 2
