"""Studies whose units are not plain parallel groups: clusters, cross-over, several arms.

Source: Cochrane Handbook 6.5, chapters 6.5.2.10 (combining arms), 23.1 (clusters), 23.2
(cross-over) and 23.3 (several arms); Elbourne 2002 (doi:10.1093/ije/31.1.140).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from gradecore.conversions.derivation import (
    Derivation,
    Entry,
    between,
    finite,
    group_size,
    not_negative,
    positive,
)
from gradecore.input_errors import InputError
from gradecore.notes import Note

_COMBINING = "Cochrane Handbook 6.5.2.10"
_CLUSTERS = "Cochrane Handbook 23.1.4"
_ARMS = "Cochrane Handbook 23.3.4"
_CROSS_OVER = "Cochrane Handbook 23.2.7; Elbourne 2002"


def combine_groups(ns: Sequence[float], means: Sequence[float], sds: Sequence[float]) -> Derivation:
    """Return size, mean and SD of two or more arms taken as one, as if all data were at hand."""
    if not 2 <= len(ns) == len(means) == len(sds):
        raise InputError("Give size, mean and SD of at least two arms.")
    entered: list[Entry] = []
    for i, (n, mean, sd) in enumerate(zip(ns, means, sds, strict=True), start=1):
        entered += [
            (f"n{i}", group_size(f"n{i}", n, least=1.0)),
            (f"m{i}", finite(f"m{i}", mean)),
            (f"sd{i}", not_negative(f"sd{i}", sd)),
        ]
    total = math.fsum(ns)
    mean = math.fsum(n * m for n, m in zip(ns, means, strict=True)) / total
    # Within plus between sums of squares; the Handbook's step by step comes to the same.
    within = math.fsum((n - 1.0) * sd**2 for n, sd in zip(ns, sds, strict=True))
    apart = math.fsum(n * (m - mean) ** 2 for n, m in zip(ns, means, strict=True))
    return Derivation(
        method="combine_groups",
        values=(("mean", mean), ("sd", math.sqrt((within + apart) / (total - 1.0))), ("n", total)),
        entered=tuple(entered),
        formula="n = n₁ + n₂; mean = (n₁ m₁ + n₂ m₂)/n; "
        "SD² = [(n₁ − 1) SD₁² + (n₂ − 1) SD₂² + n₁ n₂ (m₁ − m₂)²/n] / (n − 1)",
        source=_COMBINING,
    )


def combine_events(events: Sequence[float], ns: Sequence[float]) -> Derivation:
    """Return events and size of two or more arms taken as one."""
    if not 2 <= len(events) == len(ns):
        raise InputError("Give events and size of at least two arms.")
    entered: list[Entry] = []
    for i, (count, n) in enumerate(zip(events, ns, strict=True), start=1):
        _check_events(count, n, f"events{i}")
        entered += [(f"events{i}", count), (f"n{i}", n)]
    return Derivation(
        method="combine_events",
        values=(("events", math.fsum(events)), ("n", math.fsum(ns))),
        entered=tuple(entered),
        formula="events and sizes added",
        source=_COMBINING,
    )


def split_control(
    n: float,
    groups: int,
    *,
    events: float | None = None,
    mean: float | None = None,
    sd: float | None = None,
) -> Derivation:
    """Return the share of a control group that each of several comparisons uses.

    Events and size are divided and stay fractions; mean and SD stay as they are.
    """
    if groups != int(groups) or groups < 2:
        raise InputError("A control is split between at least two comparisons.", column="groups")
    entered: list[Entry] = []
    values: list[tuple[str, float]] = [("n", positive("n", n) / groups)]
    if events is not None:
        _check_events(events, n, "events")
        values.insert(0, ("events", events / groups))
        entered.append(("events", events))
    entered.append(("n", n))
    for name, value in (("mean", mean), ("sd", sd)):
        if value is not None:
            values.append(
                (name, finite(name, value) if name == "mean" else not_negative(name, value))
            )
            entered.append((name, value))
    note = Note(
        code="correlation_remains",
        sentence="Splitting the control removes only part of the correlation between the "
        "comparisons; combining the arms is preferred.",
    )
    return Derivation(
        method="split_control",
        values=tuple(values),
        entered=(*entered, ("groups", float(groups))),
        formula="events and n divided by the number of comparisons; mean and SD unchanged",
        source=_ARMS,
        notes=(note,),
    )


def design_effect(cluster_size: float, icc: float) -> float:
    """Return 1 + (M - 1) ICC, M the mean cluster size (Handbook 23.1.4)."""
    size = group_size("cluster_size", cluster_size, least=1.0)
    return 1.0 + (size - 1.0) * between("icc", icc, low=0.0, high=1.0)


def cluster_effective(
    cluster_size: float, icc: float, n: float, events: float | None = None
) -> Derivation:
    """Return effective size (and events) of a cluster trial analysed as if of individuals.

    Also the factor for the SE of an estimate that ignored the clusters. Round for display only.
    """
    effect = design_effect(cluster_size, icc)
    values = [("n", positive("n", n) / effect)]
    entered: list[Entry] = [("n", n)]
    if events is not None:
        _check_events(events, n, "events")
        values.insert(0, ("events", events / effect))
        entered.insert(0, ("events", events))
    values += [("design_effect", effect), ("se_multiplier", math.sqrt(effect))]
    return Derivation(
        method="cluster_effective",
        values=tuple(values),
        entered=(*entered, ("cluster_size", cluster_size), ("icc", icc)),
        formula="design effect = 1 + (M − 1) ICC; events and n divided by it, SE times its root",
        source=_CLUSTERS,
    )


def cluster_se(se: float, cluster_size: float, icc: float) -> Derivation:
    """Return the SE of an estimate that ignored the clusters, made larger."""
    effect = design_effect(cluster_size, icc)
    return Derivation(
        method="cluster_se",
        values=(("se", positive("se", se) * math.sqrt(effect)), ("design_effect", effect)),
        entered=(("se", se), ("cluster_size", cluster_size), ("icc", icc)),
        formula="SE × √(1 + (M − 1) ICC)",
        source=_CLUSTERS,
    )


def crossover_md(
    means: tuple[float, float], sds: tuple[float, float], n: float, corr: float
) -> Derivation:
    """Return MD and SMD with SEs of a cross-over trial of n people who had both treatments.

    ``means`` and ``sds`` are (experimental, control), ``corr`` the correlation within people. The
    SMD uses the SD between people, so that it can stand beside those of parallel groups.
    """
    size, r = group_size("n", n), between("corr", corr, low=-1.0, high=1.0)
    m_e, m_c = finite("m_e", means[0]), finite("m_c", means[1])
    sd_e, sd_c = not_negative("sd_e", sds[0]), not_negative("sd_c", sds[1])
    pooled = math.sqrt((sd_e**2 + sd_c**2) / 2.0)
    if pooled == 0.0:
        raise InputError("Both SDs are 0: there is nothing to weigh the trial by.", column="sd_e")
    sd_diff = math.sqrt(max(0.0, (sd_e - sd_c) ** 2 + 2.0 * (1.0 - r) * sd_e * sd_c))
    smd = (m_e - m_c) / pooled
    values = (
        ("md", m_e - m_c),
        ("se", sd_diff / math.sqrt(size)),
        ("sd_diff", sd_diff),
        ("smd", smd),
        ("se_smd", math.sqrt((1.0 / size + smd**2 / (2.0 * size)) * 2.0 * (1.0 - r))),
    )
    entered = (("m_e", m_e), ("sd_e", sd_e), ("m_c", m_c), ("sd_c", sd_c), ("n", n), ("corr", corr))
    return Derivation(
        method="crossover_md",
        values=values,
        entered=entered,
        formula="SDdiff = √(SDe² + SDc² − 2 r SDe SDc); SE(MD) = SDdiff/√n; "
        "SE(SMD) = √(1/n + SMD²/(2n)) √(2(1 − r))",
        source=_CROSS_OVER,
    )


def crossover_corr(sd_e: float, sd_c: float, sd_diff: float) -> Derivation:
    """Return the correlation within people from a cross-over trial that gives all three SDs."""
    first, second = positive("sd_e", sd_e), positive("sd_c", sd_c)
    r = (first**2 + second**2 - not_negative("sd_diff", sd_diff) ** 2) / (2.0 * first * second)
    if not -1.0 <= r <= 1.0:
        raise InputError(
            f"The three SDs give a correlation of {r:.3g}: they contradict each other.",
            column="sd_diff",
        )
    return Derivation(
        method="crossover_corr",
        values=(("corr", r),),
        entered=(("sd_e", sd_e), ("sd_c", sd_c), ("sd_diff", sd_diff)),
        formula="r = (SDe² + SDc² − SDdiff²) / (2 SDe SDc)",
        source=_CROSS_OVER,
    )


def crossover_from_t(md: float, t: float) -> Derivation:
    """Return the SE of a cross-over difference from a paired t statistic."""
    difference, statistic = finite("md", md), finite("t", t)
    if difference == 0.0 or statistic == 0.0:
        raise InputError("A difference or a t of 0 tells nothing about the SE.", column="t")
    return Derivation(
        method="crossover_from_t",
        values=(("se", abs(difference / statistic)),),
        entered=(("md", md), ("t", t)),
        formula="SE = |MD / t| of the paired test",
        source=_CROSS_OVER,
    )


def _check_events(events: float, n: float, name: str) -> None:
    if not_negative(name, events) > positive("n", n):
        raise InputError(f"{name} ({events:g}) is more than the {n:g} people.", column=name)
