"""What the list of studies shows of each study: documents, results, own or settled marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assessments.assessment import CONSENSUS, SEATS, Judgement, seat_of
from assessments.assignments import Assignment, risk_of_bias_assignments
from assessments.completeness import parts_of
from assessments.instrument import Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.own_progress import NOTHING, OwnProgress, progress_in
from assessments.review import Document, Result
from assessments.sealing import all_seen
from assessments.store.project_file import Project

Mark = tuple[str | None, str]
"""The role of a level, None while not judged, and what it is in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOverview:
    """Counts of a study, and its marks of risk of bias.

    With an instrument for single results there is one mark for each result, the overall level;
    with one for whole studies a mark for each domain.
    """

    documents: int = 0
    results: int = 0
    marks: tuple[Mark, ...] = ()


EMPTY = StudyOverview()


def study_overviews(project: Project) -> dict[str, StudyOverview]:
    """Return study → what is there of it, for the studies that have anything.

    A settled judgement leads; without one it is the judgement of the one who sits here. What
    the other has judged is not in it, finished or not.
    """
    documents = Counter(one.study for one in project.all(Document))
    results = Counter(one.study for one in project.all(Result))
    marks = _marks(project)
    return {
        study: StudyOverview(
            documents=documents[study], results=results[study],
            marks=tuple(marks.get(study, ())),
        )
        for study in {*documents, *results, *marks}
    }


def _marks(project: Project) -> dict[str, list[Mark]]:
    seen, judgements, seat = all_seen(project), project.all(Judgement), seat_of(project)
    own = progress_in((one for one in seen if one.seat in SEATS and one.seat == seat), judgements)
    final = [one for one in seen if one.seat == CONSENSUS and one.finished]
    settled = progress_in(final, judgements)
    published = {(one.instrument, one.unit) for one in final if one.source}
    instruments: dict[str, Instrument] = {}
    groups: dict[str, dict[str, tuple[str, ...]]] = {}
    found: dict[str, list[Mark]] = {}
    for one in risk_of_bias_assignments(project):
        name = one.unit.instrument
        if name not in instruments:
            instruments[name] = instrument_of(project, name)
            groups[name] = {
                domain.id: parts_of(project, one.unit, domain)
                for domain in instruments[name].domains
            }
        key = (name, one.unit.id)
        whose = _("yours")
        if key in settled:
            whose = _("published") if key in published else _("settled")
        progress = settled.get(key) or own.get(key, NOTHING)
        found.setdefault(one.study, []).extend(
            _of_unit(one, instruments[name], progress, groups[name], whose)
        )
    return found


def _of_unit(
    one: Assignment, instrument: Instrument, progress: OwnProgress,
    groups: dict[str, tuple[str, ...]], whose: str,
) -> list[Mark]:
    marks = list(progress.marks(instrument, groups))
    if instrument.overall is None or one.unit.kind == "study":
        if instrument.overall is not None and marks[-1][0] is None:
            del marks[-1]
        return [(role, f"{words} ({whose})" if role else "") for role, words in marks]
    role, words = marks[-1]
    name = one.detail or one.title
    return [(role, f"{name}: {words} ({whose})" if role else f"{name}: " + _("not judged yet"))]
