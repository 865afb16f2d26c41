"""What can be wrong, said in words: what, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the review that a person should mend; never an exception.

    ``code`` is stable and for programs, ``where`` names a field, domain or row,
    ``remedy`` says what to do.
    """

    code: str
    sentence: str
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class Refused(Exception):
    """Raised inside an edit when a rule forbids it; the edit then writes nothing."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(str(p) for p in problems))
        self.problems = problems


class ProjectFileError(Exception):
    """The review file cannot be opened, read or written; the sentence says why."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.sentence = sentence
        self.remedy = remedy


class ReviewClosed(ProjectFileError):
    """A review that has been closed was asked for something: there is nobody left to tell."""
