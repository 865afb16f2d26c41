"""Data & pooling: the numbers of each outcome, how they are pooled, and how firm the result is."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app import settings, theme
from app.pages.data_parts import words
from app.pages.data_parts.analysis_list import AnalysisList
from app.pages.data_parts.evidence_forms import EvidenceForms
from app.pages.data_parts.settings_panel import SettingsPanel
from app.pages.data_parts.tab_row import TabRow
from app.pages.data_parts.tabs import TABS, offered, tab_names
from app.pages.page import Command, Page
from app.widgets.empty_state import EmptyState
from app.widgets.page_header import PageHeader
from app.widgets.parts import button, frame, holder
from app.widgets.record_list import RecordList
from app.workspace import Workspace
from assessments.bodies import Gathered, gathered
from assessments.language import _
from assessments.result_rows import leave_out
from assessments.review import Analysis, Comparison, Outcome, Result
from assessments.review_edits import change
from assessments.store.journal import Changes
from gradecore.measures import MEASURES

_FROM_RESULTS = ("pooled", "single")


class DataAndPoolingPage(Page):
    """The outcomes at the left, one analysis in tabs, its settings at the right."""

    TABLES = frozenset({
        "study", "result", "outcome", "comparison", "analysis", "published_estimate", "narrative",
        "baseline", "assessment", "judgement", "setting",
    })

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.found: Gathered | None = None
        self._took = ""
        self._panel_wanted: bool | None = None
        self.outcomes = RecordList(_("Outcomes"))
        self.outcomes.chosen.connect(self._choose)
        self.list = AnalysisList(workspace, self.outcomes)
        self.header = PageHeader()
        self.panel_button = button(_("Analysis"), self._toggle_panel, icon="settings",
                                   tip=_("Show or hide the settings of the analysis"))
        self.panel_button.setCheckable(True)
        self.header.add_action(self.panel_button)
        self.tab_row = TabRow(_("Views of the analysis"), tab_names())
        self.tab_row.chosen.connect(self._show_tab)
        self.tabs: dict[str, QWidget] = {}
        self.views = QStackedWidget()
        self.forms = EvidenceForms(workspace)
        self.settings = SettingsPanel(workspace)
        self._lay_out()

    def _lay_out(self) -> None:
        main = QVBoxLayout()
        main.setContentsMargins(24, 20, 20, 16)
        main.setSpacing(12)
        main.addWidget(self.header)
        main.addWidget(self.tab_row, 0, Qt.AlignmentFlag.AlignLeft)
        main.addWidget(self.views, 1)
        main.addWidget(self.forms, 1)
        self.middle = holder(main, "canvas")
        left = frame("panel-left", None)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.addWidget(self.outcomes)
        left.setMinimumWidth(theme.px(190))
        self.side = frame("panel-right", None)
        beside = QVBoxLayout(self.side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.settings)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        for part, stretch in ((left, 0), (self.middle, 1), (self.side, 0)):
            self.split.addWidget(part)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.split.setSizes([theme.px(230), theme.px(800), theme.px(236)])
        kept = settings.read("splitters/data", None)
        if kept:
            self.split.restoreState(kept)
        self.split.splitterMoved.connect(
            lambda _p, _i: settings.write("splitters/data", self.split.saveState())
        )
        self.empty = EmptyState(
            "data_and_pooling", _("No outcomes yet"),
            _("Here the numbers of the studies are entered and pooled, one sheet per outcome."),
            ((_("Add outcomes"), lambda: self.wanted.emit("review", "outcomes")),),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    # -- showing ---------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Read again, pool again, show; the time it took is told in the status line."""
        start = time.perf_counter()
        outcome = self._outcome()
        self.stack.setCurrentIndex(0 if outcome is not None else 1)
        if outcome is None:
            self.found = None
            return
        quiet = self.outcomes.blockSignals(True)
        self.list.show(changes, outcome.id)
        self.outcomes.blockSignals(quiet)
        self._show_outcome(outcome)
        if changes is not None and changes.tables & {"result", "analysis", "study"}:
            took = max(1, round((time.perf_counter() - start) * 1000))
            self._took = _("Recalculated in {n} ms").format(n=took)
        self.context_changed.emit()

    def _outcome(self) -> Outcome | None:
        project = self.workspace.project
        current = project.one(Outcome, self.outcomes.current_id())
        if current is not None:
            return current
        for comparison in project.all(Comparison):
            outcomes = project.all(Outcome, comparison=comparison.id)
            if outcomes:
                return outcomes[0]
        return None

    def _show_outcome(self, outcome: Outcome) -> None:
        project = self.workspace.project
        analysis = project.one(Analysis, outcome.id)
        from_results = outcome.evidence in _FROM_RESULTS
        self.tab_row.setVisible(from_results)
        self.views.setVisible(from_results)
        self.forms.setVisible(not from_results)
        self.panel_button.setVisible(from_results)
        self._show_panel()
        comparison = project.one(Comparison, outcome.comparison)
        about = f"{comparison.intervention} vs {comparison.comparator}" if comparison else ""
        if not from_results:
            self.found = None
            self.header.show_title(words.outcome_title(outcome), about)
            self.forms.show_outcome(outcome)
            return
        self.found = gathered(project, outcome)
        name = ""
        if analysis is not None and analysis.measure in MEASURES:
            name = MEASURES[str(analysis.measure)].name
        self.header.show_title(
            words.outcome_title(outcome), about, *words.facts_of(self.found), name
        )
        self.settings.show_outcome(outcome, analysis)
        chosen = bool(analysis is not None and analysis.measure and analysis.model)
        self.tab_row.offer(offered(self.found) if chosen else {"data"})
        self._show_tab(self.tab_row.shown)

    def _show_tab(self, name: str) -> None:
        if self.found is None:
            return
        tab = self.tabs.get(name)
        if tab is None:
            tab = self._make_tab(name)
        self.views.setCurrentWidget(tab)
        self._show_panel()
        tab.show_found(self.found)  # type: ignore[attr-defined]

    def _make_tab(self, name: str) -> QWidget:
        tab = TABS[name](self.workspace)
        self.tabs[name] = tab
        for signal in ("said", "complained", "wanted"):
            if hasattr(tab, signal):
                getattr(tab, signal).connect(getattr(self, signal))
        if hasattr(tab, "left_out"):
            tab.left_out.connect(self._leave_out)
        self.views.addWidget(tab)
        return tab

    def _choose(self, _outcome: str) -> None:
        outcome = self._outcome()
        if outcome is not None:
            self._took = ""
            self._show_outcome(outcome)
            self.context_changed.emit()

    def _leave_out(self, result: str) -> None:
        found = self.workspace.project.one(Result, result)
        if found is not None and self.workspace.do(leave_out, result).ok:
            self.said.emit(_("Left out of the analysis; it stays in the sheet"), _("Undo"),
                           self.workspace.undo)

    # -- the panel at the side -------------------------------------------------------------

    def _toggle_panel(self) -> None:
        self._panel_wanted = self.panel_button.isChecked()
        self._show_panel()

    def _show_panel(self) -> None:
        wide = 1560 if self.tab_row.shown == "forest" else 1360
        room = self.window().width() >= theme.px(wide)
        shown = room if self._panel_wanted is None else self._panel_wanted
        self.panel_button.setChecked(shown)
        self.side.setVisible(shown and self.panel_button.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the panel first where it is narrow."""
        super().resizeEvent(event)
        if self._panel_wanted is None:
            self._show_panel()

    # -- what a page tells -----------------------------------------------------------------

    def go_to(self, target: str) -> None:
        """Show an outcome by its key, or the row of a result."""
        project = self.workspace.project
        result = project.one(Result, target)
        if project.one(Outcome, result.outcome if result is not None else target) is None:
            return
        self.outcomes.choose(result.outcome if result is not None else target)
        if result is not None:
            self.tab_row.show_tab("data")
            self.tabs["data"].go_to_row(result.id)  # type: ignore[attr-defined]

    def context(self) -> str:
        """Return the outcome, or how long the last calculation took."""
        if self._took:
            return self._took
        outcome = self._outcome()
        return words.outcome_title(outcome) if outcome is not None else ""

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("Ctrl V", _("Paste from Excel")), ("Ctrl D", _("Calculator")),
                ("Alt ↓", _("Next outcome")))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of this page."""
        return (
            *self.hints(), ("Enter", _("Edit the cell, then one down")), ("Tab", _("Next cell")),
            ("Delete", _("Clear the cells")), ("Ctrl C", _("Copy the cells")),
            ("Ctrl PgDown", _("Next view")), ("Ctrl \\", _("Settings of the analysis")),
            ("F6", _("Next area")),
        )

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        locked = self.workspace.read_only
        nothing = None if self.found is not None else _("Choose an outcome with study data first.")
        return (
            Command(text=_("Add all included studies"), run=self._add_studies,
                    enabled=lambda: locked or nothing),
            Command(text=_("Calculator for this row"), run=self._calculate, keys="Ctrl+D",
                    enabled=lambda: locked or nothing),
            Command(text=_("Next outcome"), run=lambda: self.outcomes.step(1), keys="Alt+Down"),
            Command(text=_("Previous outcome"), run=lambda: self.outcomes.step(-1), keys="Alt+Up"),
            Command(text=_("Next view of the analysis"), run=lambda: self._step_tab(1),
                    keys="Ctrl+PgDown", enabled=lambda: nothing),
            Command(text=_("Previous view of the analysis"), run=lambda: self._step_tab(-1),
                    keys="Ctrl+PgUp", enabled=lambda: nothing),
            Command(text=_("Settings of the analysis"), run=self.panel_button.click,
                    keys="Ctrl+\\", enabled=lambda: nothing),
        )

    def _add_studies(self) -> None:
        self.tab_row.show_tab("data")
        self.tabs["data"].add_studies()  # type: ignore[attr-defined]

    def _calculate(self) -> None:
        self.tab_row.show_tab("data")
        self.tabs["data"].open_calculator()  # type: ignore[attr-defined]

    def _step_tab(self, places: int) -> None:
        names = [name for name, one in self.tab_row.buttons.items() if one.isVisibleTo(self)]
        here = names.index(self.tab_row.shown)
        self.tab_row.show_tab(names[(here + places) % len(names)])

    def areas(self) -> tuple[QWidget, ...]:
        """Return list, main and side."""
        side = (self.side,) if self.side.isVisible() else ()
        return (self.outcomes, self.middle, *side)

    def choose_measure(self, outcome: str, measure: str) -> None:
        """Choose the measure of an outcome."""
        self.workspace.do(change, "analysis", outcome, measure=measure)


PAGE = DataAndPoolingPage
