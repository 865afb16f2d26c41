"""Which instrument each study design gets, and the studies that have another one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app import words
from app.widgets.card import Card
from app.widgets.flow import FlowLayout
from app.widgets.form import Choice, choice
from app.widgets.parts import button, clear, column, holder, label, row, set_enabled
from app.workspace import Workspace
from assessments.instrument_decisions import DesignUse, design_uses, offered_for
from assessments.instruments_kept import instrument_of
from assessments.language import _, counted
from assessments.review_edits import decide

_MOST_LINKS = 8


class _DesignRow:
    """The controls of one design: its list of instruments and what is said beside it."""

    def __init__(self, name: str, box: Choice) -> None:
        self.name = name
        self.box = box
        self.words = label(name, "", wrap=True)
        self.words.setBuddy(box)
        self.count = label("", "caption", wrap=True)
        self.links = FlowLayout(gap=4)
        self.links_holder = holder(self.links)
        self.offered: object = None
        self.other: object = None


class DesignCard(Card):
    """One line per design. ``said(text, action, function)``; ``study_wanted(study id)``."""

    said = Signal(str, str, object)
    study_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(_("Which instrument for which design"), parent)
        self.workspace = workspace
        self.rows: dict[str, _DesignRow] = {}
        self.add(label(
            _("The design of a study decides which instrument it gets; a study can have another "
              "one of its own. Switching keeps what was answered: it returns when you switch "
              "back."), "caption", wrap=True,
        ))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        self.add(self._grid)
        self.all_designs = button(_("Show all designs"), self.refresh, role="link")
        self.all_designs.setCheckable(True)
        self.undecided = label("", "caption", wrap=True)
        self.add(self.undecided)
        self.add(row(self.all_designs, None))

    def refresh(self) -> None:
        """Read designs, studies and choices again."""
        uses = {one.design: one for one in design_uses(self.workspace.project)}
        shown = [
            one for one in uses
            if uses[one].studies or self.all_designs.isChecked()
        ] or list(uses)[:1]
        if shown != list(self.rows):
            self._make(shown)
        for design, made in self.rows.items():
            self._show(made, uses[design])
        self.all_designs.setText(
            _("Show only designs that occur") if self.all_designs.isChecked()
            else _("Show all designs")
        )
        self.all_designs.setAccessibleName(self.all_designs.text())
        unknown = sum(one.undecided for one in uses.values())
        self.undecided.setText(counted(
            "{n} study has no design yet and is treated as a randomised trial.",
            "{n} studies have no design yet and are treated as randomised trials.", unknown,
        ))
        self.undecided.setVisible(bool(unknown))

    def _make(self, shown: list[str]) -> None:
        clear(self._grid)
        names = dict(words.designs())
        self.rows = {}
        for place, design in enumerate(shown):
            made = _DesignRow(names[design], choice(names[design], ()))
            made.box.activated.connect(lambda _n, one=design: self._choose(one))
            made.box.setMinimumContentsLength(12)
            self._grid.addLayout(column(made.words, made.count, gap=0), 2 * place, 0)
            self._grid.addWidget(made.box, 2 * place, 1)
            self._grid.addWidget(made.links_holder, 2 * place + 1, 0, 1, 2)
            self.rows[design] = made

    def _show(self, made: _DesignRow, use: DesignUse) -> None:
        self._fill(made, use.design)
        made.box.show_value(use.instrument)
        title = made.box.currentText()
        set_enabled(made.box, self.workspace.read_only, title)
        made.box.setAccessibleName(
            _("Instrument for {design}").format(design=made.name)
        )
        made.count.setText(
            counted("{n} study", "{n} studies", use.studies) if use.studies
            else _("none in this review")
        )
        if made.other != use.other:
            made.other = use.other
            clear(made.links)
            self._link(made, use)
        made.links_holder.setVisible(bool(use.other))

    def _fill(self, made: _DesignRow, design: str) -> None:
        offered = offered_for(self.workspace.project, design)
        if offered == made.offered:
            return
        made.offered = offered
        made.box.clear()
        for place, pairs in enumerate(offered):
            if place and pairs:
                made.box.insertSeparator(made.box.count())
            for one, title in pairs:
                made.box.addItem(title, one)

    def _link(self, made: _DesignRow, use: DesignUse) -> None:
        if not use.other:
            return
        made.links.addWidget(label(_("With another instrument:"), "caption"))
        for study, name, instrument in use.other[:_MOST_LINKS]:
            short = instrument_of(self.workspace.project, instrument).short
            text = _("{study}: {instrument}").format(study=name, instrument=short)
            made.links.addWidget(button(
                text, lambda one=study: self.study_wanted.emit(one), role="link",
                tip=_("Show {study} in Studies").format(study=name),
            ))
        more = len(use.other) - _MOST_LINKS
        if more > 0:
            made.links.addWidget(label(counted("and {n} more", "and {n} more", more), "caption"))

    def _choose(self, design: str) -> None:
        box = self.rows[design].box
        before = next(
            one for one in design_uses(self.workspace.project) if one.design == design
        )
        if not box.value or box.value == before.instrument:
            return
        if self.workspace.do(decide, f"instrument/{design}", box.value).ok:
            text = _("{design}: assessed with {instrument} from now on. What was answered before "
                     "is kept.")
            self.said.emit(
                text.format(design=self.rows[design].name, instrument=box.currentText()),
                _("Undo"), self.workspace.undo,
            )
