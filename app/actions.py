"""ACTIONS: every command of the window, with its menu, words, keys, and when it is enabled.

Menus, shortcuts, the search and the overlay of keys are made from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import saving
from assessments.language import _

if TYPE_CHECKING:
    from app.main_window import MainWindow

MENUS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("file", lambda: _("&File")),
    ("edit", lambda: _("&Edit")),
    ("assess", lambda: _("&Assess")),
    ("view", lambda: _("&View")),
    ("help", lambda: _("&Help")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One command. ``enabled`` returns None, or the sentence that says why it is not.

    ``after`` puts a line before it in its menu; ``ticked`` tells whether it is on now.
    """

    name: str
    menu: str
    text: Callable[[], str]
    run: Callable[[MainWindow], object]
    keys: tuple[str, ...] = ()
    enabled: Callable[[MainWindow], str | None] = lambda _window: None
    line_before: bool = False
    ticked: Callable[[MainWindow], bool] | None = None


def _writable(window: MainWindow) -> str | None:
    return window.workspace.read_only


def _can_undo(window: MainWindow) -> str | None:
    if window.undo_stays_in_field() or window.can_undo():
        return None
    return window.workspace.read_only or _("There is nothing to undo.")


def _can_redo(window: MainWindow) -> str | None:
    if window.undo_stays_in_field() or window.can_redo():
        return None
    return window.workspace.read_only or _("There is nothing to redo.")


def _show_preferences(window: MainWindow) -> None:
    from app.preferences import PreferencesOverlay

    PreferencesOverlay.show_in(window)


ACTIONS: tuple[Action, ...] = (
    Action(
        name="new", menu="file", text=lambda: _("New review…"), keys=("Ctrl+N",),
        run=lambda w: w.asked.emit("new", ""),
    ),
    Action(
        name="open", menu="file", text=lambda: _("Open…"), keys=("Ctrl+O",),
        run=lambda w: w.asked.emit("open", ""),
    ),
    Action(
        name="demo", menu="file", text=lambda: _("Demo review"),
        run=lambda w: w.asked.emit("demo", ""),
    ),
    Action(
        name="copy", menu="file", text=lambda: _("Save a copy…"), keys=("Ctrl+Shift+S",),
        run=saving.save_copy, line_before=True,
    ),
    Action(
        name="save", menu="file", text=lambda: _("Back up now"), keys=("Ctrl+S",),
        run=saving.save, enabled=_writable,
    ),
    Action(
        name="backups", menu="file", text=lambda: _("Show backups"),
        run=saving.show_backups,
    ),
    Action(
        name="close", menu="file", text=lambda: _("Close"), keys=("Ctrl+W",),
        run=lambda w: w.asked.emit("close", ""), line_before=True,
    ),
    Action(
        name="quit", menu="file", text=lambda: _("Quit"), keys=("Ctrl+Q",),
        run=lambda w: w.asked.emit("quit", ""),
    ),
    Action(
        name="undo", menu="edit", text=lambda: _("Undo"), keys=("Ctrl+Z",),
        run=lambda w: w.undo(), enabled=_can_undo,
    ),
    Action(
        name="redo", menu="edit", text=lambda: _("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        run=lambda w: w.redo(), enabled=_can_redo,
    ),
    Action(
        name="search", menu="edit", text=lambda: _("Search everything"), keys=("Ctrl+K",),
        run=lambda w: w.search(), line_before=True,
    ),
    Action(
        name="preferences", menu="edit", text=lambda: _("Preferences…"), keys=("Ctrl+,",),
        run=_show_preferences, line_before=True,
    ),
    Action(
        name="next_area", menu="view", text=lambda: _("Next area"), keys=("F6",),
        run=lambda w: w.next_area(1),
    ),
    Action(
        name="previous_area", menu="view", text=lambda: _("Previous area"), keys=("Shift+F6",),
        run=lambda w: w.next_area(-1),
    ),
    Action(
        name="system_colours", menu="view", text=lambda: _("Colours of the system"),
        run=lambda w: w.use_scheme("system"), line_before=True,
        ticked=lambda w: w.scheme == "system",
    ),
    Action(
        name="light", menu="view", text=lambda: _("Light"), run=lambda w: w.use_scheme("light"),
        ticked=lambda w: w.scheme == "light",
    ),
    Action(
        name="dark", menu="view", text=lambda: _("Dark"), run=lambda w: w.use_scheme("dark"),
        ticked=lambda w: w.scheme == "dark",
    ),
    Action(
        name="high_contrast", menu="view", text=lambda: _("High contrast"),
        run=lambda w: w.use_scheme("high_contrast"),
        ticked=lambda w: w.scheme == "high_contrast",
    ),
    Action(
        name="larger", menu="view", text=lambda: _("Larger words"), keys=("Ctrl++", "Ctrl+="),
        run=lambda w: w.zoom_by(1), line_before=True,
    ),
    Action(
        name="smaller", menu="view", text=lambda: _("Smaller words"), keys=("Ctrl+-",),
        run=lambda w: w.zoom_by(-1),
    ),
    Action(
        name="normal", menu="view", text=lambda: _("Normal size"), keys=("Ctrl+0",),
        run=lambda w: w.zoom_by(0),
    ),
    Action(
        name="full_screen", menu="view", text=lambda: _("Full screen"), keys=("F11",),
        run=lambda w: w.toggle_full_screen(), ticked=lambda w: w.isFullScreen(),
    ),
    Action(
        name="keys", menu="help", text=lambda: _("Keyboard shortcuts"), keys=("?",),
        run=lambda w: w.show_keys(),
    ),
    Action(
        name="about", menu="help", text=lambda: _("About and licences"),
        run=lambda w: w.show_about(), line_before=True,
    ),
)
