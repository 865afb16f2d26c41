"""The past of a review in sentences, newest first, as far as the one who looks may see it.

The journal knows everything; this reads it through the seal. Of the other's judgements nothing is
told before both have finished the same unit: not what, not when, not how many. Only that one has
finished, or has opened again, is known to everybody, as it is on every page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from assessments.assessment import SEATS, Assessment, Unit
from assessments.decision_words import decision_title, decision_value
from assessments.external_rating import EXTERNAL
from assessments.history_names import Names, changed_fields, field_words, table_words
from assessments.language import _, counted
from assessments.remembered import remembered
from assessments.sealing import both_finished, may_see
from assessments.store.journal import ChangeSet, change_sets
from assessments.store.project_file import Project

JUDGING = "judging"
SETTLING = "settling"
REVIEW = "review"
_OF_ASSESSMENTS = ("assessment", "judgement", "answer", "quote", "settlement", "frozen_facts")
_MIXED = frozenset({
    "build_sample", "remove", "decide_effect", "decide_departures", "change", "decide", "move",
})
"""Edits of the review that may touch judgements as well; what else they did may be told."""
_MOST_DETAILS = 60
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step of the past. ``at`` is ISO 8601 in UTC, ``kind`` 'judging', 'settling', 'review'.

    ``details`` hold the values before and after, one line for each; ``taken_back`` tells that it
    was undone and not done again.
    """

    id: str
    at: str
    person: str
    sentence: str
    details: tuple[str, ...]
    kind: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """One row change that may be seen, with the assessment it belongs to."""

    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    assessment: dict[str, Any] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The row as it was left, or as it was before it went."""
        return self.after or self.before or {}


def history(project: Project, *, for_all: bool = False) -> tuple[Entry, ...]:
    """Return the past, newest first: what the one who sits here may see.

    With ``for_all`` only what is open to everybody, as it is for files that are handed on.
    """
    return remembered(project, ("history", for_all), lambda: _history(project, for_all=for_all))


def _history(project: Project, *, for_all: bool) -> tuple[Entry, ...]:
    names = Names(project)
    seal = _Seal(project, names, for_all=for_all)
    changes: dict[int, list[tuple[Any, ...]]] = {}
    for number, *change in project.connection.execute(
        'SELECT change_set, "table", "row", before, after FROM row_change ORDER BY id'
    ):
        changes.setdefault(number, []).append(tuple(change))
    everything = tuple(change_sets(project.connection))
    verbs = {one.id: one.verb for one in everything}
    gone = _taken_back(everything)
    found: list[Entry] = []
    for one in everything:
        entry = _entry(one, changes.get(one.id, []), names, seal, verbs)
        if entry is not None:
            found.append(_marked(entry, one.id in gone))
    return tuple(reversed(found))


def newest_sentence(project: Project) -> str:
    """Return what the newest step was, '' where the one who sits here may not know it."""
    newest = next(change_sets(project.connection, newest=True), None)
    if newest is None:
        return ""
    names = Names(project)
    raw = [
        tuple(row) for row in project.connection.execute(
            'SELECT "table", "row", before, after FROM row_change WHERE change_set = ? '
            "ORDER BY id", (newest.id,),
        )
    ]
    verbs = dict(project.connection.execute(
        "SELECT id, verb FROM change_set WHERE id IN (?, ?)", (newest.undoes, newest.redoes)
    ).fetchall())
    seal = _Seal(project, names, for_all=False)
    entry = _entry(newest, raw, names, seal, verbs)
    return "" if entry is None else entry.sentence


def _marked(entry: Entry, gone: bool) -> Entry:
    from dataclasses import replace

    return replace(entry, taken_back=True) if gone else entry


def _taken_back(everything: tuple[ChangeSet, ...]) -> set[int]:
    gone: set[int] = set()
    for one in everything:
        if one.undoes is not None:
            gone.add(one.undoes)
        if one.redoes is not None:
            gone.discard(one.redoes)
    return gone


class _Seal:
    """Asks of every assessment once whether it may be seen now."""

    def __init__(self, project: Project, names: Names, *, for_all: bool) -> None:
        self._project, self._names, self._for_all = project, names, for_all
        self._known: dict[str, bool] = {}

    def owner(self, table: str, values: dict[str, Any]) -> dict[str, Any] | None:
        """Return the assessment that a row belongs to, None for rows of the review."""
        if table not in _OF_ASSESSMENTS:
            return None
        if table == "assessment":
            return values
        key = str(values["id"] if table == "frozen_facts" else values["assessment"])
        # a row whose assessment is unknown belongs to nobody who could open it
        return self._names.rows.get(("assessment", key), {})

    def opens(self, assessment: dict[str, Any]) -> bool:
        """Return whether that assessment may be seen by the one who looks."""
        key = str(assessment.get("id", ""))
        if key not in self._known:
            self._known[key] = bool(assessment) and self._ask(assessment)
        return self._known[key]

    def _ask(self, values: dict[str, Any]) -> bool:
        columns = {one.name for one in fields(Assessment)}
        found = Assessment(**{name: one for name, one in values.items() if name in columns})
        if not self._for_all:
            return may_see(self._project, found)
        unit = Unit(instrument=found.instrument, kind=found.unit_kind, id=found.unit)
        return bool(found.source) or both_finished(self._project, unit)

    def own(self, assessment: dict[str, Any]) -> bool:
        """Return whether it is the assessment of the one who sits here."""
        from assessments.assessment import seat_of

        return not self._for_all and assessment.get("seat") == seat_of(self._project)


def _entry(
    one: ChangeSet,
    raw: list[tuple[Any, ...]],
    names: Names,
    seal: _Seal,
    verbs: dict[int, str],
) -> Entry | None:
    """Return the entry of a change set; None where nothing of it may be told."""
    seen, neutral, hidden = _sorted(raw, names, seal)
    if hidden and one.verb not in _MIXED:
        seen = []
    if not seen and not neutral:
        return None
    kind = _kind(seen, one.verb) if seen else JUDGING
    sentence = _sentence(one, seen, names, verbs) if seen else neutral[0]
    details = (*_details(seen, names), *(neutral if seen else neutral[1:]))
    return Entry(
        id=str(one.id), at=one.at, person=names.person(one.person), sentence=sentence,
        details=details, kind=kind,
    )


def _sorted(
    raw: list[tuple[Any, ...]], names: Names, seal: _Seal
) -> tuple[list[_Change], list[str], bool]:
    """Return the changes that may be seen, what everybody may know, and whether any is hidden."""
    seen: list[_Change] = []
    neutral: list[str] = []
    hidden = False
    for table, row, before, after in raw:
        old = json.loads(before) if before else None
        new = json.loads(after) if after else None
        owner = seal.owner(table, new or old or {})
        if owner is not None and not seal.opens(owner):
            hidden = True
            said = _known_to_all(table, old, new, names)
            neutral += [said] if said else []
            continue
        if table == "assessment" and _only_flag(old, new) and not seal.own(new or {}):
            hidden = True
            continue
        seen.append(_Change(table=table, row=row, before=old, after=new, assessment=owner))
    return seen, neutral, hidden


def _only_flag(old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    """Return whether a change of an assessment is one of the flag alone, which is private."""
    return old is not None and new is not None and changed_fields(old, new) == ("flagged",)


def _known_to_all(
    table: str, old: dict[str, Any] | None, new: dict[str, Any] | None, names: Names
) -> str:
    """Return the sentence about a hidden assessment that everybody may read, else ''."""
    if table != "assessment" or new is None or new.get("seat") not in SEATS:
        return ""
    before, now = (old or {}).get("state", "open"), new.get("state")
    if before == now:
        return ""
    said = _("Finished {unit}") if now == "finished" else _("Opened {unit} again")
    return said.format(unit=names.unit(new))


def _kind(seen: list[_Change], verb: str) -> str:
    if verb in _MIXED:
        return REVIEW
    tables = {one.table for one in seen}
    settled = any(one.assessment and one.assessment.get("seat") == "consensus" for one in seen)
    if "settlement" in tables or (settled and verb in ("make_final", "reopen_consensus")):
        return SETTLING
    if tables & set(_OF_ASSESSMENTS):
        return JUDGING
    return REVIEW


def _sentence(one: ChangeSet, seen: list[_Change], names: Names, verbs: dict[int, str]) -> str:
    what = _what(seen, names)
    if one.undoes is not None or one.redoes is not None:
        earlier = _words(verbs.get(one.undoes or one.redoes or 0, "")).format(what=what)
        said = _("Took back: {step}") if one.undoes is not None else _("Did again: {step}")
        return said.format(step=earlier[:1].lower() + earlier[1:])
    return _words(one.verb).format(what=what).strip(" :")


def _words(verb: str) -> str:
    """Return what a verb of an edit is in a sentence about {what}."""
    known = {
        "judge": _("Judged {what}"), "write": _("Wrote about {what}"),
        "answer": _("Answered: {what}"), "note": _("Noted about {what}"),
        "quote": _("Attached a quote to {what}"), "remove_quote": _("Removed a quote from {what}"),
        "finish": _("Finished {what}"), "reopen": _("Opened {what} again"),
        "flag": _("Flagged {what}"), "choose_effect": _("Chose the effect of interest of {what}"),
        "copy_domain": _("Copied a domain into {what}"),
        "add_entry": _("Added an entry to {what}"),
        "remove_entry": _("Removed an entry from {what}"),
        "confirm_rating": _("Confirmed the rating of {what}"),
        "acknowledge": _("Answered a prompt of {what}"),
        "draft_explanation": _("Drafted an explanation for {what}"),
        "settle": _("Settled {what}"), "settle_agreements": _("Settled agreements in {what}"),
        "make_final": _("Made the consensus final: {what}"),
        "reopen_consensus": _("Opened the consensus again: {what}"),
        "change": _("Changed {what}"), "decide": _("Decided for the team: {what}"),
        "decide_effect": _("Decided the effect of interest: {what}"),
        "decide_departures": _("Decided the departures of interest: {what}"),
        "not_duplicates": _("Kept apart as different studies: {what}"),
        "add": _("Added {what}"), "remove": _("Removed {what}"), "move": _("Moved {what}"),
        "add_list": _("Added {what}"), "keep_instrument": _("Chose {what}"),
        "team_rule": _("Wrote a team rule: {what}"),
        "paste_results": _("Pasted results: {what}"), "paste_lines": _("Pasted results: {what}"),
        "enter": _("Entered data: {what}"), "enter_cells": _("Entered data: {what}"),
        "add_results": _("Added results: {what}"), "leave_out": _("Left out {what}"),
        "take_in": _("Took in {what}"), "derive": _("Derived numbers: {what}"),
        "take_back_derived": _("Took back derived numbers: {what}"),
        "attach_document": _("Attached {what}"), "relink_document": _("Linked anew: {what}"),
        "take_over_published": _("Took over published judgements: {what}"),
        "build_sample": _("Made the sample review"),
    }
    return known.get(verb, verb.replace("_", " ").capitalize() + ": {what}")


def _what(seen: list[_Change], names: Names) -> str:
    """Return what a step was about: the first thing by name, and how many more there are."""
    found = list(dict.fromkeys(_object(one, names) for one in seen if _counts(one, seen)))
    if not found:
        return ""
    if len(found) == 1:
        return found[0]
    return _("{first} {more}").format(
        first=found[0], more=counted("and {n} more", "and {n} more", len(found) - 1)
    )


def _counts(one: _Change, seen: list[_Change]) -> bool:
    """Leave out frames and frozen facts where what happened in them is told."""
    if one.table in ("assessment", "frozen_facts", "instrument_copy"):
        return all(other.table in (one.table, "frozen_facts") for other in seen) or (
            one.table == "assessment" and one.before is not None
            and changed_fields(one.before, one.after) != ()
        )
    return True


def _object(one: _Change, names: Names) -> str:
    if one.assessment is not None:
        if not one.assessment:
            return _("something no longer there")
        unit = names.unit(one.assessment)
        if one.table in ("assessment", "frozen_facts"):
            return unit
        return f"{unit}: {names.domain(one.assessment, one.values)}"
    kind = table_words().get(one.table, one.table)
    name = names.of(one.table, one.row) or str(
        one.values.get("title") or one.values.get("name") or ""
    )
    if one.table in ("analysis", "published_estimate", "narrative"):
        name = names.of("outcome", one.row)
    elif one.table == "setting" and one.row.startswith(EXTERNAL):
        name = _("rating by the publication of {outcome}").format(
            outcome=names.of("outcome", one.row.removeprefix(EXTERNAL)))
    elif one.table == "setting":
        name = decision_title(one.row)
    elif not name and "study" in one.values:
        name = names.of("study", str(one.values["study"]))
    elif not name and "outcome" in one.values:
        name = names.of("outcome", str(one.values["outcome"]))
    if one.table == "review" or not name:
        return kind
    return _("{kind}, “{name}”").format(kind=kind, name=name)


def _details(seen: list[_Change], names: Names) -> Iterator[str]:
    """Walk through the values before and after, as many as can be read."""
    told = 0
    for one in seen:
        if one.table in ("frozen_facts", "instrument_copy"):
            continue
        for name in changed_fields(one.before, one.after):
            if told == _MOST_DETAILS:
                yield _("… and more")
                return
            told += 1
            yield _detail(one, name, names, several=len(seen) > 1)


def _detail(one: _Change, name: str, names: Names, *, several: bool) -> str:
    before = _value(one, name, one.before, names)
    after = _value(one, name, one.after, names)
    values = f"{before} → {after}" if before else after or _("(removed)")
    line = _("{field}: {values}").format(field=field_words(name), values=values)
    return f"{_object(one, names)} – {line}" if several else line[:1].upper() + line[1:]


def _value(one: _Change, name: str, row: dict[str, Any] | None, names: Names) -> str:
    if row is None:
        return ""
    value = row.get(name)
    if value is None or value == "":
        return "–" if one.before is not None and one.after is not None else ""
    if one.table == "setting" and one.row.startswith(EXTERNAL):
        return _("kept, not told here")  # it would draw who has not finished yet
    if name in ("level", "level_a", "level_b", "proposed") and one.assessment:
        return names.level(one.assessment, str(row.get("domain", "")), value)
    if one.table == "setting":
        value = decision_value(one.row, str(value))
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
