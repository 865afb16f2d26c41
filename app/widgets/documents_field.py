"""Documents of a study: PDFs attached by button or drop, as copies or links."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from app import icons
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear, frame, holder, label, row, set_enabled
from app.workspace import Workspace
from assessments.documents import attach_document, found_again, located, relink_document
from assessments.language import _
from assessments.review import Document
from assessments.review_edits import remove


class DocumentsField(QWidget):
    """The PDFs of one study. ``opened(document)`` when one is to be shown."""

    opened = Signal(str)

    def __init__(
        self, workspace: Workspace, *, may_open: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.study = ""
        self._may_open = may_open
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Documents of the study"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.none = label(_("No PDF yet. Drop one here, or attach it."), "caption", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.attach_button = button(_("Attach PDF…"), self.ask, icon="plus")
        self.copy = QCheckBox(_("Copy it beside the review"))
        self.copy.setAccessibleName(self.copy.text())
        self.copy.setChecked(True)
        actions = FlowLayout(gap=10)
        actions.addWidget(self.attach_button)
        actions.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._rows)
        for part in (self.none, holder(actions), self.problem):
            column.addWidget(part)

    def show_study(self, study: str) -> None:
        """Show the documents of a study."""
        self.study = study
        clear(self._rows)
        found = self.workspace.project.all(Document, study=study) if study else ()
        for document in found:
            self._rows.addWidget(self._row(document))
        self.none.setVisible(not found)
        why = self.workspace.read_only or (None if study else _("Choose a study first."))
        set_enabled(self.attach_button, why)
        set_enabled(self.copy, why, _(
            "Copied files go with the review’s folder. Without a copy only the place is kept."
        ))

    def _row(self, document: Document) -> QWidget:
        here = located(self.workspace.project, document)
        sign = label()
        icons.set_icon(sign, "document" if here else "warning", "text-2" if here else "warn", 16)
        state = (_("copied") if document.copied else _("linked")) if here else _("moved")
        name = label(document.name, "", wrap=True)
        name.setToolTip(str(here or document.path))
        parts = row(sign, name, label(state, "caption" if here else "warn"), gap=8)
        parts.setStretch(1, 1)
        if here and self._may_open:
            parts.addWidget(
                button(_("Open"), lambda: self.opened.emit(document.id), role="link",
                       tip=_("Show {name}").format(name=document.name))
            )
        if not here:
            parts.addWidget(button(_("Search"), lambda: self.search(document), role="link",
                                   tip=_("Search the folders nearby by checksum")))
            parts.addWidget(button(_("Choose…"), lambda: self.choose_again(document), role="link",
                                   tip=_("Say where the file is now")))
        if not self.workspace.read_only:
            parts.addWidget(
                button("", lambda: self._remove(document), role="quiet", icon="close",
                       tip=_("Detach {name}; the file stays").format(name=document.name))
            )
        made = frame("quote", parts, 4)
        made.setAccessibleName(f"{document.name}, {state}")
        return made

    # -- acting ----------------------------------------------------------------------------

    def ask(self) -> None:
        """Let files be chosen and attach them."""
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Attach PDFs"), "", _("PDF documents (*.pdf)")
        )
        for name in names:
            self.attach(Path(name))

    def attach(self, path: Path) -> bool:
        """Attach one file; return whether it is attached now."""
        done = self.workspace.try_to(
            attach_document, self.study, path, copy=self.copy.isChecked()
        )
        self._complain(" ".join(str(one) for one in done.problems))
        if done.ok:
            self.show_study(self.study)
        return done.ok

    def search(self, document: Document) -> None:
        """Search a moved file by its checksum."""
        path = found_again(self.workspace.project, document)
        if path is None:
            self._complain(
                _("“{name}” was not found nearby. Choose it where it is now.").format(
                    name=document.name
                )
            )
            return
        self._relink(document, path)

    def choose_again(self, document: Document) -> None:
        """Let a moved file be chosen."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Where is {name}?").format(name=document.name), "",
            _("PDF documents (*.pdf)"),
        )
        if name:
            self._relink(document, Path(name))

    def _relink(self, document: Document, path: Path) -> None:
        done = self.workspace.try_to(relink_document, document.id, path)
        self._complain(" ".join(str(one) for one in done.problems))
        self.show_study(self.study)

    def _remove(self, document: Document) -> None:
        self.workspace.do(remove, "document", document.id)
        self.show_study(self.study)

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls() and self.study and not self.workspace.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.attach(Path(url.toLocalFile()))
        event.acceptProposedAction()
