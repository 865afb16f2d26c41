"""What is being reviewed: question, people, comparisons, outcomes, studies, results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

DESIGNS = ("rct", "quasi_rct", "cluster_rct", "crossover", "cba", "its", "nrs")
RANDOMISED = ("rct", "quasi_rct", "cluster_rct", "crossover")
STATUSES = ("included", "awaiting", "ongoing", "excluded")
ROLES = ("a", "b", "arbiter", "coordinator", "reader")
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

    ``better`` tells which direction is good ('lower', 'higher'), ``mid`` the minimal important
    difference on the scale of the outcome (or per 1000 for events), ``baseline_risk`` the
    assumed comparator risk as a proportion.
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
    baseline_risk: float | None = None
    baseline_source: str = ""
    per: int = 1000
    outcome_group: str | None = None
    statement: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEstimate:
    """A pooled estimate as printed elsewhere, on the natural scale; never shown as calculated."""

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
    source: str = ""
    place: str = ""
    rob_statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """A synthesis in words: text, studies, participants, directions of the effects."""

    table: ClassVar[str] = "narrative"
    id: str
    text: str = ""
    studies: int | None = None
    participants: int | None = None
    favours_intervention: int | None = None
    favours_comparison: int | None = None
    no_difference: int | None = None
    source: str = ""


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
    note: str = ""
    instrument: str | None = None


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
    (log for ratios).
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
    included: int = 1
    left_out_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How the results of an outcome are pooled; its key is the outcome's."""

    table: ClassVar[str] = "analysis"
    id: str
    measure: str | None = None
    model: str | None = None
    method: str | None = None
    tau2: str | None = None
    interval: str | None = None
    level: float = 0.95
    profile: str = "cochrane-current"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentCopy:
    """An instrument as the assessors of this review see it, kept with the review."""

    table: ClassVar[str] = "instrument_copy"
    id: str
    version: str
    title: str
    digest: str
    text: str
