"""The menus of the window, made from ACTIONS, PAGES and what the page can do now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.actions import ACTIONS, MENUS, Action
from app.pages import PAGES
from app.pages.page import Command
from app.widgets.parts import as_written
from assessments.language import _

if TYPE_CHECKING:
    from app.main_window import MainWindow


class WindowMenus:
    """Menus and shortcuts of one window.

    While no menu is open every command is enabled, so that its key always reaches the window,
    which then says why there is nothing to do; an open menu shows what is possible and why not.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._page_actions: list[QAction] = []
        bar = window.menuBar()
        bar.setAccessibleName(_("Menu"))
        self.menus: dict[str, QMenu] = {name: bar.addMenu(title()) for name, title in MENUS}
        for entry in PAGES:
            made = self.menus["view"].addAction(
                as_written(entry.title()), partial(window.show_page, entry.name)
            )
            made.setShortcut(QKeySequence(f"Ctrl+{entry.number}"))
        self.menus["view"].addSeparator()
        for action in ACTIONS:
            self._add(action)
        for menu in self.menus.values():
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.show_states)
            menu.aboutToHide.connect(self._enable_all)
        self.menus["assess"].menuAction().setVisible(False)

    def _add(self, action: Action) -> None:
        menu = self.menus[action.menu]
        if action.line_before:
            menu.addSeparator()
        made = menu.addAction(action.text(), partial(action.run, self._window))
        made.setShortcuts([QKeySequence(keys) for keys in action.keys])
        made.setCheckable(action.ticked is not None)
        if action.name == "quit":
            made.setMenuRole(QAction.MenuRole.QuitRole)
        self.actions[action.name] = made

    def show_states(self) -> None:
        """Let each command know whether it is possible now, and why not."""
        for action in ACTIONS:
            made = self.actions[action.name]
            _enable(made, action.enabled(self._window))
            if action.ticked is not None:
                made.setChecked(action.ticked(self._window))
        for made, command in zip(self._page_actions, self._commands, strict=True):
            _enable(made, command.enabled())

    def _enable_all(self) -> None:
        for made in (*self.actions.values(), *self._page_actions):
            made.setEnabled(True)

    def show_page_commands(self, commands: tuple[Command, ...]) -> None:
        """Show what the page can do in the Assess menu; without anything it is absent."""
        menu = self.menus["assess"]
        for made in self._page_actions:
            menu.removeAction(made)
            made.deleteLater()
        self._commands = commands
        self._page_actions = []
        for command in commands:
            made = menu.addAction(as_written(command.text), partial(self._run, command))
            if command.keys:
                made.setShortcut(QKeySequence(command.keys))
            self._page_actions.append(made)
        menu.menuAction().setVisible(bool(commands))

    def _run(self, command: Command) -> None:
        reason = command.enabled()
        if reason is None:
            command.run()
        else:
            self._window.message.say(reason)

    _commands: tuple[Command, ...] = ()


def _enable(made: QAction, reason: str | None) -> None:
    made.setEnabled(reason is None)
    made.setToolTip(reason or "")
    made.setStatusTip(reason or "")
