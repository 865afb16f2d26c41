"""The unrounded numbers of an outcome: pooled here, taken from a publication, or only counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assessments.language import _
from assessments.review import Narrative, Outcome, PublishedEstimate, Result, Study
from assessments.store.project_file import Project
from assessments.summary_of_findings.table import Synthesis
from gradecore.absolute_effects import Interval
from gradecore.results import PooledEstimate


def synthesis_of(project: Project, outcome: Outcome) -> Synthesis:
    """Return the numbers of an outcome by its kind of evidence."""
    if outcome.evidence == "published":
        return _published(project, outcome)
    if outcome.evidence == "narrative":
        return _narrative(project, outcome)
    if outcome.evidence in ("pooled", "single"):
        return _calculated(project, outcome)
    return Synthesis()


def _published(project: Project, outcome: Outcome) -> Synthesis:
    found = project.one(PublishedEstimate, outcome.id)
    if found is None:
        return Synthesis(provenance="published", problems=(_("No estimate has been entered."),))
    interval = None
    if None not in (found.estimate, found.ci_low, found.ci_high):
        interval = Interval(
            estimate=float(found.estimate or 0), low=float(found.ci_low or 0),
            high=float(found.ci_high or 0),
        )
    return Synthesis(
        measure=found.measure,
        interval=interval,
        level=found.ci_level,
        studies=found.studies,
        participants=found.participants,
        i2=found.i2,
        tau2=found.tau2,
        provenance="published",
        citation=found.source.strip(),
        problems=() if interval else (_("The estimate or a limit of it is missing."),),
    )


def _narrative(project: Project, outcome: Outcome) -> Synthesis:
    found = project.one(Narrative, outcome.id)
    if found is None:
        return Synthesis(provenance="narrative", problems=(_("No synthesis has been written."),))
    return Synthesis(
        studies=found.studies,
        participants=found.participants,
        provenance="narrative",
        citation=found.source.strip(),
        problems=() if found.text.strip() else (_("No synthesis has been written."),),
    )


def _calculated(project: Project, outcome: Outcome) -> Synthesis:
    from assessments.bodies import gathered, results_in_analysis
    from assessments.pooled_numbers import totals_of

    found = gathered(project, outcome)
    results = results_in_analysis(project, outcome)
    left_out = tuple(_left_out(project, outcome, {one.id for one in results}, found.body.studies))
    known = Synthesis(
        provenance="calculated",
        studies=len({one.study for one in results}) or None,
        participants=_whole(n for one in results for n in (one.total_1, one.total_2)),
        problems=tuple(str(one) for one in found.problems),
        left_out=left_out,
    )
    if found.plan is None:
        return replace(
            known, problems=(_("How the results are pooled has not been chosen."),)
        )
    known = replace(known, measure=found.plan.measure)
    if found.pooled is None or found.pooled.shown is None:
        return replace(known, problems=known.problems or (_("No study gives an estimate."),))
    totals = totals_of(project, found)
    return replace(
        _from_pooled(known, found.pooled),
        participants=totals.participants,
        participants_1=totals.participants_1,
        participants_2=totals.participants_2,
        known_people=totals.known_people,
        telling=totals.telling,
        events_1=totals.events_1,
        events_2=totals.events_2,
    )


def _left_out(
    project: Project, outcome: Outcome, used: set[str], rows: Iterable[object]
) -> Iterable[str]:
    labels = {one.id: one.label for one in project.all(Study)}
    reasons = {
        getattr(row, "key", ""): getattr(row, "left_out_because", "") or "" for row in rows
    }
    for result in project.all(Result, outcome=outcome.id):
        if result.id not in used:
            reason = reasons.get(result.id, "").rstrip(".")
            name = labels[result.study]
            yield f"{name} ({reason})" if reason else name


def _from_pooled(known: Synthesis, pooled: PooledEstimate) -> Synthesis:
    shown = pooled.shown
    if shown is None:
        return known
    spread = pooled.heterogeneity
    wald_only = pooled.k < 2
    numbers = replace(
        known,
        interval=Interval(
            estimate=shown.natural_estimate, low=shown.natural_ci_lower,
            high=shown.natural_ci_upper,
        ),
        level=shown.level,
        se=shown.se,
        p=shown.p,
        model="" if wald_only else pooled.plan.model,
        ci_method=shown.method,
        not_estimable=sum(not one.estimable for one in pooled.studies),
    )
    if pooled.prediction is not None:
        numbers = replace(
            numbers, prediction=(pooled.prediction.natural_lower, pooled.prediction.natural_upper)
        )
    if spread is None or wald_only:
        return numbers
    return replace(
        numbers, tau2_method=spread.estimator or "", i2=spread.i2, i2_low=spread.i2_lower,
        i2_high=spread.i2_upper, tau2=spread.tau2, q=spread.q, q_df=spread.df,
    )


def _whole(numbers: Iterable[float | None]) -> float | None:
    """Return the sum, None unless every number is known."""
    known = list(numbers)
    told = [one for one in known if one is not None]
    return sum(told) if told and len(told) == len(known) else None
