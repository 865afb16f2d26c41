"""A standardised mean difference as readers meet it: first re-expressed, then as it is.

What is derived is marked as derived; the convention “small, moderate, large” is the last resort
and said to be one.
"""

from __future__ import annotations

from assessments.language import _
from assessments.review import Outcome
from assessments.summary_of_findings import numbers
from gradecore.absolute_effects import Interval
from gradecore.input_errors import InputError
from gradecore.reexpression import Reexpression, reexpress

_WIDE_SD = 5.0
"""A familiar scale that spreads at least so much is shown with one decimal."""


def difference_cell(
    outcome: Outcome, smd: Interval, *, level: float, printed: bool
) -> tuple[str, tuple[str, ...], Reexpression | None]:
    """Return the lines of the cell, its notes, and the re-expression if one was chosen."""
    decimals = numbers.effect_decimals("SMD", smd, printed=printed)
    plain = _("SMD {difference}").format(
        difference=numbers.lower_or_higher(smd, decimals, level=level)
    )
    if not outcome.reexpress:
        return plain, (), None
    try:
        found = reexpressed(outcome, smd)
    except InputError as error:
        why = _("The SMD could not be said in another unit: {why}").format(why=error)
        return plain, (why,), None
    first, note = _WORDS[found.method](outcome, found, level)
    return f"{first}\n{plain}", (note,), found


def reexpressed(outcome: Outcome, smd: Interval) -> Reexpression:
    """Return the SMD in the way the team chose for the outcome.

    The proportion of the comparator group belongs to the state that the outcome names; where
    ``better`` is 'lower', that state (the problem) lies at the high end of the scale.

    Raises:
        InputError: what the method asks for is missing.
    """
    return reexpress(
        outcome.reexpress or "",
        smd,
        sd=outcome.reexpress_sd,
        mid=outcome.mid,
        proportion=outcome.reexpress_proportion,
    )


def _units(outcome: Outcome, found: Reexpression, level: float) -> tuple[str, str]:
    decimals = 1 if (outcome.reexpress_sd or 0.0) >= _WIDE_SD else 2
    unit = outcome.reexpress_unit.strip() or outcome.unit.strip()
    text = numbers.lower_or_higher(found.effect, decimals, level=level, unit=unit)
    source = outcome.reexpress_sd_source.strip() or _("no source given")
    note = _("Derived, not analysed: the SMD times a standard deviation of {sd} ({source}).")
    sd = numbers.plain_number(outcome.reexpress_sd or 0.0)
    return _("About {difference}").format(difference=text), note.format(sd=sd, source=source)


def _odds(outcome: Outcome, found: Reexpression, level: float) -> tuple[str, str]:
    ratio = numbers.effect_text("OR", found.effect, level=level)
    note = _(
        "Derived, not analysed: the SMD was turned into an odds ratio (ln OR = SMD × π/√3) of "
        "being in the state at the high end of the scale."
    )
    if found.absolute is None:
        return _("OR {effect}").format(effect=ratio), note
    difference = numbers.difference_with_interval(
        found.absolute.difference, outcome.per, level=level
    )
    state = outcome.reexpress_unit.strip()
    if state:
        difference = f"{difference} {state}"
    return _("{difference}; OR {effect}").format(difference=difference, effect=ratio), note


def _mid_units(outcome: Outcome, found: Reexpression, level: float) -> tuple[str, str]:
    text = numbers.lower_or_higher(found.effect, 2, level=level, unit=_("MID units"))
    note = _("Derived, not analysed: the SMD times a standard deviation of {sd}, over a minimal "
             "important difference of {mid}.")
    return text, note.format(
        sd=numbers.plain_number(outcome.reexpress_sd or 0.0),
        mid=numbers.plain_number(outcome.mid or 0.0),
    )


def _ratio(_outcome: Outcome, found: Reexpression, level: float) -> tuple[str, str]:
    text = numbers.percent_lower_or_higher(found.effect, level=level)
    return text, _("Derived, not analysed: ratio of means from the SMD (exp(0.392 × SMD)).")


def _rule(_outcome: Outcome, found: Reexpression, _level: float) -> tuple[str, str]:
    sizes = {
        "trivial": _("A trivial difference"), "small": _("A small difference"),
        "moderate": _("A moderate difference"), "large": _("A large difference"),
    }
    return sizes[found.size], _(
        "By a convention, not by what matters to patients: an SMD of 0.2 is called small, 0.5 "
        "moderate, 0.8 large."
    )


_WORDS = {
    "units": _units, "or": _odds, "mid_units": _mid_units, "rom": _ratio, "rule": _rule,
}
