"""How seats are named in tables and files."""

from __future__ import annotations

from assessments.assessment import CONSENSUS
from assessments.language import _


def seat_name(seat: str, *, source: str = "") -> str:
    """Return “A”, “B” or “Consensus”; judgements from a publication say so."""
    if source:
        return _("As published")
    return _("Consensus") if seat == CONSENSUS else seat.upper()
