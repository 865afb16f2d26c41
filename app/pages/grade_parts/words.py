"""What the page says: levels with their points, states of outcomes, sources and their trust."""

from __future__ import annotations

from app.widgets.level_buttons import LevelChoice
from assessments.instrument import Level
from assessments.language import _, counted
from assessments.problems import Problem
from assessments.rating_sheet import RatingSheet
from gradecore.grade.certainty import Certainty
from gradecore.grade.checks import is_unusual
from gradecore.grade.facts import Prompt, Rule
from gradecore.grade.vocabulary import (
    CONCERN_POINTS,
    DOMAIN_LABELS,
    HIGH,
    LOW,
    NOT_APPLICABLE,
    NOT_ASSESSABLE_CONCERN,
    PUBLICATION_BIAS,
    START_LABELS,
    START_SCORES,
    UPGRADE_LABELS,
    UPGRADE_POINTS,
    level_label,
)

ROLES = {0: "", -1: "some", -2: "high", -3: "critical"}
MINUS = "−"
RISK_OF_BIAS = "risk_of_bias"
"""The place of what is mended on the page of that name."""
_START_LEVELS = {4: HIGH, 2: LOW}


def points_of(code: str | None) -> int | None:
    """Return the points of a stored level, None while undecided."""
    if code is None:
        return None
    return CONCERN_POINTS.get(code, UPGRADE_POINTS.get(code, 0))


def signed(points: int) -> str:
    """Return points with their sign: −1, 0, +1."""
    if points == 0:
        return "0"
    return f"{MINUS if points < 0 else '+'}{abs(points)}"


def level_choice(domain: str, level: Level, *, narrow: bool = False) -> LevelChoice:
    """Return a level as its button shows it, with the points it takes; shorter where narrow."""
    points = points_of(level.code) or 0
    plain = level.code in (NOT_ASSESSABLE_CONCERN, NOT_APPLICABLE)
    name = _level_words(domain, level, points)
    shortened = narrow and points == -2
    word = _("Very {points}").format(points=signed(points)) if shortened else name
    return LevelChoice(
        code=level.code, word=word, role="" if plain else ROLES.get(points, ""), key=level.key,
        said=name if shortened else "",
    )


def _level_words(domain: str, level: Level, points: int) -> str:
    word = level.label
    if domain == PUBLICATION_BIAS and points == -2:
        word = _("Very strongly")
    if points == -3:
        word = _("Extremely")
    return f"{word} {signed(points)}" if points else word


def shown_levels(sheet: RatingSheet, domain: str) -> tuple[Level, ...]:
    """Return the levels of a domain that have a button: the usual ones and the chosen one."""
    chosen, rare = sheet.level(domain), rarest_level(sheet, domain)
    single = sheet.facts.has("k") and sheet.facts.number("k") == 1
    return tuple(
        one for one in sheet.domain(domain).levels
        if one.code == chosen
        or (one != rare and (single or one.code != NOT_APPLICABLE))
    )


def rarest_level(sheet: RatingSheet, domain: str) -> Level | None:
    """Return the level that is chosen so rarely here that it stands apart: three levels down."""
    found = (
        one for one in sheet.domain(domain).levels
        if points_of(one.code) == -3 and is_unusual(domain, -3, sheet.start_rule or "")
    )
    return next(found, None)


def title_of(name: str) -> str:
    """Return the name of a domain or of a reason to rate up."""
    return _(DOMAIN_LABELS.get(name) or UPGRADE_LABELS.get(name, name))


def start_words(rule: str | None) -> str:
    """Return where a rating starts, as a sentence."""
    if rule not in START_SCORES:
        return _("Randomised and non-randomised studies are mixed") if rule else _(
            "No studies yet: the start is not known"
        )
    return _("{studies} start at {level}").format(
        studies=_(START_LABELS[rule]), level=start_level(rule)
    )


def start_level(rule: str) -> str:
    """Return the word of the level at which a rating starts."""
    word = level_label(_START_LEVELS[START_SCORES[rule]])
    return _(word)


def sum_words(total: Certainty) -> str:
    """Return the sum as it is counted: 4 − 1 − 1 = 2, Low."""
    steps = "".join(
        f" {MINUS if one.points < 0 else '+'} {abs(one.points)}"
        for one in total.steps if one.points
    )
    words = f"{total.start}{steps} = {signed(total.total).lstrip('+')}"
    if total.beyond < 0:
        return _("{sum} ({n} below the floor)").format(sum=words, n=signed(total.beyond))
    if total.beyond > 0:
        return _("{sum} ({n} above the ceiling)").format(sum=words, n=signed(total.beyond))
    return words


def state_words(sheet_state: dict[str, str], seat: str | None, *, reported: bool) -> str:
    """Return how far an outcome is, in a word."""
    if not reported:
        return _("not reported")
    if sheet_state.get("consensus") == "finished":
        return _("settled")
    if sheet_state["a"] == sheet_state["b"] == "finished":
        return _("both finished")
    return {"finished": _("finished"), "open": _("begun")}.get(sheet_state.get(seat or "", ""), "")


def studies_words(sheet: RatingSheet) -> str:
    """Return the number of studies and people behind a body."""
    found = []
    if sheet.facts.has("k"):
        found.append(counted("{n} study", "{n} studies", int(sheet.facts.number("k"))))
    people = sheet.facts.get("n")
    if people is not None:
        found.append(_("{n} people").format(n=people.display))
    return ", ".join(found)


def trust_words(rule: Rule) -> tuple[str, str]:
    """Return a short word for how well the source of a rule is known, and what it means."""
    words = {
        "S": (_("source read"), _("Read in the original source.")),
        "S2": (_("secondary source"), _("Read in a secondary source that quotes the original.")),
        "K": (_("background"), _("Methodological background knowledge; check before quoting.")),
        "D": (_("our convention"), _("A convention of this program, not of GRADE.")),
        "R": (_("review rule"), _("A rule of the review team, written down before.")),
    }
    return words.get(rule.tag, (rule.tag, ""))


def prompt_facts(prompt: Prompt, most: int = 1000) -> str:
    """Return the facts of a prompt in one line, and how many more the table has."""
    parts = [f"{one.label}: {one.display}" for one in prompt.facts[:most]]
    rest = len(prompt.facts) - len(parts)
    if rest > 0:
        parts.append(counted("{n} more fact above", "{n} more facts above", rest))
    return "  ·  ".join(parts)


def place_of(problem: Problem, evidence: str) -> str:
    """Return where something missing is mended: a domain, or a page beyond the rating."""
    if problem.code == "B-ROB-OPEN":
        return "rob_statement" if evidence == "published" else RISK_OF_BIAS
    return problem.where


_SUMMARY: dict[str, tuple[str, ...]] = {
    "rob": ("with_all", "without_high", "n_high"),
    "inconsistency": ("i2", "tau2", "prediction_interval", "inc_pairs"),
    "indirectness": (),
    "imprecision": ("n", "events", "absolute_effect", "ois_share"),
    "publication_bias": ("pub_k", "pub_small_sponsored", "pub_missing"),
}
_SHORT = {
    "with_all": _("All studies"), "without_high": _("without high risk"),
    "n_high": _("at high risk"), "pub_k": _("Studies"), "n": _("People"),
    "ois_share": _("of the optimal information size"), "inc_pairs": _("without overlap"),
    "pub_small_sponsored": _("small and industry-funded"), "absolute_effect": "",
}


def summary(sheet: RatingSheet, domain: str) -> str:
    """Return the facts of a domain in one line, or why there are none."""
    if domain == "indirectness":
        return _pico_summary(sheet)
    known = sheet.facts.choose(*_SUMMARY[domain])
    if domain == "publication_bias" and not any(one.key != "pub_k" for one in known):
        known = sheet.facts.choose("k")
    if not known or (domain == "inconsistency" and {one.key for one in known} == {"inc_pairs"}):
        if domain == "inconsistency" and sheet.facts.has("k") and sheet.facts.number("k") == 1:
            return next((_(one.reason) for one in sheet.not_asked(domain)), "")
        why = next((one.reason for one in sheet.prompts_in(domain)
                    if one.status == "not_assessable"), "")
        if not why:
            return ""
        return _("Cannot be assessed from what was entered: {why}").format(
            why=why[:1].lower() + why[1:]
        )
    return "  ·  ".join(_short(one.key, one.label, one.display) for one in known)


def already_told(sheet: RatingSheet | None, domain: str) -> frozenset[str]:
    """Return the keys of facts that the line of a domain or its weight bar tell already."""
    if sheet is None:
        return frozenset()
    bar = ("w_low", "w_some", "w_high", "w_open") if domain == "rob" else ()
    return frozenset((*_SUMMARY.get(domain, ()), *bar))


def _short(key: str, label: str, display: str) -> str:
    word = _(_SHORT[key]) if _SHORT.get(key) else label
    if key in ("n_high", "ois_share", "inc_pairs", "pub_small_sponsored"):
        return f"{display} {word}"
    return display if key == "absolute_effect" else f"{word} {display}"


def _pico_summary(sheet: RatingSheet) -> str:
    given = [
        (element, sheet.answers.get(("indirectness", f"pico/{element}")))
        for element in ("population", "intervention", "comparator", "outcome")
    ]
    doubts = [element for element, answer in given if answer in ("probably_no", "no")]
    answered = sum(answer is not None for _element, answer in given)
    if doubts:
        return _("Not direct enough: {elements}").format(elements=", ".join(doubts))
    if answered == len(given):
        return _("Population, intervention, comparator and outcome are direct enough")
    return counted("{n} of 4 elements of the question compared",
                   "{n} of 4 elements of the question compared", answered)
