"""The overall certainty across outcomes: the lowest level among the critical ones.

For guidelines, which need one word for all that a recommendation rests on. It is computed from
levels that people settled and never stands in for one: while a critical outcome is not settled,
or something has changed under it, there is no overall level.

Source: GRADE guidelines 11 (doi:10.1016/j.jclinepi.2012.01.006).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gradecore.grade.vocabulary import CRITICAL_FROM, LEVEL_OF_SCORE, SCORE_OF_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLevel:
    """One outcome: its name, importance from 1 to 9 (None: not decided), settled level.

    ``level`` is None while it is not settled; ``stale`` whether something has changed since;
    ``reported`` whether any study reported it.
    """

    name: str
    importance: int | None
    level: str | None
    stale: bool = False
    reported: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallCertainty:
    """The overall level, and what it rests on or waits for, as names of outcomes.

    ``level`` is None without one. ``rests_on`` are the critical outcomes at that level, ``higher``
    the other ones that are settled. ``unsettled``, ``stale`` and ``not_reported`` are critical
    too; the first two leave no level. ``undecided`` have no importance yet.
    """

    level: str | None
    rests_on: tuple[str, ...] = ()
    higher: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    not_reported: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def any_critical(self) -> bool:
        """Whether any outcome is critical."""
        return bool(self.rests_on or self.higher or self.unsettled or self.stale
                    or self.not_reported)


def overall_certainty(outcomes: Iterable[OutcomeLevel]) -> OverallCertainty:
    """Return the overall certainty across the outcomes of one comparison."""
    every = tuple(outcomes)
    critical = [one for one in every if (one.importance or 0) >= CRITICAL_FROM]
    reported = [one for one in critical if one.reported]
    unsettled = [one for one in reported if one.level not in SCORE_OF_LEVEL]
    stale = [one for one in reported if one.stale and one not in unsettled]
    settled = [one for one in reported if one not in unsettled and one not in stale]
    level = None
    if settled and not unsettled and not stale:
        level = LEVEL_OF_SCORE[min(SCORE_OF_LEVEL[one.level or ""] for one in settled)]
    return OverallCertainty(
        level=level,
        rests_on=_names(one for one in settled if one.level == level),
        higher=_names(one for one in settled if one.level != level),
        unsettled=_names(unsettled),
        stale=_names(stale),
        not_reported=_names(one for one in critical if not one.reported),
        undecided=_names(one for one in every if one.importance is None),
    )


def _names(outcomes: Iterable[OutcomeLevel]) -> tuple[str, ...]:
    return tuple(one.name for one in outcomes)
