"""Turns the review's data into the plain evidence that GRADE's facts are computed from.

Each kind of evidence (pooled, single, published, narrative) fills in what is known of it and
nothing more; the facts then say what they lack.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from assessments.assumed_risks import TYPED, AssumedRisk, assumed_risks, people_per
from assessments.bodies import Gathered, gathered, measure_of, results_in_analysis
from assessments.dose_response import gradient_of
from assessments.instruments_kept import instrument_of
from assessments.pooled_numbers import numbers_of as numbers_of
from assessments.pooled_numbers import totals_of, without
from assessments.published_evidence import evidence_of_published
from assessments.rating import MIXED, contributing_studies, nothing_found, start_rule_of
from assessments.review import (
    Comparison,
    Indirectness,
    Narrative,
    Outcome,
    PublishedEstimate,
    Result,
    Review,
    Setting,
    Study,
)
from assessments.small_study_evidence import by_the_other_model, small_studies_of
from assessments.store.project_file import Project
from assessments.study_risk_of_bias import StudyRisk, risks_for
from assessments.subgroup_credibility import subgroups_of
from assessments.summary_of_findings.numbers import mean_decimals
from gradecore.grade.certainty import CASE_SERIES
from gradecore.grade.evidence import (
    BaselineRisk,
    DomainJudgement,
    Evidence,
    PicoAnswer,
    StudyEvidence,
)
from gradecore.grade.vocabulary import NOT_FOUND, NOT_REPORTED, NRS, PICO
from gradecore.results import PooledEstimate

_FINEST = 9
"""The most decimals that a difference in means is shown with."""
SEARCHED = ("registries", "regulators", "grey_literature", "languages", "recent")
"""What the team says about its search (settings ``search/<name>``: 'yes' or 'no')."""

Answers = Mapping[tuple[str, str], str]
"""(domain, question) → what one assessor answered to a prompt."""

_COUNTING = frozenset({
    *(("indirectness", f"pico/{element}") for element in PICO),
    ("inconsistency", "INC-1"), ("publication_bias", "PUB-3"), ("publication_bias", "PUB-7"),
    ("opposing_confounding", "variant"), ("opposing_confounding", "named"),
})


def evidence_of(project: Project, outcome: Outcome, answers: Answers | None = None) -> Evidence:
    """Return the evidence of an outcome; ``answers`` are one assessor's own, where they count."""
    base = _common(project, outcome)
    if outcome.evidence in ("pooled", "single"):
        found = _from_results(project, outcome, base)
    elif outcome.evidence == "published":
        found = evidence_of_published(project.one(PublishedEstimate, outcome.id), base)
    elif outcome.evidence == "narrative":
        found = _from_narrative(project, outcome, base)
    else:
        gone = nothing_found(project, outcome)
        found = replace(base, kind=NOT_FOUND if gone else NOT_REPORTED)
    # a hazard ratio alone is put through another formula where those free of the event count
    found = replace(
        found, event_free=found.event_free and found.measure == "HR", decimals=_fine_enough(found)
    )
    return with_answers(project, outcome, found, answers or {})


def _fine_enough(found: Evidence) -> int:
    """Return the decimals of the table, or more where they would show no width of the interval.

    Differences of thousandths of a unit have an interval, too; it is shown to two digits.
    """
    pooled = found.pooled
    if pooled is None or found.of_events or found.ratio:
        return found.decimals
    width = pooled.high - pooled.low
    if width <= 0 or width >= 2 * 10.0**-found.decimals:
        return found.decimals
    return min(_FINEST, 1 - math.floor(math.log10(width)))


def _common(project: Project, outcome: Outcome) -> Evidence:
    comparison = project.one(Comparison, outcome.comparison)
    rule = start_rule_of(project, outcome)
    risks = _risks(project, outcome)  # as the table has them: typed, else from the studies
    return Evidence(
        start_rule=NRS if rule in (None, MIXED) else str(rule),
        baselines=tuple(
            BaselineRisk(label=one.label, risk=one.risk, source=one.source) for one in risks
        ),
        event_free=outcome.event_meaning == "event_free",
        sd=_sd_of(project, outcome),
        per=people_per(outcome, risks),
        decimals=mean_decimals(outcome.scale_min, outcome.scale_max),
        intervention=comparison.intervention if comparison else "",
        outcome=outcome.label,
        objective=_yes(outcome.objective),
        surrogate=_yes(outcome.surrogate),
        indirect_comparison=_yes(outcome.indirect_comparison),
        laboratory=_yes(outcome.laboratory),
        case_series=any(
            one.design == CASE_SERIES for one in contributing_studies(project, outcome)
        ),
        target_follow_up=outcome.follow_up,
        baseline_from_elsewhere=_from_elsewhere(risks),
        missing_studies=outcome.missing_studies,
        missing_participants=outcome.missing_participants,
        search=tuple((name, _searched(project, name)) for name in SEARCHED),
    )


def _sd_of(project: Project, outcome: Outcome) -> float | None:
    """Return the SD of the outcome: declared, else pooled over the comparator arms.

    The pooled SD is √(Σ (n − 1) s² / Σ (n − 1)), for differences in means from arm data alone.
    """
    if outcome.reexpress_sd is not None or measure_of(project, outcome) != "MD":
        return outcome.reexpress_sd
    arms = [
        (one.total_2 - 1, one.sd_2)
        for one in results_in_analysis(project, outcome)
        if one.sd_2 is not None and one.total_2 is not None and one.total_2 > 1
    ]
    degrees = sum(df for df, _sd in arms)
    if not arms or not degrees:
        return None
    return math.sqrt(sum(df * sd**2 for df, sd in arms) / degrees) or None


def _yes(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _searched(project: Project, name: str) -> bool | None:
    found = project.one(Setting, f"search/{name}")
    return None if found is None or not found.value else found.value == "yes"


def _from_elsewhere(risks: tuple[AssumedRisk, ...]) -> bool | None:
    """Return whether an assumed risk was typed by the team, not taken from the studies."""
    return any(one.method == TYPED for one in risks) if risks else None


def _risks(project: Project, outcome: Outcome) -> tuple[AssumedRisk, ...]:
    return assumed_risks(
        project, outcome, results_in_analysis(project, outcome),
        rate=measure_of(project, outcome) == "IRR",
    )


def _from_results(project: Project, outcome: Outcome, base: Evidence) -> Evidence:
    body = gathered(project, outcome)
    kind = "single" if outcome.evidence == "single" else "pooled"
    if body.pooled is None or body.plan is None:
        return replace(base, kind=kind, measure=measure_of(project, outcome))
    risks = risks_for(project, outcome)
    other = by_the_other_model(body)
    totals = totals_of(project, body)
    return replace(
        base,
        kind=kind,
        measure=body.plan.measure,
        pooled=numbers_of(body.pooled),
        studies=_studies(project, body, risks, other),
        k=body.pooled.k,
        n=totals.participants,
        events_1=totals.events_1,
        events_2=totals.events_2,
        without_high=without(body, ("high",), ()),
        without_high_and_some=without(body, ("high", "some"), _always_low(risks)),
        small_studies=small_studies_of(project, body, other),
        subgroups=subgroups_of(project, outcome.id, body.pooled),
        gradient=gradient_of(project, body),
    )


def _studies(
    project: Project, body: Gathered, risks: dict[str, StudyRisk], other: PooledEstimate | None
) -> tuple[StudyEvidence, ...]:
    assert body.pooled is not None
    assert body.plan is not None
    results = {one.id: one for one in project.all(Result, outcome=body.outcome.id)}
    studies = {one.id: one for one in project.all(Study)}
    common = _common_weights(other)
    found = []
    for effect in body.pooled.studies:
        if not effect.estimable:
            continue
        result = results[effect.key]
        study = studies[result.study]
        risk = risks[effect.key]
        found.append(
            StudyEvidence(
                id=effect.key, label=effect.label, effect=effect.estimate, se=effect.se,
                low=effect.ci_lower, high=effect.ci_upper, weight=effect.weight / 100.0,
                common_weight=common.get(effect.key),
                n_1=result.total_1, n_2=result.total_2,
                events_1=result.events_1, events_2=result.events_2,
                rob=risk.folded or "open", rob_original=_original(project, risk),
                some_is_low=_some_is_low(risk),
                rob_domains=_domains(project, risk),
                indirect=_indirect(project, study.id),
                follow_up=result.follow_up,
                industry_funded={"yes": True, "no": False}.get(study.industry_funded or ""),
            )
        )
    return tuple(found)


def _common_weights(other: PooledEstimate | None) -> dict[str, float]:
    """Return result id → weight under the common-effect model where another one was chosen."""
    if other is None or other.plan.model != "common":
        return {}
    return {one.key: one.weight / 100.0 for one in other.studies if one.estimable}


def _original(project: Project, risk: StudyRisk) -> str:
    if risk.level is None:
        return ""
    overall = instrument_of(project, risk.instrument).overall
    labels = {one.code: one.label for one in overall.levels} if overall else {}
    return labels.get(risk.level, risk.level)


def _some_is_low(risk: StudyRisk) -> bool:
    """Return whether the middle level never counts as high: “moderate” of ROBINS-I (8.1)."""
    return risk.instrument.startswith("robins-i")


def _domains(project: Project, risk: StudyRisk) -> tuple[DomainJudgement, ...]:
    titles = {one.id: one.title for one in instrument_of(project, risk.instrument).domains}
    found = []
    for domain, _code, folded in risk.domains:
        if domain not in titles:
            continue
        title = titles[domain]
        about = any(word in title.casefold() for word in ("blinding", "measurement"))
        found.append(
            DomainJudgement(name=title, level=folded or "open", about_blinding=about)
        )
    return tuple(found)


def _indirect(project: Project, study: str) -> tuple[str, ...] | None:
    looked = project.one(Setting, "indirectness_flags")
    flags = tuple(one.element for one in project.all(Indirectness, study=study))
    return flags if flags or looked is not None else None


def _always_low(risks: Mapping[str, StudyRisk]) -> tuple[str, ...]:
    return tuple(
        key for key, one in risks.items() if one.folded == "some" and _some_is_low(one)
    )


def _from_narrative(project: Project, outcome: Outcome, base: Evidence) -> Evidence:
    known = project.one(Narrative, outcome.id)
    body = gathered(project, outcome)
    studies: tuple[StudyEvidence, ...] = ()
    if body.pooled is not None:
        studies = _studies(
            project, body, risks_for(project, outcome), by_the_other_model(body))
    return replace(
        base, kind="narrative", studies=studies,
        measure=measure_of(project, outcome),
        k=known.studies if known else None, n=known.participants if known else None,
        events=known.events if known else None,
        directions=_directions(known),
    )


def _directions(known: Narrative | None) -> tuple[int, int, int] | None:
    """Return how many studies favour intervention, neither and comparator; None if not said."""
    if known is None:
        return None
    counts = (known.favours_intervention, known.no_difference, known.favours_comparison)
    if all(one is None for one in counts):
        return None
    return (counts[0] or 0, counts[1] or 0, counts[2] or 0)


def answers_that_count(answers: Answers) -> Answers:
    """Return those of an assessor's answers that facts depend on."""
    return {place: given for place, given in answers.items() if place in _COUNTING}


def with_answers(
    project: Project, outcome: Outcome, evidence: Evidence, answers: Answers
) -> Evidence:
    """Return the evidence with what one assessor answered about it in place of other answers."""
    review = project.one(Review, "review") or Review()
    wanted = {
        "population": review.population, "intervention": review.intervention,
        "comparator": review.comparison, "outcome": outcome.label,
    }
    disagreement = answers.get(("inconsistency", "INC-1"))
    return replace(
        evidence,
        pico=tuple(
            PicoAnswer(
                element=element, target=wanted[element],
                answer=answers.get(("indirectness", f"pico/{element}")),
            )
            for element in PICO
        ),
        visual_disagreement=None if disagreement is None else disagreement == "yes",
        small_studies=replace(
            evidence.small_studies, visual=answers.get(("publication_bias", "PUB-3"))
        ),
        early_small_positive=_flag(answers.get(("publication_bias", "PUB-7"))),
        confounding=answers.get(("opposing_confounding", "variant")),
        confounders=answers.get(("opposing_confounding", "named"), ""),
    )


def _flag(answer: str | None) -> bool | None:
    return None if answer is None else answer == "yes"
