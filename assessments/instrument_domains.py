"""Reads the domains of an instrument file: levels, questions, rules, criteria, forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessments.instrument import (
    KINDS,
    PARTS,
    TRUST,
    Criterion,
    DesignRule,
    Domain,
    Entry,
    Level,
    Option,
    Question,
    Rule,
)
from assessments.instrument_complaints import Table
from assessments.instrument_conditions import ALWAYS, Condition
from assessments.instrument_notation import codes_from, condition_from
from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a domain takes over from the instrument where it says nothing itself."""

    levels: tuple[Level, ...]
    words: Mapping[str, str]
    directions: tuple[str, ...]
    official: str
    effects: tuple[str, ...]


def domain_from(table: Table, context: Context) -> Domain:
    """Return a domain; where it has forms it is shown in its first."""
    domain = _plain_domain(table, context)
    forms = tuple(
        _form(one, domain, context) for one in table.tables("form", _("form"))
    )
    table.done()
    return replace(forms[0], forms=forms) if forms else domain


def _plain_domain(table: Table, context: Context) -> Domain:
    title = table.text("title", needed=True)
    directions = table.texts("directions") if "directions" in table.values else context.directions
    return Domain(
        id=table.text("id", needed=True), title=title, short=table.text("short", title),
        levels=level_subset(table, context), key=table.text("key"),
        kind=table.one_of("kind", KINDS, "bias"),
        **_logic(table, context),
        by_design=tuple(_by_design(one) for one in table.tables("by_design", _("design"))),
        criteria=_criteria(table),
        parts_allowed=table.one_of("parts_allowed", PARTS, ""),
        entries=tuple(_entry(one) for one in table.tables("entry", _("entry"))),
        directions=directions, support_required=table.flag("support_required"),
        required=table.flag("required", default=True), group=table.text("group"),
    )


def _form(table: Table, domain: Domain, context: Context) -> Domain:
    """Return the domain with what its form for one effect of interest says differently."""
    effect = table.text("effect", needed=True)
    if effect and effect not in context.effects:
        table.complain(_("“{effect}” is not one of the effects of interest of the file.").format(
            effect=effect
        ))
    title = table.text("title", domain.title)
    form = replace(
        domain, effect=effect, title=title, short=table.text("short", domain.short),
        key=table.text("key"),
        **_logic(table, context),
    )
    table.done()
    return form


def _logic(table: Table, context: Context) -> dict[str, Any]:
    """Return what a domain and a form both have: questions, rules and how far to trust them."""
    counts = table.child("expected_counts", _("expected counts"))
    return {
        "questions": tuple(
            _question(one, context) for one in table.tables("question", _("question"))
        ),
        "rules": _rules(table),
        "combine": table.texts("combine"),
        "guidance": table.text("guidance"),
        "official": table.text("official", context.official),
        "status": table.one_of("status", TRUST, "VERIFIED"),
        "status_note": table.text("status_note"),
        "provisional": table.flag("provisional"),
        "expected_counts": tuple(
            (code, counts.number(code) or 0) for code in counts.values
        ) if counts is not None else (),
    }


def level_subset(table: Table, context: Context) -> tuple[Level, ...]:
    """Return the levels that a domain names, all of the instrument where it names none."""
    if "levels" not in table.values:
        return context.levels
    known = {level.code: level for level in context.levels}
    found = []
    for code in table.texts("levels"):
        if code in known:
            found.append(known[code])
        else:
            table.complain(_("“{code}” is not a level that the file declares.").format(code=code),
                           code="unknown-level")
    labels = table.child("level_labels", _("level labels"))
    if labels is None:
        return tuple(found)
    words = {code: labels.text(code, needed=True) for code in labels.values}
    return tuple(replace(one, label=words.get(one.code, one.label)) for one in found)


def _question(table: Table, context: Context) -> Question:
    codes = codes_from("options", table.take("options", ""), table.complain)
    own = table.child("words", _("words"))
    words = dict(context.words)
    if own is not None:
        words.update({code: own.text(code, needed=True) for code in own.values})
    for code in codes:
        if code not in words:
            table.complain(_("the answer “{code}” has no words: name it under [answers].").format(
                code=code
            ))
    question = Question(
        id=table.text("id", needed=True), prompt=table.text("prompt", needed=True),
        options=tuple(Option(code=code, label=words.get(code, code)) for code in codes),
        gate=_gate(table, "gate") or ALWAYS, optional=_gate(table, "optional"),
        guidance=table.text("guidance"), official=table.text("official", context.official),
        unfavourable=table.one_of("unfavourable", ("", "yes", "no"), ""),
        deviation=table.text("deviation"),
    )
    table.done()
    return question


def _gate(table: Table, key: str) -> Condition | None:
    value = table.take(key)
    return None if value is None else condition_from(value, table.complain)


def _rules(table: Table) -> tuple[Rule, ...]:
    rules = [rule_from(one) for one in table.tables("rules", _("rule"))]
    parts = table.child("parts", _("parts"))
    if parts is not None:
        for name in parts.values:
            rules += [replace(rule_from(one), part=name) for one in parts.tables(name, name)]
    return tuple(rules)


def rule_from(table: Table) -> Rule:
    """Return a rule: ``if`` a condition ``then`` a level, or ``decide`` with a sentence."""
    level, decide = table.text("then"), table.text("decide")
    if bool(level) == bool(decide):
        table.complain(_("a rule needs either “then” with a level or “decide” with a sentence."))
    rule = Rule(
        id=table.text("id", needed=True),
        condition=condition_from(table.take("if"), table.complain),
        level=level or None, why=decide or table.text("why"), possible=table.texts("possible"),
    )
    table.done()
    return rule


def _by_design(table: Table) -> DesignRule:
    rule = DesignRule(
        design=table.text("design", needed=True), level=table.text("level", needed=True),
        why=table.text("why", needed=True),
    )
    table.done()
    return rule


def _criteria(table: Table) -> tuple[Criterion, ...]:
    criteria = table.child("criteria", _("criteria"))
    if criteria is None:
        return ()
    return tuple(
        Criterion(level=code, text=criteria.text(code, needed=True)) for code in criteria.values
    )


def _entry(table: Table) -> Entry:
    entry = Entry(label=table.text("label", needed=True), designs=table.texts("designs"))
    table.done()
    return entry
