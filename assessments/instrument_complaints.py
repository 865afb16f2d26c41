"""Collects what is wrong in an instrument file, each with its place, and reads plain fields.

A ``Table`` is one table of the file together with its place; reading a field of the wrong kind,
or leaving one unread, is a complaint rather than an exception, so that all mistakes of a file
are told at once.
"""

from __future__ import annotations

from typing import Any

from assessments.language import _
from assessments.problems import Problem

MOST_COMPLAINTS = 50
LONGEST_TEXT = 4000


class Complaints:
    """What was found wrong in one file, in the order found."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def add(self, place: str, sentence: str, *, code: str = "instrument", remedy: str = "") -> None:
        """Add a complaint; the sentence begins with file and place."""
        if len(self.problems) < MOST_COMPLAINTS:
            start = f"{self.file_name}, {place}" if place else self.file_name
            self.problems.append(
                Problem(code=code, sentence=f"{start}: {sentence}", where=place, remedy=remedy)
            )


class Table:
    """One table of the file; ``done`` complains about keys that nobody has read."""

    def __init__(self, values: Any, place: str, complaints: Complaints) -> None:
        self.place = place
        self.complaints = complaints
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}
        self._unread = set(self.values)
        if not isinstance(values, dict):
            self.complain(_("a table with named fields is expected here."))

    def complain(self, sentence: str, *, code: str = "instrument") -> None:
        """Add a complaint about this table."""
        self.complaints.add(self.place, sentence, code=code)

    def take(self, key: str, default: Any = None) -> Any:
        """Return a field as it is in the file."""
        self._unread.discard(key)
        return self.values.get(key, default)

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """Return a text; complain when it is of another kind, too long, or needed and empty."""
        value = self.take(key, default)
        if not isinstance(value, str):
            self.complain(_("“{key}” must be a text in quotes.").format(key=key))
            return default
        if needed and not value.strip():
            code = "empty-prompt" if key == "prompt" else "empty"
            self.complain(_("“{key}” is missing or empty.").format(key=key), code=code)
        if len(value) > LONGEST_TEXT:
            self.complain(_("“{key}” is longer than {n} characters.").format(
                key=key, n=LONGEST_TEXT
            ))
        return " ".join(value.split())

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """Return a text that must be one of those allowed."""
        value = self.text(key, default)
        if value in allowed:
            return value
        names = ", ".join(one or "“”" for one in allowed)
        self.complain(_("“{key}” is “{value}”, but must be one of: {names}.").format(
            key=key, value=value, names=names
        ))
        return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            self.complain(_("“{key}” must be true or false.").format(key=key))
            return default
        return value

    def number(self, key: str) -> int | None:
        """Return a whole number, None where there is none."""
        value = self.take(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.complain(_("“{key}” must be a whole number.").format(key=key))
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.complain(_("“{key}” must be a list of texts.").format(key=key))
            return ()
        return tuple(" ".join(one.split()) for one in value)

    def tables(self, key: str, name: str) -> list[Table]:
        """Return the tables of a list, each with its place: the name and its id or number."""
        value = self.take(key, [])
        if not isinstance(value, list):
            self.complain(_("“{key}” must be a list of tables.").format(key=key))
            return []
        return [self._below(one, name, index) for index, one in enumerate(value, start=1)]

    def _below(self, values: Any, name: str, index: int) -> Table:
        own = values.get("id", values.get("code", "")) if isinstance(values, dict) else ""
        place = f"{name} {own or index}"
        return Table(values, f"{self.place}, {place}" if self.place else place, self.complaints)

    def child(self, key: str, name: str) -> Table | None:
        """Return a table inside this one, None where there is none."""
        value = self.take(key)
        if value is None:
            return None
        return Table(value, f"{self.place}, {name}" if self.place else name, self.complaints)

    def done(self) -> None:
        """Complain about every field that has not been read: it is a slip of the pen."""
        for key in sorted(self._unread):
            self.complain(_("“{key}” is not a field that is known here.").format(key=key))
