"""Studies that may be one and the same: named for people to look at, never merged.

Two studies are named when their names are alike and their years do not contradict, when a first
author's studies have the same numbers randomised, or when they share a DOI or a document. What
people have declared to be different studies is not named again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from assessments.edits import edit
from assessments.language import _
from assessments.remembered import remembered
from assessments.review import Document, Reference, Setting, Study
from assessments.review_edits import decide
from assessments.store.project_file import Project

_ALIKE = 0.85
"""Share of equal letters (Ratcliff and Obershelp) from which names count as alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleDuplicate:
    """Two studies that may be one, the earlier in the list first, and what they share."""

    first: Study
    second: Study
    why: str


def possible_duplicates(project: Project) -> tuple[PossibleDuplicate, ...]:
    """Return the pairs that may be one study, without those declared to be different."""
    return remembered(project, "possible duplicates", lambda: _found(project))


@edit("not_duplicates")
def not_duplicates(project: Project, first: str, second: str) -> None:
    """Keep that these two are different studies; they are not named again."""
    decide(project, _name(first, second), "1")


def _name(first: str, second: str) -> str:
    return "not_duplicates/" + "/".join(sorted((first, second)))


def _found(project: Project) -> tuple[PossibleDuplicate, ...]:
    studies = project.all(Study)
    different = {
        one.id for one in project.all(Setting, value="1") if one.id.startswith("not_duplicates/")
    }
    place = {one.id: number for number, one in enumerate(studies)}
    reasons: dict[tuple[str, str], str] = {}
    for first, second, why in (
        *_sharing(_dois(project), _("the same DOI")),
        *_sharing(_digests(project), _("the same document")),
        *_alike(studies),
    ):
        pair = (first, second) if place[first] < place[second] else (second, first)
        if _name(*pair) not in different:
            reasons.setdefault(pair, why)
    return tuple(
        PossibleDuplicate(first=studies[place[one]], second=studies[place[two]], why=why)
        for (one, two), why in sorted(reasons.items(), key=lambda item: _order(item[0], place))
    )


def _order(pair: tuple[str, str], place: dict[str, int]) -> tuple[int, int]:
    return place[pair[0]], place[pair[1]]


def _dois(project: Project) -> Iterator[tuple[str, str]]:
    for one in project.all(Reference):
        doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", one.doi.strip().casefold())
        if doi:
            yield doi, one.study


def _digests(project: Project) -> Iterator[tuple[str, str]]:
    return ((one.digest, one.study) for one in project.all(Document) if one.digest)


def _sharing(pairs: Iterable[tuple[str, str]], why: str) -> Iterator[tuple[str, str, str]]:
    owners: dict[str, list[str]] = {}
    for key, study in pairs:
        if study not in owners.setdefault(key, []):
            owners[key].append(study)
    for studies in owners.values():
        yield from ((one, two, why) for one, two in combinations(studies, 2))


def _alike(studies: tuple[Study, ...]) -> Iterator[tuple[str, str, str]]:
    """Compare names within a year only, and by first author where the numbers are the same."""
    by_year: dict[str, list[Study]] = {}
    by_numbers: dict[tuple[str, int, int], list[Study]] = {}
    for one in studies:
        by_year.setdefault(_year(one), []).append(one)
        if one.randomised_1 and one.randomised_2:
            key = (_first_author(one), one.randomised_1, one.randomised_2)
            by_numbers.setdefault(key, []).append(one)
    for same in by_numbers.values():
        for one, two in combinations(same, 2):
            yield one.id, two.id, _("the same first author and numbers randomised")
    for year, same in by_year.items():
        why = _("names alike, the same year") if year.isdigit() else _("names alike")
        for one, two in combinations(same, 2):
            if _names_alike(one, two):
                yield one.id, two.id, why


def _names_alike(one: Study, two: Study) -> bool:
    first, second = _plain(one.label), _plain(two.label)
    if not first or not second:
        return False
    matcher = SequenceMatcher(a=first, b=second, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _year(study: Study) -> str:
    """Return the year, or else the numbers in the name, which must not contradict."""
    found = re.findall(r"\d+", study.label)
    return str(study.year) if study.year else " ".join(found)


def _first_author(study: Study) -> str:
    words = _plain(study.label).split()
    return words[0] if words else ""


def _plain(text: str) -> str:
    """Return the letters of a name without accents, capitals, numbers and the letter of a year."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(re.sub(r"\d+[a-z]?\b", " ", bare).replace(",", " ").split())
