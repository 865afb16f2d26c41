"""The settled risk of bias of each study for one outcome, folded for GRADE and for figures.

The source is always the final consensus. With instruments for whole studies (RoB 1, EPOC) the
judgement of an outcome group counts where there is one, and the overall level is a summary over
the key domains that the team has named before.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assessment import Judgement, Unit
from assessments.assignments import instrument_for
from assessments.consensus import settled_judgements
from assessments.instrument import OVERALL, Instrument
from assessments.instrument_overall import propose_overall
from assessments.instruments_kept import instrument_of
from assessments.remembered import remembered_of_bodies
from assessments.review import Outcome, Result, Setting, Study
from assessments.store.project_file import Project

FOLDED = {"low": "low", "some": "some", "unclear": "some", "high": "high", "critical": "high"}
"""Role of a level → 'low', 'some' or 'high'; every other role is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRisk:
    """The settled risk of bias of one study for one outcome.

    ``level`` is the stored code, ``folded`` one of 'low', 'some', 'high', '' while open;
    ``domains`` holds (domain id, code, folded) of each judged domain.
    """

    study: str
    instrument: str
    level: str | None
    folded: str
    domains: tuple[tuple[str, str, str], ...]

    @property
    def settled(self) -> bool:
        """Whether the consensus of this study is final."""
        return bool(self.domains) or self.level is not None


def key_domains(project: Project, instrument: Instrument) -> tuple[str, ...]:
    """Return the domains that the team named as key for a summary within a study."""
    found = project.one(Setting, f"key_domains/{instrument.id}")
    return tuple(found.value.split()) if found is not None else ()


def risks_for(project: Project, outcome: Outcome) -> dict[str, StudyRisk]:
    """Return result id → settled risk of bias, for every result of the outcome."""
    return remembered_of_bodies(
        project, ("risks", outcome.id), lambda: _risks_for(project, outcome)
    )


def _risks_for(project: Project, outcome: Outcome) -> dict[str, StudyRisk]:
    studies = {one.id: one for one in project.all(Study)}
    return {
        result.id: _risk(project, studies[result.study], outcome, result.id)
        for result in project.all(Result, outcome=outcome.id)
    }


def risk_of_study(project: Project, study: Study, group: str | None = None) -> StudyRisk:
    """Return the settled risk of bias of a study judged as a whole."""
    instrument = instrument_of(project, instrument_for(project, study))
    return _folded(
        project, instrument, study.id, Unit(instrument=instrument.id, kind="study", id=study.id),
        group,
    )


def _risk(project: Project, study: Study, outcome: Outcome, result: str) -> StudyRisk:
    instrument = instrument_of(project, instrument_for(project, study))
    unit = Unit(
        instrument=instrument.id,
        kind=instrument.unit,
        id=study.id if instrument.unit == "study" else result,
    )
    return _folded(project, instrument, study.id, unit, outcome.outcome_group)


def _folded(
    project: Project, instrument: Instrument, study: str, unit: Unit, group: str | None
) -> StudyRisk:
    judgements = settled_judgements(project, unit)
    if judgements is None:
        return StudyRisk(study=study, instrument=instrument.id, level=None, folded="", domains=())
    levels = _levels(instrument, judgements, group)
    overall = next(
        (one.level for one in judgements if one.domain == OVERALL and not one.part), None)
    if overall is None and instrument.overall is not None:
        overall = _summary(project, instrument, levels)
    folded = ""
    if overall is not None:
        folded = FOLDED.get(instrument.level(OVERALL, overall).role, "")
    return StudyRisk(
        study=study,
        instrument=instrument.id,
        level=overall,
        folded=folded,
        domains=tuple(
            (domain, code, FOLDED.get(instrument.level(domain, code).role, ""))
            for domain, code in levels.items()
        ),
    )


def _levels(
    instrument: Instrument, judgements: tuple[Judgement, ...], group: str | None
) -> dict[str, str]:
    """Return domain → level, of the outcome's group where it was judged apart, else the worst."""
    levels: dict[str, str] = {}
    for domain in instrument.domains:
        made = {
            one.part: one.level
            for one in judgements
            if one.domain == domain.id and one.level is not None
        }
        own = made.get(group or "") or made.get("")
        if own is None and made:
            own = max(made.values(), key=lambda code: instrument.level(domain.id, code).order)
        if own is not None:
            levels[domain.id] = own
    return levels


def _summary(project: Project, instrument: Instrument, levels: dict[str, str]) -> str | None:
    overall = instrument.overall
    if overall is None:
        return None
    keys = key_domains(project, instrument)
    if overall.key_domains and any(key not in levels for key in keys):
        return None
    convention = project.one(Setting, f"overall_rule/{instrument.id}")
    return propose_overall(
        instrument, levels, key_domains=keys,
        use_convention=convention is not None and convention.value == "yes",
    ).level
