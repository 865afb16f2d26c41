"""Brings two finished assessments together: where they differ, and how that was settled.

The consensus is a third assessment; the two originals never change. A disagreement is computed,
never stored; what is stored is how each one was settled, by whom, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assessments.assessment import CONSENSUS, SEATS, Unit
from assessments.instrument import OVERALL
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.sealing import Opened, both_finished, opened
from assessments.store.project_file import Project

HOW = ("agreed", "took_a", "took_b", "other", "referred", "arbitrated")
KINDS = ("oversight", "different_fact", "interpretation", "threshold", "ambiguous_report",
         "guidance_unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How one judgement of the consensus came about (``HOW``), with reason and kind (``KINDS``).

    ``level_a`` and ``level_b`` are what the two had judged at that time; ``present`` names who
    took part.
    """

    table: ClassVar[str] = "settlement"
    id: str
    assessment: str
    domain: str
    part: str = ""
    how: str
    level_a: str | None = None
    level_b: str | None = None
    reason: str = ""
    kind: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One judgement of a unit as the two made it, and what became of it.

    ``answers_differ`` is true when signalling questions were answered differently, also under
    equal levels; ``level`` is the settled one.
    """

    unit: Unit
    domain: str
    part: str
    level_a: str | None
    level_b: str | None
    answers_differ: bool
    level: str | None
    settlement: Settlement | None

    @property
    def identical(self) -> bool:
        """Whether both chose the same level."""
        return self.level_a == self.level_b

    @property
    def settled(self) -> bool:
        """Whether the consensus has a level for it."""
        return self.settlement is not None and self.settlement.how != "referred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two finished assessments of one unit beside each other, with the consensus so far."""

    unit: Unit
    a: Opened
    b: Opened
    consensus: Opened | None
    items: tuple[Item, ...]
    effect_differs: bool = False

    @property
    def open_items(self) -> tuple[Item, ...]:
        """The judgements that are not settled yet."""
        return tuple(item for item in self.items if not item.settled)

    @property
    def differing(self) -> tuple[Item, ...]:
        """The judgements in which the two differ."""
        return tuple(item for item in self.items if not item.identical)


def compare(project: Project, unit: Unit) -> Compared | None:
    """Put two finished assessments side by side; None until both have finished."""
    if not both_finished(project, unit):
        return None
    a, b = (opened(project, unit, seat) for seat in SEATS)
    if a is None or b is None:
        return None
    consensus = opened(project, unit, CONSENSUS)
    settlements = _settlements(project, consensus)
    items = tuple(
        _item(unit, key, (a, b), settlements.get(key), consensus)
        for key in _keys(project, unit, a, b)
    )
    differs = bool(a.assessment.effect and b.assessment.effect) and (
        a.assessment.effect != b.assessment.effect
    )
    return Compared(unit=unit, a=a, b=b, consensus=consensus, items=items, effect_differs=differs)


def _settlements(
    project: Project, consensus: Opened | None
) -> dict[tuple[str, str], Settlement]:
    if consensus is None:
        return {}
    found = project.all(Settlement, assessment=consensus.assessment.id)
    return {(one.domain, one.part): one for one in found}


def _keys(project: Project, unit: Unit, a: Opened, b: Opened) -> tuple[tuple[str, str], ...]:
    """Return (domain, part) in the instrument's order; whole domains are spread over parts.

    When one assessor judged a domain as a whole and the other by outcome groups, the whole
    judgement stands for each group. The body of an outcome is always judged as a whole, and parts
    are exceptions from it; those without a line in the table any more need no consensus.
    """
    keys: list[tuple[str, str]] = []
    domains = [one.id for one in instrument_of(project, unit.instrument).domains]
    for domain in (*domains, OVERALL):
        parts: list[str] = []
        for side in (a, b):
            for one in side.judgements:
                if one.domain == domain and one.level and one.part not in parts:
                    parts.append(one.part)
        if unit.kind == "outcome":
            # the engine is not needed before the first window is painted
            from assessments.imprecision_by_baseline import parts_that_count

            parts = list(parts_that_count(project, unit.id, parts))
        elif len(parts) > 1 and "" in parts:
            parts.remove("")
        keys += [(domain, part) for part in parts]
    return tuple(keys)


def level_for(side: Opened, domain: str, part: str) -> str | None:
    """Return the level a side gave that part, or the whole domain where it made no parts."""
    return side.level(domain, part) or (side.level(domain) if part else None)


def _item(
    unit: Unit,
    key: tuple[str, str],
    sides: tuple[Opened, Opened],
    settlement: Settlement | None,
    consensus: Opened | None,
) -> Item:
    domain, part = key
    a, b = sides
    return Item(
        unit=unit,
        domain=domain,
        part=part,
        level_a=level_for(a, domain, part),
        level_b=level_for(b, domain, part),
        answers_differ=a.responses(domain) != b.responses(domain),
        level=consensus.level(domain, part) if consensus and settlement else None,
        settlement=settlement,
    )


def comparable(project: Project, unit: Unit) -> Compared:
    """Return two finished assessments whose consensus is still open.

    Raises:
        Refused: both have not finished yet, or the consensus is final.
    """
    compared = compare(project, unit)
    if compared is None:
        raise Refused(
            Problem(
                code="not-comparable",
                sentence=_("There is nothing to compare: both must have finished first."),
            )
        )
    if compared.consensus is not None and compared.consensus.assessment.finished:
        raise Refused(
            Problem(
                code="final",
                sentence=_("The consensus of this one is final."),
                remedy=_("Open it again, with a reason, to change it."),
            )
        )
    return compared
