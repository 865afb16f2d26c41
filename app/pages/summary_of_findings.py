"""Summary of findings: the table exactly as it is exported, ordered and worded in place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import background, settings
from app.pages.page import Command, Page
from app.pages.summary_parts.header_block import HeaderBlock
from app.pages.summary_parts.notes import Notes
from app.pages.summary_parts.open_ends import OpenEnds, open_ends
from app.pages.summary_parts.overall_line import OverallLine
from app.pages.summary_parts.statement_editor import StatementEditor
from app.pages.summary_parts.table_view import FindingsTable
from app.widgets.chip import Chip
from app.widgets.empty_state import EmptyState
from app.widgets.flow import FlowLayout
from app.widgets.form import choice
from app.widgets.page_header import PageHeader, Tabs
from app.widgets.parts import button, column, frame, holder, label, line, scrolling
from app.workspace import Workspace
from assessments.exports.handing_over import Asked, draft_mark, planned_files, write_file
from assessments.exports.working_copy import WorkingCopy
from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.review_edits import move
from assessments.store.journal import Changes
from assessments.store.project_file import Project
from assessments.summary_of_findings import LAYOUTS, SummaryOfFindings, build
from assessments.summary_of_findings.grid import CERTAINTY, COMMENTS, NAME, WHAT_HAPPENS

_SETTING = "summary_of_findings/layout"


class SummaryOfFindingsPage(Page):
    """One table for each comparison; what is shown here is the object that exports write."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.table: SummaryOfFindings | None = None
        self._build_head()
        self.ends = OpenEnds()
        self.ends.wanted.connect(self._go)
        self.block = HeaderBlock(workspace)
        self.view = FindingsTable()
        self.view.moved.connect(self._move)
        self.view.opened.connect(self._open)
        self.view.chosen.connect(lambda _outcome: self.context_changed.emit())
        self.notes, self.overall = Notes(), OverallLine(workspace)
        self.overall.wanted.connect(self._go)
        self.overall.said.connect(self.said)
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            "summary_of_findings", _("No comparison yet"),
            _("A table belongs to a comparison: an intervention against a comparator. Its "
              "outcomes become the rows."),
            ((_("Add a comparison"), lambda: self.wanted.emit("review", "question")),),
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._filled())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _build_head(self) -> None:
        self.header = PageHeader("")
        self.excel = button(_("Excel"), partial(self._save, "xlsx"), role="primary",
                            tip=_("Save the tables and all judgements as a workbook (Ctrl E)"))
        self.html = button(_("HTML"), partial(self._save, "html"),
                           tip=_("Save the tables as one web page"))
        self.copying = button(
            _("Copy"), self._copy, icon="copy",
            tip=_("Copy the table for Word, web editors and spreadsheets (Ctrl Shift C)"),
        )
        for one in (self.copying, self.html, self.excel):
            self.header.add_action(one)
        self.layouts = Tabs()
        self.layouts.setAccessibleName(_("Layout of the table"))
        for name, words in zip(LAYOUTS, (_("With difference"), _("Cochrane")), strict=True):
            self.layouts.add(name, words)
        self.layouts.show_tab(str(settings.read(_SETTING, LAYOUTS[0])))
        self.layouts.chosen.connect(self._choose_layout)
        self.comparisons = choice(_("Comparison"), ())
        self.comparisons.setMinimumContentsLength(24)
        self.comparisons.activated.connect(lambda _n: self.refresh(None))
        self.draft, self.progress = Chip("", "warn"), Chip("")

    def _filled(self) -> QWidget:
        hint = label(_("Drag outcomes, or press Alt ↑ and Alt ↓, to order them"), "caption")
        tools = FlowLayout(gap=10)
        for part in (self.layouts, self.comparisons, self.progress, self.draft, hint):
            tools.addWidget(part)
        paper = frame("card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(16, 14, 16, 16)
        inside.setSpacing(12)
        for part in (self.block, line(), self.view, line(), self.overall, self.notes):
            inside.addWidget(part)
        paper.setAccessibleName(_("The table as it will be exported"))
        content = holder(column(self.ends, paper, None, gap=12))
        content.layout().setContentsMargins(24, 4, 24, 24)
        top = column(self.header, holder(tools), gap=10)
        top.setContentsMargins(24, 18, 24, 8)
        self.area: QScrollArea = scrolling(content)
        whole: QFrame = frame("canvas", column(top, self.area, gap=0), 0)
        return whole

    # -- showing ---------------------------------------------------------------------------

    @property
    def layout_name(self) -> str:
        """The layout that is shown: 'cochrane_plus' or 'cochrane'."""
        return self.layouts.shown or LAYOUTS[0]

    def refresh(self, changes: Changes | None) -> None:
        """Build the tables again and show the chosen one."""
        tables = build(self.workspace.project)
        self.stack.setCurrentIndex(1 if tables else 0)
        if not tables:
            self.table = None
            self.context_changed.emit()
            return
        chosen = self.comparisons.value
        self._list_comparisons(tables)
        self.table = next((one for one in tables if one.comparison.id == chosen), tables[0])
        self._show(self.table)

    def _list_comparisons(self, tables: tuple[SummaryOfFindings, ...]) -> None:
        chosen = self.comparisons.value
        self.comparisons.clear()
        for one in tables:
            names = (one.comparison.intervention, one.comparison.comparator)
            self.comparisons.addItem(
                _("{n}. {intervention} – {comparator}").format(
                    n=one.number, intervention=names[0] or "…", comparator=names[1] or "…"
                ),
                one.comparison.id,
            )
        self.comparisons.show_value(chosen)
        self.comparisons.setVisible(len(tables) > 1)

    def _show(self, table: SummaryOfFindings) -> None:
        self.header.show_title(table.title)
        self.progress.show_text(table.progress, "" if table.draft else "ok")
        self.draft.show_text(_("Draft, not final") if table.draft else "", "warn")
        self.ends.show_ends(open_ends(self.workspace.project, table))
        self.block.show_table(table)
        self.view.show_table(table, self.layout_name)
        self.notes.show_table(table)
        self.overall.show_table(table)
        editor = self.view.editor
        if isinstance(editor, StatementEditor):
            editor.show_row(table.row(editor.found.outcome.id))
            self.view.lay_out()
        self.context_changed.emit()

    def _choose_layout(self, name: str) -> None:
        settings.write(_SETTING, name)
        self.close_editor()
        if self.table is not None:
            self.view.show_table(self.table, name)

    def go_to(self, target: str) -> None:
        """Show the row of an outcome, or the table of a comparison."""
        for table in build(self.workspace.project):
            owns = any(one.outcome.id == target for one in table.rows)
            if not owns and table.comparison.id != target:
                continue
            if table.comparison.id != self.comparisons.value:
                self.comparisons.show_value(table.comparison.id)
                self.refresh(None)
            if owns:
                self.view.go_to(target)
                QTimer.singleShot(0, self._scroll_to_current)
            return

    def _scroll_to_current(self) -> None:
        rect = self.view.visualRect(self.view.currentIndex())
        spot = self.view.viewport().mapTo(self.area.widget(), rect.center())
        self.area.ensureVisible(spot.x(), spot.y(), 0, rect.height() // 2 + 40)

    # -- ordering and wording --------------------------------------------------------------

    def _move(self, outcome: str, places: int) -> None:
        if self.table is None or not outcome:
            return
        order = [one.outcome.id for one in self.table.rows]
        place = order.index(outcome)
        if not 0 <= place + places < len(order):
            return
        name = self.table.row(outcome).name.text
        if self.workspace.do(move, "outcome", outcome, places).ok:
            self.view.go_to(outcome)
            self.said.emit(
                _("{outcome} is now number {n}").format(outcome=name, n=place + places + 1),
                _("Undo"), self.workspace.undo,
            )

    def _move_current(self, places: int) -> None:
        self._move(self.view.current_outcome, places)

    def _open(self, outcome: str, kind: str) -> None:
        if self.table is None:
            return
        if kind in (WHAT_HAPPENS, COMMENTS):
            self.edit(outcome)
        elif kind == CERTAINTY:
            ends = open_ends(self.workspace.project, self.table)
            settle = any(one.page == "reconcile" for one in ends) and (
                self.table.row(outcome).certainty.level is None
            )
            comparable = settle and _both_rated(self.workspace.project, outcome)
            self.wanted.emit("reconcile" if comparable else "grade", outcome)
        elif kind == NAME:
            self.wanted.emit("review", outcome)
        else:
            self.wanted.emit("data_and_pooling", outcome)

    def edit(self, outcome: str) -> None:
        """Edit what happens and the comment of an outcome in their cell."""
        if self.table is None or not outcome:
            return
        self.close_editor()
        kind = WHAT_HAPPENS if self.layout_name == LAYOUTS[0] else COMMENTS
        self.view.go_to(outcome, kind)
        editor = StatementEditor(self.workspace, self.table.row(outcome), kind)
        editor.done.connect(self.close_editor)
        self.view.edit_with(editor, outcome, kind)
        editor.take_focus()

    def close_editor(self) -> None:
        """Keep what is typed in the cell and show the cell again."""
        editor = self.view.editor
        if isinstance(editor, StatementEditor):
            editor.commit()
            self.view.stop_editing()
            self.view.setFocus()

    def _go(self, page: str, target: str) -> None:
        if page == "summary_of_findings":
            self.edit(target)
        else:
            self.wanted.emit(page, target)

    # -- handing over ----------------------------------------------------------------------

    def _copy(self) -> None:
        if self.table is None:
            return
        from assessments.exports.summary_of_findings_html import fragment
        from assessments.exports.table_text import tab_separated

        self.close_editor()
        copied = QMimeData()
        copied.setHtml(fragment(self.table, layout=self.layout_name))
        copied.setText(tab_separated(self.table, layout=self.layout_name))
        QApplication.clipboard().setMimeData(copied)
        self.said.emit(
            _("Copied: paste it into Word, a web editor or a spreadsheet."), "", None
        )

    def _save(self, name: str) -> None:
        if self.table is None:
            return
        self.close_editor()
        project = self.workspace.project
        planned = planned_files(project, Asked(names=(name,), layout=self.layout_name))[0]
        folder = Path(str(settings.read("export/folder", project.path.parent)))
        start = (folder if folder.is_dir() else project.path.parent) / planned.file_name
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Export"), str(start), f"{planned.title} (*{start.suffix})"
        )
        if chosen:
            self.save_to(name, Path(chosen))

    def save_to(self, name: str, target: Path) -> None:
        """Write the workbook ('xlsx') or web page ('html') to that file, beside the window."""
        project = self.workspace.project
        settings.write("export/folder", str(target.parent))
        asked = Asked(names=(name,), layout=self.layout_name)

        def work(_token: background.Token) -> Path:
            with copy.opened() as opened:
                planned = planned_files(opened, asked)[0]
                return write_file(planned, opened, target, overwrite=True)

        try:
            copy = WorkingCopy(project)
        except ProjectFileError as error:
            self.complained.emit(str(error))
            return
        self.said.emit(_("Writing {name}…").format(name=target.name), "", None)
        background.run(f"export {name}", work, self._written, self._not_written)

    def _written(self, target: Path) -> None:
        mark = draft_mark(self.workspace.project)
        words = _("Saved {name}").format(name=target.name)
        if mark:
            words = _("Saved {name}. It is a draft: {progress}.").format(
                name=target.name, progress=self.table.progress if self.table else ""
            )
        self.said.emit(words, _("Open"), partial(_open_file, target))

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, ProjectFileError):
            raise error
        self.complained.emit(str(error))

    # -- window ----------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Say that the height does not follow from the width: the content scrolls by itself."""
        return False

    def context(self) -> str:
        """Return which outcome one is at, of how many."""
        if self.table is None or not self.table.rows:
            return ""
        order = [one.outcome.id for one in self.table.rows]
        here = self.view.current_outcome
        if here not in order:
            return self.table.progress
        return _("Outcome {n} of {all}").format(n=order.index(here) + 1, all=len(order))

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("Alt ↑ ↓", _("Order")), ("Enter", _("Edit or open")), ("Ctrl Shift C", _("Copy")))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of this page."""
        return (
            ("Alt ↑", _("Outcome up")),
            ("Alt ↓", _("Outcome down")),
            ("Enter, F2", _("Edit what happens; go to the rating, the data or the outcome")),
            ("Ctrl Enter, Esc", _("Keep the text and go back to the table")),
            ("Ctrl C", _("Copy the cell")),
            ("Ctrl Shift C", _("Copy the table")),
        )

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command(text=_("Outcome up"), run=lambda: self._move_current(-1), keys="Alt+Up",
                    enabled=self._may_move),
            Command(text=_("Outcome down"), run=lambda: self._move_current(1), keys="Alt+Down",
                    enabled=self._may_move),
            Command(text=_("Edit what happens"), run=lambda: self.edit(self.view.current_outcome),
                    enabled=self._may_move),
            Command(text=_("Overall certainty across outcomes: show or hide"),
                    run=self.overall.show_or_hide, enabled=self._may_write),
            Command(text=_("Copy the table"), run=self._copy, keys="Ctrl+Shift+C",
                    enabled=self._has_table),
            Command(text=_("Save as Excel workbook…"), run=partial(self._save, "xlsx"),
                    keys="Ctrl+E", enabled=self._has_table),
            Command(text=_("Save as web page…"), run=partial(self._save, "html"),
                    enabled=self._has_table),
        )

    def _has_table(self) -> str | None:
        return None if self.table is not None else _("There is no table yet.")

    def _may_write(self) -> str | None:
        return self.workspace.read_only or self._has_table()

    def _may_move(self) -> str | None:
        missing = None if self.view.current_outcome else _("There is no outcome yet.")
        return self.workspace.read_only or missing

    def areas(self) -> tuple[QWidget, ...]:
        """Return the table."""
        return (self.view,)


def _both_rated(project: Project, outcome: str) -> bool:
    from assessments.assignments import rating_assignments

    return any(one.outcome == outcome and one.comparable for one in rating_assignments(project))


def _open_file(target: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))


PAGE = SummaryOfFindingsPage
