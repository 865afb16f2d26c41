"""The directions of effects that were not pooled: how many studies point where, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.widgets.parts import label
from assessments.language import _
from assessments.review import Narrative


class EffectDirections(QWidget):
    """A bar with the counts in words below; not there while nothing was counted."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = _Bar()
        self.said = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.said)

    def show_counts(self, found: Narrative) -> None:
        """Show the counts of a synthesis."""
        counts = (found.favours_intervention, found.no_difference, found.favours_comparison)
        known = tuple(one or 0 for one in counts)
        total = sum(known)
        self.setVisible(total > 0)
        self.bar.show_shares(known)
        text = _("{a} favour the intervention, {b} show no clear difference, {c} favour the "
                 "comparator.").format(a=known[0], b=known[1], c=known[2])
        if found.studies is not None and found.studies != total:
            text += " " + _("Together {n}, but {k} studies are stated.").format(
                n=total, k=found.studies)
        self.said.setText(text)
        self.bar.setAccessibleName(text)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(14))

    def show_shares(self, counts: tuple[int, ...]) -> None:
        self._counts = counts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(self._counts)
        if not total:
            return
        painter = QPainter(self)
        look = theme.current()
        x, height = 0.0, float(self.height())
        for count, role in zip(self._counts, ("accent", "border-2", "text-2"), strict=True):
            width = self.width() * count / total
            painter.fillRect(QRectF(x, 0, max(0.0, width - 2), height), look.color(role))
            x += width
