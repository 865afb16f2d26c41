"""The conditions of gates and rules, in three values: true, false, not yet known.

The notation is the one of the instrument files: an answer is one of several codes; ``any``,
``all``, ``not``; ``count`` of answers; and, for overall rules, ``any_is``, ``all_in`` and
``count_is`` over the levels of the domains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessments.language import _

Facts = Mapping[str, str | None]
"""Answers by question id, or levels by domain id; None is not yet given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """The fact of that name is one of the codes."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of the named facts are one of the codes; no names means every fact there is."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryIn:
    """Every fact there is, is one of the codes."""

    codes: tuple[str, ...]


Condition = Is | AllOf | AnyOf | Not | Count | EveryIn
ALWAYS = AllOf()


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Return whether the condition holds, None while that hangs on facts not yet given."""
    match condition:
        case Is(name=name, codes=codes):
            value = facts.get(name)
            return None if value is None else value in codes
        case AllOf(parts=parts):
            return _all_of([holds(part, facts) for part in parts])
        case AnyOf(parts=parts):
            return _any_of([holds(part, facts) for part in parts])
        case Not(part=part):
            inner = holds(part, facts)
            return None if inner is None else not inner
        case Count():
            return _count(condition, facts)
        case EveryIn(codes=codes):
            return _all_of([None if v is None else v in codes for v in facts.values()])


def _all_of(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _any_of(values: list[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def _count(condition: Count, facts: Facts) -> bool | None:
    names = condition.names or tuple(facts)
    values = [facts.get(name) for name in names]
    sure = sum(value in condition.codes for value in values if value is not None)
    most = sure + values.count(None)
    upper = len(names) if condition.most is None else condition.most
    if most < condition.least or sure > upper:
        return False
    return True if sure >= condition.least and most <= upper else None


def names_in(condition: Condition) -> Iterator[str]:
    """Yield the questions (or domains) that the condition names, with repeats."""
    match condition:
        case Is(name=name):
            yield name
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from names_in(part)
        case Not(part=part):
            yield from names_in(part)
        case Count(names=names):
            yield from names
        case EveryIn():
            return


def tests_in(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (name, codes) for every single comparison; the name is '' for every fact there is."""
    match condition:
        case Is(name=name, codes=codes):
            yield name, codes
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from tests_in(part)
        case Not(part=part):
            yield from tests_in(part)
        case Count(names=names, codes=codes):
            for name in names or ("",):
                yield name, codes
        case EveryIn(codes=codes):
            yield "", codes


def in_words(condition: Condition) -> str:
    """Return the condition as a person reads it: “2.1 is Y, PY or NI, or 2.2 is Y, PY or NI”."""
    match condition:
        case Is(name=name, codes=codes):
            return _("{name} is {codes}").format(name=name, codes=_listed(codes))
        case AllOf(parts=parts):
            return _(" and ").join(_inner(part) for part in parts) or _("always")
        case AnyOf(parts=parts):
            return _(" or ").join(_inner(part) for part in parts)
        case Not(part=part):
            return _("not ({condition})").format(condition=in_words(part))
        case Count(names=names, codes=codes, least=least, most=most):
            who = ", ".join(names) or _("all")
            if most is None:
                text = _("at least {least} of {names} are {codes}")
            elif least == 0:
                text = _("at most {most} of {names} are {codes}")
            else:
                text = _("{least} to {most} of {names} are {codes}")
            return text.format(least=least, most=most, names=who, codes=_listed(codes))
        case EveryIn(codes=codes):
            return _("all are {codes}").format(codes=_listed(codes))


def _inner(part: Condition) -> str:
    text = in_words(part)
    compound = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
    return f"({text})" if compound else text


def _listed(codes: tuple[str, ...]) -> str:
    if len(codes) < 2:
        return "".join(codes)
    return _("{first} or {last}").format(first=", ".join(codes[:-1]), last=codes[-1])
