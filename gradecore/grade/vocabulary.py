"""The words of GRADE as they are stored: levels, domains, concerns, reasons to rate up, starts.

Codes never change; labels and symbols are how they are shown. This file owns no arithmetic
(``certainty.py``) and no sentences for the page.

=============  =====  =========  ===========================================
level          score  symbols    meaning
=============  =====  =========  ===========================================
high               4  ⊕⊕⊕⊕       very sure that the truth is near the estimate
moderate           3  ⊕⊕⊕◯       fairly sure; a substantial difference is possible
low                2  ⊕⊕◯◯       limited confidence
very_low           1  ⊕◯◯◯       very little confidence
not_rated          –  –          no body of evidence
=============  =====  =========  ===========================================

Source: GRADE guidelines 3 (doi:10.1016/j.jclinepi.2010.07.015); the term “extremely serious”
from GRADE guidelines 18 (doi:10.1016/j.jclinepi.2018.01.012).
"""

from __future__ import annotations

from dataclasses import dataclass

HIGH = "high"
MODERATE = "moderate"
LOW = "low"
VERY_LOW = "very_low"
NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of certainty: stored code, score from 4 to 1, label, meaning in our own words."""

    code: str
    score: int | None
    label: str
    meaning: str


LEVELS: tuple[Level, ...] = (
    Level(
        code=HIGH,
        score=4,
        label="High",
        meaning="We are very sure that the true effect is near the estimate.",
    ),
    Level(
        code=MODERATE,
        score=3,
        label="Moderate",
        meaning="We are fairly sure: the true effect is probably near the estimate, but may be "
        "substantially different.",
    ),
    Level(
        code=LOW,
        score=2,
        label="Low",
        meaning="Our confidence is limited: the true effect may be substantially different from "
        "the estimate.",
    ),
    Level(
        code=VERY_LOW,
        score=1,
        label="Very low",
        meaning="We have very little confidence: the true effect is likely to be substantially "
        "different from the estimate.",
    ),
    Level(
        code=NOT_RATED,
        score=None,
        label="Not rated",
        meaning="There is no body of evidence: no study reported the outcome.",
    ),
)
LEVEL_OF_SCORE: dict[int, str] = {
    level.score: level.code for level in LEVELS if level.score is not None
}
SCORE_OF_LEVEL: dict[str, int] = {code: score for score, code in LEVEL_OF_SCORE.items()}

CRITICAL_FROM, IMPORTANT_FROM = 7, 4
"""Importance (1 to 9) from which an outcome is critical, and important, for a decision."""

ROB = "rob"
INCONSISTENCY = "inconsistency"
INDIRECTNESS = "indirectness"
IMPRECISION = "imprecision"
PUBLICATION_BIAS = "publication_bias"
DOMAINS: tuple[str, ...] = (ROB, INCONSISTENCY, INDIRECTNESS, IMPRECISION, PUBLICATION_BIAS)
RATING_UP = "rating_up"
"""Where prompts about reasons to rate up are listed; not one of the five domains."""

DOMAIN_LABELS: dict[str, str] = {
    ROB: "Risk of bias",
    INCONSISTENCY: "Inconsistency",
    INDIRECTNESS: "Indirectness",
    IMPRECISION: "Imprecision",
    PUBLICATION_BIAS: "Publication bias",
    RATING_UP: "Rating up",
}

NOT_SERIOUS = "not_serious"
SERIOUS = "serious"
VERY_SERIOUS = "very_serious"
EXTREMELY_SERIOUS = "extremely_serious"
NOT_ASSESSABLE_CONCERN = "not_assessable"
NOT_APPLICABLE = "not_applicable"
CONCERN_POINTS: dict[str, int] = {
    NOT_SERIOUS: 0,
    SERIOUS: -1,
    VERY_SERIOUS: -2,
    EXTREMELY_SERIOUS: -3,
    NOT_ASSESSABLE_CONCERN: 0,
    NOT_APPLICABLE: 0,
}
CONCERN_LABELS: dict[str, str] = {
    NOT_SERIOUS: "Not serious",
    SERIOUS: "Serious",
    VERY_SERIOUS: "Very serious",
    EXTREMELY_SERIOUS: "Extremely serious",
    NOT_ASSESSABLE_CONCERN: "Not assessable",
    NOT_APPLICABLE: "Not applicable",
}
PUBLICATION_BIAS_LABELS: dict[str, str] = CONCERN_LABELS | {
    NOT_SERIOUS: "Undetected",
    SERIOUS: "Strongly suspected",
    VERY_SERIOUS: "Very strongly suspected",
}
"""Publication bias is stored with the same codes and shown in its own words."""

LARGE_EFFECT = "large_effect"
DOSE_RESPONSE = "dose_response"
OPPOSING_CONFOUNDING = "opposing_confounding"
UPGRADES: tuple[str, ...] = (LARGE_EFFECT, DOSE_RESPONSE, OPPOSING_CONFOUNDING)
UPGRADE_LABELS: dict[str, str] = {
    LARGE_EFFECT: "Large effect",
    DOSE_RESPONSE: "Dose-response gradient",
    OPPOSING_CONFOUNDING: "Opposing plausible confounding",
}
REASONS_TO_RATE_UP: dict[str, tuple[str, ...]] = {
    "all": UPGRADES,
    "large_effect": (LARGE_EFFECT,),
}
"""Decision of a team → the reasons that it offers; Core GRADE 4 speaks of large effects only."""
HIGHEST_UPGRADE: dict[str, int] = {LARGE_EFFECT: 2, DOSE_RESPONSE: 1, OPPOSING_CONFOUNDING: 1}
UPGRADE_POINTS: dict[str, int] = {"none": 0, "plus_one": 1, "plus_two": 2}
"""The stored codes of a judgement to rate up, with their points."""

PICO: tuple[str, ...] = ("population", "intervention", "comparator", "outcome")
"""The elements of the question that evidence may miss; time belongs to the outcome."""

WOULD_REDUCE = "would_reduce"
SPURIOUS = "spurious"
CONFOUNDING_VARIANTS: tuple[str, ...] = (WOULD_REDUCE, SPURIOUS)
"""Confounding would shrink a seen effect, or would create one where none is seen."""

RCT = "rct"
NRS = "nrs"
NRS_ROBINS_I = "nrs_robins_i"
START_SCORES: dict[str, int] = {RCT: 4, NRS: 2, NRS_ROBINS_I: 4}
START_LABELS: dict[str, str] = {
    RCT: "Randomised trials",
    NRS: "Non-randomised studies",
    NRS_ROBINS_I: "Non-randomised studies appraised against a target trial",
}

NULL = "null"
MID = "mid"
RANGES = "ranges"
DECISION = "decision"
THRESHOLD_TYPES: tuple[str, ...] = (NULL, MID, RANGES, DECISION)

IMPORTANT_EFFECT = "important_effect"
LITTLE_OR_NO_EFFECT = "little_or_no_effect"
NON_NULL_EFFECT = "non_null_effect"
EFFECT_IN_RANGE = "effect_in_range"
TARGETS: tuple[str, ...] = (
    IMPORTANT_EFFECT,
    LITTLE_OR_NO_EFFECT,
    NON_NULL_EFFECT,
    EFFECT_IN_RANGE,
)
TARGET_LABELS: dict[str, str] = {
    IMPORTANT_EFFECT: "there is an important effect",
    LITTLE_OR_NO_EFFECT: "there is little or no effect",
    NON_NULL_EFFECT: "there is an effect, of whatever size",
    EFFECT_IN_RANGE: "the effect lies in the stated range",
}

FRAMEWORKS: tuple[str, ...] = ("core", "minimal", "partial", "full", "classic", "custom")

POOLED = "pooled"
PUBLISHED = "published"
NARRATIVE = "narrative"
SINGLE = "single"
NOT_REPORTED = "not_reported"
NOT_FOUND = "not_found"
BODIES: tuple[str, ...] = (POOLED, PUBLISHED, NARRATIVE, SINGLE, NOT_REPORTED, NOT_FOUND)

SYMBOL_STYLES: tuple[str, ...] = ("circle", "minus", "text", "none")
_SYMBOLS: dict[str, tuple[str, str]] = {
    "circle": ("⊕", "◯"),
    "minus": ("⊕", "⊝"),
    "text": ("+", "o"),
}


def symbols(level: str, style: str = "circle") -> str:
    """Return the four symbols of a level; a dash for 'not_rated', nothing for style 'none'.

    Raises:
        KeyError: the level or the style is unknown.
    """
    if style == "none":
        return ""
    filled, empty = _SYMBOLS[style]
    if level == NOT_RATED:
        return "-" if style == "text" else "–"
    score = SCORE_OF_LEVEL[level]
    return filled * score + empty * (4 - score)


def level_label(level: str) -> str:
    """Return the word for a level."""
    return {one.code: one.label for one in LEVELS}[level]


def concern_label(domain: str, concern: str) -> str:
    """Return the words for a concern, in publication bias its own."""
    labels = PUBLICATION_BIAS_LABELS if domain == PUBLICATION_BIAS else CONCERN_LABELS
    return labels[concern]
