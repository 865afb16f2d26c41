"""The sample reviews, built afresh from data each time they are asked for.

``SAMPLES`` is the table of contents: name, title, and the module with ``build(project)``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from assessments.edits import edit
from assessments.language import _
from assessments.store.project_file import Project, create

BUILDER = "sample"
"""Who the one step that fills a sample belongs to: no person, so that nobody takes it back."""


class SampleError(Exception):
    """The data of a sample do not fit the program; a fault in the sample itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample review: short name, file name, one line about it, module that builds it."""

    name: str
    file_name: str
    about: str
    module: str


SAMPLES: tuple[Sample, ...] = (
    Sample(
        name="invented",
        file_name="Invented example - stage fright.tandem",
        about="An invented review, complete: 9 studies, two assessors, disagreements.",
        module="assessments.samples.invented",
    ),
    Sample(
        name="founding",
        file_name="CD010618 - peer support.tandem",
        about="A published review: 22 trials, RoB 1, eight published pooled estimates.",
        module="assessments.samples.founding",
    ),
    Sample(
        name="founding-rated",
        file_name="CD010618 - with a worked rating of ours.tandem",
        about="The same, with a worked example of GRADE ratings that is ours, not the authors'.",
        module="assessments.samples.founding_rated",
    ),
)


@edit("build_sample")
def _fill(project: Project, name: str) -> None:
    """Fill an empty file in one step, which is the builder's and so is never undone."""
    importlib.import_module(_sample(name).module).build(project)


def build(name: str, path: Path) -> Project:
    """Build a sample as a new review file and return it open.

    Raises:
        KeyError: there is no such sample.
        ProjectFileError: the file exists already or cannot be written.
    """
    project = create(path)
    project.seat = BUILDER
    try:
        done = _fill(project, _sample(name).name)
        if not done.ok:
            raise SampleError(" ".join(str(problem) for problem in done.problems))
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    project.seat = None
    return project


def _sample(name: str) -> Sample:
    return {one.name: one for one in SAMPLES}[name]


def open_sample(name: str, folder: Path) -> Path:
    """Build a fresh copy of a sample in a folder, under a name not yet taken; return its path."""
    sample = _sample(name)
    target = folder / sample.file_name
    number = 2
    while target.exists():
        target = folder / sample.file_name.replace(".tandem", f" {number}.tandem")
        number += 1
    build(name, target).close()
    return target


def about(name: str) -> str:
    """Return the one line about a sample in the current language."""
    return _(_sample(name).about)
