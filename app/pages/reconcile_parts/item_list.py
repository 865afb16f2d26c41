"""The list at the left: what differs, what is agreed, settled or referred, with filters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.pages.reconcile_parts.agreement_card import AgreementCard
from app.pages.reconcile_parts.side import level_shown
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, holder, label, line, row
from app.widgets.record_list import ListItem, RecordList
from app.workspace import Workspace
from assessments.comparisons import ComparedItem, compared_items
from assessments.instruments_kept import instrument_of
from assessments.language import _

FILTERS = ("open", "agreed", "settled", "referred", "answers")


def fits(one: ComparedItem, name: str) -> bool:
    """Return whether an item belongs to a filter."""
    if name == "answers":
        return one.item.answers_differ and one.item.identical
    return one.state == name


class ItemList(QFrame):
    """All compared judgements by state. ``chosen(id)`` when another is current."""

    chosen = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setProperty("role", "panel-left")
        self.items: tuple[ComparedItem, ...] = ()
        self.filter = "open"
        self.count = label("", "small")
        self.list = RecordList(_("Compared judgements"))
        self.list.chosen.connect(self.chosen)
        self.nothing = label("", "caption", wrap=True)
        self.nothing.setContentsMargins(16, 10, 16, 10)
        self.agreement = AgreementCard()
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 10)
        head.setSpacing(8)
        head.addLayout(row(label(_("Judgements of both"), "section"), None, self.count))
        head.addWidget(self._filters())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.nothing)
        outer.addWidget(self.list, 1)
        outer.addWidget(line())
        outer.addWidget(self.agreement)

    def _filters(self) -> QWidget:
        flow = FlowLayout(gap=6)
        group = QButtonGroup(self)
        self.filters = {}
        for name in FILTERS:
            made = button("", role="filter")
            made.setCheckable(True)
            made.setChecked(name == self.filter)
            made.clicked.connect(lambda _checked=False, name=name: self.filter_by(name))
            group.addButton(made)
            flow.addWidget(made)
            self.filters[name] = made
        return holder(flow)

    # -- showing ---------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything that both have finished and show it."""
        self.items = compared_items(self.workspace.project)
        self._show()

    def filter_by(self, name: str) -> None:
        """Show only the items of that state."""
        self.filter = name
        self.filters[name].setChecked(True)
        self._show()
        first = self.shown()[0].id if self.shown() else ""
        if first and self.list.current_id() not in {one.id for one in self.shown()}:
            self.list.choose(first)
        self.chosen.emit(self.list.current_id())

    def shown(self) -> tuple[ComparedItem, ...]:
        """Return the items of the filter in force."""
        return tuple(one for one in self.items if fits(one, self.filter))

    def item(self, item_id: str) -> ComparedItem | None:
        """Return an item by its key."""
        return next((one for one in self.items if one.id == item_id), None)

    def _show(self) -> None:
        counts = {name: sum(fits(one, name) for one in self.items) for name in FILTERS}
        words = {
            "open": _("Differ {n}"),
            "agreed": _("Agreed {n}"),
            "settled": _("Settled {n}"),
            "referred": _("Referred {n}"),
            "answers": _("Answers differ {n}"),
        }
        for name, text in words.items():
            self.filters[name].setText(text.format(n=counts[name]))
            self.filters[name].setAccessibleName(text.format(n=counts[name]))
            self.filters[name].setVisible(bool(counts[name]) or name in ("open", "settled"))
        self.count.setText(_("{n} open").format(n=counts["open"] + counts["referred"]))
        nothing = {
            "open": _("Nothing differs that is not settled."),
            "agreed": _("All judgements on which you agree are settled."),
            "settled": _("Nothing is settled yet."),
            "referred": _("Nothing waits for the third person."),
            "answers": _("Where you chose the same level, you answered alike."),
        }
        shown = self.shown()
        self.list.show_items(self._entry(one) for one in shown)
        self.nothing.setText(nothing[self.filter])
        self.nothing.setVisible(not shown and bool(self.items))

    def _entry(self, one: ComparedItem) -> ListItem:
        instrument = instrument_of(self.workspace.project, one.item.unit.instrument)

        def mark(letter: str, code: str | None) -> tuple[str, str | None, str]:
            level = level_shown(instrument, one.item.domain, code)
            return (
                letter,
                level.role if level else None,
                level.label if level else _("not judged"),
            )

        about = (one.domain_title, one.part_title)
        if one.is_rating:
            about = about[::-1]  # what tells neighbours apart comes first and is not cut
        subtitle = " · ".join(part for part in (*about, one.assignment.detail) if part)
        return ListItem(
            id=one.id,
            title=one.title,
            subtitle=subtitle,
            labelled=(mark("A", one.item.level_a), mark("B", one.item.level_b)),
        )
