"""The interpreter of instruments: which questions are asked, and which level is proposed.

Gates come first: what is not asked counts as NA, whatever was typed there before. Then the
first rule that matches gives the level; where a domain is judged in parts, the worst part does.
While an asked question has no answer nothing is proposed, but the levels still possible are
said. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.instrument import Domain, Flag, Instrument, Question, Rule
from assessments.instrument_conditions import Facts
from assessments.language import _

NOT_ASKED = "NA"
STATES = ("proposed", "waiting", "none", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProblem:
    """An answer that cannot stand, with its question and a sentence."""

    question: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rules say about a domain or about the overall judgement.

    ``state`` is 'proposed' (``level`` and ``rule`` are set), 'waiting' (``waiting_for`` names
    the questions or domains without an answer), 'none' (the instrument has no rule for this;
    ``why`` says so) or 'error' (``problems``). ``path`` are the asked questions with their
    answers, None where one is open. ``possible`` are the levels that can still come out.
    """

    state: str
    level: str | None = None
    rule: str | None = None
    path: tuple[tuple[str, str | None], ...] = ()
    waiting_for: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    why: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[AnswerProblem, ...] = ()
    flags: tuple[Flag, ...] = ()


def question_states(domain: Domain, answers: Facts) -> dict[str, str]:
    """Return for each question 'asked', 'optional', 'closed', or 'later' while that is open."""
    return {one.id: state for one, state, _value in walked(domain, answers)}


def open_questions(domain: Domain, answers: Facts) -> tuple[Question, ...]:
    """Return the questions that are asked, those included that may be left out."""
    states = question_states(domain, answers)
    return tuple(one for one in domain.questions if states[one.id] in ("asked", "optional"))


def effective_answers(domain: Domain, answers: Facts) -> dict[str, str | None]:
    """Return what the rules see: NA for what is not asked, None for what is not yet answered."""
    return {one.id: value for one, _state, value in walked(domain, answers)}


def walked(domain: Domain, answers: Facts) -> list[tuple[Question, str, str | None]]:
    """Return every question with its state and its effective answer, in order."""
    seen: dict[str, str | None] = {}
    steps: list[tuple[Question, str, str | None]] = []
    for question in domain.questions:
        state, value = _state(question, seen, answers.get(question.id))
        seen[question.id] = value
        steps.append((question, state, value))
    return steps


def _state(question: Question, seen: Facts, given: str | None) -> tuple[str, str | None]:
    is_open = question.gate.holds(seen)
    if is_open:
        return "asked", given
    if question.optional is not None and question.optional.holds(seen):
        return "optional", given or NOT_ASKED
    if is_open is None:
        return "later", None
    return "closed", NOT_ASKED


def why_not_asked(domain: Domain, question_id: str) -> str:
    """Return the sentence beside a question that is not asked."""
    gate = domain.question(question_id).gate
    return _("Asked only when {condition}.").format(condition=gate.in_words())


def answer_problems(
    domain: Domain, answers: Facts, *, strict: bool = False
) -> tuple[AnswerProblem, ...]:
    """Return the answers that cannot stand.

    NA is wrong in an asked question unless it is one of its options. With ``strict`` also an
    answer to a question that is not asked is wrong; otherwise it is kept and not used.
    """
    known = {one.id for one in domain.questions}
    found = [
        _problem(name, code, _("Domain {domain} has no question {question}."), domain)
        for name, code in answers.items()
        if name not in known and code is not None
    ]
    for question, state, _value in walked(domain, answers):
        given = answers.get(question.id)
        if given is not None:
            text = _complaint(question, state, given, strict)
            if text:
                found.append(_problem(question.id, given, text, domain))
    return tuple(found)


def _problem(question: str, code: str, text: str, domain: Domain) -> AnswerProblem:
    sentence = text.format(domain=domain.id, question=question, code=code)
    return AnswerProblem(question=question, code=code, sentence=sentence)


def _complaint(question: Question, state: str, given: str, strict: bool) -> str:
    if given not in question.codes and given != NOT_ASKED:
        return _("“{code}” is not an answer to question {question}.")
    if state == "asked" and given not in question.codes:
        return _("Question {question} is asked, so NA is not an answer to it.")
    if strict and state == "closed" and given != NOT_ASKED:
        return _("Question {question} is not asked here, so it cannot be answered “{code}”.")
    return ""


def propose(
    instrument: Instrument,
    domain: Domain | str,
    answers: Facts,
    effect: str = "",
    design: str = "",
) -> Proposal:
    """Return what the rules of a domain say to these answers.

    ``domain`` may be its id; then its form for the effect of interest is taken.
    """
    one = instrument.domain(domain, effect) if isinstance(domain, str) else domain
    for default in one.by_design:
        if default.design == design:
            return Proposal(
                state="proposed", level=default.level, rule=f"design:{design}", why=default.why
            )
    if not one.rules:
        return Proposal(state="none", why=_no_rules(one))
    problems = answer_problems(one, answers)
    path = _path(one, answers)
    if problems:
        return Proposal(state="error", problems=problems, path=path)
    effective = effective_answers(one, answers)
    waiting = tuple(name for name, code in path if code is None)
    if waiting:
        return Proposal(
            state="waiting", path=path, waiting_for=waiting,
            possible=possible_levels(one, answers), why=_("Not all questions have an answer."),
        )
    return _concluded(one, effective, path)


def _no_rules(domain: Domain) -> str:
    if domain.questions:
        return _("The instrument has no rule from answers to a level here: you judge.")
    return _("The instrument has no questions here: you judge by its criteria.")


def _path(domain: Domain, answers: Facts) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        (question.id, value)
        for question, state, value in walked(domain, answers)
        if state == "asked" or (state == "optional" and value != NOT_ASKED)
    )


def _concluded(
    domain: Domain, effective: Facts, path: tuple[tuple[str, str | None], ...]
) -> Proposal:
    matched = matching_rules(domain, effective)
    rule = deciding_rule(domain, matched)
    if rule is None:
        return Proposal(state="none", path=path, why=_("No rule fits these answers: you judge."))
    if rule.level is None:
        return Proposal(
            state="none", rule=rule.id, path=path, possible=rule.possible, why=rule.why
        )
    parts = tuple((one.part, one.level or "", one.id) for one in matched if one.part)
    return Proposal(
        state="proposed", level=rule.level, rule=rule.id, path=path, parts=parts,
        possible=(rule.level,), why=rule.why or rule.condition.in_words(),
    )


def deciding_rule(domain: Domain, matched: tuple[Rule, ...]) -> Rule | None:
    """Return the rule that gives the level: the first, or that of the worst part."""
    if not matched:
        return None
    if domain.combine and all(rule.level for rule in matched):
        return max(matched, key=lambda rule: domain.combine.index(rule.level or ""))
    return matched[0]


def matching_rules(domain: Domain, effective: Facts) -> tuple[Rule, ...]:
    """Return the first rule that matches in each part, one at most without parts."""
    found: dict[str, Rule] = {}
    for rule in domain.rules:
        if rule.part not in found and rule.condition.holds(effective):
            found[rule.part] = rule
    return tuple(found.values())


def level_of_vector(domain: Domain, effective: Facts) -> str | None:
    """Return the level of a complete vector of effective answers, None where no rule gives one."""
    rule = deciding_rule(domain, matching_rules(domain, effective))
    return None if rule is None else rule.level


def vectors(
    domain: Domain,
    given: Facts | None = None,
    options: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[dict[str, str | None]]:
    """Yield every canonical answer vector that agrees with the answers given so far.

    An asked question takes each of its options (or those named for it in ``options``), one that
    is not asked takes NA. The dictionary yielded is the same one each time; copy it to keep it.
    """
    return _deeper(domain.questions, 0, {}, given or {}, options or {})


def _deeper(
    questions: tuple[Question, ...],
    index: int,
    seen: dict[str, str | None],
    given: Facts,
    options: Mapping[str, Sequence[str]],
) -> Iterator[dict[str, str | None]]:
    if index == len(questions):
        yield seen
        return
    question = questions[index]
    for code in _choices(question, seen, given, options):
        seen[question.id] = code
        yield from _deeper(questions, index + 1, seen, given, options)
    seen.pop(question.id, None)


def _choices(
    question: Question, seen: Facts, given: Facts, options: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    if question.gate.holds(seen):
        answer = given.get(question.id)
        return (answer,) if answer is not None else options.get(question.id, question.codes)
    if question.optional is not None and question.optional.holds(seen):
        answer = given.get(question.id)
        return (answer,) if answer is not None else (NOT_ASKED,)
    return (NOT_ASKED,)


def alike(domain: Domain) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the options of each question in groups that no gate or rule tells apart."""
    tests: dict[str, list[tuple[str, ...]]] = {one.id: [] for one in domain.questions}
    conditions = [rule.condition for rule in domain.rules]
    for question in domain.questions:
        conditions.append(question.gate)
        if question.optional is not None:
            conditions.append(question.optional)
    for condition in conditions:
        for name, codes in condition.tests():
            tests.setdefault(name, []).append(codes)
    groups: dict[str, tuple[tuple[str, ...], ...]] = {}
    for question in domain.questions:
        same: dict[tuple[bool, ...], list[str]] = {}
        for code in question.codes:
            same.setdefault(tuple(code in codes for codes in tests[question.id]), []).append(code)
        groups[question.id] = tuple(tuple(codes) for codes in same.values())
    return groups


@lru_cache(maxsize=512)
def _representatives(domain: Domain) -> dict[str, tuple[str, ...]]:
    return {name: tuple(group[0] for group in groups) for name, groups in alike(domain).items()}


def possible_levels(domain: Domain, answers: Facts) -> tuple[str, ...]:
    """Return the levels that can still come out, in the order of the domain's levels."""
    valid = {one.id: one.codes for one in domain.questions}
    given = tuple(
        (name, code) for name, code in answers.items()
        if code is not None and code in valid.get(name, ())
    )
    return _possible(domain, given)


@lru_cache(maxsize=2048)
def _possible(domain: Domain, given: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    found: set[str] = set()
    _reach(domain, {}, dict(given), found)
    return tuple(level.code for level in domain.levels if level.code in found)


def _reach(
    domain: Domain, seen: dict[str, str | None], given: Facts, found: set[str]
) -> None:
    """Gather the levels behind the answers seen so far, going no deeper than rules need."""
    settled = _settled(domain, seen)
    if settled is not None:
        found.update(settled)
        return
    question = domain.questions[len(seen)]
    for code in _choices(question, seen, given, _representatives(domain)):
        seen[question.id] = code
        _reach(domain, seen, given, found)
        del seen[question.id]


def _settled(domain: Domain, seen: Facts) -> tuple[str, ...] | None:
    """Return the levels that these answers leave, None while that hangs on further answers."""
    matched: dict[str, Rule] = {}
    for rule in domain.rules:
        if rule.part not in matched:
            holds = rule.condition.holds(seen)
            if holds is None:
                return None
            if holds:
                matched[rule.part] = rule
    rule_that_decides = deciding_rule(domain, tuple(matched.values()))
    if rule_that_decides is None:
        return tuple(level.code for level in domain.levels)
    if rule_that_decides.level is not None:
        return (rule_that_decides.level,)
    return rule_that_decides.possible or tuple(level.code for level in domain.levels)
