"""What the tab Instruments says: units, trust labels, where an instrument is used."""

from __future__ import annotations

from app import words
from app.pages.risk_of_bias_parts.words import trust_of
from assessments.instrument import Domain, Instrument
from assessments.instrument_decisions import EffectExceptions, InstrumentUse
from assessments.language import _, counted


def unit_in_words(unit: str) -> str:
    """Return what is assessed with an instrument."""
    return {
        "study": _("Assesses each study"), "result": _("Assesses each result"),
    }.get(unit, _("Assesses each outcome"))


def trust_in_words(instrument: Instrument) -> tuple[str, str]:
    """Return the trust label of an instrument's rules, and the tone of its chip."""
    if instrument.status == "VERIFIED":
        return _("Rules verified"), "ok"
    if instrument.status == "OWN":
        return _("Own rules of the team"), "accent"
    label = trust_of(instrument.status)
    return _("Weakest rule: {label}").format(label=label.lower()), "warn"


def trust_explained(instrument: Instrument) -> str:
    """Return in a sentence what the trust label means."""
    return {
        "VERIFIED": _("At least two independent sources agree on every rule."),
        "SINGLE SOURCE": _("At least one rule was found in one source only."),
        "FROM MEMORY": _("At least one rule or criterion could not be compared with a source."),
        "CONFLICT": _("Sources disagree about at least one rule; the notes say which reading "
                      "is used."),
        "OWN": _("The team made these rules or takes responsibility for them."),
    }[instrument.status]


def unsure_parts(instrument: Instrument) -> tuple[str, ...]:
    """Return a sentence for each domain whose rules are not verified, and for the overall."""
    found: list[str] = []
    for domain in instrument.domains:
        for form in domain.forms or (domain,):
            trust = trust_of(form.status, form.provisional)
            if trust and form.status != "OWN":
                found.append(_part(f"{form.id} {_short(instrument, form)}", trust,
                                   form.status_note))
    overall = instrument.overall
    if overall is not None and overall.rules:
        trust = trust_of(overall.status)
        if trust and overall.status != "OWN":
            found.append(_part(overall.title, trust, overall.status_note))
    return tuple(dict.fromkeys(found))


def _short(instrument: Instrument, form: Domain) -> str:
    effect = next((one.label for one in instrument.effects if one.code == form.effect), "")
    return f"{form.short} ({effect})" if effect else form.short


def _part(name: str, trust: str, note: str) -> str:
    said = _("{part}: {trust}.").format(part=name, trust=trust.lower())
    return f"{said} {' '.join(note.split())}".strip()


def use_in_words(use: InstrumentUse) -> str:
    """Return for which designs and for how many studies an instrument is used."""
    names = dict(words.designs())
    parts = [", ".join(names[one] for one in use.designs)] if use.designs else []
    if use.instrument.unit != "outcome":
        parts.append(
            counted("{n} study", "{n} studies", use.studies) if use.studies
            else _("no study uses it now")
        )
    made = _("no assessment yet")
    if use.assessments:
        made = _("{made}, {n} finished").format(
            made=counted("{n} assessment", "{n} assessments", use.assessments), n=use.finished
        )
    return "  ·  ".join((*parts, made))


def copy_in_words(use: InstrumentUse) -> str:
    """Return whether the review has a copy of the instrument."""
    if use.own:
        return _("The team’s own file; a copy is kept in this review.")
    if use.kept:
        return _("A copy is kept in this review, so that it always shows what assessors saw.")
    return _("Comes with the program; a copy is kept here when the first assessment begins.")


def exceptions_in_words(effect: str, found: EffectExceptions) -> str:
    """Return whether the effect is decided, and which results do not follow the decision."""
    if not effect:
        alone = found.decided_apart + found.finished_before
        return " ".join((_("Not decided for all results yet."), counted(
            "{n} result has an effect chosen for it alone.",
            "{n} results have an effect chosen for them alone.", alone,
        ))) if alone else _("Not decided yet. It is asked at the first assessment.")
    parts = []
    if found.decided_apart:
        parts.append(counted(
            "{n} result has an effect of its own.", "{n} results have an effect of their own.",
            found.decided_apart,
        ))
    if found.finished_before:
        parts.append(counted(
            "{n} result was finished with the other effect and keeps it until it is reopened.",
            "{n} results were finished with the other effect and keep it until they are reopened.",
            found.finished_before,
        ))
    return " ".join(parts)
