"""The outcomes at the left with their state, as far as the one who sits here may know it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.pages.grade_parts.words import state_words
from app.widgets.parts import label, row
from app.widgets.record_list import ListItem, RecordList
from app.workspace import Workspace
from assessments.assessment import seat_of
from assessments.language import _, counted
from assessments.rating import Rated, rating_of, settled_rating, unit_of
from assessments.rating_sheet import stale_seats
from assessments.review import Comparison, Outcome
from assessments.sealing import standing
from assessments.summary_of_findings.build import outcomes_of
from gradecore.grade.vocabulary import DOMAINS

_REST = 60
"""Milliseconds between two looks for moved facts, so that typing is never held up."""


class OutcomeList(QFrame):
    """All outcomes with one's own certainty. ``chosen(outcome)``, ``opened(outcome)``."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setProperty("role", "panel-left")
        self.outcomes: tuple[Outcome, ...] = ()
        self.stale: set[str] = set()
        self._to_look_at: list[str] = []
        self.count = label("", "small")
        self.list = RecordList(_("Outcomes"))
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.note = label(
            _("Facts stand beside each decision; what is often chosen is folded away. You decide, "
              "and the reason goes into the footnotes."), "caption", wrap=True,
        )
        self.note.setContentsMargins(16, 10, 16, 12)
        head = row(label(_("Outcomes"), "section"), None, self.count)
        head.setContentsMargins(16, 16, 14, 10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.note)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_REST)
        self._looking.timeout.connect(self._look)

    # -- showing ---------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything anew and show it; what has moved is looked for a moment later."""
        project = self.workspace.project
        comparisons = project.all(Comparison)
        items: list[ListItem] = []
        found: list[Outcome] = []
        for comparison in comparisons:
            outcomes = outcomes_of(project, comparison)
            if outcomes and len(comparisons) > 1:
                items.append(ListItem(
                    id=f"/{comparison.id}", heading=True,
                    title=f"{comparison.intervention} – {comparison.comparator}".strip(" –"),
                ))
            found += outcomes
            items += [self._item(one) for one in outcomes]
        self.outcomes = tuple(found)
        self.list.show_items(items)
        self._show_count()
        self._to_look_at = [one.id for one in found if one.evidence != "not_reported"]
        self._looking.start()

    def read_outcome(self, outcome_id: str) -> None:
        """Read one outcome anew and show it where it stands."""
        found = self.workspace.project.one(Outcome, outcome_id)
        if found is None:
            return
        if found.evidence != "not_reported":
            self._look_at(found.id)
        self.outcomes = tuple(found if one.id == found.id else one for one in self.outcomes)
        self.list.update_item(self._item(found))
        self._show_count()

    def _item(self, outcome: Outcome) -> ListItem:
        project = self.workspace.project
        reported = outcome.evidence != "not_reported"
        seat = seat_of(project)
        states = standing(project, unit_of(outcome.id))
        own = rating_of(project, outcome.id, seat) if seat is not None and reported else None
        settled = settled_rating(project, outcome.id) if reported else None
        state = state_words(states, seat, reported=reported)
        if outcome.id in self.stale:
            state = _("facts changed")
        elif own is not None and not own.finished:
            state = _("{n} of 5").format(n=_decided(own))
        parts = (outcome.time_point, state)
        shown = settled if settled is not None and not (own and not own.finished) else own
        return ListItem(
            id=outcome.id, title=outcome.label or _("Outcome without a name"),
            subtitle="  ·  ".join(part for part in parts if part),
            rated=reported, certainty=_score(shown), word="" if reported else "–",
        )

    def _show_count(self) -> None:
        project = self.workspace.project
        seat = seat_of(project)
        to_rate = [one for one in self.outcomes if one.evidence != "not_reported"]
        done = sum(
            standing(project, unit_of(one.id)).get(seat or "consensus") == "finished"
            for one in to_rate
        )
        self.count.setText(_("{done} of {total}").format(done=done, total=len(to_rate)))
        self.count.setAccessibleName(counted("{n} outcome rated", "{n} outcomes rated", done))

    # -- what has moved --------------------------------------------------------------------

    def _look(self) -> None:
        """Look at one outcome, and at the next one after a rest."""
        if not self._to_look_at:
            return
        outcome = self._to_look_at.pop(0)
        before = outcome in self.stale
        self._look_at(outcome)
        found = self.workspace.project.one(Outcome, outcome)
        if found is not None and before != (outcome in self.stale):
            self.list.update_item(self._item(found))
        if self._to_look_at:
            self._looking.start()

    def _look_at(self, outcome: str) -> None:
        if stale_seats(self.workspace.project, outcome):
            self.stale.add(outcome)
        else:
            self.stale.discard(outcome)

    def look_at_all(self) -> None:
        """Look at everything now."""
        while self._to_look_at:
            self._look()
        self._looking.stop()

    # -- moving ----------------------------------------------------------------------------

    def outcome(self, outcome_id: str) -> Outcome | None:
        """Return an outcome of the list."""
        return next((one for one in self.outcomes if one.id == outcome_id), None)

    def next_to_do(self, after: str) -> str:
        """Return the next outcome that is not finished or has gone stale, '' without one."""
        project, seat = self.workspace.project, seat_of(self.workspace.project)
        order = [one.id for one in self.outcomes if one.evidence != "not_reported"]
        start = order.index(after) + 1 if after in order else 0
        for outcome in (*order[start:], *order[:start]):
            state = standing(project, unit_of(outcome)).get(seat or "", "none")
            if outcome != after and (state != "finished" or outcome in self.stale):
                return outcome
        return ""


def _decided(rated: Rated) -> int:
    return sum(rated.concerns[name] is not None for name in DOMAINS)


def _score(rated: Rated | None) -> int | None:
    return rated.certainty.score if rated is not None and rated.certainty is not None else None
