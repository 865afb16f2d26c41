"""The status bar: is it saved, where am I, and which keys help now."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app import icons, theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.parts import label, set_role
from assessments.language import _


class StatusBar(QFrame):
    """The line at the bottom of the window, 28 pixels high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "statusbar")
        self._sign = label()
        icons.set_icon(self._sign, "check", "ok", 14)
        self.saving = label()
        self.backup = ElidedLabel()
        self.place = ElidedLabel()
        self.context = ElidedLabel()
        self.hints = ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sign)
        layout.addWidget(self.saving)
        layout.addSpacing(10)
        layout.addWidget(self.backup)
        layout.addSpacing(10)
        layout.addWidget(self.place)
        layout.addStretch(1)
        layout.addWidget(self.context)
        layout.addStretch(1)
        layout.addWidget(self.hints)
        self.resize_to_words()

    def resize_to_words(self) -> None:
        """Be as high as the size of words asks for."""
        self.setFixedHeight(theme.px(28))

    def show_saving(self, words: str, *, failed: bool, read_only: bool) -> None:
        """Show the state of saving; a failure in red, with a sign."""
        self.saving.setText(words)
        self.saving.setAccessibleName(words)
        set_role(self.saving, "error" if failed else "")
        name, role = ("warning", "error") if failed else ("check", "ok")
        if read_only:
            name, role = "lock", "text-2"
        icons.set_icon(self._sign, name, role, 14)

    def show_backup(self, words: str) -> None:
        """Show when the last dated copy was made."""
        self.backup.setText(words)
        self.backup.setVisible(bool(words))

    def show_place(self, name: str, folder: str) -> None:
        """Show the file, with its folder in the tooltip."""
        self.place.setText(name)
        self.place.setToolTip(folder)

    def show_context(self, context: str, hints: tuple[tuple[str, str], ...]) -> None:
        """Show where one is and the keys that help now."""
        self.context.setText(context)
        pairs = (*hints[:3], ("?", _("All shortcuts")))
        self.hints.setText("    ".join(f"{key} {does}" for key, does in pairs))
