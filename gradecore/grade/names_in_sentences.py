"""How the names of interventions and outcomes stand inside a sentence."""

from __future__ import annotations

import re


def in_a_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence; abbreviations keep their capitals."""
    name = name.strip()
    if len(name) > 1 and name[0].isupper() and not name[1].isupper():
        return name[0].lower() + name[1:]
    return name


def takes_plural_verb(name: str) -> bool:
    """Return whether an English name of an intervention takes a plural verb.

    A guess from its ending before the first preposition; a wrong one is mended by editing.
    """
    head = re.split(r" (?:for|with|of|in|by|from|to|at|on)\b", name.strip().casefold())[0]
    if " and " in head:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))
