"""How much each study moves the result, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from app.pages.data_parts import words
from app.widgets.records_table import Column
from assessments.language import _
from assessments.sensitivity import Influence, moves_much, stands_out
from assessments.summary_of_findings import numbers
from gradecore.results import PooledEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceRow:
    """One study in words; ``influential`` by the usual limits."""

    id: str
    label: str
    weight: str
    residual: str
    dffits: str
    cook: str
    ratio: str
    tau2: str
    q: str
    remark: str
    influential: bool


def influence_rows(
    pooled: PooledEstimate, found: tuple[Influence, ...]
) -> tuple[InfluenceRow, ...]:
    """Return the studies in the order of the analysis."""
    return tuple(_row(one, moves_much(one, pooled.k)) for one in found)


def _row(one: Influence, influential: bool) -> InfluenceRow:
    remarks = []
    if influential:
        remarks.append(_("influential"))
    if stands_out(one):
        remarks.append(_("outlying"))
    return InfluenceRow(
        id=one.key, label=one.label, weight=f"{numbers.number(one.weight, 1)}%",
        residual=_words(one.residual), dffits=_words(one.dffits), cook=_words(one.cook),
        ratio=_words(one.covariance_ratio), q=_words(one.q_without, 1),
        tau2="–" if one.tau2_without is None else words.small(one.tau2_without),
        remark=", ".join(remarks), influential=influential,
    )


def _words(value: float | None, decimals: int = 2) -> str:
    return "–" if value is None else numbers.number(value, decimals)


def influence_columns(random: bool) -> tuple[Column, ...]:
    """Return the columns; τ² only with random effects."""
    columns = [
        Column(name="label", title=_("Study"), width=150, bold=True, stretch=True),
        Column(name="remark", title=_("Remark"), width=110),
        Column(name="weight", title=_("Weight"), kind="number", width=66),
        Column(name="residual", title=_("Residual"), kind="number", width=76,
               tip=_("Standardised residual against the result of the other studies")),
        Column(name="dffits", title="DFFITS", kind="number", width=68,
               tip=_("Change of the result in standard errors when the study is left out")),
        Column(name="cook", title=_("Cook’s D"), kind="number", width=76,
               tip=_("Squared change of the result over its variance")),
        Column(name="ratio", title=_("Cov. ratio"), kind="number", width=82,
               tip=_("Variance of the result without the study over that with it; above 1 the "
                     "study adds precision")),
        Column(name="tau2", title=_("τ² without"), kind="number", width=84),
        Column(name="q", title=_("Q without"), kind="number", width=80),
    ]
    return tuple(one for one in columns if random or one.name != "tau2")
