"""The certainty cell of an outcome, and why it was rated down or up, from the settled rating."""

from __future__ import annotations

from dataclasses import replace

from assessments.imprecision_by_baseline import BaselineRating, risk_words
from assessments.language import _
from assessments.rating import Rated
from assessments.summary_of_findings.footnotes import EXPLANATION, Footnotes
from assessments.summary_of_findings.table import CertaintyCell, Group
from gradecore.grade.certainty import concern_points, upgrade_points
from gradecore.grade.vocabulary import (
    DOMAIN_LABELS,
    DOMAINS,
    IMPRECISION,
    NOT_ASSESSABLE_CONCERN,
    NOT_RATED,
    UPGRADE_LABELS,
    UPGRADES,
    level_label,
    symbols,
)


def certainty_cell(
    rated: Rated | None, footnotes: Footnotes, outcome: str, *, style: str, reported: bool = True
) -> CertaintyCell:
    """Return the certainty of an outcome with the letters of its explanations.

    Without a settled level it says so; an outcome that nobody reported gets a dash.
    """
    if not reported:
        return CertaintyCell(level=NOT_RATED, symbols=symbols(NOT_RATED, style), word="")
    if rated is None or rated.level is None:
        return CertaintyCell(level=None, symbols="–", word=_("Not rated yet"), rated=rated)
    return _cell(rated, rated.level, _letters(rated, footnotes, outcome), style)


def rated_groups(
    rated: Rated | None,
    groups: tuple[Group, ...],
    footnotes: Footnotes,
    outcome: str,
    *,
    style: str,
) -> tuple[Group, ...]:
    """Return absolute effects with their own certainty where imprecision was rated apart."""
    return tuple(
        replace(one, certainty=_at_risk(rated, one.risk.risk, footnotes, outcome, style))
        if rated is not None and one.risk is not None else one
        for one in groups
    )


def _at_risk(
    rated: Rated, risk: float, footnotes: Footnotes, outcome: str, style: str
) -> CertaintyCell | None:
    apart = rated.at_risk(risk)
    if apart is None:
        return None
    letters = _letters(rated, footnotes, outcome, but=_said_anew(rated, apart))
    letters += footnotes.letters((_apart_note(rated, apart),), outcome=outcome, kind=EXPLANATION,
                                 domain=IMPRECISION)
    return _cell(rated, apart.certainty.level, letters, style)


def _letters(
    rated: Rated, footnotes: Footnotes, outcome: str, *, but: str = ""
) -> list[str]:
    letters: list[str] = []
    for domain, text in explained(rated):
        if domain == but:
            continue
        letters += footnotes.letters((text,), outcome=outcome, kind=EXPLANATION, domain=domain)
    if rated.source:
        note = _("The rating is from: {source}").format(source=rated.source)
        letters += footnotes.letters((note,), outcome=outcome)
    return letters


def _cell(rated: Rated, level: str, letters: list[str], style: str) -> CertaintyCell:
    word = level_label(level)
    return CertaintyCell(
        level=level,
        symbols=symbols(level, style),
        word=_(word),
        letters=tuple(sorted(set(letters), key=lambda one: (len(one), one))),
        rated=rated,
    )


def explained(rated: Rated) -> tuple[tuple[str, str], ...]:
    """Return (domain, footnote) of everything that moved the rating or could not be assessed."""
    found: list[tuple[str, str]] = []
    for domain in DOMAINS:
        concern = rated.concerns.get(domain)
        text = rated.explanations.get(domain, "")
        points = concern_points(concern) if concern is not None else 0
        if points or concern == NOT_ASSESSABLE_CONCERN:
            found.append((domain, _footnote(DOMAIN_LABELS[domain], points, text)))
    for name in UPGRADES:
        points = upgrade_points(name, rated.upgrades.get(name))
        if points:
            text = rated.explanations.get(name, "")
            found.append((name, _footnote(UPGRADE_LABELS[name], points, text)))
    return tuple(found)


def _apart_note(rated: Rated, apart: BaselineRating) -> str:
    """Return why the certainty at a baseline risk is another than that of the whole rating.

    What explains imprecision is repeated only where the table does not print it already; there
    “instead” says that of the two notes this one tells the number of levels.
    """
    points = concern_points(apart.concern)
    how = {0: _("not serious"), -1: _("rated down one level"), -2: _("rated down two levels"),
           -3: _("rated down three levels")}[points]
    if apart.concern == NOT_ASSESSABLE_CONCERN:
        how = _("not assessable")
    place, text = _place_in_words(apart), own_words(rated, apart)
    if not text and points:
        if any(domain == IMPRECISION for domain, _text in explained(rated)):
            return _("At a risk of {place} imprecision is {how} instead.").format(
                place=place, how=how)
        text = rated.explanations.get(IMPRECISION, "")
    note = _("At a risk of {place} imprecision is {how}.").format(place=place, how=how)
    return f"{note} {text}".strip()


def own_words(rated: Rated, apart: BaselineRating) -> str:
    """Return what was written about this risk alone, '' where that of the whole was taken over."""
    whole = rated.explanations.get(IMPRECISION, "")
    return "" if apart.explanation == whole else apart.explanation


def _said_anew(rated: Rated, apart: BaselineRating) -> str:
    """Return the domain whose note on the whole outcome says nothing about this risk.

    Where fewer or as many levels as elsewhere need no words, or the words are others, the note on
    the whole would contradict the level here.
    """
    return IMPRECISION if not concern_points(apart.concern) or own_words(rated, apart) else ""


def _place_in_words(apart: BaselineRating) -> str:
    """Return a baseline risk in a sentence: 500 per 1000 (High risk)."""
    words = risk_words(apart.risk, apart.per)
    return f"{words} ({apart.label})" if apart.label else words


def _footnote(label: str, points: int, text: str) -> str:
    """Return the words of a footnote, which always tell the domain and the number of levels.

    What was drafted by the program and kept begins so already.
    """
    label = _(label)
    if text.casefold().startswith(f"{label.casefold()}:"):
        return text
    how = {
        -3: _("rated down three levels"), -2: _("rated down two levels"),
        -1: _("rated down one level"), 0: _("not assessable"),
        1: _("rated up one level"), 2: _("rated up two levels"),
    }[points]
    return _("{domain}: {how}. {text}").format(domain=label, how=how, text=text).strip()
