"""The condition notation of instrument files, read into conditions, with complaints in words.

Example: ``{ "1.2" = "N PN", any = [ { "1.1" = "Y" }, { not = { "1.3" = "NI" } } ] }``. Several
keys in one table must all hold. ``count = { of = "6.2 6.3", in = "Y PY", min = 1, max = 2 }``
counts answers; in overall rules ``any_is``, ``all_in`` and ``count`` without ``of`` speak of
the levels of all domains.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assessments.instrument_conditions import (
    AllOf,
    AnyOf,
    Condition,
    Count,
    EveryIn,
    Is,
    Not,
)
from assessments.language import _

Complain = Callable[[str], None]
_COUNT_KEYS = {"of", "in", "min", "max"}


def condition_from(table: Any, complain: Complain) -> Condition:
    """Return the condition that a table describes; what is wrong in it goes to ``complain``."""
    if not isinstance(table, dict):
        complain(_("a condition must be a table such as {example}.").format(
            example='{ "1.1" = "Y PY" }'
        ))
        return AllOf()
    parts = tuple(_part(key, value, complain) for key, value in table.items())
    return parts[0] if len(parts) == 1 else AllOf(parts=parts)


def _part(key: str, value: Any, complain: Complain) -> Condition:
    match key:
        case "any":
            return AnyOf(parts=_list(key, value, complain))
        case "all":
            return AllOf(parts=_list(key, value, complain))
        case "not":
            return Not(part=condition_from(value, complain))
        case "count":
            return _count(value, complain)
        case "any_is":
            return Count(names=(), codes=codes_from(key, value, complain), least=1)
        case "all_in":
            return EveryIn(codes=codes_from(key, value, complain))
        case _:
            return Is(name=key, codes=codes_from(key, value, complain))


def _list(key: str, value: Any, complain: Complain) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        complain(_("“{key}” needs a list of conditions.").format(key=key))
        return ()
    return tuple(condition_from(one, complain) for one in value)


def _count(value: Any, complain: Complain) -> Condition:
    if not isinstance(value, dict) or not set(value) <= _COUNT_KEYS or "in" not in value:
        complain(_("“count” needs “in”, may have “of”, “min” and “max”, and nothing else."))
        return AllOf()
    least, most = value.get("min", 0), value.get("max")
    whole = isinstance(least, int) and (most is None or isinstance(most, int))
    if not whole or least < 0 or (most is not None and most < least):
        complain(_("“min” and “max” of “count” must be whole numbers, min not above max."))
        return AllOf()
    names = codes_from("of", value["of"], complain) if "of" in value else ()
    codes = codes_from("in", value["in"], complain)
    return Count(names=names, codes=codes, least=least, most=most)


def codes_from(key: str, value: Any, complain: Complain) -> tuple[str, ...]:
    """Return the codes of a text such as “Y PY” (or of a list of texts)."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        codes = tuple(value)
    elif isinstance(value, str):
        codes = tuple(value.split())
    else:
        codes = ()
    if not codes:
        complain(_("“{key}” needs codes in quotes, such as {example}.").format(
            key=key, example='"Y PY"'
        ))
    if len(set(codes)) < len(codes):
        complain(_("“{key}” names a code twice.").format(key=key))
    return codes
