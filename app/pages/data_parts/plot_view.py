"""A figure with its table twin: shown, swapped, copied, saved; used by the views of an analysis."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from app.widgets.figure_view import FigureView
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, column, frame, holder
from app.widgets.records_table import Column, RecordsTable
from assessments.figures.figure import Figure
from assessments.language import _
from assessments.problems import ProjectFileError

_SMALLEST = 0.66
"""A figure is not shown smaller than this; below that it is scrolled sideways."""
_TOLERATED = 0.62
"""As small as this it may become where a scroll bar would be there for a few pixels only."""
_AROUND = 16
"""Pixels beside the figure, on both sides together."""


class PlotView(QWidget):
    """A figure and the same numbers as a table; tools above.

    ``said`` and ``complained`` as those of a page, ``pointed(key)`` as that of the figure.
    """

    said = Signal(str, str, object)
    complained = Signal(str)
    pointed = Signal(str)

    def __init__(self, name: str, *extra: QWidget) -> None:
        super().__init__()
        self.name = name
        self.view = FigureView()
        self.view.pointed.connect(self.pointed)
        self.table = RecordsTable(_("{name} as a table").format(name=name), (), by_row=True)
        self.table.setMinimumHeight(180)
        self.as_table = button(_("Show as table"), self._swap, role="quiet")
        self.as_table.setCheckable(True)
        tools = FlowLayout(gap=6)
        for part in (
            *extra, self.as_table,
            button(_("Copy"), self.copy, icon="copy", tip=_("Copy picture and table")),
            button(_("Export figure"), self.export, role="primary", icon="report"),
        ):
            tools.addWidget(part)
        self.area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(name)
        inside = column(frame("card", column(self.view, gap=0), _AROUND // 2), None, gap=0)
        area.setWidget(holder(inside))
        self.stack = QStackedWidget()
        self.stack.addWidget(area)
        self.stack.addWidget(frame("card", column(self.table, gap=0), 2))
        layout = column(holder(tools), self.stack, gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_plot(
        self, figure: Figure | None, columns: tuple[Column, ...], rows: list[object]
    ) -> None:
        """Show a figure and the same as a table."""
        self.view.show_figure(figure)
        self._fit_width()
        self.table.show_columns(columns)
        self.table.show_rows(rows)

    def _fit_width(self) -> None:
        if self.view.figure is None:
            return
        whole = self.view.sizeHint().width()
        room = self.area.viewport().width() - _AROUND
        least = round(whole * _SMALLEST)
        self.view.setMinimumWidth(max(min(least, room), round(whole * _TOLERATED)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the figure into the new width."""
        super().resizeEvent(event)
        self._fit_width()

    def _swap(self) -> None:
        table = self.as_table.isChecked()
        self.stack.setCurrentIndex(1 if table else 0)
        self.as_table.setText(_("Show as plot") if table else _("Show as table"))
        self.as_table.setAccessibleName(self.as_table.text())
        (self.table if table else self.view).setFocus()

    def copy(self) -> None:
        """Put picture and table on the clipboard."""
        if self.view.figure is None:
            return
        from app.painting.picture_files import picture

        model = self.table.records
        lines = ["\t".join(one.title for one in model.columns)]
        lines += [
            "\t".join(one.words(one.read(row)).replace("−", "-") for one in model.columns)
            for row in model.rows
        ]
        data = QMimeData()
        data.setImageData(picture(self.view.figure))
        data.setText("\n".join(lines))
        QApplication.clipboard().setMimeData(data)
        self.said.emit(_("Copied as a picture and as a table"), "", None)

    def export(self) -> None:
        """Save the figure as PNG, SVG or PDF."""
        if self.view.figure is None:
            return
        name = "".join(one for one in self.view.figure.title if one.isalnum() or one in " -")
        try:
            path = self.view.save(name.strip())
        except ProjectFileError as error:
            self.complained.emit(f"{error.sentence} {error.remedy}".strip())
            return
        if path is not None:
            self.said.emit(_("Saved {name}").format(name=path.name), "", None)
