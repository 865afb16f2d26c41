"""The top of the page: the outcome, where its rating starts, and the ways to go on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.parts import column, holder, label


class Header(QWidget):
    """Title and facts at the left, actions at the right, or below where it is narrow."""

    def __init__(self, *actions: QWidget) -> None:
        super().__init__()
        self.title = label("", "title", wrap=True)
        self.facts = label("", "secondary", wrap=True)
        buttons = FlowLayout(gap=8)
        for one in actions:
            buttons.addWidget(one)
        layout = WordsBeside(least=280)
        layout.addWidget(holder(column(self.title, self.facts, gap=2)))
        layout.addWidget(holder(buttons))
        self.setLayout(layout)

    def show_title(self, title: str, *facts: str) -> None:
        """Show a title, and facts parted by dots; empty facts are left out."""
        self.title.setText(title)
        words = "  ·  ".join(fact for fact in facts if fact)
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
