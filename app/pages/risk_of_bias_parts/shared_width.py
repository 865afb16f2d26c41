"""Who gets how much width: the form first, then the queue, then document and guidance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app import settings, theme
from app.pages.risk_of_bias_parts.main_area import MainArea

_SIDE_FROM, _QUEUE_FROM = 1140, 700
"""Widths, at words of 100 %, from which side panel and queue have room."""
_QUEUE, _SIDE = 250, 352


class SharedWidth(QSplitter):
    """Queue, form and side panel side by side.

    ``side_wanted`` is None while nobody has opened or closed the panel, ``queue_wanted`` whether
    the queue was asked for where there is no room for it.
    """

    def __init__(self, queue: QWidget, main: MainArea, side: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.queue, self.main, self.side = queue, main, side
        self.side_wanted: bool | None = None
        self.queue_wanted = False
        for place, part in enumerate((queue, main, side)):
            self.addWidget(part)
            self.setStretchFactor(place, int(part is main))
            self.setCollapsible(place, False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._keep)

    def fit(self, width: int) -> None:
        """Show what has room in that width and share it."""
        room = width * 100 / max(theme.px(100), 1)
        side = room >= _SIDE_FROM if self.side_wanted is None else self.side_wanted
        queue = room >= _QUEUE_FROM + (340 if side else 0) or self.queue_wanted
        only_side = side and room < _QUEUE_FROM - 60
        self.queue.setVisible(queue and not only_side)
        self.main.setVisible(not only_side and not (self.queue_wanted and room < 480))
        self.side.setVisible(side)
        self.main.header.queue.setVisible(not queue or self.queue_wanted)
        self._share(width)

    def _share(self, total: int) -> None:
        kept = str(settings.read("risk_of_bias/widths", "")).split()
        queue, side = (int(one) for one in kept) if len(kept) == 2 else (_QUEUE, _SIDE)
        least = 220 if not self.side.isHidden() else 270
        queue = min(max(queue, least), 330) if not self.queue.isHidden() else 0
        side = min(max(side, 300), 640) if not self.side.isHidden() else 0
        parts = [theme.px(queue), 0, min(theme.px(side), total * 2 // 5)]
        parts[1] = max(total - parts[0] - parts[2], 0)
        self.setSizes(parts)

    def _keep(self) -> None:
        sizes = self.sizes()
        scale = 100 / max(theme.px(100), 1)
        queue = round(sizes[0] * scale) or _QUEUE
        side = round(sizes[2] * scale) or _SIDE
        settings.write("risk_of_bias/widths", f"{queue} {side}")
