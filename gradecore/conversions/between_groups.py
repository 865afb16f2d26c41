"""Standard errors and SDs from what is reported of a difference between two groups.

Source: Cochrane Handbook 6.5, section 6.5.2.3 (t, p, interval and F of a difference in means).
"""

from __future__ import annotations

import math

from scipy.special import stdtrit

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

_SOURCE = "Cochrane Handbook 6.5.2.3"
_SD_FORMULA = "SD = SE / √(1/n₁ + 1/n₂)"


def md_se_from_t(md: float, t: float) -> Derivation:
    """Return the standard error of a difference in means from its t statistic."""
    return Derivation(
        method="md_se_from_t",
        values=(("se", _se(md, t)),),
        entered=(("md", md), ("t", t)),
        formula="SE = |MD / t|",
        source=_SOURCE,
    )


def sd_from_md_se(se: float, n1: float, n2: float) -> Derivation:
    """Return the SD common to both groups from the standard error of the difference."""
    return Derivation(
        method="sd_from_md_se",
        values=(("sd", _common_sd(positive("se", se), n1, n2)),),
        entered=(("se", se), ("n1", n1), ("n2", n2)),
        formula=_SD_FORMULA,
        source=_SOURCE,
        notes=(_COMMON,),
    )


def sd_from_md_t(md: float, t: float, n1: float, n2: float) -> Derivation:
    """Return the SD common to both groups from the t statistic of the difference."""
    return Derivation(
        method="sd_from_md_t",
        values=(("sd", _common_sd(_se(md, t), n1, n2)),),
        entered=(("md", md), ("t", t), ("n1", n1), ("n2", n2)),
        formula=f"SE = |MD / t|; {_SD_FORMULA}",
        source=_SOURCE,
        notes=(_COMMON,),
    )


def sd_from_md_f(md: float, f: float, n1: float, n2: float) -> Derivation:
    """Return the SD common to both groups from F of a comparison of two groups (1 numerator df)."""
    t = math.sqrt(positive("f", f))
    return Derivation(
        method="sd_from_md_f",
        values=(("sd", _common_sd(_se(md, t), n1, n2)), ("t", t)),
        entered=(("md", md), ("f", f), ("n1", n1), ("n2", n2)),
        formula=f"t = √F; SE = |MD / t|; {_SD_FORMULA}",
        source=_SOURCE,
        notes=(_COMMON,),
    )


def sd_from_md_p(
    md: float, p: float, n1: float, n2: float, *, p_is_bound: bool = False
) -> Derivation:
    """Return |t|, SE and common SD from a two-sided p of a t test with N - 2 degrees of freedom.

    ``p_is_bound`` says that the report gives "p < …": the bound is used and marked conservative.
    """
    tail = probability("p", p) / 2.0
    df = group_size("n1", n1, least=1.0) + group_size("n2", n2, least=1.0) - 2.0
    t = -float(stdtrit(_degrees(df), tail))
    se = _se(md, t)
    bound = Note(
        code="p_is_bound",
        sentence=f"Only p < {p:g} is reported; {p:g} itself was used, so the SD is if anything "
        "too large.",
        facts=(("p", p),),
    )
    return Derivation(
        method="sd_from_md_p",
        values=(("sd", _common_sd(se, n1, n2)), ("se", se), ("t", t)),
        entered=(("md", md), ("p", p), ("n1", n1), ("n2", n2)),
        formula=f"t from p with N − 2 df; SE = |MD / t|; {_SD_FORMULA}",
        source=_SOURCE,
        notes=(_COMMON, bound) if p_is_bound else (_COMMON,),
    )


def sd_from_md_ci(
    ci_lb: float, ci_ub: float, n1: float, n2: float, *, level: float = 0.95
) -> Derivation:
    """Return SE and common SD from the interval of the difference, a t interval with N - 2 df."""
    width = interval_width(ci_lb, ci_ub)
    df = _degrees(group_size("n1", n1, least=1.0) + group_size("n2", n2, least=1.0) - 2.0)
    se = width / (2.0 * float(stdtrit(df, (1.0 + probability("level", level)) / 2.0)))
    return Derivation(
        method="sd_from_md_ci",
        values=(("sd", _common_sd(se, n1, n2)), ("se", se)),
        entered=(("ci_lb", ci_lb), ("ci_ub", ci_ub), ("n1", n1), ("n2", n2), ("level", level)),
        formula=f"SE = (upper − lower) / (2 × t(1 − α/2, N − 2)); {_SD_FORMULA}",
        source=_SOURCE,
        notes=(_COMMON,),
    )


_COMMON = Note(
    code="sd_common_to_both_groups",
    sentence="The SD is an average of both groups; it is used for each of them.",
)


def _se(md: float, t: float) -> float:
    difference, statistic = finite("md", md), finite("t", t)
    if difference == 0.0 or statistic == 0.0:
        raise InputError(
            "A difference or a test statistic of 0 tells nothing about the SE.", column="md"
        )
    return abs(difference / statistic)


def _degrees(df: float) -> float:
    if df <= 0.0:
        raise InputError("Both groups together need more than 2 people.", column="n1")
    return df


def _common_sd(se: float, n1: float, n2: float) -> float:
    sizes = group_size("n1", n1, least=1.0), group_size("n2", n2, least=1.0)
    return se / math.sqrt(1.0 / sizes[0] + 1.0 / sizes[1])
