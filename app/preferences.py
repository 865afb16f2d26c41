"""Preferences: who sits at this machine, the colours and the size of words.

They take effect and are kept at once; none can change a number or a word of a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app import settings
from app.widgets.form import Choice, choice
from app.widgets.overlay import Overlay
from app.widgets.parts import button, column, label, row
from assessments.language import _

if TYPE_CHECKING:
    from app.main_window import MainWindow


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
            _labelled(_("Your name"), self.name), _labelled(_("Initials"), self.initials), gap=12
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


def _labelled(text: str, made: QWidget) -> QVBoxLayout:
    words = label(text, "small")
    words.setBuddy(made)
    return column(words, made, gap=4)


class PreferencesOverlay(Overlay):
    """The preferences of this machine over a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Preferences"), 520)
        self._window = window
        self.own = OwnName()
        self.scheme = self._scheme()
        self.zoom = self._zoom()
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        self.inner.addLayout(row(label(_("Preferences"), "section"), None, close))
        self.inner.addWidget(self.own)
        self.inner.addWidget(label(
            _("Your name stands in new reviews and in the lock of a file that you have open. In "
              "a review, the chip at the top right says who sits here."), "caption", wrap=True,
        ))
        looks = row(_labelled(_("Colours"), self.scheme), _labelled(_("Size of words"), self.zoom),
                    gap=12)
        self.inner.addLayout(looks)
        self.inner.addWidget(label(
            _("These are kept on this machine, not in the review. This program never connects to "
              "the internet."), "caption", wrap=True,
        ))
        self.inner.addLayout(row(None, button(_("Done"), self.dismiss, role="primary")))

    def _scheme(self) -> Choice:
        made = choice(_("Colours"), (
            ("system", _("Colours of the system")), ("light", _("Light")), ("dark", _("Dark")),
            ("high_contrast", _("High contrast")),
        ))
        made.show_value(settings.scheme())
        made.activated.connect(lambda _n: self._window.use_scheme(made.value or "system"))
        return made

    def _zoom(self) -> Choice:
        made = choice(_("Size of words"), [
            (str(size), _("{size} %").format(size=size)) for size in settings.ZOOMS
        ])
        made.show_value(str(settings.zoom()))
        made.activated.connect(lambda _n: self._resize(int(made.value or 100)))
        return made

    def _resize(self, size: int) -> None:
        self._window.use_zoom(size)
        self.refit()

    def dismiss(self) -> None:
        """Keep what was typed, and close."""
        self.own.commit()
        super().dismiss()

    @classmethod
    def show_in(cls, window: MainWindow) -> PreferencesOverlay:
        """Show the preferences over that window."""
        made = cls(window)
        made.open()
        made.own.name.setFocus()
        return made
