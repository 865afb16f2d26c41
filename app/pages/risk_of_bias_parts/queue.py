"""The queue at the left: what there is to assess, how far one is, and filters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QProgressBar, QVBoxLayout, QWidget

from app.widgets.flow import FlowLayout
from app.widgets.parts import button, holder, label, row
from app.widgets.record_list import ListItem, RecordList
from app.workspace import Workspace
from assessments.assignments import Assignment, risk_of_bias_assignments
from assessments.completeness import parts_of
from assessments.instrument import Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.own_progress import NOTHING, OwnProgress, own_progress
from assessments.published_judgements import published_units

Marks = tuple[tuple[str | None, str], ...]
FILTERS = ("all", "to_do", "flags")


class Queue(QFrame):
    """All results to assess with one's own levels. ``chosen(key)`` when another is current.

    A key is “unit” where there is one instrument for it, which is always so in a queue.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setProperty("role", "panel-left")
        self.assignments: tuple[Assignment, ...] = ()
        self._progress: dict[tuple[str, str], OwnProgress] = {}
        self._groups: dict[str, dict[str, tuple[str, ...]]] = {}
        self._instruments: dict[str, Instrument] = {}
        self._unmarked: dict[str, Marks] = {}
        self._published: frozenset[tuple[str, str]] = frozenset()
        self._filter = "all"
        self.count = label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.list = RecordList(_("Results to assess"))
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.opened)
        self.empty = label("", "caption", wrap=True)
        self.empty.setContentsMargins(16, 12, 16, 12)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 10)
        head.setSpacing(8)
        head.addLayout(row(label(_("Results to assess"), "section"), None, self.count))
        head.addWidget(self.bar)
        head.addWidget(self._filters())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.empty)
        outer.addWidget(self.list, 1)

    def _filters(self) -> QWidget:
        words = {"all": _("All"), "to_do": _("To do"), "flags": _("Flags")}
        flow = FlowLayout(gap=6)
        group = QButtonGroup(self)
        self.filters = {}
        for name in FILTERS:
            made = button(words[name], role="filter")
            made.setCheckable(True)
            made.setChecked(name == "all")
            made.clicked.connect(lambda _checked=False, name=name: self.filter_by(name))
            group.addButton(made)
            flow.addWidget(made)
            self.filters[name] = made
        return holder(flow)

    # -- showing ---------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything anew and show it."""
        self.assignments = risk_of_bias_assignments(self.workspace.project)
        self._progress = own_progress(self.workspace.project)
        self._published = published_units(self.workspace.project)
        self._groups, self._instruments, self._unmarked = {}, {}, {}
        self._show()

    def read_unit(self, unit: str) -> None:
        """Read one unit anew and show it where it stands."""
        found = self.assignment(unit)
        if found is None:
            return
        key = (found.unit.instrument, unit)
        before = self._progress.get(key, NOTHING)
        fresh = own_progress(self.workspace.project, unit).get(key, NOTHING)
        self._progress[key] = fresh
        self.list.update_item(self._item(found))
        if before.state != fresh.state or before.flagged != fresh.flagged:
            self._show_counts()

    def assignment(self, unit: str) -> Assignment | None:
        """Return the assignment of a unit."""
        return next((one for one in self.assignments if one.unit.id == unit), None)

    def progress(self, one: Assignment) -> OwnProgress:
        """Return one's own progress with an assignment."""
        return self._progress.get((one.unit.instrument, one.unit.id), NOTHING)

    def _show(self) -> None:
        self._show_counts()
        current = self.list.current_id()
        shown = tuple(one for one in self.assignments if self._fits(one, current))
        self.list.show_items(self._item(one) for one in shown)
        words = {
            "all": _("Nothing to assess yet. Add studies and outcomes first."),
            "to_do": _("Nothing left to do."),
            "flags": _("Nothing is flagged. Ctrl Shift F puts a flag on a result."),
        }
        self.empty.setText(words[self._filter])
        self.empty.setVisible(not shown)

    def _fits(self, one: Assignment, current: str) -> bool:
        progress = self.progress(one)
        if self._filter == "to_do":
            return progress.state != "finished" or one.unit.id == current
        if self._filter == "flags":
            return progress.flagged
        return True

    def _show_counts(self) -> None:
        total = len(self.assignments)
        states = [self.progress(one) for one in self.assignments]
        done = sum(one.state == "finished" for one in states)
        flags = sum(one.flagged for one in states)
        said = _("{done} of {total}").format(done=done, total=total)
        self.count.setText(said)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setAccessibleName(_("Finished: {said}").format(said=said))
        for name, words in (
            ("all", _("All {n}").format(n=total)),
            ("to_do", _("To do {n}").format(n=total - done)),
            ("flags", _("Flags {n}").format(n=flags)),
        ):
            self.filters[name].setText(words)
            self.filters[name].setAccessibleName(words)

    def _item(self, one: Assignment) -> ListItem:
        progress = self.progress(one)
        done = progress.state == "finished"
        word, tone = (_("finished"), "ok") if done else ("", "")
        if not done and (one.unit.instrument, one.unit.id) in self._published:
            word, tone = _("published"), "text-3"
        return ListItem(
            id=one.unit.id, title=one.title, subtitle=one.detail or self._instrument(one).short,
            marks=self._marks(one, progress), flagged=progress.flagged,
            word="" if progress.flagged else word, tone=tone or "text-3",
        )

    def _instrument(self, one: Assignment) -> Instrument:
        name = one.unit.instrument
        if name not in self._instruments:
            self._instruments[name] = instrument_of(self.workspace.project, name)
        return self._instruments[name]

    def _marks(self, one: Assignment, progress: OwnProgress) -> Marks:
        if progress.levels:
            return progress.marks(self._instrument(one), self._groups_of(one))
        name = one.unit.instrument
        if name not in self._unmarked:
            self._unmarked[name] = NOTHING.marks(self._instrument(one), {})
        return self._unmarked[name]

    def _groups_of(self, one: Assignment) -> dict[str, tuple[str, ...]]:
        """Return domain → outcome groups judged apart, read once for each instrument."""
        name = one.unit.instrument
        if name not in self._groups:
            project = self.workspace.project
            self._groups[name] = {
                domain.id: parts_of(project, one.unit, domain)
                for domain in self._instrument(one).domains
            }
        return self._groups[name]

    # -- moving ----------------------------------------------------------------------------

    def filter_by(self, name: str) -> None:
        """Show all, what is to do, or what is flagged."""
        self._filter = name
        self.filters[name].setChecked(True)
        self._show()

    def choose(self, unit: str) -> None:
        """Make a unit current, showing all when the filter hides it."""
        if all(item.id != unit for item in self.list.items):
            self.filter_by("all")
        self.list.choose(unit)

    def next_to_do(self, after: str) -> str:
        """Return the next unit that is not finished, '' when everything is."""
        order = [one.unit.id for one in self.assignments]
        start = order.index(after) + 1 if after in order else 0
        for unit in (*order[start:], *order[:start]):
            found = self.assignment(unit)
            if found is not None and unit != after and self.progress(found).state != "finished":
                return unit
        return ""

    def _chosen(self, unit: str) -> None:
        self.chosen.emit(unit)
