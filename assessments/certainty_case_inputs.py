"""Turns the fields of a worked case into what the engine takes: measure, effect, rating."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.certainty_case_fields import CaseProblem, Fields, as_number, as_triple, plain_key
from assessments.language import _
from gradecore.grade.certainty import start_rule
from gradecore.grade.checks import RatingInput
from gradecore.grade.evidence import RATIO_MEASURES
from gradecore.grade.explanations import Explanation
from gradecore.grade.vocabulary import (
    DOMAINS,
    NRS,
    NRS_ROBINS_I,
    RCT,
    START_SCORES,
    UPGRADE_POINTS,
    UPGRADES,
)

MEASURES = {
    "rr": "RR", "risk_ratio": "RR", "relative_risk": "RR",
    "or": "OR", "odds_ratio": "OR",
    "peto": "PETO", "peto_or": "PETO", "peto_odds_ratio": "PETO",
    "hr": "HR", "hazard_ratio": "HR",
    "rd": "RD", "risk_difference": "RD",
    "irr": "IRR", "rate_ratio": "IRR", "incidence_rate_ratio": "IRR",
    "md": "MD", "mean_difference": "MD",
    "smd": "SMD", "standardised_mean_difference": "SMD", "standardized_mean_difference": "SMD",
    "rom": "ROM", "ratio_of_means": "ROM",
}  # fmt: skip
_MEASURE_NAMES = MEASURES | {
    "hr_event": "HR", "hr_event_free": "HR", "hr_event_free_survival": "HR",
    "or_incl_peto": "OR", "smd_to_md": "SMD", "smd_to_or": "SMD", "smd_to_rd": "SMD",
    "smd_to_rom": "SMD", "smd_to_mid_units": "SMD",
}
"""Names of measures that are never names of their numbers."""
DOMAIN_NAMES = {
    "rob": "rob", "risk_of_bias": "rob", "bias": "rob", "study_limitations": "rob",
    "inconsistency": "inconsistency", "inc": "inconsistency",
    "indirectness": "indirectness", "ind": "indirectness",
    "imprecision": "imprecision", "imp": "imprecision",
    "publication_bias": "publication_bias", "pub": "publication_bias",
    "pub_bias": "publication_bias", "publication": "publication_bias",
}  # fmt: skip
_CONCERNS = {
    "0": "not_serious", "1": "serious", "2": "very_serious", "3": "extremely_serious",
    "no": "not_serious", "none": "not_serious", "not_serious": "not_serious",
    "no_serious": "not_serious", "undetected": "not_serious", "unlikely": "not_serious",
    "serious": "serious", "strongly_suspected": "serious", "likely": "serious",
    "very_serious": "very_serious", "very_likely": "very_serious",
    "very_strongly_suspected": "very_serious", "extremely_serious": "extremely_serious",
    "not_assessable": "not_assessable", "not_applicable": "not_applicable", "na": "not_applicable",
}  # fmt: skip
_UPGRADE_NAMES = {
    "large_effect": "large_effect", "large": "large_effect", "magnitude": "large_effect",
    "large_magnitude": "large_effect", "very_large_effect": "large_effect",
    "dose_response": "dose_response", "gradient": "dose_response",
    "dose_response_gradient": "dose_response", "opposing_confounding": "opposing_confounding",
    "confounding": "opposing_confounding", "plausible_confounding": "opposing_confounding",
}  # fmt: skip
LEVELS = {
    "high": "high", "moderate": "moderate", "low": "low", "very_low": "very_low",
    "verylow": "very_low", "4": "high", "3": "moderate", "2": "low", "1": "very_low",
    "not_rated": "not_rated",
}  # fmt: skip
DOMAIN_GROUPS = (
    "domains", "judgements", "judgments", "ratings", "downgrades", "levels", "concerns",
    "domain_judgements", "domain_judgments", "domain_ratings", "domain_levels",
)  # fmt: skip
_WORDS = {
    "no": 0, "not_considered": 0, "yes": 1, "large": 1, "strong": 1, "present": 1,
    "very_large": 2, "very_strong": 2, "large_effect": 1, "very_large_effect": 2,
}
"""How profiles word a reason to rate up → its points."""
_ENDS = (("low", "lower", "lb", "lcl", "l"), ("high", "upper", "ub", "ucl", "u"))
_UPGRADE_GROUPS = ("upgrades", "rating_up", "upgrade")
_LEVEL_KEYS = ("level", "levels", "judgement", "rating", "points", "score", "value", "concern")


def measure_of(case: Fields) -> str:
    """Return the effect measure, '' if none is named; a key such as “rr” names it too."""
    name = case.text("measure", "effect_measure", "sm", "effect_type", "from_measure")
    start = case.text("from") or ""
    if name is None and start in MEASURES:
        return MEASURES[start]
    if name is not None:
        if name not in _MEASURE_NAMES:
            raise CaseProblem(_("The effect measure “{name}” is not known.").format(name=name))
        return _MEASURE_NAMES[name]
    printed = case.find("effect", "relative", "relative_effect")
    words = plain_key(re.split(r"[-−\d]", printed)[0]) if isinstance(printed, str) else ""
    if words in MEASURES:
        return MEASURES[words]
    return next((code for key, code in MEASURES.items() if case.find(key) is not None), "")


def effect_of(case: Fields, measure: str) -> tuple[float, float | None, float | None] | None:
    """Return the effect with its limits on the natural scale, None if there is none."""
    for key, code in MEASURES.items():
        if code == measure and isinstance(case.find(key), int | float | str | list | dict):
            found = as_triple(case.find(key), key)
            return found if found[1] is not None else _with_limits(case, found[0], key)
    for key in ("effect", "relative", "relative_effect", "pooled", "estimate", "result"):
        value = case.find(key)
        if isinstance(value, list) or (isinstance(value, str) and "(" in value):
            return as_triple(value, key)
        if isinstance(value, Mapping) and Fields(value).triple() is not None:
            return Fields(value).triple()
    return case.triple()


def natural_effect(
    case: Fields, measure: str
) -> tuple[float, float | None, float | None] | None:
    """Return the effect with its limits on the natural scale, also where a case gives logarithms.

    Raises:
        CaseProblem: a number is too large to be a logarithm.
    """
    found = effect_of(case, measure)
    mu = None if case.find("mu") is None else as_triple(case.find("mu"), "mu")
    if mu is not None and (found is None or mu[1] is not None):
        found = mu
    on_analysis = mu is not None or (case.text("scale") or "") in ("analysis", "log")
    if found is None or not on_analysis or measure not in RATIO_MEASURES:
        return found
    if any(one is not None and abs(one) > 700 for one in found):
        raise CaseProblem(_("The effect is no logarithm of a ratio."))
    first, *ends = (None if one is None else math.exp(one) for one in found)
    return None if first is None else (first, ends[0], ends[1])


def _with_limits(
    case: Fields, point: float, key: str
) -> tuple[float, float | None, float | None]:
    """Return the limits beside an effect that stands under its measure: rr, rr_low, rr_high."""
    low, high = (
        case.number(*(f"{key}_{ci}{end}" for ci in ("", "ci_") for end in ends)) for ends in _ENDS
    )
    if low is not None and high is not None:
        return point, low, high
    rest = Fields({**case.table, "est": point}).triple()
    return (point, None, None) if rest is None else (point, rest[1], rest[2])


def start_of(case: Fields) -> str:
    """Return where the rating starts: from a rule, a score, or design and tool."""
    rule = case.text("start_rule")
    if rule is not None:
        if rule not in START_SCORES:
            raise CaseProblem(_("“{name}” is no starting point.").format(name=rule))
        return rule
    design = _design_of(case)
    start = case.find("start", "start_level", "starting_level", "start_certainty",
                      "starting_certainty", "initial_certainty", "initial_level", "initial",
                      "certainty_start", "start_score", "starting_point")
    randomised = design in ("rct", "rcts", "randomised", "randomized", "cluster_rct", "crossover")
    randomised = randomised or design.startswith(("randomised", "randomized", "quasi"))
    if start is not None and plain_key(start) in LEVELS:
        high = LEVELS[plain_key(start)] == "high"
        if not high:
            return NRS
        return NRS_ROBINS_I if design and not randomised else RCT
    if not design:
        return RCT
    tool = str(case.find("tool", "rob_tool", "instrument") or "")
    nrs_start = case.text("nrs_start") or "by_tool"
    quasi = case.text("quasi_rct_as") or RCT
    given = "quasi_rct" if design.startswith("quasi") else "rct" if randomised else design
    return start_rule(given, tool, nrs_start=nrs_start, quasi_rct_as=quasi)


def _design_of(case: Fields) -> str:
    """Return the declared design in one spelling, '' where there is none."""
    names = ("design", "stream", "evidence_stream", "study_design", "study_designs", "study_type",
             "evidence_type", "evidence", "body_design")
    return next((plain_key(one) for one in map(case.find, names) if isinstance(one, str)), "")


def rating_of(case: Fields) -> RatingInput:
    """Return the rating: concerns by domain, upgrades, explanations, borderline domains."""
    group = _domain_group(case)
    domains: dict[str, str | None] = {}
    explanations: dict[str, Explanation] = {}
    close = case.find("borderline", "borderline_domains")
    borderline = {
        DOMAIN_NAMES.get(plain_key(one), "") for one in (close if isinstance(close, list) else ())
    }
    for key, value in group.table.items():
        domain = DOMAIN_NAMES.get(key)
        if domain is None or domain in domains:
            continue
        if isinstance(value, Mapping):
            inner = Fields(value)
            domains[domain] = concern(inner.find(*_LEVEL_KEYS), key)
            if inner.has("explanation", "prompts"):
                explanations[domain] = _explanation(value)
            if inner.flag("borderline"):
                borderline.add(domain)
        else:
            domains[domain] = concern(value, key)
    explanations |= _explained_upgrades(case) | _explanations(case)
    for name, ticked in _reasons(case).items():
        told = explanations.get(name, Explanation())
        explanations[name] = replace(told, prompts=(*told.prompts, *ticked))
    return RatingInput(
        start_rule=start_of(case),
        domains={name: domains.get(name) for name in DOMAINS},
        upgrades=upgrades_of(case),
        explanations=explanations,
        borderline=tuple(one for one in DOMAINS if one in borderline),
        confounding=_variant(case),
        considered_upgrades=case.flag("considered_upgrades", "upgrades_considered"),
    )


def _domain_group(case: Fields) -> Fields:
    """The group of the five domains: named, listed in their usual order, or at the top level."""
    listed = case.find(*DOMAIN_GROUPS)
    if isinstance(listed, list):
        if listed and all(isinstance(one, Mapping) for one in listed):
            return Fields(_by_name(listed))
        if len(listed) != len(DOMAINS):
            raise CaseProblem(_("A list of domains needs all five, in the usual order."))
        return Fields(dict(zip(DOMAINS, listed, strict=True)))
    return case.group(*DOMAIN_GROUPS) or case


def _by_name(listed: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return groups that carry a name each as one group by those names."""
    return {str(Fields(one).find("domain", "name", "id", "code") or ""): one for one in listed}


def concern(value: Any, name: str) -> str | None:
    """Return a concern code from points, words or a code; None stays undecided."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        word = str(abs(int(value))) if value == int(value) else str(value)
    else:
        # As tables write it: “serious (-1)”.
        word = re.sub(r"(?<=[a-z])_[0-3]$", "", plain_key(value).lstrip("_"))
    if word not in _CONCERNS:
        raise CaseProblem(
            _("“{name}”: “{value}” is no level of concern.").format(name=name, value=value)
        )
    return _CONCERNS[word]


def upgrades_of(case: Fields) -> dict[str, int]:
    """Return the points of the reasons to rate up."""
    given = case.find(*_UPGRADE_GROUPS)
    if isinstance(given, list) and given and all(isinstance(one, Mapping) for one in given):
        given = _by_name(given)
    elif isinstance(given, list):
        given = {str(name): 2 if plain_key(name).startswith("very") else 1 for name in given}
    if given is None:
        given = {name: case.find(name) for name in UPGRADES if case.find(name) is not None}
    if not isinstance(given, Mapping):
        raise CaseProblem(_("“upgrades” must give the points of each reason to rate up."))
    found: dict[str, int] = {}
    for key, value in given.items():
        name = _UPGRADE_NAMES.get(plain_key(key))
        if name is None:
            raise CaseProblem(_("“{name}” is no reason to rate up.").format(name=key))
        inner = Fields(value).find(*_LEVEL_KEYS) if isinstance(value, Mapping) else value
        if isinstance(inner, bool):
            inner = int(inner)
        word = plain_key(inner)
        points = UPGRADE_POINTS.get(word, _WORDS.get(word))
        if name == "opposing_confounding" and points is None and _is_variant(word):
            points = 1
        found[name] = points if points is not None else int(as_number(inner or 0, str(key)))
    return found


def _is_variant(word: str) -> bool:
    return any(one in word for one in ("spurious", "reduce", "shrink", "create"))


def _variant(case: Fields) -> str | None:
    word = case.text("confounding_variant", "opposing_confounding_variant", "variant")
    if word is None:
        given = case.find(*_UPGRADE_GROUPS)
        inner = given.get("opposing_confounding") if isinstance(given, Mapping) else None
        if isinstance(inner, Mapping):
            word = Fields(inner).text("variant", "kind", "text", "explanation")
        elif isinstance(inner, str) and plain_key(inner) not in UPGRADE_POINTS:
            word = plain_key(inner)
    if word is None:
        return None
    spurious = any(one in word for one in ("spurious", "create", "none", "no_effect"))
    return "spurious" if spurious else "would_reduce"


def _explanations(case: Fields) -> dict[str, Explanation]:
    given = case.find("explanations")
    if not isinstance(given, Mapping):
        return {}
    names = DOMAIN_NAMES | _UPGRADE_NAMES
    return {
        names[plain_key(key)]: _explanation(value)
        for key, value in given.items()
        if plain_key(key) in names
    }


def _reasons(case: Fields) -> dict[str, tuple[str, ...]]:
    """Return the prompts that were ticked as reasons, by domain, where a case lists them apart."""
    given = case.find("reasons", "ticked", "ticked_prompts", "prompts_as_reasons")
    names = DOMAIN_NAMES | _UPGRADE_NAMES
    return {
        names[plain_key(key)]: tuple(str(one) for one in value)
        for key, value in (given.items() if isinstance(given, Mapping) else ())
        if plain_key(key) in names and isinstance(value, list)
    }


def _explained_upgrades(case: Fields) -> dict[str, Explanation]:
    """Return the explanations that stand with the reasons to rate up themselves."""
    given = case.find(*_UPGRADE_GROUPS)
    if isinstance(given, list) and given and all(isinstance(one, Mapping) for one in given):
        given = _by_name(given)
    return {
        _UPGRADE_NAMES[plain_key(key)]: _explanation(value)
        for key, value in (given.items() if isinstance(given, Mapping) else ())
        if isinstance(value, Mapping) and plain_key(key) in _UPGRADE_NAMES
        and Fields(value).has("explanation", "prompts")
    }


def _explanation(value: Any) -> Explanation:
    if isinstance(value, Mapping):
        group = Fields(value)
        ticked = tuple(str(one) for one in group.find("prompts", "reasons") or ())
        text = group.find("explanation", "text", "reason") or ""
        return Explanation(text=str(text), prompts=ticked)
    return Explanation(text=str(value or ""))
