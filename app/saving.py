"""Keeping the review from the window: backup now, a copy elsewhere, the folder of backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.store.backups import folder_of

if TYPE_CHECKING:
    from app.main_window import MainWindow


def commit_typing(focus: QWidget | None = None) -> None:
    """Commit what is being typed in the field with the focus."""
    focus = focus or QApplication.focusWidget()
    holder = focus.parentWidget() if focus is not None else None
    while holder is not None:
        commit = getattr(holder, "commit", None)
        if callable(commit):
            commit()
            return
        holder = holder.parentWidget()


def leave_fields(window: QWidget) -> None:
    """Commit what is being typed and let no field of the window have the focus any longer."""
    commit_typing()
    focus = window.focusWidget()
    if focus is not None:
        focus.clearFocus()


def save(window: MainWindow) -> None:
    """Say that it is saved already, and make a backup."""
    commit_typing()
    if window.workspace.back_up():
        words = window.workspace.saving_in_words()
        window.message.say(_("{saved}. A backup has been made.").format(saved=words))


def save_copy(window: MainWindow) -> None:
    """Ask for a place and write the whole review there."""
    commit_typing()
    here = window.workspace.project.path
    name, _filter = QFileDialog.getSaveFileName(
        window, _("Save a copy"), str(here.with_name(f"{here.stem} copy.tandem")),
        _("Tandem reviews (*.tandem)"),
    )
    if name:
        write_copy(window, Path(name))


def write_copy(window: MainWindow, target: Path) -> None:
    """Write the whole review to that file and say so."""
    try:
        window.workspace.project.save_copy(target)
    except ProjectFileError as error:
        window.message.complain(f"{error.sentence} {error.remedy}".strip())
    else:
        window.message.say(_("Copy saved as {name}").format(name=target.name))


def show_backups(window: MainWindow) -> None:
    """Open the folder with the dated copies."""
    folder = folder_of(window.workspace.project.path)
    if folder.is_dir():
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
    else:
        window.message.say(_("There are no backups yet. The first is made at the next opening."))
