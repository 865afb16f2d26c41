"""Finds the values of a worked case under the names people give them.

Cases are written by hand and by programs: keys may be nested in groups (input, effect, analysis),
written with spaces or hyphens, and have more than one usual name. What cannot be read is said with
the name of the field.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from assessments.language import _

APART = (
    "expected", "source", "domains", "judgements", "downgrades", "levels", "concerns",
    "ratings", "upgrades", "explanations",
    "printed", "published", "reported", "imported", "as_printed", "notes", "note", "studies", "all",
    "low_rob", "restricted", "without_high", "low_rob_only", "without_high_rob",
    "low_rob_studies", "all_studies", "all_trials", "with_all",
    "baseline", "baselines", "baseline_risk", "baseline_risks", "baseline_groups",
)  # fmt: skip
"""Groups whose keys mean something of their own; they are only looked into by name."""

_INTERVAL = ("ci", "ci95", "ci_95", "95_ci", "95ci", "interval", "limits", "confidence_interval")
_POINT = ("est", "estimate", "effect", "value", "point", "point_estimate", "mu", "y", "mean")
_LOW = ("low", "ci_low", "ci_lower", "lower", "ci_lb", "lo", "lcl", "l", "lower_limit", "min")
_HIGH = ("high", "ci_high", "ci_upper", "upper", "ci_ub", "hi", "ucl", "u", "upper_limit", "max")


class CaseProblem(Exception):
    """Raised when a case cannot be understood; the sentence says where and why."""


def plain_key(key: object) -> str:
    """Return a key in one spelling: small letters, underscores."""
    return re.sub(r"[^a-z0-9+]+", "_", str(key).casefold().replace("²", "2")).strip("_")


class Fields:
    """The fields of one case, or of one group in it, with lenient names."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = {plain_key(key): value for key, value in table.items()}

    def find(self, *names: str) -> Any:
        """Return the first value under one of these names that is not None, nearest level first."""
        for level in self._levels():
            for name in names:
                if level.get(name) is not None:
                    return level[name]
        return None

    def has(self, *names: str) -> bool:
        """Return whether one of these names is written anywhere, even with null."""
        return any(name in level for level in self._levels() for name in names)

    def group(self, *names: str) -> Fields | None:
        """Return the group of one of these names, None if there is none."""
        for level in self._levels():
            for name in names:
                if isinstance(level.get(name), Mapping):
                    return Fields(level[name])
        return None

    def number(self, *names: str) -> float | None:
        """Return a number; CaseProblem if something else is written there."""
        value = self.find(*names)
        return None if value is None else as_number(value, names[0])

    def text(self, *names: str) -> str | None:
        """Return a text in one spelling, None if it is not there."""
        value = self.find(*names)
        return None if value is None else plain_key(value)

    def flag(self, *names: str) -> bool | None:
        """Return yes or no, None if it is not there."""
        value = self.find(*names)
        if value is None or isinstance(value, bool):
            return value
        word = plain_key(value)
        if word in ("yes", "true", "1", "y"):
            return True
        if word in ("no", "false", "0", "n"):
            return False
        raise CaseProblem(_("“{name}” must be yes or no.").format(name=names[0]))

    def numbers(self, *names: str) -> list[float | None] | None:
        """Return a list of numbers (null stays None), None if it is not there."""
        value = self.find(*names)
        if not isinstance(value, list):
            return None
        return [None if one is None else as_number(one, names[0]) for one in value]

    def pair(self, *names: str) -> list[float | None] | None:
        """Return the two ends of an interval: a list of two, or printed as “0.85 to 0.95”."""
        value = self.find(*names)
        if not isinstance(value, str):
            return self.numbers(*names)
        ends = _PAIR.fullmatch(value.strip().strip("()[]").replace("−", "-"))
        return None if ends is None else [as_number(one, names[0]) for one in ends.groups()]

    def ends(self, *names: str) -> tuple[float | None, float | None] | None:
        """Return the two ends of an interval: a pair, printed, or a group with low and high."""
        pair = self.pair(*names)
        if pair is not None and len(pair) >= 2:
            return pair[-2], pair[-1]
        group = self.group(*names)
        return None if group is None else (group._single(_LOW), group._single(_HIGH))

    def triple(self) -> tuple[float, float | None, float | None] | None:
        """Return estimate and limits of this group: [e, l, u], {…}, or single fields."""
        point, low, high = (self._single(names) for names in (_POINT, _LOW, _HIGH))
        ends = self.ends(*_INTERVAL)
        if ends is not None:
            low, high = ends
        return None if point is None else (point, low, high)

    def _single(self, names: tuple[str, ...]) -> float | None:
        for level in self._levels():
            for name in names:
                value = level.get(name)
                if isinstance(value, int | float | str) and not isinstance(value, bool):
                    return as_number(value, name)
        return None

    def without(self, *names: str) -> dict[str, Any]:
        """Return the fields of the first level but these."""
        return {key: value for key, value in self.table.items() if key not in names}

    def _levels(self) -> Iterator[dict[str, Any]]:
        waiting = [self.table]
        while waiting:
            level = waiting.pop(0)
            yield level
            waiting += [
                {plain_key(name): inner for name, inner in value.items()}
                for key, value in level.items()
                if isinstance(value, Mapping) and key not in APART
            ]


def as_triple(value: Any, name: str) -> tuple[float, float | None, float | None]:
    """Return estimate and limits from a number, a list of three, or a group."""
    if isinstance(value, Mapping):
        found = Fields(value).triple()
        if found is None:
            raise CaseProblem(_("“{name}” has no estimate.").format(name=name))
        return found
    if isinstance(value, str) and _WORDS.search(value):
        value = _signed(value)
    elif isinstance(value, str) and "(" in value:
        # As tables print it: RR 0.61 (95% CI 0.44 to 0.85).
        bare = re.sub(r"\d+\s*%\s*CI", "", value.replace("−", "-"), flags=re.IGNORECASE)
        value = list(re.findall(r"-?\d+(?:\.\d+)?", bare.replace(" to -", " to  -")))
    if isinstance(value, list):
        if len(value) == 2 and isinstance(value[1], list):
            value = [value[0], *value[1]]
        if len(value) not in (1, 3):
            raise CaseProblem(
                _("“{name}” must be an estimate, or estimate, lower and upper limit.").format(
                    name=name
                )
            )
        numbers = [None if one is None else as_number(one, name) for one in value]
        if numbers[0] is None:
            raise CaseProblem(_("“{name}” has no estimate.").format(name=name))
        return numbers[0], *(numbers[1:] or [None, None])  # type: ignore[return-value]
    return as_number(value, name), None, None


_PAIR = re.compile(r"(-?[\d.]+%?)\s*(?:to|,|;|–|-)\s*(-?[\d.]+%?)")
_WORDS = re.compile(r"\b(fewer|less|lower|more|higher)\b", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:per\s*\d+\s*)?(fewer|less|lower|more|higher)", re.IGNORECASE)


def _signed(text: str) -> list[float]:
    """Return the numbers of “19 fewer per 1000 (28 fewer to 9 fewer)”, minus for fewer."""
    return [
        -float(number) if word.casefold() in ("fewer", "less", "lower") else float(number)
        for number, word in _IN_WORDS.findall(text)
    ]


def as_number(value: Any, name: str) -> float:
    """Return a number from a number or a printed one; CaseProblem says what is written instead."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise CaseProblem(_("“{name}” must be a number.").format(name=name))
    if isinstance(value, str):
        printed = value.strip().replace("−", "-").replace(" ", "")
        top, _sign, bottom = printed.replace("per", "/").partition("/")
        percent = printed.endswith("%")
        try:
            value = float(top.rstrip("%")) / (100 if percent else float(bottom or 1))
        except (ValueError, ZeroDivisionError):
            raise CaseProblem(
                _("“{name}” must be a number, not “{value}”.").format(name=name, value=value)
            ) from None
    if not math.isfinite(value):
        raise CaseProblem(_("“{name}” must be a finite number.").format(name=name))
    return float(value)


def decimals_of(*values: Any) -> int:
    """Return how many decimals were printed, the most of these numbers or texts."""
    most = 0
    for value in values:
        if value is None:
            continue
        text = value.strip() if isinstance(value, str) else repr(value)
        if "e" in text.casefold():
            continue
        after = text.partition(".")[2]
        most = max(most, len(after if isinstance(value, str) else after.rstrip("0")))
    return most
