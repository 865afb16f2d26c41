"""One instrument of the review: what it is, how far it can be trusted, what the team decided."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.pages.instrument_parts.decisions import Decisions
from app.pages.instrument_parts.words import (
    copy_in_words,
    trust_explained,
    trust_in_words,
    unit_in_words,
    unsure_parts,
    use_in_words,
)
from app.widgets.card import Card
from app.widgets.chip import Chip
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, column, frame, holder, label, line, row, set_enabled
from app.workspace import Workspace
from assessments.instrument import Instrument
from assessments.instrument_decisions import InstrumentUse, remove_own
from assessments.language import _


class InstrumentCard(Card):
    """The card of an instrument. ``said(text, action, function)``; ``file_wanted(id)``."""

    said = Signal(str, str, object)
    file_wanted = Signal(str)

    def __init__(
        self, workspace: Workspace, instrument: Instrument, parent: QWidget | None = None
    ) -> None:
        super().__init__(instrument.short, parent)
        self.workspace, self.instrument = workspace, instrument
        self.setAccessibleName(instrument.title)
        self.head.insertWidget(1, label(
            _("Version {version}").format(version=instrument.version), "caption"
        ))
        self.save = button(
            _("Save as file…"), lambda: self.file_wanted.emit(instrument.id), role="link",
            tip=_("Save {instrument} as a file, to start an own instrument from it").format(
                instrument=instrument.short
            ),
        )
        self.save.setAccessibleName(self.save.toolTip())
        self.remove = button("", self._remove, role="quiet", icon="trash",
                             tip=_("Remove {name}").format(name=instrument.short))
        self.add_action(self.save)
        self.add_action(self.remove)
        if instrument.title != instrument.short:
            self.add(label(instrument.title, "secondary", wrap=True))
        self.use = label("", "", wrap=True)
        self.copy = label("", "caption", wrap=True)
        self.add(self._chips())
        self.add(column(self.use, self.copy, gap=2))
        self._show_absent()
        self.decisions = Decisions(workspace, instrument)
        self.add(self.decisions)
        self.add(line())
        self.add(self._about())

    def _chips(self) -> QWidget:
        flow = FlowLayout(gap=6)
        unit = Chip(unit_in_words(self.instrument.unit))
        unit.setToolTip(" ".join(self.instrument.unit_note.split()))
        words, tone = trust_in_words(self.instrument)
        self.trust = Chip(words, tone)
        self.trust.setToolTip(trust_explained(self.instrument))
        flow.addWidget(unit)
        flow.addWidget(self.trust)
        loose = [one.id for one in self.instrument.domains if one.provisional]
        if loose:
            flow.addWidget(Chip(
                _("Provisional: {domains}").format(domains=", ".join(loose)), "warn"
            ))
        return holder(flow)

    def _show_absent(self) -> None:
        if not self.instrument.absent:
            return
        parts = [label(_("Not known, so not in this form"), "strong", wrap=True)]
        parts += [label(one, "small", wrap=True) for one in self.instrument.absent]
        self.add(frame("notice", column(*parts, gap=4), 10))

    def _about(self) -> QVBoxLayout:
        """Return attribution, DOI and licence, and the notes behind a button."""
        one = self.instrument
        lines = [one.attribution, f"doi.org/{one.doi}" if one.doi else "", one.licence]
        lower = column(*(_selectable(text) for text in lines if text), gap=3)
        unsure = unsure_parts(one)
        notes = (*unsure, *one.notes)
        self.notes = holder(column(*(_selectable(text) for text in notes), gap=4))
        self.notes.hide()
        words = _("Notes on rules and use ({n})").format(n=len(notes))
        self.more = button(words, self._toggle, role="link")
        self.more.setCheckable(True)
        if not notes:
            self.more.hide()
        lower.addLayout(row(self.more, None))
        lower.addWidget(self.notes)
        return lower

    def _toggle(self) -> None:
        self.notes.setVisible(self.more.isChecked())

    def show_use(self, use: InstrumentUse) -> None:
        """Show where the instrument is used and what is decided for it."""
        self.use.setText(use_in_words(use))
        self.copy.setText(copy_in_words(use))
        self.remove.setVisible(use.own)
        busy = None
        if use.assessments:
            busy = _("Assessments were made with it, so it stays.")
        elif use.studies or use.designs:
            busy = _("It is chosen for a design or a study. Choose another one there first.")
        set_enabled(self.remove, self.workspace.read_only or busy, self.remove.accessibleName())
        self.decisions.refresh()

    def take_focus(self) -> None:
        """Put the focus on the first control."""
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        if self.workspace.do(remove_own, self.instrument.id).ok:
            text = _("Removed {name}").format(name=self.instrument.title)
            self.said.emit(text, _("Undo"), self.workspace.undo)


def _selectable(text: str) -> QLabel:
    made = label(" ".join(text.split()), "caption", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
