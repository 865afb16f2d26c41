"""What there is to assess: which study, result or outcome, and with which instrument.

Which instrument a study gets follows from its design, unless the team has chosen another; the
unit (study or result) follows from the instrument.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assessment import CONSENSUS, SEATS, Assessment, Unit
from assessments.instruments_kept import instrument_of, is_known, suitable_for
from assessments.remembered import remembered_of_bodies
from assessments.review import Comparison, Outcome, Result, Setting, Study
from assessments.store.project_file import Project

GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One thing to assess. ``title`` names the study or outcome, ``detail`` what of it.

    ``a``, ``b`` and ``consensus`` say what everybody may know: 'none', 'open' or 'finished'.
    """

    unit: Unit
    title: str
    detail: str
    study: str
    outcome: str
    a: str
    b: str
    consensus: str

    def state(self, seat: str | None) -> str:
        """Return the state of that seat: 'none', 'open' or 'finished'."""
        return {"a": self.a, "b": self.b}.get(seat or "", "none")

    @property
    def comparable(self) -> bool:
        """Whether both have finished."""
        return self.a == self.b == "finished"


def instrument_for(project: Project, study: Study) -> str:
    """Return the id of the instrument that the study is assessed with.

    The study's own choice leads, then the team's choice for its design, then the first that
    suits the design. A choice whose instrument somebody has taken back since does not count.
    """
    design = study.design or "rct"
    chosen = project.one(Setting, f"instrument/{design}")
    for name in (study.instrument, chosen.value if chosen is not None else None):
        if name and is_known(project, name):
            return name
    return suitable_for(design)[0]


def risk_of_bias_assignments(project: Project) -> tuple[Assignment, ...]:
    """Return what is to be assessed for risk of bias, in the order of the studies."""
    return remembered_of_bodies(  # the rail asks after each step of a rating, too
        project, "risk of bias assignments", lambda: _risk_of_bias_assignments(project)
    )


def _risk_of_bias_assignments(project: Project) -> tuple[Assignment, ...]:
    states = _states(project)
    outcomes = {one.id: one for one in project.all(Outcome)}
    results: dict[str, list[Result]] = {}
    for result in project.all(Result):
        results.setdefault(result.study, []).append(result)
    found: list[Assignment] = []
    for_design: dict[str | None, str] = {}
    kinds: dict[str, str] = {}
    for study in project.all(Study, status="included"):
        if not study.instrument and study.design not in for_design:
            for_design[study.design] = instrument_for(project, study)
        instrument = (
            instrument_for(project, study) if study.instrument else for_design[study.design]
        )
        if instrument not in kinds:
            kinds[instrument] = instrument_of(project, instrument).unit
        if kinds[instrument] == "study":
            unit = Unit(instrument=instrument, kind="study", id=study.id)
            found.append(_assignment(states, unit, study.label, "", study=study.id))
            continue
        for result in _in_order(results.get(study.id, []), outcomes):
            outcome = outcomes[result.outcome]
            detail = ", ".join(
                part for part in (outcome.label, outcome.time_point, result.subgroup) if part
            )
            unit = Unit(instrument=instrument, kind="result", id=result.id)
            found.append(
                _assignment(
                    states, unit, study.label, detail, study=study.id, outcome=outcome.id
                )
            )
    return tuple(found)


def _in_order(results: list[Result], outcomes: dict[str, Outcome]) -> list[Result]:
    return sorted(results, key=lambda r: (outcomes[r.outcome].position, r.subgroup, r.id))


def rating_assignments(project: Project) -> tuple[Assignment, ...]:
    """Return the bodies of evidence whose certainty is to be rated, in the order of the table.

    An outcome that no study reported has no body of evidence and is not among them.
    """
    states = _states(project, instrument=GRADE)
    titles = {
        one.id: f"{one.intervention} – {one.comparator}".strip(" –")
        for one in project.all(Comparison)
    }
    order = {one.id: index for index, one in enumerate(project.all(Comparison))}
    outcomes = sorted(
        project.all(Outcome), key=lambda o: (order.get(o.comparison, 0), o.position, o.id)
    )
    return tuple(
        _assignment(
            states,
            Unit(instrument=GRADE, kind="outcome", id=one.id),
            one.label,
            ", ".join(part for part in (one.time_point, titles.get(one.comparison, "")) if part),
            outcome=one.id,
        )
        for one in outcomes
        if one.evidence != "not_reported"
    )


def _states(project: Project, **where: str) -> dict[tuple[str, str, str], Assessment]:
    found = project.all(Assessment, **where)
    return {(one.instrument, one.unit, one.seat): one for one in found}


def _assignment(
    states: dict[tuple[str, str, str], Assessment],
    unit: Unit,
    title: str,
    detail: str,
    *,
    study: str = "",
    outcome: str = "",
) -> Assignment:
    found = {seat: states.get((unit.instrument, unit.id, seat)) for seat in (*SEATS, CONSENSUS)}
    state = {seat: one.state if one else "none" for seat, one in found.items()}
    return Assignment(
        unit=unit, title=title, detail=detail, study=study, outcome=outcome,
        a=state["a"], b=state["b"], consensus=state[CONSENSUS],
    )
