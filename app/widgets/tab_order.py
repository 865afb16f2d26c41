"""Tab order: the focus goes through the controls in the order in which they are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def follow_reading(layout: QLayout) -> None:
    """Let Tab go through what is in a layout in reading order, also what was added late."""
    for before, after in pairwise(_controls(layout)):
        QWidget.setTabOrder(before, after)


def _controls(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _controls(inner)
        if widget is None:
            continue
        if widget.focusProxy() is None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        own = widget.layout()
        if own is not None:
            yield from _controls(own)
