"""Methods text: the generated paragraphs, what PRISMA asks for, and what is not recorded."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app import theme
from app.pages.report_parts.halves import Halves
from app.widgets.card import Card
from app.widgets.chip import Chip
from app.widgets.parts import button, clear, column, holder, label, row, scrolling
from app.workspace import Workspace
from assessments.exports.methods_text import MethodsText, Paragraph, methods_text
from assessments.language import _


class MethodsTab(QWidget):
    """The text to copy at the left, its elements with a tick at the right."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.text: MethodsText | None = None
        self.words = Card(_("Text"))
        self.copying = button(_("Copy text"), self.copy, icon="copy", role="primary",
                              tip=_("Copy all paragraphs"))
        self.words.add_action(Chip(_("Generated"), "accent"))
        self.words.add_action(self.copying)
        self.paragraphs = QVBoxLayout()
        self.paragraphs.setSpacing(8)
        self.words.add(self.paragraphs)
        self.elements = Card(_("What PRISMA 2020 asks for"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.elements.add(self.lines)
        content = Halves(
            holder(column(self.words, None)), holder(column(self.elements, None)), shares=(3, 2)
        )
        self.setLayout(column(scrolling(content), gap=0))

    def refresh(self) -> None:
        """Generate the text again."""
        text = methods_text(self.workspace.project)
        if text == self.text:
            return
        self.text = text
        clear(self.paragraphs)
        for one in text.paragraphs:
            self.paragraphs.addWidget(label(one.heading, "strong"))
            self.paragraphs.addWidget(_paragraph(one))
        self.paragraphs.addWidget(label(
            _("Read and edit before use. What is in square brackets is not recorded here."),
            "caption", wrap=True,
        ))
        clear(self.lines)
        for one in text.paragraphs:
            self.lines.addSpacing(2)
            self.lines.addWidget(label(one.heading, "strong"))
            for element in one.elements:
                self._element(element.name, element.item, stated=element.stated)

    def _element(self, name: str, item: str, *, stated: bool) -> None:
        state = Chip(_("stated") if stated else _("not stated"), "ok" if stated else "warn")
        words = label(name, wrap=True)
        words.setAccessibleName(f"{name}: {state.text()}")
        words.setToolTip(_("PRISMA 2020, item {item}").format(item=item))
        line = row(words, state)
        line.setStretch(0, 1)
        self.lines.addLayout(line)

    def copy(self) -> None:
        """Put the whole text on the clipboard."""
        if self.text is not None:
            QApplication.clipboard().setText(self.text.plain)
            self.said.emit(_("Copied the methods text."))


def _paragraph(one: Paragraph) -> QLabel:
    """Return a paragraph that can be selected, with what is not stated in another colour."""
    warn = theme.current().color("warn").name()
    html = re.sub(
        r"\[[^\]]*\]", lambda found: f'<span style="color:{warn}">{found[0]}</span>',
        escape(one.text),
    )
    made = label("", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f'<p style="line-height:135%">{html}</p>')
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                 | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    made.setAccessibleName(one.text)
    return made
