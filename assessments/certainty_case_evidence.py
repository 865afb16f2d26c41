"""Turns the fields of a worked case into a body of evidence: studies, pooled numbers, totals.

Studies are a list of groups or columns of numbers. Where a case gives studies without a pooled
estimate they are pooled here, as a review does by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_arms import arm, without_parts
from assessments.certainty_case_baselines import SURVIVAL, baselines_of
from assessments.certainty_case_estimate import pooled_of, stated_spread
from assessments.certainty_case_fields import Fields, as_triple, plain_key
from assessments.certainty_case_funnel import asymmetry_p
from assessments.certainty_case_inputs import measure_of, start_of
from assessments.certainty_case_pooling import pool_studies, restricted, scaled
from assessments.certainty_case_studies import as_group, studies_of
from gradecore.grade.evidence import (
    ANSWERS,
    Evidence,
    Gradient,
    PicoAnswer,
    SmallStudies,
    StudyEvidence,
    Subgroups,
)
from gradecore.grade.vocabulary import PICO

_TOTALS = ("n", "n_total", "participants", "total_participants", "total_n", "n_participants",
           "sample_size", "n_analysed")
SD_NAMES = ("sd", "sd_control", "sd_pooled", "pooled_sd", "control_sd", "sd_familiar")


def evidence_of(case: Fields) -> Evidence:
    """Return the body of evidence of a case, with what it tells."""
    measure = measure_of(case)
    studies = studies_of(case, measure)
    pooled = pooled_of(case, measure)
    kind = kind_of(case)
    if pooled is None and len(studies) >= 2 and kind != "narrative":
        studies, pooled = pool_studies(case, studies)
    k = case.number("k", "n_studies", "number_of_studies")
    if not k and isinstance(case.find("studies"), int | float):
        k = case.number("studies")
    if not k and case.flag("single_study"):
        k = 1.0
    count = int(k) if k else len(studies) or None
    totals = without_parts(case)
    (first, size_1), (second, size_2) = arm(case, 0), arm(case, 1)
    told = None if isinstance(totals.find(*_TOTALS), list) else totals.number(*_TOTALS)
    both = size_1 + size_2 if size_1 is not None and size_2 is not None else None
    return Evidence(
        kind=kind or ("single" if count == 1 else "pooled"),
        start_rule=start_of(case),
        measure=measure,
        pooled=pooled,
        spread=stated_spread(case) if pooled is None else None,
        studies=studies,
        k=count,
        n=told if told is not None else both,
        events=_events(totals),
        events_1=first,
        events_2=second,
        baselines=baselines_of(case),
        event_free=is_event_free(case),
        sd=case.number(*SD_NAMES),
        per=int(case.number("per", "denominator") or 1000),
        without_high=restricted(case, measure, studies),
        gradient=_gradient(case, studies),
        intervention=str(case.find("intervention") or ""),
        outcome=str(case.find("outcome", "outcome_label") or ""),
        **(_answers(case) | {"small_studies": _small_studies(case, measure, studies)}),
    )


def kind_of(case: Fields) -> str:
    """Return the kind of body that a case names, '' where it follows from the studies."""
    named = map(case.find, ("body_kind", "provenance", "row_type", "body"))
    kind = next((plain_key(one) for one in named if isinstance(one, str)), "")
    kind = {"published_pooled": "published", "single_study": "single"}.get(kind, kind)
    return kind if kind in ("published", "narrative", "single", "pooled") else ""


def _events(case: Fields) -> float | None:
    """Return all events; a word such as “undesirable” tells their direction instead."""
    value = case.find("e", "total_events", "events_total", "events")
    return None if isinstance(value, str | Mapping | list) else case.number(
        "e", "total_events", "events_total", "events")


def is_event_free(case: Fields) -> bool:
    """Return whether the effect is reported as people who remain free of the event."""
    measure = case.text("measure", "effect_measure") or ""
    if measure.startswith("hr_event_free"):
        return True
    meaning = case.text("event_meaning", "event_definition", "hr_event_definition", "hr_event",
                        "hr_definition", "hr_of", "hr_for", "reported_event", "event",
                        "report_as", "reports", "report")
    if meaning is not None:
        free = ("survival", "free", "no_event")
        return meaning.startswith("event_free") or meaning in free
    told = case.flag("event_free", "event_free_survival")
    # A baseline that is told as survival is read as the effect is: people who remain free.
    return bool(told) if told is not None else case.find(*SURVIVAL) is not None


def _answers(case: Fields) -> dict[str, Any]:
    studies, people = _missing(case)
    search = case.find("search")
    return {
        "objective": case.flag("objective", "objective_outcome"),
        "surrogate": case.flag("surrogate"),
        "indirect_comparison": _apart(case),
        "laboratory": case.flag("animals", "in_vitro", "laboratory", "animal"),
        "baseline_from_elsewhere": _elsewhere(case),
        **_confounding(case),
        "early_small_positive": case.flag("early_small_positive", "early"),
        "visual_disagreement": case.flag("visual_disagreement", "inc_visual"),
        "directions": _directions(case),
        "pico": _pico(case),
        "target_follow_up": case.number(
            "target_follow_up", "target_followup", "follow_up_target"),
        "subgroups": _subgroups(case),
        "missing_studies": None if studies is None else int(studies),
        "missing_participants": people,
        "search": tuple(
            (str(name), Fields({"done": done}).flag("done"))
            for name, done in (search.items() if isinstance(search, Mapping) else ())
        ),
    }


def _missing(case: Fields) -> tuple[float | None, float | None]:
    """Return how many eligible studies have no usable results, and how many people they had."""
    names = ("missing", "missing_results", "known_missing_results")
    listed = case.find(*names)
    if isinstance(listed, list):
        sizes = [Fields(as_group(one)).number("n", "participants", "people") for one in listed]
        known = [one for one in sizes if one is not None]
        return float(len(listed)), (sum(known) if len(known) == len(sizes) else None)
    group = case.group(*names)
    if group is not None:
        return (group.number("studies", "count", "n_studies", "k"),
                group.number("participants", "n", "people"))
    return (case.number("missing_studies", "registered_unpublished", "known_missing"),
            case.number("missing_participants", "participants_missing"))


def _apart(case: Fields) -> bool | None:
    """Return whether the comparison is indirect; “head to head” says the reverse."""
    told = case.flag("indirect_comparison", "no_head_to_head")
    if told is None and isinstance(case.find("indirect"), bool):
        told = case.flag("indirect")
    direct = case.flag("head_to_head", "direct_comparison")
    return told if told is not None or direct is None else not direct


def _subgroups(case: Fields) -> tuple[Subgroups, ...]:
    """Return the subgroups with their credibility: a list of groups, or fields of the case."""
    listed = case.find("subgroups", "effect_modifiers")
    groups = [Fields(one) for one in listed if isinstance(one, Mapping)] if isinstance(
        listed, list) else [case.group("subgroup", "subgroups") or case]
    return tuple(
        Subgroups(
            name=str(one.find("name", "label") or "subgroup"),
            p_interaction=one.number("p_interaction", "p"),
            credibility=one.text("credibility", "iceman"),
        )
        for one in groups
        if one.find("credibility", "iceman", "p_interaction") is not None
    )


def _small_studies(
    case: Fields, measure: str, studies: tuple[StudyEvidence, ...]
) -> SmallStudies:
    """Return what is told of the funnel; the test of the studies where no P value is told."""
    told = case.number("p_asymmetry", "asymmetry_p", "funnel_p", "p_funnel", "p_egger", "egger_p")
    return SmallStudies(
        visual=case.text("visual", "funnel_visual", "funnel"),
        p=asymmetry_p(measure, studies) if told is None else told,
        estimates=_sensitivity(case),
    )


def _sensitivity(case: Fields) -> tuple[tuple[str, float], ...]:
    """Return estimates of other methods on the analysis scale: name → estimate."""
    told = case.find("sensitivity", "sensitivity_estimates")
    measure = measure_of(case)
    return tuple(
        (str(name), number)
        for name, value in (told.items() if isinstance(told, Mapping) else ())
        if isinstance(value, int | float)
        and (number := scaled(float(value), measure, False)) is not None
    )


def _gradient(case: Fields, studies: tuple[StudyEvidence, ...]) -> Gradient | None:
    """Return a slope as told, monotone classes as told, or the slope of the studies' doses."""
    told = case.group("dose_response", "dose_response_data", "gradient")
    if told is not None and told.find("slope", "estimate") is not None:
        group = Fields({**told.table, "estimate": told.find("slope", "estimate")}).triple()
        if group is not None and group[1] is not None:
            point, low, high = group
            return Gradient(slope=point, low=low, high=high, monotone=told.flag("monotone"))
    slope = case.find("dose_slope", "slope")
    if slope is not None:
        point, low, high = as_triple(slope, "dose_slope")
        low, high = (case.ends("ci", "slope_ci") or (low, high)) if low is None else (low, high)
        return Gradient(slope=point, low=low, high=high, monotone=case.flag("monotone"))
    listed = case.find("studies", "study")
    groups = listed if isinstance(listed, list) else []
    doses = case.numbers("dose", "doses") or [
        Fields(as_group(one)).number("dose") for one in groups
    ]
    points = [
        (dose, study.effect, study.se**2)
        for dose, study in zip(doses, studies, strict=False)
        if dose is not None and study.effect is not None and study.se
    ]
    if points:
        from assessments.dose_response import gradient_of_points

        return gradient_of_points(points, str(case.find("dose_unit") or ""))
    monotone = case.flag("monotone", "monotone_categories")
    return None if monotone is None else Gradient(monotone=monotone)


def _elsewhere(case: Fields) -> bool | None:
    """Return whether the baseline risk comes from another population than the effect."""
    baseline = case.group("baseline", "baseline_risk")
    inside = None if baseline is None else _elsewhere(baseline)
    if inside is not None:
        return inside
    told = case.flag("baseline_from_elsewhere", "baseline_elsewhere", "baseline_other_population",
                     "baseline_external", "baseline_from_other_population",
                     "baseline_from_another_population")
    if told is not None:
        return told
    same = case.flag("same_population", "baseline_same_population")
    return None if same is None else not same


def _confounding(case: Fields) -> dict[str, Any]:
    """Return what was said about opposing confounding, {} if nothing was."""
    group = case.group("opposing_confounding", "confounding")
    words = group.text("variant", "kind") if group is not None else case.text(
        "confounding", "confounding_variant", "opposing_confounding")
    if words is None:
        return {}
    if not any(one in words for one in ("spurious", "create", "none", "reduc", "shrink", "mask")):
        return {}
    spurious = any(one in words for one in ("spurious", "create", "none"))
    named = group.find("text", "confounders", "named") if group is not None else case.find(
        "confounders")
    return {"confounding": "spurious" if spurious else "would_reduce",
            "confounders": str(named or "")}


def _directions(case: Fields) -> tuple[int, int, int] | None:
    """Return how many effects favour the intervention, neither and the comparator."""
    group = case.find("directions", "direction_counts")
    if isinstance(group, list) and len(group) == 3:
        return (int(group[0]), int(group[1]), int(group[2]))
    if not isinstance(group, Mapping):
        return None
    told = Fields(group)
    names = (("favours_intervention", "intervention", "benefit"),
             ("no_difference", "neither", "none"), ("favours_comparator", "comparator", "harm"))
    first, second, third = (int(told.number(*one) or 0) for one in names)
    return first, second, third


def _pico(case: Fields) -> tuple[PicoAnswer, ...]:
    given = case.find("pico", "pico_grid")
    if isinstance(given, list):
        rows = [Fields(as_group(one)) for one in given]
        given = {str(row.find("element", "name", "id") or ""): row.find("answer", "judgement")
                 for row in rows}
    if not isinstance(given, Mapping):
        told = {element: case.find(element) for element in PICO}
        given = {name: one for name, one in told.items()
                 if isinstance(one, str) and plain_key(one) in ANSWERS}
    return tuple(
        PicoAnswer(
            element=plain_key(name).replace("comparison", "comparator"),
            answer=None
            if value is None
            else plain_key(value.get("answer") if isinstance(value, Mapping) else value),
        )
        for name, value in given.items()
    )
