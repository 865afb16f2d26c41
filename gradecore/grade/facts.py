"""What a prompt is made of: facts with values, the rule they are held against, the question.

Owns the types only. The facts of each domain are computed and its prompts are asked in the file
of that domain; ``prompts.py`` brings them together. A prompt never carries a level: what is often
chosen is a sentence, kept folded away from the rating.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradecore.grade.settings import Settings

FIRED = "fired"
CLEAR = "clear"
NOT_ASSESSABLE = "not_assessable"
STATUSES: tuple[str, ...] = (FIRED, CLEAR, NOT_ASSESSABLE)

FactValue = float | int | str | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One computed fact: stable key, label, value, and the value as people read it."""

    key: str
    label: str
    value: FactValue
    display: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that could not be computed, and what it would need."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of a body of evidence, and those that could not be computed with the reasons."""

    known: tuple[Fact, ...] = ()
    missing: tuple[Missing, ...] = ()

    def get(self, key: str) -> Fact | None:
        """Return the fact of that key, None if it could not be computed."""
        return next((fact for fact in self.known if fact.key == key), None)

    def has(self, *keys: str) -> bool:
        """Return whether all these facts are known."""
        return all(self.get(key) is not None for key in keys)

    def number(self, key: str) -> float:
        """Return the value of a numerical fact; KeyError if it is not known."""
        return float(self._value(key))

    def text(self, key: str) -> str:
        """Return the value of a fact as text; KeyError if it is not known."""
        return str(self._value(key))

    def flag(self, key: str) -> bool:
        """Return the value of a yes-or-no fact; KeyError if it is not known."""
        return bool(self._value(key))

    def choose(self, *keys: str) -> tuple[Fact, ...]:
        """Return those of these facts that are known, in the order asked for."""
        return tuple(fact for fact in map(self.get, keys) if fact is not None)

    def starting(self, beginning: str) -> tuple[Fact, ...]:
        """Return the facts whose key starts with that text."""
        return tuple(fact for fact in self.known if fact.key.startswith(beginning))

    def reason(self, *keys: str) -> str:
        """Return why the first of these facts that is not known could not be computed."""
        for key in keys:
            if not self.has(key):
                found = next((gap.reason for gap in self.missing if gap.key == key), "")
                return found or "This was not entered."
        return ""

    def values(self) -> dict[str, FactValue]:
        """Return the values by key, for rules of the review and for files."""
        return {fact.key: fact.value for fact in self.known}

    def _value(self, key: str) -> Any:
        fact = self.get(key)
        if fact is None:
            raise KeyError(key)
        return fact.value


class FactSheet:
    """Collects facts while they are computed; ``closed`` gives the frozen result."""

    def __init__(self) -> None:
        self._known: dict[str, Fact] = {}
        self._missing: dict[str, str] = {}

    def add(self, key: str, label: str, value: FactValue, display: str) -> None:
        """Write down a fact; each key once."""
        if key in self._known:
            raise ValueError(f"The fact {key} is written down twice.")
        self._known[key] = Fact(key=key, label=label, value=value, display=display)

    def missing(self, reason: str, *keys: str) -> None:
        """Write down why these facts could not be computed; the first reason stands."""
        for key in keys:
            self._missing.setdefault(key, reason)

    def closed(self) -> Facts:
        """Return what was collected."""
        return Facts(
            known=tuple(self._known.values()),
            missing=tuple(
                Missing(key=key, reason=reason)
                for key, reason in self._missing.items()
                if key not in self._known
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the facts are held against: text with the cut-offs in force, source, trust tag.

    ``tag`` tells how well the source is known: 'S' read in the original, 'S2' read in a secondary
    source, 'K' background knowledge, 'D' our convention, 'R' a rule of the review team.
    ``edited`` is true when the team uses other cut-offs than the source.
    """

    text: str
    source: str
    tag: str
    edited: bool = False
    editable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question put to the assessor beside computed facts; never a rating.

    ``status`` is 'fired', 'clear' or 'not_assessable' (then ``reason`` says why). ``verdict`` is a
    stable code of what the facts amount to, '' if there is none. ``typical`` tells in words what
    is often chosen, to be folded away until asked for. ``info`` prompts inform and weigh nothing.
    ``applicable`` is false where the prompt has no meaning for this kind of evidence.
    """

    id: str
    domain: str
    name: str
    status: str
    reason: str = ""
    verdict: str = ""
    facts: tuple[Fact, ...] = ()
    rule: Rule
    question: str
    typical: str = ""
    info: bool = False
    applicable: bool = True

    @property
    def fired(self) -> bool:
        """Whether the threshold of the rule is met."""
        return self.status == FIRED

    @property
    def inputs_hash(self) -> str:
        """A fingerprint of the facts and the rule behind this prompt."""
        plain = [[fact.key, fact.value] for fact in self.facts] + [self.rule.text]
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one prompt function found; joined with its kind it becomes a ``Prompt``."""

    status: str
    reason: str = ""
    verdict: str = ""
    facts: tuple[Fact, ...] = ()
    typical: str = ""
    applicable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptKind:
    """A prompt of the catalogue before any facts: what is always the same about it.

    ``rule`` may name cut-offs in braces, filled from the settings: {name} as a number, {name:%}
    as a percentage. ``ask`` holds the facts against it. A ``rare`` prompt is left out where it
    does not apply; all others are shown always, since silence is no reassurance. ``upgrade`` is
    the reason to rate up it asks about; a team may decide not to offer it.
    """

    id: str
    domain: str
    name: str
    rule: str
    source: str
    tag: str
    question: str
    typical: str = ""
    info: bool = False
    rare: bool = False
    upgrade: str = ""
    ask: Callable[[Facts, Settings], Finding]


def fired_if(
    condition: bool, facts: tuple[Fact, ...], *, verdict: str = "", typical: str = ""
) -> Finding:
    """Return 'fired' or 'clear' for facts that are all known."""
    return Finding(
        status=FIRED if condition else CLEAR, facts=facts, verdict=verdict, typical=typical
    )


def not_assessable(
    reason: str, facts: tuple[Fact, ...] = (), *, applicable: bool = True
) -> Finding:
    """Return 'not assessable' with the reason, and what is known nevertheless."""
    return Finding(status=NOT_ASSESSABLE, reason=reason, facts=facts, applicable=applicable)


def as_plain(facts: Facts) -> dict[str, Any]:
    """Return the facts as plain values, to be kept beside a finished rating."""
    return {
        "facts": [
            {"key": f.key, "label": f.label, "value": f.value, "display": f.display}
            for f in facts.known
        ],
        "missing": [{"key": gap.key, "reason": gap.reason} for gap in facts.missing],
    }


def from_plain(plain: Mapping[str, Any]) -> Facts:
    """Return the facts that ``as_plain`` gave; KeyError or TypeError if they are something else."""
    return Facts(
        known=tuple(
            Fact(key=f["key"], label=f["label"], value=f["value"], display=f["display"])
            for f in plain["facts"]
        ),
        missing=tuple(Missing(key=m["key"], reason=m["reason"]) for m in plain["missing"]),
    )
