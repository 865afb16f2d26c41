"""Brings two finished assessments together: where they differ, and how that was settled.

The consensus is a third assessment; the two originals never change. A disagreement is computed,
never stored; what is stored is how each one was settled, by whom, and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from assessments.assessment import (
    CONSENSUS,
    SEATS,
    Answer,
    Assessment,
    Quote,
    Unit,
    find,
    put_judgement,
)
from assessments.edits import edit
from assessments.instrument import OVERALL
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Person
from assessments.sealing import Opened, both_finished, opened
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id

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
    judgement stands for each group.
    """
    keys: list[tuple[str, str]] = []
    domains = [one.id for one in instrument_of(project, unit.instrument).domains]
    for domain in (*domains, OVERALL):
        parts: list[str] = []
        for side in (a, b):
            for one in side.judgements:
                if one.domain == domain and one.level and one.part not in parts:
                    parts.append(one.part)
        if len(parts) > 1 and "" in parts:
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


@edit("settle")
def settle(
    project: Project,
    unit: Unit,
    domain: str,
    how: str,
    *,
    part: str = "",
    level: str | None = None,
    reason: str = "",
    kind: str = "",
    support: str | None = None,
) -> None:
    """Settle one judgement: take A's or B's, agree on another level, refer it, or arbitrate.

    Differing judgements need a reason, whatever is chosen; ``support`` replaces the text that
    is taken over from the side that was chosen.
    """
    compared = comparable(project, unit)
    item = next((i for i in compared.items if (i.domain, i.part) == (domain, part)), None)
    if item is None:
        raise Refused(Problem(code="gone", sentence=_("This judgement is no longer there.")))
    _must_be_right(project, item, how, level, reason)
    _write(project, compared, item, how, level=level, reason=reason, kind=kind, support=support)


@edit("settle_agreements")
def settle_agreements(project: Project, units: tuple[Unit, ...]) -> None:
    """Settle every judgement in which both chose the same level, in one step."""
    for unit in units:
        compared = comparable(project, unit)
        for item in compared.items:
            if item.identical and not item.settled:
                compared = compare(project, unit) or compared
                _write(project, compared, item, "agreed")


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


def _must_be_right(
    project: Project, item: Item, how: str, level: str | None, reason: str
) -> None:
    if how not in HOW:
        raise KeyError(how)
    if how == "agreed" and not item.identical:
        raise Refused(
            Problem(
                code="not-agreed",
                sentence=_("The two judgements differ."),
                remedy=_("Take A's or B's, or agree on another level."),
            )
        )
    if not item.identical and not reason.strip():
        raise Refused(
            Problem(
                code="reason",
                sentence=_("A settled difference needs a reason."),
                where="reason",
                remedy=_("Write in a few words why."),
            )
        )
    if how in ("other", "arbitrated"):
        codes = {
            one.code
            for one in instrument_of(project, item.unit.instrument).levels_of(item.domain)
        }
        if level not in codes:
            raise Refused(
                Problem(
                    code="level", sentence=_("Choose the level that you agreed on."), where="level"
                )
            )
    if how == "arbitrated":
        _must_be_arbiter(project)


def _must_be_arbiter(project: Project) -> None:
    person = project.one(Person, project.seat) if project.seat else None
    if person is None or person.role != "arbiter":
        raise Refused(
            Problem(
                code="no-arbiter",
                sentence=_("Only the arbiter can decide a referred judgement."),
                remedy=_("Say who sits here: choose the arbiter at the top right."),
            )
        )


def _write(
    project: Project,
    compared: Compared,
    item: Item,
    how: str,
    *,
    level: str | None = None,
    reason: str = "",
    kind: str = "",
    support: str | None = None,
) -> None:
    consensus = _consensus_of(project, compared.unit)
    source = _source(compared, how)
    chosen = {"agreed": item.level_a, "took_a": item.level_a, "took_b": item.level_b,
              "referred": None}.get(how, level)
    values: dict[str, Any] = {"level": chosen, "support": support or ""}
    if source is not None:
        taken = source.judgement(item.domain, item.part) or source.judgement(item.domain)
        if taken is not None:
            values |= {"proposed": taken.proposed, "rule": taken.rule,
                       "direction": taken.direction, "reason": taken.reason}
            values["support"] = taken.support if support is None else support
        _take_over(project, consensus, source, item.domain)
    put_judgement(project, consensus, item.domain, item.part, **values)
    _put_settlement(
        project,
        Settlement(
            id=new_id(), assessment=consensus.id, domain=item.domain, part=item.part, how=how,
            level_a=item.level_a, level_b=item.level_b, reason=reason.strip(), kind=kind,
            present=_present(project),
        ),
    )


def _source(compared: Compared, how: str) -> Opened | None:
    return {"agreed": compared.a, "took_a": compared.a, "took_b": compared.b}.get(how)


def _present(project: Project) -> str:
    return ", ".join(
        p.initials or p.name
        for p in project.all(Person)
        if p.role in SEATS or p.id == project.seat
    )


def _take_over(project: Project, consensus: Assessment, source: Opened, domain: str) -> None:
    """Copy the answers and quotes of the side that was taken into the consensus."""
    for row_class in (Answer, Quote):
        for old in project.all(row_class, assessment=consensus.id, domain=domain):
            delete(project.connection, row_class, old.id)
    for answer in source.answers:
        if answer.domain == domain:
            insert(project.connection, replace(answer, id=new_id(), assessment=consensus.id))
    for quote in source.quotes:
        if quote.domain == domain:
            insert(project.connection, replace(quote, id=new_id(), assessment=consensus.id))


def _put_settlement(project: Project, settlement: Settlement) -> None:
    found = project.all(
        Settlement,
        assessment=settlement.assessment, domain=settlement.domain, part=settlement.part,
    )
    for old in found:
        delete(project.connection, Settlement, old.id)
    insert(project.connection, settlement)


def _consensus_of(project: Project, unit: Unit) -> Assessment:
    found = find(project, unit, CONSENSUS)
    if found is None:
        found = Assessment(
            id=new_id(), instrument=unit.instrument, unit_kind=unit.kind, unit=unit.id,
            seat=CONSENSUS,
        )
        insert(project.connection, found)
    return found
