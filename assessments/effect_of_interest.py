"""The effect of interest of a result: one decision of the team, the same for both assessors."""

from __future__ import annotations

from assessments.assessment import SEATS, Assessment, Unit
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Setting
from assessments.store.project_file import Project
from assessments.store.rows import update


def team_effect(project: Project, unit: Unit) -> str:
    """Return the effect of interest that holds for the unit, '' while the team has not decided.

    What somebody has finished with leads, then the decision for this unit, then that for the
    instrument, then what an assessment begun before any decision says.
    """
    begun = [
        one for one in project.all(Assessment, instrument=unit.instrument, unit=unit.id)
        if one.seat in SEATS and one.effect
    ]
    finished = [one.effect for one in begun if one.finished]
    if finished:
        return finished[0]
    for name in (f"effect/{unit.instrument}/{unit.id}", f"effect/{unit.instrument}"):
        found = project.one(Setting, name)
        if found is not None and found.value:
            return found.value
    return begun[0].effect if begun else ""


@edit("decide_effect")
def decide_effect(project: Project, unit: Unit, effect: str, *, for_all: bool = False) -> None:
    """Decide the effect of interest of a unit, or with ``for_all`` of the whole instrument.

    Raises:
        Refused: the instrument has no such effect, or somebody has finished with another one.
    """
    from assessments.instruments_kept import instrument_of
    from assessments.review_edits import decide

    if effect not in {one.code for one in instrument_of(project, unit.instrument).effects}:
        raise Refused(
            Problem(
                code="no-effect", where="effect",
                sentence=_("“{effect}” is not an effect of interest of this instrument.").format(
                    effect=effect
                ),
            )
        )
    assessments = project.all(Assessment, instrument=unit.instrument, unit=unit.id)
    if any(one.finished and one.effect not in ("", effect) for one in assessments):
        raise Refused(
            Problem(
                code="effect-used", where="effect",
                sentence=_("An assessor has finished this with the other effect of interest."),
                remedy=_("Reopen that assessment first; both must judge the same effect."),
            )
        )
    own_name = f"effect/{unit.instrument}/{unit.id}"
    if for_all:
        decide(project, f"effect/{unit.instrument}", effect)
    if not for_all or project.one(Setting, own_name) is not None:
        decide(project, own_name, effect)
    for one in assessments:
        if one.seat in SEATS and not one.finished and one.effect != effect:
            update(project.connection, Assessment, one.id, effect=effect)
