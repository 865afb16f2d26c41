"""Review: next steps and coverage; question and people; outcomes; the team's instruments."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.pages import PAGES
from app.pages.page import Page
from app.pages.review_overview import OverviewTab
from app.widgets.page_header import PageHeader, Tabs
from app.widgets.parts import button, row
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Comparison, Outcome, Study
from assessments.store.journal import Changes

if TYPE_CHECKING:
    from app.pages.review_instruments import InstrumentsTab
    from app.pages.review_outcomes import OutcomesTab
    from app.pages.review_question import QuestionTab


class ReviewPage(Page):
    """The home of a review, in four tabs."""

    LATER = ("question", "outcomes", "instruments")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.header = PageHeader()
        self.tabs = Tabs((
            ("overview", _("Overview")),
            ("question", _("Question and team")),
            ("outcomes", _("Comparisons and outcomes")),
            ("instruments", _("Instruments")),
        ))
        self.tabs.chosen.connect(self._show_tab)
        if any(entry.name == "report" for entry in PAGES):
            self.header.add_action(
                button(_("Export report"), lambda: self.wanted.emit("report", ""), icon="report")
            )
        self.overview = OverviewTab(workspace)
        self.overview.wanted.connect(self._go)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 12)
        layout.setSpacing(14)
        layout.addWidget(self.header)
        layout.addLayout(row(self.tabs, None))
        layout.addWidget(self.stack, 1)

    @cached_property
    def question(self) -> QuestionTab:
        """The tab with question and team, made when it is first shown."""
        from app.pages.review_question import QuestionTab

        made = QuestionTab(self.workspace)
        made.said.connect(self.said)
        self.stack.addWidget(made)
        return made

    @cached_property
    def outcomes(self) -> OutcomesTab:
        """The tab with comparisons and outcomes, made when it is first shown."""
        from app.pages.review_outcomes import OutcomesTab

        made = OutcomesTab(self.workspace)
        made.said.connect(self.said)
        made.moved.connect(self.context_changed)
        self.stack.addWidget(made)
        return made

    @cached_property
    def instruments(self) -> InstrumentsTab:
        """The tab with the decisions about instruments, made when it is first shown."""
        from app.pages.review_instruments import InstrumentsTab

        made = InstrumentsTab(self.workspace)
        made.said.connect(self.said)
        made.wanted.connect(self._go)
        self.stack.addWidget(made)
        return made

    def refresh(self, changes: Changes | None) -> None:
        """Read the question and the counts again, and the tab that is shown."""
        review = self.workspace.review
        project = self.workspace.project
        compared = " – ".join(t for t in (review.intervention, review.comparison) if t)
        studies = len(project.all(Study, status="included"))
        outcomes = len(project.all(Outcome))
        self.header.show_title(
            review.title or _("Review without a title"),
            review.population,
            compared,
            ", ".join((
                counted("{n} study", "{n} studies", studies),
                counted("{n} outcome", "{n} outcomes", outcomes),
            )),
        )
        count = len(project.all(Comparison))
        self.tabs.set_text(
            "outcomes",
            _("Comparisons and outcomes") if not outcomes
            else _("Comparisons and outcomes ({n}, {m})").format(n=count, m=outcomes),
        )
        self._tab().refresh(changes)
        self.context_changed.emit()

    def _tab(self) -> OverviewTab | QuestionTab | OutcomesTab | InstrumentsTab:
        if self.tabs.shown == "instruments":
            return self.instruments
        if self.tabs.shown == "question":
            return self.question
        return self.outcomes if self.tabs.shown == "outcomes" else self.overview

    def _show_tab(self, _name: str) -> None:
        tab = self._tab()
        tab.refresh(None)
        self.stack.setCurrentWidget(tab)
        self.context_changed.emit()

    def _go(self, page: str, target: str) -> None:
        if page == "review":
            self.go_to(target)
        else:
            self.wanted.emit(page, target)

    def go_to(self, target: str) -> None:
        """Show a tab ('question', 'people', 'outcomes', 'instruments') or an outcome by its key."""
        if target in ("question", "people"):
            self.tabs.show_tab("question")
            self.question.go_to(target)
        elif target == "instruments":
            self.tabs.show_tab("instruments")
            self.instruments.go_to("")
        elif target == "overview":
            self.tabs.show_tab("overview")
        elif target:
            self.tabs.show_tab("outcomes")
            self.outcomes.go_to(target)

    def context(self) -> str:
        """Return the tab, or the outcome that is shown."""
        return self._tab().context()

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("Ctrl K", _("Search")), ("F6", _("Next area")))

    def areas(self) -> tuple[QWidget, ...]:
        """Return the tabs and what is below them."""
        return (self.tabs, self._tab())


PAGE = ReviewPage
