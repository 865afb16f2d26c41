"""How the publication itself rated certainty: kept for later, shown when both have finished.

GRADE knows no such rating of another team; whoever has seen it before rating is drawn towards it.
So it is kept as a decision of the team and told to nobody while an assessor is still rating.
"""

from __future__ import annotations

from assessments.assessment import SEATS
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.rating import unit_of
from assessments.review import Outcome
from assessments.review_edits import decide, setting
from assessments.sealing import standing
from assessments.store.project_file import Project
from gradecore.grade.vocabulary import SCORE_OF_LEVEL

EXTERNAL = "external_rating/"


@edit("decide")
def state_external_rating(project: Project, outcome_id: str, level: str) -> None:
    """Keep how the publication rated an outcome; '' takes it back.

    Raises:
        Refused: the outcome is gone or was not taken from a publication, or there is no such
            level.
    """
    outcome = project.one(Outcome, outcome_id)
    if outcome is None or outcome.evidence != "published":
        raise Refused(Problem(
            code="not-published", where=outcome_id,
            sentence=_("Only an estimate taken from a publication has a rating of its own."),
        ))
    if level and level not in SCORE_OF_LEVEL:
        raise Refused(Problem(
            code="not-a-choice", where="external_rating",
            sentence=_("“{value}” is no level of certainty.").format(value=level),
            remedy=_("Choose one of: {choices}.").format(choices=", ".join(SCORE_OF_LEVEL)),
        ))
    decide(project, f"{EXTERNAL}{outcome_id}", level)


def has_external_rating(project: Project, outcome_id: str) -> bool:
    """Return whether a rating of the publication is kept, shown or not."""
    return bool(setting(project, f"{EXTERNAL}{outcome_id}"))


def external_rating(project: Project, outcome_id: str) -> str:
    """Return how the publication rated an outcome, '' until both assessors have finished."""
    states = standing(project, unit_of(outcome_id))
    if not all(states.get(seat) == "finished" for seat in SEATS):
        return ""
    return setting(project, f"{EXTERNAL}{outcome_id}")
