"""What the values of team decisions can be; anything else is refused before it is kept."""

from __future__ import annotations

from assessments.field_checks import read_number
from assessments.language import _
from assessments.problems import Problem, Refused

CHOICES: dict[str, tuple[str, ...]] = {
    "symbol_style": ("circle", "minus", "text", "none"),
    "framework": ("core", "minimal", "partial", "full", "classic", "custom"),
    "some_concerns_as": ("show_both", "high", "low"),
    "single_study_rule": ("none", "minus_one"),
    "nrs_start": ("by_tool", "always_low"),
    "quasi_rct_as": ("rct", "nrs"),
    "reasons_to_rate_up": ("all", "large_effect"),
    "overall_certainty": ("off", "on"),
}
"""Decision → its values; '' always means that nothing was decided."""

CUTOFF = "cutoff/"
"""How the names of decisions about cut-offs begin."""


def checked_decision(name: str, value: str) -> str:
    """Return the value as it is kept.

    Raises:
        Refused: the decision has no such value, or a cut-off is no number above zero.
    """
    text = value.strip()
    if not text:
        return ""
    if name.startswith(CUTOFF):
        number = read_number(text, name)
        if not number > 0:
            raise Refused(
                Problem(
                    code="out-of-range",
                    sentence=_("A cut-off must be a number above zero, not {value}.").format(
                        value=text
                    ),
                    where=name,
                    remedy=_("Type another number, or leave it empty for the source's own."),
                )
            )
        return f"{number:.15g}"
    # the engine is not needed before the first window is painted
    from assessments.subgroup_credibility import choices_of

    choices = CHOICES.get(name) or choices_of(name)
    if choices is not None and text not in choices:
        raise Refused(
            Problem(
                code="not-a-choice",
                sentence=_("“{value}” is not one of the choices: {choices}.").format(
                    value=text, choices=", ".join(choices)
                ),
                where=name,
            )
        )
    return value
