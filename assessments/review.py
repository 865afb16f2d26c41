"""What is being reviewed: question, people, comparisons, outcomes, studies, results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

DESIGNS = ("rct", "quasi_rct", "cluster_rct", "crossover", "cba", "its", "nrs", "case_series")
RANDOMISED = ("rct", "quasi_rct", "cluster_rct", "crossover")
STATUSES = ("included", "awaiting", "ongoing", "excluded")
ROLES = ("a", "b", "arbiter", "coordinator", "reader")
STREAMS = ("rct", "nrs")
PICO_ELEMENTS = ("population", "intervention", "comparator", "outcome")
THRESHOLD_TYPES = ("null", "mid", "ranges", "decision")
TARGETS = ("important_effect", "little_or_no_effect", "non_null_effect", "effect_in_range")
EVIDENCE = ("pooled", "published", "narrative", "single", "not_reported")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The question of the review. ``label`` is shown beside the title (“Invented example”)."""

    table: ClassVar[str] = "review"
    id: str = "review"
    title: str = ""
    population: str = ""
    intervention: str = ""
    comparison: str = ""
    outcomes: str = ""
    setting: str = ""
    source: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A team decision by name, for example the symbols of the certainty levels."""

    table: ClassVar[str] = "setting"
    id: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works on the review, with one role (``ROLES``)."""

    table: ClassVar[str] = "person"
    id: str
    role: str
    name: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An intervention against a comparator; one summary of findings belongs to each."""

    table: ClassVar[str] = "comparison"
    id: str
    position: int = 0
    intervention: str = ""
    comparator: str = ""
    population: str = ""
    setting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGroup:
    """A class of outcomes for which blinding or attrition is judged apart (RoB 1)."""

    table: ClassVar[str] = "outcome_group"
    id: str
    position: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was measured when, with its one kind of evidence (``EVIDENCE``).

    ``better`` tells which direction is good ('lower', 'higher'; for events, whether fewer or
    more are good). ``mid`` is the minimal important difference on the scale of the outcome, or
    per 1000 for events; ``mid_harm`` the one for harm where it differs; ``mid_low`` to
    ``mid_high`` the span of plausible ones; ``mid_relative`` one on the ratio scale (0.8) where
    there is no absolute one; ``decision`` the panel's decision threshold, minus for a decrease;
    ``t1`` to ``t3`` the thresholds trivial–small–moderate–large on that scale, ``t1_harm`` to
    ``t3_harm`` those for harm where they differ.
    ``baseline_risk`` is the assumed comparator risk as a proportion, ``stream`` the declared kind
    of studies where it does not follow from them, ``statement_from`` the generated sentence that
    ``statement`` replaced. ``follow_up`` is the time the question is about and ``dose_unit`` the
    unit of doses; studies tell theirs with their results, in the same units.
    """

    table: ClassVar[str] = "outcome"
    id: str
    comparison: str
    position: int = 0
    label: str = ""
    time_point: str = ""
    scale: str = ""
    scale_min: float | None = None
    scale_max: float | None = None
    unit: str = ""
    better: str | None = None
    better_note: str = ""
    importance: int | None = None
    mid: float | None = None
    mid_source: str = ""
    evidence: str | None = None
    stream: str | None = None
    threshold_type: str | None = None
    mid_harm: float | None = None
    mid_low: float | None = None
    mid_high: float | None = None
    mid_relative: float | None = None
    decision: float | None = None
    t1: float | None = None
    t2: float | None = None
    t3: float | None = None
    t1_harm: float | None = None
    t2_harm: float | None = None
    t3_harm: float | None = None
    target: str | None = None
    target_reason: str = ""
    event_meaning: str | None = None
    objective: int | None = None
    surrogate: int | None = None
    indirect_comparison: int | None = None
    laboratory: int | None = None
    follow_up: float | None = None
    follow_up_unit: str = ""
    dose_unit: str = ""
    baseline_risk: float | None = None
    baseline_source: str = ""
    per: int = 1000
    comparator_mean: float | None = None
    comparator_mean_source: str = ""
    reexpress: str | None = None
    reexpress_unit: str = ""
    reexpress_sd: float | None = None
    reexpress_sd_source: str = ""
    reexpress_proportion: float | None = None
    missing_studies: int | None = None
    missing_participants: int | None = None
    missing_source: str = ""
    outcome_group: str | None = None
    statement: str = ""
    statement_from: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A further assumed comparator risk of an outcome, as a proportion, with its source."""

    table: ClassVar[str] = "baseline"
    id: str
    outcome: str
    position: int = 0
    label: str = ""
    risk: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEstimate:
    """A pooled estimate as printed elsewhere, on the natural scale; never shown as calculated.

    ``prediction_low`` and ``prediction_high``, ``q_p`` and ``asymmetry_p`` are the prediction
    interval and the P values of the tests for heterogeneity and small-study effects, where they
    are printed. ``printed_*`` are the absolute effect as printed: people with the event per
    ``printed_per`` (1000 where empty). ``typed_by`` and ``verified_by`` are people's names.
    """

    table: ClassVar[str] = "published_estimate"
    id: str
    measure: str = ""
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float = 0.95
    studies: int | None = None
    participants: int | None = None
    i2: float | None = None
    tau2: float | None = None
    events: int | None = None
    prediction_low: float | None = None
    prediction_high: float | None = None
    q_p: float | None = None
    asymmetry_p: float | None = None
    printed_per: int | None = None
    printed_baseline: float | None = None
    printed_difference: float | None = None
    printed_difference_low: float | None = None
    printed_difference_high: float | None = None
    typed_by: str = ""
    verified_by: str = ""
    source: str = ""
    place: str = ""
    rob_statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A synthesis in words: text, studies, participants, directions of the effects.

    ``verb`` is what happens as it stands in the statement (“reduces falls”), ``verb_infinitive``
    the same after “may” (“reduce falls”).
    """

    table: ClassVar[str] = "narrative"
    id: str
    text: str = ""
    studies: int | None = None
    participants: int | None = None
    events: int | None = None
    favours_intervention: int | None = None
    favours_comparison: int | None = None
    no_difference: int | None = None
    source: str = ""
    verb: str = ""
    verb_infinitive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study with its design (``DESIGNS``) and status (``STATUSES``)."""

    table: ClassVar[str] = "study"
    id: str
    position: int = 0
    label: str = ""
    year: int | None = None
    design: str | None = None
    status: str = "included"
    exclusion_reason: str = ""
    participants: str = ""
    intervention: str = ""
    comparator: str = ""
    randomised_1: int | None = None
    randomised_2: int | None = None
    funding: str = ""
    industry_funded: str | None = None
    conflicts: str = ""
    follow_up: str = ""
    note: str = ""
    instrument: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indirectness:
    """A mark that a study is off the review's question in one element (``PICO_ELEMENTS``)."""

    table: ClassVar[str] = "indirectness"
    id: str
    study: str
    element: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report of a study as a file: copied beside the review or linked, known by its digest."""

    table: ClassVar[str] = "document"
    id: str
    study: str
    position: int = 0
    name: str = ""
    path: str = ""
    digest: str = ""
    copied: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A report or registry entry of a study."""

    table: ClassVar[str] = "reference"
    id: str
    study: str
    position: int = 0
    kind: str = "report"
    citation: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyAuthor:
    """An assessor who is an author of a study, and therefore cannot assess it."""

    table: ClassVar[str] = "study_author"
    id: str
    study: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One study's numbers for one outcome: arm 1 experimental, arm 2 comparator.

    ``effect``, ``ci_low``, ``ci_high`` are on the natural scale, ``se`` on the analysis scale
    (log for ratios). ``oe`` and ``variance`` are observed minus expected events and the variance
    of that difference, ``time_1`` and ``time_2`` person-time. ``follow_up`` and ``dose`` (of the
    intervention) are in the units that the outcome names. ``derived`` is JSON: column → from what
    and by which formula its number was derived.
    """

    table: ClassVar[str] = "result"
    id: str
    study: str
    outcome: str
    subgroup: str = ""
    events_1: float | None = None
    total_1: float | None = None
    mean_1: float | None = None
    sd_1: float | None = None
    events_2: float | None = None
    total_2: float | None = None
    mean_2: float | None = None
    sd_2: float | None = None
    effect: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    se: float | None = None
    oe: float | None = None
    variance: float | None = None
    time_1: float | None = None
    time_2: float | None = None
    correlation: float | None = None
    follow_up: float | None = None
    dose: float | None = None
    derived: str = ""
    included: int = 1
    left_out_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How the results of an outcome are pooled; its key is the outcome's.

    What is None follows from the profile. ``without_high_risk`` is the team's decision, with its
    reason, to base the estimate on the studies that are not at high risk of bias.
    """

    table: ClassVar[str] = "analysis"
    id: str
    measure: str | None = None
    model: str | None = None
    method: str | None = None
    tau2: str | None = None
    interval: str | None = None
    level: float = 0.95
    profile: str = "cochrane-current"
    prediction: str | None = None
    zero_cells: str | None = None
    smd_variant: str | None = None
    without_high_risk: int = 0
    set_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRule:
    """The team's own rule for a domain or question of an instrument in this review."""

    table: ClassVar[str] = "team_rule"
    id: str
    instrument: str
    domain: str
    question: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """A pre-registered cut-off of this review, shown beside the standard GRADE prompts."""

    table: ClassVar[str] = "review_rule"
    id: str
    position: int = 0
    domain: str = ""
    label: str = ""
    expression: str = ""
    text: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentCopy:
    """An instrument as the assessors of this review see it, kept with the review."""

    table: ClassVar[str] = "instrument_copy"
    id: str
    version: str
    title: str
    digest: str
    text: str
