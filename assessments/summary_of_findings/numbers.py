"""How numbers are written in tables: decimals, signs, denominators, words for directions.

Rounding is half away from zero and happens once, to what is displayed. Minus is U+2212, ranges
use “to”, groups of three digits are parted by a non-breaking space from 10 000 upwards.
"""

from __future__ import annotations

import math
from decimal import Decimal

from assessments.language import _
from gradecore.absolute_effects import AbsoluteEffect, Interval, round_half_away
from gradecore.measures import MEASURES

MINUS = "\u2212"
SPACE = "\u00a0"
DASH = "–"
RATIOS = tuple(code for code, one in MEASURES.items() if one.null == 1.0)
_READABLE = 1e15
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DENOMINATORS = (100, 1000, 10_000, 100_000)


def number(value: float, decimals: int = 0) -> str:
    """Return a number as text with so many decimals, U+2212 for minus, grouped from 10 000.

    From 10^15 on it is a power of ten, since its further digits could not be read or trusted.
    """
    if abs(value) >= _READABLE:
        return _power_of_ten(value)
    rounded = round_half_away(value, decimals)
    text = f"{abs(rounded):.{decimals}f}"
    whole, point, rest = text.partition(".")
    if len(whole) > 4:
        groups: list[str] = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        whole = SPACE.join(groups)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{whole}{point}{rest}"


def _power_of_ten(value: float) -> str:
    """Return “1.23 × 10¹⁵”; ∞ for what is beyond all numbers."""
    sign = MINUS if value < 0 else ""
    if value in (math.inf, -math.inf):
        return f"{sign}∞"
    digits, _letter, power = f"{abs(value):.2e}".partition("e")
    return f"{sign}{digits} × 10{str(int(power)).translate(_RAISED)}"


def plain_number(value: float) -> str:
    """Return a number as people typed it: no needless decimals, at most four."""
    exact = Decimal(repr(round(value, 4))).normalize()
    exponent = exact.as_tuple().exponent
    return number(value, max(0, -int(exponent)))


def decimals_as_printed(*values: float) -> int:
    """Return how many decimals numbers taken from print need: two at least, three at most."""
    needed = 0
    for value in values:
        exponent = int(Decimal(repr(value)).normalize().as_tuple().exponent)
        needed = max(needed, -exponent)
    return min(3, max(2, needed))


def effect_decimals(measure: str, interval: Interval, *, printed: bool = False) -> int:
    """Return the decimals of an effect: two; three below 0.1 (ratios) or for a narrow interval.

    ``printed`` tells that the numbers are from a publication and show no more than it printed.
    """
    if printed:
        return decimals_as_printed(*interval.numbers)
    narrow = interval.high - interval.low < 0.01
    tiny = measure in RATIOS and interval.estimate < 0.1
    return 3 if narrow or tiny else 2


def ratio_text(value: float, decimals: int) -> str:
    """Return a ratio: with its decimals, from 100 upwards without."""
    return number(value, 0 if value >= 100 else decimals)


def with_interval(estimate: str, low: str, high: str, *, level: float = 0.95) -> str:
    """Return “0.90 (0.85 to 0.95)”; the level of the interval is said where it is not 95%."""
    if round(level, 6) == 0.95:
        return _("{estimate} ({low} to {high})").format(estimate=estimate, low=low, high=high)
    return _("{estimate} ({percent}% CI {low} to {high})").format(
        estimate=estimate, low=low, high=high, percent=plain_number(level * 100)
    )


def effect_text(
    measure: str, interval: Interval, *, level: float = 0.95, printed: bool = False
) -> str:
    """Return an effect with its interval as one text, without the name of the measure."""
    decimals = effect_decimals(measure, interval, printed=printed)
    if measure in RATIOS:
        written = [ratio_text(one, decimals) for one in interval.numbers]
    else:
        written = [number(one, decimals) for one in interval.numbers]
    return with_interval(*written, level=level)


def per_text(count: str, per: int, unit: str = "") -> str:
    """Return “186 per 1000”, with a unit of person-time where there is one."""
    text = _("{count} per {per}").format(count=count, per=number(per))
    return f"{text} {unit}" if unit else text


def risk_with_interval(effect: AbsoluteEffect, per: int, *, level: float = 0.95) -> str:
    """Return the risk with the intervention: “167 per 1000 (158 to 177)”."""
    estimate, low, high = (number(one) for one in effect.intervention_per(per))
    return with_interval(per_text(estimate, per), low, high, level=level)


def difference_with_interval(difference: Interval, per: int, *, level: float = 0.95) -> str:
    """Return “19 fewer per 1000 (28 fewer to 9 fewer)”, by the unrounded difference."""
    estimate, low, high = (_fewer_or_more(one, per) for one in difference.numbers)
    if difference.estimate == 0:
        return with_interval(estimate, low, high, level=level)
    return with_interval(per_text(estimate, per), low, high, level=level)


def _fewer_or_more(difference: float, per: int) -> str:
    if difference == 0:
        return _("no difference")
    count = number(abs(round_half_away(difference * per)))
    if count == "0":
        count = "<1"
    return _("{count} fewer").format(count=count) if difference < 0 else _("{count} more").format(
        count=count
    )


def rate_decimals(rates: tuple[float, ...], per: int) -> int:
    """Return one decimal where the smallest rate shown is below 10 per denominator, else none."""
    return 1 if min(abs(one) for one in rates) * per < 10 else 0


def mean_decimals(scale_min: float | None, scale_max: float | None) -> int:
    """Return the decimals of a mean difference: one on wide scales in whole steps, else two.

    A scale of at least 20 points in whole numbers is taken to be counted in whole points.
    """
    if scale_min is None or scale_max is None:
        return 2
    whole = float(scale_min).is_integer() and float(scale_max).is_integer()
    return 1 if whole and scale_max - scale_min >= 20 else 2


def lower_or_higher(interval: Interval, decimals: int, *, level: float = 0.95, unit: str = ""
                    ) -> str:
    """Return “2.4 points lower (4.1 lower to 0.7 lower)”; each limit gets its own word.

    A unit such as “points on a scale” is parted: “2.4 points lower on a scale (…)”.
    """
    noun, on, scale = unit.partition(_(" on "))
    estimate = _lower_word(interval.estimate, decimals, noun) + on + scale
    low, high = (_lower_word(one, decimals, "") for one in (interval.low, interval.high))
    return with_interval(estimate, low, high, level=level)


def _lower_word(value: float, decimals: int, unit: str) -> str:
    size = number(abs(value), decimals)
    amount = f"{size} {unit}" if unit else size
    rounded = round_half_away(value, decimals)
    if rounded == 0:
        return amount
    return (_("{amount} lower") if rounded < 0 else _("{amount} higher")).format(amount=amount)


def percent_lower_or_higher(ratio: Interval, *, level: float = 0.95) -> str:
    """Return a ratio of means in words: “13% lower (20% lower to 5% lower)”."""
    written = []
    for one in ratio.numbers:
        size = f"{number(abs(one - 1) * 100)}%"
        word = _("{amount} lower") if one < 1 else _("{amount} higher")
        written.append(word.format(amount=size) if one != 1 else size)
    return with_interval(*written, level=level)
