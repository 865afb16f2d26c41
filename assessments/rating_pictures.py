"""What the small drawings beside a rating show: weights by risk of bias, intervals, zones."""

from __future__ import annotations

import math

from assessments.figures.weight_bar import Share
from assessments.figures.zone_plot import ZoneRow, ZoneScale
from assessments.language import _
from assessments.rating_facts import evidence_and_settings
from assessments.review import Outcome
from assessments.store.project_file import Project
from gradecore.absolute_effects import Interval
from gradecore.grade.claim import Claim, claim_of, main_claim
from gradecore.grade.evidence import Evidence
from gradecore.grade.facts import Facts
from gradecore.grade.scales import (
    absolute_text,
    effect_text,
    interval_text,
    measure_name,
    natural_interval,
    people,
    percent,
    to_natural,
)
from gradecore.grade.target import Thresholds, all_ranges
from gradecore.grade.vocabulary import NULL, RANGES
from gradecore.input_errors import InputError

Picture = tuple[tuple[ZoneRow, ...], ZoneScale]


def weight_shares(facts: Facts) -> tuple[Share, ...]:
    """Return the shares of the weight by risk of bias, none where nothing is known of them."""
    without = _("No information") if facts.has("rob_uninformed") else _("Not settled")
    words = (
        ("w_low", "low", _("Low")), ("w_some", "some", _("Some concerns")),
        ("w_high", "high", _("High")), ("w_open", "no_information", without),
    )
    return tuple(
        Share(role=role, label=label, share=facts.number(key))
        for key, role, label in words if facts.has(key)
    )


def absolute_picture(project: Project, outcome: Outcome) -> Picture | None:
    """Return the interval of the effect against the thresholds, at every baseline risk.

    On the absolute scale where there is one, else on the scale of the measure; None without
    thresholds and estimate.
    """
    try:
        evidence, settings = evidence_and_settings(project, outcome)
        claims = [claim_of(evidence, settings, one) for one in evidence.baselines or (None,)]
    except InputError:
        return None
    rows = tuple(
        ZoneRow(
            key=f"baseline_{place}", label=_baseline_words(evidence, claim),
            interval=claim.effect.each(lambda value: value * _factor(evidence)),
            text=absolute_text(evidence, claim.effect),
        )
        for place, claim in enumerate(claims, start=1) if claim.effect is not None
    )
    if rows or evidence.pooled is None:
        return _on_absolute(evidence, settings.thresholds, rows, claims[0])
    return _on_natural(evidence, claims[0], (_estimate_row(evidence),))


def consistency_picture(project: Project, outcome: Outcome) -> Picture | None:
    """Return studies, confidence interval and prediction interval on the scale of the measure."""
    try:
        evidence, settings = evidence_and_settings(project, outcome)
        claim = main_claim(evidence, settings)
    except InputError:
        return None
    points = tuple(
        (to_natural(evidence, one.effect), one.weight or 1 / len(evidence.studies))
        for one in evidence.studies if one.effect is not None
    )
    rows = []
    if points:
        rows.append(ZoneRow(key="studies", label=_("Studies"), kind="studies", points=points))
    if evidence.pooled is not None:
        rows.append(_estimate_row(evidence))
        rows += _prediction_row(evidence)
    return _on_natural(evidence, claim, tuple(rows)) if rows else None


def _estimate_row(evidence: Evidence) -> ZoneRow:
    assert evidence.pooled is not None
    return ZoneRow(
        key="estimate", label=_("{level} CI").format(level=percent(evidence.pooled.level)),
        interval=natural_interval(evidence, evidence.pooled),
        text=interval_text(evidence, evidence.pooled),
    )


def _prediction_row(evidence: Evidence) -> list[ZoneRow]:
    pooled = evidence.pooled
    if pooled is None or pooled.prediction_low is None or pooled.prediction_high is None:
        return []
    low, high = (
        to_natural(evidence, one) for one in (pooled.prediction_low, pooled.prediction_high)
    )
    return [ZoneRow(
        key="prediction", label=_("Prediction"), kind="prediction",
        interval=Interval(estimate=to_natural(evidence, pooled.effect), low=low, high=high),
        text=_("{low} to {high}").format(
            low=effect_text(evidence, pooled.prediction_low),
            high=effect_text(evidence, pooled.prediction_high),
        ),
    )]


def _factor(evidence: Evidence) -> float:
    return float(evidence.per) if evidence.of_events else 1.0


def _baseline_words(evidence: Evidence, claim: Claim) -> str:
    if claim.baseline is None:
        return _("Effect")
    count = people(claim.baseline.risk * evidence.per)
    words = _("At {risk} per {per}").format(risk=count, per=people(evidence.per))
    return f"{claim.baseline.label}: {count}" if claim.baseline.label else words


def _signed(thresholds: Thresholds, claim: Claim | None) -> tuple[float, ...]:
    """Return the thresholds on the absolute scale that divide it into zones."""
    if thresholds.type == RANGES and thresholds.ranges:
        return all_ranges(thresholds)
    if claim is not None and claim.absolute and claim.absolute != (0.0,):
        return claim.absolute
    if thresholds.type != NULL and thresholds.important is not None:
        return thresholds.important
    return (0.0,) if thresholds.type == NULL else ()


def _on_absolute(
    evidence: Evidence, thresholds: Thresholds, rows: tuple[ZoneRow, ...], claim: Claim
) -> Picture | None:
    signed = _signed(thresholds, claim)
    if not rows and not signed:
        return None
    factor = _factor(evidence)
    per = _("per {per}").format(per=people(evidence.per))
    axis = per if evidence.of_events else _("difference")
    good = thresholds.benefit_sign or 0
    return rows, ZoneScale(
        thresholds=tuple(one * factor for one in signed), null=0.0, good=good, axis=axis,
        names=zone_names(len(signed), good),
    )


def _on_natural(evidence: Evidence, claim: Claim, rows: tuple[ZoneRow, ...]) -> Picture:
    known = tuple(one for one in claim.analysis if math.isfinite(one))
    natural = tuple(to_natural(evidence, one) for one in known)
    good = claim.benefit_sign or 0
    # A threshold out of reach (a reduction by more than the baseline risk) parts no zone here.
    whole = len(known) == len(claim.analysis)
    names = zone_names(len(known), good) if whole else ("",) * (len(known) + 1)
    return rows, ZoneScale(
        thresholds=natural, null=1.0 if evidence.ratio else 0.0, log=evidence.ratio, good=good,
        names=names, axis=measure_name(evidence) if evidence.ratio else "",
    )


def zone_names(thresholds: int, good: int) -> tuple[str, ...]:
    """Return the names of the zones from low to high values; ``good`` as in ``ZoneScale``."""
    if thresholds == 0:
        return ("",)
    benefit, harm = _benefit_and_harm(thresholds)
    if good == 0:
        benefit, harm = (_("lower"),) * len(benefit), (_("higher"),) * len(harm)
    low, high = (benefit, harm) if good <= 0 else (harm, benefit)
    middle = () if thresholds == 1 else (_("trivial") if thresholds > 2 else _("little or no"),)
    return (*low, *middle, *reversed(high))


def _benefit_and_harm(thresholds: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the zones of both sides from the farthest to the nearest."""
    if thresholds == 1:
        return (_("benefit"),), (_("harm"),)
    if thresholds == 2:
        return (_("important benefit"),), (_("important harm"),)
    sizes = (_("large"), _("moderate"), _("small"))[-(thresholds // 2):]
    if thresholds // 2 < 3:
        sizes = (_("moderate"), _("small"))[-(thresholds // 2):]
    return (
        tuple(_("{size} benefit").format(size=one) for one in sizes),
        tuple(_("{size} harm").format(size=one) for one in sizes),
    )
