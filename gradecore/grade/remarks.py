"""A remark about a rating: a stable code, how much it weighs, and the sentence.

'block' stops finishing, 'warn' and 'info' never change anything.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK, WARN, INFO = "block", "warn", "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One blocker or warning; ``domain`` is the domain or reason to rate up it concerns, or ''."""

    code: str
    kind: str
    sentence: str
    domain: str = ""
