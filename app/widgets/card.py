"""Card: a white box with a heading, actions at its right and content below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.widgets.parts import label, repolish


class Card(QFrame):
    """A box of related things. ``body`` takes the content."""

    def __init__(
        self, heading: str = "", parent: QWidget | None = None, *, margin: int = 16, gap: int = 12
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(margin, margin - 2, margin, margin)
        outer.setSpacing(gap)
        self.heading = label(heading, "section")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        if heading:
            outer.addLayout(self.head)
            self.setAccessibleName(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)

    def set_current(self, current: bool) -> None:
        """Show or hide the accent edge of the card one works in."""
        if bool(self.property("current")) == current:
            return
        self.setProperty("current", current)
        repolish(self)

    def add(self, part: QWidget | QLayout) -> None:
        """Add content below."""
        if isinstance(part, QLayout):
            self.body.addLayout(part)
        else:
            self.body.addWidget(part)

    def add_action(self, part: QWidget) -> None:
        """Add a control at the right of the heading."""
        self.head.addWidget(part)
