"""Refits, subgroups and models as rows of a plot and of its table twin, in the same words."""

from __future__ import annotations

from dataclasses import dataclass

from app.pages.data_parts import words
from app.widgets.records_table import Column
from assessments.figures.forest_rows import natural
from assessments.figures.interval_plot import PlotRow
from assessments.language import _
from assessments.summary_of_findings import numbers
from gradecore.measures import MEASURES
from gradecore.results import EffectInterval, PooledEstimate
from gradecore.sensitivity import SeriesRow


@dataclass(frozen=True, slots=True, kw_only=True)
class RefitRow:
    """One row in words; ``id`` is its key in plot and table."""

    id: str
    label: str
    k: str
    effect: str
    tau2: str
    i2: str
    p: str
    plot: PlotRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """The numbers of one row: studies, interval, τ² and I²."""

    k: int
    shown: EffectInterval | None
    tau2: float | None
    i2: float | None


def refit_of(found: PooledEstimate | SeriesRow) -> Refit:
    """Return the numbers of a pooled estimate, or of a row of a series."""
    if isinstance(found, SeriesRow):
        return Refit(k=found.k, shown=found.result, tau2=found.tau2, i2=found.i2)
    spread = found.heterogeneity
    return Refit(
        k=found.k, shown=found.shown, tau2=spread.tau2 if spread is not None else None,
        i2=spread.i2 if spread is not None else None,
    )


def refit_row(
    pooled: PooledEstimate, name: tuple[str, str], one: Refit, *, strong: bool = False,
    further: tuple[str, ...] = (),
) -> RefitRow:
    """Return a row; ``name`` is (key, label)."""
    key, label = name
    effect = words.interval_words(pooled, one.shown)
    tau2 = words.small(one.tau2) if one.tau2 is not None else "–"
    i2 = f"{numbers.number(one.i2)}%" if one.i2 is not None else "–"
    p = words.bare_p(one.shown.p) if one.shown is not None and one.shown.p is not None else "–"
    return RefitRow(
        id=key or label, label=label, k=str(one.k), effect=effect, tau2=tau2, i2=i2, p=p,
        plot=PlotRow(
            key=key or label, label=label, effect=effect, strong=strong,
            interval=natural(one.shown) if one.shown is not None else None,
            further=further or (str(one.k), tau2, i2),
        ),
    )


def refit_columns(measure: str, heading: str) -> tuple[Column, ...]:
    """Return the columns of the table twin."""
    return (
        Column(name="label", title=heading, width=250, bold=True),
        Column(name="effect", title=f"{MEASURES[measure].name} {_('[95% CI]')}", width=180),
        Column(name="p", title="P", width=90),
        Column(name="k", title=_("Studies"), kind="number", width=76),
        Column(name="tau2", title="τ²", kind="number", width=80),
        Column(name="i2", title="I²", kind="number", width=70),
    )
