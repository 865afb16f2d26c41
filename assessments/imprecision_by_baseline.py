"""Imprecision rated apart at a baseline risk where the interval says something else there.

One relative effect has one rating. At another baseline risk, though, the interval of the absolute
effect may contain a threshold that it leaves out elsewhere; then imprecision, and with it the
certainty, may be rated for that risk alone. Nothing is chosen unless a person chooses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.review import Outcome
from assessments.store.project_file import Project
from gradecore.grade import certainty as arithmetic
from gradecore.grade.facts import Facts
from gradecore.grade.vocabulary import IMPRECISION

AT = "at/"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePlace:
    """A baseline risk at which imprecision may be rated apart: ``question`` keeps the answer."""

    label: str
    risk: float
    per: int
    verdict: str

    @property
    def question(self) -> str:
        """The key of the answer; with another risk it is another question."""
        return question_at(self.risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRating:
    """What a person chose for imprecision at a baseline risk, and the certainty that follows."""

    label: str
    risk: float
    per: int
    concern: str
    certainty: arithmetic.Certainty


def question_at(risk: float) -> str:
    """Return the key of the answer for a baseline risk (a proportion)."""
    return f"{AT}{risk:.6g}"


def places_of(project: Project, outcome: Outcome, facts: Facts) -> tuple[BaselinePlace, ...]:
    """Return the baseline risks, where the verdict of the interval differs between them."""
    from assessments.rating_facts import evidence_and_settings

    verdicts = facts.starting("imp_verdict_")
    if len({one.value for one in verdicts}) < 2:
        return ()
    evidence, _settings = evidence_and_settings(project, outcome)
    known = {one.key: one.display for one in verdicts}
    return tuple(
        BaselinePlace(label=one.label, risk=one.risk, per=evidence.per,
                      verdict=known[f"imp_verdict_{place}"])
        for place, one in enumerate(evidence.baselines, start=1)
        if f"imp_verdict_{place}" in known
    )


def chosen_at(answers: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return question → level of what was chosen at baseline risks."""
    return {
        question: code for (domain, question), code in answers.items()
        if domain == IMPRECISION and question.startswith(AT)
    }


def agreed(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return what two assessors chose alike; where they differ nothing holds."""
    return {question: code for question, code in one.items() if other.get(question) == code}


def ratings_at(
    project: Project,
    outcome: Outcome,
    start_rule: str,
    levels: tuple[Mapping[str, str | None], Mapping[str, str | None]],
    chosen: Mapping[str, str],
) -> tuple[BaselineRating, ...]:
    """Return the certainty at each baseline risk for which imprecision was chosen apart.

    ``levels`` are concerns and upgrades. Empty while a domain is undecided, or where the interval
    says the same at every risk.
    """
    from assessments.rating_facts import facts_of

    concerns, upgrades = levels
    if not chosen or not all(concerns.values()):
        return ()
    return tuple(
        BaselineRating(
            label=one.label, risk=one.risk, per=one.per, concern=chosen[one.question],
            certainty=arithmetic.certainty(
                start_rule, dict(concerns) | {IMPRECISION: chosen[one.question]}, dict(upgrades)),
        )
        for one in places_of(project, outcome, facts_of(project, outcome.id))
        if one.question in chosen
    )
