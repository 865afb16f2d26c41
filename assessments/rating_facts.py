"""The facts and prompts of GRADE for an outcome of the review, and what of them is frozen.

Everything computed lies here in one piece: what the page shows beside a decision is what is
frozen with the finished rating and compared with later. The assessor's own answers to prompts
are not among the frozen facts; they belong to the rating.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from assessments.assessment import Answer, find, seat_of
from assessments.bodies import gathered
from assessments.grade_files import grade_defaults, statement_templates
from assessments.rating import unit_of
from assessments.rating_evidence import (
    Answers,
    answers_that_count,
    evidence_of,
    with_answers,
)
from assessments.remembered import remembered_of_bodies
from assessments.review import Outcome, ReviewRule, Setting
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import risks_for
from assessments.team_decisions import CUTOFF
from gradecore.grade.evidence import EVENT_MEASURES, Evidence
from gradecore.grade.facts import Fact, Facts, Missing, Prompt
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.settings import ReviewRule as Rule
from gradecore.grade.settings import Settings, cutoffs_from
from gradecore.grade.stale import fingerprint, moved, to_keep
from gradecore.grade.target import Thresholds
from gradecore.input_errors import InputError

PER_EVENTS = 1000.0
"""An MID of events is typed as people per 1000."""


def settings_of(project: Project, outcome: Outcome, measure: str) -> Settings:
    """Return the team's decisions about prompts for an outcome, its thresholds among them."""
    changed = {
        one.id[len(CUTOFF) :]: float(one.value)
        for one in project.all(Setting)
        if one.id.startswith(CUTOFF) and one.value
    }
    defaults = {one.name: one.value for one in grade_defaults().sources}
    return Settings(
        cutoffs=cutoffs_from(defaults | changed),
        thresholds=thresholds_of(project, outcome, measure),
        some_concerns_as=_decision(project, "some_concerns_as", "show_both"),
        single_study_rule=_decision(project, "single_study_rule", "none"),
        reasons_to_rate_up=_decision(project, "reasons_to_rate_up", "all"),
        edited=tuple(changed),
        review_rules=tuple(
            Rule(
                id=f"RULE-{number}", domain=one.domain, label=one.label,
                expression=one.expression, text=one.text, suggestion=one.suggestion,
            )
            for number, one in enumerate(project.all(ReviewRule), start=1)
        ),
        templates=statement_templates(),
    )


def _decision(project: Project, name: str, default: str) -> str:
    found = project.one(Setting, name)
    return found.value if found is not None and found.value else default


def thresholds_of(project: Project, outcome: Outcome, measure: str) -> Thresholds:
    """Return the outcome's thresholds on the absolute scale; events as proportions."""
    divisor = PER_EVENTS if measure in EVENT_MEASURES else 1.0

    def size(value: float | None) -> float | None:
        return value / divisor if value else None

    span = (size(outcome.mid_low), size(outcome.mid_high))
    ranges = _rising_sizes(size(outcome.t1), size(outcome.t2), size(outcome.t3))
    harm = _rising_sizes(size(outcome.t1_harm), size(outcome.t2_harm), size(outcome.t3_harm))
    return Thresholds(
        framework=_decision(project, "framework", "core"),
        type=outcome.threshold_type,
        better=outcome.better,
        mid=size(outcome.mid),
        mid_harm=size(outcome.mid_harm),
        mid_range=_rising(*span),
        relative=outcome.mid_relative or None,
        decision=None if outcome.decision is None else outcome.decision / divisor,
        ranges=ranges,
        ranges_harm=harm,
        target=outcome.target,
        target_reason=outcome.target_reason,
    )


def _rising_sizes(*sizes: float | None) -> tuple[float, ...]:
    """Return the thresholds that were declared; none where they do not rise, as the page says."""
    given = tuple(one for one in sizes if one is not None)
    return () if any(low >= high for low, high in pairwise(given)) else given


def _rising(low: float | None, high: float | None) -> tuple[float, float] | None:
    return (low, high) if low is not None and high is not None and low < high else None


def evidence_and_settings(
    project: Project, outcome: Outcome, answers: Answers | None = None
) -> tuple[Evidence, Settings]:
    """Return the evidence of an outcome with the team's decisions about it."""
    evidence, settings = remembered_of_bodies(
        project, ("evidence", outcome.id), lambda: _evidence_and_settings(project, outcome)
    )
    return with_answers(project, outcome, evidence, answers or {}), settings


def _evidence_and_settings(project: Project, outcome: Outcome) -> tuple[Evidence, Settings]:
    evidence = evidence_of(project, outcome)
    return evidence, settings_of(project, outcome, evidence.measure)


def own_answers(project: Project, outcome_id: str, seat: str | None = None) -> dict[
    tuple[str, str], str
]:
    """Return what the one who sits here (or the given seat) answered to prompts."""
    chosen = seat or seat_of(project)
    found = find(project, unit_of(outcome_id), chosen) if chosen else None
    if found is None:
        return {}
    return {
        (one.domain, one.question): one.response
        for one in project.all(Answer, assessment=found.id)
        if one.response is not None
    }


def facts_of(project: Project, outcome_id: str, answers: Answers | None = None) -> Facts:
    """Return the facts of an outcome; without answers, those that are frozen with a rating.

    Numbers that cannot be leave everything not computable, with the reason.
    """
    counting = answers_that_count(answers or {})
    key = ("facts of", outcome_id, tuple(sorted(counting.items())))
    return remembered_of_bodies(project, key, lambda: _facts(project, outcome_id, counting))


def _facts(project: Project, outcome_id: str, answers: Answers | None) -> Facts:
    outcome = project.one(Outcome, outcome_id)
    if outcome is None:
        return Facts()
    try:
        return compute_facts(*evidence_and_settings(project, outcome, answers))
    except InputError as error:
        kind = Fact(key="kind", label="Kind of evidence", value="not_reported", display="")
        return Facts(known=(kind,), missing=(Missing(key="estimate", reason=str(error)),))


def prompts_of(
    project: Project, outcome_id: str, answers: Answers | None = None
) -> tuple[Prompt, ...]:
    """Return every prompt for an outcome, with one assessor's own answers where they count."""
    counting = answers_that_count(answers or {})
    key = ("prompts of", outcome_id, tuple(sorted(counting.items())))
    return remembered_of_bodies(project, key, lambda: _prompts(project, outcome_id, counting))


def _prompts(project: Project, outcome_id: str, answers: Answers) -> tuple[Prompt, ...]:
    outcome = project.one(Outcome, outcome_id)
    if outcome is None:
        return ()
    facts = facts_of(project, outcome_id, answers)
    measure = facts.text("measure") if facts.has("measure") else ""
    return run_prompts(facts, settings_of(project, outcome, measure))


def fired_prompts(project: Project, outcome_id: str) -> tuple[Prompt, ...]:
    """Return the prompts that the one who sits here has to acknowledge."""
    answers = own_answers(project, outcome_id)
    return tuple(one for one in prompts_of(project, outcome_id, answers) if one.fired)


def computing(project: Project, outcome_id: str) -> tuple[Callable[[], object], ...]:
    """Return the short steps in which all of an outcome is computed, in their order.

    What they compute is remembered, so whoever asks for it afterwards has it at once.
    """
    outcome = project.one(Outcome, outcome_id)
    if outcome is None:
        return ()
    answers = own_answers(project, outcome_id)
    return (
        lambda: risks_for(project, outcome),
        lambda: gathered(project, outcome),
        lambda: evidence_and_settings(project, outcome),
        lambda: prompts_of(project, outcome_id, answers),
    )


def frozen_now(project: Project, outcome_id: str) -> tuple[str, dict[str, Any]]:
    """Return the fingerprint and the plain values of what lies beside a rating now."""
    facts = facts_of(project, outcome_id)
    return fingerprint(facts), to_keep(facts, prompts_of(project, outcome_id))


def moved_since(project: Project, outcome_id: str, kept: dict[str, Any]) -> tuple[str, ...]:
    """Return in sentences what has moved since these values were frozen; empty if nothing has."""
    return moved(kept, facts_of(project, outcome_id), prompts_of(project, outcome_id))
