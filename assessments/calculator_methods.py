"""What the calculator of a row offers: inputs with their words, and the columns that are filled.

The formulas are those of ``gradecore.conversions`` and ``gradecore.units_of_analysis``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessments.language import _
from gradecore.conversions import FIVE_NUMBER_METHODS, between_groups, direction, ratios
from gradecore.conversions import within_group as within
from gradecore.conversions.derivation import Derivation
from gradecore.conversions.five_numbers import FiveNumbers
from gradecore.units_of_analysis import (
    cluster_effective,
    cluster_se,
    combine_events,
    combine_groups,
    crossover_md,
    split_control,
)

Values = dict[str, float]
CONTINUOUS = ("continuous",)
EVENTS = ("dichotomous",)
ESTIMATES = ("generic", "time-to-event", "dichotomous", "continuous", "rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A number to type; ``column`` is where the row may know it ('{arm}' stands for the arm)."""

    name: str
    label: str
    column: str = ""
    needed: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculator:
    """One way to work numbers out.

    ``arms`` is 'one' (the arm is chosen), 'each' (done for both arms from the row's ``own``
    columns) or 'both' (one calculation). ``writes`` pairs a derived value with a column.
    """

    code: str
    title: str
    about: str
    arms: str
    inputs: tuple[Input, ...]
    writes: tuple[tuple[str, str], ...]
    work: Callable[[Values], Derivation]
    families: tuple[str, ...] = CONTINUOUS
    own: tuple[tuple[str, str], ...] = ()


def _five(method: str) -> Callable[[Values], Derivation]:
    def work(values: Values) -> Derivation:
        given = FiveNumbers(
            n=values["n"], median=values["median"], minimum=values.get("minimum"),
            q1=values.get("q1"), q3=values.get("q3"), maximum=values.get("maximum"),
        )
        return FIVE_NUMBER_METHODS[method](given)

    return work


def _combined(values: Values) -> Derivation:
    names = ("a", "b", "c") if "n_c" in values else ("a", "b")
    return combine_groups(
        [values[f"n_{one}"] for one in names], [values[f"mean_{one}"] for one in names],
        [values[f"sd_{one}"] for one in names],
    )


def _combined_events(values: Values) -> Derivation:
    names = ("a", "b", "c") if "n_c" in values else ("a", "b")
    return combine_events(
        [values[f"events_{one}"] for one in names], [values[f"n_{one}"] for one in names]
    )


def _sd_from_ci(values: Values) -> Derivation:
    return within.sd_from_ci(
        values["ci_lb"], values["ci_ub"], values["n"], level=values.get("level", 95.0) / 100.0
    )


def _md_ci(values: Values) -> Derivation:
    return between_groups.sd_from_md_ci(
        values["ci_lb"], values["ci_ub"], values["n1"], values["n2"],
        level=values.get("level", 95.0) / 100.0,
    )


def _split(values: Values) -> Derivation:
    return split_control(
        values["n"], int(values["groups"]) if values["groups"] == int(values["groups"]) else 0,
        events=values.get("events"),
    )


def _log_rank(values: Values) -> Derivation:
    return ratios.hr_from_logrank_p(
        values["events_e"], values["events_c"], values["p"],
        favours="control" if values.get("worse", 0.0) else "experimental",
    )


def _hazard(values: Values) -> Derivation:
    found = ratios.se_from_ratio_ci(values["estimate"], values["ci_lb"], values["ci_ub"])
    told = ratios.oe_v_from_hr(found["log_estimate"], found["se"])
    return Derivation(
        method="oe_v_from_hr", values=told.values, entered=found.entered,
        formula=f"{found.formula}; {told.formula}", source=told.source, notes=found.notes,
    )


def _crossover(values: Values) -> Derivation:
    return crossover_md(
        (values["mean_1"], values["mean_2"]), (values["sd_1"], values["sd_2"]), values["n"],
        values["corr"],
    )


def _plain(function: Callable[..., Derivation]) -> Callable[[Values], Derivation]:
    return lambda values: function(**values)


def _n(name: str = "n", column: str = "total_{arm}") -> Input:
    return Input(name=name, label=_("People in this arm"), column=column)


def _level() -> Input:
    return Input(name="level", label=_("Level of the interval, %"), needed=False, hint="95")


def _limits() -> tuple[Input, Input]:
    low = Input(name="ci_lb", label=_("Lower limit"))
    return low, Input(name="ci_ub", label=_("Upper limit"))


def _sizes() -> tuple[Input, Input]:
    return (
        Input(name="n1", label=_("People in arm 1"), column="total_1"),
        Input(name="n2", label=_("People in arm 2"), column="total_2"),
    )


def _md() -> Input:
    return Input(name="md", label=_("Difference in means"))


_BOTH_SDS = (("sd", "sd_1"), ("sd", "sd_2"))
_MEAN_SD = (("mean", "mean_{arm}"), ("sd", "sd_{arm}"))
_FIVE = (
    Input(name="minimum", label=_("Minimum"), needed=False),
    Input(name="q1", label=_("First quartile"), needed=False),
    Input(name="median", label=_("Median")),
    Input(name="q3", label=_("Third quartile"), needed=False),
    Input(name="maximum", label=_("Maximum"), needed=False),
    _n(),
)


def _groups(*fields: tuple[str, str]) -> tuple[Input, ...]:
    return tuple(
        Input(name=f"{name}_{group}", label=_("{what}, group {n}").format(what=what, n=number),
              needed=group != "c")
        for number, group in enumerate(("a", "b", "c"), start=1)
        for name, what in fields
    )


CALCULATORS: tuple[Calculator, ...] = (
    Calculator(
        code="sd_from_se", title=_("SD from the standard error of a mean"), arms="one",
        about=_("The report gives the standard error of the mean of one arm."),
        inputs=(Input(name="se", label=_("Standard error of the mean")), _n()),
        writes=(("sd", "sd_{arm}"),), work=_plain(within.sd_from_se),
    ),
    Calculator(
        code="sd_from_ci", title=_("SD from the interval of a mean"), arms="one",
        about=_("The report gives a confidence interval of the mean of one arm."),
        inputs=(*_limits(), _n(), _level()), writes=(("sd", "sd_{arm}"),), work=_sd_from_ci,
    ),
    Calculator(
        code="fivenum", title=_("Mean and SD from median, quartiles or range"), arms="one",
        about=_("Luo for the mean, Wan and Shi for the SD; skewness is tested first."),
        inputs=_FIVE, writes=_MEAN_SD, work=_five("fivenum"),
    ),
    Calculator(
        code="fivenum_lognormal", title=_("The same, for skewed data (log-normal)"), arms="one",
        about=_("For data that are about normal after taking logarithms (Shi 2020)."),
        inputs=_FIVE, writes=_MEAN_SD, work=_five("fivenum_lognormal"),
    ),
    Calculator(
        code="fivenum_qe", title=_("The same, by quantile estimation"), arms="one",
        about=_("The distribution that comes closest to the quantiles (McGrath 2020)."),
        inputs=_FIVE, writes=_MEAN_SD, work=_five("fivenum_qe"),
    ),
    Calculator(
        code="fivenum_bc", title=_("The same, by the Box-Cox method"), arms="one",
        about=_("A power transformation makes the quantiles symmetric (McGrath 2020)."),
        inputs=_FIVE, writes=_MEAN_SD, work=_five("fivenum_bc"),
    ),
    Calculator(
        code="sd_change", title=_("SD of changes from baseline and final SD"), arms="one",
        about=_("Needs the correlation of baseline and final values; look at several."),
        inputs=(
            Input(name="sd_baseline", label=_("SD at baseline")),
            Input(name="sd_final", label=_("SD at the end")),
            Input(name="corr", label=_("Correlation"), hint="0.7"),
        ),
        writes=(("sd_change", "sd_{arm}"),), work=_plain(within.sd_change),
    ),
    Calculator(
        code="change_mean", title=_("Mean change from baseline and final mean"), arms="one",
        about=_("Final mean minus baseline mean."),
        inputs=(Input(name="mean_baseline", label=_("Mean at baseline")),
                Input(name="mean_final", label=_("Mean at the end"))),
        writes=(("mean", "mean_{arm}"),), work=_plain(within.change_mean),
    ),
    Calculator(
        code="sd_from_md_se", title=_("SD from the SE of a difference"), arms="both",
        about=_("Gives one SD for both arms."),
        inputs=(Input(name="se", label=_("SE of the difference")), *_sizes()),
        writes=_BOTH_SDS, work=_plain(between_groups.sd_from_md_se),
    ),
    Calculator(
        code="sd_from_md_ci", title=_("SD from the interval of a difference"), arms="both",
        about=_("Gives one SD for both arms."),
        inputs=(*_limits(), *_sizes(), _level()), writes=_BOTH_SDS, work=_md_ci,
    ),
    Calculator(
        code="sd_from_md_t", title=_("SD from a difference and t"), arms="both",
        about=_("Gives one SD for both arms."),
        inputs=(_md(), Input(name="t", label="t"), *_sizes()), writes=_BOTH_SDS,
        work=_plain(between_groups.sd_from_md_t),
    ),
    Calculator(
        code="sd_from_md_f", title=_("SD from a difference and F"), arms="both",
        about=_("F of a comparison of two groups."),
        inputs=(_md(), Input(name="f", label="F"), *_sizes()), writes=_BOTH_SDS,
        work=_plain(between_groups.sd_from_md_f),
    ),
    Calculator(
        code="sd_from_md_p", title=_("SD from a difference and P"), arms="both",
        about=_("P of a t test. With “P < 0.05”, 0.05 itself gives an SD that is too large."),
        inputs=(_md(), Input(name="p", label="P"), *_sizes()), writes=_BOTH_SDS,
        work=_plain(between_groups.sd_from_md_p),
    ),
    Calculator(
        code="combine_groups", title=_("Two or three groups taken as one arm"), arms="one",
        about=_("Handbook 6.5.2.10; leave the third group empty if there are two."),
        inputs=_groups(("n", _("People")), ("mean", _("Mean")), ("sd", _("SD"))),
        writes=(("mean", "mean_{arm}"), ("sd", "sd_{arm}"), ("n", "total_{arm}")),
        work=_combined,
    ),
    Calculator(
        code="combine_events", title=_("Two or three groups taken as one arm"), arms="one",
        about=_("Events and people are added; leave the third group empty if there are two."),
        inputs=_groups(("events", _("Events")), ("n", _("People"))), families=EVENTS,
        writes=(("events", "events_{arm}"), ("n", "total_{arm}")), work=_combined_events,
    ),
    Calculator(
        code="split_control", title=_("Split a shared comparator"), arms="both",
        about=_("One comparator arm serves several rows: its people are divided between them."),
        inputs=(
            Input(name="groups", label=_("Number of rows that share it"), hint="2"),
            Input(name="n", label=_("People in the comparator"), column="total_2"),
            Input(name="events", label=_("Events in the comparator"), column="events_2",
                  needed=False),
        ),
        families=("continuous", "dichotomous"),
        writes=(("events", "events_2"), ("n", "total_2")), work=_split,
    ),
    Calculator(
        code="cluster_effective", title=_("Effective size of a cluster trial"), arms="each",
        about=_("For trials analysed as if people had been randomised: people and events of both "
                "arms are divided by the design effect."),
        inputs=(Input(name="cluster_size", label=_("Mean cluster size")),
                Input(name="icc", label=_("Intracluster correlation"), hint="0.02")),
        own=(("events", "events_{arm}"), ("n", "total_{arm}")),
        families=("continuous", "dichotomous"),
        writes=(("events", "events_{arm}"), ("n", "total_{arm}")),
        work=_plain(cluster_effective),
    ),
    Calculator(
        code="cluster_se", title=_("SE of a cluster trial"), arms="both",
        about=_("The SE of an estimate that ignored the clusters is made larger."),
        inputs=(Input(name="se", label=_("Reported SE"), column="se"),
                Input(name="cluster_size", label=_("Mean cluster size")),
                Input(name="icc", label=_("Intracluster correlation"), hint="0.02")),
        families=ESTIMATES, writes=(("se", "se"),), work=_plain(cluster_se),
    ),
    Calculator(
        code="crossover_md", title=_("Cross-over trial: difference and SE"), arms="both",
        about=_("From means and SDs of both periods and the correlation within people."),
        inputs=(
            Input(name="mean_1", label=_("Mean, arm 1"), column="mean_1"),
            Input(name="sd_1", label=_("SD, arm 1"), column="sd_1"),
            Input(name="mean_2", label=_("Mean, arm 2"), column="mean_2"),
            Input(name="sd_2", label=_("SD, arm 2"), column="sd_2"),
            Input(name="n", label=_("People in the trial"), column="total_1"),
            Input(name="corr", label=_("Correlation within people"), hint="0.5"),
        ),
        writes=(("md", "effect"), ("se", "se")), work=_crossover,
    ),
    Calculator(
        code="flip_mean", title=_("Turn the scale round"), arms="each",
        about=_("For a scale that runs the other way: means change their sign, SDs stay."),
        inputs=(Input(name="scale_maximum", label=_("Lowest plus highest score"), needed=False),),
        own=(("mean", "mean_{arm}"),), writes=(("mean", "mean_{arm}"),),
        work=_plain(direction.flip_mean),
    ),
    Calculator(
        code="swap_events", title=_("Count people without the event"), arms="each",
        about=_("For an outcome reported the other way round."), inputs=(), families=EVENTS,
        own=(("events", "events_{arm}"), ("n", "total_{arm}")),
        writes=(("events", "events_{arm}"),), work=_plain(direction.swap_events),
    ),
    Calculator(
        code="se_from_p", title=_("SE from an estimate and its P"), arms="both",
        about=_("For differences; of a ratio, give its natural logarithm."),
        inputs=(Input(name="estimate", label=_("Estimate (ratio: its logarithm)")),
                Input(name="p", label="P")),
        families=ESTIMATES, writes=(("se", "se"),), work=_plain(ratios.se_from_p),
    ),
    Calculator(
        code="oe_v_from_hr", title=_("O − E and V from a hazard ratio"), arms="both",
        about=_("From the hazard ratio with its 95% interval (Tierney 2007)."),
        inputs=(Input(name="estimate", label=_("Hazard ratio"), column="effect"),
                Input(name="ci_lb", label=_("Lower limit"), column="ci_low"),
                Input(name="ci_ub", label=_("Upper limit"), column="ci_high")),
        families=("time-to-event",), writes=(("oe", "oe"), ("v", "variance")), work=_hazard,
    ),
    Calculator(
        code="hr_from_logrank_p", title=_("O − E and V from events and a log-rank P"), arms="both",
        about=_("Tierney 2007. “Worse” is 1 where arm 1 had more events than expected."),
        inputs=(Input(name="events_e", label=_("Events in arm 1"), column="events_1"),
                Input(name="events_c", label=_("Events in arm 2"), column="events_2"),
                Input(name="p", label="P"),
                Input(name="worse", label=_("Worse with arm 1 (0 or 1)"), needed=False, hint="0")),
        families=("time-to-event",), writes=(("oe", "oe"), ("v", "variance")), work=_log_rank,
    ),
)
"""Every calculator, in the order in which they are offered."""


def calculator(code: str) -> Calculator:
    """Return the calculator with that code; KeyError if there is none."""
    return {one.code: one for one in CALCULATORS}[code]
