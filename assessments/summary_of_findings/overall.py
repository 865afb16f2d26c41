"""The overall certainty across the outcomes of a table, in words; only where the team asks for it.

The rule is GRADE's (``gradecore.grade.overall_certainty``); here it gets the rows of a table, and
says what it rests on and what is missing.
"""

from __future__ import annotations

from assessments.imprecision_by_baseline import place_words
from assessments.language import _
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings.table import NOT_REPORTED, Overall, Row
from gradecore.grade.overall_certainty import OutcomeLevel, OverallCertainty, overall_certainty
from gradecore.grade.vocabulary import CRITICAL_FROM, level_label, symbols

DECISION = "overall_certainty"
"""Name of the decision: 'on' shows it, anything else does not."""


def is_shown(project: Project) -> bool:
    """Return whether the team wants an overall certainty; off unless it says so."""
    return setting(project, DECISION) == "on"


def overall_of(project: Project, rows: tuple[Row, ...], style: str) -> Overall | None:
    """Return the overall certainty of a table, None where the team does not want one."""
    if not is_shown(project):
        return None
    found = overall_certainty(_level(row, rows) for row in rows)
    word = _("No overall level")
    shown = "–"
    if found.level is not None:
        label = level_label(found.level)
        word, shown = _(label), symbols(found.level, style)
    sentences = (*_sentences(found), *_apart(rows))
    return Overall(level=found.level, symbols=shown, word=word, sentences=sentences)


def _apart(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Return at which baseline risks a critical outcome has a certainty of its own."""
    found = [
        _("{outcome}, {place}: {level}").format(
            outcome=_name(row, rows), level=group.certainty.word.lower(),
            place=place_words(group.risk.label, group.risk.risk, group.per))
        for row in rows if (row.outcome.importance or 0) >= CRITICAL_FROM
        for group in row.groups
        if group.certainty is not None and group.risk is not None and group.per is not None
    ]
    if not found:
        return ()
    return (_("Levels are those of whole outcomes; at some baseline risks they differ: {places}.")
            .format(places="; ".join(found)),)


def _name(row: Row, rows: tuple[Row, ...]) -> str:
    name = row.name.text
    alike = sum(one.name.text == name for one in rows) > 1
    when = row.outcome.time_point.strip()
    return f"{name} ({when})" if alike and when else name


def _level(row: Row, rows: tuple[Row, ...]) -> OutcomeLevel:
    return OutcomeLevel(
        name=_name(row, rows),
        importance=row.outcome.importance,
        level=row.certainty.level,
        stale=bool(row.changed),
        reported=row.kind != NOT_REPORTED,
    )


def _sentences(found: OverallCertainty) -> tuple[str, ...]:
    """Return what the level rests on, then everything that is missing."""
    said = []
    if not found.any_critical:
        said.append(_("No outcome is marked critical (importance {n} to 9).").format(
            n=CRITICAL_FROM))
    if found.level is not None:
        said.append(_(
            "The lowest level among the critical outcomes (importance {n} to 9); it rests on: "
            "{outcomes}."
        ).format(n=CRITICAL_FROM, outcomes="; ".join(found.rests_on)))
    higher = (_("Critical, with a higher certainty: {outcomes}.") if found.level is not None
              else _("Critical and settled: {outcomes}."))
    for words, names in (
        (higher, found.higher),
        (_("Critical, but its certainty is not settled: {outcomes}."), found.unsettled),
        (_("Critical, but something has changed since it was rated: {outcomes}."), found.stale),
        (_("Critical, but no study reported it: {outcomes}."), found.not_reported),
        (_("Importance not decided, so not counted: {outcomes}."), found.undecided),
    ):
        if names:
            said.append(words.format(outcomes="; ".join(names)))
    return tuple(said)
