"""Who may see whose judgements, and from when: one function answers, everything asks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeVar

from assessments.assessment import (
    CONSENSUS,
    SEATS,
    Answer,
    Assessment,
    Judgement,
    Quote,
    Unit,
    find,
    seat_of,
)
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.store.project_file import Project

P = TypeVar("P", Judgement, Answer, Quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An assessment that the viewer may see, with all that is in it."""

    assessment: Assessment
    judgements: tuple[Judgement, ...]
    answers: tuple[Answer, ...]
    quotes: tuple[Quote, ...]

    def judgement(self, domain: str, part: str = "") -> Judgement | None:
        """Return the judgement of that domain and part, if there is one."""
        for one in self.judgements:
            if one.domain == domain and one.part == part:
                return one
        return None

    def level(self, domain: str, part: str = "") -> str | None:
        """Return the chosen level of that domain and part, None while undecided."""
        found = self.judgement(domain, part)
        return found.level if found else None

    def explanation(self, domain: str, part: str = "") -> str:
        """Return what was written about that part, or about the whole domain where it has none."""
        found = (self.judgement(domain, part), self.judgement(domain))
        return next((one.support.strip() for one in found if one and one.support.strip()), "")

    def responses(self, domain: str) -> dict[str, str]:
        """Return question → response of that domain, answered questions only."""
        return {
            one.question: one.response
            for one in self.answers
            if one.domain == domain and one.response is not None
        }


def both_finished(project: Project, unit: Unit) -> bool:
    """Return whether both assessors have finished that unit."""
    found = [find(project, unit, seat) for seat in SEATS]
    return all(one is not None and one.finished for one in found)


def may_see(project: Project, assessment: Assessment) -> bool:
    """Return whether the one who sits here may see that assessment.

    One's own always; the other's, and the consensus, once both have finished the same unit.
    What was taken from a publication is open to everybody.
    """
    if _open_to(assessment, seat_of(project)):
        return True
    unit = Unit(
        instrument=assessment.instrument, kind=assessment.unit_kind, id=assessment.unit
    )
    return both_finished(project, unit)


def _open_to(assessment: Assessment, seat: str | None) -> bool:
    """Return whether that seat may see it whatever the others have done."""
    return bool(assessment.source) or (assessment.seat in SEATS and assessment.seat == seat)


def all_seen(project: Project) -> tuple[Assessment, ...]:
    """Return every assessment that the one who sits here may see, decided as ``may_see`` does."""
    seat, everything = seat_of(project), project.all(Assessment)
    finished = {(one.instrument, one.unit, one.seat) for one in everything if one.finished}
    return tuple(
        one for one in everything
        if _open_to(one, seat)
        or all((one.instrument, one.unit, other) in finished for other in SEATS)
    )


def opened(project: Project, unit: Unit, seat: str) -> Opened | None:
    """Return the assessment of that seat with all that is in it, None if unseen or not begun."""
    found = find(project, unit, seat)
    if found is None or not may_see(project, found):
        return None
    return Opened(
        assessment=found,
        judgements=project.all(Judgement, assessment=found.id),
        answers=project.all(Answer, assessment=found.id),
        quotes=project.all(Quote, assessment=found.id),
    )


def all_opened(project: Project, instrument: str | None = None) -> tuple[Opened, ...]:
    """Return every assessment that the one who sits here may see."""
    where = {} if instrument is None else {"instrument": instrument}
    seen = [one for one in project.all(Assessment, **where) if may_see(project, one)]
    judgements = _by_assessment(project.all(Judgement))
    answers = _by_assessment(project.all(Answer))
    quotes = _by_assessment(project.all(Quote))
    return tuple(
        Opened(
            assessment=one,
            judgements=tuple(judgements.get(one.id, ())),
            answers=tuple(answers.get(one.id, ())),
            quotes=tuple(quotes.get(one.id, ())),
        )
        for one in seen
    )


def _by_assessment(rows: tuple[P, ...]) -> dict[str, list[P]]:
    found: dict[str, list[P]] = {}
    for row in rows:
        found.setdefault(row.assessment, []).append(row)
    return found


def standing(project: Project, unit: Unit) -> dict[str, str]:
    """Return what everybody may know of a unit: seat → 'none', 'open' or 'finished'."""
    states = dict.fromkeys((*SEATS, CONSENSUS), "none")
    for one in project.all(Assessment, instrument=unit.instrument, unit=unit.id):
        states[one.seat] = one.state
    return states


def must_stay_sealed(project: Project, number: int, *, backwards: bool) -> None:
    """Refuse to undo or redo a change of a judgement that both have sealed by finishing."""
    touched = project.connection.execute(
        'SELECT "table", coalesce(before, after) FROM row_change WHERE change_set = ? '
        'AND "table" IN (\'assessment\', \'judgement\', \'answer\', \'quote\', \'frozen_facts\')',
        (number,),
    ).fetchall()
    if touched and any(_sealed(project, table, text) for table, text in touched):
        raise Refused(
            Problem(
                code="sealed",
                sentence=_("This cannot be taken back: you have both finished this assessment."),
                remedy=_("Reopen it with a reason instead."),
            )
        )


def _sealed(project: Project, table: str, text: str) -> bool:
    row = json.loads(text)
    key = row["id"] if table in ("assessment", "frozen_facts") else row["assessment"]
    found = project.one(Assessment, key)
    if found is None or found.seat not in SEATS:
        return False
    unit = Unit(instrument=found.instrument, kind=found.unit_kind, id=found.unit)
    return both_finished(project, unit)
