"""The overlay of keys: all keys of the page, and those that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import ACTIONS
from app.pages import PAGES
from app.widgets.overlay import Overlay
from app.widgets.parts import button, column, holder, label, row, scrolling
from assessments.language import _

if TYPE_CHECKING:
    from app.main_window import MainWindow


def in_words(keys: str) -> str:
    """Return a key sequence as people write it."""
    words = keys.replace("++", "+plus").replace("+", " ").replace("plus", "+")
    for name, shown in (("Return", "Enter"), ("Down", "↓"), ("Up", "↑")):
        words = words.replace(name, shown)
    return words


class KeysOverlay(Overlay):
    """Two columns of keys."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Keyboard shortcuts"), 760)
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        self.inner.addLayout(row(label(_("Keyboard shortcuts"), "section"), None, close))
        here = of_page(window)
        pages = tuple((f"Ctrl {entry.number}", entry.title()) for entry in PAGES)
        own = _group(window.entries[window.page_name].title(), here)
        left = holder(column(own, _group(_("Pages"), pages), None, gap=16))
        everywhere = [
            (in_words(action.keys[0]), action.text().rstrip("…"))
            for action in ACTIONS if action.keys
        ]
        everywhere.append(("Esc", _("Back out")))
        right = _group(_("Everywhere"), tuple(everywhere))
        content = holder(row(left, right, gap=32))
        area = scrolling(content)
        area.setMinimumHeight(min(content.sizeHint().height(), 560))
        self.inner.addWidget(area)
        self._close = close

    @classmethod
    def show_in(cls, window: MainWindow) -> KeysOverlay:
        """Show the keys over that window."""
        made = cls(window)
        made.open()
        made._close.setFocus()
        return made


def of_page(window: MainWindow) -> tuple[tuple[str, str], ...]:
    """Return the keys that the page tells, then those of its commands that it does not tell."""
    told = window.page.keys()
    known = {one for keys, _does in told for one in keys.split("  ")}
    more = [(in_words(one.keys), one.text) for one in window.page.commands() if one.keys]
    return (*told, *(pair for pair in more if pair[0] not in known))


def _group(heading: str, pairs: tuple[tuple[str, str], ...]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for line, (key, does) in enumerate(dict.fromkeys(pairs)):
        grid.addWidget(label(key, "key"), line, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(does, "small"), line, 1)
    return holder(column(label(heading, "strong"), holder(grid), None))
