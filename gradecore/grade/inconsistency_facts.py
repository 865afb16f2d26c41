"""The facts that bear on inconsistency: overlap, positions against thresholds, spread.

``inconsistency.py`` asks the questions about them. Differences between study characteristics as
such are no inconsistency and are not looked at.
"""

from __future__ import annotations

import math

import numpy as np

from gradecore.grade.claim import Claim, main_claim
from gradecore.grade.decision_inconsistency import indices
from gradecore.grade.evidence import Evidence, PooledNumbers, StatedSpread, StudyEvidence
from gradecore.grade.facts import FactSheet
from gradecore.grade.risk_of_bias_facts import shares, why_no_studies
from gradecore.grade.scales import (
    effect_text,
    number,
    p_text,
    percent,
    to_analysis,
)
from gradecore.grade.settings import Settings
from gradecore.grade.target import (
    ABOVE,
    BELOW,
    BEYOND_BENEFIT,
    BEYOND_HARM,
    WITHIN,
    ZONE_LABELS,
    all_ranges,
    crossed,
    zone_of,
)
from gradecore.grade.vocabulary import MID, NARRATIVE, NULL

ONE_STUDY = "There is one study: nothing can disagree."
NOT_POOLED = "The studies were not pooled."
MAJORITY, OPPOSITE, SCATTERED = "majority_one_side", "opposite_sides", "scattered"
_STUDY_KEYS = ("inc_pairs", "inc_position", "inc_di", "inc_absolute", "inc_extremes")


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on inconsistency."""
    known = tuple(study for study in evidence.studies if study.effect is not None)
    if evidence.study_count == 1:
        sheet.missing(ONE_STUDY, *_STUDY_KEYS, "i2", "q_p", "tau", "inc_prediction", "inc_range")
        return
    if len(known) >= 2:
        claim = main_claim(evidence, settings)
        _overlap(evidence, known, sheet)
        _position(known, claim, settings, sheet)
        _relative_and_absolute(evidence, known, settings, sheet)
        _indices(evidence, known, settings, sheet)
        _extremes(evidence, known, settings, sheet)
    else:
        if evidence.directions is not None and sum(evidence.directions) > 0:
            _directions(evidence.directions, settings, sheet)
        sheet.missing(why_no_studies(evidence), *_STUDY_KEYS)
    if evidence.pooled is None:
        if evidence.spread is not None:
            _heterogeneity(evidence.spread, evidence.study_count, sheet)
        sheet.missing(NOT_POOLED, "i2", "q_p", "tau", "inc_prediction", "inc_range")
        return
    _heterogeneity(evidence.pooled, evidence.study_count, sheet)
    _prediction(evidence, evidence.pooled, settings, sheet)


def _overlap(evidence: Evidence, studies: tuple[StudyEvidence, ...], sheet: FactSheet) -> None:
    if evidence.kind == NARRATIVE:
        sheet.missing(NOT_POOLED, "inc_pairs", "inc_excluding")
        return
    intervals = [study.interval for study in studies]
    known = [one for one in intervals if one is not None]
    if len(known) < len(intervals):
        sheet.missing("Not every study has an interval.", "inc_pairs", "inc_excluding")
        return
    low, high = np.array(known).T
    without = np.maximum.outer(low, low) > np.minimum.outer(high, high)
    apart, pairs = int(np.triu(without, 1).sum()), math.comb(len(known), 2)
    text = f"{apart} of {pairs} pairs"
    sheet.add("inc_pairs", "Pairs of studies without overlap", apart / pairs, text)
    if evidence.pooled is None:
        sheet.missing(NOT_POOLED, "inc_excluding")
        return
    weights, _ = shares(studies)
    mu = evidence.pooled.effect
    out = sum(w for w, (low, high) in zip(weights, known, strict=True) if not low <= mu <= high)
    label = "Weight of studies whose interval excludes the pooled estimate"
    sheet.add("inc_excluding", label, out, percent(out))


def position(zones: tuple[str, ...], weights: tuple[float, ...], settings: Settings) -> str:
    """Return 'majority_one_side', 'opposite_sides' or 'scattered' for studies in zones.

    One side needs the majority of the studies and of the weight; opposite sides are seen by
    either.
    """
    by_studies = tuple(1 / len(zones) for _ in zones)
    verdicts = [_position_by(zones, one, settings) for one in (by_studies, weights)]
    if all(verdict == MAJORITY for verdict in verdicts):
        return MAJORITY
    return OPPOSITE if OPPOSITE in verdicts else SCATTERED


def _position_by(zones: tuple[str, ...], weights: tuple[float, ...], settings: Settings) -> str:
    def share(*names: str) -> float:
        return round(sum(w for z, w in zip(zones, weights, strict=True) if z in names), 9)

    benefit, harm = share(BEYOND_BENEFIT, ABOVE), share(BEYOND_HARM, BELOW)
    if max(benefit, harm, share(WITHIN)) >= settings.cutoffs.inc_majority:
        return MAJORITY
    if min(benefit, harm) >= settings.cutoffs.inc_opposite:
        return OPPOSITE
    return SCATTERED


def _position(
    studies: tuple[StudyEvidence, ...], claim: Claim, settings: Settings, sheet: FactSheet
) -> None:
    if not claim.analysis:
        sheet.missing(claim.reason, "inc_position")
        return
    zones = tuple(claim.zone(study.effect or 0.0) for study in studies)
    weights, _ = shares(studies)
    for zone in dict.fromkeys(sorted(zones, key=list(ZONE_LABELS).index)):
        count = zones.count(zone)
        weight = sum(w for z, w in zip(zones, weights, strict=True) if z == zone)
        text = f"{count} of {len(zones)} studies, {percent(weight)} of the weight"
        label = f"Studies {ZONE_LABELS[zone]}"
        sheet.add(f"inc_studies_{zone}", label, count / len(zones), text)
        sheet.add(f"inc_weight_{zone}", f"{label}, weight", weight, percent(weight))
    _verdict(zones, weights, settings, sheet)


def _directions(counts: tuple[int, int, int], settings: Settings, sheet: FactSheet) -> None:
    zones = (BEYOND_BENEFIT,) * counts[0] + (WITHIN,) * counts[1] + (BEYOND_HARM,) * counts[2]
    words = ("favour the intervention", "favour neither", "favour the comparator")
    for zone, count, saying in zip(
        (BEYOND_BENEFIT, WITHIN, BEYOND_HARM), counts, words, strict=True
    ):
        text = f"{count} of {len(zones)} studies"
        sheet.add(f"inc_studies_{zone}", f"Effects that {saying}", count / len(zones), text)
    _verdict(zones, tuple(1 / len(zones) for _ in zones), settings, sheet)


def _verdict(
    zones: tuple[str, ...], weights: tuple[float, ...], settings: Settings, sheet: FactSheet
) -> None:
    verdict = position(zones, weights, settings)
    sheet.add("inc_position", "Position of the studies", verdict, verdict.replace("_", " "))


def _relative_and_absolute(
    evidence: Evidence,
    studies: tuple[StudyEvidence, ...],
    settings: Settings,
    sheet: FactSheet,
) -> None:
    if not (evidence.of_events and evidence.ratio):
        sheet.missing("Only for ratios of events.", "inc_absolute")
        return
    thresholds = settings.thresholds
    if not evidence.baselines or thresholds.important is None:
        why = "A baseline risk and a minimal important difference per 1000 are needed."
        sheet.missing(why, "inc_absolute")
        return
    baseline = evidence.baselines[0].risk
    effects = [study.effect or 0.0 for study in studies]
    size = abs(math.log(thresholds.relative)) if thresholds.relative else 0.0
    limits = (-size, size) if size else (0.0,)
    sign = main_claim(evidence, settings).benefit_sign
    relative = tuple(zone_of(one, limits, sign) for one in effects)
    # The absolute effect rises or falls with the relative one, so thresholds can be moved instead.
    moved = [to_analysis(evidence, one, baseline) for one in thresholds.important]
    borders = tuple(one for one in moved if one is not None)
    if len(borders) < 2:
        sheet.missing("The baseline risk gives no absolute effect.", "inc_absolute")
        return
    absolute = tuple(zone_of(one, borders, sign) for one in effects)
    weights, _ = shares(studies)
    first, second = (position(zones, weights, settings) for zones in (relative, absolute))
    text = f"relative: {first.replace('_', ' ')}; absolute: {second.replace('_', ' ')}"
    sheet.add("inc_absolute", "Position of the studies on both scales", first != second, text)


def _indices(
    evidence: Evidence,
    studies: tuple[StudyEvidence, ...],
    settings: Settings,
    sheet: FactSheet,
) -> None:
    errors = [study.se for study in studies]
    known = tuple(one for one in errors if one is not None and one > 0)
    absolute = _cuts(settings)
    if not absolute or len(known) < len(errors):
        why = "Standard errors and a minimal important difference are needed."
        sheet.missing(why, "inc_di", "inc_asi")
        return
    baseline = evidence.baselines[0].risk if evidence.baselines else None
    cuts = [to_analysis(evidence, one, baseline) for one in absolute]
    given = tuple(one for one in cuts if one is not None)
    if len(given) < len(cuts):
        sheet.missing("A baseline risk is needed.", "inc_di", "inc_asi")
        return
    found = indices(tuple(study.effect or 0.0 for study in studies), known, given)
    label = "Decision inconsistency (DI)"
    sheet.add("inc_di", label, found.decision, f"{number(found.decision, 0)}%")
    label = "Across-studies inconsistency (ASI)"
    sheet.add("inc_asi", label, found.across_studies, f"{number(found.across_studies, 0)}%")


def _cuts(settings: Settings) -> tuple[float, ...]:
    if settings.thresholds.ranges:
        return all_ranges(settings.thresholds)
    return settings.thresholds.important or ()


def _extremes(
    evidence: Evidence,
    studies: tuple[StudyEvidence, ...],
    settings: Settings,
    sheet: FactSheet,
) -> None:
    weights, _ = shares(studies)
    heavy = [
        study.effect or 0.0
        for weight, study in zip(weights, studies, strict=True)
        if round(weight, 9) >= settings.cutoffs.inc_spread_weight
    ]
    if not heavy:
        sheet.missing("No study carries enough weight.", "inc_extremes")
        return
    text = f"{effect_text(evidence, min(heavy))} to {effect_text(evidence, max(heavy))}"
    least = percent(settings.cutoffs.inc_spread_weight)
    label = f"Point estimates of studies with {least} or more of the weight"
    sheet.add("inc_extremes", label, max(heavy) - min(heavy), text)


def _p_of_q(spread: PooledNumbers | StatedSpread, k: int | None) -> tuple[float | None, int | None]:
    """Return P and df of the test for heterogeneity: as known, or from Q and the studies."""
    df = spread.q_df if spread.q_df is not None else (k - 1 if k else None)
    if spread.q_p is not None or spread.q is None or not df or df < 1:
        return spread.q_p, df
    from scipy.special import chdtrc

    return float(chdtrc(df, max(spread.q, 0.0))), df


def _heterogeneity(
    pooled: PooledNumbers | StatedSpread, k: int | None, sheet: FactSheet
) -> None:
    if pooled.i2 is None:
        sheet.missing("I² is not known.", "i2")
    else:
        text = f"{number(pooled.i2, 0)}%"
        if pooled.i2_low is not None and pooled.i2_high is not None:
            text += f" ({number(pooled.i2_low, 0)}% to {number(pooled.i2_high, 0)}%)"
        sheet.add("i2", "I²", pooled.i2, text)
    p, df = _p_of_q(pooled, k)
    if p is None:
        sheet.missing("The test for heterogeneity is not known.", "q_p")
    else:
        text = p_text(p)
        if pooled.q is not None and df is not None:
            text = f"Q = {number(pooled.q)}, df = {df}, {text}"
        sheet.add("q_p", "Test for heterogeneity", p, text)
    if pooled.tau2 is None:
        sheet.missing("τ² is not known.", "tau", "inc_range")
        return
    tau = math.sqrt(pooled.tau2)
    sheet.add("tau2", "τ²", pooled.tau2, number(pooled.tau2, 3))
    sheet.add("tau", "Standard deviation of the true effects (τ)", tau, number(tau, 3))


def _prediction(
    evidence: Evidence, pooled: PooledNumbers, settings: Settings, sheet: FactSheet
) -> None:
    claim = main_claim(evidence, settings)
    text = None
    if pooled.prediction_low is None or pooled.prediction_high is None:
        sheet.missing("There is no prediction interval.", "inc_prediction")
    else:
        low, high = pooled.prediction_low, pooled.prediction_high
        text = f"{effect_text(evidence, low)} to {effect_text(evidence, high)}"
        sheet.add("prediction_interval", "Prediction interval", text, text)
    if not claim.analysis:
        sheet.missing(claim.reason, "inc_prediction", "inc_range")
        return
    limits = _range_of_equivalence(evidence, settings, claim)
    inside = len(crossed(pooled.low, pooled.high, limits))
    sheet.add("inc_c", "Thresholds inside the confidence interval", inside, str(inside))
    if pooled.prediction_low is not None and pooled.prediction_high is not None:
        wider = len(crossed(pooled.prediction_low, pooled.prediction_high, limits))
        label = "Thresholds inside the prediction interval"
        sheet.add("inc_prediction", label, wider, f"{wider} of {len(limits)}")
    if pooled.tau2 is not None:
        reach = 1.96 * math.sqrt(pooled.tau2)
        low, high = pooled.effect - reach, pooled.effect + reach
        extra = set(crossed(low, high, claim.analysis)) - set(
            crossed(pooled.low, pooled.high, claim.analysis)
        )
        text = f"{effect_text(evidence, low)} to {effect_text(evidence, high)}"
        sheet.add("true_range", "Range of 95% of the true effects", text, text)
        label = "Range of true effects reaches a threshold that the interval leaves out"
        sheet.add("inc_range", label, bool(extra), "yes" if extra else "no")


def _range_of_equivalence(
    evidence: Evidence, settings: Settings, claim: Claim
) -> tuple[float, ...]:
    """Return ± MID on the analysis scale where one is declared, else the thresholds in force."""
    thresholds = settings.thresholds
    if thresholds.type not in (NULL, MID) or thresholds.important is None:
        return claim.analysis
    baseline = None if claim.baseline is None else claim.baseline.risk
    both = [to_analysis(evidence, one, baseline) for one in thresholds.important]
    known = tuple(one for one in both if one is not None)
    return known if len(known) == 2 else claim.analysis
