"""Empty state: what a page is for, in one sentence, with one main action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import icons, theme
from app.widgets.parts import button, column, holder, label, row


class EmptyState(QWidget):
    """Shown in place of a list that has nothing in it yet."""

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        sign = label()
        icons.set_icon(sign, icon, "text-3", 36)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label(heading, "section", wrap=True)
        self.sentence = label(sentence, "secondary", wrap=True)
        for words in (self.heading, self.sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.buttons = tuple(
            button(text, run, role="primary" if index == 0 else "")
            for index, (text, run) in enumerate(actions)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch(2)
        block = holder(column(sign, self.heading, self.sentence, gap=10))
        block.setMaximumWidth(theme.px(520))
        across = row(None, block, None, gap=0)
        across.setStretch(1, 100)
        layout.addLayout(across)
        layout.addSpacing(6)
        layout.addLayout(row(None, *self.buttons, None))
        layout.addStretch(3)

    def say(self, heading: str, sentence: str) -> None:
        """Show other words."""
        self.heading.setText(heading)
        self.sentence.setText(sentence)
