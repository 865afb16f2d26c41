"""Possible duplicates: a line below the list of studies, and the two side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app import words
from app.widgets.flow import FlowLayout
from app.widgets.overlay import Overlay
from app.widgets.parts import button, holder, label, scrolling, set_enabled
from app.workspace import Workspace
from assessments.language import _, counted
from assessments.review import Document, Reference, Result, Study
from assessments.review_edits import change
from assessments.study_duplicates import PossibleDuplicate, not_duplicates, possible_duplicates


class DuplicatesLine(QWidget):
    """The first pair that may be one study, with what can be done; hidden while there is none.

    ``said`` as that of a page; ``wanted(study)`` shows a study of the pair.
    """

    said = Signal(str, str, object)
    wanted = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.pair: PossibleDuplicate | None = None
        self.words = label("", "warn", wrap=True)
        self.compare_button = button(_("Compare"), self.compare)
        self.different = button(_("Not duplicates"), self._different)
        actions = FlowLayout(gap=6)
        actions.addWidget(self.compare_button)
        actions.addWidget(self.different)
        flow = FlowLayout(gap=8)
        flow.addWidget(self.words)
        flow.addWidget(holder(actions))
        flow.setContentsMargins(12, 4, 12, 2)
        self.setLayout(flow)
        self.hide()

    def read(self) -> None:
        """Look for pairs again."""
        found = possible_duplicates(self.workspace.project)
        self.pair = found[0] if found else None
        self.setVisible(self.pair is not None)
        if self.pair is None:
            return
        self.words.setText(_("{count}: {first} / {second} ({why})").format(
            count=counted("{n} possible duplicate", "{n} possible duplicates", len(found)),
            first=self.pair.first.label, second=self.pair.second.label, why=self.pair.why,
        ))
        set_enabled(self.different, self.workspace.read_only)

    def compare(self) -> None:
        """Show both studies side by side."""
        if self.pair is None:
            return
        shown = StudyComparison(self.window(), self.workspace, self.pair)
        shown.different.connect(self._different)
        shown.excluded.connect(self._exclude)
        shown.wanted.connect(self.wanted)
        shown.open()
        shown.take_focus()

    def _different(self) -> None:
        pair = self.pair
        if pair is None:
            return
        if self.workspace.do(not_duplicates, pair.first.id, pair.second.id).ok:
            self.said.emit(_("Kept: {first} and {second} are different studies").format(
                first=pair.first.label, second=pair.second.label
            ), _("Undo"), self.workspace.undo)

    def _exclude(self) -> None:
        pair = self.pair
        if pair is None:
            return
        reason = _("Duplicate of {study}").format(study=pair.first.label)
        done = self.workspace.do(
            change, "study", pair.second.id, status="excluded", exclusion_reason=reason
        )
        if done.ok:
            self.said.emit(_("Excluded {study}").format(study=pair.second.label), _("Undo"),
                           self.workspace.undo)


class StudyComparison(Overlay):
    """Two studies field by field; what differs is marked. Nothing is merged."""

    different = Signal()
    excluded = Signal()
    wanted = Signal(str)

    def __init__(self, window: QWidget, workspace: Workspace, pair: PossibleDuplicate) -> None:
        super().__init__(window, _("Possible duplicates"), 760)
        self.inner.addWidget(label(_("Are these one study?"), "section"))
        self.inner.addWidget(label(
            _("Named because of: {why}. Nothing is merged: decide whether both stay.").format(
                why=pair.why), "small", wrap=True,
        ))
        self.lines = _lines(workspace, pair)
        self.inner.addWidget(scrolling(holder(self._grid(pair))), 1)
        self.inner.addLayout(self._actions(workspace, pair))

    def _grid(self, pair: PossibleDuplicate) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 6, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(self.lines), 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, (name, first, second) in enumerate(self.lines):
            differs = first.casefold() != second.casefold()
            said = f"{name}: {first or _('empty')} – {second or _('empty')}"
            mark = label(name, "small", wrap=True)
            grid.addWidget(mark, place, 0, top)
            for column, text in ((1, first), (2, second)):
                cell = label(text or "–", "strong" if differs else "secondary", wrap=True)
                cell.setAccessibleName(f"{said}, {_('differs') if differs else _('the same')}")
                grid.addWidget(cell, place, column, top)
            grid.addWidget(label("≠" if differs else "=", "caption"), place, 3, top)
        return grid

    def _actions(self, workspace: Workspace, pair: PossibleDuplicate) -> FlowLayout:
        self.not_button = button(_("Not duplicates"), lambda: self._leave(self.different))
        self.exclude_button = button(
            _("Exclude {study} as a duplicate").format(study=pair.second.label),
            lambda: self._leave(self.excluded),
            tip=_("It stays in the list with the reason; its numbers and judgements stay too."),
        )
        for one in (self.not_button, self.exclude_button):
            set_enabled(one, workspace.read_only)
        flow = FlowLayout(gap=8)
        for part in (self.not_button, self.exclude_button, self._show(pair.first),
                     self._show(pair.second), button(_("Close"), self.dismiss)):
            flow.addWidget(part)
        return flow

    def _show(self, study: Study) -> QWidget:
        def go() -> None:
            self.dismiss()
            self.wanted.emit(study.id)

        return button(_("Show {study}").format(study=study.label), go, role="link")

    def _leave(self, signal: object) -> None:
        self.dismiss()
        signal.emit()  # type: ignore[attr-defined]

    def take_focus(self) -> None:
        """Put the focus on the first thing that can be done."""
        first = self.not_button if self.not_button.isEnabled() else self.panel
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines(
    workspace: Workspace, pair: PossibleDuplicate
) -> tuple[tuple[str, str, str], ...]:
    """Return (field, first, second) in words, without the fields that both leave empty."""
    both = [_told(workspace, one) for one in (pair.first, pair.second)]
    return tuple(
        (name, first, second)
        for (name, first), (_same, second) in zip(*both, strict=True) if first or second
    )


def _told(workspace: Workspace, study: Study) -> tuple[tuple[str, str], ...]:
    project = workspace.project
    arms = (study.randomised_1, study.randomised_2)
    return (
        (_("Name"), study.label),
        (_("Year"), str(study.year or "")),
        (_("Design"), dict(words.designs()).get(study.design or "", "")),
        (_("Status"), dict(words.statuses())[study.status]),
        (_("Participants"), study.participants),
        (_("Intervention (arm 1)"), study.intervention),
        (_("Comparator (arm 2)"), study.comparator),
        (_("Randomised"), " / ".join("–" if one is None else str(one) for one in arms)
         if any(one is not None for one in arms) else ""),
        (_("Follow-up"), study.follow_up),
        (_("Funding"), study.funding),
        (_("References"), "\n".join(
            " ".join(part for part in (one.citation, one.doi) if part)
            for one in project.all(Reference, study=study.id))),
        (_("Documents"), "\n".join(one.name for one in project.all(Document, study=study.id))),
        (_("Results"), str(len(project.all(Result, study=study.id)) or "")),
        (_("Notes"), study.note),
    )
