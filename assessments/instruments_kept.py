"""The instruments of a review: copies kept inside it, and those that ship with the program.

The copy in the review leads, so that a review opened years later shows what the assessors saw.
What has been read once is remembered by its digest.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from assessments.assessment import Assessment
from assessments.edits import edit
from assessments.instrument import Instrument
from assessments.instrument_file import instrument_from_text, text_of
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import InstrumentCopy
from assessments.review_edits import keep_instrument
from assessments.store.project_file import Project
from assessments.store.rows import update

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "instruments"

SHIPPED: tuple[tuple[str, str], ...] = (
    ("rob2-parallel", "RoB 2 for individually randomized parallel-group trials"),
    ("rob2-cluster", "RoB 2 for cluster-randomized trials"),
    ("rob2-crossover", "RoB 2 for crossover trials"),
    ("rob1", "Cochrane RoB 1"),
    ("robins-i-v2", "ROBINS-I Version 2"),
    ("robins-i-2016", "ROBINS-I 2016"),
    ("robins-e", "ROBINS-E"),
    (
        "epoc-rct-nrct-cba",
        "EPOC criteria for randomized, non-randomized and controlled before-after studies",
    ),
    ("epoc-its", "EPOC criteria for interrupted time series"),
    ("quadas-2", "QUADAS-2"),
    ("quips", "QUIPS"),
    ("probast", "PROBAST"),
    ("robis", "ROBIS"),
    ("newcastle-ottawa", "Newcastle–Ottawa Scale, cohort studies"),
    ("newcastle-ottawa-case-control", "Newcastle–Ottawa Scale, case-control studies"),
    ("jbi-rct-2023", "JBI checklist for randomized controlled trials, 2023"),
    ("jbi-rct-2017", "JBI checklist for randomized controlled trials, 2017"),
    ("rob-me", "ROB-ME"),
    ("grade", "GRADE certainty of evidence"),
)
"""The table of contents: id and title of each instrument file that ships."""

ALSO_CALLED = {"epoc-rct": "epoc-rct-nrct-cba", "rob1-2011": "rob1"}
"""Other ids under which a shipped instrument is known."""

SUITABLE: dict[str, tuple[str, ...]] = {
    "rct": ("rob2-parallel", "rob1", "epoc-rct-nrct-cba", "jbi-rct-2023", "jbi-rct-2017"),
    "quasi_rct": ("rob2-parallel", "rob1", "epoc-rct-nrct-cba", "jbi-rct-2023", "jbi-rct-2017"),
    "cluster_rct": ("rob2-cluster", "rob1", "epoc-rct-nrct-cba"),
    "crossover": ("rob2-crossover", "rob1"),
    "cba": ("epoc-rct-nrct-cba", "robins-i-v2", "robins-i-2016"),
    "its": ("epoc-its", "robins-i-v2", "robins-i-2016"),
    "nrs": (
        "robins-i-v2", "robins-i-2016", "newcastle-ottawa", "newcastle-ottawa-case-control",
        "robins-e", "epoc-rct-nrct-cba", "quips",
    ),
    "case_series": ("newcastle-ottawa", "quips"),
}
"""Design → instruments that suit it; the first is taken unless the team chooses another."""


def shipped() -> tuple[tuple[str, str], ...]:
    """Return (id, title) of every instrument that ships, without opening a file."""
    return SHIPPED


def suitable_for(design: str) -> tuple[str, ...]:
    """Return the shipped instruments that suit a study design, the default first."""
    return SUITABLE.get(design, SUITABLE["nrs"])


def shipped_text(instrument_id: str) -> str:
    """Return the text of a shipped instrument file.

    Raises:
        Refused: no instrument of that name ships.
    """
    own_id = ALSO_CALLED.get(instrument_id, instrument_id)
    if own_id not in dict(SHIPPED):
        raise Refused(
            Problem(
                code="no-instrument",
                sentence=_("There is no instrument “{id}”.").format(id=instrument_id),
                where=instrument_id,
                remedy=_("Known are: {ids}.").format(ids=", ".join(one for one, _t in SHIPPED)),
            )
        )
    return text_of(FOLDER / f"{own_id}.toml")


@lru_cache(maxsize=64)
def shipped_instrument(instrument_id: str) -> Instrument:
    """Return a shipped instrument by its id.

    Raises:
        Refused: no instrument of that name ships.
    """
    return _read(shipped_text(instrument_id), instrument_id)


def is_known(project: Project, instrument_id: str) -> bool:
    """Return whether the review keeps that instrument or the program ships it."""
    own_id = ALSO_CALLED.get(instrument_id, instrument_id)
    return own_id in dict(SHIPPED) or project.one(InstrumentCopy, instrument_id) is not None


def instrument_of(project: Project, instrument_id: str) -> Instrument:
    """Return an instrument as this review has it, the shipped one where it keeps no copy.

    Raises:
        Refused: neither the review nor the program has it.
    """
    copy = project.one(InstrumentCopy, instrument_id)
    if copy is None:
        return shipped_instrument(instrument_id)
    return _read_before.get(copy.digest) or _read(copy.text, copy.id)


_read_before: dict[str, Instrument] = {}


def _read(text: str, name: str) -> Instrument:
    digest = digest_of(text)
    if digest not in _read_before:
        _read_before[digest] = instrument_from_text(text, f"{name}.toml", check=False)
    return _read_before[digest]


def digest_of(text: str) -> str:
    """Return the SHA-256 by which two texts of an instrument are the same."""
    return hashlib.sha256(text.encode()).hexdigest()


@edit("keep_instrument")
def keep(project: Project, instrument_id: str) -> str:
    """Keep a copy of a shipped instrument with the review, unless it has one; return its id."""
    if project.one(InstrumentCopy, instrument_id) is None:
        text = shipped_text(instrument_id)
        keep_instrument(project, _copy(_read(text, instrument_id), text))
    return instrument_id


@edit("keep_instrument")
def keep_own(project: Project, path: Path) -> str:
    """Check a team's own instrument file and keep a copy of it; return the instrument's id.

    Raises:
        Refused: what is wrong in the file, or its id is taken by another instrument.
    """
    text = text_of(path)
    instrument = instrument_from_text(text, path.name)
    if instrument.id in dict(SHIPPED) or instrument.id in ALSO_CALLED:
        raise Refused(_taken(instrument.id, _("an instrument of the program has this id.")))
    found = project.one(InstrumentCopy, instrument.id)
    copy = _copy(instrument, text)
    if found is None:
        keep_instrument(project, copy)
    elif found.digest != copy.digest:
        if project.all(Assessment, instrument=instrument.id):
            raise Refused(_taken(instrument.id, _("assessments were made with another text.")))
        update(
            project.connection, InstrumentCopy, copy.id, version=copy.version, title=copy.title,
            digest=copy.digest, text=copy.text,
        )
    return instrument.id


def _copy(instrument: Instrument, text: str) -> InstrumentCopy:
    return InstrumentCopy(
        id=instrument.id, version=instrument.version, title=instrument.title,
        digest=instrument.digest, text=text,
    )


def _taken(instrument_id: str, why: str) -> Problem:
    return Problem(
        code="id-taken",
        sentence=_("The id “{id}” cannot be used: {why}").format(id=instrument_id, why=why),
        where="id",
        remedy=_("Give the file another id, for example with a version at its end."),
    )


def all_instruments(project: Project) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of all that can be chosen: the review's own copies, then the shipped."""
    own = [(one.id, one.title) for one in project.all(InstrumentCopy)]
    taken = {one for one, _title in own}
    return (*own, *(pair for pair in SHIPPED if pair[0] not in taken))
