"""Reads the files of ``resources/grade``: cut-offs with sources, frameworks, standard sentences.

A review keeps its own copy of what it used; these are the defaults for a new one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assessments.language import _
from assessments.problems import ProjectFileError
from gradecore.grade.plain_language import StatementTemplates, templates_from
from gradecore.grade.settings import Cutoffs, Settings, cutoffs_from
from gradecore.input_errors import InputError

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "grade"
DEFAULT = "core-grade-2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutoffSource:
    """Where a cut-off comes from: value, source, trust tag, and what it is, in words."""

    name: str
    value: float
    source: str
    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A way to choose what is rated: id, name, types of threshold, claim, source, tag."""

    id: str
    name: str
    thresholds: tuple[str, ...]
    claim: str
    source: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDefaults:
    """A whole file of defaults; ``choices`` are the settings of a project by name."""

    id: str
    version: str
    title: str
    framework: str
    attribution: str
    choices: Mapping[str, str]
    sources: tuple[CutoffSource, ...]
    frameworks: tuple[Framework, ...]

    @property
    def cutoffs(self) -> Cutoffs:
        """The cut-offs as prompts take them."""
        return cutoffs_from({one.name: one.value for one in self.sources})

    def source_of(self, name: str) -> CutoffSource:
        """Return where a cut-off comes from; KeyError if there is none of that name."""
        return {one.name: one for one in self.sources}[name]


@cache
def grade_defaults(name: str = DEFAULT) -> GradeDefaults:
    """Return the defaults of that file, read once.

    Raises:
        ProjectFileError: the file is missing or says something impossible.
    """
    return read_defaults(FOLDER / f"{name}.toml")


@cache
def statement_templates(language: str = "en") -> StatementTemplates:
    """Return the standard sentences of a language, English where it has none.

    Raises:
        ProjectFileError: the file says something impossible.
    """
    path = FOLDER / f"statements.{language}.toml"
    return read_templates(path if path.exists() else FOLDER / "statements.en.toml")


def default_settings(changed: Mapping[str, float] | None = None) -> Settings:
    """Return the settings of prompts with the defaults, and the cut-offs that a team changed.

    Raises:
        InputError: a changed cut-off does not exist or is no number above 0.
    """
    defaults = grade_defaults()
    numbers = {one.name: one.value for one in defaults.sources}
    wanted = dict(changed or {})
    return Settings(
        cutoffs=cutoffs_from(numbers | wanted),
        some_concerns_as=defaults.choices["some_concerns_as"],
        single_study_rule=defaults.choices["single_study_rule"],
        reasons_to_rate_up=defaults.choices["reasons_to_rate_up"],
        edited=tuple(name for name, value in wanted.items() if value != numbers.get(name)),
        templates=statement_templates(),
    )


def read_defaults(path: Path) -> GradeDefaults:
    """Return the defaults of a file; ProjectFileError says what is wrong with it."""
    table = _table(path)
    try:
        defaults = GradeDefaults(
            id=table["id"],
            version=table["version"],
            title=table["title"],
            framework=table["framework"],
            attribution=" ".join(table["attribution"].split()),
            choices=table["settings"],
            sources=tuple(
                CutoffSource(name=name, **entry) for name, entry in table["cutoffs"].items()
            ),
            frameworks=tuple(
                Framework(**{**one, "thresholds": tuple(one["thresholds"])})
                for one in table["framework_choice"]
            ),
        )
        cutoffs_from({one.name: one.value for one in defaults.sources})
    except (KeyError, TypeError) as error:
        raise _unreadable(path, str(error)) from None
    except InputError as error:
        raise _unreadable(path, error.sentence) from None
    return defaults


def read_templates(path: Path) -> StatementTemplates:
    """Return the sentences of a file; ProjectFileError says what is wrong with it."""
    try:
        return templates_from(_table(path))
    except InputError as error:
        raise _unreadable(path, error.sentence) from None


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, str(error)) from None


def _unreadable(path: Path, why: str) -> ProjectFileError:
    return ProjectFileError(
        _("The file {name} cannot be used: {why}").format(name=path.name, why=why),
        _("Put back the file that came with the program."),
    )
