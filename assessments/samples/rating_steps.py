"""The steps in which a sample's ratings are made, the same as an assessor takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.assessment import answer, judge, write
from assessments.consensus import make_final
from assessments.finishing import finish
from assessments.rating import unit_of
from assessments.rating_facts import fired_prompts
from assessments.reconciliation import settle, settle_agreements
from assessments.store.project_file import Project


def rate(project: Project, outcome: str, concerns: Mapping[str, Sequence[str]]) -> None:
    """Rate an outcome as the one who sits here: domain → (level, explanation); then finish.

    Every fired prompt is marked as considered, as an assessor would by going through them.
    """
    unit = unit_of(outcome)
    for domain, (level, explanation) in concerns.items():
        judge(project, unit, domain, level)
        if explanation:
            write(project, unit, domain, "support", explanation)
    for prompt in fired_prompts(project, outcome):
        answer(project, unit, prompt.domain, f"ack/{prompt.id}", "considered")
    finish(project, unit)


def settle_rating(project: Project, outcome: str, settled: Mapping[str, Sequence[str]]) -> None:
    """Settle an outcome: domain → (how, reason, kind) where the two differ; then make it final."""
    unit = unit_of(outcome)
    for domain, (how, reason, kind) in settled.items():
        settle(project, unit, domain, how, reason=reason, kind=kind)
    settle_agreements(project, (unit,))
    make_final(project, (unit,))
