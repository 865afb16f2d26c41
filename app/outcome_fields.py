"""Fields of an outcome that more than one page shows: thresholds, scope, missing results."""

from __future__ import annotations

from app import words
from app.widgets.form import Field
from assessments.language import _
from assessments.review import Outcome
from gradecore.grade.evidence import RATIO_MEASURES

_OF_MID = ("mid", "mid_harm", "mid_low", "mid_high", "mid_relative")
_OF_RANGES = ("t1", "t2", "t3", "t1_harm", "t2_harm", "t3_harm")
_OF_TYPE = {
    "mid": _OF_MID, "null": ("mid", "mid_harm"), "ranges": _OF_RANGES,
    "decision": ("decision",),
}
"""What each way of rating asks for; against no effect a MID tells what is near it."""


def wanted_thresholds(outcome: Outcome, measure: str = "") -> tuple[str, ...]:
    """Return the fields that the chosen way of rating needs, and those that hold something.

    A threshold that is a ratio is only asked for where the measure is one, or is not known.
    """
    asked = _OF_TYPE.get(outcome.threshold_type or "", ())
    if measure and measure not in RATIO_MEASURES:
        asked = tuple(name for name in asked if name != "mid_relative")
    sizes = (*_OF_MID, *_OF_TYPE["ranges"], *_OF_TYPE["decision"])
    more = [name for name in sizes if name in asked or getattr(outcome, name) is not None]
    source = ("mid_source",) if more else ()
    claim = ("target", "target_reason") if outcome.threshold_type else ()
    return (*more, *source, *claim)


def threshold_fields() -> tuple[Field, ...]:
    """Return what a rating is held against: the type first, then what the types ask for."""
    return (
        Field(name="threshold_type", label=_("Rated against"), kind="choice", span=2,
              choices=words.threshold_types()),
        Field(name="mid", label=_("Minimal important difference"), kind="number",
              help=_("Events: people per 1000. Means: units of the scale.")),
        Field(name="mid_harm", label=_("For harm, where it differs"), kind="number"),
        Field(name="mid_low", label=_("Plausible from"), kind="number",
              help=_("If the verdict holds for the whole span, no single value is needed.")),
        Field(name="mid_high", label=_("Plausible to"), kind="number"),
        Field(name="t1", label=_("Trivial to small"), kind="number",
              help=_("Events: people per 1000. Means: units of the scale.")),
        Field(name="t2", label=_("Small to moderate"), kind="number"),
        Field(name="t3", label=_("Moderate to large"), kind="number"),
        Field(name="t1_harm", label=_("Harm: trivial to small"), kind="number",
              help=_("Only where the thresholds for harm differ.")),
        Field(name="t2_harm", label=_("Harm: small to moderate"), kind="number"),
        Field(name="t3_harm", label=_("Harm: moderate to large"), kind="number"),
        Field(name="decision", label=_("Decision threshold"), kind="number", span=2,
              help=_("Of the panel, from all outcomes together: minus for a decrease. Events: "
                     "people per 1000.")),
        Field(name="mid_relative", label=_("As a ratio, like 0.8"), kind="number",
              help=_("Only where there is no absolute one.")),
        Field(name="mid_source", label=_("Source of the threshold"), span=3),
        Field(name="target", label=_("Claim"), kind="choice", choices=words.targets()),
        Field(name="target_reason", label=_("Why another claim than the one that follows"),
              span=3),
    )


def scope_fields() -> tuple[Field, ...]:
    """Return the fields that follow-up and doses of the studies are compared with."""
    return (
        Field(name="follow_up", label=_("Follow-up of the question"), kind="number",
              help=_("The studies tell theirs on the page Data & pooling.")),
        Field(name="follow_up_unit", label=_("In"), hint=_("weeks")),
        Field(name="dose_unit", label=_("Unit of doses"), span=2, hint=_("mg a day"),
              help=_("With a unit the sheet of results has a column for the dose.")),
    )


def verb_fields() -> tuple[Field, ...]:
    """Return what a synthesis in words says happens, in the two forms that sentences need."""
    return (
        Field(name="verb", label=_("What happens, in the statement"), span=2,
              hint=_("reduces falls"),
              help=_("The certainty puts “probably” in front. Without a full stop.")),
        Field(name="verb_infinitive", label=_("The same after “may”"), span=2,
              hint=_("reduce falls"),
              help=_("Also after an intervention in the plural.")),
    )


def missing_fields() -> tuple[Field, ...]:
    """Return what is known of studies that measured the outcome without usable results."""
    return (
        Field(name="missing_studies", label=_("Eligible studies without usable results"),
              kind="number", span=2),
        Field(name="missing_participants", label=_("People in them"), kind="number"),
        Field(name="missing_source", label=_("How known")),
    )
