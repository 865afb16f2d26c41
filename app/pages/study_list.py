"""Pasting a list of studies: shows what was read as what before anything is added."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app import words
from app.widgets.overlay import Overlay
from app.widgets.parts import button, label, row, set_enabled
from app.widgets.records_table import Column, RecordsTable, read_block
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Study
from assessments.study_list import add_list

_HEADINGS = {
    "study": "label", "studies": "label", "name": "label", "author": "label", "label": "label",
    "id": "label", "year": "year", "design": "design", "study design": "design", "type": "design",
    "participants": "participants", "population": "participants", "status": "status",
    "note": "note", "notes": "note",
}
_IN_ORDER = ("label", "year", "design", "participants", "note")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStudy:
    """One line of a pasted list as it was read."""

    id: str
    label: str
    year: str = ""
    design: str = ""
    participants: str = ""
    note: str = ""
    status: str = ""


def read_list(text: str) -> tuple[ReadStudy, ...]:
    """Return the studies of a pasted list: a line each, columns by their headings or in order.

    A year inside the name fills the year; words for a design are recognised.
    """
    block = [row for row in read_block(text) if any(cell.strip() for cell in row)]
    if not block:
        return ()
    names = [_HEADINGS.get(cell.strip().casefold(), "") for cell in block[0]]
    if "label" in names:
        block = block[1:]
    else:
        names = list(_IN_ORDER)
    return tuple(_read_line(str(n), names, cells) for n, cells in enumerate(block))


def _read_line(line: str, names: list[str], cells: list[str]) -> ReadStudy:
    found = {
        name: cell.strip() for name, cell in zip(names, cells, strict=False) if name
    }
    if not found.get("year"):
        inside = _YEAR.search(found.get("label", ""))
        found["year"] = inside.group() if inside else ""
    found["design"] = _design(found.get("design", ""))
    known = {text.casefold(): code for code, text in words.statuses()}
    if "status" in found:
        found["status"] = known.get(found["status"].casefold(), found["status"])
    return ReadStudy(id=line, **{"label": "", **found})


def _design(typed: str) -> str:
    said = typed.casefold().strip()
    known = {code: code for code, _text in words.designs() if code}
    known |= {text.casefold(): code for code, text in words.designs() if code}
    known |= {str(text).casefold(): code for code, text in words.short_designs().items() if code}
    known |= {
        "randomized trial": "rct", "randomised controlled trial": "rct",
        "randomized controlled trial": "rct", "cohort": "nrs", "case-control": "nrs",
        "cluster randomized trial": "cluster_rct", "cross-over": "crossover",
    }
    return known.get(said, typed)


def add_studies(workspace: Workspace, rows: list[dict[str, str]]) -> tuple[int, tuple[str, ...]]:
    """Add studies in one step; return how many, and what was wrong in words."""
    filled = [
        {name: text for name, text in one.items() if text != "" and name not in _TOLD}
        for one in rows
    ]
    filled = [one for one in filled if one.get("label", "").strip()]
    if not filled:
        return 0, ()
    done = workspace.try_to(add_list, tuple(filled))
    if not done.ok:
        return 0, tuple(str(problem) for problem in done.problems)
    added, problems = done.value
    return added, problems


_TOLD = ("documents", "results", "marks", "arms")
"""Columns of the list that tell something and take nothing."""


class PasteOverlay(Overlay):
    """A field for the list and below what was read. ``added(count, problems)`` after adding."""

    added = Signal(int, object)

    def __init__(self, window: QWidget, workspace: Workspace) -> None:
        super().__init__(window, _("Paste a list of studies"), 760)
        self._workspace = workspace
        self._read: tuple[ReadStudy, ...] = ()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("List of studies"))
        self.text.setPlaceholderText(
            _("Paste cells from Excel here: study, year, design, participants. A first line with "
              "headings is recognised.")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(120)
        self.text.textChanged.connect(self._show_read)
        self.table = RecordsTable(_("Read as"), _read_columns())
        self.table.setMinimumHeight(180)
        self.count = label("", "caption", wrap=True)
        self.go = button(_("Add studies"), self._add, role="primary")
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        self.inner.addLayout(row(label(_("Paste a list of studies"), "section"), None, close))
        self.inner.addWidget(self.text)
        self.inner.addWidget(label(_("Read as"), "small"))
        self.inner.addWidget(self.table)
        self.inner.addWidget(self.count)
        self.inner.addLayout(row(None, button(_("Cancel"), self.dismiss), self.go))
        self._show_read()

    def _show_read(self) -> None:
        self._read = read_list(self.text.toPlainText())
        taken = {one.label for one in self._workspace.project.all(Study)}
        problems = {}
        for one in self._read:
            problems |= {(one.id, name): text for name, text in _problems(one, taken).items()}
            taken.add(one.label)
        self.table.show_rows(self._read, problems)
        bad = len({key[0] for key in problems})
        text = counted("{n} study read", "{n} studies read", len(self._read))
        if bad:
            text += " · " + counted(
                "{n} needs a look: what cannot be read is left empty, and a name that is there "
                "already is not added again",
                "{n} need a look: what cannot be read is left empty, and a name that is there "
                "already is not added again", bad,
            )
        self.count.setText(text)
        set_enabled(self.go, None if self._read else _("Paste a list first."))

    def _add(self) -> None:
        rows = [
            {name: getattr(one, name) for name in (*_IN_ORDER, "status")} for one in self._read
        ]
        self.dismiss()
        count, problems = add_studies(self._workspace, rows)
        self.added.emit(count, problems)


def _problems(one: ReadStudy, taken: set[str]) -> dict[str, str]:
    found = {}
    if not one.label:
        found["label"] = _("A study needs a name.")
    elif one.label in taken:
        found["label"] = _("There is already a study “{label}”.").format(label=one.label)
    if one.year and not (one.year.isdigit() and 1500 <= int(one.year) <= 2200):
        found["year"] = _("Found “{text}”, expected a year.").format(text=one.year)
    if one.design and one.design not in dict(words.designs()):
        found["design"] = _("“{text}” is not one of the designs.").format(text=one.design)
    return found


def _read_columns() -> tuple[Column, ...]:
    return (
        Column(name="label", title=_("Study"), stretch=True),
        Column(name="year", title=_("Year"), width=70),
        Column(name="design", title=_("Design"), width=170, choices=words.designs()),
        Column(name="participants", title=_("Participants"), width=180),
    )
