"""Imprecision rated apart at a baseline risk where the interval says something else there.

One relative effect has one rating. At another baseline risk, though, the interval of the absolute
effect may contain a threshold that it leaves out elsewhere; then imprecision, and with it the
certainty, may be rated for that risk alone: a part of the domain, judged, compared and settled as
other parts are. Where nobody judged the part, the level of the whole domain holds. Nothing is
chosen unless a person chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assessments.assessment import Judgement
from assessments.language import _
from assessments.review import Outcome
from assessments.store.project_file import Project
from gradecore.grade import certainty as arithmetic
from gradecore.grade.facts import Fact, Facts
from gradecore.grade.scales import number, people
from gradecore.grade.vocabulary import IMPRECISION

_WHOLE = 1e-6
"""How far a number of people may be from a whole one to be written as such."""
AT = "at/"
"""How the part of the domain begins that is judged at one baseline risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePlace:
    """A baseline risk (a proportion) at which imprecision may be rated apart.

    ``verdict`` tells the absolute effect and what its interval says there.
    """

    label: str
    risk: float
    per: int
    verdict: str

    @property
    def part(self) -> str:
        """The part of the domain that is judged here; with another risk it is another part."""
        return part_at(self.risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRating:
    """What was chosen for imprecision at a baseline risk, and the certainty that follows.

    ``explanation`` is what was settled about this risk alone, mostly ''.
    """

    label: str
    risk: float
    per: int
    concern: str
    certainty: arithmetic.Certainty
    explanation: str = ""


def part_at(risk: float) -> str:
    """Return the part of the domain that is judged at a baseline risk (a proportion)."""
    return f"{AT}{risk:.6g}"


def place_words(label: str, risk: float, per: int) -> str:
    """Return a baseline risk with its name: Low risk (50 per 1000)."""
    words = risk_words(risk, per)
    return f"{label} ({words})" if label else words


def risk_words(risk: float, per: int) -> str:
    """Return a risk as people of a denominator: 50 per 1000, below ten with a decimal if needed."""
    amount = risk * per
    exact = amount >= 10 or abs(amount - round(amount)) < _WHOLE
    shown = people(amount) if exact else number(amount, 1)
    return _("{risk} per {per}").format(risk=shown, per=people(per))


def part_words(project: Project, outcome_id: str, part: str) -> str:
    """Return where a part of a rating holds, '' for the whole: at Low risk (50 per 1000)."""
    if not part.startswith(AT):
        return part
    from assessments.assumed_risks import assumed_risks, people_per

    outcome = project.one(Outcome, outcome_id)
    risk = float(part.removeprefix(AT))
    risks = () if outcome is None else assumed_risks(project, outcome, ())
    per = people_per(outcome, risks) if outcome is not None else 1000
    label = _labels(one.label for one in risks if part_at(one.risk) == part)
    return _("at {place}").format(place=place_words(label, risk, per))


def _labels(labels: Iterable[str]) -> str:
    """Return the names of one and the same risk as one."""
    return ", ".join(dict.fromkeys(one for one in labels if one))


def places_of(project: Project, outcome: Outcome, facts: Facts) -> tuple[BaselinePlace, ...]:
    """Return the baseline risks, where the verdict of the interval differs between them."""
    from assessments.rating_facts import evidence_and_settings

    verdicts = facts.starting("imp_verdict_")
    if len({one.value for one in verdicts}) < 2:
        return ()
    evidence, _settings = evidence_and_settings(project, outcome)
    known = {one.key: _verdict_words(facts, one) for one in verdicts}
    found: dict[str, BaselinePlace] = {}
    for place, one in enumerate(evidence.baselines, start=1):
        if f"imp_verdict_{place}" not in known:
            continue
        made = BaselinePlace(label=one.label, risk=one.risk, per=evidence.per,
                             verdict=known[f"imp_verdict_{place}"])
        before = found.get(made.part)  # the same risk under two names is judged once
        label = made.label if before is None else _labels((before.label, made.label))
        found[made.part] = replace(before or made, label=label)
    return tuple(found.values())


def _verdict_words(facts: Facts, verdict: Fact) -> str:
    """Return the absolute effect at a baseline risk, and which thresholds its interval contains."""
    said = _(verdict.display)
    effect = facts.get(verdict.key.replace("verdict", "effect"))
    if effect is None:
        return said
    return _("{effect}; {said}").format(effect=effect.display, said=said)


def parts_that_count(project: Project, outcome_id: str, parts: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of a rating that still hold somewhere, in the order of their risks.

    What was judged at a baseline risk that the team has removed or changed since is kept, but
    has no line in the table any more; nor has it where the interval now says the same everywhere.
    """
    from assessments.rating_facts import facts_of

    judged = tuple(dict.fromkeys(parts))
    whole = tuple(one for one in judged if not one.startswith(AT))
    outcome = project.one(Outcome, outcome_id)
    if len(whole) == len(judged) or outcome is None:
        return whole
    known = [one.part for one in places_of(project, outcome, facts_of(project, outcome_id))]
    return (*whole, *(one for one in known if one in judged))


def no_longer_there(
    project: Project, outcome_id: str, parts: Iterable[str]
) -> tuple[str, ...]:
    """Return in sentences which parts were judged at a risk that has no line of its own now."""
    judged = tuple(parts)
    left = parts_that_count(project, outcome_id, judged) if judged else ()
    return tuple(
        _("Imprecision was rated apart {place}; this no longer applies, and the certainty of the "
          "whole outcome is shown.").format(place=part_words(project, outcome_id, part))
        for part in judged if part not in left
    )


def chosen_at(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """Return part → judgement of what was chosen for imprecision at baseline risks."""
    return {
        one.part: one for one in judgements
        if one.domain == IMPRECISION and one.part.startswith(AT) and one.level is not None
    }


def ratings_at(
    project: Project,
    outcome: Outcome,
    start_rule: str,
    levels: tuple[Mapping[str, str | None], Mapping[str, str | None]],
    chosen: Mapping[str, Judgement],
) -> tuple[BaselineRating, ...]:
    """Return the certainty at each baseline risk for which imprecision was chosen apart.

    ``levels`` are concerns and upgrades. Empty while a domain is undecided, or where the interval
    says the same at every risk.
    """
    from assessments.rating_facts import facts_of

    concerns, upgrades = levels
    if not chosen or not all(concerns.values()):
        return ()
    found = []
    for place in places_of(project, outcome, facts_of(project, outcome.id)):
        made = chosen.get(place.part)
        if made is None or made.level is None:
            continue
        found.append(BaselineRating(
            label=place.label, risk=place.risk, per=place.per, concern=made.level,
            certainty=arithmetic.certainty(
                start_rule, dict(concerns) | {IMPRECISION: made.level}, dict(upgrades)),
            explanation=made.support.strip(),
        ))
    return tuple(found)
