"""What happens, in a sentence: generated from settled data only, or the team's own words.

Size and certainty decide the words (``gradecore.grade.plain_language``). The size comes from the
absolute effect at the first assumed risk against the declared thresholds; without thresholds the
sentence is about any effect at all. Where risks have a certainty of their own, each has its own
sentence.
"""

from __future__ import annotations

from assessments.imprecision_by_baseline import place_words, risk_words
from assessments.language import _
from assessments.rating import Rated, nothing_found
from assessments.summary_of_findings import numbers, table
from assessments.summary_of_findings.absolute import Shown
from assessments.summary_of_findings.narrative_statement import narrative_statement
from assessments.summary_of_findings.table import Group, Statement
from gradecore.absolute_effects import Interval
from gradecore.grade.names_in_sentences import in_a_sentence, takes_plural_verb
from gradecore.grade.plain_language import INCREASE, REDUCTION, Saying, statement
from gradecore.grade.target import Thresholds, derive_target, size_of
from gradecore.grade.vocabulary import LITTLE_OR_NO_EFFECT, NON_NULL_EFFECT, RANGES


def statement_of(
    shown: Shown, rated: Rated | None, kind: str, groups: tuple[Group, ...]
) -> Statement:
    """Return the statement of an outcome; an edited one is flagged, and when it is outdated."""
    generated = _generated(shown, rated, kind, groups)
    own = shown.outcome.statement.strip()
    if not own:
        return Statement(text=generated, generated=generated)
    return Statement(
        text=own, generated=generated, edited=own != generated,
        outdated=shown.outcome.statement_from.strip() != generated,
    )


def _generated(
    shown: Shown, rated: Rated | None, kind: str, groups: tuple[Group, ...]
) -> str:
    """Return the sentence of the program; '' while there is nothing settled to say."""
    if kind == table.NOT_REPORTED:
        if nothing_found(shown.project, shown.outcome):
            return _("No study was found that could have reported this outcome.")
        return _("No included study reported this outcome.")
    if kind == table.NARRATIVE and rated is not None and rated.level is not None:
        return narrative_statement(shown.project, shown.outcome, rated.level)
    if rated is None or rated.level is None or shown.synthesis.interval is None:
        return ""
    # A risk that gives no absolute effect says nothing about its size.
    groups = tuple(one for one in groups if one.difference_numbers is not None) or groups
    if not any(one.certainty is not None for one in groups):
        return _sentence(shown, rated.level, groups)
    found = [
        (_place(one, groups), _sentence(shown, _level_at(one) or rated.level, (one,)))
        for one in groups
    ]
    return "\n".join(f"{place}: {words}" if place else words for place, words in found if words)


def _place(group: Group, groups: tuple[Group, ...]) -> str:
    """Return how a risk is told from the others: by its name, or else by its number."""
    if group.risk is None or group.per is None:
        return group.label
    if not group.label:
        words = risk_words(group.risk.risk, group.per)
        return _("At a risk of {place}").format(place=words)
    alike = sum(one.label == group.label for one in groups) > 1
    return place_words(group.label, group.risk.risk, group.per) if alike else group.label


def _level_at(group: Group) -> str | None:
    return group.certainty.level if group.certainty is not None else None


def _sentence(shown: Shown, level: str, groups: tuple[Group, ...]) -> str:
    """Return what a certainty lets one say about the effect at the first of these risks."""
    from assessments.rating_facts import settings_of

    settings = settings_of(shown.project, shown.outcome, shown.synthesis.measure)
    if settings.templates is None:
        return ""
    thresholds, effect = settings.thresholds, _absolute(shown, groups)
    size = target = None
    if thresholds.type == RANGES and thresholds.ranges and effect is not None:
        size = size_of(thresholds, effect.estimate)
    else:
        derived = derive_target(thresholds, effect.estimate if effect is not None else None)
        target = derived.code if derived is not None else NON_NULL_EFFECT
    saying = Saying(
        intervention=in_a_sentence(shown.comparison.intervention) or _("the intervention"),
        outcome=in_a_sentence(shown.outcome.label) or _("the outcome"),
        certainty=level,
        direction=_direction(shown, effect),
        size=size,
        target=target,
        plural=takes_plural_verb(shown.comparison.intervention),
        spread=_spread(thresholds, effect, target=target, size=size),
    )
    return statement(saying, settings.templates)


def _absolute(shown: Shown, groups: tuple[Group, ...]) -> Interval | None:
    """Return the effect on the scale of the thresholds; None where a ratio has no baseline."""
    if groups and groups[0].difference_numbers is not None and not groups[0].reexpressed:
        return groups[0].difference_numbers
    return None if shown.synthesis.measure in numbers.RATIOS else shown.synthesis.interval


def _direction(shown: Shown, effect: Interval | None) -> str:
    if effect is not None:
        return REDUCTION if effect.estimate < 0 else INCREASE
    ratio = shown.synthesis.interval
    return REDUCTION if ratio is not None and ratio.estimate < 1 else INCREASE


def _spread(
    thresholds: Thresholds, effect: Interval | None, *, target: str | None, size: str | None
) -> tuple[str, str] | None:
    """Return what the interval reaches where “little or no effect” alone would hide it."""
    if effect is None:
        return None
    limits: tuple[float, float] | None = None
    if target == LITTLE_OR_NO_EFFECT:
        limits = thresholds.important
    elif size == "trivial":
        limits = (-thresholds.ranges[0], (thresholds.ranges_harm or thresholds.ranges)[0])
    if limits is None:
        return None
    said = (_reach(effect.low, limits), _reach(effect.high, limits))
    return said if said[0] != said[1] else None


def _reach(limit: float, important: tuple[float, float]) -> str:
    if limit < important[0]:
        return _("an important reduction")
    return _("an important increase") if limit > important[1] else _("little or no effect")
