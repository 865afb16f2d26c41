"""What is handed over: tables for a journal, files for other programs.

``EXPORTS`` is the table of contents: name, file name, what it is, and the module with
``content(project, layout=…) -> bytes``. Files are written whole or not at all, and what exists
is replaced only when asked.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from pathlib import Path

from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.store.project_file import Project, speaking_plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One kind of file: short name, words behind the review's name, what it is, its module."""

    name: str
    ending: str
    about: str
    module: str


EXPORTS: tuple[Export, ...] = (
    Export(
        name="xlsx",
        ending="summary of findings.xlsx",
        about="Workbook: tables, all judgements, risk of bias, data",
        module="assessments.exports.summary_of_findings_xlsx",
    ),
    Export(
        name="html",
        ending="summary of findings.html",
        about="The tables as one web page, for a browser or to paste into Word",
        module="assessments.exports.summary_of_findings_html",
    ),
    Export(
        name="csv",
        ending="evidence table.csv",
        about="The numbers behind the tables, for other programs",
        module="assessments.exports.evidence_csv",
    ),
)


def export(
    project: Project,
    name: str,
    folder: Path,
    *,
    layout: str = "cochrane_plus",
    overwrite: bool = False,
) -> Path:
    """Write one kind of file into a folder and return its path; drafts say so in their name.

    Raises:
        KeyError: there is no such kind of file.
        ProjectFileError: the file exists and is not to be replaced, or cannot be written.
    """
    chosen = {one.name: one for one in EXPORTS}[name]
    module = importlib.import_module(chosen.module)
    target = folder / f"{project.path.stem} - {draft_mark(project)}{chosen.ending}"
    write_whole(target, module.content(project, layout=layout), overwrite=overwrite)
    return target


def draft_mark(project: Project) -> str:
    """Return the word that file names of a review carry while it is not final, else ''."""
    from assessments.summary_of_findings import build

    return "DRAFT " if any(table.draft for table in build(project)) else ""


def write_whole(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Put a file in its place in one step, so that nobody ever meets half of one.

    A file that holds exactly this already is left as it is.

    Raises:
        ProjectFileError: another file exists and is not to be replaced, or cannot be written.
    """
    with speaking_plainly(target):
        there = target.exists()
        if there and target.is_file() and target.read_bytes() == content:
            return
    if there and not overwrite:
        raise ProjectFileError(
            _("There is already a file “{name}”.").format(name=target.name),
            _("Choose another folder, or allow files to be replaced."),
        )
    with speaking_plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.part")
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
