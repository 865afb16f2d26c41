"""Level buttons: choose a judgement by mouse, letter, number or screen reader.

The proposal is marked with a dot and in words, and never chosen beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app import theme
from app.painting.judgement_marks import paint_level
from app.widgets.flow import FlowLayout
from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChoice:
    """One level to choose: its stored code, its word, its look and its letter key.

    A ``role`` of '' is a choice without a mark; None is the mark of what is not judged yet.
    ``said`` is the whole name where the word is shortened.
    """

    code: str
    word: str
    role: str | None = None
    key: str = ""
    detail: str = ""
    said: str = ""


class LevelButton(QRadioButton):
    """One level, drawn as a box with mark, word and key; a radio button for everybody else."""

    def __init__(self, choice: LevelChoice, number: int, *, segmented: bool) -> None:
        super().__init__(choice.word)
        self.choice = choice
        self.number = number
        self.segmented = segmented
        self.proposed = False
        self.shows_key = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoExclusive(False)
        self.setMouseTracking(True)
        self.name_it()

    def name_it(self) -> None:
        """Say word, whether it is proposed, and its keys."""
        name = self.choice.said or self.choice.word
        parts = [name]
        if self.choice.detail:
            parts.append(self.choice.detail)
        if self.proposed:
            parts.append(_("proposed"))
        self.setAccessibleName(", ".join(parts))
        own = self.choice.key
        keys = [own] if own.isdigit() else [key for key in (own, str(self.number)) if key]
        self.setAccessibleDescription(_("Keys: {keys}").format(keys=", ".join(keys)))
        self.setToolTip(
            _("{word} (keys {keys})").format(word=name, keys=", ".join(keys))
        )

    def sizeHint(self) -> QSize:
        """Return the room for mark, word and key."""
        words = QFontMetrics(theme.font(weight=600)).horizontalAdvance(self.choice.word)
        detail = QFontMetrics(theme.font(12)).horizontalAdvance(self.choice.detail)
        mark = 0 if self.segmented or self.choice.role == "" else 34
        key = 0 if self.segmented or not self.choice.key else 26
        height = 32 if self.segmented else 52 if self.choice.detail else 40
        return QSize(max(words, detail) + theme.px(mark + key + 24), theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: words are never cut off."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """Let the whole box be pressed."""
        return self.rect().contains(pos)  # type: ignore[call-overload]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        if self.segmented:
            self._paint_segment(painter)
        else:
            self._paint_words(painter)
        if self.proposed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("accent"))
            side = theme.px(6)
            middle = self.width() / 2
            painter.drawEllipse(QRectF(middle - side / 2, self.height() - side - 2, side, side))

    def _paint_box(self, painter: QPainter) -> None:
        look = theme.current()
        level = look.level(self.choice.role or "none")
        chosen, focused = self.isChecked(), self.hasFocus()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        plain = "sunken" if self.segmented else "surface"
        if self.underMouse() and self.isEnabled() and not chosen:
            plain = "surface" if self.segmented else "sunken"
        fill = look.color(plain)
        edge, width = look.color("control"), 1.0
        if self.segmented and not chosen:
            edge = fill
        if chosen:
            fill = QColor(level.tint) if self.choice.role else look.color("surface")
            edge = QColor(level.rim) if self.choice.role else look.color("control")
            width = 1.6
        if focused:
            edge, width = look.color("accent"), 2.0
        if not self.isEnabled() and not chosen:
            edge = look.color("border")
        painter.setPen(QPen(edge, width))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 6 if self.segmented else 8, 6 if self.segmented else 8)

    def _paint_segment(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setFont(theme.font(weight=600 if self.isChecked() else 400))
        strong = self.isChecked() or self.underMouse()
        painter.setPen(look.color("text" if strong else "text-2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.choice.word)
        if self.shows_key:
            painter.setFont(theme.font(10))
            painter.setPen(look.color("text-3" if self.isEnabled() else "border-2"))
            edge = theme.px(4)
            near = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(edge, 0, -edge, 0), near, str(self.number))

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.current()
        side, left = theme.px(20), theme.px(12)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - left - side if mirrored else left
        if self.choice.role == "":
            side = -theme.px(10)
        else:
            box = QRectF(x, (self.height() - side) / 2, side, side)
            paint_level(painter, box, self.choice.role)
        words = self.rect().adjusted(left + side + theme.px(10), 0, -theme.px(12), 0)
        if mirrored:
            words = self.rect().adjusted(theme.px(12), 0, -(left + side + theme.px(10)), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.font(weight=600))
        painter.setPen(look.color("text" if self.isEnabled() or self.isChecked() else "text-3"))
        if self.choice.detail:
            half = words.height() // 2
            top = words.adjusted(0, theme.px(6), 0, -half)
            painter.drawText(top, near | middle, self.choice.word)
            painter.setFont(theme.font(12))
            painter.setPen(look.color("text-2"))
            low = words.adjusted(0, half - theme.px(2), 0, -theme.px(6))
            painter.drawText(low, near | middle, self.choice.detail)
        else:
            painter.drawText(words, near | middle, self.choice.word)
        if self.choice.key:
            painter.setFont(theme.font(11))
            painter.setPen(look.color("text-3" if not self.isChecked() else "text-2"))
            painter.drawText(words, far | middle, self.choice.key)


class LevelButtons(QWidget):
    """A row of levels. ``chosen(code)`` is sent with the code, or None when taken back.

    Keys inside the row: the letter of a level, its number, arrows, Enter or A space for the one
    with the focus, Enter for the proposal while nothing is chosen, Backspace takes back.
    With ``wraps`` segments stand in further rows where they do not fit.
    """

    chosen = Signal(object)
    moved_on = Signal()

    def __init__(
        self, name: str, *, segmented: bool = False, wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._segmented = segmented
        self._group = QButtonGroup(self)
        self._row: QLayout
        if segmented and wraps:
            self._row = FlowLayout(gap=2, fill=True)
            self._row.setContentsMargins(3, 3, 3, 3)
        elif segmented:
            self._row = QHBoxLayout()
            self._row.setContentsMargins(3, 3, 3, 3)
            self._row.setSpacing(2)
        else:
            self._row = FlowLayout(gap=10, fill=True)
        self.setLayout(self._row)
        self.buttons: list[LevelButton] = []
        self.setAccessibleName(name)
        self._read_only = ""

    def set_levels(self, levels: Iterable[LevelChoice]) -> None:
        """Show these levels; nothing is chosen or proposed."""
        for one in self.buttons:
            self._group.removeButton(one)
            self._row.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.buttons = []
        for number, choice in enumerate(levels, start=1):
            made = LevelButton(choice, number, segmented=self._segmented)
            made.clicked.connect(lambda _checked=False, code=choice.code: self._choose(code))
            made.installEventFilter(self)
            self._group.addButton(made)
            self._row.addWidget(made)
            self.buttons.append(made)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    @property
    def value(self) -> str | None:
        """The code of the chosen level, None while undecided."""
        return next((one.choice.code for one in self.buttons if one.isChecked()), None)

    @property
    def proposal(self) -> str | None:
        """The code of the proposed level."""
        return next((one.choice.code for one in self.buttons if one.proposed), None)

    def set_chosen(self, code: str | None) -> None:
        """Show that level as chosen, None for undecided; nothing is sent."""
        self._group.setExclusive(False)
        for one in self.buttons:
            one.setChecked(one.choice.code == code)
        self._group.setExclusive(True)
        self._name_row()

    def set_proposed(self, code: str | None) -> None:
        """Mark that level as proposed; it is not chosen by this."""
        for one in self.buttons:
            one.proposed = one.choice.code == code
            one.name_it()
            one.update()
        self._name_row()

    def set_read_only(self, reason: str = "") -> None:
        """Let nothing be chosen, and say why; '' lets it be chosen again."""
        self._read_only = reason
        for one in self.buttons:
            one.setEnabled(not reason)
            if reason:
                one.setToolTip(reason)
                one.setAccessibleDescription(reason)
            else:
                one.name_it()

    def _name_row(self) -> None:
        words = {one.choice.code: one.choice.word for one in self.buttons}
        chosen = words.get(self.value or "", _("not judged yet"))
        proposed = words.get(self.proposal or "")
        text = _("{name}: {level}").format(name=self._name, level=chosen)
        if proposed:
            text = _("{name}: {level}, proposed: {proposed}").format(
                name=self._name, level=chosen, proposed=proposed
            )
        self.setAccessibleName(text)

    def _choose(self, code: str | None) -> None:
        if self._read_only:
            return
        self.set_chosen(code)
        if any(one.hasFocus() for one in self.buttons):
            here = next((one for one in self.buttons if one.choice.code == code), None)
            if here is not None:
                here.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(code)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let letters and numbers choose while the row has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain == Qt.KeyboardModifier.NoModifier:
                return self.press(event.key(), event.text())
        return False

    def press(self, key: int, text: str) -> bool:
        """Act on a key; return whether it meant something. For pages that forward keys."""
        if self._read_only or not self.buttons:
            return False
        typed = self._typed(text)
        if typed is not None:
            typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._choose(typed.choice.code)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if key == Qt.Key.Key_Backspace and self.value is not None:
            self._choose(None)
            return True
        return False

    def _typed(self, text: str) -> LevelButton | None:
        """Return the level that a key names: its own key leads, else its place in the row.

        Levels such as “1 star” have numbers as their keys, and those are not their places.
        """
        own = {one.choice.key.casefold(): one for one in self.buttons if one.choice.key}
        places = {str(one.number): one for one in self.buttons}
        by_number = any(key.isdigit() for key in own)
        return own.get(text.casefold()) or (None if by_number else places.get(text))

    def _enter(self) -> bool:
        focused = next((one for one in self.buttons if one.hasFocus()), None)
        if self.value is None and self.proposal is not None:
            self._choose(self.proposal)
        elif focused is not None and not focused.isChecked():
            self._choose(focused.choice.code)
        else:
            self.moved_on.emit()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove of the segmented look."""
        if self._segmented:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        super().paintEvent(event)
