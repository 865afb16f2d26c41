"""How a cell of a records table is painted and edited."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app import theme
from app.painting.judgement_marks import paint_certainty, paint_level
from app.widgets.records_model import CHOICES_ROLE, MARKS_ROLE, PROBLEM_ROLE, VALUE_ROLE, Index


class CellDelegate(QStyledItemDelegate):
    """Paints marks, rims and the current cell; ``stepped(±1)`` when Enter ended an edit."""

    stepped = Signal(int)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        shown = QStyleOptionViewItem(option)
        marks = index.data(MARKS_ROLE)
        self.initStyleOption(shown, index)
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        view = self.parent()
        if marks is not None:
            shown.text = ""
        if isinstance(view, QTableView):
            view.style().drawControl(
                QStyle.ControlElement.CE_ItemViewItem, shown, painter, view
            )
        rect = QRectF(shown.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if marks is not None:
            self._paint_marks(painter, rect, marks)
        self._paint_rim(painter, rect, index)
        painter.restore()

    def _paint_marks(self, painter: QPainter, rect: QRectF, marks: Any) -> None:
        side, gap = theme.px(12), theme.px(4)
        x = rect.left() + theme.px(8)
        if len(marks) == 2 and isinstance(marks[1], str):
            box = QRectF(x, rect.center().y() - side / 2, side * 4.6, side)
            paint_certainty(painter, box, marks[0])
            return
        for role, _word in marks:
            paint_level(painter, QRectF(x, rect.center().y() - side / 2, side, side), role)
            x += side + gap

    def _paint_rim(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        look, view = theme.current(), self.parent()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if index.data(PROBLEM_ROLE):
            painter.setPen(QPen(look.color("error"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        here = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        if here and view.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a list for choices, a line for everything else."""
        choices = index.data(CHOICES_ROLE)
        name = str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        if choices:
            box = QComboBox(parent)
            box.setProperty("role", "cell")
            box.setItemDelegate(QStyledItemDelegate(box))
            for value, words in choices:
                box.addItem(words, value)
            box.activated.connect(lambda _n: self._chosen(box))
            box.setAccessibleName(name)
            return box
        line = QLineEdit(parent)
        line.setProperty("role", "cell")
        line.setAccessibleName(name)
        return line

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is kept."""
        words = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(VALUE_ROLE) or ""))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(words)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Send what was typed or chosen."""
        if isinstance(editor, QComboBox):
            if editor.currentData() != (index.data(VALUE_ROLE) or ""):
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Fill the whole cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in a cell go one row down."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QLineEdit)
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched)
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
            return True
        return bool(super().eventFilter(watched, event))
