"""Brings the domains together: all facts of a body, and all prompts of the catalogue.

Both functions are pure and deterministic. A prompt never sets, pre-fills or changes a rating.
"""

from __future__ import annotations

from gradecore.grade import (
    claim,
    imprecision_facts,
    inconsistency_facts,
    indirectness,
    publication_bias,
    rating_up,
    risk_of_bias_facts,
)
from gradecore.grade.evidence import Evidence, Subgroups
from gradecore.grade.facts import Facts, FactSheet, Prompt, PromptKind, Rule
from gradecore.grade.imprecision_catalogue import PROMPTS as IMPRECISION_PROMPTS
from gradecore.grade.inconsistency import PROMPTS as INCONSISTENCY_PROMPTS
from gradecore.grade.indirectness import PROMPTS as INDIRECTNESS_PROMPTS
from gradecore.grade.plain_language import statement
from gradecore.grade.publication_bias import PROMPTS as PUBLICATION_BIAS_PROMPTS
from gradecore.grade.rating_up import PROMPTS as RATING_UP_PROMPTS
from gradecore.grade.review_rules import prompts_of_rules
from gradecore.grade.risk_of_bias import PROMPTS as RISK_OF_BIAS_PROMPTS
from gradecore.grade.rule_text import rule_text
from gradecore.grade.scales import interval_text, measure_name, p_text
from gradecore.grade.settings import Settings
from gradecore.grade.statements import saying_of
from gradecore.grade.vocabulary import (
    LEVEL_OF_SCORE,
    NOT_FOUND,
    NOT_REPORTED,
    START_LABELS,
    START_SCORES,
)

PROMPTS: tuple[PromptKind, ...] = (
    *RISK_OF_BIAS_PROMPTS,
    *INCONSISTENCY_PROMPTS,
    *INDIRECTNESS_PROMPTS,
    *IMPRECISION_PROMPTS,
    *PUBLICATION_BIAS_PROMPTS,
    *RATING_UP_PROMPTS,
)
_GATHERERS = (
    claim.gather,
    risk_of_bias_facts.gather,
    inconsistency_facts.gather,
    indirectness.gather,
    imprecision_facts.gather,
    publication_bias.gather,
    rating_up.gather,
)


def compute_facts(evidence: Evidence, settings: Settings) -> Facts:
    """Return all facts of a body of evidence, and why the others could not be computed.

    Raises:
        InputError: numbers that cannot be (an estimate outside its interval, a negative ratio).
    """
    sheet = FactSheet()
    _frame(evidence, sheet)
    if evidence.kind in (NOT_REPORTED, NOT_FOUND):
        return sheet.closed()
    for gather in _GATHERERS:
        gather(evidence, settings, sheet)
    _answers(evidence, sheet)
    _wording(evidence, settings, sheet)
    return sheet.closed()


def run_prompts(facts: Facts, settings: Settings) -> tuple[Prompt, ...]:
    """Return every prompt of the catalogue with its status, and the rules of the review.

    Nothing is asked of a body without studies, nor about a reason to rate up that the team has
    decided not to offer.
    """
    if facts.text("kind") in (NOT_REPORTED, NOT_FOUND):
        return ()
    offered = ("", *settings.offered_upgrades)
    asked = (
        (kind, _asked(kind, facts, settings)) for kind in PROMPTS if kind.upgrade in offered
    )
    standard = tuple(one for kind, one in asked if one.applicable or not kind.rare)
    return standard + prompts_of_rules(facts, settings)


def _asked(kind: PromptKind, facts: Facts, settings: Settings) -> Prompt:
    found = kind.ask(facts, settings)
    text, editable, edited = rule_text(kind.rule, settings)
    return Prompt(
        id=kind.id,
        domain=kind.domain,
        name=kind.name,
        status=found.status,
        reason=found.reason,
        verdict=found.verdict,
        facts=found.facts,
        rule=Rule(text=text, source=kind.source, tag=kind.tag, edited=edited, editable=editable),
        question=kind.question,
        typical=found.typical or kind.typical,
        info=kind.info,
        applicable=found.applicable,
    )


def _frame(evidence: Evidence, sheet: FactSheet) -> None:
    sheet.add("kind", "Kind of evidence", evidence.kind, evidence.kind.replace("_", " "))
    rule = evidence.start_rule
    sheet.add("start_rule", "Start of the rating", rule, START_LABELS[rule])
    if evidence.measure:
        sheet.add("measure", "Effect measure", evidence.measure, measure_name(evidence))
    count = evidence.study_count
    if count is None:
        sheet.missing("The number of studies was not entered.", "k")
    else:
        sheet.add("k", "Studies", count, str(count))
    pooled = evidence.pooled
    if pooled is not None:
        text = interval_text(evidence, pooled)
        sheet.add("estimate", "Estimate", pooled.effect, text)
        if evidence.compared:
            excludes = not pooled.low <= 0 <= pooled.high
            words = "yes" if excludes else "no"
            sheet.add("excludes_null", "Interval excludes no effect", excludes, words)


def _answers(evidence: Evidence, sheet: FactSheet) -> None:
    if evidence.visual_disagreement is not None:
        words = "yes" if evidence.visual_disagreement else "no"
        label = "Importantly different with little overlap"
        sheet.add("visual_disagreement", label, evidence.visual_disagreement, words)
    if not evidence.subgroups:
        sheet.missing("No subgroup analysis was entered.", "subgroup_credibility")
        return
    for place, group in enumerate(evidence.subgroups, start=1):
        if group.p_interaction is not None:
            label = f"Test of interaction: {group.name}"
            shown = p_text(group.p_interaction)
            sheet.add(f"subgroup_p_{place}", label, group.p_interaction, shown)
        _credibility(group, place, sheet)
    order = ("very_low", "low", "moderate", "high")
    judged = [one for one in evidence.subgroups if one.credibility in order]
    if not judged:
        why = "The credibility of the subgroup effect was not judged."
        sheet.missing(why, "subgroup_credibility")
        return
    best = max(judged, key=lambda one: order.index(one.credibility or order[0]))
    level = best.credibility or order[0]
    text = f"{best.name}: {level.replace('_', ' ')}"
    sheet.add("subgroup_credibility", "Most credible subgroup effect", level, text)


def _credibility(group: Subgroups, place: int, sheet: FactSheet) -> None:
    """What the team answered to the questions about a subgroup effect."""
    if group.within_study is not None:
        shown = "within studies" if group.within_study else "between studies"
        sheet.add(f"subgroup_within_{place}", "Subgroups compared", group.within_study, shown)
    if group.hypotheses is not None:
        label = "Subgroup hypotheses tested"
        shown = _HYPOTHESES.get(group.hypotheses, str(group.hypotheses))
        sheet.add(f"subgroup_hypotheses_{place}", label, group.hypotheses, shown)
    for key, label, value in (
        ("direction", "Direction of the subgroup effect stated in advance",
         group.direction_stated),
        ("earlier", "Earlier evidence supports the subgroup effect", group.earlier_evidence),
        ("cut", "Subgroups defined in advance, without arbitrary cut points",
         group.cut_points_planned),
    ):
        if value is not None:
            sheet.add(f"subgroup_{key}_{place}", label, value, "yes" if value else "no")


_HYPOTHESES = {5: "4 or 5", 10: "6 to 10", 11: "more than 10"}


def _wording(evidence: Evidence, settings: Settings, sheet: FactSheet) -> None:
    """The sentences that would follow from one and from two levels less than the start."""
    start = START_SCORES[evidence.start_rule]
    for key, label, steps in (
        ("wording_probably", "Sentence with one level down", 1),
        ("wording_may", "Sentence with two levels down", 2),
    ):
        level = LEVEL_OF_SCORE[max(1, start - steps)]
        saying = saying_of(evidence, settings, level)
        if saying is None or settings.templates is None:
            sheet.missing("There is no sentence without an estimate.", key)
        else:
            sentence = statement(saying, settings.templates)
            sheet.add(key, label, sentence, sentence)
