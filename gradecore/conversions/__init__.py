"""Numbers worked out before the pool, each with its origin; the table of contents of methods.

A ``Conversion`` describes a method to a calculator: what it needs, what may be added, and the
function, which takes these names as arguments and returns a ``Derivation``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradecore import units_of_analysis
from gradecore.conversions import between_groups, direction, five_numbers, ratios, within_group
from gradecore.conversions.box_cox import fivenum_bc
from gradecore.conversions.derivation import Derivation
from gradecore.conversions.five_numbers import FiveNumbers
from gradecore.conversions.quantile_estimation import fivenum_qe

__all__ = ["CONVERSIONS", "Conversion", "Derivation", "FiveNumbers", "conversion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One method: its code, what people call it, the arguments it needs and those it may take."""

    code: str
    title: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    function: Callable[..., Derivation]
    optional: tuple[str, ...] = ()


CONVERSIONS: tuple[Conversion, ...] = (
    Conversion(
        code="sd_from_se",
        title="SD from the standard error of a mean",
        needs=("se", "n"),
        gives=("sd",),
        function=within_group.sd_from_se,
    ),
    Conversion(
        code="sd_from_ci",
        title="SD from the confidence interval of a mean",
        needs=("ci_lb", "ci_ub", "n"),
        gives=("sd", "mean"),
        optional=("level", "dist"),
        function=within_group.sd_from_ci,
    ),
    Conversion(
        code="sd_change",
        title="SD of changes from baseline and final SD and their correlation",
        needs=("sd_baseline", "sd_final", "corr"),
        gives=("sd_change",),
        function=within_group.sd_change,
    ),
    Conversion(
        code="corr_from_sds",
        title="Correlation from baseline, final and change SD",
        needs=("sd_baseline", "sd_final", "sd_change"),
        gives=("corr",),
        function=within_group.corr_from_sds,
    ),
    Conversion(
        code="change_mean",
        title="Mean change from baseline and final mean",
        needs=("mean_baseline", "mean_final"),
        gives=("mean",),
        function=within_group.change_mean,
    ),
    Conversion(
        code="md_se_from_t",
        title="SE of a difference in means from t",
        needs=("md", "t"),
        gives=("se",),
        function=between_groups.md_se_from_t,
    ),
    Conversion(
        code="sd_from_md_se",
        title="SD from the SE of a difference in means",
        needs=("se", "n1", "n2"),
        gives=("sd",),
        function=between_groups.sd_from_md_se,
    ),
    Conversion(
        code="sd_from_md_t",
        title="SD from a difference in means and t",
        needs=("md", "t", "n1", "n2"),
        gives=("sd",),
        function=between_groups.sd_from_md_t,
    ),
    Conversion(
        code="sd_from_md_f",
        title="SD from a difference in means and F",
        needs=("md", "f", "n1", "n2"),
        gives=("sd", "t"),
        function=between_groups.sd_from_md_f,
    ),
    Conversion(
        code="sd_from_md_p",
        title="SD from a difference in means and p",
        needs=("md", "p", "n1", "n2"),
        gives=("sd", "se", "t"),
        optional=("p_is_bound",),
        function=between_groups.sd_from_md_p,
    ),
    Conversion(
        code="sd_from_md_ci",
        title="SD from the confidence interval of a difference in means",
        needs=("ci_lb", "ci_ub", "n1", "n2"),
        gives=("sd", "se"),
        optional=("level",),
        function=between_groups.sd_from_md_ci,
    ),
    Conversion(
        code="se_from_ratio_ci",
        title="SE of a log ratio from its confidence interval",
        needs=("estimate", "ci_lb", "ci_ub"),
        gives=("se", "log_estimate"),
        optional=("level",),
        function=ratios.se_from_ratio_ci,
    ),
    Conversion(
        code="se_from_ci",
        title="SE of a difference from its confidence interval",
        needs=("estimate", "ci_lb", "ci_ub"),
        gives=("se",),
        optional=("level",),
        function=ratios.se_from_ci,
    ),
    Conversion(
        code="se_from_p",
        title="SE from an estimate and its p",
        needs=("estimate", "p"),
        gives=("se", "z"),
        function=ratios.se_from_p,
    ),
    Conversion(
        code="oe_v_from_hr",
        title="O − E and V from a hazard ratio",
        needs=("lnhr", "se"),
        gives=("oe", "v"),
        function=ratios.oe_v_from_hr,
    ),
    Conversion(
        code="hr_from_oe_v",
        title="Hazard ratio from O − E and V",
        needs=("oe", "v"),
        gives=("lnhr", "se"),
        function=ratios.hr_from_oe_v,
    ),
    Conversion(
        code="v_from_events",
        title="V from all events and the group sizes",
        needs=("events", "n1", "n2"),
        gives=("v",),
        function=ratios.v_from_events,
    ),
    Conversion(
        code="hr_from_logrank_p",
        title="Hazard ratio from events and a log-rank p",
        needs=("events_e", "events_c", "p"),
        gives=("lnhr", "se", "oe", "v"),
        optional=("favours",),
        function=ratios.hr_from_logrank_p,
    ),
    Conversion(
        code="split_control",
        title="Share of a control used by several comparisons",
        needs=("n", "groups"),
        gives=("events", "n", "mean", "sd"),
        optional=("events", "mean", "sd"),
        function=units_of_analysis.split_control,
    ),
    Conversion(
        code="cluster_effective",
        title="Effective size of a cluster trial",
        needs=("cluster_size", "icc", "n"),
        gives=("events", "n", "design_effect", "se_multiplier"),
        optional=("events",),
        function=units_of_analysis.cluster_effective,
    ),
    Conversion(
        code="cluster_se",
        title="SE of a cluster trial analysed as if of individuals",
        needs=("se", "cluster_size", "icc"),
        gives=("se", "design_effect"),
        function=units_of_analysis.cluster_se,
    ),
    Conversion(
        code="flip_mean",
        title="Mean on a scale turned round",
        needs=("mean",),
        gives=("mean",),
        optional=("scale_maximum",),
        function=direction.flip_mean,
    ),
    Conversion(
        code="swap_events",
        title="People without the event as the event",
        needs=("events", "n"),
        gives=("events", "n"),
        function=direction.swap_events,
    ),
)
"""The methods whose arguments are single numbers, in the order in which a calculator lists them.

Not here, because their arguments are groups of numbers: ``fivenum`` and its relatives (module
``five_numbers``), combining arms and cross-over trials (module ``units_of_analysis``).
"""

FIVE_NUMBER_METHODS: dict[str, Callable[[FiveNumbers], Derivation]] = {
    "fivenum": five_numbers.fivenum,
    "fivenum_skew_test": five_numbers.fivenum_skew_test,
    "fivenum_lognormal": five_numbers.fivenum_lognormal,
    "fivenum_qe": fivenum_qe,
    "fivenum_bc": fivenum_bc,
}
"""What can be done with medians, quartiles and ranges, by the code of the method."""


def conversion(code: str) -> Conversion | None:
    """Return the method with that code, or None."""
    return next((method for method in CONVERSIONS if method.code == code), None)
