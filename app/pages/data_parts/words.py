"""How results of pooling are written on the page: effects, heterogeneity, models, p values."""

from __future__ import annotations

from assessments.bodies import Gathered
from assessments.figures.forest_rows import effect_words, natural, shown_decimals
from assessments.figures.forest_words import model_words, p_words
from assessments.language import _, counted
from assessments.review import Outcome
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.wording import short_name
from gradecore.profiles import PoolingPlan
from gradecore.results import EffectInterval, Heterogeneity, PooledEstimate

__all__ = ["model_words", "natural", "p_words"]

Pairs = tuple[tuple[str, str], ...]


def outcome_title(outcome: Outcome) -> str:
    """Return an outcome with its time point."""
    name = outcome.label.strip() or _("Outcome without a name")
    when = outcome.time_point.strip()
    if not when:
        return name
    if when[0].isdigit():
        return _("{outcome} at {when}").format(outcome=name, when=when)
    return _("{outcome}, {when}").format(outcome=name, when=when)


def short_effect(pooled: PooledEstimate) -> str:
    """Return “RR 0.54 [0.39, 0.75]”, '' where nothing was pooled."""
    if pooled.shown is None:
        return ""
    return f"{short_name(pooled.measure)} {interval_words(pooled, pooled.shown)}"


def interval_words(pooled: PooledEstimate, shown: EffectInterval | None) -> str:
    """Return an interval with the decimals of that pooled estimate."""
    if shown is None:
        return _("not estimable")
    return effect_words(natural(shown), pooled.measure, max(2, shown_decimals(pooled)))


def tau2_words(spread: Heterogeneity | None) -> str:
    """Return τ² with its interval, a dash where the model has none."""
    if spread is None or spread.tau2 is None:
        return numbers.DASH
    text = small(spread.tau2)
    if spread.tau2_lower is None or spread.tau2_upper is None:
        return text
    return f"{text} [{small(spread.tau2_lower)}, {small(spread.tau2_upper)}]"


def bare_p(p: float) -> str:
    """Return P without its letter, for a column of that name."""
    return p_words(p).removeprefix("P").removeprefix(" = ").strip()


def small(value: float) -> str:
    """Return a number of which three digits matter, as variances are."""
    if value == 0 or abs(value) >= 1000:
        return numbers.number(value)
    decimals = 3 if abs(value) >= 0.01 else 5
    return numbers.number(value, 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else decimals)


def i2_words(spread: Heterogeneity | None) -> str:
    """Return I² in percent, a dash where there is none."""
    return numbers.DASH if spread is None else f"{numbers.number(spread.i2)}%"


def count_words(value: float | None) -> str:
    """Return a number of people or events; parts of people keep one decimal."""
    if value is None:
        return numbers.DASH
    return numbers.number(value, 0 if float(value).is_integer() else 1)


def facts_of(found: Gathered) -> tuple[str, ...]:
    """Return the facts below the title: studies, people, measure."""
    pooled = found.pooled
    rows = len(found.body.studies)
    if pooled is None:
        return (counted("{n} study", "{n} studies", rows) if rows else _("No data yet"),)
    facts = [counted("{n} study", "{n} studies", pooled.k)]
    if rows > pooled.k:
        facts[0] = _("{k} of {n} studies pooled").format(k=pooled.k, n=rows)
    if pooled.participants is not None:
        facts.append(_("{n} people").format(n=count_words(pooled.participants)))
    return tuple(facts)


def models() -> Pairs:
    """Return the models, as they are offered."""
    return (("random", _("Random effects")), ("common", _("Common effect")))


def weightings() -> dict[str, str]:
    """Return the ways of weighting."""
    return {
        "inverse-variance": _("Inverse variance"), "mantel-haenszel": _("Mantel-Haenszel"),
        "peto": _("Peto"),
    }


def intervals() -> dict[str, str]:
    """Return the intervals of the summary."""
    return {
        "hksj-if-heterogeneous": _("Hartung-Knapp where τ² > 0, k ≥ 3"),
        "hksj": _("Hartung-Knapp"), "hksj-adhoc": _("Hartung-Knapp, never narrower"),
        "wald": _("Wald (normal)"), "t": _("t with k − 1 df"),
    }


def predictions() -> dict[str, str]:
    """Return the prediction intervals."""
    return {
        "matching": _("As the interval"), "t-k-1": _("t with k − 1 df"),
        "t-k-2": _("t with k − 2 df"), "normal": _("Normal"), "none": _("None"),
    }


def zero_cells() -> dict[str, str]:
    """Return what is added to cells without events."""
    return {
        "only-zero": _("0.5 where a cell is 0"),
        "all-if-any-zero": _("0.5 in all studies if any has 0"),
        "all": _("0.5 in all studies"), "none": _("Nothing"),
    }


def smd_variants() -> dict[str, str]:
    """Return the variances of a standardised mean difference."""
    return {
        "revman": _("RevMan"), "LS": _("Large sample (metafor)"),
        "LS2": _("Large sample, adjusted"), "UB": _("Unbiased"),
    }


def profiles() -> dict[str, str]:
    """Return the profiles: bundles of defaults."""
    return {
        "cochrane-current": _("Cochrane, current"), "revman5": _("RevMan 5"),
        "metafor": _("metafor (R)"), "meta": _("meta (R)"),
    }


_ITEMS = {
    "weighting": weightings, "interval": intervals, "prediction": predictions,
    "zero_cells": zero_cells, "smd_variant": smd_variants,
}


def overrides_of(plan: PoolingPlan) -> tuple[str, ...]:
    """Return what differs from the profile, each in words."""
    names = {
        "weighting": _("Weighting"), "tau2_estimator": _("Between-study variance"),
        "interval": _("Confidence interval"), "prediction": _("Prediction interval"),
        "zero_cells": _("Cells without events"), "smd_variant": _("Variance of the SMD"),
        "level": _("Level"),
    }
    told = []
    for item, value in plan.overrides:
        if item in names:
            words = _ITEMS[item]().get(str(value), "") if item in _ITEMS else ""
            if item == "level":
                words = f"{numbers.plain_number(float(str(value)) * 100)}%"
            told.append(f"{names[item]}: {words or value}")
    return tuple(told)
