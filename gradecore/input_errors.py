"""The one exception with which the engine refuses input, naming the study and the column."""

from __future__ import annotations


class InputError(ValueError):
    """Raised when numbers cannot be what they claim to be; nothing is computed then.

    ``sentence`` is for people. ``study`` is the name or the 1-based row of the study, ``column``
    the name of the column; both are empty when the fault belongs to no single cell.
    """

    def __init__(self, sentence: str, *, study: str | int = "", column: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.study = study
        self.column = column
