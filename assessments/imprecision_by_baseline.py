"""Imprecision rated apart at a baseline risk where the interval says something else there.

One relative effect has one rating. At another baseline risk, though, the interval of the absolute
effect may contain a threshold that it leaves out elsewhere; then imprecision, and with it the
certainty, may be rated for that risk alone: a part of the domain, judged, compared and settled as
other parts are. Where nobody judged the part, the level of the whole domain holds. Nothing is
chosen unless a person chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.assessment import Judgement
from assessments.language import _
from assessments.review import Baseline, Outcome
from assessments.store.project_file import Project
from gradecore.grade import certainty as arithmetic
from gradecore.grade.facts import Facts
from gradecore.grade.scales import number
from gradecore.grade.vocabulary import IMPRECISION

AT = "at/"
"""How the part of the domain begins that is judged at one baseline risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePlace:
    """A baseline risk (a proportion) at which imprecision may be rated apart.

    ``verdict`` tells what the interval says there.
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
    words = _("{risk} per {per}").format(risk=number(risk * per, 0), per=per)
    return f"{label} ({words})" if label else words


def part_words(project: Project, outcome_id: str, part: str) -> str:
    """Return where a part of a rating holds, '' for the whole: at Low risk (50 per 1000)."""
    if not part.startswith(AT):
        return part
    outcome = project.one(Outcome, outcome_id)
    risk = float(part.removeprefix(AT))
    labels = [
        one.label.strip() for one in project.all(Baseline, outcome=outcome_id)
        if one.risk is not None and part_at(one.risk) == part
    ]
    per = outcome.per if outcome is not None else 1000
    return _("at {place}").format(place=place_words(next(iter(labels), ""), risk, per))


def places_of(project: Project, outcome: Outcome, facts: Facts) -> tuple[BaselinePlace, ...]:
    """Return the baseline risks, where the verdict of the interval differs between them."""
    from assessments.rating_facts import evidence_and_settings

    verdicts = facts.starting("imp_verdict_")
    if len({one.value for one in verdicts}) < 2:
        return ()
    evidence, _settings = evidence_and_settings(project, outcome)
    known = {one.key: one.display for one in verdicts}
    return tuple(
        BaselinePlace(label=one.label, risk=one.risk, per=evidence.per,
                      verdict=known[f"imp_verdict_{place}"])
        for place, one in enumerate(evidence.baselines, start=1)
        if f"imp_verdict_{place}" in known
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
