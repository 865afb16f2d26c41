"""The team's decisions about instruments: which for which design, outcome groups, effects.

What a page needs to show them is read here; each change is an edit. The decisions themselves
are settings: ``instrument/<design>``, ``parts/<instrument>/<domain>``, ``effect/<instrument>``,
``key_domains/<instrument>`` and ``overall_rule/<instrument>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessments.assessment import SEATS, Assessment, Judgement, Unit
from assessments.assignments import GRADE, instrument_for
from assessments.edits import edit
from assessments.instrument import Domain, Instrument
from assessments.instruments_kept import (
    FOLDER,
    SHIPPED,
    all_instruments,
    instrument_of,
    shipped_text,
    suitable_for,
)
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import DESIGNS, InstrumentCopy, OutcomeGroup, Setting, Study
from assessments.review_edits import add, decide
from assessments.sheet import Sheet, sheet_of
from assessments.store.project_file import Project
from assessments.store.rows import delete, update

NOT_FOR_STUDIES = (GRADE, "rob-me")
"""Shipped instruments whose unit is an outcome: they are no choice for a study."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignUse:
    """A study design in this review: its studies, and those with an instrument of their own.

    ``other`` holds (study id, label, instrument id). ``undecided`` counts the studies without
    a design, which are treated as randomised trials until they have one.
    """

    design: str
    instrument: str
    studies: int
    other: tuple[tuple[str, str, str], ...] = ()
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUse:
    """An instrument in this review: where it is used and what was made with it.

    ``kept`` tells whether the review has its copy, ``own`` whether the team brought it.
    ``assessments`` counts those of both assessors, ``designs`` and ``studies`` say who gets it.
    """

    instrument: Instrument
    kept: bool
    own: bool
    designs: tuple[str, ...]
    studies: int
    assessments: int
    finished: int


def design_uses(project: Project) -> tuple[DesignUse, ...]:
    """Return every study design with its instrument, in the order of ``DESIGNS``."""
    found = {design: [one for one in _included(project) if _design(one) == design]
             for design in DESIGNS}
    return tuple(
        DesignUse(
            design=design,
            instrument=instrument_for(project, Study(id="", design=design)),
            studies=len(studies),
            other=_with_another(project, design, studies),
            undecided=sum(not one.design for one in studies),
        )
        for design, studies in found.items()
    )


def _with_another(
    project: Project, design: str, studies: list[Study]
) -> tuple[tuple[str, str, str], ...]:
    usual = instrument_for(project, Study(id="", design=design))
    return tuple(
        (one.id, one.label, one.instrument) for one in studies
        if one.instrument and one.instrument != usual
    )


def _included(project: Project) -> tuple[Study, ...]:
    return project.all(Study, status="included")


def _design(study: Study) -> str:
    return study.design or "rct"


def offered_for(
    project: Project, design: str
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return (id, title) of the instruments that suit a design, then of all others.

    A team's own instrument suits the designs that its file names.
    """
    titles = {
        one: title for one, title in all_instruments(project) if one not in NOT_FOR_STUDIES
    }
    own = [
        instrument_of(project, one) for one in titles if one not in dict(SHIPPED)
    ]
    for one in own:
        if one.unit == "outcome":
            del titles[one.id]
    suiting = [one for one in suitable_for(design) if one in titles]
    suiting += [one.id for one in own if one.id in titles and design in one.designs]
    others = [one for one in titles if one not in suiting]
    return (
        tuple((one, titles[one]) for one in suiting),
        tuple((one, titles[one]) for one in others),
    )


def instrument_uses(project: Project) -> tuple[InstrumentUse, ...]:
    """Return the instruments that are used or kept here: those of studies, others, GRADE last."""
    present = [use for use in design_uses(project) if use.studies]
    order = [use.instrument for use in present if use.studies > len(use.other)]
    order += [other for use in present for _study, _label, other in use.other]
    order += [one.id for one in project.all(InstrumentCopy)]
    order = [one for one in dict.fromkeys(order) if one != GRADE] + [
        one.id for one in project.all(InstrumentCopy, id=GRADE)
    ]
    by_study = [instrument_for(project, one) for one in _included(project)]
    made = [one for one in project.all(Assessment) if one.seat in SEATS]
    return tuple(_use(project, one, present, by_study, made) for one in order)


def _use(
    project: Project, instrument_id: str, present: list[DesignUse], by_study: list[str],
    made: list[Assessment],
) -> InstrumentUse:
    own = [one for one in made if one.instrument == instrument_id]
    return InstrumentUse(
        instrument=instrument_of(project, instrument_id),
        kept=project.one(InstrumentCopy, instrument_id) is not None,
        own=instrument_id not in dict(SHIPPED),
        designs=tuple(use.design for use in present if use.instrument == instrument_id),
        studies=by_study.count(instrument_id),
        assessments=len(own),
        finished=sum(one.finished for one in own),
    )


def decisions_of(project: Project, instrument: Instrument) -> Sheet:
    """Return a sheet without a study, which holds what the team decided for an instrument."""
    return sheet_of(project, Unit(instrument=instrument.id, kind=instrument.unit, id=""))


def grouped_domains(instrument: Instrument) -> tuple[Domain, ...]:
    """Return the domains in which outcome groups may be judged apart."""
    if instrument.unit != "study":
        return ()
    return tuple(one for one in instrument.domains if one.parts_allowed == "groups")


# -- effect of interest ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectExceptions:
    """How many results do not follow the instrument's effect of interest, and why."""

    decided_apart: int
    finished_before: int


def effect_exceptions(project: Project, instrument: str, effect: str) -> EffectExceptions:
    """Count the results with an effect of their own, and those finished with another one."""
    start = f"effect/{instrument}/"
    apart = {
        one.id.removeprefix(start) for one in project.all(Setting)
        if one.id.startswith(start) and one.id != start and one.value not in ("", effect)
    }
    finished = {
        one.unit for one in project.all(Assessment, instrument=instrument)
        if one.seat in SEATS and one.finished and one.effect not in ("", effect)
    }
    return EffectExceptions(decided_apart=len(apart), finished_before=len(finished - apart))


@edit("decide_effect")
def decide_effect_for_instrument(project: Project, instrument: str, effect: str) -> None:
    """Decide the effect of interest of all results that are assessed with an instrument.

    Results with a decision of their own keep it, and so do those that somebody has finished.

    Raises:
        Refused: the instrument has no such effect.
    """
    from assessments.effect_of_interest import decide_effect, team_effect

    unit = Unit(instrument=instrument, kind="result", id="")
    decide_effect(project, unit, effect, for_all=True)
    for one in project.all(Assessment, instrument=instrument):
        if one.seat not in SEATS or one.finished:
            continue
        holds = team_effect(project, Unit(instrument=instrument, kind="result", id=one.unit))
        if holds != one.effect:
            update(project.connection, Assessment, one.id, effect=holds)


# -- outcome groups ----------------------------------------------------------------------------


@edit("add")
def add_group(project: Project, label: str) -> str:
    """Add an outcome group and return its key.

    Raises:
        Refused: the name is empty, or another group has it.
    """
    name = _group_name(project, "", label)
    return str(add(project, "outcome_group", label=name).value)


@edit("change")
def name_group(project: Project, group: str, label: str) -> None:
    """Rename an outcome group; what was judged for it stays with it.

    Raises:
        Refused: the name is empty, or another group has it.
    """
    update(project.connection, OutcomeGroup, group, label=_group_name(project, group, label))


def _group_name(project: Project, group: str, label: str) -> str:
    name = " ".join(label.split())
    if not name:
        raise Refused(
            Problem(code="empty", sentence=_("An outcome group needs a name."), where="label")
        )
    for other in project.all(OutcomeGroup):
        if other.id != group and other.label.casefold() == name.casefold():
            raise Refused(
                Problem(
                    code="twice", where="label",
                    sentence=_("There is already an outcome group “{name}”.").format(
                        name=other.label
                    ),
                    remedy=_("Give this one another name."),
                )
            )
    return name


def judged_apart(project: Project, group: str) -> int:
    """Count the judgements that were made for an outcome group."""
    return len(project.all(Judgement, part=group))


@edit("decide")
def choose_group(
    project: Project, instrument: str, domain: str, group: str, *, apart: bool
) -> None:
    """Judge an outcome group apart in a domain, or no longer; the others stay as they are."""
    name = f"parts/{instrument}/{domain}"
    found = project.one(Setting, name)
    wanted = set(found.value.split("\n")) if found is not None and found.value else set()
    wanted = wanted | {group} if apart else wanted - {group}
    order = [one.id for one in project.all(OutcomeGroup) if one.id in wanted]
    decide(project, name, "\n".join(order))


# -- the files of instruments ------------------------------------------------------------------


@edit("remove_instrument")
def remove_own(project: Project, instrument: str) -> None:
    """Remove a team's own instrument that is not used.

    Raises:
        Refused: assessments were made with it, or a design or a study has it.
    """
    designs = [
        one for one in project.all(Setting)
        if one.id.startswith("instrument/") and one.value == instrument
    ]
    why = ""
    if project.all(Assessment, instrument=instrument):
        why = _("assessments were made with it.")
    elif designs or project.all(Study, instrument=instrument):
        why = _("it is chosen for a design or a study. Choose another one there first.")
    if why:
        raise Refused(
            Problem(
                code="instrument-used", where=instrument,
                sentence=_("The instrument cannot be removed: {why}").format(why=why),
            )
        )
    delete(project.connection, InstrumentCopy, instrument)


def template_text() -> str:
    """Return the documented template of an instrument file."""
    return (FOLDER / "TEMPLATE.toml").read_text(encoding="utf-8")


def text_in_review(project: Project, instrument: str) -> str:
    """Return the text of an instrument as this review has it.

    Raises:
        Refused: neither the review nor the program has it.
    """
    copy = project.one(InstrumentCopy, instrument)
    return copy.text if copy is not None else shipped_text(instrument)


def write_instrument_file(text: str, path: Path) -> None:
    """Write the text of an instrument, or of the template, to a file.

    Raises:
        Refused: the file cannot be written; the sentence says why.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        sentence = _("“{name}” could not be written: {reason}.").format(
            name=path.name, reason=error.strerror or str(error)
        )
        remedy = _("Choose another folder.")
        raise Refused(
            Problem(code="unwritable", sentence=sentence, where=path.name, remedy=remedy)
        ) from error
