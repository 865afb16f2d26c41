"""The founding example with a worked rating of certainty that is ours, not the review authors'.

It shows the way from two independent ratings to the table. Which outcome had which certainty in
the published review is not known; nothing here claims to say it.
"""

from __future__ import annotations

from assessments.review import Narrative, Outcome, Person, PublishedEstimate
from assessments.review_edits import change
from assessments.samples import founding
from assessments.samples.rating_steps import rate, settle_rating
from assessments.store.project_file import Project

LABEL = "Published review; worked example rating"
_IMPORTANT = 0.2
_SOURCE = "Small effect by convention; chosen for this worked example, not by the authors"
_BLINDING = (
    "Worked example: of the 22 trials, 13 are at high risk for blinding of participants and 16 "
    "do not say how allocation was concealed."
)
_UNKNOWN = (
    "Worked example: study results, I² and tau² are not public, so consistency among the {n} "
    "studies cannot be assessed."
)
_HIDDEN = (
    "Worked example: with {n} studies there is no funnel to look at, and nobody here has searched "
    "registries."
)
Concerns = dict[str, tuple[str, str]]


def build(project: Project) -> None:
    """Fill an empty review file with the founding example and the worked rating."""
    founding.build(project)
    title = str(founding.facts()["review"]["title"])
    change(
        project,
        "review",
        "review",
        label=LABEL,
        title=f"{title} (with a worked example rating of ours, not the authors')",
    )
    people = {one.role: one.id for one in project.all(Person)}
    for outcome in project.all(Outcome):
        if outcome.evidence == "not_reported":
            continue
        change(
            project,
            "outcome",
            outcome.id,
            threshold_type="mid",
            mid=_IMPORTANT,
            mid_source=_SOURCE,
            comment="",
        )
        for seat in ("a", "b"):
            project.seat = people[seat]
            rate(project, outcome.id, _concerns(project, outcome, seat))
        settle_rating(project, outcome.id, _settled(project, outcome))


def _concerns(project: Project, outcome: Outcome, seat: str) -> Concerns:
    known = project.one(PublishedEstimate, outcome.id)
    studies = _studies(project, outcome)
    concerns: Concerns = {
        "rob": ("serious", _BLINDING),
        "inconsistency": ("not_assessable", _UNKNOWN.format(n=studies)),
        "indirectness": ("not_serious", ""),
        "imprecision": _imprecision(known),
        "publication_bias": ("not_assessable", _HIDDEN.format(n=studies)),
    }
    if studies == 1:
        concerns["inconsistency"] = ("not_applicable", "")
    if seat == "b" and known is not None and known.studies == 2:
        concerns["rob"] = ("very_serious", _BLINDING + " With 2 studies no restricted look helps.")
    return concerns


def _studies(project: Project, outcome: Outcome) -> int:
    known = project.one(PublishedEstimate, outcome.id) or project.one(Narrative, outcome.id)
    return int(known.studies or 0) if known is not None else 0


def _imprecision(known: PublishedEstimate | None) -> tuple[str, str]:
    if known is None or known.ci_low is None or known.ci_high is None:
        return (
            "very_serious",
            "Worked example: no estimate with an interval, and the number of participants is not "
            "known; 2 studies at most.",
        )
    inside = [t for t in (-_IMPORTANT, _IMPORTANT) if known.ci_low < t < known.ci_high]
    interval = f"{known.ci_low:.2f} to {known.ci_high:.2f}".replace("-", "−")
    if len(inside) == 2:
        return (
            "very_serious",
            f"Worked example: the interval ({interval}) includes an important benefit and an "
            "important harm (0.2 SD).",
        )
    if inside:
        return (
            "serious",
            f"Worked example: the interval ({interval}) includes an important effect (0.2 SD) and "
            "none.",
        )
    return ("not_serious", "")


def _settled(project: Project, outcome: Outcome) -> dict[str, tuple[str, str, str]]:
    known = project.one(PublishedEstimate, outcome.id)
    if known is None or known.studies != 2:
        return {}
    reason = "Worked example: two levels need crucial flaws in several domains; one is enough."
    return {"rob": ("took_a", reason, "interpretation")}
