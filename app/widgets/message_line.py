"""Message line: what just happened, for six seconds, with one action; errors stay."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.widgets.parts import button, label, repolish, set_role
from assessments.language import _

SHOWN_FOR = 6000


class MessageLine(QFrame):
    """A line at the bottom of the page, never over the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 6, 4)
        self.words = label("", wrap=True)
        self.action = button("", self._act)
        self.dismiss = button("", self.hide, role="quiet", icon="close", tip=_("Dismiss message"))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.dismiss)
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self, text: str, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show what happened, with a word to act on it."""
        self._look("message")
        self._show(text, action, run)
        self.dismiss.hide()
        self._timer.start()

    def complain(
        self, text: str, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show what is wrong until it is dismissed."""
        self._look("message-error")
        self._show(text, action, run)
        self.dismiss.show()
        self._timer.stop()

    def _look(self, role: str) -> None:
        set_role(self, role)
        for part in (self.words, self.action, self.dismiss):
            repolish(part)

    def _show(self, text: str, action: str, run: Callable[[], object] | None) -> None:
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self._run = run
        self.show()

    def _act(self) -> None:
        run = self._run
        self.hide()
        if run is not None:
            run()
