"""What an output holds, beside the checklist: lines, pictures or the beginning of the text."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.card import Card
from app.widgets.figure_view import FigureView
from app.widgets.parts import clear, label, line
from assessments.exports.contents import contents
from assessments.exports.handing_over import FIGURES, METHODS, Asked, Output, planned_files
from assessments.language import _, counted
from assessments.store.project_file import Project

_PICTURES = 2


class Preview(Card):
    """Shows one output of the checklist before it is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Preview"), parent)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        self.add(self.lines)
        self.body.addStretch(1)

    def show_output(self, project: Project, output: Output, asked: Asked) -> None:
        """Show what that output would hold now and how its files would be called."""
        self.heading.setText(output.title)
        self.setAccessibleName(_("Preview: {title}").format(title=output.title))
        clear(self.lines)
        self._say(output.about, "secondary")
        for one in contents(project, output.name):
            self._say(f"•  {one}")
        if output.name == METHODS:
            self._methods(project)
        if output.name == FIGURES:
            self._pictures(project)
        files = planned_files(project, asked)
        self.lines.addSpacing(4)
        self.lines.addWidget(line())
        self._say(counted("{n} file", "{n} files", len(files)), "strong")
        for planned in files:
            self._say(planned.file_name, "small")

    def _say(self, text: str, role: str = "") -> None:
        self.lines.addWidget(label(text, role, wrap=True))

    def _methods(self, project: Project) -> None:
        from assessments.exports.methods_text import methods_text

        first = methods_text(project).paragraphs[0].text
        shown = first if len(first) <= 320 else f"{first[:320].rsplit(' ', 1)[0]} …"
        self._say(shown, "small")

    def _pictures(self, project: Project) -> None:
        from assessments.exports.figure_files import figures

        for number, (name, figure) in enumerate(figures(project)):
            if number == _PICTURES:
                return
            view = FigureView()
            view.setAccessibleName(name)
            view.show_figure(figure)
            self.lines.addWidget(view)
