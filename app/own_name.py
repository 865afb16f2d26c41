"""Name and initials of the one at this machine: asked at the first start, kept in preferences."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app import settings
from app.widgets.parts import column, label, row
from assessments.language import _


class OwnName(QWidget):
    """Fields for name and initials of the one at this machine, kept on leaving and on Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = self._line(_("Your name"), settings.my_name())
        self.initials = self._line(_("Initials"), settings.my_initials())
        self.initials.setMaximumWidth(110)
        self.name.textEdited.connect(self._typed)
        self.name.editingFinished.connect(self.commit)
        self.initials.editingFinished.connect(self.commit)
        fields = row(
            labelled(_("Your name"), self.name), labelled(_("Initials"), self.initials), gap=12
        )
        fields.setStretch(0, 1)
        self.setLayout(fields)

    def _line(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(name)
        return made

    def _typed(self, name: str) -> None:
        """Let initials follow the name until somebody types others."""
        if not settings.read("initials"):
            self.initials.setText(settings.initials_of(name))

    def commit(self) -> None:
        """Keep what is in the fields."""
        name, initials = self.name.text().strip(), self.initials.text().strip()
        if name and name != settings.read("name"):
            settings.write("name", name)
        if initials != settings.my_initials():
            settings.write("initials", initials)


def labelled(text: str, made: QWidget) -> QVBoxLayout:
    """Return a field below its name."""
    words = label(text, "small")
    words.setBuddy(made)
    return column(words, made, gap=4)
