"""The steps in which a sample's ratings are made, the same as an assessor takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.assessment import answer, judge, write
from assessments.consensus import make_final
from assessments.finishing import finish
from assessments.rating import unit_of
from assessments.rating_checks import MUST_BE_ANSWERED
from assessments.rating_facts import fired_prompts
from assessments.settling import settle, settle_agreements
from assessments.store.project_file import Project
from gradecore.grade.vocabulary import CONCERN_POINTS, INCONSISTENCY

CONCERNS_DOWN = tuple(code for code, points in CONCERN_POINTS.items() if points < 0)


def rate(project: Project, outcome: str, concerns: Mapping[str, Sequence[str]]) -> None:
    """Rate an outcome as the one who sits here: domain → (level, explanation); then finish.

    Every fired prompt is marked as considered, as an assessor would by going through them; the
    question about the forest plot is answered as inconsistency was rated.
    """
    unit = unit_of(outcome)
    for domain, (level, explanation) in concerns.items():
        judge(project, unit, domain, level)
        if explanation:
            write(project, unit, domain, "support", explanation)
    disagree = concerns.get(INCONSISTENCY, ("not_serious",))[0] in CONCERNS_DOWN
    for prompt in fired_prompts(project, outcome):
        if prompt.id in MUST_BE_ANSWERED:
            answer(project, unit, prompt.domain, prompt.id, "yes" if disagree else "no")
        answer(project, unit, prompt.domain, f"ack/{prompt.id}", "considered")
    finish(project, unit)


def settle_rating(project: Project, outcome: str, settled: Mapping[str, Sequence[str]]) -> None:
    """Settle an outcome: domain → (how, reason, kind) where the two differ; then make it final."""
    unit = unit_of(outcome)
    for domain, (how, reason, kind) in settled.items():
        settle(project, unit, domain, how, reason=reason, kind=kind)
    settle_agreements(project, (unit,))
    make_final(project, (unit,))
