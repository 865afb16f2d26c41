"""The outcomes at the left: studies and pooled value in short, filled one after another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.pages.data_parts import words
from app.pages.review_outcomes import comparison_title
from app.widgets.record_list import ListItem, RecordList
from app.workspace import Workspace
from assessments.bodies import gathered
from assessments.language import _, counted
from assessments.rating import level_of
from assessments.review import Analysis, Comparison, Narrative, Outcome, PublishedEstimate, Result
from assessments.store.journal import Changes
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.wording import short_name

_FILLED = {"high": 4, "moderate": 3, "low": 2, "very_low": 1}


class AnalysisList(QObject):
    """Keeps the list of outcomes up to date; numbers of other outcomes come when there is time."""

    def __init__(self, workspace: Workspace, view: RecordList) -> None:
        super().__init__(view)
        self.workspace, self.view = workspace, view
        self._items: dict[str, ListItem] = {}
        self._waiting: list[str] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fill_next)

    def show(self, changes: Changes | None, current: str) -> None:
        """Show all outcomes; what the changes touched is counted anew, the current one at once."""
        project = self.workspace.project
        self._forget(changes)
        items: list[ListItem] = []
        comparisons = project.all(Comparison)
        self._waiting = []
        for comparison in comparisons:
            outcomes = project.all(Outcome, comparison=comparison.id)
            if len(comparisons) > 1 and outcomes:
                items.append(ListItem(id=f"heading/{comparison.id}", heading=True,
                                      title=comparison_title(comparison)))
            for outcome in outcomes:
                if outcome.id not in self._items and outcome.id != current:
                    self._waiting.append(outcome.id)
                    items.append(ListItem(id=outcome.id, title=words.outcome_title(outcome),
                                          subtitle=" "))
                else:
                    items.append(self._item(outcome))
        self.view.show_items(items, choose=current)
        if self._waiting:
            self._later.start()

    def _forget(self, changes: Changes | None) -> None:
        if changes is None or changes.tables - {"result", "analysis"}:
            self._items.clear()
            return
        for analysis in changes.rows.get("analysis", frozenset()):
            self._items.pop(analysis, None)
        for key in changes.rows.get("result", frozenset()):
            result = self.workspace.project.one(Result, key)
            if result is None:
                self._items.clear()
                return
            self._items.pop(result.outcome, None)

    def _fill_next(self) -> None:
        if not self._waiting:
            return
        outcome = self.workspace.project.one(Outcome, self._waiting.pop(0))
        if outcome is not None:
            self.view.update_item(self._item(outcome))
        if self._waiting:
            self._later.start()

    def stop(self) -> None:
        """Leave the rest of the numbers away, since the review is being closed."""
        self._waiting = []
        self._later.stop()

    def _item(self, outcome: Outcome) -> ListItem:
        found = self._items.get(outcome.id)
        if found is None:
            level = level_of(self.workspace.project, outcome)
            found = ListItem(
                id=outcome.id, title=words.outcome_title(outcome), subtitle=self._short(outcome),
                rated=level in _FILLED, certainty=_FILLED.get(level or ""),
            )
            self._items[outcome.id] = found
        return found

    def _short(self, outcome: Outcome) -> str:
        project = self.workspace.project
        if outcome.evidence == "published":
            return _published(project.one(PublishedEstimate, outcome.id))
        if outcome.evidence == "narrative":
            return _in_words(project.one(Narrative, outcome.id))
        if outcome.evidence == "not_reported":
            return _("Not reported")
        if outcome.evidence is None:
            return _("Source of the result to be chosen")
        analysis = project.one(Analysis, outcome.id)
        if analysis is None or not analysis.measure or not analysis.model:
            return _("Measure and model to be chosen")
        found = gathered(project, outcome)
        if not found.body.studies:
            return _("No data yet")
        if found.pooled is None or found.pooled.shown is None:
            return _("Nothing to pool yet")
        return f"k {found.pooled.k} · {words.short_effect(found.pooled)}"


def _in_words(found: Narrative | None) -> str:
    if found is None or not found.studies:
        return _("In words")
    studies = counted("{n} study", "{n} studies", found.studies)
    return _("In words · {studies}").format(studies=studies)


def _published(found: PublishedEstimate | None) -> str:
    if found is None or found.estimate is None:
        return _("Published, no estimate yet")
    number = numbers.plain_number(found.estimate)
    measure = short_name(found.measure) if found.measure else ""
    return _("Published: {estimate}").format(estimate=f"{measure} {number}".strip())
