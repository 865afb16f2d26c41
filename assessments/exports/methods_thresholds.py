"""All numbers that ratings were held against: thresholds, cut-offs, rules of the review.

Nothing that a prompt compares a fact with is left out, changed or not, so that a reader of the
methods can repeat every prompt.
"""

from __future__ import annotations

from assessments.exports.methods_element import Element, not_stated
from assessments.grade_files import CutoffSource, grade_defaults
from assessments.language import _, counted
from assessments.review import Outcome, ReviewRule, Setting
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.synthesis import synthesis_of
from assessments.summary_of_findings.wording import of_events
from assessments.team_decisions import CUTOFF
from gradecore.grade.vocabulary import (
    DECISION,
    DOMAIN_LABELS,
    IMPRECISION,
    INCONSISTENCY,
    INDIRECTNESS,
    MID,
    NULL,
    PUBLICATION_BIAS,
    RANGES,
    RATING_UP,
    ROB,
    TARGET_LABELS,
)

_ITEM = "15"
_DOMAIN_OF = {
    "rob": ROB, "inc": INCONSISTENCY, "ind": INDIRECTNESS, "imp": IMPRECISION,
    "narrative": IMPRECISION, "pub": PUBLICATION_BIAS, "up": RATING_UP,
}
"""Beginning of the name of a cut-off → the domain whose prompts use it."""


def thresholds(project: Project) -> Element:
    """Return the thresholds of every outcome with their sources."""
    name = _("Thresholds with rationale")
    said = []
    for one in project.all(Outcome):
        size = "" if one.evidence == "not_reported" else _size(project, one)
        if size:
            source = one.mid_source.strip().rstrip(".")
            told = _("{outcome}: {size} ({source})").format(
                outcome=one.label, size=size, source=source or _("source not stated")
            )
            said.append(told + _claim(one))
    if not said:
        return not_stated(_ITEM, name, _("Not stated: no thresholds of importance were set."))
    return Element(item=_ITEM, name=name, text=_(
        "Certainty was rated against these thresholds: {thresholds}."
    ).format(thresholds="; ".join(said)))


def _claim(outcome: Outcome) -> str:
    """Return which claim the team put in the place of the one that follows, and why."""
    if outcome.target is None:
        return ""
    why = outcome.target_reason.strip().rstrip(".")
    told = _(", claim by decision of the team: {claim}").format(
        claim=_(TARGET_LABELS[outcome.target]))
    return f"{told} ({why})" if why else told


def _size(project: Project, outcome: Outcome) -> str:
    unit = _unit(project, outcome)
    if outcome.threshold_type == NULL:
        text = _("no effect as threshold")
        if outcome.mid is None:
            return text
        return _("{text}, near it within {mid}").format(text=text, mid=_mids(outcome, unit))
    if outcome.threshold_type == RANGES:
        return _ranges(outcome, unit)
    if outcome.threshold_type == DECISION and outcome.decision is not None:
        return _("decision threshold {size}").format(size=_with(outcome.decision, unit))
    if outcome.mid is None:
        return _without_one_mid(outcome, unit)
    text = _("minimal important difference {mid}").format(mid=_mids(outcome, unit))
    span = _span(outcome, unit)
    return _("{text}, plausible {span}").format(text=text, span=span) if span else text


def _unit(project: Project, outcome: Outcome) -> str:
    measure = synthesis_of(project, outcome).measure
    return _("per 1000 people") if of_events(measure) else outcome.unit.strip()


def _with(size: float, unit: str) -> str:
    return f"{numbers.plain_number(size)} {unit}".strip()


def _mids(outcome: Outcome, unit: str) -> str:
    assert outcome.mid is not None
    text = _with(outcome.mid, unit)
    if outcome.mid_harm is None:
        return text
    return _("{text}, for harm {harm}").format(
        text=text, harm=numbers.plain_number(outcome.mid_harm))


def _ranges(outcome: Outcome, unit: str) -> str:
    def listed(*limits: float | None) -> str:
        return ", ".join(numbers.plain_number(one) for one in limits if one is not None)

    benefit = listed(outcome.t1, outcome.t2, outcome.t3)
    harm = listed(outcome.t1_harm, outcome.t2_harm, outcome.t3_harm)
    text = _("ranges {limits}").format(limits=f"{benefit} {unit}".strip())
    return _("{text}, for harm {harm}").format(text=text, harm=harm) if harm else text


def _span(outcome: Outcome, unit: str) -> str:
    if outcome.mid_low is None or outcome.mid_high is None:
        return ""
    return _("{low} to {high}").format(
        low=numbers.plain_number(outcome.mid_low), high=_with(outcome.mid_high, unit))


def _without_one_mid(outcome: Outcome, unit: str) -> str:
    """Return a MID that is a ratio or a span, '' where neither was declared."""
    if outcome.threshold_type not in (None, MID):
        return ""
    if outcome.mid_relative is not None:
        return _("minimal important ratio {ratio}").format(
            ratio=numbers.plain_number(outcome.mid_relative))
    span = _span(outcome, unit)
    return _("minimal important difference somewhere from {span}").format(
        span=span) if span else ""


def conventions(project: Project) -> Element:
    """Return how some concerns and single studies were treated."""
    words = {
        "low": _("counted as low"), "high": _("counted as high"),
        "show_both": _("shown both as low and as high, for the assessors to decide"),
    }
    defaults = grade_defaults().choices
    chosen = setting(project, "some_concerns_as", defaults["some_concerns_as"])
    single = setting(project, "single_study_rule", defaults["single_study_rule"])
    text = _("Studies with some concerns about risk of bias were {how}.").format(
        how=words.get(chosen, chosen.replace("_", " ")))
    alone = (
        _("A single study was no reason to rate inconsistency down.") if single == "none"
        else _("Where there was a single study, one level down for inconsistency was considered.")
    )
    return Element(item=_ITEM, name=_("“Some concerns” in ratings"), text=f"{text} {alone}")


def adaptations(project: Project) -> Element:
    """Return which cut-offs were changed and which rules the review has of its own."""
    name = _("Adaptations and rules of the review")
    edited = _edited(project)
    rules = project.all(ReviewRule)
    if not edited and not rules:
        return Element(item=_ITEM, name=name, text=_(
            "The cut-offs of the prompts were used as they are; no rules of the review were set."
        ))
    known = {one.name: one.text for one in grade_defaults().sources}
    parts = []
    if edited:
        parts.append(counted("{n} cut-off was changed", "{n} cut-offs were changed", len(edited))
                     + ": " + "; ".join(
                         f"{known.get(name, name)}: {value}" for name, value in edited.items()))
    if rules:
        parts.append(_("The review had its own rules: {rules}").format(
            rules="; ".join(_rule(one) for one in rules)
        ))
    return Element(item=_ITEM, name=name, text=". ".join(parts) + ".")


def _edited(project: Project) -> dict[str, str]:
    return {
        one.id[len(CUTOFF):]: one.value
        for one in project.all(Setting) if one.id.startswith(CUTOFF) and one.value
    }


def _rule(rule: ReviewRule) -> str:
    """Return what a rule says, when it holds and what it suggests."""
    text = rule.text.strip().rstrip(".") or rule.label.strip()
    label = DOMAIN_LABELS.get(rule.domain, rule.domain)
    domain = _(label).lower()
    about = [domain] if domain else []
    if rule.expression.strip():
        about.append(_("holds when {expression}").format(expression=rule.expression.strip()))
    if rule.suggestion.strip():
        about.append(_("suggests {level}").format(level=rule.suggestion.strip().rstrip(".")))
    return f"{text} ({', '.join(about)})" if about else text


def cutoffs(project: Project) -> tuple[Element, ...]:
    """Return one element per domain with every cut-off in force, its source, and what changed."""
    defaults, edited = grade_defaults(), _edited(project)
    by_domain: dict[str, list[str]] = {}
    for one in defaults.sources:
        domain = _DOMAIN_OF[one.name.partition("_")[0]]
        by_domain.setdefault(domain, []).append(_cutoff(one, edited.get(one.name)))
    return tuple(
        Element(item=_ITEM, name=_("Cut-offs: {domain}").format(domain=_(DOMAIN_LABELS[domain])),
                text=f"{_(DOMAIN_LABELS[domain])}: {'; '.join(said)}.")
        for domain, said in by_domain.items()
    )


def _cutoff(one: CutoffSource, changed: str | None) -> str:
    standard = f"{one.value:g}"
    text = f"{_(one.text)}: {changed or standard}"
    if changed is not None and float(changed) != one.value:
        return _("{text} (changed by the team; {source}: {standard})").format(
            text=text, source=_(one.source), standard=standard)
    return f"{text} ({_(one.source)})"
