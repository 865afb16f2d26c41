"""Judges whole sets of answers at once, as the command ``judge`` does; nothing is stored.

An item is ``{"id", "effect", "answers": {domain: {question: code}}}``. Domains are named by id
(“D2”) or by the key of their rules (“rob2.parallel.D2.assignment”, “D2.assignment”). Levels that
an assessor chose may be given as ``"levels": {domain: level}``; they lead over the proposals, as
the overall rule wants the judgements after any override.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assessments.instrument import Domain, Instrument, Level
from assessments.instrument_overall import propose_overall
from assessments.instrument_rules import answer_problems, open_questions, propose, walked
from assessments.language import _


def judge_items(instrument: Instrument, items: list[Any]) -> list[dict[str, Any]]:
    """Return one result for each item, in order; a wrong item does not stop the others."""
    return [judge_item(instrument, item, place) for place, item in enumerate(items, start=1)]


def judge_item(instrument: Instrument, item: Any, place: int = 1) -> dict[str, Any]:
    """Return the levels of the domains and overall, or what is wrong or missing in the item.

    ``place`` stands for the id of an item that has none.
    """
    given = item if isinstance(item, dict) else {}
    work = _Work(instrument=instrument, item=given)
    if given is not item or not isinstance(given.get("answers", {}), dict):
        work.complain(_("An item must be an object with “id”, “effect” and “answers”."))
        return work.error(place)
    work.effect = _effect(work)
    domains = _domains(work)
    work.levels.update(_chosen(work))
    keys = _key_domains(work)
    if work.wrong:
        return work.error(place)
    overall = _overall(work, keys)
    result: dict[str, Any] = {
        "id": given.get("id", place), "domains": domains, "overall": overall,
    }
    if work.missing:
        result["missing"] = work.missing
    return result


@dataclass(slots=True, kw_only=True)
class _Work:
    """One item, with the levels found and what is wrong or missing as it is gathered."""

    instrument: Instrument
    item: dict[str, Any]
    effect: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    wrong: list[dict[str, str]] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)

    def complain(
        self, problem: str, *, domain: str = "", question: str = "", answer: str = ""
    ) -> None:
        """Note what is wrong, with its place."""
        facts = {"domain": domain, "question": question, "answer": answer, "problem": problem}
        self.wrong.append({name: value for name, value in facts.items() if value})

    def error(self, place: int) -> dict[str, Any]:
        """Return the result of an item that is wrong."""
        result: dict[str, Any] = {
            "id": self.item.get("id", place),
            "error": " ".join(one["problem"] for one in self.wrong),
            "wrong": self.wrong,
        }
        if self.missing:
            result["missing"] = self.missing
        return result


def _effect(work: _Work) -> str:
    given = work.item.get("effect")
    effects = work.instrument.effects
    if given in (None, "") or not effects:
        return ""
    plain = str(given).strip().lower().replace("_", "-").replace(" ", "-")
    for one in effects:
        if plain in (one.code, *(word.lower() for word in one.also)):
            return one.code
    names = ", ".join(one.code for one in effects)
    work.complain(_("The effect of interest “{given}” is unknown; known are: {names}.").format(
        given=given, names=names
    ))
    return ""


def _named(instrument: Instrument, name: str) -> tuple[Domain, str] | None:
    """Return the domain of that name with the effect that the name implies."""
    for domain in instrument.domains:
        if name in (domain.id, domain.id.removeprefix("D")):
            return domain, ""
    for domain in instrument.domains:
        for form in domain.forms or (domain,):
            if form.key and (form.key == name or form.key.endswith(f".{name}")):
                return form, form.effect
    return None


def _domains(work: _Work) -> dict[str, dict[str, Any]]:
    shown: dict[str, dict[str, Any]] = {}
    seen: set[str] = set()
    for name, answers in work.item.get("answers", {}).items():
        domain = _form(work, name)
        if domain is None:
            continue
        if domain.id in seen:
            work.complain(_("The domain {domain} is answered twice.").format(domain=name),
                          domain=name)
        seen.add(domain.id)
        shown[name] = _result(work, domain, name, answers)
    _left_out(work, seen)
    return shown


def _result(work: _Work, domain: Domain, name: str, answers: Any) -> dict[str, Any]:
    if isinstance(answers, str):
        level = _level(work, domain, answers, name)
        if level is not None:
            work.levels[domain.id] = level.code
        return {"level": level.name if level else None, "rule": None}
    if isinstance(answers, dict):
        return _judged(work, domain, name, answers)
    work.complain(_("Answers must be an object of question and code."), domain=name)
    return {}


def _form(work: _Work, name: str) -> Domain | None:
    instrument, effect = work.instrument, work.effect
    found = _named(instrument, name)
    if found is None:
        ids = ", ".join(one.id for one in instrument.domains)
        text = _("There is no domain “{name}”; known are: {ids}.").format(name=name, ids=ids)
        work.complain(text, domain=name)
        return None
    domain, implied = found
    if not instrument.domain(domain.id).forms:
        return domain
    text = ""
    if not effect and not implied:
        text = _("Domain {domain} needs the effect of interest: “effect” is missing or unknown.")
    elif effect and implied and effect != implied:
        text = _("Domain {domain} is for another effect of interest than the item.")
    if text:
        work.complain(text.format(domain=name), domain=name)
        return None
    return instrument.domain(domain.id, effect or implied)


def _judged(work: _Work, domain: Domain, name: str, answers: dict[str, Any]) -> dict[str, Any]:
    given = _codes(work, name, answers)
    for one in answer_problems(domain, given, strict=True):
        work.complain(one.sentence, domain=name, question=one.question, answer=one.code)
    design = str(work.item.get("design", ""))
    proposal = propose(work.instrument, domain, given, design=design)
    unanswered = [question for question, code in proposal.path if code is None]
    if not domain.rules:
        unanswered = [
            one.id for one, state, value in walked(domain, given)
            if state == "asked" and value is None
        ]
    if unanswered:
        work.missing[name] = unanswered
    result: dict[str, Any] = {"level": None, "rule": proposal.rule}
    if proposal.level is not None:
        work.levels[domain.id] = proposal.level
        result["level"] = domain.level(proposal.level).name
        if proposal.parts:
            result["parts"] = {part: rule for part, _level_of_part, rule in proposal.parts}
        return result
    result["why"] = proposal.why
    if proposal.possible:
        result["possible"] = [domain.level(code).name for code in proposal.possible]
    return result


def _codes(work: _Work, name: str, answers: dict[str, Any]) -> dict[str, str | None]:
    given: dict[str, str | None] = {}
    for question, code in answers.items():
        if code is None or isinstance(code, str):
            given[question] = code
        else:
            problem = _("An answer must be a code in quotes.")
            work.complain(problem, domain=name, question=question, answer=str(code))
    return given


def _left_out(work: _Work, seen: set[str]) -> None:
    """Note the questions of domains that the item leaves out; a screening counts as passed."""
    chosen = work.item.get("levels", {})
    for domain in work.instrument.domains_for(work.effect):
        if domain.id in seen or (isinstance(chosen, dict) and domain.id in chosen):
            continue
        if domain.kind == "screening":
            passed = next((one.code for one in domain.levels if one.role == "na"), None)
            if passed is not None:
                work.levels[domain.id] = passed
        elif domain.in_overall and domain.rules:
            work.missing[domain.id] = [one.id for one in open_questions(domain, {})]


def _chosen(work: _Work) -> dict[str, str]:
    given = work.item.get("levels", {})
    levels: dict[str, str] = {}
    if not isinstance(given, dict):
        work.complain(_("“levels” must be an object of domain and level."))
        return levels
    for name, wanted in given.items():
        found = _named(work.instrument, name)
        if found is None:
            work.complain(_("There is no domain “{name}”.").format(name=name), domain=name)
            continue
        level = _level(work, found[0], wanted, name)
        if level is not None:
            levels[found[0].id] = level.code
    return levels


def _level(work: _Work, domain: Domain, wanted: Any, name: str) -> Level | None:
    for one in domain.levels:
        if wanted in (one.code, one.name, one.label):
            return one
    names = ", ".join(one.name for one in domain.levels)
    text = _("“{level}” is not a level of domain {domain}; known are: {names}.")
    work.complain(
        text.format(level=wanted, domain=name, names=names), domain=name, answer=str(wanted)
    )
    return None


def _key_domains(work: _Work) -> tuple[str, ...]:
    given = work.item.get("key_domains", [])
    known = {one.id for one in work.instrument.domains}
    if not isinstance(given, list) or not set(map(str, given)) <= known:
        work.complain(_("“key_domains” must be a list of domain ids."))
        return ()
    return tuple(given)


def _overall(work: _Work, key_domains: tuple[str, ...]) -> dict[str, Any]:
    overall = work.instrument.overall
    proposal = propose_overall(work.instrument, work.levels, key_domains=key_domains)
    result: dict[str, Any] = {"level": None, "flags": [flag.id for flag in proposal.flags]}
    if proposal.level is None or overall is None:
        return {**result, "why": proposal.why}
    names = {one.code: one.name for one in overall.levels}
    result.update(level=names[proposal.level], rule=proposal.rule)
    if proposal.rule and proposal.rule.startswith("screening:"):
        work.missing.clear()
    return result
