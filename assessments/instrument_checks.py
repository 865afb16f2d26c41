"""Checks what an instrument means: ids, gates, levels, and that every answer meets a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from assessments.instrument import OVERALL, Domain, Instrument, Level, Overall, Rule
from assessments.instrument_complaints import Complaints
from assessments.instrument_conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Count,
    EveryIn,
    Is,
    Not,
)
from assessments.instrument_overall import MOST_COMBINATIONS, completions
from assessments.instrument_rules import alike, matching_rules, vectors
from assessments.language import _
from assessments.review import DESIGNS

MOST_VECTORS = 50_000
"""Answer vectors tried at most for one domain; answers that no rule tells apart count once."""


def check_instrument(instrument: Instrument, complaints: Complaints) -> None:
    """Add a complaint for everything that is wrong in what the instrument means."""
    _levels(instrument.levels, complaints)
    _no_twins((one.id for one in instrument.domains), _("domain"), "", complaints)
    _no_twins((one.code for one in instrument.effects), _("effect"), "", complaints)
    _designs(instrument.designs, "", complaints)
    if not instrument.domains:
        complaints.add("", _("there is no [[domain]]: an instrument needs at least one domain."))
    for domain in instrument.domains:
        if domain.id == OVERALL:
            complaints.add(_("domain overall"), _("“overall” is kept for the overall judgement."))
        for form in domain.forms or (domain,):
            _domain(form, complaints)
        _forms(instrument, domain, complaints)
    if instrument.overall is not None:
        _overall(instrument, instrument.overall, complaints)


def _levels(levels: tuple[Level, ...], complaints: Complaints) -> None:
    _no_twins((one.code for one in levels), _("level"), "", complaints)
    _no_twins((one.name for one in levels), _("level name"), "", complaints)


def _no_twins(ids: Iterable[str], what: str, place: str, complaints: Complaints) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            sentence = _("the {what} “{name}” is there {n} times; each needs its own id.")
            complaints.add(
                place, sentence.format(what=what, name=name, n=count), code="duplicate-id"
            )


def _forms(instrument: Instrument, domain: Domain, complaints: Complaints) -> None:
    place = place_of(domain, form=False)
    _no_twins((form.effect for form in domain.forms), _("form"), place, complaints)
    effects = {form.effect for form in domain.forms}
    for effect in instrument.effects if domain.forms else ():
        if effect.code not in effects:
            sentence = _("there is no form for the effect of interest “{effect}”.")
            complaints.add(place, sentence.format(effect=effect.code))


def place_of(domain: Domain, question: str = "", *, form: bool = True) -> str:
    """Return where something is, for a complaint: domain, form and question."""
    place = _("domain {domain}").format(domain=domain.id)
    if form and domain.effect:
        place += _(" ({effect})").format(effect=domain.effect)
    return place + (_(", question {question}").format(question=question) if question else "")


def _domain(domain: Domain, complaints: Complaints) -> None:
    before = len(complaints.problems)
    place = place_of(domain)
    _no_twins((one.id for one in domain.questions), _("question"), place, complaints)
    _no_twins((one.id for one in domain.rules), _("rule"), place, complaints)
    _no_twins((one.key for one in domain.levels if one.key), _("key"), place, complaints)
    _gates(domain, complaints)
    codes = {one.code for one in domain.levels}
    _rules(domain, codes, complaints)
    named = [one.level for one in domain.by_design] + [one.level for one in domain.criteria]
    _known_levels([*named, *domain.combine], codes, place, complaints)
    _designs((one.design for one in domain.by_design), place, complaints)
    if domain.rules and len(complaints.problems) == before:
        _every_vector(domain, complaints)


def _designs(designs: Iterable[str], place: str, complaints: Complaints) -> None:
    for design in designs:
        if design not in DESIGNS:
            sentence = _("“{design}” is not a study design; known are: {names}.")
            complaints.add(place, sentence.format(design=design, names=", ".join(DESIGNS)))


def _known_levels(
    named: Iterable[str], codes: set[str], place: str, complaints: Complaints
) -> None:
    for code in dict.fromkeys(named):
        if code not in codes:
            sentence = _("“{code}” is not a level of this domain.").format(code=code)
            complaints.add(place, sentence, code="unknown-level")


def _gates(domain: Domain, complaints: Complaints) -> None:
    needs = {
        one.id: {name for gate in (one.gate, one.optional or ALWAYS) for name, _c in gate.tests()}
        for one in domain.questions
    }
    earlier: set[str] = set()
    for question in domain.questions:
        place = place_of(domain, question.id)
        for gate in (question.gate, question.optional):
            if gate is not None:
                _condition(domain, gate, place, complaints)
        if question.id in _reached(question.id, needs):
            sentence = _("the gate is circular: it hangs on the answer to this same question.")
            complaints.add(place, sentence, code="circular-gate")
        else:
            for name in sorted(needs[question.id] & set(needs) - earlier):
                sentence = _("the gate hangs on {name}, which is asked later; put {name} first.")
                complaints.add(place, sentence.format(name=name), code="gate-order")
        earlier.add(question.id)


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(needs[start])
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += needs.get(name, ())
    return reached


def _condition(
    domain: Domain, condition: Condition, place: str, complaints: Complaints
) -> None:
    options = {one.id: {*one.codes, "NA"} for one in domain.questions}
    for names, codes in _comparisons(condition):
        for name in names:
            if name not in options:
                sentence = _("the condition names question “{name}”, which is not in this domain.")
                complaints.add(place, sentence.format(name=name), code="unknown-question")
        if not names:
            complaints.add(place, _("a condition here must name its questions."))
        answers = set().union(*(options.get(name, set(codes)) for name in names))
        for code in codes if names else ():
            if code not in answers:
                sentence = _("the condition wants “{code}”, which is no answer to {names}.")
                complaints.add(
                    place, sentence.format(code=code, names=", ".join(names)),
                    code="unknown-answer",
                )


def _comparisons(condition: Condition) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the names and codes of every comparison; a count compares several names at once."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _comparisons(part)
        case Not(part=part):
            yield from _comparisons(part)
        case Is(name=name, codes=codes):
            yield (name,), codes
        case Count(names=names, codes=codes):
            yield names, codes
        case EveryIn(codes=codes):
            yield (), codes


def _rules(domain: Domain, codes: set[str], complaints: Complaints) -> None:
    place = place_of(domain)
    for rule in domain.rules:
        at = _("{place}, rule {rule}").format(place=place, rule=rule.id)
        _condition(domain, rule.condition, at, complaints)
        _known_levels(_levels_of_rule(rule), codes, at, complaints)
    in_parts = {rule.part for rule in domain.rules if rule.part}
    if in_parts and len(in_parts) == len({rule.part for rule in domain.rules}):
        _combination(domain, place, complaints)
    elif in_parts:
        complaints.add(place, _("a domain has either “rules” or “parts”, not both."))
    elif domain.combine:
        complaints.add(place, _("“combine” needs “parts”."))
    if domain.questions and not domain.rules and domain.expected_counts:
        complaints.add(place, _("there are expected counts, but no rules."))


def _combination(domain: Domain, place: str, complaints: Complaints) -> None:
    for rule in domain.rules:
        if rule.level is None or rule.level not in domain.combine:
            sentence = _("rule {rule}: “combine” must hold the levels of all parts, best first.")
            complaints.add(place, sentence.format(rule=rule.id))


def _levels_of_rule(rule: Rule) -> tuple[str, ...]:
    return (*((rule.level,) if rule.level else ()), *rule.possible)


def _every_vector(domain: Domain, complaints: Complaints) -> None:
    """Complain about the first answer vector without a rule, and about counts that differ."""
    groups = alike(domain)
    first = {name: tuple(group[0] for group in of) for name, of in groups.items()}
    weight = {name: {group[0]: len(group) for group in of} for name, of in groups.items()}
    parts = {rule.part for rule in domain.rules}
    counts: Counter[str] = Counter()
    tried = 0
    for vector in islice(vectors(domain, options=first), MOST_VECTORS + 1):
        tried += 1
        matched = matching_rules(domain, vector)
        if {rule.part for rule in matched} != parts:
            _no_rule(domain, vector, parts - {rule.part for rule in matched}, complaints)
            return
        counts[_level(domain, matched)] += _how_many(domain, vector, weight)
    if tried > MOST_VECTORS:
        sentence = _("there are more than {n} different answer vectors, too many to check that "
                     "each meets a rule; split the domain.").format(n=MOST_VECTORS)
        complaints.add(place_of(domain), sentence, code="too-many-vectors")
    elif domain.expected_counts and dict(domain.expected_counts) != dict(counts):
        _wrong_counts(domain, counts, complaints)


def _how_many(
    domain: Domain, vector: dict[str, str | None], weight: dict[str, dict[str, int]]
) -> int:
    """Return how many answer vectors this one stands for."""
    many = 1
    for question in domain.questions:
        if question.gate.holds(vector):
            many *= weight[question.id][vector[question.id] or ""]
    return many


def _level(domain: Domain, matched: tuple[Rule, ...]) -> str:
    if domain.combine:
        return max((rule.level or "" for rule in matched), key=domain.combine.index)
    return matched[0].level or ""


def _no_rule(
    domain: Domain, vector: dict[str, str | None], parts: set[str], complaints: Complaints
) -> None:
    answers = ", ".join(f"{name} = {code}" for name, code in vector.items())
    sentence = _("no rule fits the answers {answers}.").format(answers=answers)
    if parts != {""}:
        sentence = _("in {part} no rule fits the answers {answers}.").format(
            part=", ".join(sorted(parts)), answers=answers
        )
    remedy = _("Add a rule for them.")
    complaints.add(place_of(domain), sentence, code="missing-rule", remedy=remedy)


def _wrong_counts(domain: Domain, counts: Counter[str], complaints: Complaints) -> None:
    found = ", ".join(f"{code} {counts[code]}" for code in sorted(counts))
    sentence = _("the numbers of answer vectors per level differ from “expected_counts”; found: "
                 "{found}.").format(found=found)
    complaints.add(place_of(domain), sentence, code="counts")


def _overall(instrument: Instrument, overall: Overall, complaints: Complaints) -> None:
    place = _("overall judgement")
    before = len(complaints.problems)
    _no_twins((one.id for one in overall.rules), _("rule"), place, complaints)
    _no_twins((one.id for one in overall.flags), _("flag"), place, complaints)
    codes = {one.code for one in overall.levels}
    for rule in overall.rules:
        _known_levels(_levels_of_rule(rule), codes, f"{place}, rule {rule.id}", complaints)
        _overall_condition(instrument, rule.condition, f"{place}, rule {rule.id}", complaints)
    for flag in overall.flags:
        _known_levels(flag.possible, codes, f"{place}, flag {flag.id}", complaints)
        _overall_condition(instrument, flag.condition, f"{place}, flag {flag.id}", complaints)
    if overall.rules and len(complaints.problems) == before:
        _every_combination(instrument, overall, complaints)


def _overall_condition(
    instrument: Instrument, condition: Condition, place: str, complaints: Complaints
) -> None:
    domains = {one.id for one in instrument.domains}
    known = {one.code for one in instrument.levels}
    for name, codes in condition.tests():
        if name and name not in domains:
            sentence = _("the condition names domain “{name}”, which is not there.")
            complaints.add(place, sentence.format(name=name), code="unknown-question")
        _known_levels(codes, known, place, complaints)


def _every_combination(
    instrument: Instrument, overall: Overall, complaints: Complaints
) -> None:
    facts = {one.id: None for one in instrument.domains if one.in_overall and one.judged}
    ways = completions(overall, facts, instrument)
    for tried, levels in enumerate(ways, start=1):
        if tried > MOST_COMBINATIONS:
            sentence = _("there are more than {n} combinations of levels, too many to check.")
            place = _("overall judgement")
            complaints.add(place, sentence.format(n=MOST_COMBINATIONS), code="too-many-vectors")
            return
        if not any(rule.condition.holds(levels) for rule in overall.rules):
            found = ", ".join(f"{name} = {code}" for name, code in levels.items())
            sentence = _("no rule fits the levels {levels}.").format(levels=found)
            complaints.add(
                _("overall judgement"), sentence, code="missing-rule",
                remedy=_("Add a rule for them."),
            )
            return
