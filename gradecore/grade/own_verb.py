"""What a team writes in place of a verb, for syntheses in words: “reduces falls”, “reduce falls”.

The certainty chooses the frame around it. So the words themselves hedge nothing, speak of no
significance and claim no absence of an effect. Source: GRADE guidelines 26
(doi:10.1016/j.jclinepi.2019.10.014), Core GRADE 6.
"""

from __future__ import annotations

import re

from gradecore.grade.names_in_sentences import in_a_sentence, takes_plural_verb
from gradecore.grade.plain_language import Saying

_HEDGES = re.compile(
    r"\b(probably|possibly|perhaps|likely|unlikely|may|might|could|seems?|appears?|uncertain)\b",
    re.IGNORECASE,
)
_NO_EFFECT = re.compile(r"(?<!little or )\bno (?:\w+ )?(?:effect|difference)s?\b", re.IGNORECASE)


def tidy(words: str) -> str:
    """Return the words as they stand inside a frame: one line, no full stop at the end."""
    return " ".join(words.split()).rstrip(".")


def faults_of_verb(words: str) -> tuple[str, ...]:
    """Return in sentences what does not belong into the words of a team; () if nothing."""
    found = []
    hedges = list(dict.fromkeys(one.lower() for one in _HEDGES.findall(words)))
    if hedges:
        listed = ", ".join(f"“{one}”" for one in hedges)
        found.append(f"How certain it is, is said by the frame: leave out {listed}.")
    if "significan" in words.casefold():
        found.append("A statement does not speak of significance.")
    if _NO_EFFECT.search(words):
        found.append("“No effect” claims more than studies can show: “little or no effect”.")
    return tuple(found)


def saying_with(
    names: tuple[str, str], certainty: str, *, verb: str, verb_infinitive: str
) -> Saying:
    """Return what is to be said of (intervention, outcome) with the words of a team."""
    intervention, outcome = names
    return Saying(
        intervention=in_a_sentence(intervention) or "the intervention",
        outcome=in_a_sentence(outcome) or "the outcome",
        certainty=certainty,
        plural=takes_plural_verb(intervention),
        verb=tidy(verb),
        verb_infinitive=tidy(verb_infinitive),
        own=True,
    )
