"""Every analysis of a review as JSON, for people who script.

One object per analysis: outcome, measure, plan, result on both scales, heterogeneity, studies with
their weights, subgroups, notes and fingerprint. The keys are stable.
"""

from __future__ import annotations

from typing import Any

from assessments.plain_json import plain
from gradecore.measures import MEASURES
from gradecore.notes import Note
from gradecore.results import EffectInterval, PooledEstimate


def pooled_as_json(pooled: PooledEstimate) -> dict[str, Any]:
    """Return a pooled estimate with all its statistics, weights and notes."""
    measure = MEASURES[pooled.measure]
    answer: dict[str, Any] = {
        "measure": {
            "code": measure.code,
            "name": measure.name,
            "scale": measure.scale.code,
            "null": measure.null,
        },
        "plan": plain(pooled.plan),
        "overrides": dict(pooled.plan.overrides),
        **_numbers(pooled),
        "subgroups": [
            {"name": part.name, "weight": part.weight, **_numbers(part.pooled)}
            for part in pooled.subgroups
        ],
        "between_subgroups": plain(pooled.between_subgroups),
        "fingerprint": pooled.fingerprint,
        "engine_version": pooled.engine_version,
    }
    return answer


def _numbers(pooled: PooledEstimate) -> dict[str, Any]:
    totals = pooled.totals
    return {
        "k": pooled.k,
        "shown": _interval(pooled.shown),
        "wald": _interval(pooled.wald),
        "hksj": _interval(pooled.hksj),
        "uncorrected": _interval(pooled.uncorrected),
        "heterogeneity": plain(pooled.heterogeneity),
        "prediction": plain(pooled.prediction),
        "predictions": plain(pooled.predictions),
        "totals": {
            **plain(totals),
            "participants": totals.participants,
            "events": totals.events,
        },
        "studies": plain(pooled.studies),
        "notes": [_note(note) for note in pooled.notes],
    }


def _interval(interval: EffectInterval | None) -> Any:
    return plain(interval)


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "sentence": note.sentence, "facts": dict(note.facts)}


def analyses_as_json(project: Any) -> list[dict[str, Any]]:
    """Return every analysis of an open review, with the problems of those without a result.

    An outcome with numbers of studies whose measure or model is not chosen yet has a problem with
    the code “no-plan” and no analysis.
    """
    from assessments.bodies import pooled_analyses

    return [
        {
            "outcome": {"id": one.outcome.id, "label": one.outcome.label},
            "analysis": None if one.pooled is None else pooled_as_json(one.pooled),
            "problems": [
                {"code": problem.code, "sentence": str(problem), "where": problem.where}
                for problem in one.problems
            ],
        }
        for one in pooled_analyses(project)
    ] + _not_planned(project)


def _not_planned(project: Any) -> list[dict[str, Any]]:
    from assessments.bodies import measure_of, plan_of
    from assessments.review import Outcome, Result

    found = []
    for outcome in project.all(Outcome):
        if plan_of(project, outcome) is not None or not project.all(Result, outcome=outcome.id):
            continue
        where, sentence = (
            ("model", "The model of this analysis is not chosen yet: random or common effect.")
            if measure_of(project, outcome)
            else ("measure", "The effect measure of this analysis is not chosen yet.")
        )
        found.append({
            "outcome": {"id": outcome.id, "label": outcome.label},
            "analysis": None,
            "problems": [{"code": "no-plan", "sentence": sentence, "where": where}],
        })
    return found
