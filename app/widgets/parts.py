"""The smallest parts, each made in one call: label, button, row, column, scrolling, line."""

from __future__ import annotations

import atexit
import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app import icons
from assessments.language import _

_ENDLESS = re.compile(r"\S{40}(?=\S)")

def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return words in one of the roles of the style sheet ('title', 'section', 'small' …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    elif role.startswith(("chip", "key")):
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    else:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def breakable(text: str) -> str:
    """Return words in which those of more than 40 letters can be broken, so that they wrap."""
    return _ENDLESS.sub(lambda found: found[0] + "\u200b", text)


def as_written(text: str) -> str:
    """Return words for a button, a box or a menu in which “&” stands for itself."""
    return text.replace("&", "&&")


class _Button(QPushButton):
    """A button that Enter presses as well as Space, in windows as in dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; leave every other key to Qt."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class _BoldWhenChosen(_Button):
    """A button that keeps room for bold words, which the style sheet gives a chosen one."""

    def sizeHint(self) -> QSize:
        """Return the size with the words in bold; Qt reckons with the plain ones."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(bold).horizontalAdvance(self.text())
        wider -= self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, wider), hint.height())


def button(
    text: str,
    run: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
) -> QPushButton:
    """Return a button; ``role`` is '', 'primary', 'quiet', 'link', 'danger', 'tab' or 'filter'.

    Without words, ``tip`` is its accessible name.
    """
    words = as_written(text)
    made = _BoldWhenChosen(words) if role in ("tab", "filter") else _Button(words)
    if role:
        made.setProperty("role", role)
    if icon:
        icons.set_icon(made, icon, "on-accent" if role == "primary" else "text-2", 18)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def set_enabled(target: QWidget, reason: str | None, tip: str = "") -> None:
    """Enable a control, or disable it and say why in its tooltip and description."""
    target.setEnabled(reason is None)
    target.setToolTip(reason or tip)
    target.setAccessibleDescription(reason or "")


def set_role(target: QWidget, role: str) -> None:
    """Give a widget another role and let it look so at once."""
    if target.property("role") == role:
        return
    target.setProperty("role", role)
    repolish(target)


def repolish(target: QWidget) -> None:
    """Let the style sheet look at the widget's properties again, if it has looked at all."""
    if not target.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    target.style().unpolish(target)
    target.style().polish(target)
    target.update()


def _fill(layout: QBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...]) -> None:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def row(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QHBoxLayout:
    """Return parts side by side; None is a stretch, a number is room in pixels."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    _fill(made, parts)
    return made


def column(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QVBoxLayout:
    """Return parts below each other; None is a stretch, a number is room in pixels."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    _fill(made, parts)
    return made


def holder(layout: QLayout, role: str = "clear") -> QWidget:
    """Return a plain widget with that layout."""
    made = QWidget()
    made.setProperty("role", role)
    made.setLayout(layout)
    return made


def frame(role: str, layout: QLayout | None = None, margin: int = 16) -> QFrame:
    """Return a frame in one of the roles of the style sheet ('card', 'sunken', 'quote' …)."""
    made = QFrame()
    made.setProperty("role", role)
    if layout is not None:
        layout.setContentsMargins(margin, margin, margin, margin)
        made.setLayout(layout)
    return made


def line() -> QFrame:
    """Return a thin line across."""
    return frame("line")


def scrolling(content: QWidget) -> QScrollArea:
    """Return a frameless area in which the content can be scrolled up and down only."""
    area = _Scrolling()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(_("Page content"))
    content.installEventFilter(area)
    return area


class _Scrolling(QScrollArea):
    """A scroll area that is at least as wide as its content needs to be readable."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as wide as the content needs."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.setMinimumWidth(
                self.widget().minimumSizeHint().width() + self.verticalScrollBar().width()
            )
        return super().eventFilter(watched, event)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            let_go(widget)


_leaving: list[QWidget] = []
# at the end of the program they go while Qt is still there
atexit.register(_leaving.clear)


def let_go(widget: QWidget) -> None:
    """Take a widget off the window at once, and delete it once no handler of it is running.

    A widget without a parent belongs to Python, which would delete it as soon as nobody holds
    it: perhaps in the midst of the click that led here. So it is held until Qt has deleted it.
    """
    _leaving[:] = [one for one in _leaving if isValid(one)]
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
    _leaving.append(widget)
