"""The overall judgement: what the instrument's rules propose from the levels of its domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement, islice, product

from assessments.instrument import Domain, Instrument, Overall, Rule
from assessments.instrument_conditions import Facts
from assessments.instrument_rules import Proposal
from assessments.language import _

MOST_COMBINATIONS = 20_000


def propose_overall(
    instrument: Instrument,
    levels: Mapping[str, str | None],
    *,
    key_domains: Sequence[str] | None = None,
    use_convention: bool = False,
) -> Proposal:
    """Return what the overall rules say to the levels of the domains, as chosen by the assessor.

    A level that means “not applicable” takes no part. A screening that stops the assessment
    decides alone. ``key_domains`` are those which the team named, where the instrument wants
    that; ``use_convention`` turns on a rule that is only a convention beside the instrument.
    """
    overall = instrument.overall
    if overall is None or not overall.rules:
        return Proposal(state="none", why=_no_rule(overall))
    if overall.optional and not use_convention:
        return Proposal(state="none", why=_("The team has not chosen to use an overall rule."))
    if overall.key_domains and not key_domains:
        return Proposal(state="none", why=_("Name the key domains first: the summary is of them."))
    stopped = _stopped(instrument, levels)
    if stopped:
        return stopped
    return _from_domains(overall, _facts(instrument, overall, levels, key_domains), instrument)


def _no_rule(overall: Overall | None) -> str:
    if overall is None:
        return _("The instrument has no overall judgement.")
    return _("The instrument has no rule for the overall judgement: you judge.")


def _stopped(instrument: Instrument, levels: Facts) -> Proposal | None:
    for domain in instrument.domains:
        code = levels.get(domain.id)
        if domain.kind == "screening" and code and domain.level(code).role != "na":
            why = _("The screening stops the assessment here.")
            return Proposal(
                state="proposed", level=code, rule=f"screening:{domain.id}", why=why,
                path=((domain.id, code),), possible=(code,),
            )
    return None


def _facts(
    instrument: Instrument,
    overall: Overall,
    levels: Facts,
    key_domains: Sequence[str] | None,
) -> dict[str, str | None]:
    same = dict(overall.same_as)
    without_part = {level.code for level in instrument.levels if level.role == "na"}
    facts: dict[str, str | None] = {}
    for domain in instrument.domains:
        key = not overall.key_domains or domain.id in (key_domains or ())
        code = levels.get(domain.id)
        left_out = code in without_part or (code is None and not domain.required)
        if domain.in_overall and key and not left_out:
            facts[domain.id] = same.get(code, code) if code else None
    return facts


def _from_domains(
    overall: Overall, facts: dict[str, str | None], instrument: Instrument
) -> Proposal:
    waiting = tuple(name for name, code in facts.items() if code is None)
    path = tuple(facts.items())
    if waiting:
        return Proposal(
            state="waiting", waiting_for=waiting, path=path,
            possible=_possible(overall, path, instrument),
            why=_("Not all domains have been judged."),
        )
    rule = _first_match(overall, facts)
    if not facts or rule is None or rule.level is None:
        why = rule.why if rule else _("No domain takes part: you judge.")
        return Proposal(state="none", path=path, why=why)
    flags = tuple(flag for flag in overall.flags if flag.condition.holds(facts))
    return Proposal(
        state="proposed", level=rule.level, rule=rule.id, path=path, possible=(rule.level,),
        why=rule.why or rule.condition.in_words(), flags=flags,
    )


def _first_match(overall: Overall, facts: Facts) -> Rule | None:
    return next((rule for rule in overall.rules if rule.condition.holds(facts)), None)


@lru_cache(maxsize=2048)
def _possible(
    overall: Overall, path: tuple[tuple[str, str | None], ...], instrument: Instrument
) -> tuple[str, ...]:
    found: set[str] = set()
    reachable = {rule.level for rule in overall.rules}
    for complete in islice(completions(overall, dict(path), instrument), MOST_COMBINATIONS):
        rule = _first_match(overall, complete)
        if rule is not None and rule.level is not None:
            found.add(rule.level)
        if reachable <= found:
            break
    return tuple(one.code for one in overall.levels if one.code in found)


def completions(
    overall: Overall, facts: Facts, instrument: Instrument
) -> Iterator[dict[str, str | None]]:
    """Yield every way in which the domains without a level can still be judged.

    Where no rule names a domain only the numbers of levels matter, so that each number is
    tried once when all missing domains have the same levels.
    """
    missing = [name for name, code in facts.items() if code is None]
    choices = [_codes(overall, instrument.domain(name)) for name in missing]
    named = any(name for rule in overall.rules for name, _codes_of in rule.condition.tests())
    ways: Iterator[tuple[str, ...]] = (
        product(*choices) if named or len(set(choices)) > 1
        else combinations_with_replacement(choices[0] if choices else (), len(missing))
    )
    for way in ways:
        yield {**facts, **dict(zip(missing, way, strict=True))}


def _codes(overall: Overall, domain: Domain) -> tuple[str, ...]:
    same = dict(overall.same_as)
    codes = [same.get(one.code, one.code) for one in domain.levels if one.role != "na"]
    return tuple(dict.fromkeys(codes))
