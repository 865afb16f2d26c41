"""What the page says: proposals with their path, reasons, places of quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.widgets.level_buttons import LevelChoice
from app.widgets.question_card import AnswerOption
from assessments.instrument import Domain, Instrument, Level, Question
from assessments.instrument_rules import Proposal
from assessments.language import _, counted
from assessments.sheet import Sheet

_LONG = 26
_MOST_NAMED = 4
_WELL_KNOWN = frozenset({"Y", "PY", "PN", "N", "NI", "NA"})


def level_choice(level: Level) -> LevelChoice:
    """Return a level as a button shows it; a long label gives way to the level's short name."""
    word = level.label if len(level.label) <= _LONG else level.name
    return LevelChoice(code=level.code, word=word, role=level.role, key=level.key)


def answer_options(question: Question) -> tuple[AnswerOption, ...]:
    """Return the answers of a question with the letters that type them."""
    letters = {"NI": "I", "NA": "A"}
    return tuple(
        AnswerOption(
            code=one.code, word=one.label, explained=one.code not in _WELL_KNOWN,
            # a star is no letter that every keyboard has in one place
            keys=letters.get(one.code, "".join(filter(str.isalnum, one.code))),
        )
        for one in question.options
    )


def listed(words: Iterable[str]) -> str:
    """Return words joined by commas, the last by “or”."""
    found = tuple(words)
    if len(found) < 2:
        return "".join(found)
    return _("{first} or {last}").format(first=", ".join(found[:-1]), last=found[-1])


def short_proposal(proposal: Proposal, levels: dict[str, Level], names: dict[str, str]) -> str:
    """Return in a few words what the rules propose or wait for."""
    if proposal.state == "proposed" and proposal.level in levels:
        return _("Proposes {level}").format(level=levels[proposal.level].name)
    if proposal.state == "waiting":
        waiting = [names.get(one, one) for one in proposal.waiting_for]
        possible = listed(levels[one].name for one in proposal.possible if one in levels)
        if len(waiting) > _MOST_NAMED:
            count = len(waiting)
            what = counted("{n} answer", "{n} answers", count)
        else:
            what = ", ".join(waiting)
        return _("Waits for {what}: {levels}").format(what=what, levels=possible or "–")
    if proposal.state == "error":
        return _("Cannot propose: an answer does not fit")
    if proposal.possible:
        possible = listed(levels[one].name for one in proposal.possible if one in levels)
        return _("You judge: {levels}").format(levels=possible)
    return _("No proposal: you judge")


def path_of(proposal: Proposal, names: dict[str, str], words: dict[str, str]) -> str:
    """Return the path that led to a proposal: 1.1 Y → 1.2 PY → 1.3 ?"""
    return " → ".join(
        f"{names.get(name, name)} {'?' if code is None else words.get(code, code)}"
        for name, code in proposal.path
    )


def why_of(proposal: Proposal, levels: dict[str, Level]) -> str:
    """Return the reason behind a proposal in a sentence; codes of levels become their names."""
    if proposal.state == "error":
        return " ".join(one.sentence for one in proposal.problems)
    if proposal.state == "waiting":
        return ""
    if proposal.state != "proposed" or not proposal.rule:
        return proposal.why
    if proposal.parts:
        return _("The worst part counts: {parts}.").format(
            parts=", ".join(
                _("{part} {level} (rule {rule})").format(
                    part=part, level=levels[code].name if code in levels else code, rule=rule
                )
                for part, code, rule in proposal.parts
            )
        )
    why = re.sub(
        r"[a-z]+(?:_[a-z]+)*",
        lambda found: levels[found[0]].name if found[0] in levels else found[0], proposal.why,
    )
    if proposal.rule.split(":", 1)[0] in ("design", "screening"):
        return why
    return _("Rule {rule}: {why}").format(rule=proposal.rule, why=why)


def trust_of(status: str, provisional: bool = False) -> str:
    """Return the label that says how far a rule can be trusted, '' for a verified one."""
    words = {
        "SINGLE SOURCE": _("Single source"), "FROM MEMORY": _("From memory"),
        "CONFLICT": _("Sources conflict"), "OWN": _("Own rule of the team"),
    }
    label = words.get(status, "")
    if provisional and not label:
        return _("Provisional")
    return label


def why_closed(question: Question, kept: str | None) -> str:
    """Say why a question is not asked, and that an earlier answer is kept."""
    reason = _("Not asked: asked only when {condition}.").format(
        condition=question.gate.in_words()
    )
    if kept:
        return _("{reason} Your answer {answer} is kept and does not count.").format(
            reason=reason, answer=kept
        )
    return reason


def why_not_shown(
    question: Question, state: str, kept: str | None, departures: tuple[str, ...]
) -> str:
    """Say why a question has no card: not of interest, closed by its gate, or to be seen later."""
    if departures and question.deviation and question.deviation not in departures:
        reason = _("Not asked: the team does not count this kind of departure.")
        return reason if not kept else _(
            "{reason} Your answer {answer} is kept and does not count."
        ).format(reason=reason, answer=kept)
    return why_closed(question, kept) if state == "closed" else why_later(question)


def why_later(question: Question) -> str:
    """Say what has to be answered before it is known whether a question is asked."""
    return _("Asked only when {condition}.").format(condition=question.gate.in_words())


def unit_in_words(sheet: Sheet) -> str:
    """Return what of the study is assessed: outcome, time point and subgroup."""
    if sheet.outcome is None or sheet.result is None:
        return _("Whole study")
    parts = (sheet.outcome.label, sheet.outcome.time_point, sheet.result.subgroup)
    return ", ".join(part for part in parts if part)


def effect_label(instrument: Instrument, code: str) -> str:
    """Return the words of an effect of interest."""
    return next((one.label for one in instrument.effects if one.code == code), "")


def numbered(domain: Domain) -> str:
    """Return a domain's number and short name, once where they are the same word."""
    same = domain.id.casefold() == domain.short.casefold()
    return domain.short if same else f"{domain.id}  {domain.short}"


def domain_mark(sheet: Sheet, domain: Domain) -> tuple[str | None, str]:
    """Return role and word of the level of a domain, as tabs and lists show it."""
    level = sheet.level_of(domain)
    return (None, _("not judged yet")) if level is None else (level.role, level.label)


def progress_of(sheet: Sheet, domain: Domain) -> tuple[int, int]:
    """Return how many of the asked questions of a domain have an answer."""
    states, given = sheet.states(domain.id), sheet.responses(domain.id)
    asked = [name for name, state in states.items() if state == "asked"]
    return sum(name in given for name in asked), len(asked)
