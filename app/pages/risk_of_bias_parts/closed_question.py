"""A question that is not asked: a thin dashed line with the reason and what is kept of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.widgets.parts import column, frame, label


class ClosedQuestion(QWidget):
    """Number, prompt and why it is not asked; an answer given before stays in sight, greyed."""

    def __init__(self, number: str, prompt: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = f"{number} {prompt}"
        words = label(f"{number}  {prompt}", "caption", wrap=True)
        self.reason = label("", "caption", wrap=True)
        outer = column(frame("dashed", column(words, self.reason, gap=2), 10))
        self.setLayout(outer)

    def show_reason(self, reason: str) -> None:
        """Say why it is not asked."""
        if reason != self.reason.text():
            self.reason.setText(reason)
            self.setAccessibleName(f"{self._name} {reason}")
