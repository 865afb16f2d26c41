"""What is odd about rating up: W-UP-RCT, W-UP-AFTER-DOWN, W-LARGE-THRESH and W-UP-REASON.

W-UP-NOT-OFFERED is our own: a reason was chosen that the team has decided not to use.

Source: GRADE guidelines 9 (doi:10.1016/j.jclinepi.2011.06.004).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from gradecore.grade.evidence import EVENT_DIFFERENCES, MEAN_MEASURES, RATIO_MEASURES
from gradecore.grade.facts import Facts
from gradecore.grade.remarks import WARN, Remark
from gradecore.grade.vocabulary import (
    LARGE_EFFECT,
    OPPOSING_CONFOUNDING,
    RCT,
    SPURIOUS,
    UPGRADE_LABELS,
)

TWO_FOLD, FIVE_FOLD = 2.0, 5.0


def about_upgrades(
    start_rule: str,
    points: Mapping[str, int],
    chosen: Mapping[str, int],
    facts: Facts,
    confounding: str | None,
) -> tuple[Remark, ...]:
    """Return the remarks about the upgrades that were chosen, by their points."""
    if not chosen:
        return ()
    found = []
    names = ", ".join(UPGRADE_LABELS[reason].lower() for reason in chosen)
    if start_rule == RCT:
        says = f"Randomised evidence is rated up ({names}): possible in theory, hardly ever seen."
        found.append(_warn("W-UP-RCT", says))
    if any(value < 0 for value in points.values()):
        says = f"Rated up ({names}) although there is a reason to rate down."
        found.append(_warn("W-UP-AFTER-DOWN", says))
    large = chosen.get(LARGE_EFFECT, 0)
    if large and not_that_large(facts, large):
        says = f"A large effect of +{large} does not fit the size of the effect."
        found.append(_warn("W-LARGE-THRESH", says, LARGE_EFFECT))
    variant = confounding or (facts.text("confounding") if facts.has("confounding") else "")
    excludes = facts.has("excludes_null") and facts.flag("excludes_null")
    if chosen.get(OPPOSING_CONFOUNDING) and variant == SPURIOUS and excludes:
        says = "Confounding would create an effect where none is seen, but the interval shows one."
        found.append(_warn("W-UP-REASON", says, OPPOSING_CONFOUNDING))
    return tuple(found)


def not_offered(reasons: tuple[str, ...]) -> tuple[Remark, ...]:
    """Return a warning for each chosen reason that the team has decided not to offer."""
    return tuple(
        _warn(
            "W-UP-NOT-OFFERED",
            f"{UPGRADE_LABELS[reason]}: the team has decided not to rate up for this reason. What "
            "was chosen counts until it is taken back.",
            reason,
        )
        for reason in reasons
    )


def not_that_large(facts: Facts, points: int) -> bool:
    """Return whether the effect is too small, or of a kind that this reason does not fit.

    An odds ratio without baseline risk is farther from 1 than its risk ratio: inside the limits
    it settles the question, outside it does not.
    """
    measure = facts.text("measure") if facts.has("measure") else ""
    if measure in MEAN_MEASURES or measure not in ("", *RATIO_MEASURES, *EVENT_DIFFERENCES):
        return True
    limit = FIVE_FOLD if points >= 2 else TWO_FOLD
    if facts.has("rr"):
        ratio = facts.number("rr")
    elif facts.has("measure", "estimate") and facts.text("measure") in RATIO_MEASURES:
        ratio = math.exp(facts.number("estimate"))
    else:
        return False
    # Nine decimals: a ratio printed as 0.5 is not inside because of its last binary digit.
    size = round(max(ratio, 1 / ratio) if ratio > 0 else math.inf, 9)
    return size < limit


def _warn(code: str, sentence: str, domain: str = "") -> Remark:
    return Remark(code=code, kind=WARN, sentence=sentence, domain=domain)
