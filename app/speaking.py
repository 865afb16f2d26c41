"""The three kinds of errors, each spoken in its way.

A ``Problem`` stands beside its field; a ``ProjectFileError`` is one dialog; anything else is a
fault of the program: the work is saved, and there is a report to copy, free of study content.
"""

from __future__ import annotations

import gc
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from assessments.language import _
from assessments.problems import Problem, ProjectFileError, ReviewClosed


def in_one_line(problems: tuple[Problem, ...]) -> str:
    """Return the first problem in words, and how many more there are."""
    if not problems:
        return ""
    more = len(problems) - 1
    first = str(problems[0])
    return first if not more else _("{first} (and {n} more)").format(first=first, n=more)


def show_file_error(error: ProjectFileError, parent: QWidget | None = None) -> None:
    """Show what happened to a file, what it means and what to do."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Tandem"))
    box.setText(error.sentence)
    box.setInformativeText(error.remedy)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return a report of a fault: where in the program, never the words of the review."""
    frames = traceback.extract_tb(trace)
    lines = [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in frames]
    facts = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    # the text of the error may quote what was typed, so only its kind is told
    return "\n".join([f"Tandem: {kind.__name__}", facts, *lines])


def _short(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    return "/".join(parts[-3:])


_showing = False


def show_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell that the program made a mistake; the last resort for everything unforeseen."""
    global _showing
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    if isinstance(error, ReviewClosed):
        return  # what was under way for a window when it was closed
    traceback.print_exception(kind, error, trace, file=sys.stderr)
    # PySide miscounts references on the way of an error out of Qt under Python 3.11: what is there
    # now is never looked at again by the collector, which could come to grief over it
    gc.freeze()
    if isinstance(error, ProjectFileError):
        show_file_error(error)
        return
    if _showing or QApplication.instance() is None:
        return
    _showing = True
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Tandem"))
    box.setText(_("Something in the program went wrong. Your work is saved."))
    box.setInformativeText(
        _("You can go on. The report below names places in the program only, no study content.")
    )
    text = report(kind, error, trace)
    box.setDetailedText(text)
    copy = box.addButton(_("Copy report"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(text)
    _showing = False
