"""The standard sentence for an outcome: size and certainty decide the words.

Grammar A is for a size of effect between declared ranges, grammar B (Core GRADE) for a null or MID
threshold. Frames and verbs come from a file of templates, so that a journal's or a language's own
can take their place; nothing here knows an English sentence. The direction describes the outcome
(“reduces mortality”), not whether that is good.

==========  ==============================  ==========================================
certainty   frame                           verb
==========  ==============================  ==========================================
high        {I} {V}                         third person
moderate    {I} probably {V}                third person
low         {I} may {V}                     infinitive
very low    a frame of its own, without direction by default
==========  ==============================  ==========================================

Sources: GRADE guidelines 26 (doi:10.1016/j.jclinepi.2019.10.014) for the idea; Core GRADE 2 and 6;
the frames are our own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradecore.grade.vocabulary import (
    HIGH,
    IMPORTANT_EFFECT,
    LITTLE_OR_NO_EFFECT,
    LOW,
    MODERATE,
    NON_NULL_EFFECT,
    NOT_RATED,
    VERY_LOW,
)
from gradecore.input_errors import InputError

INCREASE, REDUCTION = "increase", "reduction"
SIZES: tuple[str, ...] = ("trivial", "small", "moderate", "large")
FRAMES: tuple[str, ...] = (
    HIGH,
    MODERATE,
    LOW,
    VERY_LOW,
    "very_low_direction",
    "very_low_core",
    NOT_RATED,
    "not_found",
    "range",
)
VERBS: tuple[str, ...] = (
    "large_increase",
    "large_reduction",
    "moderate_increase",
    "moderate_reduction",
    "small_increase",
    "small_reduction",
    "trivial",
    "important_increase",
    "important_reduction",
    "non_null_increase",
    "non_null_reduction",
    "little_or_no",
)
_OF_TARGET = {IMPORTANT_EFFECT: "important", NON_NULL_EFFECT: "non_null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTemplates:
    """Frames by certainty and verbs by size, each verb in third person and infinitive.

    Placeholders: {I} intervention, {O} outcome, {V} verb with object, {worst} and {best}.
    """

    frames: Mapping[str, str]
    third: Mapping[str, str]
    infinitive: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a sentence has to say.

    ``size`` of ``SIZES`` selects grammar A; without it ``target`` selects grammar B. ``direction``
    is 'increase' or 'reduction' of the outcome. With ``own`` the team's words stand in place of a
    verb, for syntheses in words: ``verb`` in the third person, ``verb_infinitive`` after “may” and
    after names in the plural. ``spread`` names the worst and best range that the
    interval reaches.
    """

    intervention: str
    outcome: str
    certainty: str
    direction: str = REDUCTION
    size: str | None = None
    target: str | None = None
    plural: bool = False
    own: bool = False
    verb: str = ""
    verb_infinitive: str = ""
    uncertain_direction: bool = False
    spread: tuple[str, str] | None = None


def templates_from(table: Mapping[str, Mapping[str, str]]) -> StatementTemplates:
    """Return templates from the tables 'frame', 'third' and 'infinitive'.

    Raises:
        InputError: a frame or verb is missing, or has a placeholder that does not exist.
    """
    for part, names in (("frame", FRAMES), ("third", VERBS), ("infinitive", VERBS)):
        given = table.get(part, {})
        for name in names:
            if name not in given:
                raise InputError(f"The sentence “{part}.{name}” is missing.", column=name)
        for name, text in given.items():
            _placeholders_exist(name, text)
    return StatementTemplates(
        frames=dict(table["frame"]),
        third=dict(table["third"]),
        infinitive=dict(table["infinitive"]),
    )


def statement(saying: Saying, templates: StatementTemplates) -> str:
    """Return the sentence, with a capital at the beginning and a full stop.

    Raises:
        InputError: the certainty, size, target or direction is unknown, or the team's words lack
            the form that the sentence needs.
    """
    names = {"I": saying.intervention, "O": saying.outcome}
    if saying.certainty == NOT_RATED:
        return _sentence(templates.frames[NOT_RATED].format(**names))
    if saying.certainty not in (HIGH, MODERATE, LOW, VERY_LOW):
        raise InputError(f"“{saying.certainty}” is no level of certainty.", column="certainty")
    verb = _own_verb(saying) if saying.own else _verb(saying, templates).format(**names)
    text = templates.frames[_frame(saying)].format(V=verb, **names)
    if saying.spread is not None and saying.certainty != VERY_LOW:
        worst, best = saying.spread
        text += templates.frames["range"].format(worst=worst, best=best)
    return _sentence(text)


def statement_for_gap(outcome: str, templates: StatementTemplates, *, found: bool = True) -> str:
    """Return the sentence for an outcome that no study reported, or for which there is no study."""
    frame = templates.frames[NOT_RATED if found else "not_found"]
    return _sentence(frame.format(I="", O=outcome, V=""))


def form_needed(saying: Saying) -> str:
    """Return which form of the team's words a sentence needs: a field of ``Saying``, '' for none.

    At very low certainty the frame says that the effect is very uncertain, without any verb.
    """
    if saying.certainty == VERY_LOW and not saying.uncertain_direction:
        return ""
    return "verb_infinitive" if saying.certainty == LOW or saying.plural else "verb"


def _own_verb(saying: Saying) -> str:
    needed = form_needed(saying)
    words = {"verb": saying.verb, "verb_infinitive": saying.verb_infinitive}.get(needed, "")
    if needed and not words:
        raise InputError("The team has not written what happens in this form.", column=needed)
    return words


def _frame(saying: Saying) -> str:
    if saying.certainty != VERY_LOW:
        return saying.certainty
    if saying.uncertain_direction:
        return "very_low_direction"
    return VERY_LOW if saying.size is not None or saying.own else "very_low_core"


def _verb(saying: Saying, templates: StatementTemplates) -> str:
    infinitive = saying.certainty == LOW or saying.plural
    verbs = templates.infinitive if infinitive else templates.third
    if saying.direction not in (INCREASE, REDUCTION):
        raise InputError(f"“{saying.direction}” is no direction.", column="direction")
    if saying.size is not None:
        if saying.size not in SIZES:
            raise InputError(f"“{saying.size}” is no size of an effect.", column="size")
        key = "trivial" if saying.size == "trivial" else f"{saying.size}_{saying.direction}"
        return verbs[key]
    if saying.target == LITTLE_OR_NO_EFFECT:
        return verbs["little_or_no"]
    kind = _OF_TARGET.get(saying.target or NON_NULL_EFFECT)
    if kind is None:
        raise InputError(f"No sentence belongs to the target “{saying.target}”.", column="target")
    return verbs[f"{kind}_{saying.direction}"]


def _sentence(text: str) -> str:
    stripped = text.strip()
    capital = stripped[:1].upper() + stripped[1:]
    return capital if capital.endswith(".") else capital + "."


def _placeholders_exist(name: str, text: str) -> None:
    try:
        text.format(I="", O="", V="", worst="", best="")
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(
            f"The sentence “{name}” has a placeholder that does not exist: {error}.", column=name
        ) from None
