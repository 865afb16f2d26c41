"""Settles how two differ: take A's or B's judgement, another level, or refer it to a third person.

How each judgement of the consensus came about is kept with the reason; the originals stay.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

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
from assessments.imprecision_by_baseline import AT
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.reconciliation import (
    HOW,
    Compared,
    Item,
    Settlement,
    comparable,
    compare,
)
from assessments.review import Person
from assessments.sealing import Opened
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id
from gradecore.grade.certainty import concern_points


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
    is taken over from the side that was chosen. Where the level is nobody's, the reason stands as
    the text. A rating that goes up or down needs an explanation that can be printed.
    """
    compared = comparable(project, unit)
    item = next((i for i in compared.items if (i.domain, i.part) == (domain, part)), None)
    if item is None:
        raise Refused(Problem(code="gone", sentence=_("This judgement is no longer there.")))
    _must_be_right(project, item, how, level, reason)
    chosen = _level_chosen(item, how, level)
    source = _source(compared, item, how, chosen)
    if support is None and chosen is not None:
        support = reason.strip() if source is None else words_for(source, domain, part)
    support = support or ""
    if unit.kind == "outcome":
        _must_be_explained(project, item, chosen, support, source)
    _write(project, compared, item, how, level=chosen, source=source, reason=reason, kind=kind,
           support=support)


@edit("settle_agreements")
def settle_agreements(project: Project, units: tuple[Unit, ...]) -> None:
    """Settle every judgement in which both chose the same level, in one step."""
    for unit in units:
        compared = comparable(project, unit)
        for item in compared.items:
            if item.identical and not item.settled:
                compared = compare(project, unit) or compared
                text = words_for(compared.a, item.domain, item.part)
                _write(project, compared, item, "agreed", level=item.level_a, source=compared.a,
                       support=text)


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


def words_for(side: Opened, domain: str, part: str) -> str:
    """Return what a side wrote for the level it gave that part.

    Where it found no concern at a baseline risk, what it wrote about the whole explains another
    level and is left out.
    """
    own = side.judgement(domain, part)
    without = own is not None and own.level is not None and not own.support.strip()
    if part.startswith(AT) and own is not None and without and not concern_points(own.level or ""):
        return ""
    return side.explanation(domain, part)


def _level_chosen(item: Item, how: str, level: str | None) -> str | None:
    known = {"agreed": item.level_a, "took_a": item.level_a, "took_b": item.level_b,
             "referred": None}
    return known.get(how, level)


def _source(compared: Compared, item: Item, how: str, level: str | None) -> Opened | None:
    """Return the side whose judgement is taken, also where the arbiter decides for one of them."""
    if how == "arbitrated":
        sides = {item.level_b: compared.b, item.level_a: compared.a}
        return sides.get(level)
    return {"agreed": compared.a, "took_a": compared.a, "took_b": compared.b}.get(how)


def _must_be_explained(
    project: Project, item: Item, level: str | None, support: str, source: Opened | None
) -> None:
    """Refuse a step away from “not serious” whose explanation cannot be printed."""
    from assessments.rating_checks import explanation_faults

    taken = source is not None and support == words_for(source, item.domain, item.part)
    if level is None or (taken and support):
        return
    wrong = explanation_faults(project, item.unit.id, item.domain, level, support)
    if wrong:
        raise Refused(
            Problem(
                code="no-support", sentence=" ".join(wrong), where="support",
                remedy=_("It is printed with the table: say in a sentence what the level rests "
                         "on."),
            )
        )


def _write(
    project: Project,
    compared: Compared,
    item: Item,
    how: str,
    *,
    level: str | None,
    source: Opened | None,
    support: str,
    reason: str = "",
    kind: str = "",
) -> None:
    consensus = _consensus_of(project, compared.unit)
    values: dict[str, Any] = {"level": level, "support": support.strip()}
    if source is not None:
        taken = source.judgement(item.domain, item.part) or source.judgement(item.domain)
        if taken is not None:
            values |= {"proposed": taken.proposed, "rule": taken.rule,
                       "direction": taken.direction, "reason": taken.reason}
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
