"""The summary of findings as frozen values: what the page shows is what every export writes."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assumed_risks import AssumedMean, AssumedRisk
from assessments.rating import Rated
from assessments.review import Comparison, Outcome
from gradecore.absolute_effects import AbsoluteEffect, Interval
from gradecore.reexpression import Reexpression

BINARY = "binary"
TIME_TO_EVENT = "time_to_event"
RATE = "rate"
CONTINUOUS_MD = "continuous_md"
CONTINUOUS_SMD = "continuous_smd"
RATIO_OF_MEANS = "ratio_of_means"
NARRATIVE = "narrative"
SINGLE_STUDY = "single_study"
NOT_REPORTED = "not_reported"
PUBLISHED_POOLED = "published_pooled"
OTHER = "other"
UNDECIDED = "undecided"

LAYOUTS = ("cochrane_plus", "cochrane")
"""With the columns “Difference” and “What happens”, or without."""
MOST_OUTCOMES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Words of a cell, and the letters of the footnotes behind them."""

    text: str
    letters: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The words with the letters behind them, for places without superscripts."""
        return f"{self.text} {','.join(self.letters)}" if self.letters else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """The numbers of an outcome, unrounded, as they were pooled or taken from a publication.

    ``interval`` is on the natural scale (ratios as ratios), ``se`` on the analysis scale; I² runs
    from 0 to 100. ``provenance`` is 'calculated', 'published', 'narrative' or 'none'. ``problems``
    says why there is no estimate, ``left_out`` what the estimate leaves out and why. Totals are
    None where a study does not tell its number; ``known_people`` are those of the ``telling`` ones.
    """

    measure: str = ""
    interval: Interval | None = None
    level: float = 0.95
    se: float | None = None
    p: float | None = None
    studies: int | None = None
    participants: float | None = None
    participants_1: float | None = None
    participants_2: float | None = None
    known_people: float = 0
    telling: int = 0
    events_1: float | None = None
    events_2: float | None = None
    model: str = ""
    tau2_method: str = ""
    ci_method: str = ""
    i2: float | None = None
    i2_low: float | None = None
    i2_high: float | None = None
    tau2: float | None = None
    q: float | None = None
    q_df: int | None = None
    prediction: tuple[float, float] | None = None
    provenance: str = "none"
    citation: str = ""
    not_estimable: int = 0
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyCell:
    """The settled certainty: symbols, word, letters; ``level`` None while it is not settled."""

    level: str | None
    symbols: str
    word: str
    letters: tuple[str, ...] = ()
    rated: Rated | None = None

    @property
    def plain(self) -> str:
        """Symbols, word and letters in one line."""
        words = " ".join(part for part in (self.symbols, self.word) if part)
        return f"{words} {','.join(self.letters)}" if self.letters else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The absolute effect of one outcome at one assumed comparator risk (or mean).

    ``intervention_alone`` stands in the column of the intervention where the layout has no column
    for the difference. ``per`` is the denominator of risks.
    """

    label: str = ""
    comparator: Cell
    intervention: Cell
    difference: Cell
    intervention_alone: Cell
    per: int | None = None
    risk: AssumedRisk | None = None
    mean: AssumedMean | None = None
    absolute: AbsoluteEffect | None = None
    difference_numbers: Interval | None = None
    reexpressed: Reexpression | None = None
    certainty: CertaintyCell | None = None

    @property
    def height(self) -> int:
        """How many lines of the table it takes: one more where it has a label."""
        return 2 if self.label else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What happens, in a sentence; ``generated`` is what the program would say now.

    ``outdated`` tells that the sentence was edited and what it was edited from has changed.
    """

    text: str = ""
    generated: str = ""
    edited: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outcome. ``text`` is set where words stand in place of absolute effects.

    ``kind`` is the type of row, ``outcome_type`` 'dichotomous', 'time_to_event', 'rate',
    'continuous' or ''. ``changed`` tells what has moved since the certainty was settled.
    """

    outcome: Outcome
    kind: str
    outcome_type: str
    name: Cell
    detail: str
    groups: tuple[Group, ...]
    text: Cell | None
    relative: Cell
    participants: Cell
    certainty: CertaintyCell
    statement: Statement
    comment: str
    synthesis: Synthesis
    changed: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """How many lines of the table the outcome takes."""
        return sum(group.height for group in self.groups)

    @property
    def certainties(self) -> tuple[tuple[int, int, CertaintyCell], ...]:
        """Each cell of certainty as (first line, lines, cell): one, unless risks were rated apart.

        Neighbouring risks with the same certainty share a cell.
        """
        found: list[tuple[int, int, CertaintyCell]] = []
        line = 0
        for group in self.groups:
            cell = group.certainty or self.certainty
            if found and found[-1][2] == cell:
                found[-1] = (found[-1][0], found[-1][1] + group.height, cell)
            else:
                found.append((line, group.height, cell))
            line += group.height
        return tuple(found)

    @property
    def what_happens(self) -> str:
        """The statement, and below it the team's comment."""
        lines = [one for one in (self.statement.text, self.comment) if one]
        return "\n".join(lines) or "–"

    @property
    def comments(self) -> str:
        """The team's comment, or what an outcome without evidence says instead."""
        if self.comment:
            return self.comment
        return self.statement.text if self.kind == NOT_REPORTED else "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note with its letter. ``kind`` is 'explanation' (written by people) or 'automatic'."""

    letter: str
    text: str
    kind: str
    outcomes: tuple[str, ...] = ()
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """The overall certainty across critical outcomes; ``level`` None where there is none.

    ``sentences`` tell what it rests on and what is missing.
    """

    level: str | None
    symbols: str
    word: str
    sentences: tuple[str, ...]

    @property
    def heading(self) -> str:
        """What stands in front of the level in every output."""
        from assessments.language import _

        return _("Overall certainty across critical outcomes")

    @property
    def plain(self) -> str:
        """Everything in one line."""
        level = " ".join(part for part in (self.symbols, self.word) if part)
        return " ".join((f"{self.heading}: {level}.", *self.sentences))


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryOfFindings:
    """The table of one comparison, in the order of the team.

    ``number`` counts the comparisons from 1. ``missing`` tells in sentences what is not there yet
    or out of date; ``draft`` whether anything is. ``rated`` of ``to_rate`` bodies of evidence
    have a settled certainty that is up to date. ``overall`` is there where the team asks for it.
    """

    number: int
    comparison: Comparison
    title: str
    header: tuple[tuple[str, str], ...]
    risk_comparator: str
    risk_intervention: str
    rows: tuple[Row, ...]
    star_note: str
    abbreviations: str
    level_definitions: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    version_line: str
    data_hash: str
    dated: str
    rated: int
    to_rate: int
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    symbol_style: str = "circle"
    overall: Overall | None = None

    @property
    def draft(self) -> bool:
        """Whether something is missing or out of date."""
        return bool(self.missing)

    @property
    def progress(self) -> str:
        """How many outcomes are rated, in words."""
        from assessments.language import _

        return _("{n} of {all} outcomes rated").format(n=self.rated, all=self.to_rate)

    def row(self, outcome: str) -> Row:
        """Return the row of an outcome by its id, KeyError if there is none."""
        for one in self.rows:
            if one.outcome.id == outcome:
                return one
        raise KeyError(outcome)
