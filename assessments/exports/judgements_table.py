"""Every judgement as a row: unit by domain by assessor, risk of bias and certainty alike.

Of A and B only what both have finished is told, whoever makes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.assessment import CONSENSUS, SEATS, Judgement, Unit
from assessments.assignments import Assignment, rating_assignments, risk_of_bias_assignments
from assessments.exports.seats import seat_name
from assessments.imprecision_by_baseline import part_words
from assessments.instrument import OVERALL, Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.reconciliation import Settlement
from assessments.review import OutcomeGroup, Study
from assessments.sealing import Opened, both_finished, opened
from assessments.store.project_file import Project

COLUMNS: tuple[tuple[str, float, bool], ...] = (
    ("instrument", 14, False), ("unit_kind", 10, False), ("unit", 40, False), ("study", 22, True),
    ("outcome", 26, True), ("domain", 12, False), ("domain_title", 34, True), ("part", 16, True),
    ("assessor", 13, False), ("level", 14, False), ("level_label", 16, False),
    ("points", 8, False), ("support", 60, True), ("proposed", 14, False), ("rule", 10, False),
    ("reason_for_other_level", 40, True), ("direction", 14, False), ("finished_on", 12, False),
    ("how_settled", 16, False), ("level_a", 14, False), ("level_b", 14, False),
    ("reason_of_settlement", 40, True), ("kind_of_difference", 18, False), ("present", 14, False),
    ("source", 40, False),
)
"""Name, width in characters and wrapping of each column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """One judgement; the fields carry the names of ``COLUMNS``."""

    instrument: str
    unit_kind: str
    unit: str
    study: str
    outcome: str
    domain: str
    domain_title: str
    part: str
    assessor: str
    level: str
    level_label: str
    points: int | None
    support: str
    proposed: str
    rule: str
    reason_for_other_level: str
    direction: str
    finished_on: str
    how_settled: str
    level_a: str
    level_b: str
    reason_of_settlement: str
    kind_of_difference: str
    present: str
    source: str


def judgement_rows(project: Project) -> tuple[JudgementRow, ...]:
    """Return all judgements that are open to all, in the order of studies, domains, assessors."""
    names = _Names(project)
    found: list[JudgementRow] = []
    for assignment in (*risk_of_bias_assignments(project), *rating_assignments(project)):
        found += _of_unit(project, assignment, names)
    return tuple(found)


def sealed_units(project: Project) -> int:
    """Return how many units have judgements that are not open to all yet."""
    return sum(
        (one.a, one.b) != ("none", "none") and not one.comparable
        for one in (*risk_of_bias_assignments(project), *rating_assignments(project))
    )


class _Names:
    """The names of studies and of the parts of domains."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.studies = {one.id: one.label for one in project.all(Study)}
        self._groups = {one.id: one.label for one in project.all(OutcomeGroup)}

    def part(self, unit: Unit, part: str) -> str:
        """Return the outcome group, entry or baseline risk that a part of a domain is about."""
        return self._groups.get(part) or part_words(self._project, unit.id, part)


def _of_unit(project: Project, assignment: Assignment, names: _Names) -> Iterator[JudgementRow]:
    unit = assignment.unit
    instrument = instrument_of(project, unit.instrument)
    sides = _open_sides(project, unit)
    settlements: dict[tuple[str, str], Settlement] = {}
    for side in sides:
        if side.assessment.seat == CONSENSUS:
            settlements = {
                (one.domain, one.part): one
                for one in project.all(Settlement, assessment=side.assessment.id)
            }
    order = {one.id: place for place, one in enumerate(instrument.domains)}
    order[OVERALL] = len(order)
    keys = {(one.domain, one.part) for side in sides for one in side.judgements if one.level}
    for domain, part in sorted(keys, key=lambda key: (order.get(key[0], len(order)), key[1])):
        for side in sides:
            judgement = side.judgement(domain, part)
            if judgement is not None and judgement.level is not None:
                settlement = None
                if side.assessment.seat == CONSENSUS:
                    settlement = settlements.get((domain, part))
                yield _row(
                    assignment, instrument, side, judgement, settlement=settlement, names=names
                )


def _open_sides(project: Project, unit: Unit) -> tuple[Opened, ...]:
    """Return A's and B's once both have finished, and the final consensus."""
    seats = SEATS if both_finished(project, unit) else ()
    found = [opened(project, unit, seat) for seat in (*seats, CONSENSUS)]
    return tuple(
        one
        for one in found
        if one is not None and (one.assessment.seat != CONSENSUS or one.assessment.finished)
    )


def _row(
    assignment: Assignment,
    instrument: Instrument,
    side: Opened,
    judgement: Judgement,
    *,
    settlement: Settlement | None,
    names: _Names,
) -> JudgementRow:
    level = instrument.level(judgement.domain, judgement.level or "")
    is_outcome = assignment.unit.kind == "outcome"
    unit = ", ".join(one for one in (assignment.title, assignment.detail) if one)
    return JudgementRow(
        instrument=instrument.id,
        unit_kind=assignment.unit.kind,
        unit=unit,
        study=names.studies.get(assignment.study, ""),
        outcome=assignment.title if is_outcome else assignment.detail,
        domain=judgement.domain,
        domain_title=_title(instrument, judgement.domain, side.assessment.effect),
        part=names.part(assignment.unit, judgement.part),
        assessor=seat_name(side.assessment.seat, source=side.assessment.source),
        level=level.code,
        level_label=level.label,
        points=level.value if is_outcome else None,
        support=judgement.support.strip(),
        proposed=judgement.proposed or "",
        rule=judgement.rule or "",
        reason_for_other_level=judgement.reason.strip(),
        direction=judgement.direction,
        finished_on=(side.assessment.finished_at or "")[:10],
        how_settled=_how(settlement),
        level_a=settlement.level_a or "" if settlement else "",
        level_b=settlement.level_b or "" if settlement else "",
        reason_of_settlement=settlement.reason if settlement else "",
        kind_of_difference=settlement.kind if settlement else "",
        present=settlement.present if settlement else "",
        source=side.assessment.source,
    )


def _title(instrument: Instrument, domain: str, effect: str) -> str:
    if domain == OVERALL:
        return instrument.overall.title if instrument.overall is not None else ""
    return instrument.domain(domain, effect).title


def _how(settlement: Settlement | None) -> str:
    if settlement is None:
        return ""
    return {
        "agreed": _("agreed"), "took_a": _("A's taken"), "took_b": _("B's taken"),
        "other": _("another level"), "referred": _("referred"), "arbitrated": _("arbitrated"),
    }[settlement.how]
