"""What an instrument is: levels, domains, questions, gates and rules, as data.

One description serves risk of bias (units are studies or results) and the certainty of evidence
(units are outcomes). An instrument knows neither colours nor widgets: a level has a role, a
glyph and a key, and the theme gives the role its colour.

The interpreter is in ``instrument_rules``, the reader in ``instrument_file``; the copies that
belong to a review are in ``instruments_kept``.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.instrument_conditions import ALWAYS, Condition

OVERALL = "overall"
"""The domain id under which the overall judgement is kept."""

UNITS = ("study", "result", "outcome")
ROLES = ("low", "some", "unclear", "high", "critical", "no_info", "na", "neutral")
"""Roles of levels; 'neutral' is a level without a risk (stars, starting points, upgrades)."""
GLYPHS = ("+", "–", "?", "×", "!", "")
KINDS = ("bias", "applicability", "screening", "certainty", "item")
PARTS = ("", "groups", "entries")
TRUST = ("VERIFIED", "SINGLE SOURCE", "FROM MEMORY", "CONFLICT", "OWN")
"""How well a rule is supported by sources; everything but VERIFIED is said on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A judgement that can be chosen.

    ``code`` is what is stored, ``name`` the level's name in tables and files that are exchanged
    (“Some concerns”), ``label`` what is shown, ``key`` the letter that chooses it, ``order`` its
    rank from the best. ``value`` is the step in the certainty of evidence where there is one.
    """

    code: str
    name: str
    label: str
    key: str
    role: str
    glyph: str = ""
    order: int = 0
    value: int | None = None
    explain: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A response to a question: its stored code and its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A signalling question with its official number and a prompt in our own words.

    ``gate`` says when it is asked. ``optional`` says when it may be answered although the gate
    is closed (the instrument leaves the route open). ``unfavourable`` is 'yes' or 'no' where one
    of the two speaks for bias. ``official`` tells where the official text is found.
    """

    id: str
    prompt: str
    options: tuple[Option, ...]
    gate: Condition = ALWAYS
    optional: Condition | None = None
    guidance: str = ""
    official: str = ""
    unfavourable: str = ""
    deviation: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The stored codes of the options, in order."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If the condition holds then this level; without a level the assessor decides.

    ``why`` is a sentence for the screen; ``possible`` are the levels left when it only narrows.
    """

    id: str
    condition: Condition
    level: str | None = None
    why: str = ""
    possible: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignRule:
    """A level that the instrument prescribes for a study design."""

    design: str
    level: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ready-made named entry inside a domain, offered for some designs ('' for all)."""

    label: str
    designs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """When a level fits, in our own words; shown beside the level for judging by criteria."""

    level: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Domain:
    """A domain with its levels, and its questions and rules where the instrument has them.

    ``parts_allowed`` is 'groups' where outcome groups may be judged apart, 'entries' where
    several named entries may be. ``combine`` is the order, best to worst, in which parts of the
    rules combine by the worst; empty where the rules give the level at once. ``forms`` are the same
    domain for each effect of interest. ``key`` is the full name of the rule set.
    """

    id: str
    title: str
    short: str
    levels: tuple[Level, ...]
    key: str = ""
    kind: str = "bias"
    effect: str = ""
    questions: tuple[Question, ...] = ()
    rules: tuple[Rule, ...] = ()
    combine: tuple[str, ...] = ()
    by_design: tuple[DesignRule, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    parts_allowed: str = ""
    entries: tuple[Entry, ...] = ()
    directions: tuple[str, ...] = ()
    support_required: bool = False
    required: bool = True
    group: str = ""
    guidance: str = ""
    official: str = ""
    status: str = "VERIFIED"
    status_note: str = ""
    provisional: bool = False
    expected_counts: tuple[tuple[str, int], ...] = ()
    forms: tuple[Domain, ...] = ()

    def question(self, question_id: str) -> Question:
        """Return the question with that id.

        Raises:
            KeyError: the domain has no such question.
        """
        for one in self.questions:
            if one.id == question_id:
                return one
        raise KeyError(question_id)

    def level(self, code: str) -> Level:
        """Return the level with that code, KeyError if the domain has no such level."""
        return _level_in(self.levels, code)

    @property
    def in_overall(self) -> bool:
        """Whether the domain's judgement feeds the overall rule."""
        return self.kind in ("bias", "screening", "item")

    @property
    def judged(self) -> bool:
        """Whether a level is chosen here; a domain without levels only asks questions."""
        return bool(self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A sentence shown beside the overall proposal when its condition holds; never a level."""

    id: str
    condition: Condition
    sentence: str
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Overall:
    """The overall judgement: levels, rules over the domains' levels, flags.

    ``key_domains`` tells that a summary exists only over domains which the team names before.
    ``optional`` tells that the rule is a convention beside the instrument, off until chosen.
    """

    levels: tuple[Level, ...]
    title: str
    key: str = ""
    rules: tuple[Rule, ...] = ()
    flags: tuple[Flag, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()
    key_domains: bool = False
    optional: bool = False
    required: bool = True
    directions: tuple[str, ...] = ()
    guidance: str = ""
    status: str = "VERIFIED"
    status_note: str = ""
    expected_counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect of interest, fixed for a result before it is assessed; other words for it."""

    code: str
    label: str
    meaning: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instrument:
    """An instrument in one version, as its file describes it.

    ``digest`` is the SHA-256 of the file's text; two instruments are the same when it is.
    """

    id: str
    version: str
    title: str
    short: str
    unit: str
    levels: tuple[Level, ...]
    domains: tuple[Domain, ...]
    overall: Overall | None = None
    effects: tuple[Effect, ...] = ()
    designs: tuple[str, ...] = ()
    unit_note: str = ""
    attribution: str = ""
    doi: str = ""
    url: str = ""
    licence: str = ""
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    digest: str = ""

    def domain(self, domain_id: str, effect: str = "") -> Domain:
        """Return the domain with that id, in its form for the effect of interest.

        Raises:
            KeyError: the instrument has no such domain.
        """
        for one in self.domains:
            if one.id == domain_id:
                return next((form for form in one.forms if form.effect == effect), one)
        raise KeyError(domain_id)

    def domains_for(self, effect: str = "") -> tuple[Domain, ...]:
        """Return all domains in order, each once, in its form for the effect of interest."""
        return tuple(self.domain(one.id, effect) for one in self.domains)

    def levels_of(self, domain_id: str) -> tuple[Level, ...]:
        """Return the levels of a domain, or of the overall judgement for ``OVERALL``.

        Raises:
            KeyError: the instrument has no such domain, or no overall judgement.
        """
        if domain_id == OVERALL:
            if self.overall is None:
                raise KeyError(domain_id)
            return self.overall.levels
        return self.domain(domain_id).levels

    def level(self, domain_id: str, code: str) -> Level:
        """Return a level of a domain (or of ``OVERALL``) by its code, KeyError if unknown."""
        return _level_in(self.levels_of(domain_id), code)

    @property
    def status(self) -> str:
        """The weakest trust label of all its domains and of its overall rule."""
        parts = [form for one in self.domains for form in (one.forms or (one,))]
        labels = {part.status for part in parts}
        if self.overall is not None and self.overall.rules:
            labels.add(self.overall.status)
        return next((label for label in _WEAKEST_FIRST if label in labels), "VERIFIED")


_WEAKEST_FIRST = ("FROM MEMORY", "CONFLICT", "SINGLE SOURCE", "OWN", "VERIFIED")


def _level_in(levels: tuple[Level, ...], code: str) -> Level:
    for one in levels:
        if one.code == code:
            return one
    raise KeyError(code)


def needs_support(domain: Domain, code: str) -> bool:
    """Return whether a written support must stand beside this level of the domain."""
    return domain.support_required or domain.level(code).explain
