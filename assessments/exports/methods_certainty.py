"""The paragraph on the certainty of the evidence: PRISMA 2020, item 15."""

from __future__ import annotations

from assessments.exports import methods_thresholds
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
from assessments.language import _
from assessments.reasons_to_rate_up import offered, settled_but_not_offered
from assessments.review import Outcome, Study
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings.overall import is_shown
from gradecore.grade.vocabulary import (
    CRITICAL_FROM,
    LEVELS,
    NOT_RATED,
    UPGRADE_LABELS,
    UPGRADES,
)

_ITEM = "15"


def elements(project: Project) -> tuple[Element, ...]:
    """Return the elements in the order in which they are read."""
    if not instruments_used(project, grade=True):
        return (
            not_stated(_ITEM, _("System and version"),
                       _("Not done: the certainty of the evidence has not been rated.")),
        )
    found = [
        _system(project), _factors(project), _start(project),
        methods_thresholds.thresholds(project), methods_thresholds.conventions(project),
        methods_thresholds.adaptations(project),
    ]
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
    return (*found, _levels(), *_overall(project), _shown(project))


def cutoffs(project: Project) -> tuple[Element, ...]:
    """Return every cut-off of the prompts, () where nobody has rated anything."""
    if not instruments_used(project, grade=True):
        return ()
    return methods_thresholds.cutoffs(project)


def _system(project: Project) -> Element:
    chosen = setting(project, "framework", "core")
    known = {one.id: one for one in grade_defaults().frameworks}
    framework = known.get(chosen)
    words = framework.name if framework is not None else chosen
    source = f" ({framework.source})" if framework is not None and framework.source else ""
    return Element(item=_ITEM, name=_("System and version"), text=_(
        "The certainty of the evidence was rated with GRADE, following {framework}{source}."
    ).format(framework=words, source=source))


def _factors(project: Project) -> Element:
    if offered(project) == UPGRADES:
        text = _(
            "Five domains could lower the certainty: risk of bias, inconsistency, indirectness, "
            "imprecision and publication bias; a large effect, a dose-response gradient and "
            "opposing plausible confounding could raise it."
        )
    else:
        text = _(
            "Five domains could lower the certainty: risk of bias, inconsistency, indirectness, "
            "imprecision and publication bias; a large effect could raise it. By decision of the "
            "review team, a dose-response gradient and opposing plausible confounding were no "
            "reasons to rate up, since Core GRADE 4 (doi:10.1136/bmj-2024-083864) names large "
            "effects only."
        )
    explained = _(
        "Every step needed a written explanation, which stands below the summary-of-findings table."
    )
    parts = (text, _rated_up_all_the_same(project), explained)
    return Element(item=_ITEM, name=_("Factors and criteria"),
                   text=" ".join(one for one in parts if one))


def _rated_up_all_the_same(project: Project) -> str:
    """Return which settled ratings rest on a reason that is not offered, '' where none does."""
    found = settled_but_not_offered(project)
    if not found:
        return ""
    said = "; ".join(
        f"{outcome.label} ({', '.join(_(UPGRADE_LABELS[name]).casefold() for name in names)})"
        for outcome, names in found
    )
    return _("Rated up for such a reason all the same: {outcomes}.").format(outcomes=said)


def _start(project: Project) -> Element:
    text = _("Bodies of randomised trials started at high certainty.")
    designs = {one.design or "rct" for one in project.all(Study, status="included")}
    if designs & {"nrs", "cba", "its", "case_series"}:
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


def _levels() -> Element:
    said = "; ".join(
        f"{_(one.label).lower()}: {_(one.meaning).rstrip('.')}"
        for one in LEVELS if one.code != NOT_RATED
    )
    return Element(item=_ITEM, name=_("Meaning of the levels"), text=_(
        "The levels mean: {levels}."
    ).format(levels=said))


def _overall(project: Project) -> tuple[Element, ...]:
    """Return how an overall certainty was formed, () where the team wanted none."""
    if not is_shown(project):
        return ()
    return (Element(item=_ITEM, name=_("Overall certainty across outcomes"), text=_(
        "For each comparison an overall certainty is given: the lowest level among the outcomes "
        "that the team had marked critical (importance {n} to 9), after GRADE guidelines 11 "
        "(doi:10.1016/j.jclinepi.2012.01.006). It is given only where the certainty of every "
        "critical outcome that was reported had been settled."
    ).format(n=CRITICAL_FROM)),)


def _shown(project: Project) -> Element:
    in_words = ""
    if any(one.evidence == "narrative" for one in project.all(Outcome)):
        in_words = " " + _(
            "Where effects were not pooled, the team wrote what happens, and the certainty chose "
            "the words around it."
        )
    return Element(item=_ITEM, name=_("How results are shown, phrases used"), text=_(
        "Results are shown in summary-of-findings tables with absolute effects, certainty and a "
        "statement for each outcome. Size and certainty decide the words of a statement "
        "(“probably” for moderate, “may” for low, “very uncertain” for very low certainty), after "
        "GRADE guidelines 26 (doi:10.1016/j.jclinepi.2019.10.014); edited statements are marked."
    ) + in_words)
