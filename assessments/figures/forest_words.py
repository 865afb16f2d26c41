"""The words of a forest plot: the model, heterogeneity, the test, what favours whom."""

from __future__ import annotations

from assessments.bodies import Gathered
from assessments.figures.figure import TextWidth
from assessments.figures.text_width import wrapped
from assessments.language import _
from assessments.summary_of_findings import numbers
from gradecore.results import EffectInterval, PooledEstimate

_WEIGHTINGS = {"mantel-haenszel": "Mantel-Haenszel", "peto": "Peto"}


def model_words(pooled: PooledEstimate) -> str:
    """Return “Random effects (REML, HKSJ)”: the model and what belongs to it."""
    plan = pooled.plan
    details = []
    if plan.weighting in _WEIGHTINGS:
        details.append(_WEIGHTINGS[plan.weighting])
    if plan.model == "random":
        details.append(plan.tau2_estimator)
    if pooled.shown is not None and pooled.shown.method.startswith("hksj"):
        details.append("HKSJ")
    model = _("Random effects") if plan.model == "random" else _("Common effect")
    return f"{model} ({', '.join(details)})" if details else model


def below_the_plot(
    pooled: PooledEstimate, room: float, text_width: TextWidth
) -> tuple[str, ...]:
    """Return the lines of statistics, broken where they would run into the axis."""
    lines = [_heterogeneity(pooled), _test(pooled.shown) if pooled.shown else "",
             _between(pooled)]
    found: list[str] = []
    for line in lines:
        if not line:
            continue
        if text_width(line, 12, False) <= room:
            found.append(line)
        else:
            found += wrapped(line, room, 12)
    return tuple(found)


def p_words(p: float) -> str:
    """Return “P = 0.02”, below 0.001 “P < 0.001”."""
    if p < 0.001:
        return _("P < 0.001")
    return _("P = {p}").format(p=numbers.number(p, 3 if p < 0.01 else 2))


def _heterogeneity(pooled: PooledEstimate) -> str:
    spread = pooled.heterogeneity
    if spread is None or pooled.k < 2:
        return ""
    parts = []
    if spread.tau2 is not None:
        parts.append(f"τ² = {numbers.number(spread.tau2, 3)}")
    parts += [
        f"I² = {numbers.number(spread.i2)}%",
        f"Q = {numbers.number(spread.q, 1)}",
        _("df = {n}").format(n=spread.df),
        p_words(spread.p),
    ]
    return _("Heterogeneity: {parts}").format(parts=", ".join(parts))


def _test(shown: EffectInterval) -> str:
    if shown.statistic is None or shown.p is None:
        return ""
    letter = "z" if shown.df is None else "t"
    parts = [f"{letter} = {numbers.number(shown.statistic, 2)}"]
    if shown.df is not None:
        parts.append(_("df = {n}").format(n=shown.df))
    parts.append(p_words(shown.p))
    return _("Test for overall effect: {parts}").format(parts=", ".join(parts))


def _between(pooled: PooledEstimate) -> str:
    between = pooled.between_subgroups
    if between is None:
        return ""
    parts = [f"Q = {numbers.number(between.q, 1)}", _("df = {n}").format(n=between.df),
             p_words(between.p)]
    return _("Test between subgroups: {parts}").format(parts=", ".join(parts))


def favours(found: Gathered) -> tuple[str, str]:
    """Return the words to the left and right of no effect, by which direction is good.

    Where nobody has said which direction is good, the words say which has more.
    """
    first = found.body.label_experimental or _("intervention")
    second = found.body.label_control or _("comparison")
    first, second = (_lower(one) for one in (first, second))
    if found.outcome.better == "higher":
        first, second = second, first
    elif found.outcome.better is None:
        return _("Less with {name}").format(name=first), _("More with {name}").format(name=first)
    said = _("Favours {name}")
    return said.format(name=first), said.format(name=second)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() else text
