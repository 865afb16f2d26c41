"""The numbers in the rail: one function per page, asked after the first paint and each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.language import _, counted
from assessments.review import Study
from assessments.store.project_file import Project

if TYPE_CHECKING:
    from assessments.assignments import Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A short number, whether it asks to be dealt with, and what it says in words."""

    text: str = ""
    strong: bool = False
    said: str = ""


def _studies(project: Project, _seat: str | None) -> Badge:
    count = len(project.all(Study))
    said = counted("{n} study", "{n} studies", count)
    return Badge(text=str(count) if count else "", said=said)


def _risk_of_bias(project: Project, seat: str | None) -> Badge:
    from assessments.assignments import risk_of_bias_assignments

    found = risk_of_bias_assignments(project)
    if not found:
        return Badge()
    return _of(_done(found, seat), len(found))


def _done(found: tuple[Assignment, ...], seat: str | None) -> int:
    """Count what the one who sits here has finished, or what is settled anyway."""
    return sum("finished" in (one.consensus, one.state(seat)) for one in found)


def _of(done: int, total: int) -> Badge:
    said = _("{done} of {total} done").format(done=done, total=total)
    return Badge(text=f"{done}/{total}", said=said)


def _analyses(project: Project, _seat: str | None) -> Badge:
    from assessments.review import Outcome

    count = sum(one.evidence in ("pooled", "single") for one in project.all(Outcome))
    return Badge(
        text=str(count) if count else "", said=counted("{n} analysis", "{n} analyses", count)
    )


def _grade(project: Project, seat: str | None) -> Badge:
    from assessments.assignments import rating_assignments

    found = rating_assignments(project)
    if not found:
        return Badge()
    return _of(_done(found, seat), len(found))


def _reconcile(project: Project, _seat: str | None) -> Badge:
    from assessments.assignments import rating_assignments, risk_of_bias_assignments

    everything = (*risk_of_bias_assignments(project), *rating_assignments(project))
    count = sum(one.comparable and one.consensus != "finished" for one in everything)
    return Badge(
        text=str(count) if count else "", strong=bool(count),
        said=counted("{n} to compare", "{n} to compare", count),
    )


BADGES: dict[str, Callable[[Project, str | None], Badge]] = {
    "studies": _studies,
    "risk_of_bias": _risk_of_bias,
    "data_and_pooling": _analyses,
    "grade": _grade,
    "reconcile": _reconcile,
}
