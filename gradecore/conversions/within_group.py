"""Standard deviations of one group from its SE, its interval, or from baseline and final SDs.

Source: Cochrane Handbook 6.5, sections 6.5.2.2 and 6.5.2.8.
"""

from __future__ import annotations

import math

from scipy.special import ndtri, stdtrit

from gradecore.conversions.derivation import (
    Derivation,
    between,
    finite,
    group_size,
    interval_width,
    not_negative,
    positive,
    probability,
)
from gradecore.input_errors import InputError
from gradecore.notes import Note

_HANDBOOK_SD = "Cochrane Handbook 6.5.2.2"
_HANDBOOK_CHANGE = "Cochrane Handbook 6.5.2.8"


def sd_from_se(se: float, n: float) -> Derivation:
    """Return the SD of a group from the standard error of its mean."""
    sd = positive("se", se) * math.sqrt(group_size("n", n, least=1.0))
    return Derivation(
        method="sd_from_se",
        values=(("sd", sd),),
        entered=(("se", se), ("n", n)),
        formula="SD = SE × √n",
        source=_HANDBOOK_SD,
    )


def sd_from_ci(
    ci_lb: float, ci_ub: float, n: float, *, level: float = 0.95, dist: str = "t"
) -> Derivation:
    """Return the SD (and mean) of a group from the interval of its mean.

    ``dist`` is ``t`` (n - 1 degrees of freedom) or ``normal``, for large groups and on request.
    """
    size, width = group_size("n", n), interval_width(ci_lb, ci_ub)
    tail = (1.0 + probability("level", level)) / 2.0
    if dist == "t":
        quantile, symbol = float(stdtrit(size - 1.0, tail)), "t(1 − α/2, n − 1)"
    elif dist == "normal":
        quantile, symbol = float(ndtri(tail)), "z(1 − α/2)"
    else:
        raise InputError(f"dist must be t or normal, not {dist}.", column="dist")
    entered = (("ci_lb", ci_lb), ("ci_ub", ci_ub), ("n", n), ("level", level), ("dist", dist))
    return Derivation(
        method="sd_from_ci",
        values=(("sd", math.sqrt(size) * width / (2.0 * quantile)), ("mean", (ci_lb + ci_ub) / 2)),
        entered=entered,
        formula=f"SD = √n × (upper − lower) / (2 × {symbol})",
        source=_HANDBOOK_SD,
    )


def sd_change(sd_baseline: float, sd_final: float, corr: float) -> Derivation:
    """Return the SD of changes from baseline, for a correlation of baseline and final values."""
    before, after = not_negative("sd_baseline", sd_baseline), not_negative("sd_final", sd_final)
    r = between("corr", corr, low=-1.0, high=1.0)
    # At r = 1 and equal SDs rounding could leave a tiny negative number.
    variance = max(0.0, (before - after) ** 2 + 2.0 * (1.0 - r) * before * after)
    note = Note(
        code="assumed_correlation",
        sentence=f"A correlation of {r:g} between baseline and final values was used; look at "
        "other values, such as 0.5, 0.7 and 0.9, too.",
        facts=(("corr", r),),
    )
    return Derivation(
        method="sd_change",
        values=(("sd_change", math.sqrt(variance)),),
        entered=(("sd_baseline", sd_baseline), ("sd_final", sd_final), ("corr", corr)),
        formula="SD = √(SD₀² + SD₁² − 2 r SD₀ SD₁)",
        source=_HANDBOOK_CHANGE,
        notes=(note,),
    )


def sd_change_over_correlations(
    sd_baseline: float, sd_final: float, correlations: tuple[float, ...] = (0.5, 0.7, 0.9)
) -> tuple[Derivation, ...]:
    """Return the SD of changes for each correlation, as a sensitivity analysis."""
    return tuple(sd_change(sd_baseline, sd_final, r) for r in correlations)


def corr_from_sds(sd_baseline: float, sd_final: float, sd_change: float) -> Derivation:
    """Return the correlation of baseline and final values from a study that gives all three SDs.

    InputError when the SDs contradict each other, that is, give a correlation outside -1 to 1.
    """
    before, after = positive("sd_baseline", sd_baseline), positive("sd_final", sd_final)
    change = not_negative("sd_change", sd_change)
    r = (before**2 + after**2 - change**2) / (2.0 * before * after)
    if not -1.0 <= r <= 1.0:
        raise InputError(
            f"The three SDs give a correlation of {r:.3g}: they contradict each other.",
            column="sd_change",
        )
    return Derivation(
        method="corr_from_sds",
        values=(("corr", r),),
        entered=(("sd_baseline", before), ("sd_final", after), ("sd_change", change)),
        formula="r = (SD₀² + SD₁² − SDchange²) / (2 SD₀ SD₁)",
        source=_HANDBOOK_CHANGE,
    )


def change_mean(mean_baseline: float, mean_final: float) -> Derivation:
    """Return the mean change from baseline, final minus baseline."""
    return Derivation(
        method="change_mean",
        values=(
            ("mean", finite("mean_final", mean_final) - finite("mean_baseline", mean_baseline)),
        ),
        entered=(("mean_baseline", mean_baseline), ("mean_final", mean_final)),
        formula="mean change = final mean − baseline mean",
        source=_HANDBOOK_CHANGE,
    )
