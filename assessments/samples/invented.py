"""The invented review: complete enough that every page has something to show.

All names, numbers and quotes are invented, and the title says so. Two outcomes are settled and
rated; the third still has four disagreements and one assessment that B has not finished.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from assessments.assessment import Unit, answer, attach_quote, choose_effect, judge, write
from assessments.consensus import make_final
from assessments.finishing import finish
from assessments.instrument import OVERALL
from assessments.instrument_overall import propose_overall
from assessments.instrument_rules import propose
from assessments.instruments_kept import instrument_of, keep
from assessments.reconciliation import compare
from assessments.review_edits import add, change, decide
from assessments.samples.rating_steps import rate, settle_rating
from assessments.settling import settle, settle_agreements
from assessments.store.project_file import Project

ROB2 = "rob2-parallel"
EFFECT = "assignment"
_FILE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "invented_review.json"
_LEVELS = {"L": "low", "S": "some_concerns", "H": "high"}
_COLUMNS = {
    "cancelled": ("events_1", "total_1", "events_2", "total_2"),
    "fright": ("mean_1", "sd_1", "total_1", "mean_2", "sd_2", "total_2"),
    "enjoyment": ("mean_1", "sd_1", "total_1", "mean_2", "sd_2", "total_2"),
}
ANSWERS: dict[str, dict[str, str]] = {
    "D1L": {"1.1": "Y", "1.2": "PY", "1.3": "N"},
    "D1S": {"1.1": "Y", "1.2": "NI", "1.3": "PN"},
    "D1H": {"1.1": "PN", "1.2": "N", "1.3": "PY"},
    "D2L": {"2.1": "Y", "2.2": "Y", "2.3": "PN", "2.6": "Y"},
    "D2S": {"2.1": "Y", "2.2": "Y", "2.3": "NI", "2.6": "PY"},
    "D3L": {"3.1": "Y"},
    "D3S": {"3.1": "N", "3.2": "N", "3.3": "PY", "3.4": "PN"},
    "D3H": {"3.1": "N", "3.2": "N", "3.3": "Y", "3.4": "PY"},
    "D4L": {"4.1": "N", "4.2": "N", "4.3": "PN"},
    "D4S": {"4.1": "N", "4.2": "PN", "4.3": "Y", "4.4": "PY", "4.5": "PN"},
    "D4H": {"4.1": "N", "4.2": "PN", "4.3": "Y", "4.4": "Y", "4.5": "PY"},
    "D5L": {"5.1": "Y", "5.2": "N", "5.3": "N"},
    "D5S": {"5.1": "NI", "5.2": "PN", "5.3": "N"},
}
"""Domain and letter of the level → answers that lead to it under RoB 2."""

_QUOTES = {
    "D1": ("Names were drawn from a box by the conductor's neighbour.", "2"),
    "D3": ("All who were there at the first rehearsal filled in the last form.", "5"),
    "D4": ("Singers marked their stage fright themselves and knew their group.", "4"),
}
_SUPPORT = {
    "L": "Nothing in the report speaks against it.",
    "S": "The report leaves it open whether this could have mattered.",
    "H": "What the report says makes bias likely here.",
}


@cache
def facts() -> dict[str, Any]:
    """Return the invented data as the resources hold them."""
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


def build(project: Project) -> None:
    """Fill an empty review file with the invented review."""
    people = _question(project)
    outcomes = _outcomes(project)
    results = _studies(project, outcomes)
    for seat in ("a", "b"):
        project.seat = people[seat]
        _assess(project, results, 0 if seat == "a" else 1)
    _settle_risk_of_bias(project, results)
    for key, ratings in facts()["ratings"].items():
        for seat in ("a", "b"):
            project.seat = people[seat]
            rate(project, outcomes[key], ratings[seat])
        settle_rating(project, outcomes[key], ratings["settled"])
    project.seat = people["a"]


def _question(project: Project) -> dict[str, str]:
    known = facts()
    names = ("title", "label", "population", "intervention", "comparison", "outcomes", "setting")
    change(project, "review", "review", **{name: known[name] for name in names})
    decide(project, "instrument/rct", ROB2)
    decide(project, "framework", "core")
    keep(project, ROB2)
    for name in ("registries", "grey_literature", "languages"):
        decide(project, f"search/{name}", "yes")
    return {one["role"]: add(project, "person", **one).value for one in known["people"]}


def _outcomes(project: Project) -> dict[str, str]:
    known = facts()
    comparison = add(
        project,
        "comparison",
        intervention=known["intervention"],
        comparator=known["comparison"],
        population=known["population"],
        setting=known["setting"],
    ).value
    outcomes = {}
    for row in known["outcome_rows"]:
        values = {name: value for name, value in row.items() if name not in ("key", "measure")}
        outcomes[row["key"]] = add(project, "outcome", comparison=comparison, **values).value
        if "measure" in row:
            change(
                project, "analysis", outcomes[row["key"]], measure=row["measure"], model="random"
            )
    return outcomes


def _studies(project: Project, outcomes: dict[str, str]) -> list[tuple[str, str, list[str]]]:
    """Add studies and results; return (outcome key, result id, judgements of A and B)."""
    results = []
    for known in facts()["studies"]:
        study = add(
            project,
            "study",
            label=known["label"],
            year=int(known["label"][-4:]),
            design="rct",
            participants=known["participants"],
            industry_funded=known["industry"],
        ).value
        for key, columns in _COLUMNS.items():
            if key in known:
                numbers = dict(zip(columns, known[key], strict=True))
                result = add(project, "result", study=study, outcome=outcomes[key], **numbers).value
                results.append((key, result, known["rob"][key]))
    return results


def _assess(project: Project, results: list[tuple[str, str, list[str]]], side: int) -> None:
    for _key, result, both in results:
        unit = Unit(instrument=ROB2, kind="result", id=result)
        letters = both[side]
        choose_effect(project, unit, EFFECT)
        for number, letter in enumerate(letters or "LL", start=1):
            _judge_domain(project, unit, f"D{number}", letter)
        if letters:
            _judge_overall(project, unit, letters)
            finish(project, unit)


def _judge_domain(project: Project, unit: Unit, domain: str, letter: str) -> None:
    instrument = instrument_of(project, unit.instrument)
    answers = ANSWERS[f"{domain}{letter}"]
    for question, response in answers.items():
        answer(project, unit, domain, question, response)
    if domain in _QUOTES:
        text, page = _QUOTES[domain]
        first = next(iter(answers))
        attach_quote(
            project,
            unit,
            domain,
            text,
            question=first,
            page=page,
            document="Invented report",
        )
    proposal = propose(instrument, domain, answers, EFFECT)
    judge(project, unit, domain, _LEVELS[letter], proposed=proposal.level, rule=proposal.rule)
    write(project, unit, domain, "support", _SUPPORT[letter])


def _judge_overall(project: Project, unit: Unit, letters: str) -> None:
    levels = {f"D{n}": _LEVELS[letter] for n, letter in enumerate(letters, start=1)}
    proposal = propose_overall(instrument_of(project, unit.instrument), levels)
    judge(project, unit, OVERALL, proposal.level, proposed=proposal.level, rule=proposal.rule)


def _settle_risk_of_bias(project: Project, results: list[tuple[str, str, list[str]]]) -> None:
    settled = facts()["settled"]
    for key, result, both in results:
        if not settled[key] or not all(both):
            continue
        unit = Unit(instrument=ROB2, kind="result", id=result)
        compared = compare(project, unit)
        for item in compared.differing if compared else ():
            settle(
                project,
                unit,
                item.domain,
                "took_a",
                part=item.part,
                reason="The invented report describes it on page 3; B had overlooked it.",
                kind="oversight",
            )
        settle_agreements(project, (unit,))
        make_final(project, (unit,))
