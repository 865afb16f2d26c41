"""The facts that bear on risk of bias: weights by judgement, domains, effect with and without.

``risk_of_bias.py`` asks the questions about them. Weighs studies by what they contribute; never
averages labels.
"""

from __future__ import annotations

import math

from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import Evidence, Restricted, StudyEvidence
from gradecore.grade.facts import FactSheet
from gradecore.grade.scales import interval_text, number, p_text, percent, risk_ratio_of
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import POOLED, PUBLISHED, SINGLE

NO_STUDIES = "The studies behind the estimate are not entered one by one."
AS_PUBLISHED = "Only the published estimate is known, not its studies and their weights."
NO_ESTIMATES = "No study gives an estimate of the effect."
NOT_SETTLED = "No study of the analysis has a settled judgement of its risk of bias."
NO_RESTRICTED = "There is no second analysis without the studies at high risk of bias."
SOME_OPEN = "No settled study is at high risk of bias, and some studies are not settled yet."
NO_INFORMATION = "No study of the analysis has information about its risk of bias."
_NOTHING_LEFT = {
    "": "No study remains without those at high risk of bias.",
    "_strict": "No study remains without those at high risk of bias or with some concerns.",
}
_LEVEL_WORDS = {"low": "low risk", "some": "some concerns", "high": "high risk", "open": "open"}
_WEIGHT_LABELS = {
    "low": "Weight at low risk of bias",
    "some": "Weight of studies with some concerns",
    "high": "Weight at high risk of bias",
    "open": "Weight of studies without a settled judgement",
}
_UNINFORMED = "Weight of studies without information about risk of bias"


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on risk of bias."""
    studies = evidence.studies
    if not studies:
        why = why_no_studies(evidence)
        sheet.missing(why, "w_high", "w_low", "w_some", "w_open", "n_low", "rob_largest")
        sheet.missing(why, "rob_domain", "robins_dominant", "without_high")
    elif all(study.rob == "open" for study in studies):
        why = _why_open(studies)
        sheet.missing(why, "w_high", "w_low", "w_some", "n_low", "rob_largest")
        sheet.missing(why, "rob_domain", "rob_only_blinding", "robins_dominant")
    else:
        _weights(studies, settings, sheet)
        _counts(studies, sheet)
        _domains(studies, sheet)
        _ladder(evidence, sheet)
    _with_and_without(evidence, settings, evidence.without_high, "", sheet)
    _with_and_without(evidence, settings, evidence.without_high_and_some, "_strict", sheet)
    if evidence.case_series:
        sheet.add("case_series", "Studies without a comparison group", True, "yes")
    if evidence.objective is None:
        sheet.missing("Nobody has said whether the outcome is objective.", "objective")
    else:
        shown = "yes" if evidence.objective else "no"
        sheet.add("objective", "Objective outcome", evidence.objective, shown)


def why_no_studies(evidence: Evidence) -> str:
    """Return why there are no studies whose part in the estimate could be looked at."""
    if evidence.kind == PUBLISHED:
        return AS_PUBLISHED
    return NO_ESTIMATES if evidence.kind in (POOLED, SINGLE) else NO_STUDIES


def shares(studies: tuple[StudyEvidence, ...]) -> tuple[tuple[float, ...], str]:
    """Return each study's share of the body, summing to 1, and on what it is based.

    Weights of the reported model; if they are not known participants, last resort equal shares.
    """
    for basis, given in (
        ("model weights", [study.weight for study in studies]),
        ("participants", [study.participants for study in studies]),
    ):
        known = [one for one in given if one is not None]
        if len(known) == len(given) and sum(known) > 0:
            return tuple(one / sum(known) for one in known), basis
    return tuple(1 / len(studies) for _ in studies), "number of studies"


def _weights(studies: tuple[StudyEvidence, ...], settings: Settings, sheet: FactSheet) -> None:
    by_study, basis = shares(studies)
    by_level = {
        level: sum(
            share for share, study in zip(by_study, studies, strict=True) if study.rob == level
        )
        for level in _LEVEL_WORDS
    }
    sheet.add("rob_weight_basis", "Studies weighed by", basis, basis)
    for level, label in _WEIGHT_LABELS.items():
        if level != "open" or by_level[level]:
            label = _UNINFORMED if level == "open" and _uninformed(studies) else label
            sheet.add(f"w_{level}", label, by_level[level], percent(by_level[level]))
    strict = sum(
        share
        for share, study in zip(by_study, studies, strict=True)
        if study.rob == "high" or (study.rob == "some" and not study.some_is_low)
    )
    label = "Weight at high risk of bias or some concerns"
    sheet.add("w_high_or_some", label, strict, percent(strict))
    largest = max(_LEVEL_WORDS, key=lambda level: by_level[level])
    if largest == "open":
        told = "information about risk of bias" if _uninformed(studies) else "settled judgement"
        why = f"Most of the weight lies in studies without {told}."
        sheet.missing(why, "rob_largest")
    else:
        sheet.add("rob_largest", "Largest weight by risk of bias", largest, _LEVEL_WORDS[largest])
    common = [study.common_weight for study in studies]
    known = [one for one in common if one is not None]
    if basis == "model weights" and len(known) == len(common):
        high = sum(w for w, s in zip(known, studies, strict=True) if s.rob == "high")
        if abs(high - by_level["high"]) > settings.cutoffs.rob_weights_differ:
            label = "Weight at high risk of bias in the common-effect model"
            sheet.add("w_high_common", label, high, percent(high))


def _counts(studies: tuple[StudyEvidence, ...], sheet: FactSheet) -> None:
    for level, words in _LEVEL_WORDS.items():
        count = sum(study.rob == level for study in studies)
        if level != "open" or count:
            sheet.add(f"n_{level}", f"Studies: {words}", count, f"{count} of {len(studies)}")
    if _uninformed(studies) and any(study.rob == "open" for study in studies):
        label = "Open studies have no information about risk of bias"
        sheet.add("rob_uninformed", label, True, "yes")


def _domains(studies: tuple[StudyEvidence, ...], sheet: FactSheet) -> None:
    if not all(study.rob_domains for study in studies):
        why = "The judgements of the risk-of-bias domains are not settled for every study."
        sheet.missing(why, "rob_domain", "rob_only_blinding")
        return
    by_study, _ = shares(studies)
    share_high: dict[str, float] = {}
    other_than_blinding = False
    for share, study in zip(by_study, studies, strict=True):
        for judged in study.rob_domains:
            share_high.setdefault(judged.name, 0.0)
            if judged.level == "high":
                share_high[judged.name] += share
                other_than_blinding |= not judged.about_blinding
    worst = max(share_high, key=lambda name: share_high[name])
    text = f"{worst}: {percent(share_high[worst])}"
    sheet.add("rob_domain", "Domain most often at high risk (by weight)", worst, text)
    label = "Weight of the domain most often at high risk"
    sheet.add("rob_domain_share", label, share_high[worst], percent(share_high[worst]))
    only = any(share_high.values()) and not other_than_blinding
    label = "High domains concern only blinding or measurement"
    sheet.add("rob_only_blinding", label, only, "yes" if only else "no")


def _ladder(evidence: Evidence, sheet: FactSheet) -> None:
    named = [study.rob_original for study in evidence.studies]
    if not all(named):
        sheet.missing("Not every study has a settled overall judgement.", "robins_dominant")
        return
    by_study, _ = shares(evidence.studies)
    weight: dict[str, float] = {}
    for share, name in zip(by_study, named, strict=True):
        weight[name] = weight.get(name, 0.0) + share
    top = max(weight, key=lambda name: weight[name])
    text = f"{top} ({percent(weight[top])} of the weight)"
    sheet.add("robins_dominant", "Overall judgement with most weight", top, text)


def _with_and_without(
    evidence: Evidence,
    settings: Settings,
    restricted: Restricted | None,
    ending: str,
    sheet: FactSheet,
) -> None:
    keys = [f"{name}{ending}" for name in ("without_high", "rob3_change", "rob3_zone", "rob3_p")]
    if evidence.pooled is None or restricted is None:
        sheet.missing(_why_not_restricted(evidence), *keys)
        return
    if restricted.pooled is None:
        left = "The studies that remain without those at high risk of bias give no estimate."
        sheet.missing(left if restricted.k else _NOTHING_LEFT[ending], *keys)
        return
    everything, rest = evidence.pooled, restricted.pooled
    which = "high risk of bias or some concerns" if ending else "high risk of bias"
    studies = "1 study" if restricted.k == 1 else f"{restricted.k} studies"
    text = f"{interval_text(evidence, rest)}, {studies}"
    if ending == "":
        whole = interval_text(evidence, everything)
        sheet.add("with_all", "Estimate of all studies", everything.effect, whole)
    sheet.add(keys[0], f"Estimate without studies at {which}", rest.effect, text)
    flips = evidence.compared and everything.effect * rest.effect < 0
    label = f"Sign changes without studies at {which}"
    sheet.add(f"rob3_sign{ending}", label, flips, "yes" if flips else "no")
    null_all = everything.low < 0 < everything.high
    null_rest = rest.low < 0 < rest.high
    changed = evidence.compared and null_all != null_rest
    label = f"Excluding no effect changes without studies at {which}"
    sheet.add(f"rob3_null{ending}", label, changed, "yes" if changed else "no")
    size = _size_in_common_units(evidence, rest.effect)
    comparable = size is not None and size > settings.cutoffs.rob_smallest_comparable
    if comparable and everything.effect * rest.effect > 0:
        change = (abs(everything.effect) - abs(rest.effect)) / abs(rest.effect)
        label = f"Relative change of the effect by studies at {which} (analysis scale)"
        sheet.add(keys[1], label, change, f"{number(change * 100, 0)}%")
    _zones_of_both(evidence, settings, (rest.effect, ending, which), sheet)
    if restricted.p_between is not None:
        label = f"Test of studies at {which} against the rest"
        sheet.add(keys[3], label, restricted.p_between, p_text(restricted.p_between))


def _why_not_restricted(evidence: Evidence) -> str:
    open_ones = [study for study in evidence.studies if study.rob == "open"]
    if not open_ones:
        return NO_RESTRICTED
    if len(open_ones) == len(evidence.studies):
        return _why_open(evidence.studies)
    return NO_RESTRICTED if _uninformed(evidence.studies) else SOME_OPEN


def _uninformed(studies: tuple[StudyEvidence, ...]) -> bool:
    """Return whether all that is open was judged, as the “no information” of ROBINS-I."""
    return all(study.rob_original for study in studies if study.rob == "open")


def _why_open(studies: tuple[StudyEvidence, ...]) -> str:
    return NO_INFORMATION if _uninformed(studies) else NOT_SETTLED


def _size_in_common_units(evidence: Evidence, effect: float) -> float | None:
    """Return the distance from no effect as a logarithm or in SD units; None if not known.

    A relative change says nothing about effects near none, and what is near depends on the unit:
    differences in means are divided by the SD, differences in risk read as risk ratios.
    """
    if not evidence.compared:
        return None
    if evidence.ratio or evidence.standardised:
        return abs(effect)
    if evidence.of_plain_means:
        return abs(effect) / evidence.sd if evidence.sd else None
    if evidence.measure == "RD":
        risk = evidence.baselines[0].risk if evidence.baselines else None
        ratio = risk_ratio_of(evidence, effect, risk)
        return None if ratio is None else abs(math.log(ratio)) if ratio > 0 else math.inf
    return abs(effect)


def _zones_of_both(
    evidence: Evidence, settings: Settings, rest: tuple[float, str, str], sheet: FactSheet
) -> None:
    effect, ending, which = rest
    claim = main_claim(evidence, settings)
    whole = evidence.pooled.effect if evidence.pooled is not None else 0.0
    if claim.benefit_sign is not None:
        bias = claim.benefit_sign * (whole - effect) > 0
        words = "favours the intervention" if bias else "runs against the intervention"
        label = f"If studies at {which} are biased, the bias"
        sheet.add(f"rob3_bias{ending}", label, bias, words)
    if not claim.analysis:
        sheet.missing(claim.reason, f"rob3_zone{ending}")
        return
    before, after = claim.place(whole), claim.place(effect)
    text = f"{after}; of all studies: {before}"
    label = f"Position of the estimate without studies at {which}"
    sheet.add(f"rob3_zone{ending}", label, before != after, text)
