"""Do the results disagree in a way that matters and nobody can explain? Prompts INC-0 to INC-11.

Facts come from ``inconsistency_facts.py``. Nothing here ever says that there is no inconsistency:
where it cannot be assessed, it says so.

====================================  ==================================================
thresholds inside (CI, prediction)    concern (CINeMA)
====================================  ==================================================
(0, 0)  (1, 1)  (2, 2)                none
(0, 1)  (1, 2)                        some
(0, 2)                                major
====================================  ==================================================

Sources: Core GRADE 3 (doi:10.1136/bmj-2024-083866); guidance 36
(doi:10.1016/j.jclinepi.2023.03.003); CINeMA (doi:10.1371/journal.pmed.1003082) for the table.
"""

from __future__ import annotations

from gradecore.grade.evidence import EVENT_MEASURES, RATIO_MEASURES
from gradecore.grade.facts import (
    Facts,
    Finding,
    PromptKind,
    fired_if,
    not_assessable,
)
from gradecore.grade.inconsistency_facts import MAJORITY, NOT_POOLED, ONE_STUDY
from gradecore.grade.risk_of_bias_facts import AS_PUBLISHED, NO_ESTIMATES
from gradecore.grade.settings import Settings
from gradecore.grade.vocabulary import INCONSISTENCY, NARRATIVE, PUBLISHED

_CORE_3 = "Core GRADE 3"
_OURS = "Convention of this program"
_RATIOS_OF_EVENTS = tuple(one for one in EVENT_MEASURES if one in RATIO_MEASURES)
_CONCERN = ("no_concern", "some_concern", "major_concern")


def _several(facts: Facts) -> Finding | None:
    if facts.has("k") and facts.number("k") == 1:
        return not_assessable(ONE_STUDY, applicable=False)
    return None


def _as_published(facts: Facts) -> bool:
    """Return whether all that is known was printed: a pooled estimate without its studies."""
    published = facts.has("kind") and facts.text("kind") == PUBLISHED
    return published and not facts.has("inc_pairs")


def single_study(facts: Facts, settings: Settings) -> Finding:
    """INC-0: is there only one study?"""
    if not facts.has("k"):
        return not_assessable("The number of studies was not entered.")
    typical = ""
    if settings.single_study_rule == "minus_one":
        typical = "Your team decided to consider −1 when there is a single study."
    if facts.number("k") == 0:
        return not_assessable(NO_ESTIMATES)
    return fired_if(facts.number("k") == 1, facts.choose("k"), typical=typical)


def visual(facts: Facts, settings: Settings) -> Finding:
    """INC-1: are the estimates importantly different and do the intervals overlap little?"""
    shown = facts.choose("visual_disagreement", "inc_extremes", "inc_pairs")
    if not facts.has("inc_extremes") and not facts.has("inc_pairs"):
        return _several(facts) or not_assessable(facts.reason("inc_pairs"))
    answered = "answered" if facts.has("visual_disagreement") else "unanswered"
    return fired_if(True, shown, verdict=answered)


def overlap(facts: Facts, settings: Settings) -> Finding:
    """INC-2: how many intervals do not overlap, and how much weight excludes the pooled effect?"""
    if not facts.has("inc_pairs"):
        return _several(facts) or not_assessable(facts.reason("inc_pairs"))
    pairs = round(facts.number("inc_pairs"), 9) >= settings.cutoffs.inc_pairs
    weight = (
        facts.has("inc_excluding")
        and round(facts.number("inc_excluding"), 9) >= settings.cutoffs.inc_weight_excluding
    )
    return fired_if(pairs or weight, facts.choose("inc_pairs", "inc_excluding"))


def position_against_threshold(facts: Facts, settings: Settings) -> Finding:
    """INC-3: on which side of the threshold do the studies lie?"""
    shown = facts.starting("inc_studies_") + facts.starting("inc_weight_")
    if not facts.has("inc_position"):
        return _several(facts) or not_assessable(facts.reason("inc_position"), shown)
    verdict = facts.text("inc_position")
    return fired_if(verdict != MAJORITY, shown, verdict=verdict)


def prediction(facts: Facts, settings: Settings) -> Finding:
    """INC-4: would a new setting change the conclusion?"""
    if not facts.has("inc_prediction", "inc_c"):
        return _several(facts) or not_assessable(facts.reason("inc_prediction", "inc_c"))
    shown = facts.choose("inc_c", "inc_prediction", "prediction_interval")
    few = facts.has("k") and facts.number("k") < settings.cutoffs.inc_prediction_studies
    if few:
        return not_assessable("A prediction interval needs three studies or more.", shown)
    more = int(facts.number("inc_prediction") - facts.number("inc_c"))
    return fired_if(more > 0, shown, verdict=_CONCERN[min(2, max(0, more))])


def i_squared(facts: Facts, settings: Settings) -> Finding:
    """INC-5: how large is I²?"""
    if not facts.has("i2"):
        return _several(facts) or not_assessable(facts.reason("i2"))
    i2, cutoffs = round(facts.number("i2"), 9), settings.cutoffs
    bands = (
        (cutoffs.inc_i2_considerable, "considerable"),
        (cutoffs.inc_i2_notable, "notable"),
        (cutoffs.inc_i2_info, "info"),
    )
    verdict = next((word for limit, word in bands if i2 >= limit), "low")
    return fired_if(verdict != "low", facts.choose("i2"), verdict=verdict)


def q_test(facts: Facts, settings: Settings) -> Finding:
    """INC-6: does the test for heterogeneity speak?"""
    if not facts.has("q_p"):
        return _several(facts) or not_assessable(facts.reason("q_p"))
    return fired_if(facts.number("q_p") < settings.cutoffs.inc_q_p, facts.choose("q_p"))


def spread(facts: Facts, settings: Settings) -> Finding:
    """INC-7: do the true effects reach beyond a threshold that the interval leaves out?"""
    if _as_published(facts):
        return not_assessable(AS_PUBLISHED)
    shown = facts.choose("tau", "true_range", "inc_extremes", "inc_range")
    if not facts.has("inc_range"):
        return _several(facts) or not_assessable(facts.reason("inc_range"), shown)
    return fired_if(facts.flag("inc_range"), shown)


def explained(facts: Facts, settings: Settings) -> Finding:
    """INC-8: does a credible subgroup explain the differences?"""
    if not facts.has("subgroup_credibility"):
        found = facts.starting("subgroup_")
        nothing = not_assessable(facts.reason("subgroup_credibility"), found)
        return nothing if found else _several(facts) or nothing
    level = facts.text("subgroup_credibility")
    credible = level in ("high", "moderate")
    return fired_if(credible, facts.starting("subgroup_"), verdict=level)


def relative_and_absolute(facts: Facts, settings: Settings) -> Finding:
    """INC-9: is the verdict about positions another one on the absolute scale?"""
    if not facts.has("inc_absolute"):
        of_events = facts.has("measure") and facts.text("measure") in _RATIOS_OF_EVENTS
        reason = facts.reason("inc_absolute")
        return _several(facts) or not_assessable(reason, applicable=of_events)
    return fired_if(facts.flag("inc_absolute"), facts.choose("inc_absolute"))


def decision_indices(facts: Facts, settings: Settings) -> Finding:
    """INC-10: what do the indices of decision inconsistency say?"""
    if not facts.has("inc_di"):
        return _several(facts) or not_assessable(facts.reason("inc_di"))
    high = (
        round(facts.number("inc_di"), 9) >= settings.cutoffs.inc_decision_index
        or round(facts.number("inc_asi"), 9) >= settings.cutoffs.inc_across_studies
    )
    return fired_if(high, facts.choose("inc_di", "inc_asi"))


def few_studies(facts: Facts, settings: Settings) -> Finding:
    """INC-11: are there too few studies for these numbers?"""
    if not facts.has("k"):
        return not_assessable("The number of studies was not entered.")
    if facts.has("kind") and facts.text("kind") == NARRATIVE:
        return not_assessable(NOT_POOLED, facts.choose("k"))
    if _as_published(facts):
        return not_assessable(AS_PUBLISHED, facts.choose("k"))
    if (alone := _several(facts)) is not None:
        return alone
    if facts.number("k") == 0:
        return not_assessable(NO_ESTIMATES)
    few = 2 <= facts.number("k") <= settings.cutoffs.inc_few_studies
    return fired_if(few, facts.choose("k"))


PROMPTS: tuple[PromptKind, ...] = (
    PromptKind(
        id="INC-0",
        domain=INCONSISTENCY,
        name="Single study",
        rule="One study.",
        source=f"{_OURS}; conventions differ",
        tag="D",
        question="One study cannot disagree with itself. Do other domains carry the limitation?",
        typical="“Not applicable” is often chosen; do not rate down for having one study. GRADE "
        "gives no special rule for a single study, and conventions differ: some rate down unless "
        "it is a large trial with many centres.",
        ask=single_study,
    ),
    PromptKind(
        id="INC-1",
        domain=INCONSISTENCY,
        name="Looking at the forest plot",
        rule="Always asked.",
        source=f"{_CORE_3}, step 1",
        tag="S2",
        question="Are the point estimates importantly different, and do the intervals overlap "
        "little?",
        ask=visual,
    ),
    PromptKind(
        id="INC-2",
        domain=INCONSISTENCY,
        name="Overlap",
        rule="{inc_pairs:%} of the pairs of studies or more without overlap, or "
        "{inc_weight_excluding:%} of the weight or more with intervals that exclude the pooled "
        "estimate.",
        source="The criterion is GRADE’s; the cut-offs are a convention of this program",
        tag="D",
        question="Is the overlap too small for chance?",
        typical="Supports “little overlap”.",
        ask=overlap,
    ),
    PromptKind(
        id="INC-3",
        domain=INCONSISTENCY,
        name="Position against the threshold",
        rule="One side: {inc_majority:%} of the studies and of the weight. Opposite sides: "
        "{inc_opposite:%} or more on each.",
        source=f"{_CORE_3}; the cut-offs are a convention of this program",
        tag="D",
        question="Do the studies lie on different sides of the threshold without explanation?",
        typical="One side: usually no step down even with a high I². Opposite sides and "
        "unexplained: −1 is often chosen.",
        ask=position_against_threshold,
    ),
    PromptKind(
        id="INC-4",
        domain=INCONSISTENCY,
        name="Confidence and prediction interval",
        rule="More thresholds inside the prediction interval than inside the confidence interval: "
        "one more is some concern, two more are a major one; {inc_prediction_studies} studies or "
        "more.",
        source="CINeMA",
        tag="S",
        question="Would the conclusion be another one in a new setting?",
        typical="Heterogeneity would change the conclusion in a new setting.",
        ask=prediction,
    ),
    PromptKind(
        id="INC-5",
        domain=INCONSISTENCY,
        name="I²",
        rule="Information from {inc_i2_info}%, notable from {inc_i2_notable}%, considerable from "
        "{inc_i2_considerable}%.",
        source=f"{_CORE_3}; bands of the Cochrane Handbook",
        tag="S2",
        question="Does I² fit what the plot shows?",
        typical="Rarely serious below 30%. I² rises with large studies and falls with small ones; "
        "never decide on it alone.",
        ask=i_squared,
    ),
    PromptKind(
        id="INC-6",
        domain=INCONSISTENCY,
        name="Cochran’s Q",
        rule="P below {inc_q_p}.",
        source="Methodological background knowledge",
        tag="K",
        question="Is there more variation than chance?",
        typical="Low power with few studies, excess power with many.",
        ask=q_test,
    ),
    PromptKind(
        id="INC-7",
        domain=INCONSISTENCY,
        name="Spread of the true effects",
        rule="The estimate ± 1.96 τ contains a threshold that the confidence interval leaves out.",
        source=_OURS,
        tag="D",
        question="In the units of the outcome: does this spread matter?",
        ask=spread,
    ),
    PromptKind(
        id="INC-8",
        domain=INCONSISTENCY,
        name="Explained?",
        rule="A subgroup effect of moderate or high credibility, as the team judged it.",
        source=f"{_CORE_3}; guidance 36",
        tag="S2",
        question="Should there be separate rows, each with its own rating?",
        typical="Split into separate rows; no step down for the explained part.",
        ask=explained,
    ),
    PromptKind(
        id="INC-9",
        domain=INCONSISTENCY,
        name="Relative and absolute",
        rule="The verdict about positions differs between the relative and the absolute scale.",
        source="Guidance 36",
        tag="S",
        question="Consistency is judged on the relative scale: does the spread matter in absolute "
        "terms?",
        typical="A large relative spread may be trivial in absolute terms, and the reverse.",
        ask=relative_and_absolute,
    ),
    PromptKind(
        id="INC-10",
        domain=INCONSISTENCY,
        name="Decision inconsistency",
        rule="DI from {inc_decision_index}% or ASI from {inc_across_studies}%.",
        source="Package metainc; the cut-offs need checking",
        tag="K",
        question="Do the studies point to different decisions?",
        typical="Quantitative support only.",
        info=True,
        ask=decision_indices,
    ),
    PromptKind(
        id="INC-11",
        domain=INCONSISTENCY,
        name="Few studies",
        rule="Two to {inc_few_studies} studies.",
        source="Methodological background knowledge",
        tag="K",
        question="I², τ² and the prediction interval are unstable: what does the plot say?",
        ask=few_studies,
    ),
)
