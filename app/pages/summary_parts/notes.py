"""What stands below the table: star note, abbreviations, levels, explanations, version."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app import theme
from app.widgets.parts import clear, label
from assessments.language import _
from assessments.summary_of_findings.table import SummaryOfFindings


class Notes(QWidget):
    """The notes of a table in their order; they can be selected and are read as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(5)
        self._shown: SummaryOfFindings | None = None
        theme.changed.connect(self.fit)

    def show_table(self, table: SummaryOfFindings) -> None:
        """Show the notes of a table."""
        if self._shown is not None and _same(self._shown, table):
            return
        self._shown = table
        clear(self._layout)
        for text in (table.star_note, table.abbreviations):
            if text:
                self._note(escape(text), text)
        self._heading(_("GRADE certainty of the evidence"))
        for definition in table.level_definitions:
            word, _colon, meaning = definition.partition(": ")
            self._note(f"<b>{escape(word)}:</b> {escape(meaning)}", definition)
        if table.footnotes:
            self._heading(_("Explanations"))
        for one in table.footnotes:
            self._note(f"<sup>{escape(one.letter)}</sup>&nbsp;{escape(one.text)}",
                       f"{one.letter}: {one.text}")
        self._layout.addSpacing(4)
        self._layout.addWidget(label(table.version_line, "caption", wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the notes are at the new width."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when notes have come or gone."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return handled

    def fit(self) -> None:
        """Be exactly as high as the notes are at this width."""
        if self._layout.count():
            width = max(self.width(), theme.px(300))
            self.setFixedHeight(max(self._layout.totalHeightForWidth(width), 0))

    def _heading(self, text: str) -> None:
        self._layout.addSpacing(6)
        self._layout.addWidget(label(text, "strong"))

    def _note(self, html: str, said: str) -> QLabel:
        made = label("", "small", wrap=True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(html)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setAccessibleName(said)
        self._layout.addWidget(made)
        return made


def _same(one: SummaryOfFindings, other: SummaryOfFindings) -> bool:
    return (one.footnotes, one.star_note, one.abbreviations, one.version_line) == (
        other.footnotes, other.star_note, other.abbreviations, other.version_line
    )
