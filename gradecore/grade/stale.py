"""What moved since a rating was finished, in sentences.

The facts are frozen with the rating. When data, analysis, risk of bias or thresholds change, they
are computed again and compared; the rating stays as it is and asks to be confirmed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from gradecore.grade.facts import Fact, Facts, FactValue, Prompt, as_plain, from_plain
from gradecore.grade.rating_up import PROMPTS as ABOUT_RATING_UP
from gradecore.grade.vocabulary import REASONS_TO_RATE_UP
from gradecore.version import ENGINE_VERSION

_ECHOES: tuple[str, ...] = ("target_reason", "imp_low_", "imp_high_")
"""Facts that only repeat others; their change is said by those."""
_IN_WORDS: tuple[str, ...] = ("imp_meaning_", "wording_")
"""Facts that put others in sentences; where those stand still, only a name has changed: that of a
baseline risk, of the outcome or of the intervention, or the program's words."""
_BASELINE = "baseline_"
_AT_A_RISK = "imp_"
"""How the facts begin that are computed for each baseline risk, and go with it."""
_BY_DECISION = frozenset(
    one.id for one in ABOUT_RATING_UP
    if any(one.upgrade not in offered for offered in REASONS_TO_RATE_UP.values())
)
"""Prompts that come and go with the team's decision which reasons to rate up it offers."""
_OF_THE_TEAM = "R"
"""The trust tag of a rule of the review, which the program cannot add by itself."""


def difference(frozen: Facts, current: Facts) -> tuple[str, ...]:
    """Return what moved between the frozen and the current facts, one sentence each.

    Empty when nothing moved. Numbers count as the same within a relative 1e-9, so that another
    machine's last binary digit makes no rating stale; nor does a fact that a later version of the
    program has learned to compute and of which nothing was frozen.
    """
    sentences = []
    gone = _baselines_gone(frozen, current)
    for before in frozen.known:
        if before.key.startswith(_IN_WORDS):
            continue
        after = current.get(before.key)
        if after is None:
            at_a_risk = before.key.startswith(_AT_A_RISK)
            if at_a_risk and _baseline_of(before.key) in gone:
                continue
            sentences.append(_lost(before, current))
        elif not _same(before.value, after.value):
            sentences.append(_moved(before, after))
    keys = [one.key for one in frozen.known] + [one.key for one in frozen.missing]
    spoken_of = {_family(key) for key in keys}
    sentences += [
        f"{after.label} is now known: {after.display}."
        for after in current.known
        if frozen.get(after.key) is None
        and _family(after.key) in spoken_of
        and not after.key.startswith(_IN_WORDS)
    ]
    echoes = _echoes(frozen, current)
    sentences = list(dict.fromkeys(sentences))
    return tuple(one for one in sentences if one not in echoes) or tuple(sentences)


def _lost(before: Fact, current: Facts) -> str:
    """Return that a fact is not known any more and why, or that what it was about has gone."""
    reason = next((gap.reason for gap in current.missing if gap.key == before.key), "")
    was = f"{before.label} (was {before.display})"
    return f"{was} is no longer known: {reason}" if reason else f"{was} is no longer there."


def to_keep(facts: Facts, prompts: tuple[Prompt, ...]) -> dict[str, Any]:
    """Return facts and prompts as plain values, to be kept with the finished rating."""
    return as_plain(facts) | {
        "prompts": [
            {
                "id": one.id,
                "status": one.status,
                "verdict": one.verdict,
                "rule": one.rule.text,
                "inputs_hash": one.inputs_hash,
            }
            for one in prompts
        ],
        "version": ENGINE_VERSION,
    }


def moved(kept: Mapping[str, Any], facts: Facts, prompts: tuple[Prompt, ...]) -> tuple[str, ...]:
    """Return what moved since ``to_keep``: facts first, then rules and what they now say.

    A reason to rate up that is no longer offered takes nothing from what people found while it
    was; one that is offered since then matters where its prompt fires and nobody was asked.
    """
    sentences = list(difference(from_plain(kept), facts))
    before = {one["id"]: one for one in kept.get("prompts", ())}
    same_program = kept.get("version", ENGINE_VERSION) == ENGINE_VERSION
    for prompt in prompts:
        old = before.get(prompt.id)
        if old is None:
            if prompt.id in _BY_DECISION and not prompt.fired:
                continue
            if same_program or prompt.rule.tag == _OF_THE_TEAM:
                sentences.append(f"{prompt.id} {prompt.name} is new.")
        elif old["rule"] != prompt.rule.text and (same_program or prompt.rule.edited):
            sentences.append(
                f"{prompt.id} {prompt.name}, rule: “{old['rule']}” → “{prompt.rule.text}”."
            )
    now = {prompt.id for prompt in prompts}
    if same_program:
        gone = [code for code in before if code not in now and code not in _BY_DECISION]
        sentences += [f"{code} is no longer asked." for code in gone]
    return tuple(sentences)


def _baselines_gone(frozen: Facts, current: Facts) -> frozenset[str]:
    """Return the keys of baseline risks that are no longer there, while others are."""
    before, now = (
        {one.key for one in facts.starting(_BASELINE) if one.key != _family(one.key)}
        for facts in (frozen, current)
    )
    return frozenset(before - now) if now else frozenset()


def _baseline_of(key: str) -> str:
    """Return the key of the baseline risk that a fact is about."""
    return f"{_BASELINE}{key.rpartition('_')[2]}"


def _family(key: str) -> str:
    """Return the key without the number of a baseline or study at its end."""
    return key.rstrip("0123456789")


def fingerprint(facts: Facts) -> str:
    """Return a fingerprint of the values and of what could not be computed."""
    plain = as_plain(facts)
    values = [[one["key"], one["value"]] for one in plain["facts"]]
    gaps = [one["key"] for one in plain["missing"]]
    text = json.dumps([values, gaps], ensure_ascii=False, sort_keys=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _same(before: FactValue, after: FactValue) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before == after
    if isinstance(before, int | float) and isinstance(after, int | float):
        return math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-12)
    # spaces only group digits and keep them on one line
    return "".join(str(before).split()) == "".join(str(after).split())


def _moved(before: Fact, after: Fact) -> str:
    if before.display != after.display:
        return f"{after.label}: {before.display.removesuffix('.')} → {after.display}".removesuffix(
            "."
        ) + "."
    return (
        f"{after.label}: {before.value:.6g} → {after.value:.6g}."
        if _numbers(before, after)
        else f"{after.label}: {before.value} → {after.value}."
    )


def _numbers(before: Fact, after: Fact) -> bool:
    return all(
        isinstance(one.value, int | float) and not isinstance(one.value, bool)
        for one in (before, after)
    )


def _echoes(frozen: Facts, current: Facts) -> frozenset[str]:
    found = set()
    for before in frozen.known:
        after = current.get(before.key)
        if before.key.startswith(_ECHOES) and after is not None:
            found.add(_moved(before, after))
    return frozenset(found)
