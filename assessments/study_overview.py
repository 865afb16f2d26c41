"""What the list of studies shows of each study: documents, results, own or settled marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assessments.assessment import CONSENSUS, Assessment, Judgement
from assessments.assignments import Assignment, risk_of_bias_assignments
from assessments.completeness import parts_of
from assessments.instrument import Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.own_progress import NOTHING, OwnProgress, own_progress
from assessments.review import Document, Result
from assessments.sealing import may_see
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


def _settled(project: Project) -> dict[tuple[str, str], tuple[OwnProgress, str]]:
    """Return (instrument, unit) → levels of the final consensus that one may see, and whose."""
    final = {
        one.id: one for one in project.all(Assessment, seat=CONSENSUS)
        if one.finished and may_see(project, one)
    }
    levels: dict[str, list[tuple[str, str, str]]] = {key: [] for key in final}
    if final:
        for row in project.all(Judgement):
            if row.assessment in levels and row.level is not None:
                levels[row.assessment].append((row.domain, row.part, row.level))
    return {
        (one.instrument, one.unit): (
            OwnProgress(state=one.state, levels=tuple(levels[key])),
            _("published") if one.source else _("settled"),
        )
        for key, one in final.items()
    }


def _marks(project: Project) -> dict[str, list[Mark]]:
    own, settled = own_progress(project), _settled(project)
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
        progress, whose = settled.get(key) or (own.get(key, NOTHING), _("yours"))
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
