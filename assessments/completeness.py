"""What an assessment still lacks before it can be finished, in sentences.

One function answers for the page, for finishing, and for the progress of the queue.
"""

from __future__ import annotations

from assessments.assessment import Answer, Assessment, Judgement, Unit
from assessments.assignments import GRADE
from assessments.departures import departures_of, kinds_of_departure, only_of_interest
from assessments.instrument import OVERALL, Domain, Instrument, needs_support
from assessments.instrument_rules import effective_answers, open_questions
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem
from assessments.review import OutcomeGroup, Result, Setting
from assessments.store.project_file import Project


def parts_of(project: Project, unit: Unit, domain: Domain) -> tuple[str, ...]:
    """Return the parts in which a domain is judged: outcome groups the team chose, or ('',)."""
    if domain.parts_allowed != "groups" or unit.kind != "study":
        return ("",)
    chosen = project.one(Setting, f"parts/{unit.instrument}/{domain.id}")
    names = set(chosen.value.split("\n")) if chosen is not None and chosen.value else set()
    groups = tuple(group.id for group in project.all(OutcomeGroup) if group.id in names)
    return groups or ("",)


def missing_in(project: Project, unit: Unit, assessment: Assessment) -> tuple[Problem, ...]:
    """Return one problem for each thing that is missing, in the order of the instrument."""
    instrument = instrument_of(project, unit.instrument)
    judgements = {
        (one.domain, one.part): one for one in project.all(Judgement, assessment=assessment.id)
    }
    answers: dict[str, dict[str, str]] = {}
    for one in project.all(Answer, assessment=assessment.id):
        if one.response is not None:
            answers.setdefault(one.domain, {})[one.question] = one.response
    found: list[Problem] = []
    if instrument.effects and not assessment.effect:
        found.append(
            Problem(
                code="effect",
                sentence=_("The effect of interest is not chosen."),
                where="effect",
                remedy=_("Choose it at the top of the form."),
            )
        )
    departures = departures_of(project, unit, assessment.effect)
    if not departures and kinds_of_departure(instrument, assessment.effect):
        found.append(_no_departures())
    for form in _needed(instrument, assessment.effect, judgements):
        domain = only_of_interest(form, departures)
        found += _unanswered(domain, answers.get(domain.id, {}))
        found += _nothing_of_interest(domain, answers.get(domain.id, {}), departures)
        parts = parts_of(project, unit, domain) if domain.judged else ()
        for part in (*parts, *_entries(domain, judgements)):
            found += _lacking(domain, judgements.get((domain.id, part)))
    found += _overall_lacking(instrument, judgements.get((OVERALL, "")))
    if unit.instrument == GRADE:
        from assessments.rating_checks import blockers_of

        found += blockers_of(project, unit, assessment)
    return tuple(found)


def _entries(
    domain: Domain, judgements: dict[tuple[str, str], Judgement]
) -> tuple[str, ...]:
    """Return the named entries that were made inside a domain."""
    if domain.parts_allowed != "entries":
        return ()
    return tuple(part for name, part in judgements if name == domain.id and part)


def _needed(
    instrument: Instrument, effect: str, judgements: dict[tuple[str, str], Judgement]
) -> tuple[Domain, ...]:
    """Return the domains to be judged: a screening that stops leaves only itself."""
    domains = instrument.domains_for(effect)
    for domain in domains:
        made = judgements.get((domain.id, ""))
        if domain.kind == "screening" and made is not None and made.level is not None:
            level = domain.level(made.level)
            if level.role not in ("na", "neutral"):
                return (domain,)
    return domains


def _unanswered(domain: Domain, answers: dict[str, str]) -> list[Problem]:
    given = effective_answers(domain, answers)
    waiting = [one for one in open_questions(domain, answers) if given.get(one.id) is None]
    return [
        Problem(
            code="unanswered",
            sentence=_("{domain}: question {question} is not answered.").format(
                domain=domain.title, question=one.id
            ),
            where=f"{domain.id}/{one.id}",
            remedy=_("Answer it."),
        )
        for one in waiting
    ]


def _no_departures() -> Problem:
    return Problem(
        code="departures",
        sentence=_("Which departures from the intervention are of interest is not chosen."),
        where="effect",
        remedy=_("Choose at least one kind, below the effect of interest."),
    )


def _nothing_of_interest(
    domain: Domain, answers: dict[str, str], departures: tuple[str, ...]
) -> list[Problem]:
    """Complain when every kind of departure is set aside: at least one must be of interest."""
    kinds = [
        one.id for one in domain.questions
        if one.deviation and (not departures or one.deviation in departures)
    ]
    asked = {one.id for one in open_questions(domain, answers)}
    if not kinds or any(one not in asked or answers.get(one) != "NA" for one in kinds):
        return []
    return [
        Problem(
            code="nothing-of-interest",
            sentence=_(
                "{domain}: questions {questions} are all answered Not applicable, so no kind of "
                "departure is of interest."
            ).format(domain=domain.title, questions=", ".join(kinds)),
            where=f"{domain.id}/{kinds[0]}",
            remedy=_("Answer at least one of them."),
        )
    ]


def _lacking(domain: Domain, judgement: Judgement | None) -> list[Problem]:
    if judgement is None or judgement.level is None:
        return [_undecided(domain.id, domain.title)] if domain.required else []
    found = []
    if needs_support(domain, judgement.level) and not judgement.support.strip():
        found.append(
            Problem(
                code="no-support",
                sentence=_("{domain}: the judgement has no explanation.").format(
                    domain=domain.title
                ),
                where=domain.id,
                remedy=_("Write what it rests on, with the place in the report."),
            )
        )
    return found + _unexplained(domain.id, domain.title, judgement)


def _overall_lacking(instrument: Instrument, judgement: Judgement | None) -> list[Problem]:
    overall = instrument.overall
    if overall is None:
        return []
    if judgement is None or judgement.level is None:
        return [_undecided(OVERALL, overall.title)] if overall.required else []
    return _unexplained(OVERALL, overall.title, judgement)


def _undecided(where: str, title: str) -> Problem:
    return Problem(
        code="undecided",
        sentence=_("{domain}: not judged yet.").format(domain=title),
        where=where,
        remedy=_("Choose a level."),
    )


def _unexplained(where: str, title: str, judgement: Judgement) -> list[Problem]:
    differs = judgement.proposed is not None and judgement.proposed != judgement.level
    if not differs or judgement.reason.strip():
        return []
    return [
        Problem(
            code="no-reason",
            sentence=_("{domain}: the judgement differs from what the rules propose.").format(
                domain=title
            ),
            where=where,
            remedy=_("Write why."),
        )
    ]


def study_of(project: Project, unit: Unit) -> str:
    """Return the study that a unit of risk of bias belongs to, '' for an outcome."""
    if unit.kind == "study":
        return unit.id
    result = project.one(Result, unit.id) if unit.kind == "result" else None
    return result.study if result is not None else ""
