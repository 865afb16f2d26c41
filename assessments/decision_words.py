"""How the decisions of the team about rating are called, and what their values mean."""

from __future__ import annotations

from assessments.grade_files import grade_defaults
from assessments.language import _
from assessments.team_decisions import CUTOFF

Choices = tuple[tuple[str, str], ...]


def decisions_about_rating() -> dict[str, tuple[str, Choices]]:
    """Return decision → its title and its values with their words, in the order of the page."""
    frameworks = tuple((one.id, one.name) for one in grade_defaults().frameworks)
    return {
        "framework": (_("Framework"), frameworks),
        "some_concerns_as": (_("“Some concerns” count as"), (
            ("show_both", _("Shown both ways")), ("high", _("High risk")),
            ("low", _("Low risk")))),
        "single_study_rule": (_("A single study, inconsistency"), (
            ("none", _("Not applicable, no step")), ("minus_one", _("One level down")))),
        "nrs_start": (_("Non-randomised studies start"), (
            ("by_tool", _("By the tool: ROBINS-I high, others low")),
            ("always_low", _("Always low")))),
        "quasi_rct_as": (_("Quasi-randomised trials count as"), (
            ("rct", _("Randomised")), ("nrs", _("Non-randomised")))),
        "reasons_to_rate_up": (_("Reasons to rate up"), (
            ("all", _("All three of GRADE")), ("large_effect", _("Large effects only")))),
        "overall_certainty": (_("Overall certainty across outcomes"), (
            ("off", _("Not shown")), ("on", _("Shown below the table")))),
    }


def decisions_about_the_search() -> dict[str, tuple[str, Choices]]:
    """Return decision → its title and its values with their words, for the search (PUB-6)."""
    answers = (("", _("Not decided")), ("yes", _("Yes")), ("no", _("No")))
    titles = {
        "registries": _("Trial registries searched"), "regulators": _("Regulators searched"),
        "grey_literature": _("Grey literature searched"), "languages": _("All languages"),
        "recent": _("Search is recent"),
    }
    return {f"search/{name}": (title, answers) for name, title in titles.items()}


def decision_title(name: str) -> str:
    """Return how a decision is called; those without words of their own as they are kept."""
    if name.startswith(CUTOFF):
        cutoff = name.removeprefix(CUTOFF)
        known = {one.name: one.text for one in grade_defaults().sources}
        return _(known[cutoff]) if cutoff in known else name
    return _known(name)[0]


def decision_value(name: str, value: str) -> str:
    """Return what a value of a decision means, or the value itself."""
    return dict(_known(name)[1]).get(value, value)


def _known(name: str) -> tuple[str, Choices]:
    everything = decisions_about_rating() | decisions_about_the_search()
    return everything.get(name, (name, ()))
