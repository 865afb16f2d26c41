"""Lines of a block whose study is not clear: each is shown with what would become of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.widgets.overlay import Overlay
from app.widgets.parts import button, label, row
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.result_blocks import PastedBlock, PastedLine, Placed
from assessments.review import Study

_NEW, _SKIP, _REPLACE = "new", "skip", "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    id: str
    line: PastedLine
    goes: str

    @property
    def name(self) -> str:
        return self.line.name or _("(no name)")

    @property
    def numbers(self) -> str:
        return "  ".join(text for text in self.line.values.values() if text)


class PasteLines(Overlay):
    """Asks where lines go. ``placed(tuple of Placed)`` when that has been said."""

    placed = Signal(object)

    def __init__(self, window: QWidget, workspace: Workspace, block: PastedBlock) -> None:
        super().__init__(window, _("Which studies are these?"), 720)
        self.workspace = workspace
        self._studies = workspace.project.all(Study)
        self._lines = {str(one.number): one for one in block.lines}
        self._goes = {key: _first(one) for key, one in self._lines.items()}
        self.table = RecordsTable(_("Pasted lines"), self._columns())
        self.table.edited.connect(self._choose)
        self.table.setFixedHeight(theme.px(min(44 + 32 * len(self._lines), 330)))
        self.count = label("", "secondary", wrap=True)
        close = button("", self.dismiss, role="quiet", icon="close", tip=_("Close"))
        self.inner.addLayout(row(label(_("Which studies are these?"), "section"), None, close))
        self.inner.addWidget(label(
            _("Nothing has been written yet. Say for each line where its numbers go."),
            "secondary", wrap=True,
        ))
        self.inner.addWidget(self.table)
        self.inner.addWidget(self.count)
        self.go = button(_("Write the numbers"), self._go, role="primary")
        self.inner.addLayout(row(None, button(_("Cancel"), self.dismiss), self.go))
        self._show()
        self.table.choose(next(iter(self._lines)), "goes")

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(name="name", title=_("In the block"), width=170, bold=True),
            Column(name="numbers", title=_("Numbers"), width=190, muted=True),
            Column(name="goes", title=_("Goes to"), kind="choice", stretch=True, editable=True,
                   choices=self._choices()),
        )

    def _choices(self) -> tuple[tuple[str, str], ...]:
        fixed = (
            (_REPLACE, _("Its row, replacing what is there")),
            (_NEW, _("A new study with this name")), (_SKIP, _("Left out")),
        )
        return (*fixed, *((one.id, one.label) for one in self._studies))

    def _choose(self, key: str, _column: str, goes: object) -> None:
        line = self._lines[key]
        impossible = (goes == _NEW and not line.name) or (goes == _REPLACE and not line.result)
        if impossible:
            self.table.refuse(key, "goes", dict(self._choices()).get(str(goes), ""), _(
                "This line has no name: choose a study from the list."
            ) if goes == _NEW else _("This line has no row in the sheet yet."))
            return
        self._goes[key] = str(goes)
        self._show()

    def _show(self) -> None:
        rows = [_Line(id=key, line=one, goes=self._goes[key]) for key, one in self._lines.items()]
        self.table.show_rows(rows)
        new = sum(goes == _NEW for goes in self._goes.values())
        skipped = sum(goes == _SKIP for goes in self._goes.values())
        replaced = sum(goes == _REPLACE for goes in self._goes.values())
        told = [
            counted("{n} new study is added to the review", "{n} new studies are added to the "
                    "review", new) if new else "",
            counted("{n} row is replaced", "{n} rows are replaced", replaced) if replaced else "",
            counted("{n} line is left out", "{n} lines are left out", skipped) if skipped else "",
        ]
        self.count.setText(" · ".join(one for one in told if one))

    def _go(self) -> None:
        placed = tuple(
            self._placed(one, self._goes[key]) for key, one in self._lines.items()
            if self._goes[key] != _SKIP
        )
        self.dismiss()
        self.placed.emit(placed)

    def _placed(self, line: PastedLine, goes: str) -> Placed:
        if goes == _NEW:
            return Placed(values=line.values, new=line.name)
        if goes == _REPLACE:
            return Placed(values=line.values, result=line.result)
        return Placed(values=line.values, study=goes)


def _first(line: PastedLine) -> str:
    """Return what is proposed for a line."""
    if line.result:
        return _REPLACE
    if line.study:
        return line.study
    return _NEW if line.name else _SKIP
