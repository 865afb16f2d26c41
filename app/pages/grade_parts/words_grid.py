"""Words in rows and columns that are shown again and again without being made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy

from app.widgets.parts import label, set_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in one cell: the text, its role, its tooltip, at the right or the left."""

    text: str
    role: str = "small"
    tip: str = ""
    right: bool = False
    selectable: bool = False


class WordsGrid(QGridLayout):
    """A grid of labels. Labels that are not needed are hidden; making them again costs most.

    With ``narrow`` a long word never widens the grid.
    """

    def __init__(self, *, narrow: bool = False, wrap: bool = True) -> None:
        super().__init__()
        self._narrow, self._wrap = narrow, wrap
        self._labels: dict[tuple[int, int], QLabel] = {}
        self._shown: dict[tuple[int, int], Words] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def show_words(self, cells: Mapping[tuple[int, int], Words]) -> None:
        """Show these cells, (row, column) → words, and nothing else."""
        for place, one in cells.items():
            if self._shown.get(place) != one:
                self._put(place, one)
        for place in self._shown.keys() - cells.keys():
            self._labels[place].hide()
        self._shown = dict(cells)

    def texts(self) -> tuple[str, ...]:
        """Return what is shown, row by row."""
        return tuple(self._shown[place].text for place in sorted(self._shown))

    def _put(self, place: tuple[int, int], one: Words) -> None:
        made = self._labels.get(place)
        if made is None:
            made = self._made(place, one)
        made.setText(one.text)
        set_role(made, one.role)
        made.setToolTip(one.tip)
        made.show()

    def _made(self, place: tuple[int, int], one: Words) -> QLabel:
        made = label("", one.role, wrap=self._wrap)
        side = Qt.AlignmentFlag.AlignRight if one.right else Qt.AlignmentFlag.AlignLeft
        made.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        if one.selectable:
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if self._narrow:
            made.setSizePolicy(QSizePolicy.Policy.Ignored, made.sizePolicy().verticalPolicy())
        self._labels[place] = made
        self.addWidget(made, *place)
        return made
