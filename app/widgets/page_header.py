"""Page header: title, a line of facts below it, actions at the right; and tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.widgets.flow import FlowLayout
from app.widgets.parts import breakable, button, label


class PageHeader(QWidget):
    """The top of a page. ``add_action`` puts buttons at its right, the main one last."""

    def __init__(self, title: str = "", facts: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, "title", wrap=True)
        self.facts = label(facts, "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self.facts.setVisible(bool(facts))

    def show_title(self, title: str, *facts: str) -> None:
        """Show another title, and facts parted by dots; empty facts are left out."""
        self.title.setText(breakable(title))
        text = breakable("  ·  ".join(fact for fact in facts if fact))
        self.facts.setText(text)
        self.facts.setVisible(bool(text))

    def add_action(self, part: QWidget) -> None:
        """Add a button at the right."""
        self._row.addWidget(part)


class Tabs(QFrame):
    """Segmented tabs in as many rows as the width needs; arrows move between them.

    ``chosen(name)`` tells the one shown.
    """

    chosen = Signal(str)

    def __init__(
        self, tabs: tuple[tuple[str, str], ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._row = FlowLayout(gap=2)
        self._row.setContentsMargins(3, 3, 3, 3)
        self.setLayout(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, text in tabs:
            self.add(name, text)

    def add(self, name: str, text: str) -> None:
        """Add a tab; the first one is shown."""
        made = button(text, role="tab")
        made.setCheckable(True)
        made.setChecked(not self.buttons)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(name))
        made.setAccessibleDescription(self.accessibleName())
        self._group.addButton(made)
        self._row.addWidget(made)
        self.buttons[name] = made

    @property
    def shown(self) -> str:
        """The name of the tab that is shown, '' without tabs."""
        return next((name for name, one in self.buttons.items() if one.isChecked()), "")

    def show_tab(self, name: str) -> None:
        """Show that tab and tell so."""
        if name in self.buttons and self.shown != name:
            self.buttons[name].setChecked(True)
            self.chosen.emit(name)

    def set_text(self, name: str, text: str) -> None:
        """Change the words of a tab, for example with a count."""
        self.buttons[name].setText(text)
        self.buttons[name].setAccessibleName(text)
