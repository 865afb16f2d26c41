"""Writes everything that a review has to hand over, or one kind of it, into a folder."""

from __future__ import annotations

from pathlib import Path

from assessments.exports import EXPORTS, export
from assessments.store.project_file import Project


def write_review(
    project: Project,
    folder: Path,
    *,
    only: str = "all",
    layout: str = "cochrane_plus",
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write the files and return their paths; ``only`` is a name of ``EXPORTS`` or 'figures'.

    Raises:
        ProjectFileError: another file is there and not to be replaced, or cannot be written.
    """
    written = [
        export(project, one.name, folder, layout=layout, overwrite=overwrite)
        for one in EXPORTS
        if only in (one.name, "all")
    ]
    if only in ("figures", "all"):
        from assessments.exports.figure_files import write_figures

        written += write_figures(project, folder, overwrite=overwrite)
    return tuple(written)
