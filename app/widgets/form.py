"""Form: labelled fields of one row of the review, each committed by itself.

A field that is refused keeps what was typed and says below what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.note_field import NoteField
from app.widgets.parts import label
from app.widgets.records_model import number_in_words
from app.workspace import Workspace
from assessments.language import _
from assessments.review_edits import change


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: the column it shows, its label, and how it is typed.

    ``kind`` is 'text' (with ``lines``), 'number', 'choice' (with (value, words) ``choices``; the
    value '' is “not decided”), 'importance' (1 to 9) or 'check'. ``span`` is in columns.
    ``factor`` is what a number is multiplied with to be shown (100 for a share as per cent).
    """

    name: str
    label: str
    kind: str = "text"
    lines: int = 1
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    help: str = ""
    span: int = 1


class Choice(QComboBox):
    """A list of choices that the mouse wheel does not change in passing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box; words without room end in “…”."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option,
            QStyle.SubControl.SC_ComboBoxEditField, self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def show_value(self, value: str | None) -> None:
        """Show the choice with that value."""
        self.setCurrentIndex(max(self.findData(value or ""), 0))

    @property
    def value(self) -> str | None:
        """The value of the choice, None for “not decided”."""
        return self.currentData() or None


def choice(name: str, choices: Iterable[tuple[str, str]]) -> Choice:
    """Return a list of (value, words) choices with that accessible name."""
    made = Choice()
    for value, words in choices:
        made.addItem(words, value)
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made


class FieldForm(QWidget):
    """Fields of one row. ``changed_field(name)`` after a field has been kept."""

    changed_field = Signal(str)

    def __init__(
        self, workspace: Workspace, table: str, fields: Iterable[Field], *, columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace, self.table = workspace, table
        self.fields = tuple(fields)
        self.row_id = ""
        self.inputs: dict[str, QWidget] = {}
        self._kept: dict[str, str] = {}  # the words of each field as the review has them
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)
        self._columns = columns
        self._cells = {field.name: self._cell(field) for field in self.fields}
        self._shown = frozenset(self._cells)
        self._place()

    def show_only(self, names: Iterable[str]) -> None:
        """Show these fields alone, closed up; what the others hold stays as it is."""
        wanted = frozenset(names)
        if wanted == self._shown:
            return
        self._shown = wanted
        for name, cell in self._cells.items():
            self._grid.removeWidget(cell)
            cell.setVisible(name in wanted)
        self._place()

    def _place(self) -> None:
        line, place = 0, 0
        for field in self.fields:
            if field.name not in self._shown:
                continue
            span = min(field.span, self._columns)
            if place + span > self._columns:
                line, place = line + 1, 0
            self._grid.addWidget(self._cells[field.name], line, place, 1, span)
            place += span

    def _cell(self, field: Field) -> QWidget:
        made_cell = QWidget()
        made_cell.setProperty("role", "clear")
        cell = QVBoxLayout(made_cell)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(4)
        made = self._input(field)
        self.inputs[field.name] = made
        if field.kind != "check":
            words = label(field.label, "small")
            words.setBuddy(made)
            cell.addWidget(words)
        cell.addWidget(made)
        if field.help:
            cell.addWidget(label(field.help, "caption", wrap=True))
        cell.addStretch(1)
        return made_cell

    def _input(self, field: Field) -> QWidget:
        if field.kind == "choice":
            box = choice(field.label, field.choices)
            box.activated.connect(lambda _n: self._put(field, box.value))
            return box
        if field.kind == "importance":
            row = LevelButtons(field.label, segmented=True)
            row.set_levels(LevelChoice(code=str(n), word=str(n)) for n in range(1, 10))
            row.chosen.connect(lambda code: self._put(field, code))
            return row
        if field.kind == "check":
            tick = QCheckBox(field.label)
            tick.setAccessibleName(field.label)
            tick.clicked.connect(lambda on: self._put(field, int(on)))
            return tick
        text = NoteField(field.label, lines=field.lines, hint=field.hint)
        text.committed.connect(lambda typed: self._put(field, typed))
        if field.help:
            text.setToolTip(field.help)
        return text

    def _put(self, field: Field, value: object) -> None:
        if not self.row_id:
            return
        done = self.workspace.try_to(change, self.table, self.row_id, **{field.name: value})
        self.show_problem(field.name, " ".join(str(p) for p in done.problems))
        if done.ok:
            self.changed_field.emit(field.name)

    def show_problem(self, name: str, sentence: str) -> None:
        """Show what is wrong with a field; '' clears it."""
        made = self.inputs[name]
        if isinstance(made, NoteField):
            made.set_problem(sentence)
        elif sentence:
            self.workspace.refused.emit(())
            made.setToolTip(sentence)

    def show_row(self, row: Any | None) -> None:
        """Show a frozen row; None empties the fields and lets nothing be typed.

        What was typed and refused stays with its sentence while the row is the same.
        """
        self.commit()
        if row is None or row.id != self.row_id:
            self._kept = {}
        self.row_id = row.id if row is not None else ""
        read_only = self.workspace.read_only or ""
        if row is None:
            read_only = _("Choose an entry first.")
        for field in self.fields:
            self._show(field, getattr(row, field.name) if row is not None else None, read_only)

    def _show(self, field: Field, value: Any, read_only: str) -> None:
        made = self.inputs[field.name]
        if isinstance(made, NoteField):
            words = number_in_words(value)
            if not (made.problem.text() and self._kept.get(field.name) == words):
                made.set_text(words)
            self._kept[field.name] = words
            made.set_read_only(bool(read_only), read_only)
            return
        if isinstance(made, Choice):
            made.show_value(value)
        elif isinstance(made, LevelButtons):
            made.set_chosen(None if value is None else str(value))
            made.set_read_only(read_only)
            return
        elif isinstance(made, QCheckBox):
            made.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        made.setEnabled(not read_only)
        if read_only:
            made.setToolTip(read_only)

    def commit(self) -> None:
        """Commit what has been typed and not yet kept."""
        for made in self.inputs.values():
            if isinstance(made, NoteField):
                made.commit()

    def set_choices(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices in a field."""
        made = self.inputs[name]
        if isinstance(made, Choice):
            kept = made.value
            made.clear()
            for value, words in choices:
                made.addItem(words, value)
            made.show_value(kept)
