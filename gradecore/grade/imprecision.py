"""Is the estimate precise enough for the claim? Prompts IMP-1 to IMP-12.

Facts come from ``imprecision_facts.py``. The interval of the absolute effect comes first; the
relative one only supports; the information size is asked when the interval is clear of the
thresholds and the effect is implausibly large.

=========================================  ===================  ==============================
interval of the absolute effect            effect               then
=========================================  ===================  ==============================
contains a threshold                                            consider −1
contains important benefit and harm                             consider −2
null inside, reaches MID on other side                          consider −2
clear of the thresholds                    implausibly large    information size (IMP-4)
clear of the thresholds                    plausible            no concern from this path
=========================================  ===================  ==============================

Sources: Core GRADE 2, Fig 4 (doi:10.1136/bmj-2024-083865); guidance 34
(doi:10.1016/j.jclinepi.2022.07.014); guidance 35; GRADE guidelines 6.
"""

from __future__ import annotations

from gradecore.grade.evidence import EVENT_MEASURES, MEAN_MEASURES
from gradecore.grade.facts import (
    FIRED,
    Facts,
    Finding,
    fired_if,
    not_assessable,
)
from gradecore.grade.imprecision_facts import BOTH, CLEAR_OF, NULL_AND_MID, ONCE, RATES
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import NARRATIVE, RANGES

_CROSSING = {
    CLEAR_OF: "",
    ONCE: "−1 is often considered when the interval contains the threshold.",
    BOTH: "−2 is often considered when the interval contains an important benefit and an "
    "important harm.",
    NULL_AND_MID: "−2 is often considered when the interval contains no effect and reaches the "
    "MID on the other side.",
}


def _verdicts(facts: Facts) -> tuple[str, ...]:
    return tuple(str(fact.value) for fact in facts.starting("imp_verdict_"))


def threshold_crossing(facts: Facts, settings: Settings) -> Finding:
    """IMP-1: does the interval of the absolute effect contain a threshold of the claim?"""
    shown = (
        facts.starting("imp_effect_")
        + facts.starting("imp_thresholds_")
        + facts.starting("imp_crossed_")
        + facts.starting("imp_meaning_")
    )
    verdicts = _verdicts(facts)
    if not verdicts:
        if facts.has("imp_by_study"):
            by_study = facts.choose("imp_by_study")
            return fired_if(facts.number("imp_by_study") >= 0.5, by_study, verdict="by_study")
        return not_assessable(facts.reason("imp_verdict_1"), shown)
    worst = max(verdicts, key=list(_CROSSING).index)
    shown += facts.choose("imp_whole_range")
    return fired_if(worst != CLEAR_OF, shown, verdict=worst, typical=_CROSSING[worst])


def wording(facts: Facts, settings: Settings) -> Finding:
    """IMP-2: which of the two sentences describes your belief?"""
    crossing = threshold_crossing(facts, settings)
    if crossing.status != FIRED:
        reason = crossing.reason or "The interval contains no threshold."
        return not_assessable(reason, applicable=bool(crossing.reason))
    if not facts.has("wording_probably", "wording_may"):
        return not_assessable(facts.reason("wording_probably", "wording_may"))
    return fired_if(True, facts.choose("wording_probably", "wording_may"))


def _of_means(facts: Facts) -> bool:
    return facts.has("measure") and facts.text("measure") in MEAN_MEASURES


def _of_risks(facts: Facts) -> bool:
    """Return whether there may be a difference in risk; so while no measure is known."""
    measure = facts.text("measure") if facts.has("measure") else "RR"
    return measure in EVENT_MEASURES and measure not in RATES


def implausibly_large(facts: Facts, settings: Settings) -> Finding:
    """IMP-3: is the effect larger than is plausible?"""
    if not facts.has("imp_magnitude"):
        return not_assessable(facts.reason("imp_magnitude"))
    size, cutoffs = round(facts.number("imp_magnitude"), 9), settings.cutoffs
    shown = facts.choose("rr", "imp_magnitude")
    if _of_means(facts):
        large = size >= cutoffs.imp_large_sd
        return fired_if(large, shown, verdict="large" if large else "plausible")
    clearly = size > cutoffs.imp_clearly_large
    large = size > cutoffs.imp_large
    verdict = "clearly_large" if clearly else "large" if large else "plausible"
    return fired_if(large, shown, verdict=verdict)


def size_not_reached(facts: Facts, settings: Settings) -> Finding:
    """Return whether the information size is reached, whatever the other prompts say."""
    shown = facts.choose("n", "ois", "ois_share", "events", "ois_events", "imp_ratio")
    cutoffs = settings.cutoffs
    if facts.has("imp_ratio") and facts.has("measure") and not _of_means(facts):
        of_odds = facts.text("measure") in ("OR", "PETO")
        limit = cutoffs.imp_ratio_or if of_odds else cutoffs.imp_ratio_rr
        if round(facts.number("imp_ratio"), 9) >= limit:
            typical = "−2 is often considered when the limits are so far apart."
            return fired_if(True, shown, verdict="limits_far_apart", typical=typical)
    if not facts.has("ois", "n"):
        return not_assessable(facts.reason("ois", "n"), shown)
    share = facts.number("n") / facts.number("ois")
    if share >= 1:
        return fired_if(False, shown, verdict="reached")
    if _of_means(facts) and share < cutoffs.imp_share_of_ois:
        typical = "−2 is often considered; −3 when the existence of an effect is doubtful."
        return fired_if(True, shown, verdict="far_below", typical=typical)
    typical = "−1 is often considered; −3 is possible with so few events that the existence of an "
    return fired_if(True, shown, verdict="below", typical=typical + "effect is doubtful.")


def information_size(facts: Facts, settings: Settings) -> Finding:
    """IMP-4: are there enough people for an effect of this size?"""
    found = size_not_reached(facts, settings)
    if threshold_crossing(facts, settings).status == FIRED and _verdicts(facts):
        why = "The interval contains a threshold; the size is not looked at on this path."
        return not_assessable(why, found.facts, applicable=False)
    large = implausibly_large(facts, settings)
    if large.status != FIRED and not large.reason:
        why = "The effect is not implausibly large; the size is not needed."
        return not_assessable(why, found.facts, applicable=False)
    return found


def ranges(facts: Facts, settings: Settings) -> Finding:
    """IMP-5: how many thresholds between ranges lie inside the interval?"""
    if not facts.has("imp_ranges"):
        used = settings.thresholds.type == RANGES
        return not_assessable(facts.reason("imp_ranges"), applicable=used)
    count = int(facts.number("imp_ranges"))
    typical = "" if count == 0 else f"−{min(3, count)} is often considered."
    shown = facts.choose("absolute_effect", "imp_ranges")
    return fired_if(count > 0, shown, verdict=f"crossed_{min(3, count)}", typical=typical)


def classic(facts: Facts, settings: Settings) -> Finding:
    """IMP-6: what does the rule of 2011 say about the relative effect?"""
    cutoffs = settings.cutoffs
    shown = facts.choose("rr", "rr_low", "rr_high", "n", "ois", "events", "ois_events")
    wide = None
    if facts.has("rr_low", "rr_high"):
        low, high = facts.number("rr_low"), facts.number("rr_high")
        reaches = low < cutoffs.imp_classic_low or high > cutoffs.imp_classic_high
        wide = low < 1 < high and reaches
    small = None
    if facts.has("n", "ois"):
        # means have no risk ratio: for them the information size is the whole rule
        wide = False if _of_means(facts) else wide
        small = facts.number("n") < facts.number("ois")
        if facts.has("events", "ois_events"):
            small = small or facts.number("events") < facts.number("ois_events")
    if wide or small:
        verdict = " ".join(word for word, yes in (("wide", wide), ("small", small)) if yes)
        return fired_if(True, shown, verdict=verdict)
    if wide is None or small is None:
        return not_assessable(facts.reason("rr_low", "n", "ois"), shown)
    return fired_if(False, shown)


def rules_of_thumb(facts: Facts, settings: Settings) -> Finding:
    """IMP-7: how do the totals compare with the crude rules?"""
    cutoffs = settings.cutoffs
    narrative = facts.has("kind") and facts.text("kind") == NARRATIVE
    if narrative:
        return _narrative(facts, settings)
    if _of_means(facts):
        if not facts.has("n"):
            return not_assessable(facts.reason("n"))
        n = facts.number("n")
        verdict = "below_old" if n < cutoffs.imp_rule_people_old else ""
        verdict = verdict or ("below" if n < cutoffs.imp_rule_people else "")
        return fired_if(bool(verdict), facts.choose("n"), verdict=verdict)
    if not facts.has("events"):
        return not_assessable(facts.reason("events"), facts.choose("n"))
    few = facts.number("events") < cutoffs.imp_rule_events
    return fired_if(few, facts.choose("events", "n"), verdict="below" if few else "")


def _narrative(facts: Facts, settings: Settings) -> Finding:
    key = "events" if facts.has("events") else "n"
    if not facts.has(key):
        return not_assessable(facts.reason("n"))
    few = facts.number(key) <= settings.cutoffs.narrative_small
    return fired_if(few, facts.choose("n", "events"), verdict="below" if few else "")


def rare_events(facts: Facts, settings: Settings) -> Finding:
    """IMP-8: rare events in many people, with a risk difference that cannot matter?"""
    if not facts.has("imp_rare", "n"):
        return not_assessable(facts.reason("imp_rare", "n"), applicable=_of_risks(facts))
    many = facts.number("n") >= settings.cutoffs.imp_rare_people
    return fired_if(many and facts.flag("imp_rare"), facts.choose("imp_rare", "n", "events"))


def no_events(facts: Facts, settings: Settings) -> Finding:
    """IMP-9: is there no event, or none in one arm?"""
    if not facts.has("imp_no_events"):
        means = _of_means(facts)
        return not_assessable(facts.reason("imp_no_events"), applicable=not means)
    return fired_if(facts.flag("imp_no_events"), facts.choose("events", "imp_no_events"))


def interval_method(facts: Facts, settings: Settings) -> Finding:
    """IMP-10: does the verdict depend on the method of the interval?"""
    if facts.has("k") and facts.number("k") == 1:
        return not_assessable("With one study there is only one interval.", applicable=False)
    few = settings.cutoffs.imp_few_studies
    if facts.has("k") and facts.number("k") > few:
        why = f"Only compared with {few:.0f} studies or fewer."
        return not_assessable(why, facts.choose("imp_methods"), applicable=False)
    if not facts.has("imp_methods"):
        return not_assessable(facts.reason("imp_methods"))
    return fired_if(facts.flag("imp_methods"), facts.choose("imp_methods"))


def baseline_sensitivity(facts: Facts, settings: Settings) -> Finding:
    """IMP-11: does the verdict depend on the baseline risk?"""
    verdicts = _verdicts(facts)
    if len(verdicts) < 2:
        why = "Two baseline risks or more are needed, and a threshold."
        return not_assessable(why, applicable=not _of_means(facts))
    shown = facts.starting("imp_effect_") + facts.starting("imp_verdict_")
    return fired_if(len(set(verdicts)) > 1, shown, verdict=" ".join(verdicts))


def near_miss(facts: Facts, settings: Settings) -> Finding:
    """IMP-12: is a limit so near a threshold that rounding could decide?"""
    if not facts.has("imp_nearest"):
        return not_assessable(facts.reason("imp_nearest"))
    near = round(facts.number("imp_nearest"), 9) < 0.5
    return fired_if(near, facts.choose("imp_nearest"))
