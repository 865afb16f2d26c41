"""History: who did what and when, newest first, as far as the one who sits here may see."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from app import theme
from app.pages.report_parts.halves import Halves
from app.widgets.card import Card
from app.widgets.flow import FlowLayout
from app.widgets.page_header import Tabs
from app.widgets.parts import button, clear, column, label, scrolling
from app.widgets.parts import holder as held
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.exports.handing_over import HISTORY, Asked, planned_files, write_file
from assessments.history import JUDGING, REVIEW, SETTLING, Entry, history
from assessments.language import _, counted
from assessments.problems import ProjectFileError


class HistoryTab(QWidget):
    """A list with a filter, and the values before and after of the entry one is at."""

    said = Signal(str)
    complained = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.entries: tuple[Entry, ...] = ()
        self.kinds = Tabs()
        self.kinds.setAccessibleName(_("Kind of entries"))
        for name, words in (("", _("All")), (JUDGING, _("Judgements")),
                            (SETTLING, _("Settled")), (REVIEW, _("Review and data"))):
            self.kinds.add(name, words)
        self.kinds.chosen.connect(lambda _name: self._show())
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find in the history"))
        self.search.setAccessibleName(_("Find in the history"))
        self.search.setClearButtonEnabled(True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(150)
        self._later.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.copying = button(_("Copy list"), self.copy, icon="copy",
                              tip=_("Copy the entries shown as text"))
        self.saving = button(_("Save as CSV…"), self._save,
                             tip=_("Save what is open to everybody as a file"))
        self.count = label("", "caption")
        self.table = RecordsTable(_("History"), [
            Column(name="at", title=_("When"), width=150, shown=_local, muted=True),
            Column(name="person", title=_("Who"), width=170),
            Column(name="sentence", title=_("What"), width=400, stretch=True,
                   value=lambda one: _("{what} (taken back)").format(what=one.sentence)
                   if one.taken_back else one.sentence),
        ], by_row=True)
        self.table.setProperty("role", "framed")
        self.table.chosen.connect(self._show_details)
        self.details = Card(_("Details"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        self.details.add(self.lines)
        self.details.body.addStretch(1)
        self._lay_out()

    def _lay_out(self) -> None:
        tools = FlowLayout(gap=10)
        for part in (self.kinds, self.search, self.copying, self.saving, self.count):
            tools.addWidget(part)
        self.search.setMinimumWidth(theme.px(200))
        seal = label(_(
            "Of judgements only what is open to you: the other’s are listed once you have both "
            "finished the same study or outcome. Files hold only what is open to everybody."
        ), "caption", wrap=True)
        side = scrolling(held(column(self.details, None)))
        halves = Halves(self.table, side, shares=(3, 1))
        halves.layout().setContentsMargins(0, 0, 0, 0)
        layout = column(held(tools), seal, halves, gap=10)
        layout.setContentsMargins(24, 4, 24, 24)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def refresh(self) -> None:
        """Read the history again."""
        self.entries = history(self.workspace.project)
        self._show()

    def shown(self) -> tuple[Entry, ...]:
        """Return the entries that fit the filter and the search."""
        kind, words = self.kinds.shown, self.search.text().casefold().split()
        return tuple(
            one for one in self.entries
            if kind in ("", one.kind) and _fits(one, words)
        )

    def _show(self) -> None:
        found = self.shown()
        self.table.show_rows(found)
        self.count.setText(counted("{n} entry", "{n} entries", len(found)))
        if found and not self.table.current_id():
            self.table.choose(found[0].id)
        self._show_details(self.table.current_id())

    def _show_details(self, entry_id: str) -> None:
        clear(self.lines)
        one = next((one for one in self.entries if one.id == entry_id), None)
        if one is None:
            self.lines.addWidget(label(_("Choose an entry."), "secondary", wrap=True))
            return
        self.lines.addWidget(label(one.sentence, "strong", wrap=True))
        who = _("{person}, {when}").format(person=one.person, when=_local(one.at))
        self.lines.addWidget(label(who, "secondary", wrap=True))
        if one.taken_back:
            self.lines.addWidget(label(_("Taken back later"), "warn"))
        for text in one.details:
            self.lines.addWidget(label(text, "small", wrap=True))

    def _save(self) -> None:
        path = self.workspace.project.path
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save as CSV"), str(path.with_name(f"{path.stem} - history.csv")), "CSV (*.csv)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Write what is open to everybody to that file."""
        asked = Asked(names=(HISTORY,))
        project = self.workspace.project
        try:
            write_file(planned_files(project, asked)[0], project, target, overwrite=True)
        except ProjectFileError as error:
            self.complained.emit(str(error))
        else:
            self.said.emit(_("Saved {name}").format(name=target.name))

    def copy(self) -> None:
        """Put the entries that are shown on the clipboard, oldest first."""
        text = "\n".join(
            "\t".join((_local(one.at), one.person, one.sentence, "; ".join(one.details)))
            for one in reversed(self.shown())
        )
        QApplication.clipboard().setText(text)
        self.said.emit(_("Copied the history."))


def _fits(one: Entry, words: list[str]) -> bool:
    text = " ".join((one.person, one.sentence, *one.details)).casefold()
    return all(word in text for word in words)


def _local(at: str) -> str:
    """Return a moment as the clock here showed it."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
