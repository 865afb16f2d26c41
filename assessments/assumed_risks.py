"""The assumed comparator risks and means of an outcome: typed with a source, or from the studies.

What the team typed leads. Otherwise the median of the comparator arms of the studies in the
analysis stands in; where that median is exactly 0, all events over all people of the comparator
arms. The source says which it was, with the number of studies and the range.

Source: Cochrane Handbook 6.5, 14.1.6.2 (comparator risks from the included studies).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from assessments.language import _, counted
from assessments.review import Baseline, Outcome, Result
from assessments.store.project_file import Project
from gradecore.absolute_effects import denominator

_PER_THOUSAND = 1000
TYPED = "typed"
MEDIAN = "median"
ALL_TOGETHER = "all_together"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedRisk:
    """One assumed comparator risk: a proportion, or a rate per unit of person-time.

    ``method`` is 'typed', 'median' or 'all_together'; ``source`` says where it comes from in a
    sentence, '' where the team typed a number without a source.
    """

    label: str
    risk: float
    source: str
    method: str
    studies: int | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedMean:
    """The assumed mean of the comparator group in the unit of the outcome, with its source."""

    mean: float
    source: str
    method: str
    studies: int | None = None
    lowest: float | None = None
    highest: float | None = None


def assumed_risks(
    project: Project, outcome: Outcome, results: Iterable[Result], *, rate: bool = False
) -> tuple[AssumedRisk, ...]:
    """Return the comparator risks of an outcome, in the order of the table.

    ``results`` are those in the analysis; with ``rate`` events per person-time are meant.
    """
    typed = _typed(project, outcome)
    if typed:
        return typed
    found = _from_studies(tuple(results), rate=rate)
    return () if found is None else (found,)


def _typed(project: Project, outcome: Outcome) -> tuple[AssumedRisk, ...]:
    risks = []
    if outcome.baseline_risk is not None:
        risks.append(
            AssumedRisk(
                label=_("Study population"), risk=outcome.baseline_risk,
                source=outcome.baseline_source.strip(), method=TYPED,
            )
        )
    risks += [
        AssumedRisk(label=one.label.strip(), risk=one.risk, source=one.source.strip(),
                    method=TYPED)
        for one in project.all(Baseline, outcome=outcome.id)
        if one.risk is not None
    ]
    return tuple(risks)


def _from_studies(results: tuple[Result, ...], *, rate: bool) -> AssumedRisk | None:
    arms = [
        (result.events_2, below)
        for result in results
        if result.events_2 is not None
        and (below := result.time_2 if rate else result.total_2) is not None
        and below > 0
    ]
    if not arms:
        return None
    risks = [events / below for events, below in arms]
    risk, method = median(risks), MEDIAN
    if risk == 0:
        risk, method = sum(e for e, _b in arms) / sum(b for _e, b in arms), ALL_TOGETHER
    if risk == 0:
        return None
    return AssumedRisk(
        label=_("Study population"), risk=risk, source=_risk_source(method, len(risks)),
        method=method, studies=len(risks), lowest=min(risks), highest=max(risks),
    )


def people_per(outcome: Outcome, risks: tuple[AssumedRisk, ...]) -> int:
    """Return the people per which the table shows an outcome: as many as its lowest risk needs.

    A risk of 0, which gives no absolute effect, needs none.
    """
    above = [one.risk for one in risks if one.risk > 0]
    if outcome.per > _PER_THOUSAND or not above:
        return outcome.per
    return denominator(min(above), prefer_hundred=outcome.per == 100)


def _risk_source(method: str, studies: int) -> str:
    if method == ALL_TOGETHER:
        return _("all events over all participants in the comparator groups (their median is 0)")
    return counted(
        "the comparator group of the one study",
        "median of the comparator groups of the {n} studies",
        studies,
    )


def assumed_mean(outcome: Outcome, results: Iterable[Result]) -> AssumedMean | None:
    """Return the mean of the comparator group: typed, or the median over the studies."""
    if outcome.comparator_mean is not None:
        return AssumedMean(
            mean=outcome.comparator_mean, source=outcome.comparator_mean_source.strip(),
            method=TYPED,
        )
    means = [one.mean_2 for one in results if one.mean_2 is not None]
    if not means:
        return None
    source = counted(
        "the comparator group of the one study",
        "median of the comparator groups of the {n} studies",
        len(means),
    )
    return AssumedMean(
        mean=median(means), source=source, method=MEDIAN, studies=len(means),
        lowest=min(means), highest=max(means),
    )
