"""The top of the page: the outcome, where its rating starts, and the ways to go on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.parts import holder, label


class Header(QWidget):
    """The title with the actions at its right, or below where it is narrow; then the facts."""

    def __init__(self, *actions: QWidget) -> None:
        super().__init__()
        self.title = label("", "title", wrap=True)
        self.facts = label("", "secondary", wrap=True)
        buttons = FlowLayout(gap=8)
        for one in actions:
            buttons.addWidget(one)
        head = WordsBeside(least=220)
        head.addWidget(self.title)
        head.addWidget(holder(buttons))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(holder(head))
        layout.addWidget(self.facts)

    def show_title(self, title: str, *facts: str) -> None:
        """Show a title, and facts parted by dots; empty facts are left out."""
        self.title.setText(title)
        words = "  ·  ".join(fact for fact in facts if fact)
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
