"""What the standard sentence of a body has to say, from its effect, its thresholds and its level.

``plain_language.py`` puts it into words. Size comes from the point estimate of the absolute effect
against the declared thresholds; without thresholds only the direction is said.
"""

from __future__ import annotations

from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import Evidence
from gradecore.grade.names_in_sentences import in_a_sentence, takes_plural_verb
from gradecore.grade.plain_language import INCREASE, REDUCTION, Saying
from gradecore.grade.scales import analysis_direction
from gradecore.grade.settings import Settings
from gradecore.grade.target import size_of
from gradecore.grade.vocabulary import EFFECT_IN_RANGE, RANGES


def saying_of(evidence: Evidence, settings: Settings, certainty: str) -> Saying | None:
    """Return what is to be said of a body at a level of certainty; None without an estimate."""
    if evidence.pooled is None:
        return None
    claim = main_claim(evidence, settings)
    thresholds = settings.thresholds
    size = target = None
    if claim.effect is not None:
        upwards = claim.effect.estimate > 0
        if thresholds.ranges and thresholds.type in (None, RANGES):
            size = size_of(thresholds, claim.effect.estimate)
    else:
        upwards = evidence.pooled.effect * analysis_direction(evidence) > 0
    if claim.target is not None and claim.target.code != EFFECT_IN_RANGE:
        target = claim.target.code
    return Saying(
        intervention=in_a_sentence(evidence.intervention) or "the intervention",
        outcome=in_a_sentence(evidence.outcome) or "the outcome",
        plural=takes_plural_verb(evidence.intervention),
        certainty=certainty,
        direction=INCREASE if upwards else REDUCTION,
        size=size,
        target=target,
    )
