"""One's own rating of one outcome as a form: facts, prompts, levels, reasons, what is missing.

A sheet is read once and asked many times; it never holds anything of another assessor, except
what both have opened by finishing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assessments.assessment import CONSENSUS, SEATS, Assessment, Judgement, seat_of
from assessments.assignments import GRADE
from assessments.instrument import Domain, Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import Problem
from assessments.rating import Rated, rating_of, settled_rating, start_rule_of, unit_of
from assessments.rating_checks import remarks_on
from assessments.rating_facts import facts_of, own_answers, prompts_of
from assessments.rating_ticks import with_own_ticks
from assessments.review import Comparison, Outcome
from assessments.sealing import Opened, opened, standing
from assessments.store.project_file import Project
from gradecore.grade.facts import Facts, Prompt
from gradecore.grade.remarks import BLOCK, Remark
from gradecore.grade.vocabulary import DOMAINS, RCT, UPGRADES

ACKNOWLEDGED = ("reason", "considered", "not_relevant")
"""What can be said to a prompt: counted as a reason, considered, not relevant (with why)."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "INC-1": ("yes", "no"), "PUB-3": ("symmetric", "asymmetric", "cannot_tell"),
    "PUB-7": ("yes", "no"),
}
"""Prompts whose facts are an answer of the assessor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSheet:
    """A body of evidence with what one has rated of it so far.

    ``own`` is None before the first step. ``answers`` are (domain, question) → response,
    ``notes`` the words beside them. ``closed`` says why nothing can be changed, '' when it can.
    ``states`` are seat → 'none', 'open' or 'finished'.
    """

    outcome: Outcome
    comparison: Comparison | None
    instrument: Instrument
    start_rule: str | None
    own: Opened | None
    rated: Rated | None
    settled: Rated | None
    facts: Facts
    prompts: tuple[Prompt, ...]
    remarks: tuple[Remark, ...]
    states: dict[str, str]
    closed: str = ""
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def reported(self) -> bool:
        """Whether there is a body of evidence to rate."""
        return self.outcome.evidence != "not_reported"

    @property
    def finished(self) -> bool:
        """Whether one has finished and sealed it."""
        return self.own is not None and self.own.assessment.finished

    @property
    def both_finished(self) -> bool:
        """Whether both assessors have finished."""
        return all(self.states[seat] == "finished" for seat in SEATS)

    @property
    def randomised(self) -> bool:
        """Whether the evidence is randomised, so that nobody is asked to rate up."""
        return self.start_rule == RCT

    @property
    def decided(self) -> int:
        """How many of the five domains have a level."""
        return sum(self.level(name) is not None for name in DOMAINS)

    def domain(self, name: str) -> Domain:
        """Return a domain of the instrument."""
        return self.instrument.domain(name)

    def level(self, domain: str, part: str = "") -> str | None:
        """Return the chosen level of a domain or reason to rate up, None while undecided."""
        return self.own.level(domain, part) if self.own is not None else None

    def judgement(self, domain: str) -> Judgement | None:
        """Return what was judged in a domain."""
        return self.own.judgement(domain) if self.own is not None else None

    def explanation(self, domain: str) -> str:
        """Return the written explanation of a domain."""
        made = self.judgement(domain)
        return made.support if made is not None else ""

    def drafted(self, domain: str) -> bool:
        """Whether the explanation is a draft that nobody has edited or confirmed yet."""
        text = self.answers.get((domain, "drafted"))
        return text is not None and text == self.explanation(domain)

    def prompts_in(self, domain: str) -> tuple[Prompt, ...]:
        """Return the prompts of a domain that have a meaning for this kind of evidence."""
        return tuple(one for one in self.prompts if one.domain == domain and one.applicable)

    def not_asked(self, domain: str) -> tuple[Prompt, ...]:
        """Return the prompts without a meaning for this evidence that tell why they have none."""
        return tuple(one for one in self.prompts
                     if one.domain == domain and not one.applicable and one.reason)

    def asked(self, domain: str) -> tuple[Prompt, ...]:
        """Return the fired prompts of a domain."""
        return tuple(one for one in self.prompts_in(domain) if one.fired and not one.info)

    def acknowledged(self, prompt: Prompt) -> str | None:
        """Return what was said to a prompt, None while nothing was."""
        return self.answers.get((prompt.domain, f"ack/{prompt.id}"))

    def waiting(self, domain: str) -> tuple[Prompt, ...]:
        """Return the fired prompts of a domain to which nothing was said yet."""
        return tuple(one for one in self.asked(domain) if self.acknowledged(one) is None)

    def reasons(self, domain: str) -> tuple[Prompt, ...]:
        """Return the prompts that count as reasons in a domain."""
        return tuple(one for one in self.prompts_in(domain)
                     if self.acknowledged(one) == "reason")

    def remarks_in(self, domain: str) -> tuple[Remark, ...]:
        """Return the warnings about a domain; what blocks finishing is said elsewhere."""
        return tuple(one for one in self.remarks if one.domain == domain and one.kind != BLOCK)

    @property
    def general_remarks(self) -> tuple[Remark, ...]:
        """The warnings that concern no domain."""
        return self.remarks_in("")


def rating_sheet(project: Project, outcome_id: str) -> RatingSheet | None:
    """Return the sheet of the one who sits here, None for an outcome that is gone."""
    outcome = project.one(Outcome, outcome_id)
    if outcome is None:
        return None
    unit, seat = unit_of(outcome_id), seat_of(project)
    own = opened(project, unit, seat) if seat is not None else None
    answers = own_answers(project, outcome_id)
    return RatingSheet(
        outcome=outcome,
        comparison=project.one(Comparison, outcome.comparison),
        instrument=instrument_of(project, GRADE),
        start_rule=start_rule_of(project, outcome),
        own=own,
        rated=rating_of(project, outcome_id, seat) if seat is not None else None,
        settled=settled_rating(project, outcome_id),
        facts=facts_of(project, outcome_id, answers),
        prompts=with_own_ticks(
            prompts_of(project, outcome_id, answers),
            lambda domain: own.level(domain) if own is not None else None,
        ),
        remarks=remarks_on(project, own.assessment) if own is not None else (),
        states=standing(project, unit),
        closed=_closed(project, outcome, own),
        answers=answers,
        notes={(one.domain, one.question): one.note for one in own.answers if one.note}
        if own is not None else {},
    )


def missing_to_finish(project: Project, outcome_id: str) -> tuple[Problem, ...]:
    """Return everything that is missing before the one who sits here can finish."""
    from assessments.completeness import missing_in

    unit, seat = unit_of(outcome_id), seat_of(project)
    if seat is None:
        return ()
    found = opened(project, unit, seat)
    assessment = found.assessment if found is not None else Assessment(
        id="", instrument=GRADE, unit_kind="outcome", unit=outcome_id, seat=seat
    )
    return missing_in(project, unit, assessment)


def advised_before_finish(outcome: Outcome) -> tuple[Problem, ...]:
    """Return what should be written down before finishing, but stops nobody."""
    declared = outcome.mid or outcome.mid_relative or outcome.mid_low or outcome.t1
    if not (declared or outcome.decision is not None) or outcome.mid_source.strip():
        return ()
    return (Problem(
        code="no-mid-source", sentence=_("The source of the threshold is not stated."),
        remedy=_("It is printed in the methods. The rating can be finished without it."),
    ),)


def stale_seats(project: Project, outcome_id: str) -> tuple[tuple[str, Rated], ...]:
    """Return one's own rating and the settled one, those that something has moved under."""
    seat = seat_of(project)
    found = [(one, rating_of(project, outcome_id, one)) for one in (seat, CONSENSUS) if one]
    return tuple((one, rated) for one, rated in found if rated is not None and rated.stale)


def upgrades_chosen(sheet: RatingSheet) -> bool:
    """Return whether a reason to rate up was chosen."""
    return any(sheet.level(name) not in (None, "none") for name in UPGRADES)


def _closed(project: Project, outcome: Outcome, own: Opened | None) -> str:
    if project.read_only:
        return project.read_only
    if seat_of(project) is None:
        return _("Only assessor A or B can judge.")
    if outcome.evidence == "not_reported":
        return _("No study reported this outcome, so there is no certainty to rate.")
    if own is not None and own.assessment.finished:
        return _("This assessment is finished and sealed.")
    return ""
