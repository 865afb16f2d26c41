"""Small drawings that are laid out anew for the width they get."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app import theme
from app.painting.painter import text_width
from app.widgets.figure_view import FigureView
from assessments.figures.figure import Figure, TextWidth
from assessments.figures.weight_bar import Share, weight_bar
from assessments.figures.zone_plot import zone_plot
from assessments.language import _
from assessments.rating_pictures import Picture

Maker = Callable[[float, TextWidth], Figure]


class WidePicture(QWidget):
    """A figure as wide as the room; a tab stop only where it has rows to walk through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = FigureView(self)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._make: Maker | None = None
        self._height = 0
        self._content: object = None
        self.hide()

    def show_made(self, make: Maker | None) -> None:
        """Show what that function makes for a width, or nothing."""
        self._make = make
        self.setVisible(make is not None)
        self._lay_out()

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Show the weight bar by risk of bias."""
        if self._same(shares):
            return
        title = _("Weight by risk of bias")
        self.show_made(
            (lambda width, measure: weight_bar(shares, title, width, measure)) if shares else None
        )

    def show_zones(self, picture: Picture | None, title: str) -> None:
        """Show intervals against thresholds."""
        if self._same(picture):
            return
        if picture is None:
            self.show_made(None)
            return
        rows, scale = picture
        self.show_made(lambda width, measure: zone_plot(rows, scale, title, width, measure))

    def _same(self, content: object) -> bool:
        """Return whether this is shown already, and remember it."""
        same = content == self._content
        self._content = content
        return same

    def _lay_out(self) -> None:
        if self._make is None:
            return
        zoom = theme.px(100) / 100
        width = max(self.width(), theme.px(240))
        figure = self._make(width / zoom, text_width)
        self.view.show_figure(figure)
        self._height = round(figure.height * zoom)
        self.view.setGeometry(0, 0, width, self._height)
        self.setFixedHeight(self._height)

    def sizeHint(self) -> QSize:
        """Return the height of the figure; the width is taken as it comes."""
        return QSize(theme.px(300), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the figure out for the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()
