"""What became of an export: one line for each file, and what can be done about the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import icons
from app.pages.report_parts.export_run import NUMBER, REPLACE, FileResult, Outcome
from app.widgets.card import Card
from app.widgets.parts import button, clear, label, row
from assessments.language import _, counted


class ResultList(Card):
    """The files of the last run. ``again(how)`` asks to write those whose names were taken."""

    again = Signal(str)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Result"), parent)
        self.open_folder = button(
            _("Open folder"), self.opened.emit, icon="folder", tip=_("Open the folder")
        )
        self.add_action(self.open_folder)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.add(self.lines)
        self.files: tuple[FileResult, ...] = ()
        self.hide()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what became of each file."""
        self.files = outcome.files
        clear(self.lines)
        written = sum(one.state == "written" for one in outcome.files)
        heading = _("{n} of {all} files written").format(n=written, all=outcome.planned)
        if outcome.stopped:
            heading = _("Stopped: {words}").format(words=heading)
        self.heading.setText(heading)
        taken = [one for one in outcome.files if one.state == "taken"]
        if taken:
            self._ask(len(taken))
        for one in outcome.files:
            self._line(one)
        self.open_folder.setVisible(bool(written or taken))
        self.show()

    def show_error(self, sentence: str) -> None:
        """Show what kept the whole run from happening."""
        self.files = ()
        clear(self.lines)
        self.heading.setText(_("Nothing was written"))
        self.lines.addWidget(label(sentence, "error", wrap=True))
        self.open_folder.hide()
        self.show()

    def _ask(self, count: int) -> None:
        words = counted(
            "{n} file of that name is there already, with other content. Nothing was replaced.",
            "{n} files of that name are there already, with other content. Nothing was replaced.",
            count,
        )
        self.lines.addWidget(label(words, "warn", wrap=True))
        keep = button(_("Keep both"), lambda: self.again.emit(NUMBER),
                      tip=_("Write the new ones with a number behind their names"))
        replace = button(_("Replace"), lambda: self.again.emit(REPLACE), role="danger",
                         tip=_("Replace the files that are there"))
        self.lines.addLayout(row(keep, replace, None))

    def _line(self, one: FileResult) -> None:
        sign = label()
        icon, ink = {"written": ("check", "ok"), "taken": ("info", "warn")}.get(
            one.state, ("warning", "error")
        )
        icons.set_icon(sign, icon, ink, 16)
        said = {"written": _("written"), "taken": _("not written, the name is taken")}.get(
            one.state, one.sentence
        )
        sign.setAccessibleName(said)
        name = label(one.path.name, wrap=True)
        name.setAccessibleName(f"{one.path.name}: {said}")
        line = row(sign, name, gap=6)
        line.setStretch(1, 1)
        self.lines.addLayout(line)
        if one.state == "failed":
            self.lines.addWidget(label(one.sentence, "error", wrap=True))
