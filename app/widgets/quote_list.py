"""Quote list: quotes with their places, as they stand below a question or a judgement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import icons
from app.widgets.parts import button, clear, frame, label, row
from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShown:
    """A quote with its place, as it stands below a question."""

    id: str
    text: str
    place: str = ""
    fresh: bool = False


class QuoteList(QWidget):
    """Quotes below each other. ``opened(id)`` goes to the place, ``removed(id)`` takes one away."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[QuoteShown, ...] = ()
        self._read_only = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_quotes(self, quotes: Iterable[QuoteShown], *, read_only: bool = False) -> None:
        """Show these quotes; nothing is made anew when they are the same."""
        wanted = tuple(quotes)
        if wanted == self._shown and read_only == self._read_only:
            return
        self._shown, self._read_only = wanted, read_only
        clear(self._column)
        for quote in wanted:
            self._column.addWidget(self._quote(quote))
        self.setVisible(bool(wanted))

    def _quote(self, quote: QuoteShown) -> QWidget:
        sign = label()
        icons.set_icon(sign, "quote", "accent", 16)
        words = label(f"“{quote.text}”", "small", wrap=True)
        parts = row(sign, words, gap=10)
        parts.setStretch(1, 1)
        if quote.place:
            name = _("Go to {place}").format(place=quote.place)
            there = button(quote.place, lambda: self.opened.emit(quote.id), role="link", tip=name)
            there.setAccessibleName(name)
            parts.addWidget(there)
        if not self._read_only:
            away = button("", lambda: self.removed.emit(quote.id), role="quiet", icon="close",
                          tip=_("Remove this quote"))
            away.setAccessibleName(
                _("Remove quote “{text}”").format(text=quote.text[:60])
            )
            parts.addWidget(away)
        return frame("quote", parts, 6)
