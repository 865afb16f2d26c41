"""Reconcile: what two people judged, side by side, and how each difference is settled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app import settings, theme
from app.pages.page import Command, Page
from app.pages.reconcile_parts.consensus import ConsensusCard
from app.pages.reconcile_parts.item_list import ItemList, fits
from app.pages.reconcile_parts.side import Side, different_answers
from app.widgets.empty_state import EmptyState
from app.widgets.page_header import PageHeader
from app.widgets.parts import button, column, frame, holder, label, row, scrolling, set_enabled
from app.workspace import Workspace
from assessments.assessment import Unit
from assessments.assignments import rating_assignments, risk_of_bias_assignments
from assessments.comparisons import ComparedItem
from assessments.consensus import make_final, reopen_consensus
from assessments.instruments_kept import instrument_of
from assessments.language import _, counted
from assessments.review import Person
from assessments.settling import settle, settle_agreements
from assessments.store.journal import Changes


class ReconcilePage(Page):
    """Differences are work, not errors: each is listed, settled with a reason, and kept."""

    TABLES = frozenset(
        {
            "assessment",
            "judgement",
            "settlement",
            "study",
            "result",
            "outcome",
            "baseline",
            "published_estimate",
            "person",
            "outcome_group",
            "instrument_copy",
        }
    )

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.items = ItemList(workspace)
        self.items.chosen.connect(self._show)
        self.items.list.installEventFilter(self)
        self.header = PageHeader("")
        self.a, self.b = Side("A"), Side("B")
        self.consensus = ConsensusCard()
        self.consensus.changed.connect(self._show_actions)
        self.kept = label(_("Both original judgements are kept unchanged."), "caption", wrap=True)
        self.skip = button(_("Skip"), self._skip)
        self.settle = button(
            _("Settle and next"),
            self._settle,
            role="primary",
            tip=_("Settle and go to the next (Ctrl Enter)"),
        )
        self.final = button("", self._make_final, icon="lock")
        self.agreements = button("", self._settle_agreements, icon="check")
        self.reopen = button(_("Open again"), self._reopen, role="quiet", icon="undo")
        self.stack = QStackedWidget()
        self.empty = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._split())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _split(self) -> QSplitter:
        sides = row(self.a, self.b, gap=14)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        content = holder(column(sides, self.consensus, None, gap=14))
        content.layout().setContentsMargins(24, 4, 24, 12)
        top = column(self.header, row(self.agreements, self.final, None), gap=10)
        top.setContentsMargins(24, 18, 24, 8)
        foot = row(self.kept, self.reopen, self.skip, self.settle)
        foot.setStretch(0, 1)
        foot.setContentsMargins(24, 8, 24, 14)
        main = frame("canvas", column(top, scrolling(content), foot, gap=0), 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(self.items)
        split.addWidget(main)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        self.items.setMinimumWidth(theme.px(250))
        kept = settings.read("splitters/reconcile", None)
        if not (kept and split.restoreState(kept)):
            split.setSizes([theme.px(320), theme.px(900)])
        split.splitterMoved.connect(
            lambda _p, _i: settings.write("splitters/reconcile", split.saveState())
        )
        self.split = split
        return split

    # -- showing ---------------------------------------------------------------------------

    def refresh(self, changes: Changes | None) -> None:
        """Read everything that both have finished."""
        before = self.items.list.current_id()
        self.items.read()
        if not self.items.items:
            self._show_empty()
            return
        self.stack.setCurrentIndex(1)
        if self.items.item(before) is None or before not in {o.id for o in self.items.shown()}:
            if not self.items.shown():
                filled = next(
                    (
                        n
                        for n in ("open", "referred", "agreed", "settled", "answers")
                        if any(fits(o, n) for o in self.items.items)
                    ),
                    "settled",
                )
                self.items.filter_by(filled)
            elif before not in {one.id for one in self.items.shown()}:
                self.items.list.choose(self.items.shown()[0].id)
        self._show(self.items.list.current_id())

    def _show_empty(self) -> None:
        while self.empty.count():
            old = self.empty.widget(0)
            self.empty.removeWidget(old)
            old.deleteLater()
        self.empty.addWidget(EmptyState("reconcile", *self._why_empty()))
        self.stack.setCurrentIndex(0)

    def _why_empty(self) -> tuple[str, str, tuple[tuple[str, object], ...]]:
        project = self.workspace.project
        found = (*risk_of_bias_assignments(project), *rating_assignments(project))
        finished = {
            seat: sum(one.state(seat) == "finished" for one in found) for seat in ("a", "b")
        }
        names = {p.role: p.name or p.role.upper() for p in project.all(Person)}
        go = ((_("Go to risk of bias"), lambda: self.wanted.emit("risk_of_bias", "")),)
        for seat, other in (("a", "b"), ("b", "a")):
            if finished[other] and not finished[seat]:
                return (
                    _("Waiting for {name}").format(name=names.get(seat, seat.upper())),
                    _(
                        "{name} has not finished anything yet. What both have finished appears "
                        "here, side by side."
                    ).format(name=names.get(seat, seat.upper())),
                    go,
                )
        if finished["a"] and finished["b"]:
            return (
                _("Nothing comparable yet"),
                _("A finished {a}, B {b}, none of them the same.").format(
                    a=finished["a"], b=finished["b"]
                ),
                go,
            )
        return (
            _("Nothing to compare yet"),
            _("Both assess apart first. What both have finished appears here, side by side."),
            go,
        )

    def _show(self, item_id: str) -> None:
        one = self.items.item(item_id)
        self.context_changed.emit()
        if one is None:
            return
        instrument = instrument_of(self.workspace.project, one.item.unit.instrument)
        shown = self.items.shown()
        place = next((n for n, other in enumerate(shown, start=1) if other.id == item_id), 0)
        self.header.show_title(
            " · ".join(part for part in (one.title, one.domain_title, one.part_title) if part),
            one.assignment.detail,
            instrument.short,
            _("{n} of {total}").format(n=place, total=len(shown)) if place else "",
            _("The two chose different effects of interest: settle that first")
            if one.compared.effect_differs
            else "",
        )
        names = {p.role: p.name for p in self.workspace.project.all(Person)}
        differing = different_answers(one)
        self.a.show_side(one, instrument, names.get("a", ""), differing)
        self.b.show_side(one, instrument, names.get("b", ""), differing)
        person = self.workspace.person
        arbiter = person is not None and person.role == "arbiter" and one.state == "referred"
        self.consensus.show_item(one, instrument, arbiter=arbiter, locked=self._locked(one))
        self.items.agreement.show_agreement(self.workspace.project, instrument.id)
        self._show_actions()

    def _locked(self, one: ComparedItem) -> str:
        if self.workspace.read_only:
            return self.workspace.read_only
        if one.assignment.consensus == "finished":
            return _("The consensus of this one is final. Open it again to change it.")
        return ""

    def _show_actions(self) -> None:
        one = self.items.item(self.items.list.current_id())
        if one is None:
            return
        locked = self._locked(one)
        undecided = None if self.consensus.settlement() else _("Choose a way to settle first.")
        set_enabled(self.settle, locked or undecided, _("Ctrl Enter"))
        self.reopen.setVisible(one.assignment.consensus == "finished")
        agreed = len([1 for other in self.items.items if other.state == "agreed"])
        self.agreements.setText(
            counted("Settle the {n} agreement", "Settle the {n} agreements", agreed)
        )
        self.agreements.setAccessibleName(self.agreements.text())
        self.agreements.setVisible(bool(agreed))
        set_enabled(self.agreements, self.workspace.read_only)
        ready = len(self._ready())
        self.final.setText(
            counted("Make {n} settled consensus final", "Make {n} settled ones final", ready)
        )
        self.final.setAccessibleName(self.final.text())
        self.final.setVisible(bool(ready))
        set_enabled(self.final, self.workspace.read_only)

    def _ready(self) -> tuple[Unit, ...]:
        """Return the units in which every judgement is settled and that are not final yet."""
        open_units = {
            one.item.unit for one in self.items.items if one.state in ("open", "agreed", "referred")
        }
        units = dict.fromkeys(
            one.item.unit for one in self.items.items if one.assignment.consensus != "finished"
        )
        return tuple(unit for unit in units if unit not in open_units)

    # -- acting ----------------------------------------------------------------------------

    def _settle(self) -> None:
        one = self.items.item(self.items.list.current_id())
        made = self.consensus.settlement()
        if one is None or made is None:
            return
        following = self._next_id(one.id)
        item = one.item
        done = self.workspace.try_to(
            settle,
            item.unit,
            item.domain,
            str(made["how"]),
            part=item.part,
            level=made["level"],
            reason=str(made["reason"] or ""),
            kind=str(made["kind"] or ""),
            support=made["support"],
        )
        if not done.ok:
            self.consensus.show_problems(done.problems)
            return
        self.said.emit(
            _("Settled: {title}, {domain}").format(title=one.title, domain=one.domain_title),
            _("Undo"),
            self.workspace.undo,
        )
        if following and self.items.item(following) is not None:
            self.items.list.choose(following)
        self.items.list.setFocus()

    def _next_id(self, item_id: str) -> str:
        ids = [one.id for one in self.items.shown()]
        place = ids.index(item_id) if item_id in ids else -1
        rest = ids[place + 1 :] + ids[: max(place, 0)]
        return rest[0] if rest else ""

    def _skip(self) -> None:
        following = self._next_id(self.items.list.current_id())
        if following:
            self.items.list.choose(following)

    def _settle_agreements(self) -> None:
        agreed = [one for one in self.items.items if one.state == "agreed"]
        units = tuple(dict.fromkeys(one.item.unit for one in agreed))
        if self.workspace.do(settle_agreements, units).ok:
            self.said.emit(
                counted("Settled {n} agreement", "Settled {n} agreements", len(agreed)),
                _("Undo"),
                self.workspace.undo,
            )

    def _make_final(self) -> None:
        units = self._ready()
        if self.workspace.do(make_final, units).ok:
            self.said.emit(
                counted("{n} is final now", "{n} are final now", len(units)),
                _("Undo"),
                self.workspace.undo,
            )

    def _reopen(self) -> None:
        one = self.items.item(self.items.list.current_id())
        if one is None:
            return
        done = self.workspace.try_to(reopen_consensus, one.item.unit, self.consensus.new_reason())
        if done.ok:
            self.said.emit(
                _("Open again: settle anew, then make it final."), _("Undo"), self.workspace.undo
            )
            return
        self.consensus.reason.set_problem(
            _("Write in the reason why it is opened again, then press the button once more.")
        )
        self.consensus.reason.setFocus()

    def go_to(self, target: str) -> None:
        """Show the judgement of a unit that needs something most; '' stays where one was."""
        order = ("open", "referred", "agreed", "settled")
        own = [one for one in self.items.items if one.item.unit.id == target]
        if not own:
            return
        one = min(own, key=lambda one: order.index(one.state))
        if one not in self.items.shown():
            self.items.filter_by(one.state)
        self.items.list.choose(one.id)

    # -- window ----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let 1 to 4 choose the way to settle while the list has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            number = event.text() in ("1", "2", "3", "4")
            if number and plain == Qt.KeyboardModifier.NoModifier:
                return self.consensus.press(event.key(), event.text())
        return super().eventFilter(watched, event)

    def context(self) -> str:
        """Return which judgement is shown."""
        shown = [one.id for one in self.items.shown()]
        current = self.items.list.current_id()
        if current not in shown:
            return ""
        return _("{n} of {total}").format(n=shown.index(current) + 1, total=len(shown))

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that help here."""
        return (("1", _("Take A")), ("2", _("Take B")), ("Ctrl Enter", _("Settle and next")))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return all keys of this page."""
        return (
            ("1", _("Take A")),
            ("2", _("Take B")),
            ("3", _("Other level")),
            ("4", _("Refer to a third person")),
            ("Enter", _("Go to the reason")),
            ("Ctrl Enter", _("Settle and next")),
            ("Alt ↓", _("Next in the list")),
            ("Alt ↑", _("Previous in the list")),
        )

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (
            Command(text=_("Settle and next"), run=self._settle, keys="Ctrl+Return"),
            Command(text=_("Next judgement"), run=lambda: self.items.list.step(1), keys="Alt+Down"),
            Command(
                text=_("Previous judgement"), run=lambda: self.items.list.step(-1), keys="Alt+Up"
            ),
            Command(
                text=_("Settle all agreements"),
                run=self._settle_agreements,
                enabled=lambda: self.workspace.read_only,
            ),
            Command(text=_("Make settled ones final"), run=self._make_final,
                    enabled=self._why_none_final),
        )

    def _why_none_final(self) -> str | None:
        return self.workspace.read_only or (
            None if self._ready() else _("Nothing is settled in all its judgements.")
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus on the list, where the keys that settle work."""
        super().showEvent(event)
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.items.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def areas(self) -> tuple[QWidget, ...]:
        """Return list and consensus."""
        return (self.items.list, self.consensus.ways)


PAGE = ReconcilePage
