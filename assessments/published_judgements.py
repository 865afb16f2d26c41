"""Takes over judgements that a publication reports, marked as not made here."""

from __future__ import annotations

from datetime import UTC, datetime

from assessments.assessment import CONSENSUS, Assessment, Unit, find, put_judgement
from assessments.edits import edit
from assessments.finishing import content_digest
from assessments.instruments_kept import instrument_of, keep
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.sealing import Opened, opened
from assessments.store.project_file import Project
from assessments.store.rows import insert, new_id, update


@edit("take_over_published")
def take_over_published(
    project: Project, unit: Unit, levels: dict[str, str], source: str
) -> None:
    """Keep the published levels of a unit (domain → level) as its settled judgements.

    Raises:
        Refused: no source is named, a level is unknown, or the unit has been judged here.
    """
    if not source.strip():
        raise Refused(
            Problem(
                code="no-source",
                sentence=_("Published judgements need their source."),
                where="source",
                remedy=_("Name the publication."),
            )
        )
    if find(project, unit, CONSENSUS) is not None:
        raise Refused(
            Problem(code="settled", sentence=_("This has a settled judgement already."))
        )
    keep(project, unit.instrument)
    instrument = instrument_of(project, unit.instrument)
    for domain, level in levels.items():
        if level not in {one.code for one in instrument.levels_of(domain)}:
            raise Refused(
                Problem(
                    code="not-a-level",
                    sentence=_("“{level}” is not a level of this domain.").format(level=level),
                    where=domain,
                )
            )
    assessment = Assessment(
        id=new_id(), instrument=unit.instrument, unit_kind=unit.kind, unit=unit.id,
        seat=CONSENSUS, source=source.strip(),
    )
    insert(project.connection, assessment)
    for domain, level in levels.items():
        put_judgement(project, assessment, domain, "", level=level)
    update(
        project.connection, Assessment, assessment.id, state="finished",
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        digest=content_digest(project, assessment),
    )


def published_judgement(project: Project, unit: Unit) -> Opened | None:
    """Return what a publication judged of that unit, None where nothing was taken from one.

    It is open to everybody, and one's own assessment of the same unit stays possible.
    """
    found = opened(project, unit, CONSENSUS)
    return found if found is not None and found.assessment.source else None


def published_units(project: Project) -> frozenset[tuple[str, str]]:
    """Return (instrument, unit) of everything whose settled judgement is a published one."""
    return frozenset(
        (one.instrument, one.unit)
        for one in project.all(Assessment, seat=CONSENSUS) if one.source
    )
