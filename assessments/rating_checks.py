"""What stops a rating of certainty from being finished, and what only warns.

The codes and their conditions are GRADE's (``gradecore.grade.checks``); here they get the data of
the review.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assessments.assessment import SEATS, Answer, Assessment, Judgement, Unit
from assessments.bodies import gathered
from assessments.imprecision_by_baseline import chosen_at, parts_that_count
from assessments.language import _
from assessments.problems import Problem
from assessments.published_estimate import remarks_of as published_remarks
from assessments.rating import MIXED, contributing_studies, rating_of, start_rule_of
from assessments.rating_facts import evidence_and_settings, facts_of, prompts_of
from assessments.rating_target import target_gap
from assessments.reasons_to_rate_up import chosen_but_not_offered
from assessments.review import Outcome, PublishedEstimate
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import risks_for
from gradecore.grade.checks import BodyState, RatingInput, blockers, check
from gradecore.grade.explanations import Explanation, faults, other_domain_in
from gradecore.grade.remarks import Remark
from gradecore.grade.risk_checks import remarks_on_risks
from gradecore.grade.upgrade_checks import not_offered
from gradecore.grade.vocabulary import (
    CONCERN_POINTS,
    DOMAINS,
    INCONSISTENCY,
    NOT_APPLICABLE,
    NOT_ASSESSABLE_CONCERN,
    NRS,
    RCT,
    UPGRADE_POINTS,
    UPGRADES,
)

AS_REASON = "reason"
"""The response with which an assessor counts a prompt as a reason (``ack/<prompt>``)."""
MUST_BE_ANSWERED = ("INC-1",)
"""Prompts whose question asks for a yes or no of its own."""
POOLED_KINDS = ("pooled", "single")
_NAMED = re.compile(r"\b(?:ROB|INC|IND|IMP|PUB|UP)-\d+[bc]?\b")
_REPEATED = ("B-MISSING",)
"""Said by ``completeness`` already, domain by domain."""


def remarks_on(project: Project, assessment: Assessment) -> tuple[Remark, ...]:
    """Return all blockers and warnings about a rating as it stands."""
    outcome = project.one(Outcome, assessment.unit)
    if outcome is None:
        return ()
    given = answers_in(project, assessment)
    return (
        *check(
            rating_input(project, outcome, assessment, given),
            body_state(project, outcome),
            facts_of(project, outcome.id, given),
            prompts_of(project, outcome.id, given),
        ),
        *_about_numbers(project, outcome),
        *_not_offered(project, assessment),
    )


def _not_offered(project: Project, assessment: Assessment) -> tuple[Remark, ...]:
    judged = project.all(Judgement, assessment=assessment.id)
    return not_offered(chosen_but_not_offered(project, {one.domain: one.level for one in judged}))


def _about_numbers(project: Project, outcome: Outcome) -> tuple[Remark, ...]:
    """Return what is odd about printed numbers and about risks, whoever rates."""
    found: list[Remark] = []
    known = project.one(PublishedEstimate, outcome.id)
    if outcome.evidence == "published" and known is not None:
        free = outcome.event_meaning == "event_free" and known.measure == "HR"
        found += published_remarks(known, event_free=free)
    evidence, _settings = evidence_and_settings(project, outcome)
    return (*found, *remarks_on_risks(evidence))


def answers_in(project: Project, assessment: Assessment) -> dict[tuple[str, str], str]:
    """Return (domain, question) → response of one rating."""
    return {
        (one.domain, one.question): one.response
        for one in project.all(Answer, assessment=assessment.id)
        if one.response is not None
    }


def rating_input(
    project: Project,
    outcome: Outcome,
    assessment: Assessment,
    given: Mapping[tuple[str, str], str],
) -> RatingInput:
    """Return a rating as the checks take it."""
    judged = project.all(Judgement, assessment=assessment.id)
    made = {one.domain: one for one in judged if not one.part}
    apart = chosen_at(judged)
    there = parts_that_count(project, outcome.id, apart)
    rule = start_rule_of(project, outcome)
    levels = {name: one.level for name, one in made.items()}
    return RatingInput(
        start_rule=rule if rule not in (None, MIXED) else NRS,
        domains={name: levels.get(name) for name in DOMAINS},
        upgrades={name: levels.get(name) for name in UPGRADES},
        explanations={
            name: Explanation(text=one.support, prompts=cited_in(name, one.support, given))
            for name, one in made.items()
        },
        borderline=tuple(name for name in DOMAINS if given.get((name, "borderline")) == "yes"),
        imprecision_apart=tuple(apart[one].level or "" for one in there),
        confounding=given.get(("opposing_confounding", "variant")),
        considered_upgrades=(
            None if rule == RCT else given.get(("rating_up", "considered")) == "none_applies"
        ),
    )


def reasons_for(domain: str, given: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Return the prompts that were counted as reasons in a domain."""
    return tuple(
        question.removeprefix("ack/")
        for (where, question), response in given.items()
        if where == domain and question.startswith("ack/") and response == AS_REASON
    )


def cited_in(
    domain: str, text: str, given: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Return the prompts that an explanation rests on: counted as reasons, or named in it.

    Where imprecision is explained with heterogeneity, or inconsistency with the size of the
    sample, the reasons of that other domain are cited too: one problem must not count twice.
    """
    cited = [*reasons_for(domain, given), *_NAMED.findall(text)]
    other = other_domain_in(domain, text)
    if other:
        cited += reasons_for(other, given)
    return tuple(dict.fromkeys(cited))


def explanation_faults(
    project: Project, outcome: str, domain: str, level: str, text: str
) -> tuple[str, ...]:
    """Return what stops a text from explaining a level; nothing for a level that needs none."""
    found = project.one(Outcome, outcome)
    points = CONCERN_POINTS.get(level, UPGRADE_POINTS.get(level, 0))
    if found is None or (points == 0 and level != NOT_ASSESSABLE_CONCERN):
        return ()
    names = tuple(one.label for one in contributing_studies(project, found))
    return faults(Explanation(text=text), domain, names)


def body_state(project: Project, outcome: Outcome) -> BodyState:
    """Return what is known of a body apart from its numbers."""
    published = project.one(PublishedEstimate, outcome.id)
    return BodyState(
        mixed=start_rule_of(project, outcome) == MIXED,
        open_rob=_open_risk_of_bias(project, outcome),
        published=outcome.evidence == "published",
        rob_statement=published.rob_statement if published else "",
        target_chosen=outcome.threshold_type is not None,
        target_gap=target_gap(outcome, facts_of(project, outcome.id)),
        outcomes=len(project.all(Outcome, comparison=outcome.comparison)),
        studies=tuple(one.label for one in contributing_studies(project, outcome)),
    )


def _open_risk_of_bias(project: Project, outcome: Outcome) -> int:
    risks = risks_for(project, outcome)
    pooled = outcome.evidence in POOLED_KINDS
    used = [
        row.key for row in gathered(project, outcome).body.studies
        if row.included and (row.data is not None or not pooled)
    ]
    return sum(not risks[key].settled for key in used)


def blockers_of(project: Project, unit: Unit, assessment: Assessment) -> tuple[Problem, ...]:
    """Return what must be mended before this rating can be finished, fired prompts included."""
    found = [
        Problem(code=one.code, sentence=one.sentence, where=one.domain)
        for one in blockers(remarks_on(project, assessment))
        if one.code not in _REPEATED
    ]
    found += _upgrades_open(project, assessment)
    found += _unanswered(project, unit, assessment)
    found += _not_applicable(project, unit, assessment)
    found += _undeclared(project, unit)
    return (*found, *_unacknowledged(project, unit, assessment))


def _upgrades_open(project: Project, assessment: Assessment) -> tuple[Problem, ...]:
    outcome = project.one(Outcome, assessment.unit)
    if outcome is None:
        return ()
    rating = rating_input(project, outcome, assessment, answers_in(project, assessment))
    if rating.considered_upgrades is not False or any(
        level not in (None, "none") for level in rating.upgrades.values()
    ):
        return ()
    return (
        Problem(
            code="B-MISSING",
            sentence=_("Reasons to rate up have not been considered."),
            where="rating_up",
            remedy=_("Choose one, or say that none applies."),
        ),
    )


def _unanswered(project: Project, unit: Unit, assessment: Assessment) -> list[Problem]:
    """Complain about questions that only a person who looks at the plot can answer (INC-1)."""
    given = answers_in(project, assessment)
    return [
        Problem(
            code="question-open",
            sentence=_("{prompt}: the question about the plot is not answered.").format(
                prompt=f"{one.id} {one.name}"
            ),
            where=one.domain,
            remedy=_("Answer yes or no."),
        )
        for one in prompts_of(project, unit.id, given)
        if one.id in MUST_BE_ANSWERED and one.fired and (one.domain, one.id) not in given
    ]


def _not_applicable(project: Project, unit: Unit, assessment: Assessment) -> list[Problem]:
    """Complain where inconsistency is called not applicable although there are several studies."""
    made = project.all(Judgement, assessment=assessment.id, domain=INCONSISTENCY)
    facts = facts_of(project, unit.id)
    several = facts.has("k") and facts.number("k") > 1
    if not several or not any(one.level == NOT_APPLICABLE for one in made):
        return []
    return [
        Problem(
            code="not-applicable",
            sentence=_("Inconsistency: “not applicable” is for a single study, and there are "
                       "{n}.").format(n=round(facts.number("k"))),
            where=INCONSISTENCY,
            remedy=_("Choose another level; “not assessable” needs an explanation."),
        )
    ]


def _undeclared(project: Project, unit: Unit) -> list[Problem]:
    """Complain about studies without a declared design: where the rating starts follows from it."""
    outcome = project.one(Outcome, unit.id)
    if outcome is None or outcome.stream is not None or outcome.evidence not in POOLED_KINDS:
        return []
    names = [one.label for one in contributing_studies(project, outcome) if one.design is None]
    if not names:
        return []
    return [
        Problem(
            code="no-design",
            sentence=_("Where the rating starts follows from the design, and none is declared "
                       "of: {studies}.").format(studies=", ".join(names)),
            where="",
            remedy=_("Choose the design on the page Studies."),
        )
    ]


def stale_blockers(project: Project, outcome: str) -> tuple[Problem, ...]:
    """Return what stops a consensus: ratings whose facts moved and that nobody confirmed."""
    found = ((seat, rating_of(project, outcome, seat)) for seat in SEATS)
    return tuple(
        Problem(
            code="B-STALE",
            sentence=_("Assessor {seat}: the facts changed after the rating: {what}").format(
                seat=seat.upper(), what=" ".join(rated.changed)
            ),
            where=outcome,
            remedy=_("Confirm the rating on the page GRADE, or rate again."),
        )
        for seat, rated in found if rated is not None and rated.stale
    )


def _unacknowledged(
    project: Project, unit: Unit, assessment: Assessment
) -> tuple[Problem, ...]:
    given = answers_in(project, assessment)
    return tuple(
        Problem(
            code="prompt-open",
            sentence=_("{prompt}: what did this mean for the rating?").format(
                prompt=f"{one.id} {one.name}"
            ),
            where=one.domain,
            remedy=_("Count it as a reason, or say that it was considered or is not relevant."),
        )
        for one in prompts_of(project, unit.id, given)
        if one.fired and not one.info and (one.domain, f"ack/{one.id}") not in given
    )
