"""What is missing of the claim that a rating is about, in a sentence (B-TARGET, grade.md 6).

The claim is a decision of the team, taken before anybody rates: a threshold with its size, which
direction is better, and why, where another claim is rated than the one that follows.
"""

from __future__ import annotations

from assessments.language import _
from assessments.review import Outcome
from gradecore.grade.claim import NO_DECISION, NO_MID, NO_ONE_MID, NO_RANGES
from gradecore.grade.facts import Facts
from gradecore.grade.vocabulary import DECISION, MID, NARRATIVE, RANGES

_UNDECLARED = (NO_MID, NO_ONE_MID, NO_DECISION, NO_RANGES)
"""Reasons for a missing target that only the team can mend by declaring a threshold."""


def target_gap(outcome: Outcome, facts: Facts) -> str:
    """Return what the team has not declared yet, '' if the claim is whole or not chosen at all.

    ``facts`` are those of the outcome; what evidence alone lacks (a baseline risk) is no gap of
    the claim.
    """
    if outcome.threshold_type is None:
        return ""
    if outcome.better is None and outcome.evidence != NARRATIVE:  # words have their direction
        return _("The team has not said which direction of the outcome is better.")
    if not _size_declared(outcome):
        return {
            MID: _("The minimal important difference is not declared."),
            DECISION: _("The decision threshold is not declared."),
            RANGES: _("The thresholds between ranges are not declared."),
        }[outcome.threshold_type]
    reason = "" if facts.has("target") else facts.reason("target")
    if reason in _UNDECLARED:
        return _(reason)
    replaced = facts.has("target_derived") and outcome.target is not None
    if replaced and not outcome.target_reason.strip():
        return _("Another claim is rated than the one that follows, and nobody has written why.")
    return ""


def _size_declared(outcome: Outcome) -> bool:
    if outcome.threshold_type == MID:
        span = outcome.mid_low is not None and outcome.mid_high is not None
        return outcome.mid is not None or outcome.mid_relative is not None or span
    if outcome.threshold_type == DECISION:
        return outcome.decision is not None
    return outcome.threshold_type != RANGES or outcome.t1 is not None
