"""Explanations of a rating: what they must have, what is often wrong with them, and drafts.

The hard checks stop finishing; the linter only warns. A draft is made on request from the facts of
the prompts that were ticked as reasons, and is the assessor's own only when edited or confirmed.

Sources: MECIR C74 and C75; the checks are conventions of this program, from published lists of
common errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradecore.grade.facts import Facts, Prompt
from gradecore.grade.vocabulary import (
    DOMAIN_LABELS,
    IMPRECISION,
    INCONSISTENCY,
    PUBLICATION_BIAS,
    ROB,
    UPGRADE_LABELS,
)

SHORTEST = 25
LONGEST = 350
_PICO_WORDS: tuple[str, ...] = (
    "population",
    "patient",
    "participant",
    "people",
    "intervention",
    "dose",
    "comparator",
    "control",
    "comparison",
    "outcome",
    "surrogate",
    "follow-up",
    "setting",
)
_ROB_WORDS: tuple[str, ...] = (
    "random",
    "allocation",
    "conceal",
    "blind",
    "deviation",
    "missing",
    "outcome",
    "data",
    "attrition",
    "dropout",
    "measurement",
    "selective",
    "reporting",
    "confound",
    "selection",
    "classification",
    "baseline",
)
_LEVEL_WORDS = {1: "one level", 2: "two levels", 3: "three levels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a domain was rated down or up: the text and the prompts ticked as reasons.

    ``generated`` is true for a draft that nobody has edited or confirmed yet.
    """

    text: str = ""
    prompts: tuple[str, ...] = ()
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One thing that is often wrong with an explanation: code and sentence."""

    code: str
    sentence: str


def faults(explanation: Explanation, domain: str, studies: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what stops an explanation from standing; empty if it is good enough."""
    text = " ".join(explanation.text.split())
    label = _label(domain)
    if not text:
        return ("The explanation is empty.",)
    found = []
    if len(text) < SHORTEST:
        found.append(f"The explanation is shorter than {SHORTEST} characters.")
    if text.casefold().strip(".:") == label.casefold():
        found.append("The explanation only repeats the name of the domain.")
    named = bool(explanation.prompts) or _names_a_fact(text, studies)
    if not named:
        found.append(
            "The explanation names no fact: no number, no study, no element of the question, and "
            "no prompt is ticked as a reason."
        )
    return tuple(found)


def lint(
    explanation: Explanation, domain: str, facts: Facts, studies: Iterable[str] = ()
) -> tuple[Lint, ...]:
    """Return what is often wrong with an explanation; never a reason to stop."""
    text = explanation.text.casefold()
    if not text.strip():
        return ()
    found = [
        Lint(code=code, sentence=says)
        for code, wrong, says in (
            *_in_every_domain(explanation.text, text),
            *_in_one_domain(domain, text, facts, tuple(studies)),
        )
        if wrong
    ]
    return tuple(found)


def _in_every_domain(text: str, small: str) -> tuple[tuple[str, bool, str], ...]:
    vague = bool(re.search(r"wide|heterogen|small sample|imprecis", small))
    return (
        (
            "L-NO-NUMBER",
            vague and not re.search(r"\d", small),
            "Say the numbers: how wide, how heterogeneous, how small.",
        ),
        (
            "L-LEVELS",
            not re.search(r"\b(one|two|three|1|2|3) levels?\b", small),
            "It does not say by how many levels.",
        ),
        (
            "L-LONG",
            len(text) > LONGEST,
            f"Longer than {LONGEST} characters: keep the rest for the appendix.",
        ),
    )


def _in_one_domain(
    domain: str, text: str, facts: Facts, studies: tuple[str, ...]
) -> tuple[tuple[str, bool, str], ...]:
    few = facts.has("k") and facts.number("k") < 10
    funnel = bool(re.search(r"funnel|egger|asymmetr", text))
    significance = bool(re.search(r"not (statistically )?signif|p\s*[>≥]", text))
    names = (*_ROB_WORDS, *(study.casefold() for study in studies))
    return (
        (
            "L-SIGNIFICANCE",
            domain == IMPRECISION and significance,
            "Imprecision is about the interval and the threshold, not about significance.",
        ),
        ("L-OTHER-DOMAIN", bool(other_domain_in(domain, text)), _OTHER.get(domain, "")),
        (
            "L-NO-DOMAIN",
            domain == ROB and not _mentions(text, names),
            "Name the domain or the study in which the flaw lies.",
        ),
        (
            "L-FUNNEL",
            domain == PUBLICATION_BIAS and funnel and few,
            "With fewer than ten studies a funnel plot or its test carries no explanation.",
        ),
    )


def draft(domain: str, points: int, prompts: Iterable[Prompt], free_text: str = "") -> str:
    """Return a draft from the facts of the prompts ticked as reasons, one clause each."""
    clauses = [clause(prompt) for prompt in prompts]
    if free_text.strip():
        clauses.append(free_text.strip().rstrip("."))
    body = "; ".join(one for one in clauses if one)
    start = prefix(domain, points)
    return f"{start} {body[:1].upper()}{body[1:]}.".replace(" .", "") if body else start


def prefix(domain: str, points: int) -> str:
    """Return how an explanation begins: 'Imprecision: rated down one level.'"""
    label = _label(domain)
    if points == 0:
        return f"{label}: not rated down."
    direction = "down" if points < 0 else "up"
    return f"{label}: rated {direction} {_LEVEL_WORDS[min(3, abs(points))]}."


def clause(prompt: Prompt) -> str:
    """Return the facts of one prompt as a clause."""
    meant = [fact.display for fact in prompt.facts if fact.key.startswith("imp_meaning_")]
    if meant:
        return "; ".join(meant)
    known = {fact.key: fact.display for fact in prompt.facts}
    special = _CLAUSES.get(prompt.id)
    if special is not None:
        try:
            return special.format(**known)
        except KeyError:
            pass
    shown = [f"{fact.label[:1].lower()}{fact.label[1:]} {fact.display}" for fact in prompt.facts]
    return ", ".join(shown[:3])


def letters(texts: Iterable[str]) -> Mapping[str, str]:
    """Return the footnote letter of each different explanation, in reading order: a, b, … aa."""
    found: dict[str, str] = {}
    for text in texts:
        key = " ".join(text.split())
        if key and key not in found:
            found[key] = letter(len(found))
    return found


def letter(place: int) -> str:
    """Return the letter for a place from 0: a to z, then aa, ab …"""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _names_a_fact(text: str, studies: Iterable[str]) -> bool:
    words = text.casefold()
    if re.search(r"\d", words):
        return True
    return _mentions(words, (*_PICO_WORDS, *(name.casefold() for name in studies if name)))


def _mentions(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words if word)


def other_domain_in(domain: str, text: str) -> str:
    """Return the domain whose matter an explanation speaks of instead of its own, '' if none."""
    text = text.casefold()
    if domain == IMPRECISION and re.search(r"\bi2\b|i²|heterogen", text):
        return INCONSISTENCY
    small = r"sample size|small sample|few (participants|people|events)"
    if domain == INCONSISTENCY and re.search(small, text):
        return IMPRECISION
    return ""


def _label(domain: str) -> str:
    return DOMAIN_LABELS.get(domain) or UPGRADE_LABELS.get(domain, domain)


_OTHER = {
    IMPRECISION: "Heterogeneity belongs to inconsistency.",
    INCONSISTENCY: "Sample size belongs to imprecision.",
}
_CLAUSES: dict[str, str] = {
    "ROB-1": "studies at high risk of bias carry {w_high} of the weight",
    "ROB-3": "the estimate is {with_all} with all studies and {without_high} without those at high "
    "risk of bias",
    "ROB-6": "one domain is often at high risk ({rob_domain} of the weight)",
    "INC-2": "{inc_pairs} of studies do not overlap",
    "INC-4": "the prediction interval ({prediction_interval}) contains {inc_prediction} "
    "thresholds, the confidence interval {inc_c}",
    "INC-5": "I² is {i2}",
    "INC-7": "95% of the true effects are expected from {true_range}",
    "IMP-4": "{n} participants against an optimal information size of {ois}",
    "IMP-7": "{events} events in total",
    "PUB-1": "{pub_small_sponsored} studies are small and funded by industry",
    "PUB-4": "{pub_missing} eligible studies have no usable results",
    "UP-1": "the risk ratio is {rr} ({rr_low} to {rr_high})",
}
