"""Preferences: who sits at this machine, the colours and the size of words.

They take effect and are kept at once; none can change a number or a word of a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import settings
from app.own_name import OwnName, labelled
from app.widgets.form import Choice, choice
from app.widgets.overlay import Overlay
from app.widgets.parts import button, label, row
from assessments.language import _

if TYPE_CHECKING:
    from app.main_window import MainWindow


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
        looks = row(labelled(_("Colours"), self.scheme), labelled(_("Size of words"), self.zoom),
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
