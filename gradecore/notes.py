"""What a reader should know about a result: a stable code, its facts, and an English sentence."""

from __future__ import annotations

from dataclasses import dataclass

Fact = tuple[str, float | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A convention that was applied, or a caution; never an exception.

    ``code`` is stable and for programs; ``facts`` are the numbers and names that the sentence
    speaks of, so that it can be said in another language.
    """

    code: str
    sentence: str
    facts: tuple[Fact, ...] = ()

    def __str__(self) -> str:
        return self.sentence
