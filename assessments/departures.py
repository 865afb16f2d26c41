"""Which departures from the intervention are of interest, for the effect of adhering (RoB 2).

RoB 2 asks the team to name at least one of three kinds before domain 2 is judged; questions about
the others are not asked. It is one decision for each result or for all, the same for both
assessors.
"""

from __future__ import annotations

from dataclasses import replace

from assessments.assessment import Assessment, Unit
from assessments.edits import edit
from assessments.instrument import Domain, Instrument
from assessments.instrument_conditions import AnyOf
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Setting
from assessments.review_edits import decide
from assessments.store.project_file import Project

_NEVER = AnyOf(parts=())


def departure_words() -> dict[str, str]:
    """Return the kinds of departures with their words, in the order of the questions."""
    return {
        "extra_treatments": _("Important treatments outside the protocol"),
        "delivery_problems": _("The intervention not delivered as intended"),
        "participant_adherence": _("Participants not following their regimen"),
    }


def kinds_of_departure(instrument: Instrument, effect: str) -> tuple[str, ...]:
    """Return the kinds that an instrument lets the team choose from for an effect, () for none."""
    return tuple(dict.fromkeys(
        question.deviation
        for domain in instrument.domains_for(effect) for question in domain.questions
        if question.deviation
    ))


def departures_of(project: Project, unit: Unit, effect: str) -> tuple[str, ...]:
    """Return the kinds of interest of a unit, () while not chosen or where none are asked for."""
    kinds = kinds_of_departure(instrument_of(project, unit.instrument), effect)
    if not kinds:
        return ()
    for name in (_own(unit), _common(unit)):
        found = project.one(Setting, name)
        if found is not None and found.value:
            return tuple(one for one in kinds if one in found.value.split())
    return ()


def only_of_interest(domain: Domain, departures: tuple[str, ...]) -> Domain:
    """Return a domain in which questions about other kinds of departures are never asked."""
    if not departures or not any(one.deviation for one in domain.questions):
        return domain
    return replace(domain, questions=tuple(
        replace(one, gate=_NEVER, optional=None)
        if one.deviation and one.deviation not in departures else one
        for one in domain.questions
    ))


def chosen_departures(project: Project, instrument: str) -> tuple[str, ...]:
    """Return every kind that is of interest somewhere in the review with that instrument."""
    named = {
        kind for one in project.all(Setting)
        if one.id == f"departures/{instrument}" or one.id.startswith(f"departures/{instrument}/")
        for kind in one.value.split()
    }
    return tuple(one for one in departure_words() if one in named)


@edit("decide_departures")
def decide_departures(
    project: Project, unit: Unit, kinds: tuple[str, ...], *, for_all: bool = False
) -> None:
    """Decide which kinds are of interest for a unit, or with ``for_all`` for the instrument.

    Raises:
        Refused: none is named, one is unknown, or somebody has finished with other ones.
    """
    known = departure_words()
    if not kinds or any(one not in known for one in kinds):
        raise Refused(
            Problem(
                code="no-departure", where="effect",
                sentence=_("At least one kind of departure must be of interest."),
            )
        )
    value = " ".join(one for one in known if one in kinds)
    before = _kept(project, unit)
    if value != before and _finished(project, unit.instrument, unit.id):
        raise Refused(
            Problem(
                code="departures-used", where="effect",
                sentence=_("An assessor has finished this with other departures of interest."),
                remedy=_("Reopen that assessment first; both must judge the same."),
            )
        )
    if for_all:
        _keep_what_finished_ones_had(project, unit)
        decide(project, _common(unit), value)
    if not for_all or project.one(Setting, _own(unit)) is not None:
        decide(project, _own(unit), value)
    _follow_rules(project, unit)


def _kept(project: Project, unit: Unit) -> str:
    for name in (_own(unit), _common(unit)):
        found = project.one(Setting, name)
        if found is not None and found.value:
            return found.value
    return ""


def _finished(project: Project, instrument: str, unit: str) -> bool:
    return any(
        one.finished for one in project.all(Assessment, instrument=instrument, unit=unit)
        if not one.source
    )


def _keep_what_finished_ones_had(project: Project, unit: Unit) -> None:
    """Let finished units keep the common decision they were judged under."""
    common = project.one(Setting, _common(unit))
    if common is None:
        return
    for one in project.all(Assessment, instrument=unit.instrument, state="finished"):
        other = Unit(instrument=one.instrument, kind=one.unit_kind, id=one.unit)
        if project.one(Setting, _own(other)) is None:
            decide(project, _own(other), common.value)


def _follow_rules(project: Project, unit: Unit) -> None:
    """Let the proposals beside one's own open levels of the unit follow the decision."""
    from assessments.assessment import seat_of
    from assessments.judging import follow_rules
    from assessments.sealing import opened

    seat = seat_of(project)
    own = opened(project, unit, seat) if seat else None
    if own is not None and not own.assessment.finished:
        follow_rules(project, unit)


def _own(unit: Unit) -> str:
    return f"departures/{unit.instrument}/{unit.id}"


def _common(unit: Unit) -> str:
    return f"departures/{unit.instrument}"
