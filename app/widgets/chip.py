"""Chip: a short word in a rounded field, and key caps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.widgets.flow import FlowLayout
from app.widgets.parts import holder, label, row, set_role


class Chip(QLabel):
    """A short word; ``tone`` is '', 'accent', 'warn', 'ok', 'error', 'a' or 'b'."""

    def __init__(self, text: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QSizePolicy

        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: str = "") -> None:
        """Show another word; an empty one hides the chip."""
        self.setText(text)
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        else:  # shown with what it is put into; alone it would be a window of its own
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        set_role(self, f"chip-{tone}" if tone else "chip")


def key_hints(pairs: tuple[tuple[str, str], ...]) -> QWidget:
    """Return (key, what it does) pairs as key caps with words."""
    flow = FlowLayout(gap=4)
    for key, does in pairs:
        cap = label(key, "key")
        flow.addWidget(
            holder(row(cap, label(does, "caption"), 4, gap=4)) if does else cap
        )
    return holder(flow)
