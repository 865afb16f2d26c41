"""Report & export: files to hand over, the methods text, the history."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.pages.page import Command, Page
from app.pages.report_parts.files_tab import FilesTab
from app.pages.report_parts.history_tab import HistoryTab
from app.pages.report_parts.methods_tab import MethodsTab
from app.widgets.page_header import PageHeader, Tabs
from app.widgets.parts import column, holder, row
from app.workspace import Workspace
from assessments.language import _
from assessments.store.journal import Changes


class ReportPage(Page):
    """Three tabs; only the one that is shown is filled."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.header = PageHeader(_("Report & export"))
        self.tabs = Tabs((("files", _("Files")), ("methods", _("Methods text")),
                          ("history", _("History"))))
        self.tabs.chosen.connect(lambda _name: self._show())
        self.files = FilesTab(workspace)
        self.methods = MethodsTab(workspace)
        self.history = HistoryTab(workspace)
        for one in (self.files, self.methods, self.history):
            one.said.connect(lambda text: self.said.emit(text, "", None))
        self.files.complained.connect(self.complained)
        self.history.complained.connect(self.complained)
        self.stack = QStackedWidget()
        self._tabs: dict[str, FilesTab | MethodsTab | HistoryTab] = {
            "files": self.files, "methods": self.methods, "history": self.history,
        }
        for tab in self._tabs.values():
            self.stack.addWidget(tab)
        top = holder(column(self.header, row(self.tabs, None), gap=10))
        top.layout().setContentsMargins(24, 18, 24, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.stack, 1)

    def refresh(self, changes: Changes | None) -> None:
        """Fill the tab that is shown."""
        self._show()

    def _show(self) -> None:
        tab = self._tabs[self.tabs.shown]
        self.stack.setCurrentWidget(tab)
        tab.refresh()
        self.context_changed.emit()

    def go_to(self, target: str) -> None:
        """Show a tab: 'files', 'methods' or 'history'."""
        if target in self._tabs:
            self.tabs.show_tab(target)

    def hasHeightForWidth(self) -> bool:
        """Say that the height does not follow from the width: the content scrolls by itself."""
        return False

    def context(self) -> str:
        """Return the tab that is shown."""
        return self.tabs.buttons[self.tabs.shown].text()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("Ctrl E", _("Export")), ("Space", _("Tick")), ("F6", _("Next area")))

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command(text=_("Export the ticked files"), run=self.files.start, keys="Ctrl+E",
                    enabled=self.files.why_not),
            Command(text=_("Copy the methods text"), run=self._copy_methods),
            Command(text=_("Show the history"), run=lambda: self.go_to("history")),
        )

    def _copy_methods(self) -> None:
        self.methods.refresh()
        self.methods.copy()

    def areas(self) -> tuple[QWidget, ...]:
        """Return the areas of the tab that is shown."""
        if self.tabs.shown == "files":
            return (next(iter(self.files.list.ticks.values())), self.files.go)
        if self.tabs.shown == "history":
            return (self.history.search, self.history.table)
        return (self.methods.copying,)


PAGE = ReportPage
