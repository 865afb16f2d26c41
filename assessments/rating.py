"""The certainty of a body of evidence as people rated it: concerns, explanations, and the sum.

A rating is an assessment with the instrument of GRADE whose unit is an outcome. The level is
never stored: it is the sum of what people chose, computed in one place (``gradecore.grade``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from assessments.assessment import CONSENSUS, FrozenFacts, Unit
from assessments.assignments import GRADE, instrument_for
from assessments.imprecision_by_baseline import (
    BaselineRating,
    chosen_at,
    no_longer_there,
    part_at,
    ratings_at,
)
from assessments.remembered import remembered, remembered_of_bodies
from assessments.review import Outcome, Result, Setting, Study
from assessments.sealing import Opened, opened
from assessments.store.project_file import Project
from gradecore.grade import certainty as arithmetic
from gradecore.grade.vocabulary import DOMAINS, IMPRECISION, NOT_RATED, NRS, RCT, UPGRADES

MIXED = "mixed"
_FROM_RESULTS = ("pooled", "single")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What one seat rated for one outcome.

    ``concerns`` and ``upgrades`` hold the chosen codes (None while undecided), ``explanations``
    the written reasons, ``certainty`` the sum once all five domains are decided. ``changed``
    tells in sentences what has moved since it was finished; it is then stale. ``at`` holds the
    certainty at baseline risks for which imprecision was rated apart.
    """

    outcome: str
    seat: str
    finished: bool
    start_rule: str
    concerns: dict[str, str | None]
    upgrades: dict[str, str | None]
    explanations: dict[str, str]
    certainty: arithmetic.Certainty | None
    changed: tuple[str, ...] = ()
    source: str = ""
    at: tuple[BaselineRating, ...] = ()

    @property
    def level(self) -> str | None:
        """The level of certainty, None while domains are undecided."""
        return self.certainty.level if self.certainty is not None else None

    def at_risk(self, risk: float) -> BaselineRating | None:
        """Return what was rated apart at a baseline risk, None where the whole rating holds."""
        apart = (one for one in self.at if one.concern != self.concerns.get(IMPRECISION))
        return next((one for one in apart if part_at(one.risk) == part_at(risk)), None)

    @property
    def stale(self) -> bool:
        """Whether something it rests on has changed since it was finished."""
        return bool(self.changed)


def unit_of(outcome: str) -> Unit:
    """Return the unit of the rating of an outcome."""
    return Unit(instrument=GRADE, kind="outcome", id=outcome)


def contributing_studies(project: Project, outcome: Outcome) -> tuple[Study, ...]:
    """Return the studies whose results the outcome rests on; all included ones if not known."""
    return remembered_of_bodies(
        project, ("contributing", outcome.id), lambda: _contributing_studies(project, outcome)
    )


def _contributing_studies(project: Project, outcome: Outcome) -> tuple[Study, ...]:
    included = project.all(Study, status="included")
    if outcome.evidence not in _FROM_RESULTS:
        return included
    with_results = {r.study for r in project.all(Result, outcome=outcome.id) if r.included}
    return tuple(study for study in included if study.id in with_results)


def nothing_found(project: Project, outcome: Outcome) -> bool:
    """Return whether a comparison has no study at all, beside outcomes that none reported."""
    others = project.all(Outcome, comparison=outcome.comparison)
    reported = any(one.evidence != "not_reported" for one in others)
    return not reported and not project.all(Study, status="included")


def start_rule_of(project: Project, outcome: Outcome) -> str | None:
    """Return where the rating starts: 'rct', 'nrs', 'nrs_robins_i', 'mixed', None if unknown.

    It follows from the declared design and instrument of the studies, or from the outcome's own
    declaration where it has one.
    """
    return remembered_of_bodies(
        project, ("start", outcome.id), lambda: _start_rule_of(project, outcome)
    )


def _start_rule_of(project: Project, outcome: Outcome) -> str | None:
    nrs_start = _decision(project, "nrs_start", "by_tool")
    quasi = _decision(project, "quasi_rct_as", RCT)
    rules = {
        arithmetic.start_rule(
            study.design or "rct", instrument_for(project, study),
            nrs_start=nrs_start, quasi_rct_as=quasi,
        )
        for study in contributing_studies(project, outcome)
    }
    if outcome.stream is not None:
        wanted = {rule for rule in rules if (rule == RCT) == (outcome.stream == RCT)}
        if outcome.evidence in _FROM_RESULTS and rules - wanted:
            return MIXED
        return next(iter(wanted)) if len(wanted) == 1 else (RCT if outcome.stream == RCT else NRS)
    if not rules:
        return None
    if len(rules) == 1:
        return next(iter(rules))
    # tools that start at different levels make no two bodies; the lower start leads
    return MIXED if RCT in rules else NRS


def _decision(project: Project, name: str, default: str) -> str:
    found = project.one(Setting, name)
    return found.value if found is not None and found.value else default


def rating_of(project: Project, outcome_id: str, seat: str) -> Rated | None:
    """Return the rating by that seat, None if there is none or it may not be seen."""
    outcome = project.one(Outcome, outcome_id)
    found = opened(project, unit_of(outcome_id), seat)
    if outcome is None or found is None:
        return None
    return _rated(project, outcome, found)


def settled_rating(project: Project, outcome_id: str) -> Rated | None:
    """Return the final consensus on an outcome, None before it is final."""
    rated = rating_of(project, outcome_id, CONSENSUS)
    return rated if rated is not None and rated.finished else None


def _rated(project: Project, outcome: Outcome, found: Opened) -> Rated:
    concerns = {domain: found.level(domain) for domain in DOMAINS}
    upgrades = {name: found.level(name) for name in UPGRADES}
    rule = start_rule_of(project, outcome)
    total = None
    if rule is not None and rule != MIXED and all(concerns.values()):
        total = arithmetic.certainty(rule, concerns, upgrades)
    return Rated(
        outcome=outcome.id,
        seat=found.assessment.seat,
        finished=found.assessment.finished,
        start_rule=rule or "",
        concerns=concerns,
        upgrades=upgrades,
        explanations={
            one.domain: one.support.strip() for one in found.judgements
            if one.support.strip() and not one.part
        },
        certainty=total,
        changed=_changed(project, outcome.id, found),
        source=found.assessment.source,
        at=() if total is None else ratings_at(
            project, outcome, rule or "", (concerns, upgrades), chosen_at(found.judgements)),
    )


def level_of(project: Project, outcome: Outcome) -> str | None:
    """Return the settled level of an outcome, 'not_rated' where no study reported it."""
    if outcome.evidence == "not_reported":
        return NOT_RATED
    rated = settled_rating(project, outcome.id)
    return rated.level if rated is not None else None


def current_facts(project: Project, outcome_id: str) -> tuple[str, str]:
    """Return the fingerprint and the JSON of what lies beside the rating now, to be frozen."""
    from assessments.rating_facts import frozen_now

    fingerprint, kept = frozen_now(project, outcome_id)
    return fingerprint, json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _changed(project: Project, outcome_id: str, found: Opened) -> tuple[str, ...]:
    """Return what has moved since the rating was finished, in sentences."""
    if not found.assessment.finished:
        return ()
    frozen = project.one(FrozenFacts, found.assessment.id)
    if frozen is None:
        return ()
    from assessments.rating_facts import moved_since

    moved = remembered(
        project,
        ("moved", found.assessment.id),
        lambda: moved_since(project, outcome_id, json.loads(frozen.facts)),
    )
    # What was left out already when it was finished is not said again.
    gone = no_longer_there(project, outcome_id, chosen_at(found.judgements)) if moved else ()
    return (*moved, *gone)
