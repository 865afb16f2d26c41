"""Standard errors of ratios and the observed-minus-expected form of hazard ratios.

Sources: Cochrane Handbook 6.5, sections 6.3.1 and 6.8.2; Tierney 2007
(doi:10.1186/1745-6215-8-16).
"""

from __future__ import annotations

import math

from scipy.special import ndtri

from gradecore.conversions.derivation import (
    Derivation,
    finite,
    group_size,
    interval_width,
    positive,
    probability,
)
from gradecore.input_errors import InputError
from gradecore.notes import Note

_HANDBOOK = "Cochrane Handbook 6.3.1 and 6.3.2"
_OFF_CENTRE = 0.05
"""How far, in SEs, the estimate may lie from the middle of its interval without a word."""


def se_from_ratio_ci(
    estimate: float, ci_lb: float, ci_ub: float, *, level: float = 0.95
) -> Derivation:
    """Return log estimate and its SE from a ratio with its interval, all on the natural scale."""
    lower, upper = math.log(positive("ci_lb", ci_lb)), math.log(positive("ci_ub", ci_ub))
    log_estimate = math.log(positive("estimate", estimate))
    if not ci_lb <= estimate <= ci_ub:
        raise InputError("The estimate lies outside its interval.", column="estimate")
    se = interval_width(lower, upper) / (2.0 * _normal_quantile(level))
    return Derivation(
        method="se_from_ratio_ci",
        values=(("se", se), ("log_estimate", log_estimate)),
        entered=(("estimate", estimate), ("ci_lb", ci_lb), ("ci_ub", ci_ub), ("level", level)),
        formula="SE = (ln upper − ln lower) / (2 z(1 − α/2))",
        source=_HANDBOOK,
        notes=_off_centre(log_estimate, (lower + upper) / 2.0, se),
    )


def se_from_ci(estimate: float, ci_lb: float, ci_ub: float, *, level: float = 0.95) -> Derivation:
    """Return the SE of a difference from its interval."""
    finite("estimate", estimate)
    se = interval_width(ci_lb, ci_ub) / (2.0 * _normal_quantile(level))
    if not ci_lb <= estimate <= ci_ub:
        raise InputError("The estimate lies outside its interval.", column="estimate")
    return Derivation(
        method="se_from_ci",
        values=(("se", se),),
        entered=(("estimate", estimate), ("ci_lb", ci_lb), ("ci_ub", ci_ub), ("level", level)),
        formula="SE = (upper − lower) / (2 z(1 − α/2))",
        source=_HANDBOOK,
        notes=_off_centre(estimate, (ci_lb + ci_ub) / 2.0, se),
    )


def se_from_p(estimate: float, p: float) -> Derivation:
    """Return z and SE from an estimate (ratios: its logarithm) and its two-sided p."""
    effect = finite("estimate", estimate)
    if effect == 0.0:
        raise InputError("An estimate of 0 tells nothing about its SE.", column="estimate")
    z = -float(ndtri(probability("p", p) / 2.0))
    return Derivation(
        method="se_from_p",
        values=(("se", abs(effect) / z), ("z", z)),
        entered=(("estimate", estimate), ("p", p)),
        formula="SE = |estimate| / z(1 − p/2)",
        source=_HANDBOOK,
    )


def oe_v_from_hr(lnhr: float, se: float) -> Derivation:
    """Return O - E and V from a log hazard ratio and its SE (Tierney 2007)."""
    v = 1.0 / positive("se", se) ** 2
    return Derivation(
        method="oe_v_from_hr",
        values=(("oe", finite("lnhr", lnhr) * v), ("v", v)),
        entered=(("lnhr", lnhr), ("se", se)),
        formula="V = 1/SE²; O − E = ln HR × V",
        source="Tierney 2007",
    )


def hr_from_oe_v(oe: float, v: float) -> Derivation:
    """Return the log hazard ratio and its SE from O - E and V."""
    variance = positive("v", v)
    return Derivation(
        method="hr_from_oe_v",
        values=(("lnhr", finite("oe", oe) / variance), ("se", 1.0 / math.sqrt(variance))),
        entered=(("oe", oe), ("v", v)),
        formula="ln HR = (O − E)/V; SE = 1/√V",
        source="Tierney 2007",
    )


def v_from_events(events: float, n1: float, n2: float) -> Derivation:
    """Return V from all events and the group sizes (Tierney 2007)."""
    count = positive("events", events)
    sizes = group_size("n1", n1, least=1.0), group_size("n2", n2, least=1.0)
    return Derivation(
        method="v_from_events",
        values=(("v", count * sizes[0] * sizes[1] / (sizes[0] + sizes[1]) ** 2),),
        entered=(("events", events), ("n1", n1), ("n2", n2)),
        formula="V = D n₁ n₂ / (n₁ + n₂)²",
        source="Tierney 2007",
    )


def hr_from_logrank_p(
    events_e: float, events_c: float, p: float, *, favours: str = "experimental"
) -> Derivation:
    """Return O - E, V, ln HR and SE from the events and a two-sided log-rank p.

    ``favours`` says which group had the fewer events than expected: ``experimental`` gives a
    hazard ratio below 1, ``control`` above 1.
    """
    counts = positive("events_e", events_e), positive("events_c", events_c)
    if favours not in ("experimental", "control"):
        raise InputError("favours must be experimental or control.", column="favours")
    v = counts[0] * counts[1] / (counts[0] + counts[1])
    z = -float(ndtri(probability("p", p) / 2.0))
    oe = math.sqrt(v) * (-z if favours == "experimental" else z)
    return Derivation(
        method="hr_from_logrank_p",
        values=(("lnhr", oe / v), ("se", 1.0 / math.sqrt(v)), ("oe", oe), ("v", v)),
        entered=(("events_e", events_e), ("events_c", events_c), ("p", p), ("favours", favours)),
        formula="V = D₁ D₂ / (D₁ + D₂); O − E = ± z(1 − p/2) √V; ln HR = (O − E)/V",
        source="Tierney 2007",
    )


def _normal_quantile(level: float) -> float:
    return float(ndtri((1.0 + probability("level", level)) / 2.0))


def _off_centre(estimate: float, middle: float, se: float) -> tuple[Note, ...]:
    distance = abs(estimate - middle) / se
    if distance < _OFF_CENTRE:
        return ()
    return (
        Note(
            code="interval_off_centre",
            sentence=f"The estimate lies {distance:.2g} standard errors from the middle of its "
            "interval: a rounding, another method, or a typing error.",
            facts=(("distance_in_se", distance),),
        ),
    )
