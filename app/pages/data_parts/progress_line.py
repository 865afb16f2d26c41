"""The line that says how far long work is, with a bar and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from app.background import Job
from app.widgets.parts import button, label, row
from assessments.language import _


class ProgressLine(QWidget):
    """Follows one job; not there while nothing is being worked on."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._text = "{n} {of}"
        self.words = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = button(_("Cancel"), self._cancel)
        layout = row(self.words, self.bar, self.cancel)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def follow(self, job: Job, text: str) -> None:
        """Show how far a job is; ``text`` has the places {n} and {of}."""
        self._job, self._text = job, text
        self.words.setText(text.format(n=0, of="…"))
        self.bar.setRange(0, 0)
        job.progress.connect(self._moved)
        job.ended.connect(self._over)
        self.show()

    def _moved(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.words.setText(self._text.format(n=done, of=of))
        self.bar.setAccessibleDescription(self.words.text())

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.hide()

    def _over(self) -> None:
        self.hide()
