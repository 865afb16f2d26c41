"""Risk of bias as studies by domains: the settled judgements, and A's and B's once both finished.

One matrix for each instrument in use. What only one of the two has finished is not in it, whoever
asks: a file made from it may be handed on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assessments.assessment import CONSENSUS, SEATS, Unit
from assessments.assignments import Assignment, risk_of_bias_assignments
from assessments.instrument import OVERALL, Domain, Instrument, Level
from assessments.instruments_kept import instrument_of
from assessments.remembered import remembered
from assessments.review import Outcome, Study
from assessments.sealing import Opened, both_finished, opened
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import StudyRisk, risk_of_study, risks_for


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """The levels of one unit by one seat ('consensus', 'a' or 'b'), in the order of the columns.

    ``source`` names the publication where the judgements are taken from one.
    """

    unit: Unit
    study: Study
    detail: str
    seat: str
    levels: tuple[Level | None, ...]
    source: str = ""

    @property
    def label(self) -> str:
        """Study and, where results are judged apart, the result."""
        return f"{self.study.label}: {self.detail}" if self.detail else self.study.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All judgements made with one instrument; the last column is the overall one if any.

    ``columns`` holds (domain id, title, short title). ``rows`` are the settled judgements,
    ``by_seat`` those of A and B.
    """

    instrument: Instrument
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[MatrixRow, ...]
    by_seat: tuple[MatrixRow, ...]
    waiting: int

    def counts(self, column: int) -> tuple[tuple[Level, int], ...]:
        """Return how many units have each level in a column, all levels of it in order."""
        domain = self.columns[column][0]
        found = Counter(
            level.code for row in self.rows if (level := row.levels[column]) is not None
        )
        return tuple((level, found[level.code]) for level in self.instrument.levels_of(domain))


def matrices(project: Project) -> tuple[Matrix, ...]:
    """Return one matrix for each instrument with which something is to be judged."""
    return remembered(project, "risk_of_bias_matrices", lambda: _matrices(project))


def _matrices(project: Project) -> tuple[Matrix, ...]:
    by_instrument: dict[str, list[Assignment]] = {}
    for one in risk_of_bias_assignments(project):
        by_instrument.setdefault(one.unit.instrument, []).append(one)
    return tuple(
        _matrix(project, instrument_of(project, name), found)
        for name, found in by_instrument.items()
    )


def _matrix(project: Project, instrument: Instrument, assignments: list[Assignment]) -> Matrix:
    studies = {one.id: one for one in project.all(Study)}
    domains = [one for one in instrument.domains if one.judged]
    settled: list[MatrixRow] = []
    by_seat: list[MatrixRow] = []
    for one in assignments:
        study = studies[one.study]
        risk = _risk(project, one, study)
        if risk.settled:
            settled.append(_settled_row(project, one, study, instrument, risk))
        if both_finished(project, one.unit):
            by_seat += [
                _seat_row(one, study, instrument, domains, found)
                for seat in SEATS
                if (found := opened(project, one.unit, seat)) is not None
            ]
    columns = [(one.id, one.title, one.short) for one in domains]
    if any(row.levels[-1] is not None for row in (*settled, *by_seat)):
        overall = instrument.overall
        title = overall.title if overall is not None else ""
        columns.append((OVERALL, title, title))
    else:
        settled = [_without_overall(row) for row in settled]
        by_seat = [_without_overall(row) for row in by_seat]
    return Matrix(
        instrument=instrument, columns=tuple(columns), rows=tuple(settled),
        by_seat=tuple(by_seat), waiting=len(assignments) - len(settled),
    )


def _risk(project: Project, assignment: Assignment, study: Study) -> StudyRisk:
    if assignment.unit.kind == "study":
        return risk_of_study(project, study)
    outcome = project.one(Outcome, assignment.outcome)
    if outcome is None:
        return StudyRisk(study=study.id, instrument=assignment.unit.instrument, level=None,
                         folded="", domains=())
    return risks_for(project, outcome)[assignment.unit.id]


def _settled_row(
    project: Project, assignment: Assignment, study: Study, instrument: Instrument, risk: StudyRisk
) -> MatrixRow:
    codes = {domain: code for domain, code, _folded in risk.domains}
    levels = [
        one.level(codes[one.id]) if one.id in codes else None
        for one in instrument.domains
        if one.judged
    ]
    found = opened(project, assignment.unit, CONSENSUS)
    overall = instrument.level(OVERALL, risk.level) if risk.level is not None else None
    return MatrixRow(
        unit=assignment.unit, study=study, detail=assignment.detail, seat=CONSENSUS,
        levels=(*levels, overall), source=found.assessment.source if found is not None else "",
    )


def _seat_row(
    assignment: Assignment,
    study: Study,
    instrument: Instrument,
    domains: list[Domain],
    found: Opened,
) -> MatrixRow:
    code = found.level(OVERALL)
    overall = instrument.level(OVERALL, code) if code is not None else None
    return MatrixRow(
        unit=assignment.unit, study=study, detail=assignment.detail, seat=found.assessment.seat,
        levels=(*(_worst(one, found) for one in domains), overall),
        source=found.assessment.source,
    )


def _worst(domain: Domain, found: Opened) -> Level | None:
    """Return the level of a whole domain, the worst of its parts where it has some."""
    whole = found.level(domain.id)
    if whole is not None:
        return domain.level(whole)
    parts = [
        domain.level(one.level)
        for one in found.judgements
        if one.domain == domain.id and one.level is not None
    ]
    return max(parts, key=lambda level: level.order) if parts else None


def _without_overall(row: MatrixRow) -> MatrixRow:
    return MatrixRow(
        unit=row.unit, study=row.study, detail=row.detail, seat=row.seat, levels=row.levels[:-1],
        source=row.source,
    )
