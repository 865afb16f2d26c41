"""A team's own instrument: chosen as a file, checked, complained about in place, or kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from app import icons
from app.widgets.card import Card
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear, column, frame, holder, label, row, set_enabled
from app.workspace import Workspace
from assessments.instrument_complaints import MOST_COMPLAINTS
from assessments.instrument_decisions import (
    template_text,
    text_in_review,
    write_instrument_file,
)
from assessments.instruments_kept import instrument_of, keep_own
from assessments.language import _, counted
from assessments.problems import Problem, Refused


class OwnCard(Card):
    """Add an instrument file. ``said(text, action, function)``; ``added(instrument id)``."""

    said = Signal(str, str, object)
    added = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(_("Own instrument"), parent)
        self.workspace = workspace
        self.setAcceptDrops(True)
        self.add(label(
            _("A team can bring its own instrument as a TOML file. It is checked first: its ids "
              "and conditions, whether every set of answers leads to exactly one judgement, and "
              "that no wording is missing. Then a copy is kept in the review."),
            "caption", wrap=True,
        ))
        self.choose = button(_("Add an own instrument…"), self.ask, icon="plus")
        self.template = button(_("Save the template…"), self.ask_where, icon="document",
                               tip=_("A commented file to start from"))
        actions = FlowLayout(gap=8)
        actions.addWidget(self.choose)
        actions.addWidget(self.template)
        self.add(holder(actions))
        self.complaints: tuple[Problem, ...] = ()
        self._heading = label("", "strong", wrap=True)
        self._advice = label("", "small", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.copy = button(_("Copy the list"), self._copy, role="link")
        self.again = button(_("Check the file again"), self._again, role="link")
        self.close_list = button("", self._hide, role="quiet", icon="close",
                                 tip=_("Close the list of complaints"))
        top = row(self._heading, self.close_list, gap=8)
        top.setStretch(0, 1)
        acts = FlowLayout(gap=8)
        acts.addWidget(self.again)
        acts.addWidget(self.copy)
        self.box = frame(
            "sunken", column(top, self._advice, self._lines, holder(acts), gap=8), 12
        )
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.hide()
        self.add(self.box)
        self._path: Path | None = None

    def refresh(self) -> None:
        """Say whether an instrument can be added."""
        set_enabled(self.choose, self.workspace.read_only,
                    _("Choose a TOML file; it is checked before it is kept"))

    # -- adding ----------------------------------------------------------------------------

    def ask(self) -> None:
        """Let a file be chosen, and add it."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Add an own instrument"), "", _("Instrument files (*.toml);;All files (*)")
        )
        if name:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> bool:
        """Check a file and keep it; return whether it is in the review now."""
        self._path = path
        done = self.workspace.try_to(keep_own, path)
        if not done.ok:
            self._complain(path, done.problems)
            return False
        self._hide()
        title = instrument_of(self.workspace.project, str(done.value)).title
        if done.changes:
            self.said.emit(
                _("“{title}” has no complaints and is kept in the review. Choose it for a design "
                  "or a study.").format(title=title), _("Undo"), self.workspace.undo,
            )
        else:
            self.said.emit(
                _("“{title}” is in the review already, with the same text.").format(title=title),
                "", None,
            )
        self.added.emit(str(done.value))
        return True

    def _complain(self, path: Path, problems: tuple[Problem, ...]) -> None:
        self.complaints = problems
        count = len(problems)
        things = (
            _("{n} things and perhaps more").format(n=count) if count >= MOST_COMPLAINTS
            else counted("{n} thing", "{n} things", count)
        )
        self._heading.setText(
            _("“{file}” was not added: {things} to mend").format(file=path.name, things=things)
        )
        self._advice.setText(
            _("Nothing in the review has changed. Mend the file in a text editor, save it, and "
              "check it again.")
        )
        clear(self._lines)
        for problem in problems:
            sign = label()
            icons.set_icon(sign, "warning", "error", 16)
            text = label(str(problem), "", wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = row(sign, text, gap=8)
            line.setStretch(1, 1)
            line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            self._lines.addLayout(line)
        self.box.setAccessibleName(self._heading.text())
        self.box.setAccessibleDescription("\n".join(str(one) for one in problems))
        self.box.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        if self._path is not None:
            self.add_file(self._path)

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join(str(one) for one in self.complaints))
        self.said.emit(_("The list is on the clipboard."), "", None)

    def _hide(self) -> None:
        had_focus = self.box.isAncestorOf(self.focusWidget() or self) or self.box.hasFocus()
        self.complaints = ()
        self.box.hide()
        if had_focus:
            self.choose.setFocus()

    # -- writing ---------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Let a place be chosen, and write the template there."""
        self._ask_place(_("my-instrument.toml"), template_text())

    def ask_where_for(self, instrument: str) -> None:
        """Let a place be chosen, and write an instrument of the review there."""
        self._ask_place(f"{instrument}.toml", text_in_review(self.workspace.project, instrument))

    def _ask_place(self, name: str, text: str) -> None:
        here = self.workspace.project.path.with_name(name)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save an instrument file"), str(here), _("Instrument files (*.toml)")
        )
        if chosen:
            self.write(text, Path(chosen))

    def write(self, text: str, path: Path) -> None:
        """Write an instrument file and say so, or say why it could not be written."""
        try:
            write_instrument_file(text, path)
        except Refused as refusal:
            self.workspace.refused.emit(refusal.problems)
        else:
            self.said.emit(_("Saved as {name}.").format(name=path.name), "", None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files while something can be changed."""
        if event.mimeData().hasUrls() and not self.workspace.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the file that is dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile() and not self.add_file(Path(url.toLocalFile())):
                break
        event.acceptProposedAction()
