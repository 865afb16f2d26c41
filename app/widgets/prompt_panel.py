"""Prompt panel: the facts of one domain, the prompts that fired, and what was said to them.

A prompt asks; it never sets or pre-fills a rating.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import icons
from app.widgets.parts import button, clear, frame, label, row
from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptShown:
    """One prompt: its question, the facts behind it, its source, and whether it was answered.

    ``status`` is 'fired', 'clear' or 'not_assessable'.
    """

    id: str
    status: str
    question: str
    facts: str = ""
    source: str = ""
    acknowledged: bool = False


class PromptPanel(QWidget):
    """Facts in words, then the prompts. ``acknowledged(id)`` when one has been considered."""

    acknowledged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_prompts(self, facts: str, prompts: Iterable[PromptShown]) -> None:
        """Show the facts in one line and the prompts that matter below."""
        clear(self._column)
        if facts:
            self._column.addWidget(label(facts, "small", wrap=True))
        quiet = []
        for prompt in prompts:
            if prompt.status == "fired":
                self._column.addWidget(self._fired(prompt))
            elif prompt.status == "not_assessable":
                quiet.append(prompt.question)
        for sentence in quiet:
            self._column.addWidget(label(sentence, "caption", wrap=True))

    def _fired(self, prompt: PromptShown) -> QWidget:
        sign = label()
        icons.set_icon(sign, "check" if prompt.acknowledged else "info", "warn", 16)
        words = label(prompt.question, "", wrap=True)
        words.setToolTip("\n".join(t for t in (prompt.facts, prompt.source) if t))
        parts = row(sign, words, gap=8)
        parts.setStretch(1, 1)
        done = button(
            _("Considered") if not prompt.acknowledged else _("Considered ✓"),
            lambda: self.acknowledged.emit(prompt.id), role="quiet",
            tip=_("Say that this question has been considered"),
        )
        done.setEnabled(not prompt.acknowledged)
        parts.addWidget(done)
        box = frame("notice", parts, 6)
        box.setAccessibleName(prompt.question)
        return box
