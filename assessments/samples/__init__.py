"""The sample reviews, built afresh from data each time they are asked for.

``SAMPLES`` is the table of contents: name, title, and the module with ``build(project)``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from assessments.language import _
from assessments.store.project_file import Project, create


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


def build(name: str, path: Path) -> Project:
    """Build a sample as a new review file and return it open.

    Raises:
        KeyError: there is no such sample.
        ProjectFileError: the file exists already or cannot be written.
    """
    sample = {one.name: one for one in SAMPLES}[name]
    project = create(path)
    try:
        importlib.import_module(sample.module).build(project)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    project.seat = None
    return project


def open_sample(name: str, folder: Path) -> Path:
    """Build a fresh copy of a sample in a folder, under a name not yet taken; return its path."""
    sample = {one.name: one for one in SAMPLES}[name]
    target = folder / sample.file_name
    number = 2
    while target.exists():
        target = folder / sample.file_name.replace(".tandem", f" {number}.tandem")
        number += 1
    build(name, target).close()
    return target


def about(name: str) -> str:
    """Return the one line about a sample in the current language."""
    return _({one.name: one for one in SAMPLES}[name].about)
