"""A first text for the support of a judgement, made from one's quotes and notes on request."""

from __future__ import annotations

from assessments.assessment import Quote
from assessments.language import _
from assessments.sheet import Sheet


def drafted_support(sheet: Sheet, domain: str, part: str = "") -> str:
    """Return quotes with their pages and notes of a domain, in the order of its questions."""
    return " ".join(_pieces(sheet, domain, part))


def not_in_support(sheet: Sheet, domain: str, part: str = "") -> tuple[str, ...]:
    """Return the quotes and notes that the support does not hold yet, ready to be added."""
    made = sheet.judgement(domain, part)
    text = made.support if made is not None else ""
    return tuple(one for one in _pieces(sheet, domain, part) if one not in text)


def _pieces(sheet: Sheet, domain: str, part: str) -> list[str]:
    pieces = [_quoted(one) for one in sheet.quotes(domain, "", part)]
    if part:
        return pieces
    answers, states = sheet.answers(domain), sheet.states(domain)
    for question in sheet.domain(domain).questions:
        if states[question.id] in ("closed", "later"):
            continue
        pieces += [_quoted(one) for one in sheet.quotes(domain, question.id)]
        note = answers[question.id].note.strip() if question.id in answers else ""
        if note:
            pieces.append(note if note.endswith((".", "?", "!")) else f"{note}.")
    return pieces


def _quoted(quote: Quote) -> str:
    text = quote.text.strip()
    if not quote.page:
        return _("“{text}”.").format(text=text)
    return _("“{text}” (p. {page}).").format(text=text, page=quote.page)
