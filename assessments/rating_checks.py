"""What stops a rating of certainty from being finished, and what only warns.

The codes and their conditions are GRADE's (``gradecore.grade.checks``); here they get the data of
the review.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.assessment import Answer, Assessment, Judgement, Unit
from assessments.bodies import gathered
from assessments.language import _
from assessments.problems import Problem
from assessments.rating import MIXED, contributing_studies, start_rule_of
from assessments.rating_facts import facts_of, prompts_of
from assessments.review import Outcome, PublishedEstimate
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import risks_for
from gradecore.grade.checks import BodyState, RatingInput, blockers, check
from gradecore.grade.explanations import Explanation
from gradecore.grade.remarks import Remark
from gradecore.grade.vocabulary import DOMAINS, NRS, RCT, UPGRADES

AS_REASON = "reason"
"""The response with which an assessor counts a prompt as a reason (``ack/<prompt>``)."""
_REPEATED = ("B-MISSING",)
"""Said by ``completeness`` already, domain by domain."""


def remarks_on(project: Project, assessment: Assessment) -> tuple[Remark, ...]:
    """Return all blockers and warnings about a rating as it stands."""
    outcome = project.one(Outcome, assessment.unit)
    if outcome is None:
        return ()
    given = answers_in(project, assessment)
    return check(
        rating_input(project, outcome, assessment, given),
        body_state(project, outcome),
        facts_of(project, outcome.id, given),
        prompts_of(project, outcome.id, given),
    )


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
    made = {one.domain: one for one in project.all(Judgement, assessment=assessment.id)}
    rule = start_rule_of(project, outcome)
    levels = {name: one.level for name, one in made.items()}
    return RatingInput(
        start_rule=rule if rule not in (None, MIXED) else NRS,
        domains={name: levels.get(name) for name in DOMAINS},
        upgrades={name: levels.get(name) for name in UPGRADES},
        explanations={
            name: Explanation(text=one.support, prompts=reasons_for(name, given))
            for name, one in made.items()
        },
        borderline=tuple(name for name in DOMAINS if given.get((name, "borderline")) == "yes"),
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


def body_state(project: Project, outcome: Outcome) -> BodyState:
    """Return what is known of a body apart from its numbers."""
    published = project.one(PublishedEstimate, outcome.id)
    return BodyState(
        mixed=start_rule_of(project, outcome) == MIXED,
        open_rob=_open_risk_of_bias(project, outcome),
        published=outcome.evidence == "published",
        rob_statement=published.rob_statement if published else "",
        target_chosen=outcome.threshold_type is not None,
        outcomes=len(project.all(Outcome, comparison=outcome.comparison)),
        studies=tuple(one.label for one in contributing_studies(project, outcome)),
    )


def _open_risk_of_bias(project: Project, outcome: Outcome) -> int:
    risks = risks_for(project, outcome)
    used = [row.key for row in gathered(project, outcome).body.studies if row.included]
    return sum(not risks[key].settled for key in used)


def blockers_of(project: Project, unit: Unit, assessment: Assessment) -> tuple[Problem, ...]:
    """Return what must be mended before this rating can be finished, fired prompts included."""
    found = [
        Problem(code=one.code, sentence=one.sentence, where=one.domain)
        for one in blockers(remarks_on(project, assessment))
        if one.code not in _REPEATED
    ]
    found += _upgrades_open(project, assessment)
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
