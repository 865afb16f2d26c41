"""The conditions of gates and rules, in three values: true, false, not yet known.

The notation is the one of the instrument files: an answer is one of several codes; ``any``,
``all``, ``not``; ``count`` of answers; and, for overall rules, ``any_is``, ``all_in`` and
``count`` over the levels of all domains.
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

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds, None while the fact is not given."""
        value = facts.get(self.name)
        return None if value is None else value in self.codes

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the (name, codes) compared; the name is '' for every fact there is."""
        yield self.name, self.codes

    def in_words(self) -> str:
        """Return the condition as a person reads it."""
        return _("{name} is {codes}").format(name=self.name, codes=_listed(self.codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...] = ()

    def holds(self, facts: Facts) -> bool | None:
        """Return whether all hold: one False settles it, one unknown leaves it unknown."""
        known = True
        for part in self.parts:
            value = part.holds(facts)
            if value is False:
                return False
            known = known and value is not None
        return True if known else None

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the comparisons of all parts."""
        for part in self.parts:
            yield from part.tests()

    def in_words(self) -> str:
        """Return the parts joined by “and”."""
        return _(" and ").join(_inner(part) for part in self.parts) or _("always")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Return whether one holds: one True settles it, one unknown leaves it unknown."""
        known = True
        for part in self.parts:
            value = part.holds(facts)
            if value is True:
                return True
            known = known and value is not None
        return False if known else None

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the comparisons of all parts."""
        for part in self.parts:
            yield from part.tests()

    def in_words(self) -> str:
        """Return the parts joined by “or”."""
        return _(", or ").join(_inner(part) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: Condition

    def holds(self, facts: Facts) -> bool | None:
        """Return the opposite of the part, None while that is unknown."""
        inner = self.part.holds(facts)
        return None if inner is None else not inner

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the comparisons of the part."""
        yield from self.part.tests()

    def in_words(self) -> str:
        """Return the part, negated."""
        return _("not ({condition})").format(condition=self.part.in_words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of the named facts are one of the codes; no names means every fact there is."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    least: int = 0
    most: int | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Return whether the count is in range, None while unknown facts could change that."""
        names = self.names or tuple(facts)
        values = [facts.get(name) for name in names]
        sure = sum(value in self.codes for value in values if value is not None)
        unknown = values.count(None)
        upper = len(names) if self.most is None else self.most
        if sure + unknown < self.least or sure > upper:
            return False
        return True if sure >= self.least and sure + unknown <= upper else None

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield one comparison for each name."""
        for name in self.names or ("",):
            yield name, self.codes

    def in_words(self) -> str:
        """Return the count with its range."""
        if self.most is None:
            text = _("at least {least} of {names} are {codes}")
        elif self.least == self.most == 0:
            text = _("none of {names} is {codes}")
        elif self.least == self.most:
            text = _("exactly {most} of {names} are {codes}")
        elif self.least == 0:
            text = _("at most {most} of {names} are {codes}")
        else:
            text = _("{least} to {most} of {names} are {codes}")
        names = ", ".join(self.names) or _("the domains")
        codes = _listed(self.codes)
        return text.format(least=self.least, most=self.most, names=names, codes=codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryIn:
    """Every fact there is, is one of the codes."""

    codes: tuple[str, ...]

    def holds(self, facts: Facts) -> bool | None:
        """Return whether all are, None while facts that could change it are not given."""
        known = True
        for value in facts.values():
            if value is None:
                known = False
            elif value not in self.codes:
                return False
        return True if known else None

    def tests(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield one comparison with every fact there is."""
        yield "", self.codes

    def in_words(self) -> str:
        """Return the codes that all must be."""
        return _("all are {codes}").format(codes=_listed(self.codes))


Condition = Is | AllOf | AnyOf | Not | Count | EveryIn
ALWAYS = AllOf()


def _inner(part: Condition) -> str:
    text = part.in_words()
    compound = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
    return f"({text})" if compound else text


def _listed(codes: tuple[str, ...]) -> str:
    if len(codes) < 2:
        return "".join(codes)
    return _("{first} or {last}").format(first=", ".join(codes[:-1]), last=codes[-1])
