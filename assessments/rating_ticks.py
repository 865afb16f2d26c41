"""What one's own rating adds to the question whether a large effect is robust (UP-1b).

The facts of the evidence are ticked by ``gradecore.grade.rating_up``; whether imprecision and risk
of bias are without concern is known only from the rating itself, and never frozen as a fact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gradecore.grade.facts import Fact, Prompt
from gradecore.grade.vocabulary import CONCERN_POINTS, IMPRECISION, NOT_ASSESSABLE_CONCERN, ROB

ROBUSTNESS = "UP-1b"
_LABELS = {IMPRECISION: "No concern about imprecision", ROB: "No concern about risk of bias"}


def with_own_ticks(
    prompts: tuple[Prompt, ...], level: Callable[[str], str | None]
) -> tuple[Prompt, ...]:
    """Return the prompts; the one about robustness says what was rated in the two domains."""
    return tuple(
        replace(one, facts=(*one.facts, *(_tick(name, level(name)) for name in _LABELS)))
        if one.id == ROBUSTNESS and one.fired else one
        for one in prompts
    )


def _tick(domain: str, chosen: str | None) -> Fact:
    value, shown = "open", "? not rated yet"
    if chosen == NOT_ASSESSABLE_CONCERN:
        value, shown = "unknown", "? not assessable"
    elif chosen is not None:
        none = CONCERN_POINTS[chosen] == 0
        value, shown = ("yes", "✓ yes") if none else ("no", "✗ no")
    return Fact(key=f"up_tick_{domain}", label=_LABELS[domain], value=value, display=shown)
