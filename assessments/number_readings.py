"""The ways in which a typed number can be read, so that people can be asked which they meant."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[-+]?\d[\d .,\u00a0\u2009\u202f]*")


def readings(text: str) -> tuple[float, ...]:
    """Return every reading of a number with separators: “1,234” is 1234 or 1.234.

    Nothing is returned for texts that are no numbers, and for those with a single reading.
    """
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        return ()
    plain = re.sub("[ \u00a0\u2009\u202f]", "", plain)
    found = dict.fromkeys(
        value
        for thousands, decimal in ((",", "."), (".", ","))
        if (value := _read(plain, thousands, decimal)) is not None
    )
    return tuple(found)


def _read(plain: str, thousands: str, decimal: str) -> float | None:
    head, _sign, tail = plain.partition(decimal)
    groups = head.split(thousands)
    if thousands in tail or (len(groups) > 1 and any(len(one) != 3 for one in groups[1:])):
        return None
    try:
        value = float("".join(groups) + ("." + tail if tail else ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
