"""One's own assessment of one unit as a form: domains, answers, proposals, levels, quotes.

A sheet is read once and asked many times; it never holds anything of another assessor.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assessment import Answer, Judgement, Quote, Unit, seat_of
from assessments.completeness import parts_of, study_of
from assessments.departures import departures_of, kinds_of_departure, only_of_interest
from assessments.effect_of_interest import team_effect
from assessments.instrument import OVERALL, Domain, Instrument, Level
from assessments.instrument_overall import propose_overall
from assessments.instrument_rules import Proposal, propose, question_states
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.review import Outcome, Result, Setting, Study, StudyAuthor
from assessments.sealing import Opened, opened
from assessments.store.project_file import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A unit with its instrument and what one has answered, judged and quoted so far.

    ``own`` is None before the first judgement. ``groups`` holds (domain, outcome groups judged
    apart), ``key_domains`` what the team named for the summary, ``closed`` the sentence that
    says why nothing can be changed, '' when it can, ``departures`` the kinds of departures from
    the intervention that are of interest, () while the team has not chosen.
    """

    unit: Unit
    instrument: Instrument
    study: Study
    result: Result | None
    outcome: Outcome | None
    effect: str
    own: Opened | None
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    key_domains: tuple[str, ...]
    use_convention: bool
    closed: str
    departures: tuple[str, ...] = ()

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The domains in order, each in its form for the effect of interest."""
        return tuple(self.domain(one.id) for one in self.instrument.domains)

    def domain(self, domain_id: str) -> Domain:
        """Return a domain in its form for the effect of interest, KeyError if unknown."""
        return only_of_interest(self.instrument.domain(domain_id, self.effect), self.departures)

    @property
    def asks_for_departures(self) -> bool:
        """Whether the team has still to choose which departures are of interest."""
        return not self.departures and bool(kinds_of_departure(self.instrument, self.effect))

    @property
    def finished(self) -> bool:
        """Whether one has finished it."""
        return self.own is not None and self.own.assessment.finished

    def answers(self, domain: str) -> dict[str, Answer]:
        """Return question → answer row of a domain, those with only a note included."""
        if self.own is None:
            return {}
        return {one.question: one for one in self.own.answers if one.domain == domain}

    def responses(self, domain: str) -> dict[str, str]:
        """Return question → response of a domain, answered questions only."""
        return {} if self.own is None else self.own.responses(domain)

    def quotes(self, domain: str, question: str = "", part: str = "") -> tuple[Quote, ...]:
        """Return the quotes of a question, or without one those of the domain or its part."""
        if self.own is None:
            return ()
        return tuple(
            one for one in self.own.quotes
            if one.domain == domain and one.question == question and one.part == part
        )

    def judgement(self, domain: str, part: str = "") -> Judgement | None:
        """Return one's judgement of a domain or a part of it."""
        return None if self.own is None else self.own.judgement(domain, part)

    def parts(self, domain: Domain) -> tuple[str, ...]:
        """Return the parts in which a domain is judged, ('',) for the whole."""
        if domain.parts_allowed == "entries":
            return (*self.entries(domain), "")
        return dict(self.groups).get(domain.id, ("",))

    def entries(self, domain: Domain) -> tuple[str, ...]:
        """Return the named entries inside a domain."""
        if domain.parts_allowed != "entries" or self.own is None:
            return ()
        return tuple(
            one.part for one in self.own.judgements if one.domain == domain.id and one.part
        )

    def level_of(self, domain: Domain) -> Level | None:
        """Return the level of a domain, the worst of its parts, None while one is missing."""
        parts = ("",) if domain.parts_allowed == "entries" else self.parts(domain)
        made = [self.judgement(domain.id, part) for part in parts]
        codes = [one.level for one in made if one is not None and one.level is not None]
        if not codes or len(codes) < len(parts):
            return None
        return max((domain.level(code) for code in codes), key=lambda level: level.order)

    def overall_level(self) -> Level | None:
        """Return the overall level that was chosen."""
        made = self.judgement(OVERALL)
        if made is None or made.level is None or self.instrument.overall is None:
            return None
        return self.instrument.level(OVERALL, made.level)

    def proposal(self, domain: str) -> Proposal:
        """Return what the rules say to a domain, or for ``OVERALL`` to the whole."""
        if domain == OVERALL:
            return propose_overall(
                self.instrument, self.levels(), key_domains=self.key_domains,
                use_convention=self.use_convention,
            )
        return propose(
            self.instrument, self.domain(domain), self.responses(domain), self.effect,
            self.study.design or "",
        )

    def levels(self) -> dict[str, str | None]:
        """Return domain → code of its level, None while undecided."""
        found = {one.id: self.level_of(one) for one in self.domains if one.judged}
        return {name: None if level is None else level.code for name, level in found.items()}

    def states(self, domain: str) -> dict[str, str]:
        """Return question → 'asked', 'optional', 'closed' or 'later'."""
        return question_states(self.domain(domain), self.responses(domain))


def sheet_of(project: Project, unit: Unit) -> Sheet:
    """Return the sheet of the one who sits here."""
    instrument = instrument_of(project, unit.instrument)
    seat = seat_of(project)
    own = opened(project, unit, seat) if seat else None
    result = project.one(Result, unit.id) if unit.kind == "result" else None
    study = project.one(Study, study_of(project, unit)) or Study(id="")
    domains = instrument.domains
    keys = project.one(Setting, f"key_domains/{instrument.id}")
    convention = project.one(Setting, f"overall_rule/{instrument.id}")
    effect = team_effect(project, unit) if instrument.effects else ""
    return Sheet(
        unit=unit, instrument=instrument, study=study, result=result,
        outcome=project.one(Outcome, result.outcome) if result else None,
        effect=effect, own=own, departures=departures_of(project, unit, effect),
        groups=tuple((one.id, parts_of(project, unit, one)) for one in domains),
        key_domains=tuple(keys.value.split()) if keys is not None else (),
        use_convention=convention is not None and convention.value == "yes",
        closed=_why_closed(project, study, seat, own),
    )


def _why_closed(project: Project, study: Study, seat: str | None, own: Opened | None) -> str:
    if project.read_only:
        return project.read_only
    if seat is None:
        return _("Only assessor A or B can judge. Say who sits here first.")
    if project.all(StudyAuthor, study=study.id, person=project.seat):
        return _("You are an author of this study, so another person must assess it.")
    if own is not None and own.assessment.finished:
        return _("You have finished this assessment. Reopen it, with a reason, to change it.")
    return ""
