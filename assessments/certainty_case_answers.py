"""Answers to worked cases about prompts: facts under all their names, and each prompt's answer."""

from __future__ import annotations

import math
import re
from typing import Any

from assessments.certainty_case_baselines import per_of
from assessments.certainty_case_fact_names import also_named
from assessments.certainty_case_fields import CaseProblem, Fields, plain_key
from assessments.certainty_case_numbers import given
from assessments.language import _
from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import Evidence
from gradecore.grade.facts import CLEAR, FIRED, NOT_ASSESSABLE, Facts, Prompt
from gradecore.grade.information_size import for_events
from gradecore.grade.scales import absolute_interval
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import PICO


def facts_of(
    case: Fields, facts: Facts, evidence: Evidence, settings: Settings
) -> dict[str, Any]:
    """Return the facts under their keys and under the names that the specification gives them."""
    values: dict[str, Any] = dict(facts.values())
    values |= also_named(values, wanted_prompt(case), settings.some_concerns_as)
    if "inc_studies_within" in values or "share_benefit" in values or "share_harm" in values:
        for name in ("share_benefit", "share_within", "share_harm"):
            values.setdefault(name, 0.0)
    for element in PICO:
        if f"indirect_{element}" in values:
            values[element] = values[f"indirect_{element}"]
    if "rob_domain" in values:
        values[str(values["rob_domain"])] = values.get("rob_domain_share")
    return values | _estimates(evidence, settings) | _differences(case, evidence) | _sizes(case)


def _estimates(evidence: Evidence, settings: Settings) -> dict[str, Any]:
    """Return pooled numbers with and without studies at high risk, and the spread, as numbers."""
    pooled, kept = evidence.pooled, evidence.without_high
    if pooled is None:
        spread = evidence.spread
        return {} if spread is None or spread.q is None else {"Q": spread.q}
    found: dict[str, Any] = {"mu_all": pooled.effect, "mu": pooled.effect}
    if pooled.q is not None:
        found["Q"] = pooled.q
    claim = main_claim(evidence, settings)
    if kept is not None and kept.pooled is not None:
        found["mu_low"] = kept.pooled.effect
        if claim.analysis:
            found |= {"zone_all": claim.zone(pooled.effect),
                      "zone_low": claim.zone(kept.pooled.effect)}

    def natural(value: float) -> float:
        return math.exp(value) if evidence.ratio else value

    if pooled.tau2 is not None:
        reach = 1.96 * math.sqrt(pooled.tau2)
        found |= _ends("range", natural(pooled.effect - reach), natural(pooled.effect + reach))
    for name, low, high in (
        ("wald", pooled.wald_low, pooled.wald_high),
        ("hk", pooled.hartung_knapp_low, pooled.hartung_knapp_high),
    ):
        if low is not None and high is not None:
            found |= _ends(name, natural(low), natural(high))
    return found


def _ends(name: str, low: float, high: float) -> dict[str, Any]:
    return {name: [low, high], f"{name}_low": low, f"{name}_high": high}


def _differences(case: Fields, evidence: Evidence) -> dict[str, Any]:
    """Return the absolute effect per so many people, unrounded, at each baseline risk."""
    if evidence.pooled is None or not evidence.of_events:
        return {}
    per, found = per_of(case), {}
    for place, baseline in enumerate(evidence.baselines):
        interval = absolute_interval(evidence, evidence.pooled, baseline.risk)
        if interval is None:
            continue
        told = given(tuple(round(one * per, 9) for one in interval.numbers), True)
        if place == 0:
            found[f"difference_per_{per}"] = told
        if baseline.label:
            found[baseline.label] = told
    return found


def _sizes(case: Fields) -> dict[str, Any]:
    """Return one information size for each relative risk change, where a case lists several."""
    changes = case.find("r", "rrr", "relative_risk_reduction", "relative_change")
    if not isinstance(changes, list):
        return {}
    risk = case.number("p0", "control_risk", "baseline_risk")
    if risk is None:
        return {}
    upwards = case.text("events") == "desirable"
    return {"OIS": [
        for_events(risk, float(one), desirable=upwards).total
        for one in changes
    ]}


def answers_of(prompts: tuple[Prompt, ...]) -> dict[str, Any]:
    """Return what each prompt answers: by its id, and as lists by status."""
    return {
        "prompts": {one.id: one.status for one in prompts},
        "fired": [one.id for one in prompts if one.status == FIRED],
        "clear": [one.id for one in prompts if one.status == CLEAR],
        "not_assessable": [one.id for one in prompts if one.status == NOT_ASSESSABLE],
        "verdicts": {one.id: one.verdict for one in prompts if one.verdict},
        "reasons": {one.id: one.reason for one in prompts if one.reason},
        "by_prompt": {one.id: _answer(one) for one in prompts},
    }


def _answer(prompt: Prompt) -> dict[str, Any]:
    return {
        "status": prompt.status,
        "verdict": prompt.verdict,
        "reason": prompt.reason,
        "facts": {fact.key: fact.value for fact in prompt.facts},
    }


_PROMPT = re.compile(r"\b(rob|inc|ind|imp|pub|up)[-_ ]?(\d+[bc]?)\b", re.IGNORECASE)


def wanted_prompt(case: Fields) -> str:
    """Return the prompt a case is about: named, or part of its id (“prompt/rob1/…”, “ROB-1 …”)."""
    named = case.find("prompt", "prompt_id")
    if isinstance(named, str):
        found = _PROMPT.fullmatch(named.strip())
        return f"{found[1].upper()}-{found[2].lower()}" if found else named.strip()
    found = _PROMPT.search(str(case.find("id") or ""))
    return f"{found[1].upper()}-{found[2].lower()}" if found else ""


def one_prompt(case: Fields, prompts: tuple[Prompt, ...]) -> dict[str, Any]:
    """Return the answer of the prompt a case is about, for the top of the result.

    Raises:
        CaseProblem: the case names a prompt that there is not.
    """
    name = wanted_prompt(case)
    found = next((one for one in prompts if plain_key(one.id) == plain_key(name)), None)
    if found is None and not isinstance(case.find("prompt", "prompt_id"), str):
        return {}
    if found is None:
        raise CaseProblem(_("There is no prompt “{name}”.").format(name=name))
    return {
        "prompt": found.id,
        "status": found.status,
        "verdict": found.verdict,
        "reason": found.reason,
        "question": found.question,
        "rule": found.rule.text,
    }
