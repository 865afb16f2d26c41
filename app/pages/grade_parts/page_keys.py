"""All keys of the page GRADE, for the overlay of keys."""

from __future__ import annotations

from assessments.language import _


def page_keys() -> tuple[tuple[str, str], ...]:
    """Return (key, what it does)."""
    return (
        ("1 … 4", _("level: not serious, serious, very, extremely serious")),
        ("5", _("not assessable")), ("6", _("not applicable: inconsistency of one study")),
        ("Backspace", _("take the level back")),
        ("R", _("reason; Esc goes back to the domain")),
        ("Tab", _("next domain")), ("↓ or Enter", _("questions of the domain")),
        ("1 2 3", _("at a question: a reason, considered, not relevant")),
        ("Y N", _("at a question: yes, no")),
        ("↓ ↑", _("next, previous question")), ("Esc", _("back to the domain")),
        ("Ctrl Enter or Alt ↓", _("next outcome")), ("Alt ↑", _("outcome above")),
        ("Ctrl J", _("next outcome to do")),
        ("Ctrl Shift T", _("thresholds and target")),
        ("F1", _("guidance")), ("Ctrl Shift Enter", _("finish and seal")),
    )
