"""The arithmetic of certainty: where a rating starts, and the sum, clamped once at the end.

Owns the numbers only; what is odd about a rating is said by ``checks.py``. A rating exists when
all five domains are decided by a person; nothing here stands in for a missing decision.

``total = start + downgrades + upgrades``; ``score = min(4, max(1, total))``.

Sources: GRADE guidelines 3 (doi:10.1016/j.jclinepi.2010.07.015), guidelines 18 for the start of
studies appraised with ROBINS-I (doi:10.1016/j.jclinepi.2018.01.012), Core GRADE 4
(doi:10.1136/bmj-2024-083864) for the setting 'always_low'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradecore.grade.vocabulary import (
    CONCERN_POINTS,
    DOMAIN_LABELS,
    DOMAINS,
    HIGHEST_UPGRADE,
    LEVEL_OF_SCORE,
    NRS,
    NRS_ROBINS_I,
    RCT,
    START_SCORES,
    UPGRADE_POINTS,
)
from gradecore.input_errors import InputError

FLOOR, CEILING = 1, 4
EMULATES_TARGET_TRIAL: tuple[str, ...] = ("robins-i", "robins-e")
"""Tools that judge non-randomised studies against a target trial (beginning of their ids)."""
RANDOMISED_DESIGNS: tuple[str, ...] = ("rct", "cluster_rct", "crossover")
CASE_SERIES = "case_series"


class IncompleteRating(ValueError):
    """Raised when a level is asked for while domains are undecided; ``open_domains`` names them."""

    def __init__(self, open_domains: tuple[str, ...]) -> None:
        decided = len(DOMAINS) - len(open_domains)
        names = ", ".join(DOMAIN_LABELS[domain].lower() for domain in open_domains)
        super().__init__(
            f"The rating is incomplete ({decided} of {len(DOMAINS)} domains); to decide: {names}."
        )
        self.open_domains = open_domains


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the sum: a domain or a reason to rate up, with its points."""

    code: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """A level of certainty and the sum that gave it.

    ``total`` is the sum before clamping; ``beyond`` how far it lies outside 1 to 4 (negative
    below the floor, positive above the ceiling).
    """

    start_rule: str
    start: int
    steps: tuple[Step, ...]
    total: int
    score: int
    level: str

    @property
    def beyond(self) -> int:
        """By how much the sum lies below the floor (negative) or above the ceiling."""
        return self.total - self.score


def certainty(
    start_rule: str,
    domains: Mapping[str, str | None],
    upgrades: Mapping[str, str | int | None] | None = None,
) -> Certainty:
    """Return the level that follows from decided domains, with the sum.

    Args:
        start_rule: 'rct', 'nrs' or 'nrs_robins_i'.
        domains: concern codes by domain; None is undecided.
        upgrades: points or upgrade codes by reason; what is missing or None counts 0.

    Raises:
        IncompleteRating: a domain is undecided.
        InputError: a code is unknown, or an upgrade has more points than there are.
    """
    if start_rule not in START_SCORES:
        raise InputError(f"“{start_rule}” is no starting point of a rating.", column="start_rule")
    _only_known("domain", domains, DOMAINS)
    open_ones = open_domains(domains)
    if open_ones:
        raise IncompleteRating(open_ones)
    steps = [Step(code=name, points=concern_points(domains[name])) for name in DOMAINS]
    chosen = upgrades or {}
    _only_known("reason to rate up", chosen, tuple(HIGHEST_UPGRADE))
    for name in HIGHEST_UPGRADE:
        points = upgrade_points(name, chosen.get(name))
        if points:
            steps.append(Step(code=name, points=points))
    start = START_SCORES[start_rule]
    total = start + sum(step.points for step in steps)
    score = min(CEILING, max(FLOOR, total))
    return Certainty(
        start_rule=start_rule,
        start=start,
        steps=tuple(steps),
        total=total,
        score=score,
        level=LEVEL_OF_SCORE[score],
    )


def open_domains(domains: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the domains that nobody has decided yet, in their order."""
    return tuple(name for name in DOMAINS if domains.get(name) is None)


def concern_points(concern: str | None) -> int:
    """Return the points of a concern code, 0 to -3.

    Raises:
        InputError: the code is unknown.
    """
    if concern is None or concern not in CONCERN_POINTS:
        raise InputError(f"“{concern}” is no level of concern.", column="concern")
    return CONCERN_POINTS[concern]


def upgrade_points(reason: str, judgement: str | int | None) -> int:
    """Return the points of a judgement to rate up, given as a code or as a number.

    Raises:
        InputError: the code is unknown, or this reason never gives so many points.
    """
    if judgement is None:
        return 0
    points = UPGRADE_POINTS.get(judgement) if isinstance(judgement, str) else judgement
    highest = HIGHEST_UPGRADE[reason]
    if points is None or not 0 <= points <= highest:
        raise InputError(
            f"“{judgement}” is no judgement for {reason.replace('_', ' ')}: it gives 0 to "
            f"{highest} levels.",
            column=reason,
        )
    return points


def start_rule(
    design: str, tool: str, *, nrs_start: str = "by_tool", quasi_rct_as: str = RCT
) -> str:
    """Return where evidence of a declared design, judged with a declared tool, starts.

    ``nrs_start`` is 'by_tool' or 'always_low'; ``quasi_rct_as`` 'rct' or 'nrs'.
    """
    randomised = design in RANDOMISED_DESIGNS or (design == "quasi_rct" and quasi_rct_as == RCT)
    if randomised:
        return RCT
    if design == CASE_SERIES:  # no comparison group emulates a trial, whatever the tool
        return NRS
    name = tool.casefold().replace("_", "-").replace(" ", "-")
    if nrs_start == "by_tool" and name.startswith(EMULATES_TARGET_TRIAL):
        return NRS_ROBINS_I
    return NRS


def _only_known(what: str, given: Mapping[str, object], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise InputError(f"“{name}” is no {what} of GRADE.", column=name)
