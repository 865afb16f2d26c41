"""One person's judgements of one unit with one instrument: answer, judge, finish, reopen.

The same machinery serves risk of bias (units are studies or results) and the certainty of
evidence (units are outcomes). An assessment belongs to one seat; the consensus is a third one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Person, Result, StudyAuthor
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id, update

SEATS = ("a", "b")
CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The frame of one person's judgements of one unit; ``state`` is 'open' or 'finished'.

    ``effect`` is the effect of interest where the instrument asks for one, ``source`` the
    publication that judgements were taken from when nobody here made them.
    """

    table: ClassVar[str] = "assessment"
    id: str
    instrument: str
    unit_kind: str
    unit: str
    seat: str
    state: str = "open"
    finished_at: str | None = None
    digest: str | None = None
    revision: int = 0
    reopened_reason: str = ""
    after_exchange: int = 0
    flagged: int = 0
    effect: str = ""
    source: str = ""
    note: str = ""

    @property
    def finished(self) -> bool:
        """Whether the person has finished and sealed it."""
        return self.state == "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The level of one domain: what the rules proposed and what the person chose, both kept.

    ``part`` is an outcome group or a named entry inside the domain, '' for the whole domain.
    """

    table: ClassVar[str] = "judgement"
    id: str
    assessment: str
    domain: str
    part: str = ""
    proposed: str | None = None
    rule: str | None = None
    level: str | None = None
    support: str = ""
    reason: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The response to one signalling question, exactly as given; None is unanswered."""

    table: ClassVar[str] = "answer"
    id: str
    assessment: str
    domain: str
    question: str
    response: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words from a document that bear on a question or domain, with their place."""

    table: ClassVar[str] = "quote"
    id: str
    assessment: str
    domain: str
    question: str = ""
    part: str = ""
    position: int = 0
    text: str = ""
    document: str = ""
    page: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFacts:
    """The facts that lay beside a rating when it was finished; the key is the assessment's."""

    table: ClassVar[str] = "frozen_facts"
    id: str
    fingerprint: str
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is assessed with which instrument: a study, a result or the body of an outcome."""

    instrument: str
    kind: str
    id: str


def seat_of(project: Project) -> str | None:
    """Return 'a' or 'b' for the assessor who sits here, None for everybody else."""
    person = project.one(Person, project.seat) if project.seat else None
    return person.role if person is not None and person.role in SEATS else None


def find(project: Project, unit: Unit, seat: str) -> Assessment | None:
    """Return the assessment of that unit by that seat, without asking who may see it."""
    found = project.all(Assessment, instrument=unit.instrument, unit=unit.id, seat=seat)
    return found[0] if found else None


def own(project: Project, unit: Unit) -> Assessment:
    """Return the open assessment of the one who sits here, made at the first judgement.

    Raises:
        Refused: nobody with the right to judge sits here, or it is finished.
    """
    seat = seat_of(project)
    if seat is None:
        raise Refused(
            Problem(
                code="no-seat",
                sentence=_("Only assessor A or B can judge."),
                remedy=_("Say who sits here: choose the assessor at the top right."),
            )
        )
    _must_not_be_author(project, unit)
    found = find(project, unit, seat)
    if found is None:
        from assessments.instruments_kept import keep

        keep(project, unit.instrument)
        found = Assessment(
            id=new_id(), instrument=unit.instrument, unit_kind=unit.kind, unit=unit.id, seat=seat
        )
        insert(project.connection, found)
    must_be_open(found)
    return _with_team_effect(project, unit, found)


def _with_team_effect(project: Project, unit: Unit, found: Assessment) -> Assessment:
    """Let an open assessment follow the team's decision about the effect of interest."""
    from assessments.effect_of_interest import team_effect

    effect = team_effect(project, unit) if unit.kind != "outcome" else ""
    if not effect or effect == found.effect:
        return found
    update(project.connection, Assessment, found.id, effect=effect)
    return replace(found, effect=effect)


def must_be_open(assessment: Assessment) -> None:
    """Refuse when the assessment is finished."""
    if assessment.finished:
        raise Refused(
            Problem(
                code="finished",
                sentence=_("This assessment is finished and sealed."),
                remedy=_("Reopen it, with a reason, to change it."),
            )
        )


def _must_not_be_author(project: Project, unit: Unit) -> None:
    study = unit.id
    if unit.kind == "result":
        result = project.one(Result, unit.id)
        study = result.study if result else ""
    if unit.kind != "outcome" and project.all(StudyAuthor, study=study, person=project.seat):
        raise Refused(
            Problem(
                code="author",
                sentence=_("An author of this study cannot assess it."),
                remedy=_("Ask another person to take this assessment."),
            )
        )


def judgement_in(
    project: Project, assessment: Assessment, domain: str, part: str = ""
) -> Judgement | None:
    """Return the judgement of that domain and part in the assessment, if there is one."""
    found = project.all(Judgement, assessment=assessment.id, domain=domain, part=part)
    return found[0] if found else None


def put_judgement(
    project: Project, assessment: Assessment, domain: str, part: str, **values: Any
) -> None:
    """Write fields of one judgement, inside an edit."""
    found = judgement_in(project, assessment, domain, part)
    if found is None:
        row = Judgement(id=new_id(), assessment=assessment.id, domain=domain, part=part, **values)
        insert(project.connection, row)
    else:
        update(project.connection, Judgement, found.id, **values)


@edit("judge")
def judge(
    project: Project,
    unit: Unit,
    domain: str,
    level: str | None,
    *,
    part: str = "",
    proposed: str | None = None,
    rule: str | None = None,
) -> None:
    """Choose the level of a domain, or take the choice back (None); the proposal is kept too."""
    assessment = own(project, unit)
    _must_be_a_level(project, unit, domain, level)
    put_judgement(project, assessment, domain, part, level=level, proposed=proposed, rule=rule)


def _must_be_a_level(project: Project, unit: Unit, domain: str, level: str | None) -> None:
    from assessments.instruments_kept import instrument_of

    codes = {one.code for one in instrument_of(project, unit.instrument).levels_of(domain)}
    if level is not None and level not in codes:
        raise Refused(
            Problem(
                code="not-a-level",
                sentence=_("“{level}” is not a level of this domain.").format(level=level),
                where=domain,
                remedy=_("Choose one of: {levels}.").format(levels=", ".join(sorted(codes))),
            )
        )


@edit(
    "write",
    merge=lambda unit, domain, field, text, part="": f"{unit.id}/{domain}/{part}/{field}",
)
def write(
    project: Project, unit: Unit, domain: str, field: str, text: str, *, part: str = ""
) -> None:
    """Write the support ('support'), the reason for another level ('reason') or 'direction'."""
    if field not in ("support", "reason", "direction"):
        raise KeyError(field)
    put_judgement(project, own(project, unit), domain, part, **{field: text})


@edit("answer")
def answer(
    project: Project, unit: Unit, domain: str, question: str, response: str | None
) -> None:
    """Answer a signalling question, or take the answer back (None)."""
    _put_answer(project, own(project, unit), domain, question, response=response)


@edit(
    "note",
    merge=lambda unit, domain, question, text: f"{unit.id}/{domain}/{question}/note",
)
def write_note(project: Project, unit: Unit, domain: str, question: str, text: str) -> None:
    """Write the note of a question."""
    _put_answer(project, own(project, unit), domain, question, note=text)


def _put_answer(
    project: Project, assessment: Assessment, domain: str, question: str, **values: Any
) -> None:
    found = project.all(Answer, assessment=assessment.id, domain=domain, question=question)
    if found:
        update(project.connection, Answer, found[0].id, **values)
    else:
        row = Answer(
            id=new_id(), assessment=assessment.id, domain=domain, question=question, **values
        )
        insert(project.connection, row)


@edit("quote")
def attach_quote(project: Project, /, unit: Unit, domain: str, text: str, **place: str) -> str:
    """Attach a quote to a domain or question; ``place``: question, part, document, page, place."""
    if not text.strip():
        raise Refused(
            Problem(code="empty", sentence=_("A quote needs words."), where="quote")
        )
    assessment = own(project, unit)
    count = len(project.all(Quote, assessment=assessment.id, domain=domain))
    row = Quote(
        id=new_id(), assessment=assessment.id, domain=domain, text=text.strip(),
        position=count + 1, **place,
    )
    insert(project.connection, row)
    return row.id


@edit("remove_quote")
def remove_quote(project: Project, unit: Unit, quote: str) -> None:
    """Remove one of one's own quotes."""
    assessment = own(project, unit)
    found = project.one(Quote, quote)
    if found is not None and found.assessment == assessment.id:
        delete(project.connection, Quote, quote)


@edit("choose_effect")
def choose_effect(project: Project, unit: Unit, effect: str) -> None:
    """Say which effect of interest is assessed (RoB 2, ROBINS-I)."""
    update(project.connection, Assessment, own(project, unit).id, effect=effect)


@edit("flag")
def flag(project: Project, unit: Unit, flagged: bool) -> None:
    """Put a flag on one's own assessment, or take it off; it tells nobody else anything."""
    update(project.connection, Assessment, own(project, unit).id, flagged=int(flagged))


def remove_unit(project: Project, unit: str) -> None:
    """Remove all assessments of a unit that goes away, inside an edit."""
    for assessment in project.all(Assessment, unit=unit):
        delete(project.connection, Assessment, assessment.id)
