"""Reads the studies of a worked case: groups, columns, or nothing but weights by risk of bias."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from assessments.certainty_case_fields import CaseProblem, Fields, as_triple, plain_key
from assessments.certainty_case_pooling import arm_columns, effect_of_arms, scaled
from assessments.certainty_case_study_names import rows_of, usual_names
from assessments.language import _
from gradecore.grade.evidence import RATIO_MEASURES, DomainJudgement, StudyEvidence

_WIDTH = 2 * 1.959963984540054
_ROB = {
    "low": "low", "l": "low", "some": "some", "some_concerns": "some", "unclear": "some",
    "moderate": "low", "high": "high", "h": "high", "serious": "high", "critical": "high",
    "open": "open", "none": "open", "": "open",
}  # fmt: skip
_LOGS = tuple(
    f"{log}{gap}{measure}"
    for log in ("log", "ln") for gap in ("", "_") for measure in ("rr", "or", "hr", "irr")
)
_COLUMNS: dict[str, tuple[str, ...]] = {
    "effect": ("y", "yi", "y_i", "effects", "te", "log_effect", "theta", *_LOGS),
    "se": ("s", "si", "s_i", "sei", "ses", "sete", "se_te", "std_err", "standard_error", "se_log"),
    "variance": ("v", "vi", "v_i", "var", "variance", "variances"),
    "low": ("li", "l_i", "lows"),
    "high": ("ui", "u_i", "highs"),
    "weight": ("w", "wi", "w_i", "weights"),
    "common_weight": ("common_weight", "w_common", "weights_common"),
    "n": ("n", "ni", "n_i", "participants", "sizes"),
    "events_1": ("events_1", "ai", "events_intervention", "events_t", "events_i", "events_e"),
    "events_2": ("events_2", "events_comparator", "events_control", "events_c"),
    "n_1": ("n_1", "n1i", "n1", "n_t", "n_i", "n_intervention", "n_e"),
    "n_2": ("n_2", "n2i", "n2", "n_c", "n_comparator", "n_control"),
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
_LISTED = {"se": ("se",), "weight": ("weight", "weight_percent", "weights_percent")}
"""Further names of columns at the top of a case: as lists they cannot mean the pooled effect."""
_NATURAL = ("rr", "or", "hr", "irr", "rom", "natural")


def studies_of(case: Fields, measure: str) -> tuple[StudyEvidence, ...]:
    """Return the studies: a list of groups, a group of columns, columns, or weights by level."""
    listed = rows_of(case.find("studies", "study"))
    if isinstance(listed, list):
        return tuple(
            _study(Fields(usual_names(as_group(one))), measure, n)
            for n, one in enumerate(listed, 1)
        )
    inside: dict[str, tuple[str, ...]] = {}
    if isinstance(listed, Mapping):
        case, inside = Fields({**case.without("studies", "study"), **listed}), _IN_GROUP
    columns = {
        keys[0]: _column(case, (*keys, *inside.get(name, _LISTED.get(name, ()))))
        for name, keys in _COLUMNS.items()
    }
    arms = arm_columns(case, measure)
    rob = _rob_column(case)
    known = {name: column for name, column in columns.items() if column is not None} | arms
    rows = max((len(column) for column in (*known.values(), rob or [])), default=0)
    if rows < 1 or not (rob or arms or {"y", "w"} & set(known)):
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


def _rob_column(case: Fields) -> list[Any] | None:
    """Return the overall judgements as a column of words; numbers under “r” mean something else."""
    for name in ("rob", "risk_of_bias", "rob_levels", "rob_consensus", "r"):
        found = case.find(name)
        if isinstance(found, list) and all(isinstance(one, str) or one is None for one in found):
            return found
        if isinstance(found, Mapping) and name == "rob_consensus":
            return list(found.values())
    return None


def _rob_domains(group: Fields) -> tuple[DomainJudgement, ...]:
    """Return the judgements of the domains of one study: name → level."""
    told = group.find("rob_domains", "domains", "domain_judgements")
    return tuple(
        DomainJudgement(
            name=str(name), level=_ROB.get(plain_key(level or ""), "open"),
            about_blinding=_about_blinding(plain_key(name)),
        )
        for name, level in (told.items() if isinstance(told, Mapping) else ())
    )


def _about_blinding(name: str) -> bool:
    """Return whether a domain concerns blinding or measurement; RoB 2 numbers it D2 and D4."""
    words = ("blind", "measurement", "deviation", "performance", "detection")
    return name in ("d2", "d4") or any(word in name for word in words)


def _by_level(case: Fields) -> tuple[StudyEvidence, ...]:
    """Stand-ins where only the weight, or the number of studies, per level is told."""
    levels = ("low", "some", "high", "open")
    group = case.group("weights", "weights_by_rob", "weight_by_rob", "rob_weights", "w")
    told = {level: case.number(f"w_{level}") for level in levels} if group is None else {
        level: group.number(level) for level in group.table if level in _ROB}
    known = {level: share for level, share in told.items() if share is not None}
    if not known:
        return _by_count(case)
    whole = 100.0 if sum(known.values()) > 1.5 else 1.0
    rest = whole - sum(known.values())
    if rest > 1e-9:
        level = "low" if set(known) == {"high"} else "open"
        known[level] = known.get(level, 0.0) + rest
    return tuple(
        StudyEvidence(id=level, rob=_ROB[level], rob_original=level, weight=share)
        for level, share in known.items()
        if share > 0
    )


def _by_count(case: Fields) -> tuple[StudyEvidence, ...]:
    """Stand-ins where only the number of studies per level of risk of bias is told."""
    group = case.group("rob_counts", "counts", "k_by_rob", "studies_by_rob")
    if group is None:
        return ()
    counts = ((level, int(group.number(level) or 0)) for level in ("low", "some", "high", "open"))
    return tuple(
        StudyEvidence(id=f"{level} {n}", rob=level)
        for level, count in counts for n in range(1, min(count, 1000) + 1)
    )


def as_group(value: Any) -> Mapping[str, Any]:
    """Return a group of named fields; CaseProblem if something else is there."""
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
    variance = values.pop("variance")
    if values["se"] is None and variance is not None and variance > 0:
        values["se"] = math.sqrt(variance)
    if natural:
        triple = named if isinstance(named, tuple) else as_triple(named, "effect")
        if triple[1] is None and (beside := group.ends("ci", "ci95", "interval")) is not None:
            triple = (triple[0], *beside)
        ends = [scaled(one, measure, False) for one in triple]
        values["effect"], values["low"], values["high"] = ends
        if values["se"] is None and None not in ends:
            values["se"] = (ends[2] - ends[1]) / _WIDTH  # type: ignore[operator]
    if values["effect"] is None and (computed := effect_of_arms(group, measure)) is not None:
        values["effect"], values["se"] = computed.estimate, computed.se
        values["low"], values["high"] = computed.ci_lower, computed.ci_upper
    weight = values["weight"]
    if weight is not None and weight < 0:
        raise CaseProblem(_("A weight cannot be negative."))
    if values["events_2"] is None and values["events_1"] is not None:
        values["events_2"] = _number_or_none(group, "ci")
    level = group.text("rob", "risk_of_bias", "overall", "r") or ""
    if level not in _ROB:
        raise CaseProblem(_("“{level}” is no level of risk of bias.").format(level=level))
    return StudyEvidence(
        id=str(group.find("id", "label", "study") or number),
        label=str(group.find("label", "study", "id") or number),
        rob=_ROB[level],
        rob_original=level,
        rob_domains=_rob_domains(group),
        industry_funded=_industry(group),
        indirect=_indirect(group),
        **values,
    )


def _indirect(group: Fields) -> tuple[str, ...] | None:
    """Return the elements of the question that a study misses: listed, or each with yes or no."""
    told = group.find("indirect", "indirect_elements")
    if isinstance(told, list):
        return tuple(plain_key(one) for one in told)
    if isinstance(told, Mapping):
        answers = Fields(told)
        return tuple(name for name in answers.table if answers.flag(name))
    return None


def _number_or_none(group: Fields, name: str) -> float | None:
    return group.number(name) if isinstance(group.find(name), int | float) else None


def _industry(group: Fields) -> bool | None:
    """Return whether industry paid: a flag, or a word for who did."""
    told = group.find("industry", "industry_funded", "sponsored", "industry_sponsored")
    if told is not None:
        return group.flag("industry", "industry_funded", "sponsored", "industry_sponsored")
    words = group.text("funding", "funder", "sponsor", "sponsorship")
    if words is None or words in ("unclear", "unknown", "not_reported"):
        return None
    return any(word in words for word in ("industr", "company", "manufacturer", "commercial"))
