"""What a forest plot says, row by row, before anything is placed: words, numbers, judgements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessments.bodies import Gathered
from assessments.instrument import OVERALL, Instrument, Level
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import StudyRisk, risks_for
from assessments.summary_of_findings import numbers
from gradecore.absolute_effects import Interval
from gradecore.data import BinaryArms, ContinuousArms, PersonTimeArms, StudyRow
from gradecore.results import PooledEstimate, StudyEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One study: words of its columns, its effect on the natural scale, its judgements.

    ``interval`` is None where the study gives no effect or is left out; ``why`` then says so.
    """

    key: str
    label: str
    subgroup: str
    counts: tuple[str, str]
    weight: float
    effect: str
    interval: Interval | None
    why: str
    levels: tuple[Level | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskColumns:
    """The columns of risk of bias: names of the domains (id, title) and the levels in use."""

    names: tuple[tuple[str, str], ...]
    levels: tuple[Level, ...]
    by_key: dict[str, tuple[Level | None, ...]]


def forest_rows(found: Gathered, pooled: PooledEstimate, risks: RiskColumns | None
                ) -> tuple[ForestRow, ...]:
    """Return the rows in the order of the body of evidence, those left out among them."""
    effects = {one.key: one for one in pooled.studies}
    decimals = shown_decimals(pooled)
    return tuple(
        _row(row, effects.get(row.key), pooled.measure, decimals, risks)
        for row in found.body.studies
    )


def shown_decimals(pooled: PooledEstimate) -> int:
    """Return the decimals of all effects in one plot: what the pooled one needs."""
    if pooled.shown is None:
        return 2
    return min(3, numbers.effect_decimals(pooled.measure, natural(pooled.shown)))


def natural(shown: object) -> Interval:
    """Return estimate and limits on the natural scale of anything that has them."""
    return Interval(
        estimate=float(getattr(shown, "natural_estimate")),  # noqa: B009 - two types, one form
        low=float(getattr(shown, "natural_ci_lower")),  # noqa: B009
        high=float(getattr(shown, "natural_ci_upper")),  # noqa: B009
    )


def effect_words(interval: Interval, measure: str, decimals: int) -> str:
    """Return “0.69 [0.53, 0.90]”, as forest plots have it."""
    written = [
        numbers.ratio_text(one, decimals) if measure in numbers.RATIOS
        else numbers.number(one, decimals)
        for one in interval.numbers
    ]
    return f"{written[0]} [{written[1]}, {written[2]}]"


def _row(
    row: StudyRow,
    effect: StudyEffect | None,
    measure: str,
    decimals: int,
    risks: RiskColumns | None,
) -> ForestRow:
    interval = None
    if row.included and effect is not None and effect.natural_estimate is not None:
        interval = natural(effect)
    why = ""
    if not row.included:
        why = row.left_out_because.rstrip(".") or _("left out")
    elif interval is None:
        why = _("not estimable")
    nothing: tuple[Level | None, ...] = ()
    return ForestRow(
        key=row.key,
        label=row.label,
        subgroup=row.subgroup,
        counts=_counts(row),
        weight=effect.weight if effect is not None and row.included else 0.0,
        effect=effect_words(interval, measure, decimals) if interval is not None else why,
        interval=interval,
        why=why,
        levels=risks.by_key.get(row.key, nothing) if risks is not None else nothing,
    )


def _counts(row: StudyRow) -> tuple[str, str]:
    for kind, words in _WORDS.items():
        if isinstance(row.data, kind):
            return words(row.data)
    return "", ""


def _binary(data: BinaryArms) -> tuple[str, str]:
    return (
        f"{data.events_experimental:g} / {data.total_experimental:g}",
        f"{data.events_control:g} / {data.total_control:g}",
    )


def _continuous(data: ContinuousArms) -> tuple[str, str]:
    first = (data.mean_experimental, data.sd_experimental, data.total_experimental)
    second = (data.mean_control, data.sd_control, data.total_control)
    pair = [
        f"{numbers.plain_number(mean)} ({numbers.plain_number(sd)}) / {total:g}"
        for mean, sd, total in (first, second)
    ]
    return pair[0], pair[1]


def _rate(data: PersonTimeArms) -> tuple[str, str]:
    return (
        f"{data.events_experimental:g} / {numbers.plain_number(data.time_experimental)}",
        f"{data.events_control:g} / {numbers.plain_number(data.time_control)}",
    )


_WORDS: dict[type, Callable[..., tuple[str, str]]] = {
    BinaryArms: _binary, ContinuousArms: _continuous, PersonTimeArms: _rate,
}


def counts_heading(found: Gathered) -> str:
    """Return what the columns of the arms hold, '' where no study has arm data."""
    for row in found.body.studies:
        if isinstance(row.data, BinaryArms):
            return _("n / N")
        if isinstance(row.data, ContinuousArms):
            return _("mean (SD) / N")
        if isinstance(row.data, PersonTimeArms):
            return _("events / time")
    return ""


def risk_columns(project: Project, found: Gathered) -> RiskColumns | None:
    """Return the settled risk of bias beside the studies; None where there is none at all.

    With several instruments in one plot only the overall level has a common meaning.
    """
    risks = risks_for(project, found.outcome)
    by_key = {row.key: risks[row.key] for row in found.body.studies if row.key in risks}
    if not any(one.settled for one in by_key.values()):
        return None
    instruments = {
        one.instrument: instrument_of(project, one.instrument) for one in by_key.values()
    }
    domains: tuple[str, ...] = ()
    names: list[tuple[str, str]] = []
    if len(instruments) == 1:
        judged = [one for one in next(iter(instruments.values())).domains if one.judged]
        domains = tuple(one.id for one in judged)
        names = [(one.id, one.short or one.title) for one in judged]
    overall = any(one.level is not None for one in by_key.values())
    if overall:
        names.append((OVERALL, _("All")))
    levels = {
        key: _levels(risk, instruments[risk.instrument], domains, overall=overall)
        for key, risk in by_key.items()
    }
    return RiskColumns(names=tuple(names), levels=_in_use(levels), by_key=levels)


def _levels(
    risk: StudyRisk, instrument: Instrument, domains: tuple[str, ...], *, overall: bool
) -> tuple[Level | None, ...]:
    codes = {domain: code for domain, code, _folded in risk.domains}
    found: list[Level | None] = [
        instrument.level(domain, codes[domain]) if domain in codes else None for domain in domains
    ]
    if overall:
        found.append(None if risk.level is None else instrument.level(OVERALL, risk.level))
    return tuple(found)


def _in_use(levels: dict[str, tuple[Level | None, ...]]) -> tuple[Level, ...]:
    known = {one.label: one for row in levels.values() for one in row if one is not None}
    return tuple(sorted(known.values(), key=lambda one: one.order))
