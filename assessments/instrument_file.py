"""Reads an instrument from its TOML file and says in sentences what is wrong with it.

A file is refused by its size before it is read. Everything that is wrong is told at once, each
complaint with file, domain and question. Only an instrument without a complaint is used.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from assessments.instrument import (
    GLYPHS,
    ROLES,
    TRUST,
    UNITS,
    Effect,
    Flag,
    Instrument,
    Level,
    Overall,
    Rule,
)
from assessments.instrument_checks import check_instrument
from assessments.instrument_complaints import Complaints, Table
from assessments.instrument_domains import Context, domain_from, level_subset, rule_from
from assessments.instrument_notation import condition_from
from assessments.language import _
from assessments.problems import Problem, Refused

LARGEST_FILE = 1_000_000
"""Bytes; the largest instrument that ships has less than a tenth of this."""

_DEFAULT_ANSWERS = {
    "Y": "Yes", "PY": "Probably yes", "PN": "Probably no", "N": "No", "NI": "No information",
    "NA": "Not applicable", "WN": "No, but probably minor", "SN": "No, and probably important",
    "WY": "Yes, but probably minor", "SY": "Yes, and probably important",
}


def read_instrument(path: Path) -> Instrument:
    """Read and check an instrument file.

    Raises:
        Refused: with one problem for each thing that is wrong, or for a file that cannot be read.
    """
    return instrument_from_text(text_of(path), path.name)


def instrument_from_text(text: str, file_name: str, *, check: bool = True) -> Instrument:
    """Return the instrument that a text describes, checked unless it was checked before.

    Raises:
        Refused: with one problem for each thing that is wrong.
    """
    instrument, complaints = examined(text, file_name, check=check)
    if instrument is None or complaints.problems:
        raise Refused(*complaints.problems)
    return instrument


def examined(
    text: str, file_name: str, *, check: bool = True
) -> tuple[Instrument | None, Complaints]:
    """Return the instrument as far as it can be read, and all that is wrong with it."""
    complaints = Complaints(file_name)
    try:
        values = tomllib.loads(text)
        instrument = _instrument(Table(values, "", complaints), text)
    except RecursionError:
        complaints.add("", _("the tables are nested too deeply."), code="not-toml")
        return None, complaints
    except ValueError as error:
        sentence = _("this is not a TOML file: {detail}.").format(detail=str(error).rstrip("."))
        complaints.add("", sentence, code="not-toml")
        return None, complaints
    if check and not complaints.problems:
        check_instrument(instrument, complaints)
    return instrument, complaints


def text_of(path: Path) -> str:
    """Return the text of an instrument file.

    Raises:
        Refused: it cannot be read, is too large, or is not text.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _refused("unreadable", path, _("this is a folder, not an instrument file."))
        if size > LARGEST_FILE:
            sentence = _("the file has {size} MB; an instrument has at most {most} MB.").format(
                size=round(size / 1e6, 1), most=round(LARGEST_FILE / 1e6, 1)
            )
            raise _refused("too-large", path, sentence)
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        reason = error.strerror or str(error)
        sentence = _("the file cannot be read: {reason}.").format(reason=reason)
        raise _refused("unreadable", path, sentence) from error
    except UnicodeDecodeError as error:
        sentence = _("the file is not text in UTF-8.")
        raise _refused("not-text", path, sentence) from error


def _refused(code: str, path: Path, sentence: str) -> Refused:
    return Refused(Problem(code=code, sentence=f"{path.name}: {sentence}", where=path.name))


def _instrument(table: Table, text: str) -> Instrument:
    answers = table.child("answers", _("answers"))
    words = dict(_DEFAULT_ANSWERS)
    if answers is not None:
        words.update({code: answers.text(code, needed=True) for code in answers.values})
    levels = _levels(table)
    effects = tuple(_effect(one) for one in table.tables("effect", _("effect")))
    context = Context(
        levels=levels, words=words, directions=table.texts("directions"),
        official=table.text("official"), effects=tuple(one.code for one in effects),
    )
    short = table.text("short", table.text("title"))
    instrument = Instrument(
        id=table.text("id", needed=True), version=table.text("version", needed=True),
        title=table.text("title", needed=True), short=short,
        unit=table.one_of("unit", UNITS, "study"), unit_note=table.text("unit_note"),
        levels=levels, effects=effects, designs=table.texts("designs"),
        domains=tuple(domain_from(one, context) for one in table.tables("domain", _("domain"))),
        overall=_overall(table, context),
        attribution=table.text("attribution", needed=True), doi=table.text("doi"),
        url=table.text("url"), licence=table.text("licence"),
        notes=table.texts("notes"), absent=table.texts("absent"),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    table.done()
    return instrument


def _levels(table: Table) -> tuple[Level, ...]:
    found = []
    for order, one in enumerate(table.tables("level", _("level")), start=1):
        code, name = one.text("code", needed=True), one.text("name", needed=True)
        found.append(Level(
            code=code, name=name, label=one.text("label", name), key=one.text("key"),
            role=one.one_of("role", ROLES, "neutral"), glyph=one.one_of("glyph", GLYPHS, ""),
            order=order, value=one.number("value"), explain=one.flag("explain"),
            meaning=one.text("meaning"),
        ))
        one.done()
    if not found:
        table.complain(_("there is no [[level]]: an instrument needs at least one level."))
    return tuple(found)


def _effect(table: Table) -> Effect:
    effect = Effect(
        code=table.text("code", needed=True), label=table.text("label", needed=True),
        meaning=table.text("meaning"), also=table.texts("also"),
    )
    table.done()
    return effect


def _overall(parent: Table, context: Context) -> Overall | None:
    table = parent.child("overall", _("overall judgement"))
    if table is None:
        return None
    same = table.child("same_as", _("same_as"))
    overall = Overall(
        levels=level_subset(table, context), title=table.text("title", _("Overall judgement")),
        key=table.text("key"), rules=_rules(table), flags=_flags(table),
        same_as=tuple((code, same.text(code)) for code in same.values) if same else (),
        key_domains=table.flag("key_domains"), optional=table.flag("optional"),
        required=table.flag("required", default=True),
        directions=table.texts("directions") if "directions" in table.values
        else context.directions,
        guidance=table.text("guidance"), status=table.one_of("status", TRUST, "VERIFIED"),
        status_note=table.text("status_note"),
        expected_counts=expected_counts(table),
    )
    table.done()
    return overall


def _rules(table: Table) -> tuple[Rule, ...]:
    return tuple(rule_from(one) for one in table.tables("rules", _("rule")))


def _flags(table: Table) -> tuple[Flag, ...]:
    found = []
    for one in table.tables("flag", _("flag")):
        found.append(Flag(
            id=one.text("id", needed=True),
            condition=condition_from(one.take("if", {}), one.complain),
            sentence=one.text("sentence", needed=True), possible=one.texts("possible"),
        ))
        one.done()
    return tuple(found)


def expected_counts(table: Table) -> tuple[tuple[str, int], ...]:
    """Return the number of canonical answer vectors for each level, where the file has them."""
    counts = table.child("expected_counts", _("expected counts"))
    if counts is None:
        return ()
    return tuple((code, counts.number(code) or 0) for code in counts.values)
