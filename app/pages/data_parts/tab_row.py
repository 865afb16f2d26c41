"""Tabs in as many rows as the width needs; those that have nothing to show are not there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from app.widgets.flow import FlowLayout
from app.widgets.parts import button


class TabRow(QFrame):
    """Segmented tabs. ``chosen(name)`` tells the one that is shown."""

    chosen = Signal(str)

    def __init__(
        self, name: str, tabs: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.setAccessibleName(name)
        layout = FlowLayout(gap=2)
        layout.setContentsMargins(3, 3, 3, 3)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, words in tabs:
            made = button(words, role="tab")
            made.setCheckable(True)
            made.setChecked(not self.buttons)
            made.clicked.connect(lambda _on=False, code=code: self.chosen.emit(code))
            self._group.addButton(made)
            layout.addWidget(made)
            self.buttons[code] = made

    @property
    def shown(self) -> str:
        """The name of the tab that is shown."""
        return next(name for name, one in self.buttons.items() if one.isChecked())

    def offer(self, names: set[str]) -> None:
        """Show these tabs only; where the shown one goes, the first one is shown."""
        for name, one in self.buttons.items():
            one.setVisible(name in names)
        if self.shown not in names:
            self.show_tab(next(iter(self.buttons)))
        self.updateGeometry()

    def show_tab(self, name: str) -> None:
        """Show that tab and tell so."""
        if self.shown != name:
            self.buttons[name].setChecked(True)
            self.chosen.emit(name)
