"""The letters of footnotes: given in reading order, one for each different text."""

from __future__ import annotations

from dataclasses import replace

from assessments.summary_of_findings.table import Cell, Footnote

EXPLANATION = "explanation"
AUTOMATIC = "automatic"


def letter_for(position: int) -> str:
    """Return the letter of a place that counts from 0: a … z, then aa, ab …"""
    letters = ""
    position += 1
    while position:
        position, place = divmod(position - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


class Footnotes:
    """Collects the notes of one table while its cells are made from left to right, row by row."""

    def __init__(self) -> None:
        self._notes: dict[str, Footnote] = {}

    def cell(self, text: str, *notes: str, outcome: str = "") -> Cell:
        """Return a cell with the letters of automatic notes; empty notes are passed over."""
        return Cell(text=text, letters=self.letters(notes, outcome=outcome))

    def letters(
        self, notes: tuple[str, ...], *, outcome: str, kind: str = AUTOMATIC, domain: str = ""
    ) -> tuple[str, ...]:
        """Return the letters of notes in their order, the same letter for the same words."""
        found = [
            self._letter(note.strip(), outcome, kind, domain) for note in notes if note.strip()
        ]
        return tuple(sorted(set(found), key=lambda one: (len(one), one)))

    def _letter(self, note: str, outcome: str, kind: str, domain: str) -> str:
        key = " ".join(note.casefold().split())
        found = self._notes.get(key)
        if found is None:
            found = Footnote(
                letter=letter_for(len(self._notes)), text=note, kind=kind, domain=domain
            )
        if outcome and outcome not in found.outcomes:
            found = replace(found, outcomes=(*found.outcomes, outcome))
        self._notes[key] = found
        return found.letter

    @property
    def all(self) -> tuple[Footnote, ...]:
        """All notes in the order of their letters."""
        return tuple(self._notes.values())
