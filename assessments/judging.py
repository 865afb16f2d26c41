"""Answering and judging in one step with what the rules propose, so that both are kept.

Whenever an answer or a level changes, the proposal that stands beside each chosen level is
written anew; the chosen level itself stays what the person chose.
"""

from __future__ import annotations

from assessments.assessment import Judgement, Unit, answer, judge, own, put_judgement
from assessments.edits import edit
from assessments.instrument import OVERALL
from assessments.problems import Refused
from assessments.sheet import Sheet, sheet_of
from assessments.store.project_file import Project
from assessments.store.rows import delete


@edit("answer")
def give_answer(
    project: Project, unit: Unit, domain: str, question: str, response: str | None
) -> None:
    """Answer a question, or take the answer back (None), and keep the proposals up to date."""
    answer(project, unit, domain, question, response)
    follow_rules(project, unit)


@edit("judge")
def choose_level(
    project: Project, unit: Unit, domain: str, level: str | None, part: str = ""
) -> None:
    """Choose the level of a domain, part or the whole, beside what the rules propose now."""
    own(project, unit)
    proposal = sheet_of(project, unit).proposal(domain)
    judge(
        project, unit, domain, level, part=part, proposed=proposal.level, rule=proposal.rule
    )
    if domain != OVERALL:
        follow_rules(project, unit)


def follow_rules(project: Project, unit: Unit) -> None:
    """Write anew what the rules propose beside every chosen level, inside an edit."""
    sheet = sheet_of(project, unit)
    if sheet.own is None:
        return
    known = {one.id for one in sheet.domains} | {OVERALL}
    for made in sheet.own.judgements:
        if made.level is not None and made.domain in known:
            _follow(project, sheet, made)


def _follow(project: Project, sheet: Sheet, made: Judgement) -> None:
    proposal = sheet.proposal(made.domain)
    if (made.proposed, made.rule) != (proposal.level, proposal.rule) and sheet.own is not None:
        put_judgement(
            project, sheet.own.assessment, made.domain, made.part,
            proposed=proposal.level, rule=proposal.rule,
        )


@edit("add_entry")
def add_entry(project: Project, unit: Unit, domain: str, name: str) -> None:
    """Add a named entry inside a domain that allows them (RoB 1, other bias).

    Raises:
        Refused: the name is empty.
    """
    from assessments.language import _
    from assessments.problems import Problem

    name = name.strip()
    if not name:
        raise Refused(Problem(code="empty", sentence=_("An entry needs a name."), where="entry"))
    put_judgement(project, own(project, unit), domain, name)


@edit("remove_entry")
def remove_entry(project: Project, unit: Unit, domain: str, name: str) -> None:
    """Remove a named entry with its judgement and quotes."""
    from assessments.assessment import Quote

    assessment = own(project, unit)
    for row_class in (Judgement, Quote):
        for row in project.all(row_class, assessment=assessment.id, domain=domain, part=name):
            delete(project.connection, row_class, row.id)
