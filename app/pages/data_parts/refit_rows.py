"""Refits, subgroups and models as rows of a plot and of its table twin, in the same words."""

from __future__ import annotations

from dataclasses import dataclass

from app.pages.data_parts import words
from app.widgets.records_table import Column
from assessments.figures.forest_rows import natural
from assessments.figures.interval_plot import PlotRow
from assessments.language import _
from gradecore.measures import MEASURES
from gradecore.results import EffectInterval, Heterogeneity, PooledEstimate


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


def refit_row(
    pooled: PooledEstimate, name: tuple[str, str], numbers: tuple[int, EffectInterval | None,
    Heterogeneity | None], *, strong: bool = False, further: tuple[str, ...] = (),
) -> RefitRow:
    """Return a row; ``name`` is (key, label), ``numbers`` (k, interval, heterogeneity)."""
    key, label = name
    k, shown, spread = numbers
    effect = words.interval_words(pooled, shown)
    tau2 = words.small(spread.tau2) if spread is not None and spread.tau2 is not None else "–"
    i2 = words.i2_words(spread)
    p = words.bare_p(shown.p) if shown is not None and shown.p is not None else "–"
    return RefitRow(
        id=key or label, label=label, k=str(k), effect=effect, tau2=tau2, i2=i2, p=p,
        plot=PlotRow(
            key=key or label, label=label, effect=effect, strong=strong,
            interval=natural(shown) if shown is not None else None,
            further=further or (str(k), tau2, i2),
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
