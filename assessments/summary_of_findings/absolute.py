"""The cells of absolute effects: with the comparator, with the intervention, the difference.

One function for each way in which an effect becomes something that readers can picture: risks,
rates, means, ratios of means, standardised differences. Differences come from unrounded numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessments.assumed_risks import AssumedRisk, assumed_mean, assumed_risks, people_per
from assessments.language import _
from assessments.review import Comparison, Outcome, Result
from assessments.store.project_file import Project
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.footnotes import Footnotes
from assessments.summary_of_findings.standardised import difference_cell
from assessments.summary_of_findings.table import Cell, Group, Synthesis
from assessments.summary_of_findings.wording import short_name
from gradecore.absolute_effects import (
    AbsoluteEffect,
    BaselineRefused,
    Interval,
    absolute_effect,
)
from gradecore.input_errors import InputError

NOTHING = Cell(text=numbers.DASH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything the cells of one outcome are made from."""

    project: Project
    comparison: Comparison
    outcome: Outcome
    synthesis: Synthesis
    results: tuple[Result, ...]
    footnotes: Footnotes

    def cell(self, text: str, *notes: str) -> Cell:
        """Return a cell with the letters of these notes."""
        return self.footnotes.cell(text, *notes, outcome=self.outcome.id)


def groups_of(shown: Shown) -> tuple[Group, ...]:
    """Return the absolute effects of an outcome, one group for each assumed risk."""
    if shown.synthesis.interval is None:
        return (_not_estimable(shown),)
    make = _MAKERS.get(shown.synthesis.measure, _effect_alone)
    try:
        return make(shown, shown.synthesis.interval)
    except InputError as error:
        return (_not_estimable(shown, str(error)),)


def empty_group() -> Group:
    """Return a group of dashes, for an outcome without numbers."""
    return Group(comparator=NOTHING, intervention=NOTHING, difference=NOTHING,
                 intervention_alone=NOTHING)


def _not_estimable(shown: Shown, *why: str) -> Group:
    reasons = why or shown.synthesis.problems
    cell = shown.cell(_("Not estimable"), " ".join(reasons))
    return Group(comparator=NOTHING, intervention=cell, difference=cell, intervention_alone=cell)


def _risks(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    risks = assumed_risks(shown.project, shown.outcome, shown.results)
    if not risks:
        if shown.synthesis.measure == "RD":
            return (_difference_alone(shown, interval),)
        return (_not_estimable(shown, _("No assumed risk in the comparison group is known.")),)
    per = people_per(shown.outcome, risks)
    several = len(risks) > 1
    return tuple(_risk_group(shown, interval, risk, per, several=several) for risk in risks)


def _risk_group(
    shown: Shown, interval: Interval, risk: AssumedRisk, per: int, *, several: bool
) -> Group:
    measure, level = shown.synthesis.measure, shown.synthesis.level
    free = shown.outcome.event_meaning == "event_free" and measure == "HR"
    try:
        effect = absolute_effect(measure, interval, risk.risk, event_free=free)
    except BaselineRefused as error:
        group = _not_estimable(shown, str(error))
        return Group(
            label=risk.label if several else "", comparator=group.comparator, risk=risk, per=per,
            intervention=group.intervention, difference=group.difference,
            intervention_alone=group.intervention_alone,
        )
    comparator = shown.cell(
        _comparator_risk(shown, effect, per), _risk_note(risk), _event_note(shown)
    )
    with_it = shown.cell(
        numbers.risk_with_interval(effect, per, level=level),
        *(_(one.sentence) for one in effect.notes),
    )
    return Group(
        label=risk.label if several else "",
        comparator=comparator,
        intervention=with_it,
        difference=shown.cell(
            numbers.difference_with_interval(effect.difference, per, level=level)
        ),
        intervention_alone=with_it,
        per=per,
        risk=risk,
        absolute=effect,
        difference_numbers=effect.difference,
    )


def _comparator_risk(shown: Shown, effect: AbsoluteEffect, per: int) -> str:
    from gradecore.absolute_effects import whole

    text = numbers.per_text(numbers.number(whole(effect.comparator * per)), per)
    if shown.synthesis.measure != "HR":
        return text
    when = shown.outcome.time_point.strip()
    if effect.event_free:
        said = (_("Free of the event at {when}: {risk}") if when
                else _("Free of the event: {risk}"))
    else:
        said = _("Event risk at {when}: {risk}") if when else _("Event risk: {risk}")
    return said.format(when=when, risk=text)


def _risk_note(risk: AssumedRisk) -> str:
    if not risk.source:
        return _("The assumed risk in the comparison group was entered without a source.")
    text = _("Assumed risk in the comparison group: {source}").format(source=risk.source)
    if risk.lowest is not None and risk.highest is not None and risk.lowest != risk.highest:
        text = _("{text}; range {low}% to {high}%").format(
            text=text, low=numbers.number(risk.lowest * 100, 1),
            high=numbers.number(risk.highest * 100, 1),
        )
    return _full_stop(text)


def _event_note(shown: Shown) -> str:
    if shown.synthesis.measure != "HR":
        return ""
    if shown.outcome.event_meaning == "event_free":
        return _("The hazard ratio is of the event; the risks count those who remain free of it.")
    return _("The hazard ratio was turned into risks of the event at the stated time.")


def _difference_alone(shown: Shown, interval: Interval) -> Group:
    per = max(shown.outcome.per, 100)
    cell = shown.cell(
        numbers.difference_with_interval(interval, per, level=shown.synthesis.level),
        _("No assumed risk in the comparison group is known; the difference stands alone."),
    )
    return Group(
        comparator=NOTHING, intervention=NOTHING, difference=cell, intervention_alone=cell,
        per=per, difference_numbers=interval,
    )


def _rates(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    rates = assumed_risks(shown.project, shown.outcome, shown.results, rate=True)
    if not rates:
        return (_not_estimable(shown, _("No assumed rate in the comparison group is known.")),)
    several = len(rates) > 1
    return tuple(_rate_group(shown, interval, rate, several=several) for rate in rates)


def _rate_group(shown: Shown, interval: Interval, rate: AssumedRisk, *, several: bool) -> Group:
    effect = absolute_effect("IRR", interval, rate.risk)
    per, level = shown.outcome.per, shown.synthesis.level
    unit = shown.outcome.unit.strip() or _("units of person-time")
    decimals = numbers.rate_decimals((rate.risk, *effect.intervention.numbers), per)
    amounts = [numbers.number(one * per, decimals) for one in effect.intervention.numbers]
    with_it = shown.cell(
        numbers.with_interval(numbers.per_text(amounts[0], per, unit), *amounts[1:], level=level)
    )
    words = [_fewer(one * per, decimals) for one in effect.difference.numbers]
    return Group(
        label=rate.label if several else "",
        comparator=shown.cell(
            numbers.per_text(numbers.number(rate.risk * per, decimals), per, unit),
            _full_stop(_("Assumed rate in the comparison group: {source}").format(
                source=rate.source or _("entered without a source")
            )),
        ),
        intervention=with_it,
        difference=shown.cell(
            numbers.with_interval(numbers.per_text(words[0], per, unit), *words[1:], level=level)
        ),
        intervention_alone=with_it,
        per=per,
        risk=rate,
        absolute=effect,
        difference_numbers=effect.difference,
    )


def _fewer(difference: float, decimals: int) -> str:
    if difference == 0:
        return _("no difference")
    count = numbers.number(abs(difference), decimals)
    if not any(digit in count for digit in "123456789"):
        count = "<1" if decimals == 0 else "<0.1"
    word = _("{count} fewer") if difference < 0 else _("{count} more")
    return word.format(count=count)


def _means(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    outcome, level = shown.outcome, shown.synthesis.level
    decimals = numbers.mean_decimals(outcome.scale_min, outcome.scale_max)
    unit = outcome.unit.strip()
    mean = assumed_mean(outcome, shown.results)
    difference = numbers.lower_or_higher(interval, decimals, level=level, unit=unit)
    comparator = with_it = NOTHING
    if mean is not None:
        comparator = shown.cell(
            _mean_text(numbers.number(mean.mean, decimals), unit), _mean_note(mean.source)
        )
        implied = interval.each(lambda one: mean.mean + one)
        amounts = [numbers.number(one, decimals) for one in implied.numbers]
        first = _mean_text(amounts[0], unit)
        with_it = shown.cell(numbers.with_interval(first, *amounts[1:], level=level))
    return (
        Group(
            comparator=comparator,
            intervention=with_it,
            difference=shown.cell(_("MD {difference}").format(difference=difference)),
            intervention_alone=shown.cell(_("MD {difference}").format(difference=difference)),
            mean=mean,
            difference_numbers=interval,
        ),
    )


def _mean_text(mean: str, unit: str) -> str:
    amount = f"{mean} {unit}" if unit else mean
    return _("The mean was {amount}").format(amount=amount)


def _mean_note(source: str) -> str:
    if not source:
        return _("The mean of the comparison group was entered without a source.")
    return _full_stop(_("Mean of the comparison group: {source}").format(source=source))


def _ratios_of_means(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    level = shown.synthesis.level
    mean = assumed_mean(shown.outcome, shown.results)
    relative = shown.cell(numbers.percent_lower_or_higher(interval, level=level))
    if mean is None:
        return (
            Group(comparator=NOTHING, intervention=NOTHING, difference=relative,
                  intervention_alone=relative),
        )
    means, = _means(shown, interval.each(lambda one: mean.mean * (one - 1.0)))
    return (
        Group(
            comparator=means.comparator, intervention=means.intervention, difference=relative,
            intervention_alone=means.intervention, mean=mean,
            difference_numbers=means.difference_numbers,
        ),
    )


def _standardised(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    text, notes, reexpressed = difference_cell(
        shown.outcome, interval, level=shown.synthesis.level,
        printed=shown.synthesis.provenance == "published",
    )
    cell = shown.cell(text, *notes)
    comparator = with_it = NOTHING
    effect = reexpressed.absolute if reexpressed is not None else None
    if effect is not None:
        per = shown.outcome.per
        count = numbers.number(effect.comparator * per)
        comparator = shown.cell(numbers.per_text(count, per))
        with_it = shown.cell(
            numbers.risk_with_interval(effect, per, level=shown.synthesis.level)
        )
    return (
        Group(
            comparator=comparator, intervention=with_it, difference=cell,
            intervention_alone=cell, reexpressed=reexpressed, absolute=effect,
            per=shown.outcome.per if effect is not None else None,
            difference_numbers=effect.difference if effect is not None else None,
        ),
    )


def _effect_alone(shown: Shown, interval: Interval) -> tuple[Group, ...]:
    """Return an effect that has no absolute form; a ratio stands in the column of ratios."""
    if shown.synthesis.measure in numbers.RATIOS:
        return (empty_group(),)
    effect = numbers.effect_text(
        shown.synthesis.measure, interval, level=shown.synthesis.level,
        printed=shown.synthesis.provenance == "published",
    )
    cell = shown.cell(f"{short_name(shown.synthesis.measure)} {effect}")
    return (
        Group(comparator=NOTHING, intervention=NOTHING, difference=cell, intervention_alone=cell,
              difference_numbers=interval),
    )


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


_MAKERS: dict[str, Callable[[Shown, Interval], tuple[Group, ...]]] = {
    "RR": _risks, "OR": _risks, "PETO": _risks, "HR": _risks, "RD": _risks,
    "IRR": _rates, "MD": _means, "ROM": _ratios_of_means,
    "SMD": _standardised, "SMD1": _standardised, "SMD1H": _standardised, "SMDH": _standardised,
}
