"""The outcome groups of the review: added, named, ordered and removed in one short list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.widgets.card import Card
from app.widgets.parts import button, label, set_enabled
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.instrument_decisions import add_group, judged_apart, name_group
from assessments.language import _, counted
from assessments.review import Outcome, OutcomeGroup
from assessments.review_edits import move, remove


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One line of the list."""

    id: str
    label: str
    outcomes: int
    judgements: int


class GroupsCard(Card):
    """A small table of outcome groups. ``said(text, action, function)``."""

    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(_("Outcome groups"), parent)
        self.workspace = workspace
        self.up = button("", lambda: self._move(-1), role="quiet", icon="arrow_up",
                         tip=_("Move the group up"))
        self.down = button("", lambda: self._move(1), role="quiet", icon="arrow_down",
                           tip=_("Move the group down"))
        self.gone = button("", self._remove, role="quiet", icon="trash",
                           tip=_("Remove the group"))
        self.new = button(_("Add group"), self._add, icon="plus",
                          tip=_("Add an outcome group"))
        for part in (self.up, self.down, self.gone, self.new):
            self.add_action(part)
        self.add(label(
            _("Blinding and attrition can matter for one class of outcomes and not for another: "
              "pain may be judged apart from death. Keep the groups few. Each outcome says in its "
              "details to which group it belongs."), "caption", wrap=True,
        ))
        self.table = RecordsTable(_("Outcome groups"), _columns())
        self.table.edited.connect(self._rename)
        self.table.chosen.connect(lambda _id: self._show_buttons())
        self.add(self.table)

    def refresh(self) -> None:
        """Read the groups again."""
        project = self.workspace.project
        outcomes = project.all(Outcome)
        groups = project.all(OutcomeGroup)
        self.table.set_read_only(self.workspace.read_only or "")
        self.table.show_rows([
            GroupRow(
                id=one.id, label=one.label, judgements=judged_apart(project, one.id),
                outcomes=sum(outcome.outcome_group == one.id for outcome in outcomes),
            )
            for one in groups
        ])
        self.table.setVisible(bool(groups))
        self.table.setFixedHeight(theme.px(36 + 32 * min(len(groups), 6)) + 6)
        self._show_buttons()

    def _show_buttons(self) -> None:
        locked = self.workspace.read_only
        chosen = self.table.current_id()
        order = [one.id for one in self.workspace.project.all(OutcomeGroup)]
        nothing = None if chosen in order else _("Choose a group in the list first.")
        place = order.index(chosen) if chosen in order else 0
        first = None if place > 0 else _("It is the first.")
        last = None if place < len(order) - 1 else _("It is the last.")
        set_enabled(self.new, locked, _("Add an outcome group"))
        set_enabled(self.gone, locked or nothing, self.gone.accessibleName())
        set_enabled(self.up, locked or nothing or first, self.up.accessibleName())
        set_enabled(self.down, locked or nothing or last, self.down.accessibleName())
        for one in (self.up, self.down, self.gone):
            one.setVisible(bool(order))

    def _rename(self, group: str, _column: str, typed: object) -> None:
        done = self.workspace.try_to(name_group, group, str(typed))
        if not done.ok:
            self.table.refuse(group, "label", typed, str(done.problems[0]))

    def _add(self) -> None:
        taken = {one.label for one in self.workspace.project.all(OutcomeGroup)}
        number = len(taken) + 1
        while (name := _("Group {n}").format(n=number)) in taken:
            number += 1
        done = self.workspace.do(add_group, name)
        if done.ok:
            self.table.choose(str(done.value), "label")
            self.table.setFocus()
            self.table.edit(self.table.currentIndex())

    def _move(self, places: int) -> None:
        self.workspace.do(move, "outcome_group", self.table.current_id(), places)

    def _remove(self) -> None:
        group = self.table.current_id()
        found = self.workspace.project.one(OutcomeGroup, group)
        judged = judged_apart(self.workspace.project, group)
        if found is None or not self.workspace.do(remove, "outcome_group", group).ok:
            return
        text = _("Removed the group “{name}”.").format(name=found.label)
        if judged:
            said = counted(
                "{n} judgement of it no longer counts.",
                "{n} judgements of it no longer count.", judged,
            )
            text = f"{text} {said}"
        self.said.emit(text, _("Undo"), self.workspace.undo)


def _columns() -> tuple[Column, ...]:
    return (
        Column(name="label", title=_("Group"), stretch=True, editable=True),
        Column(name="outcomes", title=_("Outcomes"), kind="number", width=84,
               tip=_("Outcomes that belong to the group")),
        Column(name="judgements", title=_("Judgements"), kind="number", width=96,
               tip=_("Judgements made for the group alone")),
    )
