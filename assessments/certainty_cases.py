"""Works out cases about certainty: ratings, absolute effects, prompts, oddities of print.

Each case is a group with ``id``, ``kind`` and what it is about, at the top level or in groups such
as ``input``. The answer to each is ``{"id", "result"}``, or ``{"id", "error"}`` in words; what a
case calls expected is never looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from assessments.certainty_case_anomaly import said_of_print, typed_from_print
from assessments.certainty_case_answers import answers_of, facts_of, one_prompt
from assessments.certainty_case_baselines import baselines_of, per_of
from assessments.certainty_case_evidence import SD_NAMES, evidence_of
from assessments.certainty_case_fields import CaseProblem, Fields, plain_key
from assessments.certainty_case_inputs import (
    DOMAIN_GROUPS,
    DOMAIN_NAMES,
    LEVELS,
    effect_of,
    measure_of,
    rating_of,
    start_of,
)
from assessments.certainty_case_numbers import absolute_result, facts_of_absolute
from assessments.certainty_case_reexpression import reexpression_result
from assessments.certainty_case_study_names import rows_of
from assessments.certainty_case_thresholds import settings_of
from assessments.grade_files import statement_templates
from assessments.language import _
from gradecore.grade.certainty import certainty, open_domains
from gradecore.grade.checks import BodyState, RatingInput, check
from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import EVENT_MEASURES, Evidence
from gradecore.grade.own_verb import saying_with
from gradecore.grade.plain_language import statement, statement_for_gap
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.published import published_rating
from gradecore.grade.remarks import Remark
from gradecore.grade.settings import Settings
from gradecore.grade.statements import saying_of
from gradecore.grade.upgrade_checks import not_offered
from gradecore.grade.vocabulary import NOT_RATED, NOT_REPORTED, PUBLISHED, START_SCORES, symbols
from gradecore.input_errors import InputError

_OURS_ALONE = {"B-EXPL": ("explanations",), "B-TARGET": ("target", "threshold_type")}
"""Blockers that a case can only meet if it speaks of the matter at all."""


_PRINTED = ("published", "printed", "reported", "imported", "stated", "external", "claimed",
            "as_printed")
_CALLED = ("certainty", "level", "rating", "quality", "grade")
_RANDOMISED = ("rct", "randomi", "quasi", "cluster", "cross")


def run_cases(cases: Any) -> list[dict[str, Any]]:
    """Return the answer to each case, in the same order.

    ``cases`` is a list of cases, or a group with such a list under ``cases``.

    Raises:
        CaseProblem: it is neither.
    """
    if isinstance(cases, Mapping):
        cases = cases.get("cases")
    if not isinstance(cases, list):
        raise CaseProblem(_("A list of cases is expected, or a group with a list “cases”."))
    return [run_case(case, place) for place, case in enumerate(cases, start=1)]


def run_case(case: Any, place: int = 1) -> dict[str, Any]:
    """Return ``{"id", "result"}`` for one case, or ``{"id", "error"}`` with a sentence."""
    if not isinstance(case, Mapping):
        return {"id": place, "error": _("A case must be a group of named fields.")}
    name = _finite(case.get("id", place))
    fields = Fields({key: value for key, value in case.items() if plain_key(key) != "expected"})
    try:
        result = _solver(fields)(fields)
    except CaseProblem as problem:
        return {"id": name, "error": str(problem)}
    except InputError as error:
        return {"id": name, "error": error.sentence}
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        detail = str(error) or type(error).__name__
        return {"id": name, "error": _("The case cannot be read: {detail}.").format(detail=detail)}
    return {"id": name, "result": _finite(result)}


def _finite(value: Any) -> Any:
    """What does not exist is null, never an infinite number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value


def _solver(case: Fields) -> Callable[[Fields], dict[str, Any]]:
    kind = (case.text("kind", "type", "case_kind") or "").replace("_+_", "+")
    kind = {"absolute_effects": "absolute_effect", "ratings": "rating",
            "anomalies": "anomaly"}.get(kind, kind)
    by_kind = {
        "rating": _rating,
        "rating+absolute": _rating_and_absolute,
        "rating_absolute": _rating_and_absolute,
        "rating+absolute_effect": _rating_and_absolute,
        "rating_and_absolute": _rating_and_absolute,
        "absolute": _absolute,
        "absolute_effect": _absolute,
        "prompt": _prompts,
        "prompts": _prompts,
        "facts": _prompts,
        "target": _prompts,
        "ois": _prompts,
        "anomaly": _anomaly,
        "published": _anomaly,
        "not_reported": _not_reported,
        "not_rated": _not_reported,
        "not_found": _not_reported,
        "reexpression": reexpression_result,
        "re_expression": reexpression_result,
        "conversion": reexpression_result,
        "statement": _statement,
    }
    if kind in by_kind:
        return by_kind[kind]
    if kind:
        raise CaseProblem(_("Cases of the kind “{kind}” are not known.").format(kind=kind))
    if case.has("prompt", "prompts"):
        return _prompts
    if case.has("domains", "judgements"):
        return _rating_and_absolute
    return _absolute


def _absolute(case: Fields) -> dict[str, Any]:
    result = absolute_result(case)
    return result | {"facts": facts_of_absolute(result)}


def _rating(case: Fields) -> dict[str, Any]:
    if (case.text("row_type") or "") in (NOT_REPORTED, "not_found"):
        return _not_reported(case)
    rating = rating_of(case)
    start = START_SCORES[rating.start_rule]
    result: dict[str, Any] = {"start": start, "start_rule": rating.start_rule}
    missing = open_domains(rating.domains)
    if missing:
        decided = len(rating.domains) - len(missing)
        result |= {"sum_unclamped": None, "score": None, "certainty": None}
        result["incomplete"] = f"{decided} of {len(rating.domains)}"
    else:
        found = certainty(rating.start_rule, rating.domains, rating.upgrades)
        result |= {"sum_unclamped": found.total, "score": found.score, "certainty": found.level}
        result |= {"total": found.total, "symbols": symbols(found.level)}
    evidence, settings = _body(case)
    facts = compute_facts(evidence, settings)
    prompts = run_prompts(facts, settings)
    remarks = check(rating, _state(case, evidence), facts, prompts)
    spoken = tuple(
        one
        for one in remarks
        if one.code not in _OURS_ALONE or case.has(*_OURS_ALONE[one.code]) or _explained(rating)
    )
    spoken += not_offered(tuple(
        name for name, points in rating.upgrades.items()
        if points and name not in settings.offered_upgrades
    ))
    published = _published_level(case)
    if published is not None and not missing:
        spoken += published_rating(rating.start_rule, rating.domains, rating.upgrades, published)
    return result | _codes(spoken) | {"facts": facts_of(case, facts, evidence, settings)}


def _explained(rating: RatingInput) -> bool:
    """Whether the case gives explanations: words, or an empty place for them."""
    return any(one.text or not one.prompts for one in rating.explanations.values())


def _state(case: Fields, evidence: Evidence) -> BodyState:
    streams = case.find("streams", "designs")
    mixed = bool(case.flag("mixed", "mixed_designs"))
    listed = rows_of(case.find("studies"))
    if streams is None and isinstance(listed, list):
        designs = [Fields(one).text("design", "stream", "study_design")
                   for one in listed if isinstance(one, Mapping)]
        streams = [one for one in designs if one]
    if isinstance(streams, list):
        kinds = {plain_key(one).startswith(_RANDOMISED) for one in streams}
        mixed = mixed or len(kinds) > 1
    open_rob = case.number("open_rob", "rob_open", "studies_without_rob") or 0
    open_rob = open_rob or sum(
        one.rob == "open" and bool(one.rob_original) for one in evidence.studies
    )
    declared = (
        case.has("threshold_type", "target") and case.find("threshold_type", "target") is None
    )
    return BodyState(
        mixed=mixed,
        open_rob=int(open_rob),
        stale=bool(case.flag("stale", "changed_after_rating")),
        target_chosen=not declared,
        outcomes=int(case.number("n_outcomes", "outcomes_in_table", "rows") or 1),
        studies=tuple(one.label for one in evidence.studies),
    )


def _published_level(case: Fields) -> str | None:
    value = case.find(*(
        name for first in _PRINTED for last in _CALLED
        for name in (f"{first}_{last}", f"{last}_{first}")
    ))
    alone = next((one for one in map(case.find, _PRINTED) if isinstance(one, str)), "")
    if value is None and plain_key(alone) in LEVELS:
        value = alone
    if value is None:
        group = case.group(*_PRINTED)
        value = None if group is None else group.find(*_CALLED)
    if value is None:
        return None
    word = plain_key(value)
    if word not in LEVELS:
        raise CaseProblem(_("“{level}” is no level of certainty.").format(level=value))
    return LEVELS[word]


def _codes(remarks: tuple[Remark, ...]) -> dict[str, Any]:
    codes = list(dict.fromkeys(one.code for one in remarks))
    return {
        "warnings": codes,
        "blockers": [code for code in codes if code.startswith("B-")],
        "remarks": [{"code": one.code, "sentence": one.sentence} for one in remarks],
    }


def _rating_and_absolute(case: Fields) -> dict[str, Any]:
    result = _rating(case)
    if not measure_of(case):
        return result
    if effect_of(case, measure_of(case)) is None or not (
        baselines_of(case) or measure_of(case) in ("MD", "SMD", "ROM", "RD")
    ):
        return result | {"absolute": None, "difference_per_1000": None}
    effect = absolute_result(case)
    joined = list(dict.fromkeys([*result["warnings"], *effect["warnings"]]))
    return result | effect | {"warnings": joined}


def _body(case: Fields) -> tuple[Evidence, Settings]:
    evidence = evidence_of(case)
    return evidence, settings_of(case, evidence.measure)


def _prompts(case: Fields) -> dict[str, Any]:
    case = _with_measure(case)
    evidence, settings = _body(case)
    facts = compute_facts(evidence, settings)
    prompts = run_prompts(facts, settings)
    result = answers_of(prompts) | {"facts": facts_of(case, facts, evidence, settings)}
    if facts.has("target"):
        claim = main_claim(evidence, settings)
        held = list(claim.absolute)
        result |= {"target": facts.text("target"), "thresholds": held}
        result["threshold"] = held[0] if len(held) == 1 else held
    if facts.has("imp_whole_range"):
        result["same_verdict"] = facts.flag("imp_whole_range")
    if evidence.kind == PUBLISHED:
        typed = typed_from_print(case)
        result |= typed | {"facts": result["facts"] | {
            name: typed[name] for name in ("d", "se", "z", "p") if name in typed}}
    told = one_prompt(case, prompts)
    if told.get("verdict"):
        result["facts"] = result["facts"] | {"verdict": told["verdict"]}
    return _shown_difference(case) | result | told


def _shown_difference(case: Fields) -> dict[str, Any]:
    """Return the rounded absolute effect beside prompts, {} where the case has none."""
    measure = measure_of(case)
    if measure not in EVENT_MEASURES or not baselines_of(case):
        return {}
    try:
        told = absolute_result(case)
    except (CaseProblem, InputError):
        return {}  # Prompts may be asked of numbers from which no risk follows.
    wanted = ("difference_per_", "intervention_per_")
    return {key: value for key, value in told.items() if key.startswith(wanted)}


def _with_measure(case: Fields) -> Fields:
    """Cases about the information size may name no measure: risks or an SD tell the kind."""
    if measure_of(case):
        return case
    sd, mid = case.find(*SD_NAMES), case.find("delta", "mid")
    if sd is not None and mid is not None:
        return Fields({**case.table, "measure": "MD", "mid": mid, "sd": sd})
    if baselines_of(case):
        return Fields({**case.table, "measure": "RR"})
    return case


def _anomaly(case: Fields) -> dict[str, Any]:
    result: dict[str, Any] = {"warnings": [], "remarks": []}
    if case.has(*DOMAIN_GROUPS) or DOMAIN_NAMES.keys() & case.table.keys():
        result |= _rating(case)
    printed = said_of_print(case)
    codes = list(dict.fromkeys([*result["warnings"], *printed["warnings"]]))
    remarks = [*result["remarks"], *printed["remarks"]]
    facts = result.get("facts", {}) | facts_of_absolute(printed) | {
        name: printed[name] for name in ("asymmetry", "d", "se", "z", "p") if name in printed}
    return result | printed | {"warnings": codes, "remarks": remarks, "facts": facts}


def _not_reported(case: Fields) -> dict[str, Any]:
    row = case.text("row_type") or case.text("kind") or NOT_REPORTED
    outcome = str(case.find("outcome", "outcome_label", "label") or "this outcome")
    sentence = statement_for_gap(outcome, statement_templates(), found=row != "not_found")
    return {
        "certainty": NOT_RATED,
        "start": None,
        "sum_unclamped": None,
        "score": None,
        "symbols": symbols(NOT_RATED),
        "warnings": [],
        "facts": {},
        "prompts": {},
        "text": "No included study reported this outcome.",
        "statement": sentence,
        "row_type": row if row in (NOT_REPORTED, "not_found") else NOT_REPORTED,
    }


def _statement(case: Fields) -> dict[str, Any]:
    evidence, settings = _body(case)
    level = LEVELS.get(case.text("certainty", "level") or "")
    if level is None:
        raise CaseProblem(_("A sentence needs the level of certainty."))
    saying = saying_of(evidence, settings, level)
    if case.has("verb", "verb_infinitive"):
        saying = saying_with(
            (evidence.intervention, evidence.outcome), level,
            verb=str(case.find("verb") or ""),
            verb_infinitive=str(case.find("verb_infinitive") or ""),
        )
    if saying is None:
        raise CaseProblem(_("A sentence needs an effect."))
    sentence = statement(saying, statement_templates())
    return {"statement": sentence, "start": START_SCORES[start_of(case)], "per": per_of(case)}
