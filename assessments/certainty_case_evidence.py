"""Turns the fields of a worked case into a body of evidence: studies, pooled numbers, totals.

Studies are a list of groups or columns of numbers. Where a case gives studies without a pooled
estimate they are pooled here, as a review does by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.certainty_case_fields import CaseProblem, Fields, as_triple, plain_key
from assessments.certainty_case_inputs import baselines_of, effect_of, measure_of, start_of
from assessments.certainty_case_pooling import (
    arm_columns,
    effect_of_arms,
    pool_studies,
    restricted,
    scaled,
)
from assessments.language import _
from gradecore.grade.evidence import (
    RATIO_MEASURES,
    DomainJudgement,
    Evidence,
    Gradient,
    PicoAnswer,
    PooledNumbers,
    SmallStudies,
    StatedSpread,
    StudyEvidence,
    Subgroups,
)

_ROB = {
    "low": "low", "l": "low", "some": "some", "some_concerns": "some", "unclear": "some",
    "moderate": "low", "high": "high", "h": "high", "serious": "high", "critical": "high",
    "open": "open", "none": "open", "": "open",
}  # fmt: skip
_COLUMNS: dict[str, tuple[str, ...]] = {
    "effect": ("y", "yi", "y_i", "effects"),
    "se": ("s", "si", "s_i", "sei", "ses"),
    "low": ("li", "l_i", "lows"),
    "high": ("ui", "u_i", "highs"),
    "weight": ("w", "wi", "w_i", "weights"),
    "common_weight": ("common_weight", "w_common", "weights_common"),
    "n": ("n", "ni", "n_i", "participants", "sizes"),
    "events_1": ("events_1", "ai", "events_intervention"),
    "events_2": ("events_2", "events_comparator", "events_control"),
    "n_1": ("n_1", "n1i", "n1"),
    "n_2": ("n_2", "n2i", "n2"),
    "follow_up": ("follow_up", "followup"),
}
_IN_GROUP: dict[str, tuple[str, ...]] = {
    "effect": ("effect", "estimate", "est"),
    "se": ("se",),
    "low": ("low", "l", "ci_low", "lower"),
    "high": ("high", "u", "ci_high", "upper"),
    "weight": ("weight", "share"),
}
"""Further names inside the group of one study, where they cannot mean the pooled effect."""
_NATURAL = ("rr", "or", "hr", "irr", "rom", "natural")


def evidence_of(case: Fields) -> Evidence:
    """Return the body of evidence of a case, with what it tells."""
    measure = measure_of(case)
    studies = _studies(case, measure)
    pooled = _pooled(case, measure)
    if pooled is None and len(studies) >= 2:
        studies, pooled = pool_studies(studies)
    kind = case.text("body_kind", "provenance", "row_type", "body") or ""
    kind = kind if kind in ("published", "narrative", "single", "pooled") else ""
    k = case.number("k", "n_studies", "number_of_studies")
    if not k and isinstance(case.find("studies"), int | float):
        k = case.number("studies")
    count = int(k) if k else len(studies) or None
    first, second = (
        case.number("events_1", "events_intervention"),
        case.number("events_2", "events_comparator", "events_control"),
    )
    return Evidence(
        kind=kind or ("single" if count == 1 else "pooled"),
        start_rule=start_of(case),
        measure=measure,
        pooled=pooled,
        spread=_stated_spread(case) if pooled is None else None,
        studies=studies,
        k=count,
        n=case.number("n", "n_total", "participants", "total_participants", "total_n"),
        events=_events(case),
        events_1=first,
        events_2=second,
        baselines=baselines_of(case),
        event_free=is_event_free(case),
        sd=case.number("sd", "sd_control", "sd_pooled"),
        per=int(case.number("per", "denominator") or 1000),
        without_high=restricted(case, measure, studies),
        gradient=_gradient(case, studies),
        intervention=str(case.find("intervention") or ""),
        outcome=str(case.find("outcome", "outcome_label") or ""),
        **_answers(case),
    )


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
                        "reported_event", "event", "report_as", "reports")
    if meaning is not None:
        free = ("survival", "free", "no_event")
        return meaning.startswith("event_free") or meaning in free
    return bool(case.flag("event_free"))


def _answers(case: Fields) -> dict[str, Any]:
    credibility = case.text("credibility", "iceman")
    interaction = case.number("p_interaction")
    groups: tuple[Subgroups, ...] = ()
    if credibility is not None or interaction is not None:
        groups = (Subgroups(name="subgroup", p_interaction=interaction, credibility=credibility),)
    missing = case.number("missing_studies", "registered_unpublished", "known_missing")
    search = case.find("search")
    return {
        "objective": case.flag("objective", "objective_outcome"),
        "surrogate": case.flag("surrogate"),
        "indirect_comparison": case.flag("indirect_comparison", "no_head_to_head"),
        "laboratory": case.flag("animals", "in_vitro", "laboratory", "animal"),
        "baseline_from_elsewhere": case.flag(
            "baseline_from_elsewhere", "baseline_elsewhere", "baseline_other_population",
            "baseline_external"),
        "early_small_positive": case.flag("early_small_positive", "early"),
        "visual_disagreement": case.flag("visual_disagreement", "inc_visual"),
        "directions": _directions(case),
        "pico": _pico(case),
        "target_follow_up": case.number("target_follow_up", "follow_up_target"),
        "subgroups": groups,
        "small_studies": SmallStudies(
            visual=case.text("visual", "funnel_visual"),
            p=case.number("p_asymmetry", "funnel_p", "p_funnel", "p_egger", "egger_p"),
        ),
        "missing_studies": None if missing is None else int(missing),
        "missing_participants": case.number("missing_participants", "participants_missing"),
        "search": tuple(
            (str(name), None if done is None else bool(done))
            for name, done in (search.items() if isinstance(search, Mapping) else ())
        ),
    }


def _gradient(case: Fields, studies: tuple[StudyEvidence, ...]) -> Gradient | None:
    """Return a slope as told, monotone classes as told, or the slope of the studies' doses."""
    slope = case.find("dose_slope", "slope")
    if slope is not None:
        point, low, high = as_triple(slope, "dose_slope")
        return Gradient(slope=point, low=low, high=high, monotone=case.flag("monotone"))
    listed = case.find("studies", "study")
    groups = listed if isinstance(listed, list) else []
    doses = case.numbers("dose", "doses") or [
        Fields(_as_group(one)).number("dose") for one in groups
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
    if not isinstance(given, Mapping):
        return ()
    return tuple(
        PicoAnswer(
            element=plain_key(name).replace("comparison", "comparator"),
            answer=None
            if value is None
            else plain_key(value.get("answer") if isinstance(value, Mapping) else value),
        )
        for name, value in given.items()
    )


def _pooled(case: Fields, measure: str) -> PooledNumbers | None:
    mu = case.find("mu")
    if mu is not None:
        found: tuple[float, float | None, float | None] | None = as_triple(mu, "mu")
        on_analysis = True
        if found is not None and found[1] is None:
            found = (found[0], case.number("l", "ci_low", "low"), case.number("u", "ci_high"))
    else:
        found = effect_of(case, measure)
        on_analysis = (case.text("scale") or "") in ("analysis", "log")
    if found is None:
        return None
    point, low, high = (scaled(one, measure, on_analysis) for one in found)
    se = case.number("pooled_se", "se_mu") or (None if case.find("studies") else case.number("se"))
    if point is None:
        return None
    if low is None or high is None:
        reach = 1.959963984540054 * se if se else 0.0
        low, high = point - reach, point + reach
    return replace(
        PooledNumbers(effect=point, low=low, high=high, se=se),
        **_heterogeneity(case, measure, on_analysis),
    )


def _stated_spread(case: Fields) -> StatedSpread | None:
    """Return heterogeneity that is told without an estimate, None if none is told."""
    found = _heterogeneity(case, "", True)
    stated = StatedSpread(**{name: found[name] for name in ("i2", "q", "q_p", "tau2")})
    return None if stated == StatedSpread() else stated


def _heterogeneity(case: Fields, measure: str, on_analysis: bool) -> dict[str, Any]:
    ends = case.numbers("pi", "prediction_interval", "prediction") or [
        case.number("pi_low", "prediction_low"),
        case.number("pi_high", "prediction_high"),
    ]
    low, high = (scaled(one, measure, on_analysis) for one in ends[-2:])
    i2 = case.number("i2", "i_squared")
    if i2 is not None and 0 < i2 < 1 and isinstance(case.find("i2"), float):
        i2 *= 100
    tau = case.number("tau")
    return {
        "prediction_low": low,
        "prediction_high": high,
        "i2": i2,
        "q_p": case.number("q_p", "p_q", "p_heterogeneity"),
        "q": case.number("q"),
        "tau2": tau * tau if tau is not None else case.number("tau2"),
    }


def _studies(case: Fields, measure: str) -> tuple[StudyEvidence, ...]:
    listed = case.find("studies", "study")
    if isinstance(listed, list):
        return tuple(_study(Fields(_as_group(one)), measure, n) for n, one in enumerate(listed, 1))
    columns = {name: _column(case, keys) for name, keys in _COLUMNS.items()}
    arms = arm_columns(case, measure)
    rob = case.find("rob", "risk_of_bias", "r", "rob_levels")
    rob = rob if isinstance(rob, list) else None
    known = {name: column for name, column in columns.items() if column is not None} | arms
    rows = max((len(column) for column in (*known.values(), rob or [])), default=0)
    if rows < 1 or not (rob or arms or "effect" in known or "weight" in known):
        return _by_level(case)
    if any(len(column) != rows for column in (*known.values(), rob or [None] * rows)):
        raise CaseProblem(_("The columns of the studies have different lengths."))
    return tuple(
        _study(
            Fields(
                {name: column[row] for name, column in known.items()}
                | ({"rob": rob[row]} if rob else {})
            ),
            measure,
            row + 1,
        )
        for row in range(rows)
    )


def _rob_domains(group: Fields) -> tuple[DomainJudgement, ...]:
    """Return the judgements of the domains of one study: name → level."""
    told = group.find("rob_domains", "domains", "domain_judgements")
    return tuple(
        DomainJudgement(
            name=str(name), level=_ROB.get(plain_key(level or ""), "open"),
            about_blinding=any(word in plain_key(name) for word in ("blind", "measurement")),
        )
        for name, level in (told.items() if isinstance(told, Mapping) else ())
    )


def _by_level(case: Fields) -> tuple[StudyEvidence, ...]:
    """Stand-ins where only the weight per level of risk of bias is told."""
    told = {level: case.number(f"w_{level}") for level in ("low", "some", "high", "open")}
    known = {level: share for level, share in told.items() if share is not None}
    if not known:
        return ()
    whole = 100.0 if sum(known.values()) > 1.5 else 1.0
    rest = whole - sum(known.values())
    if rest > 1e-9:
        level = "low" if set(known) == {"high"} else "open"
        known[level] = known.get(level, 0.0) + rest
    return tuple(
        StudyEvidence(id=level, rob=level, weight=share)
        for level, share in known.items()
        if share > 0
    )


def _as_group(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CaseProblem(_("Each study must be a group of named fields."))
    return value


def _column(case: Fields, keys: tuple[str, ...]) -> list[float | None] | None:
    value = case.numbers(*keys)
    return value if value is not None and len(value) > 1 else None


def _study(group: Fields, measure: str, number: int) -> StudyEvidence:
    named = group.find(*_NATURAL)
    if named is None and group.find(*_COLUMNS["effect"]) is None:
        # An effect that is not called y is as printed: on the natural scale.
        named = group.triple()
    natural = measure in RATIO_MEASURES and named is not None
    values: dict[str, Any] = {
        name: group.number(*keys, *_IN_GROUP.get(name, ())) for name, keys in _COLUMNS.items()
    }
    if natural:
        triple = named if isinstance(named, tuple) else as_triple(named, "effect")
        scaled = (scaled(one, measure, False) for one in triple)
        values["effect"], values["low"], values["high"] = scaled
    if values["effect"] is None and (computed := effect_of_arms(group, measure)) is not None:
        values["effect"], values["se"] = computed.estimate, computed.se
        values["low"], values["high"] = computed.ci_lower, computed.ci_upper
    weight = values["weight"]
    if weight is not None and weight < 0:
        raise CaseProblem(_("A weight cannot be negative."))
    level = group.text("rob", "risk_of_bias", "r") or ""
    if level not in _ROB:
        raise CaseProblem(_("“{level}” is no level of risk of bias.").format(level=level))
    indirect = group.find("indirect")
    return StudyEvidence(
        id=str(group.find("id", "label", "study") or number),
        label=str(group.find("label", "study", "id") or number),
        rob=_ROB[level],
        rob_original=level,
        rob_domains=_rob_domains(group),
        industry_funded=group.flag("industry", "industry_funded", "sponsored"),
        indirect=tuple(plain_key(one) for one in indirect) if isinstance(indirect, list) else None,
        **values,
    )
