"""What the facts of GRADE are computed from: one body of evidence in plain, frozen numbers.

A body is one comparison, one outcome, one stream of evidence. Whoever holds the pooled analysis
and the settled risk of bias fills these types in; what is None was not entered or does not exist,
and the prompts that need it say so. Nothing is computed here.

Scales. *Analysis scale*: natural logarithm for RR, OR, HR, rate ratio and ratio of means, raw for
MD, SMD and RD. *Natural scale*: as printed. Every effect in this file is on the analysis scale.
Risks are proportions between 0 and 1; weights are shares that sum to 1; I² is 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gradecore.grade.vocabulary import PICO, POOLED, RCT
from gradecore.input_errors import InputError

RATIO_MEASURES: tuple[str, ...] = ("RR", "OR", "PETO", "HR", "IRR", "ROM", "ROMC", "GENR")
STANDARDISED_MEASURES: tuple[str, ...] = (
    "SMD", "SMD1", "SMD1H", "SMDH", "SMCC", "SMCR", "SMCRH",
)
"""Differences in means in SD units, by whichever SD."""
PLAIN_MEAN_MEASURES: tuple[str, ...] = ("MD", "MC")
"""Differences in means in the unit of the instrument."""
MEAN_MEASURES: tuple[str, ...] = (*PLAIN_MEAN_MEASURES, *STANDARDISED_MEASURES, "ROM", "ROMC")
ONE_GROUP_MEASURES: tuple[str, ...] = ("PR", "PLN", "PLO", "PAS", "PFT")
"""Proportions of one group: compared with nothing, so there is neither an effect nor a null."""
EVENT_DIFFERENCES: tuple[str, ...] = ("RD", "IRD")
EVENT_MEASURES: tuple[str, ...] = ("RR", "OR", "PETO", "HR", "IRR", *EVENT_DIFFERENCES)
"""Measures of events; the others compare means."""

ROB_LEVELS: tuple[str, ...] = ("low", "some", "high", "open")
"""Risk of bias folded for the prompts; 'open' has no settled judgement yet."""

ANSWERS: tuple[str, ...] = ("yes", "probably_yes", "probably_no", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainJudgement:
    """The settled judgement of one risk-of-bias domain of one study, folded to ``ROB_LEVELS``.

    ``about_blinding`` marks domains that concern blinding or the measurement of the outcome.
    """

    name: str
    level: str
    about_blinding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyEvidence:
    """One study's part in the body.

    ``effect``, ``se``, ``low``, ``high``: analysis scale; the limits are derived from the standard
    error with 1.96 where they are None. ``weight``: share of the model actually reported;
    ``common_weight``: share of the common-effect model. ``rob``: folded overall judgement of this
    result, ``rob_original`` as the tool calls it; ``some_is_low`` marks a middle level that never
    counts as high, as ROBINS-I's “moderate”. ``indirect``: elements of the question that the
    study misses, None if nobody looked. ``follow_up`` in the unit of the body's target.
    """

    id: str
    label: str = ""
    effect: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    weight: float | None = None
    common_weight: float | None = None
    n_1: float | None = None
    n_2: float | None = None
    n: float | None = None
    events_1: float | None = None
    events_2: float | None = None
    rob: str = "open"
    rob_original: str = ""
    some_is_low: bool = False
    rob_domains: tuple[DomainJudgement, ...] = ()
    indirect: tuple[str, ...] | None = None
    industry_funded: bool | None = None
    follow_up: float | None = None

    def __post_init__(self) -> None:
        if self.rob not in ROB_LEVELS:
            raise InputError(
                f"“{self.rob}” is no folded risk-of-bias level.", study=self.id, column="rob"
            )

    @property
    def participants(self) -> float | None:
        """The participants analysed, both arms together."""
        if self.n is not None:
            return self.n
        if self.n_1 is None or self.n_2 is None:
            return None
        return self.n_1 + self.n_2

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval on the analysis scale, None if it is not known."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if self.effect is None or self.se is None:
            return None
        return self.effect - 1.959963984540054 * self.se, self.effect + 1.959963984540054 * self.se


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledNumbers:
    """A pooled (or single, or published) estimate; effects on the analysis scale.

    ``wald_*`` and ``hartung_knapp_*`` are the same estimate's interval by the two methods, for
    the prompt that compares them; ``model`` is 'random' or 'common'; ``level`` is that of the
    interval, 0.95 for 95%.
    """

    effect: float
    low: float
    high: float
    level: float = 0.95
    se: float | None = None
    model: str = ""
    tau2: float | None = None
    prediction_low: float | None = None
    prediction_high: float | None = None
    i2: float | None = None
    i2_low: float | None = None
    i2_high: float | None = None
    q: float | None = None
    q_df: int | None = None
    q_p: float | None = None
    wald_low: float | None = None
    wald_high: float | None = None
    hartung_knapp_low: float | None = None
    hartung_knapp_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSpread:
    """Statistics of heterogeneity that are known although the estimate is not; I² in percent."""

    tau2: float | None = None
    i2: float | None = None
    i2_low: float | None = None
    i2_high: float | None = None
    q: float | None = None
    q_df: int | None = None
    q_p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """The estimate without some studies: same model, tau² estimated anew.

    ``pooled`` is None when no study remains; ``p_between`` tests those left out against the rest.
    """

    k: int
    pooled: PooledNumbers | None = None
    p_between: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRisk:
    """An assumed comparator risk (proportion) or rate, with its label and source."""

    label: str
    risk: float
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PicoAnswer:
    """Whether the evidence is direct enough in one element; ``answer`` of ``ANSWERS`` or None."""

    element: str
    target: str = ""
    evidence: str = ""
    answer: str | None = None

    def __post_init__(self) -> None:
        if self.element not in PICO:
            raise InputError(f"“{self.element}” is no element of the question.", column="element")
        if self.answer is not None and self.answer not in ANSWERS:
            raise InputError(f"“{self.answer}” is no answer here.", column=self.element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroups:
    """A subgroup analysis and the team's view of its credibility (ICEMAN-type, by people).

    ``credibility`` is 'high', 'moderate', 'low', 'very_low' or None while nobody has judged.
    """

    name: str
    p_interaction: float | None = None
    within_study: bool | None = None
    hypotheses: int | None = None
    direction_stated: bool | None = None
    earlier_evidence: bool | None = None
    cut_points_planned: bool | None = None
    credibility: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudies:
    """What is known about small-study effects; everything may be missing.

    ``visual`` is 'symmetric', 'asymmetric' or 'cannot_tell', answered by a person. ``estimates``
    are sensitivity analyses (name, effect on the analysis scale).
    """

    visual: str | None = None
    test: str = ""
    p: float | None = None
    estimates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """A dose-response relation: slope with interval on the analysis scale, or monotone classes.

    The slope is the change of the effect per ``unit`` of dose, from ``k`` studies. ``monotone``
    tells whether the effect rises with each class of dose. ``gap`` says why a slope is missing.
    """

    slope: float | None = None
    low: float | None = None
    high: float | None = None
    monotone: bool | None = None
    unit: str = ""
    k: int | None = None
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One body of evidence, complete enough for what is known of it.

    ``kind``: 'pooled', 'published', 'narrative', 'single', 'not_reported' or 'not_found'.
    ``k``, ``n``, ``events``: totals where studies are not listed. ``sd``: SD that turns an SMD or
    MD into the other (the familiar instrument, or the pooled comparator SD). ``per``: people per
    which events are displayed; ``decimals``: decimals of an absolute difference in means.
    ``case_series``: whether studies without a comparison group are among them.
    ``missing_studies``: eligible completed studies without usable results; None if nobody looked.
    ``directions``: in a narrative synthesis the number of studies whose effect favours the
    intervention, neither, the comparator. ``search``: what was searched (name, yes or no).
    ``confounding``: what the assessors said about opposing confounding ('would_reduce',
    'spurious'), None if they said nothing.
    """

    kind: str = POOLED
    start_rule: str = RCT
    measure: str = ""
    pooled: PooledNumbers | None = None
    spread: StatedSpread | None = None
    studies: tuple[StudyEvidence, ...] = ()
    k: int | None = None
    n: float | None = None
    events: float | None = None
    events_1: float | None = None
    events_2: float | None = None
    baselines: tuple[BaselineRisk, ...] = ()
    event_free: bool = False
    sd: float | None = None
    per: int = 1000
    decimals: int = 2
    intervention: str = ""
    outcome: str = ""
    without_high: Restricted | None = None
    without_high_and_some: Restricted | None = None
    objective: bool | None = None
    surrogate: bool | None = None
    indirect_comparison: bool | None = None
    laboratory: bool | None = None
    case_series: bool = False
    pico: tuple[PicoAnswer, ...] = ()
    target_follow_up: float | None = None
    baseline_from_elsewhere: bool | None = None
    visual_disagreement: bool | None = None
    directions: tuple[int, int, int] | None = None
    subgroups: tuple[Subgroups, ...] = ()
    small_studies: SmallStudies = field(default_factory=SmallStudies)
    missing_studies: int | None = None
    missing_participants: float | None = None
    search: tuple[tuple[str, bool | None], ...] = ()
    early_small_positive: bool | None = None
    gradient: Gradient | None = None
    confounding: str | None = None
    confounders: str = ""

    @property
    def ratio(self) -> bool:
        """Whether the measure is analysed as a logarithm."""
        return self.measure in RATIO_MEASURES

    @property
    def of_events(self) -> bool:
        """Whether the outcome is an event, so that the absolute effect is a difference in risk."""
        return self.measure in EVENT_MEASURES

    @property
    def standardised(self) -> bool:
        """Whether the effect is in SD units."""
        return self.measure in STANDARDISED_MEASURES

    @property
    def compared(self) -> bool:
        """Whether the measure compares groups, so that there is an effect and a null."""
        return self.measure not in ONE_GROUP_MEASURES

    @property
    def of_plain_means(self) -> bool:
        """Whether the effect is a difference in means in the unit of the instrument."""
        return self.measure in PLAIN_MEAN_MEASURES

    @property
    def study_count(self) -> int | None:
        """The number of studies, listed or stated."""
        return self.k if self.k is not None else (len(self.studies) or None)

    @property
    def participants(self) -> float | None:
        """All participants analysed, stated or summed; None if one study's number is missing."""
        if self.n is not None:
            return self.n
        return _sum([study.participants for study in self.studies])

    @property
    def arm_events(self) -> tuple[float | None, float | None]:
        """Events with the intervention and with the comparator."""
        return (
            self.events_1
            if self.events_1 is not None
            else _sum([study.events_1 for study in self.studies]),
            self.events_2
            if self.events_2 is not None
            else _sum([study.events_2 for study in self.studies]),
        )

    @property
    def all_events(self) -> float | None:
        """Events in both arms together, stated or summed."""
        if self.events is not None:
            return self.events
        first, second = self.arm_events
        return None if first is None or second is None else first + second


def _sum(numbers: list[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None
