"""A copy of a review from which files are made while the review itself is worked on."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.store.project_file import Project, open_project


class WorkingCopy:
    """The state of a review at one moment, in a private folder, to be opened by any thread."""

    def __init__(self, project: Project) -> None:
        """Write the copy.

        Raises:
            ProjectFileError: there is no room for it.
        """
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="tandem-export-"))
        except OSError as error:
            raise ProjectFileError(
                _("There is no room for a working copy of the review."),
                _("Make room on the disk, then try again."),
            ) from error
        self.path = self._folder / project.path.name
        self._seat = project.seat
        try:
            project.save_copy(self.path)
        except ProjectFileError:
            self.remove()
            raise

    @contextlib.contextmanager
    def opened(self) -> Iterator[Project]:
        """Open the copy, with the same person sitting there, and remove it afterwards."""
        try:
            with open_project(self.path, name="export") as project:
                project.seat = self._seat
                yield project
        finally:
            self.remove()

    def remove(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self._folder, ignore_errors=True)
