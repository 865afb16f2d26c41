"""All keys of the page, for the overlay."""

from __future__ import annotations

from assessments.language import _


def page_keys() -> tuple[tuple[str, str], ...]:
    """Return (key, what it does)."""
    return (
        ("Y  N  I  A", _("yes, no, no information, not applicable")),
        ("P Y  P N", _("probably yes, probably no")),
        ("1 … 5", _("answer by position")),
        ("↓ ↑  J K", _("next, previous question")),
        ("Backspace", _("clear the answer or level")),
        ("Enter", _("note of the question; back again")),
        ("Q", _("attach the selected text as a quote, or type one")),
        ("L S H", _("levels of RoB 2")), ("L M S C", _("levels of ROBINS-I")),
        ("L U H", _("levels of RoB 1 and EPOC")),
        ("Enter", _("at the levels: accept the proposal, then go on")),
        ("Ctrl Enter", _("next domain")), ("Ctrl Shift Enter", _("finish and seal")),
        ("Alt ↓  Alt ↑", _("next, previous result")), ("Ctrl J", _("next result to do")),
        ("Ctrl Shift F", _("flag")), ("F1", _("guidance")),
        ("Ctrl Shift P", _("document")), ("Ctrl F", _("find in the document")),
        ("Page ↑ ↓  + −", _("in the document: pages, size")),
        ("Shift arrows", _("in the document: select text")),
        ("Esc", _("back from a field to its question")),
    )
