"""Studies: the list, and the details of the chosen one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app import settings, theme, words
from app.pages.page import Command, Page
from app.pages.study_details import StudyDetails
from app.pages.study_drop import DroppedFiles
from app.pages.study_duplicates_line import DuplicatesLine
from app.widgets.empty_state import EmptyState
from app.widgets.page_header import PageHeader
from app.widgets.parts import button, frame, row, set_enabled
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Study
from assessments.review_edits import add, change, move, remove
from assessments.store.journal import Changes
from assessments.study_overview import EMPTY, StudyOverview, study_overviews


class StudiesPage(Page):
    """All studies with their status, and everything about the chosen one."""

    TABLES = frozenset({
        "study", "reference", "study_author", "indirectness", "person", "result", "outcome",
        "setting", "document", "assessment", "judgement", "outcome_group",
    })

    reviewed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.header = PageHeader(_("Studies"))
        self.paste = button(_("Paste a list"), self._show_paste, icon="paste")
        self.new = button(_("Add study"), self._add, role="primary", icon="plus")
        self.header.add_action(self.paste)
        self.header.add_action(self.new)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by name, year, participants"))
        self.filter.setAccessibleName(_("Filter studies"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _t: self._show_list())
        self.up = button("", lambda: self._move(-1), role="quiet", icon="arrow_up",
                         tip=_("Move up"))
        self.down = button("", lambda: self._move(1), role="quiet", icon="arrow_down",
                           tip=_("Move down"))
        self.gone = button(_("Remove"), self._remove, role="quiet", icon="trash")
        self._overviews: dict[str, StudyOverview] = {}
        self.table = self._table()
        self.duplicates = DuplicatesLine(workspace)
        self.duplicates.said.connect(self.said)
        self.duplicates.wanted.connect(self.go_to)
        self.details = StudyDetails(workspace)
        self.details.said.connect(self.said)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self._both())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(self.header)
        layout.addWidget(self.stack, 1)

    def _table(self) -> RecordsTable:
        table = RecordsTable(_("Studies"), self._columns())
        table.edited.connect(self._edit)
        table.chosen.connect(self._choose)
        table.pasted.connect(self._paste)
        table.pasted_below.connect(self._paste_below)
        table.cleared.connect(self._paste)
        table.setMinimumWidth(theme.px(360))
        self.drops = DroppedFiles(table, self.workspace)
        self.drops.dropped.connect(self._attach)
        return table

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(name="label", title=_("Study"), stretch=True, width=130, editable=True,
                   bold=True),
            Column(name="year", title=_("Year"), kind="number", width=56, editable=True),
            Column(name="design", title=_("Design"), kind="choice", width=96, editable=True,
                   choices=words.designs(), shown=lambda code: words.short_designs()[code]),
            Column(name="status", title=_("Status"), kind="choice", width=88, editable=True,
                   choices=words.statuses()),
            *self._counts(),
        )

    def _counts(self) -> tuple[Column, ...]:
        """Return the columns that tell what there is of a study."""
        def of(study: Study) -> StudyOverview:
            return self._overviews.get(study.id, EMPTY)

        return (
            Column(name="documents", title=_("PDF"), width=48, muted=True,
                   value=lambda study: of(study).documents,
                   shown=lambda count: "✓" if count else "–",
                   reason=lambda study: counted("{n} PDF", "{n} PDFs", of(study).documents)
                   if of(study).documents else _("No PDF yet: drop one here"),
                   tip=_("Whether a PDF is attached; drop one on a row")),
            Column(name="results", title=_("Results"), kind="number", width=68, muted=True,
                   value=lambda study: of(study).results or "–", shown=str,
                   tip=_("Results with numbers, in all outcomes")),
            Column(name="marks", title=_("Risk of bias"), kind="marks", width=128,
                   value=lambda study: of(study).marks,
                   reason=lambda study: "\n".join(word for _r, word in of(study).marks if word),
                   tip=_("Settled judgements, otherwise your own")),
            Column(name="arms", title=_("Randomised"), width=96, muted=True,
                   value=lambda study: study, shown=_randomised,
                   tip=_("People randomised to arm 1 and arm 2")),
        )

    def _empty(self) -> QWidget:
        return EmptyState(
            "studies", _("No studies yet"),
            _("Add studies by hand, or paste a list from Excel: name, year, design, one study "
              "per line."),
            ((_("Add study"), self._add), (_("Paste a list"), self._show_paste)),
        )

    def _both(self) -> QWidget:
        left = frame("card", None)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(2, 2, 2, 8)
        tools = row(self.filter, self.up, self.down, self.gone, gap=4)
        tools.setContentsMargins(10, 10, 10, 0)
        inner.addLayout(tools)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.duplicates)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(14)
        split.setProperty("role", "gap")
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([theme.px(624), theme.px(380)])
        kept = settings.read("splitters/studies", None)
        if kept:
            split.restoreState(kept)
        split.splitterMoved.connect(
            lambda _p, _i: settings.write("splitters/studies", split.saveState())
        )
        self.split = split
        return split

    # -- showing ---------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Read the studies again."""
        studies = self.workspace.project.all(Study)
        counts = [
            f"{sum(one.status == code for one in studies)} {text.lower()}"
            for code, text in words.statuses() if any(one.status == code for one in studies)
        ]
        self.header.show_title(
            _("Studies"), counted("{n} study", "{n} studies", len(studies)) if studies else "",
            *(counts if len(counts) > 1 else ()),
        )
        self.stack.setCurrentIndex(1 if studies else 0)
        locked = self.workspace.read_only
        self.table.set_read_only(locked or "")
        set_enabled(self.new, locked)
        set_enabled(self.paste, locked)
        self._overviews = study_overviews(self.workspace.project)
        self._show_list()
        self.duplicates.read()
        self.details.show_study(self.table.current_id())

    def _show_list(self) -> None:
        studies = self.workspace.project.all(Study)
        typed = self.filter.text().casefold().split()
        shown = [
            one for one in studies
            if all(
                word in f"{one.label} {one.year or ''} {one.participants}".casefold()
                for word in typed
            )
        ]
        self.table.show_rows(shown)
        if shown and not self.table.current_id():
            self.table.choose(shown[0].id)
        locked = self.workspace.read_only
        nothing = None if self.table.current_id() else _("Choose a study in the list first.")
        filtered = _("Clear the filter to change the order.") if typed else None
        for one in (self.up, self.down):
            set_enabled(one, locked or nothing or filtered, one.accessibleName())
        set_enabled(self.gone, locked or nothing)

    def _choose(self, study: str) -> None:
        self.details.show_study(study)
        self.context_changed.emit()

    def go_to(self, target: str) -> None:
        """Show a study by its key; 'add' begins a new one."""
        if target == "add":
            self._add()
        elif target:
            self.filter.clear()
            self.table.choose(target)
            self.table.setFocus()

    def context(self) -> str:
        """Return the study that is shown."""
        study = self.workspace.project.one(Study, self.table.current_id())
        return study.label if study is not None else ""

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("Ctrl V", _("Paste from Excel")), ("F6", _("Next area")))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of this page."""
        return (
            *self.hints(), ("Enter", _("Edit the cell, then one down")), ("Tab", _("Next cell")),
            ("Delete", _("Clear the cells")),
        )

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command(text=_("Add study"), run=self._add, keys="Ctrl+Shift+N",
                    enabled=lambda: self.workspace.read_only),
            Command(text=_("Paste a list of studies"), run=self._show_paste,
                    enabled=lambda: self.workspace.read_only),
        )

    def areas(self) -> tuple[QWidget, ...]:
        """Return list and details."""
        return (self.table, self.details)

    # -- edits -----------------------------------------------------------------------------

    def _edit(self, study: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "study", study, **{name: typed})
        if not done.ok:
            self.table.refuse(study, name, typed, str(done.problems[0]))

    def _paste(self, cells: list[tuple[str, dict[str, str]]]) -> None:
        for study, values in cells:
            for name, text in values.items():
                self._edit(study, name, text)

    def _paste_below(self, rows: list[dict[str, str]]) -> None:
        from app.pages.study_list import add_studies

        self._said_added(*add_studies(self.workspace, rows))

    def _said_added(self, added: int, problems: tuple[str, ...]) -> None:
        if added:
            text = counted("Added {n} study", "Added {n} studies", added)
            self.said.emit(text, _("Undo"), self.workspace.undo)
        if problems:
            self.complained.emit("  ".join(problems[:4]))

    def _attach(self, study: str, paths: list[Path]) -> None:
        """Attach files that were dropped on a row, and say which could not be."""
        self.table.choose(study)
        field = self.details.documents
        attached = [path.name for path in paths if field.attach(path)]
        if attached:
            self.said.emit(_("Attached {names}").format(names=", ".join(attached)), _("Undo"),
                           self.workspace.undo)
        if field.problem.text():
            self.complained.emit(field.problem.text())

    def _add(self) -> None:
        self.filter.clear()
        taken = {one.label for one in self.workspace.project.all(Study)}
        name, number = _("New study"), 2
        while name in taken:
            name, number = _("New study {n}").format(n=number), number + 1
        done = self.workspace.do(add, "study", label=name)
        if done.ok:
            self.table.choose(str(done.value), "label")
            self.table.setFocus()
            self.table.edit(self.table.currentIndex())

    def _show_paste(self) -> None:
        from app.pages.study_list import PasteOverlay

        made = PasteOverlay(self.window(), self.workspace)
        made.added.connect(self._said_added)
        made.open()
        made.text.setFocus()

    def _move(self, places: int) -> None:
        self.workspace.do(move, "study", self.table.current_id(), places)

    def _remove(self) -> None:
        names, done = [], True
        for study in self.table.selected_ids() or (self.table.current_id(),):
            found = self.workspace.project.one(Study, study)
            if found is not None and done:
                done = self.workspace.do(remove, "study", study).ok
                names.append(found.label)
        if names and done:
            text = _("Removed {names}").format(names=", ".join(names))
            self.said.emit(text, _("Undo"), self.workspace.undo)


def _randomised(study: Study) -> str:
    arms = (study.randomised_1, study.randomised_2)
    if all(one is None for one in arms):
        return ""
    return " / ".join("–" if one is None else str(one) for one in arms)


PAGE = StudiesPage
