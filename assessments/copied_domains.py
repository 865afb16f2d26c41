"""Copying a domain from one's assessment of another result of the same study.

Answers, notes, quotes and the support are copied, the judgement never: the domain counts as
“to be confirmed” until a level is chosen. The note of the assessment keeps where it came from.
"""

from __future__ import annotations

from dataclasses import replace

from assessments.assessment import Answer, Assessment, Quote, Unit, own, put_judgement, seat_of
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Outcome, Result
from assessments.sealing import Opened, opened
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id, update

_MARK = "copied"


def sources(project: Project, unit: Unit, domain: str) -> tuple[tuple[str, str], ...]:
    """Return (unit id, its outcome in words) of results whose domain can be copied."""
    seat, here = seat_of(project), project.one(Result, unit.id)
    if seat is None or here is None or unit.kind != "result":
        return ()
    found = []
    for result in project.all(Result, study=here.study):
        other = replace(unit, id=result.id)
        seen = opened(project, other, seat) if result.id != unit.id else None
        if seen is not None and _has_content(seen, domain):
            found.append((result.id, result_in_words(project, result.id)))
    return tuple(found)


def _has_content(seen: Opened, domain: str) -> bool:
    domains = {one.domain for one in seen.answers} | {one.domain for one in seen.quotes}
    return domain in domains or any(one.domain == domain for one in seen.judgements)


def result_in_words(project: Project, result_id: str) -> str:
    """Return outcome, time point and subgroup of a result; '' when it is no longer there."""
    result = project.one(Result, result_id)
    outcome = project.one(Outcome, result.outcome) if result is not None else None
    if result is None or outcome is None:
        return ""
    return ", ".join(t for t in (outcome.label, outcome.time_point, result.subgroup) if t)


def copied_from(assessment: Assessment, domain: str) -> str:
    """Return the unit that a domain was copied from, '' if it was not."""
    for line in assessment.note.split("\n"):
        kind, _slash, rest = line.partition("/")
        name, _slash, source = rest.partition("/")
        if kind == _MARK and name == domain:
            return source
    return ""


@edit("copy_domain")
def copy_domain(project: Project, unit: Unit, domain: str, source: str) -> None:
    """Copy a domain from one's assessment of another result; its level is still to be chosen.

    Raises:
        Refused: there is nothing to copy, or the two assess different effects of interest.
    """
    assessment = own(project, unit)
    seen = opened(project, replace(unit, id=source), assessment.seat)
    if seen is None or not _has_content(seen, domain):
        raise Refused(
            Problem(code="nothing", sentence=_("There is nothing to copy in that result."))
        )
    if seen.assessment.effect != assessment.effect:
        raise Refused(
            Problem(
                code="effect", where="effect",
                sentence=_("That result is assessed for another effect of interest."),
                remedy=_("Answer this domain by hand."),
            )
        )
    _copy_answers(project, assessment, seen, domain)
    _copy_quotes(project, assessment, seen, domain)
    for made in seen.judgements:
        if made.domain == domain:
            put_judgement(
                project, assessment, domain, made.part, level=None, proposed=None, rule=None,
                support=made.support, reason="", direction=made.direction,
            )
    _mark(project, assessment, domain, source)


def _copy_answers(project: Project, target: Assessment, seen: Opened, domain: str) -> None:
    for old in project.all(Answer, assessment=target.id, domain=domain):
        delete(project.connection, Answer, old.id)
    for one in seen.answers:
        if one.domain == domain:
            insert(project.connection, replace(one, id=new_id(), assessment=target.id))


def _copy_quotes(project: Project, target: Assessment, seen: Opened, domain: str) -> None:
    there = project.all(Quote, assessment=target.id, domain=domain)
    known = {(one.question, one.part, one.text) for one in there}
    for one in seen.quotes:
        if one.domain == domain and (one.question, one.part, one.text) not in known:
            insert(project.connection, replace(one, id=new_id(), assessment=target.id))


def _mark(project: Project, target: Assessment, domain: str, source: str) -> None:
    lines = [
        line for line in target.note.split("\n")
        if line and not line.startswith(f"{_MARK}/{domain}/")
    ]
    note = "\n".join((*lines, f"{_MARK}/{domain}/{source}"))
    update(project.connection, Assessment, target.id, note=note)
