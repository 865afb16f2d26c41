"""Is a difference between subgroups credible? What the team answers, and what GRADE takes of it.

The questions follow the instrument of Schandelmaier 2020 for meta-analyses (ICEMAN,
doi:10.1503/cmaj.200077) in words of our own; the test of interaction comes from the analysis.
People judge the credibility, no answer is added up.
"""

from __future__ import annotations

from assessments.review import Setting
from assessments.store.project_file import Project
from gradecore.grade.evidence import Subgroups
from gradecore.results import PooledEstimate

QUESTIONS: dict[str, tuple[str, ...]] = {
    "comparison": ("within", "between"),
    "direction": ("yes", "no"),
    "earlier_evidence": ("yes", "no"),
    "hypotheses": ("1", "2", "3", "5", "10", "11"),
    "cut_points": ("yes", "no"),
    "credibility": ("high", "moderate", "low", "very_low"),
}
"""Question → its answers. Of hypotheses 5 means four or five, 10 six to ten, 11 more than ten."""

_START = "subgroups/"


def place_of(outcome: str, question: str) -> str:
    """Return the name of the decision that holds the team's answer for an outcome."""
    return f"{_START}{outcome}/{question}"


def choices_of(name: str) -> tuple[str, ...] | None:
    """Return the values of such a decision, None if it is none of these."""
    return QUESTIONS.get(name.rpartition("/")[2]) if name.startswith(_START) else None


def has_subgroups(pooled: PooledEstimate | None) -> bool:
    """Return whether the results were pooled in two or more subgroups."""
    return pooled is not None and len(pooled.subgroups) > 1


def subgroups_of(
    project: Project, outcome: str, pooled: PooledEstimate | None
) -> tuple[Subgroups, ...]:
    """Return the subgroup analysis of an outcome with the team's answers, () without subgroups."""
    if pooled is None or not has_subgroups(pooled):
        return ()
    given = {name: _answer(project, place_of(outcome, name)) for name in QUESTIONS}
    between, comparison = pooled.between_subgroups, given["comparison"]
    return (
        Subgroups(
            name=" / ".join(one.name or "–" for one in pooled.subgroups),
            p_interaction=between.p if between is not None else None,
            within_study=None if comparison is None else comparison == "within",
            hypotheses=int(given["hypotheses"]) if given["hypotheses"] else None,
            direction_stated=_yes(given["direction"]),
            earlier_evidence=_yes(given["earlier_evidence"]),
            cut_points_planned=_yes(given["cut_points"]),
            credibility=given["credibility"],
        ),
    )


def _answer(project: Project, name: str) -> str | None:
    found = project.one(Setting, name)
    return found.value if found is not None and found.value else None


def _yes(answer: str | None) -> bool | None:
    return None if answer is None else answer == "yes"
