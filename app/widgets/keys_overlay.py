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
    return keys.replace("++", "+plus").replace("+", " ").replace("plus", "+").replace(
        "Return", "Enter"
    )


class KeysOverlay(Overlay):
    """Two columns of keys."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Keyboard shortcuts"), 760)
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        self.inner.addLayout(row(label(_("Keyboard shortcuts"), "section"), None, close))
        here = (*window.page.keys(), *_of_commands(window))
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


def _of_commands(window: MainWindow) -> tuple[tuple[str, str], ...]:
    return tuple(
        (in_words(one.keys), one.text) for one in window.page.commands() if one.keys
    )


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
