"""Comparisons and outcomes: the list at the left, all fields of the chosen one at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app import theme, words
from app.pages.outcome_form import OutcomeForm
from app.widgets.card import Card
from app.widgets.empty_state import EmptyState
from app.widgets.flow import FlowLayout
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, column, frame, holder, label, row, scrolling, set_enabled
from app.widgets.record_list import ListItem, RecordList
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Comparison, Outcome
from assessments.review_edits import add, move, remove
from assessments.store.journal import Changes


def comparison_title(comparison: Comparison) -> str:
    """Return a comparison in words."""
    first = comparison.intervention or _("Intervention")
    return _("{intervention} compared with {comparator}").format(
        intervention=first, comparator=comparison.comparator or _("comparator")
    )


class OutcomesTab(QWidget):
    """The comparisons with their outcomes. ``moved()`` when another entry is shown."""

    said = Signal(str, str, object)
    moved = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.list = RecordList(_("Comparisons and outcomes"))
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.left = self._list_card()
        self.comparison_form = FieldForm(
            workspace, "comparison", _comparison_fields(), columns=2
        )
        card = Card(_("Comparison"))
        card.add(self.comparison_form)
        card.add(label(_("One summary-of-findings table is made for each comparison."), "caption"))
        self.outcome_form = OutcomeForm(workspace)
        self.empty = EmptyState(
            "summary_of_findings", _("What is compared, and what is measured?"),
            _("Add a comparison, then its outcomes. Each outcome becomes a row of the "
              "summary-of-findings table."),
            ((_("Add a comparison"), self._add_comparison),),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolling(holder(_padded(column(card, None)))))
        self.stack.addWidget(scrolling(holder(_padded(column(self.outcome_form, None)))))
        layout = row(self.left, self.stack, gap=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _list_card(self) -> QWidget:
        self.new_comparison = button(_("Comparison"), self._add_comparison, icon="plus",
                                     tip=_("Add a comparison"))
        self.new_outcome = button(_("Outcome"), self._add_outcome, icon="plus",
                                  tip=_("Add an outcome to the chosen comparison"))
        self.up = button("", lambda: self._move(-1), role="quiet", icon="arrow_up",
                         tip=_("Move up"))
        self.down = button("", lambda: self._move(1), role="quiet", icon="arrow_down",
                           tip=_("Move down"))
        self.gone = button("", self._remove, role="quiet", icon="trash", tip=_("Remove"))
        tools = FlowLayout(gap=4)
        for part in (self.new_comparison, self.new_outcome, self.up, self.down, self.gone):
            tools.addWidget(part)
        tools.setContentsMargins(10, 10, 10, 4)
        left = frame("card", None)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(1, 1, 1, 8)
        inner.addLayout(tools)
        inner.addWidget(self.list, 1)
        left.setMinimumWidth(theme.px(300))
        left.setMaximumWidth(theme.px(400))
        return left

    def context(self) -> str:
        """Return the outcome that is shown."""
        outcome = self.workspace.project.one(Outcome, self.list.current_id())
        return outcome.label if outcome is not None else _("Comparisons and outcomes")

    def go_to(self, target: str) -> None:
        """Show a comparison or outcome by its key."""
        self.list.choose(target)
        (self.list if self.list.items else self.empty.buttons[0]).setFocus()

    def refresh(self, _changes: Changes | None) -> None:
        """Read comparisons and outcomes again."""
        before = self.list.current_id()
        items = tuple(self._items())
        choose = before or (items[0].id if items else "")
        if items and choose not in {item.id for item in items}:
            choose = items[0].id
        self.list.show_items(items, choose=choose)
        self._show_chosen()

    def _items(self) -> list[ListItem]:
        project = self.workspace.project
        found: list[ListItem] = []
        kinds = dict(words.evidence_kinds())
        for comparison in project.all(Comparison):
            outcomes = project.all(Outcome, comparison=comparison.id)
            found.append(ListItem(
                id=comparison.id, title=comparison_title(comparison),
                subtitle=counted("{n} outcome", "{n} outcomes", len(outcomes)),
                word=_("Comparison"),
            ))
            found += [
                ListItem(
                    id=one.id, title=one.label or _("Outcome without a name"), indent=1,
                    subtitle=", ".join(
                        part for part in (one.time_point, kinds[one.evidence or ""]) if part
                    ),
                    word=_importance(one.importance),
                )
                for one in outcomes
            ]
        return found

    def _show_chosen(self) -> None:
        project, chosen = self.workspace.project, self.list.current_id()
        comparison = project.one(Comparison, chosen)
        outcome = project.one(Outcome, chosen)
        if outcome is not None:
            self.outcome_form.show_outcome(outcome)
            self.stack.setCurrentIndex(2)
        elif comparison is not None:
            self.comparison_form.show_row(comparison)
            self.stack.setCurrentIndex(1)
        else:
            self.stack.setCurrentIndex(0)
        self.moved.emit()
        self.left.setVisible(bool(self.list.items))
        locked = self.workspace.read_only
        nothing = None if chosen else _("Choose an entry in the list first.")
        set_enabled(self.new_comparison, locked)
        first = None if chosen else _("Add a comparison first.")
        set_enabled(self.new_outcome, locked or first)
        for one in (self.up, self.down, self.gone):
            set_enabled(one, locked or nothing, one.accessibleName())

    # -- edits -----------------------------------------------------------------------------

    def _comparison(self) -> str:
        chosen = self.list.current_id()
        outcome = self.workspace.project.one(Outcome, chosen)
        return outcome.comparison if outcome is not None else chosen

    def _add_comparison(self) -> None:
        review = self.workspace.review
        done = self.workspace.do(
            add, "comparison", intervention=review.intervention, comparator=review.comparison,
            population=review.population, setting=review.setting,
        )
        if done.ok:
            self.list.choose(str(done.value))
            self.comparison_form.inputs["intervention"].setFocus()

    def _add_outcome(self) -> None:
        done = self.workspace.do(add, "outcome", comparison=self._comparison())
        if done.ok:
            self.list.choose(str(done.value))
            self.outcome_form.take_focus()

    def _table(self) -> str:
        found = self.workspace.project.one(Outcome, self.list.current_id())
        return "outcome" if found is not None else "comparison"

    def _move(self, places: int) -> None:
        self.workspace.do(move, self._table(), self.list.current_id(), places)

    def _remove(self) -> None:
        project, chosen = self.workspace.project, self.list.current_id()
        outcome, comparison = project.one(Outcome, chosen), project.one(Comparison, chosen)
        name = outcome.label if outcome is not None else ""
        if comparison is not None:
            name = comparison_title(comparison)
        if self.workspace.do(remove, self._table(), chosen).ok:
            text = _("Removed {name}").format(name=name or _("the entry"))
            self.said.emit(text, _("Undo"), self.workspace.undo)


def _importance(importance: int | None) -> str:
    if importance is None:
        return ""
    return f"{words.importance_in_words(importance)} · {importance}"


def _padded(layout: QVBoxLayout) -> QVBoxLayout:
    layout.setContentsMargins(0, 0, 4, 4)
    return layout


def _comparison_fields() -> tuple[Field, ...]:
    return (
        Field(name="intervention", label=_("Intervention (arm 1)")),
        Field(name="comparator", label=_("Comparator (arm 2)")),
        Field(name="population", label=_("Patients or population"), lines=2),
        Field(name="setting", label=_("Setting"), lines=2),
    )
