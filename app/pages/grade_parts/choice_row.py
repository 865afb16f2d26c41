"""A choice of the team with its words beside it: a setting, or a mark of the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.form import choice
from app.widgets.parts import label


class ChoiceRow(QWidget):
    """Words, a list of (value, words), and a line about what is chosen.

    ``put(value)`` is called with '' for “not decided”.
    """

    def __init__(
        self, name: str, choices: Iterable[tuple[str, str]], put: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.box = choice(name, choices)
        words = label(name, "small", wrap=True)
        words.setBuddy(self.box)
        self.about = label("", "caption", wrap=True)
        self.about.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(words)
        layout.addWidget(self.box)
        layout.addWidget(self.about)
        layout.addStretch(1)
        self.box.activated.connect(lambda _n: put(self.box.value or ""))

    def show_value(self, value: str, *, read_only: str = "", about: str = "") -> None:
        """Show what is chosen."""
        self.box.show_value(value)
        self.box.setEnabled(not read_only)
        self.box.setToolTip(read_only)
        self.about.setText(about)
        self.about.setVisible(bool(about))
