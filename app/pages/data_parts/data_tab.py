"""The tab Data: the sheet of an analysis, what is wrong in it, and what came out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app import theme
from app.pages.data_parts.cell_line import CellLine, reading_actions
from app.pages.data_parts.pasting import Pasting
from app.pages.data_parts.plan_choice import PlanChoice
from app.pages.data_parts.result_cards import ResultCards
from app.pages.data_parts.results_sheet import ResultsSheet
from app.pages.data_parts.sheet_columns import (
    BLANK,
    SheetRow,
    columns_for,
    derived_words,
    groups_of,
    has_reported,
    reported_only,
    sheet_rows,
)
from app.widgets.empty_state import EmptyState
from app.widgets.flow import FlowLayout
from app.widgets.parts import (
    button,
    column,
    frame,
    holder,
    scrolling,
    set_enabled,
)
from app.workspace import Workspace
from assessments import calculators
from assessments.bodies import Gathered
from assessments.language import _, counted
from assessments.number_readings import readings
from assessments.result_blocks import STUDY
from assessments.result_rows import (
    add_results,
    add_subgroup_row,
    enter,
    enter_cells,
    leave_out,
    missing_studies,
    take_in,
)
from assessments.review import Analysis, Result, Study
from assessments.review_edits import remove


class DataTab(QWidget):
    """The numbers of one analysis. Signals as those of a page."""

    said = Signal(str, str, object)
    complained = Signal(str)
    wanted = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: Gathered | None = None
        self._reported: dict[str, bool] = {}
        self.sheet = ResultsSheet(_("Results of the studies"))
        self.sheet.setMinimumHeight(theme.px(210))
        self.pasting = Pasting(workspace, self)
        self.line = CellLine()
        self.cards = ResultCards()
        self.choose = PlanChoice(workspace)
        self.empty = EmptyState(
            "data_and_pooling", _("Enter numbers or paste from Excel"),
            _("One row for each study. Add all included studies in one step, or paste a block "
              "with their names in the first column."),
            ((_("Add all included studies"), self.add_studies), (_("Paste"), self.paste)),
        )
        self._make_tools()
        self._listen()
        self._lay_out()

    def _make_tools(self) -> None:
        self.add = button(_("Add studies"), self.add_studies, icon="plus")
        self.paste_button = button(_("Paste"), self.paste, icon="paste",
                                   tip=_("Paste a block from Excel (Ctrl V)"))
        self.calculate = button(_("Calculator"), self.open_calculator, icon="data_and_pooling",
                                tip=_("Work a missing number out from what is reported (Ctrl D)"))
        self.reported = button(_("Reported estimates"), self._toggle_reported, role="filter",
                               tip=_("Columns for estimates with interval or standard error"))
        self.reported.setCheckable(True)
        self.further = button(_("Subgroup row"), self._further, role="quiet",
                              tip=_("Add a further row of this study, for a subgroup"))
        self.gone = button("", self._remove, role="quiet", icon="trash",
                           tip=_("Remove this row"))

    def _listen(self) -> None:
        sheet = self.sheet
        self.choose.settled.connect(self._take_focus)
        sheet.edited.connect(self._edit)
        sheet.cleared.connect(self._clear)
        sheet.block_pasted.connect(self.pasting.paste)
        sheet.moved.connect(self._show_line)
        self.pasting.refused.connect(self._refuse)
        self.pasting.said.connect(self.said)
        self.pasting.complained.connect(self.complained)

    def _lay_out(self) -> None:
        tools = FlowLayout(gap=6)
        for part in (self.add, self.paste_button, self.calculate, self.reported, self.further,
                     self.gone):
            tools.addWidget(part)
        self.card = frame("card", column(self.sheet, gap=0), 2)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.empty)
        self.tools = holder(tools)
        inside = column(self.choose, self.tools, self.stack, self.line, self.cards, None, gap=10)
        inside.setStretch(2, 100)
        inside.setContentsMargins(0, 0, 2, 4)
        area = scrolling(holder(inside))
        self.setLayout(column(area, gap=0))

    # -- showing ---------------------------------------------------------------------------

    def show_found(self, found: Gathered) -> None:
        """Show an analysis."""
        self.found = found
        project = self.workspace.project
        analysis = project.one(Analysis, found.outcome.id)
        self.choose.show_analysis(found.outcome, analysis)
        measure = analysis.measure if analysis is not None else None
        ready = bool(measure)
        rows = sheet_rows(project, found)
        self.tools.setVisible(ready)
        self.stack.setVisible(ready)
        if measure:
            self._show_sheet(measure, rows)
        # What was pooled without a model that somebody chose is not shown as a result.
        settled = analysis is not None and bool(analysis.model)
        self.cards.setVisible(ready and settled)
        if settled:
            self.cards.show_result(project, found)
        self._show_tools(len(rows) - 1)
        self._show_line()

    def _show_sheet(self, measure: str, rows: tuple[SheetRow, ...]) -> None:
        assert self.found is not None
        outcome = self.found.outcome
        reported = self._reported.get(outcome.id, has_reported(rows) or reported_only(measure))
        self.reported.setChecked(reported)
        columns = columns_for(measure, rows, outcome, reported=reported)
        body = self.found.body
        groups = groups_of(columns, body.label_experimental or _("Intervention"),
                           body.label_control or _("Comparator"))
        self.sheet.set_read_only(self.workspace.read_only or "")
        self.sheet.show_sheet(columns, groups, rows, self._problems())
        if not self.sheet.currentIndex().isValid() and len(rows) > 1:
            self.sheet.choose(rows[0].id, columns[1].name)
        empty = len(rows) == 1 and not self.workspace.project.all(Result, outcome=outcome.id)
        self.stack.setCurrentWidget(self.empty if empty else self.card)

    def _problems(self) -> dict[tuple[str, str], str]:
        found = {}
        for problem in self.found.problems if self.found else ():
            row, _slash, name = problem.where.partition("/")
            found[row, name] = str(problem)
        return found

    def _show_tools(self, rows: int) -> None:
        locked = self.workspace.read_only
        outcome = self.found.outcome.id if self.found else ""
        waiting = len(missing_studies(self.workspace.project, outcome))
        self.add.setVisible(bool(waiting) and rows > 0)
        self.add.setText(counted("Add the other study", "Add the other {n} studies", waiting))
        self.add.setAccessibleName(self.add.text())
        for one in (self.add, self.paste_button):
            set_enabled(one, locked, one.accessibleName())
        self.reported.setVisible(rows > 0)

    def _show_line(self) -> None:
        """Say what is wrong in the current cell, else in any, or where its number comes from."""
        row, name = self.sheet.current_row(), self.sheet.current_column
        nothing = None if row is not None and row.result is not None else _(
            "Choose a row of the sheet first."
        )
        for one in (self.calculate, self.further, self.gone):
            set_enabled(one, self.workspace.read_only or nothing, one.accessibleName())
        if row is None:
            self._say_first_problem()
            return
        key = (row.id, name)
        if key in self.sheet.records.refused:
            typed, sentence = self.sheet.records.refused[key]
            actions = reading_actions(
                typed, lambda value: self._edit(*key, value), len(self._ambiguous()),
                self._read_all,
            )
            self.line.say(self._where(row, name, sentence), "error", actions)
        elif sentence := self._problems().get(key, ""):
            self.line.say(self._where(row, name, sentence), "error")
        elif sentence := derived_words(row, name):
            back = ((_("Take back"), lambda: self._take_back(*key)),)
            self.line.say(self._where(row, name, sentence), "small",
                          () if self.workspace.read_only else back)
        elif row.because and row.result is not None and not row.result.included:
            self.line.say(_("{study} is left out: {reason}").format(
                study=row.label, reason=row.because))
        else:
            self._say_first_problem()

    def _ambiguous(self) -> dict[tuple[str, str], tuple[float, ...]]:
        """Return the cells of the sheet whose text can be read in two ways, with both readings."""
        rows = {row.id for row in self.sheet.records.rows} - {BLANK}
        found = {
            key: readings(typed) for key, (typed, _why) in self.sheet.records.refused.items()
            if key[0] in rows
        }
        return {key: values for key, values in found.items() if len(values) == 2}

    def _read_all(self, which: int) -> None:
        """Read every ambiguous cell in the same way, in one step."""
        wanted: dict[str, dict[str, float]] = {}
        for (row, name), values in self._ambiguous().items():
            wanted.setdefault(row, {})[name] = values[which]
            self.sheet.forget(row, name)
        self.workspace.do(enter_cells, wanted)

    def _where(self, row: SheetRow, name: str, sentence: str) -> str:
        titles = {one.name: one.title for one in self.sheet.records.columns}
        study = row.label or _("New row")
        return f"{study}, {titles.get(name, name)}: {sentence}"

    def _say_first_problem(self) -> None:
        told = self._problems() | {
            key: sentence for key, (_typed, sentence) in self.sheet.records.refused.items()
        }
        rows = {row.id: row for row in self.sheet.records.rows}
        told = {key: sentence for key, sentence in told.items() if key[0] in rows}
        if not told or not self.stack.isVisibleTo(self):
            other = [str(p) for p in self.found.problems if p.where.split("/")[0] not in rows
                     ] if self.found and self.found.body.studies else []
            self.line.say(other[0] if other else "", "error")
            return
        (row, name), sentence = next(iter(told.items()))
        go = ((_("Show the cell"), lambda: self._go(row, name)),)
        more = len(told) - 1
        text = self._where(rows[row], name, sentence)
        if more:
            text = _("{first} (and {n} more)").format(first=text, n=more)
        self.line.say(text, "error", go)

    def _go(self, row: str, name: str) -> None:
        self.sheet.choose(row, name)
        self.sheet.setFocus()

    def _take_focus(self) -> None:
        here = self.stack.currentWidget() is self.empty
        (self.empty.buttons[0] if here else self.sheet).setFocus()

    def go_to_row(self, result: str) -> None:
        """Make the row of a result current."""
        self.sheet.choose(result)
        self.sheet.setFocus()

    def _toggle_reported(self) -> None:
        if self.found is not None:
            self._reported[self.found.outcome.id] = self.reported.isChecked()
            self.show_found(self.found)

    # -- edits -----------------------------------------------------------------------------

    def _edit(self, row: str, name: str, typed: object) -> None:
        if row == BLANK:
            self._edit_blank(name, typed)
            return
        self.sheet.forget(row, name)
        if name == "included":
            if typed:
                self.workspace.do(take_in, row)
            elif self.workspace.do(leave_out, row).ok:
                self.sheet.choose(row, "left_out_reason")
            return
        done = self.workspace.try_to(enter, row, name, typed)
        if not done.ok:
            self.sheet.refuse(row, name, typed, str(done.problems[0]))

    def _edit_blank(self, name: str, typed: object) -> None:
        if name == STUDY:
            self.pasting.add_by_name(str(typed))
        elif str(typed).strip():
            self.sheet.refuse(BLANK, name, typed, _(
                "Type the name of the study in the first column, then its numbers."
            ))

    def _refuse(self, row: str, name: str, typed: str, sentence: str) -> None:
        self.sheet.refuse(row, name, typed, sentence)

    def _clear(self, cells: list[tuple[str, dict[str, str]]]) -> None:
        wanted = {}
        for row, values in cells:
            for name in values:
                self.sheet.forget(row, name)
            if row != BLANK:
                wanted[row] = values
        if wanted:
            self.workspace.do(enter_cells, wanted)
        self._show_line()

    def _take_back(self, row: str, name: str) -> None:
        self.workspace.do(calculators.take_back, row, name)

    def add_studies(self) -> None:
        """Add a row for every included study that has none."""
        if self.found is None:
            return
        outcome = self.found.outcome.id
        studies = tuple(one.id for one in missing_studies(self.workspace.project, outcome))
        if not studies:
            self.complained.emit(
                _("All included studies are here already. Add studies on the page Studies.")
                if self.workspace.project.all(Study) else
                _("There are no studies yet. Add them on the page Studies, or paste a block.")
            )
            return
        done = self.workspace.do(add_results, outcome, studies)
        if done.ok:
            text = counted("Added {n} row", "Added {n} rows", int(done.value))
            self.said.emit(text, _("Undo"), self.workspace.undo)
            self.sheet.setFocus()

    def paste(self) -> None:
        """Paste from the clipboard at the current cell."""
        self.sheet.setFocus()
        self.sheet.paste(QApplication.clipboard().text())

    def open_calculator(self) -> None:
        """Open the calculator for the current row."""
        row = self.sheet.current_row()
        if row is None or row.result is None or self.found is None or self.workspace.read_only:
            return
        from app.pages.data_parts.calculator import CalculatorOverlay

        analysis = self.workspace.project.one(Analysis, self.found.outcome.id)
        measure = analysis.measure if analysis is not None else None
        made = CalculatorOverlay(self.window(), self.workspace, row.result, measure or "MD")
        made.said.connect(self.said)
        made.open()

    def _further(self) -> None:
        row = self.sheet.current_row()
        if row is not None and row.result is not None:
            done = self.workspace.do(add_subgroup_row, row.id)
            if done.ok:
                self.sheet.choose(str(done.value), "subgroup")
                self.sheet.setFocus()

    def _remove(self) -> None:
        row = self.sheet.current_row()
        if row is None or row.result is None:
            return
        if self.workspace.do(remove, "result", row.id).ok:
            self.said.emit(_("Removed the row of {study}").format(study=row.label), _("Undo"),
                           self.workspace.undo)
