"""The team's decisions about prompts: cut-offs with their sources, and how things are folded.

Numbers come from a file of the resources (or from the review, which keeps its own copy); here is
only their shape and the check that they are complete and possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from gradecore.grade.plain_language import StatementTemplates
from gradecore.grade.target import Thresholds
from gradecore.grade.vocabulary import REASONS_TO_RATE_UP
from gradecore.input_errors import InputError

SOME_CONCERNS_AS: tuple[str, ...] = ("high", "low", "show_both")
SINGLE_STUDY_RULES: tuple[str, ...] = ("none", "minus_one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoffs:
    """All numbers that prompts compare facts with; shares and risks are 0 to 1, I² 0 to 100."""

    rob_dominated: float
    rob_possibly_dominated: float
    rob_appreciable_low: float
    rob_appreciable_low_strict: float
    rob_relative_change: float
    rob_smallest_comparable: float
    rob_p_between: float
    rob_recurrent_domain: float
    rob_weights_differ: float
    inc_pairs: float
    inc_weight_excluding: float
    inc_majority: float
    inc_opposite: float
    inc_prediction_studies: float
    inc_i2_info: float
    inc_i2_notable: float
    inc_i2_considerable: float
    inc_q_p: float
    inc_spread_weight: float
    inc_decision_index: float
    inc_across_studies: float
    inc_few_studies: float
    ind_weight_info: float
    ind_weight_strong: float
    ind_follow_up: float
    imp_large: float
    imp_clearly_large: float
    imp_large_sd: float
    imp_rrr: float
    imp_alpha: float
    imp_power: float
    imp_ratio_rr: float
    imp_ratio_or: float
    imp_share_of_ois: float
    imp_default_delta_sd: float
    imp_classic_low: float
    imp_classic_high: float
    imp_rule_events: float
    imp_rule_people_old: float
    imp_rule_people: float
    imp_rare_limit: float
    imp_rare_people: float
    imp_few_studies: float
    pub_small: float
    pub_most: float
    pub_funnel_studies: float
    pub_funnel_spread: float
    pub_p: float
    pub_missing_strong: float
    up_large: float
    up_very_large: float
    up_low_i2: float
    narrative_small: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """A pre-registered rule of the review: shown beside the standard prompts, sets nothing.

    ``expression`` compares fact keys with numbers, for example ``i2 > 75 and k >= 3``.
    """

    id: str
    domain: str
    label: str
    expression: str
    text: str = ""
    suggestion: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that prompts depend on apart from the evidence.

    ``edited`` names the cut-offs that the team changed. ``thresholds`` is the claim that is rated;
    ``templates`` are for the prompt that shows two sentences to choose between.
    ``reasons_to_rate_up`` is the team's decision which reasons are offered.
    """

    cutoffs: Cutoffs
    thresholds: Thresholds = field(default_factory=Thresholds)
    some_concerns_as: str = "show_both"
    single_study_rule: str = "none"
    reasons_to_rate_up: str = "all"
    edited: tuple[str, ...] = ()
    review_rules: tuple[ReviewRule, ...] = ()
    templates: StatementTemplates | None = None

    def __post_init__(self) -> None:
        if self.some_concerns_as not in SOME_CONCERNS_AS:
            raise InputError(
                f"“{self.some_concerns_as}” is no way to treat some concerns.",
                column="some_concerns_as",
            )
        if self.single_study_rule not in SINGLE_STUDY_RULES:
            raise InputError(
                f"“{self.single_study_rule}” is no rule for single studies.",
                column="single_study_rule",
            )
        if self.reasons_to_rate_up not in REASONS_TO_RATE_UP:
            raise InputError(
                f"“{self.reasons_to_rate_up}” is no choice of reasons to rate up.",
                column="reasons_to_rate_up",
            )

    @property
    def offered_upgrades(self) -> tuple[str, ...]:
        """The reasons to rate up that the team offers."""
        return REASONS_TO_RATE_UP[self.reasons_to_rate_up]


def cutoffs_from(numbers: Mapping[str, Any]) -> Cutoffs:
    """Return the cut-offs from their names and values.

    Raises:
        InputError: a name is unknown or missing, or a value is no number above 0.
    """
    names = {one.name for one in fields(Cutoffs)}
    for name in numbers:
        if name not in names:
            raise InputError(f"“{name}” is no cut-off of a prompt.", column=name)
    for name in sorted(names - set(numbers)):
        raise InputError(f"The cut-off “{name}” is missing.", column=name)
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise InputError(f"The cut-off “{name}” must be a number above 0.", column=name)
    return Cutoffs(**{name: float(value) for name, value in numbers.items()})
