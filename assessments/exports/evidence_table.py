"""The evidence table: one row for each outcome and assumed risk, numbers unrounded.

Risks are proportions, ratios are on their natural scale, levels are integers from 0 to −3 (and
0 to 2 for rating up), I² runs from 0 to 100. None is unknown; the text “NA” never occurs.
"""

from __future__ import annotations

from typing import Any

from assessments.language import _
from assessments.rating import Rated
from assessments.reconciliation import Settlement
from assessments.review import PublishedEstimate
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings import Group, Row, SummaryOfFindings
from assessments.summary_of_findings.explanations import own_words
from assessments.summary_of_findings.overall import is_shown
from gradecore.absolute_effects import Interval
from gradecore.grade.certainty import concern_points, upgrade_points
from gradecore.grade.vocabulary import CRITICAL_FROM, DOMAINS, IMPORTANT_FROM, UPGRADES

SCHEMA_VERSION = "1.0"
COLUMNS: tuple[str, ...] = (
    "schema_version", "project_id", "data_version", "comparison_id", "comparison_label",
    "population", "setting", "intervention", "comparator", "outcome_id", "outcome_order",
    "outcome_label", "importance_class", "importance_score", "time_frame", "outcome_type",
    "row_type", "unit", "scale_min", "scale_max", "benefit_direction", "evidence_stream",
    "start_rule", "analysis_set", "provenance", "provenance_citation", "k", "n_total",
    "n_intervention", "n_comparator", "events_intervention", "events_comparator", "measure",
    "model", "tau2_method", "ci_method", "estimate", "ci_low", "ci_high", "ci_level", "se",
    "p_value", "i2", "i2_low", "i2_high", "tau2", "q", "q_df", "pi_low", "pi_high",
    "baseline_group", "baseline_risk", "baseline_source", "denominator", "risk_comparator",
    "risk_intervention", "risk_intervention_low", "risk_intervention_high", "risk_difference",
    "risk_difference_low", "risk_difference_high", "comparator_mean", "reexpression_method",
    "reexpressed_estimate", "reexpressed_low", "reexpressed_high", "framework", "target",
    "threshold_type", "mid_benefit", "mid_harm", "mid_unit", "mid_source", "rob_level",
    "inconsistency_level", "indirectness_level", "imprecision_level", "publication_bias_level",
    "upgrade_large_effect", "upgrade_dose_response", "upgrade_opposing_confounding",
    "total_score", "certainty", "explanation_rob", "explanation_inconsistency",
    "explanation_indirectness", "explanation_imprecision", "explanation_publication_bias",
    "explanation_upgrades", "statement", "statement_edited", "rated_by_consensus_on",
    "method_of_resolution",
)

OVERALL = "overall_certainty"
"""One more column, that of the comparison's overall certainty, where the team asks for it."""

Values = dict[str, Any]


def columns_of(project: Project) -> tuple[str, ...]:
    """Return the columns of the evidence table of a review."""
    return (*COLUMNS, OVERALL) if is_shown(project) else COLUMNS


def evidence_rows(project: Project, tables: tuple[SummaryOfFindings, ...]) -> tuple[Values, ...]:
    """Return the rows, each with a value (or None) for every one of ``COLUMNS``."""
    rows: list[Values] = []
    for table in tables:
        for order, row in enumerate(table.rows, start=1):
            common = (
                _comparison(project, table) | _outcome(row, order) | _numbers(project, row)
                | _claim(project, row) | _rating(project, row)
            )
            rows += [
                _complete(common | _group(row, group) | _rated_apart(row, group))
                for group in row.groups
            ]
    return tuple(rows)


def _complete(values: Values) -> Values:
    names = COLUMNS if OVERALL not in values else (*COLUMNS, OVERALL)
    return {name: _empty_to_none(values.get(name)) for name in names}


def _empty_to_none(value: Any) -> Any:
    return None if value == "" else value


def _comparison(project: Project, table: SummaryOfFindings) -> Values:
    comparison = table.comparison
    return {
        "schema_version": SCHEMA_VERSION,
        "project_id": project.identity,
        "data_version": table.data_hash,
        "comparison_id": comparison.id,
        "comparison_label": table.title,
        **({OVERALL: table.overall.level} if table.overall is not None else {}),
        "population": table.header[0][1],
        "setting": comparison.setting or table.header[1][1],
        "intervention": comparison.intervention,
        "comparator": comparison.comparator,
    }


def _outcome(row: Row, order: int) -> Values:
    outcome = row.outcome
    score = outcome.importance
    group = None
    if score is not None:
        group = "important" if score >= IMPORTANT_FROM else "limited"
        group = "critical" if score >= CRITICAL_FROM else group
    return {
        "outcome_id": outcome.id,
        "outcome_order": order,
        "outcome_label": row.name.text,
        "importance_class": group,
        "importance_score": score,
        "time_frame": outcome.time_point,
        "outcome_type": row.outcome_type,
        "row_type": row.kind,
        "unit": outcome.unit,
        "scale_min": outcome.scale_min,
        "scale_max": outcome.scale_max,
        "benefit_direction": outcome.better,
    }


def _numbers(project: Project, row: Row) -> Values:
    found, interval = row.synthesis, row.synthesis.interval
    low, high = found.prediction or (None, None)
    return {
        "analysis_set": _analysis_set(row),
        "provenance": found.provenance,
        "provenance_citation": _citation(project, row),
        "k": found.studies,
        "n_total": found.participants,
        "n_intervention": found.participants_1,
        "n_comparator": found.participants_2,
        "events_intervention": found.events_1,
        "events_comparator": found.events_2,
        "measure": found.measure,
        "model": found.model,
        "tau2_method": found.tau2_method,
        "ci_method": found.ci_method,
        "estimate": interval.estimate if interval else None,
        "ci_low": interval.low if interval else None,
        "ci_high": interval.high if interval else None,
        "ci_level": found.level if interval else None,
        "se": found.se, "p_value": found.p, "i2": found.i2, "i2_low": found.i2_low,
        "i2_high": found.i2_high, "tau2": found.tau2, "q": found.q, "q_df": found.q_df,
        "pi_low": low, "pi_high": high,
    }


def _analysis_set(row: Row) -> str:
    if row.synthesis.provenance != "calculated":
        return ""
    return "without_left_out" if row.synthesis.left_out else "all"


def _citation(project: Project, row: Row) -> str:
    found = project.one(PublishedEstimate, row.outcome.id)
    if row.synthesis.provenance == "published" and found is not None and found.place.strip():
        return f"{row.synthesis.citation}; {found.place.strip()}"
    return row.synthesis.citation


def _group(row: Row, group: Group) -> Values:
    risk, absolute, said = group.risk, group.absolute, group.reexpressed
    difference = group.difference_numbers
    values: Values = {
        "baseline_group": (risk.label if risk else None),
        "baseline_risk": risk.risk if risk else None,
        "baseline_source": risk.source if risk else (group.mean.source if group.mean else None),
        "denominator": group.per,
        "comparator_mean": group.mean.mean if group.mean else None,
    }
    if absolute is not None:
        values["risk_comparator"] = absolute.comparator
        values |= _three("risk_intervention", "risk_intervention", absolute.intervention)
    if difference is not None and (absolute is not None or row.synthesis.measure == "RD"):
        values |= _three("risk_difference", "risk_difference", difference)
    if said is not None:
        values["reexpression_method"] = said.method
        values |= _three("reexpressed_estimate", "reexpressed", said.effect)
    return values


def _rated_apart(row: Row, group: Group) -> Values:
    """Return the levels at a baseline risk where imprecision was rated apart."""
    rated = row.certainty.rated
    apart = rated.at_risk(group.risk.risk) if rated is not None and group.risk else None
    if rated is None or apart is None or group.certainty is None:
        return {}
    values: Values = {
        "imprecision_level": concern_points(apart.concern),
        "total_score": apart.certainty.total, "certainty": group.certainty.level,
    }
    own = own_words(rated, apart)
    if own or not concern_points(apart.concern):  # else the words about the whole hold here too
        values["explanation_imprecision"] = own
    return values


def _three(first: str, rest: str, interval: Interval) -> Values:
    return {first: interval.estimate, f"{rest}_low": interval.low, f"{rest}_high": interval.high}


def _claim(project: Project, row: Row) -> Values:
    outcome = row.outcome
    return {
        "framework": setting(project, "framework", "core"),
        "target": outcome.target,
        "threshold_type": outcome.threshold_type,
        "mid_benefit": outcome.mid,
        "mid_harm": outcome.mid_harm,
        "mid_unit": _mid_unit(row) if outcome.mid is not None else None,
        "mid_source": outcome.mid_source,
    }


def _mid_unit(row: Row) -> str:
    if row.outcome_type in ("dichotomous", "time_to_event", "rate"):
        return "per 1000"
    return "SD" if row.synthesis.measure.startswith("SMD") else row.outcome.unit


def _rating(project: Project, row: Row) -> Values:
    rated = row.certainty.rated
    values: Values = {
        "evidence_stream": row.outcome.stream,
        "certainty": row.certainty.level,
        "statement": row.statement.text,
        "statement_edited": row.statement.edited if row.statement.text else None,
    }
    if rated is None:
        return values
    values |= _levels(rated)
    values["start_rule"] = rated.start_rule
    values["evidence_stream"] = row.outcome.stream or rated.start_rule.split("_")[0]
    values["total_score"] = rated.certainty.total if rated.certainty is not None else None
    values["rated_by_consensus_on"], values["method_of_resolution"] = _settled(project, rated)
    return values


def _levels(rated: Rated) -> Values:
    values: Values = {}
    for domain in DOMAINS:
        concern = rated.concerns.get(domain)
        values[f"{domain}_level"] = None if concern is None else concern_points(concern)
        values[f"explanation_{domain}"] = rated.explanations.get(domain)
    for name in UPGRADES:
        values[f"upgrade_{name}"] = upgrade_points(name, rated.upgrades.get(name))
    values["explanation_upgrades"] = "; ".join(
        text for name in UPGRADES if (text := rated.explanations.get(name, ""))
    )
    return values


def _settled(project: Project, rated: Rated) -> tuple[str, str]:
    """Return the date of the final consensus, and how its domains were settled."""
    from assessments.consensus import consensus_of
    from assessments.rating import unit_of

    found = consensus_of(project, unit_of(rated.outcome))
    if found is None:
        return "", ""
    ways = {one.how for one in project.all(Settlement, assessment=found.assessment.id)}
    if not ways:
        how = _("taken from a publication") if rated.source else ""
    elif ways == {"agreed"}:
        how = _("both agreed")
    else:
        how = _("arbiter") if "arbitrated" in ways else _("discussion")
    return (found.assessment.finished_at or "")[:10], how
