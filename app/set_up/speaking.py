"""How the program speaks before it has a window: one sentence, and what to do about it."""

from __future__ import annotations

import sys


class SetUpProblem(Exception):
    """The program cannot start; the sentence says why and the remedy what to do."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(f"{sentence} {remedy}".strip())


def say(sentence: str) -> None:
    """Tell what is happening, beside the output of the program."""
    print(sentence, file=sys.stderr, flush=True)
