"""About and licences."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app import icons
from app.widgets.parts import button, label, row
from assessments.language import _
from assessments.version import VERSION


class AboutDialog(QDialog):
    """What the program is, its version, and the licences it carries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Tandem"))
        sign = label()
        sign.setPixmap(icons.window_icon().pixmap(48, 48))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(row(sign, label("Tandem", "title"), label(VERSION, "caption"), None))
        for sentence in _sentences():
            words = label(sentence, "secondary", wrap=True)
            words.setMinimumWidth(460)
            words.setMaximumWidth(460)
            layout.addWidget(words)
        layout.addLayout(row(None, button(_("Close"), self.accept, role="primary")))


def _sentences() -> tuple[str, ...]:
    return (
        _("Two assessors judge risk of bias and rate the certainty of evidence, apart and then "
          "together. This program never connects to the internet."),
        _("Tandem is free under the MIT licence. It uses Qt {version} and PySide6 under the "
          "GNU LGPL 3, and NumPy, SciPy, pandas and openpyxl under BSD and MIT licences.").format(
              version=qVersion()),
        _("Instruments are described in our own short words, with the numbers of the official "
          "documents. Each page of an instrument names its source."),
    )
