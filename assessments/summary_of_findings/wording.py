"""The words around the numbers: names of measures, details of outcomes, people and studies."""

from __future__ import annotations

import re

from assessments.language import _, counted
from assessments.review import Outcome
from assessments.summary_of_findings import numbers
from assessments.summary_of_findings.table import Synthesis
from gradecore.measures import MEASURES

LONG: dict[str, str] = {
    "RR": "risk ratio", "OR": "odds ratio", "HR": "hazard ratio", "RD": "risk difference",
    "MD": "mean difference", "SMD": "standardised mean difference", "RoM": "ratio of means",
    "CI": "confidence interval", "RCT": "randomised controlled trial",
    "MID": "minimal important difference", "RoB": "risk of bias",
}
_OF_EVENTS = ("dichotomous", "time-to-event", "rate")


def short_name(measure: str) -> str:
    """Return the abbreviation under which a measure stands in a table (“RR”)."""
    found = MEASURES.get(measure)
    return _(found.abbreviation) if found is not None else measure


def of_events(measure: str) -> bool:
    """Return whether a measure counts events, so that MIDs are per 1000 people."""
    found = MEASURES.get(measure)
    return found is not None and found.family in _OF_EVENTS


def detail_of(outcome: Outcome, measure: str = "") -> str:
    """Return the second line of an outcome: time frame, scale, direction, what matters."""
    parts = [outcome.time_point.strip(), _scale(outcome)]
    if outcome.better and not of_events(measure):
        parts.append(_("lower is better") if outcome.better == "lower" else _("higher is better"))
        if outcome.better_note.strip():
            parts[-1] = f"{parts[-1]} ({outcome.better_note.strip()})"
    if outcome.mid is not None:
        size = numbers.plain_number(outcome.mid)
        if of_events(measure):
            size = numbers.per_text(size, 1000)
        elif outcome.unit.strip() and measure != "SMD":
            size = f"{size} {outcome.unit.strip()}"
        parts.append(_("MID {size}").format(size=size))
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _scale(outcome: Outcome) -> str:
    name = outcome.scale.strip()
    if outcome.scale_min is None or outcome.scale_max is None:
        return name
    span = _("{low} to {high}").format(
        low=numbers.plain_number(outcome.scale_min), high=numbers.plain_number(outcome.scale_max)
    )
    if not name or span.replace(" to ", "-") in name.replace("–", "-").replace(" ", ""):
        return name or span
    return f"{name} {span}"


def relative_text(synthesis: Synthesis) -> str:
    """Return “RR 0.90 (0.85 to 0.95)”; a dash for measures that are not relative."""
    if synthesis.measure not in numbers.RATIOS or synthesis.interval is None:
        return numbers.DASH
    effect = numbers.effect_text(
        synthesis.measure, synthesis.interval, level=synthesis.level,
        printed=synthesis.provenance == "published",
    )
    return f"{short_name(synthesis.measure)} {effect}"


def participants_text(synthesis: Synthesis, *, stream: str, citation: str = "") -> str:
    """Return “21 030 (31 RCTs)”, with the publication where the numbers are taken from one.

    ``stream`` is 'rct', 'nrs' or '' where both kinds of studies contribute.
    """
    if not synthesis.studies:
        studies = _("0 studies") if synthesis.provenance == "none" else _("studies not stated")
    else:
        studies = _studies(synthesis.studies, stream)
    if synthesis.participants is None:
        people = "" if synthesis.provenance == "none" else _("Not stated")
    else:
        people = numbers.number(synthesis.participants)
    text = f"{people} ({studies})".strip()
    return f"{text}\n({_('from {citation}').format(citation=citation)})" if citation else text


def people_note(synthesis: Synthesis) -> str:
    """Return how many people are known where not every study tells, '' where all or none do."""
    if synthesis.participants is not None or not synthesis.telling:
        return ""
    return _("The number of participants is known of {n} of {k} studies: {people}.").format(
        n=synthesis.telling, k=synthesis.studies, people=numbers.number(synthesis.known_people))


def _studies(count: int, stream: str) -> str:
    if stream == "rct":
        return counted("{n} RCT", "{n} RCTs", count)
    if stream == "nrs":
        return counted("{n} observational study", "{n} observational studies", count)
    return counted("{n} study", "{n} studies", count)


def short_citation(source: str) -> str:
    """Return first author and year of a citation (“Sartore 2021”); the whole where unclear."""
    author = re.match(r"[^\W\d_][\w'’-]*", source)
    year = re.search(r"\b(?:19|20)\d\d\b", source)
    if author is None or year is None:
        return source
    return f"{author.group()} {year.group()}"


def abbreviations(texts: tuple[str, ...]) -> str:
    """Return the abbreviations that occur in these texts, each with its meaning, by alphabet."""
    everything = " ".join(texts)
    found = [
        short
        for short in LONG
        if re.search(rf"(?<![A-Za-z]){short}s?(?![A-Za-z])", everything)
    ]
    return "; ".join(f"{short}: {_(LONG[short])}" for short in sorted(found, key=str.casefold))
