"""Page: what every page of the window is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.workspace import Workspace
from assessments.store.journal import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a page can do now: stands in the Assess menu, the search and the list of keys.

    ``keys`` is a Qt key sequence ('Ctrl+Return') or '' for none; ``enabled`` returns None, or
    the sentence that says why not.
    """

    text: str
    run: Callable[[], None]
    keys: str = ""
    enabled: Callable[[], str | None] = lambda: None


class Page(QWidget):
    """A page reads frozen rows from the workspace, shows them, and sends edits.

    A page sets ``TABLES`` to the tables it shows (empty: all), builds its widgets in
    ``__init__`` and fills them in ``refresh``; ``LATER`` names attributes with parts that are
    made when they are first read, for which idle time is used. While it is hidden it is only
    marked as out of date, and refreshed when it is shown.

    Signals: ``said(text, action, function)`` shows a line at the bottom for six seconds,
    ``action`` is the word on its button or ''; ``complained(text)`` a line that stays;
    ``wanted(page, target)`` goes to another page; ``context_changed()`` when the middle of the
    status line or its keys differ; ``badges_changed()`` when numbers in the rail may differ
    without an edit.
    """

    TABLES: frozenset[str] = frozenset()
    LATER: tuple[str, ...] = ()

    said = Signal(str, str, object)
    complained = Signal(str)
    wanted = Signal(str, str)
    context_changed = Signal()
    badges_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setProperty("role", "canvas")
        self._out_of_date = True
        workspace.changed.connect(self._changed)
        workspace.seat_changed.connect(self._seat_changed)

    def refresh(self, changes: Changes | None) -> None:
        """Read again and show; ``changes`` is None when everything may differ."""
        raise NotImplementedError

    def go_to(self, target: str) -> None:
        """Show the object with that key (a study, an outcome, a result); '' is where one was."""

    def context(self) -> str:
        """Return where one is, for the middle of the status line."""
        return ""

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return up to three (key, what it does) that help now, for the status line."""
        return ()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all (key, what it does) of this page, for the overlay of keys."""
        return self.hints()

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here, for the Assess menu and the search."""
        return ()

    def areas(self) -> tuple[QWidget, ...]:
        """Return list, main and side in order, for F6; empty: the page is one area."""
        return ()

    def _changed(self, changes: Changes) -> None:
        if self.TABLES and not (changes.tables & self.TABLES):
            return
        if self.isVisible():
            self.refresh(changes)
        else:
            self._out_of_date = True

    def _seat_changed(self) -> None:
        if self.isVisible():
            self.refresh(None)
        else:
            self._out_of_date = True

    def bring_up_to_date(self) -> None:
        """Read again if anything has changed; on a hidden page nothing is laid out meanwhile."""
        if self._out_of_date:
            self._out_of_date = False
            self.refresh(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the page up to date before it is seen."""
        self.bring_up_to_date()
        super().showEvent(event)
