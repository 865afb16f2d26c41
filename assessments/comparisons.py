"""Everything that two people have finished, side by side: what differs, what is settled.

The page, the report and the workbook read the same list. Agreement is always computed on the two
originals, which do not change, and so is the same before and after settling.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assignments import (
    GRADE,
    Assignment,
    rating_assignments,
    risk_of_bias_assignments,
)
from assessments.imprecision_by_baseline import part_words
from assessments.instrument import OVERALL, Instrument, Level
from assessments.instruments_kept import instrument_of
from assessments.reconciliation import Compared, Item, compare
from assessments.remembered import remembered
from assessments.review import OutcomeGroup
from assessments.store.project_file import Project
from gradecore.agreement import WEIGHTING_FOR, Agreement, AgreementPlan, agreement

STATES = ("open", "settled", "referred", "agreed")
_OFF_SCALE = ("no_info", "na")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedItem:
    """One judgement of both, with the names of what it is about.

    ``state`` is 'agreed' while equal and not confirmed, 'open' while different and not settled,
    'referred' for the third person, 'settled' after. ``steps`` is how far the two are apart.
    """

    assignment: Assignment
    compared: Compared
    item: Item
    title: str
    domain_title: str
    part_title: str
    state: str
    steps: int | None = None

    @property
    def id(self) -> str:
        """A key that is stable while the review is open."""
        unit = self.item.unit
        return "|".join((unit.instrument, unit.kind, unit.id, self.item.domain, self.item.part))

    @property
    def is_rating(self) -> bool:
        """Whether it is about the certainty of evidence."""
        return self.item.unit.instrument == GRADE


def compared_items(project: Project) -> tuple[ComparedItem, ...]:
    """Return every judgement of every unit that both have finished, risk of bias first."""
    return remembered(project, "compared items", lambda: _compared_items(project))


def _compared_items(project: Project) -> tuple[ComparedItem, ...]:
    groups = {one.id: one.label for one in project.all(OutcomeGroup)}
    found: list[ComparedItem] = []
    for assignment in (*risk_of_bias_assignments(project), *rating_assignments(project)):
        compared = compare(project, assignment.unit) if assignment.comparable else None
        if compared is None:
            continue
        found += [
            _compared(project, assignment, compared, item, groups) for item in compared.items
        ]
    return tuple(found)


def _compared(
    project: Project,
    assignment: Assignment,
    compared: Compared,
    item: Item,
    groups: dict[str, str],
) -> ComparedItem:
    instrument = instrument_of(project, assignment.unit.instrument)
    return ComparedItem(
        assignment=assignment,
        compared=compared,
        item=item,
        title=assignment.title,
        domain_title=domain_title(instrument, item.domain),
        part_title=groups.get(item.part) or part_words(project, item.unit.id, item.part),
        state=_state(item),
        steps=_steps(instrument, item),
    )


def _state(item: Item) -> str:
    if item.settlement is not None:
        return "referred" if item.settlement.how == "referred" else "settled"
    return "agreed" if item.identical else "open"


def _steps(instrument: Instrument, item: Item) -> int | None:
    if item.level_a is None or item.level_b is None:
        return None
    order = {one.code: one.order for one in levels_of(instrument, item.domain)}
    return abs(order[item.level_a] - order[item.level_b])


def domain_title(instrument: Instrument, domain: str) -> str:
    """Return how a domain, or the overall judgement, is called."""
    if domain == OVERALL:
        return instrument.overall.title if instrument.overall is not None else domain
    found = instrument.domain(domain)
    return found.short or found.title


def levels_of(instrument: Instrument, domain: str) -> tuple[Level, ...]:
    """Return the levels of a domain or of the overall judgement, in order."""
    return instrument.levels_of(domain)


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainAgreement:
    """How far the two agree in one domain of one instrument, before any consensus."""

    instrument: str
    instrument_title: str
    domain: str
    title: str
    figures: Agreement

    @property
    def differing(self) -> int:
        """The number of judgements in which the two differ."""
        return self.figures.n - sum(
            self.figures.table[i][i] for i in range(len(self.figures.table))
        )


def agreement_by_domain(project: Project) -> tuple[DomainAgreement, ...]:
    """Return agreement for each instrument and domain in which something was compared."""
    return remembered(project, "agreement by domain", lambda: _by_domain(project))


def _by_domain(project: Project) -> tuple[DomainAgreement, ...]:
    pairs: dict[tuple[str, str], list[tuple[str | None, str | None]]] = {}
    for one in compared_items(project):
        key = (one.item.unit.instrument, one.item.domain)
        pairs.setdefault(key, []).append((one.item.level_a, one.item.level_b))
    found = []
    for (name, domain), both in pairs.items():
        instrument = instrument_of(project, name)
        found.append(
            DomainAgreement(
                instrument=name,
                instrument_title=instrument.short,
                domain=domain,
                title=domain_title(instrument, domain),
                figures=_figures(instrument, domain, both),
            )
        )
    return tuple(found)


def _figures(
    instrument: Instrument, domain: str, both: list[tuple[str | None, str | None]]
) -> Agreement:
    levels = levels_of(instrument, domain)
    kind = "grade_domain" if instrument.id == GRADE else "risk_of_bias_domain"
    plan = AgreementPlan(
        weighting=WEIGHTING_FOR[kind],
        nominal=tuple(one.code for one in levels if one.role in _OFF_SCALE),
    )
    return agreement(
        [one for one, _b in both], [one for _a, one in both], [one.code for one in levels], plan
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementInAll:
    """All domain judgements of one instrument together: how many agree, and kappa.

    ``set_aside`` counts those beside ``total`` in which somebody chose what is no step of the
    scale, such as “no information”.
    """

    instrument: str
    title: str
    agree: int
    total: int
    set_aside: int
    kappa: float | None


def agreement_in_all(project: Project) -> tuple[AgreementInAll, ...]:
    """Return, per instrument, the agreement over all its domains (overall not counted)."""
    found: list[AgreementInAll] = []
    by_domain = agreement_by_domain(project)
    for name in dict.fromkeys(one.instrument for one in by_domain):
        parts = [one for one in by_domain if one.instrument == name and one.domain != OVERALL]
        total = sum(one.figures.n for one in parts)
        agree = total - sum(one.differing for one in parts)
        instrument = instrument_of(project, name)
        both = [
            (one.item.level_a, one.item.level_b)
            for one in compared_items(project)
            if one.item.unit.instrument == name and one.item.domain != OVERALL
        ]
        found.append(
            AgreementInAll(
                instrument=name,
                title=instrument.short,
                agree=agree,
                total=total,
                set_aside=sum(one.figures.set_aside for one in parts),
                kappa=_kappa(instrument, both),
            )
        )
    return tuple(found)


def _kappa(instrument: Instrument, both: list[tuple[str | None, str | None]]) -> float | None:
    """Return kappa over all domains that share one set of levels, None where they do not."""
    sets = {tuple(level.code for level in one.levels) for one in instrument.domains if one.levels}
    if len(sets) != 1:
        return None
    codes = next(iter(sets))
    return agreement([a for a, _b in both], [b for _a, b in both], codes)["kappa"].value
