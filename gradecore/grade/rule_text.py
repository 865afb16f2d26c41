"""The text of a rule with the cut-offs in force.

{name} is a number, {name:%} a percentage, {name:per} a proportion per 1000.
"""

from __future__ import annotations

from string import Formatter

from gradecore.absolute_effects import round_half_away
from gradecore.grade.settings import Settings


def rule_text(template: str, settings: Settings) -> tuple[str, bool, bool]:
    """Return the text, whether it has cut-offs that a team may edit, and whether it did."""
    pieces: list[str] = []
    names: list[str] = []
    for words, name, form, _ in Formatter().parse(template):
        pieces.append(words)
        if name:
            names.append(name)
            pieces.append(_shown(float(getattr(settings.cutoffs, name)), form or ""))
    return "".join(pieces), bool(names), any(name in settings.edited for name in names)


def _shown(value: float, form: str) -> str:
    if form == "%":
        return f"{round_half_away(value * 100, 1):g}%"
    if form == "per":
        return f"{round_half_away(value * 1000, 2):g} per 1000"
    return f"{value:g}"
