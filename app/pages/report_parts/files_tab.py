"""Files: what to hand over, where to, and what became of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QSizePolicy, QWidget

from app import settings
from app.pages.report_parts.checklist import Checklist
from app.pages.report_parts.export_run import ExportRun, Outcome, painter_of
from app.pages.report_parts.halves import Halves
from app.pages.report_parts.preview import Preview
from app.pages.report_parts.result_list import ResultList
from app.widgets.card import Card
from app.widgets.elided_label import ElidedLabel
from app.widgets.flow import FlowLayout
from app.widgets.form import choice
from app.widgets.parts import (
    button,
    column,
    frame,
    holder,
    label,
    row,
    scrolling,
    set_enabled,
)
from app.workspace import Workspace
from assessments.exports.handing_over import FIGURES, Asked, outputs
from assessments.language import _, counted
from assessments.problems import ProjectFileError
from assessments.summary_of_findings import LAYOUTS, build


class FilesTab(QWidget):
    """Checklist, folder, Export. ``said(text)`` and ``complained(text)`` go to the page."""

    said = Signal(str)
    complained = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.run = ExportRun(self)
        self.run.progress.connect(self._progress)
        self.run.ended.connect(self._ended)
        self.run.broken.connect(self._broken)
        self.list = Checklist(outputs())
        self.list.changed.connect(self._changed)
        self.list.pointed.connect(lambda _name: self._show_preview())
        self.preview = Preview()
        self.results = ResultList()
        self.results.again.connect(self._again)
        self.results.opened.connect(self.open_folder)
        self._build_choices()
        self._build_folder()
        self._asked: Asked | None = None
        content = Halves(self._left(), self._right())
        self.setLayout(column(scrolling(content), gap=0))

    def _build_choices(self) -> None:
        self.layouts = choice(_("Layout of tables"), (
            (LAYOUTS[0], _("With difference and what happens")), (LAYOUTS[1], _("Cochrane")),
        ))
        self.layouts.show_value(str(settings.read("summary_of_findings/layout", LAYOUTS[0])))
        self.layouts.activated.connect(lambda _n: self._keep("summary_of_findings/layout",
                                                             self.layouts.value))
        self.pictures = choice(_("Figures as"), (
            ("svg", _("SVG, sharp at every size")), ("png", _("PNG, 300 dots per inch")),
            ("pdf", _("PDF, for print")),
        ))
        self.pictures.show_value(str(settings.read("export/pictures", "svg")))
        self.pictures.activated.connect(lambda _n: self._keep("export/pictures",
                                                              self.pictures.value))
        self.dated = QCheckBox(_("Date in the names of the files"))
        self.dated.setChecked(str(settings.read("export/dated", "1")) == "1")
        self.dated.clicked.connect(lambda on: self._keep("export/dated", str(int(on))))
        self.opening = QCheckBox(_("Open the folder afterwards"))
        self.opening.setChecked(str(settings.read("export/open", "1")) == "1")
        self.opening.clicked.connect(lambda on: self._keep("export/open", str(int(on))))

    def _build_folder(self) -> None:
        self.place = ElidedLabel()
        self.place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choosing = button(_("Choose…"), self._choose, icon="folder",
                               tip=_("Choose the folder"))
        self.go = button(_("Export"), self.start, role="primary",
                         tip=_("Write the ticked files (Ctrl E)"))
        self.stop = button(_("Cancel"), self._cancel, tip=_("Stop after the file being written"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of the export"))
        self.count = label("", "small")
        self.running = holder(row(self.bar, self.count, self.stop, gap=10))
        self.running.layout().setStretch(0, 1)
        self.running.hide()

    def _left(self) -> QWidget:
        self.draft_words = label("", wrap=True)
        self.draft = frame("notice", row(self.draft_words), 10)
        what = Card(_("What to hand over"))
        what.add(self.list)
        return holder(column(self.draft, what, None, gap=12))

    def _right(self) -> QWidget:
        options = FlowLayout(gap=12, fill=True)
        for words, box in ((_("Layout of tables"), self.layouts), (_("Figures as"), self.pictures)):
            options.addWidget(holder(column(label(words, "small"), box, gap=4)))
        where = Card(_("Where to"))
        place = row(self.place, self.choosing, gap=10)
        place.setStretch(0, 1)
        for part in (place, holder(options), self.dated, self.opening, self.running,
                     row(None, self.go)):
            where.add(part)
        return holder(column(where, self.results, self.preview, None, gap=12))

    # -- showing ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what would be handed over now."""
        tables = build(self.workspace.project)
        missing = [text for one in tables for text in one.missing]
        if missing:
            words = "; ".join(one.rstrip(".") for one in missing[:3])
            if len(missing) > 3:
                words += "; " + counted("and {n} more", "and {n} more", len(missing) - 3)
            self.draft_words.setText(_(
                "Not final: {what}. Files carry the word DRAFT in name and title."
            ).format(what=words))
        self.draft.setVisible(bool(missing))
        self.layouts.show_value(str(settings.read("summary_of_findings/layout", LAYOUTS[0])))
        self._show_folder()
        self._changed()
        self._show_preview()

    @property
    def folder(self) -> Path:
        """Where the files go: the folder of last time, else beside the review."""
        kept = Path(str(settings.read("export/folder", "")) or ".")
        chosen = kept.is_absolute() and kept.is_dir()
        return kept if chosen else self.workspace.project.path.resolve().parent

    def _show_folder(self) -> None:
        self.place.setText(str(self.folder))
        self.place.setAccessibleName(_("Folder: {folder}").format(folder=self.folder))
        self.place.setToolTip(str(self.folder))

    def _keep(self, name: str, value: str | None) -> None:
        settings.write(name, value or "")
        self._show_preview()

    def asked(self, names: tuple[str, ...] | None = None) -> Asked:
        """Return what is ticked and chosen."""
        ending = self.pictures.value or "svg"
        return Asked(
            names=self.list.names if names is None else names,
            layout=self.layouts.value or LAYOUTS[0],
            figure_ending=ending,
            picture=painter_of(ending),
            dated=date.today() if self.dated.isChecked() else None,
        )

    def _changed(self) -> None:
        names = self.list.names
        self.go.setText(counted("Export {n} item", "Export {n} items", len(names)))
        self.go.setAccessibleName(self.go.text())
        set_enabled(self.go, self.why_not(), _("Ctrl E"))
        self.pictures.setEnabled(FIGURES in names)

    def why_not(self) -> str | None:
        """Return why nothing can be exported now, None if it can."""
        if self.run.running:
            return _("An export is running.")
        return None if self.list.names else _("Tick at least one thing to hand over.")

    def _show_preview(self) -> None:
        name = self.list.current
        self.preview.show_output(
            self.workspace.project, self.list.outputs[name], self.asked((name,))
        )

    # -- running ---------------------------------------------------------------------------

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Choose the folder"), str(self.folder))
        if found:
            settings.write("export/folder", found)
            self._show_folder()

    def start(self) -> None:
        """Write the ticked files beside the window."""
        if self.why_not() is None:
            self._start(self.asked())

    def _start(self, asked: Asked, taken: str = "", only: frozenset[str] = frozenset()) -> None:
        self._asked = asked
        try:
            self.run.start(self.workspace.project, asked, self.folder, taken=taken, only=only)
        except ProjectFileError as error:
            self._broken(error)
            return
        self._progress(0, 0)
        self.running.show()
        if self.go.hasFocus():
            self.stop.setFocus()
        self.results.hide()
        self._changed()

    def _again(self, how: str) -> None:
        taken = [one.path.name for one in self.results.files if one.state == "taken"]
        if self._asked is not None and taken:
            self._start(self._asked, how, frozenset(taken))

    def _cancel(self) -> None:
        self.run.cancel()
        self.count.setText(_("Stopping…"))

    def _progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        words = _("File {n} of {all}").format(n=min(done + 1, of), all=of) if of else ""
        self.count.setText(words or _("Preparing…"))

    def _stand_still(self) -> None:
        """Offer the next export; the focus goes back to where this one was begun."""
        here = self.stop.hasFocus()
        self._changed()
        if here:
            self.go.setFocus()
        self.running.hide()

    def _ended(self, outcome: Outcome) -> None:
        self._stand_still()
        self.results.show_outcome(outcome)
        written = sum(one.state == "written" for one in outcome.files)
        failed = [one for one in outcome.files if one.state == "failed"]
        if failed:
            self.complained.emit(failed[0].sentence)
        elif written:
            self.said.emit(counted("{n} file written", "{n} files written", written))
        whole = written and written == len(outcome.files) and not outcome.stopped
        if whole and self.opening.isChecked():
            self.open_folder()

    def _broken(self, error: ProjectFileError) -> None:
        self._stand_still()
        self.results.show_error(str(error))
        self.complained.emit(str(error))

    def open_folder(self) -> None:
        """Open the folder in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))
