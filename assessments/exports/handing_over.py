"""Everything that can be handed over, as one list: what it is, its files, how each is made.

The page, and whoever writes files one by one with progress, takes the files from here. Nothing is
replaced unless that is asked for, and what goes wrong with a file is said in a sentence.
"""

from __future__ import annotations

import errno
import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from assessments.exports import EXPORTS, Export, draft_mark, write_whole
from assessments.figures.figure import Figure
from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.store.project_file import Project

__all__ = ["Asked", "FileTaken", "Output", "PlannedFile", "draft_mark", "outputs",
           "planned_files", "write_file"]

FIGURES = "figures"
METHODS = "methods"
HISTORY = "history"
ARCHIVE = "archive"
_OPEN_ELSEWHERE = (32, 33)
"""What Windows says of a file that another program holds open."""


class FileTaken(ProjectFileError):
    """Another file has that name, and nobody has said that it may be replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A line of the checklist: name, title, what it is in a sentence."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is wanted: names of outputs, layout of tables, kind of pictures, date in the names.

    ``picture`` turns a figure into a file of the kind ``figure_ending``; without it figures are
    written as SVG. ``dated`` puts that day into the names of the files.
    """

    names: tuple[str, ...]
    layout: str = "cochrane_plus"
    figure_ending: str = "svg"
    picture: Callable[[Figure], bytes] | None = None
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file that is to be written: of which output, its name, and how its content is made."""

    output: str
    title: str
    file_name: str
    make: Callable[[Project], bytes] = field(repr=False)


def outputs() -> tuple[Output, ...]:
    """Return everything that can be handed over, in the order of the checklist."""
    return (
        *(Output(name=one.name, title=title_of(one), about=_(one.about)) for one in EXPORTS),
        Output(name=FIGURES, title=_("Figures"),
               about=_("Forest plots and risk-of-bias plots, one file each")),
        Output(name=METHODS, title=_("Methods text"),
               about=_("How judging and rating were done, for the methods section")),
        Output(name=HISTORY, title=_("History"),
               about=_("Who did what and when, as far as it is open to all, as CSV")),
        Output(name=ARCHIVE, title=_("Copy of the review"),
               about=_("The whole review as one file that Tandem opens")),
    )


def title_of(export: Export) -> str:
    """Return how a kind of file is called in a list."""
    titles = {
        "xlsx": _("Excel workbook"), "html": _("Web page"), "csv": _("Evidence table (CSV)"),
        "docx": _("Word tables"), "json": _("Evidence (JSON)"),
    }
    return titles.get(export.name, export.ending[:1].upper() + export.ending[1:])


def planned_files(project: Project, asked: Asked) -> tuple[PlannedFile, ...]:
    """Return the files that are to be written, with their names."""
    mark = draft_mark(project)
    found = [
        PlannedFile(
            output=one.name, title=title_of(one),
            file_name=_name(project, asked, f"{mark}{one.ending}"),
            make=partial(_content, one.module, asked.layout),
        )
        for one in EXPORTS
        if one.name in asked.names
    ]
    if FIGURES in asked.names:
        found += _figures(project, asked)
    if METHODS in asked.names:
        found.append(PlannedFile(
            output=METHODS, title=_("Methods text"),
            file_name=_name(project, asked, f"{mark}methods.txt"), make=_methods,
        ))
    if HISTORY in asked.names:
        found.append(PlannedFile(
            output=HISTORY, title=_("History"),
            file_name=_name(project, asked, "history.csv"), make=_history,
        ))
    if ARCHIVE in asked.names:
        found.append(PlannedFile(
            output=ARCHIVE, title=_("Copy of the review"),
            file_name=_name(project, asked, "copy.tandem"), make=_archive,
        ))
    return tuple(found)


def _name(project: Project, asked: Asked, ending: str) -> str:
    day = f"{asked.dated.isoformat()} " if asked.dated is not None else ""
    return f"{project.path.stem} - {day}{ending}"


def _content(module: str, layout: str, project: Project) -> bytes:
    made: bytes = importlib.import_module(module).content(project, layout=layout)
    return made


def _figures(project: Project, asked: Asked) -> list[PlannedFile]:
    from assessments.exports.figure_files import figure_file_name, figures
    from assessments.figures.svg import svg

    def make(figure: Figure, _project: Project) -> bytes:
        return asked.picture(figure) if asked.picture is not None else svg(figure).encode()

    ending = asked.figure_ending if asked.picture is not None else "svg"
    return [
        PlannedFile(
            output=FIGURES, title=name[:1].upper() + name[1:],
            file_name=_name(project, asked, f"{figure_file_name(name)}.{ending}"),
            make=partial(make, figure),
        )
        for name, figure in figures(project)
    ]


def _methods(project: Project) -> bytes:
    from assessments.exports.methods_text import methods_text

    return methods_text(project).plain.encode()


def _history(project: Project) -> bytes:
    from assessments.exports.history_csv import content

    return content(project)


def _archive(project: Project) -> bytes:
    return project.path.read_bytes()


def write_file(
    planned: PlannedFile, project: Project, target: Path, *, overwrite: bool = False
) -> Path:
    """Make a file and put it in its place in one step.

    Raises:
        FileTaken: another file has that name and is not to be replaced.
        ProjectFileError: it cannot be written.
    """
    content = planned.make(project)
    try:
        write_whole(target, content, overwrite=overwrite)
    except ProjectFileError as error:
        if isinstance(error.__cause__, OSError):
            raise _in_words(error, error.__cause__, target) from error.__cause__
        raise FileTaken(error.sentence, error.remedy) from None
    return target


def _in_words(error: ProjectFileError, cause: OSError, target: Path) -> ProjectFileError:
    """Say what kept a file from being written; the review itself is never touched by it."""
    if cause.errno == errno.ENOSPC:
        return ProjectFileError(
            _("The disk is full: “{name}” was not written.").format(name=target.name),
            _("Make room or choose another folder, then try again. The review is not affected."),
        )
    busy = getattr(cause, "winerror", None) in _OPEN_ELSEWHERE or cause.errno == errno.ETXTBSY
    replacing = isinstance(cause, PermissionError) and target.is_file()
    if busy or (replacing and os.access(target.parent, os.W_OK)):
        return ProjectFileError(
            _("“{name}” is open in another program and was not replaced.").format(
                name=target.name
            ),
            _("Close it there, then try again."),
        )
    if isinstance(cause, PermissionError) or cause.errno == errno.EROFS:
        return ProjectFileError(
            _("Nothing can be written into the folder “{folder}”.").format(
                folder=target.parent.name or str(target.parent)
            ),
            _("Choose another folder, or ask for the right to write there."),
        )
    return error
