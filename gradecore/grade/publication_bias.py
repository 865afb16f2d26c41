"""Are whole studies or results missing because of their findings? Facts and prompts PUB-1 to PUB-7.

Selective reporting inside a study is left to ``risk_of_bias.py``. With fewer than ten studies the
funnel is not tested, and that is said.

Source: Core GRADE 4 (doi:10.1136/bmj-2024-083864); Cochrane Handbook 13.
"""

from __future__ import annotations

from gradecore.grade.claim import main_claim
from gradecore.grade.evidence import Evidence, StudyEvidence
from gradecore.grade.facts import (
    FIRED,
    Facts,
    FactSheet,
    Finding,
    PromptKind,
    fired_if,
    not_assessable,
)
from gradecore.grade.risk_of_bias_facts import why_no_studies
from gradecore.grade.scales import effect_text, number, p_text, people, percent
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import NARRATIVE, PUBLICATION_BIAS, PUBLISHED

_SPREAD = "Largest over smallest standard error of the studies"
_NOT_SEEN = "Nobody has looked at the funnel; the test alone does not tell."


def gather(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """Write down the facts that bear on publication bias."""
    if evidence.studies:
        _small_and_sponsored(evidence.studies, settings, sheet)
        _funnel(evidence, sheet)
    else:
        sheet.missing(why_no_studies(evidence), "pub_small_sponsored", "pub_spread")
    _asymmetry(evidence, sheet)
    _missing(evidence, sheet)
    _sensitivity(evidence, settings, sheet)
    _search(evidence, sheet)
    if evidence.early_small_positive is None:
        sheet.missing("Nobody has answered this yet.", "pub_early")
    else:
        shown = "yes" if evidence.early_small_positive else "no"
        label = "All studies early, small and positive"
        sheet.add("pub_early", label, evidence.early_small_positive, shown)


def _small_and_sponsored(
    studies: tuple[StudyEvidence, ...], settings: Settings, sheet: FactSheet
) -> None:
    """A study that is large or not sponsored is out, whatever else is unknown about it."""
    limit = settings.cutoffs.pub_small
    both = unknown = 0
    for study in studies:
        size = study.participants
        small = None if size is None else size < limit
        if small is False or study.industry_funded is False:
            continue
        if small is None or study.industry_funded is None:
            unknown += 1
        else:
            both += 1
    text = f"{both} of {len(studies)}"
    if unknown:
        text += f", {unknown} unknown"
        label = "Studies of unknown size or funding"
        sheet.add("pub_unknown", label, unknown / len(studies), str(unknown))
    label = f"Small (below {number(limit, 0)}) and industry-funded studies"
    sheet.add("pub_small_sponsored", label, both / len(studies), text)


def _funnel(evidence: Evidence, sheet: FactSheet) -> None:
    if evidence.kind == NARRATIVE:
        sheet.missing("The studies were not pooled: there is no funnel.", "pub_spread")
        return
    errors = [study.se for study in evidence.studies if study.se]
    with_effect = [study for study in evidence.studies if study.effect is not None]
    sheet.add("pub_k", "Studies with an estimate", len(with_effect), str(len(with_effect)))
    if len(errors) < 2:
        sheet.missing("Standard errors of the studies are needed.", "pub_spread")
        return
    ratio = max(errors) / min(errors)
    sheet.add("pub_spread", _SPREAD, ratio, number(ratio, 1))


def _asymmetry(evidence: Evidence, sheet: FactSheet) -> None:
    small = evidence.small_studies
    if small.visual is not None:
        words = small.visual.replace("_", " ")
        sheet.add("pub_visual", "Funnel plot, as answered", small.visual, words)
    if small.p is not None:
        text = f"{small.test}: {p_text(small.p)}".removeprefix(": ")
        sheet.add("pub_p", "Test for asymmetry", small.p, text)
    if small.visual is None and small.p is None:
        sheet.missing("Nobody has looked at the funnel, and there is no test.", "pub_p")


def _missing(evidence: Evidence, sheet: FactSheet) -> None:
    if evidence.missing_studies is None:
        why = "Nobody has looked for eligible studies without usable results."
        sheet.missing(why, "pub_missing")
        return
    count = evidence.missing_studies
    label = "Eligible studies without usable results"
    sheet.add("pub_missing", label, count, str(count))
    people_in, people_out = evidence.participants, evidence.missing_participants
    if people_in is not None and people_out is not None and people_in + people_out > 0:
        share = people_out / (people_in + people_out)
        who = "1 person" if people_out == 1 else f"{people(people_out)} people"
        text = f"{who}, {percent(share)}"
        sheet.add("pub_missing_share", "Share of participants missing", share, text)


def _sensitivity(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    estimates, pooled = evidence.small_studies.estimates, evidence.pooled
    claim = main_claim(evidence, settings)
    if not estimates or pooled is None:
        sheet.missing("There is no sensitivity analysis for small studies.", "pub_moves")
        return
    for place, (name, effect) in enumerate(estimates, start=1):
        label = f"Estimate ({name[:1].lower()}{name[1:]})"
        sheet.add(f"pub_estimate_{place}", label, effect, effect_text(evidence, effect))
    if not claim.analysis:
        sheet.missing(claim.reason, "pub_moves")
        return
    here = claim.place(pooled.effect)
    others = [name for name, effect in estimates if claim.place(effect) != here]
    text = f"{', '.join(others)}: no longer {here}" if others else "no"
    label = "A check of small studies puts the estimate into another zone"
    sheet.add("pub_moves", label, bool(others), text)


def _search(evidence: Evidence, sheet: FactSheet) -> None:
    for name, done in evidence.search:
        if done is not None:
            words = name.replace("_", " ")
            sheet.add(f"search_{name}", f"Searched: {words}", done, "yes" if done else "no")
    open_ones = [name for name, done in evidence.search if done is None]
    if not evidence.search or open_ones:
        sheet.missing("The questions about the search are not all answered.", "search_complete")
    else:
        sheet.add("search_complete", "Questions about the search", len(evidence.search), "answered")


def small_and_sponsored(facts: Facts, settings: Settings) -> Finding:
    """PUB-1: are most studies small and sponsored?"""
    if not facts.has("pub_small_sponsored"):
        return not_assessable(facts.reason("pub_small_sponsored"))
    shown = facts.choose("pub_small_sponsored", "pub_unknown")
    share = facts.number("pub_small_sponsored")
    unknown = facts.number("pub_unknown") if facts.has("pub_unknown") else 0.0
    most = settings.cutoffs.pub_most
    if share <= most < share + unknown:
        return not_assessable("Size or funding of some studies is not known.", shown)
    return fired_if(share > most, shown)


def _too_few(facts: Facts, settings: Settings) -> str:
    k = facts.number("pub_k") if facts.has("pub_k") else None
    if k is None:
        k = facts.number("k") if facts.has("k") else None
    needed = settings.cutoffs.pub_funnel_studies
    if k is not None and k < needed:
        there = "There is 1 study" if k == 1 else f"There are {k:.0f} studies"
        return f"{there}; below {needed:.0f} the funnel is not tested."
    return ""


def feasible(facts: Facts, settings: Settings) -> Finding:
    """PUB-2: can a funnel plot be tested at all?"""
    shown = facts.choose("pub_k", "pub_spread")
    few = _too_few(facts, settings)
    if few:
        return not_assessable(few, shown)
    if not facts.has("pub_spread"):
        return not_assessable(facts.reason("pub_spread"), shown)
    if facts.number("pub_spread") < settings.cutoffs.pub_funnel_spread:
        return not_assessable("The studies are of too similar a size for a test.", shown)
    return fired_if(True, shown, verdict="feasible")


def asymmetry(facts: Facts, settings: Settings) -> Finding:
    """PUB-3: is the funnel asymmetric?"""
    shown = facts.choose("pub_visual", "pub_p")
    possible = feasible(facts, settings)
    printed = (
        facts.has("kind") and facts.text("kind") == PUBLISHED and not _too_few(facts, settings)
    )
    if possible.status != FIRED and not (printed and facts.has("pub_p")):
        return not_assessable(possible.reason, shown)
    if not shown:
        return not_assessable(facts.reason("pub_p"))
    if possible.status == FIRED and not facts.has("pub_visual") and not _low_p(facts, settings):
        return not_assessable(_NOT_SEEN, shown)
    seen = facts.has("pub_visual") and facts.text("pub_visual") == "asymmetric"
    return fired_if(seen or _low_p(facts, settings), shown)


def _low_p(facts: Facts, settings: Settings) -> bool:
    return facts.has("pub_p") and facts.number("pub_p") < settings.cutoffs.pub_p


def known_missing(facts: Facts, settings: Settings) -> Finding:
    """PUB-4: are there eligible studies whose results are missing?"""
    if not facts.has("pub_missing"):
        return not_assessable(facts.reason("pub_missing"))
    share = facts.number("pub_missing_share") if facts.has("pub_missing_share") else 0.0
    strong = round(share, 9) >= settings.cutoffs.pub_missing_strong
    shown = facts.choose("pub_missing", "pub_missing_share")
    return fired_if(facts.number("pub_missing") > 0, shown, verdict="strong" if strong else "")


def sensitivity(facts: Facts, settings: Settings) -> Finding:
    """PUB-5: does the estimate move to another zone in sensitivity analyses?"""
    shown = facts.starting("pub_estimate_")
    if not facts.has("pub_moves"):
        return not_assessable(facts.reason("pub_moves"), shown)
    return fired_if(facts.flag("pub_moves"), shown + facts.choose("pub_moves"))


def search(facts: Facts, settings: Settings) -> Finding:
    """PUB-6: was the search good enough to find what is missing?"""
    shown = tuple(one for one in facts.starting("search_") if one.key != "search_complete")
    if any(one.value is False for one in shown):
        return fired_if(True, shown)
    if not facts.has("search_complete"):
        return not_assessable(facts.reason("search_complete"), shown)
    return fired_if(False, shown)


def early(facts: Facts, settings: Settings) -> Finding:
    """PUB-7: are all studies early, small and positive?"""
    if not facts.has("pub_early"):
        return not_assessable(facts.reason("pub_early"))
    return fired_if(facts.flag("pub_early"), facts.choose("pub_early"))


PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="PUB-1",
        domain=PUBLICATION_BIAS,
        name="Small and sponsored",
        rule="More than {pub_most:%} of the studies with fewer than {pub_small} people and "
        "funded by industry.",
        source="Core GRADE 4, first question; the size is a convention of this program",
        tag="S2",
        question="Are most studies small and paid by those who gain from the result?",
        typical="−1 is often considered.",
        ask=small_and_sponsored,
    ),
    PromptKind(
        id="PUB-2",
        domain=PUBLICATION_BIAS,
        name="Is a funnel test possible?",
        rule="{pub_funnel_studies} studies or more, and the largest standard error at least "
        "{pub_funnel_spread} times the smallest.",
        source="Cochrane Handbook 13; the spread is a convention of this program",
        tag="K",
        question="Look at the contour-enhanced funnel plot: is it symmetric?",
        typical="If not possible: do not test, and say so.",
        info=True,
        ask=feasible,
    ),
    PromptKind(
        id="PUB-3",
        domain=PUBLICATION_BIAS,
        name="Asymmetry",
        rule="P below {pub_p}, or seen as asymmetric.",
        source="Core GRADE 4",
        tag="S2",
        question="Does the asymmetry strongly suggest missing results, rather than heterogeneity, "
        "chance or poor small trials?",
        typical="−1 is considered only when it strongly suggests missing results.",
        ask=asymmetry,
    ),
    PromptKind(
        id="PUB-4",
        domain=PUBLICATION_BIAS,
        name="Known missing results",
        rule="Any eligible study without usable results; strong from {pub_missing_strong:%} of the "
        "participants.",
        source="Core GRADE 4; the share is a convention of this program",
        tag="S2",
        question="Are results missing because of what they showed?",
        typical="−1 is often considered; the decisive question with few studies.",
        ask=known_missing,
    ),
    PromptKind(
        id="PUB-5",
        domain=PUBLICATION_BIAS,
        name="Sensitivity",
        rule="An estimate of a sensitivity analysis lies in another zone.",
        source="Core GRADE 4",
        tag="S2",
        question="Would the conclusion survive if small studies were exaggerated?",
        typical="Supports a suspicion; never decides.",
        ask=sensitivity,
    ),
    PromptKind(
        id="PUB-6",
        domain=PUBLICATION_BIAS,
        name="Search",
        rule="Any “no” to registries, regulators, grey literature, languages, recent date.",
        source="GRADE guidelines 5",
        tag="S",
        question="Was the search good enough to call publication bias undetected?",
        typical="Limits the confidence in “undetected”.",
        ask=search,
    ),
    PromptKind(
        id="PUB-7",
        domain=PUBLICATION_BIAS,
        name="Early, small, positive",
        rule="All studies small and published soon after the intervention was introduced.",
        source="GRADE guidelines 5",
        tag="S",
        question="Early evidence exaggerates: could this be such a case?",
        ask=early,
    ),
)
