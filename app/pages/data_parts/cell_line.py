"""The line below the sheet: what is wrong in the current cell, or where its number comes from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.widgets.parts import button, clear, label, set_role
from assessments.language import _
from assessments.number_readings import readings
from assessments.summary_of_findings import numbers

Action = tuple[str, Callable[[], object]]


class CellLine(QFrame):
    """One line with a sentence and, where there is a choice, buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.words = label("", "small", wrap=True)
        self._told: tuple[str, str, tuple[str, ...]] = ("", "", ())
        self._actions = QHBoxLayout()
        self._actions.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(10)
        layout.addWidget(self.words, 1)
        layout.addLayout(self._actions)
        self.hide()

    def say(self, sentence: str, role: str = "small", actions: tuple[Action, ...] = ()) -> None:
        """Show a sentence in a role ('small', 'error') with its buttons; '' hides the line."""
        told = (sentence, role, tuple(text for text, _run in actions))
        if told == self._told and not actions:
            return
        self._told = told
        clear(self._actions)
        self.words.setText(sentence)
        set_role(self.words, role)
        for text, run in actions:
            self._actions.addWidget(button(text, run))
        self.setVisible(bool(sentence))


def reading_actions(
    typed: str, take: Callable[[float], object], alike: int, take_all: Callable[[int], object]
) -> tuple[Action, ...]:
    """Return one button for each way in which an ambiguous number can be read.

    Where more cells are ``alike``, all of them can be read in the same way: ``take_all(0)`` for
    separators between thousands, ``take_all(1)`` for decimal signs.
    """
    found = readings(typed)
    if len(found) < 2:
        return ()
    one_by_one = tuple(
        (_("It is {number}").format(number=numbers.plain_number(value)),
         lambda value=value: take(value))
        for value in found
    )
    if alike < 2:
        return one_by_one
    return (
        *one_by_one,
        (_("All {n} have thousands").format(n=alike), lambda: take_all(0)),
        (_("All {n} have decimals").format(n=alike), lambda: take_all(1)),
    )
