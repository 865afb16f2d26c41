"""The certainty cell of an outcome, and why it was rated down or up, from the settled rating."""

from __future__ import annotations

from assessments.language import _
from assessments.rating import Rated
from assessments.summary_of_findings.footnotes import EXPLANATION, Footnotes
from assessments.summary_of_findings.table import CertaintyCell
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
    letters: list[str] = []
    for domain, text in explained(rated):
        found = footnotes.letters((text,), outcome=outcome, kind=EXPLANATION, domain=domain)
        letters += [one for one in found if one not in letters]
    for note in _at_baselines(rated):
        letters += footnotes.letters((note,), outcome=outcome)
    if rated.source:
        note = _("The rating is from: {source}").format(source=rated.source)
        letters += footnotes.letters((note,), outcome=outcome)
    word = level_label(rated.level)
    return CertaintyCell(
        level=rated.level,
        symbols=symbols(rated.level, style),
        word=_(word),
        letters=tuple(sorted(letters, key=lambda one: (len(one), one))),
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


def _at_baselines(rated: Rated) -> tuple[str, ...]:
    """Return the certainty at each baseline risk where imprecision was rated apart."""
    how = {0: _("not serious"), -1: _("rated down one level"), -2: _("rated down two levels"),
           -3: _("rated down three levels")}
    notes = []
    for one in rated.at:
        if one.concern == rated.concerns.get(IMPRECISION):
            continue
        level = level_label(one.certainty.level)
        notes.append(_(
            "At a risk of {risk} per {per} ({label}) imprecision is {how}; the certainty there is "
            "{level}."
        ).format(
            risk=f"{one.risk * one.per:.0f}", per=one.per, label=one.label or _("assumed"),
            how=how[concern_points(one.concern)], level=_(level).casefold(),
        ))
    return tuple(notes)


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
