"""What is odd about a rating, and what stops it from being finished: codes and sentences.

Nothing here changes a rating. Remarks about numbers taken from print are made in ``published.py``,
about capped or refused risks in ``gradecore/absolute_effects.py``.

=========  =====================================================================================
kind       codes
=========  =====================================================================================
block      B-EXPL  B-MISSING  B-ROB-OPEN  B-MIXED  B-STALE  B-TARGET
warn       W-UP-RCT  W-UP-AFTER-DOWN  W-LARGE-THRESH  W-UP-REASON  W-ROBINS-LIGHT  W-SINGLE-INC
           W-OIS-NOT-RATED  W-UNUSUAL  W-TWO-BORDERLINE  W-DOUBLE-COUNT
info       W-FLOOR  W-CEIL  W-IMP-NOT-RATED  W-GROUP-ROW
=========  =====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradecore.grade.certainty import (
    certainty,
    concern_points,
    open_domains,
    upgrade_points,
)
from gradecore.grade.explanations import Explanation, faults
from gradecore.grade.facts import FIRED, Facts, Prompt
from gradecore.grade.remarks import BLOCK, INFO, WARN, Remark
from gradecore.grade.upgrade_checks import about_upgrades
from gradecore.grade.vocabulary import (
    DOMAIN_LABELS,
    DOMAINS,
    IMPRECISION,
    INCONSISTENCY,
    NOT_ASSESSABLE_CONCERN,
    NRS_ROBINS_I,
    PUBLICATION_BIAS,
    RCT,
    ROB,
    UPGRADES,
)

MOST_OUTCOMES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingInput:
    """A rating as it stands: concern codes by domain, upgrade codes or points by reason.

    ``imprecision_apart``: concerns chosen for imprecision at single baseline risks.
    ``considered_upgrades`` is whether “considered, none applies” was ticked; None where nobody
    asks (randomised evidence).
    """

    start_rule: str
    domains: Mapping[str, str | None]
    upgrades: Mapping[str, str | int | None] = field(default_factory=dict)
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    borderline: tuple[str, ...] = ()
    imprecision_apart: tuple[str, ...] = ()
    confounding: str | None = None
    considered_upgrades: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyState:
    """What is known of the body apart from its numbers.

    ``open_rob``: studies in the analysis without settled judgement. ``published`` bodies need
    ``rob_statement`` instead. ``target_chosen``: whether the team chose a threshold;
    ``target_gap``: what is missing of it in a sentence, '' if nothing.
    ``studies``: labels, as an explanation may name them.
    """

    mixed: bool = False
    open_rob: int = 0
    published: bool = False
    rob_statement: str = ""
    stale: bool = False
    target_chosen: bool = True
    target_gap: str = ""
    outcomes: int = 1
    studies: tuple[str, ...] = ()


def check(
    rating: RatingInput,
    body: BodyState,
    facts: Facts,
    prompts: tuple[Prompt, ...] = (),
) -> tuple[Remark, ...]:
    """Return all blockers and warnings about a rating of a body.

    Raises:
        InputError: the rating has codes that do not exist.
    """
    points = {
        domain: concern_points(level)
        for domain, level in rating.domains.items()
        if level is not None
    }
    return (
        *_blockers(rating, body, points),
        *_sum(rating),
        *about_upgrades(rating.start_rule, points, _chosen(rating), facts, rating.confounding),
        *_odd_levels(rating, points),
        *_against_facts(points, facts, prompts),
        *_habits(rating, points, body),
    )


def blockers(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Return only what stops a rating from being finished."""
    return tuple(one for one in remarks if one.kind == BLOCK)


def _chosen(rating: RatingInput) -> dict[str, int]:
    return {
        reason: upgrade_points(reason, rating.upgrades.get(reason))
        for reason in UPGRADES
        if upgrade_points(reason, rating.upgrades.get(reason)) > 0
    }


def _blockers(
    rating: RatingInput, body: BodyState, points: Mapping[str, int]
) -> tuple[Remark, ...]:
    found = []
    missing = open_domains(rating.domains)
    if missing:
        names = ", ".join(DOMAIN_LABELS[domain].lower() for domain in missing)
        found.append(_block("B-MISSING", f"Still to decide: {names}."))
    if rating.considered_upgrades is False and not _chosen(rating):
        says = "Say whether a reason to rate up was considered, even if none applies."
        found.append(_block("B-MISSING", says))
    found += _unexplained(rating, body, points)
    if body.mixed:
        says = "Randomised and non-randomised studies are rated apart: split the body or restrict."
        found.append(_block("B-MIXED", says))
    if body.published and not body.rob_statement.strip():
        says = "Say by whom and with which tool the risk of bias behind the estimate was judged."
        found.append(_block("B-ROB-OPEN", says, ROB))
    elif not body.published and body.open_rob:
        which = "1 study" if body.open_rob == 1 else f"{body.open_rob} studies"
        have = "has" if body.open_rob == 1 else "have"
        says = f"{which} of the analysis {have} no settled risk of bias."
        found.append(_block("B-ROB-OPEN", says, ROB))
    if body.stale:
        says = "The facts changed after the rating: confirm it or rate again."
        found.append(_block("B-STALE", says))
    if not body.target_chosen:
        says = "The team has not chosen a threshold, so there is no claim to rate."
        found.append(_block("B-TARGET", says))
    elif body.target_gap:
        found.append(_block("B-TARGET", body.target_gap))
    return tuple(found)


def _unexplained(rating: RatingInput, body: BodyState, points: Mapping[str, int]) -> list[Remark]:
    needed = [
        domain
        for domain in DOMAINS
        if points.get(domain) or rating.domains.get(domain) == NOT_ASSESSABLE_CONCERN
        or (domain == IMPRECISION and any(map(concern_points, rating.imprecision_apart)))
    ]
    found = []
    for name in (*needed, *_chosen(rating)):
        wrong = faults(rating.explanations.get(name, Explanation()), name, body.studies)
        if wrong:
            found.append(_block("B-EXPL", " ".join(wrong), name))
    return found


def _sum(rating: RatingInput) -> tuple[Remark, ...]:
    if open_domains(rating.domains):
        return ()
    result = certainty(rating.start_rule, rating.domains, rating.upgrades)
    if result.beyond < 0:
        says = f"The sum is {result.total}, {-result.beyond} below the floor."
        return (Remark(code="W-FLOOR", kind=INFO, sentence=says),)
    if result.beyond > 0:
        says = f"The sum is {result.total}, {result.beyond} above the ceiling."
        return (Remark(code="W-CEIL", kind=INFO, sentence=says),)
    return ()


def is_unusual(domain: str, points: int, start_rule: str) -> bool:
    """Return whether a level is so rare in a domain that it asks for confirmation (1.3)."""
    if points == -3:
        return not (domain == IMPRECISION or (domain == ROB and start_rule == NRS_ROBINS_I))
    if points == -2:
        rare = domain in (INCONSISTENCY, PUBLICATION_BIAS)
        return rare or (domain == ROB and start_rule == RCT)
    return False


def _odd_levels(rating: RatingInput, points: Mapping[str, int]) -> tuple[Remark, ...]:
    found = []
    for domain, value in points.items():
        if is_unusual(domain, value, rating.start_rule):
            says = f"{DOMAIN_LABELS[domain]} rated down {-value} levels is unusual: confirm it."
            found.append(_warn("W-UNUSUAL", says, domain))
    if rating.start_rule == NRS_ROBINS_I and points.get(ROB, -2) > -2:
        says = (
            "Studies appraised with ROBINS-I start high because confounding is judged under risk "
            "of bias; less than two levels down needs an explicit reason."
        )
        found.append(_warn("W-ROBINS-LIGHT", says, ROB))
    return tuple(found)


def _against_facts(
    points: Mapping[str, int], facts: Facts, prompts: tuple[Prompt, ...]
) -> tuple[Remark, ...]:
    found = []
    if points.get(INCONSISTENCY, 0) < 0 and facts.has("k") and facts.number("k") == 1:
        says = "Inconsistency is rated down although there is one study."
        found.append(_warn("W-SINGLE-INC", says, INCONSISTENCY))
    if points.get(IMPRECISION) == 0:
        if _interval_contains(facts, prompts):
            says = "The interval contains no effect or the threshold, and imprecision is 0."
            found.append(
                Remark(code="W-IMP-NOT-RATED", kind=INFO, sentence=says, domain=IMPRECISION)
            )
        if _too_small(facts, prompts):
            says = (
                "The effect is implausibly large, the information size is not reached, and "
                "imprecision is 0."
            )
            found.append(_warn("W-OIS-NOT-RATED", says, IMPRECISION))
    return tuple(found)


def _interval_contains(facts: Facts, prompts: tuple[Prompt, ...]) -> bool:
    crossing = _prompt(prompts, "IMP-1")
    if crossing is not None and crossing.status != "not_assessable":
        return crossing.status == FIRED
    return facts.has("excludes_null") and not facts.flag("excludes_null")


def _too_small(facts: Facts, prompts: tuple[Prompt, ...]) -> bool:
    large = _prompt(prompts, "IMP-3")
    if large is None or large.status != FIRED:
        return False
    if facts.has("ois_share"):
        return facts.number("ois_share") < 1
    size = _prompt(prompts, "IMP-4")
    return size is not None and size.status == FIRED


def _habits(rating: RatingInput, points: Mapping[str, int], body: BodyState) -> tuple[Remark, ...]:
    found = []
    close = [domain for domain in rating.borderline if points.get(domain) == 0]
    if len(close) >= 2:
        names = ", ".join(DOMAIN_LABELS[domain].lower() for domain in close)
        says = (
            f"Two or more domains are borderline and rated 0 ({names}); rate one down, or say why."
        )
        found.append(_warn("W-TWO-BORDERLINE", says))
    seen: dict[str, str] = {}
    for domain in DOMAINS:
        for prompt in rating.explanations.get(domain, Explanation()).prompts:
            if points.get(domain, 0) == 0:
                continue
            if seen.setdefault(prompt, domain) != domain:
                says = f"{prompt} is a reason in two domains: do not count one problem twice."
                found.append(_warn("W-DOUBLE-COUNT", says, domain))
    if body.outcomes > MOST_OUTCOMES:
        says = f"More than {MOST_OUTCOMES} outcomes in one summary of findings."
        found.append(Remark(code="W-GROUP-ROW", kind=INFO, sentence=says))
    return tuple(found)


def _prompt(prompts: tuple[Prompt, ...], code: str) -> Prompt | None:
    return next((one for one in prompts if one.id == code), None)


def _block(code: str, sentence: str, domain: str = "") -> Remark:
    return Remark(code=code, kind=BLOCK, sentence=sentence, domain=domain)


def _warn(code: str, sentence: str, domain: str = "") -> Remark:
    return Remark(code=code, kind=WARN, sentence=sentence, domain=domain)
