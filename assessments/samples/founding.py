"""The founding example: what is publicly known of the Cochrane review CD010618.

Judgements and pooled estimates are the published ones, marked as taken over. What is not public
(numbers per study and arm, certainty per outcome) stays empty and is never filled in.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from assessments.assessment import Unit
from assessments.instruments_kept import keep
from assessments.published_judgements import take_over_published
from assessments.review_edits import add, change, decide
from assessments.store.project_file import Project

ROB1 = "rob1"
LEVELS = {"L": "low", "U": "unclear", "H": "high"}
_FILE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "founding_review.json"
_COMPARATORS = {"usual care": "Usual care", "alternative intervention": "Alternative intervention"}
_BETTER = {"lower is better": "lower", "higher is better": "higher"}


@cache
def facts() -> dict[str, Any]:
    """Return the facts of the review as the resources hold them."""
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


def build(project: Project) -> None:
    """Fill an empty review file with the founding example."""
    _question(project)
    keep(project, ROB1)
    comparisons = {
        key: add(
            project,
            "comparison",
            intervention="Peer support",
            comparator=comparator,
            population="Parents and carers of children with complex needs",
        ).value
        for key, comparator in _COMPARATORS.items()
    }
    _studies(project)
    for analysis in facts()["analyses"]:
        _published(project, comparisons, analysis)
    for narrative in facts()["narrative"]:
        _narrative(project, comparisons, narrative)
    add(
        project,
        "outcome",
        comparison=comparisons["usual care"],
        evidence="not_reported",
        label=facts()["not_reported"],
        better="lower",
    )


def _question(project: Project) -> None:
    review = facts()["review"]
    change(
        project,
        "review",
        "review",
        title=review["title"],
        label="Published review",
        population="Parents and carers of children with complex needs",
        intervention="Peer support",
        comparison="Usual care or an alternative intervention",
        source=f"{review['citation']}, doi {review['doi']}",
    )
    decide(project, "instrument/rct", ROB1)
    decide(project, "instrument/quasi_rct", ROB1)
    for role, name, initials in (
        ("a", "Assessor A", "A"),
        ("b", "Assessor B", "B"),
        ("arbiter", "Arbiter", "C"),
    ):
        add(project, "person", role=role, name=name, initials=initials)


def _studies(project: Project) -> None:
    source = facts()["rob_source"]
    domains = facts()["domains"]
    for known in facts()["studies"]:
        first, second = known.get("randomised", (None, None))
        study = add(
            project,
            "study",
            label=known["label"],
            year=int(known["label"][-4:]),
            design=known["design"],
            participants=known.get("participants", ""),
            intervention=known.get("intervention", ""),
            comparator=known.get("comparator", ""),
            randomised_1=first,
            randomised_2=second,
            note=known.get("note", ""),
        ).value
        if "citation" in known:
            add(project, "reference", study=study, citation=known["citation"])
        levels = dict(zip(domains, (LEVELS[one] for one in known["rob"]), strict=True))
        take_over_published(project, Unit(instrument=ROB1, kind="study", id=study), levels, source)


_NOT_RECORDED = (
    "Certainty not recorded per outcome: the authors report low or very low for each, and which "
    "outcome has which is not public."
)


def _outcome(project: Project, comparison: str, label: str, evidence: str, **more: Any) -> str:
    added = add(
        project,
        "outcome",
        comparison=comparison,
        label=label,
        evidence=evidence,
        stream="rct",
        comment=_NOT_RECORDED,
        **more,
    )
    return str(added.value)


def _published(project: Project, comparisons: dict[str, str], known: dict[str, Any]) -> None:
    direction = known["direction"]
    outcome = _outcome(
        project,
        comparisons[known["comparison"]],
        known["outcome"],
        "published",
        better=_BETTER[direction.replace(" (assumed)", "")],
        better_note="assumed" if "assumed" in direction else "",
    )
    fields = ("measure", "estimate", "ci_low", "ci_high", "ci_level", "studies", "participants")
    change(
        project,
        "published_estimate",
        outcome,
        **{name: known[name] for name in fields},
        source=facts()["review"]["citation"],
        place=f"Abstract; analysis {known['id']}",
        rob_statement="As judged by the review's authors with RoB 1 (seven domains).",
    )


def _narrative(project: Project, comparisons: dict[str, str], known: dict[str, Any]) -> None:
    outcome = _outcome(
        project,
        comparisons[known["comparison"]],
        f"{known['outcome']} (results that could not be pooled)",
        "narrative",
    )
    change(
        project,
        "narrative",
        outcome,
        text=_finding(known),
        studies=known["studies"],
        source=facts()["review"]["citation"],
    )


def _finding(known: dict[str, Any]) -> str:
    number = known["studies"]
    return f"{number} {'study' if number == 1 else 'studies'}: the result was {known['finding']}."
