"""The paragraph on the certainty of the evidence: PRISMA 2020, item 15."""

from __future__ import annotations

from assessments.exports.methods_element import (
    Element,
    agreement,
    assessors,
    calibration,
    disagreements,
    instruments_used,
    judged_here,
    not_stated,
    sources,
)
from assessments.grade_files import grade_defaults
from assessments.language import _, counted
from assessments.rating_facts import CUTOFF
from assessments.review import Outcome, ReviewRule, Setting, Study
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.synthesis import synthesis_of
from assessments.summary_of_findings.wording import of_events
from gradecore.grade.vocabulary import LEVELS, NOT_RATED

_ITEM = "15"


def elements(project: Project) -> tuple[Element, ...]:
    """Return the elements in the order in which they are read."""
    if not instruments_used(project, grade=True):
        return (
            not_stated(_ITEM, _("System and version"),
                       _("Not done: the certainty of the evidence has not been rated.")),
        )
    found = [_system(project), _factors(), _start(project), _thresholds(project),
             _decision_rules(project), _adaptations(project)]
    published = sources(project, grade=True)
    if published:
        found.append(Element(item=_ITEM, name=_("Ratings taken over"), text=_(
            "Ratings were taken over from: {sources}."
        ).format(sources="; ".join(one.rstrip(".") for one in published))))
    if judged_here(project, grade=True) or not published:
        found += [
            assessors(project, _ITEM, _("rated the certainty of the evidence with GRADE")),
            calibration(_ITEM), disagreements(project, _ITEM, grade=True),
            agreement(project, _ITEM, grade=True),
        ]
    return (*found, _levels(), _shown())


def _system(project: Project) -> Element:
    chosen = setting(project, "framework", "core")
    known = {one.id: one for one in grade_defaults().frameworks}
    framework = known.get(chosen)
    words = framework.name if framework is not None else chosen
    source = f" ({framework.source})" if framework is not None and framework.source else ""
    return Element(item=_ITEM, name=_("System and version"), text=_(
        "The certainty of the evidence was rated with GRADE, following {framework}{source}."
    ).format(framework=words, source=source))


def _factors() -> Element:
    return Element(item=_ITEM, name=_("Factors and criteria"), text=_(
        "Five domains could lower the certainty: risk of bias, inconsistency, indirectness, "
        "imprecision and publication bias; a large effect, a dose-response gradient and opposing "
        "plausible confounding could raise it. Every step needed a written explanation, which "
        "stands below the summary-of-findings table."
    ))


def _start(project: Project) -> Element:
    text = _("Bodies of randomised trials started at high certainty.")
    designs = {one.design or "rct" for one in project.all(Study, status="included")}
    if designs & {"nrs", "cba", "its"}:
        start = setting(project, "nrs_start", "by_tool")
        said = _("Non-randomised studies started at low certainty.")
        if start == "by_tool":
            said = _(
                "Non-randomised studies started at high certainty where they were judged with an "
                "instrument of the ROBINS family, else at low."
            )
        text = f"{text} {said}"
    if "quasi_rct" in designs:
        randomised = setting(project, "quasi_rct_as", "rct") == "rct"
        said = (_("Quasi-randomised trials counted as randomised.") if randomised
                else _("Quasi-randomised trials counted as non-randomised."))
        text = f"{text} {said}"
    return Element(item=_ITEM, name=_("Where ratings start"), text=text)


def _thresholds(project: Project) -> Element:
    name = _("Thresholds with rationale")
    said = []
    for one in project.all(Outcome):
        if one.evidence == "not_reported":
            continue
        size = _size(project, one)
        if size:
            source = one.mid_source.strip().rstrip(".")
            said.append(_("{outcome}: {size} ({source})").format(
                outcome=one.label, size=size, source=source or _("source not stated")
            ))
    if not said:
        return not_stated(_ITEM, name, _("Not stated: no thresholds of importance were set."))
    return Element(item=_ITEM, name=name, text=_(
        "Certainty was rated against these thresholds: {thresholds}."
    ).format(thresholds="; ".join(said)))


def _size(project: Project, outcome: Outcome) -> str:
    if outcome.threshold_type == "null":
        return _("no effect as threshold")
    if outcome.threshold_type == "ranges":
        limits = [one for one in (outcome.t1, outcome.t2, outcome.t3) if one is not None]
        return _("ranges {limits}").format(
            limits=", ".join(numbers.plain_number(one) for one in limits)
        )
    if outcome.threshold_type == "decision" and outcome.decision is not None:
        return _("decision threshold {size}").format(size=numbers.plain_number(outcome.decision))
    if outcome.mid is None:
        return _without_one_mid(outcome)
    text = _("minimal important difference {mid}").format(mid=numbers.plain_number(outcome.mid))
    if of_events(synthesis_of(project, outcome).measure):
        text = _("{text} per 1000 people").format(text=text)
    elif outcome.unit.strip():
        text = f"{text} {outcome.unit.strip()}"
    if outcome.mid_harm is not None:
        text = _("{text}, for harm {harm}").format(
            text=text, harm=numbers.plain_number(outcome.mid_harm)
        )
    span = _span(outcome)
    return _("{text}, plausible {span}").format(text=text, span=span) if span else text


def _span(outcome: Outcome) -> str:
    if outcome.mid_low is None or outcome.mid_high is None:
        return ""
    return _("{low} to {high}").format(
        low=numbers.plain_number(outcome.mid_low), high=numbers.plain_number(outcome.mid_high))


def _without_one_mid(outcome: Outcome) -> str:
    """Return a MID that is a ratio or a span, '' where neither was declared."""
    if outcome.mid_relative is not None:
        return _("minimal important ratio {ratio}").format(
            ratio=numbers.plain_number(outcome.mid_relative))
    span = _span(outcome)
    return _("minimal important difference somewhere from {span}").format(
        span=span) if span else ""


def _decision_rules(project: Project) -> Element:
    words = {
        "always_low": _("counted as low"), "always_high": _("counted as high"),
        "low": _("counted as low"), "high": _("counted as high"),
        "show_both": _("shown both as low and as high, for the assessors to decide"),
    }
    chosen = setting(project, "some_concerns_as", "show_both")
    return Element(item=_ITEM, name=_("“Some concerns” in ratings"), text=_(
        "Studies with some concerns about risk of bias were {how}."
    ).format(how=words.get(chosen, chosen.replace("_", " "))))


def _adaptations(project: Project) -> Element:
    name = _("Adaptations and rules of the review")
    edited = [one for one in project.all(Setting) if one.id.startswith(CUTOFF)]
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
                         f"{known.get(one.id[len(CUTOFF):], one.id)}: {one.value}"
                         for one in edited))
    if rules:
        parts.append(_("The review had its own rules: {rules}").format(
            rules="; ".join(one.text or one.label for one in rules)
        ))
    return Element(item=_ITEM, name=name, text=". ".join(parts) + ".")


def _levels() -> Element:
    said = "; ".join(
        f"{_(one.label).lower()}: {_(one.meaning).rstrip('.')}"
        for one in LEVELS if one.code != NOT_RATED
    )
    return Element(item=_ITEM, name=_("Meaning of the levels"), text=_(
        "The levels mean: {levels}."
    ).format(levels=said))


def _shown() -> Element:
    return Element(item=_ITEM, name=_("How results are shown, phrases used"), text=_(
        "Results are shown in summary-of-findings tables with absolute effects, certainty and a "
        "statement for each outcome. Size and certainty decide the words of a statement "
        "(“probably” for moderate, “may” for low, “very uncertain” for very low certainty), after "
        "GRADE guidelines 26 (doi:10.1016/j.jclinepi.2019.10.014); edited statements are marked."
    ))
